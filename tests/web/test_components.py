"""Components show text as text, whatever it is, and cost little."""

from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.html import format_html

from missingchildren.web import components
from tests.timing import at_once
from tests.web.kitchen_sink import AT
from tests.web.payloads import PAYLOADS
from tests.web.reading_html import Page

pytestmark = pytest.mark.urls("tests.web.urls")


def samples(text: str) -> dict[str, dict[str, Any]]:
    """Return every component with `text` wherever a person's words, a name or an address may go."""
    words = {"text": text}
    asked: dict[str, Any] = {
        "id": "x", "name": "x", "label": words, "hint": words, "errorMessage": words, "value": text,
        "classes": text, "attributes": {"data-text": text}, "autocomplete": text,
    }  # fmt: skip
    group = asked | {"idPrefix": "x", "fieldset": {"legend": words}}
    items = [{"value": text, "text": text, "hint": words, "conditional": {"html": text}}]
    link = {"href": text, "text": text, "attributes": {"href": text, "data-text": text}}
    return {
        "accordion": {"id": "x", "items": [{"heading": words, "summary": words, "content": words}]},
        "back-link": link,
        "breadcrumbs": {"items": [link]},
        "button": words | {"name": text, "value": text, "attributes": {"data-text": text}},
        "character-count": asked | {"maxlength": 10, "value": components.multiline(text)},
        "checkboxes": group | {"items": items},
        "cookie-banner": {"messages": [{"heading": words, "text": text, "actions": [link]}]},
        "date-input": group | {"items": [{"name": text, "label": text, "value": text, "id": text}]},
        "details": {"summaryText": text, "text": text},
        "error-message": words,
        "error-summary": {"titleText": text, "descriptionText": text, "errorList": [link]},
        "exit-this-page": {"text": text, "redirectUrl": "/"},
        "fieldset": {"legend": words, "html": text},
        "file-upload": asked,
        "footer": {"meta": {"items": [link], "text": text}, "navigation": []},
        "generic-header": {"logoText": text, "url": text},
        "header": {"homepageUrl": "/", "productName": text},
        "hint": words,
        "input": asked | {"prefix": words, "suffix": words},
        "inset-text": words,
        "label": words | {"for": text},
        "notification-banner": {"titleText": text, "text": text, "titleId": text},
        "pagination": {"previous": link | {"labelText": text}, "next": link, "landmarkLabel": text},
        "panel": {"titleText": text, "text": text},
        "password-input": asked,
        "phase-banner": {"tag": words, "text": text},
        "radios": group | {"items": items},
        "select": asked | {"items": [{"value": text, "text": text}]},
        "service-navigation": {"serviceName": text, "serviceUrl": text, "navigation": [link]},
        "skip-link": link,
        "summary-list": {
            "card": {"title": words},
            "rows": [{"key": words, "value": words, "actions": {"items": [link]}}],
        },
        "table": {"caption": text, "head": [words], "rows": [[words, words]]},
        "tabs": {"title": text, "items": [{"label": text, "id": "a", "panel": words}]},
        "tag": words | {"classes": text},
        "task-list": {"items": [{"title": words, "hint": words, "status": words, "href": text}]},
        "textarea": asked | {"value": components.multiline(text)},
        "warning-text": words | {"iconFallbackText": text},
    }


@pytest.mark.parametrize("component", sorted(samples("")))
def test_no_text_changes_a_component(component: str) -> None:
    """INJ-01: forty payloads in every text parameter of every component make no element."""
    plain = Page(components.render(component, **samples("Ava Bramley")[component])).shape()

    for payload in PAYLOADS:
        page = Page(components.render(component, **samples(payload)[component]))
        assert page.shape() == plain, payload
        assert not [a for a in page.addresses() if a.lower().startswith(("javascript", "//"))]


