"""An interview that is signed: what stays as it is, who accepts it, who is told what, and what they answer."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.db.utils import InternalError

from cases import panels
from cases.access import view_of
from cases.models import Grant
from cases.services import matching, sharing
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from returninterviews.models import (
    Account,
    CarerAccount,
    Interview,
    Offer,
    Quote,
    Recommendation,
    SharedItem,
    Summary,
)
from returninterviews.rules import (
    Clock,
    InterviewState,
)
from returninterviews.services import summaries
from tests.partnership import CANARY_WORRY, Partnership, act_now
from tests.returninterviews.telling import (
    CANARY_NOTE,
    CANARY_SUMMARY,
    grant_of,
    held,
    offer,
    sign,
    summary_for,
)
from tests.returninterviews.test_interviews import NOBODYS, accept, after, end, running, told

pytestmark = pytest.mark.django_db


@dataclass
class Signed:
    """A partnership, and an interview in it that the charity held and signed."""

    world: Partnership
    interview: Interview


@pytest.fixture(scope="module")
def signed_once(accepted_once: Partnership) -> Signed:
    """Tell how the interview was held and signed."""
    return Signed(accepted_once, held(accepted_once))


@pytest.fixture
def signed(signed_once: Signed, db: None) -> Signed:
    """Return what is signed, told once for the module."""
    return deepcopy(signed_once)


@pytest.fixture
def world(signed: Signed) -> Partnership:
    return signed.world


@pytest.fixture
def interview(signed: Signed) -> Interview:
    """Return an interview that the charity held and signed."""
    return signed.interview


# --- the signing


def test_signing_writes_it_once_and_tells_each_their_part(
    world: Partnership, interview: Interview
) -> None:
    assert (interview.outcome, interview.signed_by) == ("completed", world.lena)
    account = Account.objects.get(interview=interview)
    assert account.summary == CANARY_SUMMARY
    assert [quote.text for quote in account.quotes.order_by("order")][1] == "I was scared of him"
    assert [each.text for each in Recommendation.objects.order_by("order")] == [
        "See that she meets her sister each week", "Look for the grey car on the seafront",
    ]  # fmt: skip
    assert not running(Clock.HOLD, interview)
    [accept] = running(Clock.ACCEPT, interview)
    assert accept.agency == world.birmingham
    summary = summary_for(interview, world.kent_police)
    assert summary.summary == CANARY_SUMMARY
    assert summary.harm == "Sexual exploitation"
    assert summary.quotes == "I was scared of him"
    assert "grey car" in summary.recommendations
    [read] = running(Clock.READ_SUMMARY, summary)
    assert (read.agency, read.unit) == (world.kent_police, world.desk)
    assert read.due_at == after(interview.signed_at, hours=24)
    assert told("returninterviews.signed") == {"Birmingham Children's Trust"}
    assert told("returninterviews.summary") == {"Kent Police", "Seaview House"}
    assert grant_of(world, world.charity).ends_at == after(interview.signed_at, days=28)


def test_the_home_is_told_the_safety_note_alone_and_only_if_there_is_one(
    world: Partnership,
    interview: Interview,
) -> None:
    note = summary_for(interview, world.home)
    assert note.safety_note == CANARY_NOTE
    assert not any(
        (note.summary, note.harm, note.wishes, note.recommendations, note.quotes, note.instead)
    )


def test_every_decision_of_the_grid_is_kept(world: Partnership, interview: Interview) -> None:
    kept = SharedItem.objects.filter(account__interview=interview)
    assert set(kept.values_list("agency__name", flat=True)) == {
        "Kent Police", "West Midlands Police", "Kent County Council", "Seaview House",
        "Larkfield Academy", "Thanet Community Health",
    }  # fmt: skip
    assert set(kept.filter(agency=world.kent_police).values_list("decision", flat=True)) == {
        "share"
    }
    assert set(kept.filter(agency=world.west_midlands).values_list("decision", flat=True)) == {
        "withhold"
    }
    assert set(kept.values_list("basis", flat=True)) == {"public_task"}


def test_signing_again_is_refused_and_says_so(world: Partnership, interview: Interview) -> None:
    with pytest.raises(RuleBroken, match="It cannot be changed"):
        sign(world.lena, interview)
    with pytest.raises(RuleBroken, match="It cannot be changed"):
        offer(world.lena, interview)
    with pytest.raises(RuleBroken, match="It cannot be changed"):
        end(world.lena, interview, "aged_18")
    assert Account.objects.count() == 1


# --- written once

CHANGES: list[tuple[type[Model], dict[str, Any]]] = [
    (Account, {"away": "something else"}),
    (Quote, {"text": "something else"}),
    (CarerAccount, {"text": "something else"}),
    (SharedItem, {"decision": "withhold"}),
    (Offer, {"result": "not_today"}),
    (Summary, {"summary": "something else"}),
    (Interview, {"held_at": None}),
    (Interview, {"signed_by": None}),
]


@pytest.mark.parametrize(("model", "changes"), CHANGES, ids=str)
def test_the_database_refuses_to_change_what_was_signed(
    world: Partnership, model: type[Model], changes: dict[str, Any]
) -> None:
    """CON-10: for the role that serves, by any statement."""
    with pytest.raises(InternalError, match="Cannot update rows"), transaction.atomic():
        model._default_manager.update(**changes)
    if model is not Interview:
        with pytest.raises(InternalError, match="Cannot delete rows"), transaction.atomic():
            model._default_manager.order_by("pk")[0].delete()


def test_a_correction_has_a_number_and_a_reason(world: Partnership, interview: Interview) -> None:
    """CON-10: room is left for a new version."""
    account = Account.objects.get(interview=interview)
    account.pk, account.number = None, 2

    with (
        pytest.raises(IntegrityError, match="account_corrects_with_a_reason"),
        transaction.atomic(),
    ):
        account.save()
    account.correction_reason = "The day was wrong"
    account.save()
    account.pk = None
    with pytest.raises(IntegrityError, match="account_numbered_once"), transaction.atomic():
        account.save()


# --- acceptance


def test_the_council_accepts_and_adds_what_it_makes_of_it(
    world: Partnership, interview: Interview
) -> None:
    before = Account.objects.values().get()

    accepted = accept(world.ruth, interview)

    assert (accepted.state, accepted.accepted_by) == (InterviewState.ACCEPTED, world.ruth)
    assert accepted.council_analysis == "The third time this month"
    assert Account.objects.values().get() == before
    assert not running(Clock.ACCEPT, interview)
    assert told("returninterviews.accepted") == {"Open Door Interviews"}


def test_the_second_to_accept_is_told_who_and_when(
    world: Partnership, interview: Interview
) -> None:
    """CON-01, one after the other: one owner, the others told who and when."""
    accept(world.ruth, interview)

    with pytest.raises(RuleBroken, match="accepted by Ruth Adeyemi on "):
        accept(world.ken, interview)


# --- the summary


def test_the_force_says_that_it_read_it_and_what_it_did(
    world: Partnership, interview: Interview
) -> None:
    summary = summary_for(interview, world.kent_police)

    with pytest.raises(RuleBroken, match="Say first that you have read it"):
        answer(world.joan, summary)
    read = summaries.read_summary(summary_reference=summary.reference, act=act_now(world.joan))
    assert read.read_by == world.joan
    assert not running(Clock.READ_SUMMARY, summary)
    first = read.read_at
    again = summaries.read_summary(summary_reference=summary.reference, act=act_now(world.joan))
    assert again.read_at == first
    with pytest.raises(RuleBroken, match="crime reference"):
        answer(world.joan, summary, answer=Summary.Answer.CRIME_RECORDED)
    with pytest.raises(RuleBroken, match="no action"):
        answer(world.joan, summary, answer=Summary.Answer.NO_ACTION)
    with pytest.raises(Stale):
        answer(world.joan, summary, version=1)
    answered = answer(world.joan, summary)

    assert (answered.answer, answered.is_useful) == ("report_made", True)
    assert told("returninterviews.answered") == {"Open Door Interviews"}
    with pytest.raises(RuleBroken, match="already been answered"):
        answer(world.joan, summary)


def answer(by: Any, summary: Summary, **changes: Any) -> Summary:
    return summaries.answer_summary(
        summary_reference=summary.reference, act=act_now(by),
        **{"answer": Summary.Answer.REPORT_MADE, "is_useful": True, "version": None, **changes},
    )  # fmt: skip


def test_a_summary_is_for_its_agency_alone(world: Partnership, interview: Interview) -> None:
    summary = summary_for(interview, world.kent_police)

    for person in (world.tom, world.ruth, world.lena, world.nisha, world.stranger):
        with pytest.raises(NotFound):
            summaries.read_summary(summary_reference=summary.reference, act=act_now(person))
    note = summary_for(interview, world.home)
    summaries.read_summary(summary_reference=note.reference, act=act_now(world.nisha))
    with pytest.raises(NotPermitted, match="Only the police"):
        answer(world.nisha, note)


def test_the_next_risk_round_is_offered_the_summary_and_never_what_was_said(
    world: Partnership,
    interview: Interview,
) -> None:
    [source] = [each for each in panels.evidence_sources() if each.key == "interview"]

    def offered(person: Any) -> list[str]:
        act = act_now(person)
        view = view_of(act=act, reference=world.ava.reference)
        return [item.text for item in source.items(view, act)]

    [seen] = offered(world.joan)
    assert CANARY_SUMMARY in seen
    assert "canary-narrative" not in seen
    assert "canary-quote" not in seen
    assert CANARY_WORRY not in seen
    assert offered(world.tom) == []
    assert offered(world.nisha) == [f"To keep the child safe: {CANARY_NOTE}"]


# --- joining


def test_what_an_episode_made_moves_when_two_records_become_one(world: Partnership) -> None:
    other = world.report(by=world.beth, described=NOBODYS).child

    for model in matching.moves():
        if model.__module__.startswith("returninterviews"):
            model._default_manager.filter(child=world.ava).update(child=other)

    assert Account.objects.get().child == other
    assert Summary.objects.filter(child=other).count() == 2
    assert not Interview.objects.filter(child=world.ava).exists()


# --- constraints by name

ADDED: dict[str, tuple[type[Model], dict[str, Any]]] = {
    "offer_accepted_has_a_time": (Offer, {"arranged_for": None, "reference": "RO-1"}),
    "offer_made_before_it_was_recorded": (
        Offer,
        {"made_at": "later", "reference": "RO-1"},
    ),
    "account_has_summary": (Account, {"summary": ""}),
    "quote_in_order": (Quote, {}),
    "quote_has_words": (Quote, {"text": "", "order": 9}),
    "carer_account_has_author_and_words": (CarerAccount, {"who": ""}),
    "shared_item_decided_once": (SharedItem, {}),
    "summary_once": (Summary, {"reference": "RS-1"}),
    "recommendation_in_order": (Recommendation, {"reference": "RC-1"}),
}


@pytest.mark.parametrize("name", ADDED)
def test_the_database_refuses_to_add(world: Partnership, name: str) -> None:
    model, changes = ADDED[name]
    row = model._default_manager.order_by("pk")[0]
    row.pk = None
    row._state.adding = True
    for key, value in changes.items():
        later = act_now(world.lena).now + timedelta(days=1)
        setattr(row, key, later if value == "later" else value)

    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        row.save()


def test_sharing_ends_with_the_part(world: Partnership, interview: Interview) -> None:
    """AZ-08: a force whose part has ended cannot open what it was told."""
    summary = summary_for(interview, world.kent_police)
    Grant.objects.filter(child=world.ava, agency=world.kent_police).update(
        ended_at=act_now(world.joan).now, ended_reason="closed"
    )
    sharing.recompute(child=world.ava, act=act_now(world.ruth))

    page = world.client(world.joan).get(f"/summaries/{summary.reference}/", secure=True)
    assert page.status_code == 404
