"""The interviews of the stories can be told by the cast, each at its own time, in the demonstration."""

from datetime import timedelta

import pytest
from django.db import transaction
from pytest_django import Settings

from cases.models import Child, ChildName
from missingchildren.audit.acts import database_now
from missingchildren.demo import cast, story_interviews
from missingchildren.demo.management.commands.load_demo import load
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

    jayden = child("Jayden", "Cole")
    told = story_interviews.jayden(child=jayden, now=now)
    told.refresh_from_db()
    assert told.state == InterviewState.OFFERED
    assert told.due_at is not None
    assert timedelta(hours=10.5) < told.due_at - now < timedelta(hours=11.5)

    mia = story_interviews.mia(child=child("Mia", "Thornbury"), now=now)
    mia.refresh_from_db()
    assert mia.state == InterviewState.ACCEPTED
    assert Recommendation.objects.filter(interview=mia).count() == 3

    ava = child("Ava", "Bramley")
    # The stories end each interview before the next return; here one of them covers all three.
    back = ava.episodes.exclude(returned_at=None).latest("returned_at").returned_at
    assert back is not None
    for number, outcome in ((0, "declined"), (1, "not_possible")):
        with transaction.atomic():
            ended = story_interviews.ava(child=ava, returned_at=back, number=number)
            assert ended.outcome == outcome
            transaction.set_rollback(True)
    held = story_interviews.ava(child=ava, returned_at=back, number=2)
    summary = Summary.objects.get(interview=held, agency=cast.agency("kent_police"))
    assert (summary.answer, summary.is_useful) == ("report_made", True)
    assert held.signed_at is not None
