"""Ask a force to flag a child before anybody reports them missing; decide, enter, review and end flags."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from cases import queries as cases_queries
from cases.access import HIDDEN, ChildView, whose
from cases.models import Child
from cases.rules import Aspect, Part
from cases.services import sharing, timeline
from cases.services.references import unused
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from risk import access, queries, rules
from risk.models import Flag, FlagDecision
from risk.rules import FlagAct, FlagFact, FlagLevel, FlagOutcome
from risk.services import flag_duties


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What a flag says: how much harm is expected, why, and what to do if the child is missing.

    `evidence` are references of what the grounds rest on.
    """

    level: FlagLevel
    grounds: str
    if_missing: str
    evidence: Sequence[str] = ()
    is_child_told: bool
    child_not_told_because: str = ""


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a force sets when it accepts or renews a flag."""

    level: str = ""
    wording: str = ""
    review_on: date | None = None
    expires_on: date | None = None


@service(verb="risk.ask_for_flag", operation=Operation.DISCLOSURE)
def ask_for_flag(
    *,
    child_reference: str,
    force_reference: str,
    grounds: Grounds,
    token: UUID | None,
    act: Act,
) -> Flag:
    """Ask a force to flag a child; the same token counts once.

    Without `force_reference`, the force that answers for where the child lives is asked. It gets
    a part in the record for as long as the flag is open.

    Raises:
        NotFound: the child is hidden.
        NotPermitted: this agency does not answer for the child's care, or the role does not ask.
        RuleBroken: the words do not suffice, no force is known, or it has a flag already.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    _sees_flags(view)
    earlier = submissions.earlier_result(token=token, act=act, operation="risk.ask_for_flag")
    if earlier:
        log.record(
            act=act, operation=Operation.DISCLOSURE, verb="risk.ask_for_flag", objects=[earlier]
        )
        return Flag.objects.get(reference=earlier)
    access.can_ask_for_flag(act, view).require(NotPermitted)
    force = _force_asked(view, force_reference, act)
    _require_grounds(view, grounds, act)
    queries.no_other_flag(view.child, force, today=london_day(act.now)).require()

    flag = _record(view.child, force, grounds, council=act.own_agency, act=act)
    flag_duties.open_part(flag, act=act)
    flag_duties.owe_decision(flag, act=act)
    timeline.add(child=flag.child, kind=FlagFact.ASKED, reference=flag.reference, act=act)
    log.record(
        act=act,
        operation=Operation.DISCLOSURE,
        verb="risk.ask_for_flag",
        subjects=[flag.child_id],
        objects=[flag.reference],
        recipient=force.reference,
    )
    flag_duties.tell_force(flag, kind="risk.flag_asked", act=act)
    submissions.finish(token=token, result=flag.reference)
    return flag


