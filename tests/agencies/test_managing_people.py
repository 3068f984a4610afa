"""An administrator manages the people of their own agency, and nobody else's."""

import inspect
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from missingchildren.agencies import services
from missingchildren.agencies.acts import Act, begin, system_act
from missingchildren.agencies.models import (
    Agency,
    Assignment,
    ContactChannel,
    DutyContact,
    Invitation,
    Membership,
    Role,
    Unit,
    UnitKind,
)
from missingchildren.audit.acts import Channel
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted, Refused, RuleBroken
from tests.factories import (
    LONG_AGO,
    AgencyFactory,
    AssignmentFactory,
    DutyContactFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    act_for,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory.create(mail_domains=["agency.example"])


@pytest.fixture
def administrator(agency: Agency) -> Act:
    return act_for(MembershipFactory.create(agency=agency, roles=[Role.ADMINISTRATOR]))


@pytest.fixture
def member(agency: Agency) -> Membership:
    return MembershipFactory.create(agency=agency)


@pytest.fixture
def unit(agency: Agency) -> Unit:
    return UnitFactory.create(agency=agency)


# --- every service that manages people, as one table: who may not, and that nothing is kept

Attempt = Callable[[Membership, Unit, Act], Any]
ATTEMPTS: dict[str, Attempt] = {
    "add_unit": lambda m, u, act: services.add_unit(
        agency_reference=m.agency.reference, name="New", kind=UnitKind.TEAM, act=act
    ),
    "invite": lambda m, u, act: services.invite(
        agency_reference=m.agency.reference,
        email="new@agency.example",
        roles=[Role.PRACTITIONER],
        act=act,
    ),
    "end_membership": lambda m, u, act: services.end_membership(
        membership_reference=m.reference, act=act
    ),
    "change_roles": lambda m, u, act: services.change_roles(
        membership_reference=m.reference, roles=[Role.MANAGER], act=act
    ),
    "assign_unit": lambda m, u, act: services.assign_unit(
        membership_reference=m.reference, unit_reference=u.reference, act=act
    ),
    "leave_unit": lambda m, u, act: services.leave_unit(
        membership_reference=m.reference, unit_reference=u.reference, act=act
    ),
    "add_duty_contact": lambda m, u, act: services.add_duty_contact(
        agency_reference=m.agency.reference,
        channel=ContactChannel.EMAIL,
        address="night@agency.example",
        act=act,
    ),
}


def rows() -> list[Any]:
    """Return everything that the attempts could change."""
    return [
        list(model._default_manager.order_by("pk").values())
        for model in (Unit, Invitation, Membership, Assignment, DutyContact)
    ]


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_another_agencys_administrator_changes_nothing(
    attempt: str, member: Membership, unit: Unit
) -> None:
    """AZ-32: the administrator of A cannot create, reset or promote the people of B."""
    AssignmentFactory.create(membership=member, unit=unit)
    stranger = act_for(MembershipFactory.create(roles=[Role.ADMINISTRATOR, Role.DIRECTOR]))
    before = rows()

    with pytest.raises((NotPermitted, NotFound)):
        ATTEMPTS[attempt](member, unit, stranger)

    assert rows() == before
    assert Entry.objects.get(act_id=stranger.id).outcome == Outcome.DENIED


@pytest.mark.parametrize("attempt", ATTEMPTS)
@pytest.mark.parametrize("role", sorted(set(Role.values) - {Role.ADMINISTRATOR}))
def test_a_colleague_who_is_no_administrator_changes_nothing(
    attempt: str, role: str, member: Membership, unit: Unit
) -> None:
    """AZ-32: inside the agency only its administrator manages people."""
    AssignmentFactory.create(membership=member, unit=unit)
    colleague = act_for(MembershipFactory.create(agency=member.agency, roles=[role]))
    before = rows()

    with pytest.raises(NotPermitted):
        ATTEMPTS[attempt](member, unit, colleague)

    assert rows() == before


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_stranger_without_an_account_changes_nothing(
    attempt: str, member: Membership, unit: Unit
) -> None:
    """An act of no person that came by the web is not an operator's."""
    AssignmentFactory.create(membership=member, unit=unit)
    before = rows()

    with pytest.raises(Refused):
        ATTEMPTS[attempt](member, unit, system_act(Channel.WEB))

    assert rows() == before


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_the_agencys_administrator_may(
    attempt: str, member: Membership, unit: Unit, administrator: Act
) -> None:
    AssignmentFactory.create(membership=member, unit=unit)
    before = rows()

    ATTEMPTS[attempt](member, unit, administrator)

    assert Entry.objects.get(act_id=administrator.id).verb == attempt
    assert attempt == "assign_unit" or rows() != before


# --- ranks


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.NOMINATED_OFFICER, Role.PRIVACY_OFFICER])
def test_an_administrator_neither_gives_nor_takes_a_role_above_own(
    role: Role, member: Membership, administrator: Act
) -> None:
    """AZ-32: nor grant a role above own."""
    senior = MembershipFactory.create(agency=member.agency, roles=[role])

    with pytest.raises(NotPermitted, match="above your own"):
        services.change_roles(
            membership_reference=member.reference, roles=[role], act=administrator
        )
    with pytest.raises(NotPermitted, match="above your own"):
        services.invite(
            agency_reference=member.agency.reference,
            email="new@agency.example",
            roles=[Role.PRACTITIONER, role],
            act=administrator,
        )
    with pytest.raises(NotPermitted, match="above your own"):
        services.end_membership(membership_reference=senior.reference, act=administrator)


