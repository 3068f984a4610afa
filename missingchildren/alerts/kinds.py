"""What each kind of alert says, where it leads, and whether its recipient may still have it.

Apps register their kinds in `apps.py`; this app knows kinds by name only.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse

from missingchildren.alerts.models import Alert
from missingchildren.alerts.rules import ChannelName


@dataclass(frozen=True, kw_only=True)
class Message:
    """What is sent: no name, date of birth, place or other personal detail."""

    subject: str
    body: str


class UnknownKind(LookupError):
    """No app has registered this kind."""


def from_template(alert: Alert) -> Message:
    """Render `alerts/<kind>.txt`, or `alerts/message.txt`: first line subject, the rest body.

    The template is given references, urgency, the agency's name and a link, and cannot reach
    anything else.
    """
    context = {
        "reference": alert.reference,
        "subject_reference": alert.subject_reference,
        "urgency": alert.urgency_word,
        "title": of(alert).title,
        "agency": alert.agency.name,
        "unit": alert.unit.name if alert.unit else "",
        "link": link(alert),
    }
    template = Engine.get_default().select_template(
        [f"alerts/{alert.kind}.txt", "alerts/message.txt"]
    )
    text = template.render(Context(context, autoescape=False)).strip()
    subject, _, body = text.partition("\n")
    return Message(subject=" ".join(subject.split()), body=body.strip() + "\n")


def link(alert: Alert) -> str:
    """Return the address that a message shows; it asks for sign-in and checks access again."""
    path = reverse("alerts:detail", kwargs={"reference": alert.reference})
    return f"{settings.SITE_URL.rstrip('/')}{path}"


@dataclass(frozen=True, kw_only=True)
class AlertKind:
    """One kind of alert.

    `still_entitled` is asked right before each sending, with the database's time; `open_url` is
    where the alert leads a person of the recipient agency, or "" to show the alert itself.
    """

    name: str
    title: str
    still_entitled: Callable[[Alert, datetime], bool]
    open_url: Callable[[Alert], str]
    render: Callable[[Alert], Message] = from_template
    channels: frozenset[ChannelName] = frozenset(ChannelName)


_kinds: dict[str, AlertKind] = {}


def register(kind: AlertKind) -> None:
    """Make a kind known; twice the same is harmless, two under one name are not.

    Raises:
        ValueError: another kind has this name.
    """
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"alert kind {kind.name} is already registered")


def registered() -> Mapping[str, AlertKind]:
    """Return every kind by name."""
    return dict(_kinds)


def by_name(name: str) -> AlertKind:
    """Return the kind.

    Raises:
        UnknownKind: nobody registered it.
    """
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(name) from None


def of(alert: Alert) -> AlertKind:
    """Return the kind of an alert."""
    return by_name(alert.kind)


def _always(_alert: Alert, _now: datetime) -> bool:
    return True


def _itself(_alert: Alert) -> str:
    return ""


# Tells an agency that a message could not be brought to it; only its inbox can carry that.
DEAD_LETTER = AlertKind(
    name="alerts.dead_letter",
    title="An alert could not be sent to you",
    still_entitled=_always,
    open_url=_itself,
    channels=frozenset({ChannelName.INBOX}),
)
