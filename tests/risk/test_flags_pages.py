"""The pages of flags: who gets which, bad input at the field, once, never over another's, in few queries."""

import re
from collections import defaultdict
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import DjangoDbBlocker

from cases.models import Child, ChildPermission, Deadline, Grant
from cases.rules import Part
from cases.services import children, sharing
from cases.services.children import Described
from missingchildren.agencies.models import Membership, Role
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.demo.benching.capturing import capture
from missingchildren.demo.benching.comparing import MOST_QUERIES
from missingchildren.demo.benching.counting import SIZES
from risk.models import Flag, FlagDecision
from risk.rules import FlagOutcome
from tests.partnership import member
from tests.risk.flagging import (
    CANARY_DISAGREEMENT,
    CANARY_FIRST,
    CANARY_GROUNDS,
    CANARY_REASONS,
    CANARY_WORDING,
    Flagging,
)
from tests.staging import staged
from tests.web.forms_contract import assert_contract

pytestmark = pytest.mark.django_db

ACTS: dict[str, Callable[[Flagging], Flag]] = {
    "decide": lambda people: people.ask(),
    "enter": lambda people: people.decide(people.ask()),
    "review": lambda people: people.active(),
    "disagree": lambda people: people.decide(people.ask(), FlagOutcome.AMENDED),
    "end": lambda people: people.active(),
    "take-off": lambda people: people.end(people.active()),
}
BY = {
    "decide": "marcus", "enter": "joan", "review": "marcus", "disagree": "colin", "end": "marcus",
    "take-off": "joan", "ask": "ruth", "make": "marcus",
}  # fmt: skip
PAST = {"day": "1", "month": "1", "year": "2026"}


def on(name: str, day: date | dict[str, str]) -> dict[str, str]:
    parts = day if isinstance(day, dict) else {
        "day": str(day.day), "month": str(day.month), "year": str(day.year),
    }  # fmt: skip
    return {f"{name}-{part}": value for part, value in parts.items()}


def asked(people: Flagging, **changes: Any) -> dict[str, Any]:
    ordinary = {
        "force": people.world.kent_police.reference, "level": "high", "grounds": CANARY_GROUNDS,
        "if_missing": CANARY_FIRST, "told": "no",
        "child_not_told_because": "She is with him, and he reads her telephone.",
        "token": str(uuid4()),
    }  # fmt: skip
    return {**ordinary, **changes}


def dates(people: Flagging) -> dict[str, str]:
    return {
        **on("review_on", people.today + timedelta(days=90)),
        **on("expires_on", people.today + timedelta(days=365)),
    }


def said(people: Flagging, what: str, **changes: Any) -> dict[str, Any]:
    """Return what is ordinarily sent on a page."""
    bodies: dict[str, dict[str, Any]] = {
        "ask": asked(people),
        "make": {**asked(people), **dates(people)},
        "decide": {
            "outcome": "accepted", "level": "high", "wording": CANARY_FIRST,
            "reasons": CANARY_REASONS, **dates(people),
        },
        "disagree": {"disagreement": CANARY_DISAGREEMENT},
        "enter": {"system_reference": "KP-W-1180"},
        "review": {
            "outcome": "renewed", "reasons": CANARY_REASONS, "wording": CANARY_FIRST,
            **dates(people),
        },
        "end": {"reasons": CANARY_REASONS},
        "take-off": {},
    }  # fmt: skip
    return {**bodies[what], **changes}


def address(people: Flagging, what: str, flag: Flag | None = None) -> str:
    start = f"/cases/{people.ava.reference}/flags/"
    return f"{start}{flag.reference}/{what}/" if flag else f"{start}{what}/"


def ready(people: Flagging, what: str) -> tuple[str, Membership]:
    """Bring a flag where this can be done; return the page and who does it."""
    if what == "make":
        people.give_part(people.world.kent_police, Part.HOST_FORCE)
    flag = ACTS[what](people) if what in ACTS else None
    return address(people, what, flag), getattr(people, BY[what])


def stored() -> Any:
    return [
        list(model._default_manager.order_by("pk").values())
        for model in (Child, Flag, FlagDecision, Grant, Deadline, Alert)
    ]


