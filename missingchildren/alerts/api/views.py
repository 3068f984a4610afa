"""Operations on an agency's alerts: list, show, acknowledge."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from missingchildren.agencies.api import Endpoint, acting, asked, once, operation, typed
from missingchildren.alerts import kinds, queries, services
from missingchildren.alerts.models import Alert
from missingchildren.alerts.queries import Box
from missingchildren.alerts.rules import ChannelName, State, Urgency
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import In, Instant, Nothing, OneOf, Out, Reference


class AlertsQuery(In):
    """Which alerts to list."""

    box = OneOf([box.value for box in Box], required=False, default=Box.OURS.value)
    after = serializers.CharField(
        max_length=100, required=False, default="", help_text="`next` of the page before"
    )


class AlertOut(Out):
    """An alert to the acting agency."""

    reference = Reference()
    title = serializers.CharField()
    subject_reference = serializers.CharField(help_text="What it is about")
    unit = serializers.CharField(allow_null=True, help_text="Null: the whole agency")
    urgency = OneOf([urgency.word for urgency in Urgency])
    raised_at = Instant()
    acknowledged_at = Instant(allow_null=True)
    acknowledged_by = serializers.CharField(allow_null=True)
    ended_at = Instant(allow_null=True, help_text="Since when it is no longer needed")


class AlertPageOut(Out):
    """One page of alerts."""

    results = AlertOut(many=True)
    next = serializers.CharField(
        allow_null=True, help_text="Send it as `after` for the next page; null on the last"
    )


class DeliveryOut(Out):
    """How an alert was sent."""

    channel = OneOf([channel.value for channel in ChannelName])
    state = OneOf([state.value for state in State])


class OneAlertOut(AlertOut):
    """An alert, and how it was sent."""

    deliveries = DeliveryOut(many=True)


def alert_out(alert: Alert) -> dict[str, Any]:
    """Return an alert."""
    by = alert.acknowledged_by
    return {
        "reference": alert.reference,
        "title": kinds.of(alert).title,
        "subject_reference": alert.subject_reference,
        "unit": alert.unit.name if alert.unit else None,
        "urgency": alert.urgency_word,
        "raised_at": alert.raised_at,
        "acknowledged_at": alert.acknowledged_at,
        "acknowledged_by": by.user.full_name if by else None,
        "ended_at": alert.ended_at,
    }


def _note(request: Request, *alerts: Alert) -> None:
    """Say in the act log whom these alerts are about."""
    reading_of(request).of(
        [alert.child_id for alert in alerts if alert.child_id is not None],
        *[alert.reference for alert in alerts],
    )


def _shown(request: Request, reference: str) -> dict[str, Any]:
    alert = queries.alert_of_agency(act=acting(request), reference=reference)
    if alert is None:
        raise NotFound("There is no such alert.")
    _note(request, alert)
    deliveries = [{"channel": each.channel, "state": each.state} for each in alert.deliveries.all()]
    return {**alert_out(alert), "deliveries": deliveries}


class Alerts(Endpoint):
    """The alerts of the acting agency."""

    @operation(
        "listAlerts",
        verb="alerts.inbox",
        tag="alerts",
        gives=AlertPageOut,
        asks=AlertsQuery,
        hides=False,
    )
    def get(self, request: Request) -> dict[str, Any]:
        """List the agency's alerts: the person's own units', other units', the settled ones."""
        wanted = asked(request, AlertsQuery)
        page = queries.inbox(act=acting(request), box=Box(wanted["box"]), after=wanted["after"])
        _note(request, *page.alerts)
        return {"results": [alert_out(alert) for alert in page.alerts], "next": page.after or None}


class OneAlert(Endpoint):
    """One alert."""

    @operation("getAlert", verb="alerts.open", tag="alerts", gives=OneAlertOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show an alert, and how it was sent."""
        return _shown(request, reference)


class Acknowledge(Endpoint):
    """The answer to an alert."""

    @operation(
        "acknowledgeAlert",
        verb="alerts.acknowledge",
        tag="alerts",
        gives=OneAlertOut,
        takes=Nothing,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Answer an alert for the agency; whoever comes second is told who was first."""
        _shown(request, reference)
        typed(request, Nothing)
        once(
            request,
            lambda: services.acknowledge(reference=reference, act=acting(request)).reference,
        )
        return _shown(request, reference)
