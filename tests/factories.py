"""The most ordinary rows of each kind; what is special about a case is said in its test."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.models import Group
from factory.declarations import SelfAttribute, Sequence, SubFactory, Trait
from factory.django import DjangoModelFactory

from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import (
    Agency,
    AgencyKind,
    Assignment,
    ContactChannel,
    DutyContact,
    LocalProtocol,
    Membership,
    Role,
    Unit,
    UnitKind,
    User,
)
from missingchildren.audit.acts import Channel, database_now
from missingchildren.core.calendar import Nation

LONG_AGO = datetime(2020, 1, 6, 9, 0, tzinfo=UTC)

# --- agencies and people


class GroupFactory(DjangoModelFactory[Group]):
    """A group that an agency may own."""

    class Meta:
        model = Group

    name = Sequence(lambda n: f"group {n}")


class AgencyFactory(DjangoModelFactory[Agency]):
    """A council in England that answers at all hours."""

    class Meta:
        model = Agency

    name = Sequence(lambda n: f"Council {n}")
    short_name = SelfAttribute("name")
    kind = AgencyKind.COUNCIL
    group = SubFactory(GroupFactory)
    nation = Nation.ENGLAND
    always_open = True
    created_at = LONG_AGO

    class Params:
        force = Trait(kind=AgencyKind.FORCE, name=Sequence(lambda n: f"Police force {n}"))


class UnitFactory(DjangoModelFactory[Unit]):
    """A team."""

    class Meta:
        model = Unit

    agency = SubFactory(AgencyFactory)
    name = Sequence(lambda n: f"Team {n}")
    kind = UnitKind.TEAM
    created_at = LONG_AGO


class UserFactory(DjangoModelFactory[User]):
    """A person who cannot sign in by password."""

    class Meta:
        model = User

    email = Sequence(lambda n: f"person{n}@agency.example")
    full_name = Sequence(lambda n: f"Person {n}")
    password = "!"
    created_at = LONG_AGO


class MembershipFactory(DjangoModelFactory[Membership]):
    """A practitioner since long ago."""

    class Meta:
        model = Membership

    user = SubFactory(UserFactory)
    agency = SubFactory(AgencyFactory)
    roles = [Role.PRACTITIONER]
    starts_at = LONG_AGO


class AssignmentFactory(DjangoModelFactory[Assignment]):
    """A member's place in a team of the same agency."""

    class Meta:
        model = Assignment

    membership = SubFactory(MembershipFactory)
    unit = SubFactory(UnitFactory, agency=SelfAttribute("..membership.agency"))
    starts_at = LONG_AGO


class DutyContactFactory(DjangoModelFactory[DutyContact]):
    """A confirmed e-mail address of an agency."""

    class Meta:
        model = DutyContact

    agency = SubFactory(AgencyFactory)
    channel = ContactChannel.EMAIL
    address = "duty@agency.example"
    verified_at = LONG_AGO
    verified_by = SubFactory(UserFactory)
    starts_at = LONG_AGO


class LocalProtocolFactory(DjangoModelFactory[LocalProtocol]):
    """A first version that settles nothing."""

    class Meta:
        model = LocalProtocol

    agency = SubFactory(AgencyFactory)
    version = 1
    starts_on = LONG_AGO.date()
    values: dict[str, Any] = {}
    made_at = LONG_AGO


def act_for(
    membership: Membership, *, now: datetime | None = None, channel: Channel = Channel.WEB
) -> Act:
    """Return an act under a membership as it is in memory, at the database's time or `now`."""
    at = now or database_now()
    units = Assignment.objects.live(at).filter(membership=membership)
    return Act(
        now=at,
        channel=channel,
        user=membership.user,
        membership=membership,
        agency=membership.agency,
        unit_ids=frozenset(units.values_list("unit_id", flat=True)),
        roles=frozenset(membership.roles),
    )
