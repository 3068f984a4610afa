"""What risk shows on the case page, and what it offers as evidence."""

from typing import Any

from cases.access import ChildView
from cases.panels import MOST_SHOWN, Evidence, EvidenceSource, Panel, Tab, register
from cases.rules import Aspect, Audience
from missingchildren.agencies.acts import Act
from missingchildren.web.templatetags.web import written_day
from risk import access, queries
from risk.models import Flag
from risk.queries import FLAG_EVIDENCE, ShownFlag
from risk.rules import FlagState

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
        kind="risk.flag",
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
