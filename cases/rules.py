"""Law and practice of the record as pure functions and tables: parts, matching, times."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from missingchildren.core.clock import elapsed
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse


class Right(StrEnum):
    """What an agency's group may read of a child; the codenames kept by django-guardian."""

    CHILD = "view_child"
    LOCATION = "view_location"
    RISK = "view_risk"
    INTERVIEW = "view_interview"


# Roles that read cases. An administrator and a privacy officer see a reference and no more.
CASE_ROLES = frozenset(
    {"practitioner", "control_room", "supervisor", "manager", "nominated_officer", "director"}
)


class Aspect(StrEnum):
    """What of a child a part opens, beyond the four rights (`design.md` section 4, columns)."""

    IDENTITY = "identity"
    DATE_OF_BIRTH = "date of birth"
    UPN = "unique pupil number"
    NHS_NUMBER = "NHS number"
    IDENTIFIERS = "all identifiers"
    EPISODE = "missing episodes"
    QUESTION = "the question asked"
    MISSING_AND_BACK = "missing, back"
    UPDATES = "what others wrote"
    OWN_UPDATES = "what we wrote"
    HISTORY = "history, with who looked"
    ALERTS = "who was told"
    SHARING = "who can see"
    LEVEL = "risk level and its review"
    ANSWERS = "what others answered"
    OWN_ANSWER = "our own answer"
    FLAG = "flag"
    PLACEMENT = "placement"
    SHARED_INTERVIEWS = "what was shared with us of interviews"
    WHOLE_INTERVIEWS = "interviews, whole"
    OWN_INTERVIEWS = "interviews that are ours to hold"
    ACTIONS = "every follow-up action"
    OWN_ACTIONS = "our own follow-up actions"


class Part(StrEnum):
    """What a grant opens (`design.md` section 4, rows)."""

    LEAD_FORCE = "lead force"
    LEAD_FORCE_AFTERWARDS = "lead force, afterwards"
    FINDING = "finding"
    HOST_FORCE = "host force"
    HOME_FORCE = "home force"
    RESPONSIBLE_COUNCIL = "responsible council"
    HOME_COUNCIL = "home council"
    HOST_COUNCIL = "host council"
    RHI_PROVIDER = "return home interview provider"
    VOLUNTARY_BODY = "voluntary body asked"
    SCHOOL = "school"
    HEALTH = "health"
    CHILDRENS_HOME = "children's home"
    FOSTERING_AGENCY = "fostering agency"
    SUPPORTED_ACCOMMODATION = "supported accommodation"


# What every part opens of its own agency's: what it writes, answers and owes.
_OWN = frozenset({Aspect.OWN_UPDATES, Aspect.OWN_ANSWER, Aspect.OWN_ACTIONS})
_WHOLE = _OWN | {
    Aspect.IDENTITY,
    Aspect.DATE_OF_BIRTH,
    Aspect.IDENTIFIERS,
    Aspect.EPISODE,
    Aspect.LEVEL,
    Aspect.UPDATES,
    Aspect.ANSWERS,
    Aspect.FLAG,
    Aspect.SHARED_INTERVIEWS,
    Aspect.HISTORY,
    Aspect.ALERTS,
    Aspect.SHARING,
}
_COUNCIL = _WHOLE | {Aspect.PLACEMENT, Aspect.WHOLE_INTERVIEWS, Aspect.ACTIONS}
_CARER = _OWN | {
    Aspect.IDENTITY,
    Aspect.DATE_OF_BIRTH,
    Aspect.EPISODE,
    Aspect.LEVEL,
    Aspect.SHARED_INTERVIEWS,
}


@dataclass(frozen=True)
class Opens:
    """What one part opens: rights for guardian, aspects for pages, and where it is named."""

    rights: frozenset[Right]
    aspects: frozenset[Aspect]


