"""The operations on placements and notices: the way through, and how they refuse."""

from datetime import timedelta
from typing import Any

import pytest

from placements.models import Placement, PlacementNotification
from tests.api.calling import Caller
from tests.partnership import CANARY_PLACE, KENT, Partnership, act_now
from tests.placements.telling import (
    KENT_POSTCODE,
    POLICE_SHOULD_KNOW,
    WHY_THIS_HOME,
    approved,
    current,
    holt,
    notice_to,
    propose,
    samira,
    send_back,
)

pytestmark = pytest.mark.django_db


def body(world: Partnership, **changes: Any) -> dict[str, Any]:
    return {
        "kind": "K2",
        "provider": world.home.reference,
        "description": CANARY_PLACE,
        "postcode": KENT_POSTCODE,
        "arrives_at": (act_now(world.ruth).now - timedelta(minutes=30)).isoformat(),
        "is_emergency": True,
        "why_this_home": WHY_THIS_HOME,
        "what_police_should_know": POLICE_SHOULD_KNOW,
        "contact_name": "Samira Khan",
        "contact_phone": "01632 960 119",
        **changes,
    }


def moment(world: Partnership, **ago: int) -> str:
    return (act_now(world.ruth).now - timedelta(**ago)).isoformat()


def test_the_whole_way_by_operations(world: Partnership) -> None:
    council, force = Caller(samira(world)), Caller(world.joan)
    holt(world)
    child = f"/children/{world.ava.reference}/placements/"
    made = council.post(child, body(world))
    assert made.status_code == 201, made.content
    shown = made.json()
    assert (shown["state"], shown["distance"]) == ("proposed", "out of area, at a distance")
    assert shown["needs"] == "director of children's services"
    assert shown["may"]["start"] == {
        "allowed": False,
        "reason": "The director of children's services must approve the placement before it starts, "
        "also in an emergency. A decision by telephone can be written down.",
    }
    one = f"{child}{shown['reference']}/"
    (officer,) = council.get(f"{one}officers/").json()["results"]

    decided = council.post(
        f"{one}decide/",
        {
            "is_approved": True, "wishes_known": True, "most_appropriate": True, "fits_plan": True,
            "by_telephone": True, "officer": officer["reference"],
            "decided_at": moment(world, minutes=20), "version": shown["version"],
        },
    )  # fmt: skip
    assert decided.status_code == 200, decided.content
    assert decided.json()["decided"]["officer"] == officer["name"]
    started = council.post(
        f"{one}start/",
        {"started_at": moment(world, minutes=5), "version": decided.json()["version"]},
    )
    assert started.status_code == 200, started.content
    assert {each["state"] for each in started.json()["notices"]} == {"sent"}

    (row,) = force.get("/notifications/").json()["results"]
    assert row["about"] == "start"
    notice = force.get(f"/notifications/{row['reference']}/").json()
    assert notice["said"]["name"] == "Ava Bramley"
    assert notice["said"]["what_police_should_know"] == POLICE_SHOULD_KNOW
    assert notice["child"] == world.ava.reference
    assert CANARY_PLACE not in str(notice)
    answered = force.post(
        f"/notifications/{row['reference']}/acknowledge/",
        {"holder": "Missing team", "system_reference": "KP-77", "version": row["version"]},
    )
    assert answered.status_code == 200, answered.content
    assert answered.json()["state"] == "acknowledged"
    told = {each["to"]: each for each in council.get(one).json()["notices"]}
    assert told["force"]["system_reference"] == "KP-77"
    assert told["force"]["opened_at"]
    assert told["council"]["opened_at"] is None

    ended = council.post(
        f"{one}end/",
        {
            "ended_at": moment(world), "reason": "She moves to Dudley.", "tell_now": False,
            "version": started.json()["version"],
        },
    )  # fmt: skip
    assert ended.status_code == 200, ended.content
    sent = council.post(f"{one}tell/", {"version": ended.json()["version"]})
    assert sent.status_code == 200, sent.content
    assert force.get(f"/children/{world.ava.reference}/").status_code == 404
    kept = force.get(f"/notifications/{row['reference']}/").json()
    assert kept["said"]["why_this_home"] == WHY_THIS_HOME
    assert not {"child", "place"} & kept.keys()
    of_end = notice_to(Placement.objects.get(), world.kent_police, "end")
    acknowledged = force.post(
        f"/notifications/{of_end.reference}/acknowledge/", {"version": of_end.version}
    )
    assert acknowledged.status_code == 200, acknowledged.content
    assert acknowledged.json()["said"]["ended_at"]


def test_a_doubtful_postcode_asks_for_the_area(world: Partnership) -> None:
    council = Caller(samira(world))
    child = f"/children/{world.ava.reference}/placements/"
    made = council.post(child, body(world, postcode="CT9 7ZZ")).json()
    assert made["area"] is None
    one = f"{child}{made['reference']}/"
    choices = council.get(f"{one}areas/").json()
    assert [each["code"] for each in choices["results"]] == [KENT]
    assert "CT9 7" not in str(choices)

    wrong = council.post(f"{one}area/", {"area": "E06000001", "version": made["version"]})
    assert wrong.status_code == 409
    chosen = council.post(f"{one}area/", {"area": KENT, "version": made["version"]})

    assert chosen.json()["area"]["code"] == KENT
    assert council.get(f"{one}areas/").json()["results"] == []


