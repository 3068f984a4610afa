"""Every address of the API, present and future, for every verb, persona and relation.

A route that stands in no table here fails the build.
"""

import json
from collections.abc import Callable

import pytest
from allauth.account.internal.flows.login import record_authentication
from django.core.checks import run_checks
from django.http import HttpRequest
from django.test import Client
from rest_framework.permissions import DjangoObjectPermissions
from rest_framework.serializers import ModelSerializer
from rest_framework.views import APIView

from cases.models import Grant, MatchQuestion
from missingchildren.agencies.checks import problems_of
from missingchildren.agencies.models import Membership
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Outcome
from tests.api.calling import Caller
from tests.factories import MembershipFactory, UserFactory
from tests.partnership import (
    CANARY_PHONE,
    CANARY_PLACE,
    CANARY_WORRY,
    Partnership,
)
from tests.signing_in import sign_in
from tests.test_every_page import CANARIES, NOT_SHARED, PEOPLE, VERBS, Log, every_address
from tests.walking import APPS

pytestmark = pytest.mark.django_db

CHILD = "children/<reference:reference>/"
EPISODE = f"{CHILD}episodes/<reference:episode_reference>/"
DEADLINE = f"{CHILD}deadlines/<reference:deadline_reference>/"
# Addresses about one child: hidden is the same 404 as absent. Each with who is answered by GET.
EVERYBODY = frozenset(PEOPLE) - {"dana"}
EPISODES = frozenset({"joan", "ruth", "ken", "nisha", "tom", "beth"})
WHOLE = frozenset({"joan", "ruth", "ken"})
READ = {
    CHILD: EVERYBODY,
    f"{CHILD}updates/": EVERYBODY,
    f"{CHILD}places/": EVERYBODY,
    f"{CHILD}history/": WHOLE,
    f"{CHILD}told/": WHOLE,
    f"{CHILD}sharing/": WHOLE,
    f"{CHILD}sharing/agencies/": WHOLE,
    f"{CHILD}reports/": EPISODES,
    f"{CHILD}episodes/": EPISODES,
    EPISODE: EPISODES,
    f"{EPISODE}close/": EPISODES,
    f"{EPISODE}prevention-interview/": frozenset(),  # none is recorded here
    "reports/<reference:reference>/": frozenset({"nisha"}),
    "questions/<reference:reference>/": frozenset({"ruth", "ken"}),
    "alerts/<reference:reference>/": frozenset({"joan", "dana"}),
    **{route: who for app in APPS for route, who in app.READ.items()},
}
# Addresses that take a change only.
CHANGED = {
    f"{CHILD}openings/",
    f"{CHILD}places/<reference:location_reference>/reveal/",
    f"{EPISODE}accept/",
    f"{EPISODE}located/",
    f"{EPISODE}return/",
    f"{DEADLINE}extend/",
    f"{DEADLINE}reassign/",
    f"{DEADLINE}chase/",
    f"{CHILD}sharing/decisions/",
    f"{CHILD}sharing/<reference:grant_reference>/end/",
    "reports/<reference:reference>/calls/",
    "questions/<reference:reference>/answer/",
    "alerts/<reference:reference>/acknowledge/",
    *(route for app in APPS for route in app.CHANGED),
}
OF_A_CHILD = READ.keys() | CHANGED
# One's own: they answer everybody who acts for an agency and hold only what is theirs.
OWN = {
    "session/", "children/", "missing/", "deadlines/", "reports/", "alerts/", "schema/",
    *(route for app in APPS for route in app.OWN_OPERATIONS),
}  # fmt: skip
OF_REPORTERS = {"forces/"}
ALL = OF_A_CHILD | OWN | OF_REPORTERS
QUERIES = {f"{CHILD}sharing/agencies/": "?name=school"}


def operations() -> set[str]:
    return {
        route.removeprefix("api/v1/")
        for route in every_address()
        if route.startswith("api/v1/") and "fail" not in route
    }


@pytest.fixture
def world(asked_world: Partnership) -> Partnership:
    return asked_world


def fill(route: str, world: Partnership) -> str:
    """Return the route for Ava, her episode, a place, a grant, a question, an alert."""
    world.references = world.references or references_in(world)
    asked = QUERIES.get(route, "")
    for pattern, value in world.references.items():
        route = route.replace(pattern, value)
    assert "<" not in route
    return f"/{route}{asked}"


