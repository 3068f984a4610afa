"""Report a child missing, and accept the report."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from cases import access, queries, rules
from cases.events import child_reported, report_accepted
from cases.models import (
    Child,
    Grant,
    Involvement,
    Location,
    MatchQuestion,
    MissingEpisode,
    Report,
)
from cases.rules import Audience, Clock, Fact, Known, Match, Part
from cases.services import children, deadlines, sharing, timeline
from cases.services.children import Described
from cases.services.references import unused
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind, Area, Unit
from missingchildren.agencies.postcodes import MalformedPostcode
from missingchildren.agencies.queries import agency_answering_for, duty_unit
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core import clock
from missingchildren.core.clock import Precision, elapsed
from missingchildren.core.names import search_form
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a child was last seen: at the reporter's own address, or somewhere with a postcode.

    `force_reference` is the force that a person chose where the postcode cannot say.
    """

    is_own_address: bool = False
    description: str = ""
    postcode: str = ""
    force_reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Reported:
    """What a reporter says. Times are aware instants; texts and identifiers are clean."""

    child_reference: str = ""
    described: Described | None = None
    last_seen_at: datetime
    last_seen_precision: Precision = Precision.EXACT
    place: Place
    why_worried: str
    done_so_far: str = ""
    contact_name: str
    contact_phone: str


@service(verb="cases.report", operation=Operation.COLLECTION)
def report_missing(*, reported: Reported, token: UUID | None, act: Act) -> Report:
    """Record that a child is missing and tell the force; the same token counts once.

    Opens an episode, or joins the one that is open. A certain match links the report to the
    child's record; an uncertain one makes a new record, and asks the likely owner's duty desk.
    The reporter cannot tell which.

    Raises:
        NotPermitted: the agency does not report here.
        NotFound: the child chosen is hidden.
        RuleBroken: the time is impossible, or no force that uses this service answers there.
    """
    earlier = submissions.earlier_result(token=token, act=act, operation="cases.report")
    if earlier:
        log.record(act=act, operation=Operation.COLLECTION, verb="cases.report", objects=[earlier])
        return Report.objects.get(reference=earlier)
    access.can_report(act).require(NotPermitted)
    agency = act.own_agency
    told, force = _force_told(reported.place, agency, act)
    child, doubtful = _child_of(reported, act)
    rules.last_seen_time(
        last_seen_at=reported.last_seen_at,
        born_before=clock.start_of_day(child.date_of_birth) if child.date_of_birth else None,
        now=act.now,
    ).require()

    episode, is_new = _episode_of(child, reported, force, act)
    lead = episode.lead_force or force
    report = Report.objects.create(
        child=child,
        episode=episode,
        reference=unused(Report, "RP"),
        owner=agency,
        audience=Audience.CASE,
        recorded_at=act.now,
        recorded_by=act.membership,
        name_given=_name_given(reported, child),
        told_force=lead,
        told_unit=duty_unit(lead, act.now),
        why_worried=reported.why_worried,
        done_so_far=reported.done_so_far,
        contact_name=reported.contact_name,
        contact_phone=reported.contact_phone,
        opens_record=is_new,
    )
    _record_place(report, reported, told, act)
    _open_parts(report, agency, act)
    _ask_about_matches(child, doubtful, act)
    timeline.add(
        child=child,
        episode=episode,
        kind=Fact.REPORTED,
        reference=report.reference,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb="cases.report",
        subjects=[child.pk],
        objects=[report.reference, episode.reference],
        recipient=report.told_force.reference,
    )
    _tell_force(report, episode, act)
    submissions.finish(token=token, result=report.reference)
    if is_new:
        child_reported.send(sender=MissingEpisode, episode=episode, act=act)
    return report


