"""What placements shows on the case page, and what a risk round learns from them."""

from typing import Any

from cases import panels
from cases.access import ChildView
from cases.panels import Evidence, EvidenceSource, Panel, Tab
from cases.rules import Aspect, Audience
from missingchildren.agencies.acts import Act
from missingchildren.core.clock import london_day
from missingchildren.web.templatetags.web import written_day
from placements import access, queries
from placements.queries import Lives
from placements.rules import Distance, NoticeState, PlacementState

FAR_WORDS = {
    Distance.IN_AREA: "in the area of the council",
    Distance.ADJOINING: "out of area, in an adjoining one",
    Distance.AT_A_DISTANCE: "out of area, at a distance",
}


def _placement(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return where the child lives, without the place, and who in the area knows: one query."""
    if not view.sees(Aspect.PLACEMENT):
        return None
    lives = queries.where_lives(view, act)
    can_propose = bool(access.can_propose(act, view))
    if lives is None and not can_propose:
        return None
    return {
        "child": view.child,
        "lives": lives,
        "far": far_words(lives) if lives else "",
        "can_propose": can_propose,
    }


def far_words(lives: Lives) -> str:
    """Return how far the home is, in words."""
    distance = lives.placement.distance
    return FAR_WORDS[Distance(distance)] if distance else "area not known yet"


def _evidence(view: ChildView, act: Act) -> list[Evidence]:
    """Return the child's present placement as somebody who judges the risk should know it."""
    if not view.sees(Aspect.PLACEMENT):
        return []
    lives = queries.where_lives(view, act)
    if lives is None or lives.placement.state != PlacementState.CURRENT:
        return []
    placement = lives.placement
    since = placement.started_at
    assert since is not None
    days = (london_day(act.now) - london_day(since)).days
    sentences = [
        f"{placement.kind_of_home.label}, {far_words(lives)}, since {written_day(london_day(since))} "
        f"({days} {'day' if days == 1 else 'days'})."
    ]
    for told in lives.told:
        sentences.append(f"{told.name}: {TOLD_WORDS[told.state]}.")
    return [
        Evidence(
            kind="placement",
            reference=placement.reference,
            title="Where the child lives",
            text=" ".join(sentences),
            at=since,
            owner=placement.council,
            audience=Audience.CASE,
        )
    ]


TOLD_WORDS = {
    NoticeState.NOT_TOLD: "not told yet",
    NoticeState.SENT: "told, has not acknowledged",
    NoticeState.TOLD_BY_HAND: "told by hand",
    NoticeState.ACKNOWLEDGED: "told, has acknowledged",
}


def _sees_placements(view: ChildView, _act: Act) -> bool:
    return view.sees(Aspect.PLACEMENT)


def register_own() -> None:
    """Register the panel, the tab and the evidence of this app."""
    panels.register(Panel("placement", 45, "placements/panels/placement.html", _placement))
    panels.register(Tab("placements", 15, "Placements", "placements:placements", _sees_placements))
    panels.register(EvidenceSource("placement", 50, "Where the child lives", _evidence))