@pytest.mark.django_db
def test_no_text_changes_a_page(client: Client) -> None:
    """INJ-01: the same through every tag of ours, on a whole page."""
    plain = Page(client.get("/kitchen-sink/", {"text": "Ava"}).content.decode()).shape()

    for payload in PAYLOADS:
        page = Page(client.get("/kitchen-sink/", {"text": payload}).content.decode())
        assert page.shape() == plain, payload


@pytest.mark.django_db
def test_what_was_typed_is_shown_again_as_text(client: Client) -> None:
    """INJ-01: a refused form repeats what was typed, and only that."""
    fields = (
        "full_name",
        "account",
        "place",
        "medicine",
        "postcode",
        "reference",
        "at_time",
        "known",
    )
    parts = ("seen_at-day", "seen_at-time", "born_on-year", "nation", "amount", "token", "worries")
    plain = Page(
        client.post("/kitchen-sink/", dict.fromkeys((*fields, *parts), "?")).content.decode()
    )

    for payload in PAYLOADS:
        typed = dict.fromkeys((*fields, *parts), payload)
        page = Page(client.post("/kitchen-sink/", typed).content.decode())
        assert {name for name, _ in page.shape()} == {name for name, _ in plain.shape()}, payload
        handlers = [n for _, names in page.shape() for n in names if n.startswith("on")]
        assert handlers == [], payload


def test_markup_that_django_escaped_stays_and_other_markup_does_not() -> None:
    trusted = format_html("<em>{}</em>", "<b>")

    assert "<em>&lt;b&gt;</em>" in components.render("panel", titleText="T", html=trusted)
    assert "&lt;em&gt;" in components.render("panel", titleText="T", html="<em>")


@pytest.mark.parametrize(
    "attributes", [{"onclick": "x"}, {"style": "x"}, {'a"b': "x"}, {"a b": ""}]
)
def test_attributes_that_could_carry_a_script_are_refused(attributes: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="not allowed"):
        components.render("button", text="Save", attributes=attributes)


def test_attributes_are_never_taken_as_a_string() -> None:
    with pytest.raises(TypeError):
        components.render("button", text="Save", attributes='onclick="x"')


@pytest.mark.parametrize(
    ("address", "followed"),
    [
        ("/cases/", "/cases/"),
        ("?page=2#top", "?page=2#top"),
        ("https://www.gov.uk/", "https://www.gov.uk/"),
        ("mailto:help@missingchildren.example", "mailto:help@missingchildren.example"),
        ("javascript:alert(1)", "#"),
        (" jAvA\tscript:alert(1)", "#"),
        ("data:text/html,x", "#"),
        ("//evil.example", "#"),
        ("\\\\evil.example", "#"),
    ],
)
def test_addresses_lead_only_where_links_may(address: str, followed: str) -> None:
    assert components.safe_address(address) == followed


@pytest.mark.parametrize(
    "typed", ["one\ntwo", "\nfirst line empty", "  indented\n    more", "a\r\nb"]
)
def test_text_areas_keep_every_space_and_line_end(typed: str) -> None:
    textarea = components.render(
        "radios",
        name="r",
        items=[{"value": "1", "text": "One", "conditional": {"html": components.render(
            "textarea", id="t", name="t", label={"text": "T"}, value=components.multiline(typed)
        )}}],
        fieldset={"legend": {"text": "Question"}},
    )  # fmt: skip

    shown = Page(textarea).by_id("t")

    assert shown is not None
    assert shown.text.removeprefix("\n" if typed.startswith("\n") else "") == typed.replace(
        "\r", ""
    )


def test_a_page_of_twenty_five_rows_is_quick() -> None:
    template = Template(
        "{% load web %}{% for row in rows %}{% tag 'Overdue' colour='red' %}{% when row %}"
        "{% summary_list facts %}{% notification_badge 3 'not read' %}{% endfor %}"
    )
    context = Context({"rows": [AT] * 25, "facts": [("Name", "Ava"), ("Born", "2011")]})
    template.render(context)

    with at_once(times=10, each=0.03):
        for _ in range(10):
            template.render(context)
