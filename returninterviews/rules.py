"""Law and practice of returninterviews as pure functions and tables."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from cases.rules import ADULT_AT_YEARS, Part
from missingchildren.core.calendar import Nation, add_working_days
from missingchildren.core.clock import elapsed, in_london, start_of_day
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse

# --- the interview


class Clock(StrEnum):
    """The kinds of deadline of an interview."""

    HOLD = "returninterviews.hold"
    NAME_COUNCIL = "returninterviews.name_council"
    READ_SUMMARY = "returninterviews.read_summary"
    ACCEPT = "returninterviews.accept"


class Fact(StrEnum):
    """What an interview writes into a child's timeline."""

    OPENED = "returninterviews.opened"
    JOINED = "returninterviews.joined"
    COUNCIL_NAMED = "returninterviews.council_named"
    REFERRED = "returninterviews.referred"
    REFERRAL_DECLINED = "returninterviews.referral_declined"
    OFFERED = "returninterviews.offered"
    NOT_HELD = "returninterviews.not_held"
    SIGNED = "returninterviews.signed"
    ACCEPTED = "returninterviews.accepted"
    SUMMARY_READ = "returninterviews.summary_read"
    SUMMARY_ANSWERED = "returninterviews.summary_answered"


# Source: Statutory guidance on children who run away or go missing from home or care (DfE, January
# 2014), return interviews: within 72 hours of the child's return home or to their care setting
# (domain.md 2.4, rules 2 and 3). Elapsed hours, not working days; it starts at the return.
INTERVIEW_WITHIN = timedelta(hours=72)

# Source: design.md section 4, "RHI provider, referral → sign-off + 28 d".
PROVIDER_KEEPS_FOR = timedelta(days=28)
SUMMARY_READ_HOURS = 24
ACCEPT_WORKING_DAYS = 5
# Source: practice, "how a parent was asked for under-16s".
PARENT_ASKED_UNDER = 16
SHORTEST_REASON = 3


def interview_due_at(returned_at: datetime) -> datetime:
    """Return the last moment at which the interview is on time. `returned_at` is aware.

    Across a change of the clocks 72 hours is not the same wall-clock time three days later.
    """
    return elapsed(returned_at, INTERVIEW_WITHIN)


def hours(number: int) -> timedelta:
    """Return so many hours of real time."""
    return timedelta(hours=number)


def age_on(born_on: date, day: date) -> int:
    """Return the age in whole years on a day; somebody born on 29 February is older from 1 March."""
    return day.year - born_on.year - ((day.month, day.day) < (born_on.month, born_on.day))


def interview_owed(*, born_on: date | None, died_on: date | None, on: date) -> Verdict:
    """Say whether a child who was found is owed an interview.

    Source: domain.md 2.4 rule 1, after every missing episode of a child in England; practice.md,
    death stops every interview and offer.
    """
    if died_on:
        return refuse("This child has died. No interview is to be offered.")
    if born_on and age_on(born_on, on) >= ADULT_AT_YEARS:
        return refuse("This person is 18. No return home interview is owed.")
    return ALLOWED


def asks_parent(*, born_on: date | None, on: date) -> bool:
    """Return whether to ask how a parent or carer was asked: under 16, or age not known."""
    return born_on is None or age_on(born_on, on) < PARENT_ASKED_UNDER


class InterviewState(StrEnum):
    """Where an interview stands, derived from its times."""

    UNSETTLED = "council not known"
    TO_ARRANGE = "to be arranged"
    REFERRED = "referred"
    OFFERED = "offered"
    ARRANGED = "arranged"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    NOT_OFFERED = "not offered"
    NOT_POSSIBLE = "not possible"


_NOT_HELD_YET = frozenset(
    {InterviewState.DECLINED, InterviewState.NOT_OFFERED, InterviewState.NOT_POSSIBLE}
)
# From each state, the states that one act may lead to. Tests prove that it is complete.
INTERVIEW_TRANSITIONS: dict[InterviewState, frozenset[InterviewState]] = {
    InterviewState.UNSETTLED: frozenset({InterviewState.TO_ARRANGE}),
    InterviewState.TO_ARRANGE: frozenset(
        {
            InterviewState.REFERRED,
            InterviewState.OFFERED,
            InterviewState.ARRANGED,
            InterviewState.NOT_OFFERED,
            InterviewState.NOT_POSSIBLE,
        }
    ),
    InterviewState.REFERRED: frozenset(
        {
            InterviewState.TO_ARRANGE,
            InterviewState.OFFERED,
            InterviewState.ARRANGED,
            InterviewState.NOT_OFFERED,
            InterviewState.NOT_POSSIBLE,
        }
    ),
    InterviewState.OFFERED: frozenset(
        {InterviewState.ARRANGED, InterviewState.DECLINED, InterviewState.NOT_POSSIBLE}
    ),
    InterviewState.ARRANGED: frozenset(
        {
            InterviewState.OFFERED,
            InterviewState.SIGNED,
            InterviewState.DECLINED,
            InterviewState.NOT_POSSIBLE,
        }
    ),
    InterviewState.SIGNED: frozenset({InterviewState.ACCEPTED}),
    InterviewState.ACCEPTED: frozenset(),
    InterviewState.DECLINED: frozenset(),
    InterviewState.NOT_OFFERED: frozenset(),
    InterviewState.NOT_POSSIBLE: frozenset(),
}


