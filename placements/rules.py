"""Law and practice of placements as pure functions and tables."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from missingchildren.core.calendar import Nation, add_working_days
from missingchildren.core.clock import elapsed, london_day
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse


class Clock(StrEnum):
    """The kinds of deadline of this app."""

    APPROVE = "placements.approve"
    NOTIFY = "placements.notify"
    NOTIFY_END = "placements.notify_end"
    ACKNOWLEDGE = "placements.acknowledge"
    REROUTE = "placements.reroute"


class Fact(StrEnum):
    """What this app writes into a child's timeline."""

    PROPOSED = "placements.proposed"
    AREA_CHOSEN = "placements.area_chosen"
    APPROVED = "placements.approved"
    NOT_APPROVED = "placements.not_approved"
    STARTED = "placements.started"
    ENDED = "placements.ended"
    WITHDRAWN = "placements.withdrawn"
    NOTIFIED = "placements.notified"
    TOLD_BY_HAND = "placements.told_by_hand"
    ACKNOWLEDGED = "placements.acknowledged"
    NOT_THEIRS = "placements.not_theirs"


# --- what kind of placement it is


@dataclass(frozen=True)
class Kind:
    """One kind of placement in the codes of SSDA903.

    `first` and `last` are the years in which the collection takes it, each from 1 April of that
    year; None: always.
    """

    label: str
    group: str
    first: int | None = None
    last: int | None = None

    @property
    def is_fostering(self) -> bool:
        """Return whether the child lives with a foster carer."""
        return self.group == FOSTERING


FOSTERING, ADOPTION, RESIDENTIAL = "Foster placement", "Placed for adoption", "Residential"
SUPPORTED, CUSTODY, COMMUNITY = "Supported accommodation", "Secure / custody", "Community"
TEMPORARY, OTHER = "Temporary", "Other"
# Source: SSDA903 placement types, years 2023-24 to 2025-26 (refdata/ssda903_placement_type.csv,
# from the validators of Data to Insight). The labels of Z11 to Z14 were not found.
KINDS: dict[str, Kind] = {
    "U1": Kind("Foster placement with a relative or friend, long-term", FOSTERING),
    "U2": Kind("Foster placement with a relative or friend who may adopt", FOSTERING),
    "U3": Kind("Foster placement with a relative or friend, not long-term", FOSTERING),
    "U4": Kind("Foster placement with another carer, long-term", FOSTERING),
    "U5": Kind("Foster placement with another carer who may adopt", FOSTERING),
    "U6": Kind("Foster placement with another carer, not long-term", FOSTERING),
    "A3": Kind("Placed for adoption with consent, with the present foster carer", ADOPTION),
    "A4": Kind("Placed for adoption with consent, not with the present foster carer", ADOPTION),
    "A5": Kind("Placed for adoption by order, with the present foster carer", ADOPTION),
    "A6": Kind("Placed for adoption by order, not with the present foster carer", ADOPTION),
    "K1": Kind("Secure children's home", RESIDENTIAL),
    "K2": Kind("Children's home", RESIDENTIAL),
    "K3": Kind("Registered supported accommodation", SUPPORTED, first=2024),
    "H5": Kind("Semi-independent living, not a children's home", SUPPORTED, last=2023),
    "R1": Kind("Residential care home", RESIDENTIAL),
    "R2": Kind("NHS or other medical or nursing care", RESIDENTIAL),
    "R3": Kind("Family centre or mother and baby unit", RESIDENTIAL),
    "R5": Kind("Young offender institution", CUSTODY),
    "S1": Kind("Residential school", RESIDENTIAL),
    "P1": Kind("With a parent or a person with parental responsibility", COMMUNITY),
    "P2": Kind("Independent living", COMMUNITY, last=2023),
    "P3": Kind("Residential employment", COMMUNITY),
    "T0": Kind("Temporary move of any kind", TEMPORARY),
    "T1": Kind("Temporary stay in hospital", TEMPORARY),
    "T2": Kind("Temporary absence on holiday", TEMPORARY),
    "T3": Kind("Temporary stay while the foster carer is on holiday", TEMPORARY),
    "T4": Kind("Temporary stay of seven days or less", TEMPORARY),
    "Z1": Kind("Other placement", OTHER, last=2024),
    "Z11": Kind("Other placement, type 1", OTHER, first=2025),
    "Z12": Kind("Other placement, type 2", OTHER, first=2025),
    "Z13": Kind("Other placement, type 3", OTHER, first=2025),
    "Z14": Kind("Other placement, type 4", OTHER, first=2025),
}


