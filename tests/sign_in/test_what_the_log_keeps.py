"""Every step of signing in leaves one entry, and none leaves a secret."""

import logging
import time
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client

from missingchildren.agencies import factors
from missingchildren.agencies.models import User
from missingchildren.audit.models import Entry, Operation
from tests.sign_in.conftest import EMAIL, PASSWORD, SECOND_STEP, enter_password
from tests.sign_in.test_signing_in import FORGOTTEN, link_in
from tests.signing_in import SEED, code_at, sign_in


def entries() -> list[tuple[Any, ...]]:
    assert set(Entry.objects.values_list("operation", flat=True)) <= {Operation.ACCESS}
    return list(Entry.objects.order_by("pk").values_list("user_id", "verb", "outcome", "basis"))


def test_signing_in_and_out_are_logged(client: Client, joan: User) -> None:
    """AUD-13."""
    enter_password(client, email="nobody@kent-police.example")
    enter_password(client, password="not her password at all")
    enter_password(client)
    client.post(SECOND_STEP, {"code": "000000"})
    client.post(SECOND_STEP, {"code": code_at(time.time())})
    client.post("/account/sign-out/")

    assert entries() == [
        (None, "sign_in", "failed", "password"),
        (joan.pk, "sign_in", "failed", "password"),
        (joan.pk, "second_factor", "failed", "totp"),
        (joan.pk, "second_factor", "done", "totp"),
        (joan.pk, "sign_in", "done", ""),
        (joan.pk, "sign_out", "done", ""),
    ]


def test_a_throttled_account_is_logged(joan: User) -> None:
    """AUD-13."""
    for _ in range(6):
        enter_password(Client(), password="guess guess guess guess")

    assert entries()[-1] == (joan.pk, "sign_in", "denied", "throttled")


def test_changes_of_factors_are_logged_and_told_by_mail(client: Client, newcomer: User) -> None:
    """AUD-13."""
    enter_password(client)
    client.post("/account/app/start/")
    seed = client.get("/account/app/add/").context["secret"].replace(" ", "")
    client.post("/account/app/add/", {"code": code_at(time.time(), seed)})
    client.post("/account/recovery-codes/")
    client.post("/account/recovery-codes/kept/")
    client.post(
        "/account/password/change/",
        {"oldpassword": PASSWORD, "password1": "nine quiet lanterns at dusk"},
    )

    assert entries()[1:] == [
        (newcomer.pk, "factor_added", "done", "totp"),
        (newcomer.pk, "recovery_codes_made", "done", ""),
        (newcomer.pk, "password_changed", "done", ""),
    ]
    assert [message.subject for message in mail.outbox] == [
        "An authenticator app was added",
        "New recovery codes were made",
        "Your password was changed",
    ]
    assert {tuple(message.to) for message in mail.outbox} == {(EMAIL,)}


def test_a_step_up_and_a_reset_are_logged(client: Client, joan: User) -> None:
    """AUD-13."""
    sign_in(client, joan)
    client.post("/account/confirm/code/?next=/", {"code": "000000"})
    client.post("/account/confirm/code/?next=/", {"code": code_at(time.time())})
    Client().post(FORGOTTEN, {"email": EMAIL})
    page = client.get(link_in(mail.outbox[0]).removeprefix("http://testserver"))["Location"]
    client.post(page, {"password1": "nine quiet lanterns at dusk"})

    assert entries() == [
        (joan.pk, "step_up", "failed", "totp"),
        (joan.pk, "step_up", "done", "totp"),
        (joan.pk, "password_reset_asked", "done", ""),
        (joan.pk, "password_reset", "done", ""),
    ]


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Return the log, with everything in it but what the database was asked."""
    caplog.set_level(logging.DEBUG)
    logging.getLogger("django.db.backends").setLevel(logging.INFO)
    return caplog


def test_no_secret_reaches_the_log(joan: User, everything_logged: pytest.LogCaptureFixture) -> None:
    """AUD-11: canaries of passwords, codes, seeds, session ids, recovery codes and links."""
    recovery = factors.make_recovery_codes(user=joan)
    factors.keep_recovery_codes(user=joan)
    canaries = [PASSWORD, SEED, EMAIL, "canary-wrong-password", "canary-code", *recovery[:3]]
    client = Client()
    enter_password(client, password="canary-wrong-password")
    enter_password(client)
    client.post(SECOND_STEP, {"code": "canary-code"})
    client.post(SECOND_STEP, {"code": recovery[0]})
    canaries += [client.session.session_key, code_at(time.time())]  # type: ignore[list-item]
    client.post("/account/confirm/code/?next=/", {"code": recovery[1]})
    canaries.append(client.session.session_key)  # type: ignore[arg-type]
    client.get("/account/confirm/code/canary-code/")
    Client().post(FORGOTTEN, {"email": EMAIL})
    link = link_in(mail.outbox[-1]).removeprefix("http://testserver")
    canaries.append(link.rstrip("/").rpartition("-")[2])
    client.get(link, follow=True)
    client.post(link + "broken/")
    client.post("/account/sign-out/")

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(audit_entry::text, ' ') FROM audit_entry")
        kept = cursor.fetchone()[0]
    assert "recovery_codes" in kept
    for canary in canaries:
        assert canary not in kept
        assert canary not in everything_logged.text, canary
