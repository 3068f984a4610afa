"""Propose a placement, have it approved, start it, end it."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F, Max

from cases.events import child_placed, placement_ended
from cases.models import Child, Grant, Involvement, Location
from cases.queries import responsible_council
from cases.rules import Audience, Part
from cases.services import children, deadlines, sharing, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind, Area, Membership, Unit
from missingchildren.agencies.postcodes import (
    Certainty,
    MalformedPostcode,
    Resolution,
    resolve,
)
from missingchildren.alerts import outbox
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from placements import access, queries, rules
from placements.models import Approval, Placement
from placements.rules import Approver, Carer, Clock, Fact
from placements.services import notices
from placements.services.notices import locked_placement, require_version

SETTINGS = {
    AgencyKind.CHILDRENS_HOME: (Part.CHILDRENS_HOME, Involvement.Capacity.HOME),
    AgencyKind.FOSTERING_AGENCY: (Part.FOSTERING_AGENCY, Involvement.Capacity.FOSTERING),
    AgencyKind.SUPPORTED_ACCOMMODATION: (
        Part.SUPPORTED_ACCOMMODATION,
        Involvement.Capacity.ACCOMMODATION,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """What a council says of a home for a child. Times are aware instants; texts are clean."""

    kind: str
    carer: Carer = Carer.OTHER
    provider_reference: str = ""
    description: str
    postcode: str
    arrives_at: datetime
    is_emergency: bool = False
    why_this_home: str
    what_police_should_know: str = ""
    contact_name: str
    contact_phone: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an officer decided of a placement; `decided_at` and `officer_reference` by telephone."""

    is_approved: bool
    wishes_known: bool = False
    most_appropriate: bool = False
    fits_plan: bool = False
    area_told: bool = False
    reasons: str = ""
    by_telephone: bool = False
    officer_reference: str = ""
    decided_at: datetime | None = None


@service(verb="placements.propose", operation=Operation.COLLECTION)
def propose_placement(
    *, child_reference: str, proposed: Proposed, token: UUID | None, act: Act
) -> Placement:
    """Record the home that a council means to give a child; the same token counts once.

    Where the postcode says whose area it is, what the law then asks begins to run; where it does
    not, a person must say (`choose_area`).

    Raises:
        NotFound: the child is hidden, or there is no such provider.
        NotPermitted: another council looks after the child, or none does.
        RuleBroken: the postcode is none, the time is impossible, or the kind and the carer do not
            go together.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    earlier = submissions.earlier_result(token=token, act=act, operation="placements.propose")
    if earlier:
        log.record(
            act=act, operation=Operation.COLLECTION, verb="placements.propose", objects=[earlier]
        )
        return Placement.objects.select_related("child").get(reference=earlier)
    access.can_propose(act, view).require(NotPermitted)
    child = view.child
    if responsible_council(child, london_day(act.now)) != act.own_agency:
        raise RuleBroken("Your council does not look after this child now.")
    rules.proposing(
        code=proposed.kind,
        carer=proposed.carer,
        born=child.date_of_birth,
        arrives_at=proposed.arrives_at,
        now=act.now,
    ).require()
    provider = _provider(proposed.provider_reference)
    resolution = whose_area(proposed.postcode, proposed.arrives_at)

    placement = Placement.objects.create(
        child=child,
        reference=unused(Placement, "PL"),
        council=act.own_agency,
        unit=_only_unit(act),
        provider=provider,
        location=_record_place(child, proposed, act),
        kind=proposed.kind,
        carer=proposed.carer,
        arrives_at=proposed.arrives_at,
        is_emergency=proposed.is_emergency,
        why_this_home=proposed.why_this_home,
        what_police_should_know=proposed.what_police_should_know,
        contact_name=proposed.contact_name,
        contact_phone=proposed.contact_phone,
        proposed_at=act.now,
        proposed_by=act.membership,
    )
    timeline.add(child=child, kind=Fact.PROPOSED, reference=placement.reference, act=act)
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb="placements.propose",
        subjects=[child.pk],
        objects=[placement.reference],
    )
    if resolution.kind == Certainty.CERTAIN and resolution.authority:
        _settle_area(placement, resolution.authority, resolution.force, act)
    submissions.finish(token=token, result=placement.reference)
    return placement


def whose_area(postcode: str, at: datetime) -> Resolution:
    """Return whose area a postcode is in on the day when a child arrives.

    Raises:
        RuleBroken: it is no postcode of the United Kingdom.
    """
    try:
        resolution = resolve(postcode, on=london_day(at))
    except MalformedPostcode as malformed:
        raise RuleBroken(malformed.reason, "postcode") from malformed
    if resolution.kind == Certainty.ASK and postcode.startswith(("JE", "GY", "IM")):
        raise RuleBroken(
            "This is outside the United Kingdom, where another law applies. Ask your legal team.",
            "postcode",
        )
    return resolution


def _provider(reference: str) -> Agency | None:
    """Return who runs the home.

    Raises:
        NotFound: there is no such home or fostering agency.
    """
    if not reference:
        return None
    provider = (
        Agency.objects.active().filter(reference=reference, kind__in=queries.PROVIDER_KINDS).first()
    )
    if provider is None:
        raise NotFound("There is no such home or fostering agency.")
    return provider


def _only_unit(act: Act) -> Unit | None:
    """Return the team of whoever acts, where they belong to just one."""
    if len(act.unit_ids) != 1:
        return None
    return Unit.objects.filter(pk__in=act.unit_ids, agency=act.agency).first()


def _record_place(child: Child, proposed: Proposed, act: Act) -> Location:
    """Keep the address in the table of places: the council's own until the child lives there."""
    return Location.objects.create(
        child=child,
        reference=unused(Location, "LO"),
        kind=Location.Kind.LIVES,
        owner=act.own_agency,
        audience=Audience.OWN,
        recorded_at=act.now,
        recorded_by=act.membership,
        place=json.dumps({"description": proposed.description, "postcode": proposed.postcode}),
        at=proposed.arrives_at,
    )


