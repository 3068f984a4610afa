"""Bad input on the forms of what comes after missing: located, interview, close, more time."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from cases.models import (
    Child,
    Deadline,
    Extension,
    Location,
    MissingEpisode,
    PoliceNote,
    PreventionInterview,
)
from cases.rules import Clock
from cases.services import returns
from missingchildren.agencies.models import Membership, Role
from missingchildren.alerts.models import Alert
from missingchildren.core.clock import in_london
from tests.cases.test_bad_input_on_records import AUTUMN, LONG_AGO, SPRING, TO_COME, at
from tests.partnership import Partnership, act_now, member
from tests.web.forms_contract import assert_contract

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
SAID = "An older man drove her to the front."
WHY = "The officer who spoke with her is off sick."
LONG = "She walked along the front. " * 2200  # 61,600 characters


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


@pytest.fixture
def priya(world: Partnership) -> Membership:
    return member(world.kent_police, Role.MANAGER, unit=world.desk, name="Priya Nair")


def parts(name: str, instant: datetime) -> dict[str, str]:
    local = in_london(instant)
    return at(name, {"day": str(local.day), "month": str(local.month), "year": str(local.year),
                     "time": f"{local:%H:%M}"})  # fmt: skip


def minutes_ago(number: int) -> datetime:
    return datetime.now(tz=UTC) - number * MINUTE


def address(world: Partnership, page: str) -> str:
    episode = MissingEpisode.objects.get(child=world.ava).reference
    record = f"/cases/{world.ava.reference}"
    if page == "extend":
        owed = Deadline.objects.get(kind=Clock.PREVENTION_INTERVIEW)
        return f"{record}/deadlines/{owed.own_reference}/extend/"
    return f"{record}/episodes/{episode}/{page}/"


def bring_to(world: Partnership, page: str) -> None:
    """Let happen what the page is about."""
    act = act_now(world.joan)
    episode = MissingEpisode.objects.get(child=world.ava)
    if page in {"prevention-interview", "extend"}:
        returns.record_located(
            episode_reference=episode.reference, located_at=act.now - 20 * MINUTE,
            not_home_because=MissingEpisode.NotHome.REFUSES, version=None, token=None, act=act,
        )  # fmt: skip
    if page == "close":
        returns.record_return(
            episode_reference=episode.reference, returned_at=act.now, version=None, act=act
        )


def what_is_stored(world: Partnership) -> Any:
    return (
        Child.objects.filter(pk=world.ava.pk).values().get(),
        MissingEpisode.objects.filter(child=world.ava).values().get(),
        list(Deadline.objects.order_by("pk").values()),
        [model.objects.count() for model in (
            Location, PreventionInterview, PoliceNote, Extension, Alert,
        )],
    )  # fmt: skip


def located(**changes: str) -> dict[str, str]:
    return {
        **parts("located_at", minutes_ago(20)), "precision": "exact", "not_home_because": "refuses",
        "not_home_words": "", "place": "", "postcode": "", "version": "2", "token": str(uuid4()),
        **changes,
    }  # fmt: skip


def interviewed(**changes: str) -> dict[str, str]:
    return {
        "how": "face_to_face", **parts("held_at", minutes_ago(5)), "text": SAID,
        "audience": "statutory", "police_only": "", "token": str(uuid4()), **changes,
    }  # fmt: skip


def closed(**changes: str) -> dict[str, str]:
    return {"reason": WHY, "version": "3", "token": str(uuid4()), **changes}


def extended(**changes: str) -> dict[str, str]:
    return {
        **parts("new_due_at", minutes_ago(-60 * 48)), "reason": WHY, "version": "1",
        "token": str(uuid4()), **changes,
    }  # fmt: skip


Typed = Callable[[], dict[str, str]]
BAD: dict[str, tuple[str, Typed, str, str]] = {
    "located: the hour that never was": ("located", lambda: located(**at("located_at", SPRING)), "located_at", "clocks went forward"),
    "located: the hour that came twice": ("located", lambda: located(**at("located_at", AUTUMN)), "located_at", "came twice"),
    "located: to come": ("located", lambda: located(**at("located_at", TO_COME)), "located_at", "must be in the past"),
    "located: before last seen": ("located", lambda: located(**parts("located_at", minutes_ago(90))), "located_at", "after the child was last seen"),
    "located: before birth": ("located", lambda: located(**at("located_at", {**LONG_AGO, "year": "1999"})), "located_at", "after the child was last seen"),
    "located: no such day": ("located", lambda: located(**at("located_at", {**LONG_AGO, "day": "32"})), "located_at", "real date"),
    "located: nothing": ("located", lambda: {"token": str(uuid4())}, "not_home_because", "Answer “Why is the child not home yet?”"),
    "located: a reason of one's own": ("located", lambda: located(not_home_because="asleep"), "not_home_because", "Choose one of the answers"),
    "located: another reason, unsaid": ("located", lambda: located(not_home_because="other"), "not_home_words", "Say why the child is not home yet"),
    "located: no postcode": ("located", lambda: located(postcode="Margate"), "postcode", "full UK postcode"),
    "located: NUL": ("located", lambda: located(not_home_words="In \x00 A and E"), "not_home_words", "cannot be shown"),
    "located: 60,000 characters": ("located", lambda: located(not_home_words=LONG), "not_home_words", "500 characters or fewer"),
    "interview: the hour that never was": ("prevention-interview", lambda: interviewed(**at("held_at", SPRING)), "held_at", "clocks went forward"),
    "interview: to come": ("prevention-interview", lambda: interviewed(**at("held_at", TO_COME)), "held_at", "must be in the past"),
    "interview: before located": ("prevention-interview", lambda: interviewed(**parts("held_at", minutes_ago(40))), "held_at", "after the child was located"),
    "interview: no time": ("prevention-interview", lambda: interviewed(**at("held_at", dict.fromkeys(SPRING, ""))), "held_at", "Enter the time of the interview"),
    "interview: nothing said": ("prevention-interview", lambda: interviewed(text=" "), "text", "What did you learn"),
    "interview: 60,000 characters": ("prevention-interview", lambda: interviewed(text=LONG), "text", "10,000 characters or fewer"),
    "interview: police only, 60,000": ("prevention-interview", lambda: interviewed(police_only=LONG), "police_only", "10,000 characters or fewer"),
    "interview: an audience of others": ("prevention-interview", lambda: interviewed(audience="own"), "audience", "Choose one of the answers"),
    "close: no reason": ("close", lambda: closed(reason=""), "reason", "Say in a sentence"),
    "close: a word": ("close", lambda: closed(reason="busy"), "reason", "Say in a sentence"),
    "close: 60,000 characters": ("close", lambda: closed(reason=LONG), "reason", "500 characters or fewer"),
    "more time: past": ("extend", lambda: extended(**parts("new_due_at", minutes_ago(5))), "new_due_at", "must be in the future"),
    "more time: before the old": ("extend", lambda: extended(**parts("new_due_at", minutes_ago(-60))), "new_due_at", "after the old one"),
    "more time: a slip in the year": ("extend", lambda: extended(**at("new_due_at", TO_COME)), "new_due_at", "within a year"),
    "more time: the hour that never was": ("extend", lambda: extended(**at("new_due_at", SPRING)), "new_due_at", "clocks went forward"),
    "more time: no reason": ("extend", lambda: extended(reason="busy"), "reason", "in a sentence"),
    "more time: 60,000 characters": ("extend", lambda: extended(reason=LONG), "reason", "500 characters or fewer"),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_said_at_the_field_kept_and_changes_nothing(
    world: Partnership, priya: Membership, name: str
) -> None:
    """TIME-04, TIME-08, A11Y-14."""
    page, typed, field, message = BAD[name]
    bring_to(world, page)
    before = what_is_stored(world)

    answer = world.client(priya).post(address(world, page), typed(), secure=True)

    assert answer.status_code in {200, 409}
    form = answer.context["form"]
    assert message in " ".join(str(error) for error in form.errors[field])
    assert_contract(answer, form)  # type: ignore[arg-type]
    assert what_is_stored(world) == before


def test_an_hour_that_came_twice_can_be_said_exactly(world: Partnership, priya: Membership) -> None:
    """TIME-04: more time until before or after the clocks go back."""
    bring_to(world, "extend")
    Deadline.objects.filter(kind=Clock.PREVENTION_INTERVIEW).update(version=1)
    year = in_london(datetime.now(tz=UTC)).year
    autumn = next(
        day
        for day in (datetime(year, 10, 31) - timedelta(days=back) for back in range(7))  # noqa: DTZ001
        if day.weekday() == 6
    )
    if autumn.replace(tzinfo=UTC) < datetime.now(tz=UTC) + timedelta(days=2):
        year += 1
        autumn = next(
            day
            for day in (datetime(year, 10, 31) - timedelta(days=back) for back in range(7))  # noqa: DTZ001
            if day.weekday() == 6
        )
    when = {"day": str(autumn.day), "month": "10", "year": str(year), "time": "01:30"}
    client = world.client(priya)
    asked = client.post(
        address(world, "extend"), extended(**at("new_due_at", when)), secure=True
    ).content.decode()
    assert "came twice" in asked

    for version, choice in (("1", "first"), ("2", "second")):
        typed = extended(**at("new_due_at", {**when, "occurrence": choice}), version=version)
        assert client.post(address(world, "extend"), typed, secure=True).status_code == 302

    earlier, later = Extension.objects.order_by("pk").values_list("due_after", flat=True)
    assert later - earlier == timedelta(hours=1)


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("located", located), ("prevention-interview", interviewed), ("close", closed),
        ("extend", extended),
    ],
)  # fmt: skip
def test_pressing_twice_counts_once(
    world: Partnership, priya: Membership, page: str, typed: Typed
) -> None:
    bring_to(world, page)
    sent, client = typed(), world.client(priya)
    assert client.post(address(world, page), sent, secure=True).status_code == 302
    once = what_is_stored(world)

    assert client.post(address(world, page), sent, secure=True).status_code == 302

    assert what_is_stored(world) == once


@pytest.mark.parametrize(("page", "typed"), [("located", located), ("close", closed)])
def test_what_somebody_else_recorded_meanwhile_is_shown_and_what_was_typed_kept(
    world: Partnership, priya: Membership, page: str, typed: Typed
) -> None:
    """CON-02: both versions."""
    bring_to(world, page)
    MissingEpisode.objects.filter(child=world.ava).update(version=9)
    before = what_is_stored(world)
    sent = typed()

    answer = world.client(priya).post(address(world, page), sent, secure=True)

    words = answer.content.decode()
    assert answer.status_code == 409
    assert "What is recorded now" in words
    kept = sent.get("located_at-time") or WHY
    assert kept in words
    assert what_is_stored(world) == before
