"""Changes to agencies, their units, people, contacts and protocols."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from missingchildren.agencies import access, protocol, queries, rules
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import (
    Agency,
    AgencyArea,
    AgencyKind,
    Area,
    AreaKind,
    Assignment,
    ContactChannel,
    DutyContact,
    Invitation,
    LocalProtocol,
    Membership,
    Role,
    Unit,
    UnitKind,
    User,
)
from missingchildren.agencies.models.people import new_agency_reference
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.calendar import Nation
from missingchildren.core.clock import in_london
from missingchildren.core.names import UnusableText, clean_name
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken

NO_GOOD = "This invitation has been used or withdrawn, or is more than 72 hours old."


@dataclass(frozen=True)
class IssuedInvitation:
    """An invitation with its token, which exists nowhere else."""

    invitation: Invitation
    token: str


# --- agencies and units


@service(verb="add_agency", operation=Operation.ACCESS)
def add_agency(
    *,
    name: str,
    kind: AgencyKind,
    nation: Nation,
    act: Act,
    short_name: str = "",
    areas: Iterable[str] = (),
    mail_domains: Iterable[str] = (),
    always_open: bool = False,
    opening_days: Iterable[int] = (),
    opens_at: time | None = None,
    closes_at: time | None = None,
) -> Agency:
    """Let an agency take part, with a group of its own and the areas it serves from today.

    Raises:
        NotPermitted: a person, not an operator, asks.
        RuleBroken: the name is taken, an area does not exist or another agency answers for it.
    """
    access.can_add_agencies(act).require(NotPermitted)
    name = _clean(name, "name", max_length=150)
    if Agency.objects.filter(name__iexact=name).exists():
        raise RuleBroken("An agency with this name already takes part.", field="name")
    served = _areas(areas, kind=kind, on=in_london(act.now).date())

    reference = new_agency_reference()
    agency = Agency.objects.create(
        reference=reference,
        name=name,
        short_name=_clean(short_name, "short_name", max_length=60) if short_name else name[:60],
        kind=kind,
        group=Group.objects.create(name=reference),
        nation=nation,
        always_open=always_open,
        opening_days=sorted(opening_days),
        opens_at=opens_at,
        closes_at=closes_at,
        mail_domains=sorted({domain.lower() for domain in mail_domains}),
        created_at=act.now,
    )
    for area in served:
        AgencyArea.objects.create(
            agency=agency,
            area=area,
            is_statutory=_is_statutory(kind, area),
            valid_from=in_london(act.now).date(),
        )
    _log(act, "add_agency", agency.reference)
    return agency


@service(verb="add_unit", operation=Operation.ACCESS)
def add_unit(*, agency_reference: str, name: str, kind: UnitKind, act: Act) -> Unit:
    """Add a unit to an agency.

    Raises:
        NotPermitted: the act is not an administrator's of this agency.
        RuleBroken: the agency already has a unit with this name or for this duty.
    """
    agency = _lock_agency(agency_reference)
    access.can_manage_people(act, agency).require(NotPermitted)
    name = _clean(name, "name")
    units = agency.units.filter(is_active=True)
    if agency.units.filter(name__iexact=name).exists():
        raise RuleBroken("The agency already has a unit with this name.", field="name")
    if kind != UnitKind.TEAM and units.filter(kind=kind).exists():
        raise RuleBroken("The agency already has a unit for this duty.", field="kind")

    unit = Unit.objects.create(agency=agency, name=name, kind=kind, created_at=act.now)
    _log(act, "add_unit", unit.reference)
    return unit


# --- people


@service(verb="invite", operation=Operation.ACCESS)
def invite(
    *, agency_reference: str, email: str, roles: Iterable[str], act: Act
) -> IssuedInvitation:
    """Invite an address to join an agency, in place of any open invitation to it.

    Raises:
        NotPermitted: the act is not an administrator's of this agency, or gives a role above own.
        RuleBroken: the address is malformed, outside the agency's domains or already a member's.
    """
    agency = _lock_agency(agency_reference)
    given = _known_roles(roles)
    access.can_manage_people(act, agency, given).require(NotPermitted)
    email = _address(email)
    rules.may_invite(email, domains=agency.mail_domains, by_operator=act.is_system).require()
    if Membership.objects.live(act.now).filter(agency=agency, user__email=email).exists():
        raise RuleBroken("This person is already a member of the agency.", field="email")

    Invitation.objects.open(act.now).filter(agency=agency, email=email).update(withdrawn_at=act.now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        agency=agency,
        email=email,
        roles=given,
        token_hash=queries.token_hash(token),
        made_by=act.user,
        made_at=act.now,
        expires_at=act.now + rules.INVITATION_LASTS,
    )
    _log(act, "invite", invitation.reference)
    return IssuedInvitation(invitation, token)


@service(verb="withdraw_invitation", operation=Operation.ACCESS)
def withdraw_invitation(*, invitation_reference: str, act: Act) -> Invitation:
    """Make an open invitation worthless.

    Raises:
        NotFound: the act's agency has no such open invitation.
        NotPermitted: the act is not an administrator's.
    """
    open_ones = Invitation.objects.open(act.now).filter(reference=invitation_reference)
    if not act.is_system:
        open_ones = open_ones.filter(agency=act.agency)
    invitation = open_ones.select_related("agency").select_for_update(of=("self",)).first()
    if invitation is None:
        raise NotFound("There is no such open invitation.")
    access.can_manage_people(act, invitation.agency).require(NotPermitted)

    invitation.withdrawn_at = act.now
    invitation.save(update_fields=["withdrawn_at"])
    _log(act, "withdraw_invitation", invitation.reference)
    return invitation


@service(verb="accept_invitation", operation=Operation.ACCESS)
def accept_invitation(
    *, token: str, act: Act, full_name: str = "", password: str = "", job_title: str = ""
) -> Membership:
    """Join the agency that the token invites to, once.

    A person new to the service gives a name and a password. Someone who has an account must
    be signed in to it: `act.user` joins, and their name and password stay.

    Raises:
        NotFound: the invitation is unknown, used, withdrawn or expired: one answer for all.
        NotPermitted: the account is someone else's, deactivated, or not signed in to.
        RuleBroken: the address no longer suits the agency, or name or password will not do.
    """
    invitation = (
        Invitation.objects.open(act.now)
        .filter(token_hash=queries.token_hash(token), agency__is_active=True)
        .select_related("agency")
        .select_for_update(of=("self",))
        .first()
    )
    if invitation is None:
        raise NotFound(NO_GOOD)
    _may_accept(invitation, act)
    _still_suits(invitation)
    if _is_member(invitation, act):
        raise RuleBroken("You are already a member of this agency.")

    user = act.user or _new_person(
        email=invitation.email,
        full_name=full_name,
        job_title=job_title,
        password=password,
        act=act,
    )
    membership = Membership.objects.create(
        user=user, agency=invitation.agency, roles=invitation.roles, starts_at=act.now
    )
    invitation.used_at, invitation.used_by = act.now, user
    invitation.save(update_fields=["used_at", "used_by"])
    joined = replace(act, user=user, membership=membership, agency=invitation.agency)
    _log(joined, "accept_invitation", invitation.reference, membership.reference)
    return membership


@service(verb="end_membership", operation=Operation.ACCESS)
def end_membership(*, membership_reference: str, act: Act) -> Membership:
    """End a person's membership and unit assignments now: their next request has nothing of it.

    Raises:
        NotFound: the act's agency has no such live membership.
        NotPermitted: not an administrator's act, one's own membership, or a role above own.
        RuleBroken: nobody would be left to manage the agency's people.
    """
    membership = _lock_membership(membership_reference, act)
    access.can_change_membership(act, membership).require(NotPermitted)
    _keeps_an_administrator(membership, roles=(), act=act)

    membership.ends_at = act.now
    membership.save(update_fields=["ends_at"])
    Assignment.objects.live(act.now).filter(membership=membership).update(ends_at=act.now)
    _log(act, "end_membership", membership.reference)
    return membership


@service(verb="change_roles", operation=Operation.ACCESS)
def change_roles(*, membership_reference: str, roles: Iterable[str], act: Act) -> Membership:
    """Give a member these roles in place of those they have.

    Raises:
        NotFound: the act's agency has no such live membership.
        NotPermitted: not an administrator's act, one's own membership, or a role above own.
        RuleBroken: no role, an unknown one, or no administrator would be left.
    """
    membership = _lock_membership(membership_reference, act)
    given = _known_roles(roles)
    access.can_change_membership(act, membership).require(NotPermitted)
    access.can_manage_people(act, membership.agency, given).require(NotPermitted)
    _keeps_an_administrator(membership, roles=given, act=act)

    membership.roles = given
    membership.save(update_fields=["roles"])
    _log(act, "change_roles", membership.reference)
    return membership


@service(verb="assign_unit", operation=Operation.ACCESS)
def assign_unit(*, membership_reference: str, unit_reference: str, act: Act) -> Assignment:
    """Put a member in a unit of the same agency; a second time changes nothing.

    Raises:
        NotFound: the act's agency has no such live membership or unit.
        NotPermitted: the act is not an administrator's.
    """
    membership = _lock_membership(membership_reference, act)
    access.can_manage_people(act, membership.agency).require(NotPermitted)
    unit = Unit.objects.filter(
        reference=unit_reference, agency=membership.agency, is_active=True
    ).first()
    if unit is None:
        raise NotFound("There is no such unit.")

    assignment = Assignment.objects.live(act.now).filter(membership=membership, unit=unit).first()
    if assignment is None:
        assignment = Assignment.objects.create(membership=membership, unit=unit, starts_at=act.now)
    _log(act, "assign_unit", membership.reference, unit.reference)
    return assignment


@service(verb="leave_unit", operation=Operation.ACCESS)
def leave_unit(*, membership_reference: str, unit_reference: str, act: Act) -> None:
    """Take a member out of a unit now.

    Raises:
        NotFound: the act's agency has no such live membership, or it is not in the unit.
        NotPermitted: the act is not an administrator's.
    """
    membership = _lock_membership(membership_reference, act)
    access.can_manage_people(act, membership.agency).require(NotPermitted)

    ended = (
        Assignment.objects.live(act.now)
        .filter(membership=membership, unit__reference=unit_reference)
        .update(ends_at=act.now)
    )
    if not ended:
        raise NotFound("This member is not in the unit.")
    _log(act, "leave_unit", membership.reference, unit_reference)


@service(verb="deactivate_person", operation=Operation.ACCESS)
def deactivate_person(*, email: str, act: Act) -> User:
    """Shut a person out of every agency from their next request; their records stay.

    Raises:
        NotPermitted: a person, not an operator, asks.
        NotFound: nobody has this address.
    """
    access.can_add_agencies(act).require(NotPermitted)
    user = User.objects.select_for_update().filter(email=email.strip().lower()).first()
    if user is None:
        raise NotFound("Nobody has this address.")

    user.is_active = False
    user.save(update_fields=["is_active"])
    _log(act, "deactivate_person", f"user:{user.pk}")
    return user


@service(verb="choose_agency", operation=Operation.ACCESS)
def choose_agency(*, agency_reference: str, act: Act) -> Membership:
    """Decide under which membership the act's person works from now on.

    The caller keeps the choice in the session.

    Raises:
        NotFound: the person is not a live member of such an agency.
    """
    membership = (
        Membership.objects.live(act.now)
        .filter(user=act.user, agency__reference=agency_reference)
        .select_related("agency")
        .first()
    )
    if membership is None:
        raise NotFound("You are not a member of this agency.")

    _log(act, "choose_agency", membership.reference)
    return membership


# --- contacts and protocol


@service(verb="add_duty_contact", operation=Operation.ACCESS)
def add_duty_contact(
    *,
    agency_reference: str,
    channel: ContactChannel,
    address: str,
    act: Act,
    unit_reference: str | None = None,
) -> DutyContact:
    """Add an address that reaches an agency or one of its units; it is used once confirmed.

    Raises:
        NotPermitted: the act is not an administrator's of this agency.
        NotFound: the agency has no such unit.
        RuleBroken: the address is malformed.
    """
    agency = _lock_agency(agency_reference)
    access.can_manage_people(act, agency).require(NotPermitted)
    unit = None
    if unit_reference is not None:
        unit = agency.units.filter(reference=unit_reference, is_active=True).first()
        if unit is None:
            raise NotFound("There is no such unit.")
    cleaned = _address(address) if channel == ContactChannel.EMAIL else _clean(address, "address")

    contact = DutyContact.objects.create(
        agency=agency, unit=unit, channel=channel, address=cleaned, starts_at=act.now
    )
    _log(act, "add_duty_contact", (unit or agency).reference, f"duty_contact:{contact.pk}")
    return contact


@service(verb="confirm_duty_contact", operation=Operation.ACCESS)
def confirm_duty_contact(*, contact_id: int, act: Act) -> DutyContact:
    """Record that a trial message or call to a contact reached the act's person.

    Raises:
        NotFound: the act's agency has no such contact.
    """
    contact = (
        DutyContact.objects.live(act.now)
        .filter(pk=contact_id, agency=act.agency)
        .select_related("agency")
        .select_for_update(of=("self",))
        .first()
    )
    if contact is None:
        raise NotFound("There is no such contact.")
    access.can_confirm_contact(act, contact).require(NotPermitted)

    contact.verified_at, contact.verified_by = act.now, act.user
    contact.save(update_fields=["verified_at", "verified_by"])
    _log(act, "confirm_duty_contact", f"duty_contact:{contact.pk}")
    return contact


@service(verb="settle_protocol", operation=Operation.ACCESS)
def settle_protocol(
    *, agency_reference: str, values: Mapping[str, Any], starts_on: date, act: Act
) -> LocalProtocol:
    """Make the next version of an agency's protocol; earlier ones stay as they were.

    Raises:
        NotPermitted: the act is not a manager's or director's of this agency.
        RuleBroken: it would start in the past, or a value is not one a key may have.
    """
    agency = _lock_agency(agency_reference)
    access.can_settle_protocol(act, agency).require(NotPermitted)
    if starts_on < in_london(act.now).date():
        raise RuleBroken("A protocol cannot start in the past.", field="starts_on")
    protocol.check(values)

    latest = agency.protocols.order_by("-version").values_list("version", flat=True).first()
    made = LocalProtocol.objects.create(
        agency=agency,
        version=(latest or 0) + 1,
        starts_on=starts_on,
        values=dict(values),
        made_by=act.user,
        made_at=act.now,
    )
    _log(act, "settle_protocol", agency.reference, f"version:{made.version}")
    return made


# --- steps of the services above


def _log(act: Act, verb: str, *objects: str) -> None:
    """Leave the entry of a service of this module."""
    log.record(act=act, operation=Operation.ACCESS, verb=verb, objects=objects)


def _lock_agency(reference: str) -> Agency:
    """Return the agency, locked: its people and units change one act at a time."""
    agency = Agency.objects.active().select_for_update().filter(reference=reference).first()
    if agency is None:
        raise NotFound("There is no such agency.")
    return agency


def _lock_membership(reference: str, act: Act) -> Membership:
    """Return a live membership that the act's agency has, with the agency locked first."""
    memberships = Membership.objects.live(act.now).filter(reference=reference)
    if not act.is_system:
        memberships = memberships.filter(agency=act.agency)
    agency_reference = memberships.values_list("agency__reference", flat=True).first()
    if agency_reference is None:
        raise NotFound("There is no such member.")
    _lock_agency(agency_reference)
    membership = (
        memberships.select_related("agency", "user").select_for_update(of=("self",)).first()
    )
    if membership is None:
        raise NotFound("There is no such member.")
    return membership


