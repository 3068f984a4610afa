"""Redis wakes the workers and no more: gone, frozen or wiped, nobody waits and nothing is lost."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pytest
from django.core import mail
from kombu import Connection

from missingchildren.alerts import outbox, poller, queries, relay
from missingchildren.alerts.models import Delivery, Heartbeat
from missingchildren.alerts.rules import ChannelName, State
from missingchildren.celery import app
from missingchildren.demo.servers import Valkey
from tests.alerts.conftest import Desk, raised, use_broker

# What a request may spend on waking the workers; the slowest of twenty has room for a busy
# machine, and would be two seconds if it waited for a socket.
CAP_SECONDS = 0.3
SLOWEST_SECONDS = 1.0
FROZEN_SECONDS = 3.0
TASK = "missingchildren.alerts.tasks.deliver_due_alerts"


@pytest.fixture
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Valkey]:
    """Give the process a Valkey of its own, which the test may freeze and stop."""
    server = Valkey(Path(tmp_path_factory.mktemp("v", numbered=True)))
    server.start()
    before = app.conf.broker_url
    use_broker(server.url)
    yield server
    use_broker(before)
    server.stop()


@contextmanager
def frozen(server: Valkey) -> Iterator[None]:
    """Stop the server's process in its tracks, its sockets open."""
    with Connection(server.url) as connection:
        process = int(connection.default_channel.client.info("server")["process_id"])  # type: ignore[attr-defined]
    os.kill(process, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process, signal.SIGCONT)


def calls_waiting(server: Valkey) -> int:
    """Return how many wake-up calls lie in Redis."""
    with Connection(server.url) as connection:
        return int(connection.default_channel.client.llen("celery"))  # type: ignore[attr-defined]


def wait_for(condition: object, seconds: float = 10.0) -> None:
    """Wait until the condition holds."""
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_a_commit_wakes_the_workers(force: Desk, broker: Valkey) -> None:
    raised(force)

    wait_for(lambda: calls_waiting(broker) == 1)


@pytest.mark.django_db(transaction=True)
def test_with_redis_gone_an_alert_is_raised_as_fast_and_delivered(
    force: Desk, broker: Valkey
) -> None:
    """R-03, R-05: stopped or wiped: pages as fast, alerts delivered by the poller."""
    broker.stop()

    times = times_to_raise(force, 20)

    assert_nobody_waited(times)
    deliver_by_poller()
    assert len(mail.outbox) == 20


@pytest.mark.django_db(transaction=True)
def test_with_redis_frozen_an_alert_is_raised_as_fast_and_delivered(
    force: Desk, broker: Valkey
) -> None:
    """R-04: frozen: no request waits for it, even while earlier calls still hang."""
    raised(force, event="before")
    wait_for(lambda: calls_waiting(broker) >= 1)
    with frozen(broker):
        times = times_to_raise(force, 20, over=FROZEN_SECONDS)

    assert_nobody_waited(times)
    deliver_by_poller()
    assert len(mail.outbox) == 21


@pytest.mark.django_db(transaction=True)
def test_waking_resumes_when_redis_is_back(force: Desk, broker: Valkey) -> None:
    raised(force, event="before")
    wait_for(lambda: calls_waiting(broker) == 1)
    broker.stop()
    raised(force, event="meanwhile")
    broker.start()

    def woken() -> bool:
        outbox.nudge()
        return calls_waiting(broker) >= 1

    wait_for(woken)


def test_a_wake_up_call_gives_up_within_its_sockets_limits(broker: Valkey) -> None:
    outbox.wake_workers()
    with frozen(broker):
        started = time.monotonic()
        with pytest.raises(Exception, match=r"(?i)time"):
            outbox.wake_workers()
        took = time.monotonic() - started

    assert took < 5


def times_to_raise(force: Desk, number: int, over: float = 0.0) -> list[float]:
    """Raise alerts one after the other; return how many seconds each took."""
    times = []
    for count in range(number):
        started = time.monotonic()
        raised(force, event=f"event {count}")
        times.append(time.monotonic() - started)
        time.sleep(over / number)
    return times


def assert_nobody_waited(times: list[float]) -> None:
    """Check that raising alerts never waited for Redis."""
    assert median(times) < CAP_SECONDS
    assert max(times) < SLOWEST_SECONDS


def deliver_by_poller() -> None:
    """Run one worker's polling thread until nothing is due."""
    stopping = threading.Event()
    thread = threading.Thread(
        target=poller.poll,
        kwargs={"worker": "worker@tests", "stopping": stopping, "keeps_house": True},
    )
    thread.start()
    wait_for(lambda: not Delivery.objects.unsent().exists(), 20)
    stopping.set()
    thread.join(10)
    assert not thread.is_alive()


# --- the poller


@pytest.mark.django_db(transaction=True)
def test_the_poller_beats_and_takes_back_what_a_dead_worker_held(force: Desk) -> None:
    raised(force)
    relay._claim()
    Delivery.objects.filter(state=State.SENDING).update(locked_until="2020-01-01T00:00:00Z")

    deliver_by_poller()

    assert Delivery.objects.get(channel=ChannelName.EMAIL).state == State.ACCEPTED
    assert Heartbeat.objects.get().worker == "worker@tests"
    assert queries.newest_heartbeat_age() is not None


@pytest.mark.django_db(transaction=True)
def test_the_poller_outlives_a_failure(
    force: Desk, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    raised(force)
    deliver, failures = relay.deliver_next, iter([True])

    def fail_once() -> bool:
        if next(failures, False):
            raise OSError("lost")
        return deliver()

    monkeypatch.setattr(relay, "deliver_next", fail_once)
    monkeypatch.setattr(poller, "EVERY", 0.05)

    deliver_by_poller()

    assert len(mail.outbox) == 1
    assert "the outbox could not be read" in caplog.text


def test_each_worker_starts_with_the_poller_and_knows_the_tasks() -> None:
    assert poller.Poller in app.steps["worker"]
    app.loader.import_default_modules()
    assert TASK in app.tasks
