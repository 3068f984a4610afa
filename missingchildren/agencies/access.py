"""Who may manage an agency and its people."""

from collections.abc import Iterable

from missingchildren.agencies import rules
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, DutyContact, Membership
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse


def can_add_agencies(act: Act) -> Verdict:
    """Only an operator adds agencies and deactivates people, by a command."""
    return ALLOWED if act.is_system else refuse("Only an operator does this.")


def can_manage_people(act: Act, agency: Agency, roles: Iterable[str] = ()) -> Verdict:
    """Decide whether the act may give or take these roles in an agency: its own administrator's."""
    if act.is_system:
        return ALLOWED
    if act.agency_id != agency.pk:
        return refuse("You can manage only your own agency's people.")
    return rules.may_manage(act.roles, roles)


def can_change_membership(act: Act, membership: Membership) -> Verdict:
    """Decide whether the act may change or end a membership: never one's own."""
    if act.membership_id == membership.pk:
        return refuse("Another administrator must change your own membership.")
    return can_manage_people(act, membership.agency, membership.roles)


def can_settle_protocol(act: Act, agency: Agency) -> Verdict:
    """Decide whether the act may make a version of the agency's protocol."""
    if act.is_system or (act.agency_id == agency.pk and act.roles & rules.SETTLES_PROTOCOL):
        return ALLOWED
    return refuse("Only a manager or director of the agency settles its protocol.")


def can_confirm_contact(act: Act, contact: DutyContact) -> Verdict:
    """Decide whether the act may say that a contact was tried: whoever the trial reached may."""
    if act.agency_id == contact.agency_id:
        return ALLOWED
    return refuse("Only the agency itself confirms its contacts.")