# --- the whole way, and who


def test_the_whole_way_on_pages(people: Flagging) -> None:
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    clients = {
        name: people.world.client(getattr(people, name)) for name in ("ruth", "marcus", "joan")
    }
    page = clients["ruth"].get(address(people, "ask"), secure=True)
    assert page.context["form"]["force"].value() == people.world.kent_police.reference
    answer = clients["ruth"].post(address(people, "ask"), asked(people), secure=True)
    flag = Flag.objects.get()
    assert answer.headers["Location"] == f"/cases/{people.ava.reference}/flags/{flag.reference}/"

    for what, person, button in (
        ("decide", "marcus", "Decide"),
        ("enter", "joan", "It is entered on our system"),
        ("review", "marcus", "Review"),
        ("end", "marcus", "End this flag"),
        ("take-off", "joan", "It is taken off our system"),
    ):
        shown = clients[person].get(answer.headers["Location"], secure=True).content.decode()
        assert button in shown, what
        page = clients[person].get(address(people, what, flag), secure=True)
        assert page.status_code == 200
        body = said(people, what, version=page.context["form"]["version"].value())
        done = clients[person].post(address(people, what, flag), body, secure=True)
        assert done.status_code == 302, (what, done.content.decode())
    flag.refresh_from_db()
    assert flag.taken_off_at
    assert flag.child_not_told_because == "She is with him, and he reads her telephone."
    whole = clients["ruth"].get(answer.headers["Location"], secure=True).content.decode()
    assert re.findall("<h3.*?>(.*?)</h3>", whole) == ["Accepted", "Renewed", "Ended"]


def test_a_force_flags_a_child_on_its_page(people: Flagging) -> None:
    page, person = ready(people, "make")
    client = people.world.client(person)
    shown = client.get(f"/cases/{people.ava.reference}/", secure=True).content.decode()
    assert "This child is not flagged." in shown
    assert "Flag this child" in shown
    assert client.post(page, said(people, "make"), secure=True).status_code == 302
    assert Flag.objects.get().outcome == "accepted"


WRONG = [
    ("ask", "marcus", "Only the council that answers for this child"),
    ("make", "joan", "Only a supervisor or a manager of the force"),
    ("make", "ruth", "Only a police force flags a child itself"),
    ("decide", "joan", "Only a supervisor or a manager of the force"),
    ("decide", "ruth", "Only Kent Police can do this"),
    ("enter", "ruth", "Only Kent Police can do this"),
    ("review", "joan", "Only a supervisor or a manager of the force"),
    ("disagree", "ruth", "Only a manager of the council can disagree"),
    ("end", "ruth", "Only Kent Police can do this"),
    ("take-off", "ruth", "Only Kent Police can do this"),
]


@pytest.mark.parametrize(("what", "who", "sentence"), WRONG)
def test_the_wrong_role_gets_403_with_the_reason(
    people: Flagging, what: str, who: str, sentence: str
) -> None:
    page, _ = ready(people, what)
    if what == "ask":
        people.give_part(people.world.kent_police, Part.HOST_FORCE)
    client = people.world.client(getattr(people, who))
    before = stored()

    for answer in (
        client.get(page, secure=True), client.post(page, said(people, what), secure=True)
    ):  # fmt: skip
        assert answer.status_code == 403
        shown = answer.content.decode()
        assert sentence in shown
        assert "<textarea" not in shown
    assert stored() == before


@pytest.mark.parametrize("what", [*ACTS, "ask", "make"])
def test_parts_that_do_not_open_flags_get_404(people: Flagging, what: str) -> None:
    """AZ-05: the home, the school and a stranger get what they would get for nothing."""
    page, _ = ready(people, what)
    world = people.world
    flag = Flag.objects.first()
    people.world.report()
    for person in (world.nisha, world.stranger, people.tom):
        client = world.client(person)
        absent = client.get("/cases/MC-0000-0000-0/flags/", secure=True)
        pages = [page, f"/cases/{people.ava.reference}/flags/"]
        pages += [address(people, "", flag).rstrip("/") + "/"] if flag else []
        for each in pages:
            answer = client.get(each, secure=True)
            assert answer.status_code == 404, each
            assert answer.content == absent.content
            assert Entry.objects.order_by("-id")[0].outcome == Outcome.DENIED
            assert client.post(each, said(people, what), secure=True).status_code in {404, 405}
        for each in ("/flags/", "/", f"/cases/{people.ava.reference}/"):
            assert CANARY_GROUNDS not in client.get(each, secure=True).content.decode()


