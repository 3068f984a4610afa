"""Questions about placements that span models: what a page, a panel or a notice shows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from cases.access import ChildView, readable_locations, view_of
from cases.models import Child
from cases.queries import COUNT_CAP, PAGE_SIZE, Page
from cases.rules import Aspect
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import (
    Agency,
    AgencyArea,
    AgencyKind,
    Area,
    AreaKind,
    Membership,
)
from missingchildren.agencies.models.areas import AreaAdjacency
from missingchildren.agencies.postcodes import Certainty, Resolution
from missingchildren.agencies.queries import agency_answering_for, members_of
from missingchildren.audit.models import Entry, Operation, Outcome
from missingchildren.core.prepared import Parameter, by_shape, only
from missingchildren.core.references import normalise_reference
from missingchildren.core.verdicts import NotFound
from placements import access
from placements.models import Placement, PlacementNotification
from placements.rules import DECIDING_ROLES, Approver, Distance, NoticeState, distance_of

MOST_SHOWN = 10
PROVIDER_KINDS = frozenset(
    {
        AgencyKind.CHILDRENS_HOME,
        AgencyKind.FOSTERING_AGENCY,
        AgencyKind.SUPPORTED_ACCOMMODATION,
    }
)
_RELATED = (
    "child", "council", "unit", "provider", "location", "area", "force_area", "host_council",
    "host_force", "approval__officer__user", "approval__recorded_by__user", "proposed_by__user",
)  # fmt: skip
_OF_NOTICE = ("agency", "unit", "acknowledged_by__user", "sent_by__user", "told_by__user")


# --- where a place is


@dataclass(frozen=True)
class Hosts:
    """Whose area a place is in, how far from the responsible council, and who answers for it."""

    area: Area
    force_area: Area | None
    distance: Distance
    council: Agency | None
    force: Agency | None


def hosts_of(*, area: Area, force_area: Area | None, responsible: Agency, on: date) -> Hosts:
    """Return who answers for an area on a day, and how far it is from the responsible council."""
    own = frozenset(
        AgencyArea.objects.on(on)
        .filter(agency=responsible, is_statutory=True)
        .values_list("area_id", flat=True)
    )
    adjoining = frozenset(
        AreaAdjacency.objects.on(on)
        .filter(area__in=own, is_doubtful=False)
        .exclude(basis="")
        .values_list("neighbour_id", flat=True)
    )
    return Hosts(
        area=area,
        force_area=force_area,
        distance=distance_of(place=area.code, own=own, adjoining=adjoining),
        council=agency_answering_for(area, on),
        force=agency_answering_for(force_area, on) if force_area else None,
    )


def areas_to_choose(resolution: Resolution, *, on: date) -> list[Area]:
    """Return the areas that a postcode may be in, likeliest first; every area where none is known."""
    if resolution.kind == Certainty.ASK and resolution.authority:
        return [resolution.authority]
    if resolution.candidates:
        return [candidate.authority for candidate in resolution.candidates]
    kinds = [AreaKind.AUTHORITY, AreaKind.TRUST]
    return list(Area.objects.on(on).filter(kind__in=kinds).order_by("name"))


def providers_named(text: str) -> list[Agency]:
    """Return the homes and fostering agencies whose name holds this text, the exact one first."""
    found = Agency.objects.active().filter(kind__in=PROVIDER_KINDS, name__icontains=text)
    names = list(found.order_by("name")[:MOST_SHOWN])
    exact = [agency for agency in names if agency.name.lower() == text.lower()]
    return exact or names


def agencies_to_tell(notice: PlacementNotification) -> list[Agency]:
    """Return who could be told in place of whoever sent a notice back."""
    kind = AgencyKind.FORCE if notice.to == PlacementNotification.To.FORCE else AgencyKind.COUNCIL
    return list(
        Agency.objects.active()
        .filter(kind=kind)
        .exclude(pk__in=[notice.agency_id or 0, notice.placement.council_id])
        .order_by("name")
    )


def start_waits(notice: PlacementNotification) -> bool:
    """Return whether a notice tells of an end to somebody who was not told of the start."""
    return (
        not notice.is_of_start
        and PlacementNotification.objects.not_told()
        .filter(
            placement=notice.placement_id,
            about=PlacementNotification.About.START,
            to=notice.to,
        )
        .exists()
    )


def answers_owed(child: Child, agency: Agency) -> list[str]:
    """Return the references of the notices of a child that an agency has still to answer."""
    end_is_told = PlacementNotification.objects.filter(
        placement=OuterRef("placement"), to=OuterRef("to"), about=PlacementNotification.About.END
    ).exclude(sent_at=None, told_at=None)
    waiting = PlacementNotification.objects.standing().filter(
        child=child,
        agency=agency,
        about=PlacementNotification.About.START,
        sent_at__isnull=False,
        acknowledged_at=None,
    )
    return list(waiting.exclude(Exists(end_is_told)).values_list("reference", flat=True))


def deciding_officers(placement: Placement, needed: Approver, now: datetime) -> list[Membership]:
    """Return the people of the council who may decide on a placement, by name."""
    return [
        membership
        for membership in members_of(placement.council, now)
        if DECIDING_ROLES[needed] & set(membership.roles)
    ]


# --- what a page shows of a child's placements


def placements_of(view: ChildView, act: Act) -> list[Placement]:
    """Return the latest placements that this person may see, newest first, with their notices."""
    return list(
        access.readable_placements(act, view)
        .select_related("council", "provider", "area", "approval")
        .prefetch_related("notices")
        .order_by("-arrives_at", "-pk")[:PAGE_SIZE]
    )


def placement_of(view: ChildView, act: Act, reference: str) -> Placement | None:
    """Return one placement that this person may see, with its notices."""
    return only(
        access.readable_placements(act, view).filter(reference=reference).select_related(*_RELATED)
    )


def notices_of(placement: Placement) -> list[PlacementNotification]:
    """Return the notices of a placement, in the order in which they became due."""
    return list(
        PlacementNotification.objects.filter(placement=placement)
        .select_related(*_OF_NOTICE, "replaced_by")
        .order_by("pk")
    )


def notice_of(placement: Placement, reference: str) -> PlacementNotification | None:
    """Return one notice of a placement."""
    return (
        PlacementNotification.objects.filter(placement=placement, reference=reference)
        .select_related(*_OF_NOTICE, "placement", "replaced_by")
        .first()
    )


def opened_at(notices: Iterable[PlacementNotification]) -> dict[str, datetime]:
    """Return when each notice was first opened by the agency that received it, from the act log."""
    sent = [notice for notice in notices if notice.sent_at and notice.agency_id]
    if not sent:
        return {}
    agencies = {notice.reference: notice.agency_id for notice in sent}
    looks = (
        Entry.objects.filter(
            subjects__contains=[sent[0].child_id],
            agency_id__in=set(agencies.values()),
            outcome=Outcome.DONE,
            operation=Operation.CONSULTATION,
            verb="placements.notification",
            at__gte=min(notice.sent_at for notice in sent if notice.sent_at),
        )
        .values("agency_id", "references")
        .annotate(first=Min("at"))
        .order_by("first")
    )
    opened: dict[str, datetime] = {}
    for look in looks:
        for reference in look["references"]:
            if agencies.get(reference) == look["agency_id"]:
                opened.setdefault(reference, look["first"])
    return opened


@dataclass(frozen=True)
class Told:
    """One agency of the area, and what became of the notice to it."""

    name: str
    state: NoticeState
    system_reference: str


@dataclass(frozen=True)
class Lives:
    """Where a child lives or is to live, without the place, and who in the area knows."""

    placement: Placement
    told: list[Told]

    @property
    def silent(self) -> list[Told]:
        """Return who has not been told, or has not answered."""
        return [
            each for each in self.told if each.state in {NoticeState.SENT, NoticeState.NOT_TOLD}
        ]


def where_lives(view: ChildView, act: Act) -> Lives | None:
    """Return the child's present placement, or else the one to come: one query."""
    if not view.sees(Aspect.PLACEMENT):
        return None
    ask = _present(is_whole=access.sees_whole(view))
    placement: Any = ask.one(child=view.child.pk, agency=act.agency_id)
    if placement is None:
        return None
    return Lives(placement, [_told(row) for row in placement.told_json])


