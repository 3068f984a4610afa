"""Questions about interviews that span models; each page asks a fixed number of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce

from cases.access import ChildView, whose
from cases.models import (
    Child,
    ChildPermission,
    Deadline,
    Grant,
    Involvement,
    KeepFrom,
    Location,
    MissingEpisode,
    NamedReader,
)
from cases.queries import COUNT_CAP, PAGE_SIZE, Page, responsible_council
from cases.rules import CASE_ROLES, Aspect, Part, parts_opening
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import (
    Agency,
    AgencyKind,
    Area,
    Membership,
    Role,
    Unit,
    UnitKind,
)
from missingchildren.agencies.queries import agency_answering_for, duty_unit, members_of
from missingchildren.core.clock import london_day
from missingchildren.core.prepared import Parameter, Prepared, by_shape
from missingchildren.core.references import normalise_reference
from returninterviews import access
from returninterviews.access import InterviewView
from returninterviews.models import (
    Account,
    Action,
    ActionNote,
    CarerAccount,
    Interview,
    Offer,
    Recommendation,
    SharedItem,
    Summary,
)
from returninterviews.models.actions import ActionQuerySet
from returninterviews.models.recommendations import RecommendationQuerySet
from returninterviews.rules import (
    RECIPIENT_OF_PART,
    SHARED_WORDS,
    ActionClock,
    Decision,
    InterviewState,
    Recipient,
    Shared,
    told_words,
)

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
    return _interview.one(reference=reference)


_interview = Prepared(
    lambda: Interview.objects.filter(reference=Parameter("reference")).select_related(
        "child", "council", "provider", "unit", "signed_by__user",
        "accepted_by__user", "accepted_by__agency", "signed_by__agency",
    )
)  # fmt: skip


def child_of(reference: str) -> str | None:
    """Return the reference of the child that an interview or a summary is about."""
    model: type[Interview] | type[Summary] = Summary if reference.startswith("RS-") else Interview
    return whose(model, reference)


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
    return _visible(view.child.pk, act.agency_id, _reach(view))


class Reach(Enum):
    """Of which interviews of a child an agency may know where they stand."""

    OWN = "the provider's own"
    TOLD = "those it was told of"
    ALL = "all"


def _reach(view: ChildView) -> Reach:
    if not (view.sees(Aspect.SHARED_INTERVIEWS) or view.sees(Aspect.WHOLE_INTERVIEWS)):
        return Reach.OWN
    return Reach.ALL if view.sees(Aspect.EPISODE) else Reach.TOLD


def _visible(
    child_id: int | Parameter, agency_id: int | Parameter | None, reach: Reach
) -> QuerySet[Interview]:
    rows = Interview.objects.filter(child=child_id)
    if reach == Reach.OWN:
        return rows.filter(provider=agency_id)
    if reach == Reach.TOLD:
        told = Summary.objects.filter(interview=OuterRef("pk"), agency=agency_id)
        return rows.filter(Exists(told))
    return rows


def latest(view: ChildView, act: Act) -> Interview | None:
    """Return the child's latest interview, with the acting agency's own summary of it, in one query.

    The summary's reference and when it was read are `own_summary` and `own_summary_read_at`.
    """
    return _latest(reach=_reach(view)).one(child=view.child.pk, agency=act.agency_id)


@by_shape
def _latest(*, reach: Reach) -> QuerySet[Interview]:
    own = Summary.objects.filter(interview=OuterRef("pk"), agency=Parameter("agency"))
    return (
        _visible(Parameter("child"), Parameter("agency"), reach)
        .select_related("council", "provider")
        .annotate(
            own_summary=Subquery(own.values("reference")[:1]),
            own_summary_read_at=Subquery(own.values("read_at")[:1]),
        )
        .order_by("-opened_at", "-pk")[:1]
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
    return _summary.one(reference=reference)


_summary = Prepared(
    lambda: Summary.objects.filter(reference=Parameter("reference")).select_related(
        "interview", "owner", "agency", "read_by__user", "answered_by__user"
    )
)


@dataclass(frozen=True)
class ToldAgency:
    """What was decided for one agency, and what it did with what it was told."""

    agency: Agency
    shared: str
    withheld: str
    reason: str
    basis: str
    summary: Summary | None


@dataclass(frozen=True)
class Whole:
    """One signed interview as those read it who may read all of it."""

    account: Account
    carer: CarerAccount | None
    shared: list[SharedItem]
    summaries: list[Summary]
    recommendations: list[Recommendation]

    @property
    def told(self) -> list[ToldAgency]:
        """Return who was told what, agency by agency."""
        summaries = {summary.agency_id: summary for summary in self.summaries}
        columns: dict[int, list[SharedItem]] = {}
        for item in self.shared:
            columns.setdefault(item.agency_id, []).append(item)
        return [
            ToldAgency(
                agency=column[0].agency,
                shared=told_words({Shared(item.what): Decision(item.decision) for item in column}),
                withheld=", ".join(
                    SHARED_WORDS[Shared(item.what)].lower()
                    for item in column
                    if item.decision == Decision.WITHHOLD
                ),
                reason=column[0].reason,
                basis=column[0].get_basis_display(),
                summary=summaries.get(agency_id),
            )
            for agency_id, column in columns.items()
        ]


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


# --- recommendations and follow-up actions: who can see the child


def _has_part(
    *, child: OuterRef | int, agency: OuterRef, group: OuterRef, aspect: Aspect, now: datetime
) -> Q:
    """Return whether an agency may open a child now, by a part that opens an aspect.

    Both are asked: the grant says what is open, the permission row that nothing closes it.
    """
    grants = Grant.objects.live(now).filter(
        child=child, agency=agency, part__in=parts_opening(aspect)
    )
    rows = ChildPermission.listed.opening(now).filter(content_object=child, group=group)
    return Q(Exists(grants)) & Q(Exists(rows))


def agencies_with_a_part(child: Child, aspect: Aspect, now: datetime) -> QuerySet[Agency]:
    """Return the agencies with a live part in a child's record that opens an aspect, by name."""
    return (
        Agency.objects.active()
        .filter(
            _has_part(
                child=child.pk,
                agency=OuterRef("pk"),
                group=OuterRef("group"),
                aspect=aspect,
                now=now,
            )
        )
        .order_by("name")
    )


