"""What cases answers when alerts asks: may this agency still have it, and where does it lead?"""

from datetime import datetime

from django.urls import reverse

from cases.access import agency_opens
from cases.models import Child, Deadline, Grant, MatchQuestion, Report
from cases.services.deadlines import kind_of
from missingchildren.alerts.kinds import AlertKind, register
from missingchildren.alerts.models import Alert
from missingchildren.audit.acts import database_now


def may_open_child(alert: Alert, now: datetime) -> bool:
    """Return whether the recipient's group may open the child at `now`."""
    return agency_opens(child_id=alert.child_id or 0, agency=alert.agency, now=now)


def had_a_part(alert: Alert, _now: datetime) -> bool:
    """Return whether the recipient had a part in the episode that the alert is about.

    For the message that a child is back: whoever was told of the first is told of the second,
    though their part has ended with it.
    """
    return Grant.objects.filter(agency_id=alert.agency_id, child=alert.child_id or 0).exists()


def reported_it(alert: Alert, _now: datetime) -> bool:
    """Return whether the recipient made a report in this episode."""
    return Report.objects.filter(
        owner_id=alert.agency_id, episode__reference=alert.subject_reference
    ).exists()


def still_asked(alert: Alert, now: datetime) -> bool:
    """Return whether the question is still this agency's to answer."""
    return MatchQuestion.objects.filter(
        reference=alert.subject_reference, agency_id=alert.agency_id, answer=""
    ).exists() and may_open_child(alert, now)


def _owed(alert: Alert) -> Deadline | None:
    """Return what the recipient still owes, if they do."""
    return (
        Deadline.objects.running()
        .filter(own_reference=alert.subject_reference, agency_id=alert.agency_id)
        .select_related("child")
        .first()
    )


def still_owes(alert: Alert, now: datetime) -> bool:
    """Return whether the recipient still owes it, and may open the child."""
    return _owed(alert) is not None and may_open_child(alert, now)


def to_what_is_owed(alert: Alert) -> str:
    """Return where it is done, or "" once it is, or where the record is closed to the recipient."""
    deadline = _owed(alert)
    if deadline is None or not may_open_child(alert, database_now()):
        return ""
    return kind_of(deadline).opens(deadline)


def to_child(alert: Alert) -> str:
    """Return the address of the child's page, which asks again who is looking.

    Or "" where the recipient's part has ended: the alert then speaks for itself.
    """
    if not may_open_child(alert, database_now()):
        return ""
    child = Child.objects.filter(pk=alert.child_id or 0).first()
    return reverse("cases:child", args=[child.reference]) if child else ""


def to_receipt(alert: Alert) -> str:
    """Return the address of the recipient's own receipt."""
    report = (
        Report.objects.filter(owner_id=alert.agency_id, episode__reference=alert.subject_reference)
        .order_by("pk")
        .first()
    )
    return reverse("cases:receipt", args=[report.reference]) if report else ""


def to_match(alert: Alert) -> str:
    """Return the address of the question, or "" where its record is closed to the recipient."""
    if not may_open_child(alert, database_now()):
        return ""
    return reverse("cases:match", args=[alert.subject_reference])


KINDS = (
    AlertKind(
        name="cases.report_received",
        title="A child is reported missing: read and accept the report",
        still_entitled=may_open_child,
        open_url=to_child,
    ),
    AlertKind(
        name="cases.report_accepted",
        title="The police have accepted your report",
        still_entitled=reported_it,
        open_url=to_receipt,
    ),
    AlertKind(
        name="cases.child_missing",
        title="A child your agency is part of is missing",
        still_entitled=may_open_child,
        open_url=to_child,
    ),
    AlertKind(
        name="cases.question_asked",
        title="The police ask what you know about a child",
        still_entitled=may_open_child,
        open_url=to_child,
    ),
    AlertKind(
        name="cases.child_returned",
        title="A child who was missing is back",
        still_entitled=had_a_part,
        open_url=to_child,
    ),
    AlertKind(
        name="cases.child_located",
        title="A child who was missing is found, and not home yet",
        still_entitled=had_a_part,
        open_url=to_child,
    ),
    AlertKind(
        name="cases.chased",
        title="Somebody is waiting for something that is yours to do",
        still_entitled=still_owes,
        open_url=to_what_is_owed,
    ),
    AlertKind(
        name="cases.match_question",
        title="Is this the same child?",
        still_entitled=still_asked,
        open_url=to_match,
    ),
)


def register_kinds() -> None:
    """Make this app's alert kinds known."""
    for kind in KINDS:
        register(kind)
