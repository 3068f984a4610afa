"""What people and machines read when something goes wrong, and what the log keeps of it."""

import logging
import sys
import traceback
from collections.abc import Callable
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils.html import format_html

from missingchildren.core.references import new_reference
from missingchildren.core.verdicts import NotFound, NotPermitted, Refused

logger = logging.getLogger("missingchildren.errors")

API = "/api/"
RETRY_AFTER_SECONDS = "30"
LEFT_TO_DJANGO = (
    Http404, PermissionDenied, SuspiciousOperation, BadRequest, MultiPartParserError,
)  # fmt: skip
TITLES = {
    400: "Sorry, we could not read what was sent",
    401: "Sign in first",
    403: "You cannot do this",
    404: "Page not found",
    405: "This cannot be done here",
    406: "Only JSON is answered here",
    409: "This could not be done",
    413: "This is too large",
    415: "Only JSON is read here",
    422: "This was sent before with something else",
    429: "Too many tries",
    500: "Sorry, there is a problem with the service",
    503: "Sorry, the service is unavailable",
}


PLAIN_PAGE = (
    '<!DOCTYPE html><html lang="en-GB"><head><title>{title}</title></head>'
    "<body><main><h1>{title}</h1><p>{reason} {reference}</p>"
    "<p>If a child is in danger now, ring 999.</p></main></body></html>"
)


class ServiceUnavailable(Exception):
    """Something this request cannot do without is not there, such as the log of who looked."""


class LastResortMiddleware:
    """Turns every exception into an answer that says nothing of its cause but a reference number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer for what other middleware and even the error pages raise."""
        if "\x00" in request.path_info:  # no address has one, and the database refuses to look
            return answer(request, 404)
        try:
            return self.get_response(request)
        except Exception as error:  # noqa: BLE001, RUF100 (nothing is left to catch it)
            return answer_for(request, error)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for what a view raises, before Django would log it with its text."""
        return None if isinstance(error, LEFT_TO_DJANGO) else answer_for(request, error)


def answer_for(request: HttpRequest, error: BaseException | None) -> HttpResponse:
    """Return the answer to a refusal (its reason), or to a failure (a reference number)."""
    if isinstance(error, NotFound):
        return answer(request, 404)
    if isinstance(error, Refused):
        status = 403 if isinstance(error, NotPermitted) else 409
        return answer(request, status, reason=error.reason)
    unavailable = isinstance(error, ServiceUnavailable | OperationalError | InterfaceError)
    status = 503 if unavailable else 500
    reference = new_reference("ER")
    log_failure(request, error, status=status, reference=reference)
    response = answer(request, status, reference=reference)
    if unavailable:
        response.headers["Retry-After"] = RETRY_AFTER_SECONDS
    return response


def answer(
    request: HttpRequest, status: int, *, reason: str = "", reference: str = "", **members: Any
) -> HttpResponse:
    """Return a page, or problem details under /api/. No database and no session is needed.

    `members` are further ones of the problem details: `type`, `errors`.
    """
    if request.path_info.startswith(API):
        problem = {"type": "about:blank", "title": TITLES[status], "status": status, **members}
        if reason:
            problem["detail"] = reason
        if reference:
            problem["reference"] = reference
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    try:
        page = render_to_string(f"{status}.html", {"reason": reason, "reference": reference})
    except Exception:
        page = format_html(PLAIN_PAGE, title=TITLES[status], reason=reason, reference=reference)
    return HttpResponse(page, status=status)


def log_failure(
    request: HttpRequest, error: BaseException | None, *, status: int, reference: str
) -> None:
    """Log where it happened and of which kind: never its text, values, query or body.

    A database error quotes the row it refused, and a key error the key, so the text stays out.
    """
    match = request.resolver_match
    logger.error(
        "request failed reference=%s status=%d method=%s view=%s error=%s at=%s",
        reference,
        status,
        request.method,
        match.view_name if match else "-",
        kind_of(error),
        " | ".join(frames_of(error)),
    )


def kind_of(error: BaseException | None) -> str:
    """Return the class of an error and of what caused it: "IntegrityError < UniqueViolation"."""
    kinds: list[str] = []
    while error is not None and len(kinds) < 5:
        kinds.append(type(error).__name__)
        error = error.__cause__
    return " < ".join(kinds)


def frames_of(error: BaseException | None) -> list[str]:
    """Return "file:line function" from the outermost call to the one that failed."""
    if error is None or error.__traceback__ is None:
        return []
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames][-15:]


class WithoutValues(logging.Filter):
    """For every handler: keeps an exception's kind and place in the log, and drops its text.

    Django logs failures of its own with the whole exception and the request's address.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Replace the exception by what may be kept."""
        if record.exc_info:
            error = record.exc_info[1]
            record.exc_info = None
            record.exc_text = "\n".join([kind_of(error), *frames_of(error)])
        if record.name.startswith("django.request") and record.args:
            record.msg, record.args = "request answered with an error", ()
        record.__dict__.pop("request", None)
        return True


# --- handlers named in urls.py


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what could not be read: too large, malformed, a host that is not ours."""
    return answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer with the reason, where the refusal gave one."""
    return answer(request, 403, reason=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer the same for what does not exist and what this person may not know of."""
    return answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer for what middleware raised."""
    return answer_for(request, sys.exc_info()[1])


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer for a form that is older than the person's sign-in; what they typed is a step back."""
    return answer(
        request,
        403,
        reason=(
            "This page was open since before you signed in, or cookies are blocked. Go back, copy "
            "anything you typed, open the page again and send it."
        ),
    )


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """Answer for what was tried too often."""
    return answer(request, 429)
