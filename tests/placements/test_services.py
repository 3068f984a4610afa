"""From the proposal to the end: what each step does, whom it tells, and what it refuses."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases import access as case_access
from cases import events
from cases.models import Child, Deadline, Grant, Involvement, Location, TimelineEntry
from cases.rules import Part
from missingchildren.agencies.models import Membership, Role
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted, Refused, RuleBroken, Stale
from placements.models import Approval, Placement, PlacementNotification
from placements.rules import Clock, NoticeState, PlacementState
from placements.services import notices, placements
from placements.services.placements import Decision
from tests.partnership import KENT, Partnership, act_now, agency, member
from tests.placements.telling import (
    BIRMINGHAM_POSTCODE,
    DUDLEY_POSTCODE,
    SATISFIED,
    acknowledge,
    approve,
    approved,
    current,
    end,
    holt,
    notice_to,
    proposal,
    propose,
    samira,
    send_back,
    start,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(placing: Partnership) -> Partnership:
    return placing


def running(**wanted: Any) -> int:
    return Deadline.objects.running().filter(**wanted).count()


def alerts(kind: str, **wanted: Any) -> int:
    return Alert.objects.filter(kind=f"placements.{kind}", **wanted).count()


def parts(world: Partnership, of: Any) -> set[str]:
    now = act_now(world.ruth).now
    grants = Grant.objects.live(now).filter(child=world.ava, agency=of)
    return set(grants.values_list("part", flat=True))


def may_open(world: Partnership, membership: Membership) -> bool:
    try:
        case_access.view_of(act=act_now(membership), reference=world.ava.reference)
    except NotFound:
        return False
    return True


def stored(world: Partnership) -> Any:
    """Return all that an act of this app could change."""
    return (
        list(Placement.objects.order_by("pk").values()),
        list(PlacementNotification.objects.order_by("pk").values()),
        list(Deadline.objects.order_by("pk").values()),
        list(Grant.objects.order_by("pk").values()),
        list(Location.objects.order_by("pk").values("pk", "audience", "ended_at", "at")),
        Approval.objects.count(), Alert.objects.count(), Involvement.objects.count(),
        TimelineEntry.objects.count(),
    )  # fmt: skip


# --- propose


def test_a_home_far_away_waits_for_the_director_and_owes_two_notices(world: Partnership) -> None:
    """AZ-14, LOC-01: the address stands in the table of places alone, and is the council's own."""
    placement = propose(world)

    assert placement.state == PlacementState.PROPOSED
    assert placement.distance == "out of area, at a distance"
    assert placement.needs == "director of children's services"
    assert (placement.host_council, placement.host_force) == (
        world.kent_council, world.kent_police,
    )  # fmt: skip
    assert placement.location.audience == "own"
    assert placement.location.authority_code == KENT
    owed = PlacementNotification.objects.filter(placement=placement).order_by("pk")
    assert [(notice.to, notice.agency, notice.state) for notice in owed] == [
        ("council", world.kent_council, NoticeState.NOT_TOLD),
        ("force", world.kent_police, NoticeState.NOT_TOLD),
    ]
    assert running(kind=Clock.NOTIFY, agency=world.birmingham) == 2
    assert running(kind=Clock.APPROVE, agency=world.birmingham) == 1
    assert alerts("approval_needed", agency=world.birmingham) == 1
    assert parts(world, world.kent_police) == set()
    entry = Entry.objects.get(verb="placements.propose")
    assert entry.subjects == [world.ava.pk]
    assert placement.reference in entry.references


def test_a_home_in_the_area_needs_nobody(world: Partnership) -> None:
    placement = propose(world, postcode=BIRMINGHAM_POSTCODE)

    assert placement.distance == "in area"
    assert placement.needs is None
    assert not PlacementNotification.objects.exists()
    assert not running(child=world.ava)
    assert not Alert.objects.exists()


def test_an_adjoining_area_needs_the_nominated_officer(world: Partnership) -> None:
    placement = propose(world, postcode=DUDLEY_POSTCODE)

    assert placement.distance == "out of area, adjoining"
    assert placement.needs == "nominated officer"
    to_council = placement.notices.get(to="council")
    assert (to_council.agency, to_council.name) == (None, "Dudley Metropolitan Borough Council")


