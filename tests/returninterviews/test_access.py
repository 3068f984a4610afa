"""Who sees what of an interview: the whole stays with the council and whoever holds it."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from cases.models import ChildPermission, Grant, TimelineEntry
from cases.rules import Part
from cases.services import sharing
from missingchildren.agencies.models import Membership, Role
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.clock import london_day
from returninterviews.models import Interview
from tests.api.calling import Caller
from tests.factories import DutyContactFactory
from tests.partnership import Partnership, act_now, member
from tests.returninterviews.telling import (
    CANARY_CARER,
    CANARY_NARRATIVE,
    CANARY_NOTE,
    CANARY_QUOTE,
    CANARY_SUMMARY,
    come_back,
    held,
    offer,
    refer,
    sign,
    summary_for,
)

pytestmark = pytest.mark.django_db

SAID = (CANARY_NARRATIVE, CANARY_QUOTE, CANARY_CARER)
PEOPLE = (
    "joan", "dana", "tom", "ruth", "ken", "owen", "beth", "nisha", "paul", "grace", "lena",
    "stranger",
)  # fmt: skip
WHOLE = {"ruth", "ken", "lena"}


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


def pages(interview: Interview) -> list[str]:
    at, child = f"/interviews/{interview.reference}", interview.child.reference
    told = [f"/summaries/{each.reference}/" for each in interview.summaries.all()]
    return [
        "/", "/alerts/", "/cases/", f"/cases/{child}/", f"/cases/{child}/interviews/",
        f"/cases/{child}/history/", f"/cases/{child}/episodes/", f"{at}/", f"{at}/account/",
        f"{at}/accept/", f"{at}/signed/", f"{at}/check/", f"{at}/away/", f"{at}/refer/", *told,
    ]  # fmt: skip


@pytest.mark.parametrize("name", PEOPLE)
def test_what_was_said_is_read_by_the_council_and_whoever_holds_it(
    world: Partnership, name: str
) -> None:
    """AZ-01, AZ-02 and the canary crawl: pages and operations of everybody in the case."""
    interview = held(world)
    person = getattr(world, name)
    client, caller = world.client(person), Caller(person)
    shown = "".join(
        client.get(address, secure=True).content.decode() for address in pages(interview)
    )
    child = interview.child.reference
    shown += "".join(
        caller.get(address).content.decode()
        for address in (
            f"/children/{child}/", f"/children/{child}/interviews/",
            f"/interviews/{interview.reference}/",
            *(f"/summaries/{each.reference}/" for each in interview.summaries.all()),
        )
    )  # fmt: skip

    for words in SAID:
        assert (words in shown) is (name in WHOLE), words
    assert (CANARY_SUMMARY in shown) is (name in WHOLE | {"joan"})
    assert (CANARY_NOTE in shown) is (name in WHOLE | {"nisha"})


def test_nothing_that_was_said_stands_in_a_log_a_message_or_the_timeline(
    world: Partnership,
) -> None:
    """LOC-05: alerts, log and timeline hold references only."""
    DutyContactFactory.create(agency=world.birmingham, address="duty@birmingham.example")
    held(world)

    kept = [
        *(str(row) for row in Entry.objects.values()),
        *(str(row) for row in TimelineEntry.objects.values()),
        *(str(row) for row in Alert.objects.values()),
    ]

    for alert in Alert.objects.select_related("agency", "unit"):
        message = kinds.of(alert).render(alert)
        kept += [message.subject, message.body]
    for words in (*SAID, CANARY_SUMMARY, CANARY_NOTE, "Bramley"):
        assert not [line for line in kept if words in line], words


def test_hidden_is_the_same_as_absent(world: Partnership) -> None:
    """AZ-01: a school opens an interview that is not shared with it."""
    interview = held(world)
    client = world.client(world.paul)

    absent = client.get("/interviews/RI-0000-0000-0/", secure=True)
    hidden = client.get(f"/interviews/{interview.reference}/", secure=True)

    assert hidden.status_code == absent.status_code == 404
    assert hidden.content == absent.content
    assert hidden.headers.items() == absent.headers.items()
    assert Entry.objects.order_by("-id")[0].outcome == Outcome.DENIED


def test_a_responsible_council_reads_what_another_council_sees_to(world: Partnership) -> None:
    """Design section 4: the home council reads the whole only if it commissions the interview."""
    interview = held(world)
    act = act_now(world.ruth)
    sharing.share(
        child_reference=world.ava.reference, agency_reference=world.kent_council.reference,
        part=Part.HOME_COUNCIL, reason="She stays with her aunt in Kent", ends_at=None, act=act,
    )  # fmt: skip

    assert status(world, world.ken, interview) == 200
    assert status(world, world.beth, interview) == 404


def status(world: Partnership, person: Membership, interview: Interview) -> int:
    client = world.client(person)
    return client.get(f"/interviews/{interview.reference}/account/", secure=True).status_code


def another_provider(world: Partnership) -> Membership:
    return member(world.stranger_agency, Role.PRACTITIONER)


def ended(world: Partnership) -> Membership:
    Grant.objects.filter(child=world.ava, agency=world.charity).update(
        ended_at=act_now(world.ruth).now, ended_reason="ended"
    )
    sharing.recompute(child=world.ava, act=act_now(world.ruth))
    return world.lena


def after_28_days(world: Partnership) -> Membership:
    """AZ-09: nothing is swept; the time alone closes it."""
    now = act_now(world.ruth).now
    Grant.objects.filter(child=world.ava, agency=world.charity).update(
        starts_at=now - timedelta(days=30), ends_at=now
    )
    ChildPermission.listed.filter(content_object=world.ava, group=world.charity.group).update(
        valid_until=now
    )
    return world.lena


@pytest.mark.parametrize("relation", [another_provider, ended, after_28_days])
def test_a_provider_without_a_part_learns_nothing(
    world: Partnership, relation: Callable[[Partnership], Membership]
) -> None:
    """AZ-02, AZ-08, AZ-09."""
    interview = held(world)
    assert status(world, world.lena, interview) == 200

    person = relation(world)

    assert status(world, person, interview) == 404


def test_a_form_opened_before_the_part_ended_is_refused(world: Partnership) -> None:
    """AZ-08: an edit form opened before; nothing written."""
    interview = refer(world, come_back(world))
    client = world.client(world.lena)
    address = f"/interviews/{interview.reference}/offer/"
    assert client.get(address, secure=True).status_code == 200
    ended(world)

    sent = client.post(address, {"to": "child"}, secure=True)

    assert sent.status_code == 404
    assert not interview.offers.exists()


def test_fields_that_nobody_may_set_are_refused(world: Partnership) -> None:
    """AZ-12: the row is unchanged."""
    interview = refer(world, come_back(world))
    before = Interview.objects.values().get()
    caller = Caller(world.ruth)

    for field, value in (("due_at", "2099-01-01T00:00:00Z"), ("signed_by", 1), ("outcome", "x")):
        answer = caller.post(
            f"/interviews/{interview.reference}/refer/",
            {"provider": None, "version": interview.version, field: value},
        )
        assert answer.status_code == 400, field
    assert Interview.objects.values().get() == before


def test_an_offer_of_another_child_is_not_reached(world: Partnership) -> None:
    """AZ-14: a summary's reference under an interview's address, and the other way round."""
    interview = held(world)
    summary = summary_for(interview, world.kent_police)
    client = world.client(world.joan)

    assert client.get(f"/summaries/{interview.reference}/", secure=True).status_code == 404
    assert client.get(f"/interviews/{summary.reference}/", secure=True).status_code == 404


def test_who_sees_the_tab_and_the_panel(world: Partnership) -> None:
    held(world)
    for name, sees in {
        "joan": True, "ruth": True, "nisha": True, "tom": True, "lena": True, "beth": True,
    }.items():  # fmt: skip
        client = world.client(getattr(world, name))
        shown = client.get(f"/cases/{world.ava.reference}/", secure=True).content.decode()
        assert ("interview-heading" in shown) is sees, name


# --- the API does what the pages do


def test_an_interview_is_told_whole_through_the_api(world: Partnership) -> None:
    interview = come_back(world)
    ruth, lena, joan = Caller(world.ruth), Caller(world.lena), Caller(world.joan)
    at = f"/interviews/{interview.reference}"

    referred = ruth.post(
        f"{at}/refer/",
        {"provider": world.charity.reference, "version": version(ruth, at)},
    )
    assert referred.status_code == 200, referred.content
    assert referred.json()["state"] == "referred"
    now = act_now(world.lena).now
    made = lena.post(
        f"{at}/offers/",
        {"made_at": now.isoformat(), "to": "child", "channel": "phone", "result": "accepted",
         "arranged_for": now.isoformat(), "place_kind": "youth", "version": version(lena, at)},
    )  # fmt: skip
    assert made.status_code == 200, made.content
    body = {
        "met_at": act_now(world.lena).now.isoformat(), "place_kind": "youth",
        "is_explained": True, "is_alone": True, "interpreter": "not_needed",
        "parent_asked": "agreed", "away": CANARY_NARRATIVE, "harms": ["11A"],
        "quotes": [{"text": CANARY_QUOTE, "audience": "council"}], "summary": CANARY_SUMMARY,
        "is_child_told": True,
        "shared": [
            {"agency": world.kent_police.reference, "decisions": {"harm": "withhold"},
             "reason": "Another child is named"},
        ],
        "recommendations": [
            {"text": "See her sister", "agency": world.birmingham.reference,
             "due_on": str(london_day(act_now(world.lena).now) + timedelta(days=9)), "priority": "urgent"},
        ],
        "version": version(lena, at),
    }  # fmt: skip
    key = "sign-this-interview-once"
    signed = lena.post(f"{at}/sign/", body, key=key)
    assert signed.status_code == 200, signed.content
    assert signed.json()["account"]["away"] == CANARY_NARRATIVE
    assert lena.post(f"{at}/sign/", body, key=key).status_code == 200
    assert interview.accounts.count() == 1
    accepted = ruth.post(f"{at}/accept/", {"analysis": "Again", "version": version(ruth, at)})
    assert accepted.json()["state"] == "accepted"

    listed = joan.get(f"/children/{interview.child.reference}/interviews/").json()["results"]
    told = f"/summaries/{listed[0]['summary']}"
    shown = joan.get(f"{told}/").json()
    assert (shown["summary"], shown["harm"]) == (CANARY_SUMMARY, "")
    read = joan.post(f"{told}/read/").json()
    answered = joan.post(
        f"{told}/answer/",
        {"answer": "crime_recorded", "crime_reference": "KP/1", "is_useful": True,
         "version": read["version"]},
    )  # fmt: skip
    assert answered.json()["crime_reference"] == "KP/1"


def version(caller: Caller, at: str) -> int:
    return int(caller.get(f"{at}/").json()["version"])


REFUSED: dict[str, tuple[str, dict[str, Any], int, str]] = {
    "no summary": ("sign", {"summary": ""}, 400, "summary"),
    "60,000 characters": ("sign", {"away": "x" * 60_000}, 400, "30,000 characters"),
    "before it was offered": ("sign", {}, 409, "Record first how the interview was offered"),
    "a reason nobody knows": ("not-held", {"code": "bored"}, 400, "not one of the words"),
    "declined without an offer": (
        "not-held", {"code": "declined_by_child", "carer_offer": "made"}, 409, "Record first",
    ),
    "waived by the provider": (
        "not-held", {"code": "not_offered", "reason": "No time for it"}, 403, "Only the council",
    ),
    "accepted by the provider": ("accept", {}, 403, "Only the council"),
    "an old version": ("decline-referral", {"reason": "No time", "version": 1}, 409, "changed"),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_the_api_refuses(world: Partnership, case: str) -> None:
    operation, changes, code, words = REFUSED[case]
    interview = refer(world, come_back(world))
    lena = Caller(world.lena)
    at = f"/interviews/{interview.reference}"
    whole = {
        "sign": {
            "met_at": act_now(world.lena).now.isoformat(), "place_kind": "youth",
            "is_explained": True, "is_alone": True, "interpreter": "not_needed",
            "parent_asked": "agreed", "summary": "All is well", "is_child_told": True,
        },
    }.get(operation, {})  # fmt: skip

    answer = lena.post(f"{at}/{operation}/", {"version": version(lena, at), **whole, **changes})

    assert answer.status_code == code, answer.content
    assert words in json.dumps(answer.json())
    assert Interview.objects.get().outcome == ""


def test_a_late_report_of_the_same_offer_counts_once(world: Partnership) -> None:
    """A lost connection: the same key is the same act."""
    interview = refer(world, come_back(world))
    lena = Caller(world.lena)
    at = f"/interviews/{interview.reference}"
    body = {
        "made_at": act_now(world.lena).now.isoformat(), "to": "child", "channel": "phone",
        "result": "not_today", "version": version(lena, at),
    }  # fmt: skip
    for _try in range(3):
        assert lena.post(f"{at}/offers/", body, key="one-offer-only").status_code == 200
    assert interview.offers.count() == 1


def test_two_people_write_and_one_signs(world: Partnership) -> None:
    interview = refer(world, come_back(world))
    offer(world.lena, interview)
    member(world.charity, Role.PRACTITIONER, name="Sam Second")
    sign(world.lena, interview)

    page = world.client(world.lena).get(f"/interviews/{interview.reference}/", secure=True)
    assert "Read what was said" in page.content.decode()
