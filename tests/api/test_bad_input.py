"""What cannot be read in one way only is refused, names are never ignored, and nothing changes."""

from typing import Any

import pytest

from cases.models import Child, Grant, MissingEpisode, Report, Update
from missingchildren.web.api.bodies import DEEPEST, LARGEST
from tests.api.calling import Caller
from tests.api.test_may import calls
from tests.api.test_once import report_of
from tests.partnership import Partnership

pytestmark = pytest.mark.django_db


def nested(depth: int) -> bytes:
    return b'{"child": ' + b"[" * (depth - 1) + b"]" * (depth - 1) + b"}"


BODIES = {
    "one name twice": b'{"why_worried": "a", "why_worried": "b"}',
    "one name twice, deep": b'{"place": {"where": "own", "where": "force"}}',
    "NaN": b'{"version": NaN}',
    "Infinity": b'{"version": -Infinity}',
    "a number beyond any": b'{"version": 1e999}',
    "5,000 digits": b'{"version": ' + b"9" * 5_000 + b"}",
    "too deep": nested(DEEPEST + 1),
    "10,000 deep": nested(10_000),
    "deep without an end": b"[" * 50_000,
    "a list": b"[]",
    "a word": b'"x"',
    "null": b"null",
    "cut off": b'{"child": ',
    "two objects": b"{}{}",
    "not UTF-8": b'{"child": "\xff"}',
    "UTF-16": '{"child": "x"}'.encode("utf-16"),
    "a pickle": b"\x80\x04\x95\x0b\x00\x00\x00\x00\x00\x00\x00}\x94\x8c\x01a\x94K\x01s.",
    "half a letter": b'{"why_worried": "\\ud800"}',
}


@pytest.mark.parametrize("name", BODIES)
def test_bad_json_is_refused(world: Partnership, name: str) -> None:
    """INJ-11: duplicate keys, NaN, 10,000 deep, pickle: 400, and nothing is done."""
    answer = Caller(world.nisha).post("/reports/", raw=BODIES[name])

    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not Report.objects.exists()


def test_what_is_just_not_too_deep_is_read(world: Partnership) -> None:
    answer = Caller(world.nisha).post("/reports/", raw=nested(DEEPEST))

    assert answer.json()["errors"]["child"] == ["Send a reference like MC-7K3Q-9F2H-B."]


def test_a_body_that_is_too_large_is_refused(world: Partnership) -> None:
    answer = Caller(world.nisha).post("/reports/", {"why_worried": "x" * LARGEST})

    assert answer.status_code == 413
    assert answer.json()["type"].endswith(":too-large")


@pytest.mark.parametrize(
    "content_type",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"],
)
def test_what_is_not_json_is_refused(world: Partnership, content_type: str) -> None:
    caller = Caller(world.nisha)
    answer = caller.client.generic(
        "POST",
        "/api/v1/reports/",
        b"child=x",
        content_type=content_type,
        headers={"x-csrftoken": caller.token, "referer": "https://testserver/"},
        secure=True,
    )

    assert answer.status_code == 415
    assert answer.headers["Content-Type"] == "application/problem+json"


SMUGGLED = {
    "agency": "AG-0000-0000-0",
    "created_by": 1,
    "recorded_by": 1,
    "shared_with": ["AG-0000-0000-0"],
    "risk_decided_by": 1,
    "due_at": "2026-01-01T00:00:00Z",
    "owner": "AG-0000-0000-0",
    "id": 1,
    "pk": 1,
    "accepted_at": "2026-01-01T00:00:00Z",
    "__proto__": {},
}
OPERATIONS = (
    "report_missing", "accept_report", "record_return", "add_update", "reveal_place", "share",
    "end_sharing", "decide_not_to_share",
)  # fmt: skip
TAKES_AGENCY = {"share", "decide_not_to_share"}


def rows() -> list[Any]:
    """Return every row that an operation could change, whole."""
    return [
        list(model._default_manager.order_by("pk").values())
        for model in (Child, MissingEpisode, Report, Update, Grant)
    ]


