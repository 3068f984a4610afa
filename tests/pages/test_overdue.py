"""What is overdue: whose, by how much, for whom; lists and single checks agree."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest

from cases import access, queries
from cases.models import Child, ChildPermission, Deadline, Grant, KeepFrom
from cases.queries import Whose
from cases.rules import Clock, Part
from cases.services import children, deadlines, sharing
from cases.services.children import Described
from cases.services.deadlines import kind_of
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Membership, Role, Unit
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound
from tests.api.calling import Caller
from tests.factories import act_for
from tests.partnership import Partnership, act_now, member

pytestmark = pytest.mark.django_db

HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
PAGE = queries.PAGE_SIZE


@pytest.fixture
def world(world: Partnership) -> Partnership:
    """Return a partnership in which Ava's report is accepted, with a manager for some agencies."""
    world.accept(world.report())
    # What the report itself started is met: each test says what is owed in it.
    Deadline.objects.running().update(done_at=act_now(world.joan).now)
    return world


@pytest.fixture
def priya(world: Partnership) -> Membership:
    return member(world.kent_police, Role.MANAGER, unit=world.desk, name="Priya Nair")


@pytest.fixture
def colin(world: Partnership) -> Membership:
    return member(world.birmingham, Role.MANAGER, unit=world.team, name="Colin Marsh")


numbers = iter(range(10_000))


def owe(
    agency: Agency, child: Child, *, late: timedelta, unit: Unit | None = None,
    membership: Membership | None = None, kind: Clock = Clock.PREVENTION_INTERVIEW,
) -> Deadline:  # fmt: skip
    """Let an agency owe something for a child since, or, where `late` is negative, until a while."""
    act = act_now(_any_member(agency))
    return deadlines.start(
        child=child, agency=agency, unit=unit, membership=membership, kind=kind,
        reference=f"ME-{next(numbers):04}-0000-0", due_at=act.now - late, act=act,
    )  # fmt: skip


def _any_member(agency: Agency) -> Membership:
    return Membership.objects.filter(agency=agency).order_by("pk")[0]


def listed(by: Membership, act: Act | None = None, **of: Any) -> list[Deadline]:
    """Return everything that the list shows somebody, page after page."""
    found: list[Deadline] = []
    after = ""
    act = act or act_now(by)
    while True:
        page = queries.overdue_page(act=act, seen=deadlines.kinds_by_aspect(), after=after, **of)
        found += page.rows
        after = page.next_key
        if not after:
            return found


def shown(world: Partnership, by: Membership, query: str = "") -> str:
    answer = world.client(by).get(f"/overdue/{query}", secure=True)
    assert answer.status_code == 200
    page: str = answer.content.decode()
    return page


# --- whose, and by how much


def test_a_manager_sees_what_their_agency_and_the_others_of_their_cases_owe(
    world: Partnership, priya: Membership, colin: Membership
) -> None:
    mine = owe(world.birmingham, world.ava, late=26 * HOUR, membership=colin, unit=world.team)
    team = owe(world.birmingham, world.ava, late=2 * HOUR + 5 * MINUTE, unit=world.team)
    own = owe(world.birmingham, world.ava, late=3 * HOUR)
    theirs = owe(world.kent_police, world.ava, late=4 * HOUR, unit=world.desk, membership=priya)
    hidden = owe(world.kent_police, world.ava, late=HOUR, kind=Clock.MATCH_QUESTION)

    assert listed(colin) == [mine, theirs, own, team]
    assert listed(colin, whose=Whose.MINE) == [mine]
    assert listed(colin, whose=Whose.TEAM) == [mine, team]
    assert listed(colin, whose=Whose.AGENCY) == [mine, own, team]
    assert listed(colin, whose=Whose.OTHERS) == [theirs]
    assert listed(colin, kind=Clock.MATCH_QUESTION) == []
    assert listed(world.ruth) == [mine, own, team]
    assert listed(world.ruth, whose=Whose.OTHERS) == []
    assert hidden not in listed(colin)

    page = shown(world, colin)
    for words in ("Late by 1 day 2 hours", "Late by 2 hours 5 minutes", "Late by 4 hours"):
        assert words in page
    assert "Colin Marsh" in page
    assert "Priya Nair" not in page, "people of other agencies are not named"
    assert "Duty desk" in page
    assert f"/deadlines/{team.own_reference}/extend/" in page
    assert f"/deadlines/{team.own_reference}/reassign/" in page
    assert f"/deadlines/{theirs.own_reference}/chase/" in page
    assert f"/deadlines/{theirs.own_reference}/extend/" not in page
    assert "Other agencies" not in shown(world, world.ruth)
    practitioner = shown(world, world.ruth)
    assert "/extend/" not in practitioner
    assert "/chase/" not in practitioner
    for whose in ("mine", "team", "agency", "others", "nonsense"):
        shown(world, colin, f"?whose={whose}&kind=nonsense&after=nonsense")
    assert "Late by 4 hours" not in shown(world, colin, "?whose=agency&kind=")


