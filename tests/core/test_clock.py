"""Wall-clock times become the right instants, on the nights when clocks change too."""

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest

from missingchildren.core.clock import (
    HappensTwice,
    NoSuchTime,
    elapsed,
    in_london,
    london_day,
    london_instant,
    start_of_day,
)

SPRING_2026 = date(2026, 3, 29)
AUTUMN_2026 = date(2026, 10, 25)
SPRING_2027 = date(2027, 3, 28)
INTERVIEW = timedelta(hours=72)


@pytest.mark.parametrize(
    ("day", "wall", "instant"),
    [
        (date(2026, 1, 15), time(9, 30), datetime(2026, 1, 15, 9, 30, tzinfo=UTC)),
        (date(2026, 7, 15), time(9, 30), datetime(2026, 7, 15, 8, 30, tzinfo=UTC)),
        (SPRING_2026, time(0, 59), datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        (SPRING_2026, time(2, 0), datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        (AUTUMN_2026, time(0, 59), datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        (AUTUMN_2026, time(2, 0), datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_instant_of_a_wall_clock_time(day: date, wall: time, instant: datetime) -> None:
    assert london_instant(day, wall) == instant


@pytest.mark.parametrize("fold", [None, 0, 1])
@pytest.mark.parametrize("day", [SPRING_2026, SPRING_2027], ids=str)
@pytest.mark.parametrize("wall", [time(1, 0), time(1, 30), time(1, 59)], ids=str)
def test_time_that_does_not_exist_is_a_clear_error(day: date, wall: time, fold: int | None) -> None:
    """TIME-04: 01:30 on 28 March 2027; and on 29 March 2026."""
    with pytest.raises(NoSuchTime, match=r"clocks went forward on \d\d March .* there was no 1:"):
        london_instant(day, wall, fold=fold)


def test_sentence_for_a_time_that_does_not_exist() -> None:
    with pytest.raises(NoSuchTime) as raised:
        london_instant(SPRING_2027, time(1, 30))

    assert str(raised.value) == (
        "The clocks went forward on 28 March 2027: there was no 1:30am. "
        "Enter a time before 1am or from 2am."
    )


def test_hour_that_happens_twice_asks_which() -> None:
    with pytest.raises(HappensTwice, match="25 October 2026: 1:30am came twice") as raised:
        london_instant(AUTUMN_2026, time(1, 30))

    assert raised.value.earlier == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)
    assert raised.value.later == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(("fold", "hour"), [(0, 0), (1, 1)])
def test_hour_that_happens_twice_with_the_answer(fold: int, hour: int) -> None:
    instant = london_instant(AUTUMN_2026, time(1, 30), fold=fold)

    assert instant == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)
    assert in_london(instant).time() == time(1, 30)


def test_every_minute_of_both_nights_there_and_back() -> None:
    for day in (SPRING_2026, AUTUMN_2026):
        instant = start_of_day(day)
        while london_day(instant) == day:
            wall = in_london(instant)
            assert london_instant(day, wall.time(), fold=wall.fold) == instant
            instant += timedelta(minutes=1)


@pytest.mark.parametrize(
    ("returned", "due", "case"),
    [
        ((date(2027, 3, 26), time(20)), (date(2027, 3, 29), time(21)), "TIME-01"),
        ((date(2027, 10, 29), time(20)), (date(2027, 11, 1), time(19)), "TIME-02"),
        ((date(2027, 12, 24), time(20)), (date(2027, 12, 27), time(20)), "TIME-07"),
        ((date(2028, 2, 27), time(20)), (date(2028, 3, 1), time(20)), "TIME-07"),
    ],
    ids=["clocks go forward", "clocks go back", "Christmas counts", "leap day counts"],
)
def test_seventy_two_hours_are_elapsed_hours(
    returned: tuple[date, time], due: tuple[date, time], case: str
) -> None:
    """TIME-01, TIME-02, TIME-07."""
    at = elapsed(london_instant(*returned), INTERVIEW)

    assert at == london_instant(*due), case
    assert at - london_instant(*returned) == INTERVIEW


def test_elapsed_does_not_trust_the_zone_it_is_given() -> None:
    returned = in_london(london_instant(date(2027, 3, 26), time(20)))

    assert in_london(elapsed(returned, INTERVIEW)).time() == time(21)


def test_half_past_eleven_in_summer_belongs_to_that_day() -> None:
    """TIME-09: 23:30 BST counts in that London day."""
    assert london_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC)) == date(2026, 7, 1)
    assert london_day(datetime(2026, 7, 1, 23, 0, tzinfo=UTC)) == date(2026, 7, 2)


def test_other_zones_are_read_as_the_instants_they_are() -> None:
    elsewhere = datetime(2026, 7, 1, 12, tzinfo=timezone(timedelta(hours=5, minutes=30)))

    assert in_london(elsewhere).time() == time(7, 30)


@pytest.mark.parametrize("function", [in_london, london_day, lambda at: elapsed(at, INTERVIEW)])
def test_time_without_a_zone_is_refused(function) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ValueError, match="timezone-aware"):
        function(datetime(2026, 7, 1))  # noqa: DTZ001 that is what is refused
