"""Questions about alerts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.db.models.functions import JSONObject

from missingchildren.agencies.acts import Act
from missingchildren.alerts.models import Alert, AlertQuerySet, Delivery, Heartbeat
from missingchildren.audit.acts import database_now
from missingchildren.core.prepared import Parameter
from missingchildren.core.references import normalise_reference

PAGE = 25
MOST_COUNTED = 100


class Box(StrEnum):
    """A list of an agency's alerts."""

    # For the person's own units, and for nobody in particular.
    OURS = "ours"
    # For other units of the agency.
    OTHERS = "others"
    SETTLED = "settled"


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of a list; `after`, the last alert's reference, leads to the next one, or is ""."""

    alerts: list[Alert]
    after: str


def inbox(*, act: Act, box: Box, after: str = "", size: int = PAGE) -> Page:
    """Return one page of the acting agency's alerts.

    Waiting ones come most urgent first, then newest; settled ones newest first. `after` is what an
    earlier page gave; anything that is no alert of the agency starts from the beginning.
    """
    alerts = _in_box(act, box)
    position = _position(act, after)
    if box == Box.SETTLED:
        alerts = alerts.order_by("-raised_at", "-pk")
        if position is not None:
            _urgency, raised_at, key = position
            alerts = alerts.filter(raised_at__lte=raised_at).exclude(
                raised_at=raised_at, pk__gte=key
            )
    else:
        alerts = alerts.order_by("-urgency", "-raised_at", "-pk")
        if position is not None:
            urgency, raised_at, key = position
            alerts = alerts.filter(urgency__lte=urgency).filter(
                Q(urgency__lt=urgency)
                | Q(raised_at__lt=raised_at)
                | Q(raised_at=raised_at, pk__lt=key)
            )
    rows = list(alerts.select_related("unit", "acknowledged_by__user")[: size + 1])
    more = len(rows) > size
    return Page(alerts=rows[:size], after=rows[size - 1].reference if more else "")


def unread_count(*, act: Act) -> int:
    """Return how many alerts wait for the person's own units, counted up to 100."""
    return len(_in_box(act, Box.OURS).values_list("pk")[:MOST_COUNTED])


def alert_of_agency(*, act: Act, reference: str) -> Alert | None:
    """Return one of the acting agency's alerts, with how it was sent."""
    return (
        Alert.objects.filter(reference=reference, agency=act.agency_id)
        .select_related("agency", "unit", "acknowledged_by__user")
        .prefetch_related("deliveries")
        .first()
    )


def alerts_about(*, child_id: int | Parameter, reference: str = "") -> AlertQuerySet:
    """Return what was raised about a child, or about one thing of hers, newest first.

    Each comes with its agency, unit, who answered, and `sent`: the channel and the state of each
    delivery. The caller decides who may know of it, and how many are shown.
    """
    alerts = Alert.objects.filter(child_id=child_id)
    if reference:
        alerts = alerts.filter(subject_reference=reference)
    deliveries = Delivery.objects.filter(alert=OuterRef("pk"))
    sent = deliveries.values(one=JSONObject(channel=F("channel"), state=F("state")))
    return (
        alerts.select_related("agency", "unit", "acknowledged_by__user", "acknowledged_by__agency")
        .annotate(sent=ArraySubquery(sent))
        .order_by("-raised_at", "-pk")
    )


def deliveries_for(child_id: int) -> list[Delivery]:
    """Return what was sent about a child, newest first: by which channel, to whom, how it stands."""
    return list(
        Delivery.objects.filter(alert__child_id=child_id)
        .select_related("alert__agency", "alert__unit", "alert__acknowledged_by__user")
        .order_by("-alert__raised_at", "-alert_id", "pk")
    )


def oldest_unsent_age() -> timedelta | None:
    """Return how long the most overdue delivery has waited, by the database's clock."""
    oldest = Delivery.objects.overdue().order_by("due_at").values_list("due_at", flat=True).first()
    return None if oldest is None else database_now() - oldest


def newest_heartbeat_age() -> timedelta | None:
    """Return how long ago any worker last proved that it reaches the outbox; None if never."""
    newest = Heartbeat.objects.order_by("-at").values_list("at", flat=True).first()
    return None if newest is None else database_now() - newest


def _in_box(act: Act, box: Box) -> AlertQuerySet:
    if act.agency_id is None:
        return Alert.objects.none()
    alerts = Alert.objects.filter(agency_id=act.agency_id)
    if box == Box.SETTLED:
        return alerts.settled()
    ours = Q(unit=None) | Q(unit__in=act.unit_ids)
    return alerts.waiting().filter(ours if box == Box.OURS else ~ours)


def _position(act: Act, after: str) -> tuple[int, datetime, int] | None:
    """Return where an alert of the agency stands, whatever became of it since."""
    reference = normalise_reference(after, "AL")
    if reference is None:
        return None
    return (
        Alert.objects.filter(reference=reference, agency=act.agency_id)
        .values_list("urgency", "raised_at", "pk")
        .first()
    )
