"""What a person may do with a child's interview now: the pages' own verdicts."""

from cases.access import ChildView
from cases.api import may
from cases.models import MissingEpisode
from cases.rules import Aspect
from missingchildren.agencies.acts import Act
from missingchildren.core.verdicts import Verdict, refuse
from returninterviews import access, queries, rules
from returninterviews.access import InterviewView
from returninterviews.services.accounts import accepted_words

NO_INTERVIEW = refuse("No return home interview that you may see is on record.")
# --- the interview


def seen_latest(view: ChildView, act: Act) -> InterviewView | None:
    """Return the child's latest interview, where this agency reads the whole of it."""
    if not (view.sees(Aspect.WHOLE_INTERVIEWS) or view.sees(Aspect.OWN_INTERVIEWS)):
        return None
    interview = queries.latest(view, act)
    if interview is None or not access.opens(act, view, interview):
        return None
    return access.interview_view(act=act, view=view, interview=interview)


def refer(seen: InterviewView) -> Verdict:
    """Say whether it can be referred now."""
    return access.can_refer(seen) and rules.still_to_be_held(seen.interview.outcome)


def offer(seen: InterviewView) -> Verdict:
    """Say whether an offer can be recorded now."""
    return access.can_hold(seen) and rules.still_to_be_held(seen.interview.outcome)


def sign(seen: InterviewView) -> Verdict:
    """Say whether it can be signed now."""
    return offer(seen)


def accept(seen: InterviewView) -> Verdict:
    """Say whether it can be accepted now."""
    return access.can_accept(seen) and rules.acceptance(
        outcome=seen.interview.outcome,
        signed_at=seen.interview.signed_at,
        accepted_by=accepted_words(seen.interview),
    )


VERDICTS = {
    "refer_interview": refer,
    "offer_interview": offer,
    "sign_interview": sign,
    "accept_interview": accept,
}


def _of_latest(view: ChildView, act: Act, _episode: MissingEpisode | None) -> dict[str, Verdict]:
    """Say of each operation on the child's latest interview whether it may be done."""
    seen = seen_latest(view, act)
    return {name: ask(seen) if seen else NO_INTERVIEW for name, ask in VERDICTS.items()}


def register_interviews() -> None:
    """Register the operations on a child's latest interview."""
    may.register_together(VERDICTS, _of_latest)


# --- recommendations and follow-up actions


def _add_action(view: ChildView, act: Act, _episode: MissingEpisode | None) -> Verdict:
    return access.can_add_action(act, view)


def register_actions() -> None:
    """Register the operations on follow-up actions that are done with a child."""
    may.register("add_action", _add_action)
