"""What a person may do with the placements of a child now."""

from cases.access import ChildView
from cases.api import may
from cases.models import MissingEpisode
from missingchildren.agencies.acts import Act
from missingchildren.core.verdicts import Verdict
from placements import access


def _propose(view: ChildView, act: Act, _episode: MissingEpisode | None) -> Verdict:
    return access.can_propose(act, view)


def register_own() -> None:
    """Register the operations of this app; what may be done with one placement stands on it."""
    may.register("propose_placement", _propose)