@service(verb="risk.flag_child", operation=Operation.COLLECTION)
def flag_child(
    *, child_reference: str, grounds: Grounds, terms: Terms, token: UUID | None, act: Act
) -> Flag:
    """Flag a child for one's own force, without being asked; the same token counts once.

    Raises:
        NotFound: the child is hidden, or no part opens flags.
        NotPermitted: the agency is no force, or this person's role does not decide.
        RuleBroken: the words or the days do not do, or the force has a flag already.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    _sees_flags(view)
    earlier = submissions.earlier_result(token=token, act=act, operation="risk.flag_child")
    if earlier:
        log.record(
            act=act, operation=Operation.COLLECTION, verb="risk.flag_child", objects=[earlier]
        )
        return Flag.objects.get(reference=earlier)
    access.can_flag(act, view).require(NotPermitted)
    _require_grounds(view, grounds, act)
    queries.no_other_flag(view.child, act.own_agency, today=london_day(act.now)).require()
    _require_dates(terms, act.own_agency, act)

    flag = _record(view.child, act.own_agency, grounds, council=None, act=act)
    flag.outcome, flag.level = FlagOutcome.ACCEPTED, grounds.level
    flag.decided_at, flag.decided_by = act.now, act.membership
    flag.review_on, flag.expires_on = terms.review_on, terms.expires_on
    flag.save(
        update_fields=["outcome", "level", "decided_at", "decided_by", "review_on", "expires_on"]
    )
    flag_duties.open_part(flag, act=act)
    flag_duties.owe_entry_and_review(flag, act=act)
    timeline.add(child=flag.child, kind=FlagFact.MADE, reference=flag.reference, act=act)
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb="risk.flag_child",
        subjects=[flag.child_id],
        objects=[flag.reference],
    )
    flag_duties.tell_councils(flag, act=act)
    submissions.finish(token=token, result=flag.reference)
    return flag


@service(verb="risk.decide_flag", operation=Operation.ALTERATION)
def decide_flag(
    *,
    flag_reference: str,
    outcome: FlagOutcome,
    reasons: str,
    terms: Terms,
    version: int | None,
    act: Act,
) -> Flag:
    """Accept, amend or decline a request for the force; or decide again when the council disagrees.

    Raises:
        NotFound: there is no such flag, or it is hidden.
        NotPermitted: another force was asked, or this person's role does not decide.
        RuleBroken: it is decided already, or the words or the days do not do.
        Stale: somebody changed the flag since it was shown.
    """
    flag = locked_flag(act=act, reference=flag_reference)
    _require(FlagAct.DECIDE, flag, act)
    was_in_force = bool(flag.level)
    level = terms.level or flag.level_asked
    rules.flag_decision(
        outcome=outcome,
        is_in_force=was_in_force,
        level_asked=flag.level_asked,
        level=level,
        reasons=reasons,
        wording=terms.wording,
    ).require()
    is_declined = outcome == FlagOutcome.DECLINED
    if not is_declined:
        _require_dates(terms, flag.force, act)
    _require_version(flag, version)

    flag.outcome, flag.reasons = outcome, reasons
    flag.decided_at, flag.decided_by = act.now, act.membership
    if flag.disagreed_at:
        flag.redecided_at = act.now
    if not is_declined:
        flag.wording = terms.wording if outcome == FlagOutcome.AMENDED else ""
        _set_terms(flag, level=level, terms=terms, act=act)
    _save(flag)
    _keep_decision(flag, outcome=outcome, reasons=reasons, act=act)
    flag_duties.end_decision(flag, act=act)
    if is_declined:
        flag_duties.close_part(flag, act=act)
    else:
        flag_duties.owe_entry_and_review(flag, act=act)
    timeline.add(child=flag.child, kind=FlagFact.DECIDED, reference=flag.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="risk.decide_flag",
        subjects=[flag.child_id],
        objects=[flag.reference],
        basis=outcome,
    )
    flag_duties.tell_councils(flag, act=act)
    return flag


@service(verb="risk.disagree_with_flag", operation=Operation.ALTERATION)
def disagree_with_flag(
    *, flag_reference: str, disagreement: str, version: int | None, act: Act
) -> Flag:
    """Disagree, for the council that asked, with a decline or an amendment: the force decides again.

    Raises:
        NotFound: there is no such flag, or it is hidden.
        NotPermitted: another council asked, or this person is no manager of it.
        RuleBroken: the force accepted it, the council has disagreed already or asked anew, or says
            nothing.
        Stale: somebody changed the flag since it was shown.
    """
    flag = locked_flag(act=act, reference=flag_reference)
    _require(FlagAct.DISAGREE, flag, act)
    _require_no_other(flag, act)
    rules.words_of_a_sentence(disagreement, "disagreement").require()
    _require_version(flag, version)

    flag.disagreed_at, flag.disagreed_by = act.now, act.membership
    flag.disagreement = disagreement
    _save(flag)
    flag_duties.open_part(flag, act=act)
    flag_duties.owe_decision(flag, act=act)
    timeline.add(child=flag.child, kind=FlagFact.DISAGREED, reference=flag.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="risk.disagree_with_flag",
        subjects=[flag.child_id],
        objects=[flag.reference],
        recipient=flag.force.reference,
    )
    flag_duties.tell_force(flag, kind="risk.flag_disagreed", act=act)
    return flag


@service(verb="risk.enter_flag", operation=Operation.ALTERATION)
def enter_flag(
    *, flag_reference: str, system_reference: str, version: int | None, act: Act
) -> Flag:
    """Record that the flag, as it stands, is entered on the force's own system.

    Raises:
        NotFound: there is no such flag, or it is hidden.
        NotPermitted: it is another force's, or this person's role does not write on its system.
        RuleBroken: it is not in force, it is entered as it stands, or no reference is given.
        Stale: somebody changed the flag since it was shown.
    """
    flag = locked_flag(act=act, reference=flag_reference)
    _require(FlagAct.ENTER, flag, act)
    if not system_reference.strip():
        raise RuleBroken("Enter the reference on your own system.", "system_reference")
    _require_version(flag, version)

    flag.entered_at, flag.entered_by = act.now, act.membership
    flag.system_reference, flag.changed_at = system_reference.strip(), None
    _save(flag)
    flag_duties.end_entry(flag, act=act)
    timeline.add(child=flag.child, kind=FlagFact.ENTERED, reference=flag.reference, act=act)
    _log("risk.enter_flag", flag, act)
    return flag


@service(verb="risk.review_flag", operation=Operation.ALTERATION)
def review_flag(
    *,
    flag_reference: str,
    outcome: FlagOutcome,
    reasons: str,
    terms: Terms,
    version: int | None,
    act: Act,
) -> Flag:
    """Renew, lower or end a flag. An expired flag is in force again only when it is renewed here.

    A review answers a council that disagrees, too.

    Raises:
        NotFound: there is no such flag, or it is hidden.
        NotPermitted: it is another force's, or this person's role does not decide.
        RuleBroken: it is not entered, or has ended, or the words or the days do not do.
        Stale: somebody changed the flag since it was shown.
    """
    flag = locked_flag(act=act, reference=flag_reference)
    _require(FlagAct.REVIEW, flag, act)
    rules.flag_review(outcome=outcome, level=flag.level, reasons=reasons).require()
    is_ended = outcome == FlagOutcome.ENDED
    if not is_ended:
        _require_no_other(flag, act)
        _require_dates(terms, flag.force, act)
    _require_version(flag, version)

    if flag.standing.is_disputed:
        flag.redecided_at = act.now
        flag_duties.end_decision(flag, act=act)
    if is_ended:
        _end(flag, reasons=reasons, act=act)
    else:
        lowered = outcome == FlagOutcome.LOWERED
        if terms.wording.strip() and terms.wording != (flag.wording or flag.if_missing):
            flag.wording = terms.wording
        _set_terms(flag, level=FlagLevel.MEDIUM if lowered else flag.level, terms=terms, act=act)
    _save(flag)
    _keep_decision(flag, outcome=outcome, reasons=reasons, act=act)
    if not is_ended:
        flag_duties.owe_entry_and_review(flag, act=act)
    timeline.add(child=flag.child, kind=FlagFact.REVIEWED, reference=flag.reference, act=act)
    _log("risk.review_flag", flag, act)
    flag_duties.tell_councils(flag, act=act)
    return flag


@service(verb="risk.end_flag", operation=Operation.ALTERATION)
def end_flag(*, flag_reference: str, reasons: str, version: int | None, act: Act) -> Flag:
    """End a flag for the force, or take back a request that the force has not decided on.

    What was entered on the force's system has then to be taken off.

    Raises:
        NotFound: there is no such flag, or it is hidden.
        NotPermitted: it is not this agency's to end, or not this role's.
        RuleBroken: it was declined or has ended, or no reasons are given.
        Stale: somebody changed the flag since it was shown.
    """
    flag = locked_flag(act=act, reference=flag_reference)
    _require(FlagAct.END, flag, act)
    rules.words_of_a_sentence(reasons, "reasons").require()
    _require_version(flag, version)

    was_decided = bool(flag.outcome)
    _end(flag, reasons=reasons, act=act)
    _save(flag)
    if was_decided:
        _keep_decision(flag, outcome=FlagOutcome.ENDED, reasons=reasons, act=act)
        flag_duties.tell_councils(flag, act=act)
    _log("risk.end_flag", flag, act)
    return flag


@service(verb="risk.take_flag_off", operation=Operation.ALTERATION)
def take_flag_off(*, flag_reference: str, version: int | None, act: Act) -> Flag:
    """Record that a flag that has ended is taken off the force's own system.

    Raises:
        NotFound: there is no such flag, or it is hidden.
        NotPermitted: it is another force's, or this person's role does not write on its system.
        RuleBroken: it has not ended, or was taken off already.
        Stale: somebody changed the flag since it was shown.
    """
    flag = locked_flag(act=act, reference=flag_reference)
    _require(FlagAct.TAKE_OFF, flag, act)
    _require_version(flag, version)

    flag.taken_off_at, flag.taken_off_by = act.now, act.membership
    _save(flag)
    flag_duties.end_taking_off(flag, act=act)
    timeline.add(child=flag.child, kind=FlagFact.TAKEN_OFF, reference=flag.reference, act=act)
    _log("risk.take_flag_off", flag, act)
    flag_duties.close_part(flag, act=act)
    return flag


def follow_move(*, child: Child, force: Agency | None, act: Act) -> Flag | None:
    """Ask the force of a child's new place to review a flag that holds at another force.

    Called inside the act that places the child, whose row is locked. No force known: a person has
    to ask. The forces of before keep their flag, and lose the places of the child.
    """
    if force is None:
        return None
    today = london_day(act.now)
    flag_duties.close_places(child=child, but=force, act=act)
    open_there = Flag.objects.filter(child=child, force=force).waiting_or_in_force(today)
    held = Flag.objects.filter(child=child).in_force(today).order_by("-asked_at", "-pk").first()
    if held is None or open_there.exists():
        return None
    flag = Flag.objects.create(
        child=child,
        reference=unused(Flag, "FL"),
        council=held.council or cases_queries.responsible_council(child, today),
        force=force,
        follows=held,
        asked_at=act.now,
        asked_by=act.membership,
        level_asked=held.level,
        grounds=held.grounds,
        if_missing=held.wording or held.if_missing,
        evidence=held.evidence,
        is_child_told=held.is_child_told,
        child_not_told_because=held.child_not_told_because,
    )
    flag_duties.open_part(flag, part=Part.HOST_FORCE, act=act)
    flag_duties.owe_decision(flag, act=act)
    timeline.add(child=child, kind=FlagFact.MOVED, reference=flag.reference, act=act)
    log.record(
        act=act,
        operation=Operation.DISCLOSURE,
        verb="risk.follow_move",
        subjects=[child.pk],
        objects=[flag.reference, held.reference],
        recipient=force.reference,
    )
    flag_duties.tell_force(flag, kind="risk.flag_review", act=act)
    return flag


def locked_flag(*, act: Act, reference: str) -> Flag:
    """Lock the child and the flag, and return it if a live part of this agency opens flags.

    Raises:
        NotFound: there is no such flag, or it is hidden.
    """
    found = whose(Flag, reference)
    if found is None:
        raise NotFound(HIDDEN)
    _sees_flags(sharing.locked_child(act=act, reference=found))
    return (
        Flag.objects.select_for_update(of=("self",))
        .select_related("child", "force", "council")
        .get(reference=reference)
    )


def _sees_flags(view: ChildView) -> None:
    if not view.sees(Aspect.FLAG):
        raise NotFound(HIDDEN)


def _force_asked(view: ChildView, force_reference: str, act: Act) -> Agency:
    """Return the force to ask.

    Raises:
        RuleBroken: nobody can say which, or it does not use this service.
    """
    if force_reference:
        force = (
            Agency.objects.active().filter(reference=force_reference, kind=AgencyKind.FORCE).first()
        )
    else:
        force = queries.force_to_ask(view, act)
    if force is None:
        raise RuleBroken("Choose a police force from the list.", "force")
    return force


def _require_grounds(view: ChildView, grounds: Grounds, act: Act) -> None:
    rules.flag_grounds(
        grounds=grounds.grounds,
        if_missing=grounds.if_missing,
        is_child_told=grounds.is_child_told,
        child_not_told_because=grounds.child_not_told_because,
        evidence=grounds.evidence,
        known_evidence=queries.evidence_for_flags(view, act) if grounds.evidence else (),
    ).require()


def _require_dates(terms: Terms, force: Agency, act: Act) -> None:
    today = london_day(act.now)
    rules.flag_dates(
        review_on=terms.review_on,
        expires_on=terms.expires_on,
        today=today,
        longest_days=protocol.value(force, "flag_longest_days", today),
    ).require()


def _require(what: FlagAct, flag: Flag, act: Act) -> None:
    access.can_act_on_flag(what, act, flag).require(NotPermitted)
    rules.flag_act(what, flag.standing, today=london_day(act.now)).require()


def _require_no_other(flag: Flag, act: Act) -> None:
    """Refuse to bring back a flag after the force was asked for another, or made one.

    Raises:
        RuleBroken: there is another.
    """
    today = london_day(act.now)
    other = queries.no_other_flag(flag.child, flag.force, today=today, but=flag)
    if not other:
        raise RuleBroken(other.reason)


def _require_version(flag: Flag, version: int | None) -> None:
    """Refuse a change that was judged on what is no longer stored; None: made without a page.

    Raises:
        Stale: somebody changed it since.
    """
    if version is not None and flag.version != version:
        raise Stale("Somebody changed this while you were looking at it. Check it and try again.")


def _record(
    child: Child, force: Agency, grounds: Grounds, *, council: Agency | None, act: Act
) -> Flag:
    return Flag.objects.create(
        child=child,
        reference=unused(Flag, "FL"),
        council=council,
        force=force,
        asked_at=act.now,
        asked_by=act.membership,
        level_asked=grounds.level,
        grounds=grounds.grounds,
        if_missing=grounds.if_missing,
        evidence=list(grounds.evidence),
        is_child_told=grounds.is_child_told,
        child_not_told_because="" if grounds.is_child_told else grounds.child_not_told_because,
    )


def _set_terms(flag: Flag, *, level: str, terms: Terms, act: Act) -> None:
    """Let these terms hold; what the force's system says of an entered flag is then old."""
    flag.level = level
    flag.review_on, flag.expires_on = terms.review_on, terms.expires_on
    if flag.entered_at:
        flag.changed_at = act.now


