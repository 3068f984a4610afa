"""Law and practice of risk as pure functions and tables."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from missingchildren.core.calendar import Nation, add_working_days
from missingchildren.core.clock import elapsed, start_of_day
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse


class Clock(StrEnum):
    """The kinds of deadline of this app."""

    ANSWER = "risk.answer"
    DECIDE = "risk.decide"
    REVIEW = "risk.review"
    CONFIRM = "risk.confirm"
    DISSENT = "risk.dissent"
    LATE_ANSWER = "risk.late_answer"


class Fact(StrEnum):
    """What this app writes into a child's timeline."""

    ROUND_OPENED = "risk.round_opened"
    ROUND_ENDED = "risk.round_ended"
    ANSWERED = "risk.answered"
    ANSWER_CONFIRMED = "risk.answer_confirmed"
    ANSWER_READ = "risk.answer_read"
    DECIDED = "risk.decided"
    CONFIRMED = "risk.confirmed"
    SENT_BACK = "risk.sent_back"
    DISSENTED = "risk.dissented"
    DISSENT_ANSWERED = "risk.dissent_answered"


# --- levels


@dataclass(frozen=True, kw_only=True)
class Level:
    """One level of risk as it was in use over a time, with what it asks for."""

    key: str
    label: str
    definition: str
    demands: str
    rank: int
    starts_on: date
    ends_on: date | None = None

    def is_in_use(self, on: date) -> bool:
        """Return whether the level may be chosen on a day."""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


HIGH = "high"
# The order and the tests of harm are published; the days on which names changed are not, so that
# these dates only say which level may still be chosen and how an older decision is read.
RENAMED_ON = date(2022, 1, 1)
# Source: domain.md 1.2 (College of Policing, missing persons), in this project's own words.
LEVELS: tuple[Level, ...] = (
    Level(
        key="no_apparent_risk",
        label="No apparent risk",
        definition="Nothing found that points to harm for the child or anyone else.",
        demands="Agree with the reporter what is done, and set a time to look again.",
        rank=1,
        starts_on=date(2017, 1, 1),
        ends_on=RENAMED_ON,
    ),
    Level(
        key="very_low",
        label="Very low",
        definition="There is only a very small chance of harm to the child or to anyone else.",
        demands="Agree with the reporter what is done, and set a time to look again.",
        rank=1,
        starts_on=RENAMED_ON,
    ),
    Level(
        key="low",
        label="Low",
        definition="Some harm to the child or to anyone else could happen, but it would be little.",
        demands="Make enquiries in proportion, and keep asking whether this is still right.",
        rank=2,
        starts_on=date(2013, 1, 1),
    ),
    Level(
        key="medium",
        label="Medium",
        definition="Harm to the child or to anyone else is likely, but it would not be grave.",
        demands="An active, measured response by the police and others, with support for the reporter.",
        rank=3,
        starts_on=date(2013, 1, 1),
    ),
    Level(
        key=HIGH,
        label="High",
        definition="Grave harm to the child or to anyone else is very likely.",
        demands=(
            "Almost always officers at once, a senior officer in charge, and children's services "
            "told without delay."
        ),
        rank=4,
        starts_on=date(2013, 1, 1),
    ),
)
BY_KEY = {level.key: level for level in LEVELS}


def levels_on(day: date) -> list[Level]:
    """Return the levels that may be chosen on a day, the highest first."""
    in_use = [level for level in LEVELS if level.is_in_use(day)]
    return sorted(in_use, key=lambda level: -level.rank)


# --- what is asked before a level is chosen