def interview_state(
    *,
    has_council: bool,
    referred_at: datetime | None,
    offered_at: datetime | None,
    arranged_for: datetime | None,
    outcome: str,
    accepted_at: datetime | None,
) -> InterviewState:
    """Derive the state of an interview from its times and its outcome."""
    if outcome == "completed":
        return InterviewState.ACCEPTED if accepted_at else InterviewState.SIGNED
    if outcome:
        return InterviewState(outcome.replace("_", " "))
    if not has_council:
        return InterviewState.UNSETTLED
    if arranged_for:
        return InterviewState.ARRANGED
    if offered_at:
        return InterviewState.OFFERED
    return InterviewState.REFERRED if referred_at else InterviewState.TO_ARRANGE


def still_to_be_held(outcome: str) -> Verdict:
    """Say whether an interview can still be arranged, offered or held."""
    if outcome == "completed":
        return refuse("This interview is signed. It cannot be changed any more.")
    if outcome:
        return refuse("It is already recorded that this interview was not held.")
    return ALLOWED


def referral(*, outcome: str, has_council: bool, is_same: bool) -> Verdict:
    """Say whether an interview can be referred now."""
    if not has_council:
        return refuse("Say first which council must see to this interview.")
    if is_same:
        return refuse("It is already with them.", field="provider")
    return still_to_be_held(outcome)


def offer(
    *,
    outcome: str,
    made_at: datetime,
    located_at: datetime | None,
    is_accepted: bool,
    arranged_for: datetime | None,
    now: datetime,
) -> Verdict:
    """Say whether an offer can have been made so. All times are aware instants.

    Source: domain.md 2.4 rule 7 and practice: it may start once the child is located.
    """
    settled = still_to_be_held(outcome)
    if not settled:
        return settled
    if made_at > now:
        return refuse("The time of the offer must be in the past.", field="made_at")
    if located_at is None or made_at < located_at:
        return refuse("The offer was before the child was located. Check it.", field="made_at")
    if is_accepted and arranged_for is None:
        return refuse("Say for when it was arranged.", field="arranged_for")
    if is_accepted and arranged_for and arranged_for < made_at:
        return refuse("The time arranged must be after the offer.", field="arranged_for")
    return ALLOWED


def held(
    *,
    outcome: str,
    held_at: datetime,
    located_at: datetime | None,
    accepted_offer_at: datetime | None,
    now: datetime,
) -> Verdict:
    """Say whether an interview can have been held at this time. All times are aware instants.

    `accepted_offer_at` is when the offer was made by which it is arranged now.
    """
    settled = still_to_be_held(outcome)
    if not settled:
        return settled
    if located_at is None:
        return refuse("The child has not been located. No interview can be held.", field="met_at")
    if held_at > now:
        return refuse("The time of the interview must be in the past.", field="met_at")
    if held_at < located_at:
        return refuse(
            "The interview was before the child was located. Check the time.", field="met_at"
        )
    if accepted_offer_at is None:
        return refuse("Record first how the interview was offered, and that it was accepted.")
    if held_at < accepted_offer_at:
        return refuse(
            "The interview was before the child was offered it. Check the time.", "met_at"
        )
    return ALLOWED


def opening_answers(
    *,
    is_explained: bool,
    not_explained_because: str,
    is_alone: bool,
    not_alone_because: str,
    interpreter: str,
    interpreter_because: str,
    must_ask_parent: bool,
    parent_asked: str,
    parent_because: str,
) -> Verdict:
    """Say whether the first page is whole: nothing is asked before sharing was explained.

    Source: practice, "what must be shared is explained to the child first; seen alone or why not;
    interpreter independent; how a parent was asked for under-16s".
    """
    short = SHORTEST_REASON
    if not is_explained and len(not_explained_because.strip()) < short:
        return refuse("Say why sharing was not explained first.", "not_explained_because")
    if not is_alone and len(not_alone_because.strip()) < short:
        return refuse("Say why the child was not seen alone.", "not_alone_because")
    if interpreter == "known" and len(interpreter_because.strip()) < short:
        return refuse("Say why no independent interpreter was there.", "interpreter_because")
    if must_ask_parent and not parent_asked:
        return refuse("Say how a parent or carer was asked.", "parent_asked")
    if parent_asked == "not_asked" and len(parent_because.strip()) < short:
        return refuse("Say why no parent or carer was asked.", "parent_because")
    return ALLOWED


