"""Operations on flags: list, ask for one, make one, and what is done with it."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases import queries as cases_queries
from cases.access import ChildView
from cases.api.opened import opened
from cases.api.shapes import AFTER, AgencyOut, ListOut, page_out
from cases.rules import Aspect
from missingchildren.agencies.api import (
    Endpoint,
    acting,
    agency_out,
    asked,
    once,
    operation,
    typed,
)
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import Day, In, Instant, OneOf, Out, Reference, Typed, Version
from risk import queries
from risk.forms.flags import DecideForm, DisagreeForm, EndForm, EnterForm, GroundsForm, ReviewForm
from risk.models import Flag
from risk.queries import FLAG_BOXES, ShownFlag
from risk.rules import (
    MOST_EVIDENCE,
    ON_REQUEST,
    ON_REVIEW,
    FlagLevel,
    FlagOutcome,
    FlagState,
)
from risk.services import flags
from risk.services.flags import Grounds, Terms

LEVELS = [level.value for level in FlagLevel]
OUTCOMES = [outcome.value for outcome in FlagOutcome]
STATES = [state.value for state in FlagState]
VERSION = "Of the flag that was judged"


class FlagRowOut(Out):
    """A flag in a list."""

    reference = Reference()
    child = Reference()
    state = OneOf(STATES, help_text="Only an accepted or active flag says that a child is flagged")
    words = serializers.CharField(help_text="The state with the force, as pages say it")
    is_in_force = serializers.BooleanField()
    level = OneOf(LEVELS, help_text="The level that holds, or was asked for")
    force = AgencyOut()
    council = AgencyOut(allow_null=True, help_text="Null: the force flagged the child itself")
    asked_at = Instant()
    review_on = Day(allow_null=True)
    expires_on = Day(allow_null=True)
    due_at = Instant(allow_null=True, help_text="When the force has to do what comes next")


class FlagPageOut(ListOut):
    """One page of flags."""

    results = FlagRowOut(many=True)


class FlagsOut(Out):
    """The flags of a child."""

    results = FlagRowOut(many=True)


class FlagDecisionOut(Out):
    """One decision of the force."""

    outcome = OneOf(OUTCOMES)
    level = OneOf(LEVELS, allow_null=True)
    reasons = serializers.CharField()
    wording = serializers.CharField(allow_blank=True)
    review_on = Day(allow_null=True)
    expires_on = Day(allow_null=True)
    at = Instant()


class FlagVerdictOut(Out):
    """Whether something may be done with the flag now."""

    allowed = serializers.BooleanField()
    reason = serializers.CharField(allow_blank=True)


class FlagMayOut(Out):
    """What this person may do with the flag now."""

    decide = FlagVerdictOut()
    disagree = FlagVerdictOut()
    enter = FlagVerdictOut()
    review = FlagVerdictOut()
    end = FlagVerdictOut()
    take_off = FlagVerdictOut()


class FlagOut(FlagRowOut):
    """A flag, whole."""

    level_asked = OneOf(LEVELS)
    grounds = serializers.CharField()
    if_missing = serializers.CharField(help_text="In the force's own words where it has them")
    if_missing_asked = serializers.CharField()
    evidence = serializers.ListField(child=Reference())
    is_child_told = serializers.BooleanField()
    child_not_told_because = serializers.CharField(allow_blank=True)
    follows = Reference(allow_null=True, help_text="The flag at the force of the place before")
    disagreement = serializers.CharField(allow_blank=True)
    disagreed_at = Instant(allow_null=True)
    system_reference = serializers.CharField(allow_blank=True)
    entered_at = Instant(allow_null=True)
    changed_at = Instant(allow_null=True, help_text="Since when the force's system is behind")
    ended_at = Instant(allow_null=True)
    ended_reasons = serializers.CharField(allow_blank=True)
    taken_off_at = Instant(allow_null=True)
    decisions = FlagDecisionOut(many=True)
    version = Version(help_text="Send it back with a change")
    may = FlagMayOut()


def flag_row(shown: ShownFlag) -> dict[str, Any]:
    """Return a flag of a list."""
    flag = shown.flag
    return {
        "reference": flag.reference,
        "child": flag.child.reference,
        "state": shown.state,
        "words": shown.words,
        "is_in_force": shown.is_in_force,
        "level": flag.level or flag.level_asked,
        "force": agency_out(flag.force),
        "council": agency_out(flag.council),
        "asked_at": flag.asked_at,
        "review_on": flag.review_on,
        "expires_on": flag.expires_on,
        "due_at": shown.due.due_at if shown.due else None,
    }


def flag_out(shown: ShownFlag, request: Request) -> dict[str, Any]:
    """Return a flag, whole."""
    flag = shown.flag
    verdicts = queries.flag_verdicts(flag, acting(request))
    return {
        **flag_row(shown),
        "level_asked": flag.level_asked,
        "grounds": flag.grounds,
        "if_missing": shown.if_missing,
        "if_missing_asked": flag.if_missing,
        "evidence": flag.evidence,
        "is_child_told": flag.is_child_told,
        "child_not_told_because": flag.child_not_told_because,
        "follows": flag.follows.reference if flag.follows else None,
        "disagreement": flag.disagreement,
        "disagreed_at": flag.disagreed_at,
        "system_reference": flag.system_reference,
        "entered_at": flag.entered_at,
        "changed_at": flag.changed_at,
        "ended_at": flag.ended_at,
        "ended_reasons": flag.ended_reasons,
        "taken_off_at": flag.taken_off_at,
        "decisions": [
            {
                "outcome": decision.outcome,
                "level": decision.level or None,
                "reasons": decision.reasons,
                "wording": decision.wording,
                "review_on": decision.review_on,
                "expires_on": decision.expires_on,
                "at": decision.at,
            }
            for decision in flag.decisions.all()
        ],
        "version": flag.version,
        "may": {
            what.name.lower(): {"allowed": verdict.allowed, "reason": verdict.reason}
            for what, verdict in verdicts.items()
        },
    }


def _seen(request: Request, reference: str) -> ChildView:
    view = opened(request, reference)
    if not view.sees(Aspect.FLAG):
        raise NotFound("There is nothing here that you may see.")
    return view


def flag_of(request: Request, reference: str, flag_reference: str) -> ShownFlag:
    """Return one flag of a child.

    Raises:
        NotFound: the child or the flag is hidden, absent, or not of one another.
    """
    view = _seen(request, reference)
    shown = queries.flag_of(view, acting(request), flag_reference)
    if shown is None:
        raise NotFound("There is no such flag.")
    reading_of(request).objects.append(shown.flag.reference)
    return shown


class BoxQuery(In):
    """Which flags, and where the page begins."""

    box = OneOf(list(FLAG_BOXES), required=False, default="to_do")
    after = serializers.CharField(max_length=100, required=False, default="", help_text=AFTER)


class OwnFlags(Endpoint):
    """The flags that the acting agency holds, or has asked for."""

    @operation(
        "listOwnFlags", verb="risk.flag_list", tag="flags", gives=FlagPageOut, asks=BoxQuery,
        hides=False,
    )  # fmt: skip
    def get(self, request: Request) -> dict[str, Any]:
        """List the flags of a force, or those that a council asked for; others have none."""
        page = queries.flags_page(acting(request), **asked(request, BoxQuery))
        reading_of(request).of({shown.flag.child_id for shown in page.rows}, basis="list")
        return page_out(page, [flag_row(shown) for shown in page.rows])


class GroundsIn(In):
    """What a flag says."""

    level = OneOf(LEVELS)
    grounds = Typed(GroundsForm, "grounds", help_text="Facts, and how they are known; no address")
    if_missing = Typed(GroundsForm, "if_missing")
    evidence = serializers.ListField(
        child=Reference(), required=False, default=list, max_length=MOST_EVIDENCE,
        help_text="References of what the grounds rest on, that you may read",
    )  # fmt: skip
    is_child_told = serializers.BooleanField()
    child_not_told_because = Typed(GroundsForm, "child_not_told_because")


def _grounds(sent: dict[str, Any]) -> Grounds:
    return Grounds(
        level=FlagLevel(sent["level"]),
        grounds=sent["grounds"],
        if_missing=sent["if_missing"],
        evidence=sent["evidence"],
        is_child_told=sent["is_child_told"],
        child_not_told_because=sent["child_not_told_because"],
    )


class AskForFlagIn(GroundsIn):
    """A request for a flag."""

    force = Reference(
        required=False, default="", help_text="Left out: the force of where the child lives"
    )


class Flags(Endpoint):
    """The flags of a child."""

    @operation("listFlags", verb="risk.flags", tag="flags", gives=FlagsOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List the latest flags of a child, those that have not ended first."""
        view = _seen(request, reference)
        found = queries.flags_of(view, acting(request), most=cases_queries.PAGE_SIZE)
        return {"results": [flag_row(shown) for shown in found]}

    @operation(
        "askForFlag",
        verb="risk.ask_for_flag",
        tag="flags",
        gives=FlagOut,
        takes=AskForFlagIn,
        does=Operation.DISCLOSURE,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Ask a police force to flag a child before anybody reports them missing."""
        _seen(request, reference)
        sent = typed(request, AskForFlagIn)
        made = once(
            request,
            lambda: (
                flags.ask_for_flag(
                    child_reference=reference,
                    force_reference=sent["force"],
                    grounds=_grounds(sent),
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return flag_out(flag_of(request, reference, made), request)


class FlagChildIn(GroundsIn):
    """A flag that a force makes itself."""

    review_on = Day()
    expires_on = Day()


class Made(Endpoint):
    """Flags that a force makes without being asked."""

    @operation(
        "flagChild",
        verb="risk.flag_child",
        tag="flags",
        gives=FlagOut,
        takes=FlagChildIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Flag a child for one's own force."""
        _seen(request, reference)
        sent = typed(request, FlagChildIn)
        made = once(
            request,
            lambda: (
                flags.flag_child(
                    child_reference=reference,
                    grounds=_grounds(sent),
                    terms=Terms(review_on=sent["review_on"], expires_on=sent["expires_on"]),
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return flag_out(flag_of(request, reference, made), request)


class OneFlag(Endpoint):
    """One flag."""

    @operation("getFlag", verb="risk.flag", tag="flags", gives=FlagOut)
    def get(self, request: Request, reference: str, flag_reference: str) -> dict[str, Any]:
        """Show a flag, and what may be done with it now."""
        return flag_out(flag_of(request, reference, flag_reference), request)


def _done(
    request: Request,
    reference: str,
    flag_reference: str,
    takes: type[In],
    work: Callable[[Flag, dict[str, Any]], Flag],
) -> dict[str, Any]:
    """Do something with a flag once, and return the flag as it stands then."""
    flag = flag_of(request, reference, flag_reference).flag
    sent = typed(request, takes)
    once(request, lambda: work(flag, sent).reference)
    return flag_out(flag_of(request, reference, flag_reference), request)


class DecideFlagIn(In):
    """A decision of the force on a request."""

    outcome = OneOf([outcome.value for outcome in ON_REQUEST])
    reasons = Typed(DecideForm, "reasons", help_text="The council reads them")
    level = OneOf(LEVELS, required=False, default="", help_text="Left out: as it was asked for")
    wording = Typed(DecideForm, "wording", help_text="If amended: the force's own words")
    review_on = Day(required=False, default=None, help_text="Unless declined")
    expires_on = Day(required=False, default=None, help_text="Unless declined")
    version = Version(help_text=VERSION)


def _terms(sent: dict[str, Any]) -> Terms:
    return Terms(
        level=sent.get("level", ""),
        wording=sent["wording"],
        review_on=sent["review_on"],
        expires_on=sent["expires_on"],
    )


class Decide(Endpoint):
    """Decisions on a request."""

    @operation(
        "decideFlag",
        verb="risk.decide_flag",
        tag="flags",
        gives=FlagOut,
        takes=DecideFlagIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, flag_reference: str) -> dict[str, Any]:
        """Accept, amend or decline a request; or decide again when the council disagrees."""
        return _done(
            request,
            reference,
            flag_reference,
            DecideFlagIn,
            lambda flag, sent: flags.decide_flag(
                flag_reference=flag.reference,
                outcome=FlagOutcome(sent["outcome"]),
                reasons=sent["reasons"],
                terms=_terms(sent),
                version=sent["version"],
                act=acting(request),
            ),
        )


class DisagreeIn(In):
    """Why a council disagrees."""

    disagreement = Typed(DisagreeForm, "disagreement")
    version = Version(help_text=VERSION)


class Disagree(Endpoint):
    """Disagreement of the council that asked."""

    @operation(
        "disagreeWithFlag",
        verb="risk.disagree_with_flag",
        tag="flags",
        gives=FlagOut,
        takes=DisagreeIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, flag_reference: str) -> dict[str, Any]:
        """Disagree with a decline or an amendment: the force decides again, once."""
        return _done(
            request,
            reference,
            flag_reference,
            DisagreeIn,
            lambda flag, sent: flags.disagree_with_flag(
                flag_reference=flag.reference, act=acting(request), **sent
            ),
        )


class EnterFlagIn(In):
    """Where the flag stands on the force's own system."""

    system_reference = Typed(EnterForm, "system_reference")
    version = Version(help_text=VERSION)


class Enter(Endpoint):
    """Entry on the force's system."""

    @operation(
        "enterFlag",
        verb="risk.enter_flag",
        tag="flags",
        gives=FlagOut,
        takes=EnterFlagIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, flag_reference: str) -> dict[str, Any]:
        """Record that the flag, as it stands, is entered on the force's own system."""
        return _done(
            request,
            reference,
            flag_reference,
            EnterFlagIn,
            lambda flag, sent: flags.enter_flag(
                flag_reference=flag.reference, act=acting(request), **sent
            ),
        )


class ReviewFlagIn(In):
    """A review of a flag."""

    outcome = OneOf([outcome.value for outcome in ON_REVIEW])
    reasons = Typed(ReviewForm, "reasons", help_text="The council reads them")
    wording = Typed(ReviewForm, "wording", help_text="Left out: it stays as it is")
    review_on = Day(required=False, default=None, help_text="Unless it ends")
    expires_on = Day(required=False, default=None, help_text="Unless it ends")
    version = Version(help_text=VERSION)


class Review(Endpoint):
    """Reviews of a flag."""

    @operation(
        "reviewFlag",
        verb="risk.review_flag",
        tag="flags",
        gives=FlagOut,
        takes=ReviewFlagIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, flag_reference: str) -> dict[str, Any]:
        """Renew, lower or end a flag."""
        return _done(
            request,
            reference,
            flag_reference,
            ReviewFlagIn,
            lambda flag, sent: flags.review_flag(
                flag_reference=flag.reference,
                outcome=FlagOutcome(sent["outcome"]),
                reasons=sent["reasons"],
                terms=_terms(sent),
                version=sent["version"],
                act=acting(request),
            ),
        )


class EndFlagIn(In):
    """Why a flag ends, or a request is taken back."""

    reasons = Typed(EndForm, "reasons")
    version = Version(help_text=VERSION)


class End(Endpoint):
    """The end of a flag."""

    @operation(
        "endFlag",
        verb="risk.end_flag",
        tag="flags",
        gives=FlagOut,
        takes=EndFlagIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, flag_reference: str) -> dict[str, Any]:
        """End a flag for the force, or take back a request that it has not decided on."""
        return _done(
            request,
            reference,
            flag_reference,
            EndFlagIn,
            lambda flag, sent: flags.end_flag(
                flag_reference=flag.reference, act=acting(request), **sent
            ),
        )


class TakeFlagOffIn(In):
    """A flag that is off the force's system."""

    version = Version(help_text=VERSION)


class TakeOff(Endpoint):
    """Taking a flag off the force's system."""

    @operation(
        "takeFlagOff",
        verb="risk.take_flag_off",
        tag="flags",
        gives=FlagOut,
        takes=TakeFlagOffIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, flag_reference: str) -> dict[str, Any]:
        """Record that a flag that has ended is off the force's own system."""
        return _done(
            request,
            reference,
            flag_reference,
            TakeFlagOffIn,
            lambda flag, sent: flags.take_flag_off(
                flag_reference=flag.reference, act=acting(request), **sent
            ),
        )
