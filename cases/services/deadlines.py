"""Start and meet deadlines: every clock in the product is a row."""

from datetime import datetime

from cases.models import Child, Deadline
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, LocalProtocol, Unit


def start(
    *,
    child: Child,
    agency: Agency,
    unit: Unit | None,
    kind: Deadline.Kind,
    reference: str,
    due_at: datetime,
    act: Act,
    protocol: LocalProtocol | None = None,
) -> Deadline:
    """Start a clock, once. `due_at` is an aware instant computed by a pure rule."""
    deadline, _ = Deadline.objects.get_or_create(
        agency=agency,
        kind=kind,
        reference=reference,
        done_at=None,
        defaults={
            "child": child,
            "unit": unit,
            "starts_at": act.now,
            "due_at": due_at,
            "protocol": protocol,
        },
    )
    return deadline


def meet(*, kind: Deadline.Kind, reference: str, act: Act) -> None:
    """Stop the running clocks of this kind and reference."""
    Deadline.objects.running().filter(kind=kind, reference=reference).update(
        done_at=act.now, done_by=act.membership
    )
