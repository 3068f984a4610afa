"""Signing in takes two steps, leaves nothing behind and tells nobody who has an account."""

import re
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from importlib import import_module
from threading import Barrier
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from missingchildren.agencies import factors, sign_in_views
from missingchildren.agencies.models import User
from tests.sign_in.conftest import EMAIL, PASSWORD, SECOND_STEP, SIGN_IN, enter_password
from tests.signing_in import code_at, sign_in

MORNING = datetime(2026, 11, 20, 8, 0, 5, tzinfo=UTC)
FORGOTTEN = "/account/password/forgotten/"
ELSEWHERE = "203.0.113.9"


def statements_of(act: Callable[[str], object], email: str) -> list[str]:
    """Return what was asked of the database, without the values."""
    with CaptureQueriesContext(connection) as queries:
        act(email)
    return [re.sub(r"'[^']*'|\d+|NULL", "", query["sql"]) for query in queries]


def counted(name: str, calls: list[str]) -> Callable[..., Any]:
    """Return a hasher's own method, which also notes that it was called."""
    real = getattr(Argon2PasswordHasher, name)

    def method(*args: Any, **kwargs: Any) -> Any:
        calls.append(name)
        return real(*args, **kwargs)

    return method


def session_ids() -> set[str]:
    return set(Session.objects.values_list("session_key", flat=True))


def sign_in_with_app(client: Client) -> None:
    assert enter_password(client)["Location"] == SECOND_STEP
    response = client.post(SECOND_STEP, {"code": code_at(time.time())})
    assert response["Location"] == "/", response.content.decode()


# --- the two steps


def test_password_and_code_lead_in(client: Client, joan: User) -> None:
    sign_in_with_app(client)

    assert client.get("/").content == b"work"


def test_a_password_alone_leads_nowhere(client: Client, joan: User) -> None:
    enter_password(client)

    assert client.get("/")["Location"] == f"{SIGN_IN}?next=/"


def test_session_id_changes_at_sign_in_and_the_old_one_is_dead(client: Client, joan: User) -> None:
    """AUTH-09."""
    enter_password(client)
    before = client.session.session_key
    assert before

    client.post(SECOND_STEP, {"code": code_at(time.time())})

    assert client.session.session_key != before
    assert session_ids() == {client.session.session_key}
    assert len(client.session.session_key or "") * 5 >= 128  # letters and digits: 5.17 bits each


def test_session_id_changes_at_step_up_and_the_old_one_is_dead(client: Client, joan: User) -> None:
    """AUTH-09."""
    with time_machine.travel(MORNING, tick=False):
        sign_in(client, joan)
    before = client.session.session_key
    with time_machine.travel(MORNING + timedelta(minutes=6), tick=False):
        asked = client.get("/export/")
        assert asked["Location"] == "/account/confirm/code/?next=%2Fexport%2F"
        response = client.post(asked["Location"], {"code": code_at(time.time())})

        assert response["Location"] == "/export/"
        assert client.session.session_key != before
        assert session_ids() == {client.session.session_key}
        assert client.get("/export/").content == b"work"


def test_a_session_ends_twelve_hours_after_signing_in_whatever_is_done(
    client: Client, joan: User
) -> None:
    with time_machine.travel(MORNING, tick=False):
        sign_in_with_app(client)
    for quarter in range(1, 48):
        with time_machine.travel(MORNING + timedelta(minutes=15 * quarter), tick=False):
            assert client.get("/").status_code == 200
    with time_machine.travel(MORNING + timedelta(hours=11, minutes=59), tick=False):
        session = client.session
        session["touched"] = True
        session.save()
        assert client.get("/").status_code == 200
    with time_machine.travel(MORNING + timedelta(hours=12, seconds=1), tick=False):
        assert client.get("/")["Location"].startswith(SIGN_IN)


def test_cookies_are_for_this_host_and_not_for_scripts(joan: User, settings: Settings) -> None:
    """AUTH-15: with the cookie settings of production."""
    production = import_module("missingchildren.settings.production")
    for name in (name for name in dir(production) if "COOKIE" in name):
        setattr(settings, name, getattr(production, name))
    client = Client()
    client.get(SIGN_IN, secure=True)
    enter_password(client, secure=True)

    assert set(client.cookies) == {"__Host-session", "__Host-csrf"}
    for cookie in client.cookies.values():
        assert cookie["secure"], cookie
        assert cookie["httponly"], cookie
        assert cookie["samesite"] == "Lax", cookie
        assert cookie["path"] == "/", cookie
        assert cookie["domain"] == "", cookie


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "\\\\evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https://evil.example/",
        "http:///evil.example",
        "https:evil.example",
        "\t//evil.example",
        "http://testserver@evil.example/",
    ],
)
def test_next_elsewhere_leads_to_the_first_page(client: Client, joan: User, target: str) -> None:
    """INJ-09."""
    client.post(SIGN_IN, {"login": EMAIL, "password": PASSWORD, "next": target})

    response = client.post(SECOND_STEP, {"code": code_at(time.time())})

    assert response["Location"] == "/"


