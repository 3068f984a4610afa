"""Questions about children that span models; the lists are driven by the permission index."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import chain
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import (
    CharField,
    Count,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    Window,
    prefetch_related_objects,
)
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import Concat
from django.utils.dateparse import parse_datetime

from cases.access import (
    MANAGING_ROLES,
    ChildView,
    LocationReach,
    locations_open_to,
    reach_of_locations,
)
from cases.models import (
    Child,
    ChildIdentifier,
    ChildName,
    ChildPermission,
    Deadline,
    Draft,
    Extension,
    Grant,
    KeepFrom,
    Location,
    LookedAfterPeriod,
    MissingEpisode,
    NamedReader,
    PoliceNote,
    PreventionInterview,
    Report,
    SharingDecision,
    Update,
)
from cases.models.episode import MissingEpisodeQuerySet, OwnedQuerySet
from cases.models.sharing import ChildPermissionQuerySet
from cases.models.work import DeadlineQuerySet
from cases.rules import (
    CASE_ROLES,
    DUE_SOON,
    Aspect,
    Audience,
    Known,
    Match,
    Right,
    match,
    parts_opening,
)
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import (
    Agency,
    AgencyKind,
    Area,
    Membership,
    Role,
    Unit,
    UnitKind,
)
from missingchildren.agencies.postcodes import resolve
from missingchildren.agencies.queries import (
    agency_answering_for,
    closed_until,
    hours_of,
    is_open,
    members_of,
)
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert
from missingchildren.alerts.queries import alerts_about
from missingchildren.alerts.rules import ChannelName, State
from missingchildren.audit.models import Entry, Operation, Outcome
from missingchildren.core.clock import elapsed, london_day
from missingchildren.core.names import search_form
from missingchildren.core.prepared import Parameter, by_shape, only
from missingchildren.core.references import normalise_reference

PAGE_SIZE = 25
COUNT_CAP = 1000
# Names this alike, in trigrams, are perhaps the same name with a slip of typing.
ALIKE = 0.45
MOST_CANDIDATES = 3
MOST_EXTENSIONS = 5
LONG_TERM = timedelta(days=7)
OWN_REPORTS_FOR = timedelta(days=14)


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows, where the next begins, and how many there are (capped)."""

    rows: list[Any]
    next_key: str
    count: int

    @property
    def count_words(self) -> str:
        """Return the number of rows as words: exact up to the cap."""
        return f"{COUNT_CAP:,}+" if self.count > COUNT_CAP else f"{self.count:,}"


def permitted(act: Act) -> ChildPermissionQuerySet:
    """Return the permission rows of the children that this person may open now.

    The one place that lists start from: the acting agency's live rows, less what is closed to the
    person. `cases.access.view_of` answers the same for one child; a test proves that they agree.
    """
    child = OuterRef("content_object_id")
    kept_from = KeepFrom.objects.live(act.now).filter(user_id=act.user_id, child=child)
    named = NamedReader.objects.live(act.now).filter(user_id=act.user_id, child=child)
    return (
        ChildPermission.listed.live(act=act, right=Right.CHILD)
        .filter(~Exists(kept_from))
        .filter(Q(is_restricted=False) | Exists(named))
    )


def children_page(*, act: Act, after: str = "", search: str = "") -> Page:
    """Return one page of the children that this person may open, last reported first.

    `search` is a reference or part of a name. `after` is a page's `next_key`.
    """
    rows = permitted(act)
    if search:
        rows = rows.filter(_found_by(search))
    return _page(rows, key="sort_at", after=after, act=act)


def missing_page(*, act: Act, after: str = "") -> Page:
    """Return one page of the children missing now that this person may open, newest first."""
    rows = permitted(act).filter(missing_since__isnull=False)
    return _page(rows, key="missing_since", after=after, act=act)


def missing_over_seven_days(act: Act) -> int:
    """Return how many children have been missing for more than seven days (capped)."""
    rows = permitted(act).filter(missing_since__lt=act.now - LONG_TERM)
    return rows.order_by()[: COUNT_CAP + 1].count()


def _found_by(search: str) -> Q:
    reference = normalise_reference(search, "MC")
    if reference:
        return Q(content_object__reference=reference)
    names = ChildName.objects.filter(search__contains=search_form(search))
    return Q(content_object__in=names.values("child"))


def _page(rows: ChildPermissionQuerySet, *, key: str, after: str, act: Act) -> Page:
    """Cut one keyset page, newest first by `key`; a key that is not ours begins at the start."""
    count = rows.order_by()[: COUNT_CAP + 1].count()
    start = _decoded(after)
    if start:
        rows = rows.filter(TupleLessThan(Tuple(F(key), F("content_object_id")), start))
    found = list(
        rows.select_related("content_object").order_by(f"-{key}", "-content_object_id")[
            : PAGE_SIZE + 1
        ]
    )
    children = [row.content_object for row in found[:PAGE_SIZE]]
    _prefetch_for_list(children)
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    next_key = f"{getattr(last, key).isoformat()}~{last.content_object.reference}" if last else ""
    return Page(rows=children, next_key=next_key, count=count)