# Source: design.md section 4, "What each part opens". A local protocol may narrow, never widen.
PARTS: dict[Part, Opens] = {
    Part.LEAD_FORCE: Opens(
        frozenset({Right.CHILD, Right.LOCATION, Right.RISK}), _WHOLE | {Aspect.PLACEMENT}
    ),
    Part.LEAD_FORCE_AFTERWARDS: Opens(frozenset({Right.CHILD, Right.RISK}), _WHOLE),
    Part.FINDING: Opens(
        frozenset({Right.CHILD}),
        frozenset(
            {
                Aspect.IDENTITY,
                Aspect.MISSING_AND_BACK,
                Aspect.OWN_UPDATES,
                Aspect.OWN_ANSWER,
            }
        ),
    ),
    Part.HOST_FORCE: Opens(
        frozenset({Right.CHILD, Right.LOCATION}),
        _OWN
        | {
            Aspect.IDENTITY,
            Aspect.DATE_OF_BIRTH,
            Aspect.MISSING_AND_BACK,
            Aspect.PLACEMENT,
            Aspect.FLAG,
            Aspect.SHARED_INTERVIEWS,
        },
    ),
    Part.HOME_FORCE: Opens(
        frozenset({Right.CHILD}),
        _OWN
        | {
            Aspect.IDENTITY,
            Aspect.DATE_OF_BIRTH,
            Aspect.EPISODE,
            Aspect.LEVEL,
            Aspect.FLAG,
            Aspect.SHARED_INTERVIEWS,
        },
    ),
    Part.RESPONSIBLE_COUNCIL: Opens(frozenset(Right), _COUNCIL),
    Part.HOME_COUNCIL: Opens(frozenset(Right), _COUNCIL),
    Part.HOST_COUNCIL: Opens(
        frozenset({Right.CHILD, Right.LOCATION}),
        _OWN
        | {
            Aspect.IDENTITY,
            Aspect.DATE_OF_BIRTH,
            Aspect.EPISODE,
            Aspect.LEVEL,
            Aspect.PLACEMENT,
            Aspect.FLAG,
            Aspect.SHARED_INTERVIEWS,
        },
    ),
    Part.RHI_PROVIDER: Opens(
        frozenset({Right.CHILD}),
        _OWN
        | {
            Aspect.IDENTITY,
            Aspect.DATE_OF_BIRTH,
            Aspect.EPISODE,
            Aspect.OWN_INTERVIEWS,
        },
    ),
    Part.VOLUNTARY_BODY: Opens(frozenset({Right.CHILD}), _OWN | {Aspect.IDENTITY, Aspect.QUESTION}),
    Part.SCHOOL: Opens(
        frozenset({Right.CHILD}),
        _OWN | {Aspect.IDENTITY, Aspect.DATE_OF_BIRTH, Aspect.UPN, Aspect.QUESTION},
    ),
    Part.HEALTH: Opens(
        frozenset({Right.CHILD}),
        _OWN | {Aspect.IDENTITY, Aspect.DATE_OF_BIRTH, Aspect.NHS_NUMBER, Aspect.QUESTION},
    ),
    Part.CHILDRENS_HOME: Opens(frozenset({Right.CHILD}), _CARER),
    Part.FOSTERING_AGENCY: Opens(frozenset({Right.CHILD}), _CARER),
    Part.SUPPORTED_ACCOMMODATION: Opens(frozenset({Right.CHILD}), _CARER),
}


def parts_opening(aspect: Aspect) -> list[Part]:
    """Return the parts that open an aspect, for asking the database about live grants."""
    return [part for part, opens in PARTS.items() if aspect in opens.aspects]


class Clock(StrEnum):
    """The kinds of deadline of this app; the apps above have theirs."""

    ACCEPT_REPORT = "cases.accept_report"
    MATCH_QUESTION = "cases.match_question"
    PREVENTION_INTERVIEW = "cases.prevention_interview"


class Fact(StrEnum):
    """What this app writes into a child's timeline; the apps above have theirs."""

    RECORDED = "cases.recorded"
    REPORTED = "cases.reported"
    ACCEPTED = "cases.accepted"
    UPDATE = "cases.update"
    LOCATED = "cases.located"
    RETURNED = "cases.returned"
    PREVENTION_INTERVIEW = "cases.prevention_interview"
    CLOSED = "cases.closed"
    EXTENDED = "cases.extended"
    SHARED = "cases.shared"
    SHARING_ENDED = "cases.sharing_ended"
    NOT_SHARED = "cases.not_shared"
    REVEALED = "cases.revealed"
    MATCHED = "cases.matched"
    NOT_MATCHED = "cases.not_matched"


