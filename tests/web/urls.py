"""Addresses that only these tests have."""

from typing import NoReturn

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import include, path

from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from missingchildren.web import errors
from tests.web.kitchen_sink import kitchen_sink

SECRET = "Ava Bramley, 12 Seaview Road"  # stands for what must never leave by an error

FAILURES: dict[str, Exception] = {
    "hidden": NotFound("This child exists."),
    "absent": Http404(SECRET),
    "denied": PermissionDenied("Only a supervisor may do this."),
    "not-permitted": NotPermitted("Only a supervisor may do this."),
    "broken-rule": RuleBroken("The child is already back."),
    "no-database": OperationalError(SECRET),
    "no-log": errors.ServiceUnavailable(SECRET),
    "mistake": ValueError(SECRET),
}


@login_not_required
def fail(request: HttpRequest, how: str) -> NoReturn:
    """Fail as told, with personal data at hand."""
    child = SECRET  # noqa: F841 (a local that an over-helpful report would print)
    raise FAILURES[how]


@login_not_required
def plain(request: HttpRequest) -> HttpResponse:
    """Answer as an ordinary page."""
    return HttpResponse("<p>Page</p>")


@login_not_required
def careless(request: HttpRequest) -> HttpResponse:
    """Answer a page that asks to be cached."""
    return HttpResponse("<p>Page</p>", headers={"Cache-Control": "public, max-age=600"})


@login_not_required
def away(request: HttpRequest) -> HttpResponse:
    """Answer with a redirect."""
    return redirect("/plain/")


@login_not_required
def data(request: HttpRequest) -> JsonResponse:
    """Answer as the API."""
    return JsonResponse({"status": "well"})


urlpatterns = [
    path("", include("missingchildren.web.urls")),
    path("plain/", plain),
    path("careless/", careless),
    path("away/", away),
    path("api/v1/data/", data),
    path("api/v1/fail/<slug:how>/", fail),
    path("fail/<slug:how>/", fail),
    path("kitchen-sink/", login_not_required(kitchen_sink)),
]
handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
