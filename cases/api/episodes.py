"""Operations on missing episodes: list, show, accept, located, prevention interview, back, close."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases import queries
from cases.access import ChildView
from cases.api.opened import opened
from cases.api.shapes import (
    PRECISIONS,
    AgencyOut,
    EpisodeOut,
    EpisodePageOut,
    PageQuery,
    episode_out,
    episode_row,
    page_out,
)
from cases.forms.record import AcceptForm, CloseForm, LocatedForm, PreventionInterviewForm
from cases.models import MissingEpisode, PreventionInterview
from cases.rules import Aspect, Audience
from cases.services import closing, reports, returns
from cases.services.returns import Found
from missingchildren.agencies.api import (
    Endpoint,
    acting,
    agency_out,
    asked,
    once,
    operation,
    typed,
)
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.clock import Precision
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import In, Instant, OneOf, Out, Reference, Typed, Version


def sees_episodes(view: ChildView) -> None:
    """Refuse where no part opens episodes.

    Raises:
        NotFound: it does not.
    """
    if not view.sees(Aspect.EPISODE):
        raise NotFound("There is no episode that you may see.")


def episode_of(request: Request, reference: str, episode_reference: str) -> MissingEpisode:
    """Return one episode of a child.

    Raises:
        NotFound: the child or the episode is hidden, absent, or not of one another.
    """
    view = opened(request, reference)
    sees_episodes(view)
    episode = (
        view.child.episodes.filter(reference=episode_reference).select_related("lead_force").first()
    )
    if episode is None:
        raise NotFound("There is no such episode.")
    reading_of(request).objects.append(episode.reference)
    return episode


class Episodes(Endpoint):
    """The missing episodes of a child."""

    @operation(
        "listEpisodes", verb="cases.episodes", tag="episodes", gives=EpisodePageOut, asks=PageQuery
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List the child's missing episodes, newest first."""
        view = opened(request, reference)
        sees_episodes(view)
        page = queries.episodes_page(view, **asked(request, PageQuery))
        return page_out(page, [episode_row(episode) for episode in page.rows])


class OneEpisode(Endpoint):
    """One missing episode."""

    @operation("getEpisode", verb="cases.episodes", tag="episodes", gives=EpisodeOut)
    def get(self, request: Request, reference: str, episode_reference: str) -> dict[str, Any]:
        """Show a missing episode."""
        return episode_out(episode_of(request, reference, episode_reference))


class AcceptIn(In):
    """A report that the force accepts."""

    police_reference = Typed(
        AcceptForm, "police_reference", help_text="The number on the force's own system"
    )
    version = Version(help_text="Of the episode that was judged")


class Accept(Endpoint):
    """Acceptance of a report."""

    @operation(
        "acceptReport",
        verb="cases.accept_report",
        tag="episodes",
        gives=EpisodeOut,
        takes=AcceptIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, episode_reference: str) -> dict[str, Any]:
        """Accept a report for the force: from now on it counts as made."""
        episode = episode_of(request, reference, episode_reference)
        sent = typed(request, AcceptIn)
        once(
            request,
            lambda: (
                reports.accept_report(
                    episode_reference=episode.reference, act=acting(request), **sent
                ).reference
            ),
        )
        return episode_out(episode_of(request, reference, episode_reference))


class LocatedIn(In):
    """That the child is found, and not home yet."""

    located_at = Instant()
    precision = OneOf(PRECISIONS, required=False, default=Precision.EXACT.value)
    not_home_because = OneOf(MissingEpisode.NotHome.values)
    not_home_words = Typed(
        LocatedForm, "not_home_words", help_text="Needed for `other`; no address"
    )
    place = Typed(LocatedForm, "place", help_text="Where the child was found: kept with places")
    postcode = Typed(LocatedForm, "postcode")
    version = Version(help_text="Of the episode that was judged")


