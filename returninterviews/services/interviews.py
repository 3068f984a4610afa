"""Open an interview when a child is found, start its clock, and settle who sees to it and holds it."""

from uuid import UUID

from django.db.models import F

from cases.access import HIDDEN, agency_opens
from cases.models import Child, Grant, MissingEpisode
from cases.models.work import PART_ENDED
from cases.rules import Part
from cases.services import deadlines, sharing, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind, Unit
from missingchildren.agencies.queries import duty_unit
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.clock import elapsed, london_day
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from returninterviews import access, queries, rules
from returninterviews.access import InterviewView
from returninterviews.models import Interview, InterviewEpisode, Summary
from returninterviews.rules import Clock, Fact


@service(verb="returninterviews.open", operation=Operation.COLLECTION)
def open_interview(*, episode: MissingEpisode, act: Act) -> Interview | None:
    """Open the interview that is owed after an episode, or let the episode join one that is open.

    None is owed to a child who has died or is 18. The child's row is locked by whoever announced
    that the child was located or came back; a return starts the 72 hours.
    """
    existing = Interview.objects.filter(covers__episode=episode).first()
    interview = existing or _joined_or_new(episode, act)
    if interview is None:
        log.record(
            act=act,
            operation=Operation.COLLECTION,
            verb="returninterviews.open",
            subjects=[episode.child_id],
            objects=[episode.reference],
            basis="not owed",
        )
        return None
    if episode.returned_at and interview.clock_started_at is None and not interview.outcome:
        _start_clock(interview, episode, act)
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb="returninterviews.open",
        subjects=[episode.child_id],
        objects=[interview.reference, episode.reference],
    )
    return interview


def _joined_or_new(episode: MissingEpisode, act: Act) -> Interview | None:
    """Return the child's open interview, which now covers the episode too, or a new one."""
    child = Child.objects.get(pk=episode.child_id)
    owed = rules.interview_owed(
        born_on=child.date_of_birth,
        died_on=child.died_on,
        on=london_day(episode.returned_at or act.now),
    )
    if not owed:
        return None
    opened = (
        Interview.objects.select_for_update(of=("self",))
        .filter(child=child, outcome="")
        .order_by("-opened_at")
        .first()
    )
    interview = opened or _new(child, episode, act)
    InterviewEpisode.objects.create(child=child, interview=interview, episode=episode)
    timeline.add(
        child=child,
        episode=episode,
        kind=Fact.JOINED if opened else Fact.OPENED,
        reference=interview.reference,
        act=act,
    )
    return interview


def _new(child: Child, episode: MissingEpisode, act: Act) -> Interview:
    """Make an interview, and tell the council that must see to it, or the force that must say which."""
    council = queries.council_for(child, episode, act)
    interview = Interview.objects.create(
        child=child,
        reference=unused(Interview, "RI"),
        council=council.agency if council else None,
        unit=council.unit if council else None,
        opened_at=act.now,
    )
    if council and council.needs_part:
        _give_part(interview, council.agency, council.unit, act)
    if council:
        _tell(interview, council.agency, council.unit, "returninterviews.due", act)
    return interview


def _start_clock(interview: Interview, episode: MissingEpisode, act: Act) -> None:
    """Start the 72 hours at the return; the first return of a run of episodes counts."""
    assert episode.returned_at is not None
    interview.clock_started_at = episode.returned_at
    interview.due_at = rules.interview_due_at(episode.returned_at)
    interview.version = F("version") + 1
    interview.save(update_fields=["clock_started_at", "due_at", "version"])
    interview.refresh_from_db(fields=["version"])
    if interview.council is None and episode.lead_force:
        lead = episode.lead_force
        _start(interview, lead, duty_unit(lead, act.now), Clock.NAME_COUNCIL, act)
    for holder, unit in ((interview.council, interview.unit), (interview.provider, None)):
        if holder:
            _start(interview, holder, unit, Clock.HOLD, act)
    provider = interview.provider
    if provider and not agency_opens(child_id=interview.child_id, agency=provider, now=act.now):
        # Its part has ended since the referral: the clock runs when it has one again.
        deadlines.drop(
            kind=Clock.HOLD,
            reference=interview.reference,
            agency=provider,
            reason=PART_ENDED,
            act=act,
        )


def _start(interview: Interview, agency: Agency, unit: Unit | None, kind: Clock, act: Act) -> None:
    if interview.due_at is None:
        return
    deadlines.start(
        child=interview.child,
        agency=agency,
        unit=unit,
        kind=kind,
        reference=interview.reference,
        due_at=interview.due_at,
        act=act,
    )


