"""Whatever stands in a text of a record, pages show it as text, and nothing of it leaks elsewhere."""

import json
import os
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any
from uuid import uuid4

import pgtrigger
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models
from django.http.response import HttpResponseBase
from django.test import Client

from cases.models import (
    Draft,
    Grant,
    Location,
    MissingEpisode,
    PreventionInterview,
    Update,
)
from cases.services import drafts, returns
from missingchildren.agencies.models import Agency, Unit, User
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry
from missingchildren.core.fields import EncryptedTextField
from returninterviews.models import Account, CarerAccount, Offer, Quote, Summary
from tests.cases.full_of_texts import assert_silent, log_everything, world_full_of_texts
from tests.partnership import (
    CANARY_PHONE,
    CANARY_PLACE,
    CANARY_WORRY,
    NHS_NUMBER,
    Partnership,
    act_now,
)
from tests.test_every_page import OF_A_CHILD, OWN, fill
from tests.web.payloads import PAYLOADS
from tests.web.reading_html import Page

pytestmark = pytest.mark.django_db

PEOPLE = ("joan", "ruth", "nisha", "paul")
# What the service itself writes and reads back, and people never type.
OURS = {
    "reference", "own_reference", "subject_reference", "search", "source", "form", "subject",
    "authority_code", "force_code", "kind", "email", "password", "nation", "ons_code", "content",
    "value", "place", "part", "level", "question_version", "early_reason", "not_held_code", "sent",
}  # fmt: skip
# Shows each look at the record, and so these very looks: more rows, and no other elements.
GROWS = "cases/<str:reference>/history/"
SHORTEST = 10  # what is shorter is a code
# No two of them have the same name.
NAMED_APART = (Agency, Unit)
# With FULL=1 everybody reads every page after every few payloads; else they take turns.
FULL = os.environ.get("FULL") == "1"
TOGETHER = 2 if FULL else 4


@pytest.fixture(scope="module")
def full_once(stage: None) -> Partnership:
    """Tell what every page of a record has to show."""
    return world_full_of_texts()


@pytest.fixture
def world(full_once: Partnership, db: None) -> Partnership:
    """Return a partnership in which every page has every kind of text, told once for the module."""
    return deepcopy(full_once)


def texts() -> Iterator[tuple[type[models.Model], "models.Field[Any, Any]"]]:
    """Return every field of a record, an agency or a person that holds text people typed."""
    own = [
        model
        for label in ("cases", "risk", "placements", "returninterviews")
        for model in apps.get_app_config(label).get_models()
        if "Event" not in model.__name__
    ]
    changing: list[type[models.Model]] = [*own, Agency, Unit, User]
    for model in changing:
        if getattr(model, "append_only", False):
            continue
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField | EncryptedTextField)
            is_code = bool(field.choices) or (field.max_length or 100) < SHORTEST
            if is_text and not is_code and field.name not in OURS:
                yield model, field


def kept_as_written() -> list[str]:
    """Return the triggers that keep what was signed or recorded as it is."""
    return [
        f"{model._meta.label}:{trigger.name}"
        for model, trigger in pgtrigger.registered()
        if trigger.name == "written_once"
    ]


def write(*words: str) -> None:
    """Write these texts into every field that people type into, as if no form had looked at them.

    Each field begins with another of them, so that short fields hold different ones.
    """
    with pgtrigger.ignore(*kept_as_written()):
        overwrite(*words)


def overwrite(*words: str) -> None:
    for number, (model, field) in enumerate(texts()):
        first = number % len(words)
        value = " ".join((*words[first:], *words[:first]))
        rows = model._default_manager.all()
        if not isinstance(field, EncryptedTextField):
            rows = rows.exclude(**{field.name: ""})
        room = (field.max_length or 100_000) - 4
        if model not in NAMED_APART:
            rows.update(**{field.name: value[:room]})
            continue
        for place, row in enumerate(rows.order_by("pk")):
            rows.filter(pk=row.pk).update(**{field.name: f"{value[:room]} {place:03}"})
    text = " ".join(words)
    Location.objects.update(place=json.dumps({"description": text, "postcode": text}))


def pages(world: Partnership, people: Sequence[str] = PEOPLE) -> Iterator[tuple[str, str, Page]]:
    """Return every page, as each person sees it."""
    for name in people:
        client = world.client(getattr(world, name))
        for route in sorted(OF_A_CHILD | OWN):
            answer = client.get(fill(route, world), secure=True)
            if answer.status_code == 200 and "text/html" in answer.headers["Content-Type"]:
                yield name, route, Page(answer.content.decode())


