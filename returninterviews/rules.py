"""Law and practice of returninterviews as pure functions and tables."""

from datetime import date, datetime, timedelta
from enum import StrEnum

from missingchildren.core.calendar import Nation, add_working_days
from missingchildren.core.clock import in_london, start_of_day
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse

# --- what an interview recommends, and what is done about it


class ActionClock(StrEnum):
    """The kinds of deadline that recommendations and follow-up actions have."""

    DECIDE = "returninterviews.decide_recommendation"
    SECOND_LOOK = "returninterviews.second_look"
    ACTION = "returninterviews.action"


class ActionFact(StrEnum):
    """What recommendations and follow-up actions write into a child's timeline."""

    RECOMMENDED = "returninterviews.recommended"
    TAKEN_FORWARD = "returninterviews.taken_forward"
    NOT_TAKEN_FORWARD = "returninterviews.not_taken_forward"
    SECOND_LOOK_ASKED = "returninterviews.second_look_asked"
    SECOND_LOOK_ANSWERED = "returninterviews.second_look_answered"
    GIVEN = "returninterviews.action_given"
    CAME_BACK = "returninterviews.came_back"
    PROGRESS = "returninterviews.progress"
    DONE = "returninterviews.action_done"
    DROPPED = "returninterviews.action_dropped"
    HELPED = "returninterviews.whether_it_helped"


class CouncilDecision(StrEnum):
    """What a council says to a recommendation, at first and at a second look."""

    TAKEN_FORWARD = "taken_forward"
    NOT_TAKEN_FORWARD = "not_taken_forward"


class Helped(StrEnum):
    """Whether an action that was done helped the child; asked once."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class RecommendationState(StrEnum):
    """Where a recommendation stands, derived from its decision and its second look."""

    TO_DECIDE = "to decide"
    TAKEN_FORWARD = "taken forward"
    NOT_TAKEN_FORWARD = "not taken forward"
    SECOND_LOOK = "second look asked"
    STILL_NOT = "not taken forward after a second look"


# From each state, the states that one act may lead to. Tests prove that it is complete.
RECOMMENDATION_TRANSITIONS: dict[RecommendationState, frozenset[RecommendationState]] = {
    RecommendationState.TO_DECIDE: frozenset(
        {RecommendationState.TAKEN_FORWARD, RecommendationState.NOT_TAKEN_FORWARD}
    ),
    RecommendationState.NOT_TAKEN_FORWARD: frozenset({RecommendationState.SECOND_LOOK}),
    RecommendationState.SECOND_LOOK: frozenset(
        {RecommendationState.TAKEN_FORWARD, RecommendationState.STILL_NOT}
    ),
    RecommendationState.TAKEN_FORWARD: frozenset(),
    RecommendationState.STILL_NOT: frozenset(),
}
# Why nothing can be decided in a state where nothing can, and why no second look can be asked.
_NOT_TO_DECIDE = {
    RecommendationState.TAKEN_FORWARD: "{by} decided this on {at}: it is taken forward.",
    RecommendationState.NOT_TAKEN_FORWARD: "{by} decided this on {at}: it is not taken forward.",
    RecommendationState.SECOND_LOOK: "{by} decided this on {at}. A second look was asked for.",
    RecommendationState.STILL_NOT: "{by} decided this on {at}, and it was looked at twice.",
}
_NO_SECOND_LOOK = {
    RecommendationState.TO_DECIDE: "This has not been decided yet.",
    RecommendationState.TAKEN_FORWARD: "This is taken forward, so there is nothing to look at again.",
    RecommendationState.SECOND_LOOK: "A second look was asked for already.",
    RecommendationState.STILL_NOT: "A second look was taken already. There is one only.",
}


class ActionState(StrEnum):
    """Where a follow-up action stands, derived from its times. Whether it is late, its clock says."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


ACTION_TRANSITIONS: dict[ActionState, frozenset[ActionState]] = {
    ActionState.OPEN: frozenset({ActionState.DONE, ActionState.DROPPED}),
    ActionState.DONE: frozenset(),
    ActionState.DROPPED: frozenset(),
}

LONGEST_TEXT = 2_000
SHORTEST_WORDS = 10
# Nothing that a child needs is planned for later than this.
LATEST_DUE = timedelta(days=366)


def recommendation_state(
    *, decision: str, second_look_asked_at: datetime | None, second_look_answer: str
) -> RecommendationState:
    """Derive the state of a recommendation."""
    if not decision:
        return RecommendationState.TO_DECIDE
    if CouncilDecision.TAKEN_FORWARD in (decision, second_look_answer):
        return RecommendationState.TAKEN_FORWARD
    if second_look_answer:
        return RecommendationState.STILL_NOT
    return (
        RecommendationState.SECOND_LOOK
        if second_look_asked_at
        else RecommendationState.NOT_TAKEN_FORWARD
    )


