"""What the case page shows: a registry that each app fills in its apps.py."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef

from cases import access, queries
from cases.access import ChildView
from cases.models import Grant, MissingEpisode, PreventionInterview, TimelineEntry, Update
from cases.rules import Aspect, Audience, EpisodeState
from cases.services import timeline
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency
from missingchildren.core.clock import london_day
from missingchildren.core.identifiers import display
from missingchildren.core.prepared import Parameter, Prepared
from missingchildren.web.components import Moment
from missingchildren.web.templatetags.web import duration, written_day

MOST_SHOWN = 10
INTERVIEWED_IN = frozenset({EpisodeState.LOCATED, EpisodeState.RETURNED})


@dataclass(frozen=True)
class Panel:
    """One part of the case page.

    `context` returns what its template needs, or None where the panel has nothing for this person:
    it is then not shown at all. It must cost a fixed number of queries.
    """

    key: str
    order: int
    template: str
    context: Callable[[ChildView, Act], dict[str, Any] | None]


@dataclass(frozen=True)
class Tab:
    """One page of the case, beside its first."""

    key: str
    order: int
    title: str
    url_name: str
    visible: Callable[[ChildView, Act], bool]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """One thing that somebody who judges the risk should know, as it stands at this moment.

    `reference` names what it is of; the same thing under the same reference is the same evidence.
    """

    kind: str
    reference: str
    title: str
    text: str
    at: datetime
    owner: Agency
    audience: Audience
    is_police_only: bool = False


@dataclass(frozen=True)
class EvidenceSource:
    """What one app offers to a risk round, newest first: no more than this person may read.

    `items` must cost a fixed number of queries, and return at most `MOST_SHOWN`.
    """

    key: str
    order: int
    title: str
    items: Callable[[ChildView, Act], list[Evidence]]


_panels: dict[str, Panel] = {}
_tabs: dict[str, Tab] = {}
_evidence: dict[str, EvidenceSource] = {}


def register(item: Panel | Tab | EvidenceSource) -> None:
    """Add a panel, a tab, or a source of evidence.

    Raises:
        ValueError: the key is taken.
    """
    registries: dict[type, dict[str, Any]] = {
        Panel: _panels, Tab: _tabs, EvidenceSource: _evidence,
    }  # fmt: skip
    taken = registries[type(item)]
    if taken.setdefault(item.key, item) != item:
        raise ValueError(f"{item.key} is registered twice")


def panels() -> list[Panel]:
    """Return every panel in order."""
    return sorted(_panels.values(), key=lambda panel: panel.order)


def tabs(view: ChildView, act: Act) -> list[Tab]:
    """Return the tabs that this person is offered."""
    return [
        tab for tab in sorted(_tabs.values(), key=lambda tab: tab.order) if tab.visible(view, act)
    ]


def evidence_sources() -> list[EvidenceSource]:
    """Return every source of evidence in order."""
    return sorted(_evidence.values(), key=lambda source: source.order)


# --- who the child is


def identity(view: ChildView, act: Act) -> dict[str, Any]:
    """Return what the identity bar shows: no more than the part opens."""
    child = view.child
    facts: list[tuple[str, str]] = [("Reference", child.reference)]
    if view.sees(Aspect.DATE_OF_BIRTH):
        facts.append(("Born", birth_words(child.date_of_birth, london_day(act.now))))
    facts += [
        (identifier.get_kind_display(), _identifier_words(identifier.kind, identifier.value))
        for identifier in view.identifiers()
    ]
    if child.known_as:
        facts.append(("Known as", child.known_as))
    if child.pronouns:
        facts.append(("Pronouns", child.pronouns))
    return {"title": child.display_name, "facts": facts}


def birth_words(born: date | None, today: date) -> str:
    """Return a date of birth with the age on a day."""
    if born is None:
        return "Not known"
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return f"{written_day(born)} (aged {age})"


def _identifier_words(kind: str, value: str) -> str:
    try:
        return display(kind, value)
    except ValueError:
        return value


# --- this app's panels


def _now(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return where the child's latest episode stands, and what this person may do about it."""
    if not view.sees(Aspect.EPISODE):
        return None
    episode = _latest(view)
    leads = bool(episode and access.can_record_located(act, episode))
    state = episode.state if episode else None
    has_interview = bool(episode and episode.has_interview)
    return {
        "child": view.child,
        "episode": episode,
        "now": act.now,
        "can_accept": bool(
            episode and state == EpisodeState.REPORTED and access.can_accept(act, episode)
        ),
        "can_record_located": leads and state == EpisodeState.MISSING,
        "can_record_return": leads and state in {EpisodeState.MISSING, EpisodeState.LOCATED},
        "can_record_interview": leads and state in INTERVIEWED_IN and not has_interview,
        "can_close": leads and state == EpisodeState.RETURNED,
        "shows_reasons": view.sees_others,
        "can_write": bool(access.can_write_update(view)),
        "can_report": bool(access.can_report(act)),
    }


