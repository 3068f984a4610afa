"""What must never be false is refused by the database too, by name."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F

from placements.models import Approval, Placement, PlacementNotification
from tests.partnership import BIRMINGHAM, Partnership
from tests.placements.telling import (
    BIRMINGHAM_POSTCODE,
    acknowledge,
    current,
    end,
    notice_to,
    propose,
    send_back,
)

pytestmark = pytest.mark.django_db


def change(model: Any, **values: Any) -> Callable[[], Any]:
    return lambda: model.objects.update(**values)


def of_placements(world: Partnership) -> dict[str, Callable[[], Any]]:
    return {
        "placement_kind_known": change(Placement, kind="Q9"),
        "placement_area_has_distance": change(Placement, distance=""),
        "placement_area_chosen_has_time_and_author": change(
            Placement, area_chosen_by=world.ruth
        ),
        "placement_start_has_time_and_author": change(Placement, start_recorded_by=None),
        "placement_end_has_time_author_and_reason": change(Placement, ended_at=F("started_at")),
        "placement_ends_after_start": change(
            Placement, ended_at=F("started_at") - timedelta(hours=1),
            end_recorded_at=F("started_at"), end_recorded_by=world.ruth, end_reason="Moved.",
        ),
        "placement_withdrawal_has_time_author_and_reason": change(
            Placement, withdrawn_at=F("started_at"), withdrawn_by=world.ruth,
            withdrawn_reason="It has started: it cannot be withdrawn.",
        ),
    }  # fmt: skip


def of_approvals(world: Partnership) -> dict[str, Callable[[], Any]]:
    return {
        "approval_only_when_satisfied": change(Approval, wishes_known=False),
        "approval_refused_has_reasons": change(Approval, is_approved=False),
        "approval_is_written_by_the_officer_or_by_telephone": change(Approval, by_telephone=False),
        "approval_recorded_after_decided": change(
            Approval, decided_at=F("recorded_at") + timedelta(seconds=1)
        ),
    }


def of_notices(world: Partnership) -> dict[str, Callable[[], Any]]:
    return {
        "notice_once_to_each": change(PlacementNotification, to="force"),
        "notice_sent_has_author_agency_and_words": change(PlacementNotification, agency=None),
        "notice_acknowledged_has_author_and_was_sent": change(
            PlacementNotification, holder="Somebody"
        ),
        "notice_acknowledged_start_has_holder_and_reference": change(
            PlacementNotification, acknowledged_at=F("sent_at"), acknowledged_by=world.joan
        ),
        "notice_rejected_has_author_and_reason": change(
            PlacementNotification, rejected_at=F("sent_at"), rejected_by=world.joan
        ),
        "notice_by_hand_has_author_and_how": change(
            PlacementNotification, told_at=F("sent_at"), told_by=world.ruth, told_how="phone",
            told_whom="Somebody",
        ),
    }  # fmt: skip


NAMES = {
    "placement_kind_known", "placement_area_has_distance",
    "placement_area_chosen_has_time_and_author", "placement_start_has_time_and_author",
    "placement_end_has_time_author_and_reason", "placement_ends_after_start",
    "placement_withdrawal_has_time_author_and_reason", "approval_only_when_satisfied",
    "approval_refused_has_reasons", "approval_is_written_by_the_officer_or_by_telephone",
    "approval_recorded_after_decided", "notice_once_to_each",
    "notice_sent_has_author_agency_and_words", "notice_acknowledged_has_author_and_was_sent",
    "notice_acknowledged_start_has_holder_and_reference", "notice_rejected_has_author_and_reason",
    "notice_by_hand_has_author_and_how",
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(NAMES))
def test_the_database_refuses_it(world: Partnership, name: str) -> None:
    current(world)
    all_changes = {**of_placements(world), **of_approvals(world), **of_notices(world)}

    with pytest.raises(IntegrityError, match=f'"{name}"'), transaction.atomic():
        all_changes[name]()


def test_placements_of_a_child_do_not_overlap(world: Partnership) -> None:
    """placements_of_a_child_do_not_overlap."""
    first = current(world)
    second = propose(world, postcode=BIRMINGHAM_POSTCODE, provider_reference="")

    with (
        pytest.raises(IntegrityError, match="placements_of_a_child_do_not_overlap"),
        transaction.atomic(),
    ):
        Placement.objects.filter(pk=second.pk).update(
            started_at=first.started_at, start_recorded_at=first.started_at,
            start_recorded_by=world.ruth, area=BIRMINGHAM,
        )  # fmt: skip


def test_every_constraint_is_tested_by_its_name() -> None:
    made = {
        constraint.name
        for model in (Placement, Approval, PlacementNotification)
        for constraint in model._meta.constraints
    }
    assert made == NAMES | {"placements_of_a_child_do_not_overlap"}


def test_what_really_happens_breaks_none(world: Partnership) -> None:
    placement = current(world)
    acknowledge(notice_to(placement, world.kent_police), world.joan)
    send_back(notice_to(placement, world.kent_council), world.beth)
    end(world, placement)

    assert placement.notices.count() == 3
