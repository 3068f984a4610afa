"""Every record that has states has a table of transitions, and every table is complete."""

from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from itertools import product
from typing import Any

import pytest
from django.apps import apps

from cases.models import Deadline, MissingEpisode
from cases.rules import EPISODE_TRANSITIONS, DeadlineState, EpisodeState, deadline_state
from placements.models import Placement, PlacementNotification
from returninterviews.models import Action, Interview, Offer, Recommendation, Summary
from returninterviews.rules import NOT_HELD, SummaryState, answering, summary_state
from risk.models import Ask, Decision, Dissent, Flag, RiskRound
from risk.rules import ENDED_BECAUSE, AskState, DissentState, FlagState, dissent_state
from tests.sequences.states import BEGINS, LAPSES, TABLES, WRITTEN_ONCE

AT = datetime(2025, 6, 2, 9, tzinfo=UTC)
# The record behind each table: every record of which an act changes where it stands.
RECORDS: dict[str, type] = {
    "EpisodeState": MissingEpisode,
    "DeadlineState": Deadline,
    "RoundState": RiskRound,
    "AskState": Ask,
    "DecisionState": Decision,
    "DissentState": Dissent,
    "FlagState": Flag,
    "InterviewState": Interview,
    "SummaryState": Summary,
    "RecommendationState": Recommendation,
    "ActionState": Action,
    "PlacementState": Placement,
    "NoticeState": PlacementNotification,
}
APPS = ("cases", "risk", "returninterviews", "placements")


@pytest.mark.parametrize("states", TABLES, ids=lambda states: states.__name__)
def test_every_state_stands_in_its_table_and_is_reached(states: type[StrEnum]) -> None:
    """From where a record begins, acts and time lead to every state, and to no other."""
    table: Mapping[Any, frozenset[Any]] = TABLES[states]
    assert set(table) == set(states)
    lapses = LAPSES.get(states, {})
    reached: set[StrEnum] = set(BEGINS[states])
    for _ in states:
        reached |= {to for each in reached for to in (*table[each], *lapses.get(each, ()))}
    # Nobody is not asked by an act: it is what a page says of a part that has no question yet.
    assert reached == set(states) - {state for state in states if state.value == "not asked"}


def test_every_record_that_says_where_it_stands_has_a_table() -> None:
    assert set(RECORDS) == {states.__name__ for states in TABLES}
    with_state = {
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models()
        if isinstance(getattr(model, "state", None), property) or hasattr(model, "state_in")
    }
    # A question and a flag stand otherwise by the hour and by the day: a query or a rule says it.
    assert with_state | {Ask, Flag} == set(RECORDS.values())
    assert not set(WRITTEN_ONCE) & with_state


def test_no_choice_of_a_record_leads_outside_its_table() -> None:
    """What is stored as a choice says no more than the states know."""
    assert set(RiskRound.Ended.values) == set(ENDED_BECAUSE)
    assert {why.outcome for why in NOT_HELD.values()} | {"completed"} == set(
        Interview.Outcome.values
    )
    assert {why.after for why in NOT_HELD.values()} - {""} <= set(Offer.Result.values)


@pytest.mark.parametrize(
    ("done_at", "reason", "state"),
    [
        (None, "", DeadlineState.RUNNING),
        (AT, "", DeadlineState.MET),
        (AT, "the child is back", DeadlineState.DROPPED),
    ],
)
def test_state_of_a_clock(done_at: datetime | None, reason: str, state: DeadlineState) -> None:
    assert deadline_state(done_at=done_at, dropped_reason=reason) == state


def test_state_of_a_dissent_and_of_a_summary() -> None:
    assert dissent_state(answered_at=None) == DissentState.WAITS
    assert dissent_state(answered_at=AT) == DissentState.ANSWERED
    derived = {
        summary_state(read_at=read_at, answer=answer)
        for read_at, answer in product((None, AT), ("", *Summary.Answer.values))
    }
    assert derived == set(SummaryState)
    for state in SummaryState:
        allowed = answering(
            is_read=state != SummaryState.UNREAD, is_answered=state == SummaryState.ANSWERED
        )
        assert bool(allowed) == (state == SummaryState.READ)


def test_no_time_alone_ends_anything() -> None:
    """Only a flag lapses, and whether a closed agency was asked; a child stays missing until found."""
    assert set(LAPSES) == {FlagState, AskState}
    assert FlagState.ENDED not in {to for after in LAPSES[FlagState].values() for to in after}
    assert EpisodeState.MISSING in EPISODE_TRANSITIONS[EpisodeState.REPORTED]
