"""Located, then returned, then closed: two times, who is told, the prevention interview, what ends."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.dispatch import Signal
from django.test.utils import CaptureQueriesContext

from cases import access, events, panels
from cases.models import (
    Deadline,
    Grant,
    Location,
    MissingEpisode,
    PoliceNote,
    PreventionInterview,
    TimelineEntry,
)
from cases.rules import Audience, Clock, EpisodeState, Fact, Part
from cases.services import closing, deadlines, returns
from cases.services.closing import ClosingCheck
from cases.services.returns import Found
from missingchildren.agencies.models import LocalProtocol, Membership, Role
from missingchildren.alerts import kinds
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted, Refused, RuleBroken, Stale
from returninterviews.models import Interview, Offer
from returninterviews.services import offers
from tests.api.calling import Caller
from tests.partnership import Partnership, act_now, member

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
HOSPITAL = MissingEpisode.NotHome.HOSPITAL
WORDS = "canary-reason: she is waiting for an X-ray"
FOUND_AT = "Canary Row, behind the arcade"
SAID = "canary-said: an older man drove her to the front"
POLICE_ONLY = "canary-police: the car belongs to"
WHY = "She has moved to Wales and nobody can ask her."


@pytest.fixture
def world(accepted_world: Partnership) -> Partnership:
    return accepted_world


@pytest.fixture
def episode(world: Partnership) -> MissingEpisode:
    """Return Ava's episode, accepted."""
    return MissingEpisode.objects.get(child=world.ava)


@pytest.fixture
def manager(world: Partnership) -> Membership:
    """Return a manager of the force that leads."""
    return member(world.kent_police, Role.MANAGER, unit=world.desk, name="Priya Nair")


def locate(world: Partnership, episode: MissingEpisode, **changes: Any) -> MissingEpisode:
    act = changes.pop("act", None) or act_now(world.joan)
    ordinary = {
        "episode_reference": episode.reference, "located_at": act.now - 20 * MINUTE,
        "not_home_because": HOSPITAL, "version": None, "token": None,
    }  # fmt: skip
    return returns.record_located(**{**ordinary, **changes}, act=act)


def come_back(world: Partnership, episode: MissingEpisode, **changes: Any) -> MissingEpisode:
    act = changes.pop("act", None) or act_now(world.joan)
    ordinary = {
        "episode_reference": episode.reference, "returned_at": act.now - 10 * MINUTE,
        "version": None,
    }  # fmt: skip
    return returns.record_return(**{**ordinary, **changes}, act=act)


def interview(world: Partnership, episode: MissingEpisode, **changes: Any) -> PreventionInterview:
    act = changes.pop("act", None) or act_now(world.joan)
    ordinary = {
        "episode_reference": episode.reference, "how": PreventionInterview.How.FACE_TO_FACE,
        "held_at": act.now - 5 * MINUTE, "text": SAID, "police_only": POLICE_ONLY, "token": None,
    }  # fmt: skip
    return returns.record_prevention_interview(**{**ordinary, **changes}, act=act)


def be_listened_to(world: Partnership, episode: MissingEpisode) -> None:
    """Let Ava be offered her return home interview, and decline it: nothing of it is left open."""
    opened = Interview.objects.get(covers__episode=episode)
    said = act_now(world.ruth)
    offers.record_offer(
        interview_reference=opened.reference, made_at=said.now, to=Offer.To.CHILD,
        channel=Offer.Channel.PHONE, result=Offer.Result.DECLINED_BY_CHILD, version=None,
        token=None, act=said,
    )  # fmt: skip
    offers.record_not_held(
        interview_reference=opened.reference, code="declined_by_child",
        carer_offer=Interview.CarerOffer.MADE, version=None, act=act_now(world.ruth),
    )  # fmt: skip


def close(by: Membership, episode: MissingEpisode, **changes: Any) -> MissingEpisode:
    ordinary = {
        "episode_reference": episode.reference, "reason": "", "version": None, "token": None,
    }  # fmt: skip
    return closing.close_episode(**{**ordinary, **changes}, act=act_now(by))


@contextmanager
def heard(*facts: Signal) -> Iterator[list[tuple[Signal, str]]]:
    """Return what is announced meanwhile, in order."""
    told: list[tuple[Signal, str]] = []

    def listen(signal: Signal, episode: MissingEpisode, **_: Any) -> None:
        told.append((signal, episode.reference))

    for fact in facts:
        fact.connect(listen)
    yield told
    for fact in facts:
        fact.disconnect(listen)


