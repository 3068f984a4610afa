"""What every browser journey needs: people of the cast, each at a screen of their own."""

from typing import Any

import pytest
from pytest_django import Settings

from tests.browser.person import Person, Seat
from tests.browsers import WIDTHS
from tests.demonstration import QUICK_HASHER, client_of


@pytest.fixture
def seat(
    request: pytest.FixtureRequest,
    settings: Settings,
    chromium_process: object,  # before the server, which needs a name for this machine
    live_server: Any,
    chromium: Any,
) -> Seat:
    """Return how to seat one of the cast, signed in; the parameter is the screen.

    axe looks on at the telephone; at the desk, `test_page_states.py` lets it look at every page.
    """
    settings.PASSWORD_HASHERS = QUICK_HASHER
    width, has_scripts = request.param

    def sit(person: str) -> Person:
        return Person(
            chromium,
            base=live_server.url,
            width=width,
            has_scripts=has_scripts,
            has_axe=width < WIDTHS[0],
            session=client_of(person).cookies["session"].value,
        )

    return sit
