"""One child, everybody around her, and a time that only goes forward: what every act is done with."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from random import Random
from typing import Any, TypeVar
from unittest import mock

from django.db.models import DateTimeField, Model, QuerySet, Value

from cases.models import Child, Grant
from missingchildren.agencies import backend
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind, Membership, Role
from missingchildren.audit.acts import Channel
from missingchildren.core.clock import london_day
from missingchildren.core.prepared import Prepared
from tests.factories import act_for
from tests.partnership import Partnership, agency, member

Row = TypeVar("Row", bound=Model)
MEMBERSHIPS = backend._memberships

# All of it lies in the database's past, whose own time judges which parts have begun. A Monday,
# two weeks before the clocks go forward and five before Easter.
START = datetime(2025, 3, 17, 9, 0, tzinfo=UTC)
LAST_DAY = date(2025, 12, 1)
# How much time passes before an act, in minutes: mostly little, sometimes over a deadline.
PASSING = (1, 1, 1, 2, 5, 20, 45, 90, 8 * 60, 25 * 60, 3 * 24 * 60, 8 * 24 * 60, 30 * 24 * 60)
SENTENCE = "Because this is what helps her now."
NOBODY = "XX-0000-0000-0"
# What can be wrong with an act beside who does it and when: nothing, mostly.
FLAWS = ("", "", "", "", "", "", "", "stale", "blank", "to come")


class Play:
    """One sequence: who acts, at what time, and what is wrong with what they say."""

    def __init__(self) -> None:
        self.now = START
        self.chance = Random(0)
        self.flaw = ""
        with self.at_this_time():
            self.world = Partnership()
            self._add_people()
            self.ava: Child = self.world.ava
        # Everybody's part began before the first act.
        Grant.objects.update(starts_at=START - timedelta(days=30))

    def _add_people(self) -> None:
        world = self.world
        self.medway = agency("Medway Council", AgencyKind.COUNCIL)
        for name, of, role, unit in (
            ("marcus", world.kent_police, Role.SUPERVISOR, world.desk),
            ("mona", world.kent_police, Role.MANAGER, world.desk),
            ("colin", world.birmingham, Role.MANAGER, world.team),
            ("samira", world.birmingham, Role.NOMINATED_OFFICER, world.team),
            ("holt", world.birmingham, Role.DIRECTOR, None),
            ("bill", world.kent_council, Role.MANAGER, None),
            ("mel", self.medway, Role.PRACTITIONER, None),
            ("hana", world.home, Role.MANAGER, None),
            ("carl", world.charity, Role.MANAGER, None),
        ):
            setattr(world, name, member(of, role, unit=unit, name=name.capitalize()))
        # It is closed at night and at week-ends: a question to it waits.
        world.school.always_open = False
        world.school.opens_at, world.school.closes_at = time_of_day(8), time_of_day(17)
        world.school.opening_days = [0, 1, 2, 3, 4]
        world.school.save()

    @property
    def people(self) -> dict[str, Membership]:
        """Return everybody by name."""
        return {
            name: found for name, found in vars(self.world).items() if isinstance(found, Membership)
        }

    def person(self, name: str) -> Membership:
        """Return one of them."""
        found: Membership = getattr(self.world, name)
        return found

    def time(self) -> datetime:
        """Return the time of the sequence."""
        return self.now

    def time_in_queries(self) -> Value:
        """Return it for use inside a query."""
        return Value(self.now, output_field=DateTimeField())

    def memberships_then(self, user: int) -> list[Any]:
        """Return what a person may act for at this time, by a query in which this time stands."""
        return Prepared(MEMBERSHIPS.build)(user=user)

    @contextmanager
    def at_this_time(self) -> Iterator[None]:
        """Let the tests' own helpers, and whoever opens a page, act at the time of the sequence."""
        patches: list[Any] = [
            mock.patch(f"tests.{module}.database_now", self.time)
            for module in ("factories", "partnership", "returninterviews.recommended")
        ]
        patches += [
            mock.patch("missingchildren.agencies.acts.TransactionNow", self.time_in_queries),
            mock.patch.object(backend, "_memberships", self.memberships_then),
        ]
        for patch in patches:
            patch.start()
        try:
            yield
        finally:
            for patch in patches:
                patch.stop()

    # --- time

    @property
    def today(self) -> date:
        """Return the day in London."""
        return london_day(self.now)

    def later(self, **span: float) -> None:
        """Let time pass."""
        self.now += timedelta(**span)

    def ago(self, minutes: float = 0) -> datetime:
        """Return a time that is over, or, where that is the flaw, one to come."""
        if self.flaw == "to come":
            return self.now + timedelta(days=1)
        return self.now - timedelta(minutes=minutes)

    # --- acts

    def act(self, who: Membership) -> Act:
        """Return an act of a person now."""
        return act_for(who, now=self.now)

    def nobodys_act(self) -> Act:
        """Return an act of a task."""
        return Act(now=self.now, channel=Channel.TASK)

    @property
    def version(self) -> int | None:
        """Return the version that a page showed: none, or one that nobody has seen."""
        return 999 if self.flaw == "stale" else None

    def words(self, text: str = SENTENCE) -> str:
        """Return what somebody says, or nothing."""
        return "" if self.flaw == "blank" else text

    # --- what is acted on

    def pick(self, found: QuerySet[Row], prefer: Callable[[Row], bool] = bool) -> Row | None:
        """Return one row: mostly one with which something can be done, of those the newest."""
        rows = list(found.order_by("-pk"))
        fitting = [row for row in rows if prefer(row)]
        if fitting and self.chance.random() < 0.85:
            return fitting[0] if self.chance.random() < 0.6 else self.chance.choice(fitting)
        return self.chance.choice(rows) if rows else None

    def agency_of(self, *names: str) -> Agency:
        """Return one of these agencies."""
        found: Agency = getattr(self.world, self.chance.choice(names))
        return found

    def manager_of(self, agency_id: int) -> Membership:
        """Return one who may give time and work at an agency; its first person where nobody may."""
        people = [each for each in self.people.values() if each.agency_id == agency_id]
        leading = [each for each in people if {Role.MANAGER, Role.SUPERVISOR} & set(each.roles)]
        return self.chance.choice(leading) if leading else [*people, self.world.stranger][0]

    def one_of(self, agency_id: int | None) -> Membership:
        """Return somebody of an agency."""
        people = [each for each in self.people.values() if each.agency_id == agency_id]
        return self.chance.choice(people) if people else self.world.stranger


def ref(row: Any) -> str:
    """Return the reference of a row, or one that nothing has."""
    return str(row.reference) if row is not None else NOBODY


Does = Callable[[Play, Membership | None], object]


@dataclass(frozen=True)
class Doing:
    """One kind of act: `does` it, by a given person or by whoever usually does."""

    name: str
    does: Does


DOINGS: dict[str, Doing] = {}


def doing(name: str) -> Callable[[Does], Does]:
    """Add a kind of act."""

    def keep(does: Does) -> Does:
        assert name not in DOINGS
        DOINGS[name] = Doing(name, does)
        return does

    return keep