def clock(episode: MissingEpisode) -> Deadline:
    return Deadline.objects.get(kind=Clock.PREVENTION_INTERVIEW, reference=episode.reference)


# --- located


def test_located_ends_missing_and_everyone_with_a_part_is_told(
    world: Partnership, episode: MissingEpisode
) -> None:
    act = act_now(world.joan)
    with heard(events.child_located, events.child_returned) as told:
        locate(
            world, episode, act=act, not_home_words=WORDS,
            found=Found(description=FOUND_AT, postcode="CT9 1AA"),
        )  # fmt: skip

    episode.refresh_from_db()
    assert episode.state == EpisodeState.LOCATED
    assert episode.located_at == act.now - 20 * MINUTE
    assert episode.located_recorded_by == world.joan
    world.ava.refresh_from_db()
    assert world.ava.missing_since is None
    assert told == [(events.child_located, episode.reference)]
    alerts = Alert.objects.filter(kind="cases.child_located")
    assert {alert.agency for alert in alerts} == {
        world.birmingham, world.kent_council, world.west_midlands, world.home, world.school,
        world.health, world.charity,
    }  # fmt: skip
    for alert in alerts:
        message = kinds.of(alert).render(alert)
        for words in ("Ava", "Bramley", WORDS, FOUND_AT, "CT9"):
            assert words not in message.subject + message.body
    place = Location.objects.get(kind=Location.Kind.FOUND)
    assert json.loads(place.place) == {"description": FOUND_AT, "postcode": "CT9 1AA"}
    assert (place.audience, place.authority_code) == (Audience.CASE, "E10000016")
    with connection.cursor() as cursor:
        cursor.execute("SELECT place::text FROM cases_location WHERE id = %s", [place.pk])
        assert "Canary" not in cursor.fetchone()[0]
    entry = TimelineEntry.objects.get(kind=Fact.LOCATED)
    assert (entry.happened_at, entry.reference) == (episode.located_at, episode.reference)
    assert clock(episode).due_at == episode.located_at + timedelta(hours=24)
    assert clock(episode).agency == world.kent_police


def test_a_force_settles_the_hours_of_its_interview(
    world: Partnership, episode: MissingEpisode
) -> None:
    act = act_now(world.joan)
    protocol = LocalProtocol.objects.create(
        agency=world.kent_police, version=1, starts_on=act.now.date() - timedelta(days=2),
        values={"prevention_interview_hours": 6}, made_at=act.now,
    )  # fmt: skip

    locate(world, episode, act=act)

    assert clock(episode).due_at == act.now - 20 * MINUTE + timedelta(hours=6)
    assert clock(episode).protocol == protocol


def test_pages_show_both_times_why_not_home_and_no_place(
    world: Partnership, episode: MissingEpisode
) -> None:
    """LOC-01."""
    locate(world, episode, not_home_words=WORDS, found=Found(description=FOUND_AT))
    address = f"/cases/{world.ava.reference}/"
    for person in (world.joan, world.ruth, world.nisha, world.beth):
        shown = world.client(person).get(address, secure=True).content.decode()
        assert "Located, not home yet" in shown
        assert "In hospital" in shown
        assert WORDS in shown
        assert "Canary Row" not in shown
    for person in (world.paul, world.lena):
        shown = world.client(person).get(address, secure=True).content.decode()
        assert WORDS not in shown
        assert "This child is not missing now" in shown
    place = Location.objects.get(kind=Location.Kind.FOUND).reference
    revealed = world.client(world.ruth).post(f"{address}places/{place}/", secure=True)
    assert FOUND_AT in revealed.content.decode()
    receipt = world.ava.reports.get().reference
    sent = world.client(world.nisha).get(f"/report/sent/{receipt}/", secure=True).content.decode()
    assert "The child is found" in sent
    come_back(world, episode)
    shown = world.client(world.joan).get(address, secure=True).content.decode()
    assert shown.index("Located") < shown.index("Came back")


