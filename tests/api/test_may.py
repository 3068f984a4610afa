"""What `may` says of an operation is what then happens."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from cases.api import may
from cases.models import Grant, MissingEpisode
from cases.services import returns
from returninterviews.models import Interview
from tests.api.calling import Caller
from tests.partnership import Partnership, act_now
from tests.test_every_page import PEOPLE
from tests.walking import APPS

pytestmark = pytest.mark.django_db

STATES = ("reported", "missing", "located", "returned")
# Who has no part in the record yet, or any more.
HIDDEN = {
    "reported": {"paul", "grace", "lena", "tom", "beth"},
    "missing": set(),
    "located": set(),
    "returned": {"paul", "grace", "lena"},
}
# What opens something anew, or closes it, comes last.
LAST = ("end_sharing", "report_missing")
WHY = "It helps to find the child."


def world_in(world: Partnership, state: str) -> MissingEpisode:
    """Bring Ava's episode to a state, by the people whose part it is."""
    report = world.report()
    if state != "reported":
        world.accept(report)
    act = act_now(world.joan)
    if state == "located":
        returns.record_located(
            episode_reference=report.episode.reference,
            located_at=act.now - timedelta(minutes=5),
            not_home_because=MissingEpisode.NotHome.HOSPITAL,
            version=None, token=None, act=act,
        )  # fmt: skip
    if state == "returned":
        returns.record_return(
            episode_reference=report.episode.reference,
            returned_at=act.now - timedelta(minutes=5),
            version=None, act=act,
        )  # fmt: skip
    return MissingEpisode.objects.get(pk=report.episode.pk)


def moment(world: Partnership) -> str:
    return (act_now(world.joan).now - timedelta(minutes=5)).isoformat()


def calls(world: Partnership, episode: MissingEpisode) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the ordinary call of each operation: its address and body."""
    child = f"/children/{world.ava.reference}"
    of_episode = f"{child}/episodes/{episode.reference}"
    grant = Grant.objects.get(child=world.ava, agency=world.home, ended_at=None)
    place = episode.locations.order_by("pk")[0]
    return {
        "report_missing": (
            "/reports/",
            {
                "child": world.ava.reference,
                "last_seen_at": moment(world),
                "place": {"where": "force", "force": world.kent_police.reference},
                "why_worried": "She left without her coat.",
                "contact_name": "Somebody",
                "contact_phone": "01632 960 001",
            },
        ),
        "accept_report": (
            f"{of_episode}/accept/",
            {"police_reference": "KP-1", "version": episode.version},
        ),
        "add_update": (
            f"{child}/updates/",
            {"kind": "sighting", "text": "Seen at the pier.", "happened_at": moment(world)},
        ),
        "record_located": (
            f"{of_episode}/located/",
            {
                "located_at": moment(world),
                "not_home_because": "hospital",
                "version": episode.version,
            },
        ),
        "record_return": (
            f"{of_episode}/return/",
            {"returned_at": moment(world), "version": episode.version},
        ),
        "record_prevention_interview": (
            f"{of_episode}/prevention-interview/",
            {"how": "not_held", "text": "She was asleep when officers came."},
        ),
        "close_episode": (
            f"{of_episode}/close/",
            {"reason": WHY, "version": episode.version},
        ),
        "reveal_place": (f"{child}/places/{place.reference}/reveal/", {}),
        "share": (
            f"{child}/sharing/",
            {"agency": world.stranger_agency.reference, "part": "school", "reason": WHY},
        ),
        "end_sharing": (f"{child}/sharing/{grant.reference}/end/", {"reason": WHY}),
        "decide_not_to_share": (
            f"{child}/sharing/decisions/",
            {"agency": world.stranger_agency.reference, "reason": WHY, "review_on": "2099-01-01"},
        ),
        "propose_placement": (
            f"{child}/placements/",
            {
                "kind": "K2",
                "description": "1 High Street",
                "postcode": "B1 1BB",
                "arrives_at": moment(world),
                "why_this_home": "She knows the carers.",
                "contact_name": "Somebody",
                "contact_phone": "01632 960 001",
            },
        ),
    }


def version_now(address: str, child: dict[str, Any], known: int) -> int:
    """Return the version of what an address is about, after what was done before."""
    interview = Interview.objects.filter(reference=address.split("/")[2]).first()
    if interview:
        return interview.version
    episode = child.get("episode")
    return episode["version"] if episode else known


@pytest.mark.parametrize("state", STATES)
def test_may_agrees_with_what_then_happens(world: Partnership, state: str) -> None:
    """AZ-31: what `may` allows is done; what it refuses is refused, for the same reason."""
    episode = world_in(world, state)
    for name in PEOPLE:
        with transaction.atomic():
            try_everything(deepcopy(world), episode, name, is_hidden=name in HIDDEN[state])
            transaction.set_rollback(True)


def try_everything(
    world: Partnership, episode: MissingEpisode, name: str, *, is_hidden: bool
) -> None:
    """Let somebody ask what they may do, and do all of it."""
    caller = Caller(getattr(world, name))
    child = f"/children/{world.ava.reference}/"
    if name == "dana":
        assert caller.post(f"{child}openings/", {"reason": "duty"}).status_code == 201
    ordinary = calls(world, episode)
    for app in APPS:  # before what changes the record: what they show, they send
        if hasattr(app, "calls"):
            ordinary = {**app.calls(world, episode), **ordinary}
    assert set(ordinary) == set(may.registered()), "an operation without a call here is untested"
    if is_hidden:
        assert caller.get(child).status_code == 404
        return
    shown = caller.get(child).json()
    assert "may" in shown, (name, shown)
    for operation in [*(each for each in ordinary if each not in LAST), *LAST]:
        verdict = shown["may"][operation]
        address, body = ordinary[operation]
        if "version" in body:
            body = {**body, "version": version_now(address, shown, body["version"])}

        answer = caller.post(address, body)

        if verdict["allowed"]:
            assert answer.status_code in {200, 201}, (name, operation, answer.content)
            shown = caller.get(child).json()
        else:
            assert answer.status_code in {403, 404, 409}, (name, operation, answer.content)
            if answer.status_code != 404:
                assert answer.json()["detail"] == verdict["reason"], (name, operation)
