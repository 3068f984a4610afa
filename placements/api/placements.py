"""Operations on placements: list, show, propose, choose the area, decide, tell, start, end."""

from collections.abc import Callable
from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases.access import ChildView
from cases.api.opened import opened
from cases.rules import Aspect
from missingchildren.agencies.api import Endpoint, acting, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import In, Instant, OneOf, Out, Reference, Typed, Version
from placements import access, queries
from placements.api.shapes import (
    CARERS,
    CODES,
    HOWS,
    AreaOut,
    PlacementListOut,
    PlacementOut,
    area_out,
    placement_out,
    placement_row,
)
from placements.forms import (
    ByHandForm,
    DecisionForm,
    EndForm,
    PlacementForm,
    RerouteForm,
    WithdrawForm,
)
from placements.models import Placement, PlacementNotification
from placements.rules import Carer
from placements.services import notices, placements
from placements.services.placements import Decision, Proposed


def _seen(request: Request, reference: str) -> ChildView:
    """Return the child, if this part opens placements.

    Raises:
        NotFound: it does not.
    """
    view = opened(request, reference)
    if not view.sees(Aspect.PLACEMENT):
        raise NotFound(access.HIDDEN)
    return view


def _placement(view: ChildView, request: Request, placement_reference: str) -> Placement:
    placement = queries.placement_of(view, acting(request), placement_reference)
    if placement is None:
        raise NotFound(access.HIDDEN)
    reading_of(request).objects.append(placement.reference)
    return placement


def _notice(
    view: ChildView, request: Request, placement_reference: str, notice_reference: str
) -> PlacementNotification:
    placement = _placement(view, request, placement_reference)
    notice = queries.notice_of(placement, notice_reference)
    if notice is None:
        raise NotFound(access.NO_NOTICE)
    reading_of(request).objects.append(notice.reference)
    return notice


def _answer(view: ChildView, request: Request, placement_reference: str) -> dict[str, Any]:
    placement = queries.placement_of(view, acting(request), placement_reference)
    if placement is None:
        raise NotFound(access.HIDDEN)
    return placement_out(placement, acting(request), view)


def _changed(
    request: Request, reference: str, placement_reference: str, work: Callable[[], Any]
) -> dict[str, Any]:
    """Do the work once, and return the placement as it stands then."""
    view = _seen(request, reference)
    once(request, lambda: str(work() and placement_reference))
    return _answer(view, request, placement_reference)


class PlacementProposedIn(In):
    """A home that a council means to give a child."""

    kind = OneOf(CODES, help_text="In the codes of SSDA903")
    carer = OneOf(CARERS, required=False, default=Carer.OTHER.value)
    provider = Reference(
        required=False, default="", help_text="The home or fostering agency, if it takes part"
    )
    description = Typed(PlacementForm, "description", help_text="Of the address")
    postcode = Typed(PlacementForm, "postcode")
    arrives_at = Instant()
    is_emergency = serializers.BooleanField(required=False, default=False)
    why_this_home = Typed(PlacementForm, "why_this_home")
    what_police_should_know = Typed(PlacementForm, "what_police_should_know")
    contact_name = Typed(PlacementForm, "contact_name")
    contact_phone = Typed(PlacementForm, "contact_phone")