LOCATED_REFUSED: dict[str, tuple[str, dict[str, Any], type[Refused], str]] = {
    "the council": ("ruth", {}, NotPermitted, "Only the police force that leads the search"),
    "another force": ("tom", {}, NotPermitted, "Only the police force that leads the search"),
    "a stranger": ("stranger", {}, NotFound, "no such record"),
    "another reason, without words": (
        "joan", {"not_home_because": MissingEpisode.NotHome.OTHER, "not_home_words": " x "},
        RuleBroken, "Say why the child is not home yet",
    ),
    "no postcode": ("joan", {"found": Found(postcode="CT9")}, RuleBroken, "postcode"),
    "an old version": ("joan", {"version": 1}, Stale, "while you were looking"),
}  # fmt: skip


def test_the_list_of_children_tells_located_from_missing_and_from_back(
    world: Partnership, episode: MissingEpisode
) -> None:
    joan, api = world.client(world.joan), Caller(world.joan)

    def shown() -> tuple[str, str | None]:
        page = joan.get("/cases/", secure=True).content.decode()
        row = re.sub("<[^>]+>", " ", page[page.index("Bramley") :].split("</tr>")[0])
        return " ".join(row.split()[2:4]), api.get("/children/").json()["results"][0]["state"]

    assert shown() == ("Missing since", "missing")
    locate(world, episode)
    assert shown() == ("Located, not", "located, not home yet")
    come_back(world, episode)
    assert shown() == ("Not missing", None)


@pytest.mark.parametrize("name", LOCATED_REFUSED)
def test_located_is_refused_in_a_sentence_and_nothing_is_kept(
    world: Partnership, episode: MissingEpisode, name: str
) -> None:
    person, changes, error, words = LOCATED_REFUSED[name]
    membership = getattr(world, person)

    with pytest.raises(error, match=words):
        locate(world, episode, act=act_now(membership), **changes)

    episode.refresh_from_db()
    assert episode.located_at is None
    assert not Location.objects.filter(kind=Location.Kind.FOUND).exists()
    assert not Alert.objects.filter(kind="cases.child_located").exists()
    entry = Entry.objects.order_by("-id")[0]
    assert (entry.verb, entry.outcome) == ("cases.record_located", Outcome.DENIED)


def test_located_counts_once(world: Partnership, episode: MissingEpisode) -> None:
    token, act = uuid4(), act_now(world.joan)
    locate(world, episode, token=token, act=act)

    again = locate(world, episode, token=token, act=act)

    assert again.pk == episode.pk
    assert TimelineEntry.objects.filter(kind=Fact.LOCATED).count() == 1
    with pytest.raises(RuleBroken, match="already been recorded"):
        locate(world, episode, token=uuid4())
    with pytest.raises(RuleBroken, match="nothing to accept"):
        world.accept(MissingEpisode.objects.get(pk=_reported_and_located(world).pk).reports.get())


def _reported_and_located(world: Partnership) -> MissingEpisode:
    act = act_now(world.joan)
    episode = MissingEpisode.objects.get(child=world.ava)
    come_back(world, episode)
    report = world.report(last_seen_at=act.now - 5 * MINUTE)
    locate(world, report.episode, located_at=act.now)
    return report.episode


@pytest.mark.parametrize("fact", ["child_located", "child_returned", "episode_closed"])
def test_nothing_is_kept_when_what_follows_fails(
    world: Partnership, episode: MissingEpisode, manager: Membership, fact: str
) -> None:
    """The fact, what it starts and who is told are one."""

    def fail(**_: Any) -> None:
        raise RuntimeError("the follow-up failed")

    do: dict[str, Callable[[], object]] = {
        "child_located": lambda: locate(world, episode),
        "child_returned": lambda: come_back(world, episode),
        "episode_closed": lambda: close(manager, episode, reason=WHY),
    }
    if fact == "episode_closed":
        come_back(world, episode)
    before = (
        MissingEpisode.objects.values().get(),
        Alert.objects.count(),
        Deadline.objects.count(),
    )
    signal: Signal = getattr(events, fact)
    signal.connect(fail)
    try:
        with pytest.raises(RuntimeError, match="the follow-up failed"):
            do[fact]()
    finally:
        signal.disconnect(fail)

    after = (MissingEpisode.objects.values().get(), Alert.objects.count(), Deadline.objects.count())
    assert after == before


# --- back


def test_one_page_does_both_where_the_child_comes_straight_back(
    world: Partnership, episode: MissingEpisode
) -> None:
    with heard(events.child_located, events.child_returned) as told:
        back = come_back(world, episode)

    assert back.located_at == back.returned_at
    assert told == [
        (events.child_located, episode.reference), (events.child_returned, episode.reference),
    ]  # fmt: skip
    assert back.returned_at is not None
    assert clock(episode).due_at == back.returned_at + timedelta(hours=24)
    assert not Alert.objects.filter(kind="cases.child_located").exists()


