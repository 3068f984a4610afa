"""Lists agree with single checks, for everybody; what is listed opens; who has no part sees nothing new."""

from collections.abc import Iterable
from re import findall

from django.test import Client

from cases import access, queries
from cases.access import ChildView, view_of
from cases.models import Child, Deadline
from cases.queries import Page
from cases.rules import Aspect, is_overdue
from cases.services.deadlines import kind_of, kinds_by_aspect
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import AgencyKind, Membership
from missingchildren.alerts.models import Alert
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import NotFound, Refused
from placements import access as placement_access
from placements import queries as placement_queries
from placements.models import Placement, PlacementNotification
from returninterviews import access as interview_access
from returninterviews import queries as interview_queries
from returninterviews.models import Action, Interview, Recommendation, Summary
from risk import access as risk_access
from risk import queries as risk_queries
from risk import rules as risk_rules
from risk.models import Flag
from risk.rules import IN_FORCE, OVER
from tests.sequences.playing import Play


def opened(act: Act, reference: str) -> ChildView | None:
    """Ask the single check."""
    try:
        return view_of(act=act, reference=reference)
    except NotFound:
        return None


def keys(page: Page) -> set[int]:
    """Return the rows of a page that holds all there are, and check its count."""
    assert page.next_key == ""
    assert page.count == len(page.rows)
    found = {row.pk for row in page.rows}
    assert len(found) == len(page.rows)
    return found


def lists_agree(play: Play, names: Iterable[str]) -> None:
    """CON-08: every list holds what the single checks open, for these people, and counts it."""
    children = list(Child.objects.all())
    for name in names:
        person = play.person(name)
        act = play.act(person)
        views = {child.pk: opened(act, child.reference) for child in children}
        open_to = {key for key, view in views.items() if view}
        missing = {child.pk for child in children if child.pk in open_to and child.missing_since}
        assert keys(queries.children_page(act=act)) == open_to, name
        assert keys(queries.missing_page(act=act)) == missing, name
        view = views[play.ava.pk]
        _clocks_agree(act, views, name)
        _flags_agree(act, view, name)
        _notices_agree(act, name)
        if view:
            _interviews_agree(act, view, name)
            _placements_agree(act, view, name)


def _clocks_agree(act: Act, views: dict[int, ChildView | None], name: str) -> None:
    late = keys(queries.overdue_page(act=act, seen=kinds_by_aspect()))
    soon = keys(queries.due_soon(act=act, seen=kinds_by_aspect()))
    expected = set()
    for one in Deadline.objects.running():
        view = views[one.child_id]
        is_own = one.agency_id == act.agency_id
        if view is None or not (is_own or queries.sees_others_clocks(act)):
            continue
        if access.sees_deadline(act, view, one, kind_of(one).seen_with):
            expected.add((one.pk, is_overdue(due_at=one.due_at, now=act.now)))
    assert late == {key for key, is_late in expected if is_late}, name
    assert soon <= {key for key, is_late in expected if not is_late}, name


def _flags_agree(act: Act, view: ChildView | None, name: str) -> None:
    listed: set[int] = set()
    if act.own_agency.kind in {AgencyKind.FORCE, AgencyKind.COUNCIL}:
        for box in risk_queries.FLAG_BOXES:
            page = risk_queries.flags_page(act, box=box)
            assert page.count == len(page.rows)
            listed |= {shown.flag.pk for shown in page.rows}
    expected: set[int] = set()
    if risk_access.lists_flags(act) and view and view.sees(Aspect.FLAG):
        today = london_day(act.now)
        holder = "force_id" if act.own_agency.kind == AgencyKind.FORCE else "council_id"
        for flag in Flag.objects.all():
            state = risk_rules.flag_state(flag.standing, today=today)
            waits = Flag.objects.to_do(today).filter(pk=flag.pk).exists()
            if getattr(flag, holder) == act.agency_id and (state in IN_FORCE | OVER or waits):
                expected.add(flag.pk)
    assert listed == expected, name


def _notices_agree(act: Act, name: str) -> None:
    listed: set[int] = set()
    for is_answered in (False, True):
        listed |= keys(placement_queries.notices_page(act, is_answered=is_answered))
    expected = {
        one.pk
        for one in PlacementNotification.objects.all()
        if placement_queries.own_notice(act, one.reference)
    }
    assert listed == expected, name


