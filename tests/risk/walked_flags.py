"""What the walks over every page and every operation must know of risk.

`tests/test_every_page.py` and `tests/api/test_every_operation.py` gather these tables.
"""

from typing import Any

from cases.models import MissingEpisode
from tests.partnership import Partnership
from tests.risk.flagging import CANARY_FIRST, CANARY_GROUNDS, CANARY_REASONS, Flagging

# --- flags

# Who has a part that opens flags: the forces, and the councils of the child and of the area.
SEES_FLAGS = frozenset({"joan", "ruth", "ken", "tom", "beth"})
FLAGS = "cases/<str:reference>/flags/"
FLAG = f"{FLAGS}<str:flag_reference>/"
FLAGS_OF_API = "children/<reference:reference>/flags/"
FLAG_OF_API = f"{FLAGS_OF_API}<reference:flag_reference>/"

# Addresses of pages about a child, each with who gets an answer to a GET (200, or sent on).
PAGES: dict[str, frozenset[str]] = {
    FLAGS: SEES_FLAGS,
    FLAG: SEES_FLAGS,
    f"{FLAGS}ask/": frozenset({"ruth", "ken"}),
    f"{FLAGS}make/": frozenset({"tom"}),
}
# Addresses about a child that take a POST only, or that only some states open: walked for 404.
OTHERS: frozenset[str] = frozenset(
    {
        f"{FLAG}decide/", f"{FLAG}disagree/", f"{FLAG}enter/", f"{FLAG}review/", f"{FLAG}end/",
        f"{FLAG}take-off/",
    }
)  # fmt: skip
# One's own pages: they open for everybody and show only what is theirs.
OWN: frozenset[str] = frozenset({"flags/"})
# The same for operations of the API, without "api/v1/".
READ: dict[str, frozenset[str]] = {FLAGS_OF_API: SEES_FLAGS, FLAG_OF_API: SEES_FLAGS}
CHANGED: frozenset[str] = frozenset(
    {
        f"{FLAGS_OF_API}made/", f"{FLAG_OF_API}decide/", f"{FLAG_OF_API}disagree/",
        f"{FLAG_OF_API}enter/", f"{FLAG_OF_API}review/", f"{FLAG_OF_API}end/",
        f"{FLAG_OF_API}take-off/",
    }
)  # fmt: skip
OWN_OPERATIONS: frozenset[str] = frozenset({"flags/"})
# Words that no other row holds, each with who may read it; nobody else's page may hold it.
CANARIES: dict[str, frozenset[str]] = dict.fromkeys(
    (CANARY_GROUNDS, CANARY_FIRST, CANARY_REASONS), SEES_FLAGS
)


def prepare(world: Partnership) -> dict[str, str]:
    """Add what this app's addresses are about; return the values of their parts."""
    flag = Flagging(world).active()
    return {
        "<str:flag_reference>": flag.reference,
        "<reference:flag_reference>": flag.reference,
    }


def calls(world: Partnership, _episode: MissingEpisode) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the ordinary call of each operation that `may` of a child names."""
    flags = f"/children/{world.ava.reference}/flags/"
    says = {
        "level": "high", "grounds": CANARY_GROUNDS, "if_missing": CANARY_FIRST,
        "is_child_told": True,
    }  # fmt: skip
    terms = Flagging(world).terms()
    return {
        "ask_for_flag": (flags, says),
        "flag_child": (
            f"{flags}made/",
            {**says, "review_on": str(terms.review_on), "expires_on": str(terms.expires_on)},
        ),
    }
