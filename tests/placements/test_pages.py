"""The pages of placements and notices: the way through, and bad input said at its field."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client

from missingchildren.agencies.models import Membership
from missingchildren.alerts.models import Alert
from missingchildren.core.clock import in_london
from missingchildren.core.references import new_reference
from missingchildren.demo.benching.capturing import capture
from placements.models import Placement, PlacementNotification
from placements.services import placements
from tests.partnership import CANARY_PLACE, KENT, Partnership, act_now
from tests.placements.telling import (
    BIRMINGHAM_POSTCODE,
    DUDLEY_POSTCODE,
    KENT_POSTCODE,
    PLACEMENT_PHONE,
    POLICE_SHOULD_KNOW,
    SATISFIED,
    WHY_THIS_HOME,
    acknowledge,
    approved,
    current,
    end,
    holt,
    notice_to,
    propose,
    samira,
    send_back,
)
from tests.web.forms_contract import assert_contract

pytestmark = pytest.mark.django_db
SPRING = {"day": "28", "month": "3", "year": "2027", "time": "01:30"}
AUTUMN = {"day": "25", "month": "10", "year": "2026", "time": "01:30"}
LONG_AGO = {"day": "1", "month": "1", "year": "2020", "time": "10:00"}
TO_COME = {"day": "1", "month": "1", "year": "2099", "time": "10:00"}


@pytest.fixture
def world(placing: Partnership) -> Partnership:
    return placing


def typed_time(name: str, at: datetime) -> dict[str, str]:
    local = in_london(at)
    return time_of(
        name,
        {
            "day": str(local.day),
            "month": str(local.month),
            "year": str(local.year),
            "time": f"{local:%H:%M}",
        },
    )


def time_of(name: str, parts: dict[str, str]) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in parts.items()}


def proposal(now: datetime, **changes: str) -> dict[str, str]:
    ordinary = {
        "kind": "K2", "carer": "other", "provider": "Seaview House", "description": CANARY_PLACE,
        "postcode": KENT_POSTCODE, "is_emergency": "yes", "why_this_home": WHY_THIS_HOME,
        "what_police_should_know": POLICE_SHOULD_KNOW, "contact_name": "Samira Khan",
        "contact_phone": PLACEMENT_PHONE, "token": str(uuid4()),
        **typed_time("arrives_at", now),
    }  # fmt: skip
    return {**ordinary, **changes}


def page_of(placement: Placement, step: str = "") -> str:
    return f"/cases/{placement.child.reference}/placements/{placement.reference}/{step}"


def read(client: Client, address: str) -> str:
    answer = client.get(address, secure=True)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_the_whole_way_on_pages(world: Partnership) -> None:
    """Propose, write down the director's word, arrive, acknowledge, end; each page says what is next."""
    council, desk = world.client(samira(world)), world.client(world.joan)
    now = act_now(world.ruth).now
    holt(world)
    add = f"/cases/{world.ava.reference}/placements/add/"
    assert "Record a placement" in read(council, add)

    answer = council.post(add, proposal(now - timedelta(minutes=40)), secure=True)
    placement = Placement.objects.get()
    assert answer.headers["Location"] == page_of(placement)
    shown = read(council, page_of(placement))
    assert "director of children&#x27;s services must approve" in shown
    assert "To be told by" in shown

    council.post(
        page_of(placement, "decide/"),
        {
            "how": "telephone", "officer": holt(world).reference, "is_approved": "yes",
            "satisfied": ["wishes_known", "most_appropriate", "fits_plan"], "reasons": "",
            **typed_time("decided_at", now - timedelta(minutes=50)),
        },
        secure=True,
    )  # fmt: skip
    shown = read(council, page_of(placement))
    assert "By telephone, written down by" in shown
    council.post(
        page_of(placement, "start/"),
        {"tell": "now", **typed_time("started_at", now - timedelta(minutes=2))},
        secure=True,
    )
    shown = read(council, page_of(placement))
    assert "Not opened yet" in shown
    assert CANARY_PLACE not in shown

    notice = notice_to(placement, world.kent_police)
    waiting = read(desk, "/notifications/")
    assert notice.reference in waiting
    assert "Bramley" not in waiting
    received = read(desk, f"/notifications/{notice.reference}/")
    for words in ("Ava Bramley", "4 May 2011", WHY_THIS_HOME, POLICE_SHOULD_KNOW, PLACEMENT_PHONE):
        assert words in received, words
    for hidden in (CANARY_PLACE, KENT_POSTCODE, "Seaview"):
        assert hidden not in received, hidden
    assert "Opened" in read(council, page_of(placement))

    desk.post(
        f"/notifications/{notice.reference}/acknowledge/",
        {"holder": "Missing team", "system_reference": "KP-77", "response": "Ring Priya."},
        secure=True,
    )
    assert "KP-77" in read(council, page_of(placement))
    assert "KP-77" in read(council, f"/cases/{world.ava.reference}/")
    assert notice.reference not in read(desk, "/notifications/")
    assert notice.reference in read(desk, "/notifications/?box=answered")

    council.post(
        page_of(placement, "end/"),
        {"tell": "later", "reason": "She moves to Dudley.", **typed_time("ended_at", now)},
        secure=True,
    )
    assert "Tell the area" in read(council, page_of(placement))
    council.post(page_of(placement, "tell/"), {}, secure=True)
    of_end = notice_to(placement, world.kent_police, "end")
    ended = read(desk, f"/notifications/{of_end.reference}/")
    assert "record has ended. This notice stays as it was sent to you" in ended
    assert desk.get(f"/cases/{world.ava.reference}/", secure=True).status_code == 404
    kept = read(desk, f"/notifications/{notice.reference}/")
    assert WHY_THIS_HOME in kept
    assert "The address is not shown to you any more" in kept


