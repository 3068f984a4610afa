"""Law and practice of risk as pure functions and tables."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from missingchildren.core.calendar import Nation, add_working_days
from missingchildren.core.clock import elapsed, start_of_day
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse

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
