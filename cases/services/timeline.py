"""Write the timeline: ids only, when it happened and when it was recorded."""

from datetime import datetime

from cases.models import Child, MissingEpisode, TimelineEntry
from missingchildren.agencies.acts import Act


def add(
    *,
    child: Child,
    kind: TimelineEntry.Kind,
    act: Act,
    reference: str = "",
    episode: MissingEpisode | None = None,
    happened_at: datetime | None = None,
) -> None:
    """Add one line; without `happened_at` (aware) it happened now."""
    TimelineEntry.objects.create(
        child=child,
        episode=episode,
        kind=kind,
        reference=reference,
        happened_at=happened_at or act.now,
        recorded_at=act.now,
        agency=act.agency,
        membership=act.membership,
        act_id=act.id,
    )