def may_own_actions(child: Child, agency: Agency, now: datetime) -> bool:
    """Return whether an agency has a part in a child's record in which it can be asked to act."""
    return agencies_with_a_part(child, Aspect.OWN_ACTIONS, now).filter(pk=agency.pk).exists()


def council_to_act(child: Child, *, wanted: Agency, now: datetime) -> Agency | None:
    """Return the council that answers for what is recommended for a child.

    The one wanted while it has its part; else the one that is responsible; else any that sees
    every action. None: no council sees the child.
    """
    councils = list(agencies_with_a_part(child, Aspect.ACTIONS, now))
    for council in (wanted, responsible_council(child, london_day(now))):
        if council in councils:
            return council
    return councils[0] if councils else None


def _lost_part(agency: str, aspect: Aspect, now: datetime) -> Q:
    return ~_has_part(
        child=OuterRef("child"), agency=OuterRef(agency), group=OuterRef(f"{agency}__group"),
        aspect=aspect, now=now,
    )  # fmt: skip


def orphaned_actions(now: datetime) -> ActionQuerySet:
    """Return the open actions whose owner can no longer see the child."""
    return Action.objects.open().filter(_lost_part("owner", Aspect.OWN_ACTIONS, now))


def orphaned_recommendations(now: datetime) -> RecommendationQuerySet:
    """Return what waits for a council that can no longer decide it."""
    return Recommendation.objects.waiting().filter(_lost_part("council", Aspect.ACTIONS, now))


def children_with_orphans(now: datetime) -> list[str]:
    """Return the references of the children for whom something is owed by nobody who can see them."""
    found = set(orphaned_actions(now).values_list("child__reference", flat=True))
    found |= set(orphaned_recommendations(now).values_list("child__reference", flat=True))
    return sorted(found)


def unit_with_part(child: Child, agency: Agency, now: datetime) -> Unit | None:
    """Return the unit of an agency that has the child: a team before a desk that is there at night.

    None: the child is the whole agency's.
    """
    grants = list(
        Grant.objects.live(now)
        .filter(child=child, agency=agency, part__in=parts_opening(Aspect.OWN_ACTIONS))
        .select_related("unit")
        .order_by("pk")
    )
    units = [grant.unit for grant in grants]
    teams = [unit for unit in units if unit and unit.kind == UnitKind.TEAM]
    if teams:
        return teams[0]
    return None if None in units or not units else units[0]


def people_who_may_see(child: Child, agency: Agency, now: datetime) -> QuerySet[Membership]:
    """Return the members of an agency who read cases and to whom this child is not closed."""
    kept_from = KeepFrom.objects.live(now).filter(child=child, user=OuterRef("user"))
    people = (
        Membership.objects.live(now)
        .filter(~Exists(kept_from), agency=agency, roles__overlap=sorted(CASE_ROLES))
        .select_related("user")
        .order_by("user__full_name", "pk")
    )
    if child.is_restricted:
        named = NamedReader.objects.live(now).filter(child=child, user=OuterRef("user"))
        people = people.filter(Exists(named))
    return people


def units_of(agency: Agency) -> list[Unit]:
    """Return an agency's units, by name."""
    return list(Unit.objects.filter(agency=agency, is_active=True).order_by("name"))