def test_a_return_after_being_located_keeps_the_time_located(
    world: Partnership, episode: MissingEpisode
) -> None:
    act = act_now(world.joan)
    located_at = locate(world, episode, act=act).located_at
    with pytest.raises(RuleBroken, match="after the time the child was located"):
        come_back(world, episode, returned_at=act.now - 30 * MINUTE)
    with heard(events.child_located, events.child_returned) as told:
        back = come_back(world, episode)

    assert back.located_at == located_at
    assert told == [(events.child_returned, episode.reference)]
    with pytest.raises(RuleBroken, match="already been recorded"):
        come_back(world, episode)


def test_a_child_who_goes_missing_again_before_home_has_a_new_episode(
    world: Partnership, episode: MissingEpisode
) -> None:
    act = act_now(world.joan)
    locate(world, episode, act=act)
    with pytest.raises(RuleBroken, match="found after that time"):
        world.report(last_seen_at=act.now - 25 * MINUTE)

    again = world.report(last_seen_at=act.now - 20 * MINUTE).episode

    assert again.pk != episode.pk
    world.ava.refresh_from_db()
    assert world.ava.missing_since == again.started_at
    with pytest.raises(RuleBroken, match="gone missing again since"):
        come_back(world, episode)
    world.ava.refresh_from_db()
    assert world.ava.missing_since is not None
    with heard(events.child_located, events.child_returned) as told:
        come_back(world, again)
    assert told == [
        (events.child_located, again.reference),
        (events.child_returned, episode.reference),
        (events.child_returned, again.reference),
    ]
    episode.refresh_from_db()
    assert episode.state == EpisodeState.RETURNED
    assert episode.located_at == act.now - 20 * MINUTE
    assert Alert.objects.filter(kind="cases.child_returned", agency=world.home).count() == 1
    assert not Grant.objects.live(act.now).filter(basis=Grant.Basis.QUESTION).exists()


# --- prevention interview


def test_the_interview_is_read_by_its_audience_and_its_police_part_by_the_force(
    world: Partnership, episode: MissingEpisode
) -> None:
    """AZ-02: on the page and by the API."""
    locate(world, episode)
    held = interview(world, episode)
    record = f"/cases/{world.ava.reference}/"
    operation = (
        f"/children/{world.ava.reference}/episodes/{episode.reference}/prevention-interview/"
    )
    reads = {"joan", "ruth", "ken"}
    for name in ("joan", "ruth", "ken", "nisha", "beth", "tom", "paul", "lena", "grace"):
        person = getattr(world, name)
        page = world.client(person).get(record, secure=True).content.decode()
        answer = Caller(person).get(operation)
        assert (SAID in page) == (name in reads), name
        assert (POLICE_ONLY in page) == (name == "joan"), name
        assert (answer.status_code == 200) == (name in reads), name
        if name in reads:
            shown = answer.json()
            assert shown["text"] == SAID
            assert shown.get("police_only") == (POLICE_ONLY if name == "joan" else None)
    assert clock(episode).done_at == held.recorded_at
    note = PoliceNote.objects.get()
    assert (note.subject_reference, note.audience) == (held.reference, "own")
    entry = TimelineEntry.objects.get(kind=Fact.PREVENTION_INTERVIEW)
    assert entry.happened_at == held.held_at


def test_the_panel_of_the_interview_costs_one_query(
    world: Partnership, episode: MissingEpisode
) -> None:
    locate(world, episode)
    interview(world, episode)
    act = act_now(world.joan)
    view = access.view_of(act=act, reference=world.ava.reference)
    (panel,) = [each for each in panels.panels() if each.key == "prevention"]

    with CaptureQueriesContext(connection) as captured:
        context = panel.context(view, act)
        assert context is not None
        shown = context["interview"]
        assert (shown.text, shown.police_note, shown.owner) == (
            SAID,
            POLICE_ONLY,
            world.kent_police,
        )

    assert len(captured) == 1


