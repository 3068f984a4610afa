"""For which agency a signed-in person acts in this session: decided afresh at every request."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from missingchildren.agencies.acts import Act, act_under, acts_open_to
from missingchildren.agencies.models import Membership, User
from missingchildren.audit.acts import Channel
from missingchildren.core.verdicts import NotPermitted

SESSION_KEY = "acting_membership"
# allauth's pages belong to the person, not to an agency: signing out and second factors.
PERSONAL_PAGES = ("account_", "mfa_")

View = Callable[..., HttpResponse]


def without_agency(view: View) -> View:
    """Let a signed-in person who belongs to no agency open this page."""
    view.agency_required = False  # type: ignore[attr-defined]
    return view


def also_for_the_signed_in(view: View) -> View:
    """Hold the signed-in to everything asked of them, on a page that answers strangers too."""
    view.for_the_signed_in = True  # type: ignore[attr-defined]
    return view


def is_for_the_signed_in(view: View) -> bool:
    """Return whether a page is about the work or the account of whoever is signed in."""
    return getattr(view, "login_required", True) or getattr(view, "for_the_signed_in", False)


class ActingMiddleware:
    """Sets `request.acting`, and stops a person who belongs to no agency.

    A membership that has ended, an agency that has left and a person who is deactivated
    lose everything here, at their next request: nothing of it is kept in the session but
    which membership was chosen.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Find what the person may act for, and answer the request."""
        request.open_acts = _open_acts(request)  # type: ignore[attr-defined]
        request.act = _chosen(request)  # type: ignore[attr-defined]
        request.acting = request.act.membership if request.act else None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, _args: tuple[Any, ...], _kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Answer in place of a page that needs an agency when there is none to act for."""
        if not request.user.is_authenticated or acting(request) or not _needs_agency(request, view):
            return None
        context = {"memberships": [act.membership for act in acts_open_in(request)]}
        return render(request, "agencies/no_agency.html", context, status=403)


def acting(request: HttpRequest) -> Membership | None:
    """Return the membership that the person acts under, if there is any."""
    membership: Membership | None = getattr(request, "acting", None)
    return membership


def act_for(request: HttpRequest) -> Act:
    """Return the act of this request: one id and one time, however often it is asked for.

    Raises:
        NotPermitted: the person acts for no agency now.
    """
    act: Act | None = getattr(request, "act", None)
    if act is None:
        raise NotPermitted("You do not act for any agency now.")
    return act


def acts_open_in(request: HttpRequest) -> list[Act]:
    """Return an act for each membership that the person could act under."""
    acts: list[Act] = getattr(request, "open_acts", [])
    return acts


def switch(request: HttpRequest, membership: Membership) -> None:
    """Act under another membership from the next request of this session on."""
    request.session[SESSION_KEY] = membership.pk


def _open_acts(request: HttpRequest) -> list[Act]:
    """Return the acts open to whoever is signed in; most were read together with the person."""
    if not isinstance(request.user, User):
        return []
    channel = Channel.API if request.path.startswith("/api/") else Channel.WEB
    read = getattr(request.user, "read_memberships", None)
    if read is None:
        return acts_open_to(Membership.objects.filter(user=request.user), channel)
    return [act_under(membership, channel) for membership in read]


def _chosen(request: HttpRequest) -> Act | None:
    """Return the act under the membership chosen in this session; the oldest if none was."""
    acts = acts_open_in(request)
    if not acts:
        return None
    chosen = request.session.get(SESSION_KEY)
    if chosen is None:
        return acts[0]
    # A choice that no longer holds is asked again: what was typed for one agency is never
    # done for another.
    return next((act for act in acts if act.membership_id == chosen), None)


def _needs_agency(request: HttpRequest, view: View) -> bool:
    """Return whether a page is about an agency's work, rather than about the person or no one."""
    match = request.resolver_match
    name = match.url_name or "" if match else ""
    return (
        is_for_the_signed_in(view)
        and getattr(view, "agency_required", True)
        and not name.startswith(PERSONAL_PAGES)
    )