class Audience(StrEnum):
    """Who an item of information is for, beside the agency that owns it."""

    OWN = "own"
    FORCES = "forces"
    STATUTORY = "statutory"
    CASE = "case"
    NAMED = "named"


# The kinds of agency that an audience admits; `case` admits every kind, `named` the named only.
AUDIENCE_KINDS: dict[Audience, frozenset[str]] = {
    Audience.OWN: frozenset(),
    Audience.FORCES: frozenset({"force"}),
    Audience.STATUTORY: frozenset({"force", "council", "health"}),
    Audience.CASE: frozenset(
        {
            "force",
            "council",
            "health",
            "school",
            "childrens_home",
            "fostering_agency",
            "supported_accommodation",
            "charity",
        }
    ),
    Audience.NAMED: frozenset(),
}


class EpisodeState(StrEnum):
    """Where a missing episode stands, derived from its times."""

    REPORTED = "reported"
    MISSING = "missing"
    LOCATED = "located, not home yet"
    RETURNED = "returned"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# From each state, the states that one act may lead to. Tests prove that it is complete.
EPISODE_TRANSITIONS: dict[EpisodeState, frozenset[EpisodeState]] = {
    EpisodeState.REPORTED: frozenset(
        {EpisodeState.MISSING, EpisodeState.LOCATED, EpisodeState.RETURNED, EpisodeState.WITHDRAWN}
    ),
    EpisodeState.MISSING: frozenset(
        {EpisodeState.LOCATED, EpisodeState.RETURNED, EpisodeState.WITHDRAWN}
    ),
    EpisodeState.LOCATED: frozenset({EpisodeState.RETURNED}),
    EpisodeState.RETURNED: frozenset({EpisodeState.CLOSED}),
    EpisodeState.CLOSED: frozenset(),
    EpisodeState.WITHDRAWN: frozenset(),
}


def episode_state(
    *,
    accepted_at: datetime | None,
    located_at: datetime | None,
    returned_at: datetime | None,
    closed_at: datetime | None,
    withdrawn_at: datetime | None,
) -> EpisodeState:
    """Derive the state of an episode from its times.

    A statistical end is no parameter: it never locates a child and never closes an episode
    (`design.md` section 5; SSDA903 rules 575, 577, 580).
    """
    if withdrawn_at:
        return EpisodeState.WITHDRAWN
    if closed_at:
        return EpisodeState.CLOSED
    if returned_at:
        return EpisodeState.RETURNED
    if located_at:
        return EpisodeState.LOCATED
    return EpisodeState.MISSING if accepted_at else EpisodeState.REPORTED


# A report may be about somebody who was last seen long ago, but not before these limits.
EARLIEST_LAST_SEEN = timedelta(days=366)
ADULT_AT_YEARS = 18
SHORTEST_REASON = 10
SHORTEST_WORD = 3


def last_seen_time(
    *, last_seen_at: datetime, born_before: datetime | None, now: datetime
) -> Verdict:
    """Say whether a child can have been last seen at this time. All times are aware instants."""
    if last_seen_at > now:
        return refuse("The time last seen must be in the past.", field="last_seen")
    if last_seen_at < now - EARLIEST_LAST_SEEN:
        return refuse(
            "The time last seen is more than a year ago. Ring 101 to report this.",
            field="last_seen",
        )
    if born_before and last_seen_at < born_before:
        return refuse("The time last seen is before the child was born.", field="last_seen")
    return ALLOWED


def location_time(*, started_at: datetime, located_at: datetime, now: datetime) -> Verdict:
    """Say whether a child can have been located at this time. All times are aware instants."""
    if located_at > now:
        return refuse("The time located must be in the past.", field="located_at")
    if located_at < started_at:
        return refuse("The time located must be after the child was last seen.", field="located_at")
    return ALLOWED


def return_time(
    *, started_at: datetime, located_at: datetime | None, returned_at: datetime, now: datetime
) -> Verdict:
    """Say whether a child can have returned at this time. All times are aware instants."""
    if returned_at > now:
        return refuse("The time of return must be in the past.", field="returned_at")
    if returned_at < started_at:
        return refuse(
            "The time of return must be after the time the child went missing.", field="returned_at"
        )
    if located_at and returned_at < located_at:
        return refuse(
            "The time of return must be after the time the child was located.", field="returned_at"
        )
    return ALLOWED