def _decoded(after: str) -> tuple[datetime, int] | None:
    """Return where a page begins: a time, and the key behind a reference. Never raises."""
    at_text, _, typed = after.partition("~")
    try:
        at = parse_datetime(at_text)
    except ValueError:
        return None
    reference = normalise_reference(typed, "MC") if at else None
    if reference is None:
        return None
    child_id = Child.objects.filter(reference=reference).values_list("pk", flat=True).first()
    return (at, child_id) if at and at.tzinfo and child_id else None


def _prefetch_for_list(children: list[Child]) -> None:
    """Load what a row shows: the names and the unfinished episode, two queries for any page."""
    unfinished = MissingEpisode.objects.unfinished().order_by("-started_at")
    prefetch_related_objects(
        children,
        "names",
        Prefetch("episodes", unfinished.select_related("lead_force"), to_attr="unfinished"),
    )


# --- who a report may be about


def candidates(known: Known) -> list[tuple[Child, Match]]:
    """Return recorded children that a report may be about, surest first, at most three.

    Looks everywhere, whoever asks: nothing of it is shown to the reporter.
    """
    by_identifier = Q()
    for kind, value in known.identifiers:
        by_identifier |= Q(kind=kind, value=value)
    wanted: set[int] = set()
    if by_identifier:
        wanted |= set(
            ChildIdentifier.objects.filter(by_identifier, ended_at=None).values_list(
                "child_id", flat=True
            )[:50]
        )
    alike = _alike(known)
    children = (
        Child.objects.filter(pk__in=wanted | alike, merged_into=None)
        .prefetch_related("names", "identifiers")
        .order_by("pk")
    )
    judged = [
        (
            child,
            match(reported=known, recorded=known_of(child), names_are_alike=child.pk in alike),
        )
        for child in children
    ]
    sure_first = sorted(judged, key=lambda pair: pair[1] != Match.CERTAIN)
    return [pair for pair in sure_first if pair[1] != Match.NONE][:MOST_CANDIDATES]


def _alike(known: Known) -> set[int]:
    """Return children with a name like the reported one, and the same or no date of birth."""
    found: set[int] = set()
    for name in known.names:
        names = ChildName.objects.filter(search__trigram_similar=name).annotate(
            similarity=TrigramSimilarity("search", name)
        )
        if known.date_of_birth:
            same_birth = Q(child__date_of_birth=known.date_of_birth)
            names = names.filter(same_birth | Q(child__date_of_birth=None, search=name))
        else:
            names = names.filter(search=name)
        found |= set(names.filter(similarity__gte=ALIKE).values_list("child_id", flat=True)[:50])
    return found


def known_of(child: Child) -> Known:
    """Return what is recorded of a child, for comparing."""
    return Known(
        names=frozenset(name.search for name in child.names.all()),
        date_of_birth=child.date_of_birth,
        identifiers=frozenset(
            (identifier.kind, identifier.value)
            for identifier in child.identifiers.all()
            if identifier.ended_at is None
        ),
    )


# --- who answers for a child and for a place


def responsible_council(child: Child, on: date) -> Agency | None:
    """Return the council that looks after the child on a day, if any does."""
    period = (
        LookedAfterPeriod.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), child=child)
        .filter(starts_on__lte=on)
        .select_related("responsible_council")
        .first()
    )
    return period.responsible_council if period else None


@dataclass(frozen=True)
class ForceTold:
    """Which force answers for a place, or why a person must say."""

    force: Agency | None
    authority: Area | None
    force_area: Area | None
    reason: str = ""


def force_for_postcode(postcode: str, *, on: date) -> ForceTold:
    """Return the force that answers for a postcode on a day.

    Raises:
        MalformedPostcode: it is not a whole United Kingdom postcode.
    """
    answer = resolve(postcode, on=on)
    if answer.force is None:
        return ForceTold(None, answer.authority, None, answer.reason)
    force = agency_answering_for(answer.force, on)
    reason = "" if force else f"{answer.force.name} does not use this service yet."
    return ForceTold(force, answer.authority, answer.force, reason)


def force_of_agency(agency: Agency, *, on: date) -> ForceTold:
    """Return the force that answers for the area in which an agency is."""
    served = agency.agency_areas.on(on).select_related("area").order_by("valid_from", "pk").first()
    if served is None:
        return ForceTold(None, None, None, "This service does not know where your agency is.")
    return force_of_area(served.area, on=on)