def references_in(world: Partnership) -> dict[str, str]:
    report = world.ava.reports.get()
    return {
        **world.walked,
        "questions/<reference:reference>": f"questions/{MatchQuestion.objects.get().reference}",
        "reports/<reference:reference>": f"reports/{report.reference}",
        "alerts/<reference:reference>": "alerts/"
        + Alert.objects.filter(agency=world.kent_police).order_by("pk")[0].reference,
        "children/<reference:reference>": f"children/{world.ava.reference}",
        "<reference:episode_reference>": report.episode.reference,
        "<reference:location_reference>": report.episode.locations.get().reference,
        "<reference:deadline_reference>": world.ava.deadlines.order_by("pk")[0].own_reference,
        "<reference:grant_reference>": Grant.objects.filter(child=world.ava)
        .order_by("pk")[0]
        .reference,
    }


def test_every_route_stands_in_a_table() -> None:
    """AZ-03: a route that no walk knows fails the build."""
    assert operations() == ALL


@pytest.mark.parametrize("relation", NOT_SHARED)
def test_whoever_has_no_part_learns_nothing(
    world: Partnership, relation: Callable[[Partnership], Membership]
) -> None:
    """AZ-03, AZ-05, AZ-08, AZ-09, AZ-10: hidden and absent are one answer, and it is logged."""
    caller = Caller(relation(world))
    absent = caller.get("/children/MC-0000-0000-0/")
    assert absent.status_code == 404
    log = Log()

    for route in sorted(OF_A_CHILD):
        for verb in VERBS:
            answer = caller.send(verb, fill(route, world), {}, key="key-of-a-stranger")
            assert answer.status_code in {404, 405}, (verb, route, answer.content)
            if answer.status_code == 404:
                assert verb in {"get", "head", "post"}
                assert answer.headers.items() == absent.headers.items()
                assert log.news() == [Outcome.DENIED], (verb, route)
                if verb != "head":
                    assert answer.content == absent.content
    for route in ("children/", "missing/", "deadlines/", "reports/"):
        assert b"Bramley" not in caller.get(f"/{route}").content, route


@pytest.mark.parametrize("name", PEOPLE)
def test_each_part_opens_just_its_operations(world: Partnership, name: str) -> None:
    """AZ-03, LOC-01, LOC-02: own, shared, not shared: the table of the design, section 4."""
    caller = Caller(getattr(world, name))

    for route, who in READ.items():
        answer = caller.get(fill(route, world))
        status = answer.status_code
        if name == "dana" and route.startswith(("children/", "notifications/<", "summaries/")):
            assert status == 403, route  # outside her own work: why are you opening this?
        else:
            assert (status == 200) == (name in who), (route, status)
            assert status in {200, 404}, route
        assert_only_what_is_for(name, answer.content.decode(), route)
    for route in sorted((OWN | OF_REPORTERS) - {"schema/"}):
        answer = caller.get(f"/{route}")
        assert answer.status_code == 200 or route in OF_REPORTERS, route
        assert_only_what_is_for(name, answer.content.decode(), route)
    assert caller.get("/schema/").status_code == 200


def assert_only_what_is_for(name: str, shown: str, route: str) -> None:
    """Find no place in the answer to a GET; what was reported only for those it is for."""
    assert CANARY_PLACE not in shown, route
    assert "CT9 1" not in shown, route  # with its space: references are chance letters
    if name not in {"joan", "ruth", "ken", "nisha"}:
        assert CANARY_WORRY not in shown, route
        assert CANARY_PHONE not in shown, route
        assert "9990000018" not in shown or name == "grace", route
    for words, who in CANARIES.items():
        assert words not in shown or name in who, (words, route)


@pytest.mark.parametrize("name", PEOPLE)
def test_no_verb_but_the_ones_described_does_anything(world: Partnership, name: str) -> None:
    """AZ-03: OPTIONS, PUT, PATCH, DELETE, TRACE."""
    caller = Caller(getattr(world, name))

    for route in sorted(ALL - {"schema/"}):
        for verb in ("options", "put", "patch", "delete", "trace"):
            answer = caller.send(verb, fill(route, world), {}, key="key-of-another-verb")
            assert answer.status_code == 405, (verb, route)
            assert set(answer.headers["Allow"].split(", ")) <= {"GET", "HEAD", "POST"}


def test_no_suffix_asks_for_another_form(world: Partnership) -> None:
    """AZ-03: there are no such addresses, whoever asks."""
    caller = Caller(world.joan)
    for route in sorted(ALL - {"schema/"}):
        for suffix in (".json", ".csv", ".html"):
            assert caller.get(fill(route, world).partition("?")[0] + suffix).status_code == 404


