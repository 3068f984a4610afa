"""The pages of recommendations and actions: in order, short, and kind to what people type wrongly."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cases.models import Deadline
from missingchildren.audit.models import Entry, Outcome
from missingchildren.demo.benching.capturing import capture
from missingchildren.demo.benching.comparing import MOST_QUERIES
from returninterviews import rules
from returninterviews.models import Action, ActionNote, Recommendation
from returninterviews.rules import ActionClock, ActionState, RecommendationState
from tests.returninterviews.recommended import (
    EVIDENCE,
    REASONS,
    WORDS,
    Following,
    in_days,
    recommend,
    signed_interview,
)
from tests.web.forms_contract import assert_contract

pytestmark = pytest.mark.django_db


def day(name: str, on: date) -> dict[str, str]:
    return {
        f"{name}-day": str(on.day),
        f"{name}-month": str(on.month),
        f"{name}-year": str(on.year),
    }


def given(told: Following, **changes: str) -> dict[str, str]:
    """Return an ordinary answer to who does what by when."""
    return {
        "text": "Fit a night light.", "agency": told.world.home.reference, "person": "",
        "token": str(uuid4()), "version": "", **day("due_on", in_days(7)), **changes,
    }  # fmt: skip


def make_late(reference: str, *, days: int) -> None:
    Deadline.objects.running().filter(reference=reference).update(
        starts_at=rules.due_at(in_days(-days - 1)), due_at=rules.due_at(in_days(-days))
    )


def pages(told: Following) -> dict[str, str]:
    """Return the address of each page with a form."""
    recommendation = f"/recommendations/{told.recommendations[0].reference}/"
    action = Action.objects.order_by("pk").first()
    of_action = f"/actions/{action.reference}/" if action else ""
    return {
        "accept": f"{recommendation}accept/", "not forward": f"{recommendation}not-forward/",
        "second look": f"{recommendation}second-look/", "keep": f"{recommendation}keep/",
        "add": f"/cases/{told.world.ava.reference}/actions/add/",
        "progress": f"{of_action}progress/", "done": f"{of_action}done/",
        "drop": f"{of_action}drop/", "helped": f"{of_action}helped/",
    }  # fmt: skip


def post(client: Client, address: str, typed: dict[str, str]) -> HttpResponse:
    answer: HttpResponse = client.post(address, typed, secure=True)  # type: ignore[assignment]
    return answer


# --- one story through the pages


def test_from_the_recommendation_to_whether_it_helped(told: Following) -> None:
    world = told.world
    ruth, nisha = world.client(world.ruth), world.client(world.nisha)
    case = ruth.get(f"/cases/{world.ava.reference}/", secure=True).content.decode()
    assert "To decide and to do" in case
    assert f"/recommendations/{told.first.reference}/" in case
    assert f"/cases/{world.ava.reference}/actions/" in case, "the tab"

    page = ruth.get(pages(told)["accept"], secure=True)
    assert page.context["form"]["text"].value() == told.first.text
    accepted = post(ruth, pages(told)["accept"], given(told, version="1"))

    assert accepted.headers["Location"] == f"/recommendations/{told.first.reference}/"
    action = Action.objects.get()
    of_home = nisha.get(f"/cases/{world.ava.reference}/", secure=True).content.decode()
    assert "What your agency is to do" in of_home
    post(
        nisha,
        pages(told)["progress"],
        {"text": "It is ordered.", "audience": "case", "token": str(uuid4())},
    )
    assert (
        "It is ordered." in ruth.get(f"/actions/{action.reference}/", secure=True).content.decode()
    )
    post(nisha, pages(told)["done"], {"evidence": EVIDENCE, "version": "1"})
    asked = ruth.get(f"/actions/{action.reference}/", secure=True).content.decode()
    assert "Did it help?" in asked
    post(ruth, pages(told)["helped"], {"helped": "yes", "version": "2"})

    action.refresh_from_db()
    assert (action.state, action.helped) == (ActionState.DONE, "yes")
    done = ruth.get(f"/cases/{world.ava.reference}/actions/settled/", secure=True).content.decode()
    assert "Fit a night light." in done
    listed = ruth.get(f"/cases/{world.ava.reference}/actions/", secure=True).content.decode()
    assert "Nothing is open for this child." in listed
    assert "To decide and to do" not in ruth.get(
        f"/cases/{world.ava.reference}/", secure=True
    ).content.decode()  # fmt: skip


def test_one_more_action_through_the_page(told: Following) -> None:
    told.accept()
    client = told.world.client(told.world.ruth)
    address = f"/recommendations/{told.first.reference}/"
    assert "Add one more action" in client.get(address, secure=True).content.decode()

    answer = post(client, f"{address}add/", given(told))

    assert answer.headers["Location"] == address
    assert told.first.actions.count() == 2


def test_a_second_look_through_the_pages(told: Following) -> None:
    world = told.world
    colin, lena = world.client(told.colin), world.client(world.lena)
    address = f"/recommendations/{told.first.reference}/"
    shown = world.client(world.ruth).get(address, secure=True).content.decode()
    assert "a manager decides that" in shown
    assert "Do not take it forward" not in shown

    post(colin, pages(told)["not forward"], {"reasons": REASONS, "version": "1"})
    assert "Ask for a second look" in lena.get(address, secure=True).content.decode()
    post(lena, pages(told)["second look"], {"words": WORDS, "version": "2"})
    asked = colin.get(address, secure=True).content.decode()
    assert WORDS in asked
    assert "Keep the decision" in asked
    again = colin.get(pages(told)["accept"], secure=True).content.decode()
    assert "What do you say to the interviewer?" in again
    post(colin, pages(told)["accept"], given(told, version="3", reasons="You are right."))

    assert told.first.state == RecommendationState.TAKEN_FORWARD
    assert "You are right." in lena.get(address, secure=True).content.decode()


def test_it_may_stay_as_it_was_decided(told: Following) -> None:
    told.turn_down()
    told.look_again()
    client = told.world.client(told.colin)

    post(client, pages(told)["keep"], {"reasons": REASONS, "version": "3", "token": str(uuid4())})

    assert told.first.state == RecommendationState.STILL_NOT
    shown = client.get(f"/recommendations/{told.first.reference}/", secure=True).content.decode()
    assert "looked at twice" in shown


# --- lists


def test_what_must_be_decided_comes_first_and_the_most_overdue_before_the_rest(
    told: Following,
) -> None:
    world = told.world
    recommend(signed_interview(world), "Decided later.", by=world.lena)
    make_late(told.first.reference, days=2)
    for days, text in ((9, "Later."), (3, "Soon."), (5, "Between.")):
        told.add(days=days, text=text)
    make_late(Action.objects.get(text="Between.").reference, days=6)

    shown = world.client(world.ruth).get(
        f"/cases/{world.ava.reference}/actions/", secure=True
    ).content.decode()  # fmt: skip

    order = ["To decide", told.first.text, "Decided later.", "To do", "Between.", "Soon.", "Later."]
    found = [shown.index(f">{words}") if words in {"To decide", "To do"} else shown.index(words)
             for words in order]  # fmt: skip
    assert found == sorted(found)
    assert len(re.findall("Overdue", shown.split("<main", 1)[1])) == 2
    case = world.client(world.ruth).get(f"/cases/{world.ava.reference}/", secure=True)
    assert case.content.decode().count("Overdue") >= 2


SIZES = (1, 100)


def test_pages_send_the_same_queries_however_much_there_is(told: Following) -> None:
    """PERF-01: the case page, the tab, a recommendation and an action: at most twenty each."""
    world = told.world
    action = told.accept()
    [second] = recommend(signed_interview(world), "Second.", by=world.lena)
    told.drop(told.add())
    addresses = {
        "case": f"/cases/{world.ava.reference}/",
        "actions": f"/cases/{world.ava.reference}/actions/",
        "settled": f"/cases/{world.ava.reference}/actions/settled/",
        "recommendations": f"/cases/{world.ava.reference}/actions/recommendations/",
        "recommendation": f"/recommendations/{second.reference}/",
        "action": f"/actions/{action.reference}/",
        "list of the API": f"/api/v1/children/{world.ava.reference}/actions/",
        "recommendations of the API": f"/api/v1/children/{world.ava.reference}/recommendations/",
    }  # fmt: skip
    client = world.client(world.ruth)

    def costs() -> dict[str, int]:
        found = {}
        for name, address in addresses.items():
            assert client.get(address, secure=True).status_code == 200
            found[name] = len(capture(client, address).statements)
        return found

    one = costs()
    for number in range(1, SIZES[1]):
        recommend(signed_interview(world), f"Recommended {number}", by=world.lena)
        told.add(text=f"Action {number}")
        if number < 40:
            told.drop(told.add(text=f"Dropped {number}"))
            ActionNote.objects.create(
                child=world.ava, action=action, reference=f"AN-{number}", owner=world.home,
                audience="case", recorded_at=action.given_at, text=f"Note {number}",
            )  # fmt: skip

    assert costs() == one
    assert max(one.values()) <= MOST_QUERIES, one


def test_the_panel_costs_one_query(told: Following) -> None:
    world = told.world
    client = world.client(world.ruth)
    client.get(f"/cases/{world.ava.reference}/", secure=True)
    with CaptureQueriesContext(connection) as sent:
        client.get(f"/cases/{world.ava.reference}/", secure=True)
    own = [each["sql"] for each in sent if "returninterviews_action" in each["sql"]]
    assert len(own) == 1, own


def test_later_pages_follow_without_row_keys(told: Following) -> None:
    """AZ-20."""
    world = told.world
    for number in range(30):
        told.add(text=f"Action {number:02}", days=number)
    client = world.client(world.ruth)
    address = f"/cases/{world.ava.reference}/actions/"

    first = client.get(address, secure=True).content.decode()
    [after] = re.findall(r"\?after=(AC-[^\"]+)", first)
    second = client.get(address, {"after": after}, secure=True).content.decode()

    seen = re.findall(r"Action \d\d", first) + re.findall(r"Action \d\d", second)
    assert seen == [f"Action {number:02}" for number in range(30)]


# --- bad input


def act_on(told: Following) -> None:
    told.accept(owner=told.world.birmingham)


BAD: dict[str, tuple[str, str, dict[str, str], str]] = {
    "accept: nothing to do": ("ruth", "accept", {"text": " "}, "What is to be done?"),
    "accept: 60,000 characters": (
        "ruth", "accept", {"text": "x" * 60_000}, "2,000 characters or fewer",
    ),
    "accept: yesterday": ("ruth", "accept", day("due_on", date(2020, 1, 1)), "today or later"),
    "accept: in ten years": (
        "ruth", "accept", day("due_on", date(2036, 1, 1)), "within a year",
    ),
    "accept: no such day": (
        "ruth", "accept", {"due_on-day": "31", "due_on-month": "2"}, "real date",
    ),
    "accept: nobody": ("ruth", "accept", {"agency": ""}, "Who will do it?"),
    "accept: an agency without a part": (
        "ruth", "accept", {"agency": "AG-0000-0000-0"}, "Choose one of the answers shown",
    ),
    "accept: direction override": (
        "ruth", "accept", {"text": "by the \u202elight"}, "direction of writing",
    ),
    "not forward: no reasons": ("colin", "not forward", {"reasons": "no"}, "in a sentence"),
    "not forward: 60,000 characters": (
        "colin", "not forward", {"reasons": "x" * 60_000}, "2,000 characters or fewer",
    ),
    "add: yesterday": ("ruth", "add", day("due_on", date(2020, 1, 1)), "today or later"),
}  # fmt: skip
BAD_OF_ACTION: dict[str, tuple[str, str, dict[str, str], str]] = {
    "progress: blank": ("ruth", "progress", {"text": " ", "audience": "case"}, "How is it going?"),
    "progress: 60,000 characters": (
        "ruth", "progress", {"text": "x" * 60_000, "audience": "case"}, "5,000 characters or fewer",
    ),
    "progress: for our own": (
        "ruth", "progress", {"text": "x", "audience": "own"}, "Choose one of the answers shown",
    ),
    "done: no evidence": ("ruth", "done", {"evidence": "ok"}, "how you know"),
    "done: 60,000 characters": (
        "ruth", "done", {"evidence": "x" * 60_000}, "5,000 characters or fewer",
    ),
    "drop: no reasons": ("colin", "drop", {"reasons": ""}, "Why is it dropped?"),
}  # fmt: skip


@pytest.mark.parametrize("name", [*BAD, *BAD_OF_ACTION])
def test_bad_input_is_said_at_the_field_kept_and_changes_nothing(
    told: Following, name: str
) -> None:
    """A11Y-14."""
    person, page, typed, message = {**BAD, **BAD_OF_ACTION}[name]
    if name in BAD_OF_ACTION:
        act_on(told)
    client = told.world.client(told.colin if person == "colin" else getattr(told.world, person))
    ordinary = given(told) if page in {"accept", "add"} else {"token": str(uuid4())}

    answer = post(client, pages(told)[page], {**ordinary, **typed})

    form = answer.context["form"]  # type: ignore[attr-defined]
    said = " ".join(str(each) for errors in form.errors.values() for each in errors)
    assert message.lower() in said.lower()
    assert form.errors.keys() - {"__all__"}, "the message stands at a field"
    assert_contract(answer, form)
    assert Action.objects.count() == (1 if name in BAD_OF_ACTION else 0)
    assert not ActionNote.objects.exists()
    assert Action.objects.filter(completed_at=None, dropped_at=None).count() == (
        Action.objects.count()
    )


def test_whoever_lost_its_part_meanwhile_is_said_at_the_field(told: Following) -> None:
    """The form was open when the home's part ended: its choice is refused, the words are kept."""
    client = told.world.client(told.world.ruth)
    typed = given(told, text="What I typed.")
    told.world.ava.grants.filter(agency=told.world.home).delete()

    answer = post(client, pages(told)["accept"], typed)

    assert "What I typed." in answer.content.decode()
    assert "Choose one of the answers shown" in answer.content.decode()


