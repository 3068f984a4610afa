"""What a person may do in a risk round now: the page's own verdicts."""

from cases.access import ChildView
from cases.api import may
from cases.models import MissingEpisode
from missingchildren.agencies.acts import Act
from missingchildren.core.verdicts import Verdict, refuse
from risk import access, queries, rules
from risk.models import RiskRound

NO_LEVEL = refuse("No level has been chosen.")


def _round(view: ChildView) -> RiskRound | None:
    return queries.latest_round(view.child.pk)


def _answer(view: ChildView, act: Act, _episode: MissingEpisode | None) -> Verdict:
    may_answer = access.can_answer(view)
    round = _round(view) if may_answer else None
    asked = rules.asking(
        opened_at=round.opened_at if round else None,
        ended_at=round.ended_at if round else None,
        now=act.now,
    )
    if not may_answer or round is None or not asked:
        return may_answer and asked
    return access.can_answer_for_the_force(act, round.episode)


def _decide(view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    if episode is None:
        return may.NO_EPISODE
    may_decide = access.can_decide(act, episode)
    if not may_decide:
        return may_decide
    round = _round(view)
    if round is None:
        return refuse("There is no risk round that you may see.")
    return rules.may_decide_now(
        is_accepted=episode.accepted_at is not None, ended_at=round.ended_at
    )


def _ask_others(view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    may_ask = _decide(view, act, episode)
    round = queries.latest_round(view.child.pk, act) if may_ask else None
    if round is not None and not round.unasked:  # type: ignore[attr-defined]
        return refuse("Everybody has already been asked.")
    return may_ask


def _confirm(view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    round = _round(view) if episode and access.sees_round(view) else None
    if round is None or round.current is None:
        return NO_LEVEL
    return access.can_confirm(act, round.current) and rules.confirming(
        round.current.state_in(round)
    )


def _dissent(view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    round = _round(view) if episode else None
    if round is None or round.current is None:
        return NO_LEVEL
    return access.can_dissent(act, view, round.episode)


def _write_down(_view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    return access.can_write_down(act, episode) if episode else may.NO_EPISODE


def register_own() -> None:
    """Register the operations of a risk round."""
    for name, ask in {
        "answer_risk_question": _answer,
        "write_down_answer": _write_down,
        "ask_others": _ask_others,
        "choose_level": _decide,
        "confirm_level": _confirm,
        "send_level_back": _confirm,
        "dissent_from_level": _dissent,
    }.items():
        may.register(name, ask)
