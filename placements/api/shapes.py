"""What the operations on placements answer."""

from datetime import datetime
from typing import Any

from rest_framework import serializers

from cases.access import ChildView
from cases.api.children import VerdictOut
from cases.api.shapes import AgencyOut, ListOut
from missingchildren.agencies.acts import Act
from missingchildren.agencies.api import agency_out
from missingchildren.web.api.fields import Day, Instant, OneOf, Out, Reference, Version
from placements import access, queries
from placements.models import Approval, Placement, PlacementNotification
from placements.rules import KINDS, Approver, Carer, Distance, NoticeState, PlacementState

CODES = sorted(KINDS)
CARERS = [carer.value for carer in Carer]
DISTANCES = [distance.value for distance in Distance]
APPROVERS = [approver.value for approver in Approver]
PLACEMENT_STATES = [state.value for state in PlacementState]
NOTICE_STATES = [state.value for state in NoticeState]
HOWS = list(PlacementNotification.How.values)


class AreaOut(Out):
    """An authority's area."""

    code = serializers.CharField()
    name = serializers.CharField()


def area_out(area: Any) -> dict[str, Any] | None:
    """Return an area as it is named in answers."""
    return {"code": area.code, "name": area.name} if area else None


class PlacementNoticeOut(Out):
    """A notice of a placement, as the council that placed the child follows it."""

    reference = Reference()
    about = OneOf(PlacementNotification.About.values)
    to = OneOf(PlacementNotification.To.values)
    name = serializers.CharField(help_text="Who is told")
    agency = AgencyOut(allow_null=True, help_text="null: does not use this service")
    state = OneOf(NOTICE_STATES)
    due_at = Instant()
    sent_at = Instant(allow_null=True)
    opened_at = Instant(allow_null=True, help_text="When the agency first opened it")
    acknowledged_at = Instant(allow_null=True)
    holder = serializers.CharField(allow_blank=True)
    system_reference = serializers.CharField(allow_blank=True)
    response = serializers.CharField(allow_blank=True)
    rejected_at = Instant(allow_null=True)
    rejected_reason = serializers.CharField(allow_blank=True)
    told_at = Instant(allow_null=True)
    told_how = OneOf(HOWS, allow_null=True)
    told_whom = serializers.CharField(allow_blank=True)
    version = Version(help_text="Send it back with a change")


def notice_out(
    notice: PlacementNotification, opened_at: datetime | None, *, reads_answer: bool
) -> dict[str, Any]:
    """Return a notice as the council that placed the child follows it.

    Whoever does not read what others answer has "" where the agency that was told wrote something.
    """
    return {
        "reference": notice.reference,
        "about": notice.about,
        "to": notice.to,
        "name": notice.name,
        "agency": agency_out(notice.agency),
        "state": notice.state,
        "due_at": notice.due_at,
        "sent_at": notice.sent_at,
        "opened_at": opened_at,
        "acknowledged_at": notice.acknowledged_at,
        "holder": notice.holder,
        "system_reference": notice.system_reference,
        "response": notice.response if reads_answer else "",
        "rejected_at": notice.rejected_at,
        "rejected_reason": notice.rejected_reason if reads_answer else "",
        "told_at": notice.told_at,
        "told_how": notice.told_how or None,
        "told_whom": notice.told_whom,
        "version": notice.version,
    }


class PlacementRowOut(Out):
    """A placement in a list."""

    reference = Reference()
    state = OneOf(PLACEMENT_STATES)
    kind = OneOf(CODES, help_text="In the codes of SSDA903")
    council = AgencyOut()
    distance = OneOf(DISTANCES, allow_null=True, help_text="null: its area is not known yet")
    is_emergency = serializers.BooleanField()
    arrives_at = Instant()
    started_at = Instant(allow_null=True)
    ended_at = Instant(allow_null=True)
    version = Version(help_text="Send it back with a change")


class PlacementListOut(Out):
    """The latest placements of a child that this agency may see."""

    results = PlacementRowOut(many=True)


def placement_row(placement: Placement) -> dict[str, Any]:
    """Return a placement of a list."""
    return {
        "reference": placement.reference,
        "state": placement.state,
        "kind": placement.kind,
        "council": agency_out(placement.council),
        "distance": placement.distance or None,
        "is_emergency": placement.is_emergency,
        "arrives_at": placement.arrives_at,
        "started_at": placement.started_at,
        "ended_at": placement.ended_at,
        "version": placement.version,
    }


class DecidedOut(Out):
    """The decision on a placement."""

    needed = OneOf(APPROVERS)
    is_approved = serializers.BooleanField()
    reasons = serializers.CharField(allow_blank=True)
    officer = serializers.CharField()
    decided_at = Instant()
    by_telephone = serializers.BooleanField()
    recorded_by = serializers.CharField()
    wishes_known = serializers.BooleanField()
    most_appropriate = serializers.BooleanField()
    fits_plan = serializers.BooleanField()
    area_told = serializers.BooleanField()


