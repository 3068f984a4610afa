"""Whether the alert path works can be read from outside, without telling anything else."""

from pathlib import Path

import pytest
from django.db import OperationalError
from django.test import Client
from pytest_django import Settings

from missingchildren.alerts import queries, relay
from missingchildren.alerts.models import Delivery, Heartbeat
from tests.alerts.conftest import Desk, raised

WORDS = {"status", "database", "outbox_seconds", "worker_seconds", "broker"}


def test_the_process_answers_without_the_database(client: Client) -> None:
    assert client.get("/health/live").json() == {"status": "ok"}


def test_a_fresh_alert_and_a_live_worker_are_well(client: Client, force: Desk) -> None:
    raised(force)
    relay.beat("worker@tests")

    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert (answer.json()["status"], answer.json()["broker"]) == ("ok", "ok")
    assert answer.json().keys() == WORDS
    assert client.get("/health/alerts").status_code == 200


def test_an_alert_that_is_stuck_is_reported_and_fails_the_watchdog(
    client: Client, force: Desk
) -> None:
    """The pages stay in service: only the watchdog's address fails."""
    raised(force)
    relay.beat("worker@tests")
    Delivery.objects.update(due_at="2020-01-01T00:00:00Z")

    answer = client.get("/health/ready")

    assert answer.status_code == 200
    assert answer.json()["status"] == "late"
    assert answer.json()["outbox_seconds"] > 60
    assert client.get("/health/alerts").status_code == 503


@pytest.mark.parametrize("beaten", [False, True])
def test_workers_that_are_silent_fail_the_watchdog(
    client: Client, db: None, *, beaten: bool
) -> None:
    """R-29: noticed within 60 seconds, also before anything is late."""
    if beaten:
        relay.beat("worker@tests")
        Heartbeat.objects.update(at="2020-01-01T00:00:00Z")

    assert client.get("/health/alerts").status_code == 503


def test_redis_gone_is_reported_and_not_required(
    client: Client, db: None, settings: Settings, tmp_path: Path
) -> None:
    """R-03: the broker is not needed to serve."""
    settings.CELERY_BROKER_URL = f"redis+socket://{tmp_path}/none.sock"
    relay.beat("worker@tests")

    answer = client.get("/health/ready")

    assert (answer.status_code, answer.json()["broker"]) == (200, "down")


def test_without_its_database_it_is_not_ready(
    client: Client, db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost() -> None:
        raise OperationalError

    monkeypatch.setattr(queries, "oldest_unsent_age", lost)

    assert client.get("/health/ready").status_code == 503
