"""The flags of the stories, as they stand when the demonstration is loaded."""

import pytest
from pytest_django import Settings

from cases.access import view_of
from cases.models import Deadline
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import london_day
from missingchildren.demo import cast
from missingchildren.demo.management.commands.load_demo import load
from risk import rules
from risk.models import Flag
from risk.rules import FlagClock, FlagState
from tests.browser.state import child
from tests.demonstration import QUICK_HASHER

pytestmark = pytest.mark.django_db


def test_flags_of_the_stories(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = QUICK_HASHER
    load()
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