def force_of_area(authority: Area, *, on: date) -> ForceTold:
    """Return the force that answers for an authority's area on a day."""
    area = authority.force_on(on)
    force = agency_answering_for(area, on) if area else None
    name = area.name if area else "The police force there"
    return ForceTold(
        force, authority, area, "" if force else f"{name} does not use this service yet."
    )


# --- what a reporter learns


def read_by_force(report: Report) -> datetime | None:
    """Return when the force told first opened the record after the report, from the act log."""
    return (
        Entry.objects.filter(
            subjects__contains=[report.child_id],
            agency_id=report.told_force_id,
            outcome=Outcome.DONE,
            operation=Operation.CONSULTATION,
            verb="cases.child",
            at__gte=report.recorded_at,
        )
        .order_by("at")
        .values_list("at", flat=True)
        .first()
    )


def own_report(act: Act, reference: str) -> Report | None:
    """Return a report that the acting agency made: its own, whatever has ended since."""
    if not act.roles & CASE_ROLES:
        return None
    return only(
        Report.objects.filter(reference=reference, owner=act.own_agency).select_related(
            "child", "episode__lead_force", "told_force"
        )
    )


@dataclass(frozen=True)
class Receipt:
    """What a reporter learns of a report: always the same questions, asked anew each time."""

    report: Report
    read_at: datetime | None
    minutes: int
    settled: bool
    must_ring: bool
    calls: list[Update]


def receipt_of(report: Report, act: Act) -> Receipt:
    """Return what became of one's own report: unread for too long means that its maker must ring."""
    episode = report.episode
    minutes = protocol.value(report.told_force_id, "unread_warning_minutes", london_day(act.now))
    read_at = read_by_force(report)
    ended_at = episode.located_at or episode.returned_at or episode.withdrawn_at
    settled = bool(episode.accepted_at or ended_at)
    waited = act.now - report.recorded_at
    calls = episode.updates.filter(owner=act.agency, kind=Update.Kind.CALL)
    return Receipt(
        report=report,
        read_at=read_at,
        minutes=minutes,
        settled=settled,
        must_ring=not settled and not read_at and waited >= timedelta(minutes=minutes),
        calls=list(calls.order_by("happened_at", "pk")),
    )


def own_reports(act: Act) -> list[Report]:
    """Return the acting agency's reports of the last two weeks, newest first, as it made them."""
    if not act.roles & CASE_ROLES:
        return []
    return list(
        Report.objects.filter(owner=act.own_agency, recorded_at__gt=act.now - OWN_REPORTS_FOR)
        .select_related("episode", "child")
        .prefetch_related("child__names")
        .order_by("-recorded_at", "-pk")[:10]
    )


def report_draft(act: Act) -> Draft | None:
    """Return this person's unfinished report, if there is one."""
    return Draft.objects.of(act).filter(form="report").first()


def own_children(act: Act, *, most: int) -> list[Child]:
    """Return the agency's own children to choose from, by name; none when they are too many."""
    rows = permitted(act).order_by("-sort_at", "-content_object_id")
    children = [row.content_object for row in rows.select_related("content_object")[: most + 1]]
    if len(children) > most:
        return []
    prefetch_related_objects(children, "names")
    return sorted(children, key=lambda child: child.display_name)


# --- what is owed


class Whose(StrEnum):
    """Whose clocks a list shows."""

    EVERYTHING = "everything"
    MINE = "mine"
    TEAM = "team"
    AGENCY = "agency"
    OTHERS = "others"


def sees_others_clocks(act: Act) -> bool:
    """Return whether lists show what other agencies owe: to those who answer for their own."""
    return bool(act.roles & MANAGING_ROLES)


def running_deadlines(act: Act) -> list[Deadline]:
    """Return what the person, their units and their agency still owe, soonest first."""
    mine = (
        Q(membership=act.membership)
        | Q(membership=None, unit=None)
        | Q(membership=None, unit_id__in=act.unit_ids)
    )
    found = _owed_by_own(act).running().filter(mine)
    return _shown([found.order_by("due_at", "pk")[:PAGE_SIZE]])


def overdue_page(
    *,
    act: Act,
    seen: Mapping[Aspect, Collection[str]],
    whose: Whose = Whose.EVERYTHING,
    kind: str = "",
    after: str = "",
) -> Page:
    """Return one page of what is overdue and this person may know of, the latest first.

    `seen` are the kinds that other agencies of a case see, by the aspect that lets them; what
    others owe is shown only to those who `sees_others_clocks`. `after` is a page's `next_key`.
    """
    lists = [owed.overdue(act.now) for owed in _owed(act, seen, whose, kind)]
    count = sum(owed.order_by()[: COUNT_CAP + 1].count() for owed in lists)
    start = _decoded_clock(after)
    if start:
        key = Tuple(F("due_at"), F("pk"))
        lists = [owed.filter(TupleGreaterThan(key, start)) for owed in lists]
    found = _shown([owed.order_by("due_at", "pk")[: PAGE_SIZE + 1] for owed in lists])
    last = found[PAGE_SIZE - 1] if len(found) > PAGE_SIZE else None
    next_key = f"{last.due_at.isoformat()}~{last.own_reference}" if last else ""
    return Page(rows=found[:PAGE_SIZE], next_key=next_key, count=count)