def test_a_place_is_revealed_by_the_page_of_places_alone(world: Partnership) -> None:
    """LOC-02: the notice leads there; a look leaves its line."""
    placement = current(world)
    desk = world.client(world.joan)
    notice = notice_to(placement, world.kent_police)
    address = f"/cases/{world.ava.reference}/places/{placement.location.reference}/"
    assert address in read(desk, f"/notifications/{notice.reference}/")
    assert address in read(desk, page_of(placement))
    assert CANARY_PLACE not in read(desk, address)
    assert CANARY_PLACE in desk.post(address, secure=True).content.decode()


def test_a_doubtful_postcode_leads_to_the_question_which_area(world: Partnership) -> None:
    council = world.client(samira(world))
    now = act_now(world.ruth).now
    answer = council.post(
        f"/cases/{world.ava.reference}/placements/add/", proposal(now, postcode="CT9 7ZZ"),
        secure=True,
    )  # fmt: skip
    placement = Placement.objects.get()
    assert answer.headers["Location"] == page_of(placement, "area/")
    shown = read(council, page_of(placement, "area/"))
    assert "newer than our tables" in shown
    assert "CT9 7" not in shown

    wrong = council.post(page_of(placement, "area/"), {"area": "E06000001"}, secure=True)
    assert "There is a problem" in wrong.content.decode()
    council.post(page_of(placement, "area/"), {"area": KENT}, secure=True)

    assert "director of children&#x27;s services must approve" in read(council, page_of(placement))


# --- bad input


def on_proposal(world: Partnership) -> tuple[Membership, str]:
    return samira(world), f"/cases/{world.ava.reference}/placements/add/"


def on_decision(world: Partnership) -> tuple[Membership, str]:
    holt(world)
    return samira(world), page_of(propose(world), "decide/")


def on_start(world: Partnership) -> tuple[Membership, str]:
    return samira(world), page_of(approved(world), "start/")


def on_end(world: Partnership) -> tuple[Membership, str]:
    return samira(world), page_of(current(world), "end/")


def on_withdrawal(world: Partnership) -> tuple[Membership, str]:
    return samira(world), page_of(approved(world), "withdraw/")


def on_by_hand(world: Partnership) -> tuple[Membership, str]:
    placement = propose(world, postcode=DUDLEY_POSTCODE)
    notice = placement.notices.get(to="council")
    return samira(world), page_of(placement, f"notices/{notice.reference}/by-hand/")


def on_reroute(world: Partnership) -> tuple[Membership, str]:
    placement = current(world)
    notice = send_back(notice_to(placement, world.kent_police), world.joan)
    return samira(world), page_of(placement, f"notices/{notice.reference}/instead/")