class Placements(Endpoint):
    """The placements of a child."""

    @operation(
        "listPlacements", verb="placements.placements", tag="placements", gives=PlacementListOut
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List the placements of a child that this agency may see, newest first."""
        view = _seen(request, reference)
        found = queries.placements_of(view, acting(request))
        return {"results": [placement_row(placement) for placement in found]}

    @operation(
        "proposePlacement",
        verb="placements.propose",
        tag="placements",
        gives=PlacementOut,
        takes=PlacementProposedIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Record a home for a child; `area` is null where a person must choose it."""
        view = opened(request, reference)
        sent = typed(request, PlacementProposedIn)
        made = once(
            request,
            lambda: (
                placements.propose_placement(
                    child_reference=reference,
                    proposed=Proposed(
                        provider_reference=sent.pop("provider"),
                        carer=Carer(sent.pop("carer")),
                        **sent,
                    ),
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return _answer(view, request, made)


class OnePlacement(Endpoint):
    """One placement."""

    @operation("getPlacement", verb="placements.placement", tag="placements", gives=PlacementOut)
    def get(self, request: Request, reference: str, placement_reference: str) -> dict[str, Any]:
        """Show a placement, who was told of it, and what may be done with it."""
        view = _seen(request, reference)
        placement = _placement(view, request, placement_reference)
        return placement_out(placement, acting(request), view)


class AreaListOut(Out):
    """Areas that a placement may be in."""

    reason = serializers.CharField(allow_blank=True, help_text="Why its postcode cannot say")
    results = AreaOut(many=True)


class Areas(Endpoint):
    """Areas to choose from."""

    @operation("listAreas", verb="placements.area_page", tag="placements", gives=AreaListOut)
    def get(self, request: Request, reference: str, placement_reference: str) -> dict[str, Any]:
        """List the areas that a placement may be in; none where it is known."""
        view = _seen(request, reference)
        placement = _placement(view, request, placement_reference)
        if placement.area or not access.can_manage(acting(request), placement):
            return {"reason": "", "results": []}
        return {
            "reason": placements.doubt(placement).reason,
            "results": [area_out(area) for area in placements.areas_for(placement)],
        }


class AreaIn(In):
    """The area that a person chooses."""

    area = serializers.CharField(max_length=9, help_text="Its code")
    version = Version(help_text="Of the placement that was judged")


class ChooseArea(Endpoint):
    """The area of a placement."""

    @operation(
        "choosePlacementArea",
        verb="placements.choose_area",
        tag="placements",
        gives=PlacementOut,
        takes=AreaIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, placement_reference: str) -> dict[str, Any]:
        """Say whose area a placement is in, where its postcode cannot."""
        placement = _placement(_seen(request, reference), request, placement_reference)
        sent = typed(request, AreaIn)
        return _changed(
            request,
            reference,
            placement_reference,
            lambda: placements.choose_area(
                placement_reference=placement.reference,
                area_code=sent["area"],
                version=sent["version"],
                act=acting(request),
            ),
        )


class OfficerOut(Out):
    """Somebody who may decide on a placement."""

    reference = Reference()
    name = serializers.CharField()


class OfficerListOut(Out):
    """Who may decide on a placement."""

    results = OfficerOut(many=True)


class Officers(Endpoint):
    """Who may decide on a placement."""

    @operation(
        "listOfficers", verb="placements.decide_page", tag="placements", gives=OfficerListOut
    )
    def get(self, request: Request, reference: str, placement_reference: str) -> dict[str, Any]:
        """List who may decide on a placement, for a decision by telephone."""
        placement = _placement(_seen(request, reference), request, placement_reference)
        act = acting(request)
        needed = placement.needs
        if needed is None or not access.can_open_decision(act, placement):
            return {"results": []}
        officers = queries.deciding_officers(placement, needed, act.now)
        return {
            "results": [
                {"reference": each.reference, "name": each.user.full_name} for each in officers
            ]
        }


class DecisionIn(In):
    """A decision on a placement; `officer` and `decided_at` where it was made by telephone."""

    is_approved = serializers.BooleanField()
    wishes_known = serializers.BooleanField(required=False, default=False)
    most_appropriate = serializers.BooleanField(required=False, default=False)
    fits_plan = serializers.BooleanField(required=False, default=False)
    area_told = serializers.BooleanField(required=False, default=False)
    reasons = Typed(DecisionForm, "reasons")
    by_telephone = serializers.BooleanField(required=False, default=False)
    officer = Reference(required=False, default="")
    decided_at = Instant(required=False, default=None)
    version = Version(help_text="Of the placement that was judged")


class Decide(Endpoint):
    """The decision on a placement."""

    @operation(
        "decidePlacement",
        verb="placements.decide",
        tag="placements",
        gives=PlacementOut,
        takes=DecisionIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, placement_reference: str) -> dict[str, Any]:
        """Approve a placement or not, or write down what the officer decided by telephone."""
        placement = _placement(_seen(request, reference), request, placement_reference)
        sent = typed(request, DecisionIn)
        version, officer = sent.pop("version"), sent.pop("officer")
        return _changed(
            request,
            reference,
            placement_reference,
            lambda: placements.approve_placement(
                placement_reference=placement.reference,
                decision=Decision(officer_reference=officer, **sent),
                version=version,
                act=acting(request),
            ),
        )


class TellIn(In):
    """The placement of which the area is told."""

    version = Version(help_text="Of the placement that was judged")


class Tell(Endpoint):
    """The notices of a placement."""

    @operation(
        "sendPlacementNotices",
        verb="placements.send_notices",
        tag="placements",
        gives=PlacementOut,
        takes=TellIn,
        does=Operation.DISCLOSURE,
    )
    def post(self, request: Request, reference: str, placement_reference: str) -> dict[str, Any]:
        """Send the notices of a placement that wait to those who use this service."""
        placement = _placement(_seen(request, reference), request, placement_reference)
        sent = typed(request, TellIn)
        return _changed(
            request,
            reference,
            placement_reference,
            lambda: notices.send_notices(
                placement_reference=placement.reference, act=acting(request), **sent
            ),
        )


class StartIn(In):
    """When the child arrived."""

    started_at = Instant()
    tell_now = serializers.BooleanField(required=False, default=True)
    version = Version(help_text="Of the placement that was judged")


class Start(Endpoint):
    """The start of a placement."""

    @operation(
        "startPlacement",
        verb="placements.start",
        tag="placements",
        gives=PlacementOut,
        takes=StartIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, placement_reference: str) -> dict[str, Any]:
        """Record that the child has arrived, and tell the area unless `tell_now` is false."""
        placement = _placement(_seen(request, reference), request, placement_reference)
        sent = typed(request, StartIn)
        return _changed(
            request,
            reference,
            placement_reference,
            lambda: placements.start_placement(
                placement_reference=placement.reference, act=acting(request), **sent
            ),
        )


class EndIn(In):
    """When and why a placement ended."""

    ended_at = Instant()
    reason = Typed(EndForm, "reason")
    tell_now = serializers.BooleanField(required=False, default=True)
    version = Version(help_text="Of the placement that was judged")


class End(Endpoint):
    """The end of a placement."""

    @operation(
        "endPlacement",
        verb="placements.end",
        tag="placements",
        gives=PlacementOut,
        takes=EndIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, placement_reference: str) -> dict[str, Any]:
        """Record that a placement has ended, and tell the area unless `tell_now` is false."""
        placement = _placement(_seen(request, reference), request, placement_reference)
        sent = typed(request, EndIn)
        return _changed(
            request,
            reference,
            placement_reference,
            lambda: placements.end_placement(
                placement_reference=placement.reference, act=acting(request), **sent
            ),
        )


class WithdrawIn(In):
    """Why a placement will not happen."""

    reason = Typed(WithdrawForm, "reason")
    version = Version(help_text="Of the placement that was judged")


class Withdraw(Endpoint):
    """A placement that will not happen."""

    @operation(
        "withdrawPlacement",
        verb="placements.withdraw",
        tag="placements",
        gives=PlacementOut,
        takes=WithdrawIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, placement_reference: str) -> dict[str, Any]:
        """Take back a placement that has not started, and tell whoever was told of it."""
        placement = _placement(_seen(request, reference), request, placement_reference)
        sent = typed(request, WithdrawIn)
        return _changed(
            request,
            reference,
            placement_reference,
            lambda: placements.withdraw_placement(
                placement_reference=placement.reference, act=acting(request), **sent
            ),
        )


class ByHandIn(In):
    """Whom somebody told by hand."""

    whom = Typed(ByHandForm, "whom")
    how = OneOf(HOWS)
    told_at = Instant()
    version = Version(help_text="Of the notice that was judged")


class ByHand(Endpoint):
    """Somebody who was told by hand."""

    @operation(
        "recordToldByHand",
        verb="placements.told_by_hand",
        tag="placements",
        gives=PlacementOut,
        takes=ByHandIn,
        does=Operation.DISCLOSURE,
    )
    def post(
        self, request: Request, reference: str, placement_reference: str, notice_reference: str
    ) -> dict[str, Any]:
        """Write down that somebody was told by telephone, email or letter."""
        view = _seen(request, reference)
        notice = _notice(view, request, placement_reference, notice_reference)
        sent = typed(request, ByHandIn)
        return _changed(
            request,
            reference,
            placement_reference,
            lambda: notices.record_told_by_hand(
                notice_reference=notice.reference,
                how=PlacementNotification.How(sent.pop("how")),
                act=acting(request),
                **sent,
            ),
        )


class InsteadIn(In):
    """Who must be told instead: an agency, or the name of one that does not take part."""

    agency = Reference(required=False, default="")
    name = Typed(RerouteForm, "name")
    version = Version(help_text="Of the notice that was judged")


class Instead(Endpoint):
    """Who is told in place of who sent a notice back."""

    @operation(
        "rerouteNotice",
        verb="placements.reroute",
        tag="placements",
        gives=PlacementOut,
        takes=InsteadIn,
        does=Operation.DISCLOSURE,
    )
    def post(
        self, request: Request, reference: str, placement_reference: str, notice_reference: str
    ) -> dict[str, Any]:
        """Choose who is told in place of who sent a notice back, and tell them."""
        view = _seen(request, reference)
        notice = _notice(view, request, placement_reference, notice_reference)
        sent = typed(request, InsteadIn)
        return _changed(
            request,
            reference,
            placement_reference,
            lambda: notices.reroute_notice(
                notice_reference=notice.reference,
                agency_reference=sent["agency"],
                name=sent["name"],
                version=sent["version"],
                act=acting(request),
            ),
        )