def test_a_stale_page_shows_what_is_recorded_beside_what_was_typed(told: Following) -> None:
    """CON-02: both versions."""
    client = told.world.client(told.world.ruth)
    Recommendation.objects.update(version=5)

    answer = post(client, pages(told)["accept"], given(told, version="1", text="What I typed."))

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "What is recorded now" in shown
    assert "What I typed." in shown
    assert told.first.state == RecommendationState.TO_DECIDE


def test_a_stale_action_too(told: Following) -> None:
    act_on(told)
    client = told.world.client(told.world.ruth)
    answer = post(client, pages(told)["done"], {"evidence": EVIDENCE, "version": "9"})
    assert answer.status_code == 409
    assert "What is recorded now" in answer.content.decode()
    assert EVIDENCE in answer.content.decode()


def test_who_was_first_is_told_to_who_is_second(told: Following) -> None:
    """CON-01 on the page: nothing typed is lost."""
    client = told.world.client(told.world.ken)
    told.accept()

    answer = post(client, pages(told)["accept"], given(told, text="What I typed."))

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Ruth Adeyemi decided this on" in shown
    assert "What I typed." in shown
    assert Action.objects.count() == 1


def test_pressing_twice_makes_one_action(told: Following) -> None:
    client = told.world.client(told.world.ruth)
    typed = given(told, version="1")
    answers = [post(client, pages(told)["accept"], typed).status_code for _ in range(2)]
    assert answers == [302, 302]
    assert Action.objects.count() == 1


