"""Working days run by the bank holidays of each nation and end with the day in London."""

from datetime import UTC, date, datetime, time

import pytest

from missingchildren.core.calendar import Nation, add_working_days, is_working_day
from missingchildren.core.clock import in_london, london_instant

ENGLAND, WALES, SCOTLAND, IRELAND = (
    Nation.ENGLAND,
    Nation.WALES,
    Nation.SCOTLAND,
    Nation.NORTHERN_IRELAND,
)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        (date(2026, 1, 1), [ENGLAND, WALES, SCOTLAND, IRELAND]),
        (date(2026, 1, 2), [SCOTLAND]),
        (date(2026, 3, 17), [IRELAND]),
        (date(2026, 4, 3), [ENGLAND, WALES, SCOTLAND, IRELAND]),
        (date(2026, 4, 6), [ENGLAND, WALES, IRELAND]),
        (date(2026, 5, 4), [ENGLAND, WALES, SCOTLAND, IRELAND]),
        (date(2026, 6, 15), [SCOTLAND]),
        (date(2026, 7, 13), [IRELAND]),
        (date(2026, 8, 3), [SCOTLAND]),
        (date(2026, 8, 31), [ENGLAND, WALES, IRELAND]),
        (date(2026, 11, 30), [SCOTLAND]),
        (date(2026, 12, 25), [ENGLAND, WALES, SCOTLAND, IRELAND]),
        (date(2026, 12, 28), [ENGLAND, WALES, SCOTLAND, IRELAND]),
        (date(2026, 12, 29), []),
        (date(2026, 10, 24), [ENGLAND, WALES, SCOTLAND, IRELAND]),
        (date(2026, 10, 26), []),
    ],
    ids=str,
)
def test_bank_holidays_and_weekends(day: date, closed: list[Nation]) -> None:
    assert {nation for nation in Nation if not is_working_day(day, nation)} == set(closed)


EASTER_2026 = london_instant(date(2026, 4, 1), time(10))  # the Wednesday before
CHRISTMAS_2026 = london_instant(date(2026, 12, 23), time(10))  # a Wednesday


@pytest.mark.parametrize(
    ("start", "days", "nation", "last"),
    [
        (EASTER_2026, 1, ENGLAND, date(2026, 4, 2)),
        (EASTER_2026, 5, ENGLAND, date(2026, 4, 10)),
        (EASTER_2026, 5, WALES, date(2026, 4, 10)),
        (EASTER_2026, 5, SCOTLAND, date(2026, 4, 9)),
        (EASTER_2026, 5, IRELAND, date(2026, 4, 10)),
        (CHRISTMAS_2026, 5, ENGLAND, date(2027, 1, 4)),
        (CHRISTMAS_2026, 5, WALES, date(2027, 1, 4)),
        (CHRISTMAS_2026, 5, SCOTLAND, date(2027, 1, 5)),
        (CHRISTMAS_2026, 5, IRELAND, date(2027, 1, 4)),
        (london_instant(date(2026, 10, 24), time(10)), 1, ENGLAND, date(2026, 10, 26)),
        (london_instant(date(2026, 10, 23), time(23, 59)), 1, ENGLAND, date(2026, 10, 26)),
        (london_instant(date(2028, 2, 28), time(10)), 1, ENGLAND, date(2028, 2, 29)),
    ],
    ids=str,
)
def test_working_days_end_with_the_day_in_london(
    start: datetime, days: int, nation: Nation, last: date
) -> None:
    """TIME-07: bank holidays and leap day, where the rule says working days."""
    end = in_london(add_working_days(start, days, nation))

    assert (end.date(), end.time()) == (last, time(23, 59, 59))


def test_day_begins_in_london_not_in_utc() -> None:
    half_past_midnight_in_summer = datetime(2026, 7, 6, 23, 30, tzinfo=UTC)  # 7 July in London

    end = add_working_days(half_past_midnight_in_summer, 1, ENGLAND)

    assert end == datetime(2026, 7, 8, 22, 59, 59, tzinfo=UTC)


def test_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        add_working_days(EASTER_2026, 0, ENGLAND)
