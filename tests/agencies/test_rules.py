"""Who answers for an agency now, and who may give which role."""

from datetime import UTC, datetime, time

import pytest

from missingchildren.agencies import rules
from missingchildren.agencies.models import Role, UnitKind
from missingchildren.core.calendar import Nation

SCHOOL = rules.Hours(days=rules.WEEKDAYS, opens=time(8), closes=time(16))
FRIDAY_NIGHT = datetime(2026, 11, 20, 22, 4, tzinfo=UTC)
MONDAY_OPENING = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        pytest.param(datetime(2026, 11, 23, 7, 59, tzinfo=UTC), False, id="a minute before"),
        pytest.param(MONDAY_OPENING, True, id="as it opens"),
        pytest.param(datetime(2026, 11, 23, 16, 0, tzinfo=UTC), False, id="as it closes"),
        pytest.param(datetime(2026, 11, 21, 10, 0, tzinfo=UTC), False, id="Saturday"),
        pytest.param(datetime(2026, 12, 25, 10, 0, tzinfo=UTC), False, id="Christmas Day"),
        pytest.param(datetime(2026, 7, 1, 7, 30, tzinfo=UTC), True, id="8:30 on summer clocks"),
    ],
)
def test_a_school_is_open_on_london_working_days(at: datetime, *, open_: bool) -> None:
    assert rules.is_open(SCHOOL, at=at, nation=Nation.ENGLAND) is open_


def test_bank_holidays_are_the_nations_own() -> None:
    st_andrews_day = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)

    assert rules.is_open(SCHOOL, at=st_andrews_day, nation=Nation.ENGLAND)
    assert not rules.is_open(SCHOOL, at=st_andrews_day, nation=Nation.SCOTLAND)


def test_closed_on_friday_night_until_monday_morning() -> None:
    opening = rules.opens_next_at(SCHOOL, at=FRIDAY_NIGHT, nation=Nation.ENGLAND)

    assert opening == MONDAY_OPENING


def test_opens_next_after_the_christmas_holidays() -> None:
    christmas_eve = datetime(2026, 12, 24, 17, 0, tzinfo=UTC)

    opening = rules.opens_next_at(SCHOOL, at=christmas_eve, nation=Nation.ENGLAND)

    assert opening == datetime(2026, 12, 29, 8, 0, tzinfo=UTC)


def test_open_now_means_opens_now() -> None:
    always = rules.Hours(always=True)

    assert rules.opens_next_at(always, at=FRIDAY_NIGHT, nation=Nation.WALES) == FRIDAY_NIGHT


def test_hours_without_a_day_never_open() -> None:
    never = rules.Hours(days=frozenset())

    with pytest.raises(ValueError, match="never open"):
        rules.opens_next_at(never, at=FRIDAY_NIGHT, nation=Nation.ENGLAND)


@pytest.mark.parametrize(
    ("kinds", "by_day", "by_night"),
    [
        pytest.param("duty_desk", "duty_desk", "duty_desk", id="a force's desk at all hours"),
        pytest.param("edt front_door", "front_door", "edt", id="a council: door, then EDT"),
        pytest.param("edt", "edt", "edt", id="an EDT alone"),
        pytest.param("front_door", "front_door", "front_door", id="a front door alone"),
        pytest.param("team", None, None, id="teams answer for nobody"),
        pytest.param("", None, None, id="no unit: the agency itself"),
    ],
)
def test_urgent_things_go_to_whoever_is_on_duty(
    kinds: str, by_day: str | None, by_night: str | None
) -> None:
    units = {kind: kind for kind in kinds.split()}

    assert rules.on_duty(units, is_open=True) == by_day
    assert rules.on_duty(units, is_open=False) == by_night


def test_every_role_has_a_rank_and_every_duty_unit_a_place() -> None:
    assert set(rules.RANK) == set(Role.values)
    assert set(rules.ANSWERS_WHEN_OPEN) == set(rules.ANSWERS_WHEN_CLOSED)
    assert set(rules.ANSWERS_WHEN_OPEN) == set(UnitKind.values) - {UnitKind.TEAM}


@pytest.mark.parametrize("given", Role.values)
def test_an_administrator_gives_no_role_above_own(given: str) -> None:
    """AZ-32: nor grant a role above own."""
    above = {Role.NOMINATED_OFFICER, Role.DIRECTOR, Role.PRIVACY_OFFICER}

    verdict = rules.may_manage([Role.ADMINISTRATOR], [given])

    assert bool(verdict) is (given not in above)


@pytest.mark.parametrize("own", sorted(set(Role.values) - {Role.ADMINISTRATOR}))
def test_nobody_but_an_administrator_manages_people(own: str) -> None:
    assert not rules.may_manage([own], [Role.PRACTITIONER])


def test_an_administrator_who_is_director_gives_every_role() -> None:
    assert rules.may_manage([Role.ADMINISTRATOR, Role.DIRECTOR], Role.values)


@pytest.mark.parametrize(
    ("email", "allowed"),
    [
        ("ruth@birmingham.example", True),
        ("ruth@BIRMINGHAM.example", True),
        ("ruth@birmingham.example.evil.example", False),
        ("ruth@evilbirmingham.example", False),
        ("birmingham.example@evil.example", False),
        ("ruth@sub.birmingham.example", False),
    ],
)
def test_only_the_agencys_own_mail_domains(email: str, *, allowed: bool) -> None:
    """AUTH-19: only to the agency's allowed mail domains."""
    domains = ["birmingham.example"]

    assert bool(rules.may_invite(email, domains=domains, by_operator=False)) is allowed
    assert bool(rules.may_invite(email, domains=domains, by_operator=True)) is allowed


def test_without_domains_only_an_operator_invites() -> None:
    assert rules.may_invite("first@any.example", domains=[], by_operator=True)
    assert not rules.may_invite("first@any.example", domains=[], by_operator=False)