@pytest.mark.parametrize("page", ["not forward", "keep", "drop"])
def test_a_caseworker_gets_403_with_the_reason_and_nothing_changes(
    told: Following, page: str
) -> None:
    """AZ-31: GET and POST; the POST is logged as denied."""
    if page == "drop":
        act_on(told)
    if page == "keep":
        told.turn_down()
        told.look_again()
    state = told.first.state
    client = told.world.client(told.world.ruth)
    address = pages(told)[page]

    shown = client.get(address, secure=True)
    sent = post(client, address, {"reasons": REASONS, "token": str(uuid4())})

    for answer in (shown, sent):
        assert answer.status_code == 403
        assert "manager" in answer.content.decode()
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.outcome, entry.operation) == (Outcome.DENIED, "alteration")
    assert told.first.state == state
    assert not Action.objects.settled().exists()


def test_a_person_or_team_of_ones_own_can_be_chosen(told: Following) -> None:
    world = told.world
    client = world.client(world.ruth)
    own = {"agency": world.birmingham.reference}
    post(client, pages(told)["accept"], given(told, **own, person=world.ken.reference))
    post(client, pages(told)["add"], given(told, **own, person=world.edt.reference))
    first, second = Action.objects.order_by("pk")
    assert first.deadline.membership == world.ken
    assert second.deadline.unit == world.edt
    assert "Ken Osei" in client.get(f"/actions/{first.reference}/", secure=True).content.decode()