def _latest(view: ChildView) -> Any:
    """Return the latest episode, with whether its prevention interview is recorded."""
    return _latest_episode.one(child=view.child.pk)


_latest_episode = Prepared(
    lambda: (
        MissingEpisode.objects.filter(child=Parameter("child"), withdrawn_at=None)
        .select_related("lead_force")
        .annotate(has_interview=Exists(PreventionInterview.objects.filter(episode=OuterRef("pk"))))
        .order_by("-started_at", "-pk")[:1]
    )
)


def _prevention(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return the police's talk with the child of the latest episode, as this agency may read it."""
    if not view.sees(Aspect.EPISODE):
        return None
    interview = queries.prevention_interview_of(view, act)
    return {"interview": interview} if interview else None


def _question(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return the question to an agency that was asked, and what it has answered."""
    if view.sees(Aspect.EPISODE) or not (
        view.sees(Aspect.QUESTION) or view.sees(Aspect.MISSING_AND_BACK)
    ):
        return None
    own = queries.updates_of(view, act, most=MOST_SHOWN)
    is_missing, is_asked = view.child.missing_since is not None, view.sees(Aspect.QUESTION)
    if is_missing and is_asked and not own:  # the question itself is the page
        return None
    return {
        "child": view.child,
        "is_missing": is_missing,
        "is_asked": is_asked,
        "own": own,
        "now": act.now,
    }


def _reports(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return what was reported, where the audience admits this agency."""
    if not view.sees(Aspect.EPISODE):
        return None
    reports = queries.reports_of(view, act, most=MOST_SHOWN)
    return {"child": view.child, "reports": reports} if reports else None


def _updates(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return what this agency and others wrote."""
    if not view.sees(Aspect.EPISODE):
        return None
    return {
        "child": view.child,
        "updates": queries.updates_of(view, act, most=MOST_SHOWN),
        "sees_others": view.sees_others,
        "can_write": bool(access.can_write_update(view)) and view.child.missing_since is not None,
    }


def _places(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return which places are on record, never the places themselves."""
    places = queries.places_of(view, act, most=MOST_SHOWN)
    return {"child": view.child, "places": places} if places else None


def _told(view: ChildView, act: Act) -> dict[str, Any] | None:
    """Return who was alerted, what was sent and accepted, and who answered."""
    if not view.sees(Aspect.ALERTS):
        return None
    return {"told": queries.told_about(view, act, most=MOST_SHOWN)}


def moments(view: ChildView, act: Act) -> list[Moment]:
    """Return the timeline of the record, newest first, in words."""
    entries = list(
        TimelineEntry.objects.filter(child=view.child)
        .select_related("agency")
        .order_by("-happened_at", "-pk")[: queries.PAGE_SIZE]
    )
    grants = Grant.objects.filter(
        reference__in=[entry.reference for entry in entries]
    ).select_related("agency")
    shared_with = {grant.reference: f"{grant.agency.name}, {grant.part}" for grant in grants}
    return [
        Moment(
            title=timeline.words_of(entry),
            at=entry.happened_at,
            text=shared_with.get(entry.reference, entry.reference),
            byline=entry.agency.name if entry.agency else "This service",
        )
        for entry in entries
    ]


# --- evidence of this app

TITLES = {queries.REPORT: "Why they are worried", queries.NOTE: "Note of your own force"}
ORDINALS = (
    "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth",
)  # fmt: skip


def _written_title(item: queries.Written) -> str:
    if item.kind == queries.UPDATE:
        return str(Update.Kind(item.what).label)
    if item.kind == queries.INTERVIEW:
        return f"Prevention interview: {PreventionInterview.How(item.what).label.lower()}"
    return TITLES[item.kind]


def _as_evidence(item: queries.Written) -> Evidence:
    return Evidence(
        kind=f"cases.{item.kind}",
        reference=item.reference,
        title=_written_title(item),
        text=item.text,
        at=item.at,
        owner=item.owner,
        audience=item.audience,
        is_police_only=item.is_police_only,
    )


def _reported_and_learned(view: ChildView, act: Act) -> list[Evidence]:
    """Return what was reported and learned this time."""
    if not view.sees(Aspect.EPISODE):
        return []
    return [_as_evidence(item) for item in queries.written_now(view, act, most=MOST_SHOWN)]


def _police_writing(view: ChildView, act: Act) -> list[Evidence]:
    """Return prevention interviews, and what only this force reads."""
    if not view.sees(Aspect.EPISODE):
        return []
    return [_as_evidence(item) for item in queries.written_by_police(view, act, most=MOST_SHOWN)]


def _earlier_episodes(view: ChildView, act: Act) -> list[Evidence]:
    """Return how often the child was missing before, in one sentence, and the latest times."""
    if not view.sees(Aspect.EPISODE):
        return []
    rows = queries.latest_episodes(view, act, most=MOST_SHOWN)
    if not rows:
        return []
    earlier = rows[1:] if rows[0].returned_at is None else rows
    before = rows[0].total - (len(rows) - len(earlier))
    summary = Evidence(
        kind="cases.episodes",
        reference=view.child.reference,
        title=_how_often(rows[0], is_missing=len(earlier) < len(rows)),
        text=(
            f"{before} {'time' if before == 1 else 'times'} before this on record."
            if before
            else "No earlier time is on record here. That does not mean that there was none."
        ),
        at=rows[0].reported_at,
        owner=rows[0].lead_force or act.own_agency,
        audience=Audience.CASE,
    )
    return [summary, *(_episode_evidence(row, act) for row in earlier[: MOST_SHOWN - 1])]


def _how_often(latest: Any, *, is_missing: bool) -> str:
    if not is_missing:
        times = "time" if latest.lately == 1 else "times"
        return f"Missing {latest.lately} {times} in the last 90 days"
    if latest.lately <= 1:
        return "First time missing in 90 days"
    nth = ORDINALS[latest.lately - 1] if latest.lately <= len(ORDINALS) else f"{latest.lately}th"
    return f"{nth} time missing in 90 days"


def _episode_evidence(episode: MissingEpisode, act: Act) -> Evidence:
    back_at = episode.located_at or episode.returned_at
    away = f"for {duration(back_at - episode.started_at)}" if back_at else "not back"
    return Evidence(
        kind="cases.episode",
        reference=episode.reference,
        title=f"Missing before, {away}",
        text="",
        at=episode.started_at,
        owner=episode.lead_force or act.own_agency,
        audience=Audience.CASE,
    )


def register_own() -> None:
    """Register the panels, tabs and evidence of this app."""
    for panel in (
        Panel("now", 10, "cases/panels/now.html", _now),
        Panel("prevention", 15, "cases/panels/prevention.html", _prevention),
        Panel("question", 20, "cases/panels/question.html", _question),
        Panel("reports", 30, "cases/panels/reports.html", _reports),
        Panel("updates", 40, "cases/panels/updates.html", _updates),
        Panel("places", 50, "cases/panels/places.html", _places),
        Panel("told", 60, "cases/panels/told.html", _told),
    ):
        register(panel)
    for tab in (
        Tab("episodes", 10, "Missing episodes", "cases:episodes", _sees(Aspect.EPISODE)),
        Tab("sharing", 20, "Who can see", "cases:sharing", _sees(Aspect.SHARING)),
        Tab("history", 30, "History", "cases:history", _sees(Aspect.HISTORY)),
    ):
        register(tab)
    for source in (
        EvidenceSource("reported", 5, "What was reported and learned", _reported_and_learned),
        EvidenceSource("episodes", 30, "Missing before", _earlier_episodes),
        EvidenceSource("police", 35, "What the police know", _police_writing),
    ):
        register(source)


def _sees(aspect: Aspect) -> Callable[[ChildView, Act], bool]:
    def visible(view: ChildView, _act: Act) -> bool:
        return view.sees(aspect)

    return visible
