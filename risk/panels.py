"""What risk shows on the case page, and offers as evidence."""

from typing import Any

from cases.access import ChildView
from cases.panels import Evidence, EvidenceSource, Panel, Tab, register
from cases.rules import Aspect, Part
from missingchildren.agencies.acts import Act
from risk import access, queries
from risk.rules import LATE_ANSWERS_FOR

# --- rounds


def _level(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return the level that counts now with its review, to those whose part opens the level."""
    if not view.sees(Aspect.LEVEL):
        return None
    round = queries.latest_round(view.child.pk)
    if round is None or round.ended_at:
        return None
    return {
        "child": view.child,
        "round": round,
        "decision": round.current,
        "is_overdue": round.current is not None and round.current.review_due_at < act.now,
        "sees_round": access.sees_round(view),
        "can_decide": bool(access.can_decide(act, round.episode)),
        "can_confirm": round.current is not None
        and round.current.confirmed_at is None
        and round.current.sent_back_at is None
        and bool(access.can_confirm(act, round.current)),
        "can_dissent": round.current is not None
        and bool(access.can_dissent(act, view, round.episode)),
    }


def _asked(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return the question to this agency, and what it has answered; None for the force that asks."""
    if not view.sees(Aspect.OWN_ANSWER) or Part.LEAD_FORCE in view.parts:
        return None
    ask = queries.own_ask(view, act)
    is_question_only = (
        view.sees(Aspect.QUESTION)
        and not view.sees(Aspect.EPISODE)
        and view.child.missing_since is not None
    )
    if ask is None:
        return {"child": view.child, "ask": None, "is_first": True} if is_question_only else None
    round = ask.round
    is_over = round.ended_at is not None and act.now > round.ended_at + LATE_ANSWERS_FOR
    answered = ask.own_at is not None or ask.report_reference  # type: ignore[attr-defined]
    is_settled = round.ended_at is not None and answered and not ask.unconfirmed  # type: ignore[attr-defined]
    if is_over or is_settled:
        return None
    return {"child": view.child, "ask": ask, "round": round, "is_first": is_question_only}


def _answers(view: ChildView, act: Act) -> list[Evidence]:
    round = queries.latest_round(view.child.pk)
    if round is None or not view.sees(Aspect.ANSWERS):
        return []
    return queries.answer_evidence(queries.asks_with_answers(round, view, act))


def _level_chosen(view: ChildView, act: Act) -> list[Evidence]:
    round = queries.latest_round(view.child.pk)
    return queries.level_evidence(round) if round and access.sees_round(view) else []


def _sees_round(view: ChildView, _act: Act) -> bool:
    return access.sees_round(view)


def register_rounds() -> None:
    """Register what a risk round shows and offers."""
    register(Panel("level", 12, "risk/panels/level.html", _level))
    register(Panel("asked", 15, "risk/panels/asked.html", _asked))
    register(Tab("risk", 5, "Risk", "risk:round", _sees_round))
    register(EvidenceSource(queries.ANSWERS, 55, "What others answered", _answers))
    register(EvidenceSource(queries.LEVEL_CHOSEN, 60, "The level until now", _level_chosen))
