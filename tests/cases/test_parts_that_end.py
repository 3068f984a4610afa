"""What an agency owes stops when it can no longer open the child, and runs on when it can again."""

from datetime import timedelta

import pytest
from django.conf import settings

from cases.models import ChildPermission, Deadline, Grant, MissingEpisode
from cases.rules import Part
from cases.services import returns, sharing
from cases.tasks import stop_what_nobody_sees
from missingchildren.agencies.models import Agency
from missingchildren.alerts.models import Alert
from placements.rules import Clock as PlacementClock
from returninterviews.models import Interview
from returninterviews.rules import Clock as InterviewClock
from returninterviews.services import accounts, interviews, summaries
from risk.rules import Clock as RiskClock
from risk.rules import FlagClock
from risk.services import dissent
from tests.partnership import Partnership, act_now
from tests.placements import telling as placing
from tests.returninterviews.telling import come_back, held, offer, refer, sign, summary_for
from tests.risk.flagging import Flagging
from tests.risk.rounds import accepted, decide, ring, supervisor

pytestmark = pytest.mark.django_db
REASON = "They are done with it for now."


def running(agency: Agency, kind: str) -> Deadline | None:
    return Deadline.objects.running().filter(agency=agency, kind=kind).first()


def end_part(world: Partnership, agency: Agency) -> None:
    """Let Ruth end every part of an agency that a person can end."""
    grants = Grant.objects.live(act_now(world.ruth).now).filter(child=world.ava, agency=agency)
    assert grants
    for grant in grants:
        sharing.end_sharing(
            child_reference=world.ava.reference, grant_reference=grant.reference, reason=REASON,
            act=act_now(world.ruth),
        )  # fmt: skip


def share(world: Partnership, agency: Agency, part: Part) -> Grant:
    grant: Grant = sharing.share(
        child_reference=world.ava.reference, agency_reference=agency.reference, part=part,
        reason=REASON, ends_at=None, act=act_now(world.ruth),
    )  # fmt: skip
    return grant


def stops_and_runs_on(world: Partnership, agency: Agency, kind: str, part: Part) -> None:
    """Check that a clock stops with a part, and runs to the same hour with the next."""
    before = running(agency, kind)
    assert before
    end_part(world, agency)
    assert running(agency, kind) is None
    share(world, agency, part)
    after = running(agency, kind)
    assert after
    assert (after.due_at, after.unit, after.reference) == (
        before.due_at, before.unit, before.reference,
    )  # fmt: skip


def test_a_question_runs_on(world: Partnership) -> None:
    accepted(world)

    stops_and_runs_on(world, world.health, RiskClock.ANSWER, Part.HEALTH)


def test_a_question_that_was_over_meanwhile_does_not(world: Partnership) -> None:
    accepted(world)
    end_part(world, world.health)
    come_back(world)
    share(world, world.health, Part.HEALTH)

    assert running(world.health, RiskClock.ANSWER) is None


def test_a_notice_to_be_answered_runs_on(world: Partnership) -> None:
    placing.current(world)

    kind = PlacementClock.ACKNOWLEDGE
    stops_and_runs_on(world, world.kent_police, kind, Part.HOST_FORCE)


def test_an_interview_to_be_held_runs_on(world: Partnership) -> None:
    accepted(world)
    refer(world, come_back(world))

    stops_and_runs_on(world, world.charity, InterviewClock.HOLD, Part.RHI_PROVIDER)


def test_an_interview_that_falls_due_after_the_part_ended_runs_when_there_is_one(
    world: Partnership,
) -> None:
    """The child was located, the interview referred, and the charity's part ended before the return."""
    episode = accepted(world)
    act = act_now(world.joan)
    returns.record_located(
        episode_reference=episode.reference, located_at=act.now, version=None, token=None, act=act,
        not_home_because=MissingEpisode.NotHome.HOSPITAL,
    )  # fmt: skip
    refer(world, Interview.objects.get(covers__episode=episode))
    end_part(world, world.charity)
    interview = come_back(world, ago=timedelta())
    assert running(world.charity, InterviewClock.HOLD) is None
    assert running(world.birmingham, InterviewClock.HOLD)

    share(world, world.charity, Part.RHI_PROVIDER)

    after = running(world.charity, InterviewClock.HOLD)
    assert after
    assert after.due_at == interview.due_at


def test_a_part_that_ends_with_its_fact_stops_what_is_still_owed(world: Partnership) -> None:
    """Of two parts a person ends the one in which a question was asked; the other ends by itself."""
    accepted(world)
    interview = refer(world, come_back(world))
    world.accept(world.report(last_seen_at=act_now(world.nisha).now))
    assert running(world.charity, RiskClock.ANSWER)
    asked = Grant.objects.get(agency=world.charity, part=Part.VOLUNTARY_BODY, ended_at=None)
    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=asked.reference, reason=REASON,
        act=act_now(world.ruth),
    )  # fmt: skip
    assert running(world.charity, RiskClock.ANSWER), "it sees the child by its other part"

    interviews.refer(
        interview_reference=interview.reference, provider_reference="", version=None,
        act=act_now(world.ruth),
    )  # fmt: skip

    assert running(world.charity, RiskClock.ANSWER) is None


