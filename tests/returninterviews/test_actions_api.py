"""The API of recommendations and actions: the pages' own services, verdicts and refusals."""

from typing import Any

import pytest

from missingchildren.audit.models import Entry, Outcome
from returninterviews.models import Action, ActionNote, Recommendation
from returninterviews.rules import ActionState, RecommendationState
from tests.api.calling import Caller
from tests.returninterviews.recommended import (
    EVIDENCE,
    REASONS,
    WORDS,
    Following,
    in_days,
    recommend,
    signed_interview,
)

pytestmark = pytest.mark.django_db
KEY = "0b8f2f52-8c8e-4d3c-9a54-000000000002"


def given(told: Following, **changes: Any) -> dict[str, Any]:
    return {
        "text": "Fit a night light.", "agency": told.world.home.reference,
        "due_on": in_days(7).isoformat(), **changes,
    }  # fmt: skip


def test_from_the_recommendation_to_whether_it_helped(told: Following) -> None:
    world = told.world
    ruth, nisha, lena = Caller(world.ruth), Caller(world.nisha), Caller(world.lena)
    address = f"/recommendations/{told.first.reference}/"
    shown = ruth.get(address).json()
    assert shown["state"] == "to decide"
    assert shown["may"]["accept_recommendation"] == {"allowed": True, "reason": ""}
    assert shown["may"]["not_take_forward"]["allowed"] is False

    accepted = ruth.post(f"{address}accept/", given(told, version=shown["version"]))

    assert accepted.status_code == 200
    assert accepted.json()["state"] == "taken forward"
    [made] = accepted.json()["actions"]
    assert (made["owner"]["name"], made["due_on"]) == ("Seaview House", in_days(7).isoformat())
    action = f"/actions/{made['reference']}/"
    assert nisha.post(f"{action}notes/", {"text": "It is ordered."}).status_code == 201
    done = nisha.post(f"{action}done/", {"evidence": EVIDENCE, "version": 1})
    assert (done.status_code, done.json()["state"]) == (200, "done")
    helped = ruth.post(f"{action}helped/", {"helped": "not_known", "version": 2})
    assert helped.json()["helped"] == "not_known"
    seen = lena.get(action).json()
    assert [note["text"] for note in seen["notes"]] == ["It is ordered."]
    assert seen["recommendation"] == told.first.reference
    assert "recommendation" in nisha.get(action).json()
    assert nisha.get(action).json()["recommendation"] is None, (
        "the home does not see what led to it"
    )


def test_a_second_look(told: Following) -> None:
    colin, lena = Caller(told.colin), Caller(told.world.lena)
    address = f"/recommendations/{told.first.reference}/"
    refused = colin.post(f"{address}not-taken-forward/", {"reasons": REASONS, "version": 1})
    assert refused.json()["reasons"] == REASONS
    asked = lena.post(f"{address}second-look/", {"words": WORDS, "version": 2})
    assert asked.json()["second_look"]["words"] == WORDS
    assert colin.get(address).json()["may"]["answer_second_look"]["allowed"]

    half = colin.post(f"{address}second-look/answer/", {"answer": "taken_forward", "version": 3})
    answered = colin.post(
        f"{address}second-look/answer/", {"answer": "taken_forward", "version": 3, **given(told)}
    )

    assert (half.status_code, list(half.json()["errors"])) == (400, ["text"])
    assert answered.json()["state"] == "taken forward"
    assert Action.objects.count() == 1


def test_it_may_stay_as_it_was(told: Following) -> None:
    told.turn_down()
    told.look_again()
    answered = Caller(told.colin).post(
        f"/recommendations/{told.first.reference}/second-look/answer/",
        {"answer": "not_taken_forward", "reasons": REASONS, "version": 3},
    )
    assert answered.json()["state"] == "not taken forward after a second look"


def test_what_may_be_done_is_what_then_happens(told: Following) -> None:
    """AZ-31: for every persona and every operation, before anything is decided."""
    world = told.world
    action = told.add()
    on_recommendation = {
        "not_take_forward": ("not-taken-forward/", {"reasons": REASONS}),
        "ask_second_look": ("second-look/", {"words": WORDS}),
        "answer_second_look": (
            "second-look/answer/", {"answer": "not_taken_forward", "reasons": REASONS},
        ),
        "accept_recommendation": ("accept/", given(told)),
    }  # fmt: skip
    on_action = {
        "drop_action": ("drop/", {"reasons": REASONS}),
        "say_whether_it_helped": ("helped/", {"helped": "yes"}),
        "note_progress": ("notes/", {"text": "On its way."}),
        "complete_action": ("done/", {"evidence": EVIDENCE}),
    }  # fmt: skip
    for person in (world.lena, world.nisha, world.ruth):
        caller = Caller(person)
        for start, calls in (
            (f"/recommendations/{told.first.reference}/", on_recommendation),
            (f"/actions/{action.reference}/", on_action),
        ):
            before = caller.get(start)
            if before.status_code == 404:
                for path, body in calls.values():
                    assert caller.post(f"{start}{path}", body).status_code == 404
                continue
            assert set(before.json()["may"]) == set(calls)
            for operation, (path, body) in calls.items():
                shown = caller.get(start).json()
                verdict = shown["may"][operation]
                whole = (
                    body if operation == "note_progress" else {**body, "version": shown["version"]}
                )
                answer = caller.post(f"{start}{path}", whole)
                if verdict["allowed"]:
                    assert answer.status_code in {200, 201}, (operation, answer.content)
                else:
                    assert answer.status_code in {403, 409}, (operation, answer.content)
                    said = answer.json()["detail"]
                    assert (
                        said.partition(" recorded on")[2]
                        == verdict["reason"].partition(" recorded on")[2]
                        or said == verdict["reason"]
                    ), operation  # a colleague is named here only