def _force_told(place: Place, agency: Agency, act: Act) -> tuple[queries.ForceTold, Agency]:
    """Return what is known of the place, and the force to tell.

    Raises:
        RuleBroken: nobody can say which, or it does not use this service.
    """
    today = clock.london_day(act.now)
    if place.force_reference:
        chosen = Agency.objects.active().filter(
            reference=place.force_reference, kind=AgencyKind.FORCE
        )
        told = queries.ForceTold(chosen.first(), None, None, "Choose a police force from the list.")
    elif place.is_own_address:
        told = queries.force_of_agency(agency, on=today)
    else:
        try:
            told = queries.force_for_postcode(place.postcode, on=today)
        except MalformedPostcode as malformed:
            raise RuleBroken(malformed.reason, "postcode") from malformed
    if told.force is None:
        raise RuleBroken(
            f"{told.reason} Choose the police force, or ring 101, or 999 if the child is in danger.",
            "force",
        )
    return told, told.force


def _child_of(reported: Reported, act: Act) -> tuple[Child, list[Child]]:
    """Return the locked record the report is about, and records it may be about.

    Raises:
        NotFound: the child chosen is hidden.
        RuleBroken: nobody is named.
    """
    if reported.child_reference:
        view = sharing.locked_child(act=act, reference=reported.child_reference)
        return view.child, []
    described = reported.described
    if described is None:
        raise RuleBroken("Say who is missing.", "child")
    known = Known(
        names=frozenset({search_form(f"{described.given_names} {described.family_name}")}),
        date_of_birth=None if described.is_birth_estimated else described.date_of_birth,
        identifiers=frozenset(described.identifiers),
    )
    judged = queries.candidates(known)
    certain = [child for child, how in judged if how == Match.CERTAIN]
    if len(certain) == 1:
        child = Child.objects.select_for_update(of=("self",)).get(pk=certain[0].pk)
        return child, []
    child = children.record_child(described=described, recording_agency=act.own_agency, act=act)
    return child, [candidate for candidate, _ in judged]


def _episode_of(
    child: Child, reported: Reported, force: Agency, act: Act
) -> tuple[MissingEpisode, bool]:
    """Return the episode that is open, or a new one."""
    current = child.episodes.open().select_related("lead_force").first()
    if current:
        return current, False
    last = child.episodes.filter(withdrawn_at=None).order_by("-started_at").first()
    ended_at = last and (last.located_at or last.returned_at)
    if ended_at and reported.last_seen_at < ended_at:
        raise RuleBroken(
            "This child was found after that time. Say when they were last seen since then.",
            "last_seen",
        )
    episode = MissingEpisode.objects.create(
        child=child,
        reference=unused(MissingEpisode, "ME"),
        started_at=rules.episode_start(left_at=None, last_seen_at=reported.last_seen_at),
        started_precision=reported.last_seen_precision,
        last_seen_at=reported.last_seen_at,
        last_seen_precision=reported.last_seen_precision,
        reported_at=act.now,
        lead_force=force,
    )
    child.listed_at = act.now
    child.missing_since = episode.started_at
    child.save(update_fields=["listed_at", "missing_since"])
    return episode, True


def _name_given(reported: Reported, child: Child) -> str:
    """Return the child's name as the reporter knows it: typed, or chosen from their own list."""
    if reported.described:
        given, family = reported.described.given_names, reported.described.family_name
        return f"{given} {family}".strip()
    return child.display_name


def _record_place(report: Report, reported: Reported, told: queries.ForceTold, act: Act) -> None:
    """Keep where the child was last seen, in the table of places alone."""
    place = reported.place
    Location.objects.create(
        child=report.child,
        episode=report.episode,
        reference=unused(Location, "LO"),
        kind=Location.Kind.LAST_SEEN,
        owner=act.own_agency,
        audience=Audience.CASE,
        recorded_at=act.now,
        recorded_by=act.membership,
        place=json.dumps(
            {
                "description": act.own_agency.name if place.is_own_address else place.description,
                "postcode": place.postcode,
            }
        ),
        authority_code=told.authority.code if told.authority else "",
        force_code=told.force_area.code if told.force_area else "",
        at=reported.last_seen_at,
    )