def test_nobody_changes_their_own_roles(administrator: Act) -> None:
    """AZ-32: nor their own."""
    assert administrator.membership is not None

    with pytest.raises(NotPermitted, match="Another administrator"):
        services.change_roles(
            membership_reference=administrator.membership.reference,
            roles=[Role.ADMINISTRATOR, Role.MANAGER],
            act=administrator,
        )


def test_no_service_sets_somebody_elses_password() -> None:
    """AZ-32: reset never shows or sets a password."""
    takers = {
        name
        for name, value in vars(services).items()
        if hasattr(value, "verb") and "password" in inspect.signature(value).parameters
    }

    assert takers == {"accept_invitation"}


@pytest.mark.parametrize("roles", [[], ["superuser"], [Role.MANAGER, "root"]])
def test_unknown_or_no_roles_are_refused(
    roles: list[str], member: Membership, administrator: Act
) -> None:
    with pytest.raises(RuleBroken, match="at least one role"):
        services.change_roles(membership_reference=member.reference, roles=roles, act=administrator)


# --- what each does


def test_ending_a_membership_ends_its_assignments(
    member: Membership, unit: Unit, administrator: Act
) -> None:
    assignment = AssignmentFactory.create(membership=member, unit=unit)

    services.end_membership(membership_reference=member.reference, act=administrator)

    member.refresh_from_db()
    assignment.refresh_from_db()
    assert member.ends_at == assignment.ends_at == administrator.now
    with pytest.raises(NotPermitted):
        begin(member, Channel.WEB)


def test_the_last_administrator_stays(member: Membership, administrator: Act) -> None:
    other = MembershipFactory.create(agency=member.agency, roles=[Role.ADMINISTRATOR])
    services.end_membership(membership_reference=other.reference, act=administrator)
    third = MembershipFactory.create(
        agency=member.agency, roles=[Role.ADMINISTRATOR], user=UserFactory.create(is_active=False)
    )

    assert administrator.membership is not None
    with pytest.raises(NotFound):
        services.end_membership(membership_reference=third.reference, act=administrator)
    operator = system_act(Channel.COMMAND)
    services.end_membership(membership_reference=administrator.membership.reference, act=operator)


def test_assigning_twice_is_one_assignment(
    member: Membership, unit: Unit, administrator: Act
) -> None:
    first = services.assign_unit(
        membership_reference=member.reference, unit_reference=unit.reference, act=administrator
    )
    second = services.assign_unit(
        membership_reference=member.reference, unit_reference=unit.reference, act=administrator
    )

    assert first == second
    assert begin(member, Channel.WEB).unit_ids == {unit.pk}


