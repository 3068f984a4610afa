"""Record what an interview recommends; decide on it; look at it a second time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from cases.access import HIDDEN, ChildView, whose
from cases.services import deadlines, sharing, timeline
from cases.services.references import unused
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.alerts.outbox import supersede
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.calendar import Nation
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from returninterviews import access, queries, rules
from returninterviews.models import Action, Interview, Recommendation
from returninterviews.rules import ActionClock, ActionFact, CouncilDecision
from returninterviews.services import giving
from returninterviews.services.giving import Give

CHANGED = "Somebody changed this while you were looking at it. Check it and try again."


@dataclass(frozen=True, kw_only=True)
class Proposed:
    """One thing that an interviewer recommends: what, and who they think should do it by when."""

    text: str
    agency_reference: str = ""
    role: str = ""
    due_on: date | None = None
    priority: str = Recommendation.Priority.ORDINARY


def record_recommendations(
    *, interview: Interview, proposed: Sequence[Proposed], act: Act
) -> list[Recommendation]:
    """Record what a signed interview recommends, and start the time that its council has to decide.

    The child's row must be locked; whoever calls writes the entry of the act.

    Raises:
        RuleBroken: nobody answers for the child, or something cannot be recommended so.
    """
    if not proposed:
        return []
    council = interview.council
    if council is None:
        raise RuleBroken(
            "It is not known yet which council answers for this child, so nobody could decide on "
            "what you recommend. Find the council first.",
            "recommendations",
        )
    today = london_day(act.now)
    agencies = _suggested(proposed)
    for each in proposed:
        rules.recommending(text=each.text, due_on=each.due_on, today=today).require()
    made = []
    for order, each in enumerate(proposed, start=1):
        recommendation = Recommendation.objects.create(
            child=interview.child,
            reference=unused(Recommendation, "RC"),
            interview=interview,
            order=order,
            text=each.text.strip(),
            suggested_agency=agencies.get(each.agency_reference),
            suggested_role=each.role,
            suggested_due_on=each.due_on,
            priority=each.priority,
            council=council,
            recorded_at=act.now,
            recorded_by=act.membership,
        )
        _start_clock(recommendation, ActionClock.DECIDE, unit=interview.unit, act=act)
        timeline.add(
            child=interview.child,
            kind=ActionFact.RECOMMENDED,
            reference=recommendation.reference,
            act=act,
        )
        made.append(recommendation)
    return made


def _suggested(proposed: Sequence[Proposed]) -> dict[str, Agency]:
    references = {each.agency_reference for each in proposed} - {""}
    agencies = Agency.objects.active().filter(reference__in=references)
    found = {agency.reference: agency for agency in agencies}
    if references - found.keys():
        raise RuleBroken("Choose an agency from the list.", "recommendations")
    return found


# How long a council has, by kind of clock: the name of its own setting.
WORKING_DAYS = {
    ActionClock.DECIDE: "recommendation_decision_working_days",
    ActionClock.SECOND_LOOK: "second_look_working_days",
}


def _start_clock(
    recommendation: Recommendation, kind: ActionClock, *, unit: Unit | None, act: Act
) -> None:
    council = recommendation.council
    version = protocol.version_for(council, london_day(act.now))
    deadlines.start(
        child=recommendation.child,
        agency=council,
        unit=unit,
        kind=kind,
        reference=recommendation.reference,
        due_at=rules.to_be_decided_by(
            act.now,
            working_days=protocol.value_in(version, WORKING_DAYS[kind]),
            nation=Nation(council.nation),
        ),
        protocol=version,
        act=act,
    )


def locked_recommendation(*, act: Act, reference: str) -> tuple[ChildView, Recommendation]:
    """Lock the child and the recommendation, and return both as this person may see them now.

    Raises:
        NotFound: there is no such recommendation, or it is hidden.
    """
    found = whose(Recommendation, reference)
    if found is None:
        raise NotFound(HIDDEN)
    view = sharing.locked_child(act=act, reference=found)
    recommendation = (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related(
            "child",
            "council",
            "interview__provider",
            "interview__unit",
            "decided_by__user",
            "decided_by__agency",
        )
        .get(reference=reference)
    )
    if not access.sees_recommendation(act, view, recommendation):
        raise NotFound(HIDDEN)
    return view, recommendation


def require_version(row: Recommendation | Action, version: int | None) -> None:
    """Refuse a change that was judged on what is no longer stored; None: made without a page.

    Raises:
        Stale: somebody changed it since.
    """
    if version is not None and row.version != version:
        raise Stale(CHANGED)


def named(membership: Membership | None, act: Act) -> str:
    """Return a colleague's name, or the agency of somebody elsewhere."""
    if membership is None:
        return "This service"
    is_colleague = membership.agency_id == act.agency_id
    return membership.user.full_name if is_colleague else membership.agency.name


