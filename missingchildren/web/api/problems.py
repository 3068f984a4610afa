"""Problem details (RFC 9457) for everything that the API refuses."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions
from rest_framework.request import Request

from missingchildren.core.verdicts import NotFound, NotPermitted, Refused, Stale
from missingchildren.web.errors import answer

# Names, not addresses: they mean the same on every site that runs this service (RFC 9457, 4.2).
TYPES = "tag:missingchildren.example,2026:"
LONGEST_NAME = 100


class ReasonRequired(NotPermitted):
    """The record is outside this person's own work: they must first say why they open it."""


class JoinedRecord(Refused):
    """The record was joined to another, which is named."""

    def __init__(self, reason: str, *, reference: str) -> None:
        """Keep the sentence, and the reference of the record that stays."""
        super().__init__(reason)
        self.reference = reference


class KeyMissing(exceptions.APIException):
    """An operation that changes something came without an Idempotency-Key."""

    status_code = 400
    default_detail = "Send an Idempotency-Key header of 8 to 255 letters, digits, - and _."
    default_code = "idempotency-key-missing"


class KeyUsed(exceptions.APIException):
    """The Idempotency-Key has already stood for something else."""

    status_code = 422
    default_detail = "This Idempotency-Key was sent before with something else in the request."
    default_code = "idempotency-key-used"


class TooLarge(exceptions.APIException):
    """The body is larger than any operation needs."""

    status_code = 413
    default_detail = "The body is too large."
    default_code = "too-large"


class NotSameOrigin(exceptions.APIException):
    """The session's forgery token is missing or wrong."""

    status_code = 403
    default_detail = "Send the session's token in the X-CSRFToken header."
    default_code = "csrf"


KINDS: dict[type[Refused], str] = {
    ReasonRequired: "reason-required",
    JoinedRecord: "joined-record",
    Stale: "stale",
}
CODES = frozenset(
    kind.default_code for kind in (KeyMissing, KeyUsed, TooLarge, NotSameOrigin)
)  # fmt: skip


def plain(request: Request) -> HttpRequest:
    """Return Django's own request, inside the one that operations are given."""
    inner: HttpRequest = request._request  # noqa: SLF001 (its documented name)
    return inner


def handle(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """Answer for what an operation raised; None leaves it to the middleware of last resort."""
    request = plain(context["request"])
    if isinstance(error, NotFound | Http404):
        return answer(request, 404)
    if isinstance(error, Refused):
        return _refused(request, error)
    if isinstance(error, PermissionDenied):
        return answer(request, 403)
    if isinstance(error, exceptions.APIException):
        return _unusable(request, error, allowed=context["view"].allowed_methods)
    return None


def _refused(request: HttpRequest, error: Refused) -> HttpResponse:
    members: dict[str, Any] = {}
    kind = next((KINDS[each] for each in type(error).__mro__ if each in KINDS), "")
    if kind:
        members["type"] = f"{TYPES}{kind}"
    if error.field:
        members["errors"] = {error.field: [error.reason]}
    if isinstance(error, JoinedRecord):
        members["reference"] = error.reference
    status = 403 if isinstance(error, NotPermitted) else 409
    return answer(request, status, reason=error.reason, **members)


def _unusable(
    request: HttpRequest, error: exceptions.APIException, *, allowed: list[str]
) -> HttpResponse:
    members: dict[str, Any] = {}
    reason = str(error.detail)
    if isinstance(error, exceptions.ValidationError):
        reason = "Some of what was sent cannot be used."
        members = {"type": f"{TYPES}invalid", "errors": dict(_by_field(error.detail))}
    elif error.default_code in CODES:
        members["type"] = f"{TYPES}{error.default_code}"
    response = answer(request, error.status_code, reason=reason, **members)
    if isinstance(error, exceptions.MethodNotAllowed):
        response.headers["Allow"] = ", ".join(allowed)
    if error.status_code == 401:
        response.headers["WWW-Authenticate"] = getattr(error, "auth_header", "")
    return response


def _by_field(detail: Any, path: str = "") -> Iterator[tuple[str, list[str]]]:
    """Return each message under the name that was sent: "place.postcode"."""
    if isinstance(detail, dict):
        for name, below in detail.items():
            step = str(name)[:LONGEST_NAME]
            yield from _by_field(below, f"{path}.{step}" if path else step)
    else:
        yield path, [str(message) for message in detail]


def invalid(field: str, message: str) -> exceptions.ValidationError:
    """Return the refusal of one field."""
    return exceptions.ValidationError({field: [message]})
