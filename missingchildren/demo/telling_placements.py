"""What the stories of placements are told with: a home, its approval, its notices, its end, each an act.

Every act is a person's of the cast, at its own time, through the services of `placements`.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from cases.models import Child
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.core.calendar import Nation, add_working_days
from missingchildren.core.clock import in_london, london_instant
from missingchildren.demo import cast
from placements import rules
from placements.models import Placement, PlacementNotification
from placements.rules import Carer
from placements.services import notices, placements
from placements.services.placements import Decision, Proposed

FRIDAY = 4


@dataclass(frozen=True, kw_only=True)
class Home:
    """One home as a council describes it; `provider` is a key of the cast."""

    kind: str
    address: tuple[str, str]
    why: str
    contact: tuple[str, str]
    police_should_know: str = ""
    provider: str = ""
    carer: Carer = Carer.OTHER
    is_emergency: bool = False


@dataclass(frozen=True, kw_only=True)
class Approved:
    """Who decided and when; `written_by` took it down by telephone, "" where they did it themselves."""

    officer: str
    at: datetime
    written_by: str = ""
    area_told: bool = True


def last(weekday: int, *, before: datetime, at: time) -> datetime:
    """Return the latest time `at` on a weekday that is not after `before`."""
    local = in_london(before)
    for days_back in range(8):
        day = local.date() - timedelta(days=days_back)
        moment = london_instant(day, at, fold=0)
        if day.weekday() == weekday and moment <= before:
            return moment
    raise AssertionError("a week has every weekday")


def ended_with_notice_due_in(working_days: int, *, now: datetime) -> datetime:
    """Return when a placement ended whose end notices are due in so many working days."""
    due = add_working_days(now, working_days, Nation.ENGLAND)
    for hours_back in range(40 * 24):
        ended_at = now - timedelta(hours=hours_back)
        if rules.end_notice_due_at(ended_at=ended_at, nation=Nation.ENGLAND) == due:
            return ended_at
    raise AssertionError("ten working days are fewer than forty days")


def propose(child: Child, home: Home, *, by: str, at: datetime, arrives_at: datetime) -> Placement:
    """Let somebody of the council propose a home."""
    name, phone = home.contact
    return placements.propose_placement(
        child_reference=child.reference,
        proposed=Proposed(
            kind=home.kind,
            carer=home.carer,
            provider_reference=cast.agency(home.provider).reference if home.provider else "",
            description=home.address[0],
            postcode=home.address[1],
            arrives_at=arrives_at,
            is_emergency=home.is_emergency,
            why_this_home=home.why,
            what_police_should_know=home.police_should_know,
            contact_name=name,
            contact_phone=phone,
        ),
        token=None,
        act=cast.act_of(by, at=at),
    )


def approve(placement: Placement, approved: Approved) -> Placement:
    """Let the officer approve it, or somebody write down what the officer said."""
    decision = Decision(
        is_approved=True,
        wishes_known=True,
        most_appropriate=True,
        fits_plan=True,
        area_told=approved.area_told,
        by_telephone=bool(approved.written_by),
        officer_reference=cast.membership(approved.officer).reference,
        decided_at=approved.at if approved.written_by else None,
    )
    return placements.approve_placement(
        placement_reference=placement.reference,
        decision=decision,
        version=None,
        act=cast.act_of(approved.written_by or approved.officer, at=approved.at),
    )


def place(
    child: Child,
    home: Home,
    *,
    by: str,
    proposed_at: datetime,
    arrived_at: datetime,
    approved: Approved | None = None,
    tell_now: bool = True,
) -> Placement:
    """Tell a placement from its proposal to the arrival, recorded ten minutes later."""
    placement = propose(child, home, by=by, at=proposed_at, arrives_at=arrived_at)
    if approved:
        placement = approve(placement, approved)
    return placements.start_placement(
        placement_reference=placement.reference,
        started_at=arrived_at,
        tell_now=tell_now,
        version=None,
        act=cast.act_of(by, at=arrived_at + timedelta(minutes=10)),
    )


def notice_to(
    placement: Placement,
    key: str,
    about: PlacementNotification.About = PlacementNotification.About.START,
) -> PlacementNotification:
    """Return the notice of a placement that stands with an agency of the cast."""
    return PlacementNotification.objects.standing().get(
        placement=placement, agency=cast.agency(key), about=about
    )


def read(placement: Placement, key: str, *, by: str, at: datetime) -> None:
    """Leave the trace of somebody's look at a notice, which pages leave at their own time."""
    notice = notice_to(placement, key)
    log.record(
        act=cast.act_of(by, at=at),
        operation=Operation.CONSULTATION,
        verb="placements.notification",
        subjects=[notice.child_id],
        objects=[notice.reference],
        basis="notice",
    )


def acknowledge(
    placement: Placement,
    key: str,
    *,
    by: str,
    at: datetime,
    holder: str,
    reference: str,
    response: str = "",
) -> PlacementNotification:
    """Let somebody read and acknowledge the notice that came to their agency."""
    read(placement, key, by=by, at=at - timedelta(minutes=4))
    return notices.acknowledge_notice(
        notice_reference=notice_to(placement, key).reference,
        holder=holder,
        system_reference=reference,
        response=response,
        version=None,
        act=cast.act_of(by, at=at),
    )


