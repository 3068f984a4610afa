"""What the operations on interviews answer."""

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
from returninterviews.access import InterviewView
from returninterviews.api.may import VERDICTS
from returninterviews.forms.actions import GiveForm
from returninterviews.models import (
    Account,
    Action,
    ActionNote,
    Interview,
    Offer,
    PlaceKind,
    Quote,
    Recommendation,
    SharedItem,
    Summary,
)
from returninterviews.rules import (
    ActionState,
    CouncilDecision,
    Helped,
    InterviewState,
    RecommendationState,
)
from returninterviews.services.giving import Give

STATES = [state.value for state in InterviewState]
TEXTS = ("summary", "harm", "places_and_people", "wishes", "recommendations", "quotes",
         "safety_note", "instead")  # fmt: skip
# --- the interview


class InterviewRowOut(Out):
    """A return home interview in a list."""

    reference = Reference()
    state = OneOf(STATES)
    council = AgencyOut(allow_null=True, help_text="Which sees to it; null: nobody knows yet")
    provider = AgencyOut(allow_null=True, help_text="Which holds it; null: the council itself")
    opened_at = Instant()
    due_at = Instant(allow_null=True, help_text="72 hours after the return; null: not home yet")
    held_at = Instant(allow_null=True)
    summary = Reference(allow_null=True, help_text="Of what is shared with the acting agency")


class InterviewPageOut(ListOut):
    """One page of interviews."""

    results = InterviewRowOut(many=True)


class OfferOut(Out):
    """One offer and what became of it."""

    reference = Reference()
    made_at = Instant()
    to = OneOf(Offer.To.values)
    channel = OneOf(Offer.Channel.values)
    result = OneOf(Offer.Result.values)
    arranged_for = Instant(allow_null=True)
    place_kind = OneOf(PlaceKind.values, allow_blank=True)
    wishes = serializers.CharField(allow_blank=True)
    agency = AgencyOut()


class QuoteOut(Out):
    """One thing in the child's own words."""

    text = serializers.CharField()
    audience = OneOf(Quote.Audience.values)


class CarerOut(Out):
    """What a parent or carer said."""

    who = serializers.CharField()
    text = serializers.CharField()


class SharedOut(Out):
    """One decision of the sharing grid."""

    agency = AgencyOut()
    what = serializers.CharField()
    decision = OneOf(SharedItem.Decision.values)
    basis = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    is_child_told = serializers.BooleanField()


class RecommendedOut(Out):
    """One thing that the interview recommends."""

    reference = Reference()
    text = serializers.CharField()
    suggested_agency = AgencyOut(allow_null=True)
    suggested_role = serializers.CharField(allow_blank=True)
    suggested_due_on = Day(allow_null=True)
    priority = OneOf(Recommendation.Priority.values)


class InterviewAccountOut(Out):
    """What was said, as it was signed."""

    met_at = Instant()
    place_kind = OneOf(PlaceKind.values)
    is_explained = serializers.BooleanField()
    not_explained_because = serializers.CharField(allow_blank=True)
    is_alone = serializers.BooleanField()
    not_alone_because = serializers.CharField(allow_blank=True)
    interpreter = OneOf(Account.Interpreter.values)
    interpreter_because = serializers.CharField(allow_blank=True)
    parent_asked = OneOf(Account.ParentAsked.values, allow_blank=True)
    parent_because = serializers.CharField(allow_blank=True)
    before = serializers.CharField(allow_blank=True)
    reasons = serializers.ListField(child=serializers.CharField())
    not_missing = serializers.CharField(allow_blank=True)
    away = serializers.CharField(allow_blank=True)
    back = serializers.CharField(allow_blank=True)
    harms = serializers.ListField(child=serializers.CharField())
    harm = serializers.CharField(allow_blank=True)
    health = serializers.CharField(allow_blank=True)
    wishes = serializers.CharField(allow_blank=True)
    summary = serializers.CharField()
    places_and_people = serializers.CharField(allow_blank=True)
    safety_note = serializers.CharField(allow_blank=True)
    is_child_told = serializers.BooleanField()
    not_told_because = serializers.CharField(allow_blank=True)
    quotes = QuoteOut(many=True)
    carer = CarerOut(allow_null=True)
    shared = SharedOut(many=True)
    recommendations = RecommendedOut(many=True)


class InterviewOut(InterviewRowOut):
    """A return home interview, to those who read the whole of it."""

    child = Reference()
    episodes = serializers.ListField(child=Reference(), help_text="That it is about")
    offers = OfferOut(many=True)
    outcome = OneOf(Interview.Outcome.values, allow_blank=True)
    not_held_code = serializers.CharField(allow_blank=True)
    not_held_reason = serializers.CharField(allow_blank=True)
    signed_at = Instant(allow_null=True)
    accepted_at = Instant(allow_null=True)
    council_analysis = serializers.CharField(allow_blank=True)
    account = InterviewAccountOut(allow_null=True, help_text="null: not signed yet")
    may = serializers.DictField(
        child=VerdictOut(), help_text="For each operation, whether it may be done now"
    )
    version = Version(help_text="Send it back with a change")