def test_what_is_due_in_the_next_day_stands_below(world: Partnership, colin: Membership) -> None:
    soon = owe(world.birmingham, world.ava, late=-2 * HOUR)
    theirs = owe(world.kent_police, world.ava, late=-HOUR)
    owe(world.birmingham, world.ava, late=-25 * HOUR)

    page = queries.due_soon(act=act_now(colin), seen=deadlines.kinds_by_aspect())

    assert page.rows == [theirs, soon]
    assert page.count == 2
    assert listed(colin) == []
    words = shown(world, colin)
    assert "Nothing is overdue here" in words
    assert "2, the soonest first" in words
    assert f"/deadlines/{theirs.own_reference}/chase/" not in words


def test_my_work_shows_the_person_and_their_units_the_soonest_first(
    world: Partnership, colin: Membership
) -> None:
    to_come = owe(world.birmingham, world.ava, late=-HOUR, membership=world.ruth)
    late = owe(world.birmingham, world.ava, late=3 * HOUR, unit=world.team)
    owe(world.birmingham, world.ava, late=HOUR, membership=colin)
    owe(world.birmingham, world.ava, late=HOUR, unit=world.edt)
    owe(world.kent_police, world.ava, late=HOUR)

    assert queries.running_deadlines(act_now(world.ruth)) == [late, to_come]
    page = world.client(world.ruth).get("/", secure=True).content.decode()
    assert page.count("Late by 3 hours") == 1
    assert "Late by 1 hour" not in page


def test_a_clock_turns_overdue_at_its_very_instant(world: Partnership, colin: Membership) -> None:
    """TIME-05."""
    owed = owe(world.birmingham, world.ava, late=-HOUR)
    for moment, is_overdue in (
        (owed.due_at - timedelta(microseconds=1), False),
        (owed.due_at, True),
        (owed.due_at + timedelta(microseconds=1), True),
    ):
        act = act_for(colin, now=moment)
        soon = queries.due_soon(act=act, seen=deadlines.kinds_by_aspect()).rows
        assert (listed(colin, act), soon) == (([owed], []) if is_overdue else ([], [owed]))


# --- pages


def test_pages_of_both_lists_merge_and_end(
    world: Partnership, priya: Membership, colin: Membership
) -> None:
    same = act_now(colin).now - HOUR
    for number in range(2 * PAGE + 3):
        owed = owe(
            (world.birmingham, world.kent_police)[number % 2],
            world.ava,
            late=number * MINUTE + HOUR,
        )
        if number % 3 == 0:  # several at one instant
            Deadline.objects.filter(pk=owed.pk).update(starts_at=same, due_at=same)
    expected = list(
        Deadline.objects.running().filter(kind=Clock.PREVENTION_INTERVIEW).order_by("due_at", "pk")
    )

    assert listed(colin) == expected
    client = world.client(colin)
    first = client.get("/overdue/", secure=True)
    assert first.context["late"].count == len(expected)
    assert "Next page" in first.content.decode()
    second = client.get(first.context["next"], secure=True)
    assert [line.deadline for line in second.context["late_rows"]] == expected[PAGE : 2 * PAGE]
    assert "First page" in second.content.decode()
    last = client.get(second.context["next"], secure=True)
    assert [line.deadline for line in last.context["late_rows"]] == expected[2 * PAGE :]
    assert not last.context["next"]

    caller, results, after = Caller(colin), [], ""
    while after is not None:
        answer = caller.get("/deadlines/", **({"after": after} if after else {})).json()
        results += answer["results"]
        after = answer["next"]
    assert [each["reference"] for each in results] == [each.own_reference for each in expected]
    assert all(each["is_overdue"] and each["can_extend"] for each in results)


def test_the_operation_takes_the_same_filters(
    world: Partnership, priya: Membership, colin: Membership
) -> None:
    mine = owe(world.birmingham, world.ava, late=HOUR, membership=colin, unit=world.team)
    theirs = owe(world.kent_police, world.ava, late=HOUR, membership=priya)
    soon = owe(world.birmingham, world.ava, late=-HOUR)
    caller = Caller(colin)

    def found(**query: str) -> list[str]:
        return [each["reference"] for each in caller.get("/deadlines/", **query).json()["results"]]

    assert found(whose="mine") == found(whose="team") == [mine.own_reference]
    assert found(whose="others") == [theirs.own_reference]
    assert found(due="soon") == [soon.own_reference]
    assert found(kind=Clock.MATCH_QUESTION) == []
    by_reference = {each["reference"]: each for each in caller.get("/deadlines/").json()["results"]}
    assert by_reference[mine.own_reference]["person"] == "Colin Marsh"
    assert by_reference[mine.own_reference]["team"] == "Team 4"
    assert by_reference[theirs.own_reference]["person"] is None
    for query in ({"whose": "everybody"}, {"due": "never"}, {"late": "1"}):
        assert caller.get("/deadlines/", **query).status_code == 400


