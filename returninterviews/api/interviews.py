"""Operations on return home interviews: list, show, refer, offer, end, sign whole, accept."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases.access import HIDDEN, has_reason
from cases.api.opened import found, opened
from cases.api.shapes import PageQuery, page_out
from missingchildren.agencies.api import Endpoint, acting, asked, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import Day, In, Instant, OneOf, Reference, Typed, Version
from missingchildren.web.api.problems import ReasonRequired
from returninterviews import access, queries, rules
from returninterviews.access import InterviewView
from returninterviews.api.shapes import (
    InterviewOut,
    InterviewPageOut,
    InterviewRowOut,
    interview_out,
    interview_row,
)
from returninterviews.forms.interviews import (
    AcceptForm,
    DeclineReferralForm,
    NotHeldForm,
    OfferForm,
)
from returninterviews.forms.pages import (
    AwayForm,
    BeforeForm,
    CarerForm,
    ExplainedForm,
    HarmForm,
    SharingForm,
    WordsForm,
)
from returninterviews.models import Account, Interview, Offer, PlaceKind, Quote, Recommendation
from returninterviews.rules import Decision, QuoteAudience, Shared
from returninterviews.services import accounts, interviews, offers
from returninterviews.services.accounts import Quoted, SharedWith, Written
from returninterviews.services.offers import CarerSaid
from returninterviews.services.recommendations import Proposed

# --- the interview


def child_behind(request: Request, reference: str) -> Any:
    """Return the record of the child that an interview or a summary is about.

    Raises:
        NotFound: there is none, or it is hidden.
    """
    return opened(request, _child(reference))


def _child(reference: str) -> str:
    child = queries.child_of(reference)
    if child is None:
        raise NotFound(HIDDEN)
    return child


def seen_interview(request: Request, reference: str) -> InterviewView:
    """Return an interview as this person may see it.

    Raises:
        NotFound: there is none, or it is hidden.
    """
    act, interview = acting(request), queries.found(reference)
    view = found(request, _child(reference))
    seen = access.interview_view(act=act, view=view, interview=interview)
    has_reason(view).require(ReasonRequired)
    reading_of(request).objects.append(seen.interview.reference)
    return seen


class Interviews(Endpoint):
    """The interviews of a child."""

    @operation(
        "listInterviews",
        verb="returninterviews.interviews",
        tag="interviews",
        gives=InterviewPageOut,
        asks=PageQuery,
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List a child's return home interviews, newest first."""
        view = opened(request, reference)
        if not access.sees_interviews(view):
            raise NotFound("There is no interview that you may see.")
        page = queries.interviews_page(view, acting(request), **asked(request, PageQuery))
        return page_out(page, [interview_row(interview) for interview in page.rows])


