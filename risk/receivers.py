"""What risk does when something happens to a child, and what it answers when alerts ask."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from cases.models import Child, Deadline, Grant, MissingEpisode
from cases.receivers import may_open_child, to_child
from cases.rules import Aspect, parts_opening
from cases.services import deadlines, timeline
from cases.services.deadlines import DeadlineKind
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency
from missingchildren.alerts import kinds
from missingchildren.alerts.kinds import AlertKind, register
from missingchildren.alerts.models import Alert
from missingchildren.audit.acts import database_now
from risk.models import Ask, Contribution, Dissent, Flag
from risk.rules import LATE_ANSWERS_FOR, Clock, Fact
from risk.services import flag_duties, flags, rounds

# --- rounds: facts


def open_round(*, episode: MissingEpisode, act: Act, **_: Any) -> None:
    """Open a risk round when a child is reported."""
    rounds.open_round(episode=episode, act=act)


def ask_everyone(*, episode: MissingEpisode, act: Act, **_: Any) -> None:
    """Ask everyone who may know when the report is accepted."""
    rounds.ask_everyone(episode=episode, act=act)


def end_round(*, episode: MissingEpisode, act: Act, **_: Any) -> None:
    """End the round when the child is back."""
    rounds.end_round(episode=episode, act=act)


def ask_again(*, child: Child, agency: Agency, act: Act, **_: Any) -> None:
    """Let the clock run on in which an agency that sees the child again answers."""
    rounds.resume_asks(child=child, agency=agency, act=act)


# --- rounds: alerts


def has_live_part(alert: Alert, aspect: Aspect, now: datetime) -> bool:
    """Return whether a live part of the recipient opens this aspect of the child."""
    return Grant.objects.live(now).filter(
        agency_id=alert.agency_id, child=alert.child_id or 0, part__in=parts_opening(aspect)
    ).exists() and may_open_child(alert, now)


def may_answer(alert: Alert, now: datetime) -> bool:
    """Return whether the question is still this agency's to answer."""
    return has_live_part(alert, Aspect.OWN_ANSWER, now)


def may_see_level(alert: Alert, now: datetime) -> bool:
    """Return whether a part of the recipient opens the level."""
    return has_live_part(alert, Aspect.LEVEL, now)


def must_confirm(alert: Alert, now: datetime) -> bool:
    """Return whether the recipient has still to confirm what was written down for it."""
    return Contribution.objects.filter(
        reference=alert.subject_reference, owner=alert.agency_id, confirmed_at=None
    ).exists() and may_open_child(alert, now)


def must_read(alert: Alert, now: datetime) -> bool:
    """Return whether the recipient has still to read an answer that came late."""
    return Contribution.objects.filter(
        reference=alert.subject_reference, read_at=None
    ).exists() and may_open_child(alert, now)


def may_still_answer(alert: Alert, now: datetime) -> bool:
    """Return whether the recipient was asked, has not answered, and its answer would still help."""
    return Ask.objects.filter(
        reference=alert.subject_reference,
        agency=alert.agency_id,
        contributions=None,
        round__ended_at__gt=now - LATE_ANSWERS_FOR,
    ).exists()


def has_part_in_dissent(alert: Alert, now: datetime) -> bool:
    """Return whether the recipient wrote the dissent, or chose the level that it is about."""
    dissent = Dissent.objects.filter(reference=alert.subject_reference).first()
    if dissent is None:
        return False
    involved = {dissent.owner_id, dissent.decision.owner_id}
    return alert.agency_id in involved and may_open_child(alert, now)


def _within(name: str, alert: Alert, *references: str) -> str:
    """Return an address below the child's, or "" where the record is closed to the recipient."""
    child = to_child(alert)
    return reverse(name, args=[child.rstrip("/").rsplit("/", 1)[1], *references]) if child else ""


def to_answer(alert: Alert) -> str:
    """Return the address of the page where the question is answered."""
    if not may_answer(alert, database_now()):
        return ""
    return _within("risk:answer", alert)


def to_contribution(alert: Alert) -> str:
    """Return the address of one answer."""
    return _within("risk:contribution", alert, alert.subject_reference)


def to_level(alert: Alert) -> str:
    """Return the address of the child's page, where the level stands."""
    return to_child(alert)


def to_dissent(alert: Alert) -> str:
    """Return the address of a dissent."""
    return _within("risk:dissent", alert, alert.subject_reference)


def to_late(alert: Alert) -> str:
    """Return the address of a question whose part has ended."""
    if not may_still_answer(alert, database_now()):
        return ""
    return reverse("risk:late", args=[alert.subject_reference])


