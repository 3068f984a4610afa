"""Workers die at any moment and Redis comes and goes: no alert is lost, repeats carry one key."""

import logging
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connection, transaction

from missingchildren.agencies.acts import system_act
from missingchildren.alerts import outbox
from missingchildren.alerts.models import Alert, Delivery, Transition
from missingchildren.alerts.rules import ChannelName, State, Urgency
from missingchildren.audit.acts import Channel
from missingchildren.celery import app
from missingchildren.demo.servers import Guarded, Valkey
from tests.alerts.conftest import Desk, make_desk, use_broker
from tests.faults.apps import KIND, register_kind

ROOT = Path(__file__).resolve().parent.parent.parent
FULL = os.environ.get("FULL") == "1"
ALERTS, KILLS = (2_000, 20) if FULL else (200, 4)
WORKERS = 2
# A message takes the mail server this long, so that kills fall into the middle of sending.
MAIL_SECONDS = 0.01
PATIENCE = 60.0


@dataclass
class Mailbox:
    """A mail server's memory: which keys arrived, in order, each with its message's own name."""

    arrived: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        """Keep the key of a message, and be as slow as mail servers are."""
        message = message_from_bytes(envelope.original_content or b"")
        self.arrived.append((str(message["X-Idempotency-Key"]), str(message["Message-ID"])))
        time.sleep(MAIL_SECONDS)
        return "250 OK"


class AnyPort(Controller):
    """A mail server on whichever port is free."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()


@pytest.fixture
def mailbox() -> Iterator[tuple[Mailbox, int]]:
    """Run a mail server on a free port of this machine."""
    logging.getLogger("mail.log").setLevel(logging.WARNING)
    box = Mailbox()
    controller = AnyPort(box, hostname="127.0.0.1", port=0)
    controller.start()
    yield box, controller.port
    controller.stop()


@pytest.fixture
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """Run a Valkey that the test stops and starts; wake-up calls of this process go there."""
    server = Valkey(tmp_path_factory.mktemp("v"))
    server.start()
    before = app.conf.broker_url
    use_broker(server.url)
    yield server
    use_broker(before)
    server.stop()


class Workers:
    """Real Celery workers, replaced as they are killed."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        """Start them."""
        self.folder = folder
        self.environment = environment
        self.number = 0
        self.running: list[tuple[Guarded, Path]] = []
        for _ in range(WORKERS):
            self.start()

    def start(self) -> None:
        """Start one more."""
        self.number += 1
        pid = self.folder / f"{self.number}.pid"
        command = [
            *(sys.executable, "-m", "celery", "-A", "missingchildren.celery", "worker"),
            *("-P", "threads", "-c", "2", "-n", f"fault{self.number}@localhost"),
            *("--pidfile", str(pid), "--loglevel", "warning"),
            *("--without-gossip", "--without-mingle", "--without-heartbeat"),
        ]
        guarded = Guarded(
            command,
            name=f"worker {self.number}",
            log=self.folder / f"{self.number}.log",
            environment=self.environment,
            directory=ROOT,
        )
        self.running.append((guarded, pid))

    def kill_one(self) -> None:
        """Kill the worker that has run longest, as the kernel would, and start another."""
        guarded, pid = self.running.pop(0)
        wait_for(pid.exists, "a worker started")
        os.kill(int(pid.read_text()), signal.SIGKILL)
        guarded.stop()
        self.start()

    def stop(self) -> None:
        """End them all."""
        for guarded, _pid in self.running:
            guarded.ask_to_stop()
        for guarded, _pid in self.running:
            guarded.stop()

    def logs(self) -> str:
        """Return the end of each worker's log."""
        return "\n".join(path.read_text()[-2_000:] for path in sorted(self.folder.glob("*.log")))


@pytest.fixture
def workers(
    transactional_db: None,
    tmp_path_factory: pytest.TempPathFactory,
    mailbox: tuple[Mailbox, int],
    redis: Valkey,
) -> Iterator[Workers]:
    """Run workers on the test database, against this test's Redis and mail server."""
    server, _, _name = os.environ["DATABASE_URL"].rpartition("/")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "DATABASE_URL": f"{server}/{quote(connection.settings_dict['NAME'])}",
        "OWNER_DATABASE_URL": "",
        "REDIS_URL": redis.url,
        "EMAIL_URL": f"smtp://127.0.0.1:{mailbox[1]}",
    }
    group = Workers(tmp_path_factory.mktemp("workers"), environment)
    yield group
    group.stop()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_alert_is_lost_when_workers_are_killed_and_redis_comes_and_goes(
    mailbox: tuple[Mailbox, int],
    redis: Valkey,
    workers: Workers,
    record_property: Callable[[str, Any], None],
) -> None:
    """R-01, R-02, R-03: `kill -9` mid-delivery, Redis stopped half of the time: none lost."""
    register_kind()
    box, _port = mailbox
    desk = make_desk("Kent Police", address="duty.desk@force.example")
    chance = random.Random(20)

    for turn in range(KILLS):
        if turn % 2:
            redis.stop()
        before = len(box.arrived)
        raise_alerts(desk, first=turn * ALERTS // KILLS, number=ALERTS // KILLS)
        wait_for(partial(has_more_than, box, before + 5), workers.logs)
        time.sleep(chance.random() / 10)
        workers.kill_one()
        if turn % 2:
            redis.start()
    wait_for(lambda: not Delivery.objects.unsent().exists(), workers.logs)

    arrived = Counter(key for key, _name in box.arrived)
    emails = Delivery.objects.filter(channel=ChannelName.EMAIL)
    repeats = arrived.total() - len(arrived)
    expired = Transition.objects.filter(reason="lease_expired").count()
    record_property("alerts", Alert.objects.count())
    record_property("kills", KILLS)
    record_property("repeats", repeats)
    record_property("leases_taken_over", expired)
    print(f"\n{ALERTS} alerts, {KILLS} kills: 0 lost, {repeats} repeats, {expired} leases expired")  # noqa: T201

    assert Alert.objects.count() == ALERTS
    assert set(emails.values_list("state", flat=True)) == {State.ACCEPTED.value}
    assert set(arrived) == set(emails.values_list("idem_key", flat=True))
    assert len(set(box.arrived)) == ALERTS, "a repeat came under another name"
    assert repeats <= expired, "something was sent twice though no worker had died"


def has_more_than(box: Mailbox, number: int) -> bool:
    """Return whether more messages than that have arrived."""
    return len(box.arrived) > number


def raise_alerts(desk: Desk, *, first: int, number: int) -> None:
    """Raise alerts, each in an act of its own."""
    for index in range(first, first + number):
        with transaction.atomic():
            outbox.raise_alert(
                kind=KIND,
                event=f"fault:{index}",
                agency_id=desk.agency.pk,
                unit_id=desk.unit.pk,
                child_id=index,
                reference="ME-7K3Q-9F2H-B",
                urgency=Urgency.URGENT,
                act=system_act(Channel.TASK),
            )


def wait_for(condition: Callable[[], bool], what: str | Callable[[], str]) -> None:
    """Wait until the condition holds."""
    until = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > until:
            pytest.fail(what if isinstance(what, str) else what())
        threading.Event().wait(0.02)