def _end(flag: Flag, *, reasons: str, act: Act) -> None:
    """End the flag and what was owed for it. The caller saves it."""
    flag.ended_at, flag.ended_by, flag.ended_reasons = act.now, act.membership, reasons
    flag_duties.drop_all(flag, act=act)
    if flag.entered_at:
        flag_duties.owe_taking_off(flag, act=act)
    else:
        flag_duties.close_part(flag, act=act)
    timeline.add(child=flag.child, kind=FlagFact.ENDED, reference=flag.reference, act=act)


def _save(flag: Flag) -> None:
    flag.version += 1
    flag.save()


def _keep_decision(flag: Flag, *, outcome: FlagOutcome, reasons: str, act: Act) -> None:
    """Keep this decision of the force, whatever it decides later."""
    holds = outcome not in {FlagOutcome.DECLINED, FlagOutcome.ENDED}
    FlagDecision.objects.create(
        child=flag.child,
        flag=flag,
        outcome=outcome,
        level=flag.level if holds else "",
        reasons=reasons,
        wording=flag.wording if holds else "",
        review_on=flag.review_on if holds else None,
        expires_on=flag.expires_on if holds else None,
        at=act.now,
        by=act.own_membership,
    )


def _log(verb: str, flag: Flag, act: Act) -> None:
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb=verb,
        subjects=[flag.child_id],
        objects=[flag.reference],
    )
