"""A risk round: who is asked, when their clocks run, what their answers become, how it ends."""

from datetime import datetime, timedelta

import pytest
from django.db import connection

from cases.access import view_of
from cases.models import Deadline, Grant, MissingEpisode, TimelineEntry
from cases.rules import Audience
from cases.services import returns, sharing
from missingchildren.agencies.models import Agency, Membership
from missingchildren.alerts.models import Alert
from missingchildren.audit.acts import database_now
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from risk import queries
from risk.models import Contribution, RiskRound
from risk.rules import AskState, Clock, Fact, RoundState
from risk.services import answers
from risk.services.answers import Answer, Call
from tests.factories import act_for
from tests.partnership import Partnership, act_now
from tests.risk.rounds import ask_of, decide, ring, round_of, tell

pytestmark = pytest.mark.django_db
NUMBER = "01632 960 301"


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


def asked(world: Partnership) -> set[Agency]:
    return {ask.agency for ask in round_of(world).asks.select_related("agency")}


def clock(world: Partnership, kind: Clock, **of: object) -> Deadline:
    found: Deadline = Deadline.objects.running().get(child=world.ava, kind=kind, **of)
    return found


def is_running(world: Partnership, kind: Clock, **of: object) -> bool:
    return Deadline.objects.running().filter(child=world.ava, kind=kind, **of).exists()


def alerted(world: Partnership, kind: str) -> set[Agency]:
    found = Alert.objects.filter(child_id=world.ava.pk, kind=kind).select_related("agency")
    return {alert.agency for alert in found}


def come_back(world: Partnership) -> None:
    act = act_now(world.joan)
    returns.record_return(
        episode_reference=round_of(world).episode.reference,
        returned_at=act.now, version=None, act=act,
    )  # fmt: skip


def lines(world: Partnership, person: Membership, now: datetime | None = None) -> dict[str, str]:
    """Return what became of each question, by agency, as a person sees it."""
    act = act_for(person, now=now) if now else act_now(person)
    page = queries.round_page(view_of(act=act, reference=world.ava.reference), act)
    assert page is not None
    return {line.agency.name: line.state for line in page.lines}


# --- who is asked


def test_silence_is_named_and_is_no_evidence(world: Partnership) -> None:
    act = act_now(world.joan)
    page = queries.round_page(view_of(act=act, reference=world.ava.reference), act)

    assert page is not None
    assert {line.agency for line in page.silent} == asked(world) - {world.home}
    assert all("No answer yet" in line.words for line in page.silent)
    assert not [item for _, item in page.evidence.values() if item.kind == "risk.answer"]


# --- answers


def test_an_answer_stops_its_clock_and_is_seen(world: Partnership) -> None:

    told = tell(world, world.grace, "She missed her medication.")
    nothing = tell(world, world.paul, "The register", kind=Contribution.Kind.HOLDS_NOTHING)

    assert told.owner == world.health
    assert not told.is_late
    assert not is_running(world, Clock.ANSWER, agency=world.health)
    assert is_running(world, Clock.ANSWER, agency=world.charity)
    seen = lines(world, world.joan)
    assert seen["Thanet Community Health"] == AskState.TOLD
    assert seen["Larkfield Academy"] == AskState.HOLDS_NOTHING
    act = act_now(world.joan)
    page = queries.round_page(view_of(act=act, reference=world.ava.reference), act)
    assert page is not None
    texts = {item.reference: item.text for _, item in page.evidence.values()}
    assert texts[nothing.reference].startswith("We checked and hold no information.")
    assert TimelineEntry.objects.filter(kind=Fact.ANSWERED, reference=told.reference).exists()


@pytest.mark.parametrize(
    ("name", "refused", "sentence"),
    [
        ("joan", NotPermitted, "Your force leads the search"),
        ("stranger", NotFound, "no such record"),
        ("owen", NotFound, "no such record"),
    ],
)
def test_who_cannot_answer(
    world: Partnership, name: str, refused: type[Exception], sentence: str
) -> None:
    with pytest.raises(refused, match=sentence):
        tell(world, getattr(world, name))
    assert not Contribution.objects.exists()