def _settle_area(placement: Placement, area: Area, force_area: Area | None, act: Act) -> None:
    """Write down whose area it is, who must approve, and who must be told by when."""
    hosts = queries.hosts_of(
        area=area,
        force_area=force_area,
        responsible=placement.council,
        on=london_day(placement.arrives_at),
    )
    placement.area, placement.force_area = hosts.area, hosts.force_area
    placement.distance = hosts.distance
    placement.host_council, placement.host_force = hosts.council, hosts.force
    placement.save(update_fields=["area", "force_area", "distance", "host_council", "host_force"])
    location = placement.location
    location.authority_code = area.code
    location.force_code = force_area.code if force_area else ""
    location.save(update_fields=["authority_code", "force_code"])
    if placement.needs:
        deadlines.start(
            child=placement.child,
            agency=placement.council,
            unit=placement.unit,
            kind=Clock.APPROVE,
            reference=placement.reference,
            due_at=placement.arrives_at,
            act=act,
        )
        raise_alert(
            kind="placements.approval_needed",
            event=f"placements.approval_needed:{placement.reference}",
            agency_id=placement.council_id,
            unit_id=None,
            child_id=placement.child_id,
            reference=placement.reference,
            urgency=Urgency.URGENT if placement.is_emergency else Urgency.SOON,
            act=act,
        )
    notices.owe(placement, act)