def locating(*, located_at: datetime | None, withdrawn_at: datetime | None) -> Verdict:
    """Say whether it can be recorded now that the child is located."""
    if withdrawn_at:
        return refuse("This report was withdrawn.")
    if located_at:
        return refuse("It has already been recorded that this child was located.")
    return ALLOWED


def returning(
    *, returned_at: datetime | None, withdrawn_at: datetime | None, is_missing_again: bool
) -> Verdict:
    """Say whether a return can be recorded now.

    A child who goes missing again before they are home has a later episode: the return is
    recorded there, and ends both.
    """
    if returned_at or withdrawn_at:
        return refuse("This child's return has already been recorded.")
    if is_missing_again:
        return refuse("This child has gone missing again since. Record the return there.")
    return ALLOWED


def not_home(*, is_other: bool, words: str) -> Verdict:
    """Say whether this is enough of a reason why a child who was located is not home yet."""
    if is_other and len(words.strip()) < SHORTEST_WORD:
        return refuse("Say why the child is not home yet.", field="not_home_words")
    return ALLOWED


def prevention_interview_due_at(*, located_at: datetime, hours: int) -> datetime:
    """Return when the prevention interview must be recorded. `located_at` is an aware instant.

    Source: domain.md 2.3 (police practice): as soon as possible after the child is found, before
    the investigation closes. Elapsed hours; how many is the force's protocol.
    """
    return elapsed(located_at, timedelta(hours=hours))


def prevention_interview(
    *,
    located_at: datetime | None,
    closed_at: datetime | None,
    is_recorded: bool,
) -> Verdict:
    """Say whether a prevention interview can be recorded now: once, of a child who was located."""
    if located_at is None:
        return refuse("Record first that the child is located.")
    if is_recorded:
        return refuse("The prevention interview has already been recorded.")
    if closed_at:
        return refuse("This missing episode is closed.")
    return ALLOWED


def prevention_interview_time(
    *, is_held: bool, held_at: datetime | None, located_at: datetime, now: datetime
) -> Verdict:
    """Say whether an officer can have spoken with the child then. All times are aware instants."""
    if not is_held:
        return ALLOWED
    if held_at is None:
        return refuse("Enter the time of the interview.", field="held_at")
    if held_at > now:
        return refuse("The time of the interview must be in the past.", field="held_at")
    if held_at < located_at:
        return refuse(
            "The time of the interview must be after the child was located.", field="held_at"
        )
    return ALLOWED


def closing(
    *, returned_at: datetime | None, closed_at: datetime | None, withdrawn_at: datetime | None
) -> Verdict:
    """Say whether a missing episode can close: the child is back, and it is not closed."""
    if withdrawn_at:
        return refuse("This report was withdrawn.")
    if closed_at:
        return refuse("This missing episode is already closed.")
    if returned_at is None:
        return refuse("Record first that the child is back.")
    return ALLOWED


def closing_unsettled(*, reason: str) -> Verdict:
    """Say whether this explains why an episode closes although something is not settled."""
    if len(reason.strip()) < SHORTEST_REASON:
        return refuse(
            "Say in a sentence why the episode closes before everything is settled.", field="reason"
        )
    return ALLOWED


class DeadlineState(StrEnum):
    """Where a clock stands. Whether it is late, `is_overdue` says."""

    RUNNING = "running"
    MET = "met"
    DROPPED = "dropped"


# From each state, the states that one act may lead to. What has stopped does not run again: where
# something is owed anew, another clock starts.
DEADLINE_TRANSITIONS: dict[DeadlineState, frozenset[DeadlineState]] = {
    DeadlineState.RUNNING: frozenset({DeadlineState.MET, DeadlineState.DROPPED}),
    DeadlineState.MET: frozenset(),
    DeadlineState.DROPPED: frozenset(),
}


def deadline_state(*, done_at: datetime | None, dropped_reason: str) -> DeadlineState:
    """Derive the state of a clock."""
    if done_at is None:
        return DeadlineState.RUNNING
    return DeadlineState.DROPPED if dropped_reason else DeadlineState.MET