def test_a_home_owes_no_answer_when_the_child_has_moved_away(world: Partnership) -> None:
    Grant.objects.filter(child=world.ava, agency=world.home).update(
        ended_at=act_now(world.ruth).now
    )
    placement = placing.current(world)
    world.accept(world.report(by=world.beth))
    assert running(world.home, RiskClock.ANSWER)

    placing.end(world, placement)

    assert running(world.home, RiskClock.ANSWER) is None


def test_a_flag_to_be_decided_runs_on(world: Partnership) -> None:
    people = Flagging(world)
    people.ask(force=world.west_midlands)

    stops_and_runs_on(world, world.west_midlands, FlagClock.DECIDE, Part.HOME_FORCE)


def run_out(world: Partnership, agency: Agency) -> None:
    """Let an agency's parts run out with nobody's act."""
    now = act_now(world.ruth).now
    grants = Grant.objects.live(now).filter(child=world.ava, agency=agency)
    grants.update(starts_at=now - timedelta(hours=1), ends_at=now)
    ChildPermission.listed.filter(group=agency.group, content_object=world.ava).update(
        valid_until=now
    )


def test_a_task_stops_what_is_owed_when_a_part_has_run_out(world: Partnership) -> None:
    accepted(world)
    run_out(world, world.health)
    assert running(world.health, RiskClock.ANSWER)

    stop_what_nobody_sees()
    stop_what_nobody_sees()

    assert running(world.health, RiskClock.ANSWER) is None
    assert running(world.school, RiskClock.ANSWER)
    group = world.health.group
    assert not ChildPermission.listed.filter(group=group, content_object=world.ava).exists()
    names = {each["task"] for each in settings.CELERY_BEAT_SCHEDULE.values()}
    assert "cases.tasks.stop_what_nobody_sees" in names


# --- no alert comes to an inbox from which the record cannot be opened


def alerts(agency: Agency, kind: str) -> int:
    return Alert.objects.filter(agency=agency, kind=kind).count()


def test_a_provider_whose_part_has_ended_is_not_told_of_the_acceptance(world: Partnership) -> None:
    accepted(world)
    interview = held(world)
    run_out(world, world.charity)

    accounts.accept_interview(
        interview_reference=interview.reference, analysis="", version=None, act=act_now(world.ruth)
    )

    assert alerts(world.charity, "returninterviews.accepted") == 0


def test_nor_of_what_the_force_did_with_a_summary(world: Partnership) -> None:
    accepted(world)
    summary = summary_for(held(world), world.kent_police)
    run_out(world, world.charity)
    act = act_now(world.joan)
    summaries.read_summary(summary_reference=summary.reference, act=act)

    summaries.answer_summary(
        summary_reference=summary.reference, answer=summary.Answer.REPORT_MADE, is_useful=True,
        version=None, act=act,
    )  # fmt: skip

    assert alerts(world.charity, "returninterviews.answered") == 0


def test_what_is_written_down_for_an_agency_without_a_part_is_not_put_to_it(
    world: Partnership,
) -> None:
    accepted(world)
    end_part(world, world.health)

    ring(world, world.grace)

    assert alerts(world.health, "risk.answer_confirm") == 0


def test_an_agency_whose_part_has_ended_is_not_told_of_the_answer_to_its_dissent(
    world: Partnership,
) -> None:
    accepted(world)
    share(world, world.stranger_agency, Part.SCHOOL)
    made = dissent.dissent(
        child_reference=world.ava.reference, decision_reference=decide(world).reference,
        text="She is in danger.", token=None, act=act_now(world.nisha),
    )  # fmt: skip
    run_out(world, world.home)

    dissent.answer_dissent(
        child_reference=world.ava.reference, dissent_reference=made.reference,
        answer="We have looked again.", act=act_now(supervisor(world)),
    )  # fmt: skip

    assert alerts(world.home, "risk.dissent_answered") == 0


def test_a_council_whose_part_has_ended_is_not_told_of_the_decision_on_its_flag(
    world: Partnership,
) -> None:
    people = Flagging(world)
    share(world, world.kent_council, Part.HOME_COUNCIL)
    flag = people.ask(by=world.beth)
    end_part(world, world.kent_council)

    people.decide(flag)

    assert alerts(world.kent_council, "risk.flag_decided") == 0


def test_who_still_sees_the_child_is_told(world: Partnership) -> None:
    accepted(world)
    interview = come_back(world)
    refer(world, interview)
    offer(world.lena, interview)
    sign(world.lena, interview)

    accounts.accept_interview(
        interview_reference=interview.reference, analysis="", version=None, act=act_now(world.ruth)
    )

    assert alerts(world.charity, "returninterviews.accepted") == 1


def test_the_tab_of_risk_opens_before_anybody_was_reported(world: Partnership) -> None:
    assert not world.ava.episodes.exists()

    page = world.client(world.ruth).get(f"/cases/{world.ava.reference}/risk/", secure=True)

    assert page.status_code == 200
    assert "has not been reported missing" in page.content.decode()
    other = world.client(world.nisha).get(f"/cases/{world.ava.reference}/risk/", secure=True)
    assert other.status_code == 404
