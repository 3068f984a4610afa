"""What a person may do in a risk round now: the page's own verdicts."""

from cases.access import ChildView
from cases.api import may
from cases.models import MissingEpisode
from missingchildren.agencies.acts import Act
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse
from risk import access, queries, rules
from risk.models import RiskRound

NO_LEVEL = refuse("No level has been chosen.")


def _verdicts(view: ChildView, act: Act, episode: MissingEpisode | None) -> dict[str, Verdict]:
    """Say of every operation of a round whether it may be done: one look at the latest round."""
    round = queries.latest_round(view.child, act)
    may_decide = _decide(round, act, episode)
    return {
        "answer_risk_question": _answer(round, view, act),
        "write_down_answer": access.can_write_down(act, episode) if episode else may.NO_EPISODE,
        "ask_others": may_decide and _ask_others(round),
        "choose_level": may_decide,
        **dict.fromkeys(("confirm_level", "send_level_back"), _confirm(round, view, act, episode)),
        "dissent_from_level": _dissent(round, view, act, episode),
    }


def _answer(round: RiskRound | None, view: ChildView, act: Act) -> Verdict:
    asked = rules.asking(
        opened_at=round.opened_at if round else None,
        ended_at=round.ended_at if round else None,
        now=act.now,
    )
    may_answer = access.can_answer(view) and asked
    if not may_answer or round is None:
        return may_answer
    return access.can_answer_for_the_force(act, round.episode)


def _decide(round: RiskRound | None, act: Act, episode: MissingEpisode | None) -> Verdict:
    if episode is None:
        return may.NO_EPISODE
    may_decide = access.can_decide(act, episode)
    if not may_decide:
        return may_decide
    if round is None:
        return refuse("There is no risk round that you may see.")
    return rules.may_decide_now(
        is_accepted=episode.accepted_at is not None, ended_at=round.ended_at
    )


def _ask_others(round: RiskRound | None) -> Verdict:
    if round is not None and not round.unasked:  # type: ignore[attr-defined]
        return refuse("Everybody has already been asked.")
    return ALLOWED


def _confirm(
    round: RiskRound | None, view: ChildView, act: Act, episode: MissingEpisode | None
) -> Verdict:
    if episode is None or round is None or round.current is None or not access.sees_round(view):
        return NO_LEVEL
    return access.can_confirm(act, round.current) and rules.confirming(
        round.current.state_in(round)
    )


def _dissent(
    round: RiskRound | None, view: ChildView, act: Act, episode: MissingEpisode | None
) -> Verdict:
    if episode is None or round is None or round.current is None:
        return NO_LEVEL
    return access.can_dissent(act, view, round.episode)


OPERATIONS = (
    "answer_risk_question", "write_down_answer", "ask_others", "choose_level",
    "confirm_level", "send_level_back", "dissent_from_level",
)  # fmt: skip


def register_own() -> None:
    """Register the operations of a risk round."""
    may.register_together(OPERATIONS, _verdicts)
