"""The kinds of deadline and of timeline entry of this app, and the times that are local practice."""

from django.urls import reverse

from cases.models import Deadline
from cases.rules import Aspect
from cases.services import deadlines, timeline
from cases.services.deadlines import DeadlineKind
from missingchildren.agencies import protocol
from missingchildren.agencies.protocol import Key, whole_number
from placements.rules import Clock, Fact

ACKNOWLEDGE_KEY = "acknowledge_placement_working_days"


def _to_placement(deadline: Deadline) -> str:
    return reverse("placements:placement", args=[deadline.child.reference, deadline.reference])


def _to_placements(deadline: Deadline) -> str:
    return reverse("placements:placements", args=[deadline.child.reference])


def _to_notice(deadline: Deadline) -> str:
    return reverse("placements:notification", args=[deadline.reference])


def register_own() -> None:
    """Register what the apps below must know of this one."""
    for kind in (
        DeadlineKind(
            name=Clock.APPROVE,
            title="Have a placement approved before it starts",
            opens=_to_placement,
            seen_with=Aspect.PLACEMENT,
        ),
        DeadlineKind(
            name=Clock.NOTIFY,
            title="Tell the area where a child is placed",
            opens=_to_placements,
            seen_with=Aspect.PLACEMENT,
        ),
        DeadlineKind(
            name=Clock.NOTIFY_END,
            title="Tell the area that a placement has ended",
            opens=_to_placements,
            seen_with=Aspect.PLACEMENT,
        ),
        DeadlineKind(
            name=Clock.ACKNOWLEDGE,
            title="Acknowledge that a child is placed in your area",
            opens=_to_notice,
            seen_with=Aspect.PLACEMENT,
            can_extend=True,
        ),
        DeadlineKind(
            name=Clock.REROUTE,
            title="Choose who must be told of a placement instead",
            opens=_to_placements,
            seen_with=Aspect.PLACEMENT,
        ),
    ):
        deadlines.register(kind)
    timeline.register(
        {
            Fact.PROPOSED: "Placement proposed",
            Fact.AREA_CHOSEN: "Area of a placement chosen",
            Fact.APPROVED: "Placement approved",
            Fact.NOT_APPROVED: "Placement not approved",
            Fact.STARTED: "Placement started",
            Fact.ENDED: "Placement ended",
            Fact.WITHDRAWN: "Placement withdrawn",
            Fact.NOTIFIED: "Area told of a placement",
            Fact.TOLD_BY_HAND: "Area told of a placement by hand",
            Fact.ACKNOWLEDGED: "Notice of a placement acknowledged",
            Fact.NOT_THEIRS: "Notice of a placement sent back",
        }
    )
    protocol.register(
        Key(
            name=ACKNOWLEDGE_KEY,
            default=2,
            parse=whole_number(least=1, most=10),
            source="Practice, not law: nothing says by when the area answers. Two working days is "
            "a start that each area settles for itself.",
            description="Working days in which the force or council acknowledges that a child is "
            "placed in its area.",
        )
    )
