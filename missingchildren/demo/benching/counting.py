"""How many queries a page sends when it shows one row, a page of rows, and more than a page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import connection

from missingchildren.agencies.models import Agency, Role
from missingchildren.demo.benching.capturing import capture
from missingchildren.demo.benching.comparing import MOST_QUERIES
from missingchildren.demo.benching.viewers import Seen, client_of, person

Key = TypeVar("Key")
SIZES = (1, 25, 100)


@dataclass(frozen=True)
class Counted:
    """One page with so many rows behind it, and how many queries it sent."""

    page: str
    rows: int
    queries: int


def count_by_size(seen: list[Seen]) -> list[Counted]:
    """Count for the agencies, and the widest agency's children, next above each size."""
    widest = seen[0].agency_id
    counted = [
        _count(page, address, rows, agency_id)
        for page, address, attribute in (
            ("Children", "/cases/", "children"),
            ("Missing now", "/missing/", "missing"),
        )
        for rows, agency_id in _next_above(
            [(getattr(each, attribute), each.agency_id) for each in seen]
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute(EPISODES, [widest])
        episodes = cursor.fetchall()
    counted += [
        _count("Case page", f"/cases/{reference}/", rows, widest)
        for rows, reference in _next_above(episodes)
    ]
    return counted


def unequal(counted: list[Counted]) -> list[str]:
    """Return a sentence for each page whose queries grow with its rows, or are too many."""
    faults = []
    for page in dict.fromkeys(each.page for each in counted):
        of_page = [each for each in counted if each.page == page]
        if len({each.queries for each in of_page}) > 1 or of_page[0].queries > MOST_QUERIES:
            words = ", ".join(f"{each.queries} with {each.rows:,} rows" for each in of_page)
            faults.append(f"{page}: {words}")
    return faults


def _count(page: str, address: str, rows: int, agency_id: int) -> Counted:
    agency = Agency.objects.get(pk=agency_id)
    client = client_of(person(agency, Role.MANAGER))
    return Counted(page, rows, len(capture(client, address).statements))


def _next_above(found: Sequence[tuple[int, Key]]) -> Iterator[tuple[int, Key]]:
    """Yield, for each size, what is at least as large and the least so."""
    for size in SIZES:
        large_enough = [pair for pair in found if pair[0] >= size]
        if large_enough:
            yield min(large_enough, key=lambda pair: pair[0])


# Led by the agency and with alerts, so that each of these pages shows the same panels.
EPISODES = """
SELECT count(*), c.reference
  FROM cases_childpermission r
  JOIN auth_permission p ON p.id = r.permission_id AND p.codename = 'view_child'
  JOIN agencies_agency a ON a.group_id = r.group_id
  JOIN cases_child c ON c.id = r.content_object_id
  JOIN cases_missingepisode e ON e.child_id = c.id AND e.withdrawn_at IS NULL
 WHERE a.id = %s AND r.valid_until > now() AND NOT c.is_restricted
   AND EXISTS (SELECT FROM alerts_alert l WHERE l.child_id = c.id)
   AND EXISTS (SELECT FROM cases_grant g
                WHERE g.child_id = c.id AND g.agency_id = a.id AND g.part LIKE 'lead force%%'
                  AND g.ended_at IS NULL AND (g.ends_at IS NULL OR g.ends_at > now()))
 GROUP BY c.id
"""
