"""Answer what was asked: oneself, by telephone, or late; confirm and read answers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cases.access import HIDDEN, agency_opens
from cases.models import Child
from cases.rules import Audience
from cases.services import deadlines, sharing, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.agencies.queries import duty_unit
from missingchildren.alerts import outbox
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from risk import access, queries, rules
from risk.models import Ask, Contribution, RiskRound
from risk.rules import Clock, Fact
from risk.services.rounds import ask_of, start_clock


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What an agency says: `text` is what it knows, or what it checked."""

    kind: Contribution.Kind
    text: str = ""
    up_to_date: str = ""
    audience: Audience = Audience.CASE


@dataclass(frozen=True, kw_only=True)
class Call:
    """Who said it by telephone, on which number, and when (aware)."""

    given_by: str
    given_phone: str
    given_at: datetime


@service(verb="risk.answer", operation=Operation.COLLECTION)
def answer(*, child_reference: str, answer: Answer, token: UUID | None, act: Act) -> Contribution:
    """Answer what the police ask about a child; the same token counts once.

    An agency that has a part and was not asked answers too. After the level was chosen, or after
    the child is back, the answer is late: it is taken, and the lead force has to read it.

    Raises:
        NotFound: the child is hidden.
        NotPermitted: the agency's part does not answer, or it leads the search.
        RuleBroken: nobody asks, or something is missing.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    earlier = _earlier(token, act)
    if earlier:
        return earlier
    access.can_answer(view).require(NotPermitted)
    round = _asking(queries.latest_round(view.child), act)
    access.can_answer_for_the_force(act, round.episode).require(NotPermitted)
    part = sorted(view.parts)[0]
    has_answered = Contribution.objects.filter(ask__round=round, owner=act.own_agency).exists()
    _require_whole(answer, has_answered=has_answered)
    ask = ask_of(round, act.own_agency, part, act)
    return _add(ask, round, answer, None, token, act)


@service(verb="risk.answer", operation=Operation.COLLECTION)
def answer_late(
    *, ask_reference: str, answer: Answer, token: UUID | None, act: Act
) -> Contribution:
    """Answer after one's part has ended with the child's return.

    Raises:
        NotFound: there is no such question that this person may still answer.
        RuleBroken: something is missing.
    """
    ask = late_ask(ask_reference=ask_reference, act=act)
    Child.objects.select_for_update(of=("self",)).get(pk=ask.child_id)
    earlier = _earlier(token, act)
    if earlier:
        return earlier
    _require_whole(answer, has_answered=ask.contributions.exists())
    return _add(ask, ask.round, answer, None, token, act)


def late_ask(*, ask_reference: str, act: Act) -> Ask:
    """Return a question that this person may still answer though the part has ended.

    Raises:
        NotFound: there is no such question, or it is not to be answered any more.
    """
    ask = (
        Ask.objects.filter(reference=ask_reference)
        .select_related("round__episode__lead_force", "round__current", "child", "agency")
        .first()
    )
    if ask is None or not access.can_answer_late(act, ask):
        raise NotFound(HIDDEN)
    return ask


@service(verb="risk.write_down_answer", operation=Operation.COLLECTION)
def write_down_answer(
    *,
    child_reference: str,
    ask_reference: str,
    answer: Answer,
    call: Call,
    token: UUID | None,
    act: Act,
) -> Contribution:
    """Write down what an agency that was asked says by telephone; it confirms that later.

    The answer belongs to the agency that gave it.

    Raises:
        NotFound: the child or the question is hidden.
        NotPermitted: another force leads the search, or this role does not write answers down.
        RuleBroken: nobody asks any more, the time is impossible, or something is missing.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    earlier = _earlier(token, act)
    if earlier:
        return earlier
    ask = queries.ask_in(view, ask_reference) if access.sees_round(view) else None
    if ask is None:
        raise NotFound("There is no such question, or you may not see it.")
    round = ask.round
    access.can_write_down(act, round.episode).require(NotPermitted)
    _asking(round, act)
    rules.phone_time(
        given_at=call.given_at, started_at=round.episode.started_at, now=act.now
    ).require()
    if not call.given_by.strip():
        raise RuleBroken("Say who told you.", "given_by")
    _require_whole(answer, has_answered=ask.contributions.exists())
    return _add(ask, round, answer, call, token, act)


@service(verb="risk.confirm_answer", operation=Operation.ALTERATION)
def confirm_answer(*, child_reference: str, answer_reference: str, act: Act) -> Contribution:
    """Confirm that what was written down by telephone is what one's agency said.

    Raises:
        NotFound: the child or the answer is hidden.
        NotPermitted: another agency gave it.
        RuleBroken: it was not given by telephone, or is confirmed already.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    found = queries.answer_in(view, act, answer_reference)
    if found is None:
        raise NotFound("There is no such answer, or you may not see it.")
    access.can_confirm_answer(act, found).require(NotPermitted)
    if not found.is_by_phone:
        raise RuleBroken("This answer was not given by telephone.")
    if found.confirmed_at:
        raise RuleBroken("This answer has already been confirmed.")

    found.confirmed_at, found.confirmed_by = act.now, act.membership
    found.save(update_fields=["confirmed_at", "confirmed_by"])
    outbox.supersede(
        events=[f"answer_confirm:{found.reference}"], reason="the answer is confirmed", act=act
    )
    _record(found, Fact.ANSWER_CONFIRMED, "risk.confirm_answer", Operation.ALTERATION, act)
    return found


@service(verb="risk.read_answer", operation=Operation.ALTERATION)
def read_late_answer(*, child_reference: str, answer_reference: str, act: Act) -> Contribution:
    """Say that somebody of the lead force has read an answer that came late.

    Raises:
        NotFound: the child or the answer is hidden.
        NotPermitted: another force leads the search.
        RuleBroken: it did not come late, or is read already.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    found = queries.answer_in(view, act, answer_reference)
    if found is None:
        raise NotFound("There is no such answer, or you may not see it.")
    access.can_read_late_answer(act, found.ask.round.episode).require(NotPermitted)
    if not found.is_late:
        raise RuleBroken("This answer did not come late.")
    if found.read_at:
        raise RuleBroken("This answer has already been read.")

    settle_late_answer(found, act)
    _record(found, Fact.ANSWER_READ, "risk.read_answer", Operation.ALTERATION, act)
    return found