def due_soon(
    *,
    act: Act,
    seen: Mapping[Aspect, Collection[str]],
    whose: Whose = Whose.EVERYTHING,
    kind: str = "",
) -> Page:
    """Return the first of what is due in the next hours and this person may know of, soonest first."""
    until = elapsed(act.now, DUE_SOON)
    lists = [owed.due_between(act.now, until) for owed in _owed(act, seen, whose, kind)]
    count = sum(owed.order_by()[: COUNT_CAP + 1].count() for owed in lists)
    found = _shown([owed.order_by("due_at", "pk")[:PAGE_SIZE] for owed in lists])
    return Page(rows=found[:PAGE_SIZE], next_key="", count=count)


def _owed(
    act: Act, seen: Mapping[Aspect, Collection[str]], whose: Whose, kind: str
) -> list[DeadlineQuerySet]:
    """Return the lists to be merged: one's own agency's, and other agencies', each by its index."""
    lists = []
    if whose != Whose.OTHERS:
        own = _owed_by_own(act)
        if whose == Whose.MINE:
            own = own.filter(membership=act.membership)
        elif whose == Whose.TEAM:
            own = own.filter(unit_id__in=act.unit_ids)
        lists.append(own)
    if whose in {Whose.EVERYTHING, Whose.OTHERS} and sees_others_clocks(act):
        lists.append(_owed_by_others(act, seen))
    return [owed.filter(kind=kind) if kind else owed for owed in lists]


def _owed_by_own(act: Act) -> DeadlineQuerySet:
    return Deadline.objects.filter(_child_is_permitted(act), agency=act.own_agency)


def _owed_by_others(act: Act, seen: Mapping[Aspect, Collection[str]]) -> DeadlineQuerySet:
    """Return other agencies' clocks of the kinds that a live part of the acting agency opens.

    `cases.access.sees_deadline` answers the same for one clock; a test proves that they agree.
    """
    opened = Q(pk__in=[])
    for aspect, kinds_seen in seen.items():
        opened |= Q(part__in=parts_opening(aspect), clock__in=kinds_seen)
    grants = (
        Grant.objects.live(act.now)
        .filter(child=OuterRef("child_id"), agency=act.own_agency)
        .annotate(clock=ExpressionWrapper(OuterRef("kind"), output_field=CharField()))
        .filter(opened)
    )
    return Deadline.objects.exclude(agency=act.own_agency).filter(
        _child_is_permitted(act), Exists(grants)
    )


def _child_is_permitted(act: Act) -> Exists:
    return Exists(permitted(act).filter(content_object_id=OuterRef("child_id")))


def unseen_clocks(now: datetime, *, but: Collection[str]) -> DeadlineQuerySet:
    """Return the running clocks of agencies that can no longer open the child, `but` some kinds."""
    opens = ChildPermission.listed.opening(now).filter(
        content_object_id=OuterRef("child_id"), group=OuterRef("agency__group")
    )
    return Deadline.objects.running().filter(~Exists(opens)).exclude(kind__in=but)


def children_with_unseen_clocks(now: datetime, *, but: Collection[str]) -> list[str]:
    """Return the references of the children for whom clocks run that nobody who owes them sees."""
    found = unseen_clocks(now, but=but).order_by("child__reference")
    return list(found.values_list("child__reference", flat=True).distinct())


def _shown(lists: list[DeadlineQuerySet]) -> list[Deadline]:
    """Merge cut lists, soonest first, with what a row shows: four tables joined, one more query."""
    shown = ("child", "agency", "unit", "membership__user")
    merged = sorted(
        chain.from_iterable(owed.select_related(*shown) for owed in lists),
        key=lambda deadline: (deadline.due_at, deadline.pk),
    )
    prefetch_related_objects(merged, "child__names")
    return merged


def _decoded_clock(after: str) -> tuple[datetime, int] | None:
    """Return where a page of clocks begins: a time, and the key behind a reference. Never raises."""
    at_text, _, typed = after.partition("~")
    try:
        at = parse_datetime(at_text)
    except ValueError:
        return None
    reference = normalise_reference(typed, "DL") if at else None
    key = (
        Deadline.objects.filter(own_reference=reference).values_list("pk", flat=True).first()
        if reference
        else None
    )
    return (at, key) if at and at.tzinfo and key else None


