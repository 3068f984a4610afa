"""Operations on what agencies know: reports, updates, places."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases import access, panels, queries
from cases.api.episodes import sees_episodes
from cases.api.opened import opened
from cases.api.shapes import (
    AUDIENCES,
    PRECISIONS,
    AgencyOut,
    PageQuery,
    UpdateOut,
    UpdatePageOut,
    page_out,
    update_out,
)
from cases.forms.record import UpdateForm
from cases.models import Location, Report, Update
from cases.rules import Audience
from cases.services import updates
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
from missingchildren.core.clock import Precision
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import In, Instant, Nothing, OneOf, Out, Reference, Typed
from missingchildren.web.api.problems import invalid


class ReportedOut(Out):
    """What a reporter said."""

    reference = Reference()
    why_worried = serializers.CharField()
    done_so_far = serializers.CharField(allow_blank=True)
    contact_name = serializers.CharField()
    contact_phone = serializers.CharField()
    owner = AgencyOut()
    recorded_at = Instant()


class ReportedListOut(Out):
    """The latest reports of an episode."""

    results = ReportedOut(many=True)


class ReportsOfChild(Endpoint):
    """What was reported of a child."""

    @operation("listReportsOfChild", verb="cases.child", tag="updates", gives=ReportedListOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List what was reported in the latest episode, where it is for this agency."""
        view = opened(request, reference)
        sees_episodes(view)
        found = queries.reports_of(view, acting(request), most=panels.MOST_SHOWN)
        return {"results": [_reported(report) for report in found]}


def _reported(report: Report) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "why_worried": report.why_worried,
        "done_so_far": report.done_so_far,
        "contact_name": report.contact_name,
        "contact_phone": report.contact_phone,
        "owner": agency_out(report.owner),
        "recorded_at": report.recorded_at,
    }


class UpdateIn(In):
    """What an agency knows, or has done."""

    kind = OneOf(Update.Kind.values)
    text = Typed(UpdateForm, "text", help_text="How it is known, and from whom; no address")
    happened_at = Instant()
    happened_precision = OneOf(PRECISIONS, required=False, default=Precision.EXACT.value)
    audience = OneOf(AUDIENCES, required=False, default=Audience.CASE.value)


class Updates(Endpoint):
    """What agencies know of a child who is missing."""

    @operation(
        "listUpdates", verb="cases.child", tag="updates", gives=UpdatePageOut, asks=PageQuery
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List the updates of the latest episode that this agency may read, newest first."""
        view = opened(request, reference)
        page = queries.updates_page(view, acting(request), **asked(request, PageQuery))
        return page_out(page, [update_out(update) for update in page.rows])

    @operation(
        "addUpdate",
        verb="cases.add_update",
        tag="updates",
        gives=UpdateOut,
        takes=UpdateIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Add what an agency knows to the open episode, or answer the question it was asked."""
        act = acting(request)
        view = opened(request, reference)
        sent = typed(request, UpdateIn)
        offered = UpdateForm(act=act).fields["audience"].choices  # type: ignore[attr-defined]
        if sent["audience"] not in dict(offered):
            raise invalid("audience", "Your agency cannot choose this audience.")
        made = once(
            request,
            lambda: (
                updates.add_update(
                    child_reference=reference,
                    kind=Update.Kind(sent["kind"]),
                    text=sent["text"],
                    happened_at=sent["happened_at"],
                    happened_precision=Precision(sent["happened_precision"]),
                    audience=Audience(sent["audience"]),
                    token=None,
                    act=act,
                ).reference
            ),
        )
        return update_out(queries.own_update(view, act, made))


class PlaceOut(Out):
    """That a place is on record, never the place itself."""

    reference = Reference()
    kind = OneOf(Location.Kind.values)
    at = Instant(allow_null=True)
    owner = AgencyOut()


class PlaceListOut(Out):
    """The latest places of a child."""

    results = PlaceOut(many=True)


class Places(Endpoint):
    """Places of a child."""

    @operation("listPlaces", verb="cases.child", tag="places", gives=PlaceListOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List which places are on record that this person may have revealed."""
        view = opened(request, reference)
        places = queries.places_of(view, acting(request), most=panels.MOST_SHOWN)
        return {"results": [_place(place) for place in places]}


def _place(place: Location) -> dict[str, Any]:
    return {
        "reference": place.reference,
        "kind": place.kind,
        "at": place.at,
        "owner": agency_out(place.owner),
    }


class RevealedOut(PlaceOut):
    """A place in clear."""

    description = serializers.CharField(allow_blank=True)
    postcode = serializers.CharField(allow_blank=True)


class Reveal(Endpoint):
    """A look at a place."""

    @operation(
        "revealPlace", verb="cases.reveal_location", tag="places", gives=RevealedOut, takes=Nothing
    )
    def post(self, request: Request, reference: str, location_reference: str) -> dict[str, Any]:
        """Show one place. Each look is recorded, also one that is sent again."""
        act = acting(request)
        view = opened(request, reference)
        if not access.readable_locations(act, view).filter(reference=location_reference).exists():
            raise NotFound("There is no such place.")
        typed(request, Nothing)
        location, place = updates.reveal_location(
            child_reference=reference, location_reference=location_reference, act=act
        )
        once(request, lambda: location.reference)
        request.is_done = True  # type: ignore[attr-defined]  # the service has logged this look
        return {
            **_place(location),
            "description": place.get("description", ""),
            "postcode": place.get("postcode", ""),
        }
