"""Who asks: the session of a page, under the same protection against forgery."""

from typing import Any

from django.http import HttpRequest
from rest_framework.authentication import SessionAuthentication
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request

from missingchildren.web.api.bodies import MEDIA_TYPE
from missingchildren.web.api.problems import NotSameOrigin, plain
from missingchildren.web.csrf import SameOriginCsrfMiddleware


class _TokenCheck(SameOriginCsrfMiddleware):
    """Says whether the session's token is right, and leaves the answer to the API."""

    def _reject(self, request: Any, reason: str) -> Any:
        return reason


def _no_response(_request: Any) -> Any:
    return None


class SignedIn(SessionAuthentication):
    """The session of somebody who signed in on the pages."""

    def authenticate_header(self, request: Request) -> str:
        """Return how to prove who asks; with it an unknown asker gets 401, not 403."""
        return 'Session realm="api"'

    def enforce_csrf(self, request: Request) -> None:
        """Compare the token.

        Raises:
            UnsupportedMediaType: a body that is not JSON is not even read for a token.
            NotSameOrigin: it is missing or wrong.
        """
        sent: HttpRequest = plain(request)
        has_body = sent.META.get("CONTENT_LENGTH") not in {None, "", "0"}
        if has_body and sent.content_type != MEDIA_TYPE:
            raise UnsupportedMediaType(sent.content_type or "none")
        check = _TokenCheck(_no_response)
        check.process_request(sent)
        if check.process_view(sent, None, (), {}):  # type: ignore[arg-type]
            raise NotSameOrigin