def test_what_is_for_the_police_only_is_read_by_forces_only(world: Partnership) -> None:
    kept = tell(world, world.tom, "Seen with a man we watch.", audience=Audience.FORCES)

    for person, reads in ((world.joan, True), (world.ruth, False), (world.tom, True)):
        act = act_now(person)
        view = view_of(act=act, reference=world.ava.reference)
        assert (queries.answer_in(view, act, kept.reference) is not None) == reads
    act = act_now(world.ruth)
    page = queries.round_page(view_of(act=act, reference=world.ava.reference), act)
    assert page is not None
    assert kept.reference not in {item.reference for _, item in page.evidence.values()}
    # That it answered is no secret: it is not silent.
    assert lines(world, world.ruth)["West Midlands Police"] == AskState.TOLD


# --- by telephone


def test_a_telephone_answer_belongs_to_its_giver_who_confirms_it(world: Partnership) -> None:

    written = ring(world, world.ken, by=world.dana)

    assert (written.owner, written.written_by) == (world.birmingham, world.kent_police)
    assert written.must_be_confirmed
    assert lines(world, world.joan)[world.birmingham.name] == AskState.BY_PHONE
    assert not is_running(world, Clock.ANSWER, agency=world.birmingham)
    alert = Alert.objects.get(kind="risk.answer_confirm")
    assert (alert.agency, alert.unit) == (world.birmingham, world.edt)
    with connection.cursor() as cursor:
        cursor.execute("SELECT given_phone FROM risk_contribution")
        assert NUMBER not in cursor.fetchone()[0]

    def confirm(person: Membership) -> Contribution:
        return answers.confirm_answer(
            child_reference=world.ava.reference,
            answer_reference=written.reference,
            act=act_now(person),
        )

    with pytest.raises(NotPermitted, match="Only the agency that gave this answer"):
        confirm(world.joan)
    with pytest.raises(NotFound):
        confirm(world.paul)
    confirmed = confirm(world.ken)
    assert confirmed.confirmed_by == world.ken
    alert.refresh_from_db()
    assert alert.ended_at is not None
    with pytest.raises(RuleBroken, match="already been confirmed"):
        confirm(world.ken)


@pytest.mark.parametrize(
    ("name", "change", "refused", "sentence"),
    [
        ("ruth", {}, NotPermitted, "Only the police force that leads"),
        ("tom", {}, NotFound, "no such question"),
        ("joan", {"given_by": " "}, RuleBroken, "Say who told you"),
        ("joan", {"ago": timedelta(minutes=-1)}, RuleBroken, "must be in the past"),
        ("joan", {"ago": timedelta(hours=2)}, RuleBroken, "after the child went missing"),
    ],
)
def test_telephone_answers_that_cannot_be_written_down(
    world: Partnership,
    name: str,
    change: dict[str, object],
    refused: type[Exception],
    sentence: str,
) -> None:
    act = act_now(getattr(world, name))
    call = Call(
        given_by=str(change.get("given_by", "Ken Osei")),
        given_phone=NUMBER,
        given_at=act.now - change.get("ago", timedelta()),  # type: ignore[operator]
    )
    with pytest.raises(refused, match=sentence):
        answers.write_down_answer(
            child_reference=world.ava.reference,
            ask_reference=ask_of(world, world.ken).reference,
            answer=Answer(kind=Contribution.Kind.TELLS, text="Nothing heard."),
            call=call,
            token=None,
            act=act,
        )
    assert not Contribution.objects.exists()


# --- late answers


def test_an_answer_after_the_level_is_a_task_until_it_is_read(world: Partnership) -> None:
    decide(world)

    late = tell(world, world.grace, "She missed her medication.")

    assert late.is_late
    due = clock(world, Clock.LATE_ANSWER)
    assert (due.agency, due.unit, due.reference) == (
        world.kent_police, world.desk, late.reference,
    )  # fmt: skip
    assert alerted(world, "risk.late_answer") == {world.kent_police}

    def read(person: Membership) -> None:
        answers.read_late_answer(
            child_reference=world.ava.reference,
            answer_reference=late.reference,
            act=act_now(person),
        )

    with pytest.raises(NotPermitted):
        read(world.ruth)
    read(world.joan)
    assert not is_running(world, Clock.LATE_ANSWER)
    with pytest.raises(RuleBroken, match="already been read"):
        read(world.joan)