def deadline_of(view: ChildView, reference: str) -> Deadline | None:
    """Return a clock of this child by its own reference, whether or not this person may know of it."""
    return (
        Deadline.objects.filter(child=view.child, own_reference=reference)
        .select_related("child", "agency", "unit", "membership__user")
        .first()
    )


def extensions_of(deadline: Deadline) -> list[Extension]:
    """Return how often more time was given and why, the latest first; the caller asks who may read it."""
    return list(deadline.extensions.order_by("-at", "-pk")[:MOST_EXTENSIONS])


def chased_at(deadline: Deadline) -> datetime | None:
    """Return when somebody last asked for what is owed."""
    return (
        Alert.objects.filter(subject_reference=deadline.own_reference, kind="cases.chased")
        .order_by("-raised_at")
        .values_list("raised_at", flat=True)
        .first()
    )


def colleagues(act: Act) -> list[Membership]:
    """Return the live members of the acting agency who read cases, by name."""
    return list(members_of(act.own_agency, act.now).filter(roles__overlap=sorted(CASE_ROLES)))


def own_units(act: Act) -> list[Unit]:
    """Return the teams of the acting agency, by name."""
    return list(Unit.objects.filter(agency=act.own_agency, is_active=True).order_by("name"))


# What a look was at, in words, by the verb in the log; each app adds its own.
_looks: dict[str, str] = {
    "cases.child": "This record",
    "cases.history": "History of this record",
    "cases.episodes": "Missing episodes",
    "cases.sharing": "Who can see this record",
    "cases.place": "Before a place was shown",
    "cases.reveal_location": "A place",
    "cases.open_with_reason": "Said why they open it",
    "cases.list": "List of children",
    "cases.accept_page": "Accepting the report",
    "cases.located_page": "Recording that the child is located",
    "cases.return_page": "Recording the return",
    "cases.prevention_interview_page": "Recording the prevention interview",
    "cases.prevention_interview": "The prevention interview",
    "cases.close_page": "What must be settled before a missing episode closes",
    "cases.extend_page": "Giving more time",
    "cases.reassign_page": "Giving work to somebody else",
    "cases.chase_page": "Asking for what is owed",
    "cases.update_page": "Adding an update",
    "cases.receipt": "Receipt of a report",
    "cases.match_question": "Whether it is the same child",
    "pages.my_work": "My work",
    "pages.missing": "Missing now",
    "pages.overdue": "Overdue",
    "alerts.inbox": "List of alerts",
    "alerts.open": "An alert",
}


def register_looks(words: Mapping[str, str]) -> None:
    """Say in words what a look under each of these verbs was at."""
    _looks.update(words)


@dataclass(frozen=True)
class Look:
    """One look at a child: when, by whom as this viewer may know it, at what, on what basis."""

    at: datetime
    agency: str
    person: str
    what: str
    basis: str
    is_refused: bool


def who_looked(view: ChildView, act: Act, *, limit: int = PAGE_SIZE) -> list[Look]:
    """Return the latest looks at this child by anyone, newest first.

    People of other agencies are shown by their roles, colleagues by name.
    """
    entries = list(
        Entry.objects.filter(
            subjects__contains=[view.child.pk], operation=Operation.CONSULTATION
        ).order_by("-at", "-id")[:limit]
    )
    members = {
        membership.pk: membership
        for membership in Membership.objects.filter(
            pk__in={entry.membership_id for entry in entries if entry.membership_id}
        ).select_related("user", "agency")
    }
    return [_look(entry, members.get(entry.membership_id or 0), act) for entry in entries]


def _look(entry: Entry, membership: Membership | None, act: Act) -> Look:
    if membership is None:
        agency, person = "This service", ""
    elif membership.agency_id == act.agency_id:
        agency, person = membership.agency.name, membership.user.full_name
    else:
        agency = membership.agency.name
        person = ", ".join(Role(role).label for role in membership.roles)
    return Look(
        at=entry.at,
        agency=agency,
        person=person,
        what=_looks.get(entry.verb, entry.verb),
        basis=entry.basis,
        is_refused=entry.outcome == Outcome.DENIED,
    )


def episodes_page(view: ChildView, *, after: str = "") -> Page:
    """Return one page of a child's episodes, newest first."""
    found = MissingEpisode.objects.filter(child=view.child, withdrawn_at=None)
    count = found.order_by()[: COUNT_CAP + 1].count()
    start = (
        MissingEpisode.objects.filter(child=view.child, reference=normalise_reference(after, "ME"))
        .values_list("started_at", "pk")
        .first()
    )
    if start:
        found = found.filter(TupleLessThan(Tuple(F("started_at"), F("pk")), start))
    rows = list(found.select_related("lead_force").order_by("-started_at", "-pk")[: PAGE_SIZE + 1])
    next_key = rows[PAGE_SIZE - 1].reference if len(rows) > PAGE_SIZE else ""
    return Page(rows=rows[:PAGE_SIZE], next_key=next_key, count=count)


