"""Every address, present and future, for every persona and relation: who gets what.

A route that stands in no table here fails the build.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from cases.models import ChildPermission, Grant, KeepFrom
from cases.services import sharing
from missingchildren.agencies.models import Membership, Role
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from tests.partnership import (
    CANARY_PHONE,
    CANARY_PLACE,
    CANARY_WORRY,
    Partnership,
    act_now,
    member,
)
from tests.walking import APPS
from tests.web.test_headers import POLICY

pytestmark = pytest.mark.django_db

VERBS = ("get", "head", "options", "post", "put", "patch", "delete")
SAFE = ("get", "head")

# Addresses about one child: hidden is the same 404 as absent.
OF_A_CHILD = {
    "cases/<str:reference>/",
    "cases/<str:reference>/open/",
    "cases/<str:reference>/history/",
    "cases/<str:reference>/episodes/",
    "cases/<str:reference>/episodes/<str:episode_reference>/accept/",
    "cases/<str:reference>/episodes/<str:episode_reference>/return/",
    "cases/<str:reference>/episodes/<str:episode_reference>/located/",
    "cases/<str:reference>/episodes/<str:episode_reference>/prevention-interview/",
    "cases/<str:reference>/episodes/<str:episode_reference>/close/",
    "cases/<str:reference>/deadlines/<str:deadline_reference>/extend/",
    "cases/<str:reference>/deadlines/<str:deadline_reference>/reassign/",
    "cases/<str:reference>/deadlines/<str:deadline_reference>/chase/",
    "cases/<str:reference>/updates/add/",
    "cases/<str:reference>/places/<str:location_reference>/",
    "cases/<str:reference>/sharing/",
    "cases/<str:reference>/sharing/with/<str:agency_reference>/",
    "cases/<str:reference>/sharing/not-with/<str:agency_reference>/",
    "cases/<str:reference>/sharing/<str:grant_reference>/end/",
    "questions/<str:reference>/",
    "report/sent/<str:reference>/",
    "report/sent/<str:reference>/call/",
    "alerts/<str:reference>/",
    "alerts/<str:reference>/acknowledge/",
}
# One's own pages: they open for everybody and show only what is theirs.
OWN = {
    "",
    "missing/",
    "overdue/",
    "cases/",
    "report/",
    "report/check/",
    "report/throw-away/",
    "report/<slug:step>/",
    "report/draft/<slug:step>/",
    "alerts/",
    "agency/",
    "agency/act-for/",
}
ELSEWHERE = (
    # Their own walks: tests/agencies, tests/sign_in, tests/web, the API's tests, tests/alerts.
    "agency/people/",
    "agency/invitations/",
    "invitation/",
    "account/",
    "api/v1/",
    "health/",
    "demo/",
    "accessibility/",
    "privacy-notice/",
    "help/",
    "attribution/",
    "csp-report/",
)


OF_A_CHILD |= {route for app in APPS for route in (*app.PAGES, *app.OTHERS)}
OWN |= {route for app in APPS for route in app.OWN}


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[str]:
    """Return the pattern of every route."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        else:
            yield route


def every_address() -> set[str]:
    return set(addresses(get_resolver().url_patterns))


def test_every_address_stands_in_a_table() -> None:
    """AZ-02: a route that no walk knows fails the build."""
    unknown = {
        route for route in every_address() - OF_A_CHILD - OWN if not route.startswith(ELSEWHERE)
    }

    assert not unknown
    assert not (OF_A_CHILD | OWN) - every_address()
    assert PAGES.keys() <= OF_A_CHILD | OWN, "a page that no walk opens"


def fill(route: str, world: Partnership) -> str:
    """Return the route for Ava, her episode, a place, a grant, an agency."""
    world.references = world.references or references_in(world)
    for pattern, value in world.references.items():
        route = route.replace(pattern, value)
    assert "<" not in route
    return f"/{route}"


def references_in(world: Partnership) -> dict[str, str]:
    report = world.ava.reports.get()
    return {
        **world.walked,
        "questions/<str:reference>": "questions/TK-0000-0000-0",
        "report/sent/<str:reference>": f"report/sent/{report.reference}",
        "alerts/<str:reference>": "alerts/"
        + Alert.objects.filter(agency=world.kent_police).order_by("pk")[0].reference,
        "cases/<str:reference>": f"cases/{world.ava.reference}",
        "<str:episode_reference>": report.episode.reference,
        "<str:location_reference>": report.episode.locations.get().reference,
        "<str:deadline_reference>": world.ava.deadlines.order_by("pk")[0].own_reference,
        "<str:agency_reference>": world.kent_council.reference,
        "<str:grant_reference>": Grant.objects.filter(child=world.ava).order_by("pk")[0].reference,
        "<slug:step>": "seen",
    }


