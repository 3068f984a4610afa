"""Operations on missing episodes: list, show, accept a report, record a return."""

from typing import Any

from rest_framework.request import Request

from cases import queries
from cases.access import ChildView
from cases.api.opened import opened
from cases.api.shapes import (
    PRECISIONS,
    EpisodeOut,
    EpisodePageOut,
    PageQuery,
    episode_out,
    episode_row,
    page_out,
)
from cases.forms.record import AcceptForm
from cases.models import MissingEpisode
from cases.rules import Aspect
from cases.services import reports, returns
from missingchildren.agencies.api import Endpoint, acting, asked, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.clock import Precision
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import In, Instant, OneOf, Typed, Version


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
