"""What an agency settled holds from its day, and what was used stays to be seen."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from missingchildren.agencies import protocol, services
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, LocalProtocol, Role
from missingchildren.core.clock import in_london
from missingchildren.core.verdicts import NotPermitted, RuleBroken
from tests.factories import AgencyFactory, LocalProtocolFactory, MembershipFactory, act_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory.create()


@pytest.fixture
def manager(agency: Agency) -> Act:
    return act_for(MembershipFactory.create(agency=agency, roles=[Role.MANAGER]))


def settle(act: Act, *, days: int = 0, **values: Any) -> LocalProtocol:
    assert act.agency is not None
    return services.settle_protocol(
        agency_reference=act.agency.reference,
        values=values,
        starts_on=in_london(act.now).date() + timedelta(days=days),
        act=act,
    )


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("match_task_minutes", 15),
        ("unread_warning_minutes", 5),
        ("draft_days", 28),
        ("ring_when_closed", False),
    ],
)
def test_each_key_has_a_default_and_a_source(agency: Agency, name: str, default: object) -> None:
    key = protocol.keys()[name]

    assert protocol.value(agency, name, in_london(agency.created_at).date()) == default
    assert key.source
    assert key.description


def test_a_version_holds_from_its_day(agency: Agency, manager: Act) -> None:
    today = in_london(manager.now).date()
    first = settle(manager, match_task_minutes=20)
    second = settle(manager, days=7, match_task_minutes=10)

    assert (first.version, second.version) == (1, 2)
    assert protocol.value(agency, "match_task_minutes", today - timedelta(days=1)) == 15
    assert protocol.value(agency, "match_task_minutes", today) == 20
    assert protocol.value(agency, "match_task_minutes", today + timedelta(days=7)) == 10
    assert protocol.value(agency, "draft_days", today) == 28
    assert protocol.version_for(agency, today) == first


def test_a_later_version_with_the_same_day_holds(agency: Agency, manager: Act) -> None:
    settle(manager, match_task_minutes=20)
    corrected = settle(manager, match_task_minutes=25)

    assert protocol.version_for(agency, corrected.starts_on) == corrected


def test_another_agencys_protocol_does_not_count(agency: Agency) -> None:
    other = LocalProtocolFactory.create(values={"match_task_minutes": 30})

    assert protocol.version_for(agency, other.starts_on) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"no_such_key": 1}, "no_such_key"),
        ({"match_task_minutes": 0}, "match_task_minutes"),
        ({"match_task_minutes": "15"}, "match_task_minutes"),
        ({"match_task_minutes": True}, "match_task_minutes"),
        ({"ring_when_closed": 1}, "ring_when_closed"),
    ],
)
def test_what_no_key_may_have_is_refused(manager: Act, values: dict[str, Any], field: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        settle(manager, **values)

    assert refusal.value.field == field
    assert not LocalProtocol.objects.exists()


def test_a_protocol_does_not_start_in_the_past(manager: Act) -> None:
    with pytest.raises(RuleBroken, match="past"):
        settle(manager, days=-1, match_task_minutes=20)


@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.MANAGER, Role.DIRECTOR}))
def test_only_managers_and_directors_settle_it(agency: Agency, role: str) -> None:
    colleague = act_for(MembershipFactory.create(agency=agency, roles=[role]))

    with pytest.raises(NotPermitted):
        settle(colleague, match_task_minutes=20)


def test_another_agencys_manager_does_not_settle_it(agency: Agency) -> None:
    stranger = act_for(MembershipFactory.create(roles=[Role.MANAGER, Role.DIRECTOR]))

    with pytest.raises(NotPermitted):
        services.settle_protocol(
            agency_reference=agency.reference,
            values={},
            starts_on=in_london(stranger.now).date(),
            act=stranger,
        )


@pytest.mark.parametrize(
    "statement",
    ["UPDATE agencies_localprotocol SET version = 9", "DELETE FROM agencies_localprotocol"],
)
def test_a_version_is_never_changed(statement: str) -> None:
    LocalProtocolFactory.create()

    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_two_keys_cannot_share_a_name() -> None:
    other = protocol.Key(
        name="draft_days",
        default=1,
        parse=protocol.whole_number(least=1, most=2),
        source="",
        description="",
    )

    with pytest.raises(ValueError, match="Two protocol keys"):
        protocol.register(other)
