"""A session that nobody uses ends after twenty minutes; reading keeps it, and costs no write."""

import re
import time
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django import Settings

from missingchildren.agencies.models import User
from missingchildren.audit.models import Entry
from tests.sign_in.conftest import SIGN_IN
from tests.signing_in import sign_in

MORNING = datetime(2026, 11, 20, 8, 0, 5, tzinfo=UTC)
USED = "used"


def minutes(count: float) -> datetime:
    """Return the time so long after Joan has signed in."""
    return MORNING + timedelta(minutes=count)


@pytest.fixture
def signed_in(joan: User) -> Client:
    """Return Joan's browser, just signed in and used once."""
    client = Client()
    with time_machine.travel(MORNING, tick=False):
        sign_in(client, joan)
        assert client.get("/").content == b"work"
    return client


def test_twenty_minutes_without_use_end_the_session(signed_in: Client, joan: User) -> None:
    with time_machine.travel(minutes(21), tick=False):
        assert signed_in.get("/")["Location"].startswith(SIGN_IN)
        said = signed_in.get(SIGN_IN).content.decode()

    assert "You were signed out after 20 minutes without use" in said
    assert not Session.objects.exists(), "the session is gone from the server"
    entry = Entry.objects.latest("pk")
    assert (entry.user_id, entry.verb, entry.basis) == (joan.pk, "sign_out", "idle")


def test_each_use_begins_the_twenty_minutes_again(signed_in: Client) -> None:
    for count in (15, 30, 45):
        with time_machine.travel(minutes(count), tick=False):
            assert signed_in.get("/").content == b"work"


def test_asking_to_stay_counts_as_use(signed_in: Client) -> None:
    with time_machine.travel(minutes(19), tick=False):
        assert signed_in.get("/account/stay/").status_code == 204
    with time_machine.travel(minutes(38), tick=False):
        assert signed_in.get("/").content == b"work"


def test_a_page_that_refreshes_itself_does_not(signed_in: Client) -> None:
    for count in (10, 19):
        with time_machine.travel(minutes(count), tick=False):
            assert signed_in.get("/", headers={"X-Refresh": "1"}).content == b"work"
    with time_machine.travel(minutes(21), tick=False):
        assert signed_in.get("/")["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("value", ["", "used", "used:zzzzzz:abc"])
def test_losing_or_forging_the_cookie_gains_nothing(signed_in: Client, value: str) -> None:
    with time_machine.travel(minutes(15), tick=False):
        signed_in.get("/")
    signed_in.cookies[USED] = value
    with time_machine.travel(minutes(21), tick=False):
        assert signed_in.get("/")["Location"].startswith(SIGN_IN)


def test_anothers_cookie_keeps_no_session_alive(signed_in: Client, joan: User) -> None:
    other = Client()
    with time_machine.travel(minutes(20), tick=False):
        sign_in(other, joan)
        other.get("/")
    signed_in.cookies[USED] = other.cookies[USED].value
    with time_machine.travel(minutes(21), tick=False):
        assert signed_in.get("/")["Location"].startswith(SIGN_IN)
        assert other.get("/").content == b"work"


def test_the_cookie_is_as_closed_as_the_session(joan: User, settings: Settings) -> None:
    """AUTH-15: this one too, with the cookie settings of production."""
    production = import_module("missingchildren.settings.production")
    for name in (name for name in dir(production) if "COOKIE" in name):
        setattr(settings, name, getattr(production, name))
    client = Client()
    sign_in(client, joan)
    client.get("/", secure=True)
    cookie = client.cookies["__Host-used"]

    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert cookie["path"] == "/"
    assert not cookie["domain"]
    assert not cookie["max-age"]


def test_the_api_asks_to_sign_in_again(signed_in: Client) -> None:
    with time_machine.travel(minutes(21), tick=False):
        assert signed_in.get("/api/v1/operation/").status_code in {401, 403}


def test_a_page_warns_two_minutes_before_and_without_script(
    signed_in: Client, settings: Settings
) -> None:
    """SC 2.2.1: the end is told, can be put off, and nothing sent to a record is lost by it."""
    with time_machine.travel(MORNING, tick=False):
        shown = signed_in.get("/help/").content.decode()

    assert settings.SESSION_WARNING_SECONDS >= 120
    wait = settings.SESSION_IDLE_SECONDS - settings.SESSION_WARNING_SECONDS
    assert f'data-idle-seconds="{wait}"' in shown
    assert 'data-stay-url="/account/stay/"' in shown
    without_script = re.findall(r"<noscript>(.*?)</noscript>", shown, re.DOTALL)
    assert "20 November 2026 at 8:20am" in without_script[0]
    assert "data-idle-seconds" not in Client().get("/help/").content.decode()


def test_a_stranger_has_no_cookie_and_cannot_stay() -> None:
    client = Client()

    assert client.get("/account/stay/")["Location"].startswith(SIGN_IN)
    assert USED not in client.cookies


def test_the_clock_is_the_servers(signed_in: Client) -> None:
    """TIME-08: what the browser keeps says when, and cannot be changed without the key."""
    stamp = signed_in.cookies[USED].value
    later = stamp.split(":")
    later[1] = later[1][:-1] + ("A" if later[1][-1] != "A" else "B")
    signed_in.cookies[USED] = ":".join(later)
    with time_machine.travel(minutes(21), tick=False):
        assert time.time() > MORNING.timestamp()
        assert signed_in.get("/")["Location"].startswith(SIGN_IN)