def on_acknowledgement(world: Partnership) -> tuple[Membership, str]:
    notice = notice_to(current(world), world.kent_police)
    return world.joan, f"/notifications/{notice.reference}/acknowledge/"


def on_sending_back(world: Partnership) -> tuple[Membership, str]:
    notice = notice_to(current(world), world.kent_police)
    return world.joan, f"/notifications/{notice.reference}/send-back/"


YESTERDAY = datetime.now(tz=UTC) - timedelta(days=1)
LONG = "x" * 60_000
ENDED = {"reason": "She moves to Dudley.", "tell": "now", **typed_time("ended_at", YESTERDAY)}
BY_HAND = {"whom": "Duty sergeant", "how": "phone", **typed_time("told_at", YESTERDAY)}
Typed = dict[str, Any]
BAD: dict[str, tuple[Callable[[Partnership], tuple[Membership, str]], Typed, str]] = {
    "propose: nothing": (on_proposal, {}, "Enter address"),
    "propose: no postcode": (
        on_proposal, proposal(YESTERDAY, postcode="Margate"), "Enter a full UK postcode",
    ),
    "propose: a foreign postcode": (
        on_proposal, proposal(YESTERDAY, postcode="75008"), "Enter a full UK postcode",
    ),
    "propose: Jersey": (
        on_proposal, proposal(YESTERDAY, postcode="JE2 3AB"), "outside the United Kingdom",
    ),
    "propose: before birth": (
        on_proposal, {**proposal(YESTERDAY), **time_of("arrives_at", LONG_AGO)}, "year ago",
    ),
    "propose: far ahead": (
        on_proposal, {**proposal(YESTERDAY), **time_of("arrives_at", TO_COME)}, "year ahead",
    ),
    "propose: the hour that never was": (
        on_proposal, {**proposal(YESTERDAY), **time_of("arrives_at", SPRING)}, "clocks went forward",
    ),
    "propose: the hour that came twice": (
        on_proposal, {**proposal(YESTERDAY), **time_of("arrives_at", AUTUMN)}, "came twice",
    ),
    "propose: a home that nobody runs": (
        on_proposal, proposal(YESTERDAY, provider="Nowhere House"), "No home or fostering agency",
    ),
    "propose: 60,000 characters": (
        on_proposal, proposal(YESTERDAY, why_this_home=LONG), "5,000 characters or fewer",
    ),
    "propose: 60,000 characters for the police": (
        on_proposal, proposal(YESTERDAY, what_police_should_know=LONG), "5,000 characters or fewer",
    ),
    "propose: NUL": (on_proposal, proposal(YESTERDAY, why_this_home="a\x00b"), "cannot be shown"),
    "propose: a number that nobody can dial": (
        on_proposal, proposal(YESTERDAY, contact_phone="ask Samira"), "Enter a telephone number",
    ),
    "propose: a relative in a home": (
        on_proposal, proposal(YESTERDAY, carer="connected"), "Only a foster placement",
    ),
    "decide: nothing": (on_decision, {}, "Answer “Who decided?”"),
    "decide: as the director, without being it": (
        on_decision, {"how": "own", "is_approved": "yes"}, "Choose one of the answers shown",
    ),
    "decide: by telephone, without whom and when": (
        on_decision, {"how": "telephone", "is_approved": "yes"}, "Enter when they decided",
    ),
    "start: to come": (
        on_start, {"tell": "now", **time_of("started_at", TO_COME)}, "must be in the past",
    ),
    "start: before the approval": (
        on_start, {"tell": "now", **typed_time("started_at", YESTERDAY)},
        "after the placement was approved",
    ),
    "start: before birth": (
        on_start, {"tell": "now", **time_of("started_at", LONG_AGO)}, "year ago",
    ),
    "start: no such day": (
        on_start, {"tell": "now", **time_of("started_at", {**LONG_AGO, "day": "32"})}, "real date",
    ),
    "end: before the start": (on_end, ENDED, "must be after the start"),
    "end: to come": (on_end, {**ENDED, **time_of("ended_at", TO_COME)}, "must be in the past"),
    "end: 60,000 characters": (on_end, {**ENDED, "reason": LONG}, "500 characters or fewer"),
    "withdraw: no reason": (on_withdrawal, {"reason": "no"}, "in a sentence"),
    "by hand: to come": (
        on_by_hand, {**BY_HAND, **time_of("told_at", TO_COME)}, "must be in the past",
    ),
    "by hand: nobody": (on_by_hand, {**BY_HAND, "whom": ""}, "Whom did you tell?"),
    "instead: nobody": (on_reroute, {"agency": "", "name": ""}, "Choose who must be told"),
    "acknowledge: nobody holds it": (
        on_acknowledgement, {"holder": "", "system_reference": "KP-1"}, "Who holds it?",
    ),
    "acknowledge: 60,000 characters": (
        on_acknowledgement, {"holder": "We", "system_reference": "KP-1", "response": LONG},
        "2,000 characters or fewer",
    ),
    "send back: no reason": (on_sending_back, {"reason": "no"}, "in a sentence"),
}  # fmt: skip


