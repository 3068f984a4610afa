"""What several operations take and answer: recommendations, follow-up actions, their notes."""

from datetime import date
from typing import Any

from rest_framework import serializers

from cases.access import ChildView
from cases.api.children import VerdictOut
from cases.api.shapes import AgencyOut, ListOut
from missingchildren.agencies.acts import Act
from missingchildren.agencies.api import agency_out
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import Verdict
from missingchildren.web.api.fields import (
    Day,
    In,
    Instant,
    OneOf,
    Out,
    Reference,
    Typed,
    Version,
)
from returninterviews import access, queries, rules
from returninterviews.forms.actions import GiveForm
from returninterviews.models import Action, ActionNote, Recommendation
from returninterviews.rules import ActionState, CouncilDecision, Helped, RecommendationState
from returninterviews.services.giving import Give

# --- recommendations and follow-up actions

NOTE_AUDIENCE_WORDS = ["case", "statutory"]
MOST_NOTES = 20


class RecommendationRowOut(Out):
    """A recommendation in a list."""

    reference = Reference()
    state = OneOf([state.value for state in RecommendationState])
    text = serializers.CharField()
    recommended_by = AgencyOut(allow_null=True)
    recorded_at = Instant()
    council = AgencyOut(help_text="Who decides")


class RecommendationPageOut(ListOut):
    """One page of recommendations."""

    results = RecommendationRowOut(many=True)


class SecondLookOut(Out):
    """A second look that was asked for."""

    asked_at = Instant()
    asked_by = AgencyOut()
    words = serializers.CharField()
    answered_at = Instant(allow_null=True)
    answer = OneOf([each.value for each in CouncilDecision], allow_null=True)
    reasons = serializers.CharField(allow_blank=True)


class ActionRowOut(Out):
    """A follow-up action in a list."""

    reference = Reference()
    state = OneOf([state.value for state in ActionState])
    text = serializers.CharField()
    owner = AgencyOut(help_text="Who does it")
    team = serializers.CharField(allow_null=True, help_text="The team that has it, if one has")
    person = serializers.CharField(allow_null=True, help_text="A colleague's name only")
    due_on = Day()
    is_overdue = serializers.BooleanField()
    recommendation = Reference(
        allow_null=True, help_text="Which it came from, where the agency sees it"
    )


class ActionPageOut(ListOut):
    """One page of follow-up actions."""

    results = ActionRowOut(many=True)


class RecommendationOut(RecommendationRowOut):
    """A recommendation, what was decided, and what is done about it."""

    suggested_agency = AgencyOut(allow_null=True)
    suggested_due_on = Day(allow_null=True)
    due_at = Instant(allow_null=True, help_text="When it must be decided; null: it is")
    decided_at = Instant(allow_null=True)
    decided_by = AgencyOut(allow_null=True)
    reasons = serializers.CharField(allow_blank=True)
    second_look = SecondLookOut(allow_null=True)
    actions = ActionRowOut(many=True)
    version = Version(help_text="Send it back with a decision")
    may = serializers.DictField(
        child=VerdictOut(), help_text="For each operation on it, whether it may be done now"
    )


class NoteOut(Out):
    """How an action is going."""

    reference = Reference()
    text = serializers.CharField()
    audience = OneOf(NOTE_AUDIENCE_WORDS)
    owner = AgencyOut()
    recorded_at = Instant()


class ActionOut(ActionRowOut):
    """A follow-up action."""

    given_at = Instant()
    council = AgencyOut(help_text="Who asked for it")
    completed_at = Instant(allow_null=True)
    evidence = serializers.CharField(
        required=False, allow_blank=True, help_text="For whoever does it, and the council"
    )
    dropped_at = Instant(allow_null=True)
    dropped_reasons = serializers.CharField(
        required=False, allow_blank=True, help_text="For whoever has it, and the council"
    )
    helped = OneOf([each.value for each in Helped], allow_null=True)
    notes = NoteOut(many=True, help_text="The latest that this agency may read")
    version = Version(help_text="Send it back with a change")
    may = serializers.DictField(
        child=VerdictOut(), help_text="For each operation on it, whether it may be done now"
    )


def recommendation_row(recommendation: Recommendation) -> dict[str, Any]:
    """Return a recommendation of a list."""
    return {
        "reference": recommendation.reference,
        "state": recommendation.state,
        "text": recommendation.text,
        "recommended_by": agency_out(recommendation.interview.provider),
        "recorded_at": recommendation.recorded_at,
        "council": agency_out(recommendation.council),
    }


