"""The bench compares pages with SQL that finds the same rows, and says which bound is broken."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from pytest_django import Settings

from missingchildren.agencies.models import Agency, Role
from missingchildren.demo.benching import by_hand, comparing, viewers
from missingchildren.demo.benching.comparing import DifferentRows, Measured, broken, scanned_whole
from missingchildren.demo.benching.counting import Counted, unequal
from missingchildren.demo.generating.filling import fill
from missingchildren.demo.management.commands import bench
from tests.demo.partitions import kept

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])


@pytest.fixture
def nation() -> Iterator[None]:
    """Generate a small nation, as of this morning."""
    today: date = datetime.now(UTC).date()
    with kept():
        with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
            fill(cursor, children=120, seed=5, today=today)
        yield


def _measured(**changes: Any) -> Measured:
    usual: dict[str, Any] = {
        "page": "Children", "viewer": "Force (9), manager", "queries": 10, "page_ms": 2.0,
        "hand_ms": 1.8, "scanned": [],
    }  # fmt: skip
    return Measured(**{**usual, **changes})


def test_hand_written_sql_finds_what_the_pages_show(nation: None) -> None:
    """PERF-05: for the widest and the narrowest viewer, row for row."""
    seen = viewers.seen_by_agencies()
    for agency_id in (seen[0].agency_id, seen[-1].agency_id):
        person = viewers.person(Agency.objects.get(pk=agency_id), Role.MANAGER)
        pages = comparing.measure(person, viewers.client_of(person), viewer="x", rounds=1)
        assert [each.page for each in pages] == ["Children", "Missing now", "Case page"]
        assert all(each.page_ms > 0 and each.hand_ms > 0 for each in pages)


def test_sql_that_finds_other_rows_is_not_compared(
    nation: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comparing, "CHILDREN", by_hand.MISSING)
    widest = Agency.objects.get(pk=viewers.seen_by_agencies()[0].agency_id)
    person = viewers.person(widest, Role.MANAGER)

    with pytest.raises(DifferentRows, match="only shown"):
        comparing.measure(person, viewers.client_of(person), viewer="x", rounds=1)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"queries": 21}, "21 queries"),
        ({"page_ms": 3.0}, "3.00 ms, by hand 1.80 ms"),
        ({"scanned": ["cases_grant"]}, "reads the whole of cases_grant"),
    ],
)
def test_each_broken_bound_is_said(changes: dict[str, Any], said: str) -> None:
    assert broken([_measured()]) == []
    faults = broken([_measured(**changes)])
    assert len(faults) == 1
    assert said in faults[0]


def test_half_a_millisecond_is_forgiven() -> None:
    assert broken([_measured(page_ms=0.9, hand_ms=0.4)]) == []


def test_the_narrowest_viewer_may_not_wait_longer_than_the_widest() -> None:
    slow = _measured(viewer="Home (2), manager", page_ms=2.7, hand_ms=2.6)

    assert "2.70 ms for Home (2), manager, 2.00 ms" in broken([_measured(), slow])[0]


def test_roles_of_one_agency_must_cost_the_same_queries() -> None:
    other = _measured(viewer="Force (9), director", queries=11)

    assert "[10, 11] queries by role" in broken([_measured(), other])[0]


def test_queries_that_grow_with_rows_are_said() -> None:
    assert unequal([Counted("Children", 1, 10), Counted("Children", 100, 10)]) == []
    grown = unequal([Counted("Children", 1, 10), Counted("Children", 100, 35)])
    assert grown == ["Children: 10 with 1 rows, 35 with 100 rows"]


def test_a_table_read_from_end_to_end_is_named(nation: None) -> None:
    """PERF-05: no sequential scan of a large table."""
    with connection.cursor() as cursor:
        read = ("SELECT * FROM cases_timelineentry",)
        assert scanned_whole(cursor.cursor, read, large=500) == ["cases_timelineentry"]
        assert scanned_whole(cursor.cursor, read) == []


def test_the_command_wants_a_nation(settings: Settings) -> None:
    settings.FICTION_NOTICE = "Fiction."
    with pytest.raises(CommandError, match="Nobody sees anybody"):
        call_command(bench.Command())
