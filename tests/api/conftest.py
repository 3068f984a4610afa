"""What the API's walks begin from."""

from copy import deepcopy

import pytest

from cases.services.children import Described
from tests.partnership import Partnership
from tests.walking import walked_world


@pytest.fixture(scope="module")
def asked_once(stage: None) -> Partnership:
    """Tell what every operation is about, and report somebody who may be Ava."""
    world = walked_world()
    world.report(
        described=Described(
            given_names="Ava", family_name="Bramley", date_of_birth=world.ava.date_of_birth
        )
    )
    return world


@pytest.fixture
def asked_world(asked_once: Partnership, db: None) -> Partnership:
    """Return a partnership in which every operation has an answer, told once for the module."""
    return deepcopy(asked_once)
