"""Record how an interview was offered, and that one is not held, and why."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.services import deadlines, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.verdicts import NotPermitted
from returninterviews import access, queries, rules
from returninterviews.models import CarerAccount, Interview, Offer
from returninterviews.rules import Clock, Fact
from returninterviews.services.interviews import (
    changed,
    keep_provider_until,
    locked_interview,
    require_version,
)


@service(verb="returninterviews.offer", operation=Operation.COLLECTION)
def record_offer(
    *,
    interview_reference: str,
    made_at: datetime,
    to: Offer.To,
    channel: Offer.Channel,
    result: Offer.Result,
    arranged_for: datetime | None = None,
    place_kind: str = "",
    wishes: str = "",
    version: int | None,
    token: UUID | None,
    act: Act,
) -> Offer:
    """Record one offer and what became of it; the same token counts once. Times are aware instants.

    Raises:
        NotFound: there is no such interview, or it is hidden.
        NotPermitted: another agency is to hold it.
        RuleBroken: it is settled, or a time is impossible.
        Stale: somebody changed the interview since it was shown.
    """
    seen = locked_interview(act=act, reference=interview_reference)
    earlier = submissions.earlier_result(token=token, act=act, operation="returninterviews.offer")
    if earlier:
        log.record(
            act=act,
            operation=Operation.COLLECTION,
            verb="returninterviews.offer",
            objects=[earlier],
        )
        return Offer.objects.get(reference=earlier)
    access.can_hold(seen).require(NotPermitted)
    interview = seen.interview
    rules.offer(
        outcome=interview.outcome,
        made_at=made_at,
        located_at=queries.located_at(interview),
        is_accepted=result == Offer.Result.ACCEPTED,
        arranged_for=arranged_for,
        now=act.now,
    ).require()
    require_version(interview, version)

    is_accepted = result == Offer.Result.ACCEPTED
    made = Offer.objects.create(
        child=interview.child,
        interview=interview,
        reference=unused(Offer, "RO"),
        agency=act.own_agency,
        made_at=made_at,
        to=to,
        channel=channel,
        result=result,
        arranged_for=arranged_for if is_accepted else None,
        place_kind=place_kind if is_accepted else "",
        wishes=wishes,
        recorded_at=act.now,
        recorded_by=act.membership,
    )
    interview.offered_at = min(interview.offered_at or made_at, made_at)
    if to == Offer.To.CHILD:
        interview.arranged_for = made.arranged_for
    changed(interview, "offered_at", "arranged_for")
    timeline.add(
        child=interview.child,
        kind=Fact.OFFERED,
        reference=made.reference,
        happened_at=made_at,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb="returninterviews.offer",
        subjects=[interview.child_id],
        objects=[interview.reference, made.reference],
    )
    submissions.finish(token=token, result=made.reference)
    return made


@dataclass(frozen=True, kw_only=True)
class CarerSaid:
    """What a parent or carer said, and who they are to the child."""

    who: str
    text: str


@service(verb="returninterviews.not_held", operation=Operation.ALTERATION)
def record_not_held(
    *,
    interview_reference: str,
    code: str,
    reason: str = "",
    carer_offer: str = "",
    carer_because: str = "",
    carer: CarerSaid | None = None,
    version: int | None,
    act: Act,
) -> Interview:
    """Record that an interview is not held, and why, in a code of `rules.NOT_HELD`.

    *Declined* needs an offer that was declined; *not offered* is a manager's decision, with a
    reason, and cannot follow an offer.

    Raises:
        NotFound: there is no such interview, or it is hidden.
        NotPermitted: another agency is to hold it, or only a manager can decide this.
        RuleBroken: it is settled, or something that this reason needs is not recorded.
        Stale: somebody changed the interview since it was shown.
    """
    seen = locked_interview(act=act, reference=interview_reference)
    why = rules.NOT_HELD.get(code)
    access.can_end_unheld(act, seen, waives=bool(why and why.is_for_managers)).require(NotPermitted)
    interview = seen.interview
    rules.not_held(
        outcome=interview.outcome,
        code=code,
        reason=reason,
        results=queries.results_of(interview),
        carer_offer=carer_offer,
        carer_because=carer_because,
    ).require()
    require_version(interview, version)

    assert why is not None
    interview.outcome, interview.not_held_code = why.outcome, code
    interview.not_held_reason = reason
    interview.carer_offer, interview.carer_offer_reason = carer_offer, carer_because
    interview.outcome_at, interview.outcome_by = act.now, act.membership
    changed(
        interview, "outcome", "not_held_code", "not_held_reason", "carer_offer",
        "carer_offer_reason", "outcome_at", "outcome_by",
    )  # fmt: skip
    if carer:
        record_carer(interview=interview, carer=carer, act=act)
    deadlines.drop(
        kind=Clock.HOLD, reference=interview.reference, reason="recorded as not held", act=act
    )
    keep_provider_until(interview, act)
    timeline.add(child=interview.child, kind=Fact.NOT_HELD, reference=interview.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.not_held",
        subjects=[interview.child_id],
        objects=[interview.reference],
        basis=code,
    )
    if interview.council and interview.council != act.agency:
        raise_alert(
            kind="returninterviews.not_held",
            event=f"interview_not_held:{interview.reference}",
            agency_id=interview.council.pk,
            unit_id=interview.unit_id,
            child_id=interview.child_id,
            reference=interview.reference,
            urgency=Urgency.ROUTINE,
            act=act,
        )
    return interview


def record_carer(*, interview: Interview, carer: CarerSaid, act: Act) -> CarerAccount:
    """Keep what a parent or carer said, apart from what the child says."""
    return CarerAccount.objects.create(
        child=interview.child,
        interview=interview,
        who=carer.who,
        text=carer.text,
        recorded_at=act.now,
        recorded_by=act.own_membership,
    )
