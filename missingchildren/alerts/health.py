"""Whether this process, and the alert path behind it, can do its work."""

from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from redis.backoff import NoBackoff
from redis.retry import Retry

from missingchildren.alerts import queries

# Source: docs, service levels: a stuck alert is noticed within 60 seconds.
LATE = timedelta(seconds=60)
BROKER_PATIENCE = 0.3


@login_not_required
@never_cache
@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """Answer that the process answers."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """Answer 200 when the database does; say how old the outbox is, and whether the broker is up.

    A late outbox is the workers' fault: taking the pages away would hide the inbox as well. So it
    is reported here, and fails `alerts`, which the watchdog reads.
    """
    report, usable = _report()
    report["broker"] = "ok" if _broker_answers() else "down"
    return JsonResponse(report, status=200 if usable else 503)


@login_not_required
@never_cache
@require_safe
def alerts(_request: HttpRequest) -> JsonResponse:
    """Answer 200 only while alerts leave in time and a worker is alive."""
    report, _usable = _report()
    return JsonResponse(report, status=200 if report["status"] == "ok" else 503)


def _report() -> tuple[dict[str, Any], bool]:
    try:
        connection.ensure_connection()
        unsent, heartbeat = queries.oldest_unsent_age(), queries.newest_heartbeat_age()
    except DatabaseError:
        return {"status": "down", "database": "down"}, False
    in_time = unsent is None or unsent <= LATE
    alive = heartbeat is not None and heartbeat <= LATE
    return {
        "status": "ok" if in_time and alive else "late",
        "database": "ok",
        "outbox_seconds": round(unsent.total_seconds(), 1) if unsent else 0,
        "worker_seconds": round(heartbeat.total_seconds(), 1) if heartbeat else None,
    }, True


def _broker_answers() -> bool:
    address = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://", 1)
    try:
        with redis.Redis.from_url(
            address,
            socket_timeout=BROKER_PATIENCE,
            socket_connect_timeout=BROKER_PATIENCE,
            retry=Retry(NoBackoff(), 0),
        ) as client:
            return bool(client.ping())
    except (redis.RedisError, OSError, ValueError):
        return False


app_name = "health"
urlpatterns = [
    path("live", live, name="live"),
    path("ready", ready, name="ready"),
    path("alerts", alerts, name="alerts"),
]
