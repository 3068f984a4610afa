"""Bad input on the way of a report: a message at the field, what was typed kept, nothing changed."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.html import escape

from cases.models import Child, Draft, MatchQuestion, MissingEpisode, Report, Update
from cases.rules import EPISODE_TRANSITIONS, EpisodeState
from cases.services import matching, reports, returns, updates
from cases.services.children import Described
from cases.services.drafts import LARGEST
from cases.services.reports import Place, Reported
from missingchildren.agencies.models import Membership
from missingchildren.alerts.models import Alert
from missingchildren.audit.models import Entry, Outcome
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale
from tests.factories import act_for
from tests.partnership import NHS_NUMBER, Partnership, act_now
from tests.signing_in import sign_in
from tests.web.forms_contract import assert_contract
from tests.web.reading_html import Page

pytestmark = pytest.mark.django_db

TIMES = {
    "in the future": ({"day": "1", "month": "1", "year": "2099", "time": "22:00"}, "past"),
    "the hour that never was": (
        {"day": "29", "month": "3", "year": "2026", "time": "01:30"}, "clocks went forward",
    ),
    "the hour that came twice": (
        {"day": "25", "month": "10", "year": "2026", "time": "01:30"}, "came twice",
    ),
    "no such day": ({"day": "31", "month": "2", "year": "2026", "time": "10:00"}, "real date"),
    "letters": ({"day": "x", "month": "y", "year": "z", "time": "q"}, ""),
}  # fmt: skip


def begin(world: Partnership) -> Client:
    client = world.client(world.nisha)
    client.post("/report/", {"child": world.ava.reference}, secure=True)
    return client


def step(client: Client, name: str, **typed: str) -> str:
    return client.post(f"/report/{name}/", typed, secure=True, follow=True).content.decode()


def seen(parts: dict[str, str]) -> dict[str, str]:
    return {f"last_seen_at-{name}": value for name, value in parts.items()} | {"precision": "exact"}


def walk(client: Client, when: datetime | None = None) -> None:
    """Answer every page with what is most ordinary."""
    at = when or datetime.now(tz=UTC) - timedelta(hours=2)
    step(client, "seen", **seen(
        {"day": str(at.day), "month": str(at.month), "year": str(at.year), "time": f"{at:%H:%M}"}
    ))  # fmt: skip
    step(client, "place", where="own")
    step(client, "worry", why_worried="She left without her coat.")
    step(client, "tried", done_so_far="")
    step(client, "contact", contact_name="Nisha", contact_phone="01632 960 001")


@pytest.mark.parametrize("name", TIMES)
def test_impossible_times_are_said_at_the_field_and_kept(world: Partnership, name: str) -> None:
    """TIME-04, TIME-08."""
    client = begin(world)
    parts, message = TIMES[name]

    shown = step(client, "seen", **seen(parts))
    assert "There is a problem" in shown
    assert f'value="{parts["time"]}"' in shown
    if name == "in the future":  # well formed: and the service says it again, when it is sent
        assert "The time last seen must be in the past" in shown
        walk_on = {"place": {"where": "own"}, "worry": {"why_worried": "x"}, "tried": {},
                   "contact": {"contact_name": "N", "contact_phone": "01632 960 001"}}  # fmt: skip
        for page, typed in walk_on.items():
            step(client, page, **typed)
        answer = client.post("/report/check/", {}, secure=True)
        assert answer.status_code == 409
        shown = answer.content.decode()

    assert message in shown
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("details", {"given_names": "A\x00va"}, "cannot be shown"),
        ("details", {"given_names": "\u202eavA"}, "direction of writing"),
        ("details", {"given_names": "x" * 1_000_000}, "must be 100 characters or fewer"),
        ("details", {"nhs_number": "999 000 0019"}, "last digit does not fit"),
        ("details", {"upn": "A1"}, "unique pupil number of a letter and 12 digits"),
        ("place", {"where": "postcode", "postcode": "75001"}, "full UK postcode"),
        ("contact", {"contact_name": "N", "contact_phone": "later"}, "telephone number, like"),
    ],
    ids=["NUL", "right to left", "1 MB", "NHS number", "UPN", "foreign", "phone"],
)
def test_malformed_answers_are_said_at_the_field(
    world: Partnership, name: str, typed: dict[str, str], message: str
) -> None:
    client = world.client(world.nisha)
    client.post("/report/", {}, secure=True)

    answer = client.post(f"/report/{name}/", typed, secure=True)

    shown = answer.content.decode()
    assert message in shown, shown[shown.find("There is a problem") :][:600]
    # At the field, and what was typed is kept.
    assert_contract(answer, answer.context["form"])  # type: ignore[arg-type]
    again = client.get(f"/report/{name}/", secure=True).content.decode()
    if len(str(typed)) < LARGEST and "\\" not in str(typed):
        assert all(escape(value) in again for value in typed.values()), "kept for later"
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("postcode", "message"),
    [("ZZ9 9ZZ", ""), ("BT1 1AA", ""), ("JE2 3AB", "Jersey"), ("CT9 1ZZ", "")],
    ids=["unknown", "Northern Ireland", "Jersey", "new"],
)
def test_a_postcode_that_the_tables_cannot_place_asks_a_person(
    world: Partnership, postcode: str, message: str
) -> None:
    client = begin(world)

    shown = step(client, "place", where="postcode", postcode=postcode)

    assert "ring 101" in shown or "Why are you worried" in shown
    assert message in shown


def test_a_report_walked_page_by_page_is_sent_once_however_often(world: Partnership) -> None:
    client = begin(world)
    walk(client)
    token = Draft.objects.get().token

    first = client.post("/report/check/", {}, secure=True)
    again = reports.report_missing(reported=_ordinary(world), token=token, act=act_now(world.nisha))

    assert first.headers["Location"] == f"/report/sent/{again.reference}/"
    assert Report.objects.count() == MissingEpisode.objects.count() == 1
    assert not Draft.objects.exists()


def _ordinary(world: Partnership, **changes: object) -> Reported:
    values = {
        "child_reference": world.ava.reference,
        "last_seen_at": act_now(world.nisha).now - timedelta(hours=1),
        "place": Place(is_own_address=True),
        "why_worried": "x",
        "contact_name": "N",
        "contact_phone": "01632 960 001",
    }
    return Reported(**{**values, **changes})  # type: ignore[arg-type]


def test_a_session_that_ends_in_the_middle_loses_nothing_typed(world: Partnership) -> None:
    client = begin(world)
    draft = Draft.objects.get()
    signed_out = Client()

    answer = signed_out.post(
        "/report/worry/",
        {"why_worried": "typed while signed out", "token": str(draft.token)},
        secure=True,
    )

    assert answer.headers["Location"].startswith("/account/sign-in/")
    shown = client.get("/report/worry/", secure=True).content.decode()
    assert "typed while signed out" in shown
    assert "You were signed out" in shown


def keep_in(shown: str) -> str:
    """Return the seal in a page's form."""
    return next(e.attributes["value"] for e in Page(shown).elements
                if e.attributes.get("name") == "keep")  # fmt: skip