ROUND_KINDS = (
    AlertKind(
        name="risk.asked",
        title="The police ask what you know about a child",
        still_entitled=may_answer,
        open_url=to_answer,
    ),
    AlertKind(
        name="risk.anything_new",
        title="The police ask whether you know anything new about a child",
        still_entitled=may_answer,
        open_url=to_answer,
    ),
    AlertKind(
        name="risk.still_wanted",
        title="A child is back: you can still tell the police what you know",
        still_entitled=may_still_answer,
        open_url=to_late,
    ),
    AlertKind(
        name="risk.answer_confirm",
        title="Confirm what you told the police by telephone",
        still_entitled=must_confirm,
        open_url=to_contribution,
    ),
    AlertKind(
        name="risk.late_answer",
        title="An answer has come in late: read it",
        still_entitled=must_read,
        open_url=to_contribution,
    ),
    AlertKind(
        name="risk.decided",
        title="The police have chosen a level of risk for a child",
        still_entitled=may_see_level,
        open_url=to_level,
    ),
    AlertKind(
        name="risk.dissent",
        title="An agency sees the risk to a child otherwise: answer it",
        still_entitled=has_part_in_dissent,
        open_url=to_dissent,
    ),
    AlertKind(
        name="risk.dissent_answered",
        title="The police have answered how you see the risk",
        still_entitled=has_part_in_dissent,
        open_url=to_dissent,
    ),
)


# --- rounds: clocks and the timeline


def _at(name: str, deadline: Deadline, *references: str) -> str:
    return reverse(name, args=[deadline.child.reference, *references])


def _to_answer(deadline: Deadline) -> str:
    return _at("risk:answer", deadline)


def _to_decide(deadline: Deadline) -> str:
    return _at("risk:round", deadline)


def _to_confirm(deadline: Deadline) -> str:
    return _at("risk:confirm", deadline, deadline.reference)


def _to_dissent(deadline: Deadline) -> str:
    return _at("risk:dissent", deadline, deadline.reference)


def _to_contribution(deadline: Deadline) -> str:
    return _at("risk:contribution", deadline, deadline.reference)


ROUND_CLOCKS = (
    DeadlineKind(
        name=Clock.ANSWER,
        title="Tell the police what you know",
        opens=_to_answer,
        seen_with=Aspect.ANSWERS,
    ),
    DeadlineKind(
        name=Clock.DECIDE,
        title="Choose the level of risk",
        opens=_to_decide,
        seen_with=Aspect.LEVEL,
    ),
    DeadlineKind(
        name=Clock.REVIEW,
        title="Look at the level of risk again",
        opens=_to_decide,
        seen_with=Aspect.LEVEL,
    ),
    DeadlineKind(
        name=Clock.CONFIRM,
        title="Confirm the level of risk, or send it back",
        opens=_to_confirm,
    ),
    DeadlineKind(
        name=Clock.DISSENT,
        title="Answer an agency that sees the risk otherwise",
        opens=_to_dissent,
        seen_with=Aspect.ANSWERS,
        can_extend=True,
    ),
    DeadlineKind(
        name=Clock.LATE_ANSWER,
        title="Read an answer that came late",
        opens=_to_contribution,
    ),
)
ROUND_FACTS: dict[str, str] = {
    Fact.ROUND_OPENED: "Risk round opened",
    Fact.ROUND_ENDED: "Risk round ended",
    Fact.ANSWERED: "Told the police what is known",
    Fact.ANSWER_CONFIRMED: "Confirmed what was told by telephone",
    Fact.ANSWER_READ: "Late answer read",
    Fact.DECIDED: "Level of risk chosen",
    Fact.CONFIRMED: "Level of risk confirmed",
    Fact.SENT_BACK: "Level of risk sent back",
    Fact.DISSENTED: "Sees the risk otherwise",
    Fact.DISSENT_ANSWERED: "Answered an agency that sees the risk otherwise",
}


def register_round_kinds() -> None:
    """Make known what a round alerts, which clocks it starts, and what it writes of itself."""
    for kind in ROUND_KINDS:
        kinds.register(kind)
    for clock in ROUND_CLOCKS:
        deadlines.register(clock)
    timeline.register(ROUND_FACTS)


# --- flags


def review_flags_where_placed(*, child: Child, force: Agency | None, act: Act, **_: Any) -> None:
    """Ask the force of a child's new place to review the flag that holds at another."""
    flags.follow_move(child=child, force=force, act=act)


def owe_flags_again(*, child: Child, agency: Agency, act: Act, **_: Any) -> None:
    """Let the clocks of a force run on that sees the child again."""
    flag_duties.resume(child=child, force=agency, act=act)


def to_flag(alert: Alert) -> str:
    """Return the address of the flag, or "" where the record is closed to the recipient."""
    if not may_open_child(alert, database_now()):
        return ""
    flag = Flag.objects.filter(reference=alert.subject_reference).select_related("child").first()
    return reverse("risk:flag", args=[flag.child.reference, flag.reference]) if flag else ""


FLAG_KINDS = tuple(
    AlertKind(name=name, title=title, still_entitled=may_open_child, open_url=to_flag)
    for name, title in (
        ("risk.flag_asked", "A council asks you to flag a child: decide"),
        ("risk.flag_review", "A child moved to your area with a flag: review it"),
        ("risk.flag_disagreed", "A council disagrees with your decision on a flag: decide again"),
        ("risk.flag_decided", "The police have decided on a flag"),
    )
)


def register_flag_kinds() -> None:
    """Make the alert kinds of flags known."""
    for kind in FLAG_KINDS:
        register(kind)
