"""Who may see and do what with a child: guardian's rights, live grants, and a person's role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from django.contrib.auth.models import Group
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Model, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from guardian.core import ObjectPermissionChecker

from cases import rules
from cases.models import (
    Allocation,
    Child,
    ChildIdentifier,
    ChildPermission,
    Deadline,
    Grant,
    Location,
    MissingEpisode,
    Opening,
)
from cases.rules import CASE_ROLES, Aspect, Part, Right
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind, Membership, Role
from missingchildren.core.prepared import Parameter, Prepared, by_shape
from missingchildren.core.verdicts import ALLOWED, NotFound, Verdict, refuse

HIDDEN = "There is no such record, or you may not see it."

ACCEPTING_ROLES = frozenset({Role.CONTROL_ROOM, Role.SUPERVISOR, Role.MANAGER})
# Who gives more time or other hands, and answers for what is closed unsettled.
MANAGING_ROLES = frozenset({Role.SUPERVISOR, Role.MANAGER})
REPORTING_KINDS = frozenset(
    {
        AgencyKind.FORCE,
        AgencyKind.COUNCIL,
        AgencyKind.SCHOOL,
        AgencyKind.CHILDRENS_HOME,
        AgencyKind.FOSTERING_AGENCY,
        AgencyKind.SUPPORTED_ACCOMMODATION,
    }
)
SHARING_ROLES = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.PRACTITIONER, Role.CONTROL_ROOM})


class LiveChecker(ObjectPermissionChecker):
    """Guardian's checker, asking for one agency's group at one moment: an expired row gives nothing."""

    def get_group_filters(self, _child: Child) -> dict[str, Any]:
        """Ask guardian for unexpired rows only, of a child known by reference."""
        return {
            "childpermission__group": Parameter("group"),
            "childpermission__content_object__reference": Parameter("reference"),
            "childpermission__valid_until__gt": Parameter("now"),
        }


_rights = Prepared(lambda: LiveChecker(Group()).get_group_perms(Child()))


def rights_in(*, act: Act, reference: str) -> frozenset[Right]:
    """Return what the acting agency's live parts let people with a role in cases do with a child."""
    if act.group_id is None or not act.roles & CASE_ROLES:
        return frozenset()
    return frozenset(map(Right, _rights(group=act.group_id, reference=reference, now=act.now)))


@dataclass(frozen=True)
class ChildView:
    """One child as one person, acting for one agency, may see it at one moment."""

    child: Child
    parts: frozenset[Part]
    rights: frozenset[Right]
    aspects: frozenset[Aspect]
    basis: str

    def sees(self, aspect: Aspect) -> bool:
        """Return whether a live part opens this aspect."""
        return aspect in self.aspects

    @property
    def sees_others(self) -> bool:
        """Return whether what other agencies wrote may be read, each by its audience."""
        return Right.RISK in self.rights and Aspect.UPDATES in self.aspects

    @property
    def needs_reason(self) -> bool:
        """Return whether to ask first: why are you opening this?"""
        return not self.basis

    def identifiers(self) -> list[ChildIdentifier]:
        """Return the identifiers that a live part opens."""
        kinds = {
            Aspect.UPN: ChildIdentifier.Kind.UPN,
            Aspect.NHS_NUMBER: ChildIdentifier.Kind.NHS_NUMBER,
        }
        wanted = {kind for aspect, kind in kinds.items() if self.sees(aspect)}
        return [
            ChildIdentifier(child=self.child, kind=each["kind"], value=each["value"])
            for each in self.child.held_identifiers  # type: ignore[attr-defined]
            if self.sees(Aspect.IDENTIFIERS) or each["kind"] in wanted
        ]


def _child_to_open() -> QuerySet[Child]:
    """Return the query for a child, unless closed to this person, with what is asked of it at once."""
    numbers = ChildIdentifier.objects.filter(child=OuterRef("pk"), ended_at=None).order_by("pk")
    now = Parameter("now")
    grants = Grant.objects.live(now).filter(child=OuterRef("pk"), agency=Parameter("agency"))
    return (
        Child.objects.filter(reference=Parameter("reference"))
        .open_to_person(user_id=Parameter("user"), now=now)
        .annotate(
            held_identifiers=ArraySubquery(
                numbers.values(one=JSONObject(kind="kind", value="value"))
            ),
            held_parts=ArraySubquery(grants.values(one=JSONObject(part="part", unit_id="unit_id"))),
        )
        .prefetch_related("names")
    )


_child = Prepared(_child_to_open)