# --- recommendations and follow-up actions: what one agency sees


def recommendations_seen(view: ChildView, act: Act) -> RecommendationQuerySet:
    """Return the recommendations about a child that this agency sees.

    `access.sees_recommendation` answers the same for one; a test proves that they agree.
    """
    found = Recommendation.objects.filter(child=view.child).select_related(
        "child", "interview__provider", "council", "suggested_agency", "decided_by__user",
        "decided_by__agency", "second_look_asked_by__agency", "second_look_by__agency",
    )  # fmt: skip
    if access.sees_every_action(view):
        return found
    if not view.sees(Aspect.OWN_INTERVIEWS):
        return found.none()
    return found.filter(interview__provider=act.own_agency)


def actions_seen(view: ChildView, act: Act) -> ActionQuerySet:
    """Return the actions for a child that this agency sees.

    `access.sees_action` answers the same for one; a test proves that they agree.
    """
    found = Action.objects.filter(child=view.child).select_related(*OF_AN_ACTION)
    if access.sees_every_action(view):
        return found
    seen = Q(owner=act.own_agency) if view.sees(Aspect.OWN_ACTIONS) else Q(pk__in=[])
    if view.sees(Aspect.OWN_INTERVIEWS):
        seen |= Q(recommendation__interview__provider=act.own_agency)
    return found.filter(seen)


OF_AN_ACTION = (
    "child", "owner", "council", "recommendation__interview", "deadline__unit",
    "deadline__membership__user", "completed_by__user", "completed_by__agency",
    "dropped_by__user", "dropped_by__agency", "helped_by__agency",
)  # fmt: skip


def recommendation_of(reference: str) -> Recommendation | None:
    """Return a recommendation; whoever calls asks who may see it."""
    return _recommendation.one(reference=reference)


_recommendation = Prepared(
    lambda: Recommendation.objects.filter(reference=Parameter("reference")).select_related(
        "child",
        "interview__provider",
        "council",
        "suggested_agency",
        "decided_by__user",
        "decided_by__agency",
        "second_look_asked_by__agency",
        "second_look_by__user",
        "second_look_by__agency",
    )
)


def action_of(reference: str) -> Action | None:
    """Return an action; whoever calls asks who may see it."""
    return _action.one(reference=reference)


_action = Prepared(
    lambda: Action.objects.filter(reference=Parameter("reference")).select_related(*OF_AN_ACTION)
)


def actions_of(recommendation: Recommendation) -> list[Action]:
    """Return what is done about a recommendation; whoever calls asks who may see it."""
    return list(
        Action.objects.filter(recommendation=recommendation)
        .select_related(*OF_AN_ACTION)
        .order_by("given_at", "pk")[:PAGE_SIZE]
    )


def notes_on(action: Action, act: Act, *, most: int) -> list[ActionNote]:
    """Return the latest notes on an action that this agency may read, each by its audience.

    Whoever sees an action sees what others say about it, so far as it is for their kind of agency.
    """
    return list(
        ActionNote.objects.filter(action=action)
        .readable_by(act, sees_others=True)
        .select_related("owner", "recorded_by__user")
        .order_by("-recorded_at", "-pk")[:most]
    )


def due_of(recommendation: Recommendation) -> Deadline | None:
    """Return the running clock of a recommendation."""
    return (
        Deadline.objects.running()
        .filter(
            kind__in=[ActionClock.DECIDE, ActionClock.SECOND_LOOK],
            reference=recommendation.reference,
        )
        .first()
    )


def recommendations_to_decide(view: ChildView, act: Act) -> Page:
    """Return what waits for the council, that which must be decided soonest first: one page."""
    clock = Deadline.objects.running().filter(
        kind__in=[ActionClock.DECIDE, ActionClock.SECOND_LOOK], reference=OuterRef("reference")
    )
    found = recommendations_seen(view, act).waiting()
    count = found.order_by()[: COUNT_CAP + 1].count()
    rows = found.annotate(due_at=Subquery(clock.values("due_at")[:1])).order_by("due_at", "pk")
    return Page(rows=list(rows[:PAGE_SIZE]), next_key="", count=count)


def recommendations_page(view: ChildView, act: Act, *, after: str = "") -> Page:
    """Return one page of the recommendations that this agency sees, newest first."""
    found = recommendations_seen(view, act)
    count = found.order_by()[: COUNT_CAP + 1].count()
    start = (
        found.filter(reference=normalise_reference(after, "RC"))
        .values_list("recorded_at", "pk")
        .first()
    )
    if start:
        found = found.filter(TupleLessThan(Tuple(F("recorded_at"), F("pk")), start))
    return _cut(list(found.order_by("-recorded_at", "-pk")[: PAGE_SIZE + 1]), count)


