"""The standing pages, and where browsers report what the content policy stopped."""

import json
import logging
from datetime import date
from threading import Lock
from time import monotonic

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from prometheus_client import Counter

logger = logging.getLogger("missingchildren.csp")

STATEMENT_PREPARED_ON = date(2026, 11, 23)
LARGEST_REPORT = 10_000
LOG_EVERY_SECONDS = 60
DIRECTIVES = {
    "default-src", "script-src", "script-src-elem", "script-src-attr", "style-src", "style-src-elem",
    "style-src-attr", "img-src", "connect-src", "font-src", "form-action", "object-src", "base-uri",
    "frame-src", "frame-ancestors", "media-src", "manifest-src", "worker-src",
}  # fmt: skip

reports = Counter("csp_reports", "Reports of the content policy.", ["directive", "blocked"])
_logged_at: dict[tuple[str, str], float] = {}
_lock = Lock()


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show the accessibility statement."""
    return render(request, "web/accessibility.html", {"prepared_on": STATEMENT_PREPARED_ON})


@login_not_required
@require_safe
def privacy_notice(request: HttpRequest) -> HttpResponse:
    """Show what is kept about the people who use the service and those it is about."""
    return render(request, "web/privacy_notice.html", {"prepared_on": STATEMENT_PREPARED_ON})


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Show whom to ring and how the service works."""
    return render(request, "web/help.html")


@login_not_required
@require_safe
def attribution(request: HttpRequest) -> HttpResponse:
    """Show whose data and components the service uses, and under which licence."""
    return render(request, "web/attribution.html")


@csrf_exempt
@login_not_required
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Count a report by directive and kind of address, and log it once a minute; nothing else is kept."""
    directive, blocked = _read_report(request)
    reports.labels(directive, blocked).inc()
    if _is_due((directive, blocked)):
        logger.warning("content policy report directive=%s blocked=%s", directive, blocked)
    return HttpResponse(status=204)


def _read_report(request: HttpRequest) -> tuple[str, str]:
    """Return what was broken and by what kind of thing, both from short lists of ours."""
    try:
        body = json.loads(request.read(LARGEST_REPORT))["csp-report"]
        directive = str(body.get("effective-directive") or body["violated-directive"]).split()[0]
        address = str(body.get("blocked-uri", ""))
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError):
        return "unreadable", "unreadable"
    blocked = address if address in {"inline", "eval", "self", "data", "blob"} else "address"
    return directive if directive in DIRECTIVES else "other", blocked


def _is_due(what: tuple[str, str]) -> bool:
    now = monotonic()
    with _lock:
        if now - _logged_at.get(what, -LOG_EVERY_SECONDS) < LOG_EVERY_SECONDS:
            return False
        _logged_at[what] = now
        return True