class Known(StrEnum):
    """An answer to one question about the child."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class Question:
    """One question of the first assessment; an open one is answered in words alone."""

    key: str
    asks: str
    is_open: bool = False


@dataclass(frozen=True)
class QuestionSet:
    """The questions of one version."""

    version: str
    questions: tuple[Question, ...]


# Source: domain.md 1.3 (College of Policing, call-handler quick guide), paraphrased; versioned,
# because the College has added to it since.
QUESTION_SETS: dict[str, QuestionSet] = {
    "2022-01": QuestionSet(
        "2022-01",
        (
            Question("why_worried", "Why is the reporter worried?", is_open=True),
            Question("done_so_far", "What has been done to find the child?", is_open=True),
            Question("out_of_character", "Is this out of character?"),
            Question("missing_before", "Have they been missing before?"),
            Question("what_happened_then", "What happened to them then?", is_open=True),
            Question("medical_needs", "Do they have medical needs?"),
            Question("victim_of_crime", "Are they likely to become a victim of crime?"),
            Question("likely_hurt", "Are they likely to be hurt or harmed?"),
            Question("sexual_exploitation", "Are they at risk of sexual exploitation now?"),
            Question("self_harm_suicide", "Are they likely to harm themselves or attempt suicide?"),
            Question("danger_to_others", "Are they a danger to other people?"),
            Question("travelled_abroad", "Are they likely to have gone abroad?"),
            Question("other_relevant", "Is there anything else that bears on it?", is_open=True),
        ),
    )
}
QUESTIONS = QUESTION_SETS["2022-01"]


@dataclass(frozen=True)
class Said:
    """What the officer answers to one question: yes, no or not known, and words."""

    answer: str = ""
    words: str = ""


# Why a level is chosen before everyone who was asked has answered: one tap.
EARLY_REASONS: dict[str, str] = {
    "danger": "The child is in danger now",
    "settled": "What is known settles the level already",
    "closed": "Those who have not answered are closed, and nobody can be reached",
    "search": "Waiting would hold up the search",
}


# --- rounds and decisions by their times


class RoundState(StrEnum):
    """Where a risk round stands."""

    UNDECIDED = "no level chosen yet"
    UNDER_REVIEW = "under review"
    ENDED = "ended after a level was chosen"
    BACK_FIRST = "back before a level was chosen"
    WITHDRAWN = "withdrawn"


# From each state, the states that one act may lead to. Tests prove that it is complete.
ROUND_TRANSITIONS: dict[RoundState, frozenset[RoundState]] = {
    RoundState.UNDECIDED: frozenset(
        {RoundState.UNDER_REVIEW, RoundState.BACK_FIRST, RoundState.WITHDRAWN}
    ),
    RoundState.UNDER_REVIEW: frozenset(
        {RoundState.UNDER_REVIEW, RoundState.ENDED, RoundState.WITHDRAWN}
    ),
    RoundState.ENDED: frozenset(),
    RoundState.BACK_FIRST: frozenset(),
    RoundState.WITHDRAWN: frozenset(),
}
ENDED_BECAUSE: dict[str, RoundState] = {
    "decided": RoundState.ENDED,
    "back_first": RoundState.BACK_FIRST,
    "withdrawn": RoundState.WITHDRAWN,
}


def round_state(*, has_level: bool, ended_because: str) -> RoundState:
    """Derive the state of a risk round."""
    if ended_because:
        return ENDED_BECAUSE[ended_because]
    return RoundState.UNDER_REVIEW if has_level else RoundState.UNDECIDED


class DecisionState(StrEnum):
    """Where a decision on the level stands. It counts from when it is made, confirmed or not."""

    TO_CONFIRM = "to be confirmed"
    CONFIRMED = "confirmed"
    SENT_BACK = "sent back"
    REPLACED = "replaced"


DECISION_TRANSITIONS: dict[DecisionState, frozenset[DecisionState]] = {
    DecisionState.TO_CONFIRM: frozenset(
        {DecisionState.CONFIRMED, DecisionState.SENT_BACK, DecisionState.REPLACED}
    ),
    DecisionState.CONFIRMED: frozenset({DecisionState.REPLACED}),
    DecisionState.SENT_BACK: frozenset({DecisionState.REPLACED}),
    DecisionState.REPLACED: frozenset(),
}


def decision_state(
    *, is_current: bool, confirmed_at: datetime | None, sent_back_at: datetime | None
) -> DecisionState:
    """Derive the state of a decision."""
    if not is_current:
        return DecisionState.REPLACED
    if sent_back_at:
        return DecisionState.SENT_BACK
    return DecisionState.CONFIRMED if confirmed_at else DecisionState.TO_CONFIRM


class AskState(StrEnum):
    """What has become of one question. Silence has a state of its own and is never good news."""

    NOT_ASKED = "not asked"
    CLOSED = "closed"
    SILENT = "no answer yet"
    REPORTED = "told in its report"
    TOLD = "answered"
    HOLDS_NOTHING = "checked, holds no information"
    BY_PHONE = "answered by telephone"


# Which states one act, or the clock, may lead to. An answer is added to, never taken back.
_ANSWERS = frozenset({AskState.TOLD, AskState.HOLDS_NOTHING, AskState.BY_PHONE})
ASK_TRANSITIONS: dict[AskState, frozenset[AskState]] = {
    AskState.NOT_ASKED: frozenset({AskState.SILENT, AskState.CLOSED, AskState.REPORTED}) | _ANSWERS,
    AskState.CLOSED: _ANSWERS | {AskState.SILENT},
    AskState.SILENT: _ANSWERS | {AskState.CLOSED},
    AskState.REPORTED: _ANSWERS,
    AskState.TOLD: _ANSWERS,
    AskState.HOLDS_NOTHING: _ANSWERS,
    AskState.BY_PHONE: _ANSWERS,
}
UNANSWERED = frozenset({AskState.NOT_ASKED, AskState.CLOSED, AskState.SILENT})


def ask_state(
    *,
    is_asked: bool,
    has_reported: bool,
    latest_kind: str,
    latest_by_phone: bool,
    is_closed: bool,
) -> AskState:
    """Derive what has become of one question from its latest answer and the agency's hours."""
    if latest_kind:
        if latest_by_phone:
            return AskState.BY_PHONE
        return AskState.HOLDS_NOTHING if latest_kind == "holds_nothing" else AskState.TOLD
    if has_reported:
        return AskState.REPORTED
    if not is_asked:
        return AskState.NOT_ASKED
    return AskState.CLOSED if is_closed else AskState.SILENT


