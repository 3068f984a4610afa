"""What the tests of flags begin from, told once: only for modules without a transaction of their own."""

from copy import deepcopy

import pytest

from tests.partnership import Partnership
from tests.risk.flagging import Flagging


@pytest.fixture(scope="module")
def people_once(stage: None) -> Flagging:
    """Tell who asks for flags, decides and enters them."""
    return Flagging(Partnership())


@pytest.fixture
def people(people_once: Flagging, db: None) -> Flagging:
    """Return the people who have to do with flags, told once for the module."""
    return deepcopy(people_once)
