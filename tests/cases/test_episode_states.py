"""The states of a missing episode: the table is complete, and no act leads outside it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise, permutations, product
from uuid import uuid4

import pytest
from django.db import transaction

from cases import rules
from cases.models import MissingEpisode, PreventionInterview
from cases.rules import EPISODE_TRANSITIONS, EpisodeState, episode_state
from cases.services import closing, reports, returns
from missingchildren.agencies.models import Role
from missingchildren.core.verdicts import Refused
from tests.partnership import Partnership, act_now, member

T = datetime(2026, 3, 6, 22, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_every_state_stands_in_the_table_and_can_be_reached() -> None:
    assert set(EPISODE_TRANSITIONS) == set(EpisodeState)
    reached = {EpisodeState.REPORTED}
    for _ in EpisodeState:
        reached |= {after for state in reached for after in EPISODE_TRANSITIONS[state]}
    assert reached == set(EpisodeState)
    assert all(state not in after for state, after in EPISODE_TRANSITIONS.items())


def test_every_set_of_times_has_just_one_state() -> None:
    """And adding one time leads only where the table allows."""
    names = ("accepted_at", "located_at", "returned_at", "closed_at", "withdrawn_at")
    for given in product((None, T), repeat=len(names)):
        times = dict(zip(names, given, strict=True))
        state = episode_state(**times)
        assert state in EpisodeState
        if times["withdrawn_at"]:
            assert state == EpisodeState.WITHDRAWN
    chain: tuple[dict[str, datetime], ...] = (
        {},
        {"accepted_at": T},
        {"located_at": T},
        {"returned_at": T},
        {"closed_at": T},
    )
    so_far: dict[str, datetime | None] = dict.fromkeys(names)
    states = []
    for step in chain:
        so_far |= step
        states.append(episode_state(**so_far))
    assert states == [
        EpisodeState.REPORTED, EpisodeState.MISSING, EpisodeState.LOCATED, EpisodeState.RETURNED,
        EpisodeState.CLOSED,
    ]  # fmt: skip
    assert all(after in EPISODE_TRANSITIONS[before] for before, after in pairwise(states))


# --- times


TIMES = {
    "located to come": (rules.location_time(started_at=T, located_at=T + 2 * HOUR, now=T + HOUR), "must be in the past"),
    "located before last seen": (rules.location_time(started_at=T, located_at=T - HOUR, now=T + HOUR), "after the child was last seen"),
    "located when last seen": (rules.location_time(started_at=T, located_at=T, now=T + HOUR), ""),
    "back to come": (rules.return_time(started_at=T, located_at=None, returned_at=T + 2 * HOUR, now=T + HOUR), "must be in the past"),
    "back before missing": (rules.return_time(started_at=T, located_at=None, returned_at=T - HOUR, now=T + HOUR), "after the time the child went missing"),
    "back before located": (rules.return_time(started_at=T, located_at=T + 2 * HOUR, returned_at=T + HOUR, now=T + 3 * HOUR), "after the time the child was located"),
    "back when located": (rules.return_time(started_at=T, located_at=T + HOUR, returned_at=T + HOUR, now=T + 3 * HOUR), ""),
    "talk to come": (rules.prevention_interview_time(is_held=True, held_at=T + 2 * HOUR, located_at=T, now=T + HOUR), "must be in the past"),
    "talk before located": (rules.prevention_interview_time(is_held=True, held_at=T - HOUR, located_at=T, now=T + HOUR), "after the child was located"),
    "talk without a time": (rules.prevention_interview_time(is_held=True, held_at=None, located_at=T, now=T + HOUR), "Enter the time"),
    "no talk": (rules.prevention_interview_time(is_held=False, held_at=None, located_at=T, now=T), ""),
    "more time, past": (rules.extension(due_at=T - HOUR, new_due_at=T, reason="They are away.", now=T), "must be in the future"),
    "more time, not later": (rules.extension(due_at=T + HOUR, new_due_at=T + HOUR, reason="They are away.", now=T), "after the old one"),
    "more time, a slip": (rules.extension(due_at=T, new_due_at=T.replace(year=2099), reason="They are away.", now=T), "within a year"),
    "more time, no reason": (rules.extension(due_at=T, new_due_at=T + HOUR, reason="busy", now=T), "in a sentence"),
    "more time": (rules.extension(due_at=T, new_due_at=T + HOUR, reason="They are away.", now=T), ""),
    "asked 59 minutes ago": (rules.chasing(chased_at=T, now=T + timedelta(minutes=59)), "less than an hour"),
    "asked an hour ago": (rules.chasing(chased_at=T, now=T + HOUR), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", TIMES)
def test_impossible_times_are_refused_in_a_sentence(name: str) -> None:
    verdict, words = TIMES[name]

    assert verdict.allowed == (not words)
    assert words in verdict.reason


def test_the_clock_of_the_interview_runs_in_real_hours() -> None:
    """TIME-01, TIME-02: 24 hours from the evening before the clocks change."""
    spring = datetime(2027, 3, 27, 20, 0, tzinfo=UTC)
    autumn = datetime(2027, 10, 30, 19, 0, tzinfo=UTC)  # 8pm BST

    for located_at in (spring, autumn):
        due_at = rules.prevention_interview_due_at(located_at=located_at, hours=24)
        assert due_at - located_at == timedelta(hours=24)


def test_something_is_overdue_from_its_very_instant() -> None:
    """TIME-05: minute by minute over both week-ends at which the clocks change."""
    for due_at in (
        datetime(2027, 3, 28, 1, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 0, tzinfo=UTC),
    ):
        start = due_at - timedelta(days=1)
        seen = [
            rules.is_overdue(due_at=due_at, now=start + timedelta(minutes=minute))
            for minute in range(2 * 24 * 60)
        ]
        turned = [minute for minute, (was, is_) in enumerate(pairwise(seen), start=1) if was != is_]
        assert turned == [24 * 60]


# --- what acts do


def _acts(world: Partnership, episode: MissingEpisode) -> dict[str, Callable[[], object]]:
    """Return every act on an episode, by the person whose it is."""
    act = act_now(world.joan)
    boss = act_now(member(world.kent_police, Role.MANAGER, unit=world.desk))
    at = act.now - timedelta(minutes=5)
    reference = episode.reference
    return {
        "accept": lambda: reports.accept_report(
            episode_reference=reference, police_reference="KP-1", version=None, act=act
        ),
        "locate": lambda: returns.record_located(
            episode_reference=reference, located_at=at, version=None, token=None, act=act,
            not_home_because=MissingEpisode.NotHome.HOSPITAL,
        ),
        "interview": lambda: returns.record_prevention_interview(
            episode_reference=reference, how=PreventionInterview.How.NOT_HELD, held_at=None,
            text="She was asleep.", token=None, act=act,
        ),
        "return": lambda: returns.record_return(
            episode_reference=reference, returned_at=at, version=None, act=act
        ),
        "close": lambda: closing.close_episode(
            episode_reference=reference, reason="She has moved away.", version=None, token=uuid4(),
            act=boss,
        ),
    }  # fmt: skip


STEPS = ("accept", "locate", "return", "close")
# Every order of up to four different acts, and what comes twice.
WAYS = [
    *(way for length in range(1, 5) for way in permutations(STEPS, length)),
    *((step, step) for step in (*STEPS, "interview")),
    ("locate", "interview", "return", "close", "interview"),
]


@pytest.mark.django_db
def test_no_order_of_acts_leads_outside_the_table(world: Partnership) -> None:
    """Each act is refused, or leads to a state that the table names; a refused one changes nothing."""
    report = world.report()
    done = set()
    for way in WAYS:
        with transaction.atomic():
            acts = _acts(world, report.episode)
            state = EpisodeState.REPORTED
            for step in way:
                with suppress(Refused):
                    acts[step]()
                after = MissingEpisode.objects.get(pk=report.episode.pk).state
                assert after == state or after in EPISODE_TRANSITIONS[state], (way, step)
                done.add((state, after))
                state = after
            transaction.set_rollback(True)
    made = {pair for pair in done if pair[0] != pair[1]}
    without_service = {
        (before, EpisodeState.WITHDRAWN)
        for before, after in EPISODE_TRANSITIONS.items()
        if EpisodeState.WITHDRAWN in after
    }
    assert (
        made
        == {(before, after) for before, afters in EPISODE_TRANSITIONS.items() for after in afters}
        - without_service
    )
