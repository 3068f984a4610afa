"""The demonstration loads as its cast and stories say, with nothing in the future."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from cases import access, queries
from cases.models import Child, ChildName, MatchQuestion, MissingEpisode
from cases.rules import EpisodeState
from missingchildren.agencies import factors
from missingchildren.agencies import queries as agency_queries
from missingchildren.agencies.models import Agency, AgencyArea, DutyContact, Membership, User
from missingchildren.alerts.models import Alert, Delivery
from missingchildren.audit.acts import database_now
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import NotFound
from missingchildren.demo import cast, sign_in
from missingchildren.demo.management.commands.load_demo import Command, load
from tests.demonstration import QUICK_HASHER, client_of
from tests.signing_in import code_at

FICTION = "Everything here is fictional."


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[datetime]:
    """Load once for every test here; what they write is undone with it."""
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        patch.setattr("django.conf.settings.PASSWORD_HASHERS", QUICK_HASHER)
        load()
        yield database_now()
        transaction.set_rollback(True)


def child(name: str) -> Child:
    given_names, family_name = name.split()
    return ChildName.objects.get(given_names=given_names, family_name=family_name).child


def latest_episode(name: str) -> MissingEpisode:
    episode = child(name).episodes.order_by("-started_at").first()
    assert episode is not None
    return episode


# --- who is there


def test_every_agency_and_person_of_the_cast_is_there(loaded: datetime) -> None:
    assert Agency.objects.count() == 12
    assert Membership.objects.live(loaded).count() == User.objects.count() == 25


@pytest.mark.parametrize(
    ("code", "name"),
    [
        (cast.KENT, "Kent County Council"),
        (cast.BIRMINGHAM, "Birmingham Children's Trust, for the City Council"),
        (cast.DUDLEY, "Dudley Metropolitan Borough Council"),
        (cast.CARDIFF, "Cardiff Council"),
        (cast.KENT_POLICE_AREA, "Kent Police"),
        (cast.WEST_MIDLANDS_POLICE_AREA, "West Midlands Police"),
    ],
)
def test_real_areas_are_answered_for(loaded: datetime, code: str, name: str) -> None:
    served = AgencyArea.objects.on(london_day(loaded)).get(area=code, is_statutory=True)

    assert agency_queries.agency_answering_for(served.area, london_day(loaded)) == served.agency
    assert served.agency.name == name


def test_every_agency_can_be_reached(loaded: datetime) -> None:
    for agency in Agency.objects.all():
        assert DutyContact.objects.live(loaded).verified().filter(agency=agency, unit=None).exists()


def test_everyone_signs_in_with_the_printed_password_and_key(loaded: datetime) -> None:
    for user in User.objects.all():
        assert user.check_password(sign_in.PASSWORD)
        code = code_at(loaded.timestamp(), sign_in.seed_of(user.email))
        at = loaded.timestamp()
        assert factors.matching_step(secret=sign_in.seed_of(user.email), code=code, at=at)
        assert factors.held_by(user) == {"totp": True, "recovery_codes": True}


# --- the stories


def test_ava_is_missing_and_accepted_for_the_fourth_time_in_ninety_days(loaded: datetime) -> None:
    episode = latest_episode("Ava Bramley")

    assert episode.state == EpisodeState.MISSING
    assert loaded - episode.reported_at == timedelta(minutes=40)
    assert episode.accepted_at == loaded - timedelta(minutes=36)
    assert episode.police_reference
    recent = episode.child.episodes.filter(started_at__gt=loaded - timedelta(days=90))
    assert recent.count() == 4


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Jayden Cole", EpisodeState.RETURNED),
        ("Mia Thornbury", EpisodeState.RETURNED),
        ("Leo Sandhu", EpisodeState.RETURNED),
        ("Ellis Grant", EpisodeState.MISSING),
        ("Noor Hassan", EpisodeState.MISSING),
        ("Chloe Merritt", EpisodeState.RETURNED),
        ("Rhys Parry", EpisodeState.RETURNED),
        ("Callum Reid", EpisodeState.REPORTED),
        ("Amelia Osbourne", EpisodeState.MISSING),
    ],
)
def test_each_story_stands_where_it_should(
    loaded: datetime, name: str, state: EpisodeState
) -> None:
    assert latest_episode(name).state == state


def test_the_clocks_of_the_stories(loaded: datetime) -> None:
    assert latest_episode("Jayden Cole").returned_at == loaded - timedelta(hours=61)
    assert loaded - latest_episode("Ellis Grant").reported_at == timedelta(days=26)
    assert child("Chloe Merritt").episodes.count() == 9
    born, turns = child("Noor Hassan").date_of_birth, london_day(loaded) + timedelta(days=9)
    assert born is not None
    assert turns.year - born.year == 18
    assert (turns - born.replace(year=turns.year)).days == 0


def test_a_duty_desk_has_a_report_to_accept_and_another_a_question(loaded: datetime) -> None:
    joan = cast.act_of("joan.mercer", at=loaded)
    waiting = Alert.objects.waiting().get(agency=joan.agency)
    assert waiting.child_id == child("Callum Reid").pk

    question = MatchQuestion.objects.get()
    assert question.answer == ""
    assert question.candidate == child("Amelia Osborne")
    assert question.unit_id in cast.act_of("ken.osei", at=loaded).unit_ids


def test_the_child_who_has_died_is_shown_only_to_those_named(loaded: datetime) -> None:
    tessa = child("Tessa Marlow")
    assert tessa.is_restricted
    assert not Alert.objects.filter(child_id=tessa.pk).exists()

    for membership in Membership.objects.all():
        person = membership.user.email.partition("@")[0]
        act = cast.act_of(person, at=loaded)
        listed = tessa in queries.children_page(act=act, search="Marlow").rows
        assert listed == (person in {"jean.holt", "colin.marsh"})
        if not listed:
            with pytest.raises(NotFound):
                access.view_of(act=act, reference=tessa.reference)


def test_forty_ordinary_children_fill_more_than_one_page(loaded: datetime) -> None:
    assert Child.objects.count() == 52
    page = queries.children_page(act=cast.act_of("ruth.adeyemi", at=loaded))
    assert page.next_key


# --- nothing odd


def test_nothing_was_done_in_the_future_or_refused(loaded: datetime) -> None:
    latest = Entry.objects.aggregate(Max("at"))["at__max"]
    assert latest <= loaded
    assert not Entry.objects.exclude(outcome=Outcome.DONE).exists()


def test_the_mailbox_is_not_flooded_at_the_start(loaded: datetime) -> None:
    assert 5 <= Delivery.objects.filter(channel="email", state="queued").count() <= 15


@pytest.mark.parametrize("person", [m.key for o in cast.ORGANISATIONS for m in o.people])
def test_everyone_can_open_their_pages(loaded: datetime, person: str) -> None:
    client = client_of(person)

    for name in ("pages:my_work", "pages:missing", "cases:list", "alerts:inbox"):
        assert client.get(reverse(name)).status_code == 200
    act = cast.act_of(person, at=loaded)
    for seen in queries.children_page(act=act).rows[:3]:
        assert client.get(reverse("cases:child", args=[seen.reference])).status_code in {200, 302}


# --- the command


def printed(*, keep: bool = False) -> str:
    out = StringIO()
    call_command(Command(stdout=out), keep=keep)
    return out.getvalue()


def test_a_database_in_use_is_refused_unless_it_is_to_be_kept(
    loaded: datetime, settings: Settings
) -> None:
    settings.FICTION_NOTICE = FICTION

    with pytest.raises(CommandError, match="not empty"):
        printed()

    kept = printed(keep=True)
    assert Child.objects.count() == 52
    assert sign_in.PASSWORD in kept
    assert "joan.mercer@kent-police.example" in kept
    assert sign_in.seed_of("joan.mercer@kent-police.example") in kept


def test_only_a_demonstration_loads_it(loaded: datetime) -> None:
    with pytest.raises(CommandError, match="not the settings of a demonstration"):
        printed()


def test_signing_in_by_hand_takes_the_password_and_a_code(
    loaded: datetime, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = QUICK_HASHER
    client, email = Client(), "nisha.roy@seaview-house.example"

    client.post(reverse("account_login"), {"login": email, "password": sign_in.PASSWORD})
    code = code_at(database_now().timestamp(), sign_in.seed_of(email))
    client.post(reverse("mfa_authenticate"), {"code": code})

    assert client.get("/").status_code == 200
