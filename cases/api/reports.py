"""Operations on reports that a child is missing: send one, learn what became of it."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases import access, queries
from cases.api.shapes import PRECISIONS, AgencyOut, UpdateOut, update_out
from cases.api.sharing import AgencyListOut
from cases.forms.report import CallForm, ContactForm, DetailsForm, PlaceForm, TriedForm, WorryForm
from cases.models import Child, Report, Update
from cases.queries import Receipt
from cases.rules import Audience
from cases.services import reports, updates
from cases.services.children import Described
from cases.services.reports import Place, Reported
from missingchildren.agencies.acts import Act
from missingchildren.agencies.api import Endpoint, acting, agency_out, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.clock import Precision
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from missingchildren.web.api.fields import Day, In, Instant, OneOf, Out, Reference, Typed
from missingchildren.web.api.problems import invalid

# Where a field of the service stands in the body.
SENT_AS = {
    "last_seen": "last_seen_at",
    "postcode": "place.postcode",
    "force": "place.force",
    "child": "child",
}
SEXES = [Child.Sex.FEMALE.value, Child.Sex.MALE.value]


class DescribedIn(In):
    """A child who is not on the reporter's list."""

    given_names = Typed(DetailsForm, "given_names")
    family_name = Typed(DetailsForm, "family_name")
    date_of_birth = Day(required=False, default=None)
    sex = OneOf(SEXES, required=False, default="")
    nhs_number = Typed(DetailsForm, "nhs_number")
    upn = Typed(DetailsForm, "upn")


class PlaceIn(In):
    """Where the child was last seen: decides which police force is told."""

    where = OneOf(
        ["own", "postcode", "force"],
        help_text="At the reporter's own address, or which one is sent",
    )
    postcode = Typed(PlaceForm, "postcode")
    force = Reference(required=False, default="", help_text="Of a force that `listForces` names")
    description = Typed(PlaceForm, "description")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a place that is not said."""
        where = attrs["where"]
        if where != "own" and not attrs[where]:
            raise invalid(where, "This is needed.")
        return attrs


class ReportIn(In):
    """What a reporter says: of a child on their own list, or of one they describe."""

    child = Reference(required=False, default="")
    described = DescribedIn(required=False, default=None)
    last_seen_at = Instant()
    last_seen_precision = OneOf(PRECISIONS, required=False, default=Precision.EXACT.value)
    place = PlaceIn()
    why_worried = Typed(WorryForm, "why_worried")
    done_so_far = Typed(TriedForm, "done_so_far")
    contact_name = Typed(ContactForm, "contact_name")
    contact_phone = Typed(ContactForm, "contact_phone")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse two children, or none."""
        if bool(attrs["child"]) == bool(attrs["described"]):
            raise invalid("child", "Send either `child` or `described`.")
        return attrs


class ReceiptRowOut(Out):
    """A report in a list."""

    reference = Reference()
    name_given = serializers.CharField(help_text="As its reporter named the child")
    sent_at = Instant()
    accepted_at = Instant(allow_null=True)
    returned_at = Instant(allow_null=True)


class ReceiptListOut(Out):
    """The acting agency's reports of the last two weeks."""

    results = ReceiptRowOut(many=True)


class ReceiptOut(ReceiptRowOut):
    """What became of a report."""

    told_force = AgencyOut()
    read_at = Instant(allow_null=True, help_text="When the force first opened the record")
    police_reference = serializers.CharField(allow_blank=True)
    returned_precision = OneOf(PRECISIONS, allow_null=True)
    must_ring = serializers.BooleanField(
        help_text="It was not read in time: ring 101, or 999 if the child is in danger"
    )
    warns_after_minutes = serializers.IntegerField()
    why_worried = serializers.CharField()
    done_so_far = serializers.CharField(allow_blank=True)
    calls = UpdateOut(many=True)


def receipt_row(report: Report) -> dict[str, Any]:
    """Return a report of a list."""
    return {
        "reference": report.reference,
        "name_given": report.name_given,
        "sent_at": report.recorded_at,
        "accepted_at": report.episode.accepted_at,
        "returned_at": report.episode.returned_at,
    }


def receipt_out(receipt: Receipt) -> dict[str, Any]:
    """Return what became of a report."""
    report, episode = receipt.report, receipt.report.episode
    return {
        **receipt_row(report),
        "told_force": agency_out(report.told_force),
        "read_at": receipt.read_at,
        "police_reference": episode.police_reference,
        "returned_precision": episode.returned_precision if episode.returned_at else None,
        "must_ring": receipt.must_ring,
        "warns_after_minutes": receipt.minutes,
        "why_worried": report.why_worried,
        "done_so_far": report.done_so_far,
        "calls": [update_out(call) for call in receipt.calls],
    }