INTERVIEW_REFUSED: dict[str, tuple[str, dict[str, Any], type[Refused], str]] = {
    "the council": ("ruth", {}, NotPermitted, "Only the police force that led"),
    "a stranger": ("stranger", {}, NotFound, "no such record"),
    "nothing said": ("joan", {"text": "  "}, RuleBroken, "Say what you learned"),
    "no reason": (
        "joan", {"text": " ", "how": PreventionInterview.How.NOT_HELD}, RuleBroken,
        "Say why there was no interview",
    ),
    "no time": ("joan", {"held_at": None}, RuleBroken, "Enter the time"),
}  # fmt: skip


@pytest.mark.parametrize("name", INTERVIEW_REFUSED)
def test_the_interview_is_refused_in_a_sentence(
    world: Partnership, episode: MissingEpisode, name: str
) -> None:
    person, changes, error, words = INTERVIEW_REFUSED[name]
    locate(world, episode)

    with pytest.raises(error, match=words):
        interview(world, episode, act=act_now(getattr(world, person)), **changes)

    assert not PreventionInterview.objects.exists()
    assert not PoliceNote.objects.exists()
    assert clock(episode).done_at is None


def test_the_interview_is_recorded_once_of_a_child_who_was_located(
    world: Partnership, episode: MissingEpisode
) -> None:
    with pytest.raises(RuleBroken, match="Record first that the child is located"):
        interview(world, episode)
    locate(world, episode)
    act = act_now(world.joan)
    for held_at, words in (
        (act.now + MINUTE, "must be in the past"),
        (act.now - 21 * MINUTE, "after the child was located"),
    ):
        with pytest.raises(RuleBroken, match=words):
            interview(world, episode, held_at=held_at)
    token = uuid4()
    first = interview(world, episode, token=token)
    assert interview(world, episode, token=token) == first
    with pytest.raises(RuleBroken, match="already been recorded"):
        interview(world, episode, token=uuid4())


# --- close


def test_an_episode_of_which_all_is_settled_is_closed_by_anybody_of_the_force(
    world: Partnership, episode: MissingEpisode
) -> None:
    come_back(world, episode)
    interview(world, episode)
    be_listened_to(world, episode)
    with heard(events.episode_closed) as told:
        closed = close(world.joan, episode, reason="Not asked for")

    assert closed.state == EpisodeState.CLOSED
    assert (closed.closed_by, closed.closed_reason) == (world.joan, "")
    assert told == [(events.episode_closed, episode.reference)]
    assert TimelineEntry.objects.filter(kind=Fact.CLOSED).count() == 1


def test_what_an_episode_opened_ends_with_it_and_the_responsible_council_stays(
    world: Partnership, episode: MissingEpisode, manager: Membership
) -> None:
    """AZ-08, AZ-14: the lead force keeps what it knew, without places; reporters see no more."""
    come_back(world, episode)
    joan, beth = world.client(world.joan), world.client(world.beth)
    record = f"/cases/{world.ava.reference}/"
    assert beth.get(record, secure=True).status_code == 200

    close(manager, episode, reason=WHY)

    live = Grant.objects.live(act_now(manager).now).filter(child=world.ava)
    assert {(grant.agency, grant.part) for grant in live} == {
        (world.birmingham, Part.RESPONSIBLE_COUNCIL),
        (world.home, Part.CHILDRENS_HOME),
        (world.kent_police, Part.LEAD_FORCE_AFTERWARDS),
    }
    assert beth.get(record, secure=True).status_code == 404
    shown = joan.get(record, secure=True).content.decode()
    assert WHY in shown
    assert "Record the prevention interview" not in shown
    view = access.view_of(act=act_now(world.joan), reference=world.ava.reference)
    assert "view_location" not in view.rights
    assert world.client(world.ruth).get(record, secure=True).status_code == 200
    assert WHY not in world.client(world.nisha).get(record, secure=True).content.decode()
    dropped = clock(episode)
    assert dropped.done_at is not None
    assert dropped.dropped_reason == "the missing episode is closed"


def test_whoever_still_owes_something_keeps_their_part(
    world: Partnership, episode: MissingEpisode, manager: Membership
) -> None:
    come_back(world, episode)
    act = act_now(manager)
    owed = deadlines.start(
        child=world.ava, agency=world.kent_council, unit=None, kind=Clock.MATCH_QUESTION,
        reference="TK-0000-0000-0", due_at=act.now + timedelta(days=2), act=act,
    )  # fmt: skip

    close(manager, episode, reason=WHY)

    owed.refresh_from_db()
    assert owed.done_at is None
    assert access.view_of(act=act_now(world.beth), reference=world.ava.reference)
    assert not Grant.objects.filter(agency=world.west_midlands, ended_at=None).exists()


