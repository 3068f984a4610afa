"""Who may see and do what with an interview: the part in the child's record, and whose it is."""

from __future__ import annotations

from dataclasses import dataclass

from cases.access import HIDDEN, ChildView, view_of
from cases.rules import Aspect, Part, Right
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import AgencyKind, Role
from missingchildren.core.verdicts import ALLOWED, NotFound, Verdict, refuse
from returninterviews.models import Action, Interview, Recommendation, Summary

# --- the interview

# Who may waive an interview (bar.md AZ-31).
WAIVING_ROLES = frozenset({Role.SUPERVISOR, Role.MANAGER, Role.DIRECTOR})


@dataclass(frozen=True)
class InterviewView:
    """One interview as one person, acting for one agency, may see it at one moment."""

    interview: Interview
    view: ChildView
    is_council: bool
    is_provider: bool

    @property
    def is_holder(self) -> bool:
        """Return whether it is this agency's to offer, hold and sign."""
        return self.is_provider or (self.is_council and self.interview.provider_id is None)


def interview_view(*, act: Act, view: ChildView, interview: Interview | None) -> InterviewView:
    """Return the interview as this person may see it.

    The whole interview is read by the council that sees to it, by the council that is responsible
    for the child, and by the provider that holds it.

    Raises:
        NotFound: there is no such interview, or it is hidden.
    """
    if interview is None or not opens(act, view, interview):
        raise NotFound(HIDDEN)
    opens_whole = view.sees(Aspect.WHOLE_INTERVIEWS) and Right.INTERVIEW in view.rights
    is_council = opens_whole and interview.council_id == act.agency_id
    is_provider = view.sees(Aspect.OWN_INTERVIEWS) and interview.provider_id == act.agency_id
    return InterviewView(
        interview=interview, view=view, is_council=is_council, is_provider=is_provider
    )


def opens(act: Act, view: ChildView, interview: Interview) -> bool:
    """Return whether this agency reads the whole of an interview."""
    if interview.child_id != view.child.pk:
        return False
    if view.sees(Aspect.OWN_INTERVIEWS) and interview.provider_id == act.agency_id:
        return True
    is_own = interview.council_id == act.agency_id or Part.RESPONSIBLE_COUNCIL in view.parts
    return view.sees(Aspect.WHOLE_INTERVIEWS) and Right.INTERVIEW in view.rights and is_own


def require_opens(*, act: Act, child_reference: str, interview: Interview | None) -> None:
    """Refuse an interview that stays hidden, before anybody is asked why they open the record.

    Raises:
        NotFound: it would be hidden even then.
    """
    view = view_of(act=act, reference=child_reference)
    if interview is None or not opens(act, view, interview):
        raise NotFound(HIDDEN)


def sees_interviews(view: ChildView) -> bool:
    """Return whether a part opens that there are interviews, and where they stand."""
    return (
        view.sees(Aspect.SHARED_INTERVIEWS)
        or view.sees(Aspect.WHOLE_INTERVIEWS)
        or view.sees(Aspect.OWN_INTERVIEWS)
    )


def can_refer(seen: InterviewView) -> Verdict:
    """Say whether this agency may say who holds the interview: the council that sees to it."""
    if not seen.is_council:
        return refuse("Only the council that sees to this interview can say who holds it.")
    return ALLOWED


def can_decline_referral(seen: InterviewView) -> Verdict:
    """Say whether this agency may give a referral back: the provider it was made to."""
    if not seen.is_provider:
        return refuse("This interview was not referred to your agency.")
    return ALLOWED


def can_hold(seen: InterviewView) -> Verdict:
    """Say whether this agency may offer, write and sign the interview: whoever is to hold it."""
    if not seen.is_holder:
        holder = seen.interview.holder
        return refuse(f"This interview is with {holder.name if holder else 'nobody yet'}.")
    return ALLOWED


def can_end_unheld(act: Act, seen: InterviewView, *, waives: bool) -> Verdict:
    """Say whether this person may record that it was not held.

    Whoever holds it says what became of its offers; that none is made is for the council's
    managers to decide.
    """
    if waives:
        if not seen.is_council:
            return refuse(
                "Only the council that sees to this interview can decide not to offer it."
            )
        if not act.roles & WAIVING_ROLES:
            return refuse("Only a supervisor or a manager can decide that it is not offered.")
        return ALLOWED
    if not (seen.is_holder or seen.is_council):
        return can_hold(seen)
    return ALLOWED


def can_accept(seen: InterviewView) -> Verdict:
    """Say whether this agency may accept a signed interview: the council that sees to it."""
    if not seen.is_council:
        return refuse("Only the council that sees to this interview can accept it.")
    return ALLOWED


def can_name_council(act: Act, view: ChildView, interview: Interview) -> Verdict:
    """Say whether this agency may say which council an interview is for: the lead force."""
    leads = {Part.LEAD_FORCE, Part.LEAD_FORCE_AFTERWARDS} & view.parts
    if not leads or act.agency is None:
        return refuse("Only the police force that led the search can say which council it is.")
    if interview.council_id is not None:
        return refuse("It is known already which council sees to this interview.")
    return ALLOWED


def summary_of(*, act: Act, view: ChildView, summary: Summary | None) -> Summary:
    """Return a summary that was made for the acting agency.

    Raises:
        NotFound: there is none, or it is for somebody else.
    """
    if (
        summary is None
        or summary.child_id != view.child.pk
        or summary.agency_id != act.agency_id
        or not view.sees(Aspect.SHARED_INTERVIEWS)
    ):
        raise NotFound(HIDDEN)
    return summary


def can_answer(act: Act, summary: Summary) -> Verdict:
    """Say whether this person may say what was done with a summary: the force it was made for."""
    if summary.agency_id != act.agency_id or act.own_agency.kind != AgencyKind.FORCE:
        return refuse("Only the police say what they did with a summary.")
    return ALLOWED


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
