"""Flags as pure functions and tables: states, what each act needs, words, days, clocks."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from missingchildren.core.calendar import Nation
from missingchildren.core.verdicts import Verdict
from risk import rules
from risk.rules import (
    FLAG_ACTS,
    FLAG_LAPSES,
    FLAG_TRANSITIONS,
    IN_FORCE,
    NOT_POSSIBLE,
    OVER,
    FlagAct,
    FlagLevel,
    FlagOutcome,
    FlagStanding,
    FlagState,
)

TODAY = date(2026, 11, 27)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
NOW = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
HELD = {"outcome": "accepted", "review_on": TOMORROW, "expires_on": TOMORROW}
STATES: dict[FlagState, list[dict[str, Any]]] = {
    FlagState.REQUESTED: [{}],
    FlagState.DECLINED: [
        {"outcome": "declined"},
        {"outcome": "declined", "disagreed_at": NOW, "redecided_at": NOW},
    ],
    FlagState.DISPUTED: [{"outcome": "declined", "disagreed_at": NOW}],
    FlagState.ACCEPTED: [
        HELD,
        {**HELD, "outcome": "amended"},
        {**HELD, "outcome": "amended", "disagreed_at": NOW},
        {**HELD, "review_on": YESTERDAY},
    ],
    FlagState.ACTIVE: [
        {**HELD, "entered_at": NOW},
        {**HELD, "entered_at": NOW, "changed_at": NOW},
        {**HELD, "entered_at": NOW, "review_on": TODAY, "expires_on": TODAY},
        {**HELD, "outcome": "amended", "entered_at": NOW, "disagreed_at": NOW},
    ],
    FlagState.REVIEW_OVERDUE: [{**HELD, "entered_at": NOW, "review_on": YESTERDAY}],
    FlagState.EXPIRED: [
        {**HELD, "review_on": YESTERDAY, "expires_on": YESTERDAY},
        {**HELD, "entered_at": NOW, "review_on": YESTERDAY, "expires_on": YESTERDAY},
        {**HELD, "expires_on": None},
    ],
    FlagState.TO_TAKE_OFF: [{**HELD, "entered_at": NOW, "ended_at": NOW}],
    FlagState.ENDED: [
        {"ended_at": NOW},
        {**HELD, "ended_at": NOW},
        {**HELD, "entered_at": NOW, "ended_at": NOW, "taken_off_at": NOW},
    ],
}


def standings() -> Iterator[FlagStanding]:
    """Return every combination of times, possible or not."""
    days = (None, YESTERDAY, TODAY, TOMORROW)
    at = (None, NOW)
    for outcome, disagreed, again, entered, changed, review, expiry, ended, off in product(
        ("", "accepted", "amended", "declined"), at, at, at, at, days, days, at, at
    ):
        yield FlagStanding(
            outcome=outcome, disagreed_at=disagreed, redecided_at=again, entered_at=entered,
            changed_at=changed, review_on=review, expires_on=expiry, ended_at=ended,
            taken_off_at=off,
        )  # fmt: skip


@pytest.mark.parametrize("state", FlagState)
def test_each_state_follows_from_times(state: FlagState) -> None:
    assert STATES[state]
    for times in STATES[state]:
        assert rules.flag_state(FlagStanding(**times), today=TODAY) == state, times


def test_the_tables_are_complete() -> None:
    """Every state stands in every table, and is reached."""
    assert set(FLAG_TRANSITIONS) == set(NOT_POSSIBLE) == set(STATES) == set(FlagState)
    assert set(FLAG_ACTS) == set(FlagAct)
    assert set(FLAG_LAPSES) < set(FlagState)
    led_to = [*FLAG_TRANSITIONS.values(), *FLAG_LAPSES.values()]
    assert frozenset.union(*led_to) | {FlagState.REQUESTED} == set(FlagState)
    for state, following in FLAG_TRANSITIONS.items():
        acted_on = {what for what, states in FLAG_ACTS.items() if state in states}
        assert bool(following) == bool(acted_on), state
    assert {state for state, following in FLAG_TRANSITIONS.items() if not following} == {
        FlagState.ENDED
    }


def test_an_expired_flag_never_looks_active() -> None:
    """Whatever else is recorded: past its last day, nothing says that the child is flagged."""
    for standing in standings():
        state = rules.flag_state(standing, today=TODAY)
        if standing.expires_on is None or standing.expires_on < TODAY:
            assert state not in IN_FORCE, standing
        assert ("active" in state) == (state in {FlagState.ACTIVE, FlagState.REVIEW_OVERDUE})
        if state in {FlagState.ACTIVE, FlagState.REVIEW_OVERDUE}:
            assert standing.entered_at, standing
            assert standing.outcome in {"accepted", "amended"}
            assert not standing.ended_at


def test_only_time_moves_between_days() -> None:
    """From one day to the next a flag goes only where the table of lapses leads."""
    for standing in standings():
        before = rules.flag_state(standing, today=TODAY)
        after = rules.flag_state(standing, today=TODAY + timedelta(days=1))
        if before != after:
            assert after in FLAG_LAPSES[before], standing


def test_nothing_is_owed_for_what_is_over() -> None:
    for state in OVER:
        assert {what for what, states in FLAG_ACTS.items() if state in states} <= {FlagAct.DISAGREE}


REFUSED_ACTS: list[tuple[FlagAct, dict[str, Any], str]] = [
    (FlagAct.DECIDE, HELD, "This request has already been decided."),
    (FlagAct.DECIDE, {**HELD, "entered_at": NOW}, "This request has already been decided."),
    (FlagAct.DECIDE, {"outcome": "declined"}, "This flag was declined."),
    (FlagAct.DECIDE, {"ended_at": NOW}, "This flag has ended."),
    (
        FlagAct.DECIDE, {**HELD, "review_on": YESTERDAY, "expires_on": YESTERDAY},
        "This flag has expired. It has to be reviewed first.",
    ),
    (FlagAct.DISAGREE, {}, "The force has not decided on this flag yet."),
    (FlagAct.DISAGREE, HELD, "The force accepted this flag as it was asked for."),
    (
        FlagAct.DISAGREE, {"outcome": "declined", "disagreed_at": NOW},
        "The council disagrees: the force has to decide again first.",
    ),
    (
        FlagAct.DISAGREE, {"outcome": "declined", "disagreed_at": NOW, "redecided_at": NOW},
        "The council has already disagreed once with this decision.",
    ),
    (
        FlagAct.DISAGREE, {**HELD, "outcome": "amended", "disagreed_at": NOW},
        "The council has already disagreed once with this decision.",
    ),
    (FlagAct.ENTER, {}, "The force has not decided on this flag yet."),
    (FlagAct.ENTER, {**HELD, "entered_at": NOW}, "This flag is on the force's system as it stands."),
    (FlagAct.REVIEW, HELD, "This flag has to be entered on the force's system first."),
    (FlagAct.REVIEW, {**HELD, "entered_at": NOW, "ended_at": NOW}, "This flag has ended."),
    (FlagAct.END, {"outcome": "declined"}, "This flag was declined."),
    (
        FlagAct.END, {"outcome": "declined", "disagreed_at": NOW},
        "The council disagrees: the force has to decide again first.",
    ),
    (FlagAct.TAKE_OFF, {**HELD, "entered_at": NOW}, "This flag is active."),
    (
        FlagAct.TAKE_OFF, {**HELD, "entered_at": NOW, "review_on": YESTERDAY},
        "This flag is active, and its review is overdue.",
    ),
    (FlagAct.TAKE_OFF, {"ended_at": NOW}, "This flag has ended."),
]  # fmt: skip


@pytest.mark.parametrize(("what", "times", "sentence"), REFUSED_ACTS)
def test_what_cannot_be_done_is_refused_by_its_sentence(
    what: FlagAct, times: dict[str, Any], sentence: str
) -> None:
    assert rules.flag_act(what, FlagStanding(**times), today=TODAY).reason == sentence


def test_every_sentence_of_a_state_is_said_by_some_act() -> None:
    for state, sentence in NOT_POSSIBLE.items():
        said = {
            rules.flag_act(what, FlagStanding(**times), today=TODAY).reason
            for what in FlagAct
            for times in STATES[state]
        }
        assert sentence in said, state


ALLOWED_ACTS: list[tuple[FlagAct, dict[str, Any]]] = [
    (FlagAct.DECIDE, {}),
    (FlagAct.DECIDE, {"outcome": "declined", "disagreed_at": NOW}),
    (FlagAct.DECIDE, {**HELD, "outcome": "amended", "disagreed_at": NOW}),
    (FlagAct.DISAGREE, {"outcome": "declined"}),
    (FlagAct.DISAGREE, {**HELD, "outcome": "amended", "entered_at": NOW}),
    (FlagAct.ENTER, HELD),
    (FlagAct.ENTER, {**HELD, "entered_at": NOW, "changed_at": NOW}),
    (FlagAct.REVIEW, {**HELD, "entered_at": NOW}),
    (FlagAct.REVIEW, {**HELD, "review_on": YESTERDAY, "expires_on": YESTERDAY}),
    (FlagAct.END, {}),
    (FlagAct.END, HELD),
    (FlagAct.TAKE_OFF, {**HELD, "entered_at": NOW, "ended_at": NOW}),
]


@pytest.mark.parametrize(("what", "times"), ALLOWED_ACTS)
def test_what_can_be_done_is_allowed(what: FlagAct, times: dict[str, Any]) -> None:
    assert rules.flag_act(what, FlagStanding(**times), today=TODAY)


# --- words


def grounds(**changes: Any) -> Verdict:
    ordinary: dict[str, Any] = {
        "grounds": "A man waits for her by the clock tower.",
        "if_missing": "Look for the grey car.",
        "is_child_told": True,
        "child_not_told_because": "",
        "evidence": (),
        "known_evidence": (),
    }
    return rules.flag_grounds(**{**ordinary, **changes})


def test_grounds_that_do() -> None:
    assert grounds()
    assert grounds(is_child_told=False, child_not_told_because="She is in hospital.")
    assert grounds(evidence=["RI-1"], known_evidence={"RI-1": "x", "RI-2": "y"})


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"grounds": "x"}, "grounds", "Say what harm you expect and how you know, in a sentence."),
        ({"grounds": " " * 99}, "grounds", "Say what harm you expect and how you know, in a sentence."),
        ({"if_missing": "Look"}, "if_missing", "Say what to do if the child is missing, in a sentence."),
        (
            {"is_child_told": False}, "child_not_told_because",
            "Say why the child has not been told, in a sentence.",
        ),
        ({"evidence": ["RI-1"]}, "evidence", "Choose from what this record shows you."),
        (
            {"evidence": [str(n) for n in range(11)], "known_evidence": [str(n) for n in range(11)]},
            "evidence", "Choose from what this record shows you.",
        ),
    ],
)  # fmt: skip
def test_grounds_that_do_not(changes: dict[str, Any], field: str, sentence: str) -> None:
    refused = grounds(**changes)
    assert (refused.field, refused.reason) == (field, sentence)


@pytest.mark.parametrize(
    ("review", "expiry", "field", "sentence"),
    [
        (None, 10, "review_on", "Enter the day on which you review this flag."),
        (5, None, "expires_on", "Enter the day on which this flag expires."),
        (0, 10, "review_on", "The review must be in the future."),
        (-1, 10, "review_on", "The review must be in the future."),
        (5, 366, "expires_on", "A flag lasts no longer than 365 days."),
        (11, 10, "review_on", "The review must be before the flag expires."),
        (5, -1, "review_on", "The review must be before the flag expires."),
    ],
)
def test_days_that_do_not(
    review: int | None, expiry: int | None, field: str, sentence: str
) -> None:
    refused = days(review, expiry)
    assert (refused.field, refused.reason) == (field, sentence)


@pytest.mark.parametrize(("review", "expiry"), [(1, 1), (90, 365), (365, 365)])
def test_days_that_do(review: int, expiry: int) -> None:
    assert days(review, expiry)


def days(review: int | None, expiry: int | None) -> Verdict:
    return rules.flag_dates(
        review_on=None if review is None else TODAY + timedelta(days=review),
        expires_on=None if expiry is None else TODAY + timedelta(days=expiry),
        today=TODAY,
        longest_days=365,
    )


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"outcome": FlagOutcome.RENEWED}, "outcome", "Choose one of the answers shown."),
        ({"outcome": FlagOutcome.AMENDED}, "wording", "Write the flag in your own words."),
        ({"level": "medium"}, "level", "To set another level, accept it in your own words."),
        ({"reasons": "no"}, "reasons", "Say why, in a sentence."),
        (
            {"outcome": FlagOutcome.DECLINED, "is_in_force": True}, "outcome",
            "This flag is in force. To take it back, end it.",
        ),
    ],
)  # fmt: skip
def test_decisions_that_do_not(changes: dict[str, Any], field: str, sentence: str) -> None:
    ordinary: dict[str, Any] = {
        "outcome": FlagOutcome.ACCEPTED, "is_in_force": False, "level_asked": "high",
        "level": "high", "reasons": "The same car, three times.", "wording": "",
    }  # fmt: skip
    assert rules.flag_decision(**ordinary)
    refused = rules.flag_decision(**{**ordinary, **changes})
    assert (refused.field, refused.reason) == (field, sentence)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"outcome": FlagOutcome.DECLINED}, "outcome", "Choose one of the answers shown."),
        (
            {"outcome": FlagOutcome.LOWERED, "level": FlagLevel.MEDIUM}, "outcome",
            "There is no lower level. End the flag instead.",
        ),
        ({"reasons": "   "}, "reasons", "Say why, in a sentence."),
    ],
)  # fmt: skip
def test_reviews_that_do_not(changes: dict[str, Any], field: str, sentence: str) -> None:
    ordinary: dict[str, Any] = {
        "outcome": FlagOutcome.LOWERED, "level": FlagLevel.HIGH, "reasons": "The man is in prison.",
    }  # fmt: skip
    assert rules.flag_review(**ordinary)
    refused = rules.flag_review(**{**ordinary, **changes})
    assert (refused.field, refused.reason) == (field, sentence)


# --- clocks


@pytest.mark.parametrize(
    ("asked_at", "due_at"),
    [
        # Thursday to Monday; Friday evening to Tuesday.
        (datetime(2026, 11, 26, 10, tzinfo=UTC), datetime(2026, 11, 30, 23, 59, 59, tzinfo=UTC)),
        (datetime(2026, 11, 27, 20, tzinfo=UTC), datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC)),
        # Over Easter 2027 (gov.uk/bank-holidays: 26 and 29 March), and into summer time.
        (datetime(2027, 3, 25, 10, tzinfo=UTC), datetime(2027, 3, 31, 22, 59, 59, tzinfo=UTC)),
        # Over Christmas 2026 (gov.uk/bank-holidays: 25 and, for Boxing Day, 28 December).
        (datetime(2026, 12, 24, 10, tzinfo=UTC), datetime(2026, 12, 30, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_force_decides_within_two_working_days(asked_at: datetime, due_at: datetime) -> None:
    assert (
        rules.flag_decision_due_at(asked_at=asked_at, working_days=2, nation=Nation.ENGLAND)
        == due_at
    )


def test_a_flag_is_entered_within_hours_that_pass() -> None:
    """TIME-01: 24 real hours over the night the clocks go back, not the same time tomorrow."""
    decided_at = datetime(2026, 10, 24, 22, 0, tzinfo=UTC)
    assert rules.flag_entry_due_at(decided_at=decided_at, hours=24) == datetime(
        2026, 10, 25, 22, 0, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("day", "due_at"),
    [
        (date(2026, 11, 27), datetime(2026, 11, 27, 23, 59, 59, tzinfo=UTC)),
        (date(2026, 7, 1), datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC)),
        # The clocks go forward, and back, on that day.
        (date(2026, 3, 29), datetime(2026, 3, 29, 22, 59, 59, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_review_is_due_at_the_end_of_its_day(day: date, due_at: datetime) -> None:
    assert rules.flag_review_due_at(review_on=day) == due_at