# The longest that a manager gives at once: a slip in the year must not hide what is owed.
LONGEST_EXTENSION = timedelta(days=366)
DUE_SOON = timedelta(hours=24)
CHASED_AT_MOST_EVERY = timedelta(hours=1)


def is_overdue(*, due_at: datetime, now: datetime) -> bool:
    """Return whether something is overdue: from the very instant at which it was due."""
    return due_at <= now


def still_owed(*, done_at: datetime | None) -> Verdict:
    """Say whether something still has to be done."""
    return refuse("This has been done already.") if done_at else ALLOWED


def extendable(*, can_extend: bool, done_at: datetime | None) -> Verdict:
    """Say whether anybody can give more time for this: it is not done, and no law fixes its time."""
    if not can_extend:
        return refuse("Nobody can give more time for this.")
    return still_owed(done_at=done_at)


def extension(*, due_at: datetime, new_due_at: datetime, reason: str, now: datetime) -> Verdict:
    """Say whether the time can be extended to `new_due_at`. All times are aware instants."""
    if new_due_at <= now:
        return refuse("The new time must be in the future.", field="new_due_at")
    if new_due_at <= due_at:
        return refuse("The new time must be after the old one.", field="new_due_at")
    if new_due_at > elapsed(now, LONGEST_EXTENSION):
        return refuse("The new time must be within a year.", field="new_due_at")
    if len(reason.strip()) < SHORTEST_REASON:
        return refuse("Say why more time is needed, in a sentence.", field="reason")
    return ALLOWED


def reassignment(*, has_person: bool, has_unit: bool) -> Verdict:
    """Say whether it is said who does it from now on."""
    if not (has_person or has_unit):
        return refuse("Choose a person, a team, or both.", field="person")
    return ALLOWED


def chasing(*, chased_at: datetime | None, now: datetime) -> Verdict:
    """Say whether an agency can be asked again for what it owes."""
    if chased_at and now < elapsed(chased_at, CHASED_AT_MOST_EVERY):
        return refuse("They were asked for this less than an hour ago.")
    return ALLOWED


def episode_start(*, left_at: datetime | None, last_seen_at: datetime) -> datetime:
    """Return when a missing episode starts.

    Source: SSDA903 guidance (domain.md 2.1): the later of when the child left the placement and
    when a responsible adult last saw them.
    """
    return max(left_at, last_seen_at) if left_at else last_seen_at


class Match(StrEnum):
    """How surely a report is about a child already on record."""

    CERTAIN = "certain"
    UNCERTAIN = "uncertain"
    NONE = "none"


@dataclass(frozen=True)
class Known:
    """What is known of a child, for comparing: search form of names, date of birth, identifiers."""

    names: frozenset[str]
    date_of_birth: date | None
    identifiers: frozenset[tuple[str, str]]


def match(*, reported: Known, recorded: Known, names_are_alike: bool) -> Match:
    """Say how surely two descriptions are of the same child.

    Certain only when an identifier with a check digit and the date of birth agree: names and
    birthdays are shared by strangers, and a wrong link shows one child's record to another's.
    Anything a person should look at is uncertain. `names_are_alike` is the database's view of
    names that differ by a slip of typing.
    """
    same_birth = bool(reported.date_of_birth) and reported.date_of_birth == recorded.date_of_birth
    birth_unknown = not (reported.date_of_birth and recorded.date_of_birth)
    same_identifier = bool(reported.identifiers & recorded.identifiers)
    conflicting = any(
        kind == other and value != known
        for kind, value in reported.identifiers
        for other, known in recorded.identifiers
    )
    same_name = bool(reported.names & recorded.names)
    if same_identifier and same_birth:
        return Match.CERTAIN
    if same_identifier:
        return Match.UNCERTAIN
    if conflicting:
        return Match.NONE
    if (same_name or names_are_alike) and same_birth:
        return Match.UNCERTAIN
    if same_name and birth_unknown:
        return Match.UNCERTAIN
    return Match.NONE


def rights_of(parts: Iterable[Part]) -> frozenset[Right]:
    """Return the union of the rights that these parts open."""
    return frozenset(right for part in parts for right in PARTS[part].rights)


