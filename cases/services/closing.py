"""Close a missing episode when everything it left open is settled: a registry that each app fills."""

from collections.abc import Callable
from dataclasses import dataclass

from cases.models import MissingEpisode
from missingchildren.agencies.acts import Act


@dataclass(frozen=True, kw_only=True)
class ClosingCheck:
    """One thing that must be settled before an episode closes.

    `unsettled` returns a sentence for each thing that is still open, none of which tells more
    than every agency with the episode may know. It must cost a fixed number of queries.
    """

    name: str
    title: str
    unsettled: Callable[[MissingEpisode, Act], list[str]]


_checks: dict[str, ClosingCheck] = {}


def register(check: ClosingCheck) -> None:
    """Add a check.

    Raises:
        ValueError: another check has this name.
    """
    if _checks.setdefault(check.name, check) != check:
        raise ValueError(f"closing check {check.name} is already registered")


def checks() -> list[ClosingCheck]:
    """Return every check by name."""
    return [_checks[name] for name in sorted(_checks)]


def unsettled(episode: MissingEpisode, act: Act) -> list[str]:
    """Return a sentence for each thing that must be settled before the episode closes."""
    return [sentence for check in checks() for sentence in check.unsettled(episode, act)]