@pytest.fixture
def _an_open_question() -> Iterator[None]:
    """Register a check that is never settled, in the registry that apps use."""
    check = ClosingCheck(
        name="tests.open", title="A question", unsettled=lambda _episode, _act: ["One is open."]
    )
    closing.register(check)
    yield
    closing.unregister(check.name)


@pytest.mark.usefixtures("_an_open_question")
def test_what_is_not_settled_is_said_and_only_a_manager_closes_with_a_reason(
    world: Partnership, episode: MissingEpisode, manager: Membership
) -> None:
    come_back(world, episode)
    interview(world, episode)
    be_listened_to(world, episode)
    address = f"/cases/{world.ava.reference}/episodes/{episode.reference}/close/"
    joan, priya = world.client(world.joan), world.client(manager)

    for answer in (joan.get(address, secure=True), joan.post(
        address, {"token": str(uuid4()), "reason": WHY, "version": "3"}, secure=True
    )):  # fmt: skip
        assert answer.status_code == 403
        assert "Only a supervisor or a manager can close it" in answer.content.decode()
        assert "One is open." in answer.content.decode()
    council = world.client(world.ruth).get(address, secure=True)
    assert council.status_code == 403
    assert "Only the police force that led the search" in council.content.decode()
    shown = Caller(world.ruth).get(
        f"/children/{world.ava.reference}/episodes/{episode.reference}/close/"
    )
    assert shown.json() == {"unsettled": ["One is open."]}
    page = priya.get(address, secure=True)
    typed = {"token": str(page.context["form"]["token"].value()), "version": "3"}
    refused = priya.post(address, {**typed, "reason": "busy"}, secure=True)
    assert refused.status_code == 409
    assert refused.context["form"].errors["reason"]
    assert "busy" in refused.content.decode()
    episode.refresh_from_db()
    assert episode.closed_at is None

    for _press in range(2):
        assert priya.post(address, {**typed, "reason": WHY}, secure=True).status_code == 302

    episode.refresh_from_db()
    assert (episode.closed_by, episode.closed_reason) == (manager, WHY)
    assert TimelineEntry.objects.filter(kind=Fact.CLOSED).count() == 1
    with pytest.raises(RuleBroken, match="already closed"):
        close(manager, episode, reason=WHY)
    with pytest.raises(RuleBroken, match="already been recorded"):
        interview(world, episode)


def test_an_episode_does_not_close_before_the_child_is_back(
    world: Partnership, episode: MissingEpisode, manager: Membership
) -> None:
    locate(world, episode)
    with pytest.raises(RuleBroken, match="Record first that the child is back"):
        close(manager, episode, reason=WHY)
    come_back(world, episode)
    with pytest.raises(Stale):
        close(manager, episode, reason=WHY, version=1)
    with pytest.raises(NotPermitted, match="Only the police force that led"):
        close(world.ruth, episode, reason=WHY)
    with pytest.raises(NotFound):
        close(world.stranger, episode, reason=WHY)


def test_a_check_is_registered_once() -> None:
    with pytest.raises(ValueError, match=r"cases\.return is already registered"):
        closing.register(ClosingCheck(name="cases.return", title="", unsettled=lambda *_: []))


# --- what the database refuses


BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "words without a reason": ({"not_home_words": "x"}, "episode_not_home_only_when_located"),
    "a reason before located": (
        {"not_home_because": "hospital", "located_at": None, "located_recorded_by": None,
         "returned_at": None, "return_recorded_by": None},
        "episode_not_home_only_when_located",
    ),
    "closed before back": (
        {"returned_at": None, "return_recorded_by": None, "closed": True},
        "episode_closes_after_return",
    ),
    "closed by nobody": ({"closed": True, "closed_by": None}, "episode_closing_has_time_and_author"),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_must_never_be_false_is_a_constraint(
    world: Partnership, episode: MissingEpisode, name: str
) -> None:
    changes, constraint = BROKEN[name]
    come_back(world, episode)
    if "closed" in changes:
        changes = {name: value for name, value in changes.items() if name != "closed"}
        changes = {"closed_at": act_now(world.joan).now, "closed_by": world.joan, **changes}

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MissingEpisode.objects.filter(pk=episode.pk).update(**changes)
