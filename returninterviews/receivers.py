"""What interviews answer to facts of the record, and what alerts asks of them."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.urls import reverse

from cases.models import Child, Deadline, MissingEpisode
from cases.receivers import may_open_child
from cases.rules import Aspect
from cases.services import deadlines, sharing, timeline
from cases.services.deadlines import DeadlineKind
from cases.services.matching import register_moves
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency
from missingchildren.agencies.protocol import Key, whole_number
from missingchildren.alerts.kinds import AlertKind, register
from missingchildren.alerts.models import Alert
from missingchildren.audit.acts import database_now
from returninterviews.models import Action, ActionNote, Interview, Recommendation, Summary
from returninterviews.rules import ActionClock, ActionFact
from returninterviews.services import interviews, reclaiming

# --- the interview


def open_on_located(*, episode: MissingEpisode, act: Act, **_: Any) -> None:
    """Open the interview that is owed when a child is located: it may start before they are home."""
    interviews.open_interview(episode=episode, act=act)


def open_on_returned(*, episode: MissingEpisode, act: Act, **_: Any) -> None:
    """Open the interview that is owed when a child is back, and start its 72 hours."""
    interviews.open_interview(episode=episode, act=act)


def hold_and_read_again(*, child: Child, agency: Agency, act: Act, **_: Any) -> None:
    """Let the clocks run on in which an agency that sees the child again holds, and reads."""
    interviews.resume(child=child, agency=agency, act=act)


def is_councils(alert: Alert, now: datetime) -> bool:
    """Return whether the interview is still the recipient's to see to."""
    return (
        may_open_child(alert, now)
        and Interview.objects.filter(
            reference=alert.subject_reference, council=alert.agency_id
        ).exists()
    )


def is_providers(alert: Alert, now: datetime) -> bool:
    """Return whether the interview is still referred to the recipient."""
    return (
        may_open_child(alert, now)
        and Interview.objects.filter(
            reference=alert.subject_reference, provider=alert.agency_id
        ).exists()
    )


def is_holders(alert: Alert, now: datetime) -> bool:
    """Return whether the interview is the recipient's, as council or as provider."""
    return is_councils(alert, now) or is_providers(alert, now)


def has_summary(alert: Alert, now: datetime) -> bool:
    """Return whether a summary is the recipient's, and its child is open to it."""
    return (
        may_open_child(alert, now)
        and Summary.objects.filter(
            reference=alert.subject_reference, agency=alert.agency_id
        ).exists()
    )


def to_interview(alert: Alert) -> str:
    """Return the address of the interview, or "" where it is closed to the recipient."""
    if not is_holders(alert, database_now()):
        return ""
    return reverse("returninterviews:interview", args=[alert.subject_reference])


def to_summary(alert: Alert) -> str:
    """Return the address of the summary, or "" where it is closed to the recipient."""
    if not has_summary(alert, database_now()):
        return ""
    return reverse("returninterviews:summary", args=[alert.subject_reference])


INTERVIEW_KINDS = (
    AlertKind(
        name="returninterviews.due",
        title="A return home interview is due: offer it, or refer it",
        still_entitled=is_councils,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.referred",
        title="A return home interview is referred to you",
        still_entitled=is_providers,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.not_held",
        title="A return home interview was not held",
        still_entitled=is_councils,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.signed",
        title="A return home interview is signed: read and accept it",
        still_entitled=is_councils,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.summary",
        title="What a child said is shared with you: read it",
        still_entitled=has_summary,
        open_url=to_summary,
    ),
    AlertKind(
        name="returninterviews.answered",
        title="The police have said what they did with a summary",
        still_entitled=is_holders,
        open_url=to_interview,
    ),
    AlertKind(
        name="returninterviews.accepted",
        title="The council has accepted your return home interview",
        still_entitled=is_providers,
        open_url=to_interview,
    ),
)


def register_interview_kinds() -> None:
    """Make the alert kinds of interviews known."""
    for kind in INTERVIEW_KINDS:
        register(kind)


# --- recommendations and follow-up actions


def reclaim_when_a_part_ends(*, child: Child, act: Act, **_: Any) -> None:
    """Give what the agency owed back to the child's council."""
    reclaiming.reclaim_actions_of(child=child, act=act)


def _still_owns(alert: Alert, now: datetime) -> bool:
    """Return whether the recipient still has the action, and may open the child."""
    actions = Action.objects.filter(
        reference=alert.subject_reference, owner_id=alert.agency_id
    )  # fmt: skip
    return actions.exists() and may_open_child(alert, now)


