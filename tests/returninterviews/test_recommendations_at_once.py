"""A recommendation that many decide at once: one does, and the others are told who."""

import threading
from uuid import uuid4

import pytest
from django.db import connections

from missingchildren.agencies.models import Role
from missingchildren.alerts.models import Alert
from missingchildren.core.verdicts import RuleBroken
from returninterviews.models import Action, Recommendation
from returninterviews.services import recommendations
from tests.partnership import Partnership, act_now, member
from tests.returninterviews.recommended import Following, give


@pytest.mark.django_db(transaction=True)
def test_of_fifty_at_once_one_decides_and_the_others_are_told_who(world: Partnership) -> None:
    """CON-01."""
    told = Following(world)
    people = [
        member(world.birmingham, Role.PRACTITIONER, unit=world.team, name=f"Worker {number}")
        for number in range(50)
    ]
    acts = [act_now(person) for person in people]
    asked = give(world.home)
    together = threading.Barrier(len(people))
    answers: list[Action | RuleBroken] = []

    def accept(number: int) -> None:
        try:
            together.wait()
            answers.append(
                recommendations.accept_recommendation(
                    recommendation_reference=told.recommendations[0].reference, give=asked,
                    version=1, token=uuid4(), act=acts[number],
                )
            )  # fmt: skip
        except RuleBroken as refused:
            answers.append(refused)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=accept, args=[number]) for number in range(len(people))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    [made] = [answer for answer in answers if isinstance(answer, Action)]
    first = Recommendation.objects.select_related("decided_by__user").get()
    winner = first.decided_by.user.full_name  # type: ignore[union-attr]
    others = [str(answer) for answer in answers if isinstance(answer, RuleBroken)]
    assert len(others) == 49
    assert {other.partition(" decided this on ")[0] for other in others} == {winner}
    assert all("it is taken forward" in other for other in others)
    assert list(Action.objects.all()) == [made]
    assert Alert.objects.filter(kind="returninterviews.action_given").count() == 1
