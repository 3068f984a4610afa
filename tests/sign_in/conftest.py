"""People who sign in by password, and the addresses that these tests use."""

from functools import cache
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from missingchildren.agencies.models import User
from tests.factories import UserFactory
from tests.signing_in import give_second_factor

PASSWORD = "Seventeen gulls over the harbour"
EMAIL = "joan.mercer@kent-police.example"
SIGN_IN = "/account/sign-in/"
SECOND_STEP = "/account/sign-in/second-step/"


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    settings.ROOT_URLCONF = "tests.sign_in.urls"


@pytest.fixture
def newcomer(db: None) -> User:
    """Return a person with a password and no second factor."""
    user: User = UserFactory.create(
        email=EMAIL, full_name="Joan Mercer", password=_hashed_password()
    )
    return user


@cache
def _hashed_password() -> str:
    return make_password(PASSWORD)


@pytest.fixture
def joan(newcomer: User) -> User:
    """Return a person with a password and an authenticator app."""
    give_second_factor(newcomer)
    return newcomer


def enter_password(
    client: Client, email: str = EMAIL, password: str = PASSWORD, **extra: Any
) -> HttpResponse:
    """Post the sign-in form."""
    return client.post(SIGN_IN, {"login": email, "password": password}, **extra)  # type: ignore[return-value]
