"""When something goes wrong people get advice and a number, and nothing else leaves."""

import logging
import re
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from missingchildren.web import errors
from tests.web.urls import SECRET

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.urls")]

NUMBER = re.compile(r"ER-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")


@pytest.mark.parametrize(
    ("how", "status"),
    [
        ("hidden", 404),
        ("absent", 404),
        ("denied", 403),
        ("not-permitted", 403),
        ("broken-rule", 409),
        ("no-database", 503),
        ("no-log", 503),
        ("mistake", 500),
    ],
)
@pytest.mark.parametrize("start", ["", "/api/v1"])
def test_nothing_of_the_cause_leaves(
    client: Client, caplog: pytest.LogCaptureFixture, how: str, status: int, start: str
) -> None:
    """OPS-03: neither in the answer nor in the log."""
    with caplog.at_level(logging.INFO):
        response = client.post(f"{start}/fail/{how}/?name=Ava", {"name": SECRET})

    assert response.status_code == status
    answer = response.content.decode()
    kept = errors.WithoutValues()
    logged = "\n".join(
        logging.Formatter().format(record) for record in caplog.records if kept.filter(record)
    )
    for leak in (SECRET, "Ava", "Traceback", "urls.py"):
        assert leak not in answer
    for leak in (SECRET, "Ava", "name="):
        assert leak not in logged
    if status >= 500:
        numbers = NUMBER.findall(answer)
        assert len(numbers) == 1
        assert numbers[0] in logged, "the number on the page finds the line in the log"
        assert "urls.py" in logged, "the log says where"


def test_hidden_and_absent_are_the_same_answer(client: Client) -> None:
    bodies = {client.get(a).content for a in ("/fail/hidden/", "/fail/absent/", "/nowhere/")}

    assert len(bodies) == 1


def test_a_refusal_says_why(client: Client) -> None:
    for how in ("denied", "not-permitted"):
        assert b"Only a supervisor may do this." in client.get(f"/fail/{how}/").content
    assert b"The child is already back." in client.get("/fail/broken-rule/").content


def test_a_refusal_is_problem_details_for_machines(client: Client) -> None:
    response = client.get("/api/v1/fail/not-permitted/")

    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json() == {
        "type": "about:blank",
        "title": "You cannot do this",
        "status": 403,
        "detail": "Only a supervisor may do this.",
    }


def test_unavailable_says_when_to_come_back(client: Client) -> None:
    assert client.get("/fail/no-database/").headers["Retry-After"] == "30"


@pytest.mark.parametrize("error", [ValueError(SECRET), OperationalError(SECRET)])
def test_what_middleware_raises_is_answered_too(error: Exception) -> None:
    """OPS-03: the last resort catches everything."""

    def broken(_request: HttpRequest) -> HttpResponse:
        raise error

    response = errors.LastResortMiddleware(broken)(RequestFactory().get("/"))

    assert response.status_code in {500, 503}
    assert SECRET not in getattr(response, "content", b"").decode()


def test_a_failing_error_page_is_replaced_by_plain_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_args: Any, **_more: Any) -> str:
        raise OSError(SECRET)

    monkeypatch.setattr(errors, "render_to_string", fail)

    response = errors.answer(RequestFactory().get("/"), 403, reason="<script>")

    assert response.status_code == 403
    assert b"ring 999" in response.content
    assert b"<script>" not in response.content


@pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500, 503])
def test_error_pages_need_no_request_and_no_database(
    status: int, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        page = render_to_string(f"{status}.html", {"reason": "", "reference": ""})

    assert page.count("<h1") == 1
    assert "ring 999" in page


def test_what_is_too_large_is_refused_in_plain_words(client: Client, settings: Any) -> None:
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000

    response = client.post("/kitchen-sink/", {"full_name": "x" * 2000})

    assert response.status_code == 400
    assert b"Nothing was saved" in response.content


def test_the_log_of_django_itself_keeps_no_text(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise PermissionDenied(SECRET) from KeyError(SECRET)
    except PermissionDenied as error:
        record = logging.LogRecord(
            "django.request", 30, "f", 1, "Bad: %s", (SECRET,), (type(error), error, None)
        )

    assert errors.WithoutValues().filter(record)

    line = logging.Formatter().format(record)
    assert SECRET not in line
    assert "PermissionDenied < KeyError" in line
