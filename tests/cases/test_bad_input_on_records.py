"""Bad input on the forms of a record: a message at the field, what was typed kept, nothing changed."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from cases.models import (
    Child,
    ChildPermission,
    Grant,
    MatchQuestion,
    MissingEpisode,
    Report,
    SharingDecision,
    Update,
)
from cases.services import matching, reports, returns
from cases.services.children import Described
from cases.services.reports import Place, Reported
from missingchildren.alerts.models import Alert
from missingchildren.core.verdicts import RuleBroken
from tests.partnership import Partnership, act_now
from tests.web.forms_contract import assert_contract

pytestmark = pytest.mark.django_db

SPRING = {"day": "29", "month": "3", "year": "2026", "time": "01:30"}
AUTUMN = {"day": "25", "month": "10", "year": "2026", "time": "01:30"}
TO_COME = {"day": "1", "month": "1", "year": "2099", "time": "10:00"}
LONG_AGO = {"day": "1", "month": "1", "year": "2026", "time": "10:00"}


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


def at(name: str, parts: dict[str, str]) -> dict[str, str]:
    return {f"{name}-{part}": value for part, value in parts.items()}


def address(world: Partnership, page: str) -> str:
    episode = MissingEpisode.objects.get(child=world.ava).reference
    agency = world.stranger_agency.reference
    places = {
        "return": f"episodes/{episode}/return/",
        "accept": f"episodes/{episode}/accept/",
        "update": "updates/add/",
        "share": f"sharing/with/{agency}/",
        "not share": f"sharing/not-with/{agency}/",
    }
    return f"/cases/{world.ava.reference}/{places[page]}"


def what_is_stored(world: Partnership) -> Any:
    return (
        Child.objects.filter(pk=world.ava.pk).values().get(),
        MissingEpisode.objects.filter(child=world.ava).values().get(),
        Update.objects.count(), Grant.objects.count(), SharingDecision.objects.count(),
        Alert.objects.count(),
    )  # fmt: skip


def said(**changes: str) -> dict[str, str]:
    """Return an ordinary update."""
    now = datetime.now(tz=UTC) - timedelta(days=1)
    ordinary = {
        "kind": "information", "text": "Seen by the pier.", "audience": "case",
        "token": str(uuid4()),
        **at("happened_at", {"day": str(now.day), "month": str(now.month),
                             "year": str(now.year), "time": "10:00"}),
    }  # fmt: skip
    return {**ordinary, **changes}


SHARING = {"part": "school", "reason": "They saw her yesterday."}
NOT_SHARING = {"reason": "She has left that school."}
BAD = {
    "return: the hour that never was": (
        "joan", "return", {**at("returned_at", SPRING), "precision": "exact"}, "clocks went forward",
    ),
    "return: the hour that came twice": (
        "joan", "return", {**at("returned_at", AUTUMN), "precision": "exact"}, "came twice",
    ),
    "return: to come": (
        "joan", "return", {**at("returned_at", TO_COME), "precision": "exact"}, "must be in the past",
    ),
    "return: before missing": (
        "joan", "return", {**at("returned_at", LONG_AGO), "precision": "exact"},
        "must be after the time the child went missing",
    ),
    "return: no such day": (
        "joan", "return", {**at("returned_at", {**LONG_AGO, "day": "32"}), "precision": "exact"},
        "real date",
    ),
    "return: nothing": ("joan", "return", {}, "Enter time of return"),
    "update: the hour that never was": (
        "ruth", "update", said(**at("happened_at", SPRING)), "clocks went forward",
    ),
    "update: to come": (
        "ruth", "update", said(**at("happened_at", TO_COME)), "must be in the past",
    ),
    "update: NUL": ("ruth", "update", said(text="By the\x00 pier"), "cannot be shown"),
    "update: right to left": (
        "ruth", "update", said(text="By the \u202epier"), "direction of writing",
    ),
    "update: 1 MB": ("ruth", "update", said(text="x" * 1_000_000), "5,000 characters or fewer"),
    "update: blank": ("ruth", "update", said(text="  "), "What do you know?"),
    "update: an audience of others": (
        "ruth", "update", said(audience="own"), "Choose one of the answers shown",
    ),
    "share: it ends before it begins": (
        "ruth", "share", {**SHARING, **at("ends_on", {"day": "1", "month": "1", "year": "2026"})},
        "must be in the future",
    ),
    "share: no reason": ("ruth", "share", {**SHARING, "reason": "x"}, "in a sentence"),
    "share: a part of others": (
        "ruth", "share", {**SHARING, "part": "lead force"}, "Choose one of the answers shown",
    ),
    "not share: looked at again yesterday": (
        "ruth", "not share",
        {**NOT_SHARING, **at("review_on", {"day": "1", "month": "1", "year": "2026"})},
        "must be in the future",
    ),
    "not share: no reason": (
        "ruth", "not share",
        {"reason": "no", **at("review_on", {"day": "1", "month": "1", "year": "2099"})},
        "in a sentence",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_said_at_the_field_kept_and_changes_nothing(
    world: Partnership, name: str
) -> None:
    """TIME-04, TIME-08, A11Y-14."""
    person, page, typed, message = BAD[name]
    before = what_is_stored(world)
    client = world.client(getattr(world, person))

    answer = client.post(address(world, page), typed, secure=True)

    shown = answer.content.decode()
    form = answer.context["form"]
    told = [str(error) for errors in form.errors.values() for error in errors]
    assert told, "it was taken"
    assert form.errors.keys() - {"__all__"}, "the message stands at a field"
    assert message in " ".join(told) or message in shown[shown.find("There is a problem") :][:900]
    assert_contract(answer, form)  # type: ignore[arg-type]
    assert what_is_stored(world) == before


def test_an_hour_that_came_twice_can_be_said_exactly(world: Partnership) -> None:
    """TIME-04: before or after the clocks went back; both are kept as they were meant."""
    client = world.client(world.ruth)
    asked = client.post(
        address(world, "update"), said(**at("happened_at", AUTUMN)), secure=True
    ).content.decode()
    assert 'name="happened_at-occurrence"' in asked

    for choice in ("first", "second"):
        typed = said(**at("happened_at", {**AUTUMN, "occurrence": choice}))
        assert client.post(address(world, "update"), typed, secure=True).status_code == 302

    times = list(Update.objects.order_by("happened_at").values_list("happened_at", flat=True))
    assert times == [
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ]  # fmt: skip


def test_pressing_twice_adds_one_update(world: Partnership) -> None:
    client = world.client(world.ruth)
    typed = said()

    first = client.post(address(world, "update"), typed, secure=True)
    second = client.post(address(world, "update"), typed, secure=True)

    assert first.status_code == second.status_code == 302
    assert Update.objects.count() == 1


def test_a_return_recorded_meanwhile_is_shown_and_what_was_typed_kept(world: Partnership) -> None:
    """CON-02: nothing is written over what somebody else has recorded."""
    act = act_now(world.joan)
    episode = MissingEpisode.objects.get(child=world.ava)
    client = world.client(world.joan)
    page = client.get(address(world, "return"), secure=True)
    MissingEpisode.objects.filter(pk=episode.pk).update(version=episode.version + 1)
    local = act.now.astimezone(UTC)
    typed = {
        **at("returned_at", {"day": str(local.day), "month": str(local.month),
                             "year": str(local.year), "time": f"{local:%H:%M}"}),
        "precision": "about", "version": str(page.context["form"]["version"].value()),
    }  # fmt: skip

    answer = client.post(address(world, "return"), typed, secure=True)

    assert answer.status_code == 409
    assert f'value="{local:%H:%M}"' in answer.content.decode()
    assert "What is recorded now" in answer.content.decode()
    episode.refresh_from_db()
    assert episode.returned_at is None


def test_a_form_open_since_before_the_part_ran_out_writes_nothing(world: Partnership) -> None:
    """AZ-09: as for AZ-08, with nothing swept."""
    client = world.client(world.paul)
    open_form = client.get(address(world, "update"), secure=True)
    assert open_form.status_code == 200
    now = act_now(world.paul).now
    Grant.objects.filter(child=world.ava, agency=world.school).update(
        starts_at=now - timedelta(hours=1), ends_at=now
    )
    ChildPermission.listed.filter(group=world.school.group).update(valid_until=now)

    answer = client.post(address(world, "update"), said(), secure=True)

    assert answer.status_code == 404
    assert answer.content == client.get("/cases/MC-0000-0000-0/", secure=True).content
    assert not Update.objects.exists()


@pytest.mark.parametrize(
    "typed", ["MC-7K3Q-9F2H-", "../../etc", "1", "%00", "x" * 500, "MC-0000-0000-1"]
)
def test_a_malformed_reference_is_like_one_that_does_not_exist(
    world: Partnership, typed: str
) -> None:
    client = world.client(world.ruth)
    absent = client.get("/cases/MC-0000-0000-0/", secure=True)

    answer = client.get(f"/cases/{typed}/", secure=True)

    assert answer.status_code == 404
    assert answer.content == absent.content


# --- episodes that would overlap


def came_back(world: Partnership) -> MissingEpisode:
    act = act_now(world.joan)
    return returns.record_return(
        episode_reference=MissingEpisode.objects.get(child=world.ava).reference,
        returned_at=act.now - timedelta(minutes=10), version=None, act=act,
    )  # fmt: skip


def test_a_report_of_a_time_before_the_last_return_is_refused_at_the_field(
    world: Partnership,
) -> None:
    came_back(world)
    client: Client = world.client(world.nisha)
    client.post("/report/", {"child": world.ava.reference}, secure=True)
    seen = datetime.now(tz=UTC) - timedelta(minutes=40)
    typed = {
        "seen": {**at("last_seen_at", {"day": str(seen.day), "month": str(seen.month),
                                       "year": str(seen.year), "time": f"{seen:%H:%M}"}),
                 "precision": "exact"},
        "place": {"where": "own"},
        "worry": {"why_worried": "She did not come to tea."},
        "tried": {"done_so_far": ""},
        "contact": {"contact_name": "Nisha", "contact_phone": "01632 960 001"},
    }  # fmt: skip
    for page, answers in typed.items():
        client.post(f"/report/{page}/", answers, secure=True)

    answer = client.post("/report/check/", {}, secure=True)

    assert answer.status_code == 409
    assert "Say when they were last seen since then" in answer.content.decode()
    assert "/report/seen/" in answer.content.decode(), "the way back to the field"
    assert Report.objects.count() == 1
    kept = client.get("/report/worry/", secure=True).content.decode()
    assert "She did not come to tea." in kept


def test_records_missing_at_the_same_time_are_not_joined(world: Partnership) -> None:
    """The older record's episode is over, and the report's overlaps it: a person sorts it out."""
    act = act_now(world.beth)
    ended = came_back(world)
    report = reports.report_missing(
        reported=Reported(
            described=Described(
                given_names="Ava", family_name="Bramley", date_of_birth=world.ava.date_of_birth
            ),
            last_seen_at=ended.started_at + timedelta(minutes=1),
            place=Place(postcode="CT9 1AA"),
            why_worried="x", contact_name="Beth", contact_phone="01632 960 002",
        ),
        token=uuid4(), act=act,
    )  # fmt: skip
    question = MatchQuestion.objects.get()
    client = world.client(world.ruth)

    answer = client.post(
        f"/questions/{question.reference}/", {"answer": MatchQuestion.Answer.SAME}, secure=True
    )

    assert "already missing at the time of this report" in answer.content.decode()
    with pytest.raises(RuleBroken, match="already missing"):
        matching.answer_match(
            reference=question.reference, answer=MatchQuestion.Answer.SAME, act=act_now(world.ruth)
        )
    report.refresh_from_db()
    question.refresh_from_db()
    assert report.child != world.ava
    assert not question.answer