def test_a_page_of_a_record_sent_after_the_session_is_kept(world: Partnership) -> None:
    """However the session ended; it is shown to its writer alone, once they are signed in again."""
    world.accept(world.report())
    address = f"/cases/{world.ava.reference}/updates/add/"
    client = world.client(world.ruth)
    page = client.get(address, secure=True).content.decode()
    said = {"kind": "sighting", "text": "By the pier, with two friends.", "keep": keep_in(page),
            "happened_at-day": "x"}  # fmt: skip

    answer = Client().post(address, said, secure=True)

    assert answer.headers["Location"] == f"/account/sign-in/?next={address}"
    assert not Update.objects.exists()
    again = client.get(address, secure=True).content.decode()
    assert "By the pier, with two friends." in again
    assert "You were signed out when you sent this page" in again
    others = world.client(world.ken).get(address, secure=True).content.decode()
    assert "By the pier" not in others


def test_what_was_kept_is_forgotten_once_it_is_sent(world: Partnership) -> None:
    world.accept(world.report())
    address = f"/cases/{world.ava.reference}/sharing/with/{world.stranger_agency.reference}/"
    client = world.client(world.ruth)
    keep = keep_in(client.get(address, secure=True).content.decode())
    said = {"part": "school", "reason": "They saw her yesterday.", "ends_on-day": ""}
    Client().post(address, {**said, "keep": keep}, secure=True)
    assert "They saw her yesterday." in client.get(address, secure=True).content.decode()

    assert client.post(address, said, secure=True).status_code == 302

    assert not Draft.objects.exists()
    assert "They saw her" not in client.get(address, secure=True).content.decode()


