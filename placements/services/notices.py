"""Tell the area where a child is placed, and take its answer."""

import json
from datetime import datetime
from typing import Any, TypeAlias

from django.db.models import F, Max, Q

from cases.access import whose
from cases.models import Child, Grant, LookedAfterPeriod, MissingEpisode
from cases.rules import Part
from cases.services import deadlines, sharing, timeline
from cases.services.references import unused
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency
from missingchildren.agencies.queries import duty_unit
from missingchildren.alerts import outbox
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.calendar import Nation
from missingchildren.core.clock import in_london, london_day
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from placements import access, queries, rules
from placements.models import Placement, PlacementNotification
from placements.rules import Clock, Fact, NoticeState
from placements.services.registered import ACKNOWLEDGE_KEY

About: TypeAlias = PlacementNotification.About
To: TypeAlias = PlacementNotification.To
HOST_PARTS = {To.COUNCIL: Part.HOST_COUNCIL, To.FORCE: Part.HOST_FORCE}
NOTIFY_CLOCKS = {About.START: Clock.NOTIFY, About.END: Clock.NOTIFY_END}
ALERTS = {About.START: "placements.notified", About.END: "placements.ended"}
ENDED = "the placement ended"


# --- what must be told, and by when


def owe(placement: Placement, act: Act) -> None:
    """Write down whom the law and local practice have told of a placement, each with its clock.

    Nobody, where the child stays in the area of the responsible council.
    """
    if not placement.is_out_of_area or placement.area is None:
        return
    area, force_area = placement.area, placement.force_area
    for to, agency, name in (
        (To.COUNCIL, placement.host_council, area.council_name or area.name),
        (To.FORCE, placement.host_force, force_area.name if force_area else "Police force there"),
    ):
        _make(placement, About.START, to, agency, agency.name if agency else name, act)


def owe_end(placement: Placement, act: Act) -> None:
    """Write down who must be told that a placement ended: everyone who was to be told of it.

    Whoever had still to be chosen in place of an agency whose area it is not, need not be any more.
    """
    for sent_back in PlacementNotification.objects.filter(
        placement=placement, rejected_at__isnull=False
    ):
        deadlines.drop(kind=Clock.REROUTE, reference=sent_back.reference, reason=ENDED, act=act)
    started = PlacementNotification.objects.standing().filter(
        placement=placement, about=About.START
    )
    for notice in started.select_related("agency").order_by("pk"):
        _make(placement, About.END, To(notice.to), notice.agency, notice.name, act)


def _make(
    placement: Placement, about: About, to: To, agency: Agency | None, name: str, act: Act,
    replaces: PlacementNotification | None = None,
) -> PlacementNotification:  # fmt: skip
    notice = PlacementNotification.objects.create(
        child=placement.child,
        placement=placement,
        reference=unused(PlacementNotification, "PN"),
        about=about,
        to=to,
        name=name,
        agency=agency,
        replaces=replaces,
        made_at=act.now,
        due_at=replaces.due_at if replaces else due_at(placement, about),
    )
    _start_clock(notice, act)
    return notice


def due_at(placement: Placement, about: About) -> datetime:
    """Return by when the area must be told, by the law and the calendar of the council's nation."""
    nation = Nation(placement.council.nation)
    if about == About.END and placement.ended_at:
        return rules.end_notice_due_at(ended_at=placement.ended_at, nation=nation)
    return rules.notice_due_at(
        starts_at=placement.started_at or placement.arrives_at,
        is_emergency=placement.is_emergency,
        nation=nation,
    )


def _start_clock(notice: PlacementNotification, act: Act) -> None:
    placement = notice.placement
    deadlines.start(
        child=placement.child,
        agency=placement.council,
        unit=placement.unit,
        kind=NOTIFY_CLOCKS[About(notice.about)],
        reference=notice.reference,
        due_at=notice.due_at,
        act=act,
    )


def set_clocks_anew(placement: Placement, act: Act) -> None:
    """Let what is still to be told run from the time when the placement really started."""
    due = due_at(placement, About.START)
    for notice in _not_told(placement).exclude(due_at=due):
        deadlines.drop(
            kind=Clock.NOTIFY, reference=notice.reference, reason="the start was recorded", act=act
        )
        notice.due_at = due
        notice.save(update_fields=["due_at"])
        _start_clock(notice, act)