def kinds_on(day: date) -> dict[str, Kind]:
    """Return the kinds that the collection takes of a placement that begins on a day."""
    year = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return {
        code: kind
        for code, kind in KINDS.items()
        if (kind.first is None or kind.first <= year) and (kind.last is None or year <= kind.last)
    }


class Carer(StrEnum):
    """With whom the child lives, as far as the approval depends on it."""

    CONNECTED = "connected"
    OWN = "own"
    OTHER = "other"


# --- where it is


class Distance(StrEnum):
    """How far the place is from the responsible council, as the law counts it."""

    IN_AREA = "in area"
    ADJOINING = "out of area, adjoining"
    AT_A_DISTANCE = "out of area, at a distance"


def distance_of(*, place: str, own: frozenset[str], adjoining: frozenset[str]) -> Distance:
    """Return how far an area is from the areas of the responsible council, by their codes.

    `adjoining` leaves out pairs of which it is doubtful whether they adjoin ("adjoining" has no
    definition in law): the stricter rule then holds, and the director decides.

    Source: Care Planning, Placement and Case Review (England) Regulations 2010 (S.I. 2010/959),
    regulation 11(5), inserted by S.I. 2013/3239: "at a distance" means outside the area of the
    responsible authority and not within the area of any adjoining local authority.
    """
    if place in own:
        return Distance.IN_AREA
    return Distance.ADJOINING if place in adjoining else Distance.AT_A_DISTANCE


# --- who must approve


class Approver(StrEnum):
    """Who must approve a placement before it starts."""

    NOMINATED_OFFICER = "nominated officer"
    DIRECTOR = "director of children's services"
    PANEL = "panel"


# Which roles decide; what a panel decided is written down by either of the two.
DECIDING_ROLES: dict[Approver, frozenset[str]] = {
    Approver.NOMINATED_OFFICER: frozenset({"nominated_officer", "director"}),
    Approver.DIRECTOR: frozenset({"director"}),
    Approver.PANEL: frozenset({"nominated_officer", "director"}),
}
# Who may write down what an officer decided by telephone.
WRITES_DOWN = frozenset({"nominated_officer", "director"})


def approver(*, distance: Distance | None, carer: Carer, nation: Nation) -> Approver | None:
    """Return who must approve a placement before it starts; None: nobody must.

    Nothing depends on whether it is an emergency: that changes what must be known at the
    approval, never that it comes first (regulation 11(3)).

    Source: S.I. 2010/959, regulation 11(1): outside the area a nominated officer, at a distance
    too the director of children's services. Regulation 11(4): neither with a connected person nor
    with a foster carer approved by the responsible authority. A Welsh council's panel approves
    every placement outside its area: Care Planning, Placement and Case Review (Wales) Regulations
    2015 (W.S.I. 2015/1818), regulation 12(3).
    """
    if distance in {None, Distance.IN_AREA}:
        return None
    if nation == Nation.WALES:
        return Approver.PANEL
    if carer != Carer.OTHER:
        return None
    return Approver.DIRECTOR if distance == Distance.AT_A_DISTANCE else Approver.NOMINATED_OFFICER


# --- by when the area must be told


# Source: S.I. 2010/959, regulation 13(1), and 13(4) for the area authority: before the placement
# is made or, in an emergency, within five working days of its start. W.S.I. 2015/1818, regulation
# 14, for a Welsh council. Working days: regulation 2(1), no Saturday, Sunday or bank holiday.
EMERGENCY_NOTICE_WORKING_DAYS = 5
# Source: S.I. 2010/959, regulation 14(4): within ten working days of the date on which the
# placement ended, where notice before it was not practicable.
END_NOTICE_WORKING_DAYS = 10
# The police are not among those whom regulation 13 names. Their notice keeps the same time.
# Source: domain.md 5.1 and 5.2 (Sefton, Blackburn), 11.24: by default for each placement out of area.


def notice_due_at(*, starts_at: datetime, is_emergency: bool, nation: Nation) -> datetime:
    """Return by when the area must be told of a placement; `starts_at` is an aware instant."""
    if not is_emergency:
        return elapsed(starts_at, timedelta())
    return add_working_days(starts_at, EMERGENCY_NOTICE_WORKING_DAYS, nation)


def end_notice_due_at(*, ended_at: datetime, nation: Nation) -> datetime:
    """Return by when the area must be told of an end; `ended_at` is an aware instant."""
    return add_working_days(ended_at, END_NOTICE_WORKING_DAYS, nation)


