"""The clock: London wall-clock times as people say them, and the instants they mean."""

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


class Precision(StrEnum):
    """How exactly a time is known."""

    EXACT = "exact"
    ABOUT = "about"
    HOUR = "hour"
    DAY = "day"


class NoSuchTime(ValueError):
    """A time that the clocks jumped over."""


class HappensTwice(ValueError):
    """A time that came twice that night; a person must say which."""

    def __init__(self, message: str, *, earlier: datetime, later: datetime) -> None:
        """Keep both instants (UTC)."""
        super().__init__(message)
        self.earlier = earlier
        self.later = later


def london_instant(day: date, time: time, *, fold: int | None = None) -> datetime:
    """Return the UTC instant when clocks in the United Kingdom show `time` on `day`.

    `fold` chooses when the hour comes twice: 0 before the clocks go back, 1 after.

    Raises:
        NoSuchTime: the clocks go forward over that time.
        HappensTwice: the time comes twice and `fold` is None.
    """
    wall = datetime.combine(day, time.replace(tzinfo=None))
    earlier = wall.replace(tzinfo=LONDON, fold=0).astimezone(UTC)
    later = wall.replace(tzinfo=LONDON, fold=1).astimezone(UTC)
    if earlier == later:
        return earlier
    if earlier.astimezone(LONDON).replace(tzinfo=None) != wall:
        raise NoSuchTime(
            f"The clocks went forward on {_day(day)}: there was no {_hour(time)}. "
            "Enter a time before 1am or from 2am."
        )
    if fold is None:
        raise HappensTwice(
            f"The clocks went back on {_day(day)}: {_hour(time)} came twice. "
            "Say whether it was before or after they went back.",
            earlier=earlier,
            later=later,
        )
    return later if fold else earlier


def in_london(instant: datetime) -> datetime:
    """Return `instant` (aware) as clocks in the United Kingdom show it."""
    return _aware(instant).astimezone(LONDON)


def london_day(instant: datetime) -> date:
    """Return the day on which `instant` (aware) falls in the United Kingdom."""
    return in_london(instant).date()


def start_of_day(day: date) -> datetime:
    """Return the UTC instant at which `day` begins in the United Kingdom."""
    return london_instant(day, time.min)


def elapsed(instant: datetime, duration: timedelta) -> datetime:
    """Return the UTC instant `duration` of real time after `instant` (aware).

    Adding to a London datetime would move the wall clock: an hour wrong when the clocks change.
    """
    return _aware(instant).astimezone(UTC) + duration


def _aware(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant must be timezone-aware")
    return instant


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _hour(time: time) -> str:
    return f"{time.hour % 12 or 12}:{time:%M}{'am' if time.hour < 12 else 'pm'}"