def _not_told(placement: Placement) -> Any:
    return (
        PlacementNotification.objects.not_told()
        .filter(placement=placement)
        .select_related("agency", "placement__council", "placement__child", "placement__unit")
        .order_by("pk")
        .select_for_update(of=("self",))
    )


# --- send


def send_due(placement: Placement, act: Act) -> list[PlacementNotification]:
    """Send what is still to be told to those who use this service; the child's row is locked."""
    notices = [notice for notice in _not_told(placement) if notice.agency]
    for notice in notices:
        _send(notice, act)
    if notices:
        sharing.recompute(child=placement.child, act=act)
    return notices


def _send(notice: PlacementNotification, act: Act) -> None:
    """Send one notice; call `sharing.recompute` after the last."""
    placement, host = notice.placement, notice.agency
    assert host is not None
    notice.unit = duty_unit(host, act.now)
    notice.sent_at, notice.sent_by = act.now, act.membership
    notice.sent = json.dumps(_words(notice))
    notice.version = F("version") + 1
    notice.save(update_fields=["unit", "sent_at", "sent_by", "sent", "version"])
    notice.refresh_from_db(fields=["version"])
    deadlines.meet(kind=NOTIFY_CLOCKS[About(notice.about)], reference=notice.reference, act=act)
    if notice.is_of_start:
        sharing.open_part(
            child=placement.child,
            agency=host,
            unit=notice.unit,
            part=HOST_PARTS[To(notice.to)],
            basis=Grant.Basis.PLACEMENT,
            source=placement.reference,
            act=act,
        )
        _start_answering(notice, host, act)
        _show_place_to(placement, host)
    else:
        end_host_part(notice, reason=ENDED, act=act)
    timeline.add(child=placement.child, kind=Fact.NOTIFIED, reference=notice.reference, act=act)
    raise_alert(
        kind=ALERTS[About(notice.about)],
        event=f"{ALERTS[About(notice.about)]}:{notice.reference}",
        agency_id=host.pk,
        unit_id=notice.unit_id,
        child_id=placement.child_id,
        reference=notice.reference,
        urgency=Urgency.SOON if notice.is_of_start else Urgency.ROUTINE,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.DISCLOSURE,
        verb=ALERTS[About(notice.about)],
        subjects=[placement.child_id],
        objects=[notice.reference, placement.reference],
        basis="placement",
        recipient=host.reference,
    )


def _start_answering(notice: PlacementNotification, host: Agency, act: Act) -> None:
    version = protocol.version_for(host, london_day(act.now))
    deadlines.start(
        child=notice.child,
        agency=host,
        unit=notice.unit,
        kind=Clock.ACKNOWLEDGE,
        reference=notice.reference,
        due_at=rules.acknowledgement_due_at(
            sent_at=act.now,
            working_days=protocol.value_in(version, ACKNOWLEDGE_KEY),
            nation=Nation(host.nation),
        ),
        protocol=version,
        act=act,
    )


def _show_place_to(placement: Placement, host: Agency) -> None:
    """Let whoever is told before the child arrives have the address revealed."""
    location = placement.location
    if location.audience == "case" or host.pk in location.named_agencies:
        return
    location.audience = "named"
    location.named_agencies = sorted({*location.named_agencies, host.pk})
    location.save(update_fields=["audience", "named_agencies"])


def end_host_part(notice: PlacementNotification, *, reason: str, act: Act) -> None:
    """End the part that a placement gave an agency; call `sharing.recompute` afterwards."""
    Grant.objects.filter(
        child=notice.child_id,
        agency=notice.agency_id,
        part=HOST_PARTS[To(notice.to)],
        source=notice.placement.reference,
        ended_at=None,
    ).update(ended_at=act.now, ended_by=act.membership, ended_reason=reason)
    if reason != ENDED:
        return
    started = PlacementNotification.objects.filter(
        placement=notice.placement_id, about=About.START, agency=notice.agency_id
    )
    for earlier in started:
        deadlines.drop(kind=Clock.ACKNOWLEDGE, reference=earlier.reference, reason=ENDED, act=act)
        outbox.supersede(
            events=[f"{ALERTS[About.START]}:{earlier.reference}"], reason=ENDED, act=act
        )


