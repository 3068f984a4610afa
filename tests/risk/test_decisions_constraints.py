"""What the database refuses of levels and what hangs on them, whoever writes it."""

from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from risk.models import Ask
from risk.services import dissent as dissents
from tests.partnership import Partnership, act_now
from tests.risk.rounds import ask_of, decide, ring, round_of

pytestmark = pytest.mark.django_db
Told = tuple[Partnership, dict[str, Any]]


@pytest.fixture(scope="module")
def rows_once(accepted_once: Partnership) -> Told:
    """Tell of a decision, a telephone answer and what hangs on them."""
    world = accepted_once
    answer = ring(world, world.ken)
    decision = decide(world)
    dissent = dissents.dissent(
        child_reference=world.ava.reference, decision_reference=decision.reference,
        text="No.", token=None, act=act_now(world.ruth),
    )  # fmt: skip
    rows = {
        "round": round_of(world), "answer": answer, "decision": decision, "dissent": dissent,
        "ask": ask_of(world, world.ken), "shown": decision.shown.order_by("order")[0],
    }  # fmt: skip
    return world, rows


@pytest.fixture
def told(rows_once: Told, db: None) -> Told:
    return deepcopy(rows_once)


NOW = "now"
BROKEN: dict[str, tuple[str, dict[str, Any]]] = {
    "risk_round_end_has_time_and_reason": ("round", {"ended_at": NOW}),
    "risk_round_ends_with_or_without_level": (
        "round", {"ended_at": NOW, "ended_because": "back_first"},
    ),
    "asked_again_after_asked": ("ask", {"reasked_at": "long ago"}),
    "contribution_says_something": ("answer", {"text": ""}),
    "contribution_by_phone_is_whole": ("answer", {"given_by": ""}),
    "contribution_confirmed_only_by_phone": ("answer", {"confirmed_at": NOW}),
    "contribution_read_only_when_late": ("answer", {"read_at": NOW, "read_by": "joan"}),
    "decision_has_reasons": ("decision", {"reasons": ""}),
    "decision_is_reviewed_later": ("decision", {"review_due_at": "long ago"}),
    "decision_confirmation_has_time_and_author": ("decision", {"confirmed_at": NOW}),
    "decision_sent_back_is_whole": ("decision", {"sent_back_at": NOW, "sent_back_by": "dana"}),
    "decision_confirmed_or_sent_back": (
        "decision",
        {
            "confirmed_at": NOW, "confirmed_by": "dana", "sent_back_at": NOW,
            "sent_back_by": "dana", "sent_back_note": "Why?",
        },
    ),
    "decision_judged_by_somebody_else": (
        "decision", {"confirmed_at": NOW, "confirmed_by": "joan"},
    ),
    "decision_early_words_need_reason": ("decision", {"early_reason": "", "early_words": "So."}),
    "decision_police_only_is_own": ("decision", {"is_police_only": True}),
    "shown_evidence_exception_has_words": ("shown", {"considered": False}),
    "dissent_says_why": ("dissent", {"text": ""}),
    "dissent_answer_is_whole": ("dissent", {"answer": "So."}),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_the_database_refuses_what_must_never_be(told: Told, name: str) -> None:
    world, rows = told
    row = rows[BROKEN[name][0]]
    act = act_now(world.joan)
    words = {NOW: act.now, "long ago": act.now - timedelta(days=400)}
    changes = {
        key: getattr(world, value)
        if value in {"joan", "dana"}
        else words.get(value, value)
        if isinstance(value, str)
        else value
        for key, value in BROKEN[name][1].items()
    }
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**changes)


def test_nobody_is_asked_twice_in_a_round(told: Told) -> None:
    ask = told[1]["ask"]
    ask.pk, ask.reference = None, "RQ-0000-0000-0"
    with pytest.raises(IntegrityError, match="asked_once_a_round"), transaction.atomic():
        ask.save()
    assert Ask.objects.filter(round=ask.round, agency=ask.agency).count() == 1


def test_what_was_shown_stands_in_order(told: Told) -> None:
    shown = told[1]["shown"]
    shown.pk = None
    with pytest.raises(IntegrityError, match="shown_evidence_in_order"), transaction.atomic():
        shown.save()
