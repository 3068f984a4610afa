"""Ends a session that nobody uses; its last use stands in a signed cookie, so that reading writes nothing."""

import time
from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse

from missingchildren.agencies.models import User
from missingchildren.agencies.sign_in import SECOND_FACTOR_AT, note

# Sent by pages that refresh themselves: nobody may be there.
REFRESHES = "X-Refresh"


class IdleMiddleware:
    """Signs out whoever has not used the service for `SESSION_IDLE_SECONDS`.

    The cookie is signed for one session. Without it, signing in and the second factor count as
    the last use, so that to lose the cookie gains nothing.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End an idle session, answer, and note the use of a live one."""
        if isinstance(request.user, User) and not _is_in_use(request, request.user):
            _end(request, request.user)
        response = self.get_response(request)
        if isinstance(request.user, User) and REFRESHES not in request.headers:
            response.set_cookie(
                settings.IDLE_COOKIE_NAME,
                _signer(request).sign("used"),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, _kwargs: object
    ) -> None:
        """Say on the sign-in page why one is asked again."""
        if getattr(request, "was_idle", False):
            minutes = settings.SESSION_IDLE_SECONDS // 60
            messages.info(request, f"You were signed out after {minutes} minutes without use.")


def _is_in_use(request: HttpRequest, user: User) -> bool:
    try:
        _signer(request).unsign(
            request.COOKIES.get(settings.IDLE_COOKIE_NAME, ""),
            max_age=settings.SESSION_IDLE_SECONDS,
        )
    except BadSignature:
        proofs = [record["at"] for record in get_authentication_records(request, user)]
        latest: float = max([request.session.get(SECOND_FACTOR_AT, 0), *proofs])
        return time.time() - latest < settings.SESSION_IDLE_SECONDS
    return True


def _signer(request: HttpRequest) -> TimestampSigner:
    return TimestampSigner(salt=f"agencies.idle.{request.session.session_key}")


def _end(request: HttpRequest, user: User) -> None:
    """Forget the session on the server; the request goes on as a stranger's."""
    note(user=user, verb="sign_out", basis="idle")
    request.session.flush()
    request.user = AnonymousUser()
    request.was_idle = True  # type: ignore[attr-defined]
