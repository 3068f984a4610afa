"""What several operations answer: children, episodes, updates, pages of a list."""

from typing import Any

from rest_framework import serializers

from cases.models import Child, ChildIdentifier, MissingEpisode, Update
from cases.queries import COUNT_CAP, Page
from cases.rules import Audience, EpisodeState
from missingchildren.agencies.api import agency_out
from missingchildren.core.clock import Precision
from missingchildren.web.api.fields import Day, In, Instant, OneOf, Out, Reference, Version

PRECISIONS = [precision.value for precision in Precision]
STATES = [state.value for state in EpisodeState]
AFTER = "`next` of the page before"


class PageQuery(In):
    """Where a page of a list begins."""

    after = serializers.CharField(max_length=100, required=False, default="", help_text=AFTER)


class ListOut(Out):
    """One page of a list."""

    next = serializers.CharField(
        allow_null=True, help_text="Send it as `after` for the next page; null on the last"
    )
    count = serializers.IntegerField(help_text="How many there are in all")
    count_is_capped = serializers.BooleanField(help_text=f"There are more than {COUNT_CAP}")


def page_out(page: Page, results: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one page of a list."""
    return {
        "results": results,
        "next": page.next_key or None,
        "count": min(page.count, COUNT_CAP),
        "count_is_capped": page.count > COUNT_CAP,
    }


class AgencyOut(Out):
    """An agency."""

    reference = Reference()
    name = serializers.CharField()


class ChildRowOut(Out):
    """A child in a list."""

    reference = Reference()
    name = serializers.CharField()
    state = OneOf(
        STATES, allow_null=True, help_text="Of the episode that is not over; null: not missing"
    )
    missing_since = Instant(allow_null=True)
    missing_since_precision = OneOf(PRECISIONS, allow_null=True)


class ChildPageOut(ListOut):
    """One page of children."""

    results = ChildRowOut(many=True)


def child_row(child: Child) -> dict[str, Any]:
    """Return a child of a page that `queries` made."""
    episodes: list[MissingEpisode] = child.unfinished  # type: ignore[attr-defined]
    episode = episodes[0] if episodes else None
    return {
        "reference": child.reference,
        "name": child.display_name,
        "state": episode.state if episode else None,
        "missing_since": child.missing_since,
        "missing_since_precision": episode.started_precision if episode else None,
    }


class IdentifierOut(Out):
    """A number by which some agency knows the child."""

    kind = OneOf(ChildIdentifier.Kind.values)
    value = serializers.CharField()


class EpisodeRowOut(Out):
    """A missing episode in a list."""

    reference = Reference()
    state = OneOf(STATES)
    started_at = Instant()
    started_precision = OneOf(PRECISIONS)
    returned_at = Instant(allow_null=True)
    returned_precision = OneOf(PRECISIONS, allow_null=True)
    lead_force = AgencyOut(allow_null=True)


class EpisodePageOut(ListOut):
    """One page of missing episodes."""

    results = EpisodeRowOut(many=True)


class EpisodeOut(EpisodeRowOut):
    """A missing episode."""

    last_seen_at = Instant()
    last_seen_precision = OneOf(PRECISIONS)
    reported_at = Instant()
    accepted_at = Instant(allow_null=True)
    police_reference = serializers.CharField(allow_blank=True)
    located_at = Instant(allow_null=True)
    located_precision = OneOf(PRECISIONS, allow_null=True)
    not_home_because = OneOf(
        MissingEpisode.NotHome.values, allow_null=True, help_text="Why the child was not home yet"
    )
    not_home_words = serializers.CharField(allow_blank=True)
    closed_at = Instant(allow_null=True)
    version = Version(help_text="Send it back with a change")


def episode_row(episode: MissingEpisode) -> dict[str, Any]:
    """Return a missing episode of a list."""
    return {
        "reference": episode.reference,
        "state": episode.state,
        "started_at": episode.started_at,
        "started_precision": episode.started_precision,
        "returned_at": episode.returned_at,
        "returned_precision": episode.returned_precision if episode.returned_at else None,
        "lead_force": agency_out(episode.lead_force),
    }


def episode_out(episode: MissingEpisode) -> dict[str, Any]:
    """Return a missing episode."""
    return {
        **episode_row(episode),
        "last_seen_at": episode.last_seen_at,
        "last_seen_precision": episode.last_seen_precision,
        "reported_at": episode.reported_at,
        "accepted_at": episode.accepted_at,
        "police_reference": episode.police_reference,
        "located_at": episode.located_at,
        "located_precision": episode.located_precision if episode.located_at else None,
        "not_home_because": episode.not_home_because or None,
        "not_home_words": episode.not_home_words,
        "closed_at": episode.closed_at,
        "version": episode.version,
    }


class UpdateOut(Out):
    """What somebody learned or did while the child was missing."""

    reference = Reference()
    kind = OneOf(Update.Kind.values)
    text = serializers.CharField()
    happened_at = Instant()
    happened_precision = OneOf(PRECISIONS)
    is_police_only = serializers.BooleanField()
    owner = AgencyOut()


class UpdatePageOut(ListOut):
    """One page of updates."""

    results = UpdateOut(many=True)


def update_out(update: Update) -> dict[str, Any]:
    """Return an update."""
    return {
        "reference": update.reference,
        "kind": update.kind,
        "text": update.text,
        "happened_at": update.happened_at,
        "happened_precision": update.happened_precision,
        "is_police_only": update.is_police_only,
        "owner": agency_out(update.owner),
    }


class DescribedOut(Out):
    """A child as two records are compared."""

    names = serializers.ListField(child=serializers.CharField())
    date_of_birth = Day(allow_null=True)
    identifiers = IdentifierOut(many=True)


def identifier_out(identifier: ChildIdentifier) -> dict[str, Any]:
    """Return an identifier."""
    return {"kind": identifier.kind, "value": identifier.value}


def described_out(child: Child) -> dict[str, Any]:
    """Return a child as two records are compared."""
    return {
        "names": [str(name) for name in child.names.all()],
        "date_of_birth": child.date_of_birth,
        "identifiers": [identifier_out(each) for each in child.identifiers.all()],
    }


AUDIENCES = [audience.value for audience in Audience if audience != Audience.NAMED]