def _words(notice: PlacementNotification) -> dict[str, Any]:
    """Return what a notice says: the address is not in it."""
    placement = notice.placement
    child = Child.objects.prefetch_related("names").get(pk=placement.child_id)
    said: dict[str, Any] = {
        "name": child.display_name,
        "date_of_birth": child.date_of_birth.isoformat() if child.date_of_birth else "",
        "sex": child.get_sex_display(),
        "council": placement.council.name,
        "kind": placement.kind_of_home.label,
        "contact_name": placement.contact_name,
        "contact_phone": placement.contact_phone,
    }
    if not notice.is_of_start:
        assert placement.started_at
        assert placement.ended_at
        return {
            **said,
            "started_at": placement.started_at.isoformat(),
            "ended_at": placement.ended_at.isoformat(),
        }
    times = MissingEpisode.objects.filter(child=child, withdrawn_at=None)
    last = times.aggregate(last=Max("started_at"))["last"]
    said |= {
        "legal_status": _legal_status(child, placement),
        "starts_at": (placement.started_at or placement.arrives_at).isoformat(),
        "is_emergency": placement.is_emergency,
        "distance": placement.distance,
        "why_this_home": placement.why_this_home,
        "times_missing": times.count(),
        "last_missing": last.isoformat() if last else "",
    }
    if notice.to == To.FORCE:
        said["what_police_should_know"] = placement.what_police_should_know
    return said


def _legal_status(child: Child, placement: Placement) -> str:
    day = london_day(placement.started_at or placement.arrives_at)
    period = LookedAfterPeriod.objects.filter(
        Q(ends_on=None) | Q(ends_on__gt=day), child=child, starts_on__lte=day
    ).first()
    return period.legal_status if period else ""


@service(verb="placements.send_notices", operation=Operation.DISCLOSURE)
def send_notices(
    *, placement_reference: str, version: int | None, act: Act
) -> list[PlacementNotification]:
    """Send the notices of a placement that wait; those who do not use this service stay to be told.

    Raises:
        NotFound: there is no such placement, or it is hidden.
        NotPermitted: another council placed the child.
        RuleBroken: it is not approved yet, or nothing waits.
        Stale: somebody changed the placement since it was shown.
    """
    placement = locked_placement(act=act, reference=placement_reference)
    access.can_manage(act, placement).require(NotPermitted)
    waiting = PlacementNotification.objects.not_told().filter(placement=placement)
    rules.telling(
        state=placement.state,
        needed=placement.needs,
        is_known=placement.area_id is not None,
        waits=waiting.filter(agency__isnull=False).exists(),
    ).require()
    require_version(placement, version)
    return send_due(placement, act)


# --- lock


def locked_placement(*, act: Act, reference: str) -> Placement:
    """Lock the child and the placement, and return it if this person may see it now.

    Raises:
        NotFound: there is no such placement, or it is hidden.
    """
    found = whose(Placement, reference)
    if found is None:
        raise NotFound(access.HIDDEN)
    view = sharing.locked_child(act=act, reference=found)
    if not access.readable_placements(act, view).filter(reference=reference).exists():
        raise NotFound(access.HIDDEN)
    return (
        Placement.objects.select_for_update(of=("self",))
        .select_related(
            "child", "council", "unit", "provider", "location", "area", "force_area",
            "host_council", "host_force", "approval",
        )
        .get(reference=reference)
    )  # fmt: skip


def locked_notice(*, act: Act, reference: str) -> PlacementNotification:
    """Lock the child and a notice that the acting agency received, also when its part has ended.

    Raises:
        NotFound: there is no such notice, it went elsewhere, or its child is closed to this person.
    """
    found = access.own_notices(act).filter(reference=reference).values_list("child_id", flat=True)
    child_id = found.first()
    if child_id is None:
        raise NotFound(access.NO_NOTICE)
    Child.objects.select_for_update(of=("self",)).get(pk=child_id)
    return _locked(reference)


