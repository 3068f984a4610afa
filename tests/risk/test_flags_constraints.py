"""What the database refuses of a flag, whoever writes it: each constraint by its name."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, F

from risk.models import Flag, FlagDecision
from tests.partnership import Partnership
from tests.risk.flagging import Flagging

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
BROKEN: dict[str, dict[str, Any]] = {
    "flag_has_grounds": {"grounds": ""},
    "flag_child_told_or_why_not": {"is_child_told": False},
    "flag_does_not_follow_itself": {"follows": F("pk")},
    "flag_decision_has_time_author_and_reasons": {"decided_by": None},
    "flag_in_force_has_level_review_and_expiry": {"review_on": None},
    "flag_reviewed_before_it_expires": {"review_on": F("expires_on") + DAY},
    "flag_amended_has_words": {"outcome": "amended"},
    "flag_disagreement_has_time_author_and_words": {"disagreed_at": F("asked_at")},
    "flag_decided_again_only_when_disputed": {"redecided_at": F("asked_at")},
    "flag_entry_has_time_author_and_reference": {"system_reference": ""},
    "flag_entered_only_when_accepted": {
        "outcome": "declined", "level": "", "review_on": None, "expires_on": None,
    },
    "flag_end_has_time_author_and_reasons": {"ended_at": F("asked_at")},
    "flag_declined_does_not_end": {
        "outcome": "declined", "level": "", "review_on": None, "expires_on": None,
        "entered_at": None, "entered_by": None, "system_reference": "",
        "ended_at": F("asked_at"), "ended_by": F("asked_by"), "ended_reasons": "Why not",
    },
    "flag_taken_off_has_author_entry_and_end": {
        "taken_off_at": F("asked_at"), "taken_off_by": F("asked_by"),
    },
}  # fmt: skip
BROKEN_DECISIONS: dict[str, dict[str, Any]] = {
    "flag_decision_has_reasons": {"reasons": ""},
    "flag_decision_has_review_unless_it_ends": {"outcome": "ended"},
}


def names(model: Any) -> set[str]:
    return {each.name for each in model._meta.constraints if isinstance(each, CheckConstraint)}


def test_every_constraint_is_tried() -> None:
    assert names(Flag) == set(BROKEN)
    assert names(FlagDecision) == set(BROKEN_DECISIONS)


@pytest.mark.parametrize("name", BROKEN)
def test_a_flag_that_cannot_be(world: Partnership, name: str) -> None:
    flag = Flagging(world).active()
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        Flag.objects.filter(pk=flag.pk).update(**BROKEN[name])


@pytest.mark.parametrize("name", BROKEN_DECISIONS)
def test_a_decision_that_cannot_be(world: Partnership, name: str) -> None:
    decision = Flagging(world).active().decisions.get()
    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        FlagDecision.objects.filter(pk=decision.pk).update(**BROKEN_DECISIONS[name])


def test_every_change_of_a_flag_is_kept(world: Partnership) -> None:
    people = Flagging(world)
    flag = people.active()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT version FROM risk_flagevent WHERE pgh_obj_id = %s ORDER BY pgh_id", [flag.pk]
        )
        assert [version for (version,) in cursor.fetchall()] == [1, 2, 3]