# --- who sees what


def test_each_look_at_the_list_is_logged_with_the_children_it_showed(
    world: Partnership, colin: Membership
) -> None:
    owe(world.birmingham, world.ava, late=HOUR)
    shown(world, colin)

    entry = Entry.objects.filter(verb="pages.overdue", outcome=Outcome.DONE).latest("id")
    assert (entry.subjects, entry.basis) == ([world.ava.pk], "list")


def test_whoever_has_no_part_sees_nothing(world: Partnership) -> None:
    for agency in (world.kent_police, world.birmingham, world.stranger_agency, world.school):
        owe(agency, world.ava, late=HOUR)
    for person in (world.stranger, world.owen):
        assert listed(person) == []
        assert "Bramley" not in shown(world, person)
        assert Caller(person).get("/deadlines/").json()["results"] == []
    KeepFrom.objects.create(
        child=world.ava, user=world.ken.user, reason="A relative.", made_by=world.ruth,
        starts_at=act_now(world.ruth).now,
    )  # fmt: skip
    assert listed(world.ken) == []
    assert len(listed(world.ruth)) == 1
    Child.objects.filter(pk=world.ava.pk).update(is_restricted=True)
    assert listed(world.ruth) == []


def _ways_to_lose_it(world: Partnership) -> Iterator[Membership]:
    """Take Ava from a manager's agency, each in another way."""
    act = act_now(world.ruth)
    school = member(world.school, Role.MANAGER)
    Grant.objects.filter(child=world.ava, agency=world.school).update(ended_at=act.now)
    sharing.recompute(child=world.ava, act=act)
    yield school
    health = member(world.health, Role.MANAGER)
    Grant.objects.filter(child=world.ava, agency=world.health).update(
        starts_at=act.now - HOUR, ends_at=act.now
    )
    ChildPermission.listed.filter(group=world.health.group).update(valid_until=act.now)
    yield health


def test_what_a_lost_part_opened_leaves_the_list_at_once(world: Partnership) -> None:
    """AZ-08, AZ-09: also one's own clocks, and with nothing swept."""
    for agency in (world.school, world.health, world.kent_police):
        owe(agency, world.ava, late=HOUR)
    for person in _ways_to_lose_it(world):
        assert listed(person) == []


def test_lists_and_single_checks_agree_for_everyone(world: Partnership) -> None:
    """The oracle: every clock in the list can be looked at alone, and no other can."""
    other = children.record_child(
        described=Described(given_names="Mia", family_name="Thornbury"),
        recording_agency=world.birmingham, act=act_now(world.ruth),
    )  # fmt: skip
    _share_with(world, other)
    agencies = (
        world.kent_police, world.west_midlands, world.birmingham, world.kent_council, world.home,
        world.school, world.health, world.charity, world.stranger_agency,
    )  # fmt: skip
    made = [
        owe(agency, child, late=HOUR, kind=kind)
        for agency, child, kind in product(agencies, (world.ava, other), Clock)
    ]
    people = [
        *(member(agency, role) for agency in agencies for role in (Role.MANAGER, Role.SUPERVISOR)),
        *(_any_member(agency) for agency in agencies), world.owen, world.dana,
    ]  # fmt: skip
    seen_by_somebody = set()
    for person in people:
        act = act_now(person)
        opened = {owed.pk for owed in made if _opens(act, owed)}
        own = {owed.pk for owed in made if owed.agency_id == act.agency_id}
        expected = opened if queries.sees_others_clocks(act) else opened & own
        found = listed(person)
        assert {owed.pk for owed in found} & {owed.pk for owed in made} == expected, person.user
        assert len(found) == len({owed.pk for owed in found})
        seen_by_somebody |= expected
    assert seen_by_somebody
    assert seen_by_somebody != {owed.pk for owed in made}


def _share_with(world: Partnership, child: Child) -> None:
    act = act_now(world.ruth)
    for agency, part in (
        (world.birmingham, Part.HOME_COUNCIL), (world.west_midlands, Part.HOME_FORCE),
        (world.home, Part.CHILDRENS_HOME), (world.kent_council, Part.HOST_COUNCIL),
    ):  # fmt: skip
        sharing.open_part(
            child=child, agency=agency, part=part, basis=Grant.Basis.PERSON, reason="They help.",
            act=act,
        )  # fmt: skip
    sharing.recompute(child=child, act=act)


def _opens(act: Act, owed: Deadline) -> bool:
    """Ask the check that one clock's pages ask."""
    try:
        view = access.view_of(act=act, reference=owed.child.reference)
    except NotFound:
        return False
    return access.sees_deadline(act, view, owed, kind_of(owed).seen_with)
