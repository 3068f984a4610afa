"""Put alerts into the outbox, inside the transaction of the act that causes them."""

import logging
import threading
from collections.abc import Collection, Iterable, Mapping

from django.db import connection, transaction
from django.db.models import QuerySet

from missingchildren.agencies import queries
from missingchildren.agencies.models import ContactChannel
from missingchildren.alerts import kinds, rules
from missingchildren.alerts.models import Alert, AlertQuerySet, Delivery, Transition
from missingchildren.alerts.rules import ChannelName, State, Urgency
from missingchildren.audit.acts import ActIds
from missingchildren.celery import app
from missingchildren.core.prepared import Parameter, Prepared, by_shape
from missingchildren.core.references import new_reference

log = logging.getLogger(__name__)


@by_shape
def _raised(*, has_unit: bool) -> AlertQuerySet:
    """Return what an event raised for one recipient."""
    recipient = {"unit": Parameter("unit")} if has_unit else {"unit": None}
    return Alert.objects.filter(
        event=Parameter("event"), kind=Parameter("kind"), agency=Parameter("agency"), **recipient
    )


@Prepared
def _just_queued() -> QuerySet[Delivery]:
    """Return the deliveries of an alert whose first step has not been written."""
    return Delivery.objects.filter(alert=Parameter("alert"), transitions=None)


@Prepared
def _locked_deliveries() -> QuerySet[Delivery]:
    deliveries = Delivery.objects.filter(alert=Parameter("alert"))
    return deliveries.order_by("pk").select_for_update()


class NoTransaction(RuntimeError):
    """An alert was raised where nothing would undo it together with its cause."""


def raise_alert(
    *,
    kind: str,
    event: str,
    agency_id: int,
    unit_id: int | None,
    child_id: int | None,
    reference: str,
    urgency: Urgency,
    act: ActIds,
) -> Alert | None:
    """Queue one alert for one recipient, or return None if this event already raised it.

    `event` names the fact once and for all ("episode_reported:ME-…"); `reference` is what the
    alert is about. Nothing else travels. The inbox has the alert as soon as the caller commits;
    a wake-up call goes to the workers then.

    Raises:
        NoTransaction: the caller has opened none.
        UnknownKind: no app registered the kind.
    """
    if not connection.in_atomic_block:
        raise NoTransaction("raise alerts inside the transaction of the act that causes them")
    kinds.by_name(kind)
    same = _raised(has_unit=unit_id is not None)
    while True:
        own_reference = new_reference("AL")
        wanted = Alert(
            reference=own_reference,
            kind=kind,
            event=event,
            agency_id=agency_id,
            unit_id=unit_id,
            child_id=child_id,
            subject_reference=reference,
            urgency=urgency,
            raised_at=act.now,
            act_id=act.id,
        )
        Alert.objects.bulk_create([wanted], ignore_conflicts=True)
        alert = same.one(event=event, kind=kind, agency=agency_id, unit=unit_id)
        if alert is not None:
            break
        # Nothing was stored and nothing was there: the reference was taken. Draw another.
    if alert.reference != own_reference:
        return None
    queue_deliveries(alert, act=act)
    transaction.on_commit(nudge)
    return alert


def queue_deliveries(alert: Alert, *, act: ActIds) -> list[Delivery]:
    """Queue what is not queued yet: one delivery per channel and contact of the recipient."""
    channels = kinds.of(alert).channels
    recipients: list[tuple[ChannelName, int | None]] = []
    if ChannelName.INBOX in channels:
        recipients.append((ChannelName.INBOX, None))
    if ChannelName.EMAIL in channels:
        contacts = queries.duty_addresses(
            agency_id=alert.agency_id,
            unit_id=alert.unit_id,
            channel=ContactChannel.EMAIL,
            at=act.now,
        )
        recipients += [(ChannelName.EMAIL, contact.pk) for contact in contacts]
    wanted = [_delivery(alert, channel, contact_id, act) for channel, contact_id in recipients]
    Delivery.objects.bulk_create(wanted, ignore_conflicts=True)
    new = _just_queued(alert=alert.pk)
    Transition.objects.bulk_create(
        [
            Transition(delivery=delivery, to_state=delivery.state, at=act.now, reason="raised")
            for delivery in new
        ]
    )
    return new


