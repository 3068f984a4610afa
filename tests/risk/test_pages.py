"""The pages of a risk round: what they show to whom, what they refuse, and what they cost."""

from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from cases.models import MissingEpisode, Update
from cases.rules import Part
from cases.services import returns, sharing, updates
from missingchildren.agencies.models import Membership
from missingchildren.core.clock import in_london
from missingchildren.demo.benching.capturing import capture
from missingchildren.demo.benching.comparing import MOST_QUERIES
from risk.models import Contribution, Decision, Dissent
from risk.rules import QUESTIONS
from tests.partnership import CANARY_WORRY, Partnership, act_now
from tests.risk.rounds import (
    CANARY_ANSWER,
    CANARY_POLICE,
    CANARY_REASONS,
    ask_of,
    decide,
    ring,
    supervisor,
    tell,
)
from tests.web.forms_contract import assert_contract

pytestmark = pytest.mark.django_db
LONG = "x" * 60_000


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


def address(world: Partnership, page: str = "") -> str:
    return f"/cases/{world.ava.reference}/risk/{page}"


def get(world: Partnership, person: Membership, page: str = "", status: int = 200) -> Any:
    response = world.client(person).get(address(world, page), secure=True)
    assert response.status_code == status
    return response


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def at(name: str, moment: datetime) -> dict[str, str]:
    local = in_london(moment)
    return {
        f"{name}-day": str(local.day),
        f"{name}-month": str(local.month),
        f"{name}-year": str(local.year),
        f"{name}-time": f"{local:%H:%M}",
    }


def opened(client: Client, world: Partnership) -> Any:
    """Read the officer's page, and go on to the level."""
    page = client.get(address(world), secure=True).context["page"]
    return client.get(address(world, "decide/"), {"seen": " ".join(page.evidence)}, secure=True)


def filled(client: Client, world: Partnership, **said: Any) -> dict[str, Any]:
    """Return the decision as an officer fills it in on the page that is open."""
    form = opened(client, world).context["form"]
    return {
        "level": "high",
        "reasons": CANARY_REASONS,
        "police_only": CANARY_POLICE,
        **at("review_due_at", act_now(world.joan).now + timedelta(hours=1)),
        "considered": "everything",
        "early_reason": "danger",
        "seen": form["seen"].value(),
        "version": form["version"].value(),
        "token": str(uuid4()),
        **said,
    }


def send(client: Client, world: Partnership, typed: dict[str, Any], page: str = "decide/") -> Any:
    return client.post(address(world, page), typed, secure=True)


# --- the officer's page


def test_the_page_says_who_is_silent_and_that_silence_is_not_safety(world: Partnership) -> None:
    tell(world, world.grace)
    shown = words(get(world, world.joan))

    assert "No level has been chosen yet." in shown
    assert "5 of 7 have not answered." in shown
    assert "No answer does not mean that the child is safe." in shown
    assert CANARY_WORRY in shown
    assert CANARY_ANSWER in shown
    assert "First time missing in 90 days" in shown
    assert "nothing known" not in shown.lower()


def test_the_council_reads_the_round_and_chooses_no_level(world: Partnership) -> None:
    decide(world)
    shown = words(get(world, world.ruth))
    assert CANARY_REASONS in shown
    assert CANARY_POLICE not in shown
    assert "Choose the level" not in shown
    assert "Write down a phone answer" not in shown
    refused = words(get(world, world.ruth, "decide/", status=403))
    assert "Only the police force that leads the search chooses the level." in refused


def test_those_with_the_level_alone_see_it_with_its_review(world: Partnership) -> None:
    decide(world)
    page = f"/cases/{world.ava.reference}/"
    for person in (world.nisha, world.tom, world.beth):
        shown = words(world.client(person).get(page, secure=True))
        assert "Level of risk" in shown
        assert "The police look at it again" in shown
        assert CANARY_REASONS not in shown
    for person in (world.paul, world.lena):
        shown = words(world.client(person).get(page, secure=True))
        assert "Level of risk" not in shown
        assert shown.count("<h1") == 1
        assert "The police ask what you know" in shown


@pytest.mark.parametrize("name", ["joan", "ruth", "nisha", "paul", "tom", "lena"])
def test_every_case_page_has_one_heading(world: Partnership, name: str) -> None:
    """Also after the child is back, when the question stands behind the others."""
    page = f"/cases/{world.ava.reference}/"
    client = world.client(getattr(world, name))
    assert client.get(page, secure=True).content.decode().count("<h1") == 1
    act = act_now(world.joan)
    returns.record_return(
        episode_reference=MissingEpisode.objects.get().reference,
        returned_at=act.now, version=None, act=act,
    )  # fmt: skip
    after = client.get(page, secure=True)
    assert after.status_code == 404 or after.content.decode().count("<h1") == 1