# --- answers

# How long after the end of a round an answer to it is still taken.
LATE_ANSWERS_FOR = timedelta(days=28)


def asking(*, opened_at: datetime | None, ended_at: datetime | None, now: datetime) -> Verdict:
    """Say whether anybody asks about this child, or asked so lately that an answer still helps."""
    if opened_at is None:
        return refuse("Nobody has asked about this child.")
    if ended_at and now > ended_at + LATE_ANSWERS_FOR:
        return refuse("This question was closed long ago. Ring the police force instead.")
    return ALLOWED


def answering(*, kind: str, text: str, up_to_date: str, has_answered: bool) -> Verdict:
    """Say whether this is a whole answer."""
    if kind == "still_right":
        if not has_answered:
            return refuse("You have not told the police anything yet.", field="kind")
        return ALLOWED
    if kind == "holds_nothing":
        if not text.strip():
            return refuse("Say what you checked.", field="checked")
        if not up_to_date.strip():
            return refuse("Say how up to date it is.", field="up_to_date")
        return ALLOWED
    if not text.strip():
        return refuse("Say what you know.", field="text")
    return ALLOWED


def phone_time(*, given_at: datetime, started_at: datetime, now: datetime) -> Verdict:
    """Say whether an answer about this time missing can have been given at this time."""
    if given_at > now:
        return refuse("The time of the call must be in the past.", field="given_at")
    if given_at < started_at:
        return refuse("The call must be after the child went missing.", field="given_at")
    return ALLOWED


