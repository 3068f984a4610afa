"""The thread in each worker that looks at the outbox every second, whether or not Redis lives."""

import logging
import threading
import time
from typing import Any

from celery import bootsteps
from django.conf import settings
from django.db import connection

from missingchildren.alerts import relay

log = logging.getLogger(__name__)

EVERY = 1.0
BEAT_EVERY = 10.0
SWEEP_EVERY = 30.0
STOP_WITHIN = 20.0


class Poller(bootsteps.StartStopStep):
    """Celery's handle on the threads: they start with the worker, before it looks for its broker.

    A prefork pool is forked first, so that no child inherits a thread's connection.
    """

    requires = ("celery.worker.components:Pool",)

    def __init__(self, parent: Any, **options: Any) -> None:
        """Take the worker's name; start nothing yet."""
        super().__init__(parent, **options)
        self.worker = str(parent.hostname)
        self.stopping = threading.Event()
        self.threads: list[threading.Thread] = []

    def start(self, parent: Any) -> None:
        """Start the threads."""
        self.threads = [
            threading.Thread(
                target=poll,
                kwargs={"worker": self.worker, "stopping": self.stopping, "keeps_house": not index},
                name=f"outbox-{index}",
                daemon=True,
            )
            for index in range(settings.ALERT_POLLERS)
        ]
        for thread in self.threads:
            thread.start()

    def stop(self, parent: Any) -> None:
        """Let each thread finish the delivery it has in hand."""
        self.stopping.set()
        for thread in self.threads:
            thread.join(timeout=STOP_WITHIN)

    terminate = stop


def poll(*, worker: str, stopping: threading.Event, keeps_house: bool) -> None:
    """Deliver what is due, then wait a second, until told to stop; outlive every failure.

    The thread that keeps house also beats and takes back the leases of dead workers.
    """
    beaten = swept = float("-inf")
    while not stopping.is_set():
        try:
            if keeps_house and time.monotonic() - beaten > BEAT_EVERY:
                relay.beat(worker)
                beaten = time.monotonic()
            if keeps_house and time.monotonic() - swept > SWEEP_EVERY:
                relay.return_expired()
                swept = time.monotonic()
            if relay.deliver_next():
                continue
        except Exception:
            log.exception("the outbox could not be read")
            connection.close()
        stopping.wait(EVERY)
    connection.close()
