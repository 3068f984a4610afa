"""A risk round by the API: the same services, the same refusals, the same sentences."""

from datetime import timedelta
from typing import Any

import pytest

from risk.models import Contribution, Decision
from tests.api.calling import Caller
from tests.partnership import Partnership, act_now
from tests.risk.rounds import CANARY_POLICE, CANARY_REASONS, ask_of, supervisor

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


def decide_body(world: Partnership, joan: Caller, **said: Any) -> dict[str, Any]:
    known = joan.get(f"/children/{world.ava.reference}/risk/evidence/").json()
    return {
        "level": "high",
        "reasons": CANARY_REASONS,
        "police_only": CANARY_POLICE,
        "review_due_at": (act_now(world.joan).now + timedelta(hours=1)).isoformat(),
        "answers": [{"question": "medical_needs", "answer": "yes", "words": "An inhaler"}],
        "early_reason": "danger",
        "seen": [each["digest"] for each in known["results"]],
        "round_version": known["version"],
        **said,
    }


def test_a_round_from_the_question_to_the_answered_dissent(world: Partnership) -> None:
    child = f"/children/{world.ava.reference}/risk"
    joan, grace, ken, ruth = (Caller(p) for p in (world.joan, world.grace, world.ken, world.ruth))
    marcus = Caller(supervisor(world))

    told = grace.post(f"{child}/answers/", {"kind": "tells", "text": "She missed her medication."})
    assert told.status_code == 201
    assert told.json()["is_late"] is False
    written = joan.post(
        f"{child}/asked/{ask_of(world, world.ken).reference}/phone/",
        {
            "kind": "holds_nothing", "text": "The duty log", "up_to_date": "Now",
            "given_by": "Ken Osei", "given_phone": "01632 960 301",
            "given_at": act_now(world.joan).now.isoformat(),
        },
    )  # fmt: skip
    assert written.status_code == 201
    answer = written.json()["reference"]
    assert joan.post(f"{child}/answers/{answer}/confirm/").status_code == 403
    assert ken.post(f"{child}/answers/{answer}/confirm/").json()["is_confirmed"] is True

    made = joan.post(f"{child}/levels/", decide_body(world, joan))
    assert made.status_code == 201, made.content
    level = made.json()
    assert level["police_only"] == CANARY_POLICE
    assert level["state"] == "to be confirmed"
    assert {"question": "Do they have medical needs?", "answer": "Yes", "words": "An inhaler"} in (
        level["answers"]
    )
    shown = {each["kind"] for each in level["shown"]}
    assert {"risk.ask", "risk.answer", "cases.report", "cases.episodes"} <= shown
    of_level = f"{child}/levels/{level['reference']}"
    partner = ruth.get(f"{of_level}/").json()
    assert "police_only" not in partner
    assert CANARY_POLICE not in str(partner)

    assert joan.post(f"{of_level}/confirm/", {"version": 1}).status_code == 403
    assert marcus.post(f"{of_level}/confirm/", {"version": 7}).status_code == 409
    confirmed = marcus.post(f"{of_level}/confirm/", {"version": level["version"]})
    assert confirmed.json()["state"] == "confirmed"
    sent_back = marcus.post(f"{of_level}/send-back/", {"version": 2, "note": "Why?"})
    assert sent_back.status_code == 409

    disagreed = ruth.post(f"{of_level}/dissents/", {"text": "We think otherwise."})
    assert disagreed.status_code == 201
    dissent = f"{child}/dissents/{disagreed.json()['reference']}/"
    assert ruth.post(f"{dissent}answer/", {"answer": "No."}).status_code == 403
    assert marcus.post(f"{dissent}answer/", {"answer": "We look."}).json()["answer"] == "We look."
    assert ruth.get(dissent).json()["answer"] == "We look."

    late = grace.post(f"{child}/answers/", {"kind": "tells", "text": "Her brother has a car."})
    assert late.json()["is_late"] is True
    read = f"{child}/answers/{late.json()['reference']}/read/"
    assert joan.post(read).json()["is_read"] is True
    round = joan.get(f"{child}/").json()
    assert round["state"] == "under review"
    assert round["level"]["reference"] == level["reference"]
    states = {each["agency"]["name"]: each["state"] for each in round["asked"]}
    assert states["Thanet Community Health"] == "answered"
    assert states["Larkfield Academy"] == "no answer yet"


def test_a_level_on_what_is_no_longer_all_is_refused(world: Partnership) -> None:
    child, joan = f"/children/{world.ava.reference}/risk", Caller(world.joan)
    body = decide_body(world, joan)
    Caller(world.grace).post(f"{child}/answers/", {"kind": "tells", "text": "She is here."})

    refused = joan.post(f"{child}/levels/", body)

    assert refused.status_code == 409
    assert refused.json()["type"].endswith("stale")
    assert "Thanet Community Health" in refused.json()["detail"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("change", "status", "field"),
    [
        ({"level": "huge"}, 400, "level"),
        ({"level": "no_apparent_risk"}, 409, "level"),
        ({"reasons": ""}, 400, "reasons"),
        ({"reasons": "x" * 60_000}, 400, "reasons"),
        ({"review_due_at": "2020-01-01T00:00:00Z"}, 409, "review_due_at"),
        ({"review_due_at": "soon"}, 400, "review_due_at"),
        ({"early_reason": ""}, 409, "early_reason"),
        ({"answers": [{"question": "shoe_size"}]}, 400, "answers.0.question"),
        ({"seen": "all"}, 400, "seen"),
    ],
)
def test_levels_that_cannot_be_chosen(
    world: Partnership, change: dict[str, Any], status: int, field: str
) -> None:
    joan = Caller(world.joan)
    body = {**decide_body(world, joan), **change}
    if body["early_reason"] == "":
        del body["early_reason"]

    refused = joan.post(f"/children/{world.ava.reference}/risk/levels/", body)

    assert refused.status_code == status, refused.content
    assert any(name.startswith(field.split(".")[0]) for name in refused.json()["errors"])
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "tells", "text": ""},
        {"kind": "nonsense", "text": "Here"},
        {"kind": "tells", "text": "x" * 60_000},
        {"kind": "tells", "text": "Here", "audience": "own"},
    ],
)
def test_answers_that_cannot_be_given(world: Partnership, body: dict[str, str]) -> None:
    refused = Caller(world.grace).post(f"/children/{world.ava.reference}/risk/answers/", body)
    assert refused.status_code in {400, 409}
    assert not Contribution.objects.exists()