@dataclass(frozen=True, kw_only=True)
class NotHeld:
    """One reason why an interview was not held, and what must be true for it."""

    outcome: str
    words: str
    after: str = ""  # the result that an offer must have had
    is_for_managers: bool = False
    asks_carer: bool = False


# Source: domain.md 3.5 (Missing People and others) and 2.4 rules 9 and 13. *Not offered* is never
# counted as *declined*; whoever waives an interview is a manager (bar.md AZ-31).
NOT_HELD: dict[str, NotHeld] = {
    "declined_by_child": NotHeld(
        outcome="declined",
        words="The child did not want it",
        after="declined_by_child",
        asks_carer=True,
    ),
    "declined_by_parent": NotHeld(
        outcome="declined",
        words="A parent or carer did not want it",
        after="declined_by_parent",
    ),
    "could_not_contact": NotHeld(
        outcome="not_possible", words="We could not reach the child", after="could_not_contact"
    ),
    "child_missing_again_before_interview": NotHeld(
        outcome="not_possible", words="The child went missing again first"
    ),
    "offered_to_parent_carer_instead": NotHeld(
        outcome="not_possible", words="A parent or carer was talked with instead"
    ),
    "merged_with_other_episode": NotHeld(
        outcome="not_possible", words="Another interview covers it"
    ),
    "whereabouts_still_unknown": NotHeld(
        outcome="not_possible", words="Nobody knows where the child is"
    ),
    "aged_18": NotHeld(outcome="not_possible", words="The child turned 18 first"),
    "not_offered": NotHeld(outcome="not_offered", words="It was not offered", is_for_managers=True),
    "out_of_area_no_provider": NotHeld(
        outcome="not_offered",
        words="Nobody could hold it where the child is",
        is_for_managers=True,
    ),
    "assessed_not_appropriate_now": NotHeld(
        outcome="not_offered",
        words="Not right for the child now, such as when they are ill",
        is_for_managers=True,
    ),
}


def not_held(
    *,
    outcome: str,
    code: str,
    reason: str,
    results: frozenset[str],
    carer_offer: str,
    carer_because: str,
) -> Verdict:
    """Say whether it can be recorded so that an interview was not held.

    `results` are the results of the offers made; an offer never becomes *not offered*.
    """
    settled = still_to_be_held(outcome)
    if not settled:
        return settled
    why = NOT_HELD.get(code)
    if why is None:
        return refuse("Choose why it was not held.", field="code")
    if why.outcome == "not_offered" and results:
        return refuse("It was offered. Say what became of the offer instead.", field="code")
    if why.after and why.after not in results:
        return refuse("Record first the offer that ended so: how, when and to whom.", field="code")
    if why.is_for_managers and len(reason.strip()) < SHORTEST_REASON:
        return refuse("Say why, in a sentence.", field="reason")
    if why.asks_carer and not carer_offer:
        return refuse("Say whether a parent or carer was offered to talk.", field="carer_offer")
    if carer_offer == "not_appropriate" and len(carer_because.strip()) < SHORTEST_REASON:
        return refuse("Say why it was not right to ask them.", field="carer_because")
    return ALLOWED


def acceptance(*, outcome: str, signed_at: datetime | None, accepted_by: str) -> Verdict:
    """Say whether the council can accept an interview now; `accepted_by` says who has, and when."""
    if accepted_by:
        return refuse(f"This interview was accepted by {accepted_by}.")
    if outcome != "completed" or signed_at is None:
        return refuse("This interview is not signed yet.")
    return ALLOWED


# --- what the child said, in codes

# Source: domain.md 3.3, push and pull.
REASONS: dict[str, str] = {
    "arguments": "Arguments, or nobody listening, at home",
    "harm_at_home": "Being hurt or neglected at home",
    "substances_at_home": "Drink or drugs at home",
    "school": "Trouble at school, or bullying",
    "lonely": "Feeling alone",
    "unhappy_placement": "Unhappy where they live",
    "family": "To see family",
    "friends": "To see friends or a partner",
    "party": "A party, drink or drugs",
    "area": "To be back where they come from",
    "made_to": "Somebody made, paid or talked them into it",
}

