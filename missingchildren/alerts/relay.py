"""Bring queued deliveries to their channels: claim with a lease, send outside it, write the result.

At least once: a worker that dies after sending leaves its lease to expire, and the next one sends
again under the same key. Every instant is the database's.
"""

import logging
import os
import random
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID, uuid4

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction

from missingchildren.agencies.acts import system_act
from missingchildren.agencies.models import DutyContact, Unit
from missingchildren.alerts import channels, kinds, outbox, rules
from missingchildren.alerts.channels import Answer, Result
from missingchildren.alerts.kinds import Message
from missingchildren.alerts.models import Alert, Delivery, Transition
from missingchildren.alerts.rules import ChannelName, State, Urgency
from missingchildren.audit.acts import Channel, database_now

log = logging.getLogger(__name__)

CLAIM = """
    WITH claimed AS (
        SELECT id, state
          FROM alerts_delivery
         WHERE state IN ('queued', 'sending')
           AND due_at <= now()
           AND (locked_until IS NULL OR locked_until < now())
         ORDER BY urgency DESC, due_at, id
         LIMIT 1
           FOR UPDATE SKIP LOCKED
    ), taken AS (
        UPDATE alerts_delivery
           SET state = 'sending', lease = %(lease)s, locked_by = %(worker)s,
               locked_until = now() + %(seconds)s * interval '1 second', attempts = attempts + 1
         WHERE id IN (SELECT id FROM claimed)
        RETURNING id
    ), logged AS (
        INSERT INTO alerts_transition (delivery_id, from_state, to_state, at, worker, reason)
        SELECT id, from_state, to_state, now(), %(worker)s, reason
          FROM (SELECT id, 1 AS step, 'sending' AS from_state, 'queued' AS to_state,
                       'lease_expired' AS reason
                  FROM claimed WHERE state = 'sending'
                UNION ALL
                SELECT id, 2, 'queued', 'sending', 'claimed' FROM claimed) AS steps
         ORDER BY step
    )
    SELECT id FROM taken
"""

RETURN_EXPIRED = """
    WITH expired AS (
        SELECT id FROM alerts_delivery
         WHERE state = 'sending' AND locked_until < now()
           FOR UPDATE SKIP LOCKED
    ), returned AS (
        UPDATE alerts_delivery
           SET state = 'queued', lease = NULL, locked_by = '', locked_until = NULL
         WHERE id IN (SELECT id FROM expired)
        RETURNING id
    ), logged AS (
        INSERT INTO alerts_transition (delivery_id, from_state, to_state, at, worker, reason)
        SELECT id, 'sending', 'queued', now(), %(worker)s, 'lease_expired' FROM expired
    )
    SELECT count(*) FROM returned
"""


@dataclass(frozen=True, kw_only=True)
class Claim:
    """One delivery, for as long as its lease holds."""

    delivery_id: int
    lease: UUID


@dataclass(frozen=True, kw_only=True)
class Letter:
    """What leaves the database's hands: everything one sending needs."""

    channel: ChannelName
    message: Message
    address: str
    idem_key: str


@dataclass(frozen=True, kw_only=True)
class NotSent:
    """Why a delivery was not tried: the state it goes to, and the reason's code."""

    state: State
    reason: str


def this_worker() -> str:
    """Return the name this process and thread writes beside its leases."""
    return f"{socket.gethostname()[:50]}:{os.getpid()}:{threading.current_thread().name[:30]}"


def deliver_next() -> bool:
    """Deliver the most urgent due delivery; return whether there was one.

    Must not run inside a transaction: a slow mail server would hold it open.
    """
    claim = _claim()
    if claim is None:
        return False
    try:
        letter = _prepare(claim)
    except (OperationalError, InterfaceError):
        raise  # The database is gone: nothing is known of the message, the lease will expire.
    except Exception as failure:
        log.exception("delivery %s could not be prepared", claim.delivery_id)
        _record(claim, partial(_poisoned, reason=type(failure).__name__))
        return True
    if isinstance(letter, NotSent):
        _record(claim, partial(_not_sent, outcome=letter))
    else:
        _attempt(claim, letter)
    return True


def return_expired() -> int:
    """Put deliveries of dead workers back into the queue; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(RETURN_EXPIRED, {"worker": this_worker()})
        returned: int = cursor.fetchone()[0]
    if returned:
        log.warning("returned %s expired leases", returned)
    return returned


def beat(worker: str) -> None:
    """Write that this worker can reach the outbox."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO alerts_heartbeat (worker, at) VALUES (%s, now())"
            " ON CONFLICT (worker) DO UPDATE SET at = now()",
            [worker[:100]],
        )


def _claim() -> Claim | None:
    lease = uuid4()
    with connection.cursor() as cursor:
        cursor.execute(
            CLAIM,
            {
                "lease": lease.hex,
                "worker": this_worker(),
                "seconds": settings.ALERT_LEASE_SECONDS,
            },
        )
        row = cursor.fetchone()
    return None if row is None else Claim(delivery_id=row[0], lease=lease)


