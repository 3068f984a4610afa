"""What was typed on a page of a record and sent after the session had ended: kept until signed in again."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict

from cases.services import drafts
from missingchildren.agencies.acting import act_for, also_for_the_signed_in

View = Callable[..., HttpResponse]
NOT_ANSWERS = ("csrfmiddlewaretoken", "keep")


def keeps_typed(view: View) -> View:
    """Keep what is sent here by somebody who is no longer signed in, then ask to sign in again.

    The page's form carries a seal (`cases/keeping.html`) that says whose it is, to nobody but us.
    """

    @login_not_required
    @also_for_the_signed_in
    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            if request.method == "POST":
                seal = request.POST.get("keep", "")
                drafts.hold_page(seal=seal, address=request.path, typed=_typed(request.POST))
            return redirect_to_login(request.path)
        act = act_for(request)
        request.keep = lambda: drafts.seal(address=request.path, act=act)  # type: ignore[attr-defined]
        request.was_held = False  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        if request.method == "POST" and response.status_code == 302:
            drafts.discard_page(address=request.path, act=act)
        return response

    return kept


def typed(request: HttpRequest) -> QueryDict | None:
    """Return what is typed: sent now, or before one had to sign in again; None on a blank page."""
    if request.method == "POST":
        return request.POST
    held = drafts.held_page(address=request.path, act=act_for(request))
    if held is None:
        return None
    data = QueryDict(mutable=True)
    for name, values in held.items():
        data.setlist(name, values)
    request.was_held = True  # type: ignore[attr-defined]
    return data


def _typed(data: QueryDict) -> dict[str, list[str]]:
    return {name: data.getlist(name) for name in data if name not in NOT_ANSWERS}
