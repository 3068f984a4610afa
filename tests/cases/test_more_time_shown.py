"""Whoever decides about a clock reads how often more time was given for it, and why."""

from datetime import timedelta

import pytest

from cases.models import Deadline
from cases.rules import Clock
from cases.services import deadlines, returns
from missingchildren.agencies.models import Membership, Role
from tests.partnership import Partnership, act_now, member

pytestmark = pytest.mark.django_db
WHY = "The officer who knows her is away until Monday."


@pytest.fixture
def owed(accepted_world: Partnership) -> Deadline:
    """Return the clock of a prevention interview, for which more time was given once."""
    world = accepted_world
    act = act_now(world.joan)
    returns.record_return(
        episode_reference=world.ava.episodes.get().reference, returned_at=act.now, version=None,
        act=act,
    )  # fmt: skip
    owed = Deadline.objects.get(kind=Clock.PREVENTION_INTERVIEW)
    manager = member(world.kent_police, Role.MANAGER, unit=world.desk, name="Priya Nair")
    return deadlines.extend_deadline(
        deadline_reference=owed.own_reference, new_due_at=owed.due_at + timedelta(hours=4),
        reason=WHY, version=None, token=None, act=act_now(manager),
    )  # fmt: skip


def page(world: Partnership, by: Membership, owed: Deadline, what: str) -> str:
    address = f"/cases/{world.ava.reference}/deadlines/{owed.own_reference}/{what}/"
    return world.client(by).get(address, secure=True).content.decode()


@pytest.mark.parametrize("what", ["extend", "reassign"])
def test_a_manager_reads_why(accepted_world: Partnership, owed: Deadline, what: str) -> None:
    manager = member(accepted_world.kent_police, Role.SUPERVISOR, unit=accepted_world.desk)

    shown = page(accepted_world, manager, owed, what)

    assert WHY in shown
    assert "More time was given" in shown


@pytest.mark.parametrize("what", ["extend", "reassign", "chase"])
def test_nobody_else_does(accepted_world: Partnership, owed: Deadline, what: str) -> None:
    """AZ-02: neither who may not decide, nor another agency's manager."""
    colin = member(
        accepted_world.birmingham, Role.MANAGER, unit=accepted_world.team, name="Colin Marsh"
    )
    for person in (accepted_world.joan, colin, accepted_world.stranger):
        assert WHY not in page(accepted_world, person, owed, what)