def _prepare(claim: Claim) -> Letter | NotSent:
    """Decide, as things stand now, whether to send, and write the message."""
    with transaction.atomic():
        now = database_now()
        delivery = Delivery.objects.select_related("alert__agency", "alert__unit", "contact").get(
            pk=claim.delivery_id
        )
        alert = delivery.alert
        if delivery.attempts > rules.MOST_TRIES:
            return NotSent(state=State.DEAD, reason="tries_used_up")
        if alert.is_settled:
            reason = "acknowledged" if alert.acknowledged_at else alert.ended_reason
            return NotSent(state=State.SUPERSEDED, reason=reason[:40])
        kind = kinds.of(alert)
        if not kind.still_entitled(alert, now):
            return NotSent(state=State.WITHHELD, reason="not_entitled")
        if not _may_use(delivery.contact, alert, now):
            return NotSent(state=State.WITHHELD, reason="contact_not_valid")
        return Letter(
            channel=ChannelName(delivery.channel),
            message=kind.render(alert),
            address=delivery.contact.address if delivery.contact else "",
            idem_key=delivery.idem_key,
        )


def _may_use(contact: DutyContact | None, alert: Alert, now: datetime) -> bool:
    """Return whether the address is live, verified, and still the recipient's own."""
    return (
        contact is not None
        and contact.agency_id == alert.agency_id
        and contact.unit_id in {None, alert.unit_id}
        and contact.verified_at is not None
        and contact.starts_at <= now
        and (contact.ends_at is None or contact.ends_at > now)
    )


def _attempt(claim: Claim, letter: Letter) -> None:
    """Send outside any transaction, then write what came of it."""
    try:
        result = channels.SENDERS[letter.channel](
            message=letter.message, address=letter.address, idem_key=letter.idem_key
        )
    except Exception as failure:
        log.exception("delivery %s could not be written", claim.delivery_id)
        _record(claim, partial(_poisoned, reason=type(failure).__name__))
    else:
        _record(claim, partial(_sent, result=result))


def _record(claim: Claim, settle: Callable[[Delivery], None]) -> None:
    """Write an outcome, unless the lease went to another worker meanwhile."""
    with transaction.atomic():
        delivery = (
            Delivery.objects.select_for_update(of=("self",))
            .filter(pk=claim.delivery_id, lease=claim.lease, state=State.SENDING)
            .first()
        )
        if delivery is None:
            log.warning("delivery %s: the lease was lost, result dropped", claim.delivery_id)
            return
        settle(delivery)


def _sent(delivery: Delivery, *, result: Result) -> None:
    delivery.provider_reference = result.provider_reference
    if result.answer == Answer.ACCEPTED:
        delivery.accepted_at = database_now()
        _move(delivery, State.ACCEPTED, result.reason)
        if Alert.objects.filter(pk=delivery.alert_id, acknowledged_at__isnull=False).exists():
            _move(delivery, State.ACKNOWLEDGED, "acknowledged")
    elif result.answer == Answer.PERMANENT:
        _give_up(delivery, State.DEAD, result.reason)
    else:
        _try_again(delivery, result.reason)


def _try_again(delivery: Delivery, reason: str) -> None:
    now = database_now()
    if rules.is_given_up(attempts=delivery.attempts, age=now - delivery.queued_at):
        _give_up(delivery, State.DEAD, reason)
        return
    wait = rules.retry_wait(attempts=delivery.attempts, chance=random.random())  # noqa: S311
    delivery.due_at = now + wait
    _move(delivery, State.QUEUED, reason)


def _poisoned(delivery: Delivery, *, reason: str) -> None:
    """Count a message that raised before it was sent; the third time, set it aside."""
    delivery.raise_count += 1
    if delivery.raise_count >= rules.MOST_RAISES:
        _give_up(delivery, State.PARKED, reason)
    else:
        _try_again(delivery, reason)


def _not_sent(delivery: Delivery, *, outcome: NotSent) -> None:
    if outcome.state == State.DEAD:
        _give_up(delivery, State.DEAD, outcome.reason)
        return
    _move(delivery, outcome.state, outcome.reason)
    if outcome.reason == "contact_not_valid":
        outbox.queue_deliveries(delivery.alert, act=system_act(Channel.TASK))


def _give_up(delivery: Delivery, state: State, reason: str) -> None:
    """Set a delivery aside where a person sees it, in the same transaction."""
    _move(delivery, state, reason)
    alert = delivery.alert
    log.error(
        "alert %s by %s is %s after %s tries: %s",
        alert.reference, delivery.channel, state, delivery.attempts, reason,
    )  # fmt: skip
    unit_id = alert.unit_id or (
        Unit.objects.filter(agency_id=alert.agency_id, kind="duty_desk")
        .order_by("pk")
        .values_list("pk", flat=True)
        .first()
    )
    outbox.raise_alert(
        kind=kinds.DEAD_LETTER.name,
        event=f"{state}:{delivery.idem_key}",
        agency_id=alert.agency_id,
        unit_id=unit_id,
        child_id=alert.child_id,
        reference=alert.subject_reference,
        urgency=Urgency(max(alert.urgency, Urgency.URGENT)),
        act=system_act(Channel.TASK),
    )


def _move(delivery: Delivery, state: State, reason: str) -> None:
    """Leave one state for another, and write the step beside it."""
    Transition.objects.create(
        delivery=delivery,
        from_state=delivery.state,
        to_state=state,
        at=database_now(),
        worker=delivery.locked_by or this_worker(),
        reason=reason[:40],
    )
    delivery.state = state
    delivery.last_reason = reason[:40]
    delivery.lease, delivery.locked_by, delivery.locked_until = None, "", None
    delivery.save(
        update_fields=[
            "state", "last_reason", "lease", "locked_by", "locked_until", "due_at", "raise_count",
            "provider_reference", "accepted_at",
        ]
    )  # fmt: skip