def later_episodes(episode: MissingEpisode) -> MissingEpisodeQuerySet:
    """Return the child's episodes that began after this one."""
    return MissingEpisode.objects.filter(
        child=episode.child_id, withdrawn_at=None, started_at__gt=episode.started_at
    )


def earlier_not_home(episode: MissingEpisode) -> MissingEpisodeQuerySet:
    """Return earlier episodes in which the child was located and not home before this one began."""
    return MissingEpisode.objects.filter(
        child=episode.child_id, withdrawn_at=None, started_at__lt=episode.started_at,
        located_at__isnull=False, returned_at=None,
    ).order_by("started_at", "pk")  # fmt: skip


def prevention_interview_of(
    view: ChildView, act: Act, *, episode: MissingEpisode | None = None
) -> PreventionInterview | None:
    """Return an episode's prevention interview, or the latest's, where its audience admits this agency.

    What only the police read stands in its `police_note`, None for everybody else.
    """
    ask = _prevention_interview(
        kind=act.agency_kind, sees_others=view.sees_others, is_latest=episode is None
    )
    return ask.one(
        child=view.child.pk, episode=episode.pk if episode else None, agency=act.agency_id
    )


@by_shape
def _prevention_interview(
    *, kind: str | None, sees_others: bool, is_latest: bool
) -> QuerySet[PreventionInterview]:
    child, agency = Parameter("child"), Parameter("agency")
    notes = PoliceNote.objects.filter(subject_reference=OuterRef("reference"))
    note = notes.readable_to(agency, kind, sees_others=False)
    episode = latest_episode(child) if is_latest else Parameter("episode")
    found: QuerySet[PreventionInterview] = (
        PreventionInterview.objects.filter(child=child, episode=episode)
        .readable_to(agency, kind, sees_others=sees_others)
        .annotate(police_note=Subquery(note.values("text")[:1]))
        .select_related("owner")
    )
    return found


# --- what agencies wrote


def latest_episode(child_id: int | Parameter) -> Subquery:
    """Return the key of the child's latest episode, for use inside a query."""
    episodes = MissingEpisode.objects.filter(child=child_id, withdrawn_at=None)
    return Subquery(episodes.order_by("-started_at", "-pk").values("pk")[:1])


def reports_of(view: ChildView, act: Act, *, most: int) -> list[Report]:
    """Return the reports of the latest episode that this agency may read, newest first."""
    return _lately(Report, "recorded_at", view, act, most)


def updates_of(view: ChildView, act: Act, *, most: int) -> list[Update]:
    """Return the updates of the latest episode that this agency may read, newest first."""
    return _lately(Update, "happened_at", view, act, most)


def _lately(
    model: type[Report | Update], at: str, view: ChildView, act: Act, most: int
) -> list[Any]:
    """Return what this agency may read of the latest episode, by the time in `at`, newest first."""
    ask = _of_latest_episode(
        model=model, at=at, kind=act.agency_kind, sees_others=view.sees_others, most=most
    )
    return ask(child=view.child.pk, agency=act.agency_id)


@by_shape
def _of_latest_episode(
    *, model: type[Report | Update], at: str, kind: str | None, sees_others: bool, most: int
) -> QuerySet[Any]:
    child = Parameter("child")
    found: QuerySet[Any] = (
        model._default_manager.filter(child=child, episode=latest_episode(child))
        .readable_to(Parameter("agency"), kind, sees_others=sees_others)
        .select_related("owner", "recorded_by__user")
        .order_by(f"-{at}", "-pk")[:most]
    )
    return found


def own_update(view: ChildView, act: Act, reference: str) -> Update:
    """Return an update that the acting agency wrote about this child."""
    update: Update = (
        Update.objects.filter(child=view.child, owner=act.own_agency)
        .select_related("owner")
        .get(reference=reference)
    )
    return update


def updates_page(view: ChildView, act: Act, *, after: str = "") -> Page:
    """Return one page of the updates of the latest episode that this agency may read."""
    found = Update.objects.filter(
        child=view.child, episode=latest_episode(view.child.pk)
    ).readable_by(act, sees_others=view.sees_others)
    count = found.order_by()[: COUNT_CAP + 1].count()
    start = (
        found.filter(reference=normalise_reference(after, "MU"))
        .values_list("happened_at", "pk")
        .first()
    )
    if start:
        found = found.filter(TupleLessThan(Tuple(F("happened_at"), F("pk")), start))
    rows = list(
        found.select_related("owner", "recorded_by__user").order_by("-happened_at", "-pk")[
            : PAGE_SIZE + 1
        ]
    )
    next_key = rows[PAGE_SIZE - 1].reference if len(rows) > PAGE_SIZE else ""
    return Page(rows=rows[:PAGE_SIZE], next_key=next_key, count=count)


