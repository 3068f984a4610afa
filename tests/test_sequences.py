"""Whatever anybody does in whatever order, in all four apps: nothing illegal, nothing owed by nobody, nothing shown astray."""

import os
from collections import Counter
from collections.abc import Callable
from random import Random

import hypothesis
import pytest
from django.db import transaction
from hypothesis import strategies

from cases.models import Grant
from missingchildren.core.verdicts import Refused
from returninterviews import queries as interview_queries
from returninterviews.services.reclaiming import reclaim
from tests.sequences import acts_cases, acts_interviews, acts_placements, acts_risk  # noqa: F401
from tests.sequences.owing import agencies_that_open, clocks_run, parts_are_as_the_facts_say
from tests.sequences.playing import DOINGS, FLAWS, LAST_DAY, PASSING, Play
from tests.sequences.seeing import closed_to, lists_agree, pages_open
from tests.sequences.states import (
    lapsed_as_time_does,
    moved_as_the_tables_say,
    rows_of_history,
    states,
)
from tests.sequences.wanting import MIDDLES, wanted

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SEQUENCES = 500 if os.environ.get("FULL") else 12
STEPS = 18


class Sequences:
    """Every sequence of a run, and how often each kind of act was taken and refused in them."""

    def __init__(self) -> None:
        self.taken: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.moves: set[tuple[object, object]] = set()

    def begin(self, happened: tuple[str, ...]) -> Play:
        """Return a play in which all this has happened, each by whoever usually does it."""
        play = Play()
        for number, what in enumerate(happened):
            for attempt in range(60):
                play.chance = Random(1000 * number + attempt)
                play.later(minutes=1)
                if self._try(play, what, ""):
                    break
            else:
                raise AssertionError(f"{what} was always refused")
        return play

    def play(self, play: Play, seed: int) -> None:
        """Take some steps at random, and check after each what must always hold."""
        play.chance = Random(seed)
        before = states(play)
        for _ in range(STEPS):
            before = self._step(play, before)
        lists_agree(play)

    def _step(self, play: Play, before: dict[str, object]) -> dict[str, object]:
        chance = play.chance
        play.later(minutes=chance.choice(PASSING) if play.today < LAST_DAY else 1)
        self._do_what_tasks_do(play)
        lapsed = states(play)
        lapsed_as_time_does(before, lapsed)
        what = chance.choice(sorted(DOINGS) if chance.random() < 0.25 else wanted(lapsed))
        who = chance.choice(sorted(play.people)) if chance.random() < 0.15 else ""
        play.flaw = chance.choice(FLAWS)
        hypothesis.note(f"{play.now:%d %b %H:%M} {what} {who} {play.flaw}")
        closed = {each.agency_id for each in play.people.values()} - agencies_that_open(play)
        left = closed_to(play, closed)
        history = rows_of_history()
        is_taken = self._try(play, what, who)
        after = states(play)
        if not is_taken:
            assert after == lapsed, "a refusal changes nothing"
            assert rows_of_history() == history, "a refusal changes nothing"
            return after
        moved_as_the_tables_say(lapsed, after, what)
        self.moves |= {(lapsed.get(key), state) for key, state in after.items()}
        clocks_run(play, after)
        parts_are_as_the_facts_say(play)
        still_closed = closed - agencies_that_open(play)
        for person, received in closed_to(play, still_closed).items():
            assert received == left[person], "an agency without a part was told something new"
        return after

    def _try(self, play: Play, what: str, who: str) -> bool:
        """Do something; whatever is not done must say so in the words of the domain."""
        person = play.person(who) if who else None
        try:
            with play.at_this_time():
                DOINGS[what].does(play, person)
        except Refused as refusal:
            assert refusal.reason
            self.refused[what] += 1
            return False
        self.taken[what] += 1
        return True

    def _do_what_tasks_do(self, play: Play) -> None:
        """Do what beat starts every few minutes."""
        for reference in interview_queries.children_with_orphans(play.now):
            reclaim(child_reference=reference, act=play.nobodys_act())


def test_no_sequence_leads_astray() -> None:
    """CON-06, CON-08: 500 sequences over all four apps with FULL=1; every kind of act is done and refused."""
    sequences = Sequences()
    for number, (name, happened) in enumerate(MIDDLES.items()):
        with transaction.atomic():
            play = sequences.begin(happened)
            began = play.now
            share = [*range(number, SEQUENCES, len(MIDDLES))]

            def run(seed: int) -> None:
                with transaction.atomic():
                    play.now = began
                    hypothesis.note(name)
                    sequences.play(play, seed)
                    transaction.set_rollback(True)

            if share:
                _given(run, examples=len(share))
            transaction.set_rollback(True)
    print(sequences.taken, sequences.refused)


def _given(run: Callable[[int], None], *, examples: int) -> None:
    """Let hypothesis drive so many sequences."""
    settings = hypothesis.settings(
        max_examples=examples,
        suppress_health_check=list(hypothesis.HealthCheck),
        phases=[hypothesis.Phase.generate],
    )
    settings(hypothesis.given(seed=strategies.integers(0, 2**32))(run))()