@service(verb="placements.choose_area", operation=Operation.ALTERATION)
def choose_area(
    *, placement_reference: str, area_code: str, version: int | None, act: Act
) -> Placement:
    """Say whose area a placement is in, where its postcode cannot.

    Raises:
        NotFound: there is no such placement, or it is hidden.
        NotPermitted: another council placed the child.
        RuleBroken: the area is known, or the postcode cannot be in the one chosen.
        Stale: somebody changed the placement since it was shown.
    """
    placement = locked_placement(act=act, reference=placement_reference)
    access.can_manage(act, placement).require(NotPermitted)
    rules.choosing_area(state=placement.state, is_known=placement.area_id is not None).require()
    area = next((area for area in areas_for(placement) if area.code == area_code), None)
    if area is None:
        raise RuleBroken("Choose one of the areas shown.", "area")
    require_version(placement, version)

    placement.area_chosen_by, placement.area_chosen_at = act.membership, act.now
    placement.version = F("version") + 1
    _settle_area(placement, area, area.force_on(london_day(placement.arrives_at)), act)
    placement.save(update_fields=["area_chosen_by", "area_chosen_at", "version"])
    placement.refresh_from_db(fields=["version"])
    timeline.add(
        child=placement.child, kind=Fact.AREA_CHOSEN, reference=placement.reference, act=act
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="placements.choose_area",
        subjects=[placement.child_id],
        objects=[placement.reference],
    )
    return placement


def areas_for(placement: Placement) -> list[Area]:
    """Return the areas that the postcode of a placement may be in; the postcode is not shown."""
    return queries.areas_to_choose(doubt(placement), on=london_day(placement.arrives_at))


def doubt(placement: Placement) -> Resolution:
    """Return why the postcode of a placement cannot say whose area it is in."""
    postcode: str = json.loads(placement.location.place)["postcode"]
    return resolve(postcode, on=london_day(placement.arrives_at))


# --- the decision


@service(verb="placements.decide", operation=Operation.ALTERATION)
def approve_placement(
    *, placement_reference: str, decision: Decision, version: int | None, act: Act
) -> Placement:
    """Approve a placement or not, as the right officer, or write down what they said by telephone.

    Raises:
        NotFound: there is no such placement or officer, or it is hidden.
        NotPermitted: this person does not decide it.
        RuleBroken: it is decided, needs no approval, or something is missing.
        Stale: somebody changed the placement since it was shown.
    """
    placement = locked_placement(act=act, reference=placement_reference)
    needed = placement.needs
    access.can_open_decision(act, placement).require(NotPermitted)
    rules.deciding(
        state=placement.state, is_known=placement.area_id is not None, needed=needed
    ).require()
    if needed is None:
        raise RuleBroken("This placement needs no approval.")
    access.can_decide(act, placement, needed, by_telephone=decision.by_telephone).require(
        NotPermitted
    )
    officer = _officer(placement, needed, decision, act)
    decided_at = decision.decided_at or act.now
    rules.decision(
        is_approved=decision.is_approved,
        wishes_known=decision.wishes_known,
        most_appropriate=decision.most_appropriate,
        fits_plan=decision.fits_plan,
        area_told=decision.area_told,
        is_emergency=placement.is_emergency,
        reasons=decision.reasons,
        decided_at=decided_at,
        proposed_at=placement.proposed_at,
        now=act.now,
    ).require()
    require_version(placement, version)

    Approval.objects.create(
        child=placement.child,
        placement=placement,
        needed=needed,
        is_approved=decision.is_approved,
        reasons=decision.reasons,
        officer=officer,
        decided_at=decided_at,
        by_telephone=decision.by_telephone,
        recorded_at=act.now,
        recorded_by=act.own_membership,
        wishes_known=decision.wishes_known,
        most_appropriate=decision.most_appropriate,
        fits_plan=decision.fits_plan,
        area_told=decision.area_told,
    )
    _count(placement)
    deadlines.meet(kind=Clock.APPROVE, reference=placement.reference, act=act)
    timeline.add(
        child=placement.child,
        kind=Fact.APPROVED if decision.is_approved else Fact.NOT_APPROVED,
        reference=placement.reference,
        happened_at=decided_at,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="placements.decide",
        subjects=[placement.child_id],
        objects=[placement.reference],
        basis="approved" if decision.is_approved else "not approved",
    )
    _end_alert_of_approval(placement, act)
    if not decision.is_approved:
        notices.drop_all(placement, reason="the placement was not approved", act=act)
        _forget_place(placement, act)
    placement.refresh_from_db()
    return placement


