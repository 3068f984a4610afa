"""No log, no look: a page and its line in the act log are one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from missingchildren.audit import log
from missingchildren.audit.acts import ActIds
from missingchildren.audit.models import Operation, Outcome
from missingchildren.core.verdicts import Refused
from missingchildren.web.errors import ServiceUnavailable

P = ParamSpec("P")
Response = TypeVar("Response", bound=HttpResponseBase)


@dataclass
class Reading:
    """What one request has read so far: filled by the view, written by `reads`."""

    subjects: set[int] = field(default_factory=set)
    objects: list[str] = field(default_factory=list)
    basis: str = ""
    operation: Operation = Operation.CONSULTATION

    def of(self, subjects: Iterable[int], *objects: str, basis: str = "") -> None:
        """Note that these children, and these records of theirs, are shown."""
        self.subjects.update(subjects)
        self.objects.extend(objects)
        self.basis = basis or self.basis


def reads(
    verb: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], Response]],
    Callable[Concatenate[HttpRequest, P], Response],
]:
    """Log what a view shows, in the transaction in which it reads.

    The view finds `request.reading` and says in it whom it shows. A refusal (404, 403) is logged
    as denied, with the reference that was asked for, after everything else is undone. If the log
    cannot be written, the answer is 503 and holds nothing.

    Raises:
        ServiceUnavailable: the database did not take the entry.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], Response],
    ) -> Callable[Concatenate[HttpRequest, P], Response]:
        @wraps(view)
        def logged(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> Response:
            act: ActIds = request.act  # type: ignore[attr-defined]
            reading = Reading()
            request.reading = reading  # type: ignore[attr-defined]
            try:
                with transaction.atomic():
                    response = view(request, *args, **kwargs)
                    if reading.subjects or reading.objects:
                        _write(act, reading, verb, Outcome.DONE)
            except (Http404, PermissionDenied, Refused):
                reading.objects = [*_references(kwargs), *reading.objects]
                _write_denied(act, reading, verb)
                raise
            except DatabaseError as trouble:
                raise ServiceUnavailable from trouble
            return response

        return logged  # type: ignore[return-value]

    return decorate


def reading_of(request: HttpRequest) -> Reading:
    """Return the reading that `reads` began for this request."""
    reading: Reading = request.reading  # type: ignore[attr-defined]
    return reading


def _references(kwargs: dict[str, Any]) -> list[str]:
    return [str(value) for name, value in kwargs.items() if name.endswith("reference")]


def _write(act: ActIds, reading: Reading, verb: str, outcome: Outcome) -> None:
    log.record(
        act=act,
        operation=reading.operation,
        verb=verb,
        outcome=outcome,
        subjects=reading.subjects,
        objects=reading.objects,
        basis=reading.basis,
    )


def _write_denied(act: ActIds, reading: Reading, verb: str) -> None:
    try:
        with transaction.atomic():
            _write(act, reading, verb, Outcome.DENIED)
    except DatabaseError as trouble:
        raise ServiceUnavailable from trouble