@pytest.mark.parametrize("carer", ["connected", "own"])
def test_nobody_approves_a_connected_person_or_own_carer_but_the_area_is_told(
    world: Partnership, carer: str
) -> None:
    """Source: S.I. 2010/959, regulations 11(4) and 13(4)."""
    placement = propose(world, kind="U3", carer=carer, provider_reference="")

    assert placement.needs is None
    assert placement.notices.count() == 2
    assert not running(kind=Clock.APPROVE)
    assert not Alert.objects.exists()


def test_the_same_token_counts_once(world: Partnership) -> None:
    """CON: a double click."""
    act, token = act_now(samira(world)), uuid4()
    made = [
        placements.propose_placement(
            child_reference=world.ava.reference, proposed=proposal(act), token=token, act=act
        )
        for _ in range(2)
    ]

    assert made[0] == made[1]
    assert Placement.objects.count() == 1


def test_only_the_council_that_looks_after_a_child_proposes(world: Partnership) -> None:
    world.accept(world.report())
    for membership in (world.joan, world.nisha, world.beth):
        with pytest.raises(NotPermitted, match="Only the council that looks after the child"):
            propose(world, by=membership)
    with pytest.raises(NotFound):
        propose(world, by=world.stranger)
    assert not Placement.objects.exists()


