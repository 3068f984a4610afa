"""A record full of every kind of text, and words of it that must stay out of every log."""

import logging
from uuid import uuid4

import pytest

from cases.models import Child, Grant, Update
from cases.rules import Part
from cases.services import sharing, updates
from cases.services.children import Described
from tests.partnership import (
    CANARY_PHONE,
    CANARY_PLACE,
    CANARY_WORRY,
    NHS_NUMBER,
    Partnership,
    act_now,
)
from tests.walking import walked_world

CANARIES = (
    CANARY_WORRY, CANARY_PHONE, CANARY_PLACE, NHS_NUMBER, "Bramley", "canary-update",
    "canary-reason", "canary-police-number", "canary-search", "canary-bad-time",
)  # fmt: skip


def world_full_of_texts() -> Partnership:
    """Return a partnership in which every page of a record has every kind of text to show."""
    world = walked_world()
    act = act_now(world.ruth)
    child = world.ava
    Child.objects.filter(pk=child.pk).update(pronouns="she")
    for person in (world.joan, world.ruth, world.paul, world.nisha):
        updates.add_update(
            child_reference=child.reference, kind=Update.Kind.INFORMATION, text="Words.",
            happened_at=act.now, token=uuid4(), act=act_now(person),
        )  # fmt: skip
    sharing.decide_not_to_share(
        child_reference=child.reference, agency_reference=world.stranger_agency.reference,
        reason="She has left that school.", review_on=act.now.date().replace(year=2099), act=act,
    )  # fmt: skip
    sharing.share(
        child_reference=child.reference, agency_reference=world.west_midlands.reference,
        part=Part.HOME_FORCE, reason="She may go home.", ends_at=None, act=act,
    )  # fmt: skip
    ended = Grant.objects.get(child=child, agency=world.charity, ended_at=None)
    sharing.end_sharing(
        child_reference=child.reference, grant_reference=ended.reference,
        reason="They have answered.", act=act,
    )  # fmt: skip
    described = Described(
        given_names="Ava", family_name="Bramley", date_of_birth=child.date_of_birth
    )
    world.report(by=world.beth, described=described)
    return world


def log_everything(caplog: pytest.LogCaptureFixture) -> None:
    """Let the log take everything but what the database was asked."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)


def assert_silent(said: str) -> None:
    """Assert that none of the words is said."""
    for canary in CANARIES:
        assert canary not in said, canary