def resume(*, child: Child, agency: Agency, act: Act) -> None:
    """Let the clocks of interviews that an agency is to hold, and of summaries to read, run on."""
    to_hold = Interview.objects.filter(child=child, provider=agency, outcome="")
    unread = Summary.objects.filter(child=child, agency=agency, read_at=None)
    for kind, found in ((Clock.HOLD, to_hold), (Clock.READ_SUMMARY, unread)):
        for reference in found.order_by("pk").values_list("reference", flat=True):
            deadlines.resume(child=child, agency=agency, kind=kind, reference=reference, act=act)


def _give_part(interview: Interview, council: Agency, unit: Unit | None, act: Act) -> None:
    """Let a council see the record of a child whose interview it must see to."""
    sharing.open_part(
        child=interview.child,
        agency=council,
        unit=unit,
        part=Part.HOME_COUNCIL,
        basis=Grant.Basis.RESPONSIBILITY,
        source=interview.reference,
        act=act,
    )
    sharing.recompute(child=interview.child, act=act)
    log.record(
        act=act,
        operation=Operation.DISCLOSURE,
        verb="returninterviews.due",
        subjects=[interview.child_id],
        objects=[interview.reference],
        basis=Grant.Basis.RESPONSIBILITY,
        recipient=council.reference,
    )


def _tell(interview: Interview, agency: Agency, unit: Unit | None, kind: str, act: Act) -> None:
    raise_alert(
        kind=kind,
        event=f"{kind}:{interview.reference}",
        agency_id=agency.pk,
        unit_id=unit.pk if unit else None,
        child_id=interview.child_id,
        reference=interview.reference,
        urgency=Urgency.SOON,
        act=act,
    )


def locked_interview(*, act: Act, reference: str) -> InterviewView:
    """Lock the child and the interview, and return it as this person may see it now.

    Raises:
        NotFound: there is no such interview, or it is hidden.
    """
    child = queries.child_of(reference)
    if child is None:
        raise NotFound(HIDDEN)
    view = sharing.locked_child(act=act, reference=child)
    Interview.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    return access.interview_view(act=act, view=view, interview=queries.found(reference))


def require_version(interview: Interview, version: int | None) -> None:
    """Refuse a change that was judged on what is no longer stored; None: made without a page.

    Raises:
        Stale: somebody changed it since.
    """
    if version is not None and interview.version != version:
        raise Stale("Somebody changed this while you were looking at it. Check it and try again.")


def changed(interview: Interview, *fields: str) -> None:
    """Store these columns of an interview, and count the change."""
    interview.version = F("version") + 1
    interview.save(update_fields=[*fields, "version"])
    interview.refresh_from_db(fields=["version"])


@service(verb="returninterviews.name_council", operation=Operation.ALTERATION)
def name_council(
    *, interview_reference: str, council_reference: str, version: int | None, act: Act
) -> Interview:
    """Say which council must see to an interview, where nothing on record says it.

    Raises:
        NotFound: there is no such interview or council, or the child is hidden.
        NotPermitted: another agency led the search, or the council is known.
        Stale: somebody changed the interview since it was shown.
    """
    child_reference = queries.child_of(interview_reference)
    if child_reference is None:
        raise NotFound(HIDDEN)
    view = sharing.locked_child(act=act, reference=child_reference)
    interview = Interview.objects.select_for_update(of=("self",)).get(reference=interview_reference)
    if not access.sees_interviews(view):
        raise NotFound(HIDDEN)
    access.can_name_council(act, view, interview).require(NotPermitted)
    council = (
        Agency.objects.active().filter(reference=council_reference, kind=AgencyKind.COUNCIL).first()
    )
    if council is None:
        raise NotFound("There is no such council.")
    require_version(interview, version)

    interview.council, interview.unit = council, duty_unit(council, act.now)
    changed(interview, "council", "unit")
    _give_part(interview, council, interview.unit, act)
    deadlines.meet(kind=Clock.NAME_COUNCIL, reference=interview.reference, act=act)
    _start(interview, council, interview.unit, Clock.HOLD, act)
    timeline.add(
        child=interview.child, kind=Fact.COUNCIL_NAMED, reference=interview.reference, act=act
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.name_council",
        subjects=[interview.child_id],
        objects=[interview.reference],
        recipient=council.reference,
    )
    _tell(interview, council, interview.unit, "returninterviews.due", act)
    return interview


