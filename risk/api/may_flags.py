"""Whether a person may have a child flagged now, for `may` of the child."""

from cases.access import ChildView
from cases.api.may import register
from cases.models import MissingEpisode
from missingchildren.agencies.acts import Act
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import Verdict
from risk import access, queries


def _ask(view: ChildView, act: Act, _episode: MissingEpisode | None) -> Verdict:
    return access.can_ask_for_flag(act, view)


def _flag(view: ChildView, act: Act, _episode: MissingEpisode | None) -> Verdict:
    return access.can_flag(act, view) and queries.no_other_flag(
        view.child, act.own_agency, today=london_day(act.now)
    )


def register_own() -> None:
    """Register the operations of flags that begin at the child; a flag says what begins at it."""
    register("ask_for_flag", _ask)
    register("flag_child", _flag)