def action_row(view: ChildView, act: Act, action: Action) -> dict[str, Any]:
    """Return an action of a list."""
    clock = action.deadline
    is_own = action.owner_id == act.agency_id
    source = action.recommendation
    sees_source = source is not None and access.sees_recommendation(act, view, source)
    return {
        "reference": action.reference,
        "state": action.state,
        "text": action.text,
        "owner": agency_out(action.owner),
        "team": clock.unit.name if clock.unit else None,
        "person": clock.membership.user.full_name if is_own and clock.membership else None,
        "due_on": london_day(clock.due_at),
        "is_overdue": action.state == ActionState.OPEN and clock.due_at < act.now,
        "recommendation": source.reference if source and sees_source else None,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"allowed": verdict.allowed, "reason": verdict.reason}


def _may_recommendation(recommendation: Recommendation, act: Act) -> dict[str, Any]:
    state = recommendation.state
    decided = rules.deciding(
        state=state,
        by=recommendation.decided_by.agency.name if recommendation.decided_by else "",
        at=recommendation.decided_at,
    )
    answering = access.can_answer_second_look(act, recommendation)
    return {
        name: _verdict(verdict)
        for name, verdict in {
            "accept_recommendation": access.can_decide(act, recommendation) and decided,
            "not_take_forward": access.can_turn_down(act, recommendation) and decided,
            "ask_second_look": access.can_ask_second_look(act, recommendation)
            and rules.asking_second_look(state=state),
            "answer_second_look": answering and rules.answering_second_look(state=state),
        }.items()
    }


def recommendation_out(view: ChildView, act: Act, recommendation: Recommendation) -> dict[str, Any]:
    """Return a recommendation as an agency that sees it may see it."""
    due = queries.due_of(recommendation)
    decided_by = recommendation.decided_by
    return {
        **recommendation_row(recommendation),
        "suggested_agency": agency_out(recommendation.suggested_agency),
        "suggested_due_on": recommendation.suggested_due_on,
        "due_at": due.due_at if due else None,
        "decided_at": recommendation.decided_at,
        "decided_by": agency_out(decided_by.agency) if decided_by else None,
        "reasons": recommendation.reasons,
        "second_look": _second_look(recommendation),
        "actions": [
            action_row(view, act, action)
            for action in queries.actions_of(recommendation)
            if access.sees_action(act, view, action)
        ],
        "version": recommendation.version,
        "may": _may_recommendation(recommendation, act),
    }


def _second_look(recommendation: Recommendation) -> dict[str, Any] | None:
    asked_by = recommendation.second_look_asked_by
    if asked_by is None:
        return None
    return {
        "asked_at": recommendation.second_look_asked_at,
        "asked_by": agency_out(asked_by.agency),
        "words": recommendation.second_look_words,
        "answered_at": recommendation.second_look_at,
        "answer": recommendation.second_look_answer or None,
        "reasons": recommendation.second_look_reasons,
    }


def note_out(note: ActionNote) -> dict[str, Any]:
    """Return a note on an action."""
    return {
        "reference": note.reference,
        "text": note.text,
        "audience": note.audience,
        "owner": agency_out(note.owner),
        "recorded_at": note.recorded_at,
    }


def _may_action(action: Action, act: Act) -> dict[str, Any]:
    ended_by = action.completed_by or action.dropped_by
    is_open = rules.settling(
        state=action.state,
        by=ended_by.agency.name if ended_by else "",
        at=action.completed_at or action.dropped_at,
    )
    works = access.can_work_on(act, action)
    return {
        name: _verdict(verdict)
        for name, verdict in {
            "note_progress": works and is_open,
            "complete_action": works and is_open,
            "drop_action": access.can_drop(act, action) and is_open,
            "say_whether_it_helped": works
            and rules.saying_whether_it_helped(state=action.state, helped=action.helped),
        }.items()
    }


def action_out(view: ChildView, act: Act, action: Action) -> dict[str, Any]:
    """Return an action as an agency that sees it may see it."""
    shown: dict[str, Any] = {
        **action_row(view, act, action),
        "given_at": action.given_at,
        "council": agency_out(action.council),
        "completed_at": action.completed_at,
        "dropped_at": action.dropped_at,
        "helped": action.helped or None,
        "notes": [note_out(note) for note in queries.notes_on(action, act, most=MOST_NOTES)],
        "version": action.version,
        "may": _may_action(action, act),
    }
    if access.sees_evidence(act, view, action):
        shown["evidence"] = action.evidence
        shown["dropped_reasons"] = action.dropped_reasons
    return shown


class GiveIn(In):
    """What is to be done, by whom and by when."""

    text = Typed(GiveForm, "text")
    agency = Reference(help_text="Who does it: an agency with a part in the child's record")
    team = Reference(required=False, default="", help_text="Of one's own agency")
    person = Reference(required=False, default="", help_text="Of one's own agency")
    due_on = Day()


def give_of(sent: dict[str, Any]) -> Give:
    """Return what was sent as the service takes it."""
    due_on: date = sent["due_on"]
    return Give(
        text=sent["text"],
        agency_reference=sent["agency"],
        unit_reference=sent["team"],
        membership_reference=sent["person"],
        due_on=due_on,
    )