def action_state(*, completed_at: datetime | None, dropped_at: datetime | None) -> ActionState:
    """Derive the state of an action."""
    if completed_at:
        return ActionState.DONE
    return ActionState.DROPPED if dropped_at else ActionState.OPEN


def to_be_decided_by(now: datetime, *, working_days: int, nation: Nation) -> datetime:
    """Return when a council must have decided, or looked again, as a UTC instant.

    Working days of the council's nation after the day of `now` (aware), which is not counted.
    """
    return add_working_days(now, working_days, nation)


def due_at(day: date) -> datetime:
    """Return the last second of a day in London, when an action for that day is due."""
    return start_of_day(day + timedelta(days=1)) - timedelta(seconds=1)


def recommending(*, text: str, due_on: date | None, today: date) -> Verdict:
    """Say whether this can be recommended; the field is that of the whole list of them."""
    if not text.strip():
        return refuse("Say what you recommend.", field="recommendations")
    if len(text) > LONGEST_TEXT:
        return refuse(
            f"A recommendation must be {LONGEST_TEXT:,} characters or fewer.",
            field="recommendations",
        )
    suggested = ALLOWED if due_on is None else _due(due_on, today)
    return suggested or refuse(suggested.reason, field="recommendations")


def deciding(*, state: RecommendationState, by: str, at: datetime | None) -> Verdict:
    """Say whether a first decision can be made now; `by` and `at` are of the one that was made."""
    if state == RecommendationState.TO_DECIDE:
        return ALLOWED
    return refuse(_NOT_TO_DECIDE[state].format(by=by, at=in_words(at)))


def asking_second_look(*, state: RecommendationState) -> Verdict:
    """Say whether a second look can be asked for: once, of what was not taken forward."""
    if state != RecommendationState.NOT_TAKEN_FORWARD:
        return refuse(_NO_SECOND_LOOK[state])
    return ALLOWED


def words_given(words: str) -> Verdict:
    """Say whether these words say why to look again."""
    if len(words.strip()) < SHORTEST_WORDS:
        return refuse("Say in a sentence why it should be looked at again.", field="words")
    return ALLOWED


def answering_second_look(*, state: RecommendationState) -> Verdict:
    """Say whether there is a second look to answer."""
    if state == RecommendationState.SECOND_LOOK:
        return ALLOWED
    if state == RecommendationState.STILL_NOT:
        return refuse("This second look was answered already.")
    return refuse("Nobody has asked for a second look.")


def reasons_given(reasons: str) -> Verdict:
    """Say whether these reasons are a sentence."""
    if len(reasons.strip()) < SHORTEST_WORDS:
        return refuse("Give the reasons in a sentence.", field="reasons")
    return ALLOWED


def adding_to(*, state: RecommendationState) -> Verdict:
    """Say whether more can be done about a recommendation than is done already."""
    if state != RecommendationState.TAKEN_FORWARD:
        return refuse("This is not taken forward. Take it forward first.")
    return ALLOWED


def giving(*, text: str, due_on: date, today: date) -> Verdict:
    """Say whether this can be asked of somebody by that day."""
    if not text.strip():
        return refuse("Say what is to be done.", field="text")
    return _due(due_on, today)


def _due(due_on: date, today: date) -> Verdict:
    if due_on < today:
        return refuse("The date must be today or later.", field="due_on")
    if due_on > today + LATEST_DUE:
        return refuse("The date must be within a year.", field="due_on")
    return ALLOWED


def settling(*, state: ActionState, by: str, at: datetime | None) -> Verdict:
    """Say whether an action is still open; `by` and `at` are of who ended it."""
    if state == ActionState.OPEN:
        return ALLOWED
    how = "done" if state == ActionState.DONE else "dropped"
    return refuse(f"{by} recorded on {in_words(at)} that this is {how}.")


def evidence_given(evidence: str) -> Verdict:
    """Say whether these words say what was done, and how that is known."""
    if len(evidence.strip()) < SHORTEST_WORDS:
        return refuse("Say what was done and how you know, in a sentence.", field="evidence")
    return ALLOWED


def saying_whether_it_helped(*, state: ActionState, helped: str) -> Verdict:
    """Say whether it is time to say whether an action helped: once, after it was done."""
    if state != ActionState.DONE:
        return refuse("This can be answered when the action is done.")
    if helped:
        return refuse("This was answered already. It is asked once.")
    return ALLOWED


def in_words(at: datetime | None) -> str:
    """Return an instant as a sentence says it, in London time."""
    if at is None:
        return "an unknown day"
    local = in_london(at)
    return f"{local.day} {local:%B %Y} at {local.hour % 12 or 12}:{local:%M%p}".replace(
        "AM", "am"
    ).replace("PM", "pm")
