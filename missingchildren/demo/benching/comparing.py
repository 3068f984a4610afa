"""Time the SQL of pages against hand-written SQL for the same rows, and hold it to its bounds."""

import re
import time
from dataclasses import dataclass
from statistics import median
from typing import Any

from django.db import connection
from django.test import Client

from cases import access, queries
from cases.models.sharing import permission_id
from cases.rules import AUDIENCE_KINDS, Right
from missingchildren.agencies.acts import begin
from missingchildren.agencies.models import Agency, Assignment, Membership
from missingchildren.audit.acts import Channel
from missingchildren.demo.benching.by_hand import CHILDREN, MISSING, ByHand, case_page
from missingchildren.demo.benching.capturing import capture

ROUNDS = 200
MOST_QUERIES = 20
MOST_TIMES_HAND = 1.5
MOST_TIMES_WIDEST = 1.3
NEGLIGIBLE_MS = 0.5
LARGE = 100_000
REFERENCE = re.compile(r"(MC|ME|RP|MU|LO|AL)-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")


@dataclass(frozen=True)
class Measured:
    """One page as one person saw it: queries, and the median of its SQL and of the hand's."""

    page: str
    viewer: str
    queries: int
    page_ms: float
    hand_ms: float
    scanned: list[str]

    @property
    def is_fast(self) -> bool:
        """Return whether the page's SQL costs at most 1.5 times the hand's, or 0.5 ms more."""
        return (
            self.page_ms <= MOST_TIMES_HAND * self.hand_ms
            or self.page_ms - self.hand_ms <= NEGLIGIBLE_MS
        )

    @property
    def is_short(self) -> bool:
        """Return whether the page asks at most twenty questions."""
        return self.queries <= MOST_QUERIES


class DifferentRows(Exception):
    """The hand-written SQL finds other rows than the page shows: they cannot be compared."""


def measure(
    membership: Membership, client: Client, *, viewer: str, rounds: int = ROUNDS
) -> list[Measured]:
    """Measure the children list, missing now, and the case page of the first child missing.

    Raises:
        DifferentRows: the hand-written SQL does not find what the page shows.
    """
    values = _values(membership, client)
    measured = [
        _measure(page, address, by_hand, client, values, viewer=viewer, rounds=rounds)
        for page, address, by_hand in (
            ("Children", "/cases/", CHILDREN),
            ("Missing now", "/missing/", MISSING),
        )
    ]
    act = begin(membership, Channel.WEB)
    listed = queries.missing_page(act=act).rows or queries.children_page(act=act).rows
    view = access.view_of(act=act, reference=listed[0].reference)
    by_hand = case_page(view)
    values |= {"reference": view.child.reference, "child": view.child.pk}
    address = f"/cases/{view.child.reference}/"
    measured.append(
        _measure("Case page", address, by_hand, client, values, viewer=viewer, rounds=rounds)
    )
    return measured


def _values(membership: Membership, client: Client) -> dict[str, Any]:
    """Return what the hand-written SQL is asked with: the same viewer."""
    agency: Agency = membership.agency
    return {
        "user": membership.user_id,
        "session": client.session.session_key,
        "agency": agency.pk,
        "group": agency.group_id,
        "right": permission_id(Right.CHILD),
        "units": list(
            Assignment.objects.filter(membership=membership).values_list("unit_id", flat=True)
        ),
        "audiences": [
            audience.value for audience, kinds in AUDIENCE_KINDS.items() if agency.kind in kinds
        ],
    }


def _measure(
    page: str,
    address: str,
    by_hand: ByHand,
    client: Client,
    values: dict[str, Any],
    *,
    viewer: str,
    rounds: int,
) -> Measured:
    captured = capture(client, address)
    with connection.cursor() as cursor:
        bare = cursor.cursor
        of_hand = tuple(bare.mogrify(sql, values).decode() for sql in by_hand.statements)
        _require_same(bare, page, captured.reads, of_hand)
        scanned = scanned_whole(bare, captured.reads)
        page_ms, hand_ms = _alternate(bare, captured.reads, of_hand, rounds=rounds)
    return Measured(page, viewer, len(captured.statements), page_ms, hand_ms, scanned)