def _require_undecided(recommendation: Recommendation, act: Act) -> None:
    rules.deciding(
        state=recommendation.state,
        by=named(recommendation.decided_by, act),
        at=recommendation.decided_at,
    ).require()


@service(verb="returninterviews.accept_recommendation", operation=Operation.ALTERATION)
def accept_recommendation(
    *,
    recommendation_reference: str,
    give: Give,
    version: int | None,
    token: UUID | None,
    act: Act,
) -> Action:
    """Take a recommendation forward: an agency gets something to do by a day.

    The same token counts once. Of several people at once one is first; the others are told who.

    Raises:
        NotFound: the recommendation is hidden.
        NotPermitted: another council decides.
        RuleBroken: it is decided already, or it cannot be asked of that agency so.
        Stale: somebody changed it since it was shown.
    """
    view, recommendation = locked_recommendation(act=act, reference=recommendation_reference)
    operation = "returninterviews.accept_recommendation"
    earlier = submissions.earlier_result(token=token, act=act, operation=operation)
    if earlier:
        log.record(act=act, operation=Operation.ALTERATION, verb=operation, objects=[earlier])
        return Action.objects.get(reference=earlier)
    access.can_decide(act, recommendation).require(NotPermitted)
    _require_undecided(recommendation, act)
    require_version(recommendation, version)
    given = giving.checked(child=view.child, give=give, act=act)

    recommendation.decision = CouncilDecision.TAKEN_FORWARD
    _save_decision(recommendation, act)
    deadlines.meet(kind=ActionClock.DECIDE, reference=recommendation.reference, act=act)
    timeline.add(
        child=view.child,
        kind=ActionFact.TAKEN_FORWARD,
        reference=recommendation.reference,
        act=act,
    )
    action = giving.make(
        child=view.child,
        given=given,
        council=recommendation.council,
        recommendation=recommendation,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb=operation,
        subjects=[view.child.pk],
        objects=[recommendation.reference, action.reference],
    )
    submissions.finish(token=token, result=action.reference)
    return action


def _save_decision(recommendation: Recommendation, act: Act) -> None:
    recommendation.decided_at, recommendation.decided_by = act.now, act.own_membership
    recommendation.version = F("version") + 1
    recommendation.save(
        update_fields=["decision", "decided_at", "decided_by", "reasons", "version"]
    )
    recommendation.refresh_from_db(fields=["version"])


@service(verb="returninterviews.not_take_forward", operation=Operation.ALTERATION)
def not_take_forward(
    *, recommendation_reference: str, reasons: str, version: int | None, act: Act
) -> Recommendation:
    """Decide, as a manager, not to take a recommendation forward; whoever made it is told.

    Raises:
        NotFound: the recommendation is hidden.
        NotPermitted: another council decides, or this person is no manager.
        RuleBroken: it is decided already, or there are no reasons.
        Stale: somebody changed it since it was shown.
    """
    view, recommendation = locked_recommendation(act=act, reference=recommendation_reference)
    access.can_turn_down(act, recommendation).require(NotPermitted)
    _require_undecided(recommendation, act)
    rules.reasons_given(reasons).require()
    require_version(recommendation, version)

    recommendation.decision = CouncilDecision.NOT_TAKEN_FORWARD
    recommendation.reasons = reasons.strip()
    _save_decision(recommendation, act)
    deadlines.meet(kind=ActionClock.DECIDE, reference=recommendation.reference, act=act)
    timeline.add(
        child=view.child,
        kind=ActionFact.NOT_TAKEN_FORWARD,
        reference=recommendation.reference,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.not_take_forward",
        subjects=[view.child.pk],
        objects=[recommendation.reference],
    )
    tell_provider(
        recommendation,
        kind="returninterviews.not_taken_forward",
        event=f"not_taken_forward:{recommendation.reference}",
        act=act,
    )
    return recommendation


def tell_provider(recommendation: Recommendation, *, kind: str, event: str, act: Act) -> None:
    """Tell whoever made a recommendation what became of it, while they may still see it."""
    provider = recommendation.interview.provider
    if (
        provider is None
        or provider == act.agency
        or not queries.may_own_actions(recommendation.child, provider, act.now)
    ):
        return
    giving.tell(
        kind=kind, event=event, agency=provider, unit=None, child=recommendation.child,
        reference=recommendation.reference, act=act,
    )  # fmt: skip