def is_late(*, has_level: bool, ended_at: datetime | None) -> bool:
    """Return whether an answer comes after the level was chosen, or after the child was back."""
    return has_level or ended_at is not None


# --- deciding

# The longest that nobody looks at a child's level again.
# Source: practice.md 1, "Long-term": reviews at 28 days, then 3 months.
LONGEST_REVIEW = timedelta(days=28)
ADULT_AT_YEARS = 18


def may_decide_now(*, is_accepted: bool, ended_at: datetime | None) -> Verdict:
    """Say whether a level can be chosen in this round now."""
    if ended_at:
        return refuse("The child is back, and this risk round has ended.")
    if not is_accepted:
        return refuse("Accept the report first. Then choose the level.")
    return ALLOWED


def review_time(*, review_due_at: datetime, now: datetime) -> Verdict:
    """Say whether the level can be looked at again at this time. Both are aware instants.

    Source: domain.md 1.2: a time to review the decision is one of four minimum actions at every level.
    """
    if review_due_at <= now:
        return refuse("The time of the review must be in the future.", field="review_due_at")
    if review_due_at > now + LONGEST_REVIEW:
        return refuse("The review must be within 28 days.", field="review_due_at")
    return ALLOWED


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """A level as an officer chooses it; `review_due_at` is an aware instant.

    `reasons` are for partners, `police_only` for the force alone. `seen` holds the digest of each
    piece of evidence that the officer was shown; `exceptions` those that were not considered, and
    `exception_words` why not.
    """

    level: str
    reasons: str
    police_only: str = ""
    review_due_at: datetime
    answers: Mapping[str, Said] = field(default_factory=dict)
    early_reason: str = ""
    early_words: str = ""
    flag_reason: str = ""
    minimum_reason: str = ""
    seen: frozenset[str] = frozenset()
    exceptions: frozenset[str] = frozenset()
    exception_words: str = ""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What a level is chosen in: who is silent, what is flagged, the least level for a child."""

    now: datetime
    today: date
    is_anybody_silent: bool
    is_flagged: bool
    minimum: str = ""
    is_supervisor: bool = False


def deciding(chosen: Chosen, setting: Setting) -> Verdict:
    """Say whether a level can be chosen so."""
    level = BY_KEY.get(chosen.level)
    if level is None or not level.is_in_use(setting.today):
        return refuse("Choose a level.", field="level")
    if not chosen.reasons.strip():
        return refuse("Give your reasons, in words that partners can read.", field="reasons")
    in_time = review_time(review_due_at=chosen.review_due_at, now=setting.now)
    if not in_time:
        return in_time
    if setting.is_anybody_silent and chosen.early_reason not in EARLY_REASONS:
        return refuse("Say why you choose a level before everyone has answered.", "early_reason")
    unanswered = unanswered_questions(chosen.answers)
    if unanswered and not (setting.is_anybody_silent and chosen.early_reason):
        return refuse(f"Answer “{unanswered[0].asks}”", field=unanswered[0].key)
    if setting.is_flagged and level.key != HIGH and not chosen.flag_reason.strip():
        return refuse(
            "The child is flagged as at high risk of harm. Say why you choose a lower level.",
            field="flag_reason",
        )
    if chosen.exceptions and not chosen.exception_words.strip():
        return refuse("Say why you did not consider it.", field="exception_words")
    return _least_level(level, chosen, setting)


def unanswered_questions(answers: Mapping[str, Said]) -> list[Question]:
    """Return the questions with a yes, a no or a not known that have none."""
    return [
        question
        for question in QUESTIONS.questions
        if not question.is_open and answers.get(question.key, Said()).answer not in set(Known)
    ]


def _least_level(level: Level, chosen: Chosen, setting: Setting) -> Verdict:
    """Say whether the level is one that the force takes for a child.

    Source: domain.md 11.8: a level below the force's least for children is rejected unless an
    authorised override is recorded.
    """
    least = BY_KEY.get(setting.minimum)
    if least is None or level.rank >= least.rank:
        return ALLOWED
    if not setting.is_supervisor:
        return refuse(
            f"Your force grades no child below {least.label.lower()}. Ask a supervisor.",
            field="level",
        )
    if not chosen.minimum_reason.strip():
        return refuse(
            f"Your force grades no child below {least.label.lower()}. Say why you do.",
            field="minimum_reason",
        )
    return ALLOWED


def is_adult(*, born: date | None, today: date) -> bool:
    """Return whether somebody has turned 18; where the date of birth is not known, they have not."""
    if born is None:
        return False
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return age >= ADULT_AT_YEARS


def considered(*, shown: Collection[str], seen: Collection[str]) -> list[str]:
    """Return what is on the page now and has not been seen, by its digest, in the page's order."""
    return [each for each in shown if each not in seen]


