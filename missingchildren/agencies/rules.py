"""Rules about agencies and their people: pure functions and tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TypeVar

from missingchildren.core.calendar import Nation, is_working_day
from missingchildren.core.clock import in_london, london_instant
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse

INVITATION_LASTS = timedelta(hours=72)

# Nobody gives a role that ranks above all of their own, nor touches a person who holds one.
RANK = {
    "practitioner": 1,
    "control_room": 1,
    "supervisor": 2,
    "manager": 3,
    "administrator": 3,
    "privacy_officer": 4,
    "nominated_officer": 4,
    "director": 5,
}
MANAGES_PEOPLE = "administrator"
SETTLES_PROTOCOL = frozenset({"manager", "director"})

# Who answers for an agency. Outside its hours a council's emergency duty team does.
# Source: practice.md 1, "Nights and settings": route to the responsible council's EDT; a child
# at home without a worker: front door or EDT.
ANSWERS_WHEN_OPEN = ("duty_desk", "front_door", "edt")
ANSWERS_WHEN_CLOSED = ("duty_desk", "edt", "front_door")

WEEKDAYS = frozenset(range(5))

T = TypeVar("T")


@dataclass(frozen=True)
class Hours:
    """When an agency answers, on London clocks; a weekday that is a bank holiday is closed."""

    always: bool = False
    days: frozenset[int] = WEEKDAYS
    opens: time = time(9)
    closes: time = time(17)


# Where an agency has not said: what an office is likely to keep.
OFFICE_HOURS = Hours()


def is_open(hours: Hours, *, at: datetime, nation: Nation) -> bool:
    """Return whether someone answers at an instant."""
    if hours.always:
        return True
    local = in_london(at)
    return _opens_on(hours, at=local, nation=nation) and hours.opens <= local.time() < hours.closes


def opens_next_at(hours: Hours, *, at: datetime, nation: Nation) -> datetime:
    """Return the instant from which someone answers: `at` itself when open then.

    Looks three weeks ahead, which no run of holidays fills.

    Raises:
        ValueError: it never opens.
    """
    if is_open(hours, at=at, nation=nation):
        return at
    local = in_london(at)
    for day in range(22):
        candidate = local + timedelta(days=day)
        if not _opens_on(hours, at=candidate, nation=nation):
            continue
        opening = london_instant(candidate.date(), hours.opens, fold=0)
        if opening > at:
            return opening
    raise ValueError("These hours never open.")


def _opens_on(hours: Hours, *, at: datetime, nation: Nation) -> bool:
    """Return whether the day of a London time is one of the opening days."""
    if at.weekday() not in hours.days:
        return False
    return at.weekday() not in WEEKDAYS or is_working_day(at.date(), nation)


def on_duty(units: Mapping[str, T], *, is_open: bool) -> T | None:
    """Return which of an agency's units, keyed by kind, takes what is urgent; None: no unit does."""
    order = ANSWERS_WHEN_OPEN if is_open else ANSWERS_WHEN_CLOSED
    return next((units[kind] for kind in order if kind in units), None)


def may_manage(own: Iterable[str], theirs: Iterable[str]) -> Verdict:
    """Decide whether someone with roles `own` may give, change or end the roles `theirs`."""
    own = set(own)
    if MANAGES_PEOPLE not in own:
        return refuse("Only an administrator manages an agency's people.")
    if rank(theirs) > rank(own):
        return refuse("You cannot give or take a role above your own.", "roles")
    return ALLOWED


def rank(roles: Iterable[str]) -> int:
    """Return the highest rank among roles."""
    return max((RANK[role] for role in roles), default=0)


def may_invite(email: str, *, domains: Iterable[str], by_operator: bool) -> Verdict:
    """Decide whether an agency may invite an address.

    Until an agency's domains are known only an operator invites: its first administrator.
    """
    allowed = sorted({domain.lower() for domain in domains})
    if not allowed and not by_operator:
        return refuse("An operator must first say which mail domains are the agency's.", "email")
    if not allowed or email.rpartition("@")[2].lower() in allowed:
        return ALLOWED
    return refuse(f"Enter an address that ends in @{' or @'.join(allowed)}.", "email")