class Located(Endpoint):
    """A child who is found, and not home yet."""

    @operation(
        "recordLocated",
        verb="cases.record_located",
        tag="episodes",
        gives=EpisodeOut,
        takes=LocatedIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, episode_reference: str) -> dict[str, Any]:
        """Record that the child is located, not home yet, and tell every agency."""
        episode = episode_of(request, reference, episode_reference)
        sent = typed(request, LocatedIn)
        once(
            request,
            lambda: (
                returns.record_located(
                    episode_reference=episode.reference,
                    located_at=sent["located_at"],
                    precision=Precision(sent["precision"]),
                    not_home_because=MissingEpisode.NotHome(sent["not_home_because"]),
                    not_home_words=sent["not_home_words"],
                    found=Found(description=sent["place"], postcode=sent["postcode"]),
                    version=sent["version"],
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return episode_out(episode_of(request, reference, episode_reference))


class PreventionInterviewIn(In):
    """What a child who was found told the police, or why nobody spoke with them."""

    how = OneOf(PreventionInterview.How.values)
    held_at = Instant(required=False, default=None, help_text="Needed unless `how` is `not_held`")
    text = Typed(PreventionInterviewForm, "text", help_text="Partners read it; no address")
    audience = OneOf(
        [Audience.STATUTORY.value, Audience.CASE.value],
        required=False,
        default=Audience.STATUTORY.value,
    )
    police_only = Typed(
        PreventionInterviewForm, "police_only", help_text="Only the force that writes it reads it"
    )


class PreventionInterviewOut(Out):
    """The police's talk with a child who was found."""

    reference = Reference()
    how = OneOf(PreventionInterview.How.values)
    held_at = Instant(allow_null=True)
    text = serializers.CharField()
    police_only = serializers.CharField(
        required=False, help_text="Left out but for the force that wrote it"
    )
    owner = AgencyOut()
    recorded_at = Instant()


class Prevention(Endpoint):
    """The prevention interview of an episode."""

    @operation(
        "getPreventionInterview",
        verb="cases.prevention_interview",
        tag="episodes",
        gives=PreventionInterviewOut,
    )
    def get(self, request: Request, reference: str, episode_reference: str) -> dict[str, Any]:
        """Show the prevention interview, where it is for this agency."""
        return _prevention(request, reference, episode_reference)

    @operation(
        "recordPreventionInterview",
        verb="cases.record_prevention_interview",
        tag="episodes",
        gives=PreventionInterviewOut,
        takes=PreventionInterviewIn,
        does=Operation.COLLECTION,
        status=201,
    )
    def post(self, request: Request, reference: str, episode_reference: str) -> dict[str, Any]:
        """Record the prevention interview, or why there was none: once for an episode."""
        episode = episode_of(request, reference, episode_reference)
        sent = typed(request, PreventionInterviewIn)
        once(
            request,
            lambda: (
                returns.record_prevention_interview(
                    episode_reference=episode.reference,
                    how=PreventionInterview.How(sent["how"]),
                    held_at=sent["held_at"],
                    text=sent["text"],
                    audience=Audience(sent["audience"]),
                    police_only=sent["police_only"],
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return _prevention(request, reference, episode_reference)


def _prevention(request: Request, reference: str, episode_reference: str) -> dict[str, Any]:
    """Return the prevention interview of an episode.

    Raises:
        NotFound: there is none, or it is not for this agency.
    """
    episode = episode_of(request, reference, episode_reference)
    view = opened(request, reference)
    interview = queries.prevention_interview_of(view, acting(request), episode=episode)
    if interview is None:
        raise NotFound("There is no prevention interview that you may read.")
    shown = {
        "reference": interview.reference,
        "how": interview.how,
        "held_at": interview.held_at,
        "text": interview.text,
        "owner": agency_out(interview.owner),
        "recorded_at": interview.recorded_at,
    }
    note: str | None = interview.police_note  # type: ignore[attr-defined]
    return {**shown, "police_only": note} if note else shown


class ReturnIn(In):
    """When the child came back."""

    returned_at = Instant()
    precision = OneOf(PRECISIONS, required=False, default=Precision.EXACT.value)
    version = Version(help_text="Of the episode that was judged")


class Return(Endpoint):
    """A child's return."""

    @operation(
        "recordReturn",
        verb="cases.record_return",
        tag="episodes",
        gives=EpisodeOut,
        takes=ReturnIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, episode_reference: str) -> dict[str, Any]:
        """Record that the child is back home or in a new home, and tell every agency."""
        episode = episode_of(request, reference, episode_reference)
        sent = typed(request, ReturnIn)
        once(
            request,
            lambda: (
                returns.record_return(
                    episode_reference=episode.reference,
                    returned_at=sent["returned_at"],
                    precision=Precision(sent["precision"]),
                    version=sent["version"],
                    act=acting(request),
                ).reference
            ),
        )
        return episode_out(episode_of(request, reference, episode_reference))


class UnsettledOut(Out):
    """What is not settled yet of an episode."""

    unsettled = serializers.ListField(
        child=serializers.CharField(), help_text="A sentence for each thing; empty: all is settled"
    )


class CloseIn(In):
    """Why an episode closes, where something is not settled."""

    reason = Typed(CloseForm, "reason", help_text="Needed where something is not settled")
    version = Version(help_text="Of the episode that was judged")


class Close(Endpoint):
    """The end of an episode."""

    @operation("listUnsettled", verb="cases.close_page", tag="episodes", gives=UnsettledOut)
    def get(self, request: Request, reference: str, episode_reference: str) -> dict[str, Any]:
        """List what must be settled before the episode closes."""
        episode = episode_of(request, reference, episode_reference)
        return {"unsettled": closing.unsettled(episode, acting(request))}

    @operation(
        "closeEpisode",
        verb="cases.close_episode",
        tag="episodes",
        gives=EpisodeOut,
        takes=CloseIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, episode_reference: str) -> dict[str, Any]:
        """Close the episode: all is settled, or a supervisor or manager says why it is not."""
        episode = episode_of(request, reference, episode_reference)
        sent = typed(request, CloseIn)
        once(
            request,
            lambda: (
                closing.close_episode(
                    episode_reference=episode.reference, token=None, act=acting(request), **sent
                ).reference
            ),
        )
        return episode_out(episode_of(request, reference, episode_reference))