def test_next_here_is_kept_through_both_steps(client: Client, joan: User) -> None:
    client.post(SIGN_IN, {"login": EMAIL, "password": PASSWORD, "next": "/export/?a=1"})

    response = client.post(SECOND_STEP, {"code": code_at(time.time())})

    assert response["Location"] == "/export/?a=1"


def test_sign_out_kills_the_session_on_the_server_and_in_the_browser(
    client: Client, joan: User, settings: Settings
) -> None:
    """AUTH-11."""
    sign_in(client, joan)
    stolen = client.cookies[settings.SESSION_COOKIE_NAME].value

    response = client.post("/account/sign-out/")

    assert response["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert response["Location"] == "/account/signed-out/"
    assert not Session.objects.exists()
    client.cookies[settings.SESSION_COOKIE_NAME] = stolen
    assert client.get("/")["Location"].startswith(SIGN_IN)


def test_a_get_does_not_sign_out(client: Client, joan: User) -> None:
    sign_in(client, joan)

    assert b"Do you want to sign out?" in client.get("/account/sign-out/").content
    assert client.get("/").status_code == 200


def test_a_closed_account_is_out_at_its_next_request(client: Client, joan: User) -> None:
    """AUTH-12."""
    sign_in(client, joan)
    User.objects.filter(pk=joan.pk).update(is_active=False)

    assert client.get("/")["Location"].startswith(SIGN_IN)


# --- nobody learns who has an account


def test_unknown_closed_and_wrong_answer_alike(client: Client, joan: User) -> None:
    """AUTH-08."""
    wrong = enter_password(Client(), password="not her password at all")
    unknown = enter_password(Client(), email="nobody@kent-police.example")
    User.objects.filter(pk=joan.pk).update(is_active=False)
    closed = enter_password(Client())

    pages = [
        re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="[\w.]+@[\w.-]+"', "", page)
        for page in (response.content.decode() for response in (wrong, unknown, closed))
    ]
    assert {response.status_code for response in (wrong, unknown, closed)} == {200}
    assert "The email address or the password is wrong." in pages[0]
    assert pages[0] == pages[1] == pages[2]


def test_unknown_and_wrong_are_the_same_work(joan: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """AUTH-08: the same statements, and the slow hash computed once."""
    hashed: list[str] = []
    for name in ("encode", "verify"):
        monkeypatch.setattr(Argon2PasswordHasher, name, counted(name, hashed))
    enter_password(Client(), email="somebody@kent-police.example")
    hashed.clear()
    work = [
        statements_of(lambda email: enter_password(Client(), email, "guess guess guess"), email)
        for email in (EMAIL, "nobody@kent-police.example")
    ]

    assert len(hashed) == 2
    assert work[0] == work[1]


def test_unknown_and_wrong_take_the_same_time(joan: User, settings: Settings) -> None:
    """AUTH-08: noise only adds, so the fastest of enough alternating tries must come together."""
    settings.ACCOUNT_RATE_LIMITS = False
    client = Client()
    fastest = {EMAIL: 60.0, "nobody@kent-police.example": 60.0}
    for attempt in range(60):
        for email in fastest:
            started = time.perf_counter()
            enter_password(client, email=email, password="not the password at all")
            fastest[email] = min(fastest[email], time.perf_counter() - started)
        known, unknown = fastest.values()
        if attempt >= 5 and known == pytest.approx(unknown, rel=0.1):
            return
    pytest.fail(f"{fastest}")


def test_a_forgotten_password_is_answered_alike_and_with_the_same_work(
    joan: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AUTH-08: what differs happens after the answer has left."""
    monkeypatch.setattr(sign_in_views.RedirectThen, "close", lambda _response: None)
    Client().post(FORGOTTEN, {"email": "somebody@kent-police.example"})
    answers: list[Any] = []
    work = [
        statements_of(
            lambda email: answers.append(Client().post(FORGOTTEN, {"email": email})), email
        )
        for email in (EMAIL, "nobody@kent-police.example")
    ]

    assert [answer["Location"] for answer in answers] == ["/account/password/forgotten/sent/"] * 2
    assert work[0] == work[1]


def test_a_link_is_sent_to_who_has_an_account_and_nothing_to_others(joan: User) -> None:
    Client().post(FORGOTTEN, {"email": "nobody@kent-police.example"})
    assert mail.outbox == []

    Client().post(FORGOTTEN, {"email": EMAIL.upper()})

    assert [message.to for message in mail.outbox] == [[EMAIL]]


# --- codes


def test_a_code_works_once(joan: User) -> None:
    """AUTH-03."""
    with time_machine.travel(MORNING, tick=False):
        code = code_at(time.time())
        first, second = Client(), Client()
        enter_password(first)
        enter_password(second)

        assert first.post(SECOND_STEP, {"code": code})["Location"] == "/"
        refused = second.post(SECOND_STEP, {"code": code})

    assert b"has expired or was used before" in refused.content
    assert second.get("/")["Location"].startswith(SIGN_IN)


def test_a_used_code_and_earlier_ones_stay_dead_while_they_would_be_in_time(joan: User) -> None:
    """AUTH-03: with a clock's tolerance a code is good for longer than its 30 seconds."""
    app = Authenticator.objects.get(user=joan, type=Authenticator.Type.TOTP)
    at = MORNING.timestamp()

    assert factors.use_totp_code(authenticator_id=app.pk, code=code_at(at), at=at)

    for later in (0, 30, 44):
        assert not factors.use_totp_code(authenticator_id=app.pk, code=code_at(at), at=at + later)
    assert not factors.use_totp_code(authenticator_id=app.pk, code=code_at(at - 30), at=at)
    assert factors.use_totp_code(authenticator_id=app.pk, code=code_at(at + 30), at=at)
    assert not factors.use_totp_code(authenticator_id=app.pk, code=code_at(at + 90), at=at)


@pytest.mark.django_db(transaction=True)
def test_a_code_works_once_in_parallel(joan: User) -> None:
    """AUTH-03: eight sessions past the password send the same code at the same moment."""
    many = 8
    clients = [Client() for _ in range(many)]
    for client in clients:
        enter_password(client)
    start = Barrier(many)

    def send(client: Client) -> str:
        try:
            start.wait()
            return client.post(SECOND_STEP, {"code": code}).get("Location", "refused")
        finally:
            connection.close()

    code = code_at(time.time())
    with ThreadPoolExecutor(many) as pool:
        outcomes = list(pool.map(send, clients))

    assert sorted(outcomes) == ["/"] + ["refused"] * (many - 1)


def test_a_recovery_code_works_once_and_leads_in(client: Client, joan: User) -> None:
    """AUTH-04."""
    codes = factors.make_recovery_codes(user=joan)
    factors.keep_recovery_codes(user=joan)
    assert len(set(codes)) == 10
    enter_password(client)

    assert client.post(SECOND_STEP, {"code": codes[3].lower().replace("-", " ")})["Location"] == "/"

    again = Client()
    enter_password(again)
    assert again.post(SECOND_STEP, {"code": codes[3]}).status_code == 200
    assert again.post(SECOND_STEP, {"code": codes[4]})["Location"] == "/"
    assert client.get("/account/").content.count(b"8 of your recovery codes are unused") == 1


@pytest.mark.django_db(transaction=True)
def test_a_recovery_code_works_once_in_parallel(joan: User) -> None:
    """AUTH-04."""
    code = factors.make_recovery_codes(user=joan)[0]

    def use(_attempt: int) -> bool:
        try:
            return factors.use_recovery_code(user_id=joan.pk, code=code) is not None
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(use, range(6))) == 1


def test_new_recovery_codes_void_the_old(joan: User) -> None:
    """AUTH-04."""
    old = factors.make_recovery_codes(user=joan)
    new = factors.make_recovery_codes(user=joan)

    assert not any(factors.use_recovery_code(user_id=joan.pk, code=code) for code in old)
    assert factors.use_recovery_code(user_id=joan.pk, code=new[0])


def test_neither_codes_nor_seeds_can_be_read_in_the_database(
    joan: User, settings: Settings
) -> None:
    """AUTH-04: not even with the data keys, for recovery codes."""
    codes = factors.make_recovery_codes(user=joan)

    stored = str(list(Authenticator.objects.filter(user=joan).values_list("data", flat=True)))

    assert "JBSWY3DP" not in stored
    for code in codes:
        assert code not in stored
        assert code.replace("-", "").lower() not in stored.lower()


# --- too many tries


def test_five_failures_stop_further_tries_from_there_and_not_the_owner(joan: User) -> None:
    """AUTH-07."""
    attacker, owner = Client(REMOTE_ADDR=ELSEWHERE), Client()
    for _ in range(5):
        enter_password(attacker, password="guess guess guess guess")

    stopped = enter_password(attacker)

    assert b"Too many attempts" in stopped.content
    assert enter_password(owner)["Location"] == SECOND_STEP


def test_guesses_from_everywhere_are_stopped_too(joan: User, settings: Settings) -> None:
    """AUTH-07."""
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {
        "login_failed_anywhere": "6/h/key"
    }
    for host in range(6):
        enter_password(Client(REMOTE_ADDR=f"203.0.113.{host}"), password="guess guess guess")

    assert b"Too many attempts" in enter_password(Client(REMOTE_ADDR="198.51.100.1")).content


def test_success_does_not_forgive_earlier_failures(joan: User) -> None:
    client = Client()
    for _ in range(4):
        enter_password(Client(), password="guess guess guess guess")
    enter_password(client)
    enter_password(Client(), password="guess guess guess guess")

    assert b"Too many attempts" in enter_password(Client()).content


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "Client-IP"])
def test_a_forged_origin_does_not_evade_the_limit(joan: User, header: str) -> None:
    """INJ-13."""
    for host in range(5):
        forged = {header: f"203.0.113.{host}"}
        enter_password(Client(headers=forged), password="guess guess guess guess")

    response = enter_password(Client(headers={header: "203.0.113.200"}))

    assert b"Too many attempts" in response.content


