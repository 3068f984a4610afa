"""Who must approve, by when the area must be told, and the states: tables with their sources."""

from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest

from missingchildren.core.calendar import Nation
from placements import rules
from placements.rules import (
    KINDS,
    NOTICE_TRANSITIONS,
    PLACEMENT_TRANSITIONS,
    Approver,
    Carer,
    Distance,
    NoticeState,
    PlacementState,
)

ENGLAND, WALES, SCOTLAND = Nation.ENGLAND, Nation.WALES, Nation.SCOTLAND
NORTHERN_IRELAND = Nation.NORTHERN_IRELAND
NOW = datetime(2026, 11, 27, 12, 0, tzinfo=UTC)
BORN = date(2011, 5, 4)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


# Source: S.I. 2010/959, regulation 13(1): five working days. Bank holidays: gov.uk/bank-holidays.
FIVE_DAYS = {
    "an ordinary Friday evening": (
        utc(2026, 11, 13, 18, 30), ENGLAND, utc(2026, 11, 20, 23, 59, 59),
    ),
    "over a weekend: Saturday and Sunday do not count": (
        utc(2026, 11, 14, 2, 0), ENGLAND, utc(2026, 11, 20, 23, 59, 59),
    ),
    "over Easter 2027 and the clocks: Good Friday 26 and Easter Monday 29 March": (
        utc(2027, 3, 24, 18, 30), ENGLAND, utc(2027, 4, 2, 22, 59, 59),
    ),
    "over Easter 2026 and the clocks: Good Friday 3 and Easter Monday 6 April": (
        utc(2026, 3, 27, 18, 30), ENGLAND, utc(2026, 4, 7, 22, 59, 59),
    ),
    "over the end of summer time on 25 October 2026": (
        utc(2026, 10, 23, 18, 30), ENGLAND, utc(2026, 10, 30, 23, 59, 59),
    ),
    "over Christmas 2026: 25 December, and 28 for Boxing Day": (
        utc(2026, 12, 22, 18, 30), ENGLAND, utc(2026, 12, 31, 23, 59, 59),
    ),
    "over New Year in Wales: as in England": (
        utc(2026, 12, 29, 10, 0), WALES, utc(2027, 1, 6, 23, 59, 59),
    ),
    "over New Year in Scotland: 1 January, and Monday the 4th for the 2nd": (
        utc(2026, 12, 29, 10, 0), SCOTLAND, utc(2027, 1, 7, 23, 59, 59),
    ),
    "over St Patrick's Day in Northern Ireland": (
        utc(2027, 3, 15, 10, 0), NORTHERN_IRELAND, utc(2027, 3, 23, 23, 59, 59),
    ),
    "the same days in England": (
        utc(2027, 3, 15, 10, 0), ENGLAND, utc(2027, 3, 22, 23, 59, 59),
    ),
    "an evening that is tomorrow in UTC, in summer: counted by London days": (
        utc(2027, 6, 11, 23, 30), ENGLAND, utc(2027, 6, 18, 22, 59, 59),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FIVE_DAYS)
def test_in_an_emergency_the_area_is_told_within_five_working_days(name: str) -> None:
    """TIME-07."""
    starts_at, nation, due = FIVE_DAYS[name]
    assert rules.notice_due_at(starts_at=starts_at, is_emergency=True, nation=nation) == due


@pytest.mark.parametrize("name", FIVE_DAYS)
def test_otherwise_the_area_is_told_before_the_start(name: str) -> None:
    """Source: S.I. 2010/959, regulation 13(1) and (4): before the placement is made."""
    starts_at, nation, _ = FIVE_DAYS[name]
    assert rules.notice_due_at(starts_at=starts_at, is_emergency=False, nation=nation) == starts_at


# Source: S.I. 2010/959, regulation 14(4): within ten working days of the end.
TEN_DAYS = {
    "an ordinary Monday": (utc(2026, 11, 2, 9, 0), ENGLAND, utc(2026, 11, 16, 23, 59, 59)),
    "over Christmas 2026 and New Year": (
        utc(2026, 12, 18, 16, 0), ENGLAND, utc(2027, 1, 6, 23, 59, 59),
    ),
    "over Easter 2027 and the clocks": (
        utc(2027, 3, 22, 9, 0), ENGLAND, utc(2027, 4, 7, 22, 59, 59),
    ),
    "over New Year in Scotland": (
        utc(2026, 12, 18, 16, 0), SCOTLAND, utc(2027, 1, 7, 23, 59, 59),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TEN_DAYS)
def test_the_area_is_told_of_an_end_within_ten_working_days(name: str) -> None:
    """TIME-07."""
    ended_at, nation, due = TEN_DAYS[name]
    assert rules.end_notice_due_at(ended_at=ended_at, nation=nation) == due


def test_an_acknowledgement_is_due_by_the_calendar_of_who_was_told() -> None:
    friday = utc(2026, 11, 13, 18, 30)
    assert rules.acknowledgement_due_at(sent_at=friday, working_days=2, nation=ENGLAND) == utc(
        2026, 11, 17, 23, 59, 59
    )


# Source: S.I. 2010/959, regulation 11(1), (4) and (5); W.S.I. 2015/1818, regulation 12(3).
APPROVERS: dict[tuple[Distance | None, Carer, Nation], Approver | None] = {
    **{(None, carer, nation): None for carer in Carer for nation in Nation},
    **{(Distance.IN_AREA, carer, nation): None for carer in Carer for nation in Nation},
    **{
        (distance, carer, WALES): Approver.PANEL
        for distance in (Distance.ADJOINING, Distance.AT_A_DISTANCE)
        for carer in Carer
    },
    **{
        (distance, carer, nation): None
        for distance in (Distance.ADJOINING, Distance.AT_A_DISTANCE)
        for carer in (Carer.CONNECTED, Carer.OWN)
        for nation in (ENGLAND, SCOTLAND, NORTHERN_IRELAND)
    },
    **{
        (Distance.ADJOINING, Carer.OTHER, nation): Approver.NOMINATED_OFFICER
        for nation in (ENGLAND, SCOTLAND, NORTHERN_IRELAND)
    },
    **{
        (Distance.AT_A_DISTANCE, Carer.OTHER, nation): Approver.DIRECTOR
        for nation in (ENGLAND, SCOTLAND, NORTHERN_IRELAND)
    },
}


def test_who_must_approve() -> None:
    every = set(product((None, *Distance), Carer, Nation))
    assert set(APPROVERS) == every, "a case without an answer"
    for (distance, carer, nation), needed in APPROVERS.items():
        assert rules.approver(distance=distance, carer=carer, nation=nation) == needed


@pytest.mark.parametrize(
    ("place", "distance"),
    [
        ("E08000025", Distance.IN_AREA),
        ("E08000027", Distance.ADJOINING),
        ("E10000016", Distance.AT_A_DISTANCE),
    ],
)
def test_at_a_distance_is_neither_ones_own_area_nor_an_adjoining_one(
    place: str, distance: Distance
) -> None:
    found = rules.distance_of(
        place=place, own=frozenset({"E08000025"}), adjoining=frozenset({"E08000027"})
    )
    assert found == distance


# --- kinds


@pytest.mark.parametrize(
    ("day", "taken", "refused"),
    [
        (date(2024, 3, 31), {"H5", "P2", "Z1", "K2"}, {"K3", "Z11"}),
        (date(2024, 4, 1), {"K3", "Z1", "K2"}, {"H5", "P2", "Z11"}),
        (date(2025, 4, 1), {"K3", "Z11", "Z14", "K2"}, {"H5", "P2", "Z1"}),
    ],
)
def test_each_year_has_its_kinds(day: date, taken: set[str], refused: set[str]) -> None:
    """Source: SSDA903, by collection year from 1 April."""
    kinds = set(rules.kinds_on(day))
    assert taken <= kinds
    assert not refused & kinds
    assert kinds <= set(KINDS)


@pytest.mark.parametrize(
    ("arrives_at", "allowed"),
    [(utc(2027, 5, 3, 22, 0), False), (utc(2027, 5, 4, 0, 0), True)],
)
def test_supported_accommodation_begins_at_sixteen(arrives_at: datetime, *, allowed: bool) -> None:
    """Source: SSDA903 validation rule 371. The birthday is a London day."""
    said = rules.proposing(code="K3", carer=Carer.OTHER, born=BORN, arrives_at=arrives_at, now=NOW)
    assert bool(said) == allowed


# --- states


def test_every_state_of_a_placement_is_derived_and_stands_in_the_table() -> None:
    derived = set()
    moments = (None, NOW)
    for is_approved, started, ended, withdrawn in product(
        (None, True, False), moments, moments, moments
    ):
        derived.add(
            rules.placement_state(
                is_approved=is_approved, started_at=started, ended_at=ended, withdrawn_at=withdrawn
            )
        )
    assert derived == set(PlacementState) == set(PLACEMENT_TRANSITIONS)
    reached = {state for states in PLACEMENT_TRANSITIONS.values() for state in states}
    assert reached == set(PlacementState) - {PlacementState.PROPOSED}


def test_every_state_of_a_notice_is_derived_and_stands_in_the_table() -> None:
    derived = set()
    for times in product(*[(None, NOW)] * 5):
        derived.add(
            rules.notice_state(
                sent_at=times[0], acknowledged_at=times[1], rejected_at=times[2],
                told_at=times[3], dropped_at=times[4],
            )
        )  # fmt: skip
    assert derived == set(NoticeState) == set(NOTICE_TRANSITIONS)
    reached = {state for states in NOTICE_TRANSITIONS.values() for state in states}
    assert reached == set(NoticeState) - {NoticeState.NOT_TOLD}


@pytest.mark.parametrize("state", PlacementState)
def test_what_may_be_done_is_what_the_table_leads_to(state: PlacementState) -> None:
    after = PLACEMENT_TRANSITIONS[state]
    starts = rules.starting(state=state, is_known=True, needed=None)
    assert bool(starts) == (PlacementState.CURRENT in after)
    assert bool(rules.ending(state=state)) == (PlacementState.ENDED in after)
    assert bool(rules.withdrawing(state=state)) == (PlacementState.WITHDRAWN in after)
    decides = rules.deciding(state=state, is_known=True, needed=Approver.DIRECTOR)
    assert bool(decides) == (PlacementState.APPROVED in after)


@pytest.mark.parametrize("state", NoticeState)
def test_what_may_be_answered_is_what_the_table_leads_to(state: NoticeState) -> None:
    after = NOTICE_TRANSITIONS[state]
    assert bool(rules.answering(state=state)) == (NoticeState.ACKNOWLEDGED in after)
    assert bool(rules.answering(state=state)) == (NoticeState.NOT_THEIRS in after)
    assert bool(rules.by_hand(state=state)) == (NoticeState.TOLD_BY_HAND in after)


@pytest.mark.parametrize("needed", Approver)
def test_approval_comes_first_whoever_must_give_it(needed: Approver) -> None:
    """Source: S.I. 2010/959, regulation 11(1) and (3)."""
    said = rules.starting(state=PlacementState.PROPOSED, is_known=True, needed=needed)
    assert not said
    assert needed in said.reason


def test_times_at_their_limits() -> None:
    ordinary = {
        "decided_at": NOW - timedelta(hours=2),
        "last_ended_at": NOW - timedelta(days=3),
        "born": BORN,
        "now": NOW,
    }
    for started_at, allowed in (
        (NOW, True),
        (NOW + timedelta(seconds=1), False),
        (NOW - timedelta(hours=2), True),
        (NOW - timedelta(hours=2, seconds=1), False),
    ):
        assert bool(rules.start_time(started_at=started_at, **ordinary)) == allowed  # type: ignore[arg-type]
    without_approval = {**ordinary, "decided_at": None}
    for started_at, allowed in (
        (NOW - timedelta(days=3), True),
        (NOW - timedelta(days=3, seconds=1), False),
    ):
        assert bool(rules.start_time(started_at=started_at, **without_approval)) == allowed  # type: ignore[arg-type]
