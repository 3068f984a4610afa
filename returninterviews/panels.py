"""What interviews show on the case page, and what they offer to whoever judges the risk."""

from typing import Any

from cases.access import ChildView
from cases.panels import MOST_SHOWN, Evidence, EvidenceSource, Panel, Tab, register
from cases.rules import Aspect, Audience
from missingchildren.agencies.acts import Act
from returninterviews import access, queries
from returninterviews.models import Summary

# --- the interview


def _interview(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return where the child's latest interview stands, and what this agency was told of it."""
    if not access.sees_interviews(view):
        return None
    interview = queries.latest(view, act)
    if interview is None:
        return None
    return {
        "child": view.child,
        "interview": interview,
        "opens": access.opens(act, view, interview),
        "is_open": queries.is_open(interview),
        "may_name_council": bool(access.can_name_council(act, view, interview)),
        "now": act.now,
    }


def _shared(view: ChildView, act: Act) -> list[Evidence]:
    """Return what this agency was told of the latest interviews: never what was said in them."""
    if not view.sees(Aspect.SHARED_INTERVIEWS):
        return []
    return [
        Evidence(
            kind="interview",
            reference=summary.reference,
            title="Summary of a return home interview",
            text=evidence_text(summary),
            at=summary.recorded_at,
            owner=summary.owner,
            audience=Audience.NAMED,
        )
        for summary in queries.summaries_for(view, act, most=MOST_SHOWN)
    ]


def evidence_text(summary: Summary) -> str:
    """Return what an agency was told, in one text."""
    parts = (
        ("", summary.summary),
        ("Harm: ", summary.harm),
        ("Places and people: ", summary.places_and_people),
        ("What the child wants: ", summary.wishes),
        ("In the child's own words: ", summary.quotes),
        ("Recommended: ", summary.recommendations),
        ("To keep the child safe: ", summary.safety_note),
        ("", summary.instead),
    )
    return "\n".join(f"{title}{text}" for title, text in parts if text)


def _sees_interviews(view: ChildView, _act: Act) -> bool:
    return access.sees_interviews(view)


def register_interviews() -> None:
    """Register the panel, the tab and the evidence of interviews."""
    register(Panel("interview", 25, "returninterviews/panels/interview.html", _interview))
    register(Tab("interviews", 15, "Interviews", "returninterviews:interviews", _sees_interviews))
    register(EvidenceSource("interview", 20, "Return home interview", _shared))
