"""Recommendations: recorded with a clock, decided once, looked at a second time, never left open."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from cases.models import Deadline, Grant, TimelineEntry
from cases.rules import Part
from cases.services import closing
from missingchildren.agencies.models import LocalProtocol
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from returninterviews import rules
from returninterviews.models import Action, Recommendation
from returninterviews.rules import ActionClock, ActionFact, CouncilDecision, RecommendationState
from returninterviews.services import recommendations
from returninterviews.services.recommendations import Proposed, record_recommendations
from tests.partnership import act_now
from tests.returninterviews.recommended import (
    REASONS,
    WORDS,
    Following,
    give,
    in_days,
    recommend,
    share_with,
    signed_interview,
)

pytestmark = pytest.mark.django_db


def running(recommendation: Recommendation) -> list[Deadline]:
    return list(Deadline.objects.running().filter(reference=recommendation.reference))


def alerts(kind: str) -> list[tuple[str, str]]:
    return [
        (alert.agency.name, alert.subject_reference)
        for alert in Alert.objects.filter(kind=f"returninterviews.{kind}").order_by("pk")
    ]


# --- recorded


def test_a_recommendation_starts_the_time_that_its_council_has(told: Following) -> None:
    [clock] = running(told.first)

    assert told.first.state == RecommendationState.TO_DECIDE
    assert (clock.kind, clock.agency, clock.unit) == (
        ActionClock.DECIDE, told.world.birmingham, told.world.team,
    )  # fmt: skip
    assert clock.due_at == rules.to_be_decided_by(clock.starts_at, working_days=5, nation="England")  # type: ignore[arg-type]
    assert told.world.ava.timeline.filter(
        kind=ActionFact.RECOMMENDED, reference=told.first.reference
    ).exists()


def test_the_councils_own_protocol_says_how_long(told: Following) -> None:
    world = told.world
    protocol = LocalProtocol.objects.create(
        agency=world.birmingham, version=1, starts_on=in_days(-1), made_at=act_now(world.ruth).now,
        values={"recommendation_decision_working_days": 2},
    )  # fmt: skip
    [made] = recommend(signed_interview(world), "Another bus route.", by=world.lena)
    [clock] = running(made)

    assert clock.protocol == protocol
    assert clock.due_at == rules.to_be_decided_by(clock.starts_at, working_days=2, nation="England")  # type: ignore[arg-type]


def test_what_is_recommended_keeps_its_order_and_its_suggestions(told: Following) -> None:
    world = told.world
    interview = signed_interview(world)
    with transaction.atomic():
        made = record_recommendations(
            interview=interview,
            proposed=[
                Proposed(
                    text="Somebody to talk to",
                    agency_reference=world.health.reference,
                    due_on=in_days(3),
                ),
                Proposed(text="Another bus route"),
            ],
            act=act_now(world.lena),
        )
    assert [(each.order, each.suggested_agency) for each in made] == [(1, world.health), (2, None)]


@pytest.mark.parametrize(
    ("proposed", "sentence"),
    [
        (Proposed(text=" "), "Say what you recommend."),
        (Proposed(text="x" * 60_000), "2,000 characters or fewer"),
        (Proposed(text="x", agency_reference="AG-0000-0000-0"), "Choose an agency from the list."),
        (Proposed(text="x", due_on=in_days), "must be today or later"),  # type: ignore[arg-type]
    ],
)
def test_what_cannot_be_recommended(told: Following, proposed: Proposed, sentence: str) -> None:
    if callable(proposed.due_on):
        proposed = Proposed(text="x", due_on=in_days(-1))
    interview = signed_interview(told.world)

    with pytest.raises(RuleBroken, match=sentence), transaction.atomic():
        record_recommendations(
            interview=interview,
            proposed=[Proposed(text="ok"), proposed],
            act=act_now(told.world.lena),
        )

    assert not interview.recommendations.exists()


def test_nobody_can_recommend_where_nobody_decides(told: Following) -> None:
    interview = signed_interview(told.world)
    interview.council = None

    with pytest.raises(RuleBroken, match="Find the council first"), transaction.atomic():
        record_recommendations(
            interview=interview, proposed=[Proposed(text="x")], act=act_now(told.world.lena)
        )


# --- taken forward


def test_taken_forward_gives_somebody_something_to_do(told: Following) -> None:
    world = told.world

    action = told.accept()

    assert told.first.state == RecommendationState.TAKEN_FORWARD
    assert told.first.decided_by == world.ruth
    assert not running(told.first)
    [clock] = Deadline.objects.running().filter(reference=action.reference)
    assert (clock.kind, clock.agency) == (ActionClock.ACTION, world.home)
    assert clock == action.deadline
    assert clock.due_at == rules.due_at(in_days(7))
    assert alerts("action_given") == [("Seaview House", action.reference)]
    assert Entry.objects.filter(
        verb="returninterviews.action_given", recipient=world.home.reference
    ).exists()
    kinds = set(TimelineEntry.objects.filter(child=world.ava).values_list("kind", flat=True))
    assert {ActionFact.TAKEN_FORWARD.value, ActionFact.GIVEN.value} <= kinds


def test_ones_own_agency_is_not_alerted_of_its_own_act(told: Following) -> None:
    action = told.accept(owner=told.world.birmingham)

    assert action.deadline.unit == told.world.team, "the team that has the child"
    assert not alerts("action_given")


def test_an_agency_without_a_part_is_not_asked(told: Following) -> None:
    for agency in (told.world.stranger_agency, told.world.school):
        with pytest.raises(
            RuleBroken, match=r"has no part in this child's record\. Share it first"
        ):
            told.accept(owner=agency)
    assert told.first.state == RecommendationState.TO_DECIDE
    assert running(told.first)
    assert not Action.objects.exists()

    share_with(told.world, told.world.school, Part.SCHOOL)
    assert told.accept(owner=told.world.school).owner == told.world.school


def test_a_person_or_a_team_is_ones_own(told: Following) -> None:
    world = told.world

    def accept(owner: Any, **who: str) -> Action:
        asked = give(owner)
        return recommendations.accept_recommendation(
            recommendation_reference=told.first.reference,
            give=type(asked)(**{**asked.__dict__, **who}), version=None, token=None,
            act=act_now(world.ruth),
        )  # fmt: skip

    with pytest.raises(RuleBroken, match="decides itself which of its people") as refused:
        accept(world.home, membership_reference=world.nisha.reference)
    assert refused.value.field == "person"
    with pytest.raises(RuleBroken, match="cannot see the child's record"):
        accept(world.birmingham, membership_reference=world.owen.reference)
    with pytest.raises(RuleBroken, match="no such team"):
        accept(world.birmingham, unit_reference=world.desk.reference)

    action = accept(world.birmingham, membership_reference=world.ken.reference)

    assert (action.deadline.membership, action.deadline.unit) == (world.ken, None)


def test_another_council_does_not_decide(told: Following) -> None:
    """AZ-31: it sees the recommendation, and gets 403 for the act."""
    world = told.world
    share_with(world, world.kent_council, Part.HOME_COUNCIL)

    with pytest.raises(NotPermitted, match="Only the council that the interview is for"):
        told.accept(by=world.beth)

    assert told.first.state == RecommendationState.TO_DECIDE
    assert Entry.objects.order_by("-id")[0].outcome == Outcome.DENIED


@pytest.mark.parametrize("name", ["joan", "nisha", "stranger"])
def test_whoever_does_not_see_it_learns_nothing(told: Following, name: str) -> None:
    with pytest.raises(NotFound):
        told.accept(by=getattr(told.world, name))


def test_the_same_token_counts_once(told: Following) -> None:
    token = uuid4()
    made = [
        recommendations.accept_recommendation(
            recommendation_reference=told.first.reference, give=give(told.world.home),
            version=told.recommendations[0].version, token=token, act=act_now(told.world.ruth),
        )
        for _ in range(2)
    ]  # fmt: skip
    assert made[0] == made[1]
    assert Action.objects.count() == 1


def test_a_decision_on_what_was_changed_is_refused(told: Following) -> None:
    """CON-02."""
    with pytest.raises(Stale):
        recommendations.accept_recommendation(
            recommendation_reference=told.first.reference, give=give(told.world.home), version=99,
            token=None, act=act_now(told.world.ruth),
        )  # fmt: skip
    assert not Action.objects.exists()


def test_nothing_is_kept_when_the_owner_cannot_be_told(
    told: Following, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ALR-01."""

    def fail(**_: Any) -> None:
        raise RuntimeError("no alert")

    monkeypatch.setattr("returninterviews.services.giving.raise_alert", fail)
    with pytest.raises(RuntimeError, match="no alert"):
        told.accept()

    assert told.first.state == RecommendationState.TO_DECIDE
    assert running(told.first)
    assert not Action.objects.exists()


