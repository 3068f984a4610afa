"""Where every record stands, and which steps the tables of transitions allow."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import connection

from cases.models import Deadline, MissingEpisode, Report
from cases.rules import (
    DEADLINE_TRANSITIONS,
    EPISODE_TRANSITIONS,
    DeadlineState,
    EpisodeState,
)
from missingchildren.agencies.queries import closed_until
from placements.models import Placement, PlacementNotification
from placements.rules import (
    NOTICE_TRANSITIONS,
    PLACEMENT_TRANSITIONS,
    NoticeState,
    PlacementState,
)
from returninterviews.models import Action, Interview, Offer, Recommendation, Summary
from returninterviews.rules import (
    ACTION_TRANSITIONS,
    INTERVIEW_TRANSITIONS,
    RECOMMENDATION_TRANSITIONS,
    SUMMARY_TRANSITIONS,
    ActionState,
    InterviewState,
    RecommendationState,
    SummaryState,
)
from risk.models import Ask, Decision, Dissent, Flag, RiskRound
from risk.queries import answers_at_night
from risk.rules import (
    ASK_TRANSITIONS,
    DECISION_TRANSITIONS,
    DISSENT_TRANSITIONS,
    FLAG_LAPSES,
    FLAG_TRANSITIONS,
    ROUND_TRANSITIONS,
    AskState,
    DecisionState,
    DissentState,
    FlagState,
    RoundState,
    ask_state,
    flag_state,
)
from tests.sequences.playing import Play

TABLES: dict[type[StrEnum], Mapping[Any, frozenset[Any]]] = {
    EpisodeState: EPISODE_TRANSITIONS,
    DeadlineState: DEADLINE_TRANSITIONS,
    DissentState: DISSENT_TRANSITIONS,
    SummaryState: SUMMARY_TRANSITIONS,
    RoundState: ROUND_TRANSITIONS,
    DecisionState: DECISION_TRANSITIONS,
    AskState: ASK_TRANSITIONS,
    FlagState: FLAG_TRANSITIONS,
    InterviewState: INTERVIEW_TRANSITIONS,
    RecommendationState: RECOMMENDATION_TRANSITIONS,
    ActionState: ACTION_TRANSITIONS,
    PlacementState: PLACEMENT_TRANSITIONS,
    NoticeState: NOTICE_TRANSITIONS,
}
# In which states a record begins. A notice that an act makes, it may send at once.
BEGINS: dict[type[StrEnum], set[Any]] = {
    EpisodeState: {EpisodeState.REPORTED},
    DeadlineState: set(DeadlineState),
    DissentState: {DissentState.WAITS},
    SummaryState: {SummaryState.UNREAD},
    RoundState: {RoundState.UNDECIDED},
    DecisionState: {DecisionState.TO_CONFIRM},
    AskState: set(AskState) - {AskState.NOT_ASKED},
    FlagState: {FlagState.REQUESTED, FlagState.ACCEPTED},
    InterviewState: {InterviewState.TO_ARRANGE, InterviewState.UNSETTLED},
    RecommendationState: {RecommendationState.TO_DECIDE},
    ActionState: {ActionState.OPEN},
    PlacementState: {PlacementState.PROPOSED},
    NoticeState: {NoticeState.NOT_TOLD, NoticeState.SENT},
}
# What time alone leads to.
LAPSES: dict[type[StrEnum], Mapping[Any, frozenset[Any]]] = {
    FlagState: FLAG_LAPSES,
    AskState: {
        AskState.SILENT: frozenset({AskState.CLOSED}),
        AskState.CLOSED: frozenset({AskState.SILENT}),
    },
}
States = dict[str, StrEnum]


def states(play: Play) -> States:
    """Return where every record stands now, by its reference."""
    found: States = {}
    found |= {one.own_reference: one.state for one in Deadline.objects.all()}
    for model in (
        MissingEpisode,
        RiskRound,
        Dissent,
        Summary,
        Interview,
        Recommendation,
        Action,
        Placement,
    ):
        found |= {one.reference: one.state for one in model._default_manager.all()}
    notices = PlacementNotification.objects.all()
    found |= {one.reference: one.state for one in notices}
    for decision in Decision.objects.select_related("round"):
        found[decision.reference] = decision.state_in(decision.round)
    return found | moved_by_time(play)


def moved_by_time(play: Play) -> States:
    """Return where those records stand whose state changes though nobody does anything."""
    found: States = {
        flag.reference: flag_state(flag.standing, today=play.today) for flag in Flag.objects.all()
    }
    asks = Ask.objects.select_related("agency", "unit").prefetch_related("contributions")
    for ask in asks:
        latest = max(ask.contributions.all(), key=lambda one: one.pk, default=None)
        is_there = answers_at_night(ask.unit)
        found[ask.reference] = ask_state(
            is_asked=True,
            has_reported=bool(ask.report_reference),
            latest_kind=latest.kind if latest else "",
            latest_by_phone=bool(latest and latest.given_at),
            is_closed=not is_there and closed_until(ask.agency, play.now) is not None,
        )
    return found


def moved_as_the_tables_say(before: States, after: States, what: str) -> None:
    """Check every step that an act took, and that no record is gone."""
    assert not before.keys() - after.keys(), what
    for reference, state in after.items():
        was = before.get(reference)
        if was is None:
            assert state in BEGINS[type(state)], (what, reference, state)
        elif was != state:
            assert state in TABLES[type(state)][was], (what, reference, was, state)


def lapsed_as_time_does(before: States, after: States) -> None:
    """Check what became different while nobody did anything."""
    assert before.keys() == after.keys()
    for reference, state in after.items():
        reached = frontier = {before[reference]}
        lapses = LAPSES.get(type(state), {})
        while frontier:
            frontier = {to for each in frontier for to in lapses.get(each, ())} - reached
            reached = reached | frontier
        assert state in reached, (reference, before[reference], state)


_EVENTS = [
    model._meta.db_table
    for model in apps.get_models()
    if issubclass(model, pghistory.models.Event)
]  # fmt: skip
# What a refused act must leave as it was, beside the history: none of it is tracked.
_OTHERS = ("alerts_alert", "audit_submission", "cases_timelineentry", "cases_draft")
_COUNT = " UNION ALL ".join(f"SELECT count(*) FROM {table}" for table in (*_EVENTS, *_OTHERS))


def rows_of_history() -> tuple[int, ...]:
    """Count every row that was ever changed, and what is only ever added to."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT)
        return tuple(count for (count,) in cursor.fetchall())


# Written once: what a reporter said, and what was offered, no act changes any more.
WRITTEN_ONCE = (Report, Offer)


def written_once() -> None:
    """Check that the history of what has no states holds each row as it was written, and no more."""
    for model in WRITTEN_ONCE:
        events = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
        assert events.objects.count() == model._default_manager.count(), model
