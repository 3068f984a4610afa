"""What every answer is like: problem details, headers, times, pages without row keys, the log."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Grant, MatchQuestion, Update
from cases.rules import Part
from cases.services import children, sharing, updates
from cases.services.children import Described
from missingchildren.audit.models import Entry, Outcome
from tests.api.calling import Caller
from tests.api.test_may import calls
from tests.api.test_once import report_of
from tests.partnership import Partnership, act_now
from tests.test_every_page import _counters

pytestmark = pytest.mark.django_db
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z")


def test_a_change_without_the_sessions_token_is_refused(world: Partnership) -> None:
    caller = Caller(world.nisha)
    caller.token = ""

    answer = caller.post("/reports/", report_of(world))

    assert answer.status_code == 403
    assert answer.json()["type"].endswith(":csrf")


def test_a_record_outside_ones_work_asks_for_a_reason(world: Partnership) -> None:
    """AZ-03: 403 names what to send; with a reason it opens, and the log keeps it."""
    world.report()
    dana = Caller(world.dana)
    child = f"/children/{world.ava.reference}/"

    for path in ("", "updates/", "episodes/", "sharing/", "history/"):
        asked = dana.get(f"{child}{path}")
        assert asked.status_code == 403
        assert asked.json()["type"].endswith(":reason-required")
        assert b"Bramley" not in asked.content
    vague = dana.post(f"{child}openings/", {"reason": "asked"})
    assert (vague.status_code, list(vague.json()["errors"])) == (409, ["detail"])

    given = dana.post(f"{child}openings/", {"reason": "asked", "detail": "Sgt Hall"})

    assert given.status_code == 201
    assert dana.get(child).json()["name"] == "Ava Bramley"
    assert Entry.objects.filter(verb="cases.child", basis="asked: asked").exists()


def test_answers_are_kept_nowhere_and_only_json(world: Partnership) -> None:
    caller = Caller(world.joan)
    world.report()
    for path in ("/children/", f"/children/{world.ava.reference}/", "/children/MC-0000-0000-0/"):
        answer = caller.get(path)
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "Access-Control-Allow-Origin" not in answer.headers
    as_page = caller.client.get("/api/v1/children/", headers={"accept": "text/html"}, secure=True)
    assert as_page.status_code == 406
    assert as_page.headers["Content-Type"] == "application/problem+json"
    asked_for = caller.client.get("/api/v1/children/?format=api", secure=True)
    assert asked_for.status_code == 400


def test_times_are_utc_with_their_precision_apart(world: Partnership) -> None:
    at = act_now(world.nisha).now - timedelta(hours=2)
    body = report_of(world, last_seen_at=at.isoformat(), last_seen_precision="about")
    Caller(world.nisha).post("/reports/", body)

    episode = Caller(world.joan).get(f"/children/{world.ava.reference}/").json()["episode"]

    assert INSTANT.fullmatch(episode["last_seen_at"])
    assert episode["last_seen_at"] == at.isoformat().replace("+00:00", "Z")
    assert episode["last_seen_precision"] == "about"


def test_a_joined_record_names_the_one_that_stays(world: Partnership) -> None:
    described = {"given_names": "Ava", "family_name": "Bramley", "date_of_birth": "2011-05-04"}
    body = report_of(world, described=described)
    del body["child"]
    nisha, ruth = Caller(world.nisha), Caller(world.ruth)
    assert nisha.post("/reports/", body).status_code == 201
    question = MatchQuestion.objects.get()
    shown = ruth.get(f"/questions/{question.reference}/").json()
    assert shown["reported"]["names"] == shown["on_record"]["names"] == ["Ava Bramley"]

    answered = ruth.post(f"/questions/{question.reference}/answer/", {"answer": "same"})

    assert answered.json()["answer"] == "same"
    moved = nisha.get(f"/children/{question.child.reference}/")
    assert moved.status_code == 409
    assert moved.json()["type"].endswith(":joined-record")
    assert moved.json()["reference"] == world.ava.reference
    assert Caller(world.stranger).get(f"/children/{question.child.reference}/").status_code == 404


def test_whoever_acknowledges_second_is_told_who_was_first(world: Partnership) -> None:
    """CON-01."""
    world.report()
    joan, dana = Caller(world.joan), Caller(world.dana)
    alert = joan.get("/alerts/").json()["results"][0]["reference"]

    first = joan.post(f"/alerts/{alert}/acknowledge/").json()
    second = dana.post(f"/alerts/{alert}/acknowledge/").json()

    assert first["acknowledged_by"] == second["acknowledged_by"] == "Joan Mercer"
    assert not joan.get("/alerts/", box="ours").json()["results"]
    assert [
        each["reference"] for each in joan.get("/alerts/", box="settled").json()["results"]
    ] == [alert]


# --- lists


def fill(world: Partnership, count: int) -> None:
    """Report Ava, and give the council as many children and Ava as many updates as said."""
    world.accept(world.report())
    add_children(world, count - 1)
    add_updates(world, count)


def add_children(world: Partnership, count: int) -> None:
    act = act_now(world.ruth)
    for number in range(count):
        child = children.record_child(
            described=Described(given_names=f"Child {number}", family_name="Of the council"),
            recording_agency=world.birmingham,
            act=act,
        )
        sharing.open_part(
            child=child, agency=world.birmingham, part=Part.RESPONSIBLE_COUNCIL,
            basis=Grant.Basis.RESPONSIBILITY, act=act,
        )  # fmt: skip
        sharing.recompute(child=child, act=act)


def add_updates(world: Partnership, count: int) -> None:
    act = act_now(world.ruth)
    for number in range(count):
        updates.add_update(
            child_reference=world.ava.reference, kind=Update.Kind.ENQUIRY, text=f"No. {number}",
            happened_at=act.now - timedelta(seconds=number), token=None, act=act,
        )  # fmt: skip


LISTS = ("children/", "missing/", "reports/", "alerts/", "children/{}/updates/",
         "children/{}/episodes/", "children/{}/places/", "children/{}/reports/",
         "children/{}/told/", "children/{}/sharing/", "children/{}/history/")  # fmt: skip


def test_a_list_costs_the_same_however_long(world: Partnership) -> None:
    """PERF: one row or twenty-five."""
    fill(world, 1)
    ruth = Caller(world.ruth)
    costs = {path: _cost(ruth, path, world) for path in LISTS}
    add_children(world, 24)
    add_updates(world, 24)

    for path, cost in costs.items():
        assert _cost(ruth, path, world) == cost, path


def _cost(caller: Caller, path: str, world: Partnership) -> int:
    address = f"/{path.format(world.ava.reference)}"
    assert caller.get(address).status_code == 200  # the first look fills what is read once
    with CaptureQueriesContext(connection) as queries:
        assert caller.get(address).status_code == 200
    return len(queries)


def test_pages_follow_one_another_without_row_keys(world: Partnership) -> None:
    """AZ-20: every child and update once, and no key of a row in any answer."""
    fill(world, 60)
    ruth = Caller(world.ruth)

    for path, total in (("/children/", 60), (f"/children/{world.ava.reference}/updates/", 60)):
        seen: list[str] = []
        query: dict[str, str] = {}
        while True:
            page = ruth.get(path, **query).json()
            seen += [row["reference"] for row in page["results"]]
            assert page["count"] == total
            assert not _row_keys(page)
            if page["next"] is None:
                break
            query = {"after": page["next"]}
        assert len(seen) == len(set(seen)) == total, path


def _row_keys(node: Any, name: str = "") -> list[str]:
    """Return the names of numbers that are not counts, minutes or versions."""
    if isinstance(node, dict):
        return [each for key, below in node.items() for each in _row_keys(below, key)]
    if isinstance(node, list):
        return [each for below in node for each in _row_keys(below, name)]
    is_number = isinstance(node, int) and not isinstance(node, bool)
    named = {"count", "version", "status", "warns_after_minutes"}
    return [name] if is_number and name not in named else []


def test_search_is_the_pages_search(world: Partnership) -> None:
    fill(world, 3)
    ruth = Caller(world.ruth)

    assert [row["name"] for row in ruth.get("/children/", search="bramley").json()["results"]] == [
        "Ava Bramley"
    ]
    assert ruth.get("/children/", search="nobody at all").json()["count"] == 0


# --- the log


def test_every_change_is_logged_once_under_the_api(world: Partnership) -> None:
    """AUD-01: actor, time, subjects, class."""
    episode = world.report().episode
    joan = Caller(world.joan)
    verbs = {
        "accept_report": ("cases.accept_report", "alteration"),
        "add_update": ("cases.add_update", "collection"),
        "share": ("cases.share", "disclosure"),
        "reveal_place": ("cases.reveal_location", "consultation"),
        "record_return": ("cases.record_return", "alteration"),
        "end_sharing": ("cases.end_sharing", "alteration"),
    }
    for operation, (verb, kind) in verbs.items():
        address, body = calls(world, episode)[operation]
        if "version" in body:
            episode.refresh_from_db()
            body = {**body, "version": episode.version}
        before = Entry.objects.filter(verb=verb).count()
        answer = joan.post(address, body)
        assert answer.status_code in {200, 201}, answer.content
        entry = Entry.objects.filter(verb=verb).order_by("-id")[0]
        assert Entry.objects.filter(verb=verb).count() == before + 1, verb
        assert (entry.operation, entry.outcome, entry.channel) == (kind, Outcome.DONE, "api")
        assert (entry.user_id, entry.subjects) == (world.joan.user_id, [world.ava.pk])


def test_a_refused_change_is_logged_once_with_what_it_was_asked_of(world: Partnership) -> None:
    """AUD-04: a row "denied" with the reference, no content."""
    episode = world.report().episode
    address, body = calls(world, episode)["accept_report"]

    answer = Caller(world.nisha).post(address, body)

    assert answer.status_code == 403
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.verb, entry.operation, entry.outcome) == (
        "cases.accept_report", "alteration", Outcome.DENIED,
    )  # fmt: skip
    assert {world.ava.reference, episode.reference} <= set(entry.references)


def test_a_list_is_logged_with_every_child_on_it(world: Partnership) -> None:
    """AUD-02: all subjects in one row."""
    fill(world, 25)
    Caller(world.ruth).get("/children/")

    assert len(Entry.objects.filter(verb="cases.list").order_by("-id")[0].subjects) == 25


def test_a_look_by_the_force_is_what_the_reporter_learns(world: Partnership) -> None:
    report = world.report()
    nisha = Caller(world.nisha)
    assert nisha.get(f"/reports/{report.reference}/").json()["read_at"] is None

    Caller(world.joan).get(f"/children/{world.ava.reference}/")

    assert nisha.get(f"/reports/{report.reference}/").json()["read_at"] is not None


@pytest.mark.parametrize("name", ["joan", "nisha", "paul", "stranger"])
def test_a_get_changes_nothing_but_the_act_log(world: Partnership, name: str) -> None:
    world.accept(world.report())
    caller = Caller(getattr(world, name))
    paths = [path.format(world.ava.reference) for path in (*LISTS, "session/", "children/{}/")]
    with connection.cursor() as cursor:
        for path in paths:
            before = _counters(cursor)
            caller.get(f"/{path}")
            changed = {
                table
                for table, value in _counters(cursor).items()
                if before.get(table) != value and not table.startswith("audit_entry")
            }
            assert not changed, (path, changed)
