"""The templates of these tests."""

import copy
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def _own_templates(settings: Any) -> None:
    templates = copy.deepcopy(settings.TEMPLATES)
    templates[0]["DIRS"].append(Path(__file__).parent / "templates")
    settings.TEMPLATES = templates
