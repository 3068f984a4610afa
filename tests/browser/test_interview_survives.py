"""An interview that is being typed survives a cut network and a killed web process."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from cases.models import Draft
from cases.services import drafts
from cases.services.reports import Place
from missingchildren.audit.acts import database_now
from missingchildren.demo import story, telling, telling_interviews
from missingchildren.demo.telling import Missing, hours, minutes
from returninterviews.models import Account, Interview
from returninterviews.services.accounts import FORM
from tests.browser.forms import tick, write
from tests.browser.person import Person
from tests.browser.serving import Web
from tests.demonstration import QUICK_HASHER, client_of, settle_the_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# A face made of several, right to left, marks that combine with no letter of their own, lines.
FIRST = "She said “leave me” \N{WOMAN}\N{ZERO WIDTH JOINER}\N{GIRL} and لا أريد العودة."
SECOND = "\n\nThen: q\N{COMBINING TILDE} x\N{COMBINING CIRCUMFLEX ACCENT} ส้มตำ, שלום, 𐍈. No more.\n"
THIRD = "She walked home at 5:55 🏡."
AT_MOST = 15.0  # seconds of typing that may be lost
PATIENCE = 20_000  # milliseconds: longer than the page waits before it tries again
SAVED, NOT_SAVED = ".app-saved", ".app-not-saved"


@pytest.fixture
def web(
    transactional_db: None, tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> Iterator[Web]:
    """Serve the test database from a process of its own."""
    settings.PASSWORD_HASHERS = QUICK_HASHER
    served = Web(tmp_path_factory.mktemp("web"))
    yield served
    served.stop()


@pytest.fixture
def interview(web: Web) -> Interview:
    """Return Ava's interview, arranged with Lena five minutes ago."""
    now = settle_the_cast()
    ava = story.ava_is_looked_after(now=now)
    telling.go_missing(
        Missing(
            reporter="ruth.adeyemi",
            place=Place(description="On the seafront", postcode="CT9 2HL"),
            seen=hours(9),
            reported=hours(8),
            why_worried="She left without her inhaler after a call.",
            accepted_by="joan.mercer",
            accepted=hours(7.5),
            returned=hours(2),
        ),
        child=ava,
        now=now,
    )
    opened = telling_interviews.interview_of(ava)
    telling_interviews.refer("ruth.adeyemi", opened, provider="open_door", at=now - hours(1))
    telling_interviews.offer(
        "lena.fox", opened, at=now - minutes(30), arranged_for=now - minutes(5), place_kind="youth"
    )
    return opened


@pytest.fixture
def lena(web: Web, chromium: Any, interview: Interview) -> Person:
    """Return Lena on the page about the time away, with sharing explained."""
    session = client_of("lena.fox").cookies["session"].value
    lena = Person(chromium, base=web.url, width=1280, session=session)
    lena.open(f"/interviews/{interview.reference}/")
    lena.press("Start the interview")
    tick(lena, is_explained="yes", is_alone="yes", parent_asked="agreed")
    lena.press("Save and continue")
    write(lena, before="A call.")
    lena.press("Save and continue")
    lena.page.wait_for_url("**/away/")
    return lena


def type_on(lena: Person, text: str) -> None:
    """Type at the end of what is there."""
    lena.page.locator("[name=away]").focus()
    lena.page.keyboard.press("Control+End")
    lena.page.keyboard.insert_text(text)


def on_the_page(lena: Person) -> str:
    typed: str = lena.page.locator("[name=away]").input_value()
    return typed


def on_the_server() -> str:
    """Return what is kept of the page, with line ends as a browser shows them."""
    kept = drafts.content(Draft.objects.get(form=FORM))["steps"].get("away", {})
    return str(kept.get("away", [""])[0]).replace("\r\n", "\n")


def wait_until_kept(lena: Person, text: str) -> None:
    """Wait until the server has all of the text, and the page says nothing of trouble."""
    until = time.monotonic() + PATIENCE / 1000
    while on_the_server() != text and time.monotonic() < until:
        lena.page.wait_for_timeout(100)
    assert on_the_server() == text
    lena.page.locator(NOT_SAVED).wait_for(state="hidden")
    lena.page.locator(SAVED, has_text="Draft saved at").wait_for()


