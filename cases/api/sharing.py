"""Operations on who can see a child: list, share, end sharing, decide not to share."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases import queries
from cases.access import ChildView
from cases.api.opened import opened
from cases.api.shapes import AgencyOut
from cases.forms.record import AgencySearchForm, EndSharingForm, NotSharingForm, ShareForm
from cases.models import Grant, SharingDecision
from cases.rules import Aspect, Part
from cases.services import sharing
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
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import Day, In, Instant, OneOf, Out, Reference, Typed


class GrantOut(Out):
    """A part that an agency has in a child's record."""

    reference = Reference()
    agency = AgencyOut()
    unit = serializers.CharField(allow_null=True)
    part = OneOf([part.value for part in Part])
    starts_at = Instant()
    ends_at = Instant(allow_null=True, help_text="When it ends, or ended")
    why = serializers.CharField()


def grant_out(grant: Grant) -> dict[str, Any]:
    """Return a part."""
    return {
        "reference": grant.reference,
        "agency": agency_out(grant.agency),
        "unit": grant.unit.name if grant.unit else None,
        "part": grant.part,
        "starts_at": grant.starts_at,
        "ends_at": grant.ended_at or grant.ends_at,
        "why": grant.reason or grant.get_basis_display(),
    }


class DecisionOut(Out):
    """A decision not to share."""

    reference = Reference()
    agency = AgencyOut()
    reason = serializers.CharField()
    decided_at = Instant()
    review_on = Day()


def decision_out(decision: SharingDecision) -> dict[str, Any]:
    """Return a decision not to share."""
    return {
        "reference": decision.reference,
        "agency": agency_out(decision.agency),
        "reason": decision.reason,
        "decided_at": decision.decided_at,
        "review_on": decision.review_on,
    }


class SharingOut(Out):
    """Who can see a record, and who could or shall not."""

    live = GrantOut(many=True)
    ended = GrantOut(many=True, help_text="The latest")
    not_shared = DecisionOut(many=True, help_text="The latest")


class ShareIn(In):
    """A part that a person gives to an agency."""

    agency = Reference()
    part = OneOf([part.value for part in Part])
    reason = Typed(ShareForm, "reason")
    ends_at = Instant(required=False, default=None)


def _seen(request: Request, reference: str) -> ChildView:
    view = opened(request, reference)
    if not view.sees(Aspect.SHARING):
        raise NotFound("There is nothing here that you may see.")
    return view


class Sharing(Endpoint):
    """Who can see a child."""

    @operation("listSharing", verb="cases.sharing", tag="sharing", gives=SharingOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show who can see the record, since when and why, and with whom it is not shared."""
        view, act = _seen(request, reference), acting(request)
        return {
            "live": [grant_out(grant) for grant in queries.live_grants(view, act)],
            "ended": [grant_out(grant) for grant in queries.ended_grants(view, act)],
            "not_shared": [decision_out(each) for each in queries.sharing_decisions(view)],
        }

    @operation(
        "share",
        verb="cases.share",
        tag="sharing",
        gives=GrantOut,
        takes=ShareIn,
        does=Operation.DISCLOSURE,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Share a child's record with an agency, because a person decided so."""
        view, act = _seen(request, reference), acting(request)
        sent = typed(request, ShareIn)
        made = once(
            request,
            lambda: (
                sharing.share(
                    child_reference=reference,
                    agency_reference=sent["agency"],
                    part=Part(sent["part"]),
                    reason=sent["reason"],
                    ends_at=sent["ends_at"],
                    act=act,
                ).reference
            ),
        )
        return grant_out(queries.grant_of(view, made))


class EndSharingIn(In):
    """Why the sharing ends."""

    reason = Typed(EndSharingForm, "reason")


class EndSharing(Endpoint):
    """The end of a part."""

    @operation(
        "endSharing",
        verb="cases.end_sharing",
        tag="sharing",
        gives=GrantOut,
        takes=EndSharingIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, grant_reference: str) -> dict[str, Any]:
        """End a part that an agency has in a child's record, at once."""
        view = _seen(request, reference)
        sent = typed(request, EndSharingIn)
        ended = once(
            request,
            lambda: (
                sharing.end_sharing(
                    child_reference=reference,
                    grant_reference=grant_reference,
                    reason=sent["reason"],
                    act=acting(request),
                ).reference
            ),
        )
        return grant_out(queries.grant_of(view, ended))


class NotSharingIn(In):
    """A decision not to share."""

    agency = Reference()
    reason = Typed(NotSharingForm, "reason")
    review_on = Day()


class NotSharing(Endpoint):
    """Decisions not to share."""

    @operation(
        "decideNotToShare",
        verb="cases.decide_not_to_share",
        tag="sharing",
        gives=DecisionOut,
        takes=NotSharingIn,
        does=Operation.ALTERATION,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Record that a record is not shared with an agency, why, and when to look again."""
        view = _seen(request, reference)
        sent = typed(request, NotSharingIn)
        made = once(
            request,
            lambda: (
                sharing.decide_not_to_share(
                    child_reference=reference,
                    agency_reference=sent["agency"],
                    reason=sent["reason"],
                    review_on=sent["review_on"],
                    act=acting(request),
                ).reference
            ),
        )
        return decision_out(queries.decision_of(view, made))


class AgenciesQuery(In):
    """Which agencies to find."""

    name = Typed(AgencySearchForm, "agency", help_text="Part of the agency's name")


class AgencyListOut(Out):
    """Agencies, by name."""

    results = AgencyOut(many=True)


class AgenciesToShareWith(Endpoint):
    """Agencies with whom a record could be shared."""

    @operation(
        "findAgencies",
        verb="cases.sharing",
        tag="sharing",
        gives=AgencyListOut,
        asks=AgenciesQuery,
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Find agencies by part of their name, to share a child's record with."""
        _seen(request, reference)
        found = queries.agencies_named(asked(request, AgenciesQuery)["name"])
        return {"results": [agency_out(agency) for agency in found]}