def _keeps_an_administrator(membership: Membership, *, roles: Iterable[str], act: Act) -> None:
    """Refuse a change that would leave an agency's people unmanaged; an operator may."""
    if act.is_system or rules.MANAGES_PEOPLE in roles or Role.ADMINISTRATOR not in membership.roles:
        return
    others = Membership.objects.live(act.now).filter(
        agency=membership.agency, roles__contains=[Role.ADMINISTRATOR]
    )
    if not others.exclude(pk=membership.pk).exists():
        raise RuleBroken("This is the agency's only administrator.")


def _may_accept(invitation: Invitation, act: Act) -> None:
    """Refuse anyone but the person invited."""
    if act.user is not None:
        if act.user.email != invitation.email:
            raise NotPermitted("This invitation is for another address. Sign out to accept it.")
        if not act.user.is_active:
            raise NotPermitted("This account is closed.")
    elif User.objects.filter(email=invitation.email).exists():
        raise NotPermitted("You already have an account. Sign in, then open this page again.")


def _still_suits(invitation: Invitation) -> None:
    """Refuse an address outside the domains that the agency has now."""
    rules.may_invite(
        invitation.email,
        domains=invitation.agency.mail_domains,
        by_operator=invitation.made_by_id is None,
    ).require()


def _is_member(invitation: Invitation, act: Act) -> bool:
    """Return whether the person is a live member already."""
    if act.user is None:
        return False
    members = Membership.objects.live(act.now).filter(agency=invitation.agency)
    return members.filter(user=act.user).exists()