@by_shape
def _present(*, is_whole: bool) -> QuerySet[Placement]:
    notices = (
        PlacementNotification.objects.standing()
        .filter(placement=OuterRef("pk"), about=PlacementNotification.About.START)
        .order_by("pk")
    )
    each = JSONObject(
        name="name",
        sent_at="sent_at",
        acknowledged_at="acknowledged_at",
        told_at="told_at",
        system_reference="system_reference",
    )
    return (
        access.placements_open_to(Parameter("child"), Parameter("agency"), is_whole=is_whole)
        .filter(ended_at=None, withdrawn_at=None)
        .filter(Q(approval=None) | Q(approval__is_approved=True))
        .select_related("council", "approval")
        .annotate(told_json=ArraySubquery(notices.values(json=each)))
        .order_by(F("started_at").desc(nulls_last=True), "-arrives_at", "-pk")[:1]
    )


def _told(row: dict[str, Any]) -> Told:
    if row["acknowledged_at"]:
        state = NoticeState.ACKNOWLEDGED
    elif row["told_at"]:
        state = NoticeState.TOLD_BY_HAND
    else:
        state = NoticeState.SENT if row["sent_at"] else NoticeState.NOT_TOLD
    return Told(row["name"], state, row["system_reference"])


# --- the notices of an agency