def test_a_flag_of_another_child_is_no_flag_of_this_one(people: Flagging) -> None:
    flag = people.active()
    other = _child(people, 1)
    client = people.world.client(people.ruth)
    for what in ("", "decide/", "enter/", "review/", "end/", "take-off/", "disagree/"):
        page = f"/cases/{other.reference}/flags/{flag.reference}/{what}"
        assert client.get(page, secure=True).status_code == 404, what


# --- bad input

BAD: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "no grounds": ("ask", {"grounds": ""}, "grounds", "Answer “What harm do you expect"),
    "grounds of one letter": ("ask", {"grounds": "x"}, "grounds", "in a sentence"),
    "grounds of 60,000 characters": (
        "ask", {"grounds": "g" * 60_000}, "grounds", "5,000 characters or fewer",
    ),
    "NUL in grounds": ("ask", {"grounds": "a\x00" * 30}, "grounds", "cannot be shown"),
    "no level": ("ask", {"level": ""}, "level", "Answer “How much harm"),
    "a level that is none": ("ask", {"level": "extreme"}, "level", "Choose one of the answers"),
    "no force": ("ask", {"force": ""}, "force", "Answer “Which police force"),
    "a force that is none": ("ask", {"force": "AG-0000-0000-0"}, "force", "valid choice"),
    "what to do is missing": ("ask", {"if_missing": " "}, "if_missing", "Answer “What should"),
    "not told, and no reason": (
        "ask", {"child_not_told_because": ""}, "child_not_told_because", "Answer “Why not?”",
    ),
    "not told, and hardly a reason": (
        "ask", {"child_not_told_because": "no"}, "child_not_told_because", "in a sentence",
    ),
    "nobody said whether the child was told": ("ask", {"told": ""}, "told", "Answer “Has the"),
    "made: reviewed yesterday": ("make", on("review_on", PAST), "review_on", "in the future"),
    "made: no expiry": (
        "make", on("expires_on", {"day": "", "month": "", "year": ""}), "expires_on",
        "Enter the day on which this flag expires",
    ),
    "decided: no reasons": ("decide", {"reasons": ""}, "reasons", "Answer “Why?”"),
    "decided: 60,000 reasons": (
        "decide", {"reasons": "r" * 60_000}, "reasons", "2,000 characters or fewer",
    ),
    "decided: nothing": ("decide", {"outcome": ""}, "outcome", "Answer “What do you decide?”"),
    "decided: reviewed in the past": ("decide", on("review_on", PAST), "review_on", "in the future"),
    "decided: no review": (
        "decide", on("review_on", {"day": "", "month": "", "year": ""}), "review_on",
        "Enter the day on which you review this flag",
    ),
    "decided: no such day": (
        "decide", on("review_on", {**PAST, "day": "32"}), "review_on", "real date",
    ),
    "decided: in ten years": (
        "decide", on("expires_on", {**PAST, "year": "2036"}), "expires_on", "no longer than 365",
    ),
    "decided: another level unsaid": ("decide", {"level": "medium"}, "level", "in your own words"),
    "amended without words": (
        "decide", {"outcome": "amended", "wording": ""}, "wording", "Answer “What should officers",
    ),
    "disagreed: nothing": ("disagree", {"disagreement": ""}, "disagreement", "Answer “Why do"),
    "disagreed: a word": ("disagree", {"disagreement": "No."}, "disagreement", "in a sentence"),
    "entered: no reference": (
        "enter", {"system_reference": ""}, "system_reference", "Enter reference on your system",
    ),
    "entered: too long": (
        "enter", {"system_reference": "x" * 60_000}, "system_reference", "40 characters or fewer",
    ),
    "reviewed: no reasons": ("review", {"reasons": ""}, "reasons", "Answer “Why?”"),
    "reviewed: in the past": ("review", on("review_on", PAST), "review_on", "in the future"),
    "ended: no reasons": ("end", {"reasons": ""}, "reasons", "Answer “Why?”"),
    "ended: a letter": ("end", {"reasons": "x"}, "reasons", "in a sentence"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_said_at_the_field_kept_and_changes_nothing(
    people: Flagging, name: str
) -> None:
    """A11Y-14."""
    what, changes, field, message = BAD[name]
    page, person = ready(people, what)
    before = stored()

    answer = people.world.client(person).post(page, said(people, what, **changes), secure=True)

    form = answer.context["form"]
    assert list(form.errors) == [field], form.errors
    assert message in str(form.errors[field][0])
    assert_contract(answer, form)  # type: ignore[arg-type]
    assert stored() == before
    shown = answer.content.decode()
    for key, value in said(people, what, **changes).items():
        if isinstance(value, str) and value.startswith("canary"):
            assert value in shown, key


def test_a_review_after_the_expiry_is_refused(people: Flagging) -> None:
    page, person = ready(people, "decide")
    body = said(people, "decide") | on("expires_on", people.today + timedelta(days=30))
    answer = people.world.client(person).post(page, body, secure=True)
    assert list(answer.context["form"].errors) == ["review_on"]
    assert "before the flag expires" in answer.content.decode()


def test_pressing_twice_asks_once(people: Flagging) -> None:
    """CON-01."""
    client = people.world.client(people.ruth)
    body = asked(people)
    first = client.post(address(people, "ask"), body, secure=True)
    second = client.post(address(people, "ask"), body, secure=True)
    assert first.headers["Location"] == second.headers["Location"]
    assert Flag.objects.count() == Alert.objects.filter(kind="risk.flag_asked").count() == 1


@pytest.mark.parametrize("what", ACTS)
def test_pressing_twice_does_it_once(people: Flagging, what: str) -> None:
    """CON-01: the second press is refused, with what is recorded now, and changes nothing."""
    page, person = ready(people, what)
    client = people.world.client(person)
    version = client.get(page, secure=True).context["form"]["version"].value()
    body = said(people, what, version=version)
    assert client.post(page, body, secure=True).status_code == 302
    before = stored()

    again = client.post(page, body, secure=True)

    assert again.status_code == 409
    assert "What is recorded now" in again.content.decode()
    assert stored() == before


@pytest.mark.parametrize("what", ACTS)
def test_two_people_at_once_see_both_versions(people: Flagging, what: str) -> None:
    """CON-02: what somebody else recorded is shown beside what was typed, and not written over."""
    page, person = ready(people, what)
    client = people.world.client(person)
    version = client.get(page, secure=True).context["form"]["version"].value()
    Flag.objects.update(version=version + 1)
    before = stored()

    answer = client.post(page, said(people, what, version=version), secure=True)

    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "Somebody changed this while you were looking at it" in shown
    assert "What is recorded now" in shown
    for value in said(people, what).values():
        if isinstance(value, str) and value.startswith("canary"):
            assert value in shown
    assert stored() == before


@pytest.mark.parametrize("what", ACTS)
def test_what_cannot_be_done_now_says_why(people: Flagging, what: str) -> None:
    flag = people.take_off(people.end(people.active()))
    client = people.world.client(people.marcus)
    people.give_part(people.world.kent_police, Part.HOST_FORCE)
    answer = client.get(address(people, what, flag), secure=True)
    assert answer.status_code == (403 if what == "disagree" else 409)
    assert "<textarea" not in answer.content.decode()


def test_what_is_sent_after_the_session_ended_is_kept(people: Flagging) -> None:
    client = people.world.client(people.ruth)
    page = address(people, "ask")
    keep = re.search('name="keep" value="([^"]+)"', client.get(page, secure=True).content.decode())
    assert keep
    sent = Client().post(page, {**asked(people), "keep": keep[1]}, secure=True)
    assert sent.status_code == 302
    assert not Flag.objects.exists()
    shown = client.get(page, secure=True).content.decode()
    assert CANARY_GROUNDS in shown
    assert "You were signed out when you sent this page" in shown


# --- the list


def _child(people: Flagging, number: int) -> Child:
    act = people.act(people.ruth)
    child = children.record_child(
        described=Described(
            given_names="Child",
            family_name=f"Of the year {number}",
            date_of_birth=date(2012, 1, 1) + timedelta(days=number),
        ),
        recording_agency=people.world.birmingham,
        act=act,
    )
    children.begin_looking_after(
        child=child, council=people.world.birmingham, starts_on=date(2024, 1, 8),
        legal_status="C2", unit=people.world.team, act=act,
    )  # fmt: skip
    sharing.recompute(child=child, act=act)
    return child


def _flagged(people: Flagging, number: int) -> Flag:
    people.ava = _child(people, number)
    return people.ask()


def test_the_list_shows_each_agency_its_own(people: Flagging) -> None:
    flag = people.ask()
    for name, box, heading in (
        ("ruth", "to_do", "Waiting for the police: 1"),
        ("marcus", "to_do", "To do: 1"),
        ("joan", "in_force", "In force: 0"),
        ("tom", "to_do", "To do: 0"),
        ("colin", "no such box", "Waiting for the police: 1"),
    ):
        client = people.world.client(getattr(people, name))
        shown = client.get("/flags/", {"box": box}, secure=True).content.decode()
        assert heading in shown, name
        assert (flag.reference in shown) == heading.endswith("1")
        assert "canary" not in shown
    assert (
        "Bramley" in people.world.client(people.marcus).get("/flags/", secure=True).content.decode()
    )


def test_the_list_leaves_out_what_a_part_without_flags_does_not_open(people: Flagging) -> None:
    flag = people.decide(people.ask(), FlagOutcome.DECLINED)
    people.give_part(people.world.kent_police, Part.FINDING)
    client = people.world.client(people.marcus)
    assert flag.reference in client.get("/flags/?box=over", secure=True).content.decode()
    Grant.objects.filter(source=flag.reference).update(ended_at=people.now)
    page = client.get("/flags/?box=over", secure=True).content.decode()
    assert flag.reference not in page
    address = f"/cases/{people.ava.reference}/flags/{flag.reference}/"
    assert client.get(address, secure=True).status_code == 404


def test_the_list_leaves_out_whom_this_person_may_not_open(people: Flagging) -> None:
    flag = people.ask()
    people.ava.is_restricted = True
    people.ava.save(update_fields=["is_restricted"])
    shown = people.world.client(people.marcus).get("/flags/", secure=True).content.decode()
    assert flag.reference not in shown
    owen = people.world.client(people.world.owen).get("/flags/", secure=True)
    assert owen.status_code == 200
    assert flag.reference not in owen.content.decode()


@dataclass
class Listed:
    """How many queries one person's list sent at each length, and what its pages showed."""

    person: Membership
    counts: dict[str, set[int]] = field(default_factory=lambda: {"to_do": set(), "in_force": set()})
    third: int = 0
    rows: list[str] = field(default_factory=list)

    def count(self, people: Flagging) -> None:
        """Count what each box sends now."""
        for box, seen in self.counts.items():
            client = people.world.client(self.person)
            seen.add(len(capture(client, f"/flags/?box={box}").statements))

    def leaf(self, people: Flagging) -> None:
        """Go through all pages, and count what the third sends."""
        client = people.world.client(self.person)
        second = client.get("/flags/", secure=True).context["next"]
        third = client.get(second, secure=True).context["next"]
        fourth = client.get(third, secure=True).context["next"]
        self.rows = [
            row.flag.reference
            for page in ("/flags/", second, third, fourth)
            for row in client.get(page, secure=True).context["page"].rows
        ]
        client = people.world.client(self.person)
        self.third = len(capture(client, third).statements)


ROLES = (Role.PRACTITIONER, Role.MANAGER)


@pytest.fixture(scope="module")
def listed_once(people_once: Flagging, django_db_blocker: DjangoDbBlocker) -> dict[Role, Listed]:
    """Let a list grow under each role's eyes; a role looks as if no other had looked."""
    with staged(django_db_blocker):
        people = deepcopy(people_once)
        force, unit = people.world.kent_police, people.world.desk
        listed = {role: Listed(member(force, role, unit=unit)) for role in ROLES}
        for number in range(1, max(SIZES) + 1):
            people.decide(_flagged(people, number))
            for each in listed.values() if number in SIZES else ():
                with staged(django_db_blocker):
                    each.count(people)
        for each in listed.values():
            with staged(django_db_blocker):
                each.leaf(people)
    return listed


@pytest.mark.parametrize("role", ROLES)
def test_the_list_sends_the_same_queries_however_long_it_is(
    listed_once: dict[Role, Listed], role: Role
) -> None:
    """PERF-01."""
    listed = listed_once[role]
    counts = listed.counts
    assert all(len(seen) == 1 for seen in counts.values()), counts
    assert max(max(seen) for seen in counts.values()) <= MOST_QUERIES
    assert len(listed.rows) == len(set(listed.rows)) == max(SIZES)
    assert listed.third == max(counts["to_do"]) + 1


NAMES = ("ruth", "marcus", "joan")


@pytest.fixture(scope="module")
def counted_once(
    people_once: Flagging, django_db_blocker: DjangoDbBlocker
) -> dict[str, dict[str, set[int]]]:
    """Count by person and page what a child's pages send with few flags and many."""
    counted: dict[str, dict[str, set[int]]] = {name: defaultdict(set) for name in NAMES}
    with staged(django_db_blocker):
        people = deepcopy(people_once)
        flag = people.active()
        for number in range(1, 26):
            people.review(flag)
            Flag.objects.filter(force=people.world.west_midlands).update(
                outcome="declined", decided_at=people.now, decided_by=people.tom, reasons="Why not"
            )
            people.ask(force=people.world.west_midlands)
            for name in NAMES if number in {1, 25} else ():
                with staged(django_db_blocker):
                    client = people.world.client(getattr(people, name))
                    for page in ("", "flags/", f"flags/{flag.reference}/"):
                        shown = capture(client, f"/cases/{people.ava.reference}/{page}")
                        counted[name][page].add(len(shown.statements))
    return counted


@pytest.mark.parametrize("name", NAMES)
def test_pages_of_a_child_send_the_same_queries_however_many_flags(
    counted_once: dict[str, dict[str, set[int]]], name: str
) -> None:
    """PERF-01: the case page, its flags, and one flag with many decisions."""
    counts = counted_once[name]
    assert len(counts) == 3
    assert all(len(seen) == 1 for seen in counts.values()), counts
    assert max(max(seen) for seen in counts.values()) <= MOST_QUERIES


def test_flags_cost_the_case_page_one_query(people: Flagging) -> None:
    """The panel reads the flags once; the tab asks nothing of those whose agency flags or asks."""
    people.active()
    for person in (people.ruth, people.marcus):
        client = people.world.client(person)
        page = capture(client, f"/cases/{people.ava.reference}/")
        of_flags = [each for each in page.statements if '"risk_flag' in str(each)]
        assert len(of_flags) == 1


def test_the_words_of_the_force_stand_first(people: Flagging) -> None:
    flag = people.decide(people.ask(), FlagOutcome.AMENDED)
    shown = people.world.client(people.ruth).get(
        f"/cases/{people.ava.reference}/flags/{flag.reference}/", secure=True
    ).content.decode()  # fmt: skip
    assert shown.index(CANARY_WORDING) < shown.index(CANARY_FIRST)
    assert "The council asked for high" in shown
    assert "Marcus Oyelaran" not in shown, "people of other agencies are not named"


def test_permission_rows_are_there_only_while_a_flag_is(people: Flagging) -> None:
    flag = people.ask()
    rows = ChildPermission.listed.filter(group=people.world.kent_police.group)
    assert rows.filter(content_object=people.ava).count() == 1
    people.decide(flag, FlagOutcome.DECLINED)
    assert rows.get(content_object=people.ava).valid_until == people.now + timedelta(hours=24)
