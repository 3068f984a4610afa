"""Write the timeline: ids only, when it happened and when it was recorded."""

from collections.abc import Mapping
from datetime import datetime

from cases.models import Child, MissingEpisode, TimelineEntry
from cases.rules import Fact
from missingchildren.agencies.acts import Act

_words: dict[str, str] = {}


class UnknownFact(LookupError):
    """No app has registered this kind of entry."""


def register(words: Mapping[str, str]) -> None:
    """Make kinds of entry known, each with the words that a page shows.

    Raises:
        ValueError: a kind has other words already.
    """
    for kind, text in words.items():
        if _words.setdefault(kind, text) != text:
            raise ValueError(f"timeline entry {kind} is already registered")


def registered() -> Mapping[str, str]:
    """Return the words of every kind."""
    return dict(_words)


def words_of(entry: TimelineEntry) -> str:
    """Return what happened, in words."""
    return _words[entry.kind]


def add(
    *,
    child: Child,
    kind: str,
    act: Act,
    reference: str = "",
    episode: MissingEpisode | None = None,
    happened_at: datetime | None = None,
) -> None:
    """Add one line; without `happened_at` (aware) it happened now.

    Raises:
        UnknownFact: nobody registered the kind.
    """
    if kind not in _words:
        raise UnknownFact(kind)
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


def register_own() -> None:
    """Register the kinds of this app."""
    register(
        {
            Fact.RECORDED: "Record made",
            Fact.REPORTED: "Reported missing",
            Fact.ACCEPTED: "Report accepted by the police",
            Fact.UPDATE: "Update",
            Fact.LOCATED: "Located",
            Fact.RETURNED: "Returned",
            Fact.PREVENTION_INTERVIEW: "Prevention interview recorded",
            Fact.CLOSED: "Missing episode closed",
            Fact.EXTENDED: "More time given",
            Fact.SHARED: "Shared with an agency",
            Fact.SHARING_ENDED: "No longer shared with an agency",
            Fact.NOT_SHARED: "Decided not to share",
            Fact.REVEALED: "A place was revealed",
            Fact.MATCHED: "Found to be the same child as another record",
            Fact.NOT_MATCHED: "Found to be another child",
        }
    )
