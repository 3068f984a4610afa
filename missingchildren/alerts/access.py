"""Who may see and answer an agency's alerts."""

from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Role
from missingchildren.alerts.models import Alert
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse

# They keep accounts and records; an answer must mean that somebody who can act has seen it.
NOT_ON_DUTY = frozenset({Role.ADMINISTRATOR.value, Role.PRIVACY_OFFICER.value})


def can_view(act: Act, alert: Alert) -> Verdict:
    """Return whether this alert came to the acting agency."""
    if act.agency_id is None or alert.agency_id != act.agency_id:
        return refuse("There is no such alert.")
    return ALLOWED


def may_answer_alerts(act: Act) -> Verdict:
    """Return whether this person answers alerts for the agency they act for."""
    if act.roles <= NOT_ON_DUTY:
        return refuse("Your role does not answer alerts. Ask a colleague on duty.")
    return ALLOWED