@service(verb="returninterviews.refer", operation=Operation.DISCLOSURE)
def refer(
    *,
    interview_reference: str,
    provider_reference: str,
    version: int | None,
    token: UUID | None = None,
    act: Act,
) -> Interview:
    """Refer an interview to a provider, or take it back with "": the council then holds it itself.

    The provider's part lasts until 28 days after the interview ends; who had it before loses it.

    Raises:
        NotFound: there is no such interview or provider, or it is hidden.
        NotPermitted: another council sees to it.
        RuleBroken: it is settled, or already with them.
        Stale: somebody changed the interview since it was shown.
    """
    seen = locked_interview(act=act, reference=interview_reference)
    earlier = submissions.earlier_result(token=token, act=act, operation="returninterviews.refer")
    interview = seen.interview
    if earlier:
        log.record(
            act=act,
            operation=Operation.DISCLOSURE,
            verb="returninterviews.refer",
            objects=[earlier],
        )
        return interview
    access.can_refer(seen).require(NotPermitted)
    provider = _provider(provider_reference)
    rules.referral(
        outcome=interview.outcome,
        has_council=interview.council_id is not None,
        is_same=(provider.pk if provider else None) == interview.provider_id,
    ).require()
    require_version(interview, version)

    _end_referral(interview, "referred to somebody else", act)
    interview.provider = provider
    interview.referred_at = act.now if provider else None
    interview.referred_by = act.membership if provider else None
    changed(interview, "provider", "referred_at", "referred_by")
    if provider:
        sharing.open_part(
            child=interview.child,
            agency=provider,
            part=Part.RHI_PROVIDER,
            basis=Grant.Basis.REFERRAL,
            source=interview.reference,
            act=act,
        )
        _start(interview, provider, None, Clock.HOLD, act)
        raise_alert(
            kind="returninterviews.referred",
            event=f"referred:{interview.reference}:{interview.version}",
            agency_id=provider.pk,
            unit_id=None,
            child_id=interview.child_id,
            reference=interview.reference,
            urgency=Urgency.SOON,
            act=act,
        )
    sharing.recompute(child=interview.child, act=act)
    timeline.add(child=interview.child, kind=Fact.REFERRED, reference=interview.reference, act=act)
    log.record(
        act=act,
        operation=Operation.DISCLOSURE,
        verb="returninterviews.refer",
        subjects=[interview.child_id],
        objects=[interview.reference],
        basis=Grant.Basis.REFERRAL,
        recipient=provider.reference if provider else "",
    )
    submissions.finish(token=token, result=interview.reference)
    return interview


def _provider(reference: str) -> Agency | None:
    """Return the provider of this reference; None: the council itself.

    Raises:
        NotFound: no charity of this reference uses this service.
    """
    if not reference:
        return None
    provider = Agency.objects.active().filter(reference=reference, kind=AgencyKind.CHARITY).first()
    if provider is None:
        raise NotFound("There is no such provider.")
    return provider


def _end_referral(interview: Interview, reason: str, act: Act) -> None:
    """End the part and the clock of whoever an interview was referred to."""
    if interview.provider is None:
        return
    deadlines.drop(
        kind=Clock.HOLD,
        reference=interview.reference,
        agency=interview.provider,
        reason=reason,
        act=act,
    )
    Grant.objects.filter(
        child=interview.child,
        agency=interview.provider,
        source=interview.reference,
        ended_at=None,
    ).update(ended_at=act.now, ended_by=act.membership, ended_reason=reason)


@service(verb="returninterviews.decline_referral", operation=Operation.ALTERATION)
def decline_referral(
    *, interview_reference: str, reason: str, version: int | None, act: Act
) -> Interview:
    """Give a referral back to the council, which is told and holds the interview again.

    Raises:
        NotFound: there is no such interview, or it is hidden.
        NotPermitted: it was not referred to this agency.
        RuleBroken: it is settled, or no reason is given.
        Stale: somebody changed the interview since it was shown.
    """
    seen = locked_interview(act=act, reference=interview_reference)
    access.can_decline_referral(seen).require(NotPermitted)
    interview = seen.interview
    rules.still_to_be_held(interview.outcome).require()
    if len(reason.strip()) < rules.SHORTEST_REASON:
        raise RuleBroken("Say why, in a sentence.", "reason")
    require_version(interview, version)

    _end_referral(interview, reason.strip()[:200], act)
    interview.provider, interview.referred_at, interview.referred_by = None, None, None
    changed(interview, "provider", "referred_at", "referred_by")
    sharing.recompute(child=interview.child, act=act)
    timeline.add(
        child=interview.child, kind=Fact.REFERRAL_DECLINED, reference=interview.reference, act=act
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.decline_referral",
        subjects=[interview.child_id],
        objects=[interview.reference],
    )
    if interview.council:
        raise_alert(
            kind="returninterviews.due",
            event=f"referral_declined:{interview.reference}:{interview.version}",
            agency_id=interview.council_id,  # type: ignore[arg-type]
            unit_id=interview.unit_id,
            child_id=interview.child_id,
            reference=interview.reference,
            urgency=Urgency.SOON,
            act=act,
        )
    return interview


def keep_provider_until(interview: Interview, act: Act) -> None:
    """Let the provider's part end 28 days from now. The child's row must be locked."""
    if interview.provider is None:
        return
    until = elapsed(act.now, rules.PROVIDER_KEEPS_FOR)
    Grant.objects.filter(
        child=interview.child,
        agency=interview.provider,
        source=interview.reference,
        ended_at=None,
    ).update(ends_at=until)
    sharing.recompute(child=interview.child, act=act)