def aspects_of(parts: Iterable[Part]) -> frozenset[Aspect]:
    """Return the union of the aspects that these parts open."""
    return frozenset(aspect for part in parts for aspect in PARTS[part].aspects)


# Which parts a person may give to which kind of agency; the others come from facts alone.
PARTS_BY_KIND: dict[str, tuple[Part, ...]] = {
    "force": (Part.HOST_FORCE, Part.HOME_FORCE),
    "council": (Part.HOST_COUNCIL, Part.HOME_COUNCIL),
    "health": (Part.HEALTH,),
    "school": (Part.SCHOOL,),
    "childrens_home": (Part.CHILDRENS_HOME,),
    "fostering_agency": (Part.FOSTERING_AGENCY,),
    "supported_accommodation": (Part.SUPPORTED_ACCOMMODATION,),
    "charity": (Part.VOLUNTARY_BODY, Part.RHI_PROVIDER),
}
ENDED_BY_PEOPLE = frozenset({"person", "question", "placement", "referral"})


def sharing(
    *, part: Part, kind: str, reason: str, ends_at: datetime | None, now: datetime
) -> Verdict:
    """Say whether a person may give this part to an agency of this kind."""
    if part not in PARTS_BY_KIND.get(kind, ()):
        return refuse("This is not a part that this kind of agency can have.", field="part")
    if len(reason.strip()) < SHORTEST_REASON:
        return refuse("Say why you are sharing, in a sentence.", field="reason")
    if ends_at and ends_at <= now:
        return refuse("The end of sharing must be in the future.", field="ends_at")
    return ALLOWED


def ending(*, basis: str, reason: str) -> Verdict:
    """Say whether a person may end a part that was made on this basis."""
    if basis not in ENDED_BY_PEOPLE:
        return refuse(
            "A report or a council's responsibility keeps this open. It ends when that ends."
        )
    if len(reason.strip()) < SHORTEST_REASON:
        return refuse("Say why the sharing ends, in a sentence.", field="reason")
    return ALLOWED


def not_sharing(*, reason: str, review_on: date, today: date) -> Verdict:
    """Say whether a decision not to share can be recorded so.

    Source: bar.md DAT-07: a reason and a review date.
    """
    if len(reason.strip()) < SHORTEST_REASON:
        return refuse("Say why you are not sharing, in a sentence.", field="reason")
    if review_on <= today:
        return refuse("The review date must be in the future.", field="review_on")
    return ALLOWED


# The part that an agency of each kind has when it reports a child it had no part in.
PART_OF_REPORTER: dict[str, Part] = {
    "force": Part.HOME_FORCE,
    "council": Part.HOME_COUNCIL,
    "school": Part.SCHOOL,
    "childrens_home": Part.CHILDRENS_HOME,
    "fostering_agency": Part.FOSTERING_AGENCY,
    "supported_accommodation": Part.SUPPORTED_ACCOMMODATION,
}
# The part that each capacity has while a question about a missing child stands.
PART_OF_ASKED: dict[str, Part] = {
    "school": Part.SCHOOL,
    "health": Part.HEALTH,
    "voluntary_body": Part.VOLUNTARY_BODY,
}
LONGEST_OPENING = timedelta(hours=12)


def acceptance(
    *, accepted_at: datetime | None, located_at: datetime | None, withdrawn_at: datetime | None
) -> Verdict:
    """Say whether a report can be accepted now."""
    if withdrawn_at:
        return refuse("This report was withdrawn.")
    if accepted_at:
        return refuse("This report has already been accepted.")
    if located_at:
        return refuse("This child has been located. There is nothing to accept any more.")
    return ALLOWED


def update_time(*, happened_at: datetime, now: datetime) -> Verdict:
    """Say whether an update can be about this time. Both are aware instants."""
    if happened_at > now:
        return refuse("The time must be in the past.", field="happened_at")
    return ALLOWED


def opening(*, reason: str, detail: str) -> Verdict:
    """Say whether this answers why somebody opens a record outside their own work."""
    if reason in {"asked", "other"} and len(detail.strip()) < 3:
        return refuse("Say who asked you, or why you need to see it.", field="detail")
    return ALLOWED
