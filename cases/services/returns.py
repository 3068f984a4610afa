"""Record that a child is located, what they said to the police then, and that they are back."""

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F

from cases import access, queries, rules
from cases.events import child_located, child_returned
from cases.models import (
    Grant,
    Location,
    MissingEpisode,
    PoliceNote,
    PreventionInterview,
)
from cases.rules import Audience, Clock, Fact
from cases.services import deadlines, sharing, timeline
from cases.services.references import unused
from cases.services.reports import locked_episode, require_version
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.postcodes import MalformedPostcode
from missingchildren.agencies.queries import duty_unit
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core import clock
from missingchildren.core.clock import Precision
from missingchildren.core.verdicts import NotPermitted, RuleBroken


@dataclass(frozen=True, kw_only=True)
class Found:
    """Where a child was found, as far as it is said."""

    description: str = ""
    postcode: str = ""

    def __bool__(self) -> bool:
        """Return whether anything is said."""
        return bool(self.description.strip() or self.postcode.strip())


@service(verb="cases.record_located", operation=Operation.ALTERATION)
def record_located(
    *,
    episode_reference: str,
    located_at: datetime,
    precision: Precision = Precision.EXACT,
    not_home_because: MissingEpisode.NotHome,
    not_home_words: str = "",
    found: Found = Found(),
    version: int | None,
    token: UUID | None,
    act: Act,
) -> MissingEpisode:
    """Record that the child is found but not home yet, and tell every agency on the case.

    `located_at` is an aware instant. The child is not *missing* from now on; the episode goes on
    until they are home. The place goes into the table of places alone. The same token counts once.

    Raises:
        NotFound: there is no such episode, or its child is hidden.
        NotPermitted: another force leads the search.
        RuleBroken: the time is impossible, the reason is missing, there is no such postcode, or it
            was recorded before.
        Stale: somebody changed the episode since it was shown.
    """
    episode = locked_episode(act=act, reference=episode_reference)
    if submissions.earlier_result(token=token, act=act, operation="cases.record_located"):
        _log_again(episode, act, verb="cases.record_located")
        return episode
    access.can_record_located(act, episode).require(NotPermitted)
    rules.locating(located_at=episode.located_at, withdrawn_at=episode.withdrawn_at).require()
    rules.location_time(started_at=episode.started_at, located_at=located_at, now=act.now).require()
    rules.not_home(
        is_other=not_home_because == MissingEpisode.NotHome.OTHER, words=not_home_words
    ).require()
    told = _area_of(found, act)
    require_version(episode, version)

    episode.located_at, episode.located_precision = located_at, precision
    episode.located_recorded_by = act.membership
    episode.not_home_because = not_home_because
    episode.not_home_words = not_home_words.strip()
    episode.version = F("version") + 1
    episode.save(
        update_fields=[
            "located_at", "located_precision", "located_recorded_by", "not_home_because",
            "not_home_words", "version",
        ]
    )  # fmt: skip
    episode.refresh_from_db(fields=["version"])
    if found:
        _record_place(episode, found, told, act)
    _end_missing(episode, act)
    timeline.add(
        child=episode.child,
        episode=episode,
        kind=Fact.LOCATED,
        reference=episode.reference,
        happened_at=located_at,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="cases.record_located",
        subjects=[episode.child_id],
        objects=[episode.reference],
    )
    _tell_everyone(episode, act, kind="cases.child_located")
    submissions.finish(token=token, result=episode.reference)
    child_located.send(sender=MissingEpisode, episode=episode, act=act)
    return episode