def assert_is_not_left(lena: Person) -> None:
    """Send a page that cannot be sent; the button takes no second press within a second."""
    address = lena.page.url
    lena.press("Save and continue")
    lena.page.wait_for_timeout(1_100)
    assert lena.page.url == address


def sign(lena: Person) -> Account:
    """Send what is typed, answer the pages that are left, and sign."""
    for page in ("harm", "words", "sharing"):
        lena.press("Save and continue")
        lena.page.wait_for_url(f"**/{page}/")
    write(lena, summary="A man waits for her.")
    tick(lena, is_child_told="yes")
    for page in ("recommendations", "check"):
        lena.press("Save and continue")
        lena.page.wait_for_url(f"**/{page}/")
    lena.press("Sign the interview")
    lena.page.get_by_text("Interview signed").first.wait_for()
    signed: Account = Account.objects.get()
    return signed


def test_a_cut_network_loses_nothing_that_is_on_the_page(lena: Person) -> None:
    """R-19, CON-10: it is said, nothing leaves the page, and what is signed is what was typed."""
    type_on(lena, FIRST)
    wait_until_kept(lena, FIRST)

    lena.context.set_offline(True)
    type_on(lena, SECOND)
    lena.page.locator(NOT_SAVED, has_text="Not saved since").wait_for(timeout=PATIENCE)
    lena.look("interview-offline")
    assert_is_not_left(lena)
    assert on_the_page(lena) == FIRST + SECOND
    assert on_the_server() == FIRST

    lena.context.set_offline(False)
    wait_until_kept(lena, FIRST + SECOND)
    type_on(lena, THIRD)
    account = sign(lena)
    assert account.away.encode() == (FIRST + SECOND + THIRD).encode()


def test_who_types_without_a_pause_loses_fifteen_seconds_at_most(lena: Person) -> None:
    """R-19: the page is closed while somebody types on."""
    typed: list[tuple[float, str]] = []
    begun = time.monotonic()
    while time.monotonic() - begun < AT_MOST + 2:
        word = f"word{len(typed)} "
        type_on(lena, word)
        typed.append((time.monotonic(), word))
        lena.page.wait_for_timeout(700)
    lena.page.close()
    closed = time.monotonic()

    early = "".join(word for at, word in typed if at < closed - AT_MOST)
    assert early
    assert on_the_server().startswith(early)


def test_a_killed_web_process_loses_nothing_that_is_on_the_page(web: Web, lena: Person) -> None:
    """R-18, R-30, CON-10: `kill -9` while somebody types; the page saves when it is back."""
    type_on(lena, FIRST)
    wait_until_kept(lena, FIRST)

    type_on(lena, SECOND)
    web.kill()
    lena.page.locator(NOT_SAVED, has_text="Not saved since").wait_for(timeout=PATIENCE)
    assert on_the_page(lena) == FIRST + SECOND
    assert on_the_server() == FIRST
    assert_is_not_left(lena)
    assert on_the_page(lena) == FIRST + SECOND

    web.start()
    wait_until_kept(lena, FIRST + SECOND)
    type_on(lena, THIRD)
    account = sign(lena)
    assert account.away.encode() == (FIRST + SECOND + THIRD).encode()
    assert Interview.objects.get().signed_at is not None


def test_what_was_kept_is_there_in_a_new_window(web: Web, lena: Person, chromium: Any) -> None:
    """R-18: the page was closed too: what had been saved is there after the process came back."""
    type_on(lena, FIRST)
    wait_until_kept(lena, FIRST)
    address = lena.page.url
    web.kill()
    lena.page.close()
    web.start()

    again = Person(
        chromium,
        base=web.url,
        width=1280,
        session=client_of("lena.fox").cookies["session"].value,
    )
    again.open(address)
    assert on_the_page(again) == FIRST
    type_on(again, SECOND + THIRD)
    account = sign(again)
    assert account.away.encode() == (FIRST + SECOND + THIRD).encode()
    assert database_now() > account.signed_at