def ask(client: Client, verb: str, address: str) -> HttpResponseBase:
    """Return the answer, which carries the headers whatever it is."""
    answer: HttpResponseBase = getattr(client, verb)(address, secure=True)
    headers = answer.headers
    assert set(headers["Content-Security-Policy"].split("; ")) == POLICY, address
    assert "max-age=63072000; includeSubDomains" in headers["Strict-Transport-Security"]
    assert headers["X-Content-Type-Options"] == "nosniff", address
    assert headers["Referrer-Policy"] == "no-referrer", address
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin", address
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin", address
    assert "camera=()" in headers["Permissions-Policy"], address
    assert not [header for header in headers if header.startswith("Access-Control-")]
    return answer


class Log:
    """What the act log says that it did not say before."""

    def __init__(self) -> None:
        self.read_to = 0
        self.news()

    def news(self) -> list[str]:
        """Return the outcome of each act since this was last asked."""
        entries = Entry.objects.filter(id__gt=self.read_to).order_by("id")
        news = list(entries.values_list("id", "outcome"))
        self.read_to = news[-1][0] if news else self.read_to
        return [outcome for _, outcome in news]


@pytest.fixture
def world(walked: Partnership) -> Partnership:
    return walked


def ended(world: Partnership) -> Membership:
    """Make a school whose part has ended."""
    person = world.paul
    grant = Grant.objects.get(child=world.ava, agency=world.school, ended_at=None)
    sharing.end_sharing(
        child_reference=world.ava.reference,
        grant_reference=grant.reference,
        reason="The question is answered.",
        act=act_now(world.ruth),
    )
    return person


def expired(world: Partnership) -> Membership:
    """Make a health service whose part has run out, with nothing swept since."""
    now = act_now(world.ruth).now
    Grant.objects.filter(child=world.ava, agency=world.health).update(
        starts_at=now - timedelta(hours=1), ends_at=now
    )
    rows = ChildPermission.listed.filter(content_object=world.ava, group=world.health.group)
    assert rows.update(valid_until=now) == 1
    return world.grace


def other_acting_membership(world: Partnership) -> Membership:
    """Make a person of the home who acts for another agency."""
    return Membership.objects.create(
        user=world.nisha.user,
        agency=world.stranger_agency,
        roles=["practitioner"],
        starts_at=world.nisha.starts_at.replace(year=2019),
    )


def left(world: Partnership) -> Membership:
    """Make a person who has left the council."""
    Membership.objects.filter(pk=world.ruth.pk).update(ends_at=act_now(world.ruth).now)
    member(world.stranger_agency, Role.PRACTITIONER)
    Membership.objects.create(
        user=world.ruth.user,
        agency=world.stranger_agency,
        roles=["practitioner"],
        starts_at=world.ruth.starts_at,
    )
    return world.ruth


def kept_from(world: Partnership) -> Membership:
    """Make a person of the council from whom the record is kept."""
    act = act_now(world.ruth)
    KeepFrom.objects.create(
        child=world.ava,
        user=world.ken.user,
        reason="relative",
        starts_at=act.now,
        made_by=world.ruth,
    )
    return world.ken


def restricted(world: Partnership) -> Membership:
    """Close the record to all but those named."""
    world.ava.is_restricted = True
    world.ava.save(update_fields=["is_restricted"])
    return world.ruth


def stranger(world: Partnership) -> Membership:
    return world.stranger


def privacy_officer(world: Partnership) -> Membership:
    return world.owen


NOT_SHARED = [
    stranger, ended, expired, other_acting_membership, left, kept_from, restricted, privacy_officer,
]  # fmt: skip


@pytest.mark.parametrize("relation", NOT_SHARED)
def test_whoever_has_no_part_learns_nothing(world: Partnership, relation: object) -> None:
    """AZ-01, AZ-02, AZ-08, AZ-09, AZ-10: 404 or 405, the same as for what does not exist."""
    client = world.client(relation(world))  # type: ignore[operator]
    absent = ask(client, "get", "/cases/MC-0000-0000-0/")
    log = Log()

    for route in sorted(OF_A_CHILD):
        address = fill(route, world)
        for verb in VERBS:
            answer = ask(client, verb, address)
            assert answer.status_code in {404, 405}, (verb, route)
            if verb == "get" and answer.status_code == 404:
                assert answer.content == absent.content  # type: ignore[attr-defined]
                assert answer.headers.items() == absent.headers.items()
            if answer.status_code == 404:
                assert log.news() == [Outcome.DENIED], (verb, route)
    for route in sorted(OWN):
        if "<" in route:
            continue
        shown = ask(client, "get", f"/{route}").content.decode()  # type: ignore[attr-defined]
        assert "Bramley" not in shown, route


