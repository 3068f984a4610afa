"""A passkey is both steps at once, at this service's own address and nowhere else."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import Settings

from missingchildren.agencies.models import User
from missingchildren.audit.models import Entry
from tests.sign_in.conftest import SECOND_STEP, SIGN_IN, enter_password
from tests.sign_in.software_key import SoftwareKey
from tests.signing_in import sign_in

MORNING = datetime(2026, 11, 20, 8, 0, 5, tzinfo=UTC)
ADD = "/account/passkeys/add/"
BY_PASSKEY = "/account/sign-in/passkey/"
HOME = "https://missing.example"
ELSEWHERE = [
    "https://evil.example",
    "https://missing.example.evil.example",
    "http://missing.example",
    "https://evilmissing.example",
    "null",
]


@pytest.fixture(autouse=True)
def _at_home(settings: Settings) -> None:
    settings.SITE_URL = HOME


@pytest.fixture
def key(joan: User) -> SoftwareKey:
    """Return a passkey that Joan has added."""
    client = Client()
    sign_in(client, joan)
    key = SoftwareKey("missing.example")
    options = client.get(ADD).context["js_data"]["creation_options"]
    added = client.post(ADD, {"name": "Laptop", "credential": key.create(options, HOME)})
    assert added["Location"] == "/account/"
    return key


def options_to_sign_in(client: Client) -> dict[str, Any]:
    reply = client.get(BY_PASSKEY, headers={"Accept": "application/json"})
    options: dict[str, Any] = reply.json()["request_options"]
    return options


def test_a_passkey_asks_for_a_resident_key_and_a_verified_user(client: Client, joan: User) -> None:
    sign_in(client, joan)

    wanted = client.get(ADD).context["js_data"]["creation_options"]["publicKey"]

    assert wanted["rp"] == {"id": "missing.example", "name": "Missing children"}
    assert wanted["authenticatorSelection"]["residentKey"] == "required"
    assert wanted["authenticatorSelection"]["userVerification"] == "required"


def test_a_passkey_alone_signs_in(client: Client, key: SoftwareKey) -> None:
    """AUTH-02."""
    options = options_to_sign_in(client)
    before = client.session.session_key

    response = client.post(BY_PASSKEY, {"credential": key.get(options, HOME), "next": "/export/"})

    assert response["Location"] == "/export/"
    assert client.get("/").content == b"work"
    assert client.session.session_key != before


def test_an_answer_works_once(client: Client, key: SoftwareKey) -> None:
    """AUTH-02: an answer overheard is worth nothing to another session, nor later."""
    answer = key.get(options_to_sign_in(client), HOME)
    client.post(BY_PASSKEY, {"credential": answer})

    for other in (Client(), Client()):
        options_to_sign_in(other)
        assert other.post(BY_PASSKEY, {"credential": answer})["Location"] == SIGN_IN
        assert other.get("/")["Location"].startswith(SIGN_IN)


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_an_answer_given_to_another_origin_is_refused(
    client: Client, key: SoftwareKey, origin: str
) -> None:
    """AUTH-02."""
    answer = key.get(options_to_sign_in(client), origin)

    assert client.post(BY_PASSKEY, {"credential": answer})["Location"] == SIGN_IN
    assert client.get("/")["Location"].startswith(SIGN_IN)
    last = Entry.objects.order_by("-pk")[0]
    assert (last.verb, last.outcome, last.basis) == ("sign_in", "failed", "webauthn")


@pytest.mark.parametrize("origin", ELSEWHERE)
def test_a_passkey_made_at_another_origin_is_not_added(
    client: Client, joan: User, origin: str
) -> None:
    """AUTH-02."""
    sign_in(client, joan)
    options = client.get(ADD).context["js_data"]["creation_options"]

    answer = SoftwareKey("missing.example").create(options, origin)
    response = client.post(ADD, {"name": "Laptop", "credential": answer})

    assert response.status_code == 200
    assert not Authenticator.objects.filter(user=joan, type="webauthn").exists()


def test_a_passkey_for_another_party_is_refused(client: Client, key: SoftwareKey) -> None:
    """AUTH-02."""
    key.rp_id = "evil.example"
    answer = key.get(options_to_sign_in(client), HOME)

    assert client.post(BY_PASSKEY, {"credential": answer})["Location"] == SIGN_IN


NONSENSE = [
    "",
    "{}",
    "[]",
    "null",
    "7",
    '"text"',
    "not JSON",
    '{"id": 1}',
    '{"response": 7}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "AA",'
    ' "authenticatorData": "AA", "signature": "AA", "attestationObject": "AA"}}',
]


@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_is_refused(client: Client, key: SoftwareKey, answer: str) -> None:
    options_to_sign_in(client)

    assert client.post(BY_PASSKEY, {"credential": answer})["Location"] == SIGN_IN


@pytest.mark.parametrize("answer", NONSENSE)
def test_nonsense_is_not_added(client: Client, joan: User, answer: str) -> None:
    sign_in(client, joan)
    client.get(ADD)

    assert client.post(ADD, {"name": "Laptop", "credential": answer}).status_code == 200


@pytest.mark.parametrize("part", ["signature", "authenticatorData", "clientDataJSON", "userHandle"])
def test_an_altered_answer_is_refused(client: Client, key: SoftwareKey, part: str) -> None:
    answer = json.loads(key.get(options_to_sign_in(client), HOME))
    text = answer["response"][part]
    answer["response"][part] = ("A" if text[0] != "A" else "B") + text[1:]

    response = client.post(BY_PASSKEY, {"credential": json.dumps(answer)})

    assert response["Location"] == SIGN_IN


def test_a_passkey_is_a_second_step_too(client: Client, key: SoftwareKey) -> None:
    """AUTH-02."""
    assert enter_password(client)["Location"] == SECOND_STEP
    options = client.get(SECOND_STEP).context["js_data"]["request_options"]

    response = client.post(SECOND_STEP, {"credential": key.get(options, HOME)})

    assert response["Location"] == "/"


def test_a_passkey_confirms_first_and_gives_a_new_session_id(
    client: Client, joan: User, key: SoftwareKey
) -> None:
    """AUTH-09, AUTH-14."""
    with time_machine.travel(MORNING, tick=False):
        sign_in(client, joan)
    with time_machine.travel(MORNING + timedelta(minutes=6), tick=False):
        asked = client.get("/export/")["Location"]
        assert asked == "/account/confirm/passkey/?next=%2Fexport%2F"
        options = client.get(asked).context["js_data"]["request_options"]
        before = client.session.session_key

        wrong = client.post(asked, {"credential": key.get(options, ELSEWHERE[0])})
        assert wrong["Location"] == asked
        options = client.get(asked).context["js_data"]["request_options"]
        right = client.post(asked, {"credential": key.get(options, HOME)})

        assert right["Location"] == "/export/"
        assert client.session.session_key != before
        assert client.get("/export/").content == b"work"


def test_the_owner_enters_by_passkey_while_the_password_is_being_guessed(
    client: Client, key: SoftwareKey
) -> None:
    """AUTH-07: no lock-out that could be used as a weapon."""
    for _ in range(6):
        enter_password(Client(), password="guess guess guess guess")

    options = options_to_sign_in(client)
    response = client.post(BY_PASSKEY, {"credential": key.get(options, HOME)})

    assert response["Location"] == "/"


def test_a_closed_account_is_not_entered_by_passkey(
    client: Client, joan: User, key: SoftwareKey
) -> None:
    """AUTH-12."""
    User.objects.filter(pk=joan.pk).update(is_active=False)

    options = options_to_sign_in(client)
    response = client.post(BY_PASSKEY, {"credential": key.get(options, HOME)}, follow=True)

    assert b"This account has been closed" in response.content
    assert client.get("/")["Location"].startswith(SIGN_IN)


def test_two_passkeys_have_names_of_their_own(client: Client, joan: User, key: SoftwareKey) -> None:
    sign_in(client, joan)
    options = client.get(ADD).context["js_data"]["creation_options"]
    answer = SoftwareKey("missing.example").create(options, HOME)

    client.post(ADD, {"name": "", "credential": answer})

    page = client.get("/account/").content.decode()
    assert "Laptop" in page
    assert "Passkey 2" in page