# Source: domain.md 3.4: the assessment factors that councils know, and what is added locally.
HARMS: dict[str, str] = {
    "1A": "Alcohol",
    "2A": "Drugs",
    "3A": "Domestic abuse",
    "4A": "Mental health",
    "11A": "Sexual exploitation",
    "12A": "Trafficking",
    "13A": "Gangs",
    "15A": "Self-harm",
    "18C": "Hurt by somebody",
    "19C": "Sexual assault",
    "24A": "Criminal exploitation",
    "county_lines": "County lines",
    "online": "Groomed online",
    "weapons": "Weapons",
    "debt": "Debt to somebody",
    "threats": "Threats, or afraid of somebody",
}

# --- who is told what


class Shared(StrEnum):
    """What of an interview can be shared: the rows of the sharing grid."""

    SUMMARY = "summary"
    HARM = "harm"
    PLACES = "places_and_people"
    WISHES = "wishes"
    RECOMMENDATIONS = "recommendations"
    SAFETY_NOTE = "safety_note"


SHARED_WORDS: dict[Shared, str] = {
    Shared.SUMMARY: "Summary",
    Shared.HARM: "Harm",
    Shared.PLACES: "Places and people",
    Shared.WISHES: "What the child wants",
    Shared.RECOMMENDATIONS: "Recommendations",
    Shared.SAFETY_NOTE: "Safety note",
}


class Decision(StrEnum):
    """What is decided about one row for one agency."""

    SHARE = "share"
    PART = "part"
    WITHHOLD = "withhold"


class Recipient(StrEnum):
    """What an agency is to the child, for what it is told by default."""

    LEAD_FORCE = "lead force"
    OTHER_FORCE = "other force"
    OTHER_COUNCIL = "other council"
    CARER = "carer"
    SCHOOL = "school"
    HEALTH = "health"


RECIPIENT_OF_PART: dict[Part, Recipient] = {
    Part.LEAD_FORCE: Recipient.LEAD_FORCE,
    Part.LEAD_FORCE_AFTERWARDS: Recipient.OTHER_FORCE,
    Part.HOST_FORCE: Recipient.OTHER_FORCE,
    Part.HOME_FORCE: Recipient.OTHER_FORCE,
    Part.RESPONSIBLE_COUNCIL: Recipient.OTHER_COUNCIL,
    Part.HOME_COUNCIL: Recipient.OTHER_COUNCIL,
    Part.HOST_COUNCIL: Recipient.OTHER_COUNCIL,
    Part.CHILDRENS_HOME: Recipient.CARER,
    Part.FOSTERING_AGENCY: Recipient.CARER,
    Part.SUPPORTED_ACCOMMODATION: Recipient.CARER,
}
_ALL_BUT_NOTE = tuple(each for each in Shared if each != Shared.SAFETY_NOTE)
# Source: design.md section 4, column "RHI summary / whole": the lead force as shared; other forces
# and councils only if named; whoever looks after the child a safety note; school and health nothing
# here. What a school or a health service is told by other means is decided and kept all the same.
GRID: dict[Recipient, Mapping[Shared, Decision]] = {
    Recipient.LEAD_FORCE: dict.fromkeys(_ALL_BUT_NOTE, Decision.SHARE),
    Recipient.OTHER_FORCE: dict.fromkeys(_ALL_BUT_NOTE, Decision.WITHHOLD),
    Recipient.OTHER_COUNCIL: dict.fromkeys(_ALL_BUT_NOTE, Decision.WITHHOLD),
    Recipient.CARER: {Shared.SAFETY_NOTE: Decision.SHARE},
    Recipient.SCHOOL: {Shared.SUMMARY: Decision.WITHHOLD},
    Recipient.HEALTH: {Shared.SUMMARY: Decision.WITHHOLD},
}


def usual_decisions(recipient: Recipient, *, has_note: bool) -> dict[Shared, Decision]:
    """Return what is usually decided for an agency; a safety note that is blank is not shared."""
    usual = dict(GRID[recipient])
    if Shared.SAFETY_NOTE in usual and not has_note:
        usual[Shared.SAFETY_NOTE] = Decision.WITHHOLD
    return usual


def told_words(decisions: Mapping[Shared, Decision]) -> str:
    """Return what an agency is told, in words."""
    told = [
        SHARED_WORDS[what].lower() + (" in part" if decision == Decision.PART else "")
        for what, decision in decisions.items()
        if decision != Decision.WITHHOLD
    ]
    return ", ".join(told) or "nothing"


