"""What hides an action, or some of it, from whoever knows its address."""

import pytest

from cases.rules import Part
from cases.services import sharing
from missingchildren.agencies.models import Role
from returninterviews.models import Action
from tests.partnership import act_now, member
from tests.returninterviews.recommended import Following, share_with

pytestmark = pytest.mark.django_db


def test_whoever_the_record_is_not_work_of_says_why_first(told: Following) -> None:
    world = told.world
    outside = member(world.kent_police, Role.PRACTITIONER, name="Outside")
    action = told.accept(owner=world.kent_police)
    client = world.client(outside)

    page = client.get(f"/actions/{action.reference}/", secure=True)
    answer = client.get(f"/api/v1/actions/{action.reference}/", secure=True)
    recommended = client.get(f"/recommendations/{told.first.reference}/", secure=True)

    assert page.headers["Location"] == f"/cases/{world.ava.reference}/open/"
    assert answer.status_code == 403
    assert answer.json()["type"].endswith(":reason-required")
    assert recommended.status_code == 404, "hidden comes before the question"


def test_a_provider_sees_that_it_goes_on_and_not_what_was_found(told: Following) -> None:
    """`design.md` 4: recommends, sees progress."""
    world = told.world
    action = told.accept()
    told.complete(action)
    page = world.client(world.lena).get(f"/actions/{action.reference}/", secure=True)
    shown = page.content.decode()
    assert "Done" in shown
    assert "fitted it" not in shown
    answer = world.client(world.lena).get(f"/api/v1/actions/{action.reference}/", secure=True)
    assert "evidence" not in answer.json()
    assert "fitted it" in (
        world.client(world.ruth).get(f"/actions/{action.reference}/", secure=True).content.decode()
    )


def test_whose_part_has_ended_sees_nothing_of_it(told: Following) -> None:
    """AZ-08."""
    world = told.world
    grant = share_with(world, world.school, Part.SCHOOL)
    action = told.accept(owner=world.school)
    client = world.client(world.paul)
    assert client.get(f"/actions/{action.reference}/", secure=True).status_code == 200
    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=grant.reference,
        reason="She has left that school.", act=act_now(world.ruth),
    )  # fmt: skip
    answer = client.post(
        f"/actions/{action.reference}/done/", {"evidence": "We did what you asked."}, secure=True
    )
    assert answer.status_code == 404
    assert Action.objects.get().completed_at is None