REFUSED_PROPOSALS: dict[str, tuple[dict[str, Any], str, str]] = {
    "no postcode of this country": ({"postcode": "12345"}, "not a United Kingdom", "postcode"),
    "half a postcode": ({"postcode": "CT9"}, "Enter the whole postcode", "postcode"),
    "Jersey": ({"postcode": "JE2 3AB"}, "outside the United Kingdom", "postcode"),
    "a kind of another year": ({"kind": "H5"}, "not a kind of placement of that year", "kind"),
    "no such kind": ({"kind": "Q9"}, "not a kind of placement", "kind"),
    "a relative in a children's home": (
        {"carer": "connected"}, "Only a foster placement", "carer",
    ),
    "supported accommodation under 16": (
        {"kind": "K3"}, "for children of 16 and over", "kind",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_PROPOSALS)
def test_a_proposal_that_cannot_be_is_refused_at_its_field(world: Partnership, name: str) -> None:
    changes, sentence, field = REFUSED_PROPOSALS[name]
    if name == "supported accommodation under 16":
        Child.objects.filter(pk=world.ava.pk).update(
            date_of_birth=act_now(world.ruth).now.date() - timedelta(days=15 * 365)
        )
        world.ava.refresh_from_db()
    assert world.ava, "the record is made before it is compared"
    before = stored(world)

    with pytest.raises(RuleBroken, match=sentence) as refusal:
        propose(world, **changes)

    assert refusal.value.field == field
    assert stored(world) == before
    assert Entry.objects.filter(verb="placements.propose", outcome=Outcome.DENIED).count() == 1


@pytest.mark.parametrize("days", [-400, 400, -365 * 17])
def test_a_time_that_cannot_be_is_refused(world: Partnership, days: int) -> None:
    now = act_now(world.ruth).now
    with pytest.raises(RuleBroken) as refusal:
        propose(world, arrives_at=now + timedelta(days=days))
    assert refusal.value.field == "arrives_at"


def test_a_home_that_does_not_exist_is_not_found(world: Partnership) -> None:
    """Nor is an agency that runs no homes."""
    for reference in ("AG-0000-0000-0", world.kent_police.reference):
        with pytest.raises(NotFound):
            propose(world, provider_reference=reference)


# --- the area, where the postcode cannot say


NEW_SECTOR = "CT9 7ZZ"


def doubtful(world: Partnership) -> Placement:
    """Propose a home at a postcode that is newer than the tables."""
    placement = propose(world, postcode=NEW_SECTOR)
    assert placement.area is None, "the tables know this postcode: take another"
    return placement


def test_a_doubtful_postcode_asks_a_person_and_nothing_runs_until_then(world: Partnership) -> None:
    placement = doubtful(world)

    assert not placement.notices.exists()
    for refused in (approve, start):
        with pytest.raises(RuleBroken, match="which area"):
            refused(world, placement)
    placement = placements.choose_area(
        placement_reference=placement.reference, area_code=KENT, version=placement.version,
        act=act_now(samira(world)),
    )  # fmt: skip

    assert placement.area_id == KENT
    assert placement.area_chosen_by == samira(world)
    assert placement.host_force == world.kent_police
    assert placement.notices.count() == 2
    assert running(kind=Clock.APPROVE) == 1
    with pytest.raises(RuleBroken, match="is known"):
        placements.choose_area(
            placement_reference=placement.reference, area_code=KENT, version=None,
            act=act_now(samira(world)),
        )  # fmt: skip


def test_an_area_that_it_cannot_be_is_refused(world: Partnership) -> None:
    placement = doubtful(world)
    before = stored(world)

    with pytest.raises(RuleBroken, match="Choose one of the areas shown") as refusal:
        placements.choose_area(
            placement_reference=placement.reference, area_code="E06000001", version=None,
            act=act_now(samira(world)),
        )  # fmt: skip

    assert refusal.value.field == "area"
    assert stored(world) == before


# --- the decision


def decide(world: Partnership, placement: Placement, by: Membership, **changes: Any) -> Placement:
    return placements.approve_placement(
        placement_reference=placement.reference,
        decision=replace(SATISFIED, **changes),
        version=None,
        act=act_now(by),
    )


def test_the_director_approves_a_home_at_a_distance(world: Partnership) -> None:
    placement = decide(world, propose(world), holt(world))

    assert placement.state == PlacementState.APPROVED
    assert placement.approval.officer == holt(world)
    assert placement.approval.needed == "director of children's services"
    assert not running(kind=Clock.APPROVE)
    assert not Alert.objects.waiting().exists()


def test_a_nominated_officer_writes_down_what_the_director_said(world: Partnership) -> None:
    """Demonstration: Dr Holt approves by telephone, Samira writes it down."""
    placement = approve(world, propose(world))

    assert placement.approval.officer == holt(world)
    assert placement.approval.recorded_by == samira(world)
    assert placement.approval.by_telephone
    assert placement.approval.decided_at < placement.approval.recorded_at


def test_only_the_right_officer_decides(world: Partnership) -> None:
    """AZ-31: wrong officer, wrong agency: 403, and nothing changes."""
    placement = propose(world)
    manager = member(world.birmingham, Role.MANAGER)
    before = stored(world)
    for membership, sentence in (
        (samira(world), "Only the director of children's services can approve"),
        (world.ruth, "Only a nominated officer or the director decides"),
        (manager, "Only a nominated officer or the director decides"),
    ):
        with pytest.raises(NotPermitted, match=sentence):
            decide(world, placement, membership)
    with pytest.raises(NotPermitted):
        decide(world, placement, world.ruth, by_telephone=True)
    with pytest.raises(RuleBroken, match="Choose who decided"):
        decide(world, placement, samira(world), by_telephone=True)
    with pytest.raises(RuleBroken, match="Choose who decided"):
        decide(
            world, placement, samira(world), by_telephone=True,
            officer_reference=samira(world).reference,
        )  # fmt: skip
    assert stored(world) == before


INCOMPLETE: dict[str, tuple[dict[str, Any], str, str]] = {
    "wishes": ({"wishes_known": False}, "wishes are known", "satisfied"),
    "not the most appropriate": ({"most_appropriate": False}, "most appropriate", "satisfied"),
    "not the plan": ({"fits_plan": False}, "fits the care plan", "satisfied"),
    "area not told": ({"area_told": False}, "Tell or consult the council", "satisfied"),
    "refused without a reason": ({"is_approved": False}, "Say why it is not approved", "reasons"),
}


@pytest.mark.parametrize("name", INCOMPLETE)
def test_an_incomplete_decision_is_refused(world: Partnership, name: str) -> None:
    changes, sentence, field = INCOMPLETE[name]
    placement = propose(world)
    before = stored(world)

    with pytest.raises(RuleBroken, match=sentence) as refusal:
        decide(world, placement, holt(world), **changes)

    assert refusal.value.field == field
    assert stored(world) == before


def test_in_an_emergency_the_area_follows_but_the_rest_does_not(world: Partnership) -> None:
    """Source: S.I. 2010/959, regulation 11(3)."""
    placement = propose(world, is_emergency=True)
    with pytest.raises(RuleBroken, match="fits the care plan"):
        decide(world, placement, holt(world), area_told=False, fits_plan=False)
    with pytest.raises(RuleBroken, match="also in an emergency"):
        start(world, placement)

    assert decide(world, placement, holt(world), area_told=False).state == PlacementState.APPROVED


@pytest.mark.parametrize(("days", "sentence"), [(1, "in the past"), (-9, "more than a week")])
def test_a_decision_cannot_be_to_come_or_long_ago(
    world: Partnership, days: int, sentence: str
) -> None:
    placement = propose(world)
    with pytest.raises(RuleBroken, match=sentence):
        decide(
            world, placement, samira(world), by_telephone=True,
            officer_reference=holt(world).reference,
            decided_at=act_now(world.ruth).now + timedelta(days=days),
        )  # fmt: skip


def test_a_placement_not_approved_is_over(world: Partnership) -> None:
    placement = decide(
        world, propose(world), holt(world), is_approved=False, reasons="Too far from her sister."
    )

    assert placement.state == PlacementState.NOT_APPROVED
    assert not running(child=world.ava)
    assert {notice.state for notice in placement.notices.all()} == {NoticeState.NOT_NEEDED}
    for refused in (approve, start):
        with pytest.raises(RuleBroken):
            refused(world, placement)


# --- tell and start


def test_the_area_is_told_before_the_child_arrives(world: Partnership) -> None:
    """ALR-01, ALR-10: one alert to each, with a clock to answer, and a part that opens the record."""
    placement = approved(world)
    sent = notices.send_notices(
        placement_reference=placement.reference, version=placement.version,
        act=act_now(samira(world)),
    )  # fmt: skip

    assert {notice.agency for notice in sent} == {world.kent_police, world.kent_council}
    assert parts(world, world.kent_police) == {Part.HOST_FORCE}
    assert parts(world, world.kent_council) == {Part.HOST_COUNCIL}
    assert not running(kind=Clock.NOTIFY)
    for of in (world.kent_police, world.kent_council):
        assert alerts("notified", agency=of) == 1
        assert running(kind=Clock.ACKNOWLEDGE, agency=of) == 1
        assert Entry.objects.filter(recipient=of.reference, verb="placements.notified").count() == 1
    assert alerts("notified", unit=world.desk) == 1
    assert may_open(world, world.joan)
    view = case_access.view_of(act=act_now(world.joan), reference=world.ava.reference)
    places = case_access.readable_locations(act_now(world.joan), view)
    assert list(places) == [placement.location]
    with pytest.raises(RuleBroken, match="No notice waits"):
        notices.send_notices(
            placement_reference=placement.reference, version=None, act=act_now(samira(world))
        )


def test_nobody_is_told_before_the_approval(world: Partnership) -> None:
    placement = propose(world)
    with pytest.raises(RuleBroken, match="must approve the placement first"):
        notices.send_notices(
            placement_reference=placement.reference, version=None, act=act_now(samira(world))
        )
    assert not PlacementNotification.objects.exclude(sent_at=None).exists()


def test_the_start_opens_the_home_tells_the_area_and_announces_it(world: Partnership) -> None:
    heard: list[dict[str, Any]] = []

    def listen(**fact: Any) -> None:
        heard.append(fact)

    events.child_placed.connect(listen)
    try:
        placement = current(world)
    finally:
        events.child_placed.disconnect(listen)

    assert placement.state == PlacementState.CURRENT
    assert placement.location.audience == "case"
    grant = Grant.objects.get(agency=world.home, source=placement.reference)
    assert (grant.part, grant.basis) == (Part.CHILDRENS_HOME, Grant.Basis.PLACEMENT)
    assert alerts("notified") == 2
    assert len(heard) == 1
    assert (heard[0]["child"], heard[0]["force"], heard[0]["council"]) == (
        world.ava, world.kent_police, world.kent_council,
    )  # fmt: skip
    assert heard[0]["starts_at"] == placement.started_at


def test_nothing_is_kept_when_a_listener_fails(world: Partnership) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("the follow-up failed")

    placement = approved(world)
    before = stored(world)
    events.child_placed.connect(fail)
    try:
        with pytest.raises(RuntimeError):
            start(world, placement)
    finally:
        events.child_placed.disconnect(fail)

    assert stored(world) == before


def test_a_start_may_leave_the_telling_for_later(world: Partnership) -> None:
    placement = start(world, approved(world, is_emergency=True), tell_now=False)

    assert running(kind=Clock.NOTIFY) == 2
    assert not alerts("notified")
    due = set(Deadline.objects.running().filter(kind=Clock.NOTIFY).values_list("due_at", flat=True))
    assert due == {notices.due_at(placement, PlacementNotification.About.START)}


def test_a_child_lives_in_one_home_at_a_time(world: Partnership) -> None:
    current(world)
    second = propose(world, postcode=BIRMINGHAM_POSTCODE, provider_reference="")
    with pytest.raises(RuleBroken, match="present placement has ended"):
        start(world, second)


def test_a_start_before_the_approval_is_refused(world: Partnership) -> None:
    placement = propose(world)
    with pytest.raises(RuleBroken, match="must approve the placement before it starts"):
        start(world, placement)
    placement = decide(world, placement, holt(world))
    with pytest.raises(RuleBroken, match="after the placement was approved") as refusal:
        start(world, placement)
    assert refusal.value.field == "started_at"


@pytest.mark.parametrize(("hours", "sentence"), [(1, "in the past"), (-24 * 400, "year ago")])
def test_a_start_cannot_be_to_come_or_long_ago(
    world: Partnership, hours: int, sentence: str
) -> None:
    placement = propose(world, postcode=BIRMINGHAM_POSTCODE)
    act = act_now(samira(world))
    with pytest.raises(RuleBroken, match=sentence):
        placements.start_placement(
            placement_reference=placement.reference, started_at=act.now + timedelta(hours=hours),
            version=None, act=act,
        )  # fmt: skip


# --- the answer of the area


def test_the_force_acknowledges_and_the_council_reads_it(world: Partnership) -> None:
    placement = current(world)
    notice = acknowledge(notice_to(placement, world.kent_police), world.joan, response="Call Priya")

    assert notice.state == NoticeState.ACKNOWLEDGED
    assert (notice.holder, notice.system_reference) == ("Missing children team", "KP-MISPER-77")
    assert not running(kind=Clock.ACKNOWLEDGE, agency=world.kent_police)
    assert running(kind=Clock.ACKNOWLEDGE, agency=world.kent_council) == 1
    assert not Alert.objects.waiting().filter(agency=world.kent_police).exists()
    with pytest.raises(RuleBroken, match="Joan Mercer has already acknowledged"):
        acknowledge(notice, world.joan)


def test_an_acknowledgement_says_who_holds_it(world: Partnership) -> None:
    notice = notice_to(current(world), world.kent_police)
    for missing in ("holder", "system_reference"):
        said: dict[str, Any] = {missing: " "}
        with pytest.raises(RuleBroken) as refusal:
            acknowledge(notice, world.joan, **said)
        assert refusal.value.field == missing


def test_nobody_answers_for_another_agency(world: Partnership) -> None:
    """AZ-14: a notice of another agency is the same 404 as one that does not exist."""
    notice = notice_to(current(world), world.kent_police)
    for membership in (world.beth, world.ruth, world.nisha, world.tom, world.stranger, world.owen):
        for answer in (acknowledge, send_back):
            with pytest.raises(NotFound):
                answer(notice, membership)


def test_a_notice_sent_back_closes_the_record_and_asks_the_council(world: Partnership) -> None:
    placement = current(world)
    notice = send_back(notice_to(placement, world.kent_police), world.joan)

    assert notice.state == NoticeState.NOT_THEIRS
    assert parts(world, world.kent_police) == set()
    assert not may_open(world, world.joan)
    assert not running(kind=Clock.ACKNOWLEDGE, agency=world.kent_police)
    assert running(kind=Clock.REROUTE, agency=world.birmingham) == 1
    assert alerts("sent_back", agency=world.birmingham) == 1
    assert not Alert.objects.waiting().filter(agency=world.kent_police).exists()
    assert parts(world, world.kent_council) == {Part.HOST_COUNCIL}


def reroute(world: Partnership, notice: PlacementNotification, **to: str) -> PlacementNotification:
    return notices.reroute_notice(
        notice_reference=notice.reference, version=None, act=act_now(samira(world)), **to
    )


def test_the_council_tells_the_right_force_instead(world: Partnership) -> None:
    placement = current(world)
    sent_back = send_back(notice_to(placement, world.kent_police), world.joan)

    chosen = reroute(world, sent_back, agency_reference=world.west_midlands.reference)

    placement.refresh_from_db()
    assert placement.host_force == world.west_midlands
    assert (chosen.replaces, chosen.due_at) == (sent_back, sent_back.due_at)
    assert chosen.state == NoticeState.SENT
    assert parts(world, world.west_midlands) == {Part.HOST_FORCE}
    assert alerts("notified", agency=world.west_midlands) == 1
    assert not running(kind=Clock.REROUTE)
    with pytest.raises(RuleBroken, match="already been chosen"):
        reroute(world, sent_back, agency_reference=world.west_midlands.reference)


def test_whoever_does_not_take_part_is_told_by_hand(world: Partnership) -> None:
    sent_back = send_back(notice_to(current(world), world.kent_police), world.joan)
    with pytest.raises(RuleBroken, match="Choose who must be told"):
        reroute(world, sent_back)
    with pytest.raises(NotFound):
        reroute(world, sent_back, agency_reference=world.kent_council.reference)
    chosen = reroute(world, sent_back, name="Surrey Police")
    assert running(kind=Clock.NOTIFY, reference=chosen.reference) == 1

    act = act_now(samira(world))
    told = notices.record_told_by_hand(
        notice_reference=chosen.reference, whom="Duty sergeant", how=PlacementNotification.How.PHONE,
        told_at=act.now, version=chosen.version, act=act,
    )  # fmt: skip

    assert told.state == NoticeState.TOLD_BY_HAND
    assert not running(kind=Clock.NOTIFY)
    with pytest.raises(RuleBroken, match="nobody need be told by hand"):
        notices.record_told_by_hand(
            notice_reference=chosen.reference, whom="Duty sergeant",
            how=PlacementNotification.How.PHONE, told_at=act.now, version=None, act=act,
        )  # fmt: skip


def test_telling_by_hand_names_somebody_and_is_past(world: Partnership) -> None:
    placement = propose(world, postcode=DUDLEY_POSTCODE)
    notice = placement.notices.get(to="council")
    act = act_now(samira(world))
    for whom, ahead, field in ((" ", 0, "whom"), ("Front door", 1, "told_at")):
        with pytest.raises(RuleBroken) as refusal:
            notices.record_told_by_hand(
                notice_reference=notice.reference, whom=whom, how=PlacementNotification.How.EMAIL,
                told_at=act.now + timedelta(hours=ahead), version=None, act=act,
            )  # fmt: skip
        assert refusal.value.field == field


# --- the end


def test_the_end_closes_the_home_at_once_and_the_area_with_its_notice(world: Partnership) -> None:
    placement = current(world)
    acknowledge(notice_to(placement, world.kent_police), world.joan)
    heard: list[dict[str, Any]] = []

    def listen(**fact: Any) -> None:
        heard.append(fact)

    events.placement_ended.connect(listen)
    try:
        placement = end(world, placement, tell_now=False)
    finally:
        events.placement_ended.disconnect(listen)

    assert placement.state == PlacementState.ENDED
    assert [fact["child"] for fact in heard] == [world.ava]
    assert not Grant.objects.filter(source=placement.reference, agency=world.home, ended_at=None)
    assert Location.objects.get(pk=placement.location_id).ended_at == placement.ended_at
    assert parts(world, world.kent_police) == {Part.HOST_FORCE}
    assert running(kind=Clock.NOTIFY_END, agency=world.birmingham) == 2

    notices.send_notices(
        placement_reference=placement.reference, version=None, act=act_now(samira(world))
    )

    assert parts(world, world.kent_police) == parts(world, world.kent_council) == set()
    assert not may_open(world, world.joan)
    assert not running(child=world.ava), "no clock runs that nobody can see"
    assert alerts("ended", agency=world.kent_police) == 1
    of_end = notice_to(placement, world.kent_police, "end")
    assert acknowledge(of_end, world.joan).state == NoticeState.ACKNOWLEDGED


def test_an_end_told_by_hand_closes_the_record_too(world: Partnership) -> None:
    placement = end(world, current(world), tell_now=False)
    act = act_now(samira(world))
    notices.record_told_by_hand(
        notice_reference=notice_to(placement, world.kent_police, "end").reference,
        whom="Control room", how=PlacementNotification.How.PHONE, told_at=act.now, version=None,
        act=act,
    )  # fmt: skip

    assert parts(world, world.kent_police) == set()
    assert parts(world, world.kent_council) == {Part.HOST_COUNCIL}


def test_an_end_is_acknowledged_never_sent_back(world: Partnership) -> None:
    placement = end(world, current(world))
    with pytest.raises(RuleBroken, match="Acknowledge its end"):
        send_back(notice_to(placement, world.kent_police, "end"), world.joan)


REFUSED_ENDS: dict[str, tuple[timedelta, str, str, str]] = {
    "to come": (timedelta(hours=1), "She moved on, as planned.", "in the past", "ended_at"),
    "before it began": (timedelta(hours=-3), "She moved on, as planned.", "after the start", "ended_at"),
    "no reason": (timedelta(), "moved", "in a sentence", "reason"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED_ENDS)
def test_an_end_that_cannot_be_is_refused(world: Partnership, name: str) -> None:
    ahead, reason, sentence, field = REFUSED_ENDS[name]
    placement = current(world)
    act = act_now(samira(world))
    before = stored(world)

    with pytest.raises(RuleBroken, match=sentence) as refusal:
        placements.end_placement(
            placement_reference=placement.reference, ended_at=act.now + ahead, reason=reason,
            version=None, act=act,
        )  # fmt: skip

    assert refusal.value.field == field
    assert stored(world) == before


def test_what_has_not_started_cannot_end_and_what_has_cannot_be_withdrawn(
    world: Partnership,
) -> None:
    placement = approved(world)
    with pytest.raises(RuleBroken, match="cannot end"):
        end(world, placement)
    placement = start(world, placement)
    with pytest.raises(RuleBroken, match="cannot be withdrawn"):
        withdraw(world, placement)
    placement = end(world, placement)
    with pytest.raises(RuleBroken, match="already been recorded"):
        end(world, placement)


def withdraw(world: Partnership, placement: Placement, reason: str = "Found a home nearby.") -> Any:
    return placements.withdraw_placement(
        placement_reference=placement.reference, reason=reason, version=None,
        act=act_now(samira(world)),
    )  # fmt: skip


def test_a_withdrawn_placement_takes_back_what_was_told(world: Partnership) -> None:
    placement = approved(world)
    notices.send_notices(
        placement_reference=placement.reference, version=None, act=act_now(samira(world))
    )
    with pytest.raises(RuleBroken, match="in a sentence"):
        withdraw(world, placement, "no")

    placement = withdraw(world, placement)

    assert placement.state == PlacementState.WITHDRAWN
    assert parts(world, world.kent_police) == set()
    assert not running(child=world.ava)
    assert alerts("withdrawn") == 2
    assert alerts("notified") == 2
    assert not Alert.objects.waiting().filter(kind="placements.notified").exists()
    assert placement.location.audience == "own"


# --- two people at once, and other agencies


ACTS: dict[str, Callable[[Partnership, Placement, Any], Any]] = {
    "decide": lambda world, placement, version: placements.approve_placement(
        placement_reference=placement.reference, decision=SATISFIED, version=version,
        act=act_now(holt(world)),
    ),
    "withdraw": lambda world, placement, version: placements.withdraw_placement(
        placement_reference=placement.reference, reason="Found a home nearby.", version=version,
        act=act_now(holt(world)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", ACTS)
def test_what_was_judged_on_an_old_version_changes_nothing(world: Partnership, name: str) -> None:
    """CON: two people at once."""
    placement = propose(world)
    before = stored(world)
    with pytest.raises(Stale):
        ACTS[name](world, placement, placement.version + 1)
    assert stored(world) == before


def test_another_council_changes_nothing(world: Partnership) -> None:
    """AZ-31: the host council sees the placement, and may not touch it."""
    placement = current(world)
    act = act_now(world.beth)
    calls: list[Callable[[], Any]] = [
        lambda: placements.end_placement(
            placement_reference=placement.reference, ended_at=act.now, reason="As she wishes so.",
            version=None, act=act,
        ),
        lambda: placements.withdraw_placement(
            placement_reference=placement.reference, reason="As she wishes.", version=None, act=act,
        ),
        lambda: notices.send_notices(
            placement_reference=placement.reference, version=None, act=act,
        ),
        lambda: placements.approve_placement(
            placement_reference=placement.reference, decision=Decision(is_approved=True),
            version=None, act=act,
        ),
    ]  # fmt: skip
    before = stored(world)
    for call in calls:
        with pytest.raises(NotPermitted, match="Only the council that placed the child"):
            call()
    assert stored(world) == before


def test_a_former_host_learns_nothing_new(world: Partnership) -> None:
    """Ended parts: Kent keeps its notice, and gets 404 on what comes after."""
    ended = end(world, current(world))
    later = propose(world, postcode=BIRMINGHAM_POSTCODE, provider_reference="")
    for placement in (ended, later):
        with pytest.raises(NotFound):
            placements.end_placement(
                placement_reference=placement.reference, ended_at=act_now(world.joan).now,
                reason="They moved away.", version=None, act=act_now(world.joan),
            )  # fmt: skip


def test_a_provider_of_each_kind_has_its_part(world: Partnership) -> None:
    kinds = {
        "fostering_agency": ("U4", Part.FOSTERING_AGENCY),
        "supported_accommodation": ("K2", Part.SUPPORTED_ACCOMMODATION),
    }
    for kind, (code, part) in kinds.items():
        provider = agency(f"The {kind}", kind, area=KENT)  # type: ignore[arg-type]
        placement = propose(
            world, kind=code, postcode=BIRMINGHAM_POSTCODE, provider_reference=provider.reference,
            arrives_at=act_now(world.ruth).now,
        )  # fmt: skip
        placement = start_now(world, placement)
        assert parts(world, provider) == {part}
        assert Involvement.objects.filter(agency=provider, ends_at=None).exists()
        end(world, placement)
        assert parts(world, provider) == set()
        assert not Involvement.objects.filter(agency=provider, ends_at=None).exists()


def start_now(world: Partnership, placement: Placement) -> Placement:
    act = act_now(samira(world))
    return placements.start_placement(
        placement_reference=placement.reference, started_at=act.now, version=None, act=act
    )


def test_every_refusal_is_a_refusal(world: Partnership) -> None:
    """A reference that nobody has is not found, for every service."""
    act = act_now(samira(world))
    for call in (
        lambda: notices.send_notices(placement_reference="PL-0000-0000-0", version=None, act=act),
        lambda: notices.acknowledge_notice(
            notice_reference="PN-0000-0000-0", version=None, act=act
        ),
        lambda: notices.reroute_notice(notice_reference="PN-0000-0000-0", version=None, act=act),
    ):
        with pytest.raises(Refused) as refusal:
            call()
        assert isinstance(refusal.value, NotFound)
