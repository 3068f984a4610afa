"""Bring back to a council what is owed to a child by an agency that can no longer see them."""

from typing import TypeVar

from django.db.models import F, QuerySet

from cases.models import Child, Deadline
from cases.services import deadlines, timeline
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency
from missingchildren.alerts.outbox import supersede
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from returninterviews import queries
from returninterviews.models import Action, Recommendation
from returninterviews.rules import ActionClock, ActionFact
from returninterviews.services import giving

PART_ENDED = "the agency's part ended"
Owed = TypeVar("Owed", Action, Recommendation)


def reclaim_actions_of(*, child: Child, act: Act) -> list[str]:
    """Give what nobody who sees the child owes to the child's council, at the same hour as before.

    Open actions go back to the council that gave them; what waits for a council that lost its
    part goes to the one that has it now. The child's row must be locked. Returns references.
    """
    moved = [_reclaim(action, act) for action in _orphans(queries.orphaned_actions(act.now), child)]
    moved += [
        _pass_on(recommendation, act)
        for recommendation in _orphans(queries.orphaned_recommendations(act.now), child)
    ]
    return [reference for reference in moved if reference]


def _orphans(found: QuerySet[Owed], child: Child) -> list[Owed]:
    of_child = found.filter(child=child).select_related("child").order_by("pk")
    return list(of_child.select_for_update(of=("self",)))


def _reclaim(action: Action, act: Act) -> str:
    """Give an action back to its council; "" where no council sees the child."""
    council = queries.council_to_act(action.child, wanted=action.council, now=act.now)
    if council is None:
        return ""
    action.owner = action.council = council
    action.deadline = _handed_over(
        action.child, ActionClock.ACTION, action.reference, to=council, act=act
    )
    action.version = F("version") + 1
    action.save(update_fields=["owner", "council", "deadline", "version"])
    supersede(events=[f"action_given:{action.reference}"], reason=PART_ENDED, act=act)
    _tell(action.child, action.reference, council, act)
    return action.reference


def _pass_on(recommendation: Recommendation, act: Act) -> str:
    """Give a decision that waits to the council that can take it; "" where none can."""
    council = queries.council_to_act(
        recommendation.child, wanted=recommendation.council, now=act.now
    )
    if council is None:
        return ""
    kind = ActionClock.SECOND_LOOK if recommendation.decision else ActionClock.DECIDE
    _handed_over(recommendation.child, kind, recommendation.reference, to=council, act=act)
    recommendation.council = council
    recommendation.version = F("version") + 1
    recommendation.save(update_fields=["council", "version"])
    _tell(recommendation.child, recommendation.reference, council, act)
    return recommendation.reference


def _handed_over(
    child: Child, kind: ActionClock, reference: str, *, to: Agency, act: Act
) -> Deadline:
    """Stop one agency's clock and start another's that ends at the same moment."""
    before = Deadline.objects.running().get(kind=kind, reference=reference)
    deadlines.drop(kind=kind, reference=reference, reason=PART_ENDED, act=act)
    return deadlines.start(
        child=child,
        agency=to,
        unit=queries.unit_with_part(child, to, act.now),
        kind=kind,
        reference=reference,
        due_at=before.due_at,
        protocol=before.protocol,
        act=act,
    )


def _tell(child: Child, reference: str, council: Agency, act: Act) -> None:
    timeline.add(child=child, kind=ActionFact.CAME_BACK, reference=reference, act=act)
    giving.tell(
        kind="returninterviews.came_back",
        event=f"came_back:{reference}:{act.id}",
        agency=council,
        unit=queries.unit_with_part(child, council, act.now),
        child=child,
        reference=reference,
        act=act,
    )


@service(verb="returninterviews.reclaim", operation=Operation.ALTERATION)
def reclaim(*, child_reference: str, act: Act) -> list[str]:
    """Do so for one child whose parts ran out with nobody's act."""
    child = Child.objects.select_for_update(of=("self",)).get(reference=child_reference)
    moved = reclaim_actions_of(child=child, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.reclaim",
        subjects=[child.pk],
        objects=moved,
    )
    return moved
