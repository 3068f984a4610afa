"""Questions about agencies: who serves a place, who answers now, who belongs."""

from datetime import date, datetime
from hashlib import sha256

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from missingchildren.agencies import rules
from missingchildren.agencies.models import (
    Agency,
    AgencyArea,
    Area,
    ContactChannel,
    DutyContact,
    Invitation,
    Membership,
    Unit,
)
from missingchildren.agencies.models.people import (
    Assignment,
    MembershipQuerySet,
    UnitAssignmentQuerySet,
)
from missingchildren.core.calendar import Nation
from missingchildren.core.prepared import Parameter, Prepared


def agency_answering_for(area: Area, on: date) -> Agency | None:
    """Return the council of an authority's area, or the force of a force's area, on a day.

    None: the one that answers does not take part, so a person must be rung.
    """
    served = (
        AgencyArea.objects.on(on)
        .filter(area=area, is_statutory=True, agency__is_active=True)
        .select_related("agency")
        .first()
    )
    return served.agency if served else None


def hours_of(agency: Agency) -> rules.Hours | None:
    """Return when an agency answers; None: not known."""
    if agency.always_open:
        return rules.Hours(always=True)
    if agency.opens_at is None or agency.closes_at is None:
        return None
    return rules.Hours(
        days=frozenset(agency.opening_days), opens=agency.opens_at, closes=agency.closes_at
    )


def is_open(agency: Agency, at: datetime) -> bool:
    """Return whether an agency answers at an instant; where it has not said, in office hours."""
    hours = hours_of(agency) or rules.OFFICE_HOURS
    return rules.is_open(hours, at=at, nation=Nation(agency.nation))


def closed_until(agency: Agency, at: datetime) -> datetime | None:
    """Return when an agency opens next; None: it is open, or has not said."""
    hours = hours_of(agency)
    if hours is None or is_open(agency, at):
        return None
    return rules.opens_next_at(hours, at=at, nation=Nation(agency.nation))


def duty_unit(agency: Agency, at: datetime) -> Unit | None:
    """Return the unit that takes what is urgent at an instant; None: the agency itself does.

    The duty desk at all hours; else the front door while the agency is open and the
    emergency duty team while it is not; else whichever of the two exists.
    """
    units = {unit.kind: unit for unit in _answering_units(agency=agency.pk)}
    return rules.on_duty(units, is_open=is_open(agency, at))


@Prepared
def _answering_units() -> QuerySet[Unit]:
    return Unit.objects.filter(
        agency=Parameter("agency"), is_active=True, kind__in=rules.ANSWERS_WHEN_OPEN
    )


@Prepared
def _duty_contacts() -> QuerySet[DutyContact]:
    return (
        DutyContact.objects.live(Parameter("now"))
        .verified()
        .filter(agency=Parameter("agency"), channel=Parameter("channel"))
        .order_by("starts_at", "pk")
    )


def duty_addresses(
    *, agency_id: int, unit_id: int | None, channel: ContactChannel, at: datetime
) -> list[DutyContact]:
    """Return the verified contacts of a unit, or of its agency where the unit has none."""
    contacts = _duty_contacts(agency=agency_id, channel=channel, now=at)
    own = [contact for contact in contacts if contact.unit_id == unit_id]
    return own or [contact for contact in contacts if contact.unit_id is None]


def members_of(agency: Agency | int, at: datetime) -> MembershipQuerySet:
    """Return the live memberships of an agency, with their people, by name."""
    return (
        Membership.objects.live(at)
        .filter(agency=agency)
        .select_related("user")
        .order_by("user__full_name", "pk")
    )


def assignments_in(agency: Agency | int, at: datetime) -> UnitAssignmentQuerySet:
    """Return the live assignments to an agency's units."""
    return (
        Assignment.objects.live(at)
        .filter(unit__agency=agency)
        .select_related("unit", "membership")
        .order_by("unit__name", "pk")
    )


def open_invitation(token: str, at: datetime) -> Invitation | None:
    """Return the invitation that a token opens at an instant."""
    return (
        Invitation.objects.open(at)
        .filter(token_hash=token_hash(token), agency__is_active=True)
        .select_related("agency")
        .first()
    )


def open_invitations(agency: Agency | int, at: datetime) -> QuerySet[Invitation]:
    """Return an agency's invitations that can still be accepted, by address."""
    return Invitation.objects.open(at).filter(agency=agency).order_by("email")


def invitation_address(token: str) -> str:
    """Return the address of the page where an invitation is accepted."""
    path = reverse("agencies:invitation", kwargs={"token": token})
    return str(settings.SITE_URL).rstrip("/") + path


def token_hash(token: str) -> str:
    """Return what is kept of a token: it has 256 random bits, so no salt is needed."""
    return sha256(token.encode()).hexdigest()
