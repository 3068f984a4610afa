"""The tables of risk: states, levels, questions, and what a level needs."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from risk import rules
from risk.rules import (
    ASK_TRANSITIONS,
    BY_KEY,
    DECISION_TRANSITIONS,
    ENDED_BECAUSE,
    LEVELS,
    QUESTIONS,
    ROUND_TRANSITIONS,
    UNANSWERED,
    AskState,
    Chosen,
    DecisionState,
    Known,
    RoundState,
    Said,
    Setting,
)

NOW = datetime(2026, 11, 22, 22, 15, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ANSWERED = {
    question.key: Said(Known.NOT_KNOWN) for question in QUESTIONS.questions if not question.is_open
}
CHOSEN = Chosen(
    level="high", reasons="No coat.", review_due_at=NOW + timedelta(hours=1), answers=ANSWERED
)
SETTING = Setting(now=NOW, today=TODAY, is_anybody_silent=False, is_flagged=False)


@pytest.mark.parametrize(
    ("states", "transitions"),
    [
        (RoundState, ROUND_TRANSITIONS),
        (DecisionState, DECISION_TRANSITIONS),
        (AskState, ASK_TRANSITIONS),
    ],
)
def test_every_state_stands_in_its_table(states: type, transitions: dict[object, object]) -> None:
    assert set(transitions) == set(states)  # type: ignore[call-overload]
    assert all(set(led) <= set(states) for led in transitions.values())  # type: ignore[call-overload]


def test_every_round_state_is_derived_from_its_times() -> None:
    derived = {
        rules.round_state(has_level=has_level, ended_because=because)
        for has_level in (False, True)
        for because in ("", *ENDED_BECAUSE)
    }
    assert derived == set(RoundState)


def test_every_decision_state_is_derived_from_its_times() -> None:
    derived = {
        rules.decision_state(is_current=current, confirmed_at=confirmed, sent_back_at=sent_back)
        for current in (False, True)
        for confirmed in (None, NOW)
        for sent_back in (None, NOW)
    }
    assert derived == set(DecisionState)


def test_every_ask_state_is_derived_and_silence_is_never_an_answer() -> None:
    derived = {}
    for asked in (False, True):
        for reported in (False, True):
            for kind in ("", "tells", "holds_nothing", "still_right"):
                for phone in (False, True):
                    for closed in (False, True):
                        state = rules.ask_state(
                            is_asked=asked, has_reported=reported, latest_kind=kind,
                            latest_by_phone=phone, is_closed=closed,
                        )  # fmt: skip
                        derived[asked, reported, kind, phone, closed] = state
                        assert (state in UNANSWERED) == (not kind and not reported)
    assert set(derived.values()) == set(AskState)


def test_one_name_of_the_lowest_level_is_in_use_on_any_day() -> None:
    for day in (date(2018, 1, 1), date(2021, 12, 31), date(2022, 1, 1), TODAY):
        ranks = [level.rank for level in rules.levels_on(day)]
        assert ranks == sorted(set(ranks), reverse=True)
        assert ranks == [4, 3, 2, 1]
    assert {level.key for level in rules.levels_on(TODAY)} == {"very_low", "low", "medium", "high"}
    assert all(level.definition and level.demands for level in LEVELS)


def test_a_level_is_chosen() -> None:
    assert rules.deciding(CHOSEN, SETTING)


@pytest.mark.parametrize(
    ("chosen", "setting", "field", "words"),
    [
        (replace(CHOSEN, level=""), SETTING, "level", "Choose a level"),
        (replace(CHOSEN, level="no_apparent_risk"), SETTING, "level", "Choose a level"),
        (replace(CHOSEN, reasons=" \n"), SETTING, "reasons", "partners can read"),
        (replace(CHOSEN, review_due_at=NOW), SETTING, "review_due_at", "in the future"),
        (
            replace(CHOSEN, review_due_at=NOW + timedelta(days=28, seconds=1)),
            SETTING, "review_due_at", "within 28 days",
        ),
        (CHOSEN, replace(SETTING, is_anybody_silent=True), "early_reason", "before everyone"),
        (
            replace(CHOSEN, early_reason="nonsense"),
            replace(SETTING, is_anybody_silent=True), "early_reason", "before everyone",
        ),
        (
            replace(CHOSEN, exceptions=frozenset({"a"})), SETTING, "exception_words",
            "did not consider",
        ),
        (replace(CHOSEN, answers={}), SETTING, "out_of_character", "out of character"),
        (
            replace(CHOSEN, level="medium"), replace(SETTING, is_flagged=True),
            "flag_reason", "flagged",
        ),
        (replace(CHOSEN, level="low"), replace(SETTING, minimum="medium"), "level", "supervisor"),
        (
            replace(CHOSEN, level="low"), replace(SETTING, minimum="medium", is_supervisor=True),
            "minimum_reason", "Say why",
        ),
    ],
)  # fmt: skip
def test_what_a_level_needs(chosen: Chosen, setting: Setting, field: str, words: str) -> None:
    verdict = rules.deciding(chosen, setting)

    assert not verdict
    assert verdict.field == field
    assert words in verdict.reason


@pytest.mark.parametrize(
    ("chosen", "setting"),
    [
        (
            replace(CHOSEN, answers={}, early_reason="danger"),
            replace(SETTING, is_anybody_silent=True),
        ),
        (CHOSEN, replace(SETTING, is_flagged=True)),
        (
            replace(CHOSEN, level="medium", flag_reason="The flag is of another time."),
            replace(SETTING, is_flagged=True),
        ),
        (replace(CHOSEN, level="medium"), replace(SETTING, minimum="medium")),
        (
            replace(CHOSEN, level="low", minimum_reason="She is with her aunt."),
            replace(SETTING, minimum="medium", is_supervisor=True),
        ),
    ],
)
def test_what_lets_a_level_be_chosen(chosen: Chosen, setting: Setting) -> None:
    assert rules.deciding(chosen, setting)


@pytest.mark.parametrize(
    ("born", "today", "adult"),
    [
        (None, TODAY, False),
        (date(2008, 11, 22), TODAY, True),
        (date(2008, 11, 23), TODAY, False),
        (date(2008, 2, 29), date(2026, 2, 28), False),
        (date(2008, 2, 29), date(2026, 3, 1), True),
    ],
)
def test_eighteen_on_the_birthday(born: date | None, today: date, adult: bool) -> None:
    assert rules.is_adult(born=born, today=today) is adult


@pytest.mark.parametrize(
    ("kind", "text", "up_to_date", "has_answered", "field"),
    [
        ("tells", " ", "", False, "text"),
        ("holds_nothing", "", "Today", False, "checked"),
        ("holds_nothing", "The log", " ", False, "up_to_date"),
        ("still_right", "", "", False, "kind"),
        ("tells", "She is here.", "", False, None),
        ("holds_nothing", "The log", "Today", False, None),
        ("still_right", "", "", True, None),
    ],
)
def test_what_an_answer_needs(
    kind: str, text: str, up_to_date: str, has_answered: bool, field: str | None
) -> None:
    verdict = rules.answering(
        kind=kind, text=text, up_to_date=up_to_date, has_answered=has_answered
    )
    assert (verdict.field if not verdict else None) == field


def test_an_answer_is_late_after_the_level_and_after_the_return() -> None:
    assert not rules.is_late(has_level=False, ended_at=None)
    assert rules.is_late(has_level=True, ended_at=None)
    assert rules.is_late(has_level=False, ended_at=NOW)


def test_how_long_a_late_answer_is_taken() -> None:
    taken = NOW + rules.LATE_ANSWERS_FOR
    assert not rules.asking(opened_at=None, ended_at=None, now=NOW)
    assert rules.asking(opened_at=NOW, ended_at=None, now=taken + timedelta(days=400))
    assert rules.asking(opened_at=NOW, ended_at=NOW, now=taken)
    assert not rules.asking(opened_at=NOW, ended_at=NOW, now=taken + timedelta(seconds=1))


def test_whatever_changes_in_evidence_changes_its_digest() -> None:
    assert rules.digest("a", "b") == rules.digest("a", "b")
    assert rules.digest("a", "bc") != rules.digest("ab", "c")
    assert rules.considered(shown=["a", "b", "c"], seen={"b", "x"}) == ["a", "c"]


def test_the_keys_of_levels_are_unique() -> None:
    assert len(BY_KEY) == len(LEVELS)