class Reports(Endpoint):
    """Reports that a child is missing."""

    @operation(
        "listReports", verb="pages.my_work", tag="reports", gives=ReceiptListOut, hides=False
    )
    def get(self, request: Request) -> dict[str, Any]:
        """List the acting agency's reports of the last two weeks, newest first."""
        found = queries.own_reports(acting(request))
        reading_of(request).of({report.child_id for report in found})
        return {"results": [receipt_row(report) for report in found]}

    @operation(
        "reportMissing",
        verb="cases.report",
        tag="reports",
        gives=ReceiptOut,
        takes=ReportIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request) -> dict[str, Any]:
        """Report that a child is missing, and tell the police force."""
        act = acting(request)
        access.can_report(act).require(NotPermitted)
        sent = typed(request, ReportIn)
        try:
            made = once(
                request,
                lambda: (
                    reports.report_missing(reported=_reported(sent), token=None, act=act).reference
                ),
            )
        except RuleBroken as refusal:
            raise RuleBroken(refusal.reason, SENT_AS.get(refusal.field, "")) from None
        return _receipt(request, made, act)


def _reported(sent: dict[str, Any]) -> Reported:
    """Return what the body says, as the service takes it."""
    place, described = sent["place"], sent["described"]
    where = place["where"]
    return Reported(
        child_reference=sent["child"],
        described=_described(described) if described else None,
        last_seen_at=sent["last_seen_at"],
        last_seen_precision=Precision(sent["last_seen_precision"]),
        place=Place(
            is_own_address=where == "own",
            description=place["description"],
            postcode=place["postcode"] if where == "postcode" else "",
            force_reference=place["force"] if where == "force" else "",
        ),
        why_worried=sent["why_worried"],
        done_so_far=sent["done_so_far"],
        contact_name=sent["contact_name"],
        contact_phone=sent["contact_phone"],
    )


def _described(sent: dict[str, Any]) -> Described:
    numbers = (("nhs_number", sent["nhs_number"]), ("upn", sent["upn"]))
    return Described(
        given_names=sent["given_names"],
        family_name=sent["family_name"],
        date_of_birth=sent["date_of_birth"],
        sex=sent["sex"],
        identifiers=tuple((kind, value) for kind, value in numbers if value),
    )


def _own(request: Request, reference: str, act: Act) -> Report:
    report = queries.own_report(act, reference)
    if report is None:
        raise NotFound("There is no such report.")
    reading_of(request).of([report.child_id], report.reference)
    return report


def _receipt(request: Request, reference: str, act: Act) -> dict[str, Any]:
    return receipt_out(queries.receipt_of(_own(request, reference, act), act))


class OneReport(Endpoint):
    """The receipt of a report."""

    @operation("getReceipt", verb="cases.receipt", tag="reports", gives=ReceiptOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show what became of a report: received, read, accepted, the child back."""
        return _receipt(request, reference, acting(request))


class CallIn(In):
    """A telephone call to the police about a report that nobody has read."""

    happened_at = Instant()
    text = Typed(CallForm, "text", help_text="Whom the reporter spoke to, and what they said")


class Calls(Endpoint):
    """Telephone calls about a report."""

    @operation(
        "logCall",
        verb="cases.add_update",
        tag="reports",
        gives=ReceiptOut,
        takes=CallIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Write down a telephone call to the police about a report."""
        act = acting(request)
        report = _own(request, reference, act)
        sent = typed(request, CallIn)
        once(
            request,
            lambda: (
                updates.add_update(
                    child_reference=report.child.reference,
                    kind=Update.Kind.CALL,
                    text=sent["text"],
                    happened_at=sent["happened_at"],
                    audience=Audience.CASE,
                    token=None,
                    act=act,
                ).reference
            ),
        )
        return _receipt(request, reference, act)


class Forces(Endpoint):
    """Police forces to tell."""

    @operation(
        "listForces", verb="cases.report_page", tag="reports", gives=AgencyListOut, hides=False
    )
    def get(self, request: Request) -> dict[str, Any]:
        """List the police forces that use this service, for places without a postcode."""
        access.can_report(acting(request)).require(NotPermitted)
        return {"results": [agency_out(force) for force in queries.forces()]}