def digest(*parts: str) -> str:
    """Return a short name of a piece of evidence as it stands: what changes has another name."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


def confirming(state: DecisionState) -> Verdict:
    """Say whether a decision can be confirmed or sent back now."""
    if state == DecisionState.REPLACED:
        return refuse("A later decision has replaced this one.")
    if state == DecisionState.CONFIRMED:
        return refuse("This decision has already been confirmed.")
    if state == DecisionState.SENT_BACK:
        return refuse("This decision has already been sent back.")
    return ALLOWED


class DissentState(StrEnum):
    """Where it stands that another agency sees the risk otherwise."""

    WAITS = "waits for an answer"
    ANSWERED = "answered"


DISSENT_TRANSITIONS: dict[DissentState, frozenset[DissentState]] = {
    DissentState.WAITS: frozenset({DissentState.ANSWERED}),
    DissentState.ANSWERED: frozenset(),
}


def dissent_state(*, answered_at: datetime | None) -> DissentState:
    """Derive the state of a dissent."""
    return DissentState.ANSWERED if answered_at else DissentState.WAITS


# --- flags: what the force's system says of a child before anybody reports them missing


class FlagClock(StrEnum):
    """The kinds of deadline of flags."""

    DECIDE = "risk.flag_decide"
    ENTER = "risk.flag_enter"
    REVIEW = "risk.flag_review"
    TAKE_OFF = "risk.flag_take_off"


class FlagFact(StrEnum):
    """What flags write into a child's timeline."""

    ASKED = "risk.flag_asked"
    MADE = "risk.flag_made"
    MOVED = "risk.flag_moved"
    DECIDED = "risk.flag_decided"
    DISAGREED = "risk.flag_disagreed"
    ENTERED = "risk.flag_entered"
    REVIEWED = "risk.flag_reviewed"
    ENDED = "risk.flag_ended"
    TAKEN_OFF = "risk.flag_taken_off"


class FlagLevel(StrEnum):
    """How much harm the child is at risk of, should they go missing. It never sets the police's own level."""

    HIGH = "high"
    MEDIUM = "medium"


class FlagOutcome(StrEnum):
    """What the force decided: on a request, or at a review."""

    ACCEPTED = "accepted"
    AMENDED = "amended"
    DECLINED = "declined"
    RENEWED = "renewed"
    LOWERED = "lowered"
    ENDED = "ended"


ON_REQUEST = (FlagOutcome.ACCEPTED, FlagOutcome.AMENDED, FlagOutcome.DECLINED)
ON_REVIEW = (FlagOutcome.RENEWED, FlagOutcome.LOWERED, FlagOutcome.ENDED)


class FlagState(StrEnum):
    """Where a flag stands, derived from its times."""

    REQUESTED = "requested, not decided"
    DECLINED = "declined"
    DISPUTED = "declined, the council disagrees"
    ACCEPTED = "accepted, not entered yet"
    ACTIVE = "active"
    REVIEW_OVERDUE = "active, review overdue"
    EXPIRED = "expired"
    TO_TAKE_OFF = "ended, to be taken off"
    ENDED = "ended"


