"""Canary crawl: what is sensitive stands only where `design.md` section 4 opens it, for everybody.

LOC-01, LOC-05, LOC-06. One world is built for the module, and each person crawls it: every address
that the service has, about everything in the world, and every link on the way. What they meet is
held to the table in `tests/canaries/table.py`, in both directions. `FULL=1` widens the crawl of
those who share a part with somebody who is crawling whole.
"""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker

from cases.models import Location
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert, Delivery
from missingchildren.alerts.relay import deliver_next
from missingchildren.alerts.rules import ChannelName
from missingchildren.web.errors import WithoutValues
from tests.canaries.crawling import FULL, Crawl, addresses
from tests.canaries.people import COUNCIL, LEAD, NOBODY, PERSONAS
from tests.canaries.table import REVEALED, SEEN
from tests.canaries.words import found
from tests.canaries.world import World

pytestmark = pytest.mark.django_db
EVERYTHING = (*SEEN, *REVEALED)
# One person for each part that opens something of its own, and for each agency without any.
WHOLE = (
    frozenset(PERSONAS) if FULL
    else frozenset(PERSONAS)
    - (LEAD - {"joan"})
    - (COUNCIL - {"ruth"})
    - NOBODY
    - {"fern", "stan"}
)  # fmt: skip
# How many pages those see who only follow links.
LED = 25
SENDS_FORMS = WHOLE if FULL else frozenset({"joan", "ruth", "nisha", "lena"})


class Lines(logging.Handler):
    """What the server's log would say, line by line, through the formatter and filter it has."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []
        configured: dict[str, Any] = settings.LOGGING
        assert configured["handlers"]["stderr"]["filters"] == ["without_values"]
        self.addFilter(WithoutValues())
        self.setFormatter(logging.Formatter(configured["formatters"]["line"]["format"]))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a line, with its traceback if it has one."""
        self.lines.append(self.format(record))


class Told:
    """The world, every address in it, and what left it."""

    def __init__(self, log: Lines) -> None:
        self.world = World()
        while deliver_next():
            pass
        self.mail = list(mail.outbox)
        world = self.world
        self.every = addresses(world.ava, world.ben, world.zoe, world.rosa)
        self.log = log


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Told]:
    """Build the world once; what a test does in it is undone."""
    log = Lines()
    logging.getLogger().addHandler(log)
    with django_db_blocker.unblock():
        yield Told(log)
        connection.close()
        TransactionTestCase._fixture_teardown(None)  # type: ignore[attr-defined]
    logging.getLogger().removeHandler(log)


def crawl(told: Told, name: str) -> Crawl:
    """Let somebody crawl, and return what they met."""
    crawl = Crawl(told.world.signed_in(name), EVERYTHING)
    child = told.world.ava.reference
    starts = ["/", "/cases/", "/missing/", "/overdue/", f"/cases/{child}/", f"/cases/{child}/risk/"]
    if name in WHOLE:
        crawl.go(told.every)
    else:
        crawl.go(starts, most=LED)
    if name in SENDS_FORMS:
        crawl.send_wrongly()
    return crawl


def silent(text: str) -> None:
    """Nothing of the world stands in a text, not even whom it is about."""
    assert not found(text, EVERYTHING)


@pytest.mark.parametrize("name", PERSONAS)
def test_what_is_sensitive_stands_only_where_a_part_opens_it(told: Told, name: str) -> None:
    """LOC-01, LOC-06, AZ-02: pages, operations, refusals, refused forms, headers, the log, the history."""
    before = len(told.log.lines)
    crawled = crawl(told, name)

    may = {key for key, who in SEEN.items() if name in who.may}
    leaked = {key: where[:3] for key, where in crawled.met.items() if key not in may}
    assert not leaked
    assert not {code for code in crawled.statuses if code >= 500}
    must = {key for key, who in SEEN.items() if name in who.must}
    if name in WHOLE:
        unmet = must - crawled.met.keys()
        assert not unmet
        assert sum(crawled.statuses.values()) > 100
    else:
        assert not must & {"ava", "ben", "zoe", "rosa"} - crawled.met.keys(), (
            "lists name the children"
        )
    silent("\n".join(told.log.lines[before:]))
    silent(_acts())


