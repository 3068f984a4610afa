"""Flags through the API: the whole way, bad input, keys, and the same verdicts as the pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.rules import Part
from risk.models import Flag
from risk.rules import FlagOutcome
from tests.api.calling import Caller
from tests.risk.flagging import (
    CANARY_DISAGREEMENT,
    CANARY_FIRST,
    CANARY_GROUNDS,
    CANARY_REASONS,
    CANARY_WORDING,
    Flagging,
)

pytestmark = pytest.mark.django_db
KEY = "0b8f2f52-8c8e-4d3c-9a54-000000000001"


def dates(people: Flagging) -> dict[str, str]:
    return {
        "review_on": str(people.today + timedelta(days=90)),
        "expires_on": str(people.today + timedelta(days=365)),
    }


def says(**changes: Any) -> dict[str, Any]:
    ordinary = {
        "level": "high", "grounds": CANARY_GROUNDS, "if_missing": CANARY_FIRST,
        "is_child_told": False, "child_not_told_because": "She is with him now.",
    }  # fmt: skip
    return {**ordinary, **changes}


def bodies(people: Flagging) -> dict[str, dict[str, Any]]:
    return {
        "decide": {"outcome": "accepted", "reasons": CANARY_REASONS, **dates(people)},
        "disagree": {"disagreement": CANARY_DISAGREEMENT},
        "enter": {"system_reference": "KP-W-1180"},
        "review": {"outcome": "renewed", "reasons": CANARY_REASONS, **dates(people)},
        "end": {"reasons": CANARY_REASONS},
        "take-off": {},
    }


def test_the_whole_way(people: Flagging) -> None:
    flags = f"/children/{people.ava.reference}/flags/"
    ruth, marcus, joan = (Caller(person) for person in (people.ruth, people.marcus, people.joan))
    made = ruth.post(flags, says(force=people.world.kent_police.reference))
    assert made.status_code == 201, made.content
    shown = made.json()
    assert (shown["state"], shown["is_in_force"]) == ("requested, not decided", False)
    assert shown["may"]["end"] == {"allowed": True, "reason": ""}
    assert shown["may"]["decide"] == {"allowed": False, "reason": "Only Kent Police can do this."}
    flag = f"{flags}{shown['reference']}/"
    for caller, what, changes, state in (
        (marcus, "decide", {"outcome": "amended", "level": "medium", "wording": CANARY_WORDING},
         "accepted, not entered yet"),
        (Caller(people.colin), "disagree", {}, "accepted, not entered yet"),
        (marcus, "decide", {}, "accepted, not entered yet"),
        (joan, "enter", {}, "active"),
        (marcus, "review", {"outcome": "lowered"}, "active"),
        (marcus, "end", {}, "ended, to be taken off"),
        (joan, "take-off", {}, "ended"),
    ):  # fmt: skip
        version = ruth.get(flag).json()["version"]
        body = {**bodies(people)[what], **changes, "version": version}
        done = caller.post(f"{flag}{what}/", body)
        assert done.status_code == 200, (what, done.content)
        assert done.json()["state"] == state, what
        assert done.json()["version"] == version + 1
    assert [each["outcome"] for each in ruth.get(flag).json()["decisions"]] == [
        "amended", "accepted", "lowered", "ended",
    ]  # fmt: skip
    assert ruth.get("/flags/", box="over").json()["results"][0]["reference"] == shown["reference"]
    assert ruth.get("/flags/").json()["count"] == 0


def test_a_force_flags_by_itself(people: Flagging) -> None:
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    made = Caller(people.marcus).post(
        f"/children/{people.ava.reference}/flags/made/", {**says(), **dates(people)}
    )
    assert made.status_code == 201
    assert (made.json()["council"], made.json()["state"]) == (None, "accepted, not entered yet")


ASKED_BADLY: dict[str, tuple[dict[str, Any], str, int]] = {
    "no such field": ({"decided_at": "2026-01-01T00:00:00Z"}, "decided_at", 400),
    "no such level": ({"level": "extreme"}, "level", 400),
    "60,000 characters": ({"grounds": "g" * 60_000}, "grounds", 400),
    "a number": ({"grounds": 7}, "grounds", 400),
    "too short": ({"grounds": "because"}, "grounds", 409),
    "a force that is none": ({"force": "AG-0000-0000-0"}, "force", 409),
    "no reason why not told": ({"child_not_told_because": ""}, "child_not_told_because", 409),
    "evidence of another child": ({"evidence": ["RI-7K3Q-9F2H-B"]}, "evidence", 409),
    "evidence that is none": ({"evidence": ["x"]}, "evidence.0", 400),
    "told, perhaps": ({"is_child_told": "maybe"}, "is_child_told", 400),
}


@pytest.mark.parametrize("name", ASKED_BADLY)
def test_what_is_asked_badly_is_refused_under_its_name(people: Flagging, name: str) -> None:
    changes, field, status = ASKED_BADLY[name]
    answer = Caller(people.ruth).post(f"/children/{people.ava.reference}/flags/", says(**changes))
    assert answer.status_code == status, answer.content
    assert list(answer.json()["errors"]) == [field]
    assert not Flag.objects.exists()


READY: dict[str, tuple[str, Callable[[Flagging], Flag]]] = {
    "decide": ("marcus", lambda people: people.ask()),
    "enter": ("joan", lambda people: people.decide(people.ask())),
    "review": ("marcus", lambda people: people.active()),
    "disagree": ("colin", lambda people: people.decide(people.ask(), FlagOutcome.DECLINED)),
    "end": ("marcus", lambda people: people.active()),
    "take-off": ("joan", lambda people: people.end(people.active())),
}


@pytest.mark.parametrize("what", READY)
def test_each_act_once_and_never_over_anothers(people: Flagging, what: str) -> None:
    who, make = READY[what]
    flag = make(people)
    caller = Caller(getattr(people, who))
    address = f"/children/{people.ava.reference}/flags/{flag.reference}/{what}/"
    body = {**bodies(people)[what], "version": flag.version}

    stale = caller.post(address, {**body, "version": flag.version + 1})
    assert (stale.status_code, stale.json()["type"][-6:]) == (409, ":stale")
    first = caller.post(address, body, key=KEY)
    again = caller.post(address, body, key=KEY)
    assert first.status_code == again.status_code == 200, first.content
    assert first.json() == again.json()
    other = caller.post(address, body)
    assert other.status_code == 409
    assert other.json()["detail"]


def test_a_review_in_the_past_is_refused_under_its_name(people: Flagging) -> None:
    flag = people.ask()
    answer = Caller(people.marcus).post(
        f"/children/{people.ava.reference}/flags/{flag.reference}/decide/",
        {**bodies(people)["decide"], "review_on": "2026-01-01", "version": 1},
    )
    assert answer.status_code == 409
    assert answer.json()["errors"] == {"review_on": ["The review must be in the future."]}


def test_whoever_declined_still_gets_the_answer(people: Flagging) -> None:
    """The force has no part but the flag's own, and sees what it did."""
    flag = people.ask()
    answer = Caller(people.marcus).post(
        f"/children/{people.ava.reference}/flags/{flag.reference}/decide/",
        {"outcome": "declined", "reasons": CANARY_REASONS, "version": 1},
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "declined")


def test_boxes_and_pages_are_read_strictly(people: Flagging) -> None:
    caller = Caller(people.ruth)
    assert caller.get("/flags/", box="all").status_code == 400
    for after in ("%00", "FL-0000-0000-0", "x"):
        assert caller.get("/flags/", after=after).status_code in {200, 400}
