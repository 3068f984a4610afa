"""In a real browser: passkeys from first to last, and every page usable by everybody."""

import re
import time
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from pytest_django import Settings

from missingchildren.agencies.models import User
from missingchildren.agencies.sign_in import SECOND_FACTOR_AT
from missingchildren.demo.sign_in import give_second_factor
from tests.browsers import assert_accessible
from tests.factories import MembershipFactory
from tests.sign_in.conftest import EMAIL, PASSWORD
from tests.signing_in import code_at

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(autouse=True)
def _site(
    settings: Settings,
    chromium_process: object,  # before the server, which needs a name for this machine
    live_server: Any,
    tmp_path: Path,
    _own_addresses: None,
) -> None:
    settings.SITE_URL = live_server.url
    settings.ROOT_URLCONF = "tests.sign_in.demo_urls"
    settings.FICTION_NOTICE = "Every person here is fictional."
    settings.DEMO_MAILDIR = tmp_path / "mail"


@pytest.fixture
def device(page: Any) -> Any:
    """Give the browser an authenticator; return how to talk to it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    added = session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    session.authenticator = added["authenticatorId"]
    return session


def passkeys_of(device: Any) -> list[dict[str, Any]]:
    found = device.send("WebAuthn.getCredentials", {"authenticatorId": device.authenticator})
    credentials: list[dict[str, Any]] = found["credentials"]
    return credentials


def type_password(page: Any) -> None:
    page.goto("/account/sign-in/")
    page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.click("button:text-is('Continue')")


def arrive(page: Any, path: str) -> None:
    page.wait_for_url(re.compile(rf"^https?://[^/]+{path}$"))


def path_of(page: Any) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)


def add_passkey(page: Any) -> None:
    page.goto("/account/passkeys/add/")
    page.fill("[name=name]", "Work laptop")
    page.click("button:text-is('Continue')")
    page.wait_for_url(lambda address: not address.endswith("/add/"))


def test_a_passkey_from_invitation_to_signing_in_again(
    page: Any,
    device: Any,
    newcomer: User,
) -> None:
    """AUTH-01, AUTH-02, AUTH-11: enrol, keep the codes, sign out, sign in with nothing typed."""
    MembershipFactory.create(user=newcomer)
    type_password(page)
    assert_accessible(page)
    page.goto("/")
    assert path_of(page) == "/account/"
    assert_accessible(page)
    page.click("text=Add a passkey")
    page.wait_for_selector("[name=name]")
    assert_accessible(page)
    add_passkey(page)
    assert [key["rpId"] for key in passkeys_of(device)] == ["localhost"]
    assert all(key["isResidentCredential"] for key in passkeys_of(device))

    page.goto("/")
    assert path_of(page) == "/account/recovery-codes/"
    assert_accessible(page)
    page.click("text=Show my recovery codes")
    page.wait_for_selector("#recovery-codes li")
    assert page.locator("#recovery-codes li").count() == 10
    assert_accessible(page)
    page.click("text=I have kept my codes")
    page.wait_for_selector("text=Work laptop")
    assert_accessible(page)

    page.click("text=Sign out")
    page.wait_for_selector("h1:text-is('You have signed out')")
    assert_accessible(page)
    assert page.context.cookies() == []
    page.go_back()
    page.wait_for_load_state()
    assert "Work laptop" not in page.content()

    page.goto("/account/sign-in/?next=/export/")
    page.click("text=Sign in with a passkey")
    arrive(page, "/export/")
    assert page.text_content("body") == "work"


def test_a_passkey_as_second_step_and_to_confirm(
    page: Any,
    device: Any,
    joan: User,
) -> None:
    """AUTH-02, AUTH-14."""
    type_password(page)
    page.fill("[name=code]", code_at(time.time()))
    page.click("button:text-is('Sign in')")
    arrive(page, "/")
    add_passkey(page)
    page.context.clear_cookies()

    type_password(page)
    page.wait_for_selector("h1:text-is('Second step')")
    assert_accessible(page)
    page.click("text=Use a passkey")
    arrive(page, "/")
    assert page.text_content("body") == "work"

    pretend_the_second_factor_was_used_an_hour_ago()
    page.goto("/export/")
    assert path_of(page) == "/account/confirm/passkey/?next=%2Fexport%2F"
    assert_accessible(page)
    page.click("button:text-is('Use a passkey')")
    arrive(page, "/export/")
    assert page.text_content("body") == "work"


def pretend_the_second_factor_was_used_an_hour_ago() -> None:
    for session in Session.objects.all():
        kept = session.get_decoded()
        if SECOND_FACTOR_AT in kept:
            kept[SECOND_FACTOR_AT] -= 3600
            session.session_data = Session.get_session_store_class()().encode(kept)  # type: ignore[misc]
            session.save()


def test_the_browser_refuses_at_another_origin_and_the_page_says_so(
    page: Any,
    device: Any,
    joan: User,
    live_server: Any,
) -> None:
    """AUTH-02: 127.0.0.1 is not localhost."""
    elsewhere = live_server.url.replace("localhost", "127.0.0.1")
    page.goto(f"{elsewhere}/account/sign-in/")
    page.click("text=Sign in with a passkey")
    page.wait_for_selector("#passkey-problem:visible")

    assert "The passkey was not used" in page.text_content("#passkey-problem")
    page.wait_for_selector("#passkey-problem:focus")
    assert_accessible(page)


def test_a_person_without_the_passkey_is_told_and_goes_on(
    page: Any,
    device: Any,
    joan: User,
) -> None:
    page.goto("/account/sign-in/")
    assert page.is_hidden("#passkey-problem")
    page.click("text=Sign in with a passkey")
    page.wait_for_selector("#passkey-problem:visible")

    type_password(page)
    page.wait_for_selector("h1:text-is('Second step')")


@pytest.mark.parametrize(
    "address",
    [
        "/account/sign-in/",
        "/account/signed-out/",
        "/account/password/forgotten/",
        "/account/password/forgotten/sent/",
        "/account/password/new/1-nonsense/",
        "/account/password/changed/",
        "/account/signup/",
    ],
)
def test_pages_for_strangers_are_accessible(page: Any, address: str) -> None:
    """A11Y-01, A11Y-16: as they open, and as they come back with mistakes."""
    page.goto(address)
    assert_accessible(page)
    send = page.locator("main form:not([data-passkey]) button[type=submit]")
    if send.count():
        send.first.click()
        page.wait_for_selector(".govuk-error-summary")
        assert page.title().startswith("Error: ")
        assert_accessible(page)


def test_pages_for_the_signed_in_are_accessible(
    page: Any,
    device: Any,
    joan: User,
) -> None:
    """A11Y-01."""
    MembershipFactory.create(user=joan)
    give_second_factor(joan)
    page.goto("/demo/")
    assert_accessible(page)
    page.click("button:has-text('as Joan Mercer')")
    arrive(page, "/")
    add_passkey(page)
    for address in (
        "/account/",
        "/account/app/remove/",
        "/account/password/change/",
        "/account/recovery-codes/",
        "/account/sign-out/",
        "/account/confirm/code/?next=/",
        "/account/confirm/passkey/?next=/",
        "/demo/mailbox/",
    ):
        assert page.goto(address).status == 200
        assert path_of(page) == address
        assert_accessible(page)
    page.goto("/account/app/remove/")
    page.click("button:text-is('Remove')")
    page.wait_for_selector("text=Add an authenticator app")
    page.click("text=Add an authenticator app")
    page.wait_for_selector("img[src$='image.svg']")
    page.wait_for_load_state("networkidle")
    assert page.evaluate("document.querySelector('main img').naturalWidth") > 100
    assert_accessible(page)
