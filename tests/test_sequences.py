"""Whatever anybody does in whatever order, in all four apps: nothing illegal, nothing owed by nobody, nothing shown astray."""

import os
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from random import Random

import hypothesis
import pytest
from django.db import transaction
from hypothesis import strategies

from cases import queries
from cases.models import Grant
from cases.rules import EpisodeState
from cases.services import sharing
from missingchildren.core.verdicts import Refused
from placements.models import PlacementNotification
from returninterviews import queries as interview_queries
from returninterviews.rules import InterviewState
from returninterviews.services.reclaiming import reclaim
from risk.rules import AskState, RoundState
from tests.sequences import acts_cases, acts_interviews, acts_placements, acts_risk  # noqa: F401
from tests.sequences.owing import (
    agencies_that_open,
    clocks_run,
    every_agency,
    parts_are_as_the_facts_say,
)
from tests.sequences.playing import DOINGS, FLAWS, LAST_DAY, PASSING, Play
from tests.sequences.seeing import lists_agree, pages_open, told_so_far
from tests.sequences.states import (
    TABLES,
    lapsed_as_time_does,
    moved_as_the_tables_say,
    moved_by_time,
    rows_of_history,
    states,
    written_once,
)
from tests.sequences.story import STORIES
from tests.sequences.wanting import MIDDLES, wanted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

MANY = 500
SEQUENCES = MANY if os.environ.get("FULL") else 12
STEPS = 16
PAGES_EVERY = 5  # of so many sequences, one ends with a look at the pages
# What no act leads to here: a report is not withdrawn by any service, and a part comes with its question.
# In a tuple: the two that are withdrawn are one word, and so one member of a set.
NOT_REACHED = (
    EpisodeState.WITHDRAWN, RoundState.WITHDRAWN, AskState.NOT_ASKED, InterviewState.UNSETTLED,
)  # fmt: skip
LOOKERS = 2  # whose lists are looked at after a sequence