@service(verb="cases.record_return", operation=Operation.ALTERATION)
def record_return(
    *,
    episode_reference: str,
    returned_at: datetime,
    precision: Precision = Precision.EXACT,
    version: int | None,
    act: Act,
) -> MissingEpisode:
    """Record that the child is back home or in a new home, and tell every agency on the case.

    `returned_at` is an aware instant. A child who was not located before was located by coming
    back. The parts that questions opened end with it, and so does an earlier episode from which
    the child went missing again before they were home.

    Raises:
        NotFound: there is no such episode, or its child is hidden.
        NotPermitted: another force leads the search.
        RuleBroken: the time is impossible, a return is already recorded, or the child has gone
            missing again.
        Stale: somebody changed the episode since it was shown.
    """
    episode = locked_episode(act=act, reference=episode_reference)
    access.can_record_return(act, episode).require(NotPermitted)
    rules.returning(
        returned_at=episode.returned_at,
        withdrawn_at=episode.withdrawn_at,
        is_missing_again=queries.later_episodes(episode).exists(),
    ).require()
    rules.return_time(
        started_at=episode.started_at,
        located_at=episode.located_at,
        returned_at=returned_at,
        now=act.now,
    ).require()
    require_version(episode, version)

    comes_straight_back = episode.located_at is None
    _set_returned(episode, returned_at, precision, act)
    if comes_straight_back:
        _end_missing(episode, act)
    earlier = list(queries.earlier_not_home(episode).select_for_update(of=("self",)))
    for before in earlier:
        _set_returned(before, returned_at, precision, act)
    for ended in (*earlier, episode):
        timeline.add(
            child=episode.child,
            episode=ended,
            kind=Fact.RETURNED,
            reference=ended.reference,
            happened_at=returned_at,
            act=act,
        )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="cases.record_return",
        subjects=[episode.child_id],
        objects=[ended.reference for ended in (*earlier, episode)],
    )
    _tell_everyone(episode, act, kind="cases.child_returned")
    for ended in (*earlier, episode):
        _end_questions(ended, act)
    sharing.recompute(child=episode.child, act=act, keeps_clocks=True)
    if comes_straight_back:
        child_located.send(sender=MissingEpisode, episode=episode, act=act)
    for ended in (*earlier, episode):
        child_returned.send(sender=MissingEpisode, episode=ended, act=act)
    sharing.stop_unseen(child=episode.child, act=act)
    return episode


@service(verb="cases.record_prevention_interview", operation=Operation.COLLECTION)
def record_prevention_interview(
    *,
    episode_reference: str,
    how: PreventionInterview.How,
    held_at: datetime | None,
    text: str,
    audience: Audience = Audience.STATUTORY,
    police_only: str = "",
    token: UUID | None,
    act: Act,
) -> PreventionInterview:
    """Record the police's talk with a child who was found, or why there was none: once per episode.

    `held_at` is an aware instant, None where no talk was held. `police_only` is kept apart, for
    the force that wrote it. The same token counts once.

    Raises:
        NotFound: there is no such episode, or its child is hidden.
        NotPermitted: another force led the search.
        RuleBroken: the child is not located, it was recorded before, the time is impossible, or
            nothing is said.
    """
    episode = locked_episode(act=act, reference=episode_reference)
    earlier = submissions.earlier_result(
        token=token, act=act, operation="cases.record_prevention_interview"
    )
    if earlier:
        _log_again(episode, act, verb="cases.record_prevention_interview")
        return PreventionInterview.objects.get(reference=earlier)
    access.can_record_prevention_interview(act, episode).require(NotPermitted)
    rules.prevention_interview(
        located_at=episode.located_at,
        closed_at=episode.closed_at,
        is_recorded=PreventionInterview.objects.filter(episode=episode).exists(),
    ).require()
    is_held = how != PreventionInterview.How.NOT_HELD
    rules.prevention_interview_time(
        is_held=is_held,
        held_at=held_at,
        located_at=episode.located_at or episode.started_at,
        now=act.now,
    ).require()
    if not text.strip():
        raise RuleBroken(
            "Say what you learned." if is_held else "Say why there was no interview.", "text"
        )

    interview = PreventionInterview.objects.create(
        child=episode.child,
        episode=episode,
        reference=unused(PreventionInterview, "PI"),
        owner=act.own_agency,
        audience=audience,
        recorded_at=act.now,
        recorded_by=act.membership,
        how=how,
        held_at=held_at if is_held else None,
        text=text,
    )
    if police_only.strip():
        PoliceNote.objects.create(
            child=episode.child,
            episode=episode,
            reference=unused(PoliceNote, "PN"),
            owner=act.own_agency,
            audience=Audience.OWN,
            is_police_only=True,
            recorded_at=act.now,
            recorded_by=act.membership,
            subject_reference=interview.reference,
            text=police_only,
        )
    deadlines.meet(kind=Clock.PREVENTION_INTERVIEW, reference=episode.reference, act=act)
    timeline.add(
        child=episode.child,
        episode=episode,
        kind=Fact.PREVENTION_INTERVIEW,
        reference=interview.reference,
        happened_at=interview.held_at or act.now,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb="cases.record_prevention_interview",
        subjects=[episode.child_id],
        objects=[episode.reference, interview.reference],
    )
    submissions.finish(token=token, result=interview.reference)
    return interview


def _log_again(episode: MissingEpisode, act: Act, *, verb: str) -> None:
    """Leave the line of an act that was sent twice and counts once."""
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb=verb,
        subjects=[episode.child_id],
        objects=[episode.reference],
    )