def test_nobody_who_is_not_signed_in_sees_anything(world: Partnership) -> None:
    for route in sorted(OF_A_CHILD | OWN):
        for verb in VERBS:
            answer = ask(Client(), verb, fill(route, world))
            assert answer.status_code in {302, 403, 405}, (verb, route)
            if answer.status_code == 302:
                assert answer.headers["Location"].startswith("/account/sign-in/")


def test_a_password_alone_opens_no_page(world: Partnership) -> None:
    """AUTH-01: nor one that takes what strangers send, such as the pages of a report."""
    client = Client()
    client.force_login(world.joan.user)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.save()

    for route in sorted(OF_A_CHILD | OWN):
        for verb in VERBS:
            answer = ask(client, verb, fill(route, world))
            assert answer.status_code == 302, (verb, route)
            assert answer.headers["Location"].startswith("/account/"), (verb, route)


# What the agencies with a part get of the pages about the child: statuses by page, GET.
PAGES = {
    "cases/<str:reference>/": {"joan", "ruth", "ken", "nisha", "paul", "grace", "tom", "beth", "lena"},
    "cases/<str:reference>/history/": {"joan", "ruth", "ken"},
    "cases/<str:reference>/episodes/": {"joan", "ruth", "ken", "nisha", "tom", "beth"},
    "cases/<str:reference>/sharing/": {"joan", "ruth", "ken"},
    "cases/<str:reference>/episodes/<str:episode_reference>/located/": {"joan"},
    "cases/<str:reference>/episodes/<str:episode_reference>/prevention-interview/": {"joan"},
    "cases/<str:reference>/updates/add/": {
        "joan", "ruth", "ken", "nisha", "paul", "grace", "tom", "beth", "lena",
    },
    "cases/<str:reference>/places/<str:location_reference>/": {"joan", "ruth", "ken", "nisha", "beth"},
    "report/sent/<str:reference>/": {"nisha"},
    "alerts/<str:reference>/": {"joan", "dana"},
    **{route: set(who) for app in APPS for route, who in app.PAGES.items()},
}  # fmt: skip
# A person outside their own work is asked first why they open these.
ASKED_WHY = ("cases/", "notifications/<", "summaries/")
CANARIES = {words: who for app in APPS for words, who in app.CANARIES.items()}
PEOPLE = ("joan", "dana", "ruth", "ken", "nisha", "paul", "grace", "tom", "beth", "lena")


@pytest.mark.parametrize("name", PEOPLE)
def test_each_part_opens_just_its_pages(world: Partnership, name: str) -> None:
    """AZ-02, LOC-01, LOC-02: own, shared, not shared: the table of `design.md` section 4.

    A GET changes nothing but the act log. No page shows a place to a GET; what was reported only
    to whom it is for.
    """
    client = world.client(getattr(world, name))
    reads_reports = {"joan", "ruth", "ken", "nisha"}

    for route in sorted(OF_A_CHILD | OWN):
        with nothing_changes(route):
            answer = ask(client, "get", fill(route, world))
        if name == "dana" and route in PAGES and route.startswith(ASKED_WHY):
            assert answer.status_code == 302, route  # outside her own work: why open this?
        elif route in PAGES:
            is_shown = answer.status_code in {200, 302}
            assert is_shown == (name in PAGES[route]), (route, answer.status_code)
        shown = getattr(answer, "content", b"").decode()
        assert CANARY_PLACE not in shown, route
        assert "CT9 1" not in shown, route  # with its space: tokens are chance letters
        if name not in reads_reports:
            assert CANARY_WORRY not in shown, route
            assert CANARY_PHONE not in shown, route
            assert "9990000018" not in shown.replace(" ", "") or name == "grace", route
        for words, who in CANARIES.items():
            assert words not in shown or name in who, (words, route)


@pytest.mark.parametrize("name", ["ruth", "stranger"])
def test_a_head_changes_no_more_than_a_get(world: Partnership, name: str) -> None:
    client = world.client(getattr(world, name))
    for route in sorted(OF_A_CHILD | OWN):
        address = fill(route, world)
        with nothing_changes(route):
            for verb in SAFE:
                ask(client, verb, address)


@contextmanager
def nothing_changes(route: str) -> Iterator[None]:
    """Fail if a table has been written to meanwhile, but the act log."""
    with connection.cursor() as cursor:
        before = _counters(cursor)
        yield
        changed = {
            table
            for table, value in _counters(cursor).items()
            if before.get(table) != value and not table.startswith("audit_entry")
        }
    assert not changed, (route, changed)


def _counters(cursor: object) -> dict[str, int]:
    """Return how many rows each table has had written by this transaction."""
    cursor.execute(  # type: ignore[attr-defined]
        "SELECT relname, n_tup_ins + n_tup_upd + n_tup_del FROM pg_stat_xact_user_tables"
    )
    return dict(cursor.fetchall())  # type: ignore[attr-defined]