def test_no_page_has_a_name_or_words_of_the_child_in_its_title(told: Following) -> None:
    told.accept()
    client = told.world.client(told.colin)
    for address in (*pages(told).values(), f"/recommendations/{told.first.reference}/"):
        shown = client.get(address, secure=True).content.decode()
        [title] = re.findall(r"<title>(.*?)</title>", shown, re.S)
        assert "Ava" not in title
        assert told.first.text not in title
        assert shown.count("<h1") == 1


def test_what_was_typed_after_the_session_ended_is_kept(told: Following) -> None:
    world = told.world
    client = world.client(world.ruth)
    page = client.get(pages(told)["accept"], secure=True).content.decode()
    [seal] = re.findall(r'name="keep" value="([^"]+)"', page)
    typed = given(told, text="What I typed at night.", keep=seal)
    post(Client(headers={"x-forwarded-proto": "https"}), pages(told)["accept"], typed)

    again = world.client(world.ruth).get(pages(told)["accept"], secure=True).content.decode()

    assert "What I typed at night." in again
    assert "You were signed out" in again


def test_every_kind_of_clock_stands_in_my_work(told: Following) -> None:
    told.add(told.world.birmingham)
    work = told.world.client(told.world.ruth).get("/", secure=True).content.decode()
    assert "Decide on a recommendation" in work
    assert "Do a follow-up action" in work
    assert Deadline.objects.running().filter(kind=ActionClock.DECIDE).exists()