def _open_parts(report: Report, reporter: Agency, act: Act) -> None:
    """Open the parts that a report makes: the lead force, the reporter, who is responsible."""
    child, source = report.child, report.episode.reference
    sharing.open_part(
        child=child,
        agency=report.told_force,
        unit=report.told_unit,
        part=Part.LEAD_FORCE,
        basis=Grant.Basis.LEAD,
        source=source,
        act=act,
    )
    has_part = Grant.objects.live(act.now).filter(child=child, agency=reporter).exists()
    if not has_part:
        sharing.open_part(
            child=child,
            agency=reporter,
            part=rules.PART_OF_REPORTER[reporter.kind],
            basis=Grant.Basis.REPORT,
            source=source,
            act=act,
        )
    council = queries.responsible_council(child, clock.london_day(act.now))
    if council:
        sharing.open_part(
            child=child,
            agency=council,
            unit=duty_unit(council, act.now),
            part=Part.RESPONSIBLE_COUNCIL,
            basis=Grant.Basis.RESPONSIBILITY,
            source=source,
            act=act,
        )
    sharing.recompute(child=child, act=act)


def _ask_about_matches(child: Child, doubtful: list[Child], act: Act) -> None:
    """Ask the likely owner of each similar record whether it is the same child."""
    for candidate in doubtful:
        owner = (
            queries.responsible_council(candidate, clock.london_day(act.now))
            or candidate.recording_agency
        )
        unit = duty_unit(owner, act.now)
        version = protocol.version_for(owner, clock.london_day(act.now))
        minutes = protocol.value_in(version, "match_task_minutes")
        question = MatchQuestion.objects.create(
            reference=unused(MatchQuestion, "TK"),
            child=child,
            candidate=candidate,
            agency=owner,
            unit=unit,
            asked_at=act.now,
        )
        deadlines.start(
            child=candidate,
            agency=owner,
            unit=unit,
            kind=Clock.MATCH_QUESTION,
            reference=question.reference,
            due_at=elapsed(act.now, timedelta(minutes=minutes)),
            protocol=version,
            act=act,
        )
        raise_alert(
            kind="cases.match_question",
            event=f"match_question:{question.reference}",
            agency_id=owner.pk,
            unit_id=unit.pk if unit else None,
            child_id=candidate.pk,
            reference=question.reference,
            urgency=Urgency.URGENT,
            act=act,
        )


def _tell_force(report: Report, episode: MissingEpisode, act: Act) -> None:
    """Alert the duty desk of the force, and start its clock."""
    force = report.told_force
    if not episode.accepted_at:
        version = protocol.version_for(force, clock.london_day(act.now))
        minutes = protocol.value_in(version, "unread_warning_minutes")
        deadlines.start(
            child=episode.child,
            agency=force,
            unit=report.told_unit,
            kind=Clock.ACCEPT_REPORT,
            reference=episode.reference,
            due_at=elapsed(act.now, timedelta(minutes=minutes)),
            protocol=version,
            act=act,
        )
    raise_alert(
        kind="cases.report_received",
        event=f"report_received:{report.reference}",
        agency_id=force.pk,
        unit_id=report.told_unit_id,
        child_id=episode.child_id,
        reference=episode.reference,
        urgency=Urgency.IMMEDIATE,
        act=act,
    )


@service(verb="cases.accept_report", operation=Operation.ALTERATION)
def accept_report(
    *, episode_reference: str, police_reference: str, version: int | None, act: Act
) -> MissingEpisode:
    """Accept a report for the force: from now on it counts as made, and everyone is told.

    Raises:
        NotFound: there is no such episode, or its child is hidden.
        NotPermitted: another force was told, or this person's role does not accept reports.
        RuleBroken: it is accepted or withdrawn already, or no reference is given.
        Stale: somebody changed the episode since it was shown.
    """
    episode = locked_episode(act=act, reference=episode_reference)
    access.can_accept(act, episode).require(NotPermitted)
    rules.acceptance(
        accepted_at=episode.accepted_at,
        located_at=episode.located_at,
        withdrawn_at=episode.withdrawn_at,
    ).require()
    if not police_reference.strip():
        raise RuleBroken("Enter the police reference.", "police_reference")
    require_version(episode, version)

    episode.accepted_at, episode.accepted_by = act.now, act.membership
    episode.police_reference = police_reference.strip()
    episode.version = F("version") + 1
    episode.save(update_fields=["accepted_at", "accepted_by", "police_reference", "version"])
    episode.refresh_from_db(fields=["version"])
    deadlines.meet(kind=Clock.ACCEPT_REPORT, reference=episode.reference, act=act)
    timeline.add(
        child=episode.child,
        episode=episode,
        kind=Fact.ACCEPTED,
        reference=episode.reference,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="cases.accept_report",
        subjects=[episode.child_id],
        objects=[episode.reference],
    )
    _tell_everyone(episode, act)
    report_accepted.send(sender=MissingEpisode, episode=episode, act=act)
    return episode