def test_nobody_who_is_not_signed_in_gets_anything(world: Partnership) -> None:
    """AZ-03: 401 as problem details, never a redirect."""
    caller = Caller(None)
    for route in sorted(ALL):
        for verb in ("get", "post", "put", "patch", "delete", "options"):
            answer = caller.send(verb, fill(route, world), {}, key="key-of-nobody")
            assert answer.status_code == 401, (verb, route, answer.status_code)
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert answer.headers["WWW-Authenticate"]
            assert answer.headers["Cache-Control"] == "no-store"


JSON = {"content_type": "application/json"}


def with_password(client: Client, person: Membership) -> Client:
    """Let the session say that its password was given just now."""
    request = HttpRequest()
    request.session = client.session
    record_authentication(request, person.user, "password")
    request.session.save()
    return client


def half_signed_in(world: Partnership) -> Client:
    """Sign in with a password alone, with a second factor on the account."""
    client = Client()
    sign_in(client, world.joan.user)
    session = client.session
    del session["second_factor_at"]
    session.save()
    return with_password(client, world.joan)


def without_factor(world: Partnership) -> Client:
    """Sign in with a password alone, before a second factor is there."""
    client = Client()
    client.force_login(world.joan.user)
    return with_password(client, world.joan)


def without_agency(_world: Partnership) -> Client:
    """Sign in a person who belongs to no agency."""
    client = Client()
    sign_in(client, UserFactory.create())
    return client


def closed_account(world: Partnership) -> Client:
    """Sign in a person whose membership ends before the next call."""
    client = Client()
    membership = MembershipFactory.create(agency=world.kent_police)
    sign_in(client, membership.user)
    Membership.objects.filter(pk=membership.pk).update(ends_at=membership.starts_at)
    return client


@pytest.mark.parametrize("make", [half_signed_in, without_factor, without_agency, closed_account])
def test_a_session_that_is_not_whole_gets_nothing(
    world: Partnership, make: Callable[[Partnership], Client]
) -> None:
    """AZ-03, AUTH-12: 403 as problem details, never a redirect."""
    client = make(world)
    for route in sorted(ALL - {"schema/"}):
        for verb in ("get", "post"):
            answer = getattr(client, verb)(f"/api/v1{fill(route, world)}", secure=True, **JSON)
            assert answer.status_code == 403, (verb, route)
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert b"Bramley" not in answer.content


def test_stock_object_permissions_fail_the_check() -> None:
    """AZ-05: rights are judged in one place; a view that brings its own stops the start."""

    class Stock(APIView):
        permission_classes = [DjangoObjectPermissions]

    assert {problem.id for problem in problems_of([Stock])} == {"agencies.E001", "agencies.E002"}
    assert not [each for each in run_checks(tags=["security"]) if "agencies." in str(each.id)]


def test_no_answer_is_made_of_a_model() -> None:
    """AZ-15: a newly added field of a model appears nowhere until somebody lists it."""

    def all_under(kind: type) -> set[type]:
        below: list[type] = kind.__subclasses__()
        return {kind}.union(*(all_under(each) for each in below))

    made_here = {
        each.__module__
        for each in all_under(ModelSerializer)
        if each.__module__.startswith(("cases", "missingchildren"))
    }
    assert not made_here


ALWAYS = {"reference", "name", "known_as", "pronouns", "identifiers", "may"}
KEYS = {
    **dict.fromkeys(("joan", "ruth", "ken"), ALWAYS | {"date_of_birth", "episode"}),
    **dict.fromkeys(("nisha", "tom", "beth"), ALWAYS | {"date_of_birth", "episode"}),
    "paul": ALWAYS | {"date_of_birth", "question"},
    "grace": ALWAYS | {"date_of_birth", "question"},
    "lena": ALWAYS | {"question"},
}
NUMBERS = {
    **dict.fromkeys(KEYS, frozenset()),
    **dict.fromkeys(("joan", "ruth", "ken"), frozenset({"nhs_number", "upn"})),
    "paul": {"upn"},
    "grace": {"nhs_number"},
}


@pytest.mark.parametrize("name", KEYS)
def test_a_child_has_just_the_keys_of_a_role(world: Partnership, name: str) -> None:
    """AZ-15: JSON keys for each role are those listed, and no others."""
    shown = json.loads(
        Caller(getattr(world, name)).get(f"/children/{world.ava.reference}/").content
    )

    assert shown.keys() == KEYS[name]
    assert {each["kind"] for each in shown["identifiers"]} == NUMBERS[name]
