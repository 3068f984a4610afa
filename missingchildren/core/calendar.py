"""The calendar: working days of the four nations, and clocks that run in real hours."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache

import holidays

from missingchildren.core.clock import LONDON, elapsed, london_day

__all__ = ["Nation", "add_working_days", "elapsed", "is_working_day"]

LAST_SECOND = time(23, 59, 59)
SATURDAY = 5


class Nation(StrEnum):
    """A nation of the United Kingdom, each with its own law and its own bank holidays."""

    ENGLAND = "England"
    WALES = "Wales"
    SCOTLAND = "Scotland"
    NORTHERN_IRELAND = "Northern Ireland"


SUBDIVISIONS = {
    Nation.ENGLAND: "ENG",
    Nation.WALES: "WLS",
    Nation.SCOTLAND: "SCT",
    Nation.NORTHERN_IRELAND: "NIR",
}


def is_working_day(day: date, nation: Nation) -> bool:
    """Return whether `day` is neither a weekend nor a bank holiday in `nation`."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year, nation)


def add_working_days(instant: datetime, days: int, nation: Nation) -> datetime:
    """Return the end of the last of `days` working days after the day of `instant` (aware).

    The day on which it happens is not counted, whether it is a working day or not; the first
    working day after it is day one. The end is the last whole second of the day in London
    (23:59:59), returned as a UTC instant: a page that shows it names the right day.
    """
    if days < 1:
        raise ValueError("a number of working days must be at least one")
    day = london_day(instant)
    while days:
        day += timedelta(days=1)
        days -= is_working_day(day, nation)
    return datetime.combine(day, LAST_SECOND, tzinfo=LONDON).astimezone(UTC)


@lru_cache(maxsize=256)
def bank_holidays(year: int, nation: Nation) -> frozenset[date]:
    """Return the bank holidays of `year` in `nation`, as the holidays package knows them."""
    return frozenset(holidays.country_holidays("GB", subdiv=SUBDIVISIONS[nation], years=year))
