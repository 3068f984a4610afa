"""A force with a duty desk, a council, people on duty, and one kind of alert."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import connection, transaction
from kombu import pools
from pytest_django import Settings

from missingchildren.agencies.acts import Act, begin, system_act
from missingchildren.agencies.models import (
    Agency,
    AgencyKind,
    DutyContact,
    Membership,
    Role,
    Unit,
    UnitKind,
)
from missingchildren.alerts import kinds, outbox
from missingchildren.alerts.models import Alert, Delivery
from missingchildren.alerts.rules import ChannelName, Urgency
from missingchildren.audit.acts import Channel
from missingchildren.celery import app
from tests.factories import (
    AgencyFactory,
    AssignmentFactory,
    DutyContactFactory,
    MembershipFactory,
    UnitFactory,
)

KIND = "tests.reported"
EPISODE = "ME-7K3Q-9F2H-B"
DESK = "duty.desk@force.example"


class Entitlement:
    """Whether the recipient may still have the alert; tests change it between raise and send."""

    ends: bool = False
    asked: int = 0


@pytest.fixture
def entitlement() -> Iterator[type[Entitlement]]:
    Entitlement.ends, Entitlement.asked = False, 0
    yield Entitlement
    Entitlement.ends = False


def still_entitled(_alert: Alert, _now: object) -> bool:
    Entitlement.asked += 1
    return not Entitlement.ends


def nowhere(_alert: Alert) -> str:
    return ""


@pytest.fixture(autouse=True)
def _addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.alerts.urls"


@pytest.fixture(autouse=True)
def _kind() -> None:
    kinds.register(
        kinds.AlertKind(
            name=KIND,
            title="Child reported missing",
            still_entitled=still_entitled,
            open_url=nowhere,
        )
    )


@dataclass
class Desk:
    """An agency with a duty desk that has an address."""

    agency: Agency
    unit: Unit
    contact: DutyContact


def make_desk(name: str, *, address: str, kind: AgencyKind = AgencyKind.FORCE) -> Desk:
    """Make an agency, its duty desk, and the desk's verified address."""
    agency = AgencyFactory.create(name=name, kind=kind)
    unit = UnitFactory.create(agency=agency, name="Duty desk", kind=UnitKind.DUTY_DESK)
    return Desk(agency, unit, make_contact(agency, unit, address=address))


def make_contact(agency: Agency, unit: Unit | None, *, address: str) -> DutyContact:
    """Make an address that somebody has verified."""
    return DutyContactFactory.create(agency=agency, unit=unit, address=address)


def make_member(
    agency: Agency, name: str, *, unit: Unit | None = None, role: Role = Role.CONTROL_ROOM
) -> Membership:
    """Make a person who may act for the agency, and for its unit if one is named."""
    member = MembershipFactory.create(user__full_name=name, agency=agency, roles=[role])
    if unit is not None:
        AssignmentFactory.create(membership=member, unit=unit)
    return member


def act_of(membership: Membership) -> Act:
    """Begin an act in the browser."""
    return begin(membership, Channel.WEB)


@pytest.fixture
def force(db: None) -> Desk:
    return make_desk("Kent Police", address=DESK)


@pytest.fixture
def council(db: None) -> Desk:
    return make_desk("Kent County Council", address="edt@council.example", kind=AgencyKind.COUNCIL)


@pytest.fixture
def joan(force: Desk) -> Membership:
    return make_member(force.agency, "Joan Mercer", unit=force.unit)


def raise_for(
    desk: Desk,
    *,
    event: str = f"episode_reported:{EPISODE}",
    urgency: Urgency = Urgency.URGENT,
    to_unit: bool = True,
    child_id: int | None = 7,
    reference: str = EPISODE,
) -> Alert | None:
    """Raise the alert for the desk in a transaction of its own."""
    with transaction.atomic():
        return outbox.raise_alert(
            kind=KIND,
            event=event,
            agency_id=desk.agency.pk,
            unit_id=desk.unit.pk if to_unit else None,
            child_id=child_id,
            reference=reference,
            urgency=urgency,
            act=system_act(Channel.TASK),
        )


def raised(desk: Desk, **details: object) -> Alert:
    """Raise the alert, which must be new."""
    alert = raise_for(desk, **details)  # type: ignore[arg-type]
    assert alert is not None
    return alert


def email_of(alert: Alert) -> Delivery:
    """Return the alert's only e-mail delivery."""
    return Delivery.objects.get(alert=alert, channel=ChannelName.EMAIL)


def steps_of(delivery: Delivery) -> list[tuple[str, str, str]]:
    """Return every step of a delivery: from, to, reason."""
    return list(delivery.transitions.order_by("pk").values_list("from_state", "to_state", "reason"))


def make_due(delivery: Delivery) -> None:
    """Let the waiting time pass."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_delivery SET due_at = now() - interval '1 second' WHERE id = %s",
            [delivery.pk],
        )


def expire_lease(delivery: Delivery) -> None:
    """Let the lease run out."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE alerts_delivery SET locked_until = now() - interval '1 second' WHERE id = %s",
            [delivery.pk],
        )


def use_broker(url: str) -> None:
    """Let this process's wake-up calls go to another address."""
    celery: Any = app
    celery.conf.broker_url = celery.conf.broker_read_url = celery.conf.broker_write_url = url
    pools.reset()
    celery._pool = celery.amqp._producer_pool = None