def _new_person(*, email: str, full_name: str, job_title: str, password: str, act: Act) -> User:
    """Make the person whose address an invitation has proved."""
    full_name = _clean(full_name, "full_name", max_length=150)
    job_title = _clean(job_title, "job_title") if job_title.strip() else ""
    try:
        validate_password(password, User(email=email, full_name=full_name))
    except ValidationError as problem:
        raise RuleBroken(" ".join(problem.messages), field="password") from problem
    user = User.objects.create_user(
        email=email,
        full_name=full_name,
        job_title=job_title,
        password=password,
        created_at=act.now,
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


def _areas(codes: Iterable[str], *, kind: AgencyKind, on: date) -> list[Area]:
    """Return the areas with these codes, each free for an agency of this kind to serve."""
    codes = list(dict.fromkeys(codes))
    areas = {area.code: area for area in Area.objects.filter(code__in=codes)}
    for code in codes:
        if code not in areas:
            raise RuleBroken(f"There is no area with the code {code}.", field="areas")
        taken = AgencyArea.objects.on(on).filter(area=areas[code], is_statutory=True)
        if _is_statutory(kind, areas[code]) and taken.exists():
            raise RuleBroken(
                f"Another agency already answers for {areas[code].name}.", field="areas"
            )
    return [areas[code] for code in codes]


def _is_statutory(kind: AgencyKind, area: Area) -> bool:
    """Return whether an agency of this kind answers for this kind of area by law.

    In Northern Ireland a health and social care trust has a council's duties.
    """
    if area.kind == AreaKind.FORCE:
        return kind == AgencyKind.FORCE
    return kind == AgencyKind.COUNCIL


def _known_roles(roles: Iterable[str]) -> list[str]:
    """Return roles in the order of `Role`, each once."""
    given = set(roles)
    if not given or given - set(Role.values):
        raise RuleBroken("Choose at least one role.", field="roles")
    return [role for role in Role.values if role in given]


def _address(email: str) -> str:
    """Return an e-mail address in lower case, or refuse it."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as problem:
        raise RuleBroken(
            "Enter an email address, like name@example.com.", field="email"
        ) from problem
    return email


def _clean(text: str, field: str, *, max_length: int = 100) -> str:
    """Return a name that is safe to store and show, or refuse it at its field."""
    try:
        cleaned = clean_name(text, max_length=max_length)
    except UnusableText as problem:
        raise RuleBroken(problem.reason, field=field) from problem
    if not cleaned:
        raise RuleBroken("Enter this.", field=field)
    return cleaned
