"""Random sequences of acts on flags, over many months and two forces: no illegal state, nobody left with a clock they cannot see."""

import os
from datetime import timedelta
from random import Random
from typing import Any

import hypothesis
import pytest
from django.db import transaction
from hypothesis import strategies

from cases import events
from cases.access import view_of
from cases.models import Child, Deadline, Grant
from cases.rules import Aspect, Part
from cases.services import sharing
from missingchildren.agencies.models import Membership, Role
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import NotFound, Refused
from risk import queries, rules
from risk.models import Flag
from risk.rules import (
    FLAG_LAPSES,
    FLAG_TRANSITIONS,
    IN_FORCE,
    OVER,
    FlagAct,
    FlagClock,
    FlagOutcome,
    FlagState,
)
from tests.factories import LONG_AGO
from tests.partnership import Partnership, member
from tests.risk.flagging import OWES, Flagging

pytestmark = pytest.mark.django_db

# The database's own time must not be reached: it judges whether a part holds.
LAST_YEAR = 2026
SETTINGS = hypothesis.settings(
    max_examples=500 if os.environ.get("FULL") else 25,
    suppress_health_check=list(hypothesis.HealthCheck),
    phases=[hypothesis.Phase.generate],
)
PEOPLE = ("ruth", "colin", "marcus", "joan", "helen", "tom", "nisha", "beth")
ACTS = ("ask", "make", "decide", "disagree", "enter", "review", "end", "take_off")
STEPS = 18


def steps_of(random: Random) -> list[tuple[str, str, int, int, int]]:
    """Return a sequence in which each answer is as likely as the next.

    "" is what can be done with the flag as it stands, and whoever may do it: most get far.
    """
    return [
        (
            random.choice((*[""] * 12, *ACTS, "move", "wait")),
            random.choice(("", "", "", "", *PEOPLE)),
            random.randrange(12),
            random.randrange(3),
            random.choice((0, 0, 1, 60, 200)),
        )
        for _ in range(STEPS)
    ]


