"""The service as it is set up in production: Django's own checks, and every real page's headers."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from tests.partnership import Partnership
from tests.test_every_page import OF_A_CHILD, OWN, ask, fill

# Values as an operator would give them; the addresses lead nowhere, and nothing is asked of them.
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "missingchildren.settings.production",
    "SECRET_KEY": "kq8!v" * 14,
    "DATA_KEYS": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "ALLOWED_HOSTS": "missing.example",
    "SITE_URL": "https://missing.example",
    "DATABASE_URL": "postgres://none:none@127.0.0.1:9/none",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "EMAIL_URL": "smtp://127.0.0.1:9",
}
REQUIRED = ("SECRET_KEY", "DATA_KEYS", "ALLOWED_HOSTS", "SITE_URL", "DATABASE_URL", "REDIS_URL", "EMAIL_URL")  # fmt: skip


def check_deploy(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the checks of a deployment in a process of its own; any warning makes them fail."""
    inherited = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=settings.ROOT, env=inherited | environment, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_production_has_no_warning() -> None:
    """OPS-01."""
    checked = check_deploy(PRODUCTION)

    assert checked.returncode == 0, checked.stderr
    assert "System check identified no issues" in checked.stdout


def test_a_warning_would_be_seen() -> None:
    """OPS-01: a key that is too short is one."""
    checked = check_deploy(PRODUCTION | {"SECRET_KEY": "short"})

    assert checked.returncode != 0
    assert "security.W009" in checked.stderr


@pytest.mark.parametrize("name", REQUIRED)
def test_production_without_a_setting_stops_and_names_it(name: str) -> None:
    checked = check_deploy({key: value for key, value in PRODUCTION.items() if key != name})

    assert checked.returncode != 0
    assert name in checked.stderr


@pytest.fixture
def world(walked: Partnership) -> Partnership:
    return walked


@pytest.mark.django_db
def test_every_page_of_the_service_carries_the_headers(world: Partnership) -> None:
    """OPS-02, INJ-03: shown, refused and redirected; hidden ones are walked in `test_every_page.py`."""
    client = world.client(world.ruth)
    statuses = {
        ask(client, verb, fill(route, world)).status_code
        for route in sorted(OF_A_CHILD | OWN)
        for verb in ("get", "post", "put")
    }

    assert statuses >= {200, 302, 403, 404, 405}


@pytest.mark.django_db
def test_a_page_that_fails_shows_a_number_and_leaves_one_line(
    world: Partnership, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """OPS-03: on a page of a record, and in what middleware does for every page."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("Bramley")

    client = world.client(world.ruth)
    client.raise_request_exception = False
    address = f"/cases/{world.ava.reference}/"
    for place in ("cases.panels.identity", "missingchildren.agencies.acting._open_acts"):
        with monkeypatch.context() as patch:
            patch.setattr(place, fail)
            caplog.clear()
            answer = client.get(address, secure=True)

        shown = answer.content.decode()
        assert answer.status_code == 500, place
        assert "Bramley" not in shown
        number = shown[shown.index("ER-") :][:14]
        lines = [line for line in caplog.messages if number in line]
        assert len(lines) == 1, "the number on the page finds one line in the log"
        assert "Bramley" not in caplog.text
