"""A risk round, where a test begins before the report is accepted."""

from datetime import time, timedelta

import pytest

from cases.access import view_of
from cases.models import Child, Grant
from cases.rules import Part
from cases.services import matching, sharing
from cases.services.children import Described
from missingchildren.agencies.models import Agency
from missingchildren.agencies.queries import closed_until
from missingchildren.alerts.models import Alert
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import in_london
from missingchildren.core.verdicts import RuleBroken
from risk import queries
from risk.models import Contribution, RiskRound
from risk.rules import AskState, Clock, RoundState
from tests.factories import LocalProtocolFactory, act_for
from tests.partnership import Partnership, act_now
from tests.risk.rounds import accepted, ask_of, everything, round_of, tell
from tests.risk.test_rounds import alerted, asked, clock, is_running, lines

pytestmark = pytest.mark.django_db


def test_a_report_opens_a_round_and_asks_the_council_at_once(world: Partnership) -> None:
    world.report()

    round = round_of(world)
    assert round.state == RoundState.UNDECIDED
    assert asked(world) == {world.home, world.birmingham}
    assert ask_of(world, world.nisha).report_reference
    assert ask_of(world, world.ken).unit == world.edt
    assert alerted(world, "risk.asked") == {world.birmingham}
    due = clock(world, Clock.ANSWER)
    assert (due.agency, due.unit) == (world.birmingham, world.edt)
    assert due.due_at == round.opened_at + timedelta(minutes=30)
    assert not is_running(world, Clock.DECIDE)


def test_an_accepted_report_asks_everybody_once_and_alerts_nobody_twice(
    world: Partnership,
) -> None:
    episode = accepted(world)

    assert asked(world) == {
        world.home, world.birmingham, world.kent_council, world.west_midlands, world.school,
        world.health, world.charity,
    }  # fmt: skip
    assert round_of(world).asks.count() == 7
    assert alerted(world, "risk.asked") == {world.birmingham}
    assert world.kent_police not in asked(world)
    assert episode.accepted_at is not None
    assert clock(world, Clock.DECIDE).due_at == episode.accepted_at + timedelta(minutes=60)
    assert not is_running(world, Clock.ANSWER, agency=world.home)


def test_a_part_that_the_record_tells_nothing_is_alerted_by_the_round(world: Partnership) -> None:
    """The children's home did not report, and no alert of the record goes to it."""
    assert world.ava
    world.accept(world.report(by=world.ruth, described=described()))
    assert alerted(world, "risk.asked") == {world.home}
    assert ask_of(world, world.ruth).report_reference


def described() -> Described:
    return Described(
        given_names="Ava",
        family_name="Bramley",
        date_of_birth=Child.objects.get().date_of_birth,
        identifiers=(("nhs_number", "9990000018"),),
    )


def test_an_episode_from_before_there_were_rounds_gets_one_when_accepted(
    world: Partnership,
) -> None:
    report = world.report()
    RiskRound.objects.all().delete()
    world.accept(report)
    assert round_of(world).episode == report.episode
    assert len(asked(world)) == 7


def test_the_force_settles_how_long_an_answer_takes(world: Partnership) -> None:
    LocalProtocolFactory.create(agency=world.kent_police, values={"answer_minutes": 10})
    world.report()
    assert clock(world, Clock.ANSWER).due_at == round_of(world).opened_at + timedelta(minutes=10)


def test_a_closed_agency_is_closed_and_its_clock_starts_when_it_opens(world: Partnership) -> None:
    other_day = (in_london(database_now()).weekday() + 2) % 7
    Agency.objects.filter(pk=world.school.pk).update(
        always_open=False, opening_days=[other_day], opens_at=time(8), closes_at=time(16)
    )
    at = accepted(world).accepted_at
    assert at is not None

    opens = closed_until(Agency.objects.get(pk=world.school.pk), at)
    assert opens is not None
    assert opens > at
    assert clock(world, Clock.ANSWER, agency=world.school).due_at == opens + timedelta(minutes=30)
    assert lines(world, world.joan, at)["Larkfield Academy"] == AskState.CLOSED
    assert lines(world, world.joan, opens)["Larkfield Academy"] == AskState.SILENT
    act = act_for(world.joan, now=at)
    page = queries.round_page(view_of(act=act, reference=world.ava.reference), act)
    assert page is not None
    words = {line.agency.name: line.words for line in page.lines}
    assert words["Larkfield Academy"].startswith("Closed until ")
    assert "8:00am" in words["Larkfield Academy"]


def test_an_answer_ends_the_alert_that_asked_for_it(world: Partnership) -> None:
    world.report()
    tell(world, world.ken)
    alert = Alert.objects.get(kind="risk.asked", agency=world.birmingham)
    assert alert.ended_reason == "the question is answered"


def test_an_agency_with_a_part_answers_without_having_been_asked(world: Partnership) -> None:
    world.report()
    assert world.west_midlands not in asked(world)
    act = act_now(world.ruth)
    view = sharing.locked_child(act=act, reference=world.ava.reference)
    sharing.open_part(
        child=view.child, agency=world.west_midlands, part=Part.HOME_FORCE,
        basis=Grant.Basis.PERSON, reason="Her family lives there", act=act,
    )  # fmt: skip
    sharing.recompute(child=view.child, act=act)

    tell(world, world.tom, "She was stopped here last week.")

    assert world.west_midlands in asked(world)


def test_answers_that_are_not_whole(world: Partnership) -> None:
    with pytest.raises(RuleBroken, match="Nobody has asked about this child"):
        tell(world, world.nisha)
    accepted(world)
    with pytest.raises(RuleBroken, match="Say what you know"):
        tell(world, world.grace, " ")
    with pytest.raises(RuleBroken, match="Say what you checked"):
        tell(world, world.grace, "", kind=Contribution.Kind.HOLDS_NOTHING)
    with pytest.raises(RuleBroken, match="not told the police anything"):
        tell(world, world.grace, "", kind=Contribution.Kind.STILL_RIGHT)
    assert not Contribution.objects.exists()


def test_a_round_moves_with_the_report_that_was_about_a_child_on_record(
    world: Partnership,
) -> None:
    """The report of an uncertain match made a record of its own; its round joins the child's."""
    assert world.ava
    report = world.report(
        described=Described(
            given_names="Ava", family_name="Bramley", date_of_birth=world.ava.date_of_birth
        )
    )
    world.accept(report)
    new = RiskRound.objects.get()
    assert new.child != world.ava
    question = report.child.match_questions.get()

    matching.answer_match(
        reference=question.reference, answer=question.Answer.SAME, act=act_now(world.ken)
    )

    assert round_of(world) == new
    assert set(new.asks.values_list("child", flat=True)) == {world.ava.pk}
    assert everything(world, act_now(world.joan))
