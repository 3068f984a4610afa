"""Close a missing episode when everything it left open is settled: a registry that each app fills."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F, Q

from cases import access, rules
from cases.events import episode_closed
from cases.models import Deadline, Grant, MissingEpisode, PreventionInterview
from cases.rules import Fact, Part
from cases.services import deadlines, sharing, timeline
from cases.services.reports import locked_episode, require_version
from missingchildren.agencies.acts import Act
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.verdicts import ALLOWED, NotPermitted, Verdict

# A council's duty to its own child does not end with one time missing.
PARTS_THAT_STAY = (Part.RESPONSIBLE_COUNCIL,)


@dataclass(frozen=True, kw_only=True)
class ClosingCheck:
    """One thing that must be settled before an episode closes.

    `unsettled` returns a sentence for each thing that is still open, none of which tells more
    than every agency with the episode may know. It must cost a fixed number of queries.
    """

    name: str
    title: str
    unsettled: Callable[[MissingEpisode, Act], list[str]]


_checks: dict[str, ClosingCheck] = {}


def register(check: ClosingCheck) -> None:
    """Add a check.

    Raises:
        ValueError: another check has this name.
    """
    if _checks.setdefault(check.name, check) != check:
        raise ValueError(f"closing check {check.name} is already registered")


def unregister(name: str) -> None:
    """Take a check away again: for whoever registered it for a while."""
    _checks.pop(name, None)


def checks() -> list[ClosingCheck]:
    """Return every check by name."""
    return [_checks[name] for name in sorted(_checks)]


def unsettled(episode: MissingEpisode, act: Act) -> list[str]:
    """Return a sentence for each thing that must be settled before the episode closes."""
    return [sentence for check in checks() for sentence in check.unsettled(episode, act)]


def may_close(episode: MissingEpisode, act: Act, *, is_settled: bool) -> Verdict:
    """Say whether this person may close the episode now; where not all is settled, with a reason."""
    verdict = access.can_close(act, episode) and _is_time(episode)
    return verdict and (ALLOWED if is_settled else access.can_close_unsettled(act))


def _is_time(episode: MissingEpisode) -> Verdict:
    return rules.closing(
        returned_at=episode.returned_at,
        closed_at=episode.closed_at,
        withdrawn_at=episode.withdrawn_at,
    )


@service(verb="cases.close_episode", operation=Operation.ALTERATION)
def close_episode(
    *,
    episode_reference: str,
    reason: str = "",
    version: int | None,
    token: UUID | None,
    act: Act,
) -> MissingEpisode:
    """Close an episode of which all is settled; where it is not, a manager says why.

    The force that led keeps what it knew, and sees no more. What the episode opened to others ends,
    but for the council that is responsible, and for whoever still owes something to the child.
    Clocks that mattered only while it was open stop. The same token counts once.

    Raises:
        NotFound: there is no such episode, or its child is hidden.
        NotPermitted: another force led the search, or something is not settled and this person is
            no supervisor or manager.
        RuleBroken: the child is not back, it is closed already, or there is no reason.
        Stale: somebody changed the episode since it was shown.
    """
    episode = locked_episode(act=act, reference=episode_reference)
    if submissions.earlier_result(token=token, act=act, operation="cases.close_episode"):
        _log(episode, act)
        return episode
    access.can_close(act, episode).require(NotPermitted)
    _is_time(episode).require()
    is_settled = not unsettled(episode, act)
    if not is_settled:
        access.can_close_unsettled(act).require(NotPermitted)
        rules.closing_unsettled(reason=reason).require()
    require_version(episode, version)

    episode.closed_at, episode.closed_by = act.now, act.membership
    episode.closed_reason = "" if is_settled else reason.strip()
    episode.version = F("version") + 1
    episode.save(update_fields=["closed_at", "closed_by", "closed_reason", "version"])
    episode.refresh_from_db(fields=["version"])
    deadlines.drop_with_episode(episode=episode, reason="the missing episode is closed", act=act)
    _end_parts(episode, act)
    timeline.add(
        child=episode.child,
        episode=episode,
        kind=Fact.CLOSED,
        reference=episode.reference,
        act=act,
    )
    _log(episode, act)
    submissions.finish(token=token, result=episode.reference)
    episode_closed.send(sender=MissingEpisode, episode=episode, act=act)
    return episode


def _log(episode: MissingEpisode, act: Act) -> None:
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="cases.close_episode",
        subjects=[episode.child_id],
        objects=[episode.reference],
    )


def _end_parts(episode: MissingEpisode, act: Act) -> None:
    """Turn the lead force's part into what stays of it, and end what the episode opened.

    An agency that still owes something to the child keeps its part: it could not do it otherwise.
    """
    opened = Grant.objects.filter(child=episode.child, source=episode.reference, ended_at=None)
    lead = opened.filter(part=Part.LEAD_FORCE).select_related("agency", "unit").first()
    stays = opened.filter(
        Q(part__in=PARTS_THAT_STAY) | ~Q(part=Part.LEAD_FORCE) & Q(agency__in=_owing(episode))
    )
    kept = set(stays.values_list("pk", flat=True))
    if lead:
        afterwards = sharing.open_part(
            child=episode.child,
            agency=lead.agency,
            unit=lead.unit,
            part=Part.LEAD_FORCE_AFTERWARDS,
            basis=Grant.Basis.LEAD,
            source=episode.reference,
            act=act,
        )
        kept.add(afterwards.pk)
    sharing.end_grants_of(
        child=episode.child,
        source=episode.reference,
        keep=kept,
        reason="the missing episode is closed",
        act=act,
    )


def _owing(episode: MissingEpisode) -> list[int]:
    """Return the agencies that still owe something to the child."""
    running = Deadline.objects.running().filter(child=episode.child)
    return list(running.order_by().values_list("agency_id", flat=True).distinct())


def _return_is_recorded(episode: MissingEpisode, _act: Act) -> list[str]:
    return [] if episode.returned_at else ["It is not recorded that the child is back."]


def _prevention_interview_is_recorded(episode: MissingEpisode, _act: Act) -> list[str]:
    if PreventionInterview.objects.filter(episode=episode).exists():
        return []
    return ["The prevention interview is not recorded, nor why there was none."]


def register_own() -> None:
    """Register the checks of this app."""
    for check in (
        ClosingCheck(
            name="cases.return",
            title="The child is back",
            unsettled=_return_is_recorded,
        ),
        ClosingCheck(
            name="cases.prevention_interview",
            title="Prevention interview",
            unsettled=_prevention_interview_is_recorded,
        ),
    ):
        register(check)
