"""Every page that there is, in every state: axe finds nothing, and it fits a telephone."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client, TransactionTestCase, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from missingchildren.agencies.models import User
from missingchildren.demo import cast
from tests.browser.person import Person
from tests.browser.states import STATES, State, settle
from tests.browsers import WIDTHS, Chromium, Tab, problems_of
from tests.demonstration import QUICK_HASHER
from tests.signing_in import sign_in

pytestmark = [pytest.mark.browser, pytest.mark.first]

# They answer no page of their own: they go elsewhere, or answer a program.
NOT_PAGES = {
    "cases:report_autosave",
    "returninterviews:autosave",
    "alerts:acknowledge",
    "agencies:act_for",
    "agencies:withdraw_invitation",
    "web:csp_report",
    "risk:ask_others",
}
# Walked in tests/sign_in, by the names that signing in has; and no pages for people.
ELSEWHERE = ("account/", "api/v1/", "health/")


@pytest.fixture(scope="module")
def service(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """Serve the demonstration, loaded once for every test here; return its address."""
    with django_db_blocker.unblock(), override_settings(PASSWORD_HASHERS=QUICK_HASHER):
        settle()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        TransactionTestCase()._fixture_teardown()  # type: ignore[attr-defined]


def session_of(person: str) -> str:
    """Return the cookie of somebody who has just signed in."""
    if not person:
        return ""
    client = Client()
    is_address = "@" in person
    sign_in(client, User.objects.get(email=person) if is_address else cast.membership(person).user)
    return client.cookies["session"].value


@pytest.fixture(scope="module")
def tabs(chromium_process: Chromium) -> Iterator[list[Tab]]:
    """Keep one tab for all of them, which knows the service's styles and scripts already."""
    yield []
    with chromium_process.lent():
        pass  # closes it


@pytest.fixture
def tab(service: str, tabs: list[Tab], chromium_process: Chromium) -> Iterator[Tab]:
    """Lend the tab, with nobody signed in."""
    with chromium_process.lent(keeps_windows=True) as browser:
        if not tabs:
            page = browser.new_context(base_url=service).new_page()
            tabs.append(Tab(page, problems_of(page)))
        yield tabs[0]
        tabs[0].clear()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_a_page_is_accessible_and_fits(service: str, tab: Tab, state: State) -> None:
    """A11Y-01, A11Y-05, A11Y-08: as it opens, refused, empty, and as others see it.

    At a desk first; then the window is as narrow as a telephone, or as a zoom of 400 % makes it.
    """
    session = session_of(state.by)
    person = Person(
        tab.page.context.browser, base=service, width=WIDTHS[0], session=session, tab=tab
    )
    answer = person.page.goto(state.address())
    assert answer.status == state.status, person.page.locator("main").inner_text()
    state.then(person)

    for width in WIDTHS:
        person.be_as_wide_as(width)
        words = person.look(state.name.replace(":", "-").replace(" ", "-").replace(",", ""))
        assert state.shows in words


def page_names(patterns: list[Any], prefix: str = "", route: str = "") -> Iterator[str]:
    """Return the name of every address, without those that are walked elsewhere."""
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if here.startswith(ELSEWHERE):
            continue
        if isinstance(pattern, URLResolver):
            namespace = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from page_names(pattern.url_patterns, prefix + namespace, here)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_page_has_a_state_here() -> None:
    """A11Y-01: a new page without one fails the build."""
    assert set(page_names(get_resolver().url_patterns)) - NOT_PAGES == {s.page for s in STATES}