def test_codes_cannot_be_guessed_at_leisure(client: Client, joan: User) -> None:
    enter_password(client)
    for _ in range(5):
        client.post(SECOND_STEP, {"code": "000000"})

    response = client.post(SECOND_STEP, {"code": code_at(time.time())})

    assert b"Too many attempts" in response.content


def test_reset_links_are_not_sent_without_end(joan: User) -> None:
    for _ in range(3):
        assert Client().post(FORGOTTEN, {"email": EMAIL}).status_code == 302

    assert Client().post(FORGOTTEN, {"email": EMAIL}).status_code == 429
    assert len(mail.outbox) == 3


# --- a forgotten password


def link_in(message: mail.EmailMessage) -> str:
    found = re.search(r"http\S+", str(message.body))
    assert found
    return found.group()


def test_a_reset_sets_the_password_once_and_still_asks_for_the_second_step(joan: User) -> None:
    """AUTH-20."""
    signed_in_before = Client()
    sign_in(signed_in_before, joan)
    Client().post(FORGOTTEN, {"email": EMAIL})
    link = link_in(mail.outbox[0]).removeprefix("http://testserver")
    client = Client()

    page = client.get(link)["Location"]
    done = client.post(page, {"password1": "nine quiet lanterns at dusk"})

    assert done["Location"] == "/account/password/changed/"
    assert client.get("/")["Location"].startswith(SIGN_IN)
    assert enter_password(client, password=PASSWORD).status_code == 200
    entered = enter_password(client, password="nine quiet lanterns at dusk")
    assert entered["Location"] == SECOND_STEP
    assert signed_in_before.get("/")["Location"].startswith(SIGN_IN)
    assert b"This link does not work" in Client().get(link, follow=True).content
    assert mail.outbox[1].subject == "Your password was changed"