def test_a_notice_is_sent_back_and_somebody_else_is_told(world: Partnership) -> None:
    placement = current(world)
    notice = notice_to(placement, world.kent_police)
    force, council = Caller(world.joan), Caller(samira(world))
    back = force.post(
        f"/notifications/{notice.reference}/send-back/",
        {"reason": "The address is in Medway.", "version": notice.version},
    )
    assert back.status_code == 200, back.content
    assert back.json()["state"] == "not theirs"
    assert not {"said", "child", "place"} & back.json().keys()
    one = f"/children/{world.ava.reference}/placements/{placement.reference}/"
    notice.refresh_from_db()

    instead = council.post(
        f"{one}notices/{notice.reference}/instead/",
        {"name": "Surrey Police", "version": notice.version},
    )
    assert instead.status_code == 200, instead.content
    owed = next(each for each in instead.json()["notices"] if each["name"] == "Surrey Police")
    told = council.post(
        f"{one}notices/{owed['reference']}/by-hand/",
        {
            "whom": "Duty sergeant", "how": "phone", "told_at": moment(world),
            "version": owed["version"],
        },
    )  # fmt: skip

    states = {each["name"]: each["state"] for each in told.json()["notices"]}
    assert states == {
        "Kent Police": "not theirs", "Kent County Council": "sent", "Surrey Police": "told by hand",
    }  # fmt: skip


def test_a_placement_is_withdrawn(world: Partnership) -> None:
    placement = approved(world)
    answer = Caller(samira(world)).post(
        f"/children/{world.ava.reference}/placements/{placement.reference}/withdraw/",
        {"reason": "There is a home nearby.", "version": placement.version},
    )
    assert answer.json()["state"] == "withdrawn"


def test_the_same_key_proposes_one_home(world: Partnership) -> None:
    council = Caller(samira(world))
    child = f"/children/{world.ava.reference}/placements/"
    sent = body(world)
    first, second = (council.post(child, sent, key="one-key-for-both") for _ in range(2))
    assert first.json()["reference"] == second.json()["reference"]
    assert Placement.objects.count() == 1


REFUSED: dict[str, tuple[dict[str, Any], int]] = {
    "no postcode": ({"postcode": "75008"}, 400),
    "Jersey": ({"postcode": "JE2 3AB"}, 409),
    "60,000 characters": ({"why_this_home": "x" * 60_000}, 400),
    "no such kind": ({"kind": "Q9"}, 400),
    "a kind of another year": ({"kind": "H5"}, 409),
    "no such provider": ({"provider": "AG-0000-0000-0"}, 404),
    "a time without offset": ({"arrives_at": "2026-11-23T22:05:00"}, 400),
    "a name that is not taken": ({"address": CANARY_PLACE}, 400),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_is_refused(world: Partnership, name: str) -> None:
    changes, status = REFUSED[name]
    answer = Caller(samira(world)).post(
        f"/children/{world.ava.reference}/placements/", body(world, **changes)
    )
    assert answer.status_code == status, answer.content
    assert not Placement.objects.exists()


def test_what_was_judged_on_an_old_version_is_stale(world: Partnership) -> None:
    placement = current(world)
    notice = notice_to(placement, world.kent_police)
    one = f"/children/{world.ava.reference}/placements/{placement.reference}/"
    council, force = Caller(samira(world)), Caller(world.joan)
    for answer in (
        council.post(
            f"{one}end/",
            {"ended_at": moment(world), "reason": "She moves to Dudley.", "version": 99},
        ),
        force.post(
            f"/notifications/{notice.reference}/acknowledge/",
            {"holder": "We", "system_reference": "KP-1", "version": 99},
        ),
    ):
        assert answer.status_code == 409
        assert answer.json()["type"].endswith("stale")


def test_hosts_are_shown_less_than_councils(world: Partnership) -> None:
    """AZ-15: keys by part."""
    placement = current(world)
    one = f"/children/{world.ava.reference}/placements/{placement.reference}/"
    whole, host = Caller(world.ruth).get(one).json(), Caller(world.joan).get(one).json()
    assert whole.keys() - host.keys() == {
        "needs", "decided", "carer", "provider", "why_this_home", "what_police_should_know",
        "end_reason", "withdrawn_reason",
    }  # fmt: skip
    assert not any(verdict["allowed"] for verdict in host["may"].values())


def test_no_answer_after_it_was_sent_back(world: Partnership) -> None:
    placement = current(world)
    notice = send_back(notice_to(placement, world.kent_police), world.joan)
    answer = Caller(world.joan).post(
        f"/notifications/{notice.reference}/acknowledge/",
        {"holder": "We", "system_reference": "KP-1", "version": notice.version},
    )
    assert answer.status_code == 409
    assert PlacementNotification.objects.get(pk=notice.pk).acknowledged_at is None
    assert propose(world).state == "proposed"
