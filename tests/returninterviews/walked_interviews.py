"""What the walks over every page and every operation must know of returninterviews.

`tests/test_every_page.py` and `tests/api/test_every_operation.py` gather these tables.
"""

from datetime import timedelta
from typing import Any

from cases.models import MissingEpisode
from returninterviews.models import Interview
from returninterviews.services import accounts, interviews
from tests.partnership import Partnership, act_now
from tests.returninterviews.telling import (
    CANARY_CARER,
    CANARY_NARRATIVE,
    CANARY_NOTE,
    CANARY_QUOTE,
    CANARY_SUMMARY,
    offer,
    past_episode,
    sign,
    summary_for,
)

# --- the interview

INTERVIEW = "interviews/<str:reference>/"
COUNCIL = frozenset({"ruth", "ken"})
TOLD = frozenset({"joan", "tom", "beth", "nisha"})
# Addresses of pages about a child, each with who gets an answer to a GET (200, or sent on).
PAGES: dict[str, frozenset[str]] = {
    "cases/<str:reference>/interviews/": COUNCIL | TOLD,
    INTERVIEW: COUNCIL,
    f"{INTERVIEW}refer/": COUNCIL,
    f"{INTERVIEW}offer/": COUNCIL,
    f"{INTERVIEW}not-held/": COUNCIL,
    f"{INTERVIEW}check/": COUNCIL,
    f"{INTERVIEW}signed/": COUNCIL,
    f"{INTERVIEW}<slug:step>/": COUNCIL,
    f"{INTERVIEW}account/": COUNCIL,
    f"{INTERVIEW}accept/": COUNCIL,
    "summaries/<str:reference>/": frozenset({"joan"}),
}
# Addresses about a child that take a POST only, or that only some states open: walked for 404.
OTHERS: frozenset[str] = frozenset(
    {
        f"{INTERVIEW}council/",
        f"{INTERVIEW}decline-referral/",
        f"{INTERVIEW}draft/<slug:step>/",
        "summaries/<str:reference>/answer/",
    }
)
# One's own pages: they open for everybody and show only what is theirs.
OWN: frozenset[str] = frozenset()
# The same for operations of the API, without "api/v1/".
OPERATION = "interviews/<reference:reference>/"
READ: dict[str, frozenset[str]] = {
    "children/<reference:reference>/interviews/": COUNCIL | TOLD,
    OPERATION: COUNCIL,
    "summaries/<reference:reference>/": frozenset({"joan"}),
}
CHANGED: frozenset[str] = frozenset(
    {
        f"{OPERATION}council/",
        f"{OPERATION}refer/",
        f"{OPERATION}decline-referral/",
        f"{OPERATION}offers/",
        f"{OPERATION}not-held/",
        f"{OPERATION}sign/",
        f"{OPERATION}accept/",
        "summaries/<reference:reference>/read/",
        "summaries/<reference:reference>/answer/",
    }
)
OWN_OPERATIONS: frozenset[str] = frozenset()
# Words that no other row holds, each with who may read it; nobody else's page may hold it.
CANARIES: dict[str, frozenset[str]] = {
    CANARY_NARRATIVE: COUNCIL,
    CANARY_QUOTE: COUNCIL,
    CANARY_CARER: COUNCIL,
    CANARY_SUMMARY: COUNCIL | {"joan"},
    CANARY_NOTE: COUNCIL | {"nisha"},
}


def prepare(world: Partnership) -> dict[str, str]:
    """Add an interview that the council signed, and a later one that it is writing."""
    signed = _opened(world, past_episode(world, ago=timedelta(days=9)))
    offer(world.ruth, signed)
    sign(world.ruth, signed)
    later = _opened(world, past_episode(world, ago=timedelta(days=5), number=1))
    offer(world.ruth, later)
    for person in (world.ruth, world.ken):
        accounts.begin_draft(interview_reference=later.reference, act=act_now(person))
    summary = summary_for(signed, world.kent_police)
    whole, open_ = f"interviews/{signed.reference}", f"interviews/{later.reference}"
    return {
        **{
            f"interviews/<{kind}:reference>/{page}/": f"{whole}/{page}/"
            for kind in ("str", "reference")
            for page in ("account", "accept", "signed")
        },
        "interviews/<str:reference>/draft/<slug:step>": f"{open_}/draft/before",
        "interviews/<str:reference>/<slug:step>": f"{open_}/explained",
        "interviews/<str:reference>": open_,
        "interviews/<reference:reference>": open_,
        "summaries/<str:reference>": f"summaries/{summary.reference}",
        "summaries/<reference:reference>": f"summaries/{summary.reference}",
    }


def _opened(world: Partnership, episode: MissingEpisode) -> Interview:
    """Return the interview that an episode of the past opens."""
    interview = interviews.open_interview(episode=episode, act=act_now(world.joan))
    assert interview is not None
    return interview


def calls(world: Partnership, _episode: MissingEpisode) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the ordinary call of each operation that `may` knows: its address and body."""
    interview = Interview.objects.filter(child=world.ava).order_by("-opened_at").first()
    reference = interview.reference if interview else "RI-0000-0000-0"
    version = interview.version if interview else 1
    now = act_now(world.ruth).now.isoformat()
    at = f"/interviews/{reference}"
    return {
        "refer_interview": (f"{at}/refer/", {"provider": world.charity.reference, "version": version}),
        "offer_interview": (
            f"{at}/offers/",
            {"made_at": now, "to": "child", "channel": "phone", "result": "not_today",
             "version": version},
        ),
        "sign_interview": (
            f"{at}/sign/",
            {"met_at": now, "place_kind": "school", "is_explained": True, "is_alone": True,
             "interpreter": "not_needed", "parent_asked": "agreed", "summary": "All is well.",
             "is_child_told": True, "version": version},
        ),
        "accept_interview": (f"{at}/accept/", {"version": version}),
    }  # fmt: skip