def shown_place(world: Partnership) -> Page:
    """Return the one answer that shows a place."""
    location = Location.objects.filter(child=world.ava).order_by("pk")[0]
    address = f"/cases/{world.ava.reference}/places/{location.reference}/"
    answer = world.client(world.ruth).post(address, secure=True)
    assert answer.status_code == 200
    return Page(answer.content.decode())


def test_texts_are_found_in_every_table_that_has_any() -> None:
    found = {f"{model.__name__}.{field.name}" for model, field in texts()}

    assert found >= {
        "ChildName.given_names", "ChildName.family_name", "Child.pronouns", "Report.why_worried",
        "Report.done_so_far", "Report.contact_name", "Report.contact_phone", "Report.name_given",
        "Update.text", "Grant.reason", "Grant.ended_reason", "SharingDecision.reason",
        "KeepFrom.reason", "Opening.detail", "MissingEpisode.police_reference", "Agency.name",
        "Unit.name", "User.full_name", "Placement.why_this_home", "Placement.contact_phone",
        "PlacementNotification.holder", "Approval.reasons", "Interview.council_analysis",
        "Account.away", "Quote.text", "CarerAccount.text", "Offer.wishes", "Summary.summary",
        "SharedItem.reason", "Recommendation.text", "Action.text", "ActionNote.text",
    }  # fmt: skip


def test_texts_are_written_even_into_what_no_act_changes(world: Partnership) -> None:
    write("Plain words.")

    written = set()
    for model, field in texts():
        for value in model._default_manager.values_list(field.name, flat=True):
            if value:
                assert value.startswith("Plain "), field
                written.add(model)
    assert written >= {Account, CarerAccount, Offer, Quote, Summary}


def test_no_page_names_a_child_in_its_address_and_no_stored_text_changes_it(
    world: Partnership,
) -> None:
    """LOC-10; INJ-01: forty payloads in every text of a record, on every page, for four agencies."""
    drafts.begin(
        form="report", content={"steps": {"child": {"child": [world.ava.reference]}}},
        act=act_now(world.nisha),
    )  # fmt: skip
    for name, route, page in pages(world):
        says_no_name(name, route, page)
    write("Plain words, as people write them.")
    plain = {(name, route): (page.shape(), sorted(page.addresses()))
             for name, route, page in pages(world)}  # fmt: skip
    plain_place = shown_place(world).shape()
    assert len(plain) > 40

    for turn, first in enumerate(range(0, len(PAYLOADS), TOGETHER)):
        hostile = PAYLOADS[first : first + TOGETHER]
        write(*hostile)
        for name, route, page in pages(world, PEOPLE if FULL else [PEOPLE[turn % len(PEOPLE)]]):
            shape, addresses = plain[name, route]
            if route == GROWS:
                assert set(page.shape()) <= set(shape), (hostile, name, route)
                continue
            assert page.shape() == shape, (hostile, name, route)
            assert sorted(page.addresses()) == addresses, (hostile, name, route)
        assert shown_place(world).shape() == plain_place, hostile


def test_no_stored_text_changes_the_page_of_a_child_who_was_located(world: Partnership) -> None:
    """INJ-01: why not home, what was said to the police, why it was closed."""
    act = act_now(world.joan)
    episode = world.ava.episodes.latest("started_at").reference
    returns.record_located(
        episode_reference=episode, located_at=act.now, version=None, token=None, act=act,
        not_home_because=MissingEpisode.NotHome.HOSPITAL, not_home_words="Waits for a doctor.",
    )  # fmt: skip
    returns.record_prevention_interview(
        episode_reference=episode, how=PreventionInterview.How.PHONE, held_at=act.now,
        text="Words.", police_only="More words.", token=None, act=act,
    )  # fmt: skip
    returns.record_return(episode_reference=episode, returned_at=act.now, version=None, act=act)
    MissingEpisode.objects.filter(reference=episode).update(
        closed_at=act.now, closed_by=world.joan, closed_reason="Nobody could ask her."
    )
    client, address = world.client(world.joan), f"/cases/{world.ava.reference}/"

    def shape() -> object:
        return Page(client.get(address, secure=True).content.decode()).shape()

    write("Plain words, as people write them.")
    plain = shape()
    for payload in PAYLOADS:
        write(payload)
        assert shape() == plain, payload


