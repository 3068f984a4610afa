"""What the tests of placements begin from."""

from copy import deepcopy

import pytest

from tests.partnership import Partnership
from tests.placements.telling import holt, samira


@pytest.fixture(scope="module")
def placing_once(stage: None) -> Partnership:
    """Tell who Ava is, and who proposes and approves homes for her."""
    world = Partnership()
    samira(world)
    holt(world)
    assert world.ava
    return world


@pytest.fixture
def placing(placing_once: Partnership, db: None) -> Partnership:
    """Return a partnership in which a home can be proposed for Ava, told once for the module."""
    return deepcopy(placing_once)
