"""What the walks over every page and every operation must know of returninterviews.

`tests/test_every_page.py` and `tests/api/test_every_operation.py` gather these tables.
"""

from typing import Any
from uuid import uuid4

from cases.models import MissingEpisode
from returninterviews.services import actions, recommendations
from tests.partnership import Partnership, act_now
from tests.returninterviews.recommended import (
    CANARY_ACTION,
    CANARY_NOTE,
    CANARY_RECOMMENDED,
    give,
    in_days,
    recommend,
    signed_interview,
)

# --- recommendations and follow-up actions: a recommendation of an interview held for Birmingham,
# and an action that the home has.
EVERY_PART = frozenset({"joan", "ruth", "ken", "nisha", "paul", "grace", "tom", "beth", "lena"})
COUNCIL = frozenset({"ruth", "ken"})
COUNCIL_AND_HOME = COUNCIL | {"nisha"}
_CASE = "cases/<str:reference>/actions/"
_RECOMMENDATION = "recommendations/<str:reference>/"
_ACTION = "actions/<str:reference>/"

# Addresses of pages about a child, each with who gets an answer to a GET (200, or sent on).
PAGES: dict[str, frozenset[str]] = {
    _CASE: EVERY_PART,
    f"{_CASE}settled/": EVERY_PART,
    f"{_CASE}add/": COUNCIL,
    f"{_CASE}recommendations/": COUNCIL,
    _RECOMMENDATION: COUNCIL,
    f"{_RECOMMENDATION}accept/": COUNCIL,
    f"{_RECOMMENDATION}add/": COUNCIL,
    _ACTION: COUNCIL_AND_HOME,
    f"{_ACTION}progress/": COUNCIL_AND_HOME,
    f"{_ACTION}done/": COUNCIL_AND_HOME,
    f"{_ACTION}helped/": COUNCIL_AND_HOME,
    # For a manager, or for whoever held the interview: none of the people of the walk.
    f"{_RECOMMENDATION}not-forward/": frozenset(),
    f"{_RECOMMENDATION}second-look/": frozenset(),
    f"{_RECOMMENDATION}keep/": frozenset(),
    f"{_ACTION}drop/": frozenset(),
}
# Addresses about a child that take a POST only, or that only some states open: walked for 404.
OTHERS: frozenset[str] = frozenset()
# One's own pages: they open for everybody and show only what is theirs.
OWN: frozenset[str] = frozenset()
# The same for operations of the API, without "api/v1/".
_CHILD = "children/<reference:reference>/"
_ONE_RECOMMENDATION = "recommendations/<reference:reference>/"
_ONE_ACTION = "actions/<reference:reference>/"
READ: dict[str, frozenset[str]] = {
    f"{_CHILD}actions/": EVERY_PART,
    f"{_CHILD}recommendations/": COUNCIL,
    _ONE_RECOMMENDATION: COUNCIL,
    _ONE_ACTION: COUNCIL_AND_HOME,
}
CHANGED: frozenset[str] = frozenset(
    {
        f"{_ONE_RECOMMENDATION}accept/",
        f"{_ONE_RECOMMENDATION}not-taken-forward/",
        f"{_ONE_RECOMMENDATION}second-look/",
        f"{_ONE_RECOMMENDATION}second-look/answer/",
        f"{_ONE_ACTION}notes/",
        f"{_ONE_ACTION}done/",
        f"{_ONE_ACTION}drop/",
        f"{_ONE_ACTION}helped/",
    }
)
OWN_OPERATIONS: frozenset[str] = frozenset()
# Words that no other row holds, each with who may read it; nobody else's page may hold it.
# What is unfinished is evidence for the force that judges the risk.
CANARIES: dict[str, frozenset[str]] = {
    CANARY_RECOMMENDED: COUNCIL | {"joan"},
    CANARY_ACTION: COUNCIL_AND_HOME | {"joan"},
    CANARY_NOTE: COUNCIL_AND_HOME,
}


def prepare(world: Partnership) -> dict[str, str]:
    """Add what this app's addresses are about; return the values of their parts."""
    episode = world.ava.episodes.latest("started_at")
    interview = signed_interview(world, episode=episode)
    recommended, accepted = recommend(
        interview, CANARY_RECOMMENDED, "A light at night.", by=world.lena
    )
    action = recommendations.accept_recommendation(
        recommendation_reference=accepted.reference, give=give(world.home, text=CANARY_ACTION),
        version=None, token=uuid4(), act=act_now(world.ruth),
    )  # fmt: skip
    actions.note_progress(
        action_reference=action.reference, text=CANARY_NOTE, token=uuid4(), act=act_now(world.nisha)
    )
    return {
        "recommendations/<str:reference>": f"recommendations/{recommended.reference}",
        "actions/<str:reference>": f"actions/{action.reference}",
        "recommendations/<reference:reference>": f"recommendations/{recommended.reference}",
        "actions/<reference:reference>": f"actions/{action.reference}",
    }


def calls(world: Partnership, _episode: MissingEpisode) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the ordinary call of each operation on a child: its address and body."""
    return {
        "add_action": (
            f"/children/{world.ava.reference}/actions/",
            {
                "text": "Ring her mother.",
                "agency": world.birmingham.reference,
                "due_on": in_days(7).isoformat(),
            },
        ),
    }