def test_no_stored_text_changes_a_message(world: Partnership) -> None:
    """INJ-01, INJ-07: an e-mail is plain text with a subject of one line, whatever names hold."""
    for payload in (*PAYLOADS, "Kent\r\nBcc: evil@evil.example"):
        write(payload)
        for alert in Alert.objects.select_related("agency", "unit")[:4]:
            message = kinds.of(alert).render(alert)
            assert "\n" not in message.subject
            assert "\r" not in message.subject
            assert payload not in message.subject
            assert kinds.link(alert) in message.body


def test_a_refused_form_of_a_record_repeats_what_was_typed_as_text(world: Partnership) -> None:
    """INJ-01: on every form of a record and every question of a report."""
    joan, ruth, nisha = (world.client(each) for each in (world.joan, world.ruth, world.nisha))
    nisha.post("/report/", {}, secure=True)
    episode = world.ava.reports.order_by("pk")[0].episode
    case = f"/cases/{world.ava.reference}"
    agency, grant = world.kent_council.reference, Grant.objects.filter(ended_at=None)[0].reference
    forms: list[tuple[Client, str, tuple[str, ...]]] = [
        (joan, f"{case}/episodes/{episode.reference}/return/", ("returned_at-day", "precision")),
        (ruth, f"{case}/updates/add/", ("text", "happened_at-time", "kind", "audience")),
        (ruth, f"{case}/sharing/with/{agency}/", ("reason", "part", "ends_on-day")),
        (ruth, f"{case}/sharing/not-with/{agency}/", ("reason", "review_on-month")),
        (ruth, f"{case}/sharing/{grant}/end/", ("reason",)),
        (ruth, "/cases/", ("search",)),
        (nisha, "/report/details/", ("given_names", "family_name", "nhs_number", "upn")),
        (nisha, "/report/seen/", ("last_seen_at-day", "last_seen_at-time")),
        (nisha, "/report/place/", ("where", "postcode", "description", "force")),
        (nisha, "/report/worry/", ("why_worried",)),
        (nisha, "/report/contact/", ("contact_name", "contact_phone")),
    ]
    for client, address, names in forms:
        shapes = set()
        for payload in PAYLOADS[::4]:
            typed = dict.fromkeys(names, payload)
            answer = client.post(address, typed, secure=True, follow=True)
            page = Page(answer.content.decode())
            assert not [e for e in page.elements if e.name in {"iframe", "object", "base", "svg"}
                        and "alert" in str(e.attributes)], (address, payload)  # fmt: skip
            scripts = [e for e in page.elements if e.name == "script"]
            assert all(e.attributes.get("src", "").startswith("/static/") for e in scripts)
            handlers = [a for e in page.elements for a in e.attributes if a.startswith("on")]
            assert not handlers, (address, payload)
            shapes.add(len(page.elements))
        assert shapes


# --- names and numbers stay inside pages


NAMES = ("Ava", "Bramley", "4 May 2011", "2011-05-04", NHS_NUMBER, "999 000 0018")


def test_a_search_by_name_finds_pages_of_children_without_an_address(world: Partnership) -> None:
    """LOC-10: it is posted, and so is the way to its next page."""
    client = world.client(world.ruth)

    found = client.post("/cases/", {"search": "bramley"}, secure=True)
    ignored = client.get("/cases/?search=zzzz", secure=True)

    assert found.status_code == 200
    assert world.ava.reference in found.content.decode()
    assert world.ava.reference in ignored.content.decode()
    assert "zzzz" not in ignored.content.decode()
    entry = Entry.objects.filter(verb="cases.list").order_by("pk")[0]
    assert world.ava.pk in entry.subjects


def says_no_name(name: str, route: str, page: Page) -> None:
    """LOC-10: browser histories, tabs and referrers hold references only."""
    said = [element.text for element in page.elements if element.name == "title"]
    for secret in NAMES:
        assert secret not in " ".join(said), (name, route)
        assert not [a for a in page.addresses() if secret.replace(" ", "+") in a], (name, route)
    for address in page.addresses():
        assert not address.startswith(("http:", "https:", "//")), (name, route, address)
    by_get = [
        e for e in page.elements
        if e.name == "form" and e.attributes.get("method", "get") != "post"
    ]  # fmt: skip
    asked = [
        e for e in page.elements
        if e.attributes.get("name") and set(map(id, by_get)) & set(map(id, e.parents))
    ]  # fmt: skip
    names = {e.attributes["name"] for e in asked}
    # Of these only the first is typed; the others are chosen from a list.
    assert names <= {"agency", "kind", "whose", "seen"}, "what is typed ends in an address"
    for field in asked:  # nothing is typed into it: digests of what the page has shown
        if field.attributes["name"] == "seen":
            assert re.fullmatch("[0-9a-f ]*", field.attributes["value"])