@pytest.mark.parametrize("operation", OPERATIONS)
def test_fields_that_an_operation_does_not_take_are_refused(
    world: Partnership, operation: str
) -> None:
    """AZ-12: 400, each named, and the row unchanged byte for byte."""
    episode = world.report().episode
    address, body = calls(world, episode)[operation]
    before = rows()

    for name, value in SMUGGLED.items():
        if name == "agency" and operation in TAKES_AGENCY:
            continue
        answer = Caller(world.joan).post(address, {**body, name: value})
        assert answer.status_code == 400, (name, answer.content)
        assert answer.json()["errors"] == {name: ["There is no such field here."]}

    assert rows() == before


def test_a_version_is_compared_and_never_set(world: Partnership) -> None:
    """AZ-12, CON-02: somebody else's change in between is said, not overwritten."""
    episode = world.report().episode
    address, body = calls(world, episode)["accept_report"]

    answer = Caller(world.joan).post(address, {**body, "version": 7})

    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":stale")
    episode.refresh_from_db()
    assert (episode.version, episode.accepted_at) == (1, None)


FIELDS: dict[str, tuple[dict[str, Any], str]] = {
    "a number for text": ({"why_worried": 7}, "why_worried"),
    "blank": ({"why_worried": "  "}, "why_worried"),
    "NUL": ({"why_worried": "a\x00b"}, "why_worried"),
    "right to left": ({"contact_name": "\u202eavA"}, "contact_name"),
    "too long": ({"why_worried": "x" * 5_001}, "why_worried"),
    "no offset": ({"last_seen_at": "2026-11-23T10:00:00"}, "last_seen_at"),
    "no such day": ({"last_seen_at": "2026-02-30T10:00:00Z"}, "last_seen_at"),
    "the year 9999": ({"last_seen_at": "9999-12-31T23:59:59-23:00"}, "last_seen_at"),
    "the year 1": ({"last_seen_at": "0001-01-01T00:00:00+23:00"}, "last_seen_at"),
    "a telephone": ({"contact_phone": "later"}, "contact_phone"),
    "nowhere": ({"place": {"where": "postcode"}}, "place.postcode"),
    "abroad": ({"place": {"where": "postcode", "postcode": "75001"}}, "place.postcode"),
    "another where": ({"place": {"where": ["own"]}}, "place.where"),
    "an NHS number": (
        {"child": "", "described": {
            "given_names": "A", "family_name": "B", "nhs_number": "999 000 0019",
        }},
        "described.nhs_number",
    ),
    "two children": ({"described": {"given_names": "A", "family_name": "B"}}, "child"),
    "unknown, deep": ({"place": {"where": "own", "latitude": 1}}, "place.latitude"),
}  # fmt: skip


@pytest.mark.parametrize("name", FIELDS)
def test_each_problem_stands_under_the_name_that_was_sent(world: Partnership, name: str) -> None:
    changes, field = FIELDS[name]
    body = report_of(world, **changes)
    if body["child"] == "":
        del body["child"]

    answer = Caller(world.nisha).post("/reports/", body)

    assert answer.status_code == 400, answer.content
    assert list(answer.json()["errors"]) == [field]
    assert not Report.objects.exists()


def test_what_a_service_refuses_stands_under_the_name_that_was_sent(world: Partnership) -> None:
    answer = Caller(world.nisha).post(
        "/reports/", report_of(world, last_seen_at="2098-01-01T00:00:00Z")
    )

    assert answer.status_code == 409
    assert answer.json()["errors"] == {"last_seen_at": ["The time last seen must be in the past."]}


def test_queries_are_read_as_strictly(world: Partnership) -> None:
    caller = Caller(world.nisha)
    for query in ("?serch=x", "?search=a&search=b", "?search=%00", "?search=" + "x" * 101):
        answer = caller.get(f"/children/{query}")
        assert answer.status_code == 400, query
        assert set(answer.json()["errors"]) <= {"serch", "search"}
    for after in ("%00", "x~%00", "2026-01-01T00:00:00Z~MC-0000-0000-0", "~", "9" * 99):
        for place in ("/children/", "/missing/", "/alerts/"):
            assert caller.get(f"{place}?after={after}").status_code in {200, 400}, (place, after)
