"""Whatever people do in whatever order: nothing undecided without a clock, nothing open without an owner."""

import os
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from cases import access as case_access
from cases.models import ChildPermission, Deadline, Grant, KeepFrom
from cases.rules import Part
from cases.services import sharing
from missingchildren.agencies.models import Agency, Membership
from missingchildren.core.verdicts import NotFound, Refused
from returninterviews import access, queries
from returninterviews.models import Action, Recommendation
from returninterviews.rules import (
    ACTION_TRANSITIONS,
    RECOMMENDATION_TRANSITIONS,
    ActionClock,
    ActionState,
    CouncilDecision,
    Helped,
    RecommendationState,
)
from returninterviews.services import actions, recommendations
from returninterviews.tasks import reclaim_what_nobody_sees
from tests.partnership import Partnership, act_now
from tests.returninterviews.recommended import (
    EVIDENCE,
    REASONS,
    WORDS,
    Following,
    give,
    recommend,
    signed_interview,
)

pytestmark = pytest.mark.django_db

ACTS = (
    "recommend", "accept", "accept", "turn down", "look again", "keep", "take after all",
    "add", "add", "note", "complete", "drop", "helped", "share", "share", "end sharing",
    "end sharing", "run out", "keep from", "let in",
)  # fmt: skip
# Who does it: mostly somebody who may, else one of these.
OTHERS = ("ruth", "lena", "nisha", "paul", "carl")
WHO_MAY = {
    "look again": "lena",
    **dict.fromkeys(("turn down", "keep", "take after all", "drop"), "colin"),
}
LENGTH = 16
EXAMPLES = 500 if os.environ.get("FULL") else 20


@pytest.fixture
def told(world: Partnership) -> Following:
    """Return what follows from one interview, and everybody who acts in it."""
    told = Following(world)
    assert told.colin
    assert told.carl
    return told


