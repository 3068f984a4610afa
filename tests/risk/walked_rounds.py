"""What the walks over every page and every operation must know of risk.

`tests/test_every_page.py` and `tests/api/test_every_operation.py` gather these tables.
"""

from datetime import timedelta
from typing import Any

from cases.models import MissingEpisode
from cases.rules import Audience
from risk.models import Ask
from risk.services import dissent
from tests.partnership import Partnership, act_now
from tests.risk.rounds import (
    CANARY_ANSWER,
    CANARY_FORCES,
    CANARY_POLICE,
    CANARY_REASONS,
    accepted,
    ask_of,
    decide,
    everything,
    ring,
    round_of,
    tell,
)

# --- rounds
ROUND = "cases/<str:reference>/risk/"
LEVEL_OF_ROUND = f"{ROUND}decisions/<str:decision_reference>/"
WHOLE = frozenset({"joan", "ruth", "ken"})
SEES_LEVEL = frozenset({"joan", "ruth", "ken", "nisha", "tom", "beth"})
# Addresses of pages about a child, each with who gets an answer to a GET (200, or sent on).
PAGES: dict[str, frozenset[str]] = {
    ROUND: WHOLE,
    f"{ROUND}answer/": frozenset({"ruth", "ken", "nisha", "paul", "grace", "tom", "beth", "lena"}),
    f"{ROUND}answers/<str:answer_reference>/": frozenset({"joan", "ruth", "ken"}),
    f"{ROUND}phone/<str:ask_reference>/": frozenset({"joan"}),
    f"{ROUND}decide/": frozenset({"joan"}),
    LEVEL_OF_ROUND: WHOLE,
    f"{LEVEL_OF_ROUND}disagree/": SEES_LEVEL - {"joan"},
    f"{ROUND}dissents/<str:dissent_reference>/": WHOLE,
}
# Addresses about a child that take a POST only, or that only some states open: walked for 404.
OTHERS: frozenset[str] = frozenset(
    {f"{ROUND}ask/", f"{LEVEL_OF_ROUND}confirm/", "answers/late/<str:ask_reference>/"}
)
# One's own pages: they open for everybody and show only what is theirs.
OWN: frozenset[str] = frozenset()
# The same for operations of the API, without "api/v1/".
OF_CHILD = "children/<reference:reference>/risk/"
ANSWER = f"{OF_CHILD}answers/<reference:answer_reference>/"
LEVEL = f"{OF_CHILD}levels/<reference:decision_reference>/"
DISSENT = f"{OF_CHILD}dissents/<reference:dissent_reference>/"
READ: dict[str, frozenset[str]] = {
    OF_CHILD: WHOLE,
    f"{OF_CHILD}evidence/": WHOLE,
    ANSWER: WHOLE,
    LEVEL: WHOLE,
    DISSENT: WHOLE,
}
CHANGED: frozenset[str] = frozenset(
    {
        f"{OF_CHILD}answers/",
        f"{ANSWER}confirm/",
        f"{ANSWER}read/",
        f"{OF_CHILD}asked/",
        f"{OF_CHILD}asked/<reference:ask_reference>/phone/",
        "asked/<reference:ask_reference>/late/",
        f"{OF_CHILD}levels/",
        f"{LEVEL}confirm/",
        f"{LEVEL}send-back/",
        f"{LEVEL}dissents/",
        f"{DISSENT}answer/",
    }
)
OWN_OPERATIONS: frozenset[str] = frozenset()
# Words that no other row holds, each with who may read it; nobody else's page may hold it.
CANARIES: dict[str, frozenset[str]] = {
    CANARY_REASONS: WHOLE,
    CANARY_POLICE: frozenset({"joan"}),
    CANARY_FORCES: frozenset({"joan", "tom"}),
    CANARY_ANSWER: frozenset({"joan", "ruth", "ken", "grace"}),
}


def prepare(world: Partnership) -> dict[str, str]:
    """Add what this app's addresses are about; return the values of their parts."""
    if not world.ava.risk_rounds.exists():
        accepted(world)
    tell(world, world.grace, CANARY_ANSWER)
    tell(world, world.tom, CANARY_FORCES, audience=Audience.FORCES)
    answer = ring(world, world.ken)
    decision = decide(world)
    disagreed = dissent.dissent(
        child_reference=world.ava.reference,
        decision_reference=decision.reference,
        text="We think that she went to a friend.",
        token=None,
        act=act_now(world.ruth),
    )
    ask = ask_of(world, world.paul)
    parts = {
        "answer_reference": answer.reference,
        "ask_reference": ask.reference,
        "decision_reference": decision.reference,
        "dissent_reference": disagreed.reference,
    }
    return {
        f"<{kind}:{name}>": value for name, value in parts.items() for kind in ("str", "reference")
    }


def calls(world: Partnership, episode: MissingEpisode) -> dict[str, tuple[str, dict[str, Any]]]:
    """Return the ordinary call of each operation of a round: its address and body."""
    child = f"/children/{world.ava.reference}/risk"
    act = act_now(world.joan)
    ask = Ask.objects.filter(round__episode=episode).order_by("pk")[0]
    absent = "RD-0000-0000-0"
    return {  # the level first: what is written down later, nobody has seen yet
        "choose_level": (
            f"{child}/levels/",
            {
                "level": "high",
                "reasons": "Crying after a call, no coat.",
                "review_due_at": (act.now + timedelta(hours=1)).isoformat(),
                "early_reason": "danger",
                "seen": sorted(everything(world, act)),
                "round_version": round_of(world).version,
            },
        ),
        "answer_risk_question": (
            f"{child}/answers/", {"kind": "tells", "text": "She has friends in Ramsgate."},
        ),
        "write_down_answer": (
            f"{child}/asked/{ask.reference}/phone/",
            {
                "kind": "holds_nothing",
                "text": "The duty log",
                "up_to_date": "Now",
                "given_by": "Ken Osei",
                "given_phone": "01632 960 301",
                "given_at": act.now.isoformat(),
            },
        ),
        "ask_others": (f"{child}/asked/", {}),
        "confirm_level": (f"{child}/levels/{absent}/confirm/", {"version": 1}),
        "send_level_back": (f"{child}/levels/{absent}/send-back/", {"version": 1, "note": "Why?"}),
        "dissent_from_level": (f"{child}/levels/{absent}/dissents/", {"text": "We do not agree."}),
    }  # fmt: skip