def _acts() -> str:
    """Return the act log, the history and everything about alerts as they are stored."""
    kept = []
    with connection.cursor() as cursor:
        for table in ("audit_entry", "cases_timelineentry", "alerts_alert", "alerts_transition",
                      "alerts_delivery", "cases_deadline"):  # fmt: skip
            cursor.execute(f"SELECT string_agg({table}::text, ' ') FROM {table}")
            kept.append(cursor.fetchone()[0] or "")
    return "\n".join(kept)


@pytest.mark.parametrize("name", PERSONAS)
def test_a_place_is_revealed_only_to_whom_a_part_opens_places(told: Told, name: str) -> None:
    """LOC-01, LOC-02: on the page and by the API; nothing else comes with it."""
    client = told.world.signed_in(name)
    crawled = Crawl(client, EVERYTHING)
    for place in Location.objects.select_related("child").order_by("pk"):
        about = place.child.reference
        for address in (
            f"/cases/{about}/places/{place.reference}/",
            f"/api/v1/children/{about}/places/{place.reference}/reveal/",
        ):
            headers = {"idempotency-key": f"reveal-{place.reference}"}
            crawled.read(
                "post", address, data="{}", content_type="application/json", headers=headers
            )

    may = {key for key, who in {**SEEN, **REVEALED}.items() if name in who.may}
    assert not crawled.met.keys() - may
    must = {key for key, who in REVEALED.items() if name in who.must}
    assert not must - crawled.met.keys()


# What is kept and shown to nobody, or to nobody in the state in which this world is.
UNSEEN = {
    "ended sharing", "closed because", "opened because", "kept from", "not home",
}  # fmt: skip


def test_every_word_is_met_by_somebody() -> None:
    """The crawl cannot pass by seeing nothing: each word has somebody who must meet it."""
    table = {**SEEN, **REVEALED}

    assert {key for key, who in table.items() if not who.must} == UNSEEN
    assert {key for key, who in SEEN.items() if who.must and not who.must & WHOLE} <= {
        "zoe", "rosa",
    }  # fmt: skip


def test_no_message_holds_a_word(told: Told) -> None:
    """LOC-05: mail with its headers, and every alert as it would be said: references only."""
    raised = Alert.objects.select_related("agency", "unit")
    assert len({alert.kind for alert in raised}) > 15

    for alert in raised:
        message = kinds.of(alert).render(alert)
        silent(f"{message.subject}\n{message.body}\n{kinds.link(alert)}")
    assert len(told.mail) > 10
    assert Delivery.objects.filter(channel=ChannelName.EMAIL).exists()
    for sent in told.mail:
        silent(sent.message().as_string() + sent.subject + str(sent.body))


def test_no_kind_of_alert_can_say_more_than_references(told: Told) -> None:
    """LOC-05: all registered kinds, about Ava; how long one is depends on nothing about a child."""
    alert = Alert.objects.filter(child_id=told.world.ava.pk).select_related("agency", "unit")[0]
    other = Alert.objects.get(pk=alert.pk)
    other.child_id = told.world.rosa.pk
    for name, kind in kinds.registered().items():
        alert.kind = other.kind = name
        message = kind.render(alert)
        silent(message.subject + message.body)
        assert len(message.body) == len(kind.render(other).body), name


@pytest.mark.parametrize("address", ["", "api/v1/"])
def test_a_failure_quotes_nothing(
    told: Told, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    """LOC-01, OPS-03: the page, the answer and the log of a 500 with everything at hand."""

    def fail(**_: object) -> None:
        about = told.world.ava
        raise ValueError(f"{about.names.get()} {told.world.interview.accounts.get().away}")

    monkeypatch.setattr("cases.access.view_of", fail)
    client: Client = told.world.signed_in("ruth")
    client.raise_request_exception = False
    before = len(told.log.lines)
    kind = "children" if address else "cases"

    answer = client.get(f"/{address}{kind}/{told.world.ava.reference}/", secure=True)

    assert answer.status_code == 500
    silent(answer.content.decode() + str(answer.headers))
    assert len(told.log.lines) > before, "nothing was logged"
