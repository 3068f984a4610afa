"""What the tests of recommendations and actions begin from."""

from copy import deepcopy

import pytest

from tests.partnership import Partnership
from tests.returninterviews.recommended import Following


@pytest.fixture(scope="module")
def told_once(stage: None) -> Following:
    """Tell what follows from one interview with one recommendation."""
    return Following(Partnership())


@pytest.fixture
def told(told_once: Following, db: None) -> Following:
    """Return what follows from one interview with one recommendation, told once for the module."""
    return deepcopy(told_once)
