"""What can sensibly be done next, so that sequences get far; and where they begin."""

from enum import StrEnum
from random import Random

from cases.rules import EpisodeState
from placements.rules import NoticeState, PlacementState
from returninterviews.rules import ActionState, InterviewState, RecommendationState
from risk.rules import AskState, DecisionState, FlagState, RoundState
from tests.sequences.states import States

# What is done with a record in each state. States of two records may be the same word.
_WANTED: tuple[tuple[StrEnum, tuple[str, ...]], ...] = (
    (EpisodeState.REPORTED, ("accept report", "accept report", "locate", "return")),
    (EpisodeState.MISSING, ("update", "locate", "return", "report", "choose level")),
    (EpisodeState.LOCATED, ("return", "return", "prevention interview", "report")),
    (EpisodeState.RETURNED, ("prevention interview", "close episode", "report")),
    (RoundState.UNDECIDED, ("choose level", "choose level", "answer", "ask others")),
    (RoundState.UNDER_REVIEW, ("choose level", "dissent", "answer", "share", "ask others")),
    (RoundState.ENDED, ("answer late", "answer")),
    (DecisionState.TO_CONFIRM, ("confirm level", "send level back")),
    (DecisionState.SENT_BACK, ("choose level",)),
    (AskState.SILENT, ("answer", "answer by telephone")),
    (AskState.CLOSED, ("answer", "answer by telephone", "answer late")),
    (AskState.BY_PHONE, ("confirm answer",)),
    (AskState.TOLD, ("read late answer",)),
    (FlagState.REQUESTED, ("decide flag", "decide flag", "end flag")),
    (FlagState.DECLINED, ("disagree with flag",)),
    (FlagState.DISPUTED, ("decide flag",)),
    (FlagState.ACCEPTED, ("enter flag", "disagree with flag")),
    (FlagState.ACTIVE, ("review flag", "end flag")),
    (FlagState.REVIEW_OVERDUE, ("review flag",)),
    (FlagState.EXPIRED, ("review flag", "end flag")),
    (FlagState.TO_TAKE_OFF, ("take flag off", "take flag off")),
    (InterviewState.TO_ARRANGE, ("refer interview", "refer interview", "offer interview")),
    (InterviewState.REFERRED, ("offer interview", "give referral back", "take referral back")),
    (InterviewState.OFFERED, ("offer interview", "interview not held")),
    (InterviewState.ARRANGED, (
        "sign interview", "sign interview", "write interview", "offer interview",
    )),
    (InterviewState.SIGNED, ("accept interview", "read summary", "answer summary")),
    (InterviewState.ACCEPTED, ("read summary", "answer summary")),
    (RecommendationState.TO_DECIDE, (
        "take recommendation forward", "do not take recommendation forward",
    )),
    (RecommendationState.NOT_TAKEN_FORWARD, ("ask second look", "ask second look")),
    (RecommendationState.SECOND_LOOK, ("answer second look", "answer second look")),
    (RecommendationState.TAKEN_FORWARD, ("add action",)),
    (ActionState.OPEN, ("note progress", "complete action", "drop action", "extend", "chase")),
    (ActionState.DONE, ("say whether it helped",)),
    (PlacementState.PROPOSED, ("decide on placement", "choose area", "start placement")),
    (PlacementState.APPROVED, ("start placement", "start placement", "send notices")),
    (PlacementState.CURRENT, ("end placement", "propose placement")),
    (NoticeState.NOT_TOLD, ("send notices", "tell by hand")),
    (NoticeState.SENT, ("acknowledge notice", "send notice back")),
    (NoticeState.NOT_THEIRS, ("reroute notice", "reroute notice")),
)  # fmt: skip
WANTED = {(type(state), state): acts for state, acts in _WANTED}
ANY_TIME = (
    "report", "propose placement", "ask for flag", "make flag", "share", "end sharing", "extend",
    "reassign", "chase", "end sharing",
)  # fmt: skip


def wanted(now: States, chance: Random) -> str:
    """Return something that could be done next with what there is; what is rare is as likely."""
    standing = {(type(state), state) for state in now.values()}
    offered = [acts for key, acts in WANTED.items() if key in standing]
    if not offered or chance.random() < 0.2:
        return chance.choice(ANY_TIME)
    return chance.choice(chance.choice(offered))


_MISSING = ("report", "accept report")
_BACK = (*_MISSING, "choose level", "confirm level", "return", "prevention interview")
_ARRANGED = (*_BACK, "refer interview", "offer interview")
# Where sequences begin, by what has happened to her by then.
MIDDLES: dict[str, tuple[str, ...]] = {
    "at home": (),
    "missing": _MISSING,
    "located": (*_MISSING, "choose level", "answer", "dissent", "locate"),
    "back": _BACK,
    "flagged": ("ask for flag", "decide flag", *_MISSING),
    "arranged": _ARRANGED,
    "heard": (*_ARRANGED, "sign interview"),
    "heard and missing again": (*_ARRANGED, "sign interview", "accept interview", *_MISSING),
    "placed": ("propose placement", "decide on placement", "start placement"),
    "placed and missing": (
        "propose placement", "decide on placement", "start placement", "ask for flag", *_MISSING,
    ),
}  # fmt: skip