def _interviews_agree(act: Act, view: ChildView, name: str) -> None:
    if interview_access.sees_interviews(view):
        listed = keys(interview_queries.interviews_page(view, act))
        whole = {
            one.pk for one in Interview.objects.all() if interview_access.opens(act, view, one)
        }
        assert whole <= listed, name
    summaries = {one.pk for one in interview_queries.summaries_for(view, act, most=50)}
    readable = set()
    for summary in Summary.objects.all():
        try:
            readable.add(interview_access.summary_of(act=act, view=view, summary=summary).pk)
        except Refused:
            continue
    if view.sees(Aspect.SHARED_INTERVIEWS):
        assert summaries == readable, name
    recommended = keys(interview_queries.recommendations_page(view, act))
    assert recommended == {
        one.pk
        for one in Recommendation.objects.select_related("interview")
        if interview_access.sees_recommendation(act, view, one)
    }, name
    given = keys(interview_queries.open_actions_page(view, act))
    given |= keys(interview_queries.settled_actions_page(view, act))
    assert given == {
        one.pk
        for one in Action.objects.select_related("recommendation__interview")
        if interview_access.sees_action(act, view, one)
    }, name


def _placements_agree(act: Act, view: ChildView, name: str) -> None:
    listed = {one.pk for one in placement_queries.placements_of(view, act)}
    single = {
        one.pk
        for one in Placement.objects.all()
        if placement_queries.placement_of(view, act, one.reference)
    }
    assert listed == single, name
    if placement_access.sees_whole(view):
        assert listed == set(Placement.objects.values_list("pk", flat=True)), name


# --- who has no part

# What is said even to an agency whose part has ended: that it is over, and what became of its own.
TOLD_AFTERWARDS = frozenset(
    {
        "cases.child_returned", "cases.child_located", "cases.report_accepted",
        "risk.still_wanted", "placements.ended", "placements.withdrawn",
    }
)  # fmt: skip


def told_so_far() -> set[tuple[object, ...]]:
    """Return all that agencies have been told and owe, each with the agency first."""
    alerts = Alert.objects.exclude(kind__in=TOLD_AFTERWARDS)
    return {
        (*row, found.model.__name__)
        for found in (alerts, Deadline.objects.all())
        for row in found.values_list("agency_id", "pk")
    }


# --- pages

ACTS = frozenset({"close", "confirm"})
LISTS = ("/", "/cases/", "/missing/", "/overdue/", "/alerts/")
LINKS = (
    r'href="(/cases/[^"?#]+/)"', r'href="(/interviews/[A-Z0-9-]+/)"', r'href="(/summaries/[^"?#]+/)"',
    r'href="(/actions/[^"?#]+/)"', r'href="(/recommendations/[^"?#]+/)"',
    r'href="(/notifications/[^"?#]+/)"', r'href="(/answers/[^"?#]+/)"',
)  # fmt: skip


def pages_open(play: Play, person: Membership, *, most: int) -> int:
    """Open every list as one person, and some of what the lists lead to: 200, whatever it is."""
    client = play.world.client(person)
    act = play.act(person)
    view_of_ava = opened(act, play.ava.reference)
    if view_of_ava and view_of_ava.needs_reason:
        address = f"/cases/{play.ava.reference}/open/"
        assert client.post(address, {"reason": "duty"}, secure=True).status_code == 302
    lists = list(LISTS)
    if risk_access.lists_flags(act):
        lists.append("/flags/")
    if placement_access.is_notified(act):
        lists.append("/notifications/")
    links: list[str] = []
    for address in lists:
        links += _opened(client, address)
    if view_of_ava:
        for address in _opened(client, f"/cases/{play.ava.reference}/"):
            links += [address, *(_opened(client, address) if "/cases/" in address else ())]
    sample = sorted(set(links))
    play.chance.shuffle(sample)
    for address in sample[:most]:
        _opened(client, address)
    return len(lists) + min(len(sample), most)


def _opened(client: Client, address: str) -> list[str]:
    """Open one page, and return where it leads."""
    answer = client.get(address, secure=True)
    # Where something is done, whoever may not do it now is told so.
    is_act = address.strip("/").rsplit("/", 1)[-1] in ACTS
    assert answer.status_code in ({200, 403} if is_act else {200}), (address, answer.status_code)
    body = answer.content.decode()
    return [link for pattern in LINKS for link in findall(pattern, body)]
