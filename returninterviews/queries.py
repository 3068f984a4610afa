"""Questions about interviews that span models; each page asks a fixed number of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleLessThan

from cases.access import ChildView
from cases.models import Child, Grant, Involvement, Location, MissingEpisode
from cases.queries import COUNT_CAP, PAGE_SIZE, Page, responsible_council
from cases.rules import Aspect, Part
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind, Area, Membership, Role, Unit
from missingchildren.agencies.queries import agency_answering_for, duty_unit, members_of
from missingchildren.core.clock import london_day
from missingchildren.core.references import normalise_reference
from returninterviews.access import InterviewView
from returninterviews.models import (
    Account,
    CarerAccount,
    Interview,
    Offer,
    Recommendation,
    SharedItem,
    Summary,
)
from returninterviews.rules import RECIPIENT_OF_PART, InterviewState, Recipient

# --- the interview


@dataclass(frozen=True)
class Council:
    """The council that an interview is for, its unit, and whether it needs a part for it."""

    agency: Agency
    unit: Unit | None
    needs_part: bool


def council_for(child: Child, episode: MissingEpisode, act: Act) -> Council | None:
    """Return the council that must see to an interview; None: nobody knows which.

    Source: domain.md 2.4 rule 11: the responsible council, wherever the child is placed; else the
    council where the child lives; else the one that answers for the place last seen.
    """
    responsible = responsible_council(child, london_day(act.now))
    parts = list(
        Grant.objects.live(act.now)
        .filter(child=child, part__in=[Part.RESPONSIBLE_COUNCIL, Part.HOME_COUNCIL])
        .select_related("agency", "unit")
        .order_by("starts_at", "pk")
    )
    if responsible:
        own = [part for part in parts if part.agency_id == responsible.pk]
        return Council(responsible, own[0].unit if own else None, needs_part=not own)
    home = [part for part in parts if part.part == Part.HOME_COUNCIL]
    if home:
        return Council(home[0].agency, home[0].unit, needs_part=False)
    place = (
        episode.locations.filter(kind=Location.Kind.LAST_SEEN)
        .exclude(authority_code="")
        .order_by("pk")
        .first()
    )
    area = Area.objects.filter(code=place.authority_code).first() if place else None
    council = agency_answering_for(area, london_day(act.now)) if area else None
    if council is None or council.kind != AgencyKind.COUNCIL:
        return None
    return Council(council, duty_unit(council, act.now), needs_part=True)


def found(reference: str) -> Interview | None:
    """Return an interview by its reference, whoever may see it."""
    return (
        Interview.objects.filter(reference=reference)
        .select_related("child", "council", "provider", "unit", "signed_by__user",
                        "accepted_by__user", "accepted_by__agency", "signed_by__agency")
        .first()
    )  # fmt: skip


def child_of(reference: str) -> str | None:
    """Return the reference of the child that an interview or a summary is about."""
    model: type[Interview] | type[Summary] = Summary if reference.startswith("RS-") else Interview
    rows: Any = model._default_manager.filter(reference=reference)
    held: str | None = rows.values_list("child__reference", flat=True).first()
    return held


def located_at(interview: Interview) -> datetime | None:
    """Return when the child was first located in the episodes that an interview covers."""
    first: datetime | None = interview.covers.aggregate(first=Min("episode__located_at"))["first"]
    return first


def covered(interview: Interview) -> list[MissingEpisode]:
    """Return the episodes that an interview covers, oldest first: the latest ten."""
    latest = MissingEpisode.objects.filter(covered_by__interview=interview)
    return list(reversed(latest.order_by("-started_at", "-pk")[:10]))


def offers_of(interview: Interview) -> list[Offer]:
    """Return the offers of an interview, newest first."""
    return list(
        Offer.objects.filter(interview=interview)
        .select_related("agency")
        .order_by("-made_at", "-pk")[:PAGE_SIZE]
    )


def accepted_offer(interview: Interview) -> Offer | None:
    """Return the offer by which the interview is arranged now: the last that the child accepted."""
    if interview.arranged_for is None:
        return None
    return (
        Offer.objects.filter(interview=interview, result=Offer.Result.ACCEPTED, to=Offer.To.CHILD)
        .order_by("-recorded_at", "-pk")
        .first()
    )


def results_of(interview: Interview) -> frozenset[str]:
    """Return the results of all offers of an interview."""
    return frozenset(
        Offer.objects.filter(interview=interview)
        .order_by()
        .values_list("result", flat=True)
        .distinct()
    )


def given_back(interview: Interview) -> Grant | None:
    """Return the last part that a referral made and that has ended: by whom, when and why."""
    return (
        Grant.objects.filter(
            child=interview.child_id, source=interview.reference, basis=Grant.Basis.REFERRAL
        )
        .exclude(ended_at=None)
        .select_related("agency")
        .order_by("-ended_at", "-pk")
        .first()
    )


def visible(view: ChildView, act: Act) -> QuerySet[Interview]:
    """Return the interviews of a child of which this agency may know where they stand.

    A provider knows its own; an agency that no part tells of episodes, those it was told of.
    """
    rows = Interview.objects.filter(child=view.child)
    if not (view.sees(Aspect.SHARED_INTERVIEWS) or view.sees(Aspect.WHOLE_INTERVIEWS)):
        return rows.filter(provider=act.agency)
    if not view.sees(Aspect.EPISODE):
        return rows.filter(
            Exists(Summary.objects.filter(interview=OuterRef("pk"), agency=act.agency))
        )
    return rows


def latest(view: ChildView, act: Act) -> Interview | None:
    """Return the child's latest interview, with the acting agency's own summary of it, in one query.

    The summary's reference and when it was read are `own_summary` and `own_summary_read_at`.
    """
    own = Summary.objects.filter(interview=OuterRef("pk"), agency=act.agency)
    return (
        visible(view, act)
        .select_related("council", "provider")
        .annotate(
            own_summary=Subquery(own.values("reference")[:1]),
            own_summary_read_at=Subquery(own.values("read_at")[:1]),
        )
        .order_by("-opened_at", "-pk")
        .first()
    )


def interviews_page(view: ChildView, act: Act, *, after: str = "") -> Page:
    """Return one page of a child's interviews, newest first, each with the agency's own summary."""
    rows = visible(view, act)
    count = rows.order_by()[: COUNT_CAP + 1].count()
    start = (
        Interview.objects.filter(child=view.child, reference=normalise_reference(after, "RI"))
        .values_list("opened_at", "pk")
        .first()
    )
    if start:
        rows = rows.filter(TupleLessThan(Tuple(F("opened_at"), F("pk")), start))
    own = Summary.objects.filter(interview=OuterRef("pk"), agency=act.agency)
    shown = list(
        rows.select_related("council", "provider")
        .annotate(own_summary=Subquery(own.values("reference")[:1]))
        .order_by("-opened_at", "-pk")[: PAGE_SIZE + 1]
    )
    next_key = shown[PAGE_SIZE - 1].reference if len(shown) > PAGE_SIZE else ""
    return Page(rows=shown[:PAGE_SIZE], next_key=next_key, count=count)


def providers() -> list[Agency]:
    """Return the charities that use this service, by name."""
    return list(Agency.objects.active().filter(kind=AgencyKind.CHARITY).order_by("name"))


def councils_named(text: str) -> list[Agency]:
    """Return councils whose name holds this text."""
    return list(
        Agency.objects.active()
        .filter(kind=AgencyKind.COUNCIL, name__icontains=text)
        .order_by("name")[:PAGE_SIZE]
    )


def checkers(act: Act) -> list[Membership]:
    """Return who may have checked an interview of the acting agency: its supervisors and managers."""
    leading = Q(roles__contains=[Role.MANAGER]) | Q(roles__contains=[Role.SUPERVISOR])
    return list(members_of(act.own_agency, act.now).filter(leading))


# --- who is told what


@dataclass(frozen=True)
class Told:
    """One agency that an interview may be shared with, and what it is to the child."""

    agency: Agency
    recipient: Recipient


def recipients(interview: Interview, act: Act) -> list[Told]:
    """Return the agencies of the sharing grid: those with a live part, and school and health.

    The council that sees to the interview and whoever holds it read the whole. The lead force
    comes first; an agency with several parts is what it is most.
    """
    order = list(Recipient)
    found: dict[int, Told] = {}
    grants = (
        Grant.objects.live(act.now)
        .filter(child=interview.child_id, agency__is_active=True)
        .exclude(agency__in=[key for key in (interview.council_id, interview.provider_id) if key])
        .select_related("agency")
        .order_by("pk")
    )
    for grant in grants:
        recipient = RECIPIENT_OF_PART.get(Part(grant.part))
        held = found.get(grant.agency_id)
        if recipient and (held is None or order.index(recipient) < order.index(held.recipient)):
            found[grant.agency_id] = Told(grant.agency, recipient)
    knows = Involvement.objects.live(act.now).filter(
        child=interview.child_id,
        capacity__in=[Involvement.Capacity.SCHOOL, Involvement.Capacity.HEALTH],
    )
    for involvement in knows.select_related("agency").order_by("pk"):
        is_school = involvement.capacity == Involvement.Capacity.SCHOOL
        found.setdefault(
            involvement.agency_id,
            Told(involvement.agency, Recipient.SCHOOL if is_school else Recipient.HEALTH),
        )
    return sorted(found.values(), key=lambda told: (order.index(told.recipient), told.agency.name))


def case_agencies(interview: Interview, act: Act) -> list[Agency]:
    """Return the agencies with a live part in the child's record, by name: who can be asked to act."""
    return list(
        Agency.objects.active()
        .filter(
            pk__in=Grant.objects.live(act.now).filter(child=interview.child_id).values("agency")
        )
        .order_by("name")
    )


