"""The API does what it says of itself: every answer to every request conforms to its description."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
import schemathesis
import yaml
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from cases.api import may
from missingchildren.wsgi import application
from tests.api.calling import Caller
from tests.api.test_every_operation import fill, operations
from tests.partnership import Partnership

pytestmark = pytest.mark.django_db
DESCRIPTION = Path(settings.ROOT) / "docs" / "openapi.yaml"
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
)
SETTINGS = hypothesis.settings(
    max_examples=100 if os.environ.get("FULL") else 6,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.generate],
)
described = schemathesis.openapi.from_path(str(DESCRIPTION))
described.app = application
OPERATIONS: dict[str, Any] = {
    operation.definition.raw["operationId"]: operation
    for result in described.get_all_operations()
    if (operation := result.ok())  # type: ignore[union-attr]  # the description is valid
}


def test_the_description_is_the_one_in_the_repository() -> None:
    now = SchemaGenerator().get_schema(request=None, public=True)

    assert yaml.safe_load(DESCRIPTION.read_text()) == yaml.safe_load(yaml.safe_dump(now))


def test_every_operation_is_described_whole() -> None:
    """Each has a name, a topic, what proves who asks, and the refusals that it can give."""
    paths = yaml.safe_load(DESCRIPTION.read_text())["paths"]
    routes = {path.removeprefix("/api/v1/") for path in paths}
    expected = {
        route.replace("<reference:", "{").replace(">", "}") for route in operations() - {"schema/"}
    }
    assert routes == expected
    names = []
    for path, verbs in paths.items():
        for verb, operation in verbs.items():
            names.append(operation["operationId"])
            assert operation["tags"], path
            assert operation["description"], path
            assert "session" in operation["security"][0], path
            assert {"401", "403"} <= operation["responses"].keys(), path
            if verb == "post":
                assert "csrf" in operation["security"][0], path
                parameters = {each["name"]: each for each in operation["parameters"]}
                assert parameters["Idempotency-Key"]["required"], path
                assert {"400", "409", "413", "415", "422"} <= operation["responses"].keys()
    assert len(names) == len(set(names))


def test_the_names_in_may_are_operations() -> None:
    in_lower_case = {
        "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)
        for name in OPERATIONS
    }
    assert set(may.registered()) <= in_lower_case


@pytest.fixture
def world(asked_world: Partnership) -> Partnership:
    return asked_world


@contextmanager
def in_this_transaction() -> Iterator[None]:
    """Let the application answer without closing the connection, as Django's test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("name", sorted(OPERATIONS))
def test_answers_conform_to_the_description(
    world: Partnership, name: str, mode: GenerationMode
) -> None:
    """INJ-11: what the description allows and what it does not: no 500, no surprise."""
    operation = OPERATIONS[name]
    caller = Caller(world.joan)
    cookies = {key: morsel.value for key, morsel in caller.client.cookies.items()}
    headers = {"X-CSRFToken": caller.token, "Referer": "http://localhost/"}

    def call(case: Any) -> None:
        with in_this_transaction():
            answer = case.call(headers=headers, cookies=cookies)
        assert answer.status_code != 401, "the session is that of the test"
        assert b":csrf" not in answer.content, "so is its token"
        case.validate_response(answer, checks=list(CHECKS))

    for references in ({}, references_in(operation.path, world)):
        if mode.is_negative and not can_be_wrong(operation.definition.raw, references):
            continue
        cases = operation.as_strategy(generation_mode=mode, path_parameters=references or None)
        SETTINGS(hypothesis.given(case=cases)(call))()


def can_be_wrong(operation: dict[str, Any], references: dict[str, str]) -> bool:
    """Return whether anything that is sent could be malformed."""
    sent = [each for each in operation.get("parameters", ()) if each["name"] not in references]
    return bool(sent or "requestBody" in operation)


def references_in(path: str, world: Partnership) -> dict[str, str]:
    """Return the references that the address of something real holds, by their names."""
    names = re.findall("{(.+?)}", path)
    route = re.sub("{(.+?)}", r"<reference:\1>", path.removeprefix("/api/v1/"))
    found = re.findall("[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]", fill(route, world))
    return dict(zip(names, found, strict=True))