@given(seed=st.integers(0, 2**32))
@settings(
    max_examples=EXAMPLES,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_done_nothing_is_left_with_nobody(told: Following, seed: int) -> None:
    """CON-06, small: every order of every act, by people who may and people who may not.

    Steps are drawn evenly from the seed: drawn one by one they would repeat themselves.
    """
    chance = Random(seed)
    world = told.world
    agencies = [
        world.home, world.home, world.birmingham, world.school, world.school, world.kent_council,
        world.health,
    ]  # fmt: skip
    with transaction.atomic():
        for _ in range(LENGTH):
            step, agency = chance.choice(ACTS), chance.choice(agencies)
            name = WHO_MAY.get(step, "ruth") if chance.random() < 0.8 else chance.choice(OTHERS)
            note(f"{step} by {name}, {agency}")
            person = getattr(told if name in {"colin", "carl"} else world, name)
            before = states()
            with suppress(Refused):
                take(told, step, person, agency, chance.randrange(4))
            moved_as_the_tables_say(before, states(), step)
            nothing_is_left_with_nobody(told)
        transaction.set_rollback(True)


def states() -> dict[str, str]:
    return {
        each.reference: each.state.value
        for each in (*Recommendation.objects.all(), *Action.objects.all())
    }


def moved_as_the_tables_say(before: dict[str, str], after: dict[str, str], step: str) -> None:
    for reference, state in after.items():
        was = before.get(reference)
        if was is None:
            assert state in {RecommendationState.TO_DECIDE, ActionState.OPEN}, step
        elif was != state:
            leads_to: Any = (
                ACTION_TRANSITIONS[ActionState(was)]
                if reference.startswith("AC")
                else RECOMMENDATION_TRANSITIONS[RecommendationState(was)]
            )
            assert state in leads_to, (step, was, state)


def nothing_is_left_with_nobody(told: Following) -> None:
    now = act_now(told.world.ruth).now
    child = told.world.ava
    for recommendation in Recommendation.objects.select_related("council"):
        waits = recommendation.state in {
            RecommendationState.TO_DECIDE, RecommendationState.SECOND_LOOK,
        }  # fmt: skip
        clocks = list(Deadline.objects.running().filter(reference=recommendation.reference))
        assert len(clocks) == (1 if waits else 0), recommendation.state
        assert all(clock.agency == recommendation.council for clock in clocks)
        if recommendation.state == RecommendationState.TAKEN_FORWARD:
            assert recommendation.actions.exists()
    for action in Action.objects.select_related("owner", "deadline"):
        running = list(Deadline.objects.running().filter(reference=action.reference))
        if action.state == ActionState.OPEN:
            assert running == [action.deadline]
            assert action.deadline.agency == action.owner
            assert queries.may_own_actions(child, action.owner, now), action.owner
        else:
            assert not running
    assert queries.children_with_orphans(now) == []
    for clock in Deadline.objects.running().filter(kind__in=list(ActionClock)):
        assert clock.child == child
        assert sees_its_clock(clock, told), clock


def sees_its_clock(clock: Deadline, told: Following) -> bool:
    """Return whether somebody of the agency that owes it opens what it leads to."""
    for person in Membership.objects.filter(agency=clock.agency).select_related("agency", "user"):
        act = act_now(person)
        try:
            view = case_access.view_of(act=act, reference=told.world.ava.reference)
        except NotFound:
            continue
        if clock.kind == ActionClock.ACTION:
            action = queries.action_of(clock.reference)
            return action is not None and access.sees_action(act, view, action)
        recommendation = queries.recommendation_of(clock.reference)
        return recommendation is not None and access.sees_recommendation(act, view, recommendation)
    return False


def take(told: Following, step: str, who: Membership, agency: Agency, which: int) -> None:
    """Do one thing as one person."""
    world, act = told.world, act_now(who)
    recommended = list(Recommendation.objects.order_by("pk"))
    one = recommended[which % len(recommended)].reference
    given_out = [each.reference for each in Action.objects.order_by("pk")] or ["AC-0000-0000-0"]
    of = given_out[which % len(given_out)]
    same: dict[str, Any] = {"version": None, "act": act}
    if step == "recommend":
        recommend(signed_interview(world), "Something more.", by=world.lena)
    elif step == "accept":
        recommendations.accept_recommendation(
            recommendation_reference=one, give=give(agency), token=uuid4(), **same
        )
    elif step == "turn down":
        recommendations.not_take_forward(recommendation_reference=one, reasons=REASONS, **same)
    elif step == "look again":
        recommendations.ask_second_look(recommendation_reference=one, words=WORDS, **same)
    elif step in {"keep", "take after all"}:
        kept = step == "keep"
        recommendations.answer_second_look(
            recommendation_reference=one, reasons=REASONS, token=uuid4(),
            answer=CouncilDecision.NOT_TAKEN_FORWARD if kept else CouncilDecision.TAKEN_FORWARD,
            give=None if kept else give(agency), **same,
        )  # fmt: skip
    elif step == "add":
        actions.add_action(
            child_reference=world.ava.reference, give=give(agency), token=uuid4(), act=act
        )
    elif step == "note":
        actions.note_progress(action_reference=of, text="On its way.", token=uuid4(), act=act)
    elif step == "complete":
        actions.complete_action(action_reference=of, evidence=EVIDENCE, **same)
    elif step == "drop":
        actions.drop_action(action_reference=of, reasons=REASONS, **same)
    elif step == "helped":
        actions.say_whether_it_helped(action_reference=of, helped=Helped.YES, **same)
    else:
        share_or_end(told, step, agency)


PARTS = {"childrens_home": Part.CHILDRENS_HOME, "school": Part.SCHOOL, "health": Part.HEALTH,
         "council": Part.HOME_COUNCIL}  # fmt: skip


def share_or_end(told: Following, step: str, agency: Agency) -> None:
    """Change who sees the child: all but the responsible council, which the law keeps."""
    world, act = told.world, act_now(told.world.ruth)
    grants = Grant.objects.live(act.now).filter(child=world.ava, agency=agency)
    if step == "share":
        sharing.share(
            child_reference=world.ava.reference, agency_reference=agency.reference,
            part=PARTS[agency.kind], reason="They will help her.", ends_at=None, act=act,
        )  # fmt: skip
    elif agency == world.birmingham:
        return
    elif step == "end sharing":
        for grant in grants.filter(basis__in=["person", "placement"]):
            sharing.end_sharing(
                child_reference=world.ava.reference, grant_reference=grant.reference,
                reason="They are done with it.", act=act,
            )  # fmt: skip
    elif step == "run out":
        grants.update(starts_at=act.now - timedelta(hours=1), ends_at=act.now)
        ChildPermission.listed.filter(group=agency.group, content_object=world.ava).update(
            valid_until=act.now
        )
        reclaim_what_nobody_sees()  # beat does, a few minutes later
    elif step == "keep from":
        KeepFrom.objects.create(
            child=world.ava, agency=agency, reason="x", starts_at=act.now, made_by=world.ruth
        )
        sharing.recompute(child=world.ava, act=act)
    elif step == "let in":
        KeepFrom.objects.filter(child=world.ava, agency=agency).delete()
        sharing.recompute(child=world.ava, act=act)
    reclaim_what_nobody_sees()