# --- answering


def test_one_short_page_answers(world: Partnership) -> None:
    paul = world.client(world.paul)
    typed = {
        "kind": "holds_nothing", "checked": "The register", "up_to_date": "This afternoon",
        "audience": "case", "token": str(uuid4()),
    }  # fmt: skip
    for _ in range(2):
        assert send(paul, world, typed, "answer/").status_code == 302

    made = Contribution.objects.get()
    assert (made.kind, made.text, made.up_to_date) == (
        "holds_nothing", "The register", "This afternoon",
    )  # fmt: skip
    shown = words(get(world, world.joan))
    assert "Checked, holds no information" in shown
    assert "We checked and hold no information." in shown


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "tells", "text": ""}, "text"),
        ({"kind": "tells", "text": LONG}, "text"),
        ({"kind": "holds_nothing", "checked": LONG, "up_to_date": "Now"}, "checked"),
        ({"kind": "holds_nothing", "checked": "The log", "up_to_date": ""}, "up_to_date"),
        ({"kind": "still_right"}, "kind"),
        ({"kind": "tells", "text": "Here.", "audience": "own"}, "audience"),
    ],
)
def test_answers_that_cannot_be_sent(world: Partnership, typed: dict[str, str], field: str) -> None:
    """A11Y-14."""
    whole = {"kind": "tells", "text": "", "audience": "case", "token": str(uuid4()), **typed}
    answer = send(world.client(world.grace), world, whole, "answer/")
    assert answer.status_code == 200
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert_contract(answer, form)
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    ("change", "field", "status"),
    [
        ({"given_by": ""}, "given_by", 200),
        ({"given_phone": ""}, "given_phone", 200),
        ({"text": LONG}, "text", 200),
        ({"hours": 2}, "given_at", 409),
        ({"hours": -1}, "given_at", 409),
    ],
)
def test_telephone_answers_that_cannot_be_kept(
    world: Partnership, change: dict[str, Any], field: str, status: int
) -> None:
    when = act_now(world.joan).now - timedelta(hours=change.pop("hours", 0))
    typed = {
        "given_by": "Ken Osei", "given_phone": "01632 960 301", **at("given_at", when),
        "kind": "tells", "text": "Nothing heard.", "audience": "case", "token": str(uuid4()),
        **change,
    }  # fmt: skip
    page = f"phone/{ask_of(world, world.ken).reference}/"
    answer = send(world.client(world.joan), world, typed, page)
    assert answer.status_code == status
    form = answer.context["form"]
    assert set(form.errors) == {field}
    assert_contract(answer, form)
    assert not Contribution.objects.exists()


def test_the_number_is_for_those_who_ring_back(world: Partnership) -> None:
    page = f"answers/{ring(world, world.grace).reference}/"
    assert "01632 960 301" in words(get(world, world.joan, page))
    assert "01632 960 301" not in words(get(world, world.ruth, page))
    confirm = world.client(world.grace)
    assert "Yes, this is what we said" in words(confirm.get(address(world, page), secure=True))
    assert send(confirm, world, {"do": "confirm"}, page).status_code == 302
    assert Contribution.objects.get().confirmed_by == world.grace


# --- deciding


def test_a_level_is_chosen_on_the_page(world: Partnership) -> None:
    joan = world.client(world.joan)
    straight = joan.get(address(world, "decide/"), secure=True)
    assert straight["Location"] == address(world)  # read first what is known
    page = opened(joan, world)
    assert 'name="level" type="radio" value="high" checked' not in words(page)
    assert "Grave harm to the child or to anyone else is very likely." in words(page)
    assert page.context["form"]["why_worried"].value() == CANARY_WORRY

    typed = filled(joan, world)
    first, again = send(joan, world, typed), send(joan, world, typed)

    decision = Decision.objects.get()
    assert first["Location"] == again["Location"]
    assert first["Location"] == address(world, f"decisions/{decision.reference}/")
    shown = words(joan.get(first["Location"], secure=True))
    for text in (CANARY_REASONS, CANARY_POLICE, CANARY_WORRY, "No answer yet"):
        assert text in shown
    partner = words(world.client(world.ruth).get(first["Location"], secure=True))
    assert CANARY_REASONS in partner
    assert CANARY_POLICE not in partner