def _set_returned(
    episode: MissingEpisode, returned_at: datetime, precision: Precision, act: Act
) -> None:
    """Write the return; one who was not located before was located by it."""
    episode.returned_at, episode.return_recorded_by = returned_at, act.membership
    episode.returned_precision = precision
    if episode.located_at is None:
        episode.located_at, episode.located_precision = returned_at, precision
        episode.located_recorded_by = act.membership
    episode.version = F("version") + 1
    episode.save(
        update_fields=[
            "returned_at", "return_recorded_by", "returned_precision", "located_at",
            "located_precision", "located_recorded_by", "version",
        ]
    )  # fmt: skip
    episode.refresh_from_db(fields=["version"])


def _end_missing(episode: MissingEpisode, act: Act) -> None:
    """Let the child be missing no more, and start the clock of the prevention interview."""
    child, force = episode.child, episode.lead_force
    child.missing_since = None
    child.save(update_fields=["missing_since"])
    deadlines.meet(kind=Clock.ACCEPT_REPORT, reference=episode.reference, act=act)
    if force is None or episode.located_at is None:
        return
    version = protocol.version_for(force, clock.london_day(act.now))
    deadlines.start(
        child=child,
        agency=force,
        unit=duty_unit(force, act.now),
        kind=Clock.PREVENTION_INTERVIEW,
        reference=episode.reference,
        due_at=rules.prevention_interview_due_at(
            located_at=episode.located_at,
            hours=protocol.value_in(version, "prevention_interview_hours"),
        ),
        protocol=version,
        act=act,
    )


def _area_of(found: Found, act: Act) -> queries.ForceTold | None:
    """Return whose area the place lies in, None where no postcode is said.

    Raises:
        RuleBroken: it is not a postcode.
    """
    if not found.postcode.strip():
        return None
    try:
        return queries.force_for_postcode(found.postcode, on=clock.london_day(act.now))
    except MalformedPostcode as malformed:
        raise RuleBroken(malformed.reason, "postcode") from malformed


def _record_place(
    episode: MissingEpisode, found: Found, told: queries.ForceTold | None, act: Act
) -> None:
    """Keep where the child was found, in the table of places alone."""
    Location.objects.create(
        child=episode.child,
        episode=episode,
        reference=unused(Location, "LO"),
        kind=Location.Kind.FOUND,
        owner=act.own_agency,
        audience=Audience.CASE,
        recorded_at=act.now,
        recorded_by=act.membership,
        place=json.dumps({"description": found.description, "postcode": found.postcode}),
        authority_code=told.authority.code if told and told.authority else "",
        force_code=told.force_area.code if told and told.force_area else "",
        at=episode.located_at,
    )


def _tell_everyone(episode: MissingEpisode, act: Act, *, kind: str) -> None:
    """Tell each agency that has a part, and each of its units that has, but one's own."""
    grants = Grant.objects.live(act.now).filter(child=episode.child).select_related("agency")
    told: set[tuple[int, int | None]] = set()
    for grant in grants.order_by("pk"):
        if grant.agency_id == act.agency_id or (grant.agency_id, grant.unit_id) in told:
            continue
        told.add((grant.agency_id, grant.unit_id))
        raise_alert(
            kind=kind,
            event=f"{kind.removeprefix('cases.')}:{episode.reference}",
            agency_id=grant.agency_id,
            unit_id=grant.unit_id,
            child_id=episode.child_id,
            reference=episode.reference,
            urgency=Urgency.SOON,
            act=act,
        )
        log.record(
            act=act,
            operation=Operation.DISCLOSURE,
            verb=kind,
            subjects=[episode.child_id],
            objects=[episode.reference],
            basis=grant.basis,
            recipient=grant.agency.reference,
        )


def _end_questions(episode: MissingEpisode, act: Act) -> None:
    """End what the questions of this episode opened."""
    Grant.objects.filter(
        child=episode.child,
        source=episode.reference,
        basis=Grant.Basis.QUESTION,
        ended_at=None,
    ).update(ended_at=act.now, ended_reason="the child is back")


def register_own() -> None:
    """Register the time that a force may settle for itself."""
    protocol.register(
        protocol.Key(
            name="prevention_interview_hours",
            default=24,
            parse=protocol.whole_number(least=1, most=72),
            source="Practice: the police speak with a child as soon as possible after they are "
            "found; no law fixes a time.",
            description="Hours after a child is located in which the prevention interview is "
            "recorded.",
        )
    )
