"""What placements answers when alerts asks: may this agency still have it, and where does it lead?"""

from datetime import datetime
from typing import Any

from django.urls import reverse

from cases.models import Child, KeepFrom
from cases.receivers import may_open_child
from cases.services import deadlines
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency
from missingchildren.alerts.kinds import AlertKind, register
from missingchildren.alerts.models import Alert
from missingchildren.audit.acts import database_now
from placements import queries
from placements.models import Placement, PlacementNotification
from placements.rules import Clock


def was_told(alert: Alert, now: datetime) -> bool:
    """Return whether the notice is the recipient's: sent to it, and not sent back.

    An agency keeps its own notice when its part has ended, so the part is not asked; a record
    that is kept from the agency takes its notices along.
    """
    kept_from = KeepFrom.objects.live(now).filter(child=alert.child_id or 0, agency=alert.agency_id)
    if kept_from.exists():
        return False
    return PlacementNotification.objects.filter(
        reference=alert.subject_reference, agency=alert.agency_id, sent_at__isnull=False,
        rejected_at=None,
    ).exists()  # fmt: skip


def placed_the_child(alert: Alert, now: datetime) -> bool:
    """Return whether the recipient placed the child, and may still open their record."""
    notices = PlacementNotification.objects.filter(reference=alert.subject_reference)
    return notices.filter(placement__council=alert.agency_id).exists() and may_open_child(
        alert, now
    )


def ask_for_answers_again(*, child: Child, agency: Agency, act: Act, **_: Any) -> None:
    """Let the clocks run on in which an agency that sees the child again answers its notices."""
    for reference in queries.answers_owed(child, agency):
        deadlines.resume(
            child=child, agency=agency, kind=Clock.ACKNOWLEDGE, reference=reference, act=act
        )


def may_decide(alert: Alert, now: datetime) -> bool:
    """Return whether the placement still waits for the recipient's decision."""
    waiting = Placement.objects.filter(
        reference=alert.subject_reference, council=alert.agency_id, approval=None, withdrawn_at=None
    )
    return waiting.exists() and may_open_child(alert, now)


def to_notice(alert: Alert) -> str:
    """Return the address of the recipient's own notice."""
    return reverse("placements:notification", args=[alert.subject_reference])


def to_placement(alert: Alert) -> str:
    """Return the address of the placement, or "" where its record is closed to the recipient."""
    placement = (
        Placement.objects.filter(reference=alert.subject_reference).select_related("child").first()
    )
    if placement is None or not may_open_child(alert, database_now()):
        return ""
    return reverse("placements:placement", args=[placement.child.reference, placement.reference])


def to_placement_of_notice(alert: Alert) -> str:
    """Return the address of the placement that a notice is about, or "" where it is closed."""
    notice = (
        PlacementNotification.objects.filter(reference=alert.subject_reference)
        .select_related("placement", "child")
        .first()
    )
    if notice is None or not may_open_child(alert, database_now()):
        return ""
    return reverse(
        "placements:placement", args=[notice.child.reference, notice.placement.reference]
    )


KINDS = (
    AlertKind(
        name="placements.approval_needed",
        title="A placement waits for approval",
        still_entitled=may_decide,
        open_url=to_placement,
    ),
    AlertKind(
        name="placements.notified",
        title="A child is placed in your area: read and acknowledge",
        still_entitled=was_told,
        open_url=to_notice,
    ),
    AlertKind(
        name="placements.ended",
        title="A child's placement in your area has ended",
        still_entitled=was_told,
        open_url=to_notice,
    ),
    AlertKind(
        name="placements.withdrawn",
        title="A child will not be placed in your area after all",
        still_entitled=was_told,
        open_url=to_notice,
    ),
    AlertKind(
        name="placements.sent_back",
        title="A placement notice was sent back: choose who must be told",
        still_entitled=placed_the_child,
        open_url=to_placement_of_notice,
    ),
)


def register_kinds() -> None:
    """Make this app's alert kinds known."""
    for kind in KINDS:
        register(kind)