class InterviewSummaryOut(Out):
    """What one agency is told of an interview, and its receipt."""

    reference = Reference()
    interview = Reference()
    owner = AgencyOut()
    summary = serializers.CharField(allow_blank=True)
    harm = serializers.CharField(allow_blank=True)
    places_and_people = serializers.CharField(allow_blank=True)
    wishes = serializers.CharField(allow_blank=True)
    recommendations = serializers.CharField(allow_blank=True)
    quotes = serializers.CharField(allow_blank=True)
    safety_note = serializers.CharField(allow_blank=True)
    instead = serializers.CharField(allow_blank=True)
    read_at = Instant(allow_null=True)
    answer = OneOf(Summary.Answer.values, allow_blank=True)
    crime_reference = serializers.CharField(allow_blank=True)
    no_action_because = serializers.CharField(allow_blank=True)
    is_useful = serializers.BooleanField(allow_null=True)
    version = Version(help_text="Send it back with an answer")


def interview_row(interview: Interview) -> dict[str, Any]:
    """Return an interview of a list."""
    return {
        "reference": interview.reference,
        "state": interview.state,
        "council": agency_out(interview.council),
        "provider": agency_out(interview.provider),
        "opened_at": interview.opened_at,
        "due_at": interview.due_at,
        "held_at": interview.held_at,
        "summary": getattr(interview, "own_summary", None),
    }


def interview_out(seen: InterviewView, act: Act) -> dict[str, Any]:
    """Return an interview to those who read the whole of it."""
    interview = seen.interview
    return {
        **interview_row(interview),
        "child": interview.child.reference,
        "episodes": [episode.reference for episode in queries.covered(interview)],
        "offers": [_offer(each) for each in queries.offers_of(interview)],
        "outcome": interview.outcome,
        "not_held_code": interview.not_held_code,
        "not_held_reason": interview.not_held_reason,
        "signed_at": interview.signed_at,
        "accepted_at": interview.accepted_at,
        "council_analysis": interview.council_analysis,
        "account": _account(queries.whole(seen)),
        "may": {name: _verdict(ask(seen)) for name, ask in VERDICTS.items()},
        "version": interview.version,
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {"allowed": verdict.allowed, "reason": verdict.reason}


def _offer(offer: Offer) -> dict[str, Any]:
    return {
        "reference": offer.reference,
        "made_at": offer.made_at,
        "to": offer.to,
        "channel": offer.channel,
        "result": offer.result,
        "arranged_for": offer.arranged_for,
        "place_kind": offer.place_kind,
        "wishes": offer.wishes,
        "agency": agency_out(offer.agency),
    }


def _account(whole: queries.Whole | None) -> dict[str, Any] | None:
    if whole is None:
        return None
    account, carer = whole.account, whole.carer
    plain = set(InterviewAccountOut().fields) - {"quotes", "carer", "shared", "recommendations"}
    return {
        **{name: getattr(account, name) for name in plain},
        "quotes": [
            {"text": quote.text, "audience": quote.audience} for quote in account.quotes.all()
        ],
        "carer": {"who": carer.who, "text": carer.text} if carer else None,
        "shared": [_shared(item) for item in whole.shared],
        "recommendations": [_recommended(each) for each in whole.recommendations],
    }


def _shared(item: SharedItem) -> dict[str, Any]:
    return {
        "agency": agency_out(item.agency),
        "what": item.what,
        "decision": item.decision,
        "basis": item.basis,
        "reason": item.reason,
        "is_child_told": item.is_child_told,
    }


def _recommended(recommendation: Recommendation) -> dict[str, Any]:
    return {
        "reference": recommendation.reference,
        "text": recommendation.text,
        "suggested_agency": agency_out(recommendation.suggested_agency),
        "suggested_role": recommendation.suggested_role,
        "suggested_due_on": recommendation.suggested_due_on,
        "priority": recommendation.priority,
    }


def summary_out(summary: Summary) -> dict[str, Any]:
    """Return what one agency is told."""
    return {
        "reference": summary.reference,
        "interview": summary.interview.reference,
        "owner": agency_out(summary.owner),
        **{name: getattr(summary, name) for name in TEXTS},
        "read_at": summary.read_at,
        "answer": summary.answer,
        "crime_reference": summary.crime_reference,
        "no_action_because": summary.no_action_because,
        "is_useful": summary.is_useful,
        "version": summary.version,
    }


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
