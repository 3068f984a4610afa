"""Acts with placements: propose, choose the area, decide, tell, start, answer, reroute, end, withdraw."""

from datetime import timedelta

from missingchildren.agencies.models import Membership
from placements.models import Placement, PlacementNotification
from placements.rules import NoticeState, PlacementState
from placements.services import notices, placements
from placements.services.placements import Decision, Proposed
from tests.partnership import CANARY_PLACE, KENT
from tests.placements.telling import BIRMINGHAM_POSTCODE, DUDLEY_POSTCODE, KENT_POSTCODE
from tests.placements.test_services import NEW_SECTOR
from tests.sequences.playing import Play, doing, ref

By = Membership | None
P = PlacementState
POSTCODES = (
    KENT_POSTCODE, KENT_POSTCODE, KENT_POSTCODE, KENT_POSTCODE, NEW_SECTOR, BIRMINGHAM_POSTCODE,
    DUDLEY_POSTCODE, "not one",
)  # fmt: skip


def placement(play: Play, *states: P) -> Placement | None:
    return play.pick(
        Placement.objects.select_related("council", "location"), lambda one: one.state in states
    )


@doing("propose placement")
def propose(play: Play, by: By) -> object:
    return placements.propose_placement(
        child_reference=play.ava.reference,
        proposed=Proposed(
            kind="K2", description=CANARY_PLACE, postcode=play.chance.choice(POSTCODES),
            provider_reference=play.chance.choice(("", play.world.home.reference)),
            arrives_at=play.now + timedelta(hours=play.chance.choice((-1, 5, 24 * 40))),
            is_emergency=play.chance.random() < 0.5, why_this_home="By the sea.",
            what_police_should_know="A grey car.", contact_name="Samira",
            contact_phone="01632 960 888",
        ),
        token=None, act=play.act(by or play.person("samira")),
    )  # fmt: skip


@doing("choose area")
def choose_area(play: Play, by: By) -> object:
    one = play.pick(Placement.objects.all(), lambda one: one.area_id is None)
    return placements.choose_area(
        placement_reference=ref(one), area_code=KENT, version=play.version,
        act=play.act(by or play.person("samira")),
    )  # fmt: skip


@doing("decide on placement")
def decide(play: Play, by: By) -> object:
    one = placement(play, P.PROPOSED)
    decision = Decision(
        is_approved=play.chance.random() < 0.85, wishes_known=True, most_appropriate=True,
        fits_plan=True, area_told=play.chance.random() < 0.9, reasons=play.words(),
    )  # fmt: skip
    return placements.approve_placement(
        placement_reference=ref(one), decision=decision, version=play.version,
        act=play.act(by or play.person(play.chance.choice(("holt", "holt", "samira")))),
    )  # fmt: skip


@doing("send notices")
def send(play: Play, by: By) -> object:
    waiting = PlacementNotification.objects.not_told()
    one = play.pick(Placement.objects.all(), lambda one: waiting.filter(placement=one).exists())
    return notices.send_notices(
        placement_reference=ref(one), version=play.version,
        act=play.act(by or play.person("samira")),
    )  # fmt: skip


@doing("start placement")
def start(play: Play, by: By) -> object:
    one = placement(play, P.APPROVED)
    return placements.start_placement(
        placement_reference=ref(one), started_at=play.ago(),
        tell_now=play.chance.random() < 0.7, version=play.version,
        act=play.act(by or play.person("samira")),
    )  # fmt: skip


@doing("end placement")
def end(play: Play, by: By) -> object:
    one = placement(play, P.CURRENT)
    return placements.end_placement(
        placement_reference=ref(one), ended_at=play.ago(), reason=play.words(),
        tell_now=play.chance.random() < 0.6, version=play.version,
        act=play.act(by or play.person("samira")),
    )  # fmt: skip


@doing("withdraw placement")
def withdraw(play: Play, by: By) -> object:
    one = placement(play, P.PROPOSED, P.APPROVED)
    return placements.withdraw_placement(
        placement_reference=ref(one), reason=play.words(), version=play.version,
        act=play.act(by or play.person("samira")),
    )  # fmt: skip


def notice(play: Play, state: NoticeState) -> PlacementNotification | None:
    return play.pick(
        PlacementNotification.objects.all(),
        lambda one: one.state == state and not one.is_rerouted,
    )


@doing("acknowledge notice")
def acknowledge(play: Play, by: By) -> object:
    one = notice(play, NoticeState.SENT)
    return notices.acknowledge_notice(
        notice_reference=ref(one), holder=play.words("Missing children team"),
        system_reference="KP-77", version=play.version,
        act=play.act(by or play.one_of(one.agency_id if one else None)),
    )  # fmt: skip


@doing("send notice back")
def send_back(play: Play, by: By) -> object:
    one = notice(play, NoticeState.SENT)
    return notices.reject_notice(
        notice_reference=ref(one), reason=play.words(), version=play.version,
        act=play.act(by or play.one_of(one.agency_id if one else None)),
    )  # fmt: skip


@doing("reroute notice")
def reroute(play: Play, by: By) -> object:
    one = notice(play, NoticeState.NOT_THEIRS)
    to = {"force": play.world.west_midlands, "council": play.medway}
    chosen = to[one.to].reference if one and play.chance.random() < 0.7 else ""
    return notices.reroute_notice(
        notice_reference=ref(one), agency_reference=chosen, name=play.words("Medway, by hand"),
        version=play.version, act=play.act(by or play.person("samira")),
    )  # fmt: skip


@doing("tell by hand")
def tell_by_hand(play: Play, by: By) -> object:
    one = notice(play, NoticeState.NOT_TOLD)
    return notices.record_told_by_hand(
        notice_reference=ref(one), whom=play.words("The duty officer"),
        how=PlacementNotification.How.PHONE, told_at=play.ago(), version=play.version,
        act=play.act(by or play.person("samira")),
    )  # fmt: skip