# Who reads here what is shared; the others are told by other means.
READS_HERE = frozenset(Recipient) - {Recipient.SCHOOL, Recipient.HEALTH}


@dataclass(frozen=True)
class LawfulBasis:
    """One basis in law for sharing, in words, and its source."""

    words: str
    source: str


# Source: domain.md 4.1 and 4.2. Consent is seldom the right basis where a child may be at risk.
LAWFUL_BASES: dict[str, LawfulBasis] = {
    "public_task": LawfulBasis(
        "Public task: safeguarding a child",
        "UK GDPR Art. 6(1)(e) and 9(2)(g); Data Protection Act 2018 Sch. 1 para. 18",
    ),
    "vital_interests": LawfulBasis(
        "To protect somebody's life", "UK GDPR Art. 6(1)(d) and 9(2)(c)"
    ),
    "legal_obligation": LawfulBasis(
        "The law or a court demands it", "UK GDPR Art. 6(1)(c) and 9(2)(g)"
    ),
}
USUAL_BASIS = "public_task"


def sharing_with(
    *,
    recipient: Recipient,
    name: str,
    decisions: Mapping[Shared, Decision],
    basis: str,
    reason: str,
    instead: str,
    has_note: bool,
) -> Verdict:
    """Say whether one agency's column of the grid is whole. A reason is asked for exceptions only.

    The fields named are `decisions`, `basis`, `reason` and `instead`, of this agency.
    """
    usual = usual_decisions(recipient, has_note=has_note)
    if set(decisions) != set(usual):
        return refuse(f"{name} cannot be told that part of an interview here.", "decisions")
    if basis not in LAWFUL_BASES:
        return refuse("Choose why the law allows it.", "basis")
    is_exception = any(decisions[what] != usual[what] for what in usual)
    if is_exception and len(reason.strip()) < SHORTEST_REASON:
        return refuse(f"Say why you decide otherwise for {name}.", "reason")
    if Decision.PART in decisions.values() and len(instead.strip()) < SHORTEST_REASON:
        return refuse(f"Write what {name} is told of it.", "instead")
    return ALLOWED


class QuoteAudience(StrEnum):
    """Who may hear a child's own words."""

    COUNCIL = "council"
    POLICE = "police"
    ALL = "all"


def hears(audience: QuoteAudience, recipient: Recipient) -> bool:
    """Return whether an agency that is sent a summary may hear a quote."""
    if audience == QuoteAudience.ALL:
        return recipient != Recipient.CARER
    is_police = recipient in {Recipient.LEAD_FORCE, Recipient.OTHER_FORCE}
    return audience == QuoteAudience.POLICE and is_police


def child_told(*, is_told: bool, because: str) -> Verdict:
    """Say whether it is recorded that the child knows what is shared. Source: domain.md 4.1 rule 2."""
    if not is_told and len(because.strip()) < SHORTEST_REASON:
        return refuse("Say why the child was not told.", "not_told_because")
    return ALLOWED


def answering(*, is_read: bool, is_answered: bool) -> Verdict:
    """Say whether a force can say now what it did with a summary."""
    if not is_read:
        return refuse("Say first that you have read it.")
    if is_answered:
        return refuse("This has already been answered.")
    return ALLOWED


def receipt(*, answer: str, crime_reference: str, because: str) -> Verdict:
    """Say whether a force's answer to a summary is whole."""
    if answer == "crime_recorded" and not crime_reference.strip():
        return refuse("Enter the crime reference.", "crime_reference")
    if answer == "no_action" and len(because.strip()) < SHORTEST_REASON:
        return refuse("Say why no action is taken.", "no_action_because")
    return ALLOWED


class SummaryState(StrEnum):
    """Where what one agency was told of an interview stands with it."""

    UNREAD = "not read yet"
    READ = "read"
    ANSWERED = "answered"


SUMMARY_TRANSITIONS: dict[SummaryState, frozenset[SummaryState]] = {
    SummaryState.UNREAD: frozenset({SummaryState.READ}),
    SummaryState.READ: frozenset({SummaryState.ANSWERED}),
    SummaryState.ANSWERED: frozenset(),
}


def summary_state(*, read_at: datetime | None, answer: str) -> SummaryState:
    """Derive the state of a summary."""
    if answer:
        return SummaryState.ANSWERED
    return SummaryState.READ if read_at else SummaryState.UNREAD


# --- what an interview recommends


def proposed_due_on(*, due_on: date | None, today: date) -> Verdict:
    """Say whether something can be recommended to be done by this day."""
    if due_on and due_on < today:
        return refuse("The day must not be in the past.", "recommendations")
    return ALLOWED


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
