"""Who may see and do what with return home interviews and what follows from them."""

from cases.access import ChildView
from cases.rules import Aspect
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import AgencyKind, Role
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse
from returninterviews.models import Action, Recommendation

# --- recommendations and follow-up actions


def sees_every_action(view: ChildView) -> bool:
    """Return whether this agency sees whatever is recommended and done for the child."""
    return view.sees(Aspect.ACTIONS)


def sees_recommendation(act: Act, view: ChildView, recommendation: Recommendation) -> bool:
    """Return whether this agency sees a recommendation: a council, or the provider that made it."""
    is_own = recommendation.interview.provider_id == act.agency_id
    return sees_every_action(view) or (is_own and view.sees(Aspect.OWN_INTERVIEWS))


def sees_action(act: Act, view: ChildView, action: Action) -> bool:
    """Return whether this agency sees an action: its own, or one that its recommendation led to."""
    if sees_every_action(view):
        return True
    if action.owner_id == act.agency_id:
        return view.sees(Aspect.OWN_ACTIONS)
    return action.recommendation is not None and sees_recommendation(
        act, view, action.recommendation
    )


def sees_evidence(act: Act, view: ChildView, action: Action) -> bool:
    """Return whether this agency reads what was done, and why an action was dropped."""
    return sees_every_action(view) or action.owner_id == act.agency_id


def can_decide(act: Act, recommendation: Recommendation) -> Verdict:
    """Say whether this person may take a recommendation forward."""
    if recommendation.council_id != act.agency_id:
        return refuse("Only the council that the interview is for decides on its recommendations.")
    return ALLOWED


def can_turn_down(act: Act, recommendation: Recommendation) -> Verdict:
    """Say whether this person may decide not to take a recommendation forward."""
    return can_decide(act, recommendation) and _is_manager(
        act, "Only a manager can decide not to take a recommendation forward."
    )


def can_ask_second_look(act: Act, recommendation: Recommendation) -> Verdict:
    """Say whether this person may ask for a second look: whoever made the recommendation."""
    if recommendation.interview.provider_id != act.agency_id:
        return refuse("Only the agency that held the interview can ask for a second look.")
    return ALLOWED


def can_answer_second_look(act: Act, recommendation: Recommendation) -> Verdict:
    """Say whether this person may answer a second look."""
    return can_decide(act, recommendation) and _is_manager(
        act, "Only a manager can answer a second look."
    )


def can_add_action(act: Act, view: ChildView) -> Verdict:
    """Say whether this person may ask agencies to do something for the child."""
    if (
        not sees_every_action(view)
        or act.agency is None
        or act.agency.kind != AgencyKind.COUNCIL
    ):  # fmt: skip
        return refuse("Only the child's council can add follow-up actions.")
    return ALLOWED


def can_work_on(act: Act, action: Action) -> Verdict:
    """Say whether this person may write progress, completion and whether it helped."""
    if act.agency_id not in {action.owner_id, action.council_id}:
        return refuse("Only the agency that does this, and the council, can write about it.")
    return ALLOWED


def can_drop(act: Act, action: Action) -> Verdict:
    """Say whether this person may drop an action."""
    if action.council_id != act.agency_id:
        return refuse("Only the council that gave this action can drop it.")
    return _is_manager(act, "Only a manager can drop an action.")


def _is_manager(act: Act, reason: str) -> Verdict:
    return ALLOWED if Role.MANAGER in act.roles else refuse(reason)
