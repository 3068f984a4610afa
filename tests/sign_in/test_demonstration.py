"""The demonstration has a button for each of its cast, and cannot be had anywhere else."""

import mailbox
import os
import subprocess
import sys
from email.message import EmailMessage
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings as configured
from django.test import Client
from django.utils.html import escape
from pytest_django import Settings

from missingchildren.agencies.models import User
from missingchildren.audit.models import Entry
from missingchildren.demo.cast import ORGANISATIONS
from missingchildren.demo.checks import demonstration_only
from missingchildren.demo.sign_in import PASSWORD, WHAT_TO_TRY, give_second_factor, seed_of
from tests.factories import MembershipFactory
from tests.sign_in.conftest import EMAIL


@pytest.fixture(autouse=True)
def _demonstration(settings: Settings, tmp_path: Path, _own_addresses: None) -> None:
    settings.ROOT_URLCONF = "tests.sign_in.demo_urls"
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
    settings.FICTION_NOTICE = "Every person here is fictional."
    settings.DEMO_MAILDIR = tmp_path / "mail"


@pytest.fixture
def cast(newcomer: User) -> User:
    """Return one of the cast."""
    give_second_factor(newcomer)
    MembershipFactory.create(user=newcomer)
    return newcomer


def test_everybody_has_a_button_and_something_to_try(client: Client, cast: User) -> None:
    page = client.get("/demo/").content.decode()

    assert f'Sign in<span class="govuk-visually-hidden"> as {cast.full_name}' in page
    assert EMAIL in page
    assert PASSWORD in page
    assert escape(WHAT_TO_TRY["joan.mercer"]) in page
    assert seed_of(EMAIL) not in page


def test_everyone_of_the_cast_has_something_of_their_own_to_try() -> None:
    people = [member.key for organisation in ORGANISATIONS for member in organisation.people]

    assert sorted(WHAT_TO_TRY) == sorted(people)
    assert len(set(WHAT_TO_TRY.values())) == len(people)
    assert all(len(words) > 20 for words in WHAT_TO_TRY.values())


def test_one_click_signs_in_as_freshly_as_with_a_second_factor(client: Client, cast: User) -> None:
    response = client.post("/demo/sign-in/", {"email": cast.email})

    assert response["Location"] == "/"
    assert client.get("/").content == b"work"
    assert client.get("/export/").content == b"work"
    assert Entry.objects.get().verb == "sign_in"


def test_one_click_changes_whom_one_is(client: Client, cast: User) -> None:
    other = MembershipFactory.create().user
    give_second_factor(other)
    client.post("/demo/sign-in/", {"email": cast.email})
    first = client.session.session_key

    client.post("/demo/sign-in/", {"email": other.email})

    assert client.session["_auth_user_id"] == str(other.pk)
    assert client.session.session_key != first
    assert list(Entry.objects.order_by("pk").values_list("user_id", "verb")) == [
        (cast.pk, "sign_in"),
        (cast.pk, "sign_out"),
        (other.pk, "sign_in"),
    ]


def test_a_get_signs_nobody_in(client: Client, cast: User) -> None:
    assert client.get("/demo/sign-in/").status_code == 405


def test_a_foreign_page_cannot_press_a_button(cast: User) -> None:
    client = Client(enforce_csrf_checks=True)

    assert client.post("/demo/sign-in/", {"email": cast.email}).status_code == 403


@pytest.mark.parametrize(
    ("name", "value"),
    [("FICTION_NOTICE", ""), ("ALLOWED_HOSTS", ["testserver", "missing.example"])],
)
def test_elsewhere_the_pages_are_not_there(
    client: Client, cast: User, settings: Settings, name: str, value: object
) -> None:
    setattr(settings, name, value)

    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in/", {"email": cast.email}).status_code == 404
    assert client.get("/demo/mailbox/").status_code == 404


def test_the_checks_say_what_to_do(settings: Settings) -> None:
    assert demonstration_only() == []
    settings.FICTION_NOTICE = ""
    settings.ALLOWED_HOSTS = ["*"]

    problems = demonstration_only()

    assert [problem.id for problem in problems] == ["demo.E001", "demo.E002"]
    assert all("settings/demo.py" in str(problem.hint) for problem in problems)


def test_production_does_not_install_it() -> None:
    production = import_module("missingchildren.settings.production")

    assert "missingchildren.demo" not in production.INSTALLED_APPS
    assert "missingchildren.demo" not in configured.INSTALLED_APPS


def test_production_settings_with_it_refuse_to_start(tmp_path: Path) -> None:
    (tmp_path / "careless.py").write_text(
        "from missingchildren.settings.production import *\n"
        "INSTALLED_APPS = [*INSTALLED_APPS, 'missingchildren.demo']\n"
    )
    root = Path(configured.ROOT)
    environment = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(tmp_path), str(root))),
        "DJANGO_SETTINGS_MODULE": "careless",
    }

    checked = subprocess.run(
        [sys.executable, root / "manage.py", "check"],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode != 0
    assert "(demo.E001)" in checked.stderr
    assert "HINT: Take missingchildren.demo out of INSTALLED_APPS" in checked.stderr


# --- the mailbox


def post(folder: Path, subject: str, body: str) -> None:
    message = EmailMessage()
    message["To"] = EMAIL
    message["X-Envelope-To"] = EMAIL
    message["Subject"] = subject
    message.set_content(body)
    mailbox.Maildir(folder, create=True).add(mailbox.MaildirMessage(message))


def test_the_mailbox_shows_what_was_sent(client: Client, db: None, settings: Settings) -> None:
    assert b"No email has been sent yet" in client.get("/demo/mailbox/").content
    post(
        settings.DEMO_MAILDIR, "Ein Grüß", "Open http://localhost:8000/x/ <script>alert(1)</script>"
    )

    page = client.get("/demo/mailbox/").content.decode()

    assert "Ein Grüß" in page
    assert EMAIL in page
    assert '<a href="http://localhost:8000/x/"' in page
    assert "<script>alert(1)" not in page
    assert len(list((settings.DEMO_MAILDIR / "new").iterdir())) == 1