# --- not taken forward


def test_a_manager_decides_not_to_and_the_provider_is_told(told: Following) -> None:
    told.turn_down()

    assert told.first.state == RecommendationState.NOT_TAKEN_FORWARD
    assert told.first.reasons == REASONS
    assert not running(told.first)
    assert alerts("not_taken_forward") == [("Open Door Interviews", told.first.reference)]


def test_a_caseworker_does_not_decide_that(told: Following) -> None:
    """AZ-31: 403, unchanged, logged."""
    with pytest.raises(NotPermitted, match="Only a manager can decide not to take"):
        told.turn_down(by=told.world.ruth)

    assert told.first.state == RecommendationState.TO_DECIDE
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.verb, entry.outcome, entry.references) == (
        "returninterviews.not_take_forward", Outcome.DENIED, [told.first.reference],
    )  # fmt: skip


@pytest.mark.parametrize("reasons", ["", "  ", "no"])
def test_not_without_reasons(told: Following, reasons: str) -> None:
    with pytest.raises(RuleBroken, match="Give the reasons in a sentence"):
        recommendations.not_take_forward(
            recommendation_reference=told.first.reference, reasons=reasons, version=None,
            act=act_now(told.colin),
        )  # fmt: skip


def test_not_on_what_was_changed(told: Following) -> None:
    with pytest.raises(Stale):
        recommendations.not_take_forward(
            recommendation_reference=told.first.reference, reasons=REASONS, version=99,
            act=act_now(told.colin),
        )  # fmt: skip