def view_of(*, act: Act, reference: str) -> ChildView:
    """Return the child as this person may see it now.

    Raises:
        NotFound: there is no such child, or it is hidden: nobody can tell which.
    """
    rights = rights_in(act=act, reference=reference)
    if Right.CHILD not in rights:
        raise NotFound(HIDDEN)
    child: Any = _child.one(
        reference=reference, user=act.user_id, agency=act.agency_id, now=act.now
    )
    if child is None:
        raise NotFound(HIDDEN)
    parts = frozenset(Part(held["part"]) for held in child.held_parts)
    return ChildView(
        child=child,
        parts=parts,
        rights=rights,
        aspects=rules.aspects_of(parts),
        basis=_basis(act, child, {held["unit_id"] for held in child.held_parts}),
    )


def whose(model: type[Model], reference: str, *, column: str = "reference") -> str | None:
    """Return the reference of the child that a row is about, whoever may see it."""
    return _child_behind(model=model, column=column).one(reference=reference)


@by_shape
def _child_behind(*, model: type[Model], column: str) -> QuerySet[Model, str]:
    rows = model._default_manager.filter(**{column: Parameter("reference")})
    return rows.values_list("child__reference", flat=True)


@dataclass(frozen=True)
class Hidden:
    """What may be known of a record that did not open: its key, for the log of refusals only.

    `joined_to` is the reference of the record that it was joined to, if this person may open that.
    """

    key: int | None
    joined_to: str | None


@Prepared
def _kept() -> QuerySet[Child, tuple[int, str | None]]:
    """Return a child's key, and the reference of the record that stands for it, if another does."""
    kept = Child.objects.filter(reference=Parameter("reference"))
    return kept.values_list("pk", "merged_into__reference")


def hidden(*, act: Act, reference: str) -> Hidden:
    """Return what may be known of a child who is hidden, or does not exist."""
    key, target = _kept.one(reference=reference) or (None, None)
    opens = target and Child.objects.filter(reference=target).visible_to(act).exists()
    return Hidden(key, target if opens else None)


def _basis(act: Act, child: Child, unit_ids: set[int | None]) -> str:
    """Return why this person opens the child without a question, or "" if they must be asked.

    `unit_ids` are those of the agency's live grants; None is the whole agency.
    Source: design.md section 4: own unit and assigned work open freely.
    """
    if None in unit_ids:
        return "agency"
    if unit_ids & act.unit_ids:
        return "unit"
    return _own_basis(act, child) if unit_ids else ""


def _own_basis(act: Act, child: Child) -> str:
    """Return why this very person opens the child: assigned to it, or asked why and answered."""
    allocated = Allocation.objects.live(act.now).filter(child=child, membership=act.membership)
    opened = Opening.objects.filter(
        until__gt=act.now, child=child, membership=act.membership, at__lte=act.now
    )
    is_allocated, because = (
        Child.objects.filter(pk=child.pk)
        .values_list(Exists(allocated), Subquery(opened.values("reason")[:1]))
        .get()
    )
    if is_allocated:
        return "allocated"
    return f"asked: {because}" if because else ""


def readable_locations(act: Act, view: ChildView) -> QuerySet[Location]:
    """Return the places of a child that this person may have revealed.

    Other agencies' places need the right to places, and their audience; one's own do not. A force
    that knows the child only because they live in its area sees where that is, and no other place.
    """
    return locations_open_to(view.child.pk, act.agency_id, reach_of_locations(act, view))


class LocationReach(NamedTuple):
    """What decides which places an agency may read: its kind, and what its parts open."""

    kind: str | None
    sees_others: bool
    only_home: bool


def reach_of_locations(act: Act, view: ChildView) -> LocationReach:
    """Return how far this person's reading of places goes."""
    open_places = {part for part in view.parts if Right.LOCATION in rules.PARTS[part].rights}
    return LocationReach(
        kind=act.agency_kind,
        sees_others=Right.LOCATION in view.rights,
        only_home=open_places == {Part.HOST_FORCE},
    )


def locations_open_to(
    child_id: int | Parameter, agency_id: int | Parameter | None, reach: LocationReach
) -> QuerySet[Location]:
    """Return `readable_locations` from what decides them, also inside a prepared query."""
    places: QuerySet[Location] = Location.objects.filter(child=child_id).readable_to(
        agency_id, reach.kind, sees_others=reach.sees_others
    )
    if reach.only_home:
        lives = Q(kind=Location.Kind.LIVES, ended_at=None)
        return places.filter(Q(owner_id=agency_id) | lives)
    return places


def has_reason(view: ChildView) -> Verdict:
    """Say whether the record is this person's work, or they have said why they open it."""
    if view.needs_reason:
        return refuse("This record is outside your own work. Say first why you are opening it.")
    return ALLOWED


def can_report(act: Act) -> Verdict:
    """Say whether the acting agency reports children missing through this service."""
    if act.agency is None or act.agency.kind not in REPORTING_KINDS or not act.roles & CASE_ROLES:
        return refuse("Your agency does not report missing children here. Ring 101.")
    return ALLOWED


