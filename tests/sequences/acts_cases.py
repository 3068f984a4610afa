"""Acts of the record: report, accept, locate, return, close; who sees it; who has how long."""

from datetime import timedelta
from uuid import uuid4

from cases.models import Deadline, Grant, MissingEpisode, PreventionInterview, Update
from cases.rules import PARTS_BY_KIND, Audience, EpisodeState
from cases.services import closing, deadlines, reports, returns, sharing, updates
from cases.services.deadlines import kind_of
from cases.services.reports import Place, Reported
from missingchildren.agencies.models import Membership
from tests.partnership import CANARY_PLACE, CANARY_WORRY
from tests.sequences.playing import Play, doing, ref

By = Membership | None
S = EpisodeState


def episode(play: Play, *states: S) -> MissingEpisode | None:
    return play.pick(MissingEpisode.objects.all(), lambda one: one.state in states)


@doing("report")
def report(play: Play, by: By) -> object:
    who = by or play.person(play.chance.choice(("nisha", "nisha", "ruth", "paul", "tom", "beth")))
    return reports.report_missing(
        reported=Reported(
            child_reference=play.ava.reference,
            last_seen_at=play.ago(play.chance.choice((0, 1, 60))),
            place=Place(
                is_own_address=who.agency.kind != "force",
                description=CANARY_PLACE, postcode="CT9 1AA",
            ),
            why_worried=CANARY_WORRY,
            contact_name="Nisha Roy",
            contact_phone="01632 960 777",
        ),
        token=uuid4(),
        act=play.act(who),
    )  # fmt: skip


def lead_of(play: Play, one: MissingEpisode | None, *, joan: bool = True) -> Membership:
    """Return who does what the lead force does."""
    if one is None or one.lead_force_id == play.world.kent_police.pk:
        return play.world.joan if joan else play.person("marcus")
    return play.one_of(one.lead_force_id)


@doing("accept report")
def accept(play: Play, by: By) -> object:
    one = episode(play, S.REPORTED)
    return reports.accept_report(
        episode_reference=ref(one), police_reference=play.words("KP-2025-1"),
        version=play.version, act=play.act(by or lead_of(play, one)),
    )  # fmt: skip


@doing("update")
def update(play: Play, by: By) -> object:
    who = by or play.person(play.chance.choice(("joan", "ruth", "nisha", "paul", "grace")))
    return updates.add_update(
        child_reference=play.ava.reference, kind=Update.Kind.SIGHTING,
        text=play.words("Seen on the seafront."), happened_at=play.ago(),
        audience=play.chance.choice(list(Audience)[:4]), token=uuid4(), act=play.act(who),
    )  # fmt: skip


@doing("locate")
def locate(play: Play, by: By) -> object:
    one = episode(play, S.REPORTED, S.MISSING)
    return returns.record_located(
        episode_reference=ref(one), located_at=play.ago(play.chance.choice((0, 0, 1))),
        not_home_because=MissingEpisode.NotHome.OTHER, not_home_words=play.words("With her nan"),
        version=play.version, token=uuid4(), act=play.act(by or lead_of(play, one)),
    )  # fmt: skip


@doing("return")
def come_back(play: Play, by: By) -> object:
    one = episode(play, S.REPORTED, S.MISSING, S.LOCATED)
    return returns.record_return(
        episode_reference=ref(one), returned_at=play.ago(play.chance.choice((0, 0, 1))),
        version=play.version, act=play.act(by or lead_of(play, one)),
    )  # fmt: skip


@doing("prevention interview")
def prevention(play: Play, by: By) -> object:
    one = episode(play, S.LOCATED, S.RETURNED)
    held = play.chance.random() < 0.5
    return returns.record_prevention_interview(
        episode_reference=ref(one),
        how=PreventionInterview.How.FACE_TO_FACE if held else PreventionInterview.How.NOT_HELD,
        held_at=play.ago() if held else None, text=play.words(), police_only="A grey car.",
        token=uuid4(), act=play.act(by or lead_of(play, one)),
    )  # fmt: skip


@doing("close episode")
def close(play: Play, by: By) -> object:
    one = episode(play, S.RETURNED)
    return closing.close_episode(
        episode_reference=ref(one), reason=play.words(), version=play.version, token=uuid4(),
        act=play.act(by or lead_of(play, one, joan=False)),
    )  # fmt: skip


# --- who sees it


@doing("share")
def share(play: Play, by: By) -> object:
    to = play.agency_of("stranger_agency", "school", "health", "home", "charity", "kent_council", "west_midlands",
                        "kent_police", "stranger_agency")  # fmt: skip
    ends_at = play.now + timedelta(days=play.chance.choice((-1, 1, 10)))
    return sharing.share(
        child_reference=play.ava.reference, agency_reference=to.reference,
        part=play.chance.choice(PARTS_BY_KIND[to.kind]), reason=play.words(),
        ends_at=ends_at if play.chance.random() < 0.4 else None,
        act=play.act(by or play.world.ruth),
    )  # fmt: skip


@doing("end sharing")
def end_sharing(play: Play, by: By) -> object:
    grants = Grant.objects.live(play.now).filter(child=play.ava)
    grant = play.pick(
        grants, lambda one: one.basis in {"person", "question", "placement", "referral"}
    )
    return sharing.end_sharing(
        child_reference=play.ava.reference, grant_reference=ref(grant), reason=play.words(),
        act=play.act(by or play.world.ruth),
    )  # fmt: skip


@doing("decide not to share")
def do_not_share(play: Play, by: By) -> object:
    return sharing.decide_not_to_share(
        child_reference=play.ava.reference, agency_reference=play.agency_of("school").reference,
        reason=play.words(), review_on=play.today + timedelta(days=30),
        act=play.act(by or play.world.ruth),
    )  # fmt: skip


# --- what is owed


def running(play: Play, *, can_extend: bool = False) -> Deadline | None:
    return play.pick(
        Deadline.objects.select_related("agency"),
        lambda one: one.done_at is None and (not can_extend or kind_of(one).can_extend),
    )


def own(one: Deadline | None) -> str:
    return one.own_reference if one else "DL-0000-0000-0"


def manager(play: Play, one: Deadline | None) -> Membership:
    return play.manager_of(one.agency_id if one else 0)


@doing("extend")
def extend(play: Play, by: By) -> object:
    one = running(play, can_extend=True)
    days = -1 if play.flaw == "to come" else play.chance.choice((1, 5))
    return deadlines.extend_deadline(
        deadline_reference=own(one),
        new_due_at=max(one.due_at if one else play.now, play.now) + timedelta(days=days),
        reason=play.words(), version=play.version, token=uuid4(),
        act=play.act(by or manager(play, one)),
    )  # fmt: skip


@doing("reassign")
def reassign(play: Play, by: By) -> object:
    one = running(play)
    to = play.one_of(one.agency_id if one else 0)
    unit = play.chance.choice([None, play.world.desk, play.world.team])
    return deadlines.reassign_deadline(
        deadline_reference=own(one), member_reference=to.reference,
        unit_reference=unit.reference if unit and one and unit.agency_id == one.agency_id else "",
        version=play.version, token=uuid4(), act=play.act(by or manager(play, one)),
    )  # fmt: skip


@doing("chase")
def chase(play: Play, by: By) -> object:
    one = running(play)
    who = by or play.chance.choice([manager(play, one), play.world.ruth, play.person("colin")])
    return deadlines.chase_deadline(deadline_reference=own(one), token=uuid4(), act=play.act(who))
