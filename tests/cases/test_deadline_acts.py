"""More time, other hands, and asking for what is owed: by whom, how often, and what is refused."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.dispatch import Signal

from cases.events import deadline_extended
from cases.models import Deadline, Extension, KeepFrom, TimelineEntry
from cases.rules import Clock, Fact
from cases.services import deadlines, returns
from cases.services.children import Described
from missingchildren.agencies.models import Membership, Role
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.clock import in_london
from missingchildren.core.verdicts import NotFound, NotPermitted, Refused, RuleBroken, Stale
from tests.api.calling import Caller
from tests.factories import UnitFactory, act_for
from tests.partnership import Partnership, act_now, member

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
WHY = "The officer who spoke with her is off sick."


@dataclass
class Late:
    """A partnership, and the clock of a prevention interview that is five hours late in it."""

    world: Partnership
    clock: Deadline


@pytest.fixture(scope="module")
def late_once(stage: None) -> Late:
    """Tell how the prevention interview became late."""
    world = Partnership()
    report = world.report()
    world.accept(report)
    act = act_now(world.joan)
    returns.record_return(
        episode_reference=report.episode.reference, returned_at=act.now, version=None, act=act
    )
    clock: Deadline = Deadline.objects.get(kind=Clock.PREVENTION_INTERVIEW)
    clock.starts_at, clock.due_at = act.now - 29 * HOUR, act.now - 5 * HOUR
    clock.save(update_fields=["starts_at", "due_at"])
    return Late(world, clock)


@pytest.fixture
def late(late_once: Late, db: None) -> Late:
    """Return what is late, told once for the module."""
    return deepcopy(late_once)


@pytest.fixture
def world(late: Late) -> Partnership:
    return late.world


@pytest.fixture
def clock(late: Late) -> Deadline:
    return late.clock


@pytest.fixture
def priya(world: Partnership) -> Membership:
    """Return a manager of the force that owes the interview."""
    return member(world.kent_police, Role.MANAGER, unit=world.desk, name="Priya Nair")


@pytest.fixture
def colin(world: Partnership) -> Membership:
    """Return a manager of the council that may see that it is late."""
    return member(world.birmingham, Role.MANAGER, unit=world.team, name="Colin Marsh")


def extend(by: Membership, clock: Deadline, **changes: Any) -> Deadline:
    act = act_now(by)
    ordinary = {
        "deadline_reference": clock.own_reference, "new_due_at": act.now + 4 * HOUR, "reason": WHY,
        "version": None, "token": None,
    }  # fmt: skip
    return deadlines.extend_deadline(**{**ordinary, **changes}, act=act)


def reassign(by: Membership, clock: Deadline, **changes: Any) -> Deadline:
    ordinary = {"deadline_reference": clock.own_reference, "version": None, "token": None}
    return deadlines.reassign_deadline(**{**ordinary, **changes}, act=act_now(by))


def chase(by: Membership, clock: Deadline, **changes: Any) -> Deadline:
    now = changes.pop("now", None)
    return deadlines.chase_deadline(
        deadline_reference=clock.own_reference, token=changes.pop("token", None),
        act=act_for(by, now=now),
    )  # fmt: skip


# --- more time


def test_more_time_is_kept_with_its_reason_and_announced(
    clock: Deadline, priya: Membership
) -> None:
    before = clock.due_at
    told = []

    def listen(signal: Signal, deadline: Deadline, **_: Any) -> None:
        told.append((deadline.own_reference, deadline.due_at))

    deadline_extended.connect(listen)
    later = extend(priya, clock)
    deadline_extended.disconnect(listen)

    assert later.due_at > before
    assert later.version == clock.version + 1
    kept = Extension.objects.get(deadline=clock)
    assert (kept.due_before, kept.due_after, kept.reason, kept.by) == (
        before, later.due_at, WHY, priya,
    )  # fmt: skip
    assert told == [(clock.own_reference, later.due_at)]
    assert TimelineEntry.objects.get(kind=Fact.EXTENDED).reference == clock.reference


def test_more_time_counts_once(clock: Deadline, priya: Membership) -> None:
    token = uuid4()
    extend(priya, clock, token=token)
    extend(priya, clock, token=token)

    assert Extension.objects.count() == 1


def test_only_a_manager_of_whoever_owes_it_gives_more_time(
    world: Partnership, clock: Deadline, priya: Membership, colin: Membership
) -> None:
    """AZ-02: 403 with the reason to whoever may see it, 404 to all others."""
    supervisor = member(world.kent_police, Role.SUPERVISOR, unit=world.desk)
    for person, error in (
        (world.joan, NotPermitted), (colin, NotPermitted), (world.ruth, NotPermitted),
        (world.nisha, NotFound), (world.tom, NotFound), (world.stranger, NotFound),
    ):  # fmt: skip
        with pytest.raises(error):
            extend(person, clock)
        with pytest.raises(error):
            reassign(person, clock, unit_reference=world.desk.reference)
        record = f"/cases/{world.ava.reference}/deadlines/{clock.own_reference}"
        status = 403 if error is NotPermitted else 404
        client, caller = world.client(person), Caller(person)
        for act in ("extend", "reassign"):
            assert client.get(f"{record}/{act}/", secure=True).status_code == status, act
        body = {"new_due_at": "2030-01-01T10:00:00Z", "reason": WHY, "version": 1}
        answer = caller.post(
            f"/children/{world.ava.reference}/deadlines/{clock.own_reference}/extend/", body
        )
        assert answer.status_code == status
    clock.refresh_from_db()
    assert clock.version == 1
    assert extend(supervisor, clock).version == 2


EXTENSION_REFUSED: dict[str, tuple[Any, str, str]] = {
    "past": (lambda clock, now: {"new_due_at": now}, "new_due_at", "must be in the future"),
    "a slip in the year": (
        lambda clock, now: {"new_due_at": now + timedelta(days=4000)}, "new_due_at", "within a year",
    ),
    "no reason": (lambda clock, now: {"reason": " busy "}, "reason", "in a sentence"),
}  # fmt: skip


@pytest.mark.parametrize("name", EXTENSION_REFUSED)
def test_more_time_is_refused_at_the_field(clock: Deadline, priya: Membership, name: str) -> None:
    changes, field, words = EXTENSION_REFUSED[name]

    with pytest.raises(RuleBroken, match=words) as refusal:
        extend(priya, clock, **changes(clock, act_now(priya).now))

    assert refusal.value.field == field
    assert not Extension.objects.exists()
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.verb, entry.outcome) == ("cases.extend_deadline", Outcome.DENIED)


def test_nobody_gives_more_time_where_the_law_or_practice_fixes_it_or_for_what_is_done(
    world: Partnership, clock: Deadline, priya: Membership
) -> None:
    fixed = Deadline.objects.get(kind=Clock.ACCEPT_REPORT)
    with pytest.raises(RuleBroken, match="Nobody can give more time"):
        extend(priya, fixed)
    Deadline.objects.filter(pk=clock.pk).update(due_at=act_now(priya).now + 9 * HOUR)
    with pytest.raises(RuleBroken, match="after the old one"):
        extend(priya, clock)
    Deadline.objects.filter(pk=clock.pk).update(done_at=act_now(priya).now)
    for act in (
        lambda: extend(priya, clock),
        lambda: reassign(priya, clock, unit_reference=world.desk.reference),
        lambda: chase(priya, clock),
    ):
        with pytest.raises(RuleBroken, match="done already"):
            act()


def test_two_managers_at_once_and_the_second_sees_both(
    world: Partnership, clock: Deadline, priya: Membership
) -> None:
    """CON-02: nothing is written over, and what was typed is kept."""
    address = f"/cases/{world.ava.reference}/deadlines/{clock.own_reference}/extend/"
    client = world.client(priya)
    form = client.get(address, secure=True).context["form"]
    first = extend(priya, clock)
    typed = {
        **_parts("new_due_at", act_now(priya).now + 6 * HOUR), "reason": WHY,
        "version": str(form["version"].value()), "token": str(form["token"].value()),
    }  # fmt: skip

    answer = client.post(address, typed, secure=True)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "This is recorded now" in shown
    assert WHY in shown
    assert typed["new_due_at-time"] in shown
    with pytest.raises(Stale):
        reassign(priya, clock, unit_reference=world.desk.reference, version=1)
    clock.refresh_from_db()
    assert clock.due_at == first.due_at


def _parts(name: str, at: datetime) -> dict[str, str]:
    local = in_london(at)
    return {
        f"{name}-day": str(local.day), f"{name}-month": str(local.month),
        f"{name}-year": str(local.year), f"{name}-time": f"{local:%H:%M}",
    }  # fmt: skip


# --- other hands


def test_a_manager_gives_it_to_a_colleague_and_a_team(
    world: Partnership, clock: Deadline, priya: Membership
) -> None:
    given = reassign(
        priya, clock, member_reference=world.dana.reference, unit_reference=world.desk.reference
    )

    assert (given.membership, given.unit, given.version) == (world.dana, world.desk, 2)
    given = reassign(priya, clock, member_reference=world.joan.reference)
    assert (given.membership, given.unit) == (world.joan, None)


def test_it_is_given_to_nobody_who_could_not_do_it(
    world: Partnership, clock: Deadline, priya: Membership
) -> None:
    administrator = member(world.kent_police, Role.ADMINISTRATOR)
    left = member(world.kent_police, Role.PRACTITIONER)
    Membership.objects.filter(pk=left.pk).update(ends_at=act_now(priya).now)
    KeepFrom.objects.create(
        child=world.ava, user=world.dana.user, reason="A relative.", made_by=world.ruth,
        starts_at=act_now(priya).now,
    )  # fmt: skip
    closed = UnitFactory.create(agency=world.kent_police, is_active=False)
    for chosen, words in (
        ({"member_reference": world.ruth.reference}, "works for your agency now"),
        ({"member_reference": left.reference}, "works for your agency now"),
        ({"member_reference": administrator.reference}, "Choose somebody else"),
        ({"member_reference": world.dana.reference}, "Choose somebody else"),
        ({"unit_reference": world.team.reference}, "Choose a team of your agency"),
        ({"unit_reference": closed.reference}, "Choose a team of your agency"),
        ({}, "Choose a person, a team, or both"),
    ):
        with pytest.raises(RuleBroken, match=words):
            reassign(priya, clock, **chosen)
    clock.refresh_from_db()
    assert (clock.membership, clock.unit, clock.version) == (None, world.desk, 1)


def test_the_page_offers_colleagues_and_teams_of_one_s_own_agency(
    world: Partnership, clock: Deadline, priya: Membership
) -> None:
    address = f"/cases/{world.ava.reference}/deadlines/{clock.own_reference}/reassign/"
    client = world.client(priya)
    page = client.get(address, secure=True)
    shown = page.content.decode()
    assert "Dana Whitlock" in shown
    assert "Ruth Adeyemi" not in shown
    form = page.context["form"]
    typed = {"version": str(form["version"].value()), "token": str(form["token"].value())}

    refused = client.post(address, typed, secure=True)
    assert refused.status_code == 409
    assert refused.context["form"].errors.keys() == {"person"}
    other = client.post(address, {**typed, "person": world.ruth.reference}, secure=True)
    assert other.context["form"].errors.keys() == {"person"}
    for _press in range(2):
        sent = client.post(address, {**typed, "person": world.dana.reference}, secure=True)
        assert sent.headers["Location"] == "/overdue/"

    clock.refresh_from_db()
    assert (clock.membership, clock.version) == (world.dana, 2)


# --- asking for it


def test_another_agency_of_the_case_asks_and_the_one_that_owes_it_is_alerted(
    world: Partnership, clock: Deadline
) -> None:
    """A practitioner may: and the alert holds no personal data."""
    chase(world.ruth, clock)

    alert = Alert.objects.get(kind="cases.chased")
    assert (alert.agency, alert.unit) == (world.kent_police, world.desk)
    message = kinds.of(alert).render(alert)
    assert "Ava" not in message.subject + message.body
    kind, now = kinds.of(alert), act_now(world.joan).now
    assert kind.open_url(alert).endswith("/prevention-interview/")
    assert kind.still_entitled(alert, now)
    Deadline.objects.filter(pk=clock.pk).update(done_at=now)
    assert not kind.still_entitled(alert, now)
    assert kind.open_url(alert) == ""
    told = Entry.objects.get(verb="cases.chase_deadline", outcome=Outcome.DONE)
    assert told.recipient == world.kent_police.reference


def test_they_are_asked_once_an_hour(
    world: Partnership, clock: Deadline, priya: Membership
) -> None:
    now, token = act_now(world.ruth).now, uuid4()
    chase(world.ruth, clock, now=now, token=token)
    chase(world.ruth, clock, now=now, token=token)
    for person in (world.ken, priya):
        with pytest.raises(RuleBroken, match="less than an hour ago"):
            chase(person, clock, now=now + timedelta(minutes=59))
    chase(priya, clock, now=now + HOUR)

    assert Alert.objects.filter(kind="cases.chased").count() == 2


def test_who_may_not_ask(world: Partnership, clock: Deadline, priya: Membership) -> None:
    cases: list[tuple[Membership, type[Refused], int]] = [
        (world.joan, NotPermitted, 403), (world.nisha, NotFound, 404), (world.paul, NotFound, 404),
        (world.tom, NotFound, 404), (world.stranger, NotFound, 404),
    ]  # fmt: skip
    record = f"{world.ava.reference}/deadlines/{clock.own_reference}/chase/"
    for person, error, status in cases:
        with pytest.raises(error):
            chase(person, clock)
        assert world.client(person).get(f"/cases/{record}", secure=True).status_code == status
        assert Caller(person).post(f"/children/{record}", {}).status_code == status
    assert not Alert.objects.filter(kind="cases.chased").exists()
    page = world.client(world.ruth).get(f"/cases/{record}", secure=True)
    assert "Ask Kent Police for this" in page.content.decode()
    typed = {"token": str(page.context["form"]["token"].value())}
    assert world.client(world.ruth).post(f"/cases/{record}", typed, secure=True).status_code == 302
    again = Caller(world.ken).post(f"/children/{record}", {})
    assert again.status_code == 409
    assert "less than an hour ago" in again.json()["detail"]


def test_a_clock_of_another_child_is_not_found(world: Partnership, clock: Deadline) -> None:
    """AZ-14."""
    report = world.report(by=world.beth, described=_another())
    record = f"{report.child.reference}/deadlines/{clock.own_reference}/chase/"
    caller = Caller(world.joan)

    assert world.client(world.joan).get(f"/cases/{record}", secure=True).status_code == 404
    assert caller.post(f"/children/{record}", {}).status_code == 404


def _another() -> Described:
    return Described(given_names="Mia", family_name="Thornbury")


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"reason": ""}, "extension_has_reason"),
        ({"due_after": None}, "extension_gives_more_time"),
    ],
)
def test_an_extension_that_must_never_be_is_refused_by_the_database(
    clock: Deadline, priya: Membership, changes: dict[str, Any], constraint: str
) -> None:
    extend(priya, clock)
    kept = Extension.objects.get()
    if "due_after" in changes:
        changes = {"due_after": kept.due_before}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Extension.objects.update(**changes)