class Sequences:
    """Every sequence of a run, and how often each kind of act was taken and refused in them."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.moves: set[tuple[type, object, object]] = set()
        self.failures: list[str] = []
        self.story: list[str] = []
        self.played, self.why = 0, ""

    def begin(self, happened: tuple[str, ...]) -> Play:
        """Return a play in which all this has happened, each by whoever usually does it."""
        play = Play()
        for what in happened:
            self.do_until(play, what, lambda: True)
        return play

    def do_until(self, play: Play, what: str, comes_of_it: Callable[[], bool]) -> None:
        """Do something as whoever usually does, in one way after the other until it comes of it."""
        for attempt in range(90):
            play.chance = Random(f"{what} {attempt}")
            play.later(minutes=1)
            with transaction.atomic():
                if self.try_(play, what, "") and comes_of_it():
                    return
                transaction.set_rollback(True)
        raise AssertionError(f"{what} was always refused: {self.why}")

    def play(self, play: Play, seed: str) -> None:
        """Take some steps at random, and check after each what must always hold."""
        play.chance, self.story = Random(seed), []
        self.now = states(play)
        self.history, self.told = rows_of_history(), told_so_far()
        for _ in range(STEPS):
            self._step(play)
        written_once()
        lists_agree(play, play.chance.sample(sorted(play.people), LOOKERS))

    def _step(self, play: Play) -> None:
        """Let time pass, do one thing, and check what it left."""
        chance, before = play.chance, play.now
        play.later(minutes=chance.choice(PASSING) if play.today < LAST_DAY else 1)
        if Grant.objects.filter(ends_at__gt=before, ends_at__lte=play.now).exists():
            self._do_what_tasks_do(play)
        lapsed = self.now | moved_by_time(play)
        lapsed_as_time_does(self.now, lapsed)
        what = chance.choice(sorted(DOINGS)) if chance.random() < 0.25 else wanted(lapsed, chance)
        who = chance.choice(sorted(play.people)) if chance.random() < 0.15 else ""
        play.flaw = chance.choice(FLAWS)
        self.story.append(f"{play.now:%d %b %H:%M} {what} {who} {play.flaw}")
        closed = every_agency(play) - agencies_that_open(play)
        if not self.try_(play, what, who):
            self.now = lapsed
            assert rows_of_history() == self.history, "a refusal changes nothing"
            return
        self.now = states(play)
        moved_as_the_tables_say(lapsed, self.now, what)
        self.moves |= {(type(now), lapsed.get(key), now) for key, now in self.now.items()}
        clocks_run(play, self.now)
        parts_are_as_the_facts_say(play)
        told = told_so_far()
        told_by_notice = PlacementNotification.objects.filter(sent_at=play.now)
        closed -= agencies_that_open(play) | set(told_by_notice.values_list("agency_id", flat=True))
        new = {row[0] for row in told - self.told} & closed
        assert not new, "an agency without a part was told something new"
        self.history, self.told = rows_of_history(), told

    def try_(self, play: Play, what: str, who: str) -> bool:
        """Do something; whatever is not done must say so in the words of the domain."""
        person = play.person(who) if who else None
        try:
            with play.at_this_time():
                DOINGS[what].does(play, person)
        except Refused as refusal:
            self.why = repr(refusal)
            self.refused[what] += 1
            return False
        self.taken[what] += 1
        return True

    def _do_what_tasks_do(self, play: Play) -> None:
        """Do what beat starts every few minutes."""
        for reference in interview_queries.children_with_orphans(play.now):
            reclaim(child_reference=reference, act=play.nobodys_act())
        for reference in queries.children_with_unseen_clocks(play.now, but=sharing.passed_on()):
            sharing.close_ended_parts(child_reference=reference, act=play.nobodys_act())
        self.history, self.told = rows_of_history(), told_so_far()


def test_every_kind_of_act_is_done_and_refused() -> None:
    """What is played with is no empty play: each act succeeds in its place, and for a stranger never."""
    sequences = Sequences()
    for story in STORIES:
        with transaction.atomic():
            play = Play()
            for what, comes_of_it in story:
                sequences.do_until(play, what, comes_of_it)
            clocks_run(play, states(play))
            transaction.set_rollback(True)
    assert set(sequences.taken) == set(DOINGS)

    sequences = Sequences()
    play = sequences.begin(MIDDLES["heard and missing again"])
    before, history = sequences.taken.copy(), rows_of_history()
    for what in DOINGS:
        sequences.try_(play, what, "stranger")
    assert sequences.taken == before
    assert rows_of_history() == history


def test_no_sequence_leads_astray() -> None:
    """CON-06, CON-08: 500 sequences with FULL=1, over all four apps, by anybody at any time."""
    sequences = Sequences()
    for number, (name, happened) in enumerate(MIDDLES.items()):
        with transaction.atomic():
            play = sequences.begin(happened)
            _drive(sequences, play, len(range(number, SEQUENCES, len(MIDDLES))), name)
            transaction.set_rollback(True)
    sys.stdout.write(f"{sequences.played} sequences: {sequences.taken}, {sequences.refused}\n")
    assert not sequences.failures, "\n\n".join(sequences.failures)
    assert sequences.played == SEQUENCES
    assert sequences.taken.total() > SEQUENCES * STEPS / 4
    assert sequences.refused.total() > SEQUENCES * STEPS / 4
    assert len(sequences.taken) > len(DOINGS) / 2
    if SEQUENCES >= MANY:
        _went_everywhere(sequences)


def _went_everywhere(sequences: Sequences) -> None:
    """Check that together the sequences did every act, and reached every state that acts lead to."""
    assert set(DOINGS) - set(sequences.taken) <= {"ask others"}, "which the story does"
    assert set(DOINGS) == set(sequences.refused)
    reached = {(states, after) for states, _, after in sequences.moves}
    everything = {(states, state) for states in TABLES for state in states}
    missed = everything - reached
    steps = {
        (states, before, after)
        for states, table in TABLES.items()
        for before, led_to in table.items()
        for after in led_to
    }
    sys.stdout.write(f"not reached: {missed}\nnever made: {steps - sequences.moves}\n")
    assert missed == {(type(state), state) for state in NOT_REACHED}


def _drive(sequences: Sequences, play: Play, examples: int, name: str) -> None:
    """Let hypothesis drive so many sequences from one beginning."""
    began = play.now

    def run(seed: int) -> None:
        with transaction.atomic():
            play.now = began
            try:
                sequences.play(play, f"{name}, {seed}")
                sequences.played += 1
                if sequences.played % PAGES_EVERY == 0:
                    with play.at_this_time():
                        pages_open(
                            play, play.person(play.chance.choice(sorted(play.people))), most=5
                        )
            except Exception as failure:  # the others are played all the same
                where = traceback.format_tb(failure.__traceback__)[-2:]
                story = [f"{name}, {seed}", *sequences.story, *where, repr(failure)]
                sequences.failures.append("\n".join(story))
            finally:
                transaction.set_rollback(True)

    settings = hypothesis.settings(
        max_examples=examples,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    settings(hypothesis.given(seed=strategies.integers(0, 2**32))(run))()
