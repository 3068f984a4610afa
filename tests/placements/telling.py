"""How the tests bring a placement to each of its states, by the people whose part it is."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Membership, Role
from placements.models import Placement, PlacementNotification
from placements.services import notices, placements
from placements.services.placements import Decision, Proposed
from tests.partnership import CANARY_PLACE, Partnership, act_now, member

# Strings that no other row holds, so that a page that shows them to others leaks.
WHY_THIS_HOME = "canary-why-this-home: she asked to live by the sea"
POLICE_SHOULD_KNOW = "canary-police-should-know: a grey car"
PLACEMENT_PHONE = "01632 960 888"
KENT_POSTCODE, BIRMINGHAM_POSTCODE, DUDLEY_POSTCODE = "CT9 1AA", "B1 1BB", "DY1 1AA"
SATISFIED = Decision(
    is_approved=True, wishes_known=True, most_appropriate=True, fits_plan=True, area_told=True
)


def person(world: Partnership, role: Role) -> Membership:
    """Return the one person of Birmingham in a role that the partnership does not have."""
    found = Membership.objects.filter(agency=world.birmingham, roles=[role]).first()
    return found or member(
        world.birmingham, role, unit=world.team, name=f"The {role.label.lower()}"
    )


def samira(world: Partnership) -> Membership:
    return person(world, Role.NOMINATED_OFFICER)


def holt(world: Partnership) -> Membership:
    return person(world, Role.DIRECTOR)


def kent_edt(world: Partnership) -> Membership:
    return world.beth


def proposal(act: Act, **changes: Any) -> Proposed:
    """Return an ordinary proposal: a children's home in Margate, from an hour ago."""
    ordinary = Proposed(
        kind="K2",
        description=CANARY_PLACE,
        postcode=KENT_POSTCODE,
        arrives_at=act.now - timedelta(hours=1),
        why_this_home=WHY_THIS_HOME,
        what_police_should_know=POLICE_SHOULD_KNOW,
        contact_name="Samira Khan",
        contact_phone=PLACEMENT_PHONE,
    )
    return replace(ordinary, **changes)


def propose(
    world: Partnership, *, by: Membership | None = None, now: datetime | None = None, **changes: Any
) -> Placement:
    """Let Samira propose a home for Ava."""
    child = world.ava
    act = at(by or samira(world), now)
    changes.setdefault("provider_reference", world.home.reference)
    return placements.propose_placement(
        child_reference=child.reference,
        proposed=proposal(act, **changes),
        token=None,
        act=act,
    )


def at(membership: Membership, now: datetime | None) -> Act:
    """Return an act at the database's time, or at another."""
    act = act_now(membership)
    return replace(act, now=now) if now else act


def approve(world: Partnership, placement: Placement, *, now: datetime | None = None) -> Placement:
    """Let Dr Holt approve a placement, by telephone an hour before it is written down."""
    act = at(samira(world), now)
    decision = replace(
        SATISFIED,
        by_telephone=True,
        officer_reference=holt(world).reference,
        decided_at=act.now - timedelta(hours=1, minutes=10),
    )
    return placements.approve_placement(
        placement_reference=placement.reference, decision=decision, version=None, act=act
    )


def approved(world: Partnership, **changes: Any) -> Placement:
    return approve(world, propose(world, **changes))


def start(
    world: Partnership, placement: Placement, *, tell_now: bool = True, now: datetime | None = None
) -> Placement:
    """Record that Ava has arrived, half an hour ago."""
    act = at(samira(world), now)
    return placements.start_placement(
        placement_reference=placement.reference,
        started_at=act.now - timedelta(minutes=30),
        tell_now=tell_now,
        version=None,
        act=act,
    )


def current(world: Partnership, *, tell_now: bool = True, **changes: Any) -> Placement:
    return start(world, approved(world, **changes), tell_now=tell_now)


def end(
    world: Partnership, placement: Placement, *, tell_now: bool = True, now: datetime | None = None
) -> Placement:
    """Record that the placement ended just now."""
    act = at(samira(world), now)
    return placements.end_placement(
        placement_reference=placement.reference,
        ended_at=act.now,
        reason="She moves nearer to her sister.",
        tell_now=tell_now,
        version=None,
        act=act,
    )


def notice_to(placement: Placement, agency: Any, about: str = "start") -> PlacementNotification:
    """Return the notice of a placement to an agency."""
    return PlacementNotification.objects.get(placement=placement, agency=agency, about=about)


def acknowledge(
    notice: PlacementNotification, by: Membership, *, now: datetime | None = None, **changes: Any
) -> PlacementNotification:
    """Let somebody acknowledge a notice."""
    said: dict[str, Any] = {
        "holder": "Missing children team",
        "system_reference": "KP-MISPER-77",
        "response": "",
        "version": None,
    }
    if not notice.is_of_start:
        said = {"version": None}
    return notices.acknowledge_notice(
        notice_reference=notice.reference, act=at(by, now), **{**said, **changes}
    )


def send_back(
    notice: PlacementNotification, by: Membership, reason: str = "The address is in Medway."
) -> PlacementNotification:
    """Let somebody say that a notice is not theirs."""
    return notices.reject_notice(
        notice_reference=notice.reference, reason=reason, version=None, act=act_now(by)
    )
