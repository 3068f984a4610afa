"""Levels, where a test begins before the report is accepted or has transactions of its own."""

import threading
from datetime import date

import pytest
from django.db import connections

from cases.models import PoliceNote
from missingchildren.agencies.models import Membership
from missingchildren.core.verdicts import RuleBroken, Stale
from risk.models import Decision
from tests.factories import LocalProtocolFactory
from tests.partnership import Partnership, act_now
from tests.risk.rounds import accepted, decide, everything, round_of, supervisor

pytestmark = pytest.mark.django_db


def test_a_level_waits_for_the_report_to_be_accepted(world: Partnership) -> None:
    world.report()
    with pytest.raises(RuleBroken, match="Accept the report first"):
        decide(world)


def test_the_least_level_for_a_child_is_the_forces_own(world: Partnership) -> None:
    LocalProtocolFactory.create(
        agency=world.kent_police, values={"minimum_level_for_children": "medium"}
    )
    accepted(world)
    with pytest.raises(RuleBroken, match=r"no child below medium\. Ask"):
        decide(world, level="low")
    with pytest.raises(RuleBroken, match=r"no child below medium\. Say why"):
        decide(world, by=supervisor(world), level="low")
    made = decide(world, by=supervisor(world), level="low", minimum_reason="She is with her aunt.")
    assert made.minimum_reason


def test_an_adult_has_no_least_level_for_a_child(world: Partnership) -> None:
    LocalProtocolFactory.create(
        agency=world.kent_police, values={"minimum_level_for_children": "medium"}
    )
    world.ava.date_of_birth = date(2000, 1, 1)
    world.ava.save(update_fields=["date_of_birth"])
    accepted(world)
    assert decide(world, level="low").level == "low"


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_chooses_the_level() -> None:
    """CON-01: the other is told, and nothing of theirs is kept."""
    world = Partnership()
    accepted(world)
    version = round_of(world).version
    seen = everything(world, act_now(world.joan))
    ended: list[object] = []

    def choose(person: Membership) -> None:
        try:
            ended.append(decide(world, by=person, version=version, seen=seen))
        except Stale as refusal:
            ended.append(refusal)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=choose, args=[p]) for p in (world.joan, world.dana)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(type(each).__name__ for each in ended) == ["Decision", "Stale"]
    assert Decision.objects.count() == 1
    assert PoliceNote.objects.count() == 1