def _decided_out(approval: Approval) -> dict[str, Any]:
    return {
        "needed": approval.needed,
        "is_approved": approval.is_approved,
        "reasons": approval.reasons,
        "officer": approval.officer.user.full_name,
        "decided_at": approval.decided_at,
        "by_telephone": approval.by_telephone,
        "recorded_by": approval.recorded_by.user.full_name,
        "wishes_known": approval.wishes_known,
        "most_appropriate": approval.most_appropriate,
        "fits_plan": approval.fits_plan,
        "area_told": approval.area_told,
    }


class PlacementOut(PlacementRowOut):
    """A placement: what only the councils of the child may know is left out for others."""

    area = AreaOut(allow_null=True)
    place = Reference(help_text="Of the address, which is revealed among the child's places")
    contact_name = serializers.CharField()
    contact_phone = serializers.CharField()
    notices = PlacementNoticeOut(many=True)
    needs = OneOf(APPROVERS, required=False, allow_null=True, help_text="Who must approve it")
    decided = DecidedOut(required=False, allow_null=True)
    carer = OneOf(CARERS, required=False)
    provider = AgencyOut(required=False, allow_null=True)
    why_this_home = serializers.CharField(required=False)
    what_police_should_know = serializers.CharField(required=False, allow_blank=True)
    end_reason = serializers.CharField(required=False, allow_blank=True)
    withdrawn_reason = serializers.CharField(required=False, allow_blank=True)
    may = serializers.DictField(
        child=VerdictOut(),
        help_text="For each thing that can be done with it, whether it may be done now",
    )


def placement_out(placement: Placement, act: Act, view: ChildView) -> dict[str, Any]:
    """Return a placement; whole, for the councils of the child."""
    notices = queries.notices_of(placement)
    opened_at = queries.opened_at(notices)
    shown = {
        **placement_row(placement),
        "area": area_out(placement.area),
        "place": placement.location.reference,
        "contact_name": placement.contact_name,
        "contact_phone": placement.contact_phone,
        "notices": [
            notice_out(
                each,
                opened_at.get(each.reference),
                reads_answer=access.reads_answer(act, view, each),
            )
            for each in notices
        ],
        "may": {
            name: {"allowed": verdict.allowed, "reason": verdict.reason}
            for name, verdict in access.verdicts(act, placement, notices).items()
        },
    }
    if access.sees_whole(view):
        decided = placement.decided
        shown |= {
            "needs": placement.needs,
            "decided": _decided_out(decided) if decided else None,
            "carer": placement.carer,
            "provider": agency_out(placement.provider),
            "why_this_home": placement.why_this_home,
            "what_police_should_know": placement.what_police_should_know,
            "end_reason": placement.end_reason,
            "withdrawn_reason": placement.withdrawn_reason,
        }
    return shown


class NotificationRowOut(Out):
    """A notice that the acting agency received, in a list."""

    reference = Reference()
    about = OneOf(PlacementNotification.About.values)
    state = OneOf(NOTICE_STATES)
    council = AgencyOut(help_text="Which placed the child")
    sent_at = Instant()
    version = Version(help_text="Send it back with an answer")


class NotificationPageOut(ListOut):
    """One page of notices."""

    results = NotificationRowOut(many=True)


def notification_row(notice: PlacementNotification) -> dict[str, Any]:
    """Return a notice of a list."""
    return {
        "reference": notice.reference,
        "about": notice.about,
        "state": notice.state,
        "council": agency_out(notice.placement.council),
        "sent_at": notice.sent_at,
        "version": notice.version,
    }


class NoticeSaidOut(Out):
    """What a notice said when it was sent: what it did not say is left out."""

    name = serializers.CharField()
    date_of_birth = Day(allow_null=True)
    sex = serializers.CharField(allow_blank=True)
    council = serializers.CharField()
    kind = serializers.CharField()
    contact_name = serializers.CharField()
    contact_phone = serializers.CharField()
    legal_status = serializers.CharField(required=False, allow_blank=True)
    starts_at = Instant(required=False, allow_null=True)
    started_at = Instant(required=False, allow_null=True)
    ended_at = Instant(required=False, allow_null=True)
    is_emergency = serializers.BooleanField(required=False)
    distance = OneOf(DISTANCES, required=False)
    why_this_home = serializers.CharField(required=False)
    what_police_should_know = serializers.CharField(required=False, allow_blank=True)
    times_missing = serializers.IntegerField(required=False)
    last_missing = Instant(required=False, allow_null=True)


class NotificationOut(NotificationRowOut):
    """A notice that the acting agency received."""

    said = NoticeSaidOut(required=False, help_text="Left out once it was sent back")
    child = Reference(required=False, help_text="Left out when the agency's part has ended")
    place = Reference(
        required=False, help_text="Of the address, while this person may have it revealed"
    )
    acknowledged_at = Instant(allow_null=True)
    holder = serializers.CharField(allow_blank=True)
    system_reference = serializers.CharField(allow_blank=True)
    response = serializers.CharField(allow_blank=True)
    rejected_at = Instant(allow_null=True)
    rejected_reason = serializers.CharField(allow_blank=True)