def _require_same(
    cursor: Any, page: str, of_page: tuple[str, ...], of_hand: tuple[str, ...]
) -> None:
    """Check that both find the same children, episodes, reports, updates, places and alerts.

    By hand, the names and episodes come with the rows, so also for the one row more that says
    whether there is a next page.
    """
    shown, found = _references(cursor, of_page), _references(cursor, of_hand)
    one_more = {reference for reference in found - shown if reference.startswith("ME-")}
    if shown - found or found - shown - one_more or len(one_more) > 1:
        raise DifferentRows(f"{page}: only shown {shown - found}, only found {found - shown}")


def _references(cursor: Any, statements: tuple[str, ...]) -> set[str]:
    """Return the references of records in everything that the statements find."""
    found: set[str] = set()
    for sql in statements:
        cursor.execute(sql)
        found |= {
            value
            for row in cursor.fetchall()
            for value in row
            if isinstance(value, str) and REFERENCE.fullmatch(value)
        }
    return found


def scanned_whole(cursor: Any, statements: tuple[str, ...], *, large: int = LARGE) -> list[str]:
    """Return the large tables that the statements would read from end to end (PERF-05)."""
    cursor.execute(
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND reltuples > %s", [large]
    )
    tables = {name for (name,) in cursor.fetchall()}
    scanned: list[str] = []
    for sql in statements:
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        scanned += [name for name in re.findall(r"Seq Scan on (\w+)", plan) if name in tables]
    return scanned


def _alternate(
    cursor: Any, first: tuple[str, ...], second: tuple[str, ...], *, rounds: int
) -> tuple[float, float]:
    """Return the median milliseconds of two sets of statements, run in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for statements, kept in zip((first, second), times, strict=True):
            began = time.perf_counter()
            for sql in statements:
                cursor.execute(sql)
                cursor.fetchall()
            kept.append((time.perf_counter() - began) * 1000)
    return median(times[0]), median(times[1])


def broken(measured: list[Measured]) -> list[str]:
    """Return a sentence for each bound that does not hold.

    The first viewer measured is the widest; the last is the narrowest.
    """
    faults = [
        f"{each.page}, {each.viewer}: {each.queries} queries"
        for each in measured
        if not each.is_short
    ]
    faults += [
        f"{each.page}, {each.viewer}: {each.page_ms:.2f} ms, by hand {each.hand_ms:.2f} ms"
        for each in measured
        if not each.is_fast
    ]
    faults += [
        f"{each.page}, {each.viewer}: reads the whole of {', '.join(each.scanned)}"
        for each in measured
        if each.scanned
    ]
    for page in dict.fromkeys(each.page for each in measured):
        of_page = [each for each in measured if each.page == page]
        widest, narrowest = of_page[0], of_page[-1]
        if (
            narrowest.page_ms > MOST_TIMES_WIDEST * widest.page_ms
            and narrowest.page_ms - widest.page_ms > NEGLIGIBLE_MS
        ):
            faults.append(
                f"{page}: {narrowest.page_ms:.2f} ms for {narrowest.viewer}, "
                f"{widest.page_ms:.2f} ms for {widest.viewer}"
            )
        for viewer in (widest.viewer.partition(",")[0], narrowest.viewer.partition(",")[0]):
            counts = {each.queries for each in of_page if each.viewer.startswith(viewer)}
            if len(counts) > 1:
                faults.append(f"{page}, {viewer}: {sorted(counts)} queries by role")
    return faults


def table(measured: list[Measured]) -> str:
    """Return what was measured, as lines."""
    lines = [f"{'page':<13}{'viewer':<52}{'queries':>8}{'SQL ms':>9}{'by hand':>9}"]
    lines += [
        f"{each.page:<13}{each.viewer:<52}{each.queries:>8}{each.page_ms:>9.2f}{each.hand_ms:>9.2f}"
        for each in measured
    ]
    return "\n".join(lines)