def open_actions_page(view: ChildView, act: Act, *, after: str = "") -> Page:
    """Return one page of the open actions that this agency sees, the most overdue first."""
    found = actions_seen(view, act).open()
    count = found.order_by()[: COUNT_CAP + 1].count()
    start = (
        found.filter(reference=normalise_reference(after, "AC"))
        .values_list("deadline__due_at", "pk")
        .first()
    )
    if start:
        found = found.filter(TupleGreaterThan(Tuple(F("deadline__due_at"), F("pk")), start))
    return _cut(list(found.order_by("deadline__due_at", "pk")[: PAGE_SIZE + 1]), count)


def settled_actions_page(view: ChildView, act: Act, *, after: str = "") -> Page:
    """Return one page of the actions that were done or dropped, the newest first."""
    return _newest_first(actions_seen(view, act).settled(), after)


def actions_page(view: ChildView, act: Act, *, after: str = "") -> Page:
    """Return one page of the actions that this agency sees, newest first."""
    return _newest_first(actions_seen(view, act), after)


def _newest_first(found: ActionQuerySet, after: str) -> Page:
    count = found.order_by()[: COUNT_CAP + 1].count()
    start = (
        found.filter(reference=normalise_reference(after, "AC"))
        .values_list("given_at", "pk")
        .first()
    )
    if start:
        found = found.filter(TupleLessThan(Tuple(F("given_at"), F("pk")), start))
    return _cut(list(found.order_by("-given_at", "-pk")[: PAGE_SIZE + 1]), count)


def _cut(rows: list[Action] | list[Recommendation], count: int) -> Page:
    next_key = rows[PAGE_SIZE - 1].reference if len(rows) > PAGE_SIZE else ""
    return Page(rows=list(rows[:PAGE_SIZE]), next_key=next_key, count=count)


def has_settled_actions(view: ChildView, act: Act) -> bool:
    """Return whether any action that this agency sees was done or dropped."""
    return actions_seen(view, act).settled().exists()


@dataclass(frozen=True)
class Owed:
    """One clock of a recommendation or an action, with the words it is about."""

    deadline: Deadline
    text: str

    @property
    def is_action(self) -> bool:
        """Return whether it is to be done, and not to be decided."""
        return self.deadline.kind == ActionClock.ACTION


def owed_for(view: ChildView, act: Act, *, most: int) -> list[Owed]:
    """Return what is to be decided and done for a child, soonest first: one query.

    The council sees all of it, any other agency what it owes itself.
    """
    ask = _owed(is_whole=access.sees_every_action(view), most=most)
    found: list[Any] = ask(child=view.child.pk, agency=act.agency_id)
    return [Owed(deadline, deadline.text) for deadline in found]


@by_shape
def _owed(*, is_whole: bool, most: int) -> QuerySet[Deadline]:
    text = Coalesce(
        Subquery(Action.objects.filter(reference=OuterRef("reference")).values("text")[:1]),
        Subquery(Recommendation.objects.filter(reference=OuterRef("reference")).values("text")[:1]),
    )
    running = Deadline.objects.running().filter(
        child=Parameter("child"), kind__in=list(ActionClock)
    )
    if not is_whole:
        running = running.filter(agency=Parameter("agency"))
    return running.annotate(text=text).select_related("agency").order_by("due_at", "pk")[:most]


# --- recommendations and follow-up actions: what others must know


def undecided_evidence(child: Child, *, most: int) -> list[Recommendation]:
    """Return what was recommended for a child and is not decided, newest first."""
    return list(
        Recommendation.objects.filter(child=child)
        .waiting()
        .select_related("council")
        .order_by("-recorded_at", "-pk")[:most]
    )


def unfinished_evidence(child: Child, now: datetime, *, most: int) -> list[Action]:
    """Return what is not done: every open action that an interview led to, and others when late."""
    late = Q(deadline__due_at__lt=now)
    return list(
        Action.objects.open()
        .filter(late | Q(recommendation__isnull=False), child=child)
        .select_related("owner", "deadline")
        .order_by("-given_at", "-pk")[:most]
    )


def unsettled_of(episode: MissingEpisode) -> tuple[int, int, int]:
    """Count what an episode's interviews left open: undecided, looked at again, accepted in vain."""
    counts = Recommendation.objects.filter(interview__covers__episode=episode).aggregate(
        undecided=Count("pk", filter=Q(decision="")),
        second=Count("pk", filter=Q(second_look_asked_at__isnull=False, second_look_at=None)),
        idle=Count(
            "pk",
            filter=(Q(decision="taken_forward") | Q(second_look_answer="taken_forward"))
            & ~Q(Exists(Action.objects.filter(recommendation=OuterRef("pk")))),
        ),
    )
    return counts["undecided"], counts["second"], counts["idle"]