def found_summary(reference: str) -> Summary | None:
    """Return a summary by its reference, whoever may see it."""
    summary: Summary | None = (
        Summary.objects.filter(reference=reference)
        .select_related("interview", "owner", "agency", "read_by__user", "answered_by__user")
        .first()
    )
    return summary


@dataclass(frozen=True)
class Whole:
    """One signed interview as those read it who may read all of it."""

    account: Account
    carer: CarerAccount | None
    shared: list[SharedItem]
    summaries: list[Summary]
    recommendations: list[Recommendation]


def whole(seen: InterviewView) -> Whole | None:
    """Return what was said in a signed interview; None: it is not signed."""
    account = (
        Account.objects.filter(interview=seen.interview)
        .select_related("signed_by__user", "signed_by__agency", "checked_by__user")
        .prefetch_related("quotes")
        .order_by("-number")
        .first()
    )
    if account is None:
        return None
    return Whole(
        account=account,
        carer=CarerAccount.objects.filter(interview=seen.interview).first(),
        shared=list(
            SharedItem.objects.filter(account=account).select_related("agency").order_by("pk")
        ),
        summaries=list(
            Summary.objects.filter(interview=seen.interview)
            .select_related("agency")
            .order_by("agency__name")
        ),
        recommendations=list(
            Recommendation.objects.filter(interview=seen.interview)
            .select_related("suggested_agency")
            .order_by("order")
        ),
    )


def summaries_for(view: ChildView, act: Act, *, most: int) -> list[Summary]:
    """Return the latest summaries that were made for the acting agency, newest first."""
    return list(
        Summary.objects.filter(child=view.child, agency=act.agency)
        .readable_by(act, sees_others=True)
        .select_related("owner", "interview")
        .order_by("-recorded_at", "-pk")[:most]
    )


def unsettled(episode: MissingEpisode) -> Interview | None:
    """Return the interview of an episode that is neither signed nor known not to be held."""
    return (
        Interview.objects.filter(covers__episode=episode, outcome="")
        .select_related("council")
        .first()
    )


def is_open(interview: Interview) -> bool:
    """Return whether an interview can still be arranged and held."""
    return interview.state not in {
        InterviewState.SIGNED, InterviewState.ACCEPTED, InterviewState.DECLINED,
        InterviewState.NOT_OFFERED, InterviewState.NOT_POSSIBLE,
    }  # fmt: skip
