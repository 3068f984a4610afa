"""The stories of Mia and Ava after their interviews stand as the demonstration says."""

from datetime import timedelta

import pytest

from cases.models import Deadline
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import london_day
from missingchildren.demo import story, telling_actions
from returninterviews.models import Action, Interview, Recommendation
from tests.demonstration import settle_the_cast, settle_with_ava
from tests.returninterviews.following import follow_ava, follow_mia

pytestmark = pytest.mark.django_db


def test_mia_one_done_one_overdue_by_six_days_one_undecided_past_its_time() -> None:
    story.mia(now=settle_the_cast())
    follow_mia()

    now = database_now()
    assert [each.state.value for each in Recommendation.objects.order_by("order")] == [
        "taken forward", "taken forward", "to decide",
    ]  # fmt: skip
    done, overdue = Action.objects.select_related("deadline").order_by("pk")
    assert (done.state.value, done.helped) == ("done", "yes")
    assert overdue.state.value == "open"
    assert london_day(now) - london_day(overdue.deadline.due_at) == timedelta(days=6)
    clock = Deadline.objects.running().get(kind="returninterviews.decide_recommendation")
    assert clock.due_at < now - timedelta(days=30)


def test_ava_two_taken_forward_one_not_and_a_second_look_that_colin_answers() -> None:
    settle_with_ava()
    follow_ava()
    states = [each.state.value for each in Recommendation.objects.order_by("order")]
    assert states == ["taken forward", "taken forward", "second look asked"]

    action = telling_actions.ava_is_heard(
        Interview.objects.get(outcome="completed"), now=database_now()
    )

    assert action.owner.name.startswith("Birmingham")
    assert Recommendation.objects.get(order=3).state.value == "taken forward"