@pytest.mark.parametrize(
    ("path", "body"),
    [("not-taken-forward/", {"reasons": REASONS}), ("second-look/answer/", {"answer": "not_taken_forward", "reasons": REASONS})],
)  # fmt: skip
def test_a_caseworkers_manager_only_act_is_refused_and_logged(
    told: Following, path: str, body: dict[str, Any]
) -> None:
    """AZ-31."""
    answer = Caller(told.world.ruth).post(
        f"/recommendations/{told.first.reference}/{path}", {**body, "version": 1}
    )
    assert answer.status_code == 403
    assert "manager" in answer.json()["detail"]
    assert told.first.state == RecommendationState.TO_DECIDE
    entry = Entry.objects.order_by("-id")[0]
    assert entry.outcome == Outcome.DENIED
    assert told.first.reference in entry.references


def test_a_version_is_compared(told: Following) -> None:
    """CON-02."""
    answer = Caller(told.world.ruth).post(
        f"/recommendations/{told.first.reference}/accept/", given(told, version=7)
    )
    assert answer.status_code == 409
    assert answer.json()["type"].endswith(":stale")


def test_the_same_key_counts_once(told: Following) -> None:
    caller = Caller(told.world.ruth)
    address = f"/children/{told.world.ava.reference}/actions/"
    body = given(told)
    first, again = (caller.post(address, body, key=KEY) for _ in range(2))
    assert first.status_code == again.status_code == 201
    assert first.json()["reference"] == again.json()["reference"]
    assert Action.objects.count() == 1


def test_whoever_is_second_is_told_who_was_first(told: Following) -> None:
    """CON-01."""
    body = given(told, version=1)
    address = f"/recommendations/{told.first.reference}/accept/"
    assert Caller(told.world.ruth).post(address, body).status_code == 200
    second = Caller(told.world.ken).post(address, body)
    assert second.status_code == 409
    assert second.json()["detail"].startswith("Ruth Adeyemi decided this on ")


BAD: dict[str, tuple[str, dict[str, Any], int, str]] = {
    "an agency without a part": ("accept/", {"agency": "AG-0000-0000-0"}, 409, "agency"),
    "a day past": ("accept/", {"due_on": "2020-01-01"}, 409, "due_on"),
    "60,000 characters": ("accept/", {"text": "x" * 60_000}, 400, "text"),
    "a day that is none": ("accept/", {"due_on": "2026-02-31"}, 400, "due_on"),
    "a colleague of others": ("accept/", {"person": "MB-0000-0000-0"}, 409, "person"),
    "an owner by key": ("accept/", {"owner": 1}, 400, "owner"),
    "a decision by hand": ("accept/", {"decided_at": "2026-01-01T00:00:00Z"}, 400, "decided_at"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_and_changes_nothing(told: Following, name: str) -> None:
    """AZ-12."""
    path, changes, status, field = BAD[name]
    answer = Caller(told.world.ruth).post(
        f"/recommendations/{told.first.reference}/{path}", {**given(told, version=1), **changes}
    )
    assert answer.status_code == status, answer.content
    assert list(answer.json()["errors"]) == [field]
    assert told.first.state == RecommendationState.TO_DECIDE
    assert not Action.objects.exists()


def test_pages_of_lists_follow_one_another(told: Following) -> None:
    """AZ-20: each once, no row keys."""
    for number in range(60):
        told.add(text=f"Action {number}")
        recommend(signed_interview(told.world), f"No. {number}", by=told.world.lena)
    ruth = Caller(told.world.ruth)
    for path, total in (("actions", 60), ("recommendations", 61)):
        seen: list[str] = []
        query: dict[str, str] = {}
        while True:
            page = ruth.get(f"/children/{told.world.ava.reference}/{path}/", **query).json()
            seen += [row["reference"] for row in page["results"]]
            assert page["count"] == total
            if page["next"] is None:
                break
            query = {"after": page["next"]}
        assert len(seen) == len(set(seen)) == total, path


def test_every_change_is_logged_once_under_its_own_verb(told: Following) -> None:
    """AUD-01."""
    ruth = Caller(told.world.ruth)
    address = f"/recommendations/{told.first.reference}/accept/"
    made = ruth.post(address, given(told, version=1, agency=told.world.birmingham.reference))
    action = f"/actions/{made.json()['actions'][0]['reference']}/"
    ruth.post(f"{action}notes/", {"text": "On its way."})
    ruth.post(f"{action}done/", {"evidence": EVIDENCE, "version": 1})
    ruth.post(f"{action}helped/", {"helped": "no", "version": 2})
    for verb, operation in {
        "accept_recommendation": "alteration", "note_progress": "collection",
        "complete_action": "alteration", "say_whether_it_helped": "alteration",
    }.items():  # fmt: skip
        entry = Entry.objects.get(verb=f"returninterviews.{verb}")
        assert (entry.operation, entry.outcome, entry.channel) == (operation, Outcome.DONE, "api")
        assert entry.subjects == [told.world.ava.pk]
    assert ActionNote.objects.count() == 1
    assert Action.objects.get().state == ActionState.DONE
    assert Recommendation.objects.get().decided_by == told.world.ruth