def can_accept(act: Act, episode: MissingEpisode) -> Verdict:
    """Say whether this person may accept the report: control room or above, of the force told."""
    if episode.lead_force_id != act.agency_id:
        return refuse("Only the police force that was told can accept this report.")
    if not act.roles & ACCEPTING_ROLES:
        return refuse("Only the control room, a supervisor or a manager can accept a report.")
    return ALLOWED


def can_record_return(act: Act, episode: MissingEpisode) -> Verdict:
    """Say whether this person may record the return: the force that leads the search."""
    if episode.lead_force_id != act.agency_id:
        return refuse("Only the police force that leads the search can record the return.")
    return ALLOWED


def can_record_located(act: Act, episode: MissingEpisode) -> Verdict:
    """Say whether this person may record where the search ended: the force that leads it."""
    if episode.lead_force_id != act.agency_id:
        return refuse("Only the police force that leads the search can record this.")
    return ALLOWED


def can_record_prevention_interview(act: Act, episode: MissingEpisode) -> Verdict:
    """Say whether this person may record the talk with the child: the force that led the search."""
    if episode.lead_force_id != act.agency_id:
        return refuse("Only the police force that led the search records this interview.")
    return ALLOWED


def can_close(act: Act, episode: MissingEpisode) -> Verdict:
    """Say whether this person may close an episode of which all is settled: the lead force."""
    if episode.lead_force_id != act.agency_id:
        return refuse("Only the police force that led the search can close this.")
    return ALLOWED


def can_close_unsettled(act: Act) -> Verdict:
    """Say whether this person may close an episode of the lead force before all is settled."""
    if not act.roles & MANAGING_ROLES:
        return refuse(
            "Not everything is settled. Only a supervisor or a manager can close it before it is."
        )
    return ALLOWED


def sees_deadline(act: Act, view: ChildView, deadline: Deadline, aspect: Aspect | None) -> bool:
    """Return whether this person may know of a clock: their agency's own, or opened by a part.

    `aspect` is what lets others of the case see clocks of its kind; None: nothing does.
    """
    return deadline.agency_id == act.agency_id or (aspect is not None and view.sees(aspect))


def can_manage_deadline(act: Act, deadline: Deadline) -> Verdict:
    """Say whether this person may give more time, or somebody else the work."""
    if deadline.agency_id != act.agency_id or not act.roles & MANAGING_ROLES:
        return refuse("Only a supervisor or a manager of the agency that owes this can change it.")
    return ALLOWED


def can_chase(act: Act, deadline: Deadline) -> Verdict:
    """Say whether this person may ask for what is owed: another agency, or one's own managers.

    The caller has asked `sees_deadline` before.
    """
    if deadline.agency_id == act.agency_id and not act.roles & MANAGING_ROLES:
        return refuse("Only a supervisor or a manager asks their own agency's people for this.")
    return ALLOWED


def can_be_given(act: Act, *, child: Child, member: Membership) -> Verdict:
    """Say whether a colleague can do something for this child: they must be able to open it."""
    theirs = replace(
        act,
        user=member.user,
        membership=member,
        roles=frozenset(member.roles),
        unit_ids=frozenset(),
    )
    try:
        view_of(act=theirs, reference=child.reference)
    except NotFound:
        return refuse("This person cannot do it. Choose somebody else.", field="person")
    return ALLOWED


def can_write_update(view: ChildView) -> Verdict:
    """Say whether this agency may add what it knows."""
    if not view.sees(Aspect.OWN_UPDATES):
        return refuse("Your part in this record does not include adding to it.")
    return ALLOWED


def can_share(act: Act, view: ChildView) -> Verdict:
    """Say whether this person may share the record, end sharing, or decide not to share."""
    if (
        not view.sees(Aspect.SHARING)
        or act.agency is None
        or act.agency.kind
        not in {
            AgencyKind.FORCE,
            AgencyKind.COUNCIL,
        }
    ):
        return refuse("Only the police force and the council can decide who sees this record.")
    if not act.roles & SHARING_ROLES:
        return refuse("Your role does not decide who sees a record.")
    return ALLOWED


def can_answer_match(act: Act, *, agency_id: int) -> Verdict:
    """Say whether this person may answer whether two records are of one child."""
    if act.agency_id != agency_id or not act.roles & CASE_ROLES:
        return refuse("Only the agency that owns the record can answer this.")
    return ALLOWED


def agency_opens(*, child_id: int, agency: Agency, now: datetime) -> bool:
    """Return whether an agency can open a child now, whoever of it looks."""
    rows = ChildPermission.listed.opening(now)
    return rows.filter(content_object=child_id, group=agency.group_id).exists()