@pytest.mark.parametrize(
    ("change", "field", "status"),
    [
        ({"level": ""}, "level", 200),
        ({"level": "no_apparent_risk"}, "level", 200),
        ({"reasons": ""}, "reasons", 200),
        ({"reasons": LONG}, "reasons", 200),
        ({"police_only": LONG}, "police_only", 200),
        ({"review_due_at-time": ""}, "review_due_at", 200),
        ({"review_due_at-year": "2020"}, "review_due_at", 409),
        ({"considered": ""}, "considered", 200),
        ({"considered": "all_but"}, "exceptions", 200),
        ({"early_reason": ""}, "early_reason", 409),
        ({"out_of_character_words": "x" * 501}, "out_of_character_words", 200),
        ({"why_worried": LONG}, "why_worried", 200),
    ],
)
def test_levels_that_cannot_be_chosen(
    world: Partnership, change: dict[str, str], field: str, status: int
) -> None:
    """A11Y-14: a message at the field, everything typed still there, nothing stored."""
    joan = world.client(world.joan)
    answer = send(joan, world, {**filled(joan, world), **change})
    assert answer.status_code == status
    form = answer.context["form"]
    assert field in form.errors
    assert_contract(answer, form)
    assert not Decision.objects.exists()
    if "reasons" not in change:
        assert form["reasons"].value() == CANARY_REASONS


def test_every_question_must_be_answered_once_everyone_has(world: Partnership) -> None:
    for person in (world.ken, world.paul, world.grace, world.lena, world.tom, world.beth):
        tell(world, person)
    joan = world.client(world.joan)
    typed = filled(joan, world)
    refused = send(joan, world, typed)
    assert refused.status_code == 409
    assert set(refused.context["form"].errors) == {"out_of_character"}
    assert "early_reason" not in refused.context["form"].fields

    answered = {
        question.key: "not_known" for question in QUESTIONS.questions if not question.is_open
    }
    assert send(joan, world, {**typed, **answered}).status_code == 302
    assert Decision.objects.get().early_reason == ""


def test_what_came_in_is_shown_and_ticked_and_nothing_typed_is_lost(world: Partnership) -> None:
    joan = world.client(world.joan)
    typed = filled(joan, world)
    tell(world, world.grace, "She missed her medication.")

    told = send(joan, world, typed)

    assert told.status_code == 409
    form = told.context["form"]
    assert "What has come in since you opened this page" in words(told)
    assert "She missed her medication." in words(told)
    assert form["reasons"].value() == CANARY_REASONS
    assert_contract(told, form)
    assert not Decision.objects.exists()
    read = {**typed, "read_new": form.unseen}
    assert send(joan, world, read).status_code == 302
    assert Decision.objects.count() == 1


def test_what_came_in_between_the_two_pages_is_shown_before_anything_is_typed(
    world: Partnership,
) -> None:
    joan = world.client(world.joan)
    page = joan.get(address(world), secure=True).context["page"]
    tell(world, world.grace, "She missed her medication.")
    form_page = joan.get(address(world, "decide/"), {"seen": " ".join(page.evidence)}, secure=True)
    assert "What has come in since you opened this page" in words(form_page)
    assert "She missed her medication." in words(form_page)
    assert len(form_page.context["form"].unseen) == 1


def test_who_was_not_asked_is_named_and_asked_by_one_tap(world: Partnership) -> None:
    act = act_now(world.ruth)
    sharing.share(
        child_reference=world.ava.reference,
        agency_reference=world.stranger_agency.reference,
        part=Part.SCHOOL,
        reason="She went there until the summer.",
        ends_at=None,
        act=act,
    )
    joan = world.client(world.joan)
    shown = words(joan.get(address(world), secure=True))
    assert "Other School" in shown
    assert "Not asked" in shown
    assert send(world.client(world.ruth), world, {}, "ask/").status_code == 403
    assert send(joan, world, {}, "ask/").status_code == 302
    assert "Not asked" not in words(joan.get(address(world), secure=True))
    assert send(joan, world, {}, "ask/").status_code == 409
    assert ask_of(world, world.stranger).agency == world.stranger_agency


def test_a_level_chosen_meanwhile_is_read_first(world: Partnership) -> None:
    joan = world.client(world.joan)
    typed = filled(joan, world, level="medium")
    decide(world, by=world.dana)

    told = send(joan, world, typed)

    assert told.status_code == 409
    assert "Level chosen: High" in words(told)
    form = told.context["form"]
    again = {**typed, "read_new": form.unseen, "version": form["version"].value()}
    assert send(joan, world, again).status_code == 302
    assert Decision.objects.count() == 2


# --- confirming, and seeing it otherwise


