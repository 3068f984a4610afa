"""The partnership that most tests of the record need."""

import pytest

from tests.partnership import Partnership


@pytest.fixture
def world(db: None) -> Partnership:
    """Return the agencies and people around Ava."""
    return Partnership()
