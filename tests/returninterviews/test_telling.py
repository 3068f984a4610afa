"""The interviews of the stories can be told by the cast, each at its own time, in the demonstration."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from cases.models import Child, ChildName
from missingchildren.audit.acts import database_now
from missingchildren.demo import cast
from missingchildren.demo.management.commands.load_demo import load
from missingchildren.demo.telling_interviews import interview_of
from returninterviews.models import Recommendation, Summary
from returninterviews.rules import InterviewState
from tests.demonstration import QUICK_HASHER

pytestmark = pytest.mark.django_db


def child(given: str, family: str) -> Child:
    found: Child = ChildName.objects.get(given_names=given, family_name=family).child
    return found


def test_the_stories_are_told(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = QUICK_HASHER
    load()
    now = database_now()

    told = interview_of(child("Jayden", "Cole"))
    assert told.state == InterviewState.OFFERED
    assert told.due_at is not None
    assert timedelta(hours=10.5) < told.due_at - now < timedelta(hours=11.5)

    mia = interview_of(child("Mia", "Thornbury"))
    assert mia.state == InterviewState.ACCEPTED
    states = [each.state for each in Recommendation.objects.filter(interview=mia).order_by("order")]
    assert states == ["taken forward", "taken forward", "to decide"]

    ava = child("Ava", "Bramley")
    outcomes = ava.interviews.order_by("opened_at").values_list("outcome", flat=True)
    assert list(outcomes) == ["declined", "not_possible", "completed"]
    held = ava.interviews.get(outcome="completed")
    summary = Summary.objects.get(interview=held, agency=cast.agency("kent_police"))
    assert (summary.answer, summary.is_useful) == ("report_made", True)
    assert held.signed_at is not None
    turned_down = Recommendation.objects.get(interview=held, order=3)
    assert turned_down.second_look_words