def test_a_supervisor_sends_a_level_back_on_the_page(world: Partnership) -> None:
    decision = decide(world)
    page = f"decisions/{decision.reference}/confirm/"
    marcus = world.client(supervisor(world))
    refused = send(marcus, world, {"verdict": "send_back", "note": ""}, page)
    assert set(refused.context["form"].errors) == {"note"}
    assert_contract(refused, refused.context["form"])
    stale = send(marcus, world, {"verdict": "confirm", "version": "9"}, page)
    assert stale.status_code == 409
    typed = {"verdict": "send_back", "note": "Weigh the car.", "version": "1"}
    assert send(marcus, world, typed, page).status_code == 302
    decision.refresh_from_db()
    assert decision.sent_back_note == "Weigh the car."
    shown = words(get(world, world.ruth, f"decisions/{decision.reference}/"))
    assert "Sent back" in shown
    assert "Weigh the car." not in shown
    assert "You cannot confirm this level" in words(get(world, world.joan, page, status=403))


def test_an_agency_disagrees_and_is_answered_on_the_page(world: Partnership) -> None:
    decision = decide(world, level="medium")
    page = f"decisions/{decision.reference}/disagree/"
    nisha = world.client(world.nisha)
    refused = send(nisha, world, {"text": LONG, "token": str(uuid4())}, page)
    assert_contract(refused, refused.context["form"])
    sent = send(nisha, world, {"text": "She is in danger.", "token": str(uuid4())}, page)
    made = Dissent.objects.get()
    assert sent["Location"] == address(world, f"dissents/{made.reference}/")
    answer_page = f"dissents/{made.reference}/"
    assert send(nisha, world, {"answer": "No."}, answer_page).status_code == 403
    marcus = world.client(supervisor(world))
    assert send(marcus, world, {"answer": ""}, answer_page).status_code == 200
    assert send(marcus, world, {"answer": "We look again."}, answer_page).status_code == 302
    assert "We look again." in words(get(world, world.nisha, answer_page))


# --- after the return


def test_who_was_asked_and_is_back_at_work_answers_late(world: Partnership) -> None:
    refused: Any
    act = act_now(world.joan)
    returns.record_return(
        episode_reference=MissingEpisode.objects.get().reference,
        returned_at=act.now, version=None, act=act,
    )  # fmt: skip
    grace, page = (
        world.client(world.grace),
        f"/answers/late/{ask_of(world, world.grace).reference}/",
    )
    assert grace.get(address(world, "answer/"), secure=True).status_code == 404
    asked = words(grace.get(page, secure=True))
    assert "Ava Bramley" in asked
    assert CANARY_WORRY not in asked
    refused = grace.post(page, {"kind": "tells", "text": LONG}, secure=True)
    assert_contract(refused, refused.context["form"])
    typed = {"kind": "tells", "text": "She missed her medication.", "audience": "case"}
    assert grace.post(page, {**typed, "token": str(uuid4())}, secure=True).status_code == 302
    assert "The police have your answer" in words(grace.get(page, secure=True))
    assert world.client(world.ken).get(page, secure=True).status_code == 404
    shown = words(get(world, world.joan))
    assert "Late, not read" in shown


# --- what it costs


def test_the_officers_page_asks_as_much_at_one_episode_as_at_a_hundred(
    world: Partnership,
) -> None:
    """PERF-01: and as much for much written, whoever of the force or the council looks."""
    marcus = supervisor(world)
    counts = set()
    for size in (1, 100):
        _fill(world, size)
        decide(world)
        for person in (world.joan, marcus, world.ruth):
            for page in ("", "decide/?seen=")[: 1 if person == world.ruth else 2]:
                number = len(capture(world.client(person), address(world, page)).statements)
                counts.add((page, number))
    assert len(counts) == 2, counts
    assert max(number for _, number in counts) <= MOST_QUERIES


def _fill(world: Partnership, size: int) -> None:
    """Add episodes of the past, updates and answers, up to a number of each."""
    episode = MissingEpisode.objects.get(child=world.ava, returned_at=None)
    have = MissingEpisode.objects.filter(child=world.ava).count()
    made = []
    for number in range(have, size):
        start = episode.started_at - timedelta(days=3 * number)
        end = start + timedelta(hours=5)
        made.append(
            MissingEpisode(
                child=world.ava,
                reference=f"ME-0000-{number:04d}-0",
                started_at=start,
                last_seen_at=start,
                reported_at=start,
                located_at=end,
                returned_at=end,
                return_recorded_by=world.joan,
                lead_force=world.kent_police,
            )
        )
    MissingEpisode.objects.bulk_create(made)
    for number in range(size // 4):
        act = act_now(world.joan)
        updates.add_update(
            child_reference=world.ava.reference, kind=Update.Kind.INFORMATION,
            text=f"Seen, {number}", happened_at=act.now, token=None, act=act,
        )  # fmt: skip
        tell(world, world.grace, f"Answer {number}")
