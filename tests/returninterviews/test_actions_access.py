"""Who sees what of recommendations and actions: lists and single checks agree for everyone."""

import pytest

from cases import access as case_access
from cases.rules import Part
from cases.services import sharing
from missingchildren.agencies.models import Membership, Role
from missingchildren.core.verdicts import NotFound
from returninterviews import access, queries
from returninterviews.models import Action, Recommendation
from tests.partnership import Partnership, act_now, member
from tests.returninterviews.recommended import Following, recommend, share_with, signed_interview

pytestmark = pytest.mark.django_db

# What each person sees of: the recommendation of Open Door, that of another provider, the home's
# action from the first, the school's action from none.
SEES = {
    "ruth": {"first", "other", "of the home", "of the school"},
    "ken": {"first", "other", "of the home", "of the school"},
    "colin": {"first", "other", "of the home", "of the school"},
    "beth": {"first", "other", "of the home", "of the school"},  # a council with the same part
    "lena": {"first", "of the home"},
    "carl": {"first", "of the home"},
    "nisha": {"of the home"},
    "paul": {"of the school"},
    "joan": set(),
    "dana": set(),
    "tom": set(),
    "owen": None,  # a privacy officer opens no record
    "stranger": None,
    "grace": None,  # her part ended with the child's return
}


def everything(world: Partnership) -> tuple[dict[str, Membership], dict[str, object]]:
    """Return the people, and what there is to see."""
    share_with(world, world.kent_council, Part.HOME_COUNCIL)
    told = Following(world)
    share_with(world, world.school, Part.SCHOOL)
    other = signed_interview(world, provider=world.health)
    [of_another] = recommend(other, "Somebody to talk to.", by=world.grace)
    things: dict[str, object] = {
        "first": told.first, "other": of_another,
        "of the home": told.accept(), "of the school": told.add(world.school),
    }  # fmt: skip
    people = {
        name: getattr(told if name in {"colin", "carl"} else world, name) for name in SEES
    }  # fmt: skip
    return people, things


def test_lists_and_single_checks_agree_for_every_persona(world: Partnership) -> None:
    """AZ-02: own, shared, not shared."""
    people, things = everything(world)
    for name, expected in SEES.items():
        act = act_now(people[name])
        try:
            view = case_access.view_of(act=act, reference=world.ava.reference)
        except NotFound:
            assert expected is None, name
            continue
        listed = {
            *queries.recommendations_seen(view, act), *queries.actions_seen(view, act),
        }  # fmt: skip
        checked = {
            each for each in Recommendation.objects.select_related("interview")
            if access.sees_recommendation(act, view, each)
        } | {
            each for each in Action.objects.select_related("recommendation__interview")
            if access.sees_action(act, view, each)
        }  # fmt: skip
        assert expected is not None, name
        assert listed == checked == {things[each] for each in expected}, name


@pytest.mark.parametrize("name", SEES)
def test_pages_and_operations_open_just_so(world: Partnership, name: str) -> None:
    """AZ-02, AZ-14: the reference of another agency's action is the same 404 as none."""
    people, things = everything(world)
    client = world.client(people[name])
    absent = client.get("/actions/AC-0000-0000-0/", secure=True)
    for thing, row in things.items():
        kind = "recommendations" if isinstance(row, Recommendation) else "actions"
        address = f"/{kind}/{row.reference}/"  # type: ignore[attr-defined]
        page = client.get(address, secure=True)
        answer = client.get(f"/api/v1{address}", secure=True)
        seen = thing in (SEES[name] or ())
        assert (page.status_code, answer.status_code) == ((200, 200) if seen else (404, 404)), thing
        if not seen:
            assert page.content == absent.content


def test_whoever_the_record_is_not_work_of_says_why_first(world: Partnership) -> None:
    told = Following(world)
    outside = member(world.kent_police, Role.PRACTITIONER, name="Outside")
    action = told.accept(owner=world.kent_police)
    client = world.client(outside)

    page = client.get(f"/actions/{action.reference}/", secure=True)
    answer = client.get(f"/api/v1/actions/{action.reference}/", secure=True)
    recommended = client.get(f"/recommendations/{told.first.reference}/", secure=True)

    assert page.headers["Location"] == f"/cases/{world.ava.reference}/open/"
    assert answer.status_code == 403
    assert answer.json()["type"].endswith(":reason-required")
    assert recommended.status_code == 404, "hidden comes before the question"


def test_a_provider_sees_that_it_goes_on_and_not_what_was_found(world: Partnership) -> None:
    """`design.md` 4: recommends, sees progress."""
    told = Following(world)
    action = told.accept()
    told.complete(action)
    page = world.client(world.lena).get(f"/actions/{action.reference}/", secure=True)
    shown = page.content.decode()
    assert "Done" in shown
    assert "fitted it" not in shown
    answer = world.client(world.lena).get(f"/api/v1/actions/{action.reference}/", secure=True)
    assert "evidence" not in answer.json()
    assert "fitted it" in (
        world.client(world.ruth).get(f"/actions/{action.reference}/", secure=True).content.decode()
    )


def test_whose_part_has_ended_sees_nothing_of_it(world: Partnership) -> None:
    """AZ-08."""
    told = Following(world)
    grant = share_with(world, world.school, Part.SCHOOL)
    action = told.accept(owner=world.school)
    client = world.client(world.paul)
    assert client.get(f"/actions/{action.reference}/", secure=True).status_code == 200
    sharing.end_sharing(
        child_reference=world.ava.reference, grant_reference=grant.reference,
        reason="She has left that school.", act=act_now(world.ruth),
    )  # fmt: skip
    answer = client.post(
        f"/actions/{action.reference}/done/", {"evidence": "We did what you asked."}, secure=True
    )
    assert answer.status_code == 404
    assert Action.objects.get().completed_at is None
