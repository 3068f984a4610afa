"""What interviews show on the case page, and what they offer to whoever judges the risk."""

from typing import Any

from cases import panels
from cases.access import ChildView
from cases.models import MissingEpisode
from cases.panels import MOST_SHOWN, Evidence, EvidenceSource, Panel, Tab, register
from cases.queries import register_looks
from cases.rules import AUDIENCE_KINDS, Aspect, Audience
from cases.services import closing
from cases.services.closing import ClosingCheck
from missingchildren.agencies.acts import Act
from missingchildren.core.clock import london_day
from missingchildren.web.templatetags.web import duration, written_day
from returninterviews import access, queries
from returninterviews.models import Action, Recommendation, Summary
from returninterviews.rules import RecommendationState

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


# --- recommendations and follow-up actions


def _actions(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return what is to be decided and done, soonest first."""
    owed = queries.owed_for(view, act, most=MOST_SHOWN + 1)
    if not owed:
        return None
    return {
        "child": view.child,
        "owed": owed[:MOST_SHOWN],
        "are_more": len(owed) > MOST_SHOWN,
        "sees_all": access.sees_every_action(view),
        "now": act.now,
    }


def _sees_tab(view: ChildView, _act: Act) -> bool:
    return access.sees_every_action(view) or view.sees(Aspect.OWN_INTERVIEWS)


UNFINISHED_FOR = Audience.STATUTORY


def _unfinished(view: ChildView, act: Act) -> list[Evidence]:
    """Return what was recommended and is not decided or done, and what else is late.

    For the councils, and for the forces that read what others know about the child.
    """
    admits = view.sees_others and act.agency_kind in AUDIENCE_KINDS[UNFINISHED_FOR]
    if not (access.sees_every_action(view) or admits):
        return []
    found = [
        _recommendation_evidence(each)
        for each in queries.undecided_evidence(view.child, most=MOST_SHOWN)
    ]
    found += [
        _action_evidence(each, act)
        for each in queries.unfinished_evidence(view.child, act.now, most=MOST_SHOWN)
    ]
    return sorted(found, key=lambda each: each.at, reverse=True)[:MOST_SHOWN]


def _recommendation_evidence(recommendation: Recommendation) -> Evidence:
    is_second = recommendation.state == RecommendationState.SECOND_LOOK
    return Evidence(
        kind="returninterviews.recommendation",
        reference=recommendation.reference,
        title="Recommended and not decided" if not is_second else "Recommended, looked at again",
        text=recommendation.text,
        at=recommendation.recorded_at,
        owner=recommendation.council,
        audience=UNFINISHED_FOR,
    )


def _action_evidence(action: Action, act: Act) -> Evidence:
    due_at = action.deadline.due_at
    late = f"Late by {duration(act.now - due_at)}"
    return Evidence(
        kind="returninterviews.action",
        reference=action.reference,
        title=late
        if due_at < act.now
        else f"To be done by {written_day(london_day(due_at))}",
        text=action.text,
        at=action.given_at,
        owner=action.owner,
        audience=UNFINISHED_FOR,
    )  # fmt: skip


def _unsettled(episode: MissingEpisode, _act: Act) -> list[str]:
    """Say what the episode's interviews left open, without saying what it is."""
    undecided, second, idle = queries.unsettled_of(episode)
    said = [
        (undecided, "not decided"),
        (second, "waiting for a second look"),
        (idle, "taken forward with nothing to do"),
    ]
    return [
        f"{count} recommendation{' is' if count == 1 else 's are'} {words}."
        for count, words in said
        if count
    ]


RECOMMENDATIONS_CHECK = ClosingCheck(
    name="recommendations", title="What interviews recommended", unsettled=_unsettled
)
ACTION_LOOKS = {
    "returninterviews.actions": "Follow-up actions",
    "returninterviews.actions_settled": "Follow-up actions that are done",
    "returninterviews.recommendation": "A recommendation",
    "returninterviews.recommendations": "Recommendations",
    "returninterviews.take_forward_page": "Taking a recommendation forward",
    "returninterviews.not_forward_page": "Not taking a recommendation forward",
    "returninterviews.second_look_page": "Asking for a second look",
    "returninterviews.keep_page": "Answering a second look",
    "returninterviews.action": "A follow-up action",
    "returninterviews.add_action_page": "Adding a follow-up action",
    "returninterviews.progress_page": "Progress of a follow-up action",
    "returninterviews.done_page": "Completing a follow-up action",
    "returninterviews.drop_page": "Dropping a follow-up action",
    "returninterviews.helped_page": "Whether a follow-up action helped",
}


def register_actions() -> None:
    """Register what recommendations and follow-up actions show and ask."""
    panels.register(Panel("actions", 45, "returninterviews/panels/actions.html", _actions))
    panels.register(Tab("actions", 16, "Actions", "returninterviews:actions", _sees_tab))
    panels.register(EvidenceSource("unfinished", 25, "Not finished from last time", _unfinished))
    closing.register(RECOMMENDATIONS_CHECK)
    register_looks(ACTION_LOOKS)