def test_what_is_decided_is_not_decided_again(told: Following) -> None:
    told.accept()

    with pytest.raises(RuleBroken, match=r"Ruth Adeyemi decided this on .* it is taken forward"):
        told.turn_down()
    with pytest.raises(RuleBroken, match="nothing to look at again"):
        told.look_again()


def test_a_provider_whose_part_has_ended_is_not_told(told: Following) -> None:
    Grant.objects.filter(agency=told.world.charity).update(
        starts_at=act_now(told.world.ruth).now - timedelta(hours=1),
        ends_at=act_now(told.world.ruth).now,
    )
    told.turn_down()
    assert not alerts("not_taken_forward")


# --- looked at again


def test_a_second_look_has_a_clock_and_an_answer(told: Following) -> None:
    world = told.world
    told.turn_down()

    told.look_again()

    assert told.first.state.value == "second look asked"
    [clock] = running(told.first)
    assert (clock.kind, clock.agency, clock.unit) == (
        ActionClock.SECOND_LOOK, world.birmingham, world.team,
    )  # fmt: skip
    assert alerts("second_look_asked") == [("Birmingham Children's Trust", told.first.reference)]

    recommendations.answer_second_look(
        recommendation_reference=told.first.reference, answer=CouncilDecision.TAKEN_FORWARD,
        reasons="You are right.", give=give(world.birmingham), version=told.first.version,
        token=uuid4(), act=act_now(told.colin),
    )  # fmt: skip

    assert told.first.state == RecommendationState.TAKEN_FORWARD
    assert told.first.decision == CouncilDecision.NOT_TAKEN_FORWARD, "what was decided first stays"
    assert not running(told.first)
    assert Action.objects.get().recommendation == told.first
    assert alerts("second_look_answered") == [("Open Door Interviews", told.first.reference)]
    asked = Alert.objects.get(kind="returninterviews.second_look_asked")
    assert asked.ended_at, "nobody needs to look any more"


def test_a_second_look_may_change_nothing_and_is_the_last(told: Following) -> None:
    told.turn_down()
    told.look_again(by=told.carl)

    answer(told, CouncilDecision.NOT_TAKEN_FORWARD, REASONS)

    assert told.first.state == RecommendationState.STILL_NOT
    assert not running(told.first)
    with pytest.raises(RuleBroken, match="There is one only"):
        told.look_again()
    with pytest.raises(RuleBroken, match="was answered already"):
        answer(told, CouncilDecision.NOT_TAKEN_FORWARD, REASONS)


def answer(
    told: Following, how: CouncilDecision, reasons: str = "", **changes: Any
) -> Recommendation:
    return recommendations.answer_second_look(
        **{
            "recommendation_reference": told.first.reference, "answer": how, "reasons": reasons,
            "give": None, "version": None, "token": None, "act": act_now(told.colin), **changes,
        }
    )  # fmt: skip


