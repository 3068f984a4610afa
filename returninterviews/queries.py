"""Questions about return home interviews, what they recommend, and what is done about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Coalesce

from cases.access import ChildView
from cases.models import (
    Child,
    ChildPermission,
    Deadline,
    Grant,
    KeepFrom,
    MissingEpisode,
    NamedReader,
)
from cases.models.sharing import permission_id
from cases.queries import COUNT_CAP, PAGE_SIZE, Page, responsible_council
from cases.rules import CASE_ROLES, Aspect, Right, parts_opening
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Membership, Unit, UnitKind
from missingchildren.core.clock import london_day
from missingchildren.core.references import normalise_reference
from returninterviews import access
from returninterviews.models import Action, ActionNote, Recommendation
from returninterviews.models.actions import ActionQuerySet
from returninterviews.models.recommendations import RecommendationQuerySet
from returninterviews.rules import ActionClock

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
    rows = ChildPermission.listed.filter(
        content_object=child,
        group=group,
        permission_id=permission_id(Right.CHILD),
        valid_until__gt=now,
    )
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
    return (
        Recommendation.objects.filter(reference=reference)
        .select_related(
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
        .first()
    )


def action_of(reference: str) -> Action | None:
    """Return an action; whoever calls asks who may see it."""
    return Action.objects.filter(reference=reference).select_related(*OF_AN_ACTION).first()


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
    text = Coalesce(
        Subquery(Action.objects.filter(reference=OuterRef("reference")).values("text")[:1]),
        Subquery(Recommendation.objects.filter(reference=OuterRef("reference")).values("text")[:1]),
    )
    running = Deadline.objects.running().filter(child=view.child, kind__in=list(ActionClock))
    if not access.sees_every_action(view):
        running = running.filter(agency=act.own_agency)
    found = running.annotate(text=text).select_related("agency").order_by("due_at", "pk")
    return [Owed(deadline, deadline.text) for deadline in found[:most]]  # type: ignore[attr-defined]


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