class OneInterview(Endpoint):
    """One interview."""

    @operation(
        "getInterview", verb="returninterviews.interview", tag="interviews", gives=InterviewOut
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show an interview: whole, once it is signed."""
        return interview_out(seen_interview(request, reference), acting(request))


class InterviewCouncilIn(In):
    """Which council sees to an interview."""

    council = Reference()
    version = Version(help_text="Of the interview", required=False, default=None)


class Council(Endpoint):
    """The council that sees to an interview."""

    @operation(
        "nameInterviewCouncil",
        verb="returninterviews.name_council",
        tag="interviews",
        gives=InterviewRowOut,
        takes=InterviewCouncilIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Say which council sees to an interview, where nothing on record says it."""
        view = child_behind(request, reference)
        interview = queries.found(reference)
        if interview is None or not access.sees_interviews(view):
            raise NotFound(HIDDEN)
        may = access.can_name_council(acting(request), view, interview)
        if not may and not access.opens(acting(request), view, interview):
            raise NotFound(HIDDEN)
        sent = typed(request, InterviewCouncilIn)
        once(
            request,
            lambda: (
                interviews.name_council(
                    interview_reference=reference,
                    council_reference=sent["council"],
                    version=sent["version"],
                    act=acting(request),
                ).reference
            ),
        )
        return interview_row(queries.found(reference) or interview)


class ReferInterviewIn(In):
    """Who holds an interview."""

    provider = Reference(allow_null=True, help_text="null: the council itself")
    version = Version(help_text="Of the interview that was judged")


class Refer(Endpoint):
    """Referral of an interview."""

    @operation(
        "referInterview",
        verb="returninterviews.refer",
        tag="interviews",
        gives=InterviewOut,
        takes=ReferInterviewIn,
        does=Operation.DISCLOSURE,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Refer an interview to a provider, or take it back."""
        seen_interview(request, reference)
        sent = typed(request, ReferInterviewIn)
        once(
            request,
            lambda: (
                interviews.refer(
                    interview_reference=reference,
                    provider_reference=sent["provider"] or "",
                    version=sent["version"],
                    act=acting(request),
                ).reference
            ),
        )
        return interview_out(seen_interview(request, reference), acting(request))


class DeclineReferralIn(In):
    """Why a referral is given back."""

    reason = Typed(DeclineReferralForm, "reason")
    version = Version(help_text="Of the interview that was judged")


class DeclineReferral(Endpoint):
    """A referral given back."""

    @operation(
        "declineInterviewReferral",
        verb="returninterviews.decline_referral",
        tag="interviews",
        gives=InterviewRowOut,
        takes=DeclineReferralIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Give a referral back to the council: the record then closes to the provider."""
        seen = seen_interview(request, reference)
        sent = typed(request, DeclineReferralIn)
        once(
            request,
            lambda: (
                interviews.decline_referral(
                    interview_reference=reference, act=acting(request), **sent
                ).reference
            ),
        )
        return interview_row(queries.found(reference) or seen.interview)


class OfferInterviewIn(In):
    """One offer and what became of it."""

    made_at = Instant()
    to = OneOf(Offer.To.values)
    channel = OneOf(Offer.Channel.values)
    result = OneOf(Offer.Result.values)
    arranged_for = Instant(required=False, allow_null=True, default=None)
    place_kind = OneOf(PlaceKind.values, required=False, allow_blank=True, default="")
    wishes = Typed(OfferForm, "wishes")
    version = Version(help_text="Of the interview that was judged")


class Offers(Endpoint):
    """The offers of an interview."""

    @operation(
        "offerInterview",
        verb="returninterviews.offer",
        tag="interviews",
        gives=InterviewOut,
        takes=OfferInterviewIn,
        does=Operation.COLLECTION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Record one offer and what became of it."""
        seen_interview(request, reference)
        sent = typed(request, OfferInterviewIn)
        once(
            request,
            lambda: (
                offers.record_offer(
                    interview_reference=reference,
                    made_at=sent["made_at"],
                    to=Offer.To(sent["to"]),
                    channel=Offer.Channel(sent["channel"]),
                    result=Offer.Result(sent["result"]),
                    arranged_for=sent["arranged_for"],
                    place_kind=sent["place_kind"],
                    wishes=sent["wishes"],
                    version=sent["version"],
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return interview_out(seen_interview(request, reference), acting(request))


class CarerIn(In):
    """What a parent or carer said."""

    who = Typed(CarerForm, "who")
    text = Typed(CarerForm, "text")


class NotHeldIn(In):
    """Why an interview is not held."""

    code = OneOf(list(rules.NOT_HELD))
    reason = Typed(NotHeldForm, "reason")
    carer_offer = OneOf(Interview.CarerOffer.values, required=False, allow_blank=True, default="")
    carer_because = Typed(NotHeldForm, "carer_because")
    carer = CarerIn(required=False, allow_null=True, default=None)
    version = Version(help_text="Of the interview that was judged")


class NotHeld(Endpoint):
    """An interview that is not held."""

    @operation(
        "recordInterviewNotHeld",
        verb="returninterviews.not_held",
        tag="interviews",
        gives=InterviewOut,
        takes=NotHeldIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Record that an interview is not held, and why: *declined* is never *not offered*."""
        seen_interview(request, reference)
        sent = typed(request, NotHeldIn)
        carer = sent.pop("carer")
        once(
            request,
            lambda: (
                offers.record_not_held(
                    interview_reference=reference,
                    carer=CarerSaid(**carer) if carer else None,
                    act=acting(request),
                    **sent,
                ).reference
            ),
        )
        return interview_out(seen_interview(request, reference), acting(request))


class QuoteIn(In):
    """One thing in the child's own words."""

    text = Typed(CarerForm, "text")
    audience = OneOf(Quote.Audience.values)


class DecisionsIn(In):
    """What is decided of each part of an interview; what is left out is decided as is usual."""

    summary = OneOf([each.value for each in Decision], required=False)
    harm = OneOf([each.value for each in Decision], required=False)
    places_and_people = OneOf([each.value for each in Decision], required=False)
    wishes = OneOf([each.value for each in Decision], required=False)
    recommendations = OneOf([each.value for each in Decision], required=False)
    safety_note = OneOf([each.value for each in Decision], required=False)


class SharedWithIn(In):
    """What one agency is told."""

    agency = Reference()
    decisions = DecisionsIn()
    basis = OneOf(list(rules.LAWFUL_BASES), required=False, default=rules.USUAL_BASIS)
    reason = Typed(ExplainedForm, "not_explained_because", help_text="Where it is not usual")
    instead = Typed(SharingForm, "safety_note", help_text="What they are told of a part")


class ProposedIn(In):
    """One thing that is recommended."""

    text = Typed(CarerForm, "text")
    agency = Reference(required=False, allow_null=True, default=None)
    role = Typed(CarerForm, "who", required=False)
    due_on = Day(required=False, allow_null=True, default=None)
    priority = OneOf(
        Recommendation.Priority.values, required=False, default=Recommendation.Priority.ORDINARY
    )


class SignInterviewIn(In):
    """A whole interview."""

    met_at = Instant()
    place_kind = OneOf(PlaceKind.values)
    is_explained = serializers.BooleanField(help_text="Sharing was explained before anything else")
    not_explained_because = Typed(ExplainedForm, "not_explained_because")
    is_alone = serializers.BooleanField()
    not_alone_because = Typed(ExplainedForm, "not_alone_because")
    interpreter = OneOf(Account.Interpreter.values)
    interpreter_because = Typed(ExplainedForm, "interpreter_because")
    parent_asked = OneOf(Account.ParentAsked.values, required=False, allow_blank=True, default="")
    parent_because = Typed(ExplainedForm, "parent_because")
    before = Typed(BeforeForm, "before")
    reasons = serializers.ListField(
        child=OneOf(list(rules.REASONS)), required=False, default=list, max_length=20
    )
    not_missing = Typed(BeforeForm, "not_missing")
    away = Typed(AwayForm, "away")
    back = Typed(AwayForm, "back")
    harms = serializers.ListField(
        child=OneOf(list(rules.HARMS)), required=False, default=list, max_length=20
    )
    harm = Typed(HarmForm, "harm")
    health = Typed(HarmForm, "health")
    quotes = QuoteIn(many=True, required=False, default=list)
    wishes = Typed(WordsForm, "wishes")
    carer = CarerIn(required=False, allow_null=True, default=None)
    summary = Typed(SharingForm, "summary")
    places_and_people = Typed(SharingForm, "places_and_people")
    safety_note = Typed(SharingForm, "safety_note")
    is_child_told = serializers.BooleanField()
    not_told_because = Typed(SharingForm, "not_told_because")
    shared = SharedWithIn(
        many=True, required=False, default=list, help_text="Others are told what is usual"
    )
    recommendations = ProposedIn(many=True, required=False, default=list)
    version = Version(help_text="Of the interview that was judged")


class Sign(Endpoint):
    """An interview's signature."""

    @operation(
        "signInterview",
        verb="returninterviews.sign",
        tag="interviews",
        gives=InterviewOut,
        takes=SignInterviewIn,
        does=Operation.COLLECTION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Write a whole interview and sign it, once and for good; each agency is told its part."""
        seen_interview(request, reference)
        sent = typed(request, SignInterviewIn)
        version = sent.pop("version")
        once(
            request,
            lambda: (
                accounts.sign_interview(
                    interview_reference=reference,
                    written=written(sent),
                    version=version,
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return interview_out(seen_interview(request, reference), acting(request))


def written(sent: dict[str, Any]) -> Written:
    """Return a whole interview as the service takes it."""
    carer = sent["carer"]
    return Written(
        **{
            **sent,
            "quotes": [
                Quoted(text=each["text"], audience=QuoteAudience(each["audience"]))
                for each in sent["quotes"]
            ],
            "carer": CarerSaid(**carer) if carer else None,
            "shared": [_shared(each) for each in sent["shared"]],
            "recommendations": [_proposed(each) for each in sent["recommendations"]],
        }
    )


def _shared(each: dict[str, Any]) -> SharedWith:
    return SharedWith(
        agency_reference=each["agency"],
        decisions={
            Shared(what): Decision(decision) for what, decision in each["decisions"].items()
        },
        basis=each["basis"],
        reason=each["reason"],
        instead=each["instead"],
    )


def _proposed(each: dict[str, Any]) -> Proposed:
    return Proposed(
        text=each["text"],
        agency_reference=each["agency"] or "",
        role=each["role"],
        due_on=each["due_on"],
        priority=each["priority"],
    )


class AcceptInterviewIn(In):
    """What the council makes of an interview."""

    analysis = Typed(AcceptForm, "analysis")
    version = Version(help_text="Of the interview that was judged")


class Accept(Endpoint):
    """Acceptance of an interview."""

    @operation(
        "acceptInterview",
        verb="returninterviews.accept",
        tag="interviews",
        gives=InterviewOut,
        takes=AcceptInterviewIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Accept a signed interview for the council; nothing that was signed changes."""
        seen_interview(request, reference)
        sent = typed(request, AcceptInterviewIn)
        once(
            request,
            lambda: (
                accounts.accept_interview(
                    interview_reference=reference, act=acting(request), **sent
                ).reference
            ),
        )
        return interview_out(seen_interview(request, reference), acting(request))
