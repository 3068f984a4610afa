"""The pages in every footer are there for everybody, and say what the law asks for."""

import json
import logging
import re
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from prometheus_client import REGISTRY

from missingchildren.web import views
from tests.web.reading_html import Page

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]

PAGES = ("/accessibility/", "/privacy-notice/", "/help/", "/attribution/")


@pytest.mark.parametrize("address", PAGES)
def test_standing_pages_need_no_sign_in_and_are_whole(client: Client, address: str) -> None:
    """A11Y-11, A11Y-12: one h1, no skipped level, a title, help and the same links below."""
    response = client.get(address)

    assert response.status_code == 200
    page = Page(response.content.decode())
    levels = [int(e.name[1]) for e in page.elements if re.fullmatch("h[1-6]", e.name)]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    footer = next(element for element in page.elements if element.name == "footer")
    linked = {e.attributes["href"] for e in page.elements if e.name == "a" and footer in e.parents}
    assert linked == set(PAGES)
    title = next(element.text for element in page.elements if element.name == "title")
    name, service = title.rsplit(" \N{EN DASH} ", 1)
    assert name.strip()
    assert service == "Missing children"


def test_the_accessibility_statement_is_dated_with_contact_and_known_problems(
    client: Client,
) -> None:
    """A11Y-19."""
    text = client.get("/accessibility/").content.decode()

    for needed in ("prepared on", "mailto:", "not accessible yet", "partially compliant", "2026"):
        assert needed in text


def test_attribution_names_every_source(client: Client) -> None:
    text = " ".join(client.get("/attribution/").content.decode().split())

    for needed in ("Contains OS data", "Royal Mail", "Office for National Statistics", "mySociety"):
        assert needed in text


def test_nothing_of_another_service_is_loaded(client: Client) -> None:
    """LOC-10: pages load from our own origin only."""
    for address in PAGES:
        page = Page(client.get(address).content.decode())
        loaded = [
            e.attributes.get("src") or e.attributes.get("href", "")
            for e in page.elements
            if e.name in {"script", "link", "img"}
        ]
        assert loaded
        assert all(a.startswith("/static/") for a in loaded), address


# --- reports of the content policy


def report(client: Client, body: Any) -> Any:
    return client.post(
        "/csp-report/",
        json.dumps(body) if not isinstance(body, str) else body,
        content_type="application/csp-report",
    )


def counted(directive: str, blocked: str) -> float:
    labels = {"directive": directive, "blocked": blocked}
    return REGISTRY.get_sample_value("csp_reports_total", labels) or 0


def test_a_report_is_counted_and_logged_without_its_content(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """INJ-03: whoever reports needs no session and no token; the page's address is not kept."""
    monkeypatch.setattr(views, "_logged_at", {})
    client = Client(enforce_csrf_checks=True)
    before = counted("script-src-elem", "inline")
    body = {
        "csp-report": {
            "document-uri": "https://site.example/cases/MC-SECRET/",
            "effective-directive": "script-src-elem",
            "blocked-uri": "inline",
            "script-sample": "alert('MC-SECRET')",
        }
    }

    with caplog.at_level(logging.INFO):
        answers = [report(client, body).status_code for _ in range(5)]

    assert answers == [204] * 5
    assert counted("script-src-elem", "inline") == before + 5
    lines = [r.getMessage() for r in caplog.records if r.name == "missingchildren.csp"]
    assert lines == ["content policy report directive=script-src-elem blocked=inline"]


@pytest.mark.parametrize(
    "body",
    ["", "[]", "{}", "null", '"x"', '{"csp-report": null}', '{"csp-report": {}}', "[" * 20_000,
     '{"csp-report": {"effective-directive": ""}}', '{"csp-report": {"effective-directive": "  "}}'],
)  # fmt: skip
def test_malformed_reports_are_counted_as_such(client: Client, body: str) -> None:
    before = counted("unreadable", "unreadable")

    assert report(client, body).status_code == 204
    assert counted("unreadable", "unreadable") == before + 1


def test_reports_cannot_invent_labels(client: Client) -> None:
    body = {"effective-directive": "x" * 500, "blocked-uri": "https://evil.example/MC-SECRET"}
    before = counted("other", "address")

    report(client, {"csp-report": body})

    assert counted("other", "address") == before + 1
