"""Make and end grants, and keep guardian's rows as their union."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.db.models import QuerySet

from cases import access, queries, rules
from cases.events import part_ended, part_opened
from cases.models import (
    Child,
    ChildPermission,
    Deadline,
    Grant,
    KeepFrom,
    SharingDecision,
)
from cases.models.sharing import permission_id
from cases.models.work import PART_ENDED
from cases.rules import Fact, Part, Right
from cases.services import timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Unit
from missingchildren.alerts.outbox import end_unentitled
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.prepared import Parameter, Prepared
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken

# --- what nearly every act asks, built once a process (docs/adr/0010)


@Prepared
def _opened_by() -> QuerySet[Grant]:
    """Return the live grant of one fact."""
    return Grant.objects.live(Parameter("now")).filter(
        child=Parameter("child"),
        agency=Parameter("agency"),
        part=Parameter("part"),
        source=Parameter("source"),
    )


@Prepared
def _agencies_kept_from() -> QuerySet[KeepFrom, int]:
    kept = KeepFrom.objects.live(Parameter("now")).filter(
        child=Parameter("child"), agency__isnull=False
    )
    return kept.values_list("agency_id", flat=True)


@Prepared
def _live_grants() -> QuerySet[Grant, tuple[int, int, list[str]]]:
    """Return whose each live grant is, by agency and group, and what it opens."""
    grants = Grant.objects.live(Parameter("now")).filter(
        child=Parameter("child"), agency__is_active=True
    )
    return grants.values_list("agency_id", "agency__group_id", "opens")


@Prepared
def _permission_rows() -> QuerySet[ChildPermission, tuple[int, int, int]]:
    rows = ChildPermission.listed.filter(content_object=Parameter("child"))
    return rows.values_list("pk", "group_id", "permission_id")


@Prepared
def _locked() -> QuerySet[Child, int]:
    rows = Child.objects.select_for_update().filter(reference=Parameter("reference"))
    return rows.values_list("pk", flat=True)


# --- parts


def open_part(
    *,
    child: Child,
    agency: Agency,
    part: Part,
    basis: Grant.Basis,
    act: Act,
    unit: Unit | None = None,
    source: str = "",
    reason: str = "",
    ends_at: datetime | None = None,
) -> Grant:
    """Give an agency a part in a child's record, once per fact; call `recompute` after the last.

    The child's row must be locked. What the part opens is written into the grant.
    """
    if source:
        fact = {"child": child.pk, "agency": agency.pk, "part": part, "source": source}
        existing = _opened_by.one(**fact, now=act.now)
        if existing:
            return existing
        expired = Grant.objects.filter(**fact, ended_at=None)
        expired.update(ended_at=act.now, ended_reason="expired")
    grant = Grant.objects.create(
        child=child,
        reference=unused(Grant, "GR"),
        agency=agency,
        unit=unit,
        part=part,
        opens=sorted(rules.PARTS[part].rights),
        starts_at=act.now,
        ends_at=ends_at,
        basis=basis,
        reason=reason,
        source=source,
        made_at=act.now,
        made_by=act.membership,
    )
    timeline.add(child=child, kind=Fact.SHARED, reference=grant.reference, act=act)
    return grant


def recompute(*, child: Child, act: Act, keeps_clocks: bool = False) -> None:
    """Make guardian's rows the union of the child's live grants. The child's row must be locked.

    Agencies that have left, and those the record is kept from, get nothing. Kept rows are
    touched, so that their triggers read the grants again. What still waits in the inbox of an
    agency that can no longer open the child is ended, other apps hear of it, and its clocks stop.
    They hear too of one that can open the child again, for whom clocks had stopped.

    `keeps_clocks`: whoever calls stops them itself, for a reason of its own.
    """
    kept_from = set(_agencies_kept_from(child=child.pk, now=act.now))
    wanted: set[tuple[int, int]] = set()
    for agency_id, group, opens in _live_grants(child=child.pk, now=act.now):
        if agency_id not in kept_from:
            wanted |= {(group, permission_id(right)) for right in opens}
    held: dict[tuple[int, int], list[int]] = defaultdict(list)
    for key, group, permission in _permission_rows(child=child.pk):
        held[group, permission].append(key)
    if lost := held.keys() - wanted:
        ChildPermission.listed.filter(pk__in=[key for row in lost for key in held[row]]).delete()
    ChildPermission.listed.filter(content_object=child).update(valid_until=act.now)
    ChildPermission.listed.bulk_create(
        [
            ChildPermission(group_id=group, permission_id=permission, content_object=child)
            for group, permission in sorted(wanted - set(held))
        ]
    )
    child_right = permission_id(Right.CHILD)
    closed = {group for group, permission in lost if permission == child_right}
    if closed:
        end_unentitled(child_id=child.pk, group_ids=closed, act=act)
        for agency in Agency.objects.filter(group__in=closed).order_by("pk"):
            part_ended.send(sender=Child, child=child, agency=agency, act=act)
        if not keeps_clocks:
            stop_unseen(child=child, act=act)
    opened = {group for group, permission in wanted - set(held) if permission == child_right}
    if opened:
        stopped = Deadline.objects.stopped_with_a_part().filter(child=child)
        again = Agency.objects.filter(group__in=opened, pk__in=stopped.values("agency"))
        for agency in again.order_by("pk"):
            part_opened.send(sender=Child, child=child, agency=agency, act=act)


# Clocks of what another agency takes over, when there is one: they never stop with a part.
_passed_on: set[str] = set()


def register_passed_on(*kinds: str) -> None:
    """Let clocks of these kinds run on when a part ends: what they are of is passed on."""
    _passed_on.update(kinds)


def passed_on() -> list[str]:
    """Return the kinds of clock that do not stop with a part."""
    return sorted(_passed_on)


def stop_unseen(*, child: Child, act: Act) -> None:
    """Stop what agencies owe for a child whom they can no longer open. The child's row is locked.

    What others take over when a part ends, they have taken over by now. It starts again when they
    get a part again before it is done.
    """
    queries.unseen_clocks(act.now, but=passed_on()).filter(child=child).update(
        done_at=act.now, done_by=act.membership, dropped_reason=PART_ENDED
    )


def end_grants_of(
    *, child: Child, source: str, act: Act, reason: str, keep: Collection[int] = ()
) -> None:
    """End the grants that a fact made, when the fact ends. The child's row must be locked.

    `keep` are the keys of those that outlast it.
    """
    Grant.objects.filter(child=child, source=source, ended_at=None).exclude(pk__in=keep).update(
        ended_at=act.now, ended_by=act.membership, ended_reason=reason
    )
    recompute(child=child, act=act)


def locked_child(*, act: Act, reference: str) -> access.ChildView:
    """Lock the child's row, then return it as this person may see it: what is judged is changed.

    Raises:
        NotFound: there is no such child, or it is hidden.
    """
    _locked(reference=reference)
    return access.view_of(act=act, reference=reference)


@service(verb="cases.share", operation=Operation.DISCLOSURE)
def share(
    *,
    child_reference: str,
    agency_reference: str,
    part: Part,
    reason: str,
    ends_at: datetime | None,
    act: Act,
) -> Grant:
    """Share a child's record with an agency, because a person decided so.

    Raises:
        NotFound: the child is hidden, or there is no such agency.
        NotPermitted: this person does not decide who sees the record.
        RuleBroken: no reason, an end in the past, or a part that is not this kind of agency's.
    """
    view = locked_child(act=act, reference=child_reference)
    access.can_share(act, view).require(NotPermitted)
    agency = Agency.objects.active().filter(reference=agency_reference).first()
    if agency is None:
        raise NotFound("There is no such agency.")
    rules.sharing(
        part=part, kind=agency.kind, reason=reason, ends_at=ends_at, now=act.now
    ).require()

    grant = open_part(
        child=view.child,
        agency=agency,
        part=part,
        basis=Grant.Basis.PERSON,
        reason=reason,
        ends_at=ends_at,
        act=act,
    )
    recompute(child=view.child, act=act)
    log.record(
        act=act,
        operation=Operation.DISCLOSURE,
        verb="cases.share",
        subjects=[view.child.pk],
        objects=[grant.reference],
        recipient=agency.reference,
    )
    return grant


@service(verb="cases.end_sharing", operation=Operation.ALTERATION)
def end_sharing(*, child_reference: str, grant_reference: str, reason: str, act: Act) -> Grant:
    """End a part that an agency has in a child's record, at once.

    Raises:
        NotFound: the child or the grant is hidden or does not exist.
        NotPermitted: this person does not decide who sees the record.
        RuleBroken: no reason is given, it has ended, or the law or a report keeps it open.
    """
    view = locked_child(act=act, reference=child_reference)
    access.can_share(act, view).require(NotPermitted)
    grant = Grant.objects.filter(child=view.child, reference=grant_reference).first()
    if grant is None:
        raise NotFound("There is no such sharing.")
    if grant.ended_at:
        raise RuleBroken("This has already ended.")
    rules.ending(basis=grant.basis, reason=reason).require()

    grant.ended_at, grant.ended_by, grant.ended_reason = act.now, act.membership, reason
    grant.save(update_fields=["ended_at", "ended_by", "ended_reason"])
    recompute(child=view.child, act=act)
    timeline.add(
        child=view.child,
        kind=Fact.SHARING_ENDED,
        reference=grant.reference,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="cases.end_sharing",
        subjects=[view.child.pk],
        objects=[grant.reference],
    )
    return grant


@service(verb="cases.close_ended_parts", operation=Operation.ALTERATION)
def close_ended_parts(*, child_reference: str, act: Act) -> None:
    """Do for parts that ran out with nobody's act what is done when a person ends one."""
    child = Child.objects.select_for_update(of=("self",)).get(reference=child_reference)
    recompute(child=child, act=act)
    stop_unseen(child=child, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="cases.close_ended_parts",
        subjects=[child.pk],
    )


@service(verb="cases.decide_not_to_share", operation=Operation.ALTERATION)
def decide_not_to_share(
    *, child_reference: str, agency_reference: str, reason: str, review_on: date, act: Act
) -> SharingDecision:
    """Record that a child's record is not shared with an agency, why, and when to look again.

    Raises:
        NotFound: the child is hidden, or there is no such agency.
        NotPermitted: this person does not decide who sees the record.
        RuleBroken: no reason, or a review date that is not to come.
    """
    view = locked_child(act=act, reference=child_reference)
    access.can_share(act, view).require(NotPermitted)
    agency = Agency.objects.active().filter(reference=agency_reference).first()
    if agency is None:
        raise NotFound("There is no such agency.")
    rules.not_sharing(reason=reason, review_on=review_on, today=act.now.date()).require()

    decision = SharingDecision.objects.create(
        child=view.child,
        reference=unused(SharingDecision, "SD"),
        agency=agency,
        reason=reason,
        decided_at=act.now,
        decided_by=act.own_membership,
        review_on=review_on,
    )
    timeline.add(child=view.child, kind=Fact.NOT_SHARED, reference=decision.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="cases.decide_not_to_share",
        subjects=[view.child.pk],
        objects=[decision.reference],
    )
    return decision
