"""What every record owes, to whom a clock must run for it, and that somebody there sees the clock."""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q

from cases import queries
from cases.models import (
    Child,
    ChildPermission,
    Deadline,
    Grant,
    MissingEpisode,
    PreventionInterview,
)
from cases.models.sharing import permission_id
from cases.queries import Whose
from cases.rules import Clock as CaseClock
from cases.rules import EpisodeState, Part, Right
from cases.services.deadlines import kinds_by_aspect
from missingchildren.agencies.models import Membership
from placements.models import Placement, PlacementNotification
from placements.rules import Clock as PlacementClock
from placements.rules import NoticeState, PlacementState
from returninterviews.models import Action, Interview, Recommendation, Summary
from returninterviews.rules import ActionClock, ActionState, InterviewState, RecommendationState
from returninterviews.rules import Clock as InterviewClock
from risk.models import Ask, Contribution, Decision, Dissent, Flag, RiskRound
from risk.rules import Clock as RiskClock
from risk.rules import DecisionState, FlagClock, FlagState, RoundState
from tests.risk.flagging import OWES
from tests.sequences.playing import Play
from tests.sequences.states import States

# A kind of clock, what it is of, and the agency that owes it.
Owed = tuple[str, str, int]
IN_FORCE = {FlagState.ACCEPTED, FlagState.ACTIVE, FlagState.REVIEW_OVERDUE, FlagState.EXPIRED}


def running(play: Play) -> set[Owed]:
    return {
        (each.kind, each.reference, each.agency_id)
        for each in Deadline.objects.running().filter(child=play.ava)
    }


def owed(play: Play, now: States) -> set[Owed]:
    """Return every clock that must run, worked out from where the records stand."""
    found = {
        (str(kind), reference, agency)
        for source in (_of_episodes, _of_rounds, _of_flags, _of_interviews, _of_placements)
        for kind, reference, agency in source(now)
    }
    open_to = agencies_that_open(play)
    return {each for each in found if each[2] in open_to}


def agencies_that_open(play: Play) -> set[int]:
    """Return the agencies that can open the child now: what the others owed has stopped."""
    rows = ChildPermission.listed.filter(
        content_object=play.ava, permission_id=permission_id(Right.CHILD), valid_until__gt=play.now
    )
    groups = set(rows.values_list("group_id", flat=True))
    return {each.agency_id for each in play.people.values() if each.agency.group_id in groups}


def every_agency(play: Play) -> set[int]:
    return {each.agency_id for each in play.people.values()}


def _of_episodes(now: States) -> Iterator[Owed]:
    recorded = set(PreventionInterview.objects.values_list("episode_id", flat=True))
    for one in MissingEpisode.objects.filter(lead_force__isnull=False):
        force = one.lead_force_id or 0
        if one.state == EpisodeState.REPORTED:
            yield CaseClock.ACCEPT_REPORT, one.reference, force
        if one.located_at and not one.closed_at and one.pk not in recorded:
            yield CaseClock.PREVENTION_INTERVIEW, one.reference, force


def _of_rounds(now: States) -> Iterator[Owed]:
    for round in RiskRound.objects.select_related("episode", "current"):
        force = round.episode.lead_force_id or 0
        if round.state == RoundState.UNDECIDED and round.episode.accepted_at:
            yield RiskClock.DECIDE, round.reference, force
        if round.current and round.ended_at is None:
            yield RiskClock.REVIEW, round.current.reference, force
            if now[round.current.reference] == DecisionState.SENT_BACK:
                yield RiskClock.DECIDE, round.reference, force
    for decision in Decision.objects.all():
        if now[decision.reference] == DecisionState.TO_CONFIRM:
            yield RiskClock.CONFIRM, decision.reference, decision.owner_id
    silent = Ask.objects.filter(contributions=None, report_reference="", round__ended_at=None)
    for ask in silent:
        yield RiskClock.ANSWER, ask.reference, ask.agency_id
    unread = Contribution.objects.filter(is_late=True, read_at=None)
    for late in unread.select_related("ask__round__episode"):
        yield RiskClock.LATE_ANSWER, late.reference, late.ask.round.episode.lead_force_id or 0
    for dissent in Dissent.objects.filter(answered_at=None).select_related("decision"):
        yield RiskClock.DISSENT, dissent.reference, dissent.decision.owner_id


def _of_flags(now: States) -> Iterator[Owed]:
    for flag in Flag.objects.all():
        state = FlagState(now[flag.reference])
        if state in OWES:
            yield OWES[state], flag.reference, flag.force_id
        if state in IN_FORCE:
            yield FlagClock.REVIEW, flag.reference, flag.force_id
            if flag.changed_at or not flag.entered_at:
                yield FlagClock.ENTER, flag.reference, flag.force_id
            if flag.standing.is_disputed:
                yield FlagClock.DECIDE, flag.reference, flag.force_id