def supersede(*, events: Iterable[str], reason: str, act: ActIds) -> int:
    """End the waiting alerts of these events, and send nothing of them that is still queued.

    Returns how many alerts were ended. What was already sent stays sent.
    """
    alerts = Alert.objects.waiting().filter(event__in=list(events))
    return _end(list(alerts.order_by("pk").select_for_update()), reason=reason, act=act)


def end_unentitled(*, child_id: int, group_ids: Collection[int], act: ActIds) -> int:
    """End what waits about a child at agencies (by group) that may no longer have it.

    Called when parts end, so that no inbox leads to a record that is closed; each kind says who
    is entitled. Returns how many alerts were ended.
    """
    waiting = (
        Alert.objects.waiting()
        .filter(child_id=child_id, agency__group_id__in=list(group_ids))
        .select_related("agency")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    alerts = [alert for alert in waiting if not kinds.of(alert).still_entitled(alert, act.now)]
    return _end(alerts, reason="the part has ended", act=act)


def move_to_child(*, from_id: int, to_id: int) -> None:
    """Let what was raised about one record be about another: the two are of one child."""
    Alert.objects.filter(child_id=from_id).update(child_id=to_id)


def _end(alerts: list[Alert], *, reason: str, act: ActIds) -> int:
    """End these alerts, which are locked."""
    if not connection.in_atomic_block:
        raise NoTransaction("end alerts inside the transaction of the act that causes it")
    for alert in alerts:
        alert.ended_at, alert.ended_reason = act.now, reason
        alert.save(update_fields=["ended_at", "ended_reason"])
        move_deliveries(alert, {State.QUEUED: State.SUPERSEDED}, act=act, reason=reason)
    return len(alerts)


def move_deliveries(
    alert: Alert, moves: Mapping[State, State], *, act: ActIds, reason: str
) -> None:
    """Move the alert's deliveries on, and write each step.

    All of them are locked first, also those that a worker is sending now: its result is then
    written either before this, and moved here, or after, when the worker sees the alert's end.
    """
    steps = []
    for delivery in _locked_deliveries(alert=alert.pk):
        old = State(delivery.state)
        new = moves.get(old)
        if new is None:
            continue
        delivery.state = new
        delivery.save(update_fields=["state"])
        steps.append(
            Transition(delivery=delivery, from_state=old, to_state=new, at=act.now, reason=reason)
        )
    Transition.objects.bulk_create(steps)


def _delivery(
    alert: Alert, channel: ChannelName, contact_id: int | None, act: ActIds, rung: int = 0
) -> Delivery:
    state = rules.ENTRY[channel]
    return Delivery(
        alert=alert,
        channel=channel,
        contact_id=contact_id,
        rung=rung,
        idem_key=rules.idempotency_key(
            event=alert.event,
            kind=alert.kind,
            rung=rung,
            agency_id=alert.agency_id,
            unit_id=alert.unit_id,
            channel=channel,
            contact_id=contact_id,
        ),
        state=state,
        urgency=alert.urgency,
        queued_at=act.now,
        due_at=act.now,
        accepted_at=act.now if state == State.ACCEPTED else None,
    )


class _Nudger:
    """One thread per process that wakes the workers, so that no request ever waits for Redis.

    Calls that come while one is under way, or while Redis hangs, melt into one.
    """

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def ask(self) -> None:
        self._asked.set()
        with self._starting:
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._run, name="alert-nudge", daemon=True)
                self._thread.start()

    def _run(self) -> None:
        while self._asked.wait():
            self._asked.clear()
            try:
                wake_workers()
            except Exception as failure:
                log.info("wake-up call failed, the pollers will see it: %s", type(failure).__name__)


_nudger = _Nudger()


def nudge() -> None:
    """Ask the workers to look at the outbox now; costs the caller nothing and may fail."""
    _nudger.ask()


def wake_workers() -> None:
    """Publish the wake-up call; takes as long as the broker's socket limits allow."""
    app.send_task("missingchildren.alerts.tasks.deliver_due_alerts", expires=30, retry=False)