# Only these say that the child is flagged now.
IN_FORCE = frozenset({FlagState.ACCEPTED, FlagState.ACTIVE, FlagState.REVIEW_OVERDUE})
# Over: nobody owes anything, and the part that the flag opened has ended.
OVER = frozenset({FlagState.DECLINED, FlagState.ENDED})

# From each state, the states that one act may lead to. Tests prove that it is complete.
FLAG_TRANSITIONS: dict[FlagState, frozenset[FlagState]] = {
    FlagState.REQUESTED: frozenset({FlagState.ACCEPTED, FlagState.DECLINED, FlagState.ENDED}),
    FlagState.DECLINED: frozenset({FlagState.DISPUTED}),
    FlagState.DISPUTED: frozenset({FlagState.ACCEPTED, FlagState.DECLINED}),
    # The council may disagree with an amendment and be answered, while the flag is in force.
    # One that is entered late may be due for its review already.
    FlagState.ACCEPTED: frozenset(
        {FlagState.ACCEPTED, FlagState.ACTIVE, FlagState.REVIEW_OVERDUE, FlagState.ENDED}
    ),
    FlagState.ACTIVE: frozenset({FlagState.ACTIVE, FlagState.TO_TAKE_OFF}),
    FlagState.REVIEW_OVERDUE: frozenset(
        {FlagState.REVIEW_OVERDUE, FlagState.ACTIVE, FlagState.TO_TAKE_OFF}
    ),
    FlagState.EXPIRED: frozenset(
        {FlagState.ACCEPTED, FlagState.ACTIVE, FlagState.TO_TAKE_OFF, FlagState.ENDED}
    ),
    FlagState.TO_TAKE_OFF: frozenset({FlagState.ENDED}),
    FlagState.ENDED: frozenset(),
}
# From each state, the states that time alone leads to.
FLAG_LAPSES: dict[FlagState, frozenset[FlagState]] = {
    FlagState.ACCEPTED: frozenset({FlagState.EXPIRED}),
    FlagState.ACTIVE: frozenset({FlagState.REVIEW_OVERDUE, FlagState.EXPIRED}),
    FlagState.REVIEW_OVERDUE: frozenset({FlagState.EXPIRED}),
}


@dataclass(frozen=True, kw_only=True)
class FlagStanding:
    """The times from which a flag's state and what may be done with it follow."""

    outcome: str = ""
    disagreed_at: datetime | None = None
    redecided_at: datetime | None = None
    entered_at: datetime | None = None
    # Since when the force's system has an older version of it; None: it has this one, or none.
    changed_at: datetime | None = None
    review_on: date | None = None
    expires_on: date | None = None
    ended_at: datetime | None = None
    taken_off_at: datetime | None = None

    @property
    def is_disputed(self) -> bool:
        """Return whether the council disagrees and the force has not decided again."""
        return self.disagreed_at is not None and self.redecided_at is None


def flag_state(standing: FlagStanding, *, today: date) -> FlagState:
    """Derive the state of a flag on a day.

    Source: domain.md 6: a review date is mandatory, and an expired flag is not shown as active.
    """
    if standing.ended_at:
        waits = standing.entered_at and not standing.taken_off_at
        return FlagState.TO_TAKE_OFF if waits else FlagState.ENDED
    if not standing.outcome:
        return FlagState.REQUESTED
    if standing.outcome == FlagOutcome.DECLINED:
        return FlagState.DISPUTED if standing.is_disputed else FlagState.DECLINED
    if standing.expires_on is None or standing.expires_on < today:
        return FlagState.EXPIRED
    if not standing.entered_at:
        return FlagState.ACCEPTED
    if standing.review_on is None or standing.review_on < today:
        return FlagState.REVIEW_OVERDUE
    return FlagState.ACTIVE


