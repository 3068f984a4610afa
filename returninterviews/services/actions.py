"""Add a follow-up action, say how it goes, complete or drop it, and say whether it helped."""

from uuid import UUID

from django.db.models import F

from cases.access import HIDDEN, ChildView, whose
from cases.rules import Audience
from cases.services import deadlines, sharing, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.alerts.outbox import supersede
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from returninterviews import access, queries, rules
from returninterviews.models import Action, ActionNote, Recommendation
from returninterviews.rules import ActionClock, ActionFact, ActionState, Helped
from returninterviews.services import giving
from returninterviews.services.giving import Give
from returninterviews.services.recommendations import named, require_version, tell_provider

NOTE_AUDIENCES = (Audience.CASE, Audience.STATUTORY)


@service(verb="returninterviews.add_action", operation=Operation.ALTERATION)
def add_action(
    *,
    child_reference: str,
    give: Give,
    token: UUID | None,
    act: Act,
    recommendation_reference: str = "",
) -> Action:
    """Ask an agency to do something for a child: more about a recommendation, or about none.

    The same token counts once.

    Raises:
        NotFound: the child or the recommendation is hidden.
        NotPermitted: this person is not of the child's council.
        RuleBroken: the recommendation is not taken forward, or it cannot be asked so.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    operation = "returninterviews.add_action"
    earlier = submissions.earlier_result(token=token, act=act, operation=operation)
    if earlier:
        log.record(act=act, operation=Operation.ALTERATION, verb=operation, objects=[earlier])
        return Action.objects.get(reference=earlier)
    access.can_add_action(act, view).require(NotPermitted)
    recommendation = None
    if recommendation_reference:
        recommendation = _to_add_to(view, recommendation_reference, act)
    given = giving.checked(child=view.child, give=give, act=act)

    action = giving.make(
        child=view.child,
        given=given,
        council=act.own_agency,
        recommendation=recommendation,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb=operation,
        subjects=[view.child.pk],
        objects=[action.reference],
    )
    submissions.finish(token=token, result=action.reference)
    return action


def _to_add_to(view: ChildView, reference: str, act: Act) -> Recommendation:
    """Return a recommendation about which more can be done.

    Raises:
        NotFound: there is none of this child's.
        NotPermitted: another council decides on it.
        RuleBroken: it is not taken forward.
    """
    recommendation = Recommendation.objects.filter(child=view.child, reference=reference).first()
    if recommendation is None:
        raise NotFound(HIDDEN)
    access.can_decide(act, recommendation).require(NotPermitted)
    rules.adding_to(state=recommendation.state).require()
    return recommendation


def locked_action(*, act: Act, reference: str) -> tuple[ChildView, Action]:
    """Lock the child and the action, and return both as this person may see them now.

    Raises:
        NotFound: there is no such action, or it is hidden.
    """
    found = whose(Action, reference)
    if found is None:
        raise NotFound(HIDDEN)
    view = sharing.locked_child(act=act, reference=found)
    action = (
        Action.objects.select_for_update(of=("self",))
        .select_related(*queries.OF_AN_ACTION, "recommendation__interview__provider")
        .get(reference=reference)
    )
    if not access.sees_action(act, view, action):
        raise NotFound(HIDDEN)
    return view, action


def _require_open(action: Action, act: Act) -> None:
    """Refuse what can only be done to an open action.

    Raises:
        RuleBroken: it was done or dropped; by whom and when.
    """
    is_done = action.state == ActionState.DONE
    rules.settling(
        state=action.state,
        by=named(action.completed_by if is_done else action.dropped_by, act),
        at=action.completed_at if is_done else action.dropped_at,
    ).require()


@service(verb="returninterviews.note_progress", operation=Operation.COLLECTION)
def note_progress(
    *,
    action_reference: str,
    text: str,
    audience: Audience = Audience.CASE,
    token: UUID | None,
    act: Act,
) -> ActionNote:
    """Say how an action is going; the same token counts once.

    Raises:
        NotFound: the action is hidden.
        NotPermitted: it is neither this agency's nor its council's.
        RuleBroken: it is no longer open, the text is blank, or it is for nobody who may read it.
    """
    view, action = locked_action(act=act, reference=action_reference)
    operation = "returninterviews.note_progress"
    earlier = submissions.earlier_result(token=token, act=act, operation=operation)
    if earlier:
        log.record(act=act, operation=Operation.COLLECTION, verb=operation, objects=[earlier])
        return ActionNote.objects.get(reference=earlier)
    access.can_work_on(act, action).require(NotPermitted)
    _require_open(action, act)
    if not text.strip():
        raise RuleBroken("Say how it is going.", "text")
    if audience not in NOTE_AUDIENCES:
        raise RuleBroken("Choose one of the answers shown", "audience")

    note = ActionNote.objects.create(
        child=view.child,
        action=action,
        reference=unused(ActionNote, "AN"),
        owner=act.own_agency,
        audience=audience,
        recorded_at=act.now,
        recorded_by=act.membership,
        text=text.strip(),
    )
    timeline.add(child=view.child, kind=ActionFact.PROGRESS, reference=action.reference, act=act)
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb=operation,
        subjects=[view.child.pk],
        objects=[action.reference, note.reference],
    )
    submissions.finish(token=token, result=note.reference)
    return note


@service(verb="returninterviews.complete_action", operation=Operation.ALTERATION)
def complete_action(
    *, action_reference: str, evidence: str, version: int | None, act: Act
) -> Action:
    """Record that an action is done: what was done, and how that is known.

    Raises:
        NotFound: the action is hidden.
        NotPermitted: it is neither this agency's nor its council's.
        RuleBroken: it is done or dropped already, or nothing is said about it.
        Stale: somebody changed it since it was shown.
    """
    view, action = locked_action(act=act, reference=action_reference)
    access.can_work_on(act, action).require(NotPermitted)
    _require_open(action, act)
    rules.evidence_given(evidence).require()
    require_version(action, version)

    action.completed_at, action.completed_by = act.now, act.own_membership
    action.evidence = evidence.strip()
    action.version = F("version") + 1
    action.save(update_fields=["completed_at", "completed_by", "evidence", "version"])
    action.refresh_from_db(fields=["version"])
    deadlines.meet(kind=ActionClock.ACTION, reference=action.reference, act=act)
    supersede(
        events=[f"action_given:{action.reference}"], reason="the action is done", act=act
    )  # fmt: skip
    timeline.add(child=view.child, kind=ActionFact.DONE, reference=action.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.complete_action",
        subjects=[view.child.pk],
        objects=[action.reference],
    )
    return action


@service(verb="returninterviews.drop_action", operation=Operation.ALTERATION)
def drop_action(*, action_reference: str, reasons: str, version: int | None, act: Act) -> Action:
    """Drop an action as a manager, with reasons.

    Where nothing else is done about a recommendation, whoever made it is told.

    Raises:
        NotFound: the action is hidden.
        NotPermitted: another council gave it, or this person is no manager.
        RuleBroken: it is done or dropped already, or there are no reasons.
        Stale: somebody changed it since it was shown.
    """
    view, action = locked_action(act=act, reference=action_reference)
    access.can_drop(act, action).require(NotPermitted)
    _require_open(action, act)
    rules.reasons_given(reasons).require()
    require_version(action, version)

    action.dropped_at, action.dropped_by = act.now, act.own_membership
    action.dropped_reasons = reasons.strip()
    action.version = F("version") + 1
    action.save(update_fields=["dropped_at", "dropped_by", "dropped_reasons", "version"])
    action.refresh_from_db(fields=["version"])
    deadlines.drop(
        kind=ActionClock.ACTION,
        reference=action.reference,
        reason="a manager dropped the action",
        act=act,
    )
    supersede(
        events=[f"action_given:{action.reference}"], reason="the action was dropped", act=act
    )  # fmt: skip
    timeline.add(child=view.child, kind=ActionFact.DROPPED, reference=action.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.drop_action",
        subjects=[view.child.pk],
        objects=[action.reference],
    )
    recommendation = action.recommendation
    if recommendation and not recommendation.actions.filter(dropped_at=None).exists():
        tell_provider(
            recommendation,
            kind="returninterviews.not_taken_forward",
            event=f"action_dropped:{action.reference}",
            act=act,
        )
    return action


@service(verb="returninterviews.say_whether_it_helped", operation=Operation.ALTERATION)
def say_whether_it_helped(
    *, action_reference: str, helped: Helped, version: int | None, act: Act
) -> Action:
    """Say, once, whether an action that was done helped the child.

    Raises:
        NotFound: the action is hidden.
        NotPermitted: it is neither this agency's nor its council's.
        RuleBroken: it is not done, or this was said before.
        Stale: somebody changed it since it was shown.
    """
    view, action = locked_action(act=act, reference=action_reference)
    access.can_work_on(act, action).require(NotPermitted)
    rules.saying_whether_it_helped(state=action.state, helped=action.helped).require()
    require_version(action, version)

    action.helped, action.helped_at, action.helped_by = helped, act.now, act.own_membership
    action.version = F("version") + 1
    action.save(update_fields=["helped", "helped_at", "helped_by", "version"])
    action.refresh_from_db(fields=["version"])
    timeline.add(child=view.child, kind=ActionFact.HELPED, reference=action.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.say_whether_it_helped",
        subjects=[view.child.pk],
        objects=[action.reference],
        basis=helped,
    )
    return action