def test_a_seal_keeps_its_own_page_only_and_not_for_who_has_left(world: Partnership) -> None:
    world.accept(world.report())
    address = f"/cases/{world.ava.reference}/updates/add/"
    other = f"/cases/{world.ava.reference}/sharing/with/{world.stranger_agency.reference}/"
    keep = keep_in(world.client(world.ruth).get(address, secure=True).content.decode())

    Client().post(other, {"reason": "x", "keep": keep}, secure=True)
    Client().post(address, {"text": "x", "keep": keep[:-2]}, secure=True)
    Client().post(address, {"text": "x"}, secure=True)
    assert not Draft.objects.exists()

    Membership.objects.filter(pk=world.ruth.pk).update(ends_at=act_now(world.ruth).now)
    Client().post(address, {"text": "x", "keep": keep}, secure=True)
    assert not Draft.objects.exists()


def test_an_idle_session_keeps_what_is_sent_too(world: Partnership) -> None:
    world.accept(world.report())
    address = f"/cases/{world.ava.reference}/updates/add/"
    client = world.client(world.ruth)
    page = client.get(address, secure=True).content.decode()

    with time_machine.travel(datetime.now(tz=UTC) + timedelta(minutes=21), tick=False):
        answer = client.post(address, {"text": "Typed slowly.", "keep": keep_in(page)}, secure=True)

    assert answer.headers["Location"].startswith("/account/sign-in/")
    shown = world.client(world.ruth).get(address, secure=True).content.decode()
    assert "Typed slowly." in shown


def test_nobody_reads_a_draft_by_its_token(world: Partnership) -> None:
    begin(world)
    token = str(Draft.objects.get().token)

    answer = Client().post("/report/worry/", {"why_worried": "", "token": token}, secure=True)
    other = Client()
    sign_in(other, world.joan.user)

    assert answer.status_code == 302
    assert other.get("/report/worry/", secure=True).headers["Location"] == "/report/"


def test_two_windows_of_one_draft_show_both(world: Partnership) -> None:
    """CON-02: the stale page is refused, shown beside what is kept, and loses nothing."""
    client = begin(world)
    version = str(Draft.objects.get().version)
    step(client, "worry", why_worried="first window", version=version)

    answer = client.post(
        "/report/worry/", {"why_worried": "second window", "version": version}, secure=True
    )

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "first window" in shown
    assert "second window" in shown


def test_a_stale_acceptance_is_refused_with_both_versions(world: Partnership) -> None:
    """CON-02."""
    episode = world.report().episode
    address = f"/cases/{world.ava.reference}/episodes/{episode.reference}/accept/"
    client = world.client(world.joan)

    answer = client.post(address, {"police_reference": "MINE-1", "version": "7"}, secure=True)

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "MINE-1" in shown
    assert "What is recorded now" in shown
    episode.refresh_from_db()
    assert episode.accepted_at is None


def test_a_stale_service_call_raises_stale(world: Partnership) -> None:
    episode = world.report().episode

    with pytest.raises(Stale):
        reports.accept_report(
            episode_reference=episode.reference, police_reference="X", version=9,
            act=act_now(world.joan),
        )  # fmt: skip


def test_return_before_missing_and_in_the_future_are_refused(world: Partnership) -> None:
    """TIME-08."""
    episode = world.accept(world.report())
    act = act_now(world.joan)

    for at in (episode.started_at - timedelta(minutes=1), act.now + timedelta(minutes=1)):
        with pytest.raises(RuleBroken):
            returns.record_return(
                episode_reference=episode.reference, returned_at=at, version=None, act=act
            )

    episode.refresh_from_db()
    assert episode.returned_at is None


def test_a_return_ends_the_questions_and_tells_everyone(world: Partnership) -> None:
    episode = world.accept(world.report())
    act = act_now(world.joan)

    returns.record_return(
        episode_reference=episode.reference, returned_at=act.now, version=None, act=act
    )

    child = Child.objects.get(pk=world.ava.pk)
    assert child.missing_since is None
    told = set(
        Alert.objects.filter(kind="cases.child_returned").values_list("agency__name", flat=True)
    )
    assert {"Larkfield Academy", "Birmingham Children's Trust", "Seaview House"} <= told
    with pytest.raises(NotFound):
        updates.add_update(
            child_reference=child.reference, kind=Update.Kind.SIGHTING, text="x",
            happened_at=act.now, token=None, act=act_now(world.paul),
        )  # fmt: skip


