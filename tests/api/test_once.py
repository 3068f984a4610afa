"""A change that is sent again, because the answer was lost, is not done again."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections

from cases.models import Child, MissingEpisode, Report, Update
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Submission
from tests.api.calling import Caller
from tests.partnership import Partnership, act_now

pytestmark = pytest.mark.django_db
KEY = "0b8f2f52-8c8e-4d3c-9a54-000000000001"


def report_of(world: Partnership, **changes: Any) -> dict[str, Any]:
    return {
        "child": world.ava.reference,
        "last_seen_at": (act_now(world.nisha).now - timedelta(hours=1)).isoformat(),
        "place": {"where": "own"},
        "why_worried": "She left without her coat.",
        "contact_name": "Nisha Roy",
        "contact_phone": "01632 960 001",
        **changes,
    }


def test_the_same_key_gives_the_same_answer(world: Partnership) -> None:
    caller, body = Caller(world.nisha), report_of(world)

    first = caller.post("/reports/", body, key=KEY)
    again = caller.post("/reports/", body, key=KEY)

    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert first.status_code == 201
    assert Report.objects.count() == MissingEpisode.objects.count() == 1
    assert Alert.objects.filter(kind="cases.report_received").count() == 1


def test_the_same_key_with_something_else_is_refused(world: Partnership) -> None:
    caller, body = Caller(world.nisha), report_of(world)
    caller.post("/reports/", body, key=KEY)

    other = caller.post("/reports/", {**body, "why_worried": "Something else."}, key=KEY)
    elsewhere = caller.post(
        f"/children/{world.ava.reference}/updates/",
        {"kind": "contact", "text": "She rang.", "happened_at": body["last_seen_at"]},
        key=KEY,
    )

    for answer in (other, elsewhere):
        assert answer.status_code == 422
        assert answer.json()["type"].endswith(":idempotency-key-used")
    assert Report.objects.count() == 1
    assert not Update.objects.exists()


@pytest.mark.parametrize("key", ["", "short", "with space", "x" * 256, "ключ-ключ"])
def test_a_change_without_a_key_is_refused(world: Partnership, key: str) -> None:
    caller = Caller(world.nisha)
    answer = caller.client.post(
        "/api/v1/reports/",
        report_of(world),
        content_type="application/json",
        headers={"x-csrftoken": caller.token, "referer": "https://testserver/"}
        | ({"idempotency-key": key} if key else {}),
        secure=True,
    )

    assert answer.status_code == 400
    assert answer.json()["type"].endswith(":idempotency-key-missing")
    assert not Report.objects.exists()


def test_one_key_of_two_people_stands_for_two_changes(world: Partnership) -> None:
    world.accept(world.report())
    body = {"kind": "contact", "text": "She rang.", "happened_at": report_of(world)["last_seen_at"]}

    answers = [
        Caller(person).post(f"/children/{world.ava.reference}/updates/", body, key=KEY)
        for person in (world.ruth, world.nisha)
    ]

    assert [answer.status_code for answer in answers] == [201, 201]
    assert Update.objects.count() == 2


def test_a_refused_change_leaves_its_key_free(world: Partnership) -> None:
    episode = world.report().episode
    address = f"/children/{world.ava.reference}/episodes/{episode.reference}/return/"
    joan = Caller(world.joan)
    impossible = {"returned_at": "2098-01-01T00:00:00Z", "version": 1}

    refused = joan.post(address, impossible, key=KEY)

    assert refused.status_code == 409
    assert refused.json()["errors"] == {"returned_at": ["The time of return must be in the past."]}
    assert not Submission.objects.filter(operation__startswith="api").exists()


def test_whoever_has_lost_the_record_learns_nothing_from_an_old_key(world: Partnership) -> None:
    """AZ-08: a repeated call is judged anew, not answered from memory."""
    world.accept(world.report())
    paul = Caller(world.paul)
    body = {"kind": "contact", "text": "She rang.", "happened_at": report_of(world)["last_seen_at"]}
    address = f"/children/{world.ava.reference}/updates/"
    assert paul.post(address, body, key=KEY).status_code == 201
    ruth = Caller(world.ruth)
    grants = ruth.get(f"/children/{world.ava.reference}/sharing/").json()["live"]
    grant = next(each for each in grants if each["agency"]["name"] == "Larkfield Academy")
    ended = ruth.post(
        f"/children/{world.ava.reference}/sharing/{grant['reference']}/end/",
        {"reason": "The question is answered."},
    )
    assert ended.status_code == 200

    assert paul.post(address, body, key=KEY).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_at_a_time_are_one_report(world: Partnership) -> None:
    """CON-06: two calls with one key and body, at the same moment: one report, one answer."""
    body = report_of(world)
    callers = [Caller(world.nisha) for _ in range(4)]
    together = threading.Barrier(len(callers))
    answers: list[Any] = []

    def call(caller: Caller) -> None:
        try:
            together.wait()
            answers.append(caller.post("/reports/", body, key=KEY))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=call, args=[caller]) for caller in callers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["reference"] for answer in answers}) == 1
    assert Report.objects.count() == MissingEpisode.objects.count() == Child.objects.count() == 1