def _notice_to_manage(*, act: Act, reference: str) -> PlacementNotification:
    """Lock the child, the placement and one of its notices, for the council that placed the child.

    Raises:
        NotFound: there is no such notice, or its placement is hidden.
    """
    found = (
        PlacementNotification.objects.filter(reference=reference)
        .values_list("placement__reference", flat=True)
        .first()
    )
    if found is None:
        raise NotFound(access.NO_NOTICE)
    locked_placement(act=act, reference=found)
    return _locked(reference)


def _locked(reference: str) -> PlacementNotification:
    return (
        PlacementNotification.objects.select_for_update(of=("self",))
        .select_related(
            "child", "agency", "placement__council", "placement__unit", "placement__child",
            "placement__location", "placement__area", "placement__force_area",
            "acknowledged_by__user",
        )
        .get(reference=reference)
    )  # fmt: skip


def require_version(row: Placement | PlacementNotification, version: int | None) -> None:
    """Refuse a change that was judged on what is no longer stored; None: made without a page.

    Raises:
        Stale: somebody changed it since.
    """
    if version is not None and row.version != version:
        raise Stale("Somebody changed this while you were looking at it. Check it and try again.")


# --- the answer of whoever was told


@service(verb="placements.acknowledge", operation=Operation.ALTERATION)
def acknowledge_notice(
    *,
    notice_reference: str,
    holder: str = "",
    system_reference: str = "",
    response: str = "",
    version: int | None,
    act: Act,
) -> PlacementNotification:
    """Say for the agency that received a notice who holds it, and where it stands on their system.

    Raises:
        NotFound: it came to another agency, or does not exist.
        NotPermitted: this person does not answer for the agency.
        RuleBroken: it is answered already, or something is missing.
        Stale: somebody changed it since it was shown.
    """
    notice = locked_notice(act=act, reference=notice_reference)
    access.can_answer(act, notice).require(NotPermitted)
    _require_waiting(notice)
    rules.acknowledgement(
        is_of_start=notice.is_of_start, holder=holder, system_reference=system_reference
    ).require()
    require_version(notice, version)

    notice.acknowledged_at, notice.acknowledged_by = act.now, act.membership
    notice.holder, notice.system_reference = holder.strip(), system_reference.strip()
    notice.response = response
    notice.version = F("version") + 1
    notice.save(
        update_fields=[
            "acknowledged_at", "acknowledged_by", "holder", "system_reference", "response", "version",
        ]
    )  # fmt: skip
    notice.refresh_from_db(fields=["version"])
    deadlines.meet(kind=Clock.ACKNOWLEDGE, reference=notice.reference, act=act)
    timeline.add(child=notice.child, kind=Fact.ACKNOWLEDGED, reference=notice.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="placements.acknowledge",
        subjects=[notice.child_id],
        objects=[notice.reference],
    )
    _end_alert(notice, "the notice is acknowledged", act)
    return notice


def _when(notice: PlacementNotification) -> str:
    """Return when a notice was acknowledged, as London clocks show it."""
    assert notice.acknowledged_at is not None
    at = in_london(notice.acknowledged_at)
    return f"{at.day} {at:%B %Y} at {at:%H:%M}"


def _require_waiting(notice: PlacementNotification) -> None:
    """Refuse a second answer, and say who was first.

    Raises:
        RuleBroken: it is answered already, or not needed any more.
    """
    by = notice.acknowledged_by
    if by:
        raise RuleBroken(
            f"{by.user.full_name} has already acknowledged this notice, on {_when(notice)}."
        )
    rules.answering(state=notice.state).require()


def _end_alert(notice: PlacementNotification, reason: str, act: Act) -> None:
    event = f"{ALERTS[About(notice.about)]}:{notice.reference}"
    outbox.supersede(events=[event], reason=reason, act=act)


