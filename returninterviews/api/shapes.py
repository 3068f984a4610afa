"""What the operations on interviews answer."""

from typing import Any

from rest_framework import serializers

from cases.api.children import VerdictOut
from cases.api.shapes import AgencyOut, ListOut
from missingchildren.agencies.acts import Act
from missingchildren.agencies.api import agency_out
from missingchildren.core.verdicts import Verdict
from missingchildren.web.api.fields import Day, Instant, OneOf, Out, Reference, Version
from returninterviews import queries
from returninterviews.access import InterviewView
from returninterviews.api.may import VERDICTS
from returninterviews.models import (
    Account,
    Interview,
    Offer,
    PlaceKind,
    Quote,
    Recommendation,
    SharedItem,
    Summary,
)
from returninterviews.rules import InterviewState

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