def test_each_refusal_of_a_second_look(told: Following) -> None:
    world = told.world
    with pytest.raises(RuleBroken, match="has not been decided yet"):
        told.look_again()
    with pytest.raises(RuleBroken, match="Nobody has asked"):
        answer(told, CouncilDecision.NOT_TAKEN_FORWARD, REASONS)
    told.turn_down()
    with pytest.raises(NotPermitted, match="Only the agency that held the interview"):
        told.look_again(by=world.ruth)
    with pytest.raises(RuleBroken, match="Say in a sentence why") as refused:
        recommendations.ask_second_look(
            recommendation_reference=told.first.reference, words="why?", version=None,
            act=act_now(world.lena),
        )  # fmt: skip
    assert refused.value.field == "words"
    with pytest.raises(Stale):
        recommendations.ask_second_look(
            recommendation_reference=told.first.reference, words=WORDS, version=99,
            act=act_now(world.lena),
        )  # fmt: skip
    told.look_again()
    with pytest.raises(RuleBroken, match="was asked for already"):
        told.look_again()
    with pytest.raises(NotPermitted, match="Only a manager can answer"):
        answer(told, CouncilDecision.NOT_TAKEN_FORWARD, REASONS, act=act_now(world.ruth))
    with pytest.raises(NotPermitted, match="Only the council"):
        answer(told, CouncilDecision.NOT_TAKEN_FORWARD, REASONS, act=act_now(told.carl))
    with pytest.raises(RuleBroken, match="Give the reasons"):
        answer(told, CouncilDecision.NOT_TAKEN_FORWARD, "")
    with pytest.raises(RuleBroken, match="Say what is to be done"):
        answer(told, CouncilDecision.TAKEN_FORWARD)
    with pytest.raises(RuleBroken, match="Share it first"):
        answer(told, CouncilDecision.TAKEN_FORWARD, give=give(world.stranger_agency))
    with pytest.raises(Stale):
        answer(told, CouncilDecision.NOT_TAKEN_FORWARD, REASONS, version=99)
    assert told.first.state == RecommendationState.SECOND_LOOK
    assert running(told.first)


def test_one_answer_sent_twice_counts_once(told: Following) -> None:
    told.turn_down()
    told.look_again()
    token = uuid4()
    for _ in range(2):
        answer(
            told, CouncilDecision.TAKEN_FORWARD, give=give(told.world.home), token=token
        )  # fmt: skip
    assert Action.objects.count() == 1


# --- before an episode closes


def test_what_an_interview_recommended_is_asked_before_the_episode_closes(
    told: Following,
) -> None:
    act = act_now(told.world.ruth)

    def unsettled() -> list[str]:
        check = next(each for each in closing.checks() if each.name == "recommendations")
        return check.unsettled(told.episode, act)

    [second] = recommend(
        signed_interview(told.world), "Of another episode, or of none.", by=told.world.lena
    )
    assert second.interview != told.interview
    assert unsettled() == ["1 recommendation is not decided."]
    told.turn_down()
    assert unsettled() == []
    told.look_again()
    assert unsettled() == ["1 recommendation is waiting for a second look."]
    answer(told, CouncilDecision.TAKEN_FORWARD, give=give(told.world.home))
    assert unsettled() == []
    Action.objects.all().delete()
    assert unsettled() == ["1 recommendation is taken forward with nothing to do."]


# --- what must never be false


CONSTRAINTS: dict[str, dict[str, Any]] = {
    "recommendation_has_text": {"text": ""},
    "recommendation_decision_is_whole": {"decision": "taken_forward"},
    "recommendation_not_taken_forward_has_reasons": {
        "decision": "not_taken_forward", "decided_at": "now", "decided_by": "ruth",
    },
    "recommendation_second_look_is_asked_of_what_was_not_taken": {
        "decision": "taken_forward", "decided_at": "now", "decided_by": "ruth",
        "second_look_asked_at": "now", "second_look_asked_by": "lena", "second_look_words": "x",
    },
    "recommendation_second_look_answer_is_whole": {
        "second_look_at": "now", "second_look_by": "ruth", "second_look_answer": "taken_forward",
    },
    "recommendation_second_refusal_has_reasons": {
        "decision": "not_taken_forward", "decided_at": "now", "decided_by": "ruth", "reasons": "x",
        "second_look_asked_at": "now", "second_look_asked_by": "lena", "second_look_words": "x",
        "second_look_at": "now", "second_look_by": "ruth",
        "second_look_answer": "not_taken_forward",
    },
}  # fmt: skip


@pytest.mark.parametrize("name", CONSTRAINTS)
def test_constraints(told: Following, name: str) -> None:
    world = told.world
    meant = {"now": act_now(world.ruth).now, "ruth": world.ruth, "lena": world.lena}
    values = {key: meant.get(value, value) for key, value in CONSTRAINTS[name].items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Recommendation.objects.filter(pk=told.first.pk).update(**values)


def test_the_order_is_taken_once(told: Following) -> None:
    with (
        pytest.raises(IntegrityError, match="recommendation_in_order"),
        transaction.atomic(),
    ):
        recommend(told.interview, "The same place.", by=told.world.lena)