def told_by_hand(
    placement: Placement, to: PlacementNotification.To, *, by: str, at: datetime, whom: str
) -> PlacementNotification:
    """Let somebody ring an agency that does not use this service, and write it down."""
    notice = PlacementNotification.objects.not_told().get(placement=placement, to=to)
    return notices.record_told_by_hand(
        notice_reference=notice.reference,
        whom=whom,
        how=PlacementNotification.How.PHONE,
        told_at=at,
        version=None,
        act=cast.act_of(by, at=at + timedelta(minutes=5)),
    )


def end(
    placement: Placement, *, by: str, ended_at: datetime, reason: str, tell_now: bool = True
) -> Placement:
    """Let somebody record, an hour later, that a placement has ended."""
    return placements.end_placement(
        placement_reference=placement.reference,
        ended_at=ended_at,
        reason=reason,
        tell_now=tell_now,
        version=None,
        act=cast.act_of(by, at=ended_at + timedelta(hours=1)),
    )


# --- the homes of the stories


SEAVIEW_HOUSE = Home(
    kind="K2",
    provider="seaview",
    address=("Seaview House, Eastern Esplanade, Margate", "CT9 2HL"),
    is_emergency=True,
    why=(
        "Her last home closed at short notice. She needs a small home with staff awake at night, "
        "away from two adults in Birmingham who exploit her. This is the only one with a bed "
        "tonight, and she has met the manager."
    ),
    police_should_know=(
        "She went missing from her last home and was met by adults in cars. She answers messages "
        "from her Nan. She carries an inhaler and must have it with her."
    ),
    contact=("Samira Khan, placements", "01632 960 119"),
)
SEAVIEW_HOUSE_FOR_RHYS = Home(
    kind="K2",
    provider="seaview",
    address=SEAVIEW_HOUSE.address,
    why="He needs a home with a teacher on the premises, and no home in Wales has a bed.",
    contact=("Carys Lloyd, social worker", "029 2018 0171"),
)
DUDLEY_CARERS = Home(
    kind="U4",
    provider="harbour",
    address=("Mr and Mrs Okafor, St James's Road, Dudley", "DY1 3JB"),
    why="His aunt lives in Dudley and he asked to be near her. The carers have cared for boys his age.",
    police_should_know="He has walked home to his aunt before. He has no history with adults unknown to us.",
    contact=("Beth Carver, social worker", "01632 960 171"),
)


def ava_moves_to_seaview(child: Child, *, now: datetime) -> Placement:
    """Ava's Friday: proposed at ten past five, approved by telephone at ten to six, there at half past.

    The area is told at once. Kent Police answer on Monday morning; Kent County Council does not.
    """
    friday = last(FRIDAY, before=now - timedelta(days=16), at=time(17, 10))
    placement = place(
        child,
        SEAVIEW_HOUSE,
        by="samira.khan",
        proposed_at=friday,
        approved=Approved(
            officer="jean.holt",
            at=friday + timedelta(minutes=40),
            written_by="samira.khan",
            area_told=False,
        ),
        arrived_at=friday + timedelta(minutes=80),
    )
    monday = last(0, before=friday + timedelta(days=4), at=time(9, 10))
    acknowledge(
        placement,
        "kent_police",
        by="priya.nair",
        at=monday,
        holder="Missing children team, Priya Nair",
        reference=f"KP-{monday:%d%m%y}-0417",
        response="If she goes missing: ring the control room at once and say grey car.",
    )
    read(placement, "kent_council", by="moira.platt", at=monday + timedelta(hours=2))
    return placement


def leo_lives_in_dudley(child: Child, *, now: datetime) -> Placement:
    """Leo's placement by Kent in Dudley, from its start; both there have acknowledged it."""
    arrived_at = now - timedelta(days=210)
    placement = place(
        child,
        DUDLEY_CARERS,
        by="beth.carver",
        proposed_at=arrived_at - timedelta(days=5),
        approved=Approved(officer="nadia.price", at=arrived_at - timedelta(days=3)),
        arrived_at=arrived_at,
    )
    for key, person, holder, reference in (
        ("west_midlands_police", "helen.bright", "Contact centre", "WMP-MP-20391"),
        ("dudley", "anil.desai", "Front door", "DUD-CLA-118"),
    ):
        acknowledge(
            placement, key, by=person, at=arrived_at + timedelta(days=1), holder=holder,
            reference=reference,
        )  # fmt: skip
    return placement


def leo_leaves_dudley(placement: Placement, *, now: datetime) -> Placement:
    """The end of Leo's placement: nobody in Dudley has been told, and two working days are left."""
    return end(
        placement,
        by="beth.carver",
        ended_at=ended_with_notice_due_in(2, now=now),
        reason="His carers fell ill. He moved back to Kent, to carers whom he knows.",
        tell_now=False,
    )
