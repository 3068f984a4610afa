"""What risk shows on the case page, and offers as evidence."""

from typing import Any

from cases.access import ChildView
from cases.panels import MOST_SHOWN, Evidence, EvidenceSource, Panel, Tab, register
from cases.rules import Aspect, Audience, Part
from missingchildren.agencies.acts import Act
from missingchildren.web.templatetags.web import written_day
from risk import access, queries
from risk.models import Flag
from risk.queries import FLAG_EVIDENCE, ShownFlag
from risk.rules import LATE_ANSWERS_FOR, FlagLevel, FlagState

# --- rounds


def _level(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return the level that counts now with its review, to those whose part opens the level."""
    if not view.sees(Aspect.LEVEL):
        return None
    round = queries.latest_round(view.child)
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
    own = queries.own_ask(view, act)
    is_question_only = (
        view.sees(Aspect.QUESTION)
        and not view.sees(Aspect.EPISODE)
        and view.child.missing_since is not None
    )
    if own is None:
        return {"child": view.child, "own": None, "is_first": True} if is_question_only else None
    round = own.ask.round
    is_over = round.ended_at is not None and act.now > round.ended_at + LATE_ANSWERS_FOR
    answered = own.at is not None or own.ask.report_reference
    is_settled = round.ended_at is not None and answered and not own.unconfirmed
    if is_over or is_settled:
        return None
    return {"child": view.child, "own": own, "round": round, "is_first": is_question_only}


def _answers(view: ChildView, act: Act) -> list[Evidence]:
    round = queries.latest_round(view.child)
    if round is None or not view.sees(Aspect.ANSWERS):
        return []
    return queries.answer_evidence(queries.asks_with_answers(round, view, act))


def _level_chosen(view: ChildView, act: Act) -> list[Evidence]:
    round = queries.latest_round(view.child)
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


# --- flags

MOST_FLAGS = 3


def _flags(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return the flags that are not over, and whether this person may have one made."""
    if not view.sees(Aspect.FLAG):
        return None
    shown = queries.flags_of(view, act, most=MOST_SHOWN)
    current = [flag for flag in shown if flag.state != FlagState.ENDED]
    may_ask, may_flag = access.can_ask_for_flag(act, view), access.can_flag(act, view)
    if not shown and not may_ask and not may_flag:
        return None
    return {
        "child": view.child,
        "flags": current[:MOST_FLAGS],
        "has_more": len(shown) > len(current[:MOST_FLAGS]),
        "may_ask": may_ask and not current,
        "may_flag": may_flag and not current,
    }


def _flag_evidence(view: ChildView, act: Act) -> list[Evidence]:
    """Return what a risk round is shown of flags: each with its state, in words."""
    if not view.sees(Aspect.FLAG):
        return []
    return [_evidence_of(shown) for shown in queries.flags_of(view, act, most=MOST_SHOWN)]


def _evidence_of(shown: ShownFlag) -> Evidence:
    flag = shown.flag
    return Evidence(
        # Only this kind asks for a reason when the level chosen is lower.
        kind="risk.flag"
        if shown.is_in_force and flag.level == FlagLevel.HIGH
        else "risk.flag_other",
        reference=flag.reference,
        title=f"Flag: {shown.words}",
        text=flag_text(shown),
        at=_last_changed(flag),
        owner=flag.council or flag.force,
        audience=Audience.STATUTORY,
    )


def flag_text(shown: ShownFlag) -> str:
    """Return a flag in the sentences that an officer reads before a level is chosen.

    Only one that holds says so first; what a flag does not say any more comes after why.
    """
    flag, state = shown.flag, shown.state
    lines = []
    if shown.is_in_force:
        lines.append(f"Flagged: {_lower(shown.level_words)}.")
        if not flag.entered_at:
            lines.append("Not entered on the force's system yet.")
        if state == FlagState.REVIEW_OVERDUE and flag.review_on:
            lines.append(f"To be reviewed by {written_day(flag.review_on)}: overdue.")
    elif state == FlagState.EXPIRED and flag.expires_on:
        lines.append(f"Expired on {written_day(flag.expires_on)}: it does not hold any more.")
    elif state in {FlagState.TO_TAKE_OFF, FlagState.ENDED}:
        lines.append(f"It does not hold any more: {flag.ended_reasons}")
    elif shown.holds_elsewhere:
        lines.append(f"The child has moved. {shown.words}.")
    else:
        lines.append(f"{shown.level_words}. It does not hold.")
    if flag.disagreement:
        lines.append(f"The council disagreed: {flag.disagreement}")
    if flag.reasons:
        lines.append(f"The force said: {flag.reasons}")
    lines += [f"Grounds: {flag.grounds}", f"If missing: {shown.if_missing}"]
    return "\n".join(lines)


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def _last_changed(flag: Flag) -> Any:
    times = (
        flag.asked_at, flag.decided_at, flag.disagreed_at, flag.entered_at, flag.changed_at,
        flag.ended_at, flag.taken_off_at,
    )  # fmt: skip
    return max(at for at in times if at)


def _has_flags_tab(view: ChildView, act: Act) -> bool:
    """Return whether there is a flag to see, or somebody of this agency may have one made."""
    return access.has_flags(act, view) or (view.sees(Aspect.FLAG) and queries.has_flag(view))


def register_flags() -> None:
    """Register what flags show."""
    register(Panel("flags", 15, "risk/flags/panel.html", _flags))
    register(Tab("flags", 15, "Flags", "risk:flags", _has_flags_tab))
    register(EvidenceSource(FLAG_EVIDENCE, 10, "Flag", _flag_evidence))
