"""Write the act log: one row per act and verb, inside the act's own transaction."""

import re
from collections.abc import Iterable
from contextvars import ContextVar
from uuid import UUID

from missingchildren.audit.acts import ActIds
from missingchildren.audit.models import Entry, Operation, Outcome

# Only what the service itself made up is kept: never what somebody typed in its place.
REFERENCE = re.compile(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")
_last_recorded: ContextVar[UUID | None] = ContextVar("last_recorded", default=None)


def record(
    *,
    act: ActIds,
    operation: Operation,
    verb: str,
    outcome: Outcome = Outcome.DONE,
    subjects: Iterable[int] = (),
    objects: Iterable[str] = (),
    basis: str = "",
    recipient: str = "",
) -> None:
    """Insert one entry.

    `subjects` are child ids, `objects` references; `basis` is the key of a relationship or of a
    reason, never text that a person typed.
    """
    Entry.objects.create(
        at=act.now,
        act_id=act.id,
        user_id=act.user_id,
        agency_id=act.agency_id,
        membership_id=act.membership_id,
        channel=act.channel,
        operation=operation,
        verb=verb,
        outcome=outcome,
        subjects=sorted(set(subjects)),
        references=[reference for reference in objects if REFERENCE.fullmatch(reference)],
        basis=basis,
        recipient=recipient,
    )
    _last_recorded.set(act.id)


def was_recorded(act: ActIds) -> bool:
    """Return whether this act has left an entry in this thread."""
    return _last_recorded.get() == act.id