@service(verb="placements.send_back", operation=Operation.ALTERATION)
def reject_notice(
    *, notice_reference: str, reason: str, version: int | None, act: Act
) -> PlacementNotification:
    """Say that a notice is not this agency's: its part ends at once, and the council is told.

    Raises:
        NotFound: it came to another agency, or does not exist.
        NotPermitted: this person does not answer for the agency.
        RuleBroken: it is answered already, tells of an end, or no reason is given.
        Stale: somebody changed it since it was shown.
    """
    notice = locked_notice(act=act, reference=notice_reference)
    access.can_answer(act, notice).require(NotPermitted)
    _require_waiting(notice)
    rules.not_theirs(is_of_start=notice.is_of_start, reason=reason).require()
    require_version(notice, version)

    notice.rejected_at, notice.rejected_by = act.now, act.membership
    notice.rejected_reason = reason
    notice.version = F("version") + 1
    notice.save(update_fields=["rejected_at", "rejected_by", "rejected_reason", "version"])
    notice.refresh_from_db(fields=["version"])
    placement = notice.placement
    deadlines.drop(kind=Clock.ACKNOWLEDGE, reference=notice.reference, reason="sent back", act=act)
    if placement.is_over:
        _drop_end_notice(notice, act)
    else:
        deadlines.start(
            child=notice.child,
            agency=placement.council,
            unit=placement.unit,
            kind=Clock.REROUTE,
            reference=notice.reference,
            due_at=notice.due_at,
            act=act,
        )
    end_host_part(notice, reason="it is not theirs", act=act)
    _hide_place_from(placement, notice)
    sharing.recompute(child=notice.child, act=act)
    timeline.add(child=notice.child, kind=Fact.NOT_THEIRS, reference=notice.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="placements.send_back",
        subjects=[notice.child_id],
        objects=[notice.reference],
    )
    _end_alert(notice, "the notice was sent back", act)
    raise_alert(
        kind="placements.sent_back",
        event=f"placements.sent_back:{notice.reference}",
        agency_id=placement.council_id,
        unit_id=placement.unit_id,
        child_id=notice.child_id,
        reference=notice.reference,
        urgency=Urgency.SOON,
        act=act,
    )
    return notice


def _drop_end_notice(notice: PlacementNotification, act: Act) -> None:
    """Take back that an agency is to be told of an end, when the start was not theirs."""
    waiting = PlacementNotification.objects.not_told().filter(
        placement=notice.placement, about=About.END, to=notice.to
    )
    for end in waiting.select_for_update(of=("self",)):
        end.dropped_at = act.now
        end.version = F("version") + 1
        end.save(update_fields=["dropped_at", "version"])
        deadlines.drop(
            kind=Clock.NOTIFY_END, reference=end.reference, reason="it is not theirs", act=act
        )


def _hide_place_from(placement: Placement, notice: PlacementNotification) -> None:
    location = placement.location
    if location.audience == "named":
        location.named_agencies = [
            key for key in location.named_agencies if key != notice.agency_id
        ]
        location.save(update_fields=["named_agencies"])


# --- what the council does about a notice


@service(verb="placements.reroute", operation=Operation.DISCLOSURE)
def reroute_notice(
    *,
    notice_reference: str,
    agency_reference: str = "",
    name: str = "",
    version: int | None,
    act: Act,
) -> PlacementNotification:
    """Tell somebody else in place of who sent a notice back; the law's clock goes on as it was.

    Without an agency, `name` says who must be told by hand.

    Raises:
        NotFound: there is no such notice or agency.
        NotPermitted: another council placed the child.
        RuleBroken: nobody sent it back, somebody was chosen already, or nobody is chosen.
        Stale: somebody changed it since it was shown.
    """
    notice = _notice_to_manage(act=act, reference=notice_reference)
    placement = notice.placement
    access.can_manage(act, placement).require(NotPermitted)
    rules.rerouting(
        state=notice.state, is_replaced=notice.is_rerouted, is_over=placement.is_over
    ).require()
    agency = _agency_to_tell(notice, agency_reference)
    if agency is None and not name.strip():
        raise RuleBroken("Choose who must be told.", "agency")
    require_version(notice, version)

    field = "host_force" if notice.to == To.FORCE else "host_council"
    setattr(placement, field, agency)
    placement.version = F("version") + 1
    placement.save(update_fields=[field, "version"])
    placement.refresh_from_db(fields=["version"])
    deadlines.meet(kind=Clock.REROUTE, reference=notice.reference, act=act)
    chosen = _make(
        placement, About.START, To(notice.to), agency, agency.name if agency else name.strip(), act,
        replaces=notice,
    )  # fmt: skip
    if agency:
        _send(chosen, act)
        sharing.recompute(child=notice.child, act=act)
    log.record(
        act=act,
        operation=Operation.DISCLOSURE if agency else Operation.ALTERATION,
        verb="placements.reroute",
        subjects=[notice.child_id],
        objects=[notice.reference, chosen.reference],
        recipient=agency.reference if agency else "",
    )
    return chosen


