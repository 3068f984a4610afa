"""Another agency of the case says that it sees the risk otherwise; the lead force answers."""

from uuid import UUID

from cases.access import agency_opens
from cases.rules import Audience
from cases.services import deadlines, sharing, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.agencies.queries import duty_unit
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from risk import access, queries
from risk.models import Dissent
from risk.rules import Clock, Fact
from risk.services.rounds import start_clock


@service(verb="risk.dissent", operation=Operation.COLLECTION)
def dissent(
    *, child_reference: str, decision_reference: str, text: str, token: UUID | None, act: Act
) -> Dissent:
    """Say that one's agency sees the risk otherwise than the force does, and why.

    Raises:
        NotFound: the child or the decision is hidden.
        NotPermitted: the agency's part does not open the level, or it leads the search.
        RuleBroken: a later level has replaced this one, or no reason is given.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    earlier = submissions.earlier_result(token=token, act=act, operation="risk.dissent")
    if earlier:
        log.record(act=act, operation=Operation.COLLECTION, verb="risk.dissent", objects=[earlier])
        found: Dissent = Dissent.objects.get(reference=earlier)
        return found
    decision = queries.decision_for_level(view, decision_reference)
    if decision is None:
        raise NotFound("There is no such level, or you may not see it.")
    round = decision.round
    access.can_dissent(act, view, round.episode).require(NotPermitted)
    if round.current_id != decision.pk:
        raise RuleBroken("Another level has been chosen since. Look at that one.")
    if not text.strip():
        raise RuleBroken("Say how you see the risk, and why.", "text")

    made: Dissent = Dissent.objects.create(
        child=view.child,
        decision=decision,
        reference=unused(Dissent, "DI"),
        owner=act.own_agency,
        audience=Audience.CASE,
        recorded_at=act.now,
        recorded_by=act.membership,
        text=text,
    )
    start_clock(round, kind=Clock.DISSENT, reference=made.reference, key="dissent_minutes", act=act)
    _record(made, Fact.DISSENTED, "risk.dissent", Operation.COLLECTION, act)
    unit = duty_unit(decision.owner, act.now)
    raise_alert(
        kind="risk.dissent",
        event=f"dissent:{made.reference}",
        agency_id=decision.owner_id,
        unit_id=unit.pk if unit else None,
        child_id=view.child.pk,
        reference=made.reference,
        urgency=Urgency.URGENT,
        act=act,
    )
    submissions.finish(token=token, result=made.reference)
    return made


@service(verb="risk.answer_dissent", operation=Operation.ALTERATION)
def answer_dissent(
    *, child_reference: str, dissent_reference: str, answer: str, act: Act
) -> Dissent:
    """Answer an agency that sees the risk otherwise.

    Raises:
        NotFound: the child or the dissent is hidden.
        NotPermitted: another force chose the level, or this role does not answer.
        RuleBroken: it is answered already, or nothing is said.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    found = queries.dissent_in(view, act, dissent_reference)
    if found is None:
        raise NotFound("There is nothing to answer, or you may not see it.")
    access.can_answer_dissent(act, found).require(NotPermitted)
    if found.answered_at:
        raise RuleBroken("This has already been answered.")
    if not answer.strip():
        raise RuleBroken("Say what your force makes of it.", "answer")

    found.answer, found.answered_at, found.answered_by = answer, act.now, act.membership
    found.save(update_fields=["answer", "answered_at", "answered_by"])
    deadlines.meet(kind=Clock.DISSENT, reference=found.reference, act=act)
    _record(found, Fact.DISSENT_ANSWERED, "risk.answer_dissent", Operation.ALTERATION, act)
    if agency_opens(child_id=found.child_id, agency=found.owner, now=act.now):
        unit = duty_unit(found.owner, act.now)
        raise_alert(
            kind="risk.dissent_answered",
            event=f"dissent_answered:{found.reference}",
            agency_id=found.owner_id,
            unit_id=unit.pk if unit else None,
            child_id=found.child_id,
            reference=found.reference,
            urgency=Urgency.SOON,
            act=act,
        )
    return found


def _record(dissent: Dissent, fact: Fact, verb: str, operation: Operation, act: Act) -> None:
    timeline.add(
        child=dissent.child,
        episode=dissent.decision.round.episode,
        kind=fact,
        reference=dissent.reference,
        act=act,
    )
    log.record(
        act=act,
        operation=operation,
        verb=verb,
        subjects=[dissent.child_id],
        objects=[dissent.reference],
    )
