"""Make this app's clocks, facts, settings and checks known to the apps below."""

from django.urls import reverse

from cases.models import Deadline, MissingEpisode
from cases.queries import register_looks
from cases.rules import Aspect
from cases.services import closing, deadlines, matching, timeline
from cases.services.closing import ClosingCheck
from cases.services.deadlines import DeadlineKind
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.protocol import Key, whole_number
from returninterviews import models, queries, rules
from returninterviews.rules import Clock, Fact

# --- the interview


def _to_interview(deadline: Deadline) -> str:
    return reverse("returninterviews:interview", args=[deadline.reference])


def _to_council(deadline: Deadline) -> str:
    return reverse("returninterviews:council", args=[deadline.reference])


def _to_accept(deadline: Deadline) -> str:
    return reverse("returninterviews:accept", args=[deadline.reference])


def _to_summary(deadline: Deadline) -> str:
    return reverse("returninterviews:summary", args=[deadline.reference])


INTERVIEW_CLOCKS = (
    DeadlineKind(
        name=Clock.HOLD,
        title="Hold the return home interview",
        opens=_to_interview,
        seen_with=Aspect.SHARED_INTERVIEWS,
    ),
    DeadlineKind(
        name=Clock.NAME_COUNCIL,
        title="Say which council sees to a return home interview",
        opens=_to_council,
        seen_with=Aspect.SHARED_INTERVIEWS,
    ),
    DeadlineKind(
        name=Clock.READ_SUMMARY,
        title="Read the summary of a return home interview",
        opens=_to_summary,
        seen_with=Aspect.WHOLE_INTERVIEWS,
    ),
    DeadlineKind(
        name=Clock.ACCEPT,
        title="Accept a return home interview",
        opens=_to_accept,
        seen_with=Aspect.WHOLE_INTERVIEWS,
        can_extend=True,
    ),
)
INTERVIEW_FACTS: dict[str, str] = {
    Fact.OPENED: "Return home interview due",
    Fact.JOINED: "Return home interview covers this time too",
    Fact.COUNCIL_NAMED: "Council for the return home interview named",
    Fact.REFERRED: "Return home interview referred",
    Fact.REFERRAL_DECLINED: "Referral of the return home interview given back",
    Fact.OFFERED: "Return home interview offered",
    Fact.NOT_HELD: "Return home interview not held",
    Fact.SIGNED: "Return home interview held and signed",
    Fact.ACCEPTED: "Return home interview accepted by the council",
    Fact.SUMMARY_READ: "Summary of the return home interview read",
    Fact.SUMMARY_ANSWERED: "Summary of the return home interview answered",
}
INTERVIEW_SETTINGS = (
    Key(
        name="rhi_accept_working_days",
        default=rules.ACCEPT_WORKING_DAYS,
        parse=whole_number(least=1, most=10),
        source="Local practice (domain.md 2.4, timescales after the interview): five working days.",
        description="Working days in which the council accepts a signed return home interview.",
    ),
    Key(
        name="rhi_summary_read_hours",
        default=rules.SUMMARY_READ_HOURS,
        parse=whole_number(least=1, most=24),
        source="Practice: a summary that is unread after 24 hours climbs.",
        description="Hours in which the police read the summary of a return home interview.",
    ),
)
INTERVIEW_LOOKS = {
    "returninterviews.interviews": "Return home interviews",
    "returninterviews.interview": "A return home interview",
    "returninterviews.account": "A return home interview, whole",
    "returninterviews.write": "A return home interview being written",
    "returninterviews.summary_page": "The summary of a return home interview",
    "returninterviews.read_summary": "Read the summary of a return home interview",
}


def unsettled_interview(episode: MissingEpisode, _act: Act) -> list[str]:
    """Return what is open of an episode's interview. Sharing is decided by its signature."""
    interview = queries.unsettled(episode)
    if interview is None:
        return []
    if interview.council is None:
        return ["Nobody has said which council sees to the return home interview."]
    return [f"The return home interview is {interview.state}: it is neither held nor settled."]


INTERVIEW_CHECK = ClosingCheck(
    name="interview", title="Return home interview", unsettled=unsettled_interview
)


def register_interviews() -> None:
    """Register everything that an interview needs of the apps below."""
    for kind in INTERVIEW_CLOCKS:
        deadlines.register(kind)
    timeline.register(INTERVIEW_FACTS)
    for key in INTERVIEW_SETTINGS:
        protocol.register(key)
    register_looks(INTERVIEW_LOOKS)
    closing.register(INTERVIEW_CHECK)
    matching.register_moves(
        models.Interview,
        models.InterviewEpisode,
        models.Offer,
        models.Account,
        models.Quote,
        models.CarerAccount,
        models.SharedItem,
        models.Summary,
        models.Recommendation,
    )
