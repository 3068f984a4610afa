"""The alerts inbox, one alert, and its answer."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from missingchildren.agencies.acting import act_for, acting
from missingchildren.agencies.acts import Act
from missingchildren.alerts import access, kinds, queries, services
from missingchildren.alerts.models import Alert, Delivery
from missingchildren.alerts.queries import Box
from missingchildren.alerts.rules import ChannelName, State, Urgency
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.references import normalise_reference
from missingchildren.core.verdicts import NotFound
from missingchildren.web.components import Link
from missingchildren.web.navigation import Item
from missingchildren.web.templatetags.web import written

BOXES = {Box.OURS: "For you", Box.OTHERS: "For other units", Box.SETTLED: "Answered"}
COLOURS = {
    Urgency.IMMEDIATE: "red",
    Urgency.URGENT: "orange",
    Urgency.SOON: "yellow",
    Urgency.ROUTINE: "grey",
}
STANDS = {
    State.QUEUED: "Waiting to be sent",
    State.SENDING: "Being sent",
    State.ACCEPTED: "Sent",
    State.DELIVERED: "Delivered",
    State.ACKNOWLEDGED: "Acknowledged",
    State.WITHHELD: "Not sent: the recipient may no longer have it",
    State.SUPERSEDED: "Not sent: no longer needed",
    State.BOUNCED: "Came back",
    State.DEAD: "Could not be sent",
    State.PARKED: "Could not be sent",
}
IN_THE_INBOX = "In the inbox"


def _unread(request: HttpRequest) -> int:
    return queries.unread_count(act=act_for(request))


def _acts_for_an_agency(request: HttpRequest) -> bool:
    return acting(request) is not None


IN_THE_HEADER = Item(
    name="Alerts",
    url_name="alerts:inbox",
    order=50,
    visible=_acts_for_an_agency,
    count=_unread,
    count_label="not acknowledged",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One alert as pages show it."""

    alert: Alert
    title: str
    recipient: str
    urgency: str
    colour: str


@require_GET
@reads("alerts.inbox")
def inbox(request: HttpRequest) -> HttpResponse:
    """List the acting agency's alerts: one's own units', the others', the answered ones."""
    act = act_for(request)
    box = _box(request)
    page = queries.inbox(act=act, box=box, after=request.GET.get("after", ""))
    _note(request, *page.alerts)
    context = {
        "box": box.value,
        "links": _links(act, box),
        "lines": [_line(alert) for alert in page.alerts],
        "next": _address(box, after=page.after) if page.after else "",
        "first": _address(box) if "after" in request.GET else "",
        "may_answer": access.may_answer_alerts(act),
    }
    return render(request, "alerts/inbox.html", context)


@require_GET
@reads("alerts.open")
def detail(request: HttpRequest, reference: str) -> HttpResponse:
    """Go where the alert leads, or show it where it leads nowhere."""
    act = act_for(request)
    alert = queries.alert_of_agency(act=act, reference=_stored(reference))
    if alert is None:
        raise NotFound("There is no such alert.")
    _note(request, alert)
    address = kinds.of(alert).open_url(alert)
    if address:
        return redirect(address)
    context = {
        "line": _line(alert),
        "deliveries": [(_channel(each), _stands(each)) for each in alert.deliveries.all()],
        "may_answer": access.may_answer_alerts(act),
    }
    return render(request, "alerts/detail.html", context)


@require_POST
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer an alert, then go where it leads."""
    act = act_for(request)
    alert = services.acknowledge(reference=_stored(reference), act=act)
    messages.success(request, _who_answered(alert, act))
    return redirect(kinds.of(alert).open_url(alert) or "alerts:inbox")


def _box(request: HttpRequest) -> Box:
    try:
        return Box(request.GET.get("box", Box.OURS))
    except ValueError:
        raise NotFound("There is no such list.") from None


def _stored(reference: str) -> str:
    return normalise_reference(reference, "AL") or ""


def _note(request: HttpRequest, *alerts: Alert) -> None:
    """Say in the act log whom these alerts are about."""
    reading_of(request).of(
        [alert.child_id for alert in alerts if alert.child_id is not None],
        *[alert.reference for alert in alerts],
    )


def _links(act: Act, current: Box) -> list[Link]:
    counts = {Box.OURS: queries.unread_count(act=act)}
    return [
        Link(
            text=text,
            href=_address(box),
            current=box == current,
            count=counts.get(box, 0),
            count_label="not acknowledged",
        )
        for box, text in BOXES.items()
    ]


def _address(box: Box, **more: str) -> str:
    return f"{reverse('alerts:inbox')}?{urlencode({'box': box.value, **more})}"


def _line(alert: Alert) -> Line:
    urgency = Urgency(alert.urgency)
    return Line(
        alert=alert,
        title=kinds.of(alert).title,
        recipient=alert.unit.name if alert.unit else "the whole agency",
        urgency=urgency.word.capitalize(),
        colour=COLOURS[urgency],
    )


def _channel(delivery: Delivery) -> str:
    return "Email" if delivery.channel == ChannelName.EMAIL else "This service"


def _stands(delivery: Delivery) -> str:
    if delivery.channel == ChannelName.INBOX and delivery.state == State.ACCEPTED:
        return IN_THE_INBOX
    return STANDS[State(delivery.state)]


def _who_answered(alert: Alert, act: Act) -> str:
    if alert.acknowledged_at is None or alert.acknowledged_by is None:
        raise ValueError(f"{alert.reference} is not acknowledged")
    if alert.acknowledged_at == act.now and alert.acknowledged_by_id == act.membership_id:
        return f"You acknowledged {alert.reference}. Nobody else is asked to answer it."
    who, at = alert.acknowledged_by.user.full_name, written(alert.acknowledged_at)
    return f"{who} already acknowledged {alert.reference} on {at}."
