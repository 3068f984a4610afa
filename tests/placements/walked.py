"""What the walks over every page and every operation must know of placements.

`tests/test_every_page.py` and `tests/api/test_every_operation.py` gather these tables.
"""

from tests.partnership import Partnership
from tests.placements.telling import PLACEMENT_PHONE, POLICE_SHOULD_KNOW, WHY_THIS_HOME, current

CASE = "cases/<str:reference>/placements/"
ONE = f"{CASE}<str:placement_reference>/"
NOTICE = f"{ONE}notices/<str:notice_reference>/"
# Who has a part that opens placements: the lead force, the councils of the child and of the area.
SEES = frozenset({"joan", "ruth", "ken", "beth"})
# Addresses of pages about a child, each with who gets an answer to a GET (200, or sent on).
PAGES: dict[str, frozenset[str]] = {
    CASE: SEES,
    ONE: SEES,
    "notifications/<str:reference>/": frozenset({"joan", "dana"}),
}
# Addresses about a child that take a POST only, or that only some states open: walked for 404.
OTHERS: frozenset[str] = frozenset(
    {
        f"{CASE}add/",
        f"{ONE}area/",
        f"{ONE}decide/",
        f"{ONE}tell/",
        f"{ONE}start/",
        f"{ONE}end/",
        f"{ONE}withdraw/",
        f"{NOTICE}by-hand/",
        f"{NOTICE}instead/",
        "notifications/<str:reference>/acknowledge/",
        "notifications/<str:reference>/send-back/",
    }
)
# One's own pages: they open for everybody and show only what is theirs.
OWN: frozenset[str] = frozenset({"notifications/"})
CHILD = "children/<reference:reference>/placements/"
PLACEMENT = f"{CHILD}<reference:placement_reference>/"
# The same for operations of the API, without "api/v1/".
READ: dict[str, frozenset[str]] = {
    CHILD: SEES,
    PLACEMENT: SEES,
    f"{PLACEMENT}areas/": SEES,
    f"{PLACEMENT}officers/": SEES,
    "notifications/<reference:reference>/": frozenset({"joan"}),
}
CHANGED: frozenset[str] = frozenset(
    {
        f"{PLACEMENT}area/",
        f"{PLACEMENT}decide/",
        f"{PLACEMENT}tell/",
        f"{PLACEMENT}start/",
        f"{PLACEMENT}end/",
        f"{PLACEMENT}withdraw/",
        f"{PLACEMENT}notices/<reference:notice_reference>/by-hand/",
        f"{PLACEMENT}notices/<reference:notice_reference>/instead/",
        "notifications/<reference:reference>/acknowledge/",
        "notifications/<reference:reference>/send-back/",
    }
)
OWN_OPERATIONS: frozenset[str] = frozenset({"notifications/"})
# Words that no other row holds, each with who may read it; nobody else's page may hold it.
CANARIES: dict[str, frozenset[str]] = {
    POLICE_SHOULD_KNOW: frozenset({"joan", "ruth", "ken"}),
    WHY_THIS_HOME: frozenset({"joan", "ruth", "ken", "beth"}),
    PLACEMENT_PHONE: frozenset({"joan", "ruth", "ken", "beth"}),
}


def prepare(world: Partnership) -> dict[str, str]:
    """Let Ava live at Seaview House, far from Birmingham, with Kent told of it."""
    placement = current(world)
    notice = placement.notices.get(agency=world.kent_police)
    return {
        "<str:placement_reference>": placement.reference,
        "<str:notice_reference>": notice.reference,
        "notifications/<str:reference>": f"notifications/{notice.reference}",
        "<reference:placement_reference>": placement.reference,
        "<reference:notice_reference>": notice.reference,
        "notifications/<reference:reference>": f"notifications/{notice.reference}",
    }
