"""Who sees what of recommendations and actions: lists and single checks agree for everyone."""

from copy import deepcopy
from dataclasses import dataclass

import pytest

from cases import access as case_access
from cases.rules import Part
from missingchildren.agencies.models import Membership
from missingchildren.core.verdicts import NotFound
from returninterviews import access, queries
from returninterviews.models import Action, Recommendation
from tests.partnership import Partnership, act_now
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


@dataclass
class Everything:
    """A record with all that there is to see of it, and the people who look."""

    world: Partnership
    people: dict[str, Membership]
    things: dict[str, Recommendation | Action]


@pytest.fixture(scope="module")
def everything_once(stage: None) -> Everything:
    """Tell what two interviews recommended, and who acts for what."""
    world = Partnership()
    share_with(world, world.kent_council, Part.HOME_COUNCIL)
    told = Following(world)
    share_with(world, world.school, Part.SCHOOL)
    other = signed_interview(world, provider=world.health)
    [of_another] = recommend(other, "Somebody to talk to.", by=world.grace)
    things: dict[str, Recommendation | Action] = {
        "first": told.first, "other": of_another,
        "of the home": told.accept(), "of the school": told.add(world.school),
    }  # fmt: skip
    people = {
        name: getattr(told if name in {"colin", "carl"} else world, name) for name in SEES
    }  # fmt: skip
    return Everything(world, people, things)


@pytest.fixture
def everything(everything_once: Everything, db: None) -> Everything:
    """Return all that there is to see, told once for the module."""
    return deepcopy(everything_once)


def test_lists_and_single_checks_agree_for_every_persona(everything: Everything) -> None:
    """AZ-02: own, shared, not shared."""
    things = everything.things
    for name, expected in SEES.items():
        act = act_now(everything.people[name])
        try:
            view = case_access.view_of(act=act, reference=everything.world.ava.reference)
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
def test_pages_and_operations_open_just_so(everything: Everything, name: str) -> None:
    """AZ-02, AZ-14: the reference of another agency's action is the same 404 as none."""
    client = everything.world.client(everything.people[name])
    absent = client.get("/actions/AC-0000-0000-0/", secure=True)
    for thing, row in everything.things.items():
        kind = "recommendations" if isinstance(row, Recommendation) else "actions"
        address = f"/{kind}/{row.reference}/"
        page = client.get(address, secure=True)
        answer = client.get(f"/api/v1{address}", secure=True)
        seen = thing in (SEES[name] or ())
        assert (page.status_code, answer.status_code) == ((200, 200) if seen else (404, 404)), thing
        if not seen:
            assert page.content == absent.content