@service(verb="returninterviews.ask_second_look", operation=Operation.ALTERATION)
def ask_second_look(
    *, recommendation_reference: str, words: str, version: int | None, act: Act
) -> Recommendation:
    """Ask the council, once, to look again at what it did not take forward.

    Raises:
        NotFound: the recommendation is hidden.
        NotPermitted: another agency held the interview.
        RuleBroken: there is nothing to look at again, or nobody says why.
        Stale: somebody changed it since it was shown.
    """
    view, recommendation = locked_recommendation(act=act, reference=recommendation_reference)
    access.can_ask_second_look(act, recommendation).require(NotPermitted)
    rules.asking_second_look(state=recommendation.state).require()
    rules.words_given(words).require()
    require_version(recommendation, version)

    recommendation.second_look_asked_at = act.now
    recommendation.second_look_asked_by = act.own_membership
    recommendation.second_look_words = words.strip()
    recommendation.version = F("version") + 1
    recommendation.save(
        update_fields=[
            "second_look_asked_at", "second_look_asked_by", "second_look_words", "version",
        ]
    )  # fmt: skip
    recommendation.refresh_from_db(fields=["version"])
    unit = _unit_of_council(recommendation)
    _start_clock(recommendation, ActionClock.SECOND_LOOK, unit=unit, act=act)
    timeline.add(
        child=view.child,
        kind=ActionFact.SECOND_LOOK_ASKED,
        reference=recommendation.reference,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.ask_second_look",
        subjects=[view.child.pk],
        objects=[recommendation.reference],
    )
    giving.tell(
        kind="returninterviews.second_look_asked",
        event=f"second_look_asked:{recommendation.reference}",
        agency=recommendation.council,
        unit=unit,
        child=view.child,
        reference=recommendation.reference,
        act=act,
    )
    return recommendation


def _unit_of_council(recommendation: Recommendation) -> Unit | None:
    """Return the team that has the interview, while it is still that council's to decide."""
    unit = recommendation.interview.unit
    return unit if unit and unit.agency_id == recommendation.council_id else None


@service(verb="returninterviews.answer_second_look", operation=Operation.ALTERATION)
def answer_second_look(
    *,
    recommendation_reference: str,
    answer: CouncilDecision,
    reasons: str,
    give: Give | None,
    version: int | None,
    token: UUID | None,
    act: Act,
) -> Recommendation:
    """Answer a second look as a manager: take it forward after all, or say why it stays so.

    `give` is what is to be done, where it is taken forward. The same token counts once.

    Raises:
        NotFound: the recommendation is hidden.
        NotPermitted: another council decides, or this person is no manager.
        RuleBroken: no second look waits, there are no reasons, or it cannot be asked so.
        Stale: somebody changed it since it was shown.
    """
    view, recommendation = locked_recommendation(act=act, reference=recommendation_reference)
    operation = "returninterviews.answer_second_look"
    earlier = submissions.earlier_result(token=token, act=act, operation=operation)
    if earlier:
        log.record(act=act, operation=Operation.ALTERATION, verb=operation, objects=[earlier])
        return recommendation
    access.can_answer_second_look(act, recommendation).require(NotPermitted)
    rules.answering_second_look(state=recommendation.state).require()
    given = None
    if answer == CouncilDecision.NOT_TAKEN_FORWARD:
        rules.reasons_given(reasons).require()
    elif give is None:
        raise RuleBroken("Say what is to be done.", "text")
    require_version(recommendation, version)
    if answer == CouncilDecision.TAKEN_FORWARD and give is not None:
        given = giving.checked(child=view.child, give=give, act=act)

    recommendation.second_look_at, recommendation.second_look_by = act.now, act.own_membership
    recommendation.second_look_answer = answer
    recommendation.second_look_reasons = reasons.strip()
    recommendation.version = F("version") + 1
    recommendation.save(
        update_fields=[
            "second_look_at", "second_look_by", "second_look_answer", "second_look_reasons",
            "version",
        ]
    )  # fmt: skip
    recommendation.refresh_from_db(fields=["version"])
    deadlines.meet(kind=ActionClock.SECOND_LOOK, reference=recommendation.reference, act=act)
    supersede(
        events=[f"second_look_asked:{recommendation.reference}"],
        reason="the second look is answered",
        act=act,
    )
    timeline.add(
        child=view.child,
        kind=ActionFact.SECOND_LOOK_ANSWERED,
        reference=recommendation.reference,
        act=act,
    )
    if given:
        giving.make(
            child=view.child,
            given=given,
            council=recommendation.council,
            recommendation=recommendation,
            act=act,
        )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb=operation,
        subjects=[view.child.pk],
        objects=[recommendation.reference],
        basis=answer,
    )
    tell_provider(
        recommendation,
        kind="returninterviews.second_look_answered",
        event=f"second_look_answered:{recommendation.reference}",
        act=act,
    )
    submissions.finish(token=token, result=recommendation.reference)
    return recommendation