def flag_owes(standing: FlagStanding, *, today: date) -> frozenset[FlagClock]:
    """Return the clocks that run for a flag as it stands: what its force has to do with it."""
    state = flag_state(standing, today=today)
    if state in {FlagState.REQUESTED, FlagState.DISPUTED}:
        return frozenset({FlagClock.DECIDE})
    if state == FlagState.TO_TAKE_OFF:
        return frozenset({FlagClock.TAKE_OFF})
    if state in OVER:
        return frozenset()
    owed = {FlagClock.REVIEW}
    if standing.changed_at or not standing.entered_at:
        owed.add(FlagClock.ENTER)
    if standing.is_disputed:
        owed.add(FlagClock.DECIDE)
    return frozenset(owed)


class FlagAct(StrEnum):
    """What is done with a flag after it was asked for or made."""

    DECIDE = "decide"
    DISAGREE = "disagree"
    ENTER = "enter"
    REVIEW = "review"
    END = "end"
    TAKE_OFF = "take off"


# The states in which each act is possible; `flag_act` says what else it needs.
FLAG_ACTS: dict[FlagAct, frozenset[FlagState]] = {
    FlagAct.DECIDE: IN_FORCE | {FlagState.REQUESTED, FlagState.DISPUTED},
    FlagAct.DISAGREE: IN_FORCE | {FlagState.DECLINED},
    FlagAct.ENTER: IN_FORCE,
    FlagAct.REVIEW: frozenset({FlagState.ACTIVE, FlagState.REVIEW_OVERDUE, FlagState.EXPIRED}),
    FlagAct.END: IN_FORCE | {FlagState.REQUESTED, FlagState.EXPIRED},
    FlagAct.TAKE_OFF: frozenset({FlagState.TO_TAKE_OFF}),
}
NOT_POSSIBLE: dict[FlagState, str] = {
    FlagState.REQUESTED: "The force has not decided on this flag yet.",
    FlagState.DECLINED: "This flag was declined.",
    FlagState.DISPUTED: "The council disagrees: the force has to decide again first.",
    FlagState.ACCEPTED: "This flag has to be entered on the force's system first.",
    FlagState.ACTIVE: "This flag is active.",
    FlagState.REVIEW_OVERDUE: "This flag is active, and its review is overdue.",
    FlagState.EXPIRED: "This flag has expired. It has to be reviewed first.",
    FlagState.TO_TAKE_OFF: "This flag has ended.",
    FlagState.ENDED: "This flag has ended.",
}


def flag_act(what: FlagAct, standing: FlagStanding, *, today: date) -> Verdict:
    """Say whether this can be done with a flag as it stands, whoever does it."""
    state = flag_state(standing, today=today)
    if state not in FLAG_ACTS[what]:
        return refuse(NOT_POSSIBLE[state])
    if what == FlagAct.DECIDE and state in IN_FORCE and not standing.is_disputed:
        return refuse("This request has already been decided.")
    if what == FlagAct.DISAGREE and standing.disagreed_at:
        return refuse("The council has already disagreed once with this decision.")
    if what == FlagAct.DISAGREE and standing.outcome == FlagOutcome.ACCEPTED:
        return refuse("The force accepted this flag as it was asked for.")
    if what == FlagAct.ENTER and standing.entered_at and not standing.changed_at:
        return refuse("This flag is on the force's system as it stands.")
    return ALLOWED


# How long a force still sees what it did, after the flag that let it see the child is over.
FLAG_SEEN_AFTERWARDS = timedelta(hours=24)
# How many letters make a reason: not a sentence's grammar, but more than "x" or "n/a".
SHORTEST_GROUNDS = 20
SHORTEST_WORDS = 10
MOST_EVIDENCE = 10


