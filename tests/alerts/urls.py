"""Addresses for these tests: alerts, health, signing in and the standing pages."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from missingchildren.agencies.acting import without_agency


@without_agency
def home(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("work")


urlpatterns = [
    path("", home, name="home"),
    path("alerts/", include("missingchildren.alerts.urls")),
    path("health/", include("missingchildren.alerts.health")),
    path("account/", include("missingchildren.agencies.sign_in_urls")),
    path("", include("missingchildren.agencies.urls")),
    path("", include("missingchildren.web.urls")),
]
handler403 = "missingchildren.web.errors.permission_denied"
handler404 = "missingchildren.web.errors.page_not_found"