def locked_episode(*, act: Act, reference: str) -> MissingEpisode:
    """Lock the child and the episode, and return it if this person may see the child now.

    Raises:
        NotFound: there is no such episode, or its child is hidden.
    """
    found = access.whose(MissingEpisode, reference)
    if found is None:
        raise NotFound(access.HIDDEN)
    sharing.locked_child(act=act, reference=found)
    return (
        MissingEpisode.objects.select_for_update(of=("self",))
        .select_related("child", "lead_force")
        .get(reference=reference)
    )


def require_version(row: MissingEpisode, version: int | None) -> None:
    """Refuse a change that was judged on what is no longer stored; None: made without a page.

    Raises:
        Stale: somebody changed it since.
    """
    if version is not None and row.version != version:
        raise Stale("Somebody changed this while you were looking at it. Check it and try again.")


def _tell_everyone(episode: MissingEpisode, act: Act) -> None:
    """Tell and ask every agency that an accepted report concerns."""
    told: list[tuple[Agency, Unit | None, Part | None, Grant.Basis, str, Urgency]] = []
    today = clock.london_day(act.now)
    child = episode.child
    council = queries.responsible_council(child, today)
    if council:
        told.append(
            (council, duty_unit(council, act.now), Part.RESPONSIBLE_COUNCIL,
             Grant.Basis.RESPONSIBILITY, "cases.child_missing", Urgency.IMMEDIATE)
        )  # fmt: skip
        home_force = queries.force_of_agency(council, on=today).force
        if home_force and home_force != episode.lead_force:
            told.append(
                (home_force, duty_unit(home_force, act.now), Part.HOME_FORCE,
                 Grant.Basis.REPORT, "cases.child_missing", Urgency.SOON)
            )  # fmt: skip
    host = _host_council(episode, council, act)
    if host:
        told.append(
            (host, duty_unit(host, act.now), Part.HOST_COUNCIL,
             Grant.Basis.REPORT, "cases.child_missing", Urgency.SOON)
        )  # fmt: skip
    for involvement in (
        Involvement.objects.live(act.now).filter(child=child).select_related("agency", "unit")
    ):
        part = rules.PART_OF_ASKED.get(involvement.capacity)
        if part:
            told.append(
                (involvement.agency, involvement.unit, part, Grant.Basis.QUESTION,
                 "cases.question_asked", Urgency.SOON)
            )  # fmt: skip
    for report in episode.reports.select_related("owner"):
        told.append(
            (report.owner, None, None, Grant.Basis.REPORT, "cases.report_accepted", Urgency.URGENT)
        )
    for agency, unit, part, basis, kind, urgency in told:
        if part:
            sharing.open_part(
                child=child, agency=agency, unit=unit, part=part, basis=basis,
                source=episode.reference, act=act,
            )  # fmt: skip
        raise_alert(
            kind=kind,
            event=f"{kind}:{episode.reference}",
            agency_id=agency.pk,
            unit_id=unit.pk if unit else None,
            child_id=child.pk,
            reference=episode.reference,
            urgency=urgency,
            act=act,
        )
        log.record(
            act=act,
            operation=Operation.DISCLOSURE,
            verb=kind,
            subjects=[child.pk],
            objects=[episode.reference],
            basis=basis,
            recipient=agency.reference,
        )
    sharing.recompute(child=child, act=act)


def _host_council(episode: MissingEpisode, responsible: Agency | None, act: Act) -> Agency | None:
    """Return the council where the child was last seen, if it is not the responsible one."""
    place = episode.locations.exclude(authority_code="").order_by("pk").first()
    area = Area.objects.filter(code=place.authority_code).first() if place else None
    council = agency_answering_for(area, clock.london_day(act.now)) if area else None
    return council if council and council != responsible else None