def flag_grounds(
    *,
    grounds: str,
    if_missing: str,
    is_child_told: bool,
    child_not_told_because: str,
    evidence: Collection[str],
    known_evidence: Collection[str],
) -> Verdict:
    """Say whether a flag can be asked for, or made, with these words."""
    if len(grounds.strip()) < SHORTEST_GROUNDS:
        return refuse("Say what harm you expect and how you know, in a sentence.", "grounds")
    if len(if_missing.strip()) < SHORTEST_WORDS:
        return refuse("Say what to do if the child is missing, in a sentence.", "if_missing")
    if not is_child_told and len(child_not_told_because.strip()) < SHORTEST_WORDS:
        return refuse(
            "Say why the child has not been told, in a sentence.", "child_not_told_because"
        )
    if len(evidence) > MOST_EVIDENCE or not set(evidence) <= set(known_evidence):
        return refuse("Choose from what this record shows you.", "evidence")
    return ALLOWED


def flag_dates(
    *, review_on: date | None, expires_on: date | None, today: date, longest_days: int
) -> Verdict:
    """Say whether a flag can be reviewed and expire on these days.

    Source: domain.md 6: both are mandatory, and no flag lasts longer than the protocol allows
    (twelve months unless it says less).
    """
    if review_on is None:
        return refuse("Enter the day on which you review this flag.", "review_on")
    if expires_on is None:
        return refuse("Enter the day on which this flag expires.", "expires_on")
    if review_on <= today:
        return refuse("The review must be in the future.", "review_on")
    if expires_on > today + timedelta(days=longest_days):
        return refuse(f"A flag lasts no longer than {longest_days} days.", "expires_on")
    if review_on > expires_on:
        return refuse("The review must be before the flag expires.", "review_on")
    return ALLOWED


def flag_decision(
    *,
    outcome: FlagOutcome,
    is_in_force: bool,
    level_asked: str,
    level: str,
    reasons: str,
    wording: str,
) -> Verdict:
    """Say whether a request can be decided so; one `is_in_force` when its amendment is disputed."""
    if outcome not in ON_REQUEST:
        return refuse("Choose one of the answers shown.", "outcome")
    if outcome == FlagOutcome.DECLINED and is_in_force:
        return refuse("This flag is in force. To take it back, end it.", "outcome")
    if outcome == FlagOutcome.AMENDED and len(wording.strip()) < SHORTEST_WORDS:
        return refuse("Write the flag in your own words.", "wording")
    if outcome == FlagOutcome.ACCEPTED and level != level_asked:
        return refuse("To set another level, accept it in your own words.", "level")
    return words_of_a_sentence(reasons, "reasons")


def flag_review(*, outcome: FlagOutcome, level: str, reasons: str) -> Verdict:
    """Say whether a flag at this level can be reviewed so."""
    if outcome not in ON_REVIEW:
        return refuse("Choose one of the answers shown.", "outcome")
    if outcome == FlagOutcome.LOWERED and level != FlagLevel.HIGH:
        return refuse("There is no lower level. End the flag instead.", "outcome")
    return words_of_a_sentence(reasons, "reasons")


def words_of_a_sentence(text: str, field: str) -> Verdict:
    """Say whether somebody gave more than a word."""
    if len(text.strip()) < SHORTEST_WORDS:
        return refuse("Say why, in a sentence.", field)
    return ALLOWED


def flag_decision_due_at(*, asked_at: datetime, working_days: int, nation: Nation) -> datetime:
    """Return when a force must have decided on a request. `asked_at` is an aware instant.

    Practice [M]: no law sets it; the protocol of the force does.
    """
    return add_working_days(asked_at, working_days, nation)


def flag_entry_due_at(*, decided_at: datetime, hours: int) -> datetime:
    """Return when the force's system must say what was decided. `decided_at` is aware."""
    return elapsed(decided_at, timedelta(hours=hours))


def flag_review_due_at(*, review_on: date) -> datetime:
    """Return the last second, as an instant in UTC, of the day on which a flag is reviewed."""
    return elapsed(start_of_day(review_on + timedelta(days=1)), timedelta(seconds=-1))