def acknowledgement_due_at(*, sent_at: datetime, working_days: int, nation: Nation) -> datetime:
    """Return by when whoever was told must answer; `sent_at` is an aware instant."""
    return add_working_days(sent_at, working_days, nation)


# --- where a placement and its notices stand


class PlacementState(StrEnum):
    """Where a placement stands, derived from its times."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    NOT_APPROVED = "not approved"
    CURRENT = "current"
    ENDED = "ended"
    WITHDRAWN = "withdrawn"


# From each state, the states that one act may lead to. Tests prove that it is complete.
PLACEMENT_TRANSITIONS: dict[PlacementState, frozenset[PlacementState]] = {
    PlacementState.PROPOSED: frozenset(
        {
            PlacementState.APPROVED,
            PlacementState.NOT_APPROVED,
            PlacementState.CURRENT,
            PlacementState.WITHDRAWN,
        }
    ),
    PlacementState.APPROVED: frozenset({PlacementState.CURRENT, PlacementState.WITHDRAWN}),
    PlacementState.NOT_APPROVED: frozenset(),
    PlacementState.CURRENT: frozenset({PlacementState.ENDED}),
    PlacementState.ENDED: frozenset(),
    PlacementState.WITHDRAWN: frozenset(),
}


# States in which nothing of a placement is to come.
OVER = frozenset(state for state, after in PLACEMENT_TRANSITIONS.items() if not after)


def placement_state(
    *,
    is_approved: bool | None,
    started_at: datetime | None,
    ended_at: datetime | None,
    withdrawn_at: datetime | None,
) -> PlacementState:
    """Derive the state of a placement; `is_approved` is None while nobody has decided."""
    if withdrawn_at:
        return PlacementState.WITHDRAWN
    if ended_at:
        return PlacementState.ENDED
    if started_at:
        return PlacementState.CURRENT
    if is_approved is None:
        return PlacementState.PROPOSED
    return PlacementState.APPROVED if is_approved else PlacementState.NOT_APPROVED


class NoticeState(StrEnum):
    """Where a notice stands, derived from its times. That it was opened, the act log knows."""

    NOT_TOLD = "not told yet"
    SENT = "sent"
    TOLD_BY_HAND = "told by hand"
    ACKNOWLEDGED = "acknowledged"
    NOT_THEIRS = "not theirs"
    NOT_NEEDED = "not needed"


# From each state, the states that one act may lead to. Tests prove that it is complete.
NOTICE_TRANSITIONS: dict[NoticeState, frozenset[NoticeState]] = {
    NoticeState.NOT_TOLD: frozenset(
        {NoticeState.SENT, NoticeState.TOLD_BY_HAND, NoticeState.NOT_NEEDED}
    ),
    NoticeState.SENT: frozenset(
        {NoticeState.ACKNOWLEDGED, NoticeState.NOT_THEIRS, NoticeState.NOT_NEEDED}
    ),
    NoticeState.TOLD_BY_HAND: frozenset({NoticeState.NOT_NEEDED}),
    NoticeState.ACKNOWLEDGED: frozenset({NoticeState.NOT_NEEDED}),
    NoticeState.NOT_THEIRS: frozenset(),
    NoticeState.NOT_NEEDED: frozenset(),
}


def notice_state(
    *,
    sent_at: datetime | None,
    acknowledged_at: datetime | None,
    rejected_at: datetime | None,
    told_at: datetime | None,
    dropped_at: datetime | None,
) -> NoticeState:
    """Derive the state of a notice from its times."""
    if rejected_at:
        return NoticeState.NOT_THEIRS
    if dropped_at:
        return NoticeState.NOT_NEEDED
    if acknowledged_at:
        return NoticeState.ACKNOWLEDGED
    if told_at:
        return NoticeState.TOLD_BY_HAND
    return NoticeState.SENT if sent_at else NoticeState.NOT_TOLD


# --- what is possible


SHORTEST_REASON = 10
EARLIEST_ARRIVAL = timedelta(days=366)
LATEST_ARRIVAL = timedelta(days=366)
# A decision made by telephone is written down within a week.
LATEST_WRITING_DOWN = timedelta(days=7)
# Source: SSDA903 validation rule 371; The Care Planning, Placement and Case Review (England)
# (Amendment) Regulations 2021: no child under 16 in accommodation that is not regulated as care.
SUPPORTED_FROM_AGE = 16


def proposing(
    *, code: str, carer: Carer, born: date | None, arrives_at: datetime, now: datetime
) -> Verdict:
    """Say whether a placement can be proposed so. All times are aware instants."""
    kind = KINDS.get(code)
    if kind is None or code not in kinds_on(london_day(arrives_at)):
        return refuse("This is not a kind of placement of that year.", field="kind")
    if arrives_at < now - EARLIEST_ARRIVAL:
        return refuse("The time is more than a year ago. Check the year.", field="arrives_at")
    if arrives_at > now + LATEST_ARRIVAL:
        return refuse("The time is more than a year ahead. Check the year.", field="arrives_at")
    if born and london_day(arrives_at) < born:
        return refuse("The time is before the child was born.", field="arrives_at")
    if carer != Carer.OTHER and not kind.is_fostering:
        return refuse(
            "Only a foster placement is with a connected person or your own foster carer.",
            field="carer",
        )
    if kind.group == SUPPORTED and born and _age(born, arrives_at) < SUPPORTED_FROM_AGE:
        return refuse("Supported accommodation is for children of 16 and over.", field="kind")
    return ALLOWED


def _age(born: date, at: datetime) -> int:
    day = london_day(at)
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def choosing_area(*, state: PlacementState, is_known: bool) -> Verdict:
    """Say whether a person may say which area a placement is in."""
    if is_known:
        return refuse("The area of this placement is known.")
    if state != PlacementState.PROPOSED:
        return refuse("This placement was withdrawn.")
    return ALLOWED


def deciding(*, state: PlacementState, is_known: bool, needed: Approver | None) -> Verdict:
    """Say whether a placement waits for a decision."""
    if state != PlacementState.PROPOSED:
        return refuse("This placement has already been decided.")
    if not is_known:
        return refuse("Say first which area the placement is in.")
    if needed is None:
        return refuse("This placement needs no approval.")
    return ALLOWED


def decision(
    *,
    is_approved: bool,
    wishes_known: bool,
    most_appropriate: bool,
    fits_plan: bool,
    area_told: bool,
    is_emergency: bool,
    reasons: str,
    decided_at: datetime,
    proposed_at: datetime,
    now: datetime,
) -> Verdict:
    """Say whether a decision is complete. All times are aware instants.

    Source: S.I. 2010/959, regulation 11(2); in an emergency 11(3): the area authority is told, or
    consulted and given the care plan, within five working days instead.
    """
    if decided_at > now:
        return refuse("The time of the decision must be in the past.", field="decided_at")
    if decided_at < proposed_at - LATEST_WRITING_DOWN:
        return refuse(
            "The time of the decision is more than a week before the placement was recorded.",
            field="decided_at",
        )
    if not is_approved:
        if len(reasons.strip()) < SHORTEST_REASON:
            return refuse("Say why it is not approved, in a sentence.", field="reasons")
        return ALLOWED
    if not (wishes_known and most_appropriate and fits_plan):
        return refuse(
            "It can be approved only when the child's wishes are known, it is the most "
            "appropriate placement, and it fits the care plan.",
            field="satisfied",
        )
    if not area_told and not is_emergency:
        return refuse(
            "Tell or consult the council of the area first. Only in an emergency this follows.",
            field="satisfied",
        )
    return ALLOWED


def telling(
    *, state: PlacementState, needed: Approver | None, is_known: bool, waits: bool
) -> Verdict:
    """Say whether notices of a placement can be sent now."""
    if not is_known:
        return refuse("Say first which area the placement is in.")
    if state == PlacementState.PROPOSED and needed:
        return refuse(f"The {needed} must approve the placement first.")
    if state in {PlacementState.NOT_APPROVED, PlacementState.WITHDRAWN} or not waits:
        return refuse("No notice waits to be sent.")
    return ALLOWED


def starting(*, state: PlacementState, is_known: bool, needed: Approver | None) -> Verdict:
    """Say whether a placement can start now.

    Source: S.I. 2010/959, regulation 11(1): the decision must not be put into effect until it has
    been approved; 11(3) keeps this in an emergency.
    """
    if not is_known:
        return refuse("Say first which area the placement is in.")
    if state == PlacementState.PROPOSED and needed:
        return refuse(
            f"The {needed} must approve the placement before it starts, also in an emergency. "
            "A decision by telephone can be written down."
        )
    if PlacementState.CURRENT not in PLACEMENT_TRANSITIONS[state]:
        return refuse(f"This placement is {state}: it cannot start.")
    return ALLOWED


def start_time(
    *,
    started_at: datetime,
    decided_at: datetime | None,
    last_ended_at: datetime | None,
    born: date | None,
    now: datetime,
) -> Verdict:
    """Say whether a placement can have started at this time. All times are aware instants."""
    if started_at > now:
        return refuse("The time of arrival must be in the past.", field="started_at")
    if started_at < now - EARLIEST_ARRIVAL:
        return refuse("The time is more than a year ago. Check the year.", field="started_at")
    if born and london_day(started_at) < born:
        return refuse("The time is before the child was born.", field="started_at")
    if decided_at and started_at < decided_at:
        return refuse(
            "The time of arrival must be after the placement was approved.", field="started_at"
        )
    if last_ended_at and started_at < last_ended_at:
        return refuse("The time is before the child's last placement ended.", field="started_at")
    return ALLOWED


def ending(*, state: PlacementState) -> Verdict:
    """Say whether a placement can end now."""
    if state == PlacementState.ENDED:
        return refuse("The end of this placement has already been recorded.")
    if state != PlacementState.CURRENT:
        return refuse(f"This placement is {state}: it cannot end.")
    return ALLOWED


def end_time(*, started_at: datetime, ended_at: datetime, reason: str, now: datetime) -> Verdict:
    """Say whether a placement can have ended at this time. All times are aware instants."""
    if ended_at > now:
        return refuse("The time of the end must be in the past.", field="ended_at")
    if ended_at < started_at:
        return refuse("The time of the end must be after the start.", field="ended_at")
    if len(reason.strip()) < SHORTEST_REASON:
        return refuse("Say why the placement ends, in a sentence.", field="reason")
    return ALLOWED


def withdrawing(*, state: PlacementState, reason: str = "") -> Verdict:
    """Say whether a placement that has not started can be withdrawn."""
    if PlacementState.WITHDRAWN not in PLACEMENT_TRANSITIONS[state]:
        return refuse(f"This placement is {state}: it cannot be withdrawn.")
    if reason and len(reason.strip()) < SHORTEST_REASON:
        return refuse("Say why it is withdrawn, in a sentence.", field="reason")
    return ALLOWED


def answering(*, state: NoticeState) -> Verdict:
    """Say whether whoever was told can still answer."""
    if state == NoticeState.SENT:
        return ALLOWED
    return refuse(f"This notice is {state}: there is nothing to answer.")


def acknowledgement(*, is_of_start: bool, holder: str, system_reference: str) -> Verdict:
    """Say whether an acknowledgement is complete.

    Source: practice.md 1, "Placement": acknowledging asks who holds it, and the system reference.
    """
    if is_of_start and not holder.strip():
        return refuse("Say who holds it.", field="holder")
    if is_of_start and not system_reference.strip():
        return refuse("Enter the reference on your own system.", field="system_reference")
    return ALLOWED


def not_theirs(*, is_of_start: bool, reason: str) -> Verdict:
    """Say whether a notice can be sent back as somebody else's."""
    if not is_of_start:
        return refuse("You were told of the start of this placement. Acknowledge its end.")
    if len(reason.strip()) < SHORTEST_REASON:
        return refuse("Say why it is not yours, in a sentence.", field="reason")
    return ALLOWED


def by_hand(*, state: NoticeState, start_waits: bool = False) -> Verdict:
    """Say whether it can be written down that somebody was told by hand.

    `start_waits`: it tells of an end, and whoever it is for has not been told of the start.
    """
    if NoticeState.TOLD_BY_HAND not in NOTICE_TRANSITIONS[state]:
        return refuse(f"This notice is {state}: nobody need be told by hand.")
    if start_waits:
        return refuse("Tell them of the start first, or write down when they were told of it.")
    return ALLOWED


def told_by_hand(*, told_at: datetime, now: datetime) -> Verdict:
    """Say whether somebody can have been told at this time. Both are aware instants."""
    if told_at > now:
        return refuse("The time must be in the past.", field="told_at")
    return ALLOWED


def rerouting(*, state: NoticeState, is_replaced: bool, is_over: bool) -> Verdict:
    """Say whether somebody else must be told in place of who sent a notice back."""
    if state != NoticeState.NOT_THEIRS:
        return refuse("Nobody has said that this notice is not theirs.")
    if is_replaced:
        return refuse("Somebody else has already been chosen.")
    if is_over:
        return refuse("The child does not live there any more: nobody else need be told.")
    return ALLOWED
