"""Nobody gets anywhere without a second factor that this session has shown."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.account import urls as account_urls
from allauth.mfa import urls as mfa_urls
from allauth.mfa.models import Authenticator
from django.core import mail
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from missingchildren.agencies import factors
from missingchildren.agencies.models import User
from missingchildren.core.encryption import decrypt
from tests.factories import UserFactory
from tests.sign_in.conftest import PASSWORD, SECOND_STEP, SIGN_IN, enter_password
from tests.signing_in import code_at, give_second_factor, sign_in

MORNING = datetime(2026, 11, 20, 8, 0, 5, tzinfo=UTC)

PUBLIC = {
    "account_login",
    "mfa_login_webauthn",
    "mfa_authenticate",
    "account_logout",
    "account_signed_out",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "accessibility",
    "privacy_notice",
    "help",
    "attribution",
    "csp_report",
}
ENROLMENT = {
    "mfa_index",
    "mfa_start_totp",
    "mfa_activate_totp",
    "mfa_totp_image",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
}


def names(patterns: list[URLPattern | URLResolver]) -> list[str]:
    """Return the name of every address below."""
    found: list[str] = []
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found += names(pattern.url_patterns)
        elif pattern.name:
            found.append(pattern.name)
    return found


# What an address may take, whatever it is called.
ARGUMENTS: tuple[dict[str, object], ...] = (
    {},
    {"pk": 1},
    {"handle": "x"},
    {"key": "x"},
    {"uidb36": "1", "key": "set-password"},
)


def address_of(name: str) -> str:
    """Return an address, whatever it takes."""
    for place in ("", "web:"):
        for arguments in ARGUMENTS:
            try:
                return reverse(place + name, kwargs=arguments)
            except NoReverseMatch:
                continue
    raise NoReverseMatch(name)


# --- AUTH-01


@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_second_factor_only_enrolment_is_reached(
    client: Client, newcomer: User, method: str
) -> None:
    """AUTH-01: every address there is."""
    enter_password(client)
    every = [name for name in names(get_resolver().url_patterns) if name not in PUBLIC]
    assert len(every) > 15

    for name in every:
        response = getattr(client, method)(address_of(name))
        if name in ENROLMENT or response.status_code == 404:
            continue
        if name == "operation":
            assert response.status_code == 403, name
            assert response.headers["Content-Type"] == "application/problem+json"
            continue
        assert response.status_code == 302, name
        assert response["Location"] == "/account/", name


def test_without_a_second_factor_one_may_sign_out(client: Client, newcomer: User) -> None:
    """AUTH-01."""
    enter_password(client)

    client.post("/account/sign-out/")

    assert client.get("/account/")["Location"].startswith(SIGN_IN)


def test_a_session_opened_before_the_factor_was_added_must_show_it(newcomer: User) -> None:
    """AUTH-01: a stolen password used early is not a way in later."""
    early = Client()
    enter_password(early)
    assert early.get("/")["Location"] == "/account/"
    give_second_factor(newcomer)

    assert early.get("/")["Location"] == "/account/confirm/code/?next=%2F"
    assert early.get("/account/passkeys/add/")["Location"].startswith("/account/confirm/code/")
    assert early.get("/account/recovery-codes/")["Location"].startswith("/account/confirm/code/")


def test_a_factor_taken_away_takes_the_session_back_to_enrolment(
    client: Client, joan: User
) -> None:
    """AUTH-01."""
    sign_in(client, joan)
    Authenticator.objects.filter(user=joan).delete()

    assert client.get("/")["Location"] == "/account/"


# --- enrolling


def test_an_authenticator_app_is_added_and_recovery_codes_are_kept(
    client: Client, newcomer: User
) -> None:
    """AUTH-01: choose, first code, recovery codes shown once, done."""
    with time_machine.travel(MORNING, tick=False) as clock:
        assert enter_password(client)["Location"] == "/"
        assert client.get("/")["Location"] == "/account/"
        assert b"Set up your second step" in client.get("/account/").content

        assert client.post("/account/app/start/")["Location"] == "/account/app/add/"
        seed = decrypt(client.session["new_authenticator_seed"])
        page = client.get("/account/app/add/").content.decode()
        assert " ".join(seed[i : i + 4] for i in range(0, 32, 4)) in page
        assert (
            b"Enter the one that the app shows now"
            in client.post("/account/app/add/", {"code": "000000"}).content
        )
        added = client.post("/account/app/add/", {"code": code_at(time.time(), seed)})
        assert added["Location"] == "/account/"
        assert "new_authenticator_seed" not in client.session

        assert client.get("/")["Location"] == "/account/recovery-codes/"
        assert b"Show my recovery codes" in client.get("/account/recovery-codes/").content
        shown = client.post("/account/recovery-codes/")
        codes = shown.context["codes"]
        assert all(code.encode() in shown.content for code in codes)
        assert client.get("/")["Location"] == "/account/recovery-codes/"
        assert client.post("/account/recovery-codes/kept/")["Location"] == "/account/"
        assert client.get("/").content == b"work"
        for page in ("/account/recovery-codes/", "/account/"):
            assert not any(code.encode() in client.get(page).content for code in codes)

        other = Client()
        enter_password(other)
        used = other.post(SECOND_STEP, {"code": code_at(time.time(), seed)})
        assert b"was used before" in used.content
        clock.shift(30)
        assert other.post(SECOND_STEP, {"code": code_at(time.time(), seed)})["Location"] == "/"
    assert [message.subject for message in mail.outbox] == [
        "An authenticator app was added",
        "New recovery codes were made",
    ]


def test_the_picture_of_the_seed_is_served_to_its_owner_only(
    client: Client, newcomer: User
) -> None:
    enter_password(client)
    assert client.get("/account/app/add/image.svg").status_code == 404
    client.post("/account/app/start/")

    picture = client.get("/account/app/add/image.svg")

    assert picture["Content-Type"] == "image/svg+xml"
    assert b"<svg" in picture.content
    assert "no-store" in picture["Cache-Control"]
    assert b"data:" not in client.get("/account/app/add/").content
    other: User = UserFactory.create()
    stranger = Client()
    sign_in(stranger, other)
    assert stranger.get("/account/app/add/image.svg").status_code == 404


def test_a_seed_being_added_cannot_be_read_in_the_session(client: Client, newcomer: User) -> None:
    enter_password(client)
    client.post("/account/app/start/")

    assert client.session["new_authenticator_seed"].startswith("gAAAA")


# --- changing


def test_the_last_factor_cannot_be_removed(client: Client, joan: User) -> None:
    sign_in(client, joan)

    response = client.post("/account/app/remove/")

    assert response.status_code == 403
    assert b"Add another way to sign in first" in response.content
    assert Authenticator.objects.filter(user=joan, type="totp").exists()


def test_one_of_two_factors_can_be_removed(client: Client, joan: User) -> None:
    passkey = Authenticator.objects.create(
        user=joan, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop", "credential": {}}
    )
    sign_in(client, joan)

    address = f"/account/passkeys/{factors.handle_of(passkey)}/remove/"
    assert address in client.get("/account/").content.decode()
    assert client.post(f"/account/passkeys/{passkey.pk}/remove/").status_code == 404
    assert b"Laptop" in client.get(address).content
    response = client.post(address)

    assert response["Location"] == "/account/"
    assert list(factors.held_by(joan)) == ["totp", "recovery_codes"]
    assert [message.subject for message in mail.outbox] == ["A passkey was removed"]


def test_another_persons_passkey_is_not_there(client: Client, joan: User) -> None:
    other: User = UserFactory.create()
    passkey = Authenticator.objects.create(
        user=other, type=Authenticator.Type.WEBAUTHN, data={"name": "Laptop", "credential": {}}
    )
    sign_in(client, joan)

    address = f"/account/passkeys/{factors.handle_of(passkey)}/remove/"
    assert client.post(address).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        "/account/password/change/",
        "/account/app/start/",
        "/account/app/remove/",
        "/account/passkeys/add/",
        "/account/recovery-codes/",
    ],
)
def test_changing_a_factor_asks_again_after_five_minutes(
    client: Client, joan: User, address: str
) -> None:
    """AUTH-14."""
    with time_machine.travel(MORNING, tick=False):
        sign_in(client, joan)
    with time_machine.travel(MORNING + timedelta(minutes=6), tick=False):
        response = client.post(address)

        assert response["Location"].startswith("/account/confirm/code/?next=")
        assert "account_reauthentication_state" not in client.session


def test_the_password_does_not_confirm_who_has_a_second_factor(client: Client, joan: User) -> None:
    """AUTH-14."""
    with time_machine.travel(MORNING, tick=False):
        sign_in(client, joan)
    with time_machine.travel(MORNING + timedelta(minutes=6), tick=False):
        response = client.post(
            "/account/confirm/password/?next=/export/", {"password": PASSWORD, "next": "/export/"}
        )

        assert response["Location"].startswith("/account/confirm/code/")
        assert client.get("/export/").status_code == 302


def test_a_password_is_changed(client: Client, joan: User) -> None:
    sign_in(client, joan)
    elsewhere = Client()
    sign_in(elsewhere, joan)

    wrong = client.post(
        "/account/password/change/",
        {"oldpassword": "x", "password1": "nine quiet lanterns at dusk"},
    )
    done = client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "nine quiet lanterns at dusk"},
    )

    assert b"Enter your current password." in wrong.content
    assert done["Location"] == "/account/"
    assert client.get("/").status_code == 200
    assert elsewhere.get("/")["Location"].startswith(SIGN_IN)
    joan.refresh_from_db()
    assert joan.check_password("nine quiet lanterns at dusk")


# --- allauth's pages


@pytest.mark.parametrize(
    "name", sorted({*names(account_urls.urlpatterns), *names(mfa_urls.urlpatterns)})
)
def test_every_page_of_allauth_is_ours_or_absent(
    client: Client, joan: User, newcomer: User, name: str
) -> None:
    """Reached as a stranger, halfway in, while enrolling, and signed in."""
    halfway, enrolling, signed_in = Client(), Client(), client
    enter_password(halfway)
    fresh: User = UserFactory.create()
    enrolling.force_login(fresh)
    session = enrolling.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()
    sign_in(signed_in, joan)
    address = address_of(name)

    for person in (Client(), halfway, enrolling, signed_in):
        for response in (person.get(address), person.post(address)):
            if response.status_code == 404 or 300 <= response.status_code < 400:
                continue
            if response.status_code == 405:
                continue
            assert response.status_code in {200, 403}, (name, response.status_code)
            page = response.content.decode()
            assert 'class="app-header__name">Missing children</a>' in page, name
            assert page.count("<h1") == 1, name
            assert "allauth" not in page, name
            assert "placeholder=" not in page, name


def test_pages_that_allauth_has_and_we_do_not_answer_404(client: Client) -> None:
    absent = ("signup", "email", "email_verification_sent", "inactive", "set_password")
    for name in absent:
        assert client.get(reverse(f"account_{name}")).status_code == 404
        assert client.post(reverse(f"account_{name}")).status_code == 404


def test_the_walk_knows_every_pattern() -> None:
    for name in names(get_resolver().url_patterns):
        assert address_of(name)