def test_the_next_level_settles_the_late_answers_it_was_made_on(world: Partnership) -> None:
    decide(world)
    late = tell(world, world.grace)

    decide(world)

    late.refresh_from_db()
    assert late.read_by == world.joan
    assert not is_running(world, Clock.LATE_ANSWER)


# --- the end


def test_back_before_a_level_was_chosen_is_its_own_end(world: Partnership) -> None:
    come_back(world)

    round = round_of(world)
    assert round.state == RoundState.BACK_FIRST
    for kind in (Clock.ANSWER, Clock.DECIDE):
        assert not is_running(world, kind)
    dropped = Deadline.objects.filter(child=world.ava, kind=Clock.ANSWER)
    assert set(dropped.values_list("dropped_reason", flat=True)) == {"the child is back"}
    with pytest.raises(RuleBroken, match="The child is back"):
        decide(world)


def test_back_after_a_level_ends_the_review_and_not_the_confirmation(world: Partnership) -> None:
    decide(world)
    come_back(world)

    assert round_of(world).state == RoundState.ENDED
    assert not is_running(world, Clock.REVIEW)
    assert is_running(world, Clock.CONFIRM)


def test_located_and_not_home_yet_the_level_is_still_under_review(world: Partnership) -> None:
    decide(world)
    act = act_now(world.joan)
    MissingEpisode.objects.filter(child=world.ava).update(
        located_at=act.now, not_home_because="hospital"
    )

    decide(world, level="medium", reasons="She is in hospital.")

    assert round_of(world).state == RoundState.UNDER_REVIEW
    assert is_running(world, Clock.REVIEW)


def test_an_agency_whose_part_ended_with_the_return_still_answers(world: Partnership) -> None:
    tell(world, world.paul)
    come_back(world)
    assert alerted(world, "risk.still_wanted") == {world.health, world.charity}
    with pytest.raises(NotFound):
        tell(world, world.grace)

    late = answers.answer_late(
        ask_reference=ask_of(world, world.grace).reference,
        answer=Answer(kind=Contribution.Kind.TELLS, text="She missed her medication."),
        token=None,
        act=act_now(world.grace),
    )

    assert late.is_late
    assert clock(world, Clock.LATE_ANSWER).reference == late.reference
    # It goes into the next round, and its force reads it before a level is chosen.
    world.accept(world.report(last_seen_at=act_now(world.nisha).now))
    act = act_now(world.joan)
    page = queries.round_page(view_of(act=act, reference=world.ava.reference), act)
    assert page is not None
    assert late.reference in {item.reference for _, item in page.evidence.values()}
    assert {line.ask.round_id for line in page.lines if line.ask} == {page.round.pk}


def test_a_part_that_a_person_ended_does_not_answer_late(world: Partnership) -> None:
    grant = Grant.objects.get(child=world.ava, agency=world.health, ended_at=None)
    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=grant.reference,
        reason="She has another nurse.", act=act_now(world.ruth),
    )  # fmt: skip
    come_back(world)

    with pytest.raises(NotFound):
        answers.late_ask(
            ask_reference=ask_of(world, world.grace).reference, act=act_now(world.grace)
        )


@pytest.mark.parametrize("name", ["stranger", "joan", "ruth", "owen"])
def test_nobody_answers_late_for_another_agency(world: Partnership, name: str) -> None:
    come_back(world)
    with pytest.raises(NotFound):
        answers.late_ask(
            ask_reference=ask_of(world, world.grace).reference,
            act=act_now(getattr(world, name)),
        )


def test_a_late_answer_is_not_taken_for_ever(world: Partnership) -> None:
    come_back(world)
    ask = ask_of(world, world.grace)
    RiskRound.objects.update(ended_at=database_now() - timedelta(days=28, seconds=1))
    with pytest.raises(NotFound):
        answers.late_ask(ask_reference=ask.reference, act=act_now(world.grace))
