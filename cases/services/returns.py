"""Record that a child is back."""

from datetime import datetime

from django.db.models import F

from cases import access, rules
from cases.events import child_returned
from cases.models import Grant, MissingEpisode
from cases.rules import Clock, Fact
from cases.services import deadlines, sharing, timeline
from cases.services.reports import locked_episode, require_version
from missingchildren.agencies.acts import Act
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.clock import Precision
from missingchildren.core.verdicts import NotPermitted, RuleBroken


@service(verb="cases.record_return", operation=Operation.ALTERATION)
def record_return(
    *,
    episode_reference: str,
    returned_at: datetime,
    precision: Precision = Precision.EXACT,
    version: int | None,
    act: Act,
) -> MissingEpisode:
    """Record that the child is back home or in a new home, and tell every agency on the case.

    `returned_at` is an aware instant. The parts that questions opened end with it.

    Raises:
        NotFound: there is no such episode, or its child is hidden.
        NotPermitted: another force leads the search.
        RuleBroken: the time is impossible, or a return is already recorded.
        Stale: somebody changed the episode since it was shown.
    """
    episode = locked_episode(act=act, reference=episode_reference)
    access.can_record_return(act, episode).require(NotPermitted)
    if episode.returned_at or episode.withdrawn_at:
        raise RuleBroken("This child's return has already been recorded.")
    rules.return_time(
        started_at=episode.located_at or episode.started_at,
        returned_at=returned_at,
        now=act.now,
    ).require()
    require_version(episode, version)

    episode.returned_at, episode.return_recorded_by = returned_at, act.membership
    episode.returned_precision = precision
    if episode.located_at is None:
        episode.located_at, episode.located_precision = returned_at, precision
    episode.version = F("version") + 1
    episode.save(
        update_fields=[
            "returned_at", "return_recorded_by", "returned_precision", "located_at",
            "located_precision", "version",
        ]
    )  # fmt: skip
    episode.refresh_from_db(fields=["version"])
    child = episode.child
    child.missing_since = None
    child.save(update_fields=["missing_since"])
    deadlines.meet(kind=Clock.ACCEPT_REPORT, reference=episode.reference, act=act)
    timeline.add(
        child=child,
        episode=episode,
        kind=Fact.RETURNED,
        reference=episode.reference,
        happened_at=returned_at,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="cases.record_return",
        subjects=[child.pk],
        objects=[episode.reference],
    )
    _tell_everyone(episode, act)
    child_returned.send(sender=MissingEpisode, episode=episode, act=act)
    return episode


def _tell_everyone(episode: MissingEpisode, act: Act) -> None:
    """Tell each agency that this episode opened a part to, then end what questions opened."""
    grants = Grant.objects.live(act.now).filter(child=episode.child).select_related("agency")
    told: set[tuple[int, int | None]] = set()
    for grant in grants.order_by("pk"):
        if grant.agency_id == act.agency_id or (grant.agency_id, grant.unit_id) in told:
            continue
        told.add((grant.agency_id, grant.unit_id))
        raise_alert(
            kind="cases.child_returned",
            event=f"child_returned:{episode.reference}",
            agency_id=grant.agency_id,
            unit_id=grant.unit_id,
            child_id=episode.child_id,
            reference=episode.reference,
            urgency=Urgency.SOON,
            act=act,
        )
        log.record(
            act=act,
            operation=Operation.DISCLOSURE,
            verb="cases.child_returned",
            subjects=[episode.child_id],
            objects=[episode.reference],
            basis=grant.basis,
            recipient=grant.agency.reference,
        )
    Grant.objects.filter(
        child=episode.child,
        source=episode.reference,
        basis=Grant.Basis.QUESTION,
        ended_at=None,
    ).update(ended_at=act.now, ended_reason="the child is back")
    sharing.recompute(child=episode.child, act=act)
