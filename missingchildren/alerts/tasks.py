"""Celery tasks: the wake-up call and the sweep; everything they do, the pollers do without them."""

from typing import Any

from celery import shared_task

from missingchildren.alerts import relay

# One task gives way after this many, so that a full outbox does not run into the time limit.
BATCH = 50


@shared_task(ignore_result=True)
def deliver_due_alerts(**_: Any) -> None:
    """Deliver queued alerts until none is due or the batch is full.

    `**_` lets a worker of the previous release accept arguments added since.
    """
    for _attempt in range(BATCH):
        if not relay.deliver_next():
            return


@shared_task(ignore_result=True)
def return_expired_leases(**_: Any) -> None:
    """Put deliveries of dead workers back into the queue."""
    relay.return_expired()
