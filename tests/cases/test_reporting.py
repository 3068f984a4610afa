"""From a report to everyone who must know: what each agency then sees, and what it does not."""

import pytest
from django.urls import reverse

from missingchildren.alerts.models import Alert
from tests.partnership import CANARY_PHONE, CANARY_PLACE, CANARY_WORRY, Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Partnership:
    return Partnership()


def page(world: Partnership, membership: object, name: str, *args: str) -> tuple[int, str]:
    response = world.client(membership).get(reverse(name, args=args), secure=True)  # type: ignore[arg-type]
    return response.status_code, response.content.decode()


def test_a_report_reaches_the_desk_is_accepted_and_everyone_learns_their_part(
    world: Partnership,
) -> None:
    report = world.report()
    child = world.ava.reference

    assert Alert.objects.filter(agency=world.kent_police, unit=world.desk).count() == 1
    assert "has not read it yet" in page(world, world.nisha, "cases:receipt", report.reference)[1]
    assert page(world, world.stranger, "cases:child", child)[0] == 404
    assert page(world, world.paul, "cases:child", child)[0] == 404

    status, desk = page(world, world.joan, "cases:child", child)
    assert status == 200
    assert CANARY_WORRY in desk
    assert CANARY_PLACE not in desk
    assert "read your report" in page(world, world.nisha, "cases:receipt", report.reference)[1]

    world.accept(report)

    receipt = page(world, world.nisha, "cases:receipt", report.reference)[1]
    assert "KP-2026-1" in receipt
    for council_member in (world.ruth, world.ken):
        status, council = page(world, council_member, "cases:child", child)
        assert status == 200
        assert CANARY_WORRY in council
    status, school = page(world, world.paul, "cases:child", child)
    assert status == 200
    assert "The police ask what you know" in school
    for hidden in (CANARY_WORRY, CANARY_PHONE, CANARY_PLACE, "KP-2026-1", "999 000 0018"):
        assert hidden not in school
    assert page(world, world.stranger, "cases:child", child)[0] == 404


@pytest.mark.parametrize("name", ["pages:my_work", "pages:missing", "cases:list", "alerts:inbox"])
def test_lists_open_for_everyone(world: Partnership, name: str) -> None:
    world.accept(world.report())

    for membership in (world.joan, world.ruth, world.nisha, world.paul, world.stranger):
        status, shown = page(world, membership, name)
        assert status == 200
        assert ("Ava" in shown) == (
            membership is not world.stranger
            and name != "alerts:inbox"
            # Her council's emergency duty team is asked, not the social worker.
            and (name != "pages:my_work" or membership is not world.ruth)
        )