def notices_page(act: Act, *, is_answered: bool, after: str = "") -> Page:
    """Return one page of the acting agency's notices, waiting or answered, newest first."""
    found = access.own_notices(act)
    waiting = Q(acknowledged_at=None, rejected_at=None, dropped_at=None)
    found = found.exclude(waiting) if is_answered else found.filter(waiting)
    count = found.order_by()[: COUNT_CAP + 1].count()
    start = (
        access.own_notices(act)
        .filter(reference=normalise_reference(after, "PN"))
        .values_list("sent_at", "pk")
        .first()
    )
    if start:
        found = found.filter(TupleLessThan(Tuple(F("sent_at"), F("pk")), start))
    rows = list(
        found.select_related("placement__council", "child").order_by("-sent_at", "-pk")[
            : PAGE_SIZE + 1
        ]
    )
    next_key = rows[PAGE_SIZE - 1].reference if len(rows) > PAGE_SIZE else ""
    return Page(rows=rows[:PAGE_SIZE], next_key=next_key, count=count)


def own_notice(act: Act, reference: str) -> PlacementNotification | None:
    """Return one notice that the acting agency received."""
    return only(
        access.own_notices(act)
        .filter(reference=reference)
        .select_related("placement__council", "placement__location", "child", *_OF_NOTICE)
    )


def what_was_sent(notice: PlacementNotification) -> dict[str, Any]:
    """Return what a notice said when it was sent; nothing once it was sent back."""
    if notice.sent is None or notice.rejected_at:
        return {}
    said: dict[str, Any] = json.loads(notice.sent)
    return said


def instant(text: str) -> datetime | None:
    """Return a time of what was sent."""
    return parse_datetime(text) if text else None


def still_open(notice: PlacementNotification, act: Act) -> ChildView | None:
    """Return the child of a notice, where a part of the acting agency still opens them."""
    try:
        return view_of(act=act, reference=notice.child.reference)
    except NotFound:
        return None


def may_reveal_home(notice: PlacementNotification, view: ChildView, act: Act) -> bool:
    """Return whether this person may have the address of the home revealed."""
    return readable_locations(act, view).filter(pk=notice.placement.location_id).exists()
