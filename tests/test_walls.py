"""Walls between children, before and after a part: for every form and operation of every app.

What `tests/test_every_page.py` walks with GET, these walk with what was opened or copied before.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from cases.models import Child, ChildPermission, Grant
from cases.rules import Part
from cases.services import children, sharing
from cases.services.children import Described
from missingchildren.agencies.models import Agency, Membership
from tests import test_every_page as pages
from tests.api import test_every_operation as operations
from tests.api.calling import Caller
from tests.partnership import Partnership, act_now
from tests.test_every_page import OF_A_CHILD, PEOPLE

pytestmark = pytest.mark.django_db
# What nobody sets by a call: whose it is, when it is due, who decided it, what it is shared with.
SMUGGLED: dict[str, Any] = {
    "created_by": 1, "shared_with": ["x"], "risk_decided_by": 1, "due_at": "2099-01-01T00:00:00Z",
    "child_id": 1, "owner": "x", "signed_by": 1,
}  # fmt: skip

REFERENCE = re.compile(r"[A-Z]{2}-\w{4}-\w{4}-\w")


@pytest.fixture
def world(walked: Partnership) -> Partnership:
    return walked


def written() -> dict[str, int]:
    """Return how many rows of each table this transaction has written, but for the act log."""
    with connection.cursor() as cursor:
        counted = pages._counters(cursor)
    return {table: number for table, number in counted.items() if not table.startswith("audit_")}


# --- a form that was opened before


def end_by_a_person(world: Partnership, agency: Agency) -> None:
    """End every part of an agency now."""
    act = act_now(world.ruth)
    Grant.objects.filter(child=world.ava, agency=agency).update(
        ended_at=act.now, ended_reason="ended"
    )
    sharing.recompute(child=world.ava, act=act)


def end_by_the_time(world: Partnership, agency: Agency) -> None:
    """Let every part of an agency run out, with nothing swept since."""
    now = act_now(world.ruth).now
    Grant.objects.filter(child=world.ava, agency=agency).update(
        starts_at=now - timedelta(hours=1), ends_at=now
    )
    ChildPermission.listed.filter(content_object=world.ava, group=agency.group).update(
        valid_until=now
    )


# An agency's own receipt, alert, notice and question stay when its part ends, as they were sent.
STAYS = ("report/sent/", "alerts/", "notifications/", "answers/late/", "questions/")


@pytest.mark.parametrize("name", ["joan", "ruth", "nisha", "paul", "tom", "beth"])
def test_a_form_opened_before_the_part_ended_writes_nothing(world: Partnership, name: str) -> None:
    """AZ-08, AZ-09: ended by a person, and by the time: risk, flags, placements, interviews, actions: every form is a 404 then."""
    person: Membership = getattr(world, name)
    client = world.client(person)
    opened = []
    for route in sorted(OF_A_CHILD):
        answer: Any = client.get(pages.fill(route, world), secure=True)
        if answer.status_code == 200 and b'method="post"' in answer.content:
            opened.append(route)
    assert len(opened) > 2, "no form was opened"

    for end in (end_by_a_person, end_by_the_time):
        with transaction.atomic():
            end(world, person.agency)
            before = written()
            refused = []
            for route in opened:
                if not route.startswith(STAYS):
                    sent = {"text": "Late", "reason": "Late", "version": "1"}
                    answer = client.post(pages.fill(route, world), sent, secure=True)
                    assert answer.status_code in {404, 405}, route
                    refused += [route] if answer.status_code == 404 else []
            assert refused or name == "tom"
            assert written() == before
            transaction.set_rollback(True)


# --- what belongs to another child


@pytest.fixture
def ben(world: Partnership) -> Child:
    """Return a child whom the same agencies see."""
    act = act_now(world.ruth)
    child = children.record_child(
        described=Described(
            given_names="Ben", family_name="Quill", date_of_birth=date(2010, 2, 3), sex="M"
        ),
        recording_agency=world.birmingham,
        act=act,
    )
    with transaction.atomic():
        for grant in Grant.objects.live(act.now).filter(child=world.ava).order_by("pk"):
            sharing.open_part(
                child=child, agency=grant.agency, part=Part(grant.part), basis=Grant.Basis(grant.basis),
                unit=grant.unit, act=act,
            )  # fmt: skip
        sharing.recompute(child=child, act=act)
    return child


def of_both(routes: set[str]) -> Iterator[str]:
    """Return the routes that name a child, and something of that child's."""
    for route in sorted(routes):
        if route.count("<") > 1 and "<str:agency_reference>" not in route:
            yield route


@pytest.mark.parametrize("name", ["joan", "ruth"])
def test_nothing_of_one_child_opens_under_another(
    world: Partnership, ben: Child, name: str
) -> None:
    """AZ-14: every page and operation, also for whoever may open both records."""
    client = world.client(getattr(world, name))
    caller = Caller(getattr(world, name))
    assert client.get(f"/cases/{ben.reference}/", secure=True).status_code == 200
    before = written()

    for route in of_both({route for route in OF_A_CHILD if route.startswith("cases/<")}):
        address = pages.fill(route, world).replace(world.ava.reference, ben.reference)
        for verb in ("get", "post"):
            answer = getattr(client, verb)(address, secure=True)
            assert answer.status_code in {404, 405}, (verb, route, answer.status_code)
    assert written() == before
    world.references = {}
    _report_another(world)
    before = written()
    for route in of_both({route for route in operations.OF_A_CHILD if route.startswith("child")}):
        address = operations.fill(route, world).replace(world.ava.reference, ben.reference)
        for verb in ("get", "post"):
            answer = caller.send(verb, address, {}, key="key-of-another-child")
            absent = caller.send(verb, _without(address, ben), {}, key="key-of-nothing")
            assert answer.status_code in {404, 405, absent.status_code}, (verb, route)
            assert answer.content == absent.content, (verb, route)
    assert written() == before


def _report_another(world: Partnership) -> None:
    """Let somebody be reported who may be Ava, so that there is a question to answer."""
    born = world.ava.date_of_birth
    described = Described(given_names="Ava", family_name="Bramley", date_of_birth=born)
    world.report(described=described)


def _without(address: str, child: Child) -> str:
    """Return an address of the child about something that does not exist."""
    head, _, tail = address.partition(f"/{child.reference}/")
    return f"{head}/{child.reference}/{REFERENCE.sub('XX-0000-0000-0', tail)}"


# --- what nobody may set


def test_no_operation_takes_a_field_that_it_does_not_know(world: Partnership) -> None:
    """AZ-12: every operation that changes something, for whoever may open what it is about."""
    _report_another(world)
    callers = [Caller(getattr(world, name)) for name in PEOPLE if name != "dana"]
    judged = set()
    before = written()

    for route in sorted(operations.ALL - {"schema/", "session/"}):
        for caller in callers:
            answer = caller.post(operations.fill(route, world), SMUGGLED)
            if answer.status_code in {404, 405}:
                continue
            assert answer.status_code in {400, 403, 409}, (route, answer.content)
            if answer.status_code == 400:
                refused = answer.json()["errors"]
                assert refused.keys() >= SMUGGLED.keys(), (route, refused)
                judged.add(route)
                break
    assert written() == before
    assert len(judged) > len(operations.CHANGED) / 2, operations.CHANGED - judged
