"""What interviews answer to facts of the record, and what alerts asks of them."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from cases.models import MissingEpisode
from cases.receivers import may_open_child
from missingchildren.agencies.acts import Act
from missingchildren.alerts.kinds import AlertKind, register
from missingchildren.alerts.models import Alert
from missingchildren.audit.acts import database_now
from returninterviews.models import Interview, Summary
from returninterviews.services import interviews

# --- the interview


def open_on_located(*, episode: MissingEpisode, act: Act, **_: Any) -> None:
    """Open the interview that is owed when a child is located: it may start before they are home."""
    interviews.open_interview(episode=episode, act=act)


def open_on_returned(*, episode: MissingEpisode, act: Act, **_: Any) -> None:
    """Open the interview that is owed when a child is back, and start its 72 hours."""
    interviews.open_interview(episode=episode, act=act)


def is_councils(alert: Alert, now: datetime) -> bool:
    """Return whether the interview is still the recipient's to see to."""
    return (
        may_open_child(alert, now)
        and Interview.objects.filter(
            reference=alert.subject_reference, council=alert.agency_id
        ).exists()
    )


def is_providers(alert: Alert, now: datetime) -> bool:
    """Return whether the interview is still referred to the recipient."""
    return (
        may_open_child(alert, now)
        and Interview.objects.filter(
            reference=alert.subject_reference, provider=alert.agency_id
        ).exists()
    )


def is_holders(alert: Alert, now: datetime) -> bool:
    """Return whether the interview is the recipient's, as council or as provider."""
    return is_councils(alert, now) or is_providers(alert, now)


def has_summary(alert: Alert, now: datetime) -> bool:
    """Return whether a summary is the recipient's, and its child is open to it."""
    return (
        may_open_child(alert, now)
        and Summary.objects.filter(
            reference=alert.subject_reference, agency=alert.agency_id
        ).exists()
    )


def to_interview(alert: Alert) -> str:
    """Return the address of the interview, or "" where it is closed to the recipient."""
    if not is_holders(alert, database_now()):
        return ""
    return reverse("returninterviews:interview", args=[alert.subject_reference])


def to_summary(alert: Alert) -> str:
    """Return the address of the summary, or "" where it is closed to the recipient."""
    if not has_summary(alert, database_now()):
        return ""
    return reverse("returninterviews:summary", args=[alert.subject_reference])


INTERVIEW_KINDS = (
    AlertKind(
        name="returninterviews.due",
        title="A return home interview is due: offer it, or refer it",
        still_entitled=is_councils,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.referred",
        title="A return home interview is referred to you",
        still_entitled=is_providers,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.not_held",
        title="A return home interview was not held",
        still_entitled=is_councils,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.signed",
        title="A return home interview is signed: read and accept it",
        still_entitled=is_councils,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.summary",
        title="What a child said is shared with you: read it",
        still_entitled=has_summary,
        open_url=to_summary,
    ),
    AlertKind(
        name="returninterviews.answered",
        title="The police have said what they did with a summary",
        still_entitled=is_holders,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.accepted",
        title="The council has accepted your return home interview",
        still_entitled=is_providers,
        open_url=to_interview,
    ),
)


def register_interview_kinds() -> None:
    """Make the alert kinds of interviews known."""
    for kind in INTERVIEW_KINDS:
        register(kind)
