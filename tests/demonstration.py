"""The demonstration's cast in a test's database: Ava is on record, nobody has reported her yet."""

from datetime import datetime

from django.test import Client

from cases.models import Child
from missingchildren.agencies.models import User
from missingchildren.audit.acts import database_now
from missingchildren.demo import cast, story, telling
from tests.signing_in import sign_in

QUICK_HASHER = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def settle_the_cast() -> datetime:
    """Let every agency join, and return the time up to which it has been told."""
    now = database_now()
    cast.settle(now=now)
    return now


def settle_with_ava() -> Child:
    """Settle the cast, with Ava at Seaview House as before the evening of the story."""
    now = settle_the_cast()
    ava = story.ava(now=now)
    telling.answer_alerts(before=now)
    return ava


def user(person: str) -> User:
    """Return one of the cast, by the first part of their address."""
    return cast.membership(person).user


def client_of(person: str) -> Client:
    """Return a client of one of the cast, signed in with a second factor."""
    client = Client()
    sign_in(client, user(person))
    return client