def test_a_reset_link_dies_after_an_hour(joan: User) -> None:
    with time_machine.travel(MORNING, tick=False):
        Client().post(FORGOTTEN, {"email": EMAIL})
    link = link_in(mail.outbox[0]).removeprefix("http://testserver")

    with time_machine.travel(MORNING + timedelta(minutes=61), tick=False):
        assert b"This link does not work" in Client().get(link, follow=True).content


@pytest.mark.parametrize(
    "headers", [{"Host": "localhost"}, {"X-Forwarded-Host": "evil.example"}], ids=str
)
def test_a_forged_host_does_not_change_the_link(joan: User, headers: dict[str, str]) -> None:
    """INJ-13."""
    Client(headers=headers).post(FORGOTTEN, {"email": EMAIL})

    assert link_in(mail.outbox[0]).startswith("http://testserver/account/password/new/")


def test_an_unknown_host_is_refused(joan: User) -> None:
    """INJ-13."""
    response = Client(headers={"Host": "evil.example"}).post(FORGOTTEN, {"email": EMAIL})

    assert response.status_code == 400
    assert mail.outbox == []


def test_a_mail_server_that_is_down_spoils_nothing(
    joan: User, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9

    response = Client().post(FORGOTTEN, {"email": EMAIL})

    assert response["Location"] == "/account/password/forgotten/sent/"
    assert "ConnectionRefusedError" in caplog.text
    assert EMAIL not in caplog.text
