"""The stories of the demonstration stand, once it is loaded, as the people who try it are told."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings

from cases.access import view_of
from cases.models import Deadline
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import london_day
from missingchildren.demo import cast
from missingchildren.demo.management.commands.load_demo import load
from missingchildren.demo.telling_interviews import interview_of
from returninterviews.models import Action, Recommendation, Summary
from returninterviews.rules import InterviewState
from risk import rules
from risk.models import Flag
from risk.rules import FlagClock, FlagState
from tests.browser.state import child
from tests.demonstration import QUICK_HASHER

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module", autouse=True)
def _loaded(stage: None) -> Iterator[None]:
    with override_settings(PASSWORD_HASHERS=QUICK_HASHER):
        load()
        yield


def test_interviews_of_the_stories() -> None:
    now = database_now()

    told = interview_of(child("Jayden Cole"))
    assert told.state == InterviewState.OFFERED
    assert told.due_at is not None
    assert timedelta(hours=10.5) < told.due_at - now < timedelta(hours=11.5)

    mia = interview_of(child("Mia Thornbury"))
    assert mia.state == InterviewState.ACCEPTED
    states = [each.state for each in Recommendation.objects.filter(interview=mia).order_by("order")]
    assert states == ["taken forward", "taken forward", "to decide"]

    ava = child("Ava Bramley")
    outcomes = ava.interviews.order_by("opened_at").values_list("outcome", flat=True)
    assert list(outcomes) == ["declined", "not_possible", "completed"]
    held = ava.interviews.get(outcome="completed")
    summary = Summary.objects.get(interview=held, agency=cast.agency("kent_police"))
    assert (summary.answer, summary.is_useful) == ("report_made", True)
    assert held.signed_at is not None
    turned_down = Recommendation.objects.get(interview=held, order=3)
    assert turned_down.second_look_words


def test_what_followed_from_the_interviews_of_the_stories() -> None:
    """Mia: one done, one overdue by six days, one undecided past its time; Ava: a second look."""
    now, mia, ava = database_now(), child("Mia Thornbury"), child("Ava Bramley")
    done, overdue = Action.objects.filter(child=mia).select_related("deadline").order_by("pk")
    assert (done.state.value, done.helped) == ("done", "yes")
    assert overdue.state.value == "open"
    assert london_day(now) - london_day(overdue.deadline.due_at) == timedelta(days=6)
    clock = mia.deadlines.get(kind="returninterviews.decide_recommendation", done_at=None)
    assert clock.due_at < now - timedelta(days=30)

    told = Recommendation.objects.filter(child=ava).order_by("order")
    assert [each.state.value for each in told] == [
        "taken forward", "taken forward", "second look asked",
    ]  # fmt: skip


def test_flags_of_the_stories() -> None:
    now = database_now()
    stands = {
        name: (flag.force.name, rules.flag_state(flag.standing, today=london_day(now)))
        for name in ("Ava Bramley", "Leo Sandhu", "Ellis Grant", "Chloe Merritt")
        for flag in child(name).flags.all()
    }
    assert stands == {
        "Ava Bramley": ("Kent Police", FlagState.ACTIVE),
        "Leo Sandhu": ("West Midlands Police", FlagState.DISPUTED),
        "Ellis Grant": ("Kent Police", FlagState.ACTIVE),
        "Chloe Merritt": ("Kent Police", FlagState.ACTIVE),
    }
    kinds = Deadline.objects.running().filter(kind__startswith="risk.flag")
    assert sorted(kinds.values_list("kind", flat=True)) == [
        FlagClock.DECIDE, FlagClock.REVIEW, FlagClock.REVIEW, FlagClock.REVIEW,
    ]  # fmt: skip
    assert not kinds.overdue(now).exists(), "the clocks are live"
    for flag in Flag.objects.select_related("child"):
        person = {"Kent Police": "joan.mercer"}.get(flag.force.name, "helen.bright")
        assert view_of(act=cast.act_of(person, at=now), reference=flag.child.reference).basis