def stored() -> Any:
    return (
        list(Placement.objects.order_by("pk").values()),
        list(PlacementNotification.objects.order_by("pk").values()),
        Alert.objects.count(),
    )


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_said_at_the_field_kept_and_changes_nothing(
    world: Partnership, name: str
) -> None:
    """TIME-04, TIME-08, A11Y-14."""
    make, typed, message = BAD[name]
    person, address = make(world)
    before = stored()
    client = world.client(person)

    answer: HttpResponse = client.post(address, typed, secure=True)  # type: ignore[assignment]

    assert answer.status_code in {200, 409}, answer.status_code
    form = answer.context["form"]  # type: ignore[attr-defined]
    told = [str(error) for errors in form.errors.values() for error in errors]
    assert told, "it was taken"
    assert form.errors.keys() - {"__all__"}, "the message stands at a field"
    shown = answer.content.decode()
    assert message in " ".join(told) or message in shown[shown.find("There is a problem") :][:1500]
    assert_contract(answer, form)
    assert stored() == before


def test_pressing_twice_proposes_one_home(world: Partnership) -> None:
    client = world.client(samira(world))
    typed = proposal(act_now(world.ruth).now)
    address = f"/cases/{world.ava.reference}/placements/add/"

    first, second = (client.post(address, typed, secure=True) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert Placement.objects.count() == 1


def test_whoever_comes_second_reads_who_was_first(world: Partnership) -> None:
    """CON-01: two people at once; what was typed is kept."""
    notice = notice_to(current(world), world.kent_police)
    client = world.client(world.joan)
    address = f"/notifications/{notice.reference}/acknowledge/"
    page = client.get(address, secure=True)
    acknowledge(notice, world.joan)

    answer = client.post(
        address,
        {
            "holder": "Somebody else", "system_reference": "KP-2",
            "version": str(page.context["form"]["version"].value()),
        },
        secure=True,
    )  # fmt: skip

    assert answer.status_code == 403
    assert "there is nothing to answer" in answer.content.decode()
    notice.refresh_from_db()
    assert notice.system_reference == "KP-MISPER-77"


def test_a_stale_page_shows_that_it_changed_and_keeps_what_was_typed(world: Partnership) -> None:
    """CON-02."""
    placement = approved(world)
    client = world.client(samira(world))

    answer = client.post(
        page_of(placement, "withdraw/"),
        {"reason": "There is a home nearby.", "version": "99"},
        secure=True,
    )

    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Somebody changed this while you were looking at it" in shown
    assert "There is a home nearby." in shown
    placement.refresh_from_db()
    assert placement.withdrawn_at is None


REFUSED: dict[str, tuple[str, str]] = {
    "add/": ("beth", "Only the council that looks after the child"),
    "end/": ("beth", "Only the council that placed the child"),
    "withdraw/": ("beth", "Only the council that placed the child"),
    "start/": ("ruth", "it cannot start"),
    "decide/": ("ruth", "Only a nominated officer or the director"),
    "tell/": ("ruth", "No notice waits"),
    "area/": ("ruth", "is known"),
}


@pytest.mark.parametrize("step", REFUSED)
def test_what_may_not_be_done_says_why(world: Partnership, step: str) -> None:
    """AZ-31: 403 with the reason, and nothing changes, whatever is posted."""
    name, reason = REFUSED[step]
    placement = current(world)
    address = page_of(placement, step)
    if step == "add/":
        address = f"/cases/{world.ava.reference}/placements/add/"
    client = world.client(getattr(world, name))
    before = stored()

    for answer in (client.get(address, secure=True), client.post(address, {}, secure=True)):
        assert answer.status_code == 403
        assert reason in answer.content.decode()
    assert stored() == before


def test_the_placement_of_another_child_is_not_found(world: Partnership) -> None:
    """AZ-14: nor is a notice of another placement."""
    placement = current(world)
    other = propose(world, postcode=BIRMINGHAM_POSTCODE, provider_reference="")
    notice = notice_to(placement, world.kent_police)
    client = world.client(samira(world))
    absent = client.get("/cases/MC-0000-0000-0/", secure=True)
    for address in (
        f"/cases/{world.ava.reference}/placements/PL-0000-0000-0/",
        page_of(other, f"notices/{notice.reference}/by-hand/"),
        f"/notifications/{notice.reference}/",
        "/notifications/PN-0000-0000-0/",
        "/notifications/../",
    ):
        answer = client.get(address, secure=True)
        assert answer.status_code == 404, address
        assert answer.content == absent.content or ".." in address


def test_only_forces_and_councils_are_offered_notices(world: Partnership) -> None:
    for name, offered in (("joan", True), ("ruth", True), ("nisha", False), ("owen", False)):
        shown = read(world.client(getattr(world, name)), "/")
        assert ("Notifications" in shown) == offered, name


def test_a_page_sent_after_the_session_ended_is_kept(world: Partnership) -> None:
    """Nothing typed is lost."""
    person, address = on_acknowledgement(world)
    client = world.client(person)
    page = client.get(address, secure=True).content.decode()
    seal = page.split('name="keep" value="')[1].split('"')[0]
    client.logout()

    client.post(address, {"holder": "The missing team", "keep": seal}, secure=True)

    shown = read(world.client(person), address)
    assert "The missing team" in shown
    assert "You were signed out" in shown


# --- cost


def test_pages_cost_the_same_however_much_there_is(world: Partnership) -> None:
    """PERF-01: the panel costs one query; lists and pages a fixed number."""
    child = f"/cases/{world.ava.reference}/"
    client = world.client(samira(world))
    costs: dict[str, int] = {}
    for number in (1, 12):
        for _ in range(number):
            placement = end(world, current_now(world))
            acknowledge(notice_to(placement, world.kent_police, "end"), world.joan)
        placement = current_now(world)
        for address in (child, f"{child}placements/", page_of(placement)):
            key = address.replace(placement.reference, "PL")
            cost = len(capture(client, address).statements)
            assert costs.setdefault(key, cost) == cost, (key, number)
            assert cost <= 20, (key, cost)
        desk = world.client(world.joan)
        for address in ("/notifications/", "/notifications/?box=answered"):
            cost = len(capture(desk, address).statements)
            assert costs.setdefault(address, cost) == cost
            assert cost <= 20
        end(world, placement)


def current_now(world: Partnership) -> Placement:
    """Let the child arrive this moment, approved this moment."""
    placement = propose(world, arrives_at=act_now(world.ruth).now)
    placements.approve_placement(
        placement_reference=placement.reference, decision=SATISFIED, version=None,
        act=act_now(holt(world)),
    )  # fmt: skip
    act = act_now(samira(world))
    return placements.start_placement(
        placement_reference=placement.reference, started_at=act.now, version=None, act=act
    )


def test_a_long_list_has_pages(world: Partnership) -> None:
    placement = current(world)
    act = act_now(samira(world))
    first = notice_to(placement, world.kent_police)
    for number in range(30):
        PlacementNotification.objects.create(
            child=world.ava, placement=placement, reference=new_reference("PN"),
            about="end", to="force", name="Kent Police", agency=world.kent_police, made_at=act.now,
            due_at=act.now, sent_at=act.now + timedelta(seconds=number), sent_by=act.membership,
            sent=first.sent, dropped_at=act.now,
        )  # fmt: skip
    desk = world.client(world.joan)
    page = desk.get("/notifications/?box=answered", secure=True).context["page"]
    assert len(page.rows) == 25
    assert page.count == 30
    later = desk.get(f"/notifications/?box=answered&after={page.next_key}", secure=True)
    assert len(later.context["page"].rows) == 5
    assert not {row.pk for row in page.rows} & {row.pk for row in later.context["page"].rows}