def test_another_agencys_unit_does_not_exist_here(member: Membership, administrator: Act) -> None:
    elsewhere = UnitFactory.create()

    with pytest.raises(NotFound):
        services.assign_unit(
            membership_reference=member.reference,
            unit_reference=elsewhere.reference,
            act=administrator,
        )


def test_a_contact_is_used_once_somebody_confirmed_it(agency: Agency, administrator: Act) -> None:
    contact = services.add_duty_contact(
        agency_reference=agency.reference,
        channel=ContactChannel.EMAIL,
        address="Night@Agency.Example",
        act=administrator,
    )
    assert not DutyContact.objects.verified().exists()

    services.confirm_duty_contact(contact_id=contact.pk, act=administrator)

    confirmed = DutyContact.objects.live(administrator.now).verified().get()
    assert confirmed.address == "night@agency.example"
    assert confirmed.verified_by == administrator.user


def test_another_agencys_contact_is_not_confirmed(administrator: Act) -> None:
    contact = DutyContactFactory.create(verified_at=None, verified_by=None)

    with pytest.raises(NotFound):
        services.confirm_duty_contact(contact_id=contact.pk, act=administrator)


def test_only_an_operator_adds_agencies_and_deactivates_people(administrator: Act) -> None:
    with pytest.raises(NotPermitted):
        services.add_agency(name="New", kind="council", nation="England", act=administrator)  # type: ignore[arg-type]
    with pytest.raises(NotPermitted):
        services.deactivate_person(email="person0@agency.example", act=administrator)


# --- constraints, by name


def refused_by(name: str) -> Any:
    return pytest.raises(IntegrityError, match=name)


def test_one_live_membership_of_an_agency(member: Membership) -> None:
    with refused_by("membership_once_at_a_time"), transaction.atomic():
        MembershipFactory.create(user=member.user, agency=member.agency)

    later = LONG_AGO + timedelta(days=1)
    Membership.objects.filter(pk=member.pk).update(ends_at=later)
    MembershipFactory.create(user=member.user, agency=member.agency, starts_at=later)


@pytest.mark.parametrize("roles", [[], ["superuser"]])
def test_membership_has_known_roles(agency: Agency, roles: list[str]) -> None:
    with refused_by("membership_has_known_roles"), transaction.atomic():
        MembershipFactory.create(agency=agency, roles=roles)


def test_membership_ends_after_it_starts(member: Membership) -> None:
    before = LONG_AGO - timedelta(days=1)

    with refused_by("membership_ends_after_it_starts"), transaction.atomic():
        Membership.objects.filter(pk=member.pk).update(ends_at=before)


def test_assignment_is_within_one_agency(member: Membership) -> None:
    elsewhere = UnitFactory.create()

    with refused_by("assignment_is_within_one_agency"), transaction.atomic():
        AssignmentFactory.create(membership=member, unit=elsewhere)


def test_duty_contact_is_within_one_agency(agency: Agency) -> None:
    elsewhere = UnitFactory.create()

    with refused_by("duty_contact_is_within_one_agency"), transaction.atomic():
        DutyContactFactory.create(agency=agency, unit=elsewhere)


def test_duty_contact_is_verified_by_someone(agency: Agency) -> None:
    with refused_by("duty_contact_verified_by_someone_at_some_time"), transaction.atomic():
        DutyContactFactory.create(agency=agency, verified_by=None)


def test_an_agency_has_one_duty_desk(agency: Agency) -> None:
    UnitFactory.create(agency=agency, kind=UnitKind.DUTY_DESK)
    UnitFactory.create(agency=agency, kind=UnitKind.DUTY_DESK, is_active=False)

    with refused_by("agency_has_one_unit_of_each_duty_kind"), transaction.atomic():
        UnitFactory.create(agency=agency, kind=UnitKind.DUTY_DESK)


def test_addresses_differ_by_more_than_capitals() -> None:
    UserFactory.create(email="ruth@agency.example")

    with refused_by("user_email_is_lower_case"), transaction.atomic():
        UserFactory.create(email="Ruth@agency.example")
    with refused_by("agencies_user_email"), transaction.atomic():
        UserFactory.create(email="ruth@agency.example")
