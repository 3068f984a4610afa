"""Passwords are long, not guessable, and kept as Argon2id."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client, RequestFactory

from missingchildren.agencies.models import User
from tests.factories import AgencyFactory, MembershipFactory
from tests.sign_in.conftest import EMAIL, PASSWORD
from tests.signing_in import sign_in

CHANGE = "/account/password/change/"
EMOJI = "🦊🌲🚲🎻🧭🪁🐙🍋🪵🧶🛶🧂🔦🎈🪨"


@pytest.fixture
def member(joan: User) -> User:
    """Return Joan, who works for Thornbury Harbour Police."""
    agency = AgencyFactory.create(force=True, name="Thornbury Harbour Police", short_name="THP")
    MembershipFactory.create(user=joan, agency=agency)
    return joan


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("q7#Lw2!vZp9@xK", id="14 characters"),
        pytest.param("password1234567", id="top list and a run"),
        pytest.param("PasswordPassword", id="top list twice"),
        pytest.param("Hampshire2026!!", id="a place and a year"),
        pytest.param("H4mpsh1re-2026!!", id="a place with stand-ins"),
        pytest.param("West Midlands 2025", id="a place of two words"),
        pytest.param("MissingChildren1", id="the service's name"),
        pytest.param("joan.mercer-2026", id="the person's name"),
        pytest.param("kent-police.example", id="the person's address"),
        pytest.param("ThornburyHarbour7", id="the agency's name"),
        pytest.param("aaaaaaaaaaaaaaaaaaaa", id="one letter"),
        pytest.param("abababababababababab", id="two letters"),
        pytest.param("123456789012345678", id="a run of digits"),
        pytest.param("Safeguarding2026!", id="a word of the work"),
    ],
)
def test_a_guessable_password_is_refused(client: Client, member: User, password: str) -> None:
    """AUTH-05."""
    sign_in(client, member)

    response = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": password})

    assert response.status_code == 200
    assert b"There is a problem" in response.content
    member.refresh_from_db()
    assert member.check_password(PASSWORD)


@pytest.mark.parametrize(
    "password",
    [
        pytest.param("q7#Lw2!vZp9@xKd", id="15 characters"),
        pytest.param("gulls over quiet lanterns", id="words"),
        pytest.param(f" {EMOJI * 8}"[:126] + "x ", id="128 with spaces at both ends and emoji"),
        pytest.param("ærøskøbing, žluťoučký kůň", id="Unicode"),
        pytest.param("zażółć gęślą jaźń", id="accents"),
        pytest.param("Kent lanterns drift quietly", id="a place among other words"),
    ],
)
def test_a_long_password_is_accepted_and_verified_exactly(
    client: Client, member: User, password: str
) -> None:
    """AUTH-05."""
    sign_in(client, member)

    response = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": password})

    assert response.status_code == 302, response.content.decode()
    for wrong in (password.strip() + "x", password.swapcase(), password[:-1]):
        assert wrong == password or not knows(wrong)
    assert knows(password)


def knows(password: str) -> bool:
    """Return whether Joan can sign in with this."""
    request = RequestFactory().post("/")
    return authenticate(request, email=EMAIL, password=password) is not None


def test_a_password_that_is_a_book_is_refused_at_the_field(client: Client, member: User) -> None:
    sign_in(client, member)

    response = client.post(CHANGE, {"oldpassword": PASSWORD, "password1": "lantern " * 1000})

    assert b"at most 1000 characters" in response.content


def test_passwords_are_kept_as_argon2id(joan: User) -> None:
    """AUTH-05."""
    assert joan.password.startswith("argon2$argon2id$")


def test_nothing_hinders_pasting(client: Client) -> None:
    """AUTH-05, A11Y-16."""
    page = client.get("/account/sign-in/").content.decode()

    assert 'autocomplete="current-password"' in page
    assert 'autocomplete="username"' in page
    assert "onpaste" not in page
    assert "maxlength" not in page


def test_words_are_checked_before_the_person_exists(db: None) -> None:
    """AUTH-05: an invitation is accepted by somebody who is not yet in the database."""
    somebody = User(email="wilhelmina@agency.example", full_name="Wilhelmina Farthingale")

    with pytest.raises(ValidationError):
        validate_password("Farthingale-1987!", somebody)
