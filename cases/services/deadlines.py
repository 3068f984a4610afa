"""Start, meet and drop deadlines: every clock in the product is a row, of a kind that an app registered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from cases.models import Child, Deadline
from cases.models.work import DeadlineQuerySet
from cases.rules import Aspect, Clock
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, LocalProtocol, Membership, Unit


@dataclass(frozen=True, kw_only=True)
class DeadlineKind:
    """One kind of clock.

    `title` says what must be done; `opens` returns where it is done. `seen_with` is the aspect
    that lets another agency of the case see that it is late. Only what no law fixes can be given
    more time (`can_extend`).
    """

    name: str
    title: str
    opens: Callable[[Deadline], str]
    seen_with: Aspect | None = None
    can_extend: bool = False


class UnknownKind(LookupError):
    """No app has registered this kind."""


_kinds: dict[str, DeadlineKind] = {}


def register(kind: DeadlineKind) -> None:
    """Make a kind known.

    Raises:
        ValueError: another kind has this name.
    """
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"deadline kind {kind.name} is already registered")


def registered() -> Mapping[str, DeadlineKind]:
    """Return every kind by name."""
    return dict(_kinds)


def kind_of(deadline: Deadline) -> DeadlineKind:
    """Return the kind of a deadline.

    Raises:
        UnknownKind: nobody registered it.
    """
    try:
        return _kinds[deadline.kind]
    except KeyError:
        raise UnknownKind(deadline.kind) from None


def start(
    *,
    child: Child,
    agency: Agency,
    unit: Unit | None,
    kind: str,
    reference: str,
    due_at: datetime,
    act: Act,
    protocol: LocalProtocol | None = None,
    membership: Membership | None = None,
) -> Deadline:
    """Start a clock, once. `due_at` is an aware instant computed by a pure rule.

    A clock whose time has passed already, because the fact came late, is due at once.

    Raises:
        UnknownKind: nobody registered the kind.
    """
    if kind not in _kinds:
        raise UnknownKind(kind)
    deadline, _ = Deadline.objects.get_or_create(
        agency=agency,
        kind=kind,
        reference=reference,
        done_at=None,
        defaults={
            "child": child,
            "unit": unit,
            "membership": membership,
            "starts_at": min(act.now, due_at),
            "due_at": due_at,
            "protocol": protocol,
        },
    )
    return deadline


def meet(*, kind: str, reference: str, act: Act, agency: Agency | None = None) -> None:
    """Stop the running clocks of this kind and reference, of one agency or of all."""
    _running(kind, reference, agency).update(done_at=act.now, done_by=act.membership)


def drop(*, kind: str, reference: str, reason: str, act: Act, agency: Agency | None = None) -> None:
    """Stop running clocks that need not be met any more, and say why."""
    _running(kind, reference, agency).update(
        done_at=act.now, done_by=act.membership, dropped_reason=reason
    )


def _running(kind: str, reference: str, agency: Agency | None) -> DeadlineQuerySet:
    running = Deadline.objects.running().filter(kind=kind, reference=reference)
    return running.filter(agency=agency) if agency else running


def to_child(deadline: Deadline) -> str:
    """Return the address of the child's page."""
    return reverse("cases:child", args=[deadline.child.reference])


def _to_question(deadline: Deadline) -> str:
    return reverse("cases:match", args=[deadline.reference])


def register_own() -> None:
    """Register the kinds of this app."""
    for kind in (
        DeadlineKind(
            name=Clock.ACCEPT_REPORT,
            title="Accept a report",
            opens=to_child,
            seen_with=Aspect.ALERTS,
        ),
        DeadlineKind(
            name=Clock.MATCH_QUESTION,
            title="Say whether it is the same child",
            opens=_to_question,
        ),
        DeadlineKind(
            name=Clock.PREVENTION_INTERVIEW,
            title="Record the prevention interview",
            opens=to_child,
            seen_with=Aspect.ALERTS,
        ),
    ):
        register(kind)
