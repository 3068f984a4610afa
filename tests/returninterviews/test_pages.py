"""The forms around an interview: what each does, and bad input said at the field, kept, nothing changed."""

from typing import Any
from uuid import uuid4

import pytest

from missingchildren.agencies.models import Membership, Role
from missingchildren.core.clock import in_london
from returninterviews.models import Interview, Offer, Summary
from tests.partnership import Partnership, act_now, member
from tests.returninterviews.telling import come_back, held, offer, refer, summary_for
from tests.web.forms_contract import assert_contract

pytestmark = pytest.mark.django_db
LONG = "x" * 60_000


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


def at(name: str, parts: dict[str, str]) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in parts.items()}


def moment(name: str, instant: Any) -> dict[str, str]:
    local = in_london(instant)
    return at(
        name,
        {"day": str(local.day), "month": str(local.month), "year": str(local.year),
         "time": f"{local:%H:%M}"},
    )  # fmt: skip


TO_COME = {"day": "1", "month": "1", "year": "2099", "time": "10:00"}
LONG_AGO = {"day": "1", "month": "1", "year": "2026", "time": "10:00"}
SPRING = {"day": "29", "month": "3", "year": "2026", "time": "01:30"}
OFFER = {"to": "child", "channel": "phone", "result": "not_today"}
BAD: dict[str, tuple[str, str, dict[str, str], str]] = {
    "refer: nothing": ("ruth", "refer", {}, "Answer “Who talks with the child?”"),
    "refer: a stranger": ("ruth", "refer", {"provider": "AG-0000-0000-0"}, "Choose one of"),
    "decline: nothing": ("lena", "decline-referral", {}, "Answer “Why can you not hold it?”"),
    "offer: nothing": ("lena", "offer", {}, "Enter time of the offer"),
    "offer: to come": ("lena", "offer", {**OFFER, **at("made_at", TO_COME)}, "in the past"),
    "offer: before she was located": (
        "lena", "offer", {**OFFER, **at("made_at", LONG_AGO)}, "before the child was located",
    ),
    "offer: the hour that never was": (
        "lena", "offer", {**OFFER, **at("made_at", SPRING)}, "clocks went forward",
    ),
    "offer: yes, without a time": (
        "lena", "offer", {**OFFER, "result": "accepted", **at("made_at", LONG_AGO)},
        "Enter when you will meet",
    ),
    "offer: 60,000 characters": (
        "lena", "offer", {**OFFER, **at("made_at", LONG_AGO), "wishes": LONG},
        "5,000 characters or fewer",
    ),
    "not held: nothing": ("lena", "not-held", {}, "Answer “Why is it not held?”"),
    "not held: not right, without a reason": (
        "lena", "not-held",
        {"code": "child_missing_again_before_interview", "carer_offer": "not_appropriate"},
        "Why was it not right?",
    ),
    "not held: the provider waives": (
        "lena", "not-held", {"code": "not_offered", "reason": "No time"}, "Choose one of",
    ),
    "accept: 60,000 characters": (
        "ruth", "accept", {"analysis": LONG}, "30,000 characters or fewer",
    ),
    "answer: nothing": ("joan", "answer", {}, "Answer “What did you do with it?”"),
    "answer: a crime without reference": (
        "joan", "answer", {"answer": "crime_recorded", "is_useful": "yes"}, "Enter crime reference",
    ),
}  # fmt: skip


def prepared(world: Partnership, page: str) -> str:
    """Bring an interview to where a page opens; return the page's address."""
    if page in {"accept", "answer"}:
        interview = held(world)
        if page == "accept":
            return f"/interviews/{interview.reference}/accept/"
        summary = summary_for(interview, world.kent_police)
        world.client(world.joan).post(f"/summaries/{summary.reference}/", secure=True)
        return f"/summaries/{summary.reference}/answer/"
    return f"/interviews/{refer(world, come_back(world)).reference}/{page}/"


def stored() -> Any:
    return (
        Interview.objects.values().get(), Offer.objects.count(),
        list(Summary.objects.order_by("pk").values()),
    )  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_said_at_the_field_kept_and_changes_nothing(
    world: Partnership, case: str
) -> None:
    """A11Y-14."""
    name, page, typed, sentence = BAD[case]
    address = prepared(world, page)
    before = stored()
    client = world.client(getattr(world, name))

    answer: Any = client.post(address, {"token": str(uuid4()), **typed}, secure=True)

    assert answer.status_code in {200, 409}
    assert_contract(answer, answer.context["form"])
    assert sentence in answer.content.decode()
    assert stored() == before


def test_a_stale_page_shows_what_is_stored_beside_what_was_typed(world: Partnership) -> None:
    interview = refer(world, come_back(world))
    client = world.client(world.ruth)

    answer: Any = client.post(
        f"/interviews/{interview.reference}/refer/",
        {"provider": "ourselves", "version": 1, "token": str(uuid4())},
        secure=True,
    )

    assert answer.status_code == 409
    assert "What is recorded now" in answer.content.decode()
    assert_contract(answer, answer.context["form"])


def test_the_same_form_sent_twice_counts_once(world: Partnership) -> None:
    interview = refer(world, come_back(world))
    client = world.client(world.lena)
    typed = {
        **OFFER, **moment("made_at", act_now(world.lena).now), "token": str(uuid4()),
    }  # fmt: skip
    for _press in range(2):
        answer = client.post(f"/interviews/{interview.reference}/offer/", typed, secure=True)
        assert answer.status_code == 302
    assert interview.offers.count() == 1


def test_a_manager_is_offered_to_waive_and_a_worker_is_not(world: Partnership) -> None:
    """AZ-31."""
    interview = come_back(world)
    colin = member(world.birmingham, Role.MANAGER, unit=world.team)

    def codes(person: Membership) -> set[str]:
        page: Any = world.client(person).get(
            f"/interviews/{interview.reference}/not-held/", secure=True
        )
        return {choice.value for choice in page.context["form"].fields["code"].options}

    assert "not_offered" in codes(colin)
    assert "not_offered" not in codes(world.ruth)
    assert "declined_by_child" not in codes(world.ruth)
    offer(world.ruth, interview, result=Offer.Result.NOT_TODAY)
    assert "not_offered" not in codes(colin)
    assert "declined_by_child" in codes(world.ruth)


def test_the_page_says_how_long_there_is_in_words(world: Partnership) -> None:
    interview = come_back(world)
    client = world.client(world.ruth)

    shown = client.get(f"/interviews/{interview.reference}/", secure=True).content.decode()

    assert "Due in 2 days 23 hours" in " ".join(shown.split())


def test_a_page_sent_after_the_session_ended_is_kept(world: Partnership) -> None:
    interview = held(world)
    client = world.client(world.ruth)
    address = f"/interviews/{interview.reference}/accept/"
    seal = client.get(address, secure=True).content.decode().split('name="keep" value="')[1]
    client.logout()

    sent = client.post(
        address, {"analysis": "The third time", "keep": seal.split('"')[0]}, secure=True
    )

    assert sent.status_code == 302
    assert "The third time" in world.client(world.ruth).get(address, secure=True).content.decode()