def answers(world: Partnership) -> Iterator[HttpResponseBase]:
    for name in PEOPLE:
        client = world.client(getattr(world, name))
        yield client.get(f"/cases/{world.ava.reference}/", secure=True)
        yield client.post(f"/cases/{world.ava.reference}/updates/add/", secure=True)


def test_every_answer_forbids_referrers_and_strange_requests(world: Partnership) -> None:
    """LOC-10, INJ-03, OPS-02, on pages of a record."""
    for answer in answers(world):
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "data:" not in policy
        assert answer.headers["Cache-Control"] == "no-store"


# --- nothing in the log


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Return the log, with everything in it but what the database was asked."""
    log_everything(caplog)
    return caplog


@pytest.mark.parametrize(
    "failure",
    [
        ValueError(CANARY_WORRY),
        KeyError("Bramley"),
        IntegrityError(f"Failing row contains (7, {CANARY_PHONE}, Bramley)"),
    ],
    ids=lambda failure: type(failure).__name__,
)
def test_a_failure_with_a_childs_data_at_hand_says_a_number_and_no_more(
    world: Partnership,
    everything_logged: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
    failure: Exception,
) -> None:
    """OPS-03, AUD-11, LOC-01: neither the page nor the log quotes what was being done."""

    def fail(*_: object) -> None:
        secret = (CANARY_PLACE, CANARY_PHONE)  # noqa: F841 a local that a report would print
        raise failure

    monkeypatch.setattr("cases.services.updates.unused", fail)
    typed = {
        "kind": "information", "text": "canary-update", "audience": "case", "token": str(uuid4()),
        "happened_at-day": "1", "happened_at-month": "11", "happened_at-year": "2026",
        "happened_at-time": "10:00",
    }  # fmt: skip
    client = world.client(world.ruth)
    client.raise_request_exception = False
    answer = client.post(f"/cases/{world.ava.reference}/updates/add/", typed, secure=True)

    assert answer.status_code in {500, 503}
    shown = answer.content.decode()
    assert_silent(shown)
    assert "ER-" in shown
    assert_silent(everything_logged.text)
    number = shown[shown.index("ER-") :][:14]
    assert number in everything_logged.text
    assert not Update.objects.filter(text="canary-update").exists()


def test_what_is_kept_to_be_typed_on_is_not_in_clear(world: Partnership) -> None:
    """DAT-09, of drafts and places: a dump of the tables holds no word of them."""
    drafts.begin(
        form="report", content={"steps": {"worry": {"why_worried": [CANARY_WORRY]}}},
        act=act_now(world.nisha),
    )  # fmt: skip
    assert Draft.objects.exists()

    with connection.cursor() as cursor:
        for table in ("cases_draft", "cases_location"):
            cursor.execute(f"SELECT string_agg({table}::text, ' ') FROM {table}")
            assert_silent(cursor.fetchone()[0])


def test_a_place_is_shown_to_a_post_with_a_token_and_a_reason_once(world: Partnership) -> None:
    """LOC-02: one line for each time, and none of it in an address."""
    location = Location.objects.filter(child=world.ava).order_by("pk")[0]
    Location.objects.filter(pk=location.pk).update(
        place=json.dumps({"description": CANARY_PLACE, "postcode": "CT9 1AA"})
    )
    address = f"/cases/{world.ava.reference}/places/{location.reference}/"
    ruth = world.client(world.ruth)
    forger = Client(enforce_csrf_checks=True)
    forger.cookies = ruth.cookies

    assert CANARY_PLACE not in ruth.get(address, secure=True).content.decode()
    assert forger.post(address, secure=True).status_code == 403
    outside = world.client(world.dana).post(address, secure=True)
    assert outside["Location"] == f"/cases/{world.ava.reference}/open/"
    assert not Entry.objects.filter(verb="cases.reveal_location").exists()

    shown = ruth.post(address, secure=True)

    assert CANARY_PLACE in shown.content.decode()
    entry = Entry.objects.get(verb="cases.reveal_location")
    assert (entry.user_id, entry.outcome) == (world.ruth.user_id, "done")
    assert entry.operation == "consultation"
    assert entry.subjects == [world.ava.pk]
    assert entry.references == [location.reference]
    assert entry.basis
    assert CANARY_PLACE not in ruth.get(address, secure=True).content.decode()