# --- what was written, as evidence: several kinds of item in one query

REPORT, UPDATE, INTERVIEW, NOTE = "report", "update", "prevention_interview", "police_note"
MOST_REPORTS = 3
DONE_SO_FAR = "\n\nDone so far: "


@dataclass(frozen=True)
class Written:
    """One item that somebody wrote, of whatever kind; `what` is its own kind or manner."""

    kind: str
    what: str
    reference: str
    text: str
    at: datetime
    owner: Agency
    audience: Audience
    is_police_only: bool


def written_now(view: ChildView, act: Act, *, most: int) -> list[Written]:
    """Return what was reported and learned in the latest episode, each kind newest first."""
    episode = latest_episode(view.child.pk)
    owned: dict[str, Any] = {"child": view.child, "episode": episode}
    reports = _as_written(Report.objects.filter(**owned), view, act, REPORT, at="recorded_at")
    updates = _as_written(
        Update.objects.filter(**owned), view, act, UPDATE, at="happened_at", what="kind"
    )
    return _written(reports[:MOST_REPORTS].union(updates[:most], all=True))[:most]


def written_by_police(view: ChildView, act: Act, *, most: int) -> list[Written]:
    """Return prevention interviews, and what only the acting force reads, newest first."""
    owned = {"child": view.child}
    interviews = _as_written(
        PreventionInterview.objects.filter(**owned), view, act, INTERVIEW, at="recorded_at",
        what="how",
    )  # fmt: skip
    notes = _as_written(PoliceNote.objects.filter(**owned), view, act, NOTE, at="recorded_at")
    found = _written(interviews[:most].union(notes[:most], all=True))
    return sorted(found, key=lambda item: item.at, reverse=True)[:most]


def _as_written(
    found: OwnedQuerySet, view: ChildView, act: Act, kind: str, *, at: str, what: str = ""
) -> Any:
    """Return the readable items of one kind in the columns that every kind has, newest first."""
    text = (
        Concat("why_worried", Value(DONE_SO_FAR, output_field=TextField()), "done_so_far")
        if kind == REPORT
        else F("text")
    )
    return (
        found.readable_by(act, sees_others=view.sees_others)
        .annotate(
            of_kind=Value(kind),
            of_what=F(what) if what else Value(""),
            wrote=text,
            was_at=F(at),
        )
        .order_by(f"-{at}", "-pk")
        .values_list(
            "of_kind", "of_what", "reference", "wrote", "was_at", "audience", "is_police_only",
            "owner_id", "owner__reference", "owner__name", "owner__kind",
        )
    )  # fmt: skip


def _written(rows: Any) -> list[Written]:
    """Return the items of a union, each kind in the order in which it was asked for."""
    items = [
        Written(
            kind=kind,
            what=what,
            reference=reference,
            text=text.removesuffix(DONE_SO_FAR),
            at=at,
            owner=Agency.from_db(rows.db, ("id", "reference", "name", "kind"), owner),
            audience=Audience(audience),
            is_police_only=is_police_only,
        )
        for kind, what, reference, text, at, audience, is_police_only, *owner in rows
    ]
    newest_first = sorted(items, key=lambda item: item.at, reverse=True)
    return sorted(newest_first, key=lambda item: item.kind)


REPEATED_WITHIN = timedelta(days=90)


def latest_episodes(view: ChildView, act: Act, *, most: int) -> list[Any]:
    """Return the latest episodes, newest first, each with `total` and `lately`: how many there are.

    `lately` counts those that began in the 90 days before `act.now`.
    """
    return _episodes(most=most)(child=view.child.pk, since=act.now - REPEATED_WITHIN)


@by_shape
def _episodes(*, most: int) -> QuerySet[Any]:
    lately = Q(started_at__gt=Parameter("since"))
    return (
        MissingEpisode.objects.filter(child=Parameter("child"), withdrawn_at=None)
        .annotate(total=Window(Count("pk")), lately=Window(Count("pk", filter=lately)))
        .select_related("lead_force")
        .order_by("-started_at", "-pk")[:most]
    )