def settle_late_answer(contribution: Contribution, act: Act) -> None:
    """Mark a late answer as read, and stop its clock."""
    contribution.read_at, contribution.read_by = act.now, act.membership
    contribution.save(update_fields=["read_at", "read_by"])
    deadlines.meet(kind=Clock.LATE_ANSWER, reference=contribution.reference, act=act)
    outbox.supersede(
        events=[f"late_answer:{contribution.reference}"], reason="the answer is read", act=act
    )


def _asking(round: RiskRound | None, act: Act) -> RiskRound:
    """Return the round if an answer to it is still taken.

    Raises:
        RuleBroken: nobody asks, or it ended long ago.
    """
    rules.asking(
        opened_at=round.opened_at if round else None,
        ended_at=round.ended_at if round else None,
        now=act.now,
    ).require()
    assert round is not None
    return round


def _require_whole(answer: Answer, *, has_answered: bool) -> None:
    rules.answering(
        kind=answer.kind,
        text=answer.text,
        up_to_date=answer.up_to_date,
        has_answered=has_answered,
    ).require()


def _earlier(token: UUID | None, act: Act) -> Contribution | None:
    """Return what this token led to before, if it was sent before."""
    earlier = submissions.earlier_result(token=token, act=act, operation="risk.answer")
    if not earlier:
        return None
    log.record(act=act, operation=Operation.COLLECTION, verb="risk.answer", objects=[earlier])
    found: Contribution = Contribution.objects.get(reference=earlier)
    return found


def _add(
    ask: Ask, round: RiskRound, answer: Answer, call: Call | None, token: UUID | None, act: Act
) -> Contribution:
    """Keep one answer, stop the clock of its question, and bring a late one to the lead force."""
    is_still_right = answer.kind == Contribution.Kind.STILL_RIGHT
    contribution = Contribution.objects.create(
        child=ask.child,
        ask=ask,
        reference=unused(Contribution, "RA"),
        owner=ask.agency,
        audience=answer.audience,
        recorded_at=act.now,
        recorded_by=act.membership,
        kind=answer.kind,
        text="" if is_still_right else answer.text,
        up_to_date=(answer.up_to_date if answer.kind == Contribution.Kind.HOLDS_NOTHING else ""),
        is_late=not is_still_right
        and rules.is_late(has_level=round.current_id is not None, ended_at=round.ended_at),
        given_by=call.given_by if call else "",
        given_phone=call.given_phone if call else "",
        given_at=call.given_at if call else None,
        written_by=act.agency if call else None,
    )
    deadlines.meet(kind=Clock.ANSWER, reference=ask.reference, act=act)
    outbox.supersede(
        events=[f"asked:{ask.reference}", f"still_wanted:{ask.reference}"],
        reason="the question is answered",
        act=act,
    )
    _record(contribution, Fact.ANSWERED, "risk.answer", Operation.COLLECTION, act)
    if contribution.is_late:
        _bring_late_answer(contribution, round, act)
    if call:
        _ask_to_confirm(contribution, ask, act)
    submissions.finish(token=token, result=contribution.reference)
    return contribution


def _bring_late_answer(contribution: Contribution, round: RiskRound, act: Act) -> None:
    """Make a task of a late answer, at the duty desk of the force that leads."""
    force = round.episode.lead_force
    if force is None:
        return
    if force.pk == act.agency_id:  # it wrote the answer down itself, and so has read it
        contribution.read_at, contribution.read_by = act.now, act.membership
        contribution.save(update_fields=["read_at", "read_by"])
        return
    start_clock(
        round,
        kind=Clock.LATE_ANSWER,
        reference=contribution.reference,
        key="late_answer_minutes",
        act=act,
    )
    unit = duty_unit(force, act.now)
    raise_alert(
        kind="risk.late_answer",
        event=f"late_answer:{contribution.reference}",
        agency_id=force.pk,
        unit_id=unit.pk if unit else None,
        child_id=contribution.child_id,
        reference=contribution.reference,
        urgency=Urgency.SOON if round.ended_at else Urgency.URGENT,
        act=act,
    )


def _ask_to_confirm(contribution: Contribution, ask: Ask, act: Act) -> None:
    """Ask the agency whether what was written down is what it said, while it can still look."""
    if not agency_opens(child_id=ask.child_id, agency=ask.agency, now=act.now):
        return
    raise_alert(
        kind="risk.answer_confirm",
        event=f"answer_confirm:{contribution.reference}",
        agency_id=ask.agency_id,
        unit_id=ask.unit_id,
        child_id=contribution.child_id,
        reference=contribution.reference,
        urgency=Urgency.SOON,
        act=act,
    )


def _record(
    contribution: Contribution, fact: Fact, verb: str, operation: Operation, act: Act
) -> None:
    timeline.add(
        child=contribution.child,
        episode=contribution.ask.round.episode,
        kind=fact,
        reference=contribution.reference,
        act=act,
    )
    log.record(
        act=act,
        operation=operation,
        verb=verb,
        subjects=[contribution.child_id],
        objects=[contribution.reference],
    )
