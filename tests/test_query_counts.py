"""A page sends the same number of queries for one row, 25 and 100, and for every role: at most 20."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from cases.models import Child, Deadline, Update
from cases.rules import CASE_ROLES, Clock
from cases.services import deadlines, updates
from cases.services.children import Described
from missingchildren.agencies.models import Role
from missingchildren.demo.benching.capturing import capture
from missingchildren.demo.benching.comparing import MOST_QUERIES
from missingchildren.demo.benching.counting import SIZES
from tests.partnership import Partnership, act_now, member

pytestmark = pytest.mark.django_db

LISTS = ("/", "/cases/", "/missing/", "/alerts/")
READERS = [role for role in Role if role.value in CASE_ROLES]
OTHERS = [role for role in Role if role.value not in CASE_ROLES]


@pytest.fixture
def people(world: Partnership) -> dict[Role, Client]:
    """Return one person of the force's desk, signed in, for every role that there is."""
    return {role: world.client(member(world.kent_police, role, unit=world.desk)) for role in Role}


def queries(person: Client, address: str) -> int:
    return len(capture(person, address).statements)


def _reported(world: Partnership, *, until: int) -> Iterator[int]:
    """Report children, each with their own name and birthday, and stop at each size."""
    for number in range(1, until + 1):
        world.report(
            described=Described(
                given_names="Child",
                family_name=f"Of the year {number}",
                date_of_birth=date(2012, 1, 1) + timedelta(days=number),
            )
        )
        if number in SIZES:
            yield number


def test_lists_send_the_same_queries_however_long_they_are(
    world: Partnership, people: dict[Role, Client]
) -> None:
    """PERF-01: my work, children, missing now, alerts, overdue; for every role that reads cases.

    On the page of what is overdue a manager's list of other agencies costs two queries of its own.
    """
    counts: dict[str, set[int]] = defaultdict(set)
    owed: dict[Role, set[int]] = defaultdict(set)
    sizes = []

    for size in _reported(world, until=max(SIZES)):
        sizes.append(size)
        for address in LISTS:
            counts[address] |= {queries(people[role], address) for role in READERS}
        _owe(world)
        for role in READERS:
            owed[role].add(queries(people[role], "/overdue/"))

    assert sizes == list(SIZES)
    assert all(len(of_role) == 1 for of_role in owed.values()), owed
    assert max(max(of_role) for of_role in owed.values()) <= MOST_QUERIES
    assert all(queries(people[role], "/overdue/") <= MOST_QUERIES for role in OTHERS)
    for address in LISTS:
        assert len(counts[address]) == 1, (address, counts[address])
        assert max(counts[address]) <= MOST_QUERIES
        assert all(queries(people[role], address) <= max(counts[address]) for role in OTHERS), (
            address
        )


def _owe(world: Partnership) -> None:
    """Let the force and another agency owe something overdue, and something to come, for each child."""
    act = act_now(world.joan)
    for child in Child.objects.order_by("pk"):
        for agency in (world.kent_police, world.west_midlands):
            for hours in (-5, 5):
                deadlines.start(
                    child=child, agency=agency, unit=None, kind=Clock.PREVENTION_INTERVIEW,
                    reference=f"{child.pk} {hours}", due_at=act.now + timedelta(hours=hours),
                    act=act,
                )  # fmt: skip
    assert Deadline.objects.overdue(act.now).filter(agency=world.west_midlands).exists()


def test_a_case_sends_the_same_queries_however_much_is_written_in_it(
    world: Partnership, people: dict[Role, Client]
) -> None:
    """PERF-01: the case page with 1, 25 and 100 reports, places, alerts and updates."""
    counts = set()
    for number in range(1, max(SIZES) + 1):
        world.report()
        _learn(world, number)
        if number in SIZES:
            assert world.ava.updates.count() == world.ava.locations.count() == number
            counts |= {queries(people[role], f"/cases/{world.ava.reference}/") for role in READERS}

    assert len(counts) == 1, counts
    assert max(counts) <= MOST_QUERIES


def test_later_pages_cost_one_query_more_for_where_they_begin(
    world: Partnership, people: dict[Role, Client]
) -> None:
    """PERF-01: and no more on the last page than on the second."""
    list(_reported(world, until=60))
    client = people[Role.MANAGER]
    for address in ("/cases/", "/missing/"):
        first = len(capture(client, address).statements)
        second = client.get(address).context["page"].next_key
        last = client.get(address, {"after": second}).context["page"].next_key
        assert [
            len(capture(client, f"{address}?after={key}").statements)
            for key in (_quoted(second), _quoted(last))
        ] == [first + 1, first + 1]


def _quoted(key: str) -> str:
    return key.replace("+", "%2B")


def _learn(world: Partnership, number: int) -> None:
    act = act_now(world.joan)
    updates.add_update(
        child_reference=world.ava.reference,
        kind=Update.Kind.INFORMATION,
        text=f"Somebody saw her, {number}",
        happened_at=act.now,
        token=None,
        act=act,
    )