def test_episodes_of_a_child_do_not_overlap(world: Partnership) -> None:
    episode = world.accept(world.report())

    with (
        pytest.raises(IntegrityError, match="episodes_of_a_child_do_not_overlap"),
        transaction.atomic(),
    ):
        MissingEpisode.objects.create(
            child=world.ava, reference="ME-0000-0000-1", started_at=episode.started_at,
            last_seen_at=episode.started_at, reported_at=episode.reported_at,
        )  # fmt: skip


def test_a_second_report_joins_the_open_episode(world: Partnership) -> None:
    first = world.report()
    second = world.report()

    assert first.episode == second.episode
    assert Report.objects.count() == 2


def test_a_certain_match_links_to_the_record(world: Partnership) -> None:
    described = Described(
        given_names="Eva", family_name="Bramly", date_of_birth=world.ava.date_of_birth,
        identifiers=(("nhs_number", NHS_NUMBER),),
    )  # fmt: skip

    report = world.report(by=world.beth, described=described)

    assert report.child == world.ava
    assert report.name_given == "Eva Bramly"
    assert not MatchQuestion.objects.exists()


def test_an_uncertain_match_asks_the_owner_and_tells_the_reporter_nothing(
    world: Partnership,
) -> None:
    described = Described(
        given_names="Ava", family_name="Bramley", date_of_birth=world.ava.date_of_birth
    )
    report = world.report(by=world.beth, described=described)
    question = MatchQuestion.objects.get()

    assert report.child != world.ava
    assert question.agency == world.birmingham
    assert Alert.objects.filter(kind="cases.match_question", agency=world.birmingham).exists()
    receipt = world.client(world.beth).get(f"/report/sent/{report.reference}/", secure=True)
    assert "We are checking whether others know this child" in receipt.content.decode()
    assert world.ava.reference not in receipt.content.decode()
    with pytest.raises(NotFound):
        matching.answer_match(
            reference=question.reference, answer=MatchQuestion.Answer.SAME, act=act_now(world.beth)
        )

    matching.answer_match(
        reference=question.reference, answer=MatchQuestion.Answer.SAME, act=act_now(world.ruth)
    )

    report.refresh_from_db()
    assert report.child == world.ava
    assert Child.objects.get(pk=world.ava.pk).missing_since
    assert Child.objects.exclude(merged_into=None).count() == 1
    joined = world.client(world.joan).get(f"/cases/{world.ava.reference}/", secure=True)
    assert joined.status_code == 200


def test_nothing_is_kept_when_telling_the_force_fails(
    world: Partnership, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ALR-01: the report and its alert stand or fall together."""
    child = world.ava

    def fail(**_: object) -> None:
        raise RuntimeError("the outbox is broken")

    monkeypatch.setattr(reports, "raise_alert", fail)
    with pytest.raises(RuntimeError):
        world.report()

    assert not Report.objects.exists()
    assert not Alert.objects.exists()
    assert Child.objects.get(pk=child.pk).missing_since is None


def test_a_refused_act_leaves_one_line_and_no_content(world: Partnership) -> None:
    """AUD-04."""
    episode = world.report().episode

    with pytest.raises(NotPermitted):
        reports.accept_report(
            episode_reference=episode.reference, police_reference="X", version=None,
            act=act_for(world.ruth),
        )  # fmt: skip

    entry = Entry.objects.get(outcome=Outcome.DENIED)
    assert entry.verb == "cases.accept_report"
    assert entry.references == [episode.reference], "the number typed is not kept"


def test_the_transition_table_is_complete() -> None:
    assert set(EPISODE_TRANSITIONS) == set(EpisodeState)
    assert {state for after in EPISODE_TRANSITIONS.values() for state in after} <= set(EpisodeState)


def test_the_same_token_by_somebody_else_is_refused(world: Partnership) -> None:
    token = uuid4()
    reports.report_missing(reported=_ordinary(world), token=token, act=act_now(world.nisha))

    with pytest.raises(RuleBroken, match="already used"):
        reports.report_missing(reported=_ordinary(world), token=token, act=act_now(world.ruth))
