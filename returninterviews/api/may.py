"""What a person may do with a child now in this app: the page's own verdicts."""

from cases.access import ChildView
from cases.api import may
from cases.models import MissingEpisode
from missingchildren.agencies.acts import Act
from missingchildren.core.verdicts import Verdict
from returninterviews import access

# --- recommendations and follow-up actions


def _add_action(view: ChildView, act: Act, _episode: MissingEpisode | None) -> Verdict:
    return access.can_add_action(act, view)


def register_actions() -> None:
    """Register the operations on follow-up actions that are done with a child."""
    may.register("add_action", _add_action)