CHANNEL_WORDS = {ChannelName.INBOX: "inbox here", ChannelName.EMAIL: "email"}
STATE_WORDS = {
    State.QUEUED: "waiting",
    State.SENDING: "being sent",
    State.ACCEPTED: "sent",
    State.DELIVERED: "delivered",
    State.ACKNOWLEDGED: "answered",
    State.WITHHELD: "held back: no longer entitled",
    State.SUPERSEDED: "not needed any more",
    State.BOUNCED: "came back",
    State.DEAD: "could not be sent",
    State.PARKED: "could not be written",
}


@dataclass(frozen=True)
class Told:
    """One alert about a child: to whom, what became of it, and who answered, or why nobody has."""

    title: str
    to: str
    raised_at: datetime
    sent: str
    answered_at: datetime | None
    answered_by: str
    ended_at: datetime | None
    # When whoever was told opens next; None where somebody is there now, or nobody knows.
    closed_until: datetime | None
    are_hours_unknown: bool


def told_line(alert: Any, act: Act) -> Told:
    """Return one of `alerts_about` in words; people of other agencies are not named."""
    to = f"{alert.agency.name}, {alert.unit.name}" if alert.unit else alert.agency.name
    states = sorted({(sent["channel"], sent["state"]) for sent in alert.sent})
    words = [
        f"{CHANNEL_WORDS[ChannelName(channel)]}: {STATE_WORDS[State(state)]}"
        for channel, state in states
    ]
    by = alert.acknowledged_by
    return Told(
        title=kinds.of(alert).title,
        to=to,
        raised_at=alert.raised_at,
        sent=", ".join(words),
        answered_at=alert.acknowledged_at,
        answered_by=(by.user.full_name if by.agency_id == act.agency_id else by.agency.name)
        if by
        else "",
        ended_at=alert.ended_at,
        closed_until=None if _answers_at_night(alert) else closed_until(alert.agency, act.now),
        are_hours_unknown=not _answers_at_night(alert)
        and hours_of(alert.agency) is None
        and not is_open(alert.agency, act.now),
    )


def _answers_at_night(alert: Alert) -> bool:
    """Return whether the alert went to a unit that is there when its agency is closed."""
    return alert.unit is not None and alert.unit.kind in {UnitKind.DUTY_DESK, UnitKind.EDT}


def told_about(view: ChildView, act: Act, *, most: int) -> list[Told]:
    """Return the latest alerts about a child in words, newest first."""
    return [told_line(alert, act) for alert in _alerts(most=most)(child=view.child.pk)]


@by_shape
def _alerts(*, most: int) -> QuerySet[Alert]:
    return alerts_about(child_id=Parameter("child"))[:most]


def places_of(view: ChildView, act: Act, *, most: int) -> list[Location]:
    """Return the latest places that this person may have revealed, newest first."""
    ask = _places(reach=reach_of_locations(act, view), most=most)
    return ask(child=view.child.pk, agency=act.agency_id)


@by_shape
def _places(*, reach: LocationReach, most: int) -> QuerySet[Location]:
    return (
        locations_open_to(Parameter("child"), Parameter("agency"), reach)
        .select_related("owner", "episode")
        .order_by("-recorded_at", "-pk")[:most]
    )


# --- who can see


def live_grants(view: ChildView, act: Act) -> list[Grant]:
    """Return the parts that are open now, by agency."""
    return list(
        Grant.objects.live(act.now)
        .filter(child=view.child)
        .select_related("agency", "unit")
        .order_by("agency__name", "starts_at", "pk")
    )


def ended_grants(view: ChildView, act: Act) -> list[Grant]:
    """Return the latest parts that have ended, newest first."""
    live = Grant.objects.live(act.now).filter(child=view.child)
    return list(
        Grant.objects.filter(child=view.child)
        .exclude(pk__in=live.values("pk"))
        .select_related("agency", "unit")
        .order_by("-starts_at", "-pk")[:PAGE_SIZE]
    )


def grant_of(view: ChildView, reference: str) -> Grant:
    """Return a part in this child's record."""
    return Grant.objects.select_related("agency", "unit").get(child=view.child, reference=reference)


def decision_of(view: ChildView, reference: str) -> SharingDecision:
    """Return a decision not to share this child's record."""
    return SharingDecision.objects.select_related("agency").get(
        child=view.child, reference=reference
    )


def sharing_decisions(view: ChildView) -> list[SharingDecision]:
    """Return the decisions not to share, newest first."""
    return list(
        SharingDecision.objects.filter(child=view.child)
        .select_related("agency")
        .order_by("-decided_at", "-pk")[:PAGE_SIZE]
    )


def agencies_named(text: str) -> list[Agency]:
    """Return agencies whose name holds this text."""
    return list(Agency.objects.active().filter(name__icontains=text).order_by("name")[:PAGE_SIZE])


def forces() -> list[Agency]:
    """Return the police forces that use this service."""
    return list(Agency.objects.active().filter(kind=AgencyKind.FORCE).order_by("name"))
