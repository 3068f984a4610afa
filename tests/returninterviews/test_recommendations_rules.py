"""The rules of recommendations and actions: every state, every refusal, every time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from missingchildren.core.calendar import Nation
from missingchildren.core.verdicts import Verdict
from returninterviews import rules
from returninterviews.rules import (
    ACTION_TRANSITIONS,
    RECOMMENDATION_TRANSITIONS,
    ActionState,
    CouncilDecision,
    RecommendationState,
)

AT = datetime(2026, 11, 27, 16, 30, tzinfo=UTC)
TODAY = date(2026, 11, 27)
S = RecommendationState


def test_every_state_of_a_recommendation_stands_in_the_table() -> None:
    assert set(RECOMMENDATION_TRANSITIONS) == set(S)
    reached = {state for leads_to in RECOMMENDATION_TRANSITIONS.values() for state in leads_to}
    assert reached == set(S) - {S.TO_DECIDE}


def test_every_state_of_an_action_stands_in_the_table() -> None:
    assert set(ACTION_TRANSITIONS) == set(ActionState)
    reached = {state for leads_to in ACTION_TRANSITIONS.values() for state in leads_to}
    assert reached == set(ActionState) - {ActionState.OPEN}


@pytest.mark.parametrize(
    ("decision", "asked", "answer", "state"),
    [
        ("", None, "", S.TO_DECIDE),
        (CouncilDecision.TAKEN_FORWARD, None, "", S.TAKEN_FORWARD),
        (CouncilDecision.NOT_TAKEN_FORWARD, None, "", S.NOT_TAKEN_FORWARD),
        (CouncilDecision.NOT_TAKEN_FORWARD, AT, "", S.SECOND_LOOK),
        (CouncilDecision.NOT_TAKEN_FORWARD, AT, CouncilDecision.TAKEN_FORWARD, S.TAKEN_FORWARD),
        (CouncilDecision.NOT_TAKEN_FORWARD, AT, CouncilDecision.NOT_TAKEN_FORWARD, S.STILL_NOT),
    ],
)
def test_state_of_a_recommendation(
    decision: str, asked: datetime | None, answer: str, state: RecommendationState
) -> None:
    derived = rules.recommendation_state(
        decision=decision, second_look_asked_at=asked, second_look_answer=answer
    )
    assert derived == state


@pytest.mark.parametrize(
    ("done", "dropped", "state"),
    [(None, None, "open"), (AT, None, "done"), (None, AT, "dropped")],
)
def test_state_of_an_action(done: datetime | None, dropped: datetime | None, state: str) -> None:
    assert rules.action_state(completed_at=done, dropped_at=dropped) == state


def test_the_acts_agree_with_the_table() -> None:
    """What each act allows is just what the table says that it leads to."""
    for state in S:
        leads_to = RECOMMENDATION_TRANSITIONS[state]
        deciding = rules.deciding(state=state, by="Ruth", at=AT)
        assert bool(deciding) == (state == S.TO_DECIDE)
        assert bool(rules.asking_second_look(state=state)) == (S.SECOND_LOOK in leads_to)
        assert bool(rules.answering_second_look(state=state)) == (S.STILL_NOT in leads_to)
    for action in ActionState:
        allowed = rules.settling(state=action, by="Ruth", at=AT)
        assert bool(allowed) == bool(ACTION_TRANSITIONS[action])


REFUSED = {
    "nothing recommended": (
        rules.recommending(text="  ", due_on=None, today=TODAY), "Say what you recommend.", "recommendations",
    ),
    "too much recommended": (
        rules.recommending(text="x" * 2001, due_on=None, today=TODAY), "2,000 characters", "recommendations",
    ),
    "recommended for yesterday": (
        rules.recommending(text="x", due_on=TODAY - timedelta(days=1), today=TODAY),
        "must be today or later", "recommendations",
    ),
    "nothing to do": (
        rules.giving(text="", due_on=TODAY, today=TODAY), "Say what is to be done.", "text",
    ),
    "due yesterday": (
        rules.giving(text="x", due_on=TODAY - timedelta(days=1), today=TODAY),
        "must be today or later", "due_on",
    ),
    "due in two years": (
        rules.giving(text="x", due_on=TODAY + timedelta(days=730), today=TODAY),
        "must be within a year", "due_on",
    ),
    "decided: taken": (
        rules.deciding(state=S.TAKEN_FORWARD, by="Ruth Adeyemi", at=AT),
        "Ruth Adeyemi decided this on 27 November 2026 at 4:30pm: it is taken forward.", "",
    ),
    "decided: not": (
        rules.deciding(state=S.NOT_TAKEN_FORWARD, by="Colin", at=AT), "it is not taken forward", "",
    ),
    "decided: looked at": (
        rules.deciding(state=S.SECOND_LOOK, by="Colin", at=AT), "A second look was asked for", "",
    ),
    "decided: looked at twice": (
        rules.deciding(state=S.STILL_NOT, by="Colin", at=AT), "it was looked at twice", "",
    ),
    "look again: undecided": (
        rules.asking_second_look(state=S.TO_DECIDE), "has not been decided yet", "",
    ),
    "look again: taken": (
        rules.asking_second_look(state=S.TAKEN_FORWARD), "nothing to look at again", "",
    ),
    "look again: asked": (
        rules.asking_second_look(state=S.SECOND_LOOK), "was asked for already", "",
    ),
    "look again: answered": (
        rules.asking_second_look(state=S.STILL_NOT), "There is one only", "",
    ),
    "look again: why": (rules.words_given("Please"), "Say in a sentence why", "words"),
    "answer: none asked": (
        rules.answering_second_look(state=S.NOT_TAKEN_FORWARD), "Nobody has asked", "",
    ),
    "answer: answered": (
        rules.answering_second_look(state=S.STILL_NOT), "was answered already", "",
    ),
    "no reasons": (rules.reasons_given(" no "), "Give the reasons in a sentence.", "reasons"),
    "no evidence": (rules.evidence_given("Done."), "how you know", "evidence"),
    "done": (
        rules.settling(state=ActionState.DONE, by="Seaview", at=AT),
        "Seaview recorded on 27 November 2026 at 4:30pm that this is done.", "",
    ),
    "dropped": (
        rules.settling(state=ActionState.DROPPED, by="Colin", at=AT), "that this is dropped", "",
    ),
    "more: undecided": (rules.adding_to(state=S.TO_DECIDE), "Take it forward first", ""),
    "helped: open": (
        rules.saying_whether_it_helped(state=ActionState.OPEN, helped=""), "when the action is done",
        "",
    ),
    "helped: twice": (
        rules.saying_whether_it_helped(state=ActionState.DONE, helped="yes"), "asked once", "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_each_refusal_by_its_sentence(name: str) -> None:
    verdict: Verdict
    verdict, sentence, field = REFUSED[name]
    assert not verdict
    assert sentence in verdict.reason
    assert verdict.field == field


@pytest.mark.parametrize("days", [0, 1, 366])
def test_a_day_from_today_within_a_year_is_good(days: int) -> None:
    assert rules.giving(text="x", due_on=TODAY + timedelta(days=days), today=TODAY)


@pytest.mark.parametrize(
    ("day", "due"),
    [
        pytest.param(date(2026, 1, 9), datetime(2026, 1, 9, 23, 59, 59, tzinfo=UTC), id="winter"),
        pytest.param(date(2026, 7, 9), datetime(2026, 7, 9, 22, 59, 59, tzinfo=UTC), id="summer"),
        pytest.param(
            date(2026, 3, 29), datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC), id="forward"
        ),
        pytest.param(date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC), id="back"),
    ],
)
def test_an_action_is_due_at_the_end_of_its_day_in_london(day: date, due: datetime) -> None:
    """TIME-01: whatever the clocks do that day."""
    assert rules.due_at(day) == due


@pytest.mark.parametrize(
    ("now", "nation", "due_on"),
    [
        # Source: gov.uk/bank-holidays, England and Wales, Scotland, 2026: Good Friday 3 April and
        # Easter Monday 6 April (not Scotland); Christmas Day, Boxing Day in lieu 28 December.
        pytest.param(datetime(2026, 11, 27, 16, tzinfo=UTC), Nation.ENGLAND, date(2026, 12, 4), id="ordinary week"),
        pytest.param(datetime(2026, 4, 1, 9, tzinfo=UTC), Nation.ENGLAND, date(2026, 4, 10), id="over Easter"),
        pytest.param(datetime(2026, 4, 1, 9, tzinfo=UTC), Nation.SCOTLAND, date(2026, 4, 9), id="over Easter in Scotland"),
        pytest.param(datetime(2026, 12, 23, 9, tzinfo=UTC), Nation.ENGLAND, date(2027, 1, 4), id="over Christmas"),
        pytest.param(datetime(2026, 11, 28, 9, tzinfo=UTC), Nation.ENGLAND, date(2026, 12, 4), id="signed on a Saturday"),
    ],
)  # fmt: skip
def test_five_working_days_to_decide(now: datetime, nation: Nation, due_on: date) -> None:
    """TIME-07: the council's own bank holidays."""
    due = rules.to_be_decided_by(now, working_days=5, nation=nation)
    assert due == rules.due_at(due_on)