def _officer(placement: Placement, needed: Approver, decision: Decision, act: Act) -> Membership:
    """Return who decided: whoever acts, or the officer who was rung.

    Raises:
        RuleBroken: no such officer decides for this council.
    """
    if not decision.by_telephone:
        return act.own_membership
    for officer in queries.deciding_officers(placement, needed, act.now):
        if officer.reference == decision.officer_reference:
            return officer
    raise RuleBroken(f"Choose who decided: the {needed} of your council.", "officer")


def _end_alert_of_approval(placement: Placement, act: Act) -> None:
    event = f"placements.approval_needed:{placement.reference}"
    outbox.supersede(events=[event], reason="it is decided", act=act)


def _count(placement: Placement) -> None:
    """Let whoever looks at an earlier version know that it has changed."""
    placement.version = F("version") + 1
    placement.save(update_fields=["version"])
    placement.refresh_from_db(fields=["version"])


def _forget_place(placement: Placement, act: Act) -> None:
    """Keep from everyone else an address where the child will not live."""
    location = placement.location
    location.audience, location.named_agencies = Audience.OWN, []
    location.ended_at = act.now
    location.save(update_fields=["audience", "named_agencies", "ended_at"])


# --- start and end


@service(verb="placements.start", operation=Operation.ALTERATION)
def start_placement(
    *,
    placement_reference: str,
    started_at: datetime,
    tell_now: bool = True,
    version: int | None,
    act: Act,
) -> Placement:
    """Record that the child has arrived; the area is told, unless somebody means to do it later.

    `started_at` is an aware instant. Whoever runs the home has their part from now on.

    Raises:
        NotFound: there is no such placement, or it is hidden.
        NotPermitted: another council placed the child.
        RuleBroken: it is not approved, the time is impossible, or the child still lives elsewhere.
        Stale: somebody changed the placement since it was shown.
    """
    placement = locked_placement(act=act, reference=placement_reference)
    access.can_manage(act, placement).require(NotPermitted)
    needed = placement.needs
    rules.starting(
        state=placement.state, is_known=placement.area_id is not None, needed=needed
    ).require()
    child = placement.child
    others = Placement.objects.filter(child=child).exclude(pk=placement.pk)
    if others.current().exists():
        raise RuleBroken("Record first that the child's present placement has ended.")
    decided = placement.decided
    rules.start_time(
        started_at=started_at,
        decided_at=decided.decided_at if decided and needed else None,
        last_ended_at=others.aggregate(last=Max("ended_at"))["last"],
        born=child.date_of_birth,
        now=act.now,
    ).require()
    require_version(placement, version)

    placement.started_at = started_at
    placement.start_recorded_at, placement.start_recorded_by = act.now, act.membership
    placement.version = F("version") + 1
    placement.save(
        update_fields=["started_at", "start_recorded_at", "start_recorded_by", "version"]
    )
    placement.refresh_from_db(fields=["version"])
    location = placement.location
    location.audience, location.named_agencies = Audience.CASE, []
    location.at = started_at
    location.save(update_fields=["audience", "named_agencies", "at"])
    notices.set_clocks_anew(placement, act)
    timeline.add(
        child=child,
        kind=Fact.STARTED,
        reference=placement.reference,
        happened_at=started_at,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="placements.start",
        subjects=[child.pk],
        objects=[placement.reference],
    )
    _let_in(placement, act)
    if tell_now:
        notices.send_due(placement, act)
    sharing.recompute(child=child, act=act)
    child_placed.send(
        sender=Placement,
        child=child,
        starts_at=started_at,
        force=placement.host_force,
        council=placement.host_council,
        act=act,
    )
    return placement


def _let_in(placement: Placement, act: Act) -> None:
    """Open the part of whoever runs the home, and have them asked when the child is missing."""
    provider = placement.provider
    if provider is None:
        return
    part, capacity = SETTINGS[AgencyKind(provider.kind)]
    sharing.open_part(
        child=placement.child,
        agency=provider,
        part=part,
        basis=Grant.Basis.PLACEMENT,
        source=placement.reference,
        act=act,
    )
    known = Involvement.objects.live(act.now).filter(
        child=placement.child, agency=provider, capacity=capacity
    )
    if not known.exists():
        children.involve(child=placement.child, agency=provider, capacity=capacity, act=act)


