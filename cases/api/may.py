"""What a person may do with a child now: the page's own verdicts, in a registry for later apps."""

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from typing import Any

from cases import access, queries, rules
from cases.access import ChildView
from cases.models import MissingEpisode, PreventionInterview
from cases.rules import Aspect
from cases.services import closing
from missingchildren.agencies.acts import Act
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse

Ask = Callable[[ChildView, Act, MissingEpisode | None], Verdict]
AskAll = Callable[[ChildView, Act, MissingEpisode | None], Mapping[str, Verdict]]
_operations: dict[str, AskAll] = {}
NO_EPISODE = refuse("No missing episode is on record.")


def register(name: str, ask: Ask) -> None:
    """Add an operation on a child, named as in its `operationId` in lower case: `record_return`.

    `ask` is given the latest episode, or None where no part opens episodes, and costs no query
    that depends on how much there is.

    Raises:
        ValueError: the name is taken.
    """

    @wraps(ask)
    def alone(*about: Any) -> Mapping[str, Verdict]:
        return {name: ask(*about)}

    _take(name, alone)


def register_together(names: Collection[str], ask: AskAll) -> None:
    """Add operations whose verdicts come from one look at the same record, by name."""
    for name in names:
        _take(name, ask)


def _take(name: str, ask: AskAll) -> None:
    if name in _operations:
        raise ValueError(f"{name} is registered twice")
    _operations[name] = ask


def registered() -> list[str]:
    """Return the name of every operation."""
    return sorted(_operations)


def verdicts(view: ChildView, act: Act, episode: MissingEpisode | None) -> dict[str, Verdict]:
    """Return for each operation whether this person may do it now, and if not, why."""
    said: dict[str, Verdict] = {}
    for ask in dict.fromkeys(_operations.values()):
        said |= ask(view, act, episode)
    return {name: said[name] for name in registered()}


def _report(_view: ChildView, act: Act, _episode: MissingEpisode | None) -> Verdict:
    return access.can_report(act)


def _accept(_view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    if episode is None:
        return NO_EPISODE
    return access.can_accept(act, episode) and rules.acceptance(
        accepted_at=episode.accepted_at,
        located_at=episode.located_at,
        withdrawn_at=episode.withdrawn_at,
    )


def _record_located(_view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    if episode is None:
        return NO_EPISODE
    return access.can_record_located(act, episode) and rules.locating(
        located_at=episode.located_at, withdrawn_at=episode.withdrawn_at
    )


def _prevention_interview(_view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    if episode is None:
        return NO_EPISODE
    return access.can_record_prevention_interview(act, episode) and rules.prevention_interview(
        located_at=episode.located_at,
        closed_at=episode.closed_at,
        is_recorded=PreventionInterview.objects.filter(episode=episode).exists(),
    )


def _close_episode(_view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    """Say whether it can close now: what is not settled is looked up only for those who may."""
    if episode is None:
        return NO_EPISODE
    verdict = closing.may_close(episode, act, is_settled=True)
    return verdict and closing.may_close(
        episode, act, is_settled=not closing.unsettled(episode, act)
    )


def _record_return(_view: ChildView, act: Act, episode: MissingEpisode | None) -> Verdict:
    if episode is None:
        return NO_EPISODE
    return access.can_record_return(act, episode) and rules.returning(
        returned_at=episode.returned_at,
        withdrawn_at=episode.withdrawn_at,
        is_missing_again=False,  # it is the latest
    )


def _add_update(view: ChildView, _act: Act, _episode: MissingEpisode | None) -> Verdict:
    return access.can_write_update(view) and (
        ALLOWED if view.child.missing_since else refuse("This child is not missing now.")
    )


def _share(view: ChildView, act: Act, _episode: MissingEpisode | None) -> Verdict:
    return access.can_share(act, view)


def _reveal_place(view: ChildView, act: Act, _episode: MissingEpisode | None) -> Verdict:
    if not access.readable_locations(act, view).exists():
        return refuse("No place that you may see is on record.")
    return ALLOWED


def latest_episode(view: ChildView) -> MissingEpisode | None:
    """Return the child's latest episode, where a part opens episodes."""
    if not view.sees(Aspect.EPISODE):
        return None
    return next(iter(queries.episodes_page(view).rows), None)


def register_own() -> None:
    """Register the operations of this app."""
    for name, ask in {
        "report_missing": _report,
        "accept_report": _accept,
        "record_located": _record_located,
        "record_prevention_interview": _prevention_interview,
        "record_return": _record_return,
        "close_episode": _close_episode,
        "add_update": _add_update,
        "reveal_place": _reveal_place,
        "share": _share,
        "end_sharing": _share,
        "decide_not_to_share": _share,
    }.items():
        register(name, ask)