def _of_interviews(now: States) -> Iterator[Owed]:
    for one in Interview.objects.all():
        if one.clock_started_at and not one.outcome:
            for holder in (one.council_id, one.provider_id):
                if holder:
                    yield InterviewClock.HOLD, one.reference, holder
        if one.state == InterviewState.SIGNED and one.council_id:
            yield InterviewClock.ACCEPT, one.reference, one.council_id
    for summary in Summary.objects.filter(agency__kind="force", read_at=None):
        yield InterviewClock.READ_SUMMARY, summary.reference, summary.agency_id
    clocks = {
        RecommendationState.TO_DECIDE: ActionClock.DECIDE,
        RecommendationState.SECOND_LOOK: ActionClock.SECOND_LOOK,
    }
    for recommendation in Recommendation.objects.all():
        if recommendation.state in clocks:
            kind = clocks[recommendation.state]
            yield kind, recommendation.reference, recommendation.council_id
    for action in Action.objects.all():
        if action.state == ActionState.OPEN:
            yield ActionClock.ACTION, action.reference, action.owner_id


def _of_placements(now: States) -> Iterator[Owed]:
    for one in Placement.objects.select_related("council"):
        if one.state == PlacementState.PROPOSED and one.area_id and one.needs:
            yield PlacementClock.APPROVE, one.reference, one.council_id
    ended = PlacementNotification.objects.filter(about="end").exclude(sent_at=None, told_at=None)
    knows_end = set(ended.values_list("placement_id", "to"))
    for notice in PlacementNotification.objects.select_related("placement"):
        state, council = notice.state, notice.placement.council_id
        if state == NoticeState.NOT_TOLD:
            kind = PlacementClock.NOTIFY if notice.is_of_start else PlacementClock.NOTIFY_END
            yield kind, notice.reference, council
        waits = state == NoticeState.SENT and notice.is_of_start
        if waits and (notice.placement_id, notice.to) not in knows_end:
            yield PlacementClock.ACKNOWLEDGE, notice.reference, notice.agency_id or 0
        is_over = notice.placement.state in {
            PlacementState.ENDED, PlacementState.WITHDRAWN, PlacementState.NOT_APPROVED,
        }  # fmt: skip
        if state == NoticeState.NOT_THEIRS and not notice.is_rerouted and not is_over:
            yield PlacementClock.REROUTE, notice.reference, council


# --- somebody sees it


def clocks_run(play: Play, now: States) -> None:
    """Check that just what is owed runs, once, and that somebody of whoever owes it has it in a list."""
    ought, found = owed(play, now), running(play)
    assert not ought - found, f"no clock for {ought - found}"
    assert not found - ought, f"a clock for nothing: {found - ought}"
    clocks = list(Deadline.objects.running().select_related("membership"))
    assert len(clocks) == len({(one.kind, one.reference, one.agency_id) for one in clocks})
    colleagues: dict[int, list[Membership]] = defaultdict(list)
    for person in play.people.values():
        colleagues[person.agency_id].append(person)
    works = Works(play)
    late = {
        agency: overdue_of(play, colleagues[agency][0])
        for agency in {one.agency_id for one in clocks if one.due_at <= play.now}
    }
    for one in clocks:
        seen_by = (each for each in colleagues[one.agency_id] if one.pk in works[each.pk])
        assert any(seen_by), f"{one.kind} is in nobody's work at {one.agency}"
        if one.membership_id:
            assert one.pk in works[one.membership_id], f"{one.kind} is not in its person's work"
        if one.due_at <= play.now:
            assert one.pk in late[one.agency_id], f"{one.kind} is overdue and not listed"


class Works(dict[int, set[int]]):
    """What each person has in their work, looked up when it is first asked."""

    def __init__(self, play: Play) -> None:
        super().__init__()
        self.play = play

    def __missing__(self, key: int) -> set[int]:
        person = next(each for each in self.play.people.values() if each.pk == key)
        self[key] = {one.pk for one in queries.running_deadlines(self.play.act(person))}
        return self[key]


def overdue_of(play: Play, person: Membership) -> set[int]:
    page = queries.overdue_page(act=play.act(person), seen=kinds_by_aspect(), whose=Whose.AGENCY)
    return {one.pk for one in page.rows}


# --- parts


def parts_are_as_the_facts_say(play: Play) -> None:
    """Check that a part which a fact made does not outlast the fact."""
    live = Grant.objects.live(play.now).filter(child=play.ava)
    over = (
        Q(ended_at__isnull=False) | Q(withdrawn_at__isnull=False) | Q(approval__is_approved=False)
    )
    for placement in Placement.objects.filter(over):
        of_home = live.filter(source=placement.reference, part=Part.CHILDRENS_HOME)
        assert not of_home.exists(), "the home's part has outlasted the placement"
    notices = PlacementNotification.objects.exclude(agency=None).select_related("placement")
    for notice in notices:
        part = Part.HOST_FORCE if notice.to == "force" else Part.HOST_COUNCIL
        hosts = live.filter(
            source=notice.placement.reference, agency=notice.agency, part=part
        )  # fmt: skip
        told_of_end = not notice.is_of_start and (notice.sent_at or notice.told_at)
        if told_of_end or notice.dropped_at or (notice.rejected_at and not _told_again(notice)):
            assert not hosts.exists(), f"{notice.agency} still hosts: {notice.state}"
    child = Child.objects.get(pk=play.ava.pk)
    missing = MissingEpisode.objects.filter(child=child).open()
    assert bool(child.missing_since) == missing.exists()


def _told_again(notice: PlacementNotification) -> bool:
    """Return whether the same agency was told again after it had sent a notice back."""
    return (
        PlacementNotification.objects.standing()
        .filter(
            placement=notice.placement_id, agency=notice.agency_id, to=notice.to, about="start",
            sent_at__isnull=False,
        )
        .exists()
    )  # fmt: skip