def _to(url_name: str) -> Callable[[Alert], str]:
    """Return what leads to the page of what an alert is about, or "" where it is closed."""

    def opens(alert: Alert) -> str:
        if not may_open_child(alert, database_now()):
            return ""
        return reverse(url_name, args=[alert.subject_reference])

    return opens


def _to_what_came_back(alert: Alert) -> str:
    is_action = alert.subject_reference.startswith("AC-")
    name = "returninterviews:action" if is_action else "returninterviews:recommendation"
    return _to(name)(alert)


ACTION_ALERTS = (
    AlertKind(
        name="returninterviews.action_given",
        title="Your agency is asked to do something for a child",
        still_entitled=_still_owns,
        open_url=_to("returninterviews:action"),
    ),
    AlertKind(
        name="returninterviews.came_back",
        title="Something to decide or to do for a child has come back to your council",
        still_entitled=may_open_child,
        open_url=_to_what_came_back,
    ),
    AlertKind(
        name="returninterviews.not_taken_forward",
        title="What your interviewer recommended is not taken forward",
        still_entitled=may_open_child,
        open_url=_to_what_came_back,
    ),
    AlertKind(
        name="returninterviews.second_look_asked",
        title="Please look again at a recommendation that was not taken forward",
        still_entitled=may_open_child,
        open_url=_to("returninterviews:recommendation"),
    ),
    AlertKind(
        name="returninterviews.second_look_answered",
        title="The council has looked again at what your interviewer recommended",
        still_entitled=may_open_child,
        open_url=_to("returninterviews:recommendation"),
    ),
)


def _to_recommendation(deadline: Deadline) -> str:
    return reverse("returninterviews:recommendation", args=[deadline.reference])


def _to_action(deadline: Deadline) -> str:
    return reverse("returninterviews:action", args=[deadline.reference])


ACTION_CLOCKS = (
    DeadlineKind(
        name=ActionClock.DECIDE,
        title="Decide on a recommendation",
        opens=_to_recommendation,
        seen_with=Aspect.ACTIONS,
    ),
    DeadlineKind(
        name=ActionClock.SECOND_LOOK,
        title="Answer a second look",
        opens=_to_recommendation,
        seen_with=Aspect.ACTIONS,
    ),
    DeadlineKind(
        name=ActionClock.ACTION,
        title="Do a follow-up action",
        opens=_to_action,
        seen_with=Aspect.ACTIONS,
        can_extend=True,
    ),
)
ACTION_WORDS = {
    ActionFact.RECOMMENDED: "Recommended after an interview",
    ActionFact.TAKEN_FORWARD: "Recommendation taken forward",
    ActionFact.NOT_TAKEN_FORWARD: "Recommendation not taken forward",
    ActionFact.SECOND_LOOK_ASKED: "Second look asked for",
    ActionFact.SECOND_LOOK_ANSWERED: "Second look answered",
    ActionFact.GIVEN: "Follow-up action given",
    ActionFact.CAME_BACK: "Came back to the council",
    ActionFact.PROGRESS: "Progress of a follow-up action",
    ActionFact.DONE: "Follow-up action done",
    ActionFact.DROPPED: "Follow-up action dropped",
    ActionFact.HELPED: "Said whether a follow-up action helped",
}
ACTION_KEYS = (
    Key(
        name="recommendation_decision_working_days",
        default=5,
        parse=whole_number(least=1, most=20),
        source="Practice: no recommendation of an interview stays undecided past an agreed time.",
        description="Working days in which the council decides on what an interview recommends.",
    ),
    Key(
        name="second_look_working_days",
        default=5,
        parse=whole_number(least=1, most=20),
        source="Practice: what is not taken forward may be looked at once more.",
        description="Working days in which a manager answers a second look.",
    ),
)


def register_actions() -> None:
    """Make the clocks, entries, settings, moves and alerts of recommendations and actions known."""
    for clock in ACTION_CLOCKS:
        deadlines.register(clock)
    sharing.register_passed_on(*ActionClock)
    timeline.register({kind.value: words for kind, words in ACTION_WORDS.items()})
    for key in ACTION_KEYS:
        protocol.register(key)
    register_moves(Recommendation, Action, ActionNote)
    for kind in ACTION_ALERTS:
        register(kind)