@service(verb="placements.end", operation=Operation.ALTERATION)
def end_placement(
    *,
    placement_reference: str,
    ended_at: datetime,
    reason: str,
    tell_now: bool = True,
    version: int | None,
    act: Act,
) -> Placement:
    """Record that a placement has ended; the area is told, unless somebody means to do it later.

    `ended_at` is an aware instant. The part of whoever runs the home ends at once; those of the
    area end with their notice.

    Raises:
        NotFound: there is no such placement, or it is hidden.
        NotPermitted: another council placed the child.
        RuleBroken: it is not current, the time is impossible, or no reason is given.
        Stale: somebody changed the placement since it was shown.
    """
    placement = locked_placement(act=act, reference=placement_reference)
    access.can_manage(act, placement).require(NotPermitted)
    rules.ending(state=placement.state).require()
    rules.end_time(
        started_at=placement.started_at or act.now, ended_at=ended_at, reason=reason, now=act.now
    ).require()
    require_version(placement, version)

    placement.ended_at, placement.end_reason = ended_at, reason
    placement.end_recorded_at, placement.end_recorded_by = act.now, act.membership
    placement.version = F("version") + 1
    placement.save(
        update_fields=["ended_at", "end_reason", "end_recorded_at", "end_recorded_by", "version"]
    )
    placement.refresh_from_db(fields=["version"])
    Location.objects.filter(pk=placement.location_id).update(ended_at=ended_at)
    notices.owe_end(placement, act)
    timeline.add(
        child=placement.child,
        kind=Fact.ENDED,
        reference=placement.reference,
        happened_at=ended_at,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="placements.end",
        subjects=[placement.child_id],
        objects=[placement.reference],
    )
    _let_out(placement, act)
    if tell_now:
        notices.send_due(placement, act)
    sharing.recompute(child=placement.child, act=act)
    placement_ended.send(sender=Placement, child=placement.child, ended_at=ended_at, act=act)
    return placement


def _let_out(placement: Placement, act: Act) -> None:
    """End the part of whoever ran the home; call `sharing.recompute` afterwards."""
    provider = placement.provider
    if provider is None:
        return
    part, capacity = SETTINGS[AgencyKind(provider.kind)]
    Grant.objects.filter(
        child=placement.child,
        agency=provider,
        part=part,
        source=placement.reference,
        ended_at=None,
    ).update(ended_at=act.now, ended_by=act.membership, ended_reason="the placement ended")
    Involvement.objects.live(act.now).filter(
        child=placement.child, agency=provider, capacity=capacity
    ).update(ends_at=act.now)


@service(verb="placements.withdraw", operation=Operation.ALTERATION)
def withdraw_placement(
    *, placement_reference: str, reason: str, version: int | None, act: Act
) -> Placement:
    """Take back a placement that has not started; whoever was told of it is told this too.

    Raises:
        NotFound: there is no such placement, or it is hidden.
        NotPermitted: another council placed the child.
        RuleBroken: it has started or is over, or no reason is given.
        Stale: somebody changed the placement since it was shown.
    """
    placement = locked_placement(act=act, reference=placement_reference)
    access.can_manage(act, placement).require(NotPermitted)
    rules.withdrawing(state=placement.state, reason=reason or "-").require()
    require_version(placement, version)

    placement.withdrawn_at, placement.withdrawn_by = act.now, act.membership
    placement.withdrawn_reason = reason
    placement.version = F("version") + 1
    placement.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason", "version"])
    placement.refresh_from_db(fields=["version"])
    deadlines.drop(kind=Clock.APPROVE, reference=placement.reference, reason="withdrawn", act=act)
    timeline.add(child=placement.child, kind=Fact.WITHDRAWN, reference=placement.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="placements.withdraw",
        subjects=[placement.child_id],
        objects=[placement.reference],
    )
    _end_alert_of_approval(placement, act)
    notices.drop_all(placement, reason="the placement was withdrawn", act=act)
    _forget_place(placement, act)
    return placement