def _agency_to_tell(notice: PlacementNotification, reference: str) -> Agency | None:
    """Return the agency chosen, of the kind that the notice is for.

    Raises:
        NotFound: there is no such agency.
    """
    if not reference:
        return None
    for agency in queries.agencies_to_tell(notice):
        if agency.reference == reference:
            return agency
    raise NotFound("There is no such agency.")


@service(verb="placements.told_by_hand", operation=Operation.DISCLOSURE)
def record_told_by_hand(
    *,
    notice_reference: str,
    whom: str,
    how: PlacementNotification.How,
    told_at: datetime,
    version: int | None,
    act: Act,
) -> PlacementNotification:
    """Write down that somebody was told by telephone, email or letter: who, how and when.

    `told_at` is an aware instant.

    Raises:
        NotFound: there is no such notice, or its placement is hidden.
        NotPermitted: another council placed the child.
        RuleBroken: they were told already, nobody is named, or the time is to come.
        Stale: somebody changed it since it was shown.
    """
    notice = _notice_to_manage(act=act, reference=notice_reference)
    access.can_manage(act, notice.placement).require(NotPermitted)
    rules.by_hand(state=notice.state, start_waits=queries.start_waits(notice)).require()
    if not whom.strip():
        raise RuleBroken("Say whom you told.", "whom")
    rules.told_by_hand(told_at=told_at, now=act.now).require()
    require_version(notice, version)

    notice.told_at, notice.told_by = told_at, act.membership
    notice.told_how, notice.told_whom = how, whom.strip()
    notice.version = F("version") + 1
    notice.save(update_fields=["told_at", "told_by", "told_how", "told_whom", "version"])
    notice.refresh_from_db(fields=["version"])
    deadlines.meet(kind=NOTIFY_CLOCKS[About(notice.about)], reference=notice.reference, act=act)
    if not notice.is_of_start and notice.agency_id:
        end_host_part(notice, reason=ENDED, act=act)
        sharing.recompute(child=notice.child, act=act)
    timeline.add(
        child=notice.child,
        kind=Fact.TOLD_BY_HAND,
        reference=notice.reference,
        happened_at=told_at,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.DISCLOSURE,
        verb="placements.told_by_hand",
        subjects=[notice.child_id],
        objects=[notice.reference],
        basis=how,
        recipient=notice.agency.reference if notice.agency else "",
    )
    return notice


def drop_all(placement: Placement, *, reason: str, act: Act) -> None:
    """Take back what was to be told of a placement that will not be, and tell those who know.

    Parts end; call this with the child's row locked.
    """
    notices = (
        PlacementNotification.objects.standing()
        .filter(placement=placement)
        .select_related("agency", "placement")
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    for notice in notices:
        state = notice.state
        notice.dropped_at = act.now
        notice.version = F("version") + 1
        notice.save(update_fields=["dropped_at", "version"])
        deadlines.drop(kind=Clock.NOTIFY, reference=notice.reference, reason=reason, act=act)
        deadlines.drop(kind=Clock.ACKNOWLEDGE, reference=notice.reference, reason=reason, act=act)
        if state in {NoticeState.SENT, NoticeState.ACKNOWLEDGED}:
            end_host_part(notice, reason=reason, act=act)
            _end_alert(notice, reason, act)
            raise_alert(
                kind="placements.withdrawn",
                event=f"placements.withdrawn:{notice.reference}",
                agency_id=notice.agency_id or 0,
                unit_id=notice.unit_id,
                child_id=notice.child_id,
                reference=notice.reference,
                urgency=Urgency.SOON,
                act=act,
            )
    for sent_back in PlacementNotification.objects.filter(
        placement=placement, rejected_at__isnull=False
    ):
        deadlines.drop(kind=Clock.REROUTE, reference=sent_back.reference, reason=reason, act=act)
    sharing.recompute(child=placement.child, act=act)
