"""The frame around every service: one transaction, one history context, one entry, refusals kept."""

from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import ParamSpec, TypeVar

import pghistory
from django.db import transaction

from missingchildren.audit import log
from missingchildren.audit.acts import ActIds
from missingchildren.audit.models import Operation, Outcome
from missingchildren.core.verdicts import Refused

P = ParamSpec("P")
R = TypeVar("R")
_depth: ContextVar[int] = ContextVar("service_depth", default=0)


class Unlogged(RuntimeError):
    """A service changed something and wrote no entry: a defect, so nothing is kept."""


def service(*, verb: str, operation: Operation) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Run a keyword-only function that takes `act` as one act.

    All of it is one transaction, row history carries the act's id, and the function must write at
    least one entry (`Unlogged` otherwise: no log, no act). When it refuses, nothing of it is kept
    but an entry "denied", which names the reference it was asked about, and `Refused` goes on.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            act: ActIds = kwargs["act"]  # type: ignore[assignment]
            outer = _depth.get() == 0
            token = _depth.set(_depth.get() + 1)
            try:
                with transaction.atomic(), history_context(act):
                    result = function(*args, **kwargs)
                    if not log.was_recorded(act):
                        raise Unlogged(verb)
                return result
            except Refused:
                if outer:
                    with transaction.atomic():
                        log.record(
                            act=act,
                            operation=operation,
                            verb=verb,
                            outcome=Outcome.DENIED,
                            objects=[
                                str(value)
                                for key, value in kwargs.items()
                                if key.endswith("reference")
                            ],
                        )
                raise
            finally:
                _depth.reset(token)

        run.verb = verb  # type: ignore[attr-defined]
        run.operation = operation  # type: ignore[attr-defined]
        return run

    return decorate


def history_context(act: ActIds) -> pghistory.context:
    """Make every history row of this transaction carry the act's id, person and agency."""
    return pghistory.context(act=str(act.id), user=act.user_id, agency=act.agency_id)