class Play:
    """One sequence: acts by anybody, at any time, on any flag of Ava's; refusals are answers too."""

    def __init__(self) -> None:
        world = Partnership()
        people = Flagging(world)
        people.beth, people.nisha = world.beth, world.nisha  # type: ignore[attr-defined]
        people.helen = member(world.west_midlands, Role.CONTROL_ROOM)  # type: ignore[attr-defined]
        # Everything began long ago, so that what is done now lies in the database's past.
        Grant.objects.update(starts_at=LONG_AGO)
        people.now = LONG_AGO + timedelta(days=30)
        people.give_part(world.kent_police, Part.HOST_FORCE)
        people.give_part(world.kent_council, Part.HOST_COUNCIL)
        self.people, self.world = people, world

    def states(self) -> dict[int, FlagState]:
        return {
            flag.pk: rules.flag_state(flag.standing, today=self.people.today)
            for flag in Flag.objects.all()
        }

    def step(self, what: str, who: str, number: int, outcome: int, days: int) -> None:
        """Let time pass, then try one act, and check what it left."""
        before = self.states()
        is_late = self.people.now.year >= LAST_YEAR
        self.people.later(days=0 if is_late else days, minutes=1)
        lapsed = self.states()
        for key, state in lapsed.items():
            assert _lapses_to(before[key], state), (before[key], state)
        what = what or self._possible(number)
        if what == "move":
            self._move(number)
        elif what != "wait":
            try:
                self._act(what, who, number, outcome)
            except Refused:
                assert self.states() == lapsed, "a refusal changes nothing"
        for key, state in self.states().items():
            if key not in lapsed:
                assert state in {FlagState.REQUESTED, FlagState.ACCEPTED}
            elif state != lapsed[key]:
                assert state in FLAG_TRANSITIONS[lapsed[key]], (what, lapsed[key], state)

    def _act(self, what: str, who: str, number: int, outcome: int) -> None:
        people = self.people
        forces = (self.world.kent_police, self.world.west_midlands)
        flags = list(Flag.objects.order_by("-pk")[:3])
        flag = flags[number // 6 % len(flags)] if flags else Flag(reference="FL-0000-0000-0")
        person: Membership = getattr(people, who or self._usual(what, flag, number))
        if what == "ask":
            people.ask(by=person, force=forces[number % 2])
        elif what == "make":
            people.make(by=person)
        else:
            choices: dict[str, Any] = {"decide": rules.ON_REQUEST, "review": rules.ON_REVIEW}
            decided = [choices[what][outcome]] if what in choices else []
            getattr(people, what)(flag, *decided, by=person)

    def _possible(self, number: int) -> str:
        """Return something that can be done with the latest flag, if there is one."""
        flag = Flag.objects.order_by("-pk").first()
        if flag is None:
            return ("ask", "make")[number % 2]
        possible = [
            what.name.lower()
            for what in FlagAct
            if rules.flag_act(what, flag.standing, today=self.people.today)
        ]
        return (possible or ["ask", "move"])[number % len(possible or "ab")]

    def _usual(self, what: str, flag: Flag, number: int) -> str:
        if what == "ask" or (what == "end" and not flag.outcome):
            return "ruth"
        if what == "disagree":
            return "colin"
        if what == "make":
            return ("marcus", "tom")[number % 2]
        return "tom" if flag.force_id == self.world.west_midlands.pk else "marcus"

    def _move(self, number: int) -> None:
        force = (self.world.kent_police, self.world.west_midlands, None)[number % 3]
        child = Child.objects.select_for_update().get(pk=self.people.ava.pk)
        Grant.objects.filter(child=child, part=Part.HOST_FORCE, source="").update(
            ended_at=self.people.now
        )
        sharing.recompute(child=child, act=self.people.act(self.people.colin))
        if force:
            self.people.give_part(force, Part.HOST_FORCE)
        events.child_placed.send(
            sender=Child, child=child, starts_at=self.people.now, force=force, council=None,
            act=self.people.act(self.people.colin),
        )  # fmt: skip

    def check(self) -> None:
        """Every open flag owes something, to somebody of its force who can see it; nothing else does."""
        running = list(
            Deadline.objects.running().filter(kind__startswith="risk.flag").select_related("agency")
        )
        deciders = {
            self.world.kent_police.pk: self.people.marcus,
            self.world.west_midlands.pk: self.people.tom,
        }
        states = {flag.reference: flag for flag in Flag.objects.all()}
        for deadline in running:
            flag = states[deadline.reference]
            state = rules.flag_state(flag.standing, today=self.people.today)
            assert state not in OVER, (deadline.kind, state)
            assert deadline.agency_id == flag.force_id
            act = self.people.act(deciders[deadline.agency_id])
            assert view_of(act=act, reference=self.people.ava.reference).sees(Aspect.FLAG)
        for reference, flag in states.items():
            state = rules.flag_state(flag.standing, today=self.people.today)
            owed = {each.kind for each in running if each.reference == reference}
            if state in OWES:
                assert OWES[state] in owed, (state, owed)
            else:
                assert not owed, (state, owed)
            if flag.standing.is_disputed and state in IN_FORCE:
                assert FlagClock.DECIDE in owed
            if flag.changed_at and state in IN_FORCE:
                assert FlagClock.ENTER in owed
        for force in deciders:
            held = Flag.objects.filter(force=force).waiting_or_in_force(self.people.today)
            assert held.count() <= 1, "one force, one flag"
        self._lists_agree()

    def _lists_agree(self) -> None:
        """AZ-30: the lists hold what the single checks open, for everybody."""
        for name in PEOPLE:
            act = self.people.act(getattr(self.people, name))
            try:
                sees = view_of(act=act, reference=self.people.ava.reference).sees(Aspect.FLAG)
            except NotFound:
                sees = False
            listed = {
                shown.flag.pk
                for box in queries.FLAG_BOXES
                for shown in queries.flags_page(act, box=box).rows
            }
            own = Flag.objects.filter(force=act.own_agency) | Flag.objects.filter(
                council=act.own_agency
            )
            expected = {
                flag.pk
                for flag in own
                if rules.flag_state(flag.standing, today=london_day(act.now)) in IN_FORCE | OVER
                or Flag.objects.to_do(london_day(act.now)).filter(pk=flag.pk).exists()
            }
            assert listed == (expected if sees else set()), name


def _lapses_to(before: FlagState, after: FlagState) -> bool:
    """Return whether time alone leads from one state to another, perhaps over a third."""
    reached, frontier = {before}, {before}
    while frontier:
        frontier = {to for state in frontier for to in FLAG_LAPSES.get(state, ())} - reached
        reached |= frontier
    return after in reached


def test_no_sequence_leads_astray() -> None:
    """Whatever is tried by whom and when; together the sequences go through every state."""
    reached: set[FlagState] = set()

    def run(random: Random) -> None:
        with transaction.atomic():
            play = Play()
            for step in steps_of(random):
                play.step(*step)
                reached.update(play.states().values())
            play.check()
            transaction.set_rollback(True)

    SETTINGS(hypothesis.given(strategies.randoms(use_true_random=True))(run))()
    assert reached == set(FlagState), set(FlagState) - reached


def test_the_sequences_reach_every_state() -> None:
    """The play that hypothesis drives can do all of it: a fixed sequence goes through every state."""
    play = Play()
    seen: set[FlagState] = set()
    accepted, amended, declined = range(3)
    for step in (
        ("ask", "ruth", 0, 0, 1), ("decide", "marcus", 0, declined, 1), ("disagree", "colin", 0, 0, 0),
        ("decide", "marcus", 0, amended, 0), ("enter", "joan", 0, 0, 0), ("wait", "joan", 0, 0, 100),
        ("review", "marcus", 0, accepted, 0), ("enter", "joan", 0, 0, 0), ("move", "ruth", 1, 0, 1),
        ("wait", "joan", 0, 0, 200), ("wait", "joan", 0, 0, 200), ("end", "marcus", 6, 0, 0),
        ("take_off", "joan", 6, 0, 0), ("end", "colin", 0, 0, 0),
    ):  # fmt: skip
        play.step(*step)
        play.check()
        seen |= set(play.states().values())
    assert seen == set(FlagState), set(FlagState) - seen
    assert FlagOutcome.AMENDED in Flag.objects.values_list("outcome", flat=True)
