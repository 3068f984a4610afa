"""What the stories tell flags with: one flag from the request to where it stands, each step an act."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cases.models import Child
from missingchildren.core.clock import london_day
from missingchildren.demo import cast
from risk.models import Flag
from risk.rules import FlagLevel, FlagOutcome
from risk.services.flags import (
    Grounds,
    Terms,
    ask_for_flag,
    decide_flag,
    disagree_with_flag,
    enter_flag,
)


@dataclass(frozen=True, kw_only=True)
class Flagged:
    """One flag; every timedelta counts back from the time of loading, people are of the cast.

    Without `decided` it waits for the force, without `entered` for whoever writes on its system.
    `outcome` "amended" needs `wording`.
    """

    asker: str
    force: str
    asked: timedelta
    grounds: str
    if_missing: str
    level: FlagLevel = FlagLevel.HIGH
    not_told_because: str = ""
    decider: str = ""
    decided: timedelta | None = None
    outcome: FlagOutcome = FlagOutcome.ACCEPTED
    reasons: str = ""
    wording: str = ""
    review: timedelta = timedelta(days=90)
    disagreer: str = ""
    disagreed: timedelta | None = None
    disagreement: str = ""
    enterer: str = ""
    entered: timedelta | None = None
    system_reference: str = ""


def flag(flagged: Flagged, child: Child, *, now: datetime) -> Flag:
    """Tell one flag as far as it went."""
    made = ask_for_flag(
        child_reference=child.reference,
        force_reference=cast.agency(flagged.force).reference,
        grounds=Grounds(
            level=flagged.level,
            grounds=flagged.grounds,
            if_missing=flagged.if_missing,
            is_child_told=not flagged.not_told_because,
            child_not_told_because=flagged.not_told_because,
        ),
        token=None,
        act=cast.act_of(flagged.asker, at=now - flagged.asked),
    )
    if flagged.decided is not None:
        made = _decide(made, flagged, at=now - flagged.decided)
    if flagged.disagreed is not None:
        made = disagree_with_flag(
            flag_reference=made.reference,
            disagreement=flagged.disagreement,
            version=made.version,
            act=cast.act_of(flagged.disagreer, at=now - flagged.disagreed),
        )
    if flagged.entered is not None:
        made = enter_flag(
            flag_reference=made.reference,
            system_reference=flagged.system_reference,
            version=made.version,
            act=cast.act_of(flagged.enterer, at=now - flagged.entered),
        )
    return made


def _decide(made: Flag, flagged: Flagged, *, at: datetime) -> Flag:
    holds = flagged.outcome != FlagOutcome.DECLINED
    today = london_day(at)
    return decide_flag(
        flag_reference=made.reference,
        outcome=flagged.outcome,
        reasons=flagged.reasons,
        terms=Terms(
            level=flagged.level,
            wording=flagged.wording,
            review_on=today + flagged.review if holds else None,
            expires_on=today + timedelta(days=365) if holds else None,
        ),
        version=made.version,
        act=cast.act_of(flagged.decider, at=at),
    )


# --- the flags of the stories

OF_AVA = Flagged(
    asker="ruth.adeyemi",
    force="kent_police",
    asked=timedelta(days=14),
    grounds=(
        "Ava is 15 and new in Margate. In Birmingham two men gave her presents and drove her to "
        "parties; she was missing four times in the spring, once for two nights. In her first week "
        "in Margate she went out for an evening, and says only that she was going home."
    ),
    if_missing=(
        "Ring the emergency duty team at once. She has asthma and forgets her inhaler. Look at "
        "the station and on the seafront first. Ask her for Nan before anything else."
    ),
    decider="priya.nair",
    decided=timedelta(days=13, hours=2),
    reasons="The grounds agree with what our own officers heard when she came back that evening.",
    enterer="joan.mercer",
    entered=timedelta(days=13),
    system_reference="KP-W-22-0417",
)
OF_LEO = Flagged(
    asker="beth.carver",
    force="west_midlands_police",
    asked=timedelta(days=12),
    grounds=(
        "Leo is 14. While he lived in Dudley older boys had him carry packets between the bus "
        "station and Brierley Hill; he told his carer that he owes them money. He still goes back."
    ),
    if_missing="Start at Dudley bus station. Do not ring his cousin: he is one of those he fears.",
    not_told_because="He would be afraid that they hear of it. We tell him with his new carer.",
    decider="helen.bright",
    decided=timedelta(days=10),
    outcome=FlagOutcome.DECLINED,
    reasons="He does not live in our area any more, and we hold nothing of our own about it.",
    disagreer="idris.boateng",
    disagreed=timedelta(hours=20),
    disagreement=(
        "He goes back to Dudley, and was seen at the bus station on Saturday. If he is missing "
        "he will be missing in your area."
    ),
)
OF_ELLIS = Flagged(
    asker="beth.carver",
    force="kent_police",
    asked=timedelta(days=60),
    grounds=(
        "Ellis is 16 and arrived alone. He owes money to the people who brought him, and says that "
        "they know where he lives. We believe that he may be made to work for them."
    ),
    if_missing="Treat him as perhaps trafficked. He needs a Tigrinya interpreter, by telephone.",
    decider="marcus.oyelaran",
    decided=timedelta(days=59),
    outcome=FlagOutcome.AMENDED,
    wording=(
        "Perhaps trafficked: tell the inspector and the modern slavery desk at once. Tigrinya "
        "interpreter by telephone. Do not use the others in the house to interpret."
    ),
    reasons="We agree with the risk, and have added what our modern slavery desk needs.",
    enterer="joan.mercer",
    entered=timedelta(days=59) - timedelta(hours=1),
    system_reference="KP-W-22-0288",
)
OF_CHLOE = Flagged(
    asker="beth.carver",
    force="kent_police",
    asked=timedelta(days=87),
    grounds=(
        "Chloe is 16 and was missing nine times in three years. She goes to the same friends and "
        "comes back by herself, but last time somebody older had bought her drink."
    ),
    if_missing="Ring her carers, then her friend Maddy's mother. She answers messages, not calls.",
    level=FlagLevel.MEDIUM,
    decider="priya.nair",
    decided=timedelta(days=86),
    reasons="Medium, as asked: she comes back by herself, and we want to know what changes.",
    enterer="joan.mercer",
    entered=timedelta(days=86) - timedelta(hours=2),
    system_reference="KP-W-22-0190",
)
