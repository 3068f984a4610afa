"""Choose the level on what is shown, keep what was shown, confirm it or send it back."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F

from cases.access import ChildView
from cases.models import Child, Grant, PoliceNote
from cases.rules import Aspect, Audience, parts_opening
from cases.services import deadlines, sharing, timeline
from cases.services.references import unused
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.queries import duty_unit
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation, Submission
from missingchildren.audit.services import service
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from risk import access, queries, rules
from risk.models import Contribution, Decision, RiskRound, ShownEvidence
from risk.queries import ASKED, RoundPage
from risk.rules import HIGH, QUESTIONS, Chosen, Clock, Fact, Setting
from risk.services.answers import settle_late_answer
from risk.services.rounds import ask_again, start_clock


class NewEvidence(Stale):
    """Something has come in since the officer's page was opened; `unseen` are its digests."""

    def __init__(self, reason: str, *, unseen: Collection[str]) -> None:
        """Keep the sentence, and what has not been seen."""
        super().__init__(reason)
        self.unseen = tuple(unseen)


@service(verb="risk.decide", operation=Operation.ALTERATION)
def decide(
    *, child_reference: str, level: Chosen, version: int | None, token: UUID | None, act: Act
) -> Decision:
    """Choose the level of risk for a child who is missing; the same token counts once.

    What is on the officer's page is kept with it. A later decision in a round is its review: it
    replaces the one before and asks everyone "Anything new?".

    Raises:
        NotFound: the child, or the round, is hidden.
        NotPermitted: another force leads the search, or this role does not choose levels.
        RuleBroken: the round has ended, or something that must be said is missing.
        Stale: somebody has chosen a level since the page was opened (`version` is the round's).
        NewEvidence: something has come in that the officer has not seen.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    earlier = submissions.earlier_result(token=token, act=act, operation="risk.decide")
    if earlier:
        log.record(act=act, operation=Operation.ALTERATION, verb="risk.decide", objects=[earlier])
        found: Decision = Decision.objects.get(reference=earlier)
        return found
    round = _round_of(view, act)
    access.can_decide(act, round.episode).require(NotPermitted)
    rules.may_decide_now(
        is_accepted=round.episode.accepted_at is not None, ended_at=round.ended_at
    ).require()
    if version is not None and version != round.version:
        raise Stale("Somebody has chosen a level while you were looking. Read it first.")
    page = queries.page_of(round, view, act)
    _require_seen(level, page)
    rules.deciding(level, setting_of(page, act)).require()

    previous = round.current
    decision = _keep(level, page, act)
    round.current, round.version = decision, round.version + 1
    round.save(update_fields=["current", "version"])
    _move_clocks(round, previous, decision, act)
    _settle_late_answers(page, act)
    if previous:
        ask_again(round, act)
    _record(decision, Fact.DECIDED, "risk.decide", act)
    _tell_agencies(decision, round, act)
    submissions.finish(token=token, result=decision.reference)
    return decision


def made_with(*, token: UUID | None, act: Act) -> Decision | None:
    """Return the decision that this form has led to, if it was sent before.

    A second press must lead to the decision: what the first one kept is itself new evidence.
    """
    if token is None:
        return None
    sent = Submission.objects.filter(
        token=token, operation="risk.decide", user_id=act.user_id, agency_id=act.agency_id
    )
    return Decision.objects.filter(
        reference__in=sent.values("result"), owner=act.own_agency
    ).first()


def setting_of(page: RoundPage, act: Act) -> Setting:
    """Return what a level is chosen in."""
    today = london_day(act.now)
    return Setting(
        now=act.now,
        today=today,
        is_anybody_silent=page.has_silent_asks,
        is_flagged=page.is_flagged,
        minimum=minimum_for(page.round.child, act),
        is_supervisor=bool(act.roles & access.CONFIRMING_ROLES),
    )


def minimum_for(child: Child, act: Act) -> str:
    """Return the least level that the acting force takes for this child, or "" for none."""
    today = london_day(act.now)
    if rules.is_adult(born=child.date_of_birth, today=today):
        return ""
    return str(protocol.value(act.own_agency, "minimum_level_for_children", today))


@service(verb="risk.confirm", operation=Operation.ALTERATION)
def confirm(
    *, child_reference: str, decision_reference: str, version: int | None, act: Act
) -> Decision:
    """Confirm a level as a supervisor or a manager who did not choose it.

    Raises:
        NotFound: the child or the decision is hidden.
        NotPermitted: another force, another role, or one's own decision.
        RuleBroken: it is confirmed, sent back or replaced already.
        Stale: somebody changed it since it was shown.
    """
    decision = _judged(child_reference, decision_reference, version, act)
    decision.confirmed_at, decision.confirmed_by = act.now, act.membership
    decision.version = F("version") + 1
    decision.save(update_fields=["confirmed_at", "confirmed_by", "version"])
    decision.refresh_from_db(fields=["version"])
    deadlines.meet(kind=Clock.CONFIRM, reference=decision.reference, act=act)
    _record(decision, Fact.CONFIRMED, "risk.confirm", act)
    return decision


@service(verb="risk.send_back", operation=Operation.ALTERATION)
def send_back(
    *, child_reference: str, decision_reference: str, note: str, version: int | None, act: Act
) -> Decision:
    """Send a level back to be chosen again, and say why. It counts until another is chosen.

    Raises:
        NotFound: the child or the decision is hidden.
        NotPermitted: another force, another role, or one's own decision.
        RuleBroken: it is confirmed, sent back or replaced already, or no note is given.
        Stale: somebody changed it since it was shown.
    """
    decision = _judged(child_reference, decision_reference, version, act)
    if not note.strip():
        raise RuleBroken("Say what must be looked at again.", "note")
    decision.sent_back_at, decision.sent_back_by = act.now, act.membership
    decision.sent_back_note, decision.version = note, F("version") + 1
    decision.save(update_fields=["sent_back_at", "sent_back_by", "sent_back_note", "version"])
    decision.refresh_from_db(fields=["version"])
    deadlines.meet(kind=Clock.CONFIRM, reference=decision.reference, act=act)
    round = decision.round
    if round.ended_at is None:
        start_clock(
            round, kind=Clock.DECIDE, reference=round.reference, key="first_level_minutes", act=act
        )
    _record(decision, Fact.SENT_BACK, "risk.send_back", act)
    return decision


def _round_of(view: ChildView, act: Act) -> RiskRound:
    """Return the child's latest round, locked.

    Raises:
        NotFound: there is none, or it is hidden.
    """
    found = queries.latest_round(view.child, act) if view.sees(Aspect.LEVEL) else None
    if found is None:
        raise NotFound("There is no risk round that you may see.")
    RiskRound.objects.select_for_update(of=("self",)).get(pk=found.pk)
    return found


def _judged(
    child_reference: str, decision_reference: str, version: int | None, act: Act
) -> Decision:
    """Return a decision that this person may confirm or send back now, locked."""
    view = sharing.locked_child(act=act, reference=child_reference)
    decision = queries.decision_in(view, decision_reference)
    if decision is None or not access.sees_round(view):
        raise NotFound("There is no such decision, or you may not see it.")
    access.can_confirm(act, decision).require(NotPermitted)
    rules.confirming(decision.state_in(decision.round)).require()
    if version is not None and decision.version != version:
        raise Stale("Somebody changed this while you were looking at it. Check it and try again.")
    return decision


def _require_seen(level: Chosen, page: RoundPage) -> None:
    """Refuse a level chosen without having seen all that is known now.

    Raises:
        NewEvidence: something has come in since.
    """
    unseen = rules.considered(shown=page.evidence, seen=level.seen)
    if not unseen:
        return
    names = ", ".join(
        f"{page.evidence[each][1].title} ({page.evidence[each][1].owner.name})"
        for each in unseen[:5]
    )
    raise NewEvidence(
        f"Something has come in since you opened this page: {names}. Read it, then choose the level.",
        unseen=unseen,
    )


def _keep(level: Chosen, page: RoundPage, act: Act) -> Decision:
    """Keep the decision, the police-only reasons apart, and everything that was shown."""
    round = page.round
    is_early = page.has_silent_asks
    decision: Decision = Decision.objects.create(
        child=round.child,
        round=round,
        reference=unused(Decision, "RD"),
        owner=act.own_agency,
        audience=Audience.CASE,
        recorded_at=act.now,
        recorded_by=act.membership,
        level=level.level,
        reasons=level.reasons,
        review_due_at=level.review_due_at,
        question_version=QUESTIONS.version,
        answers={
            key: {"answer": said.answer, "words": said.words}
            for key, said in level.answers.items()
            if said.answer or said.words
        },
        early_reason=level.early_reason if is_early else "",
        early_words=level.early_words if is_early and level.early_reason else "",
        flag_reason=level.flag_reason if page.is_flagged and level.level != HIGH else "",
        minimum_reason=level.minimum_reason,
        supersedes=round.current,
    )
    if level.police_only.strip():
        PoliceNote.objects.create(
            child=round.child,
            episode=round.episode,
            reference=unused(PoliceNote, "PN"),
            subject_reference=decision.reference,
            owner=act.own_agency,
            audience=Audience.OWN,
            is_police_only=True,
            recorded_at=act.now,
            recorded_by=act.membership,
            text=level.police_only,
        )
    _keep_shown(decision, level, page, act)
    return decision


def _keep_shown(decision: Decision, level: Chosen, page: RoundPage, act: Act) -> None:
    """Keep who was asked and what was shown, word for word."""
    rows = [
        ShownEvidence(
            source=ASKED,
            source_title="Who was asked",
            kind="risk.ask",
            reference=line.ask.reference if line.ask else "",
            title=line.to,
            text=line.words,
            owner=line.agency,
            audience=Audience.CASE,
            at=line.ask.asked_at if line.ask else act.now,
        )
        for line in page.lines
    ]
    for digest, (section, item) in page.evidence.items():
        is_exception = digest in level.exceptions
        rows.append(
            ShownEvidence(
                source=section.key,
                source_title=section.title,
                kind=item.kind,
                reference=item.reference,
                title=item.title,
                text=item.text,
                owner=item.owner,
                audience=item.audience,
                is_police_only=item.is_police_only,
                at=item.at,
                considered=not is_exception,
                exception_words=level.exception_words if is_exception else "",
            )
        )
    for order, row in enumerate(rows):
        row.child, row.decision, row.order = decision.child, decision, order
        row.recorded_at, row.recorded_by = act.now, act.membership
    ShownEvidence.objects.bulk_create(rows)


def _move_clocks(round: RiskRound, previous: Decision | None, decision: Decision, act: Act) -> None:
    """Stop what this decision settles; start its review, and its confirmation."""
    force = act.own_agency
    deadlines.meet(kind=Clock.DECIDE, reference=round.reference, act=act)
    if previous:
        deadlines.meet(kind=Clock.REVIEW, reference=previous.reference, act=act)
        deadlines.drop(
            kind=Clock.CONFIRM,
            reference=previous.reference,
            reason="a later decision has replaced it",
            act=act,
        )
    deadlines.start(
        child=round.child,
        agency=force,
        unit=duty_unit(force, act.now),
        kind=Clock.REVIEW,
        reference=decision.reference,
        due_at=decision.review_due_at,
        act=act,
    )
    start_clock(
        round, kind=Clock.CONFIRM, reference=decision.reference, key="confirm_minutes", act=act
    )


def _settle_late_answers(page: RoundPage, act: Act) -> None:
    """Count as read the late answers that this decision was made on."""
    shown = [item.reference for _, item in page.evidence.values() if item.kind == "risk.answer"]
    late = Contribution.objects.filter(reference__in=shown, is_late=True, read_at=None)
    for contribution in late.order_by("pk"):
        settle_late_answer(contribution, act)


def _record(decision: Decision, fact: Fact, verb: str, act: Act) -> None:
    timeline.add(
        child=decision.child,
        episode=decision.round.episode,
        kind=fact,
        reference=decision.reference,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb=verb,
        subjects=[decision.child_id],
        objects=[decision.reference],
    )


def _tell_agencies(decision: Decision, round: RiskRound, act: Act) -> None:
    """Tell each agency of the case whose part opens the level that one was chosen."""
    grants = (
        Grant.objects.live(act.now)
        .filter(child=round.child_id, part__in=parts_opening(Aspect.LEVEL))
        .exclude(agency=act.own_agency)
        .select_related("agency", "unit")
        .order_by("pk")
    )
    urgency = Urgency.URGENT if decision.level == HIGH else Urgency.SOON
    told: set[int] = set()
    for grant in grants:
        if grant.agency_id in told:
            continue
        told.add(grant.agency_id)
        unit = duty_unit(grant.agency, act.now) or grant.unit
        raise_alert(
            kind="risk.decided",
            event=f"decided:{decision.reference}",
            agency_id=grant.agency_id,
            unit_id=unit.pk if unit else None,
            child_id=round.child_id,
            reference=decision.reference,
            urgency=urgency,
            act=act,
        )
        log.record(
            act=act,
            operation=Operation.DISCLOSURE,
            verb="risk.decided",
            subjects=[round.child_id],
            objects=[decision.reference],
            basis=grant.basis,
            recipient=grant.agency.reference,
        )
