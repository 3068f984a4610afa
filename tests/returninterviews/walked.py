"""What the walks over every page and every operation must know of returninterviews.

`tests/test_every_page.py` and `tests/api/test_every_operation.py` gather these tables.
"""

from tests.partnership import Partnership

# Addresses of pages about a child, each with who gets an answer to a GET (200, or sent on).
PAGES: dict[str, frozenset[str]] = {}
# Addresses about a child that take a POST only, or that only some states open: walked for 404.
OTHERS: frozenset[str] = frozenset()
# One's own pages: they open for everybody and show only what is theirs.
OWN: frozenset[str] = frozenset()
# The same for operations of the API, without "api/v1/".
READ: dict[str, frozenset[str]] = {}
CHANGED: frozenset[str] = frozenset()
OWN_OPERATIONS: frozenset[str] = frozenset()
# Words that no other row holds, each with who may read it; nobody else's page may hold it.
CANARIES: dict[str, frozenset[str]] = {}


def prepare(world: Partnership) -> dict[str, str]:
    """Add what this app's addresses are about; return the values of their parts."""
    return {}
