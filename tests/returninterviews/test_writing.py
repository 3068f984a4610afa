"""An interview on its pages: kept as it is typed, explained first, checked, signed; nothing typed is lost."""

import re
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Draft
from cases.services import drafts
from missingchildren.core.clock import in_london
from missingchildren.core.names import UnusableText, clean_text
from returninterviews.models import Account, Interview, Quote, Recommendation, SharedItem
from returninterviews.services import accounts
from returninterviews.services.accounts import FORM
from returninterviews.views.writing import IN_ORDER, PAGES
from tests.partnership import Partnership, act_now
from tests.returninterviews.telling import come_back, offer, refer, sign
from tests.web.forms_contract import assert_contract
from tests.web.reading_html import Page

pytestmark = pytest.mark.django_db


@dataclass
class Begun:
    """A partnership, and an interview in it that is arranged with Lena, and begun."""

    world: Partnership
    interview: Interview


@pytest.fixture(scope="module")
def begun_once(accepted_once: Partnership) -> Begun:
    """Tell how the interview was referred, arranged and begun."""
    world = accepted_once
    interview = refer(world, come_back(world))
    offer(world.lena, interview, made_at=act_now(world.lena).now - timedelta(minutes=10))
    accounts.begin_draft(interview_reference=interview.reference, act=act_now(world.lena))
    interview.refresh_from_db()
    return Begun(world, interview)


@pytest.fixture
def begun(begun_once: Begun, db: None) -> Begun:
    """Return what is begun, told once for the module."""
    return deepcopy(begun_once)


@pytest.fixture
def world(begun: Begun) -> Partnership:
    return begun.world


@pytest.fixture
def interview(begun: Begun) -> Interview:
    """Return an interview that is arranged with Lena, and begun."""
    return begun.interview


@pytest.fixture
def lena(world: Partnership) -> Client:
    return world.client(world.lena)


def at(name: str, moment: Any) -> dict[str, str]:
    local = in_london(moment)
    return {
        f"{name}-day": str(local.day), f"{name}-month": str(local.month),
        f"{name}-year": str(local.year), f"{name}-time": f"{local:%H:%M}",
        f"{name}-occurrence": "second" if local.fold else "first",
    }  # fmt: skip


def explained(interview: Interview, **changes: str) -> dict[str, str]:
    """Return the first page, answered as it usually is."""
    assert interview.arranged_for is not None
    minute = interview.arranged_for + timedelta(minutes=5)
    return {
        "is_explained": "yes", "place_kind": "youth", "is_alone": "yes",
        "interpreter": "not_needed", "parent_asked": "agreed", **at("met_at", minute), **changes,
    }  # fmt: skip


USUAL: dict[str, dict[str, Any]] = {
    "before": {"before": "She had argued.", "reasons": ["arguments", "made_to"]},
    "away": {"away": "At the boating lake.", "back": "By train."},
    "harm": {"harms": ["11A"], "harm": "Bought things.", "health": "Her inhaler."},
    "words": {
        "quote_1": "Nobody asks me", "audience_1": "council", "quote_2": "He scared me",
        "audience_2": "police", "wishes": "My sister",
    },
    "carer": {"who": "Mother", "text": "She was upset."},
    "sharing": {"summary": "A man waits for her.", "is_child_told": "yes"},
    "recommendations": {"text_1": "See her sister", "soon_1": "now"},
}  # fmt: skip


def send(
    client: Client, interview: Interview, page: str, typed: dict[str, Any], *, save: str = ""
) -> Any:
    """Send one page, with the version that is stored."""
    draft = Draft.objects.filter(form=FORM, subject=interview.reference).first()
    body = {**typed, "version": draft.version if draft else 1, "save": save}
    return client.post(f"/interviews/{interview.reference}/{page}/", body, secure=True)


def get(client: Client, interview: Interview, page: str = "") -> Any:
    address = (
        f"/interviews/{interview.reference}/{page}/"
        if page
        else (f"/interviews/{interview.reference}/")
    )
    return client.get(address, secure=True)


def test_sharing_is_explained_before_any_other_page_opens(
    lena: Client, interview: Interview
) -> None:
    for page in PAGES[1:]:
        answer = get(lena, interview, page.name)
        assert answer.status_code == 302
        assert answer.headers["Location"].endswith("/explained/"), page
    answer = send(lena, interview, "sharing", USUAL["sharing"])
    assert answer.headers["Location"].endswith("/explained/")
    tasks = get(lena, interview).content.decode()
    assert tasks.count("Cannot start yet") == len(PAGES) - 1


def test_an_interview_is_written_checked_and_signed(
    world: Partnership, lena: Client, interview: Interview
) -> None:
    """A11Y-10: what is known is filled in; 9 pages from start to confirmation."""
    first = Page(get(lena, interview, "explained").content.decode())
    assert first.by_id("id_place_kind") is not None
    typed = explained(interview)
    assert send(lena, interview, "explained", typed).headers["Location"].endswith("/before/")
    for page, answers in USUAL.items():
        assert send(lena, interview, page, answers).status_code == 302, page

    check = get(lena, interview, "check")
    assert check.status_code == 200, check.headers
    assert "A man waits for her." in check.content.decode()
    version = check.context["form"].initial["version"]
    signed = lena.post(
        f"/interviews/{interview.reference}/check/", {"version": version}, secure=True
    )
    assert signed.status_code == 302, signed.context["form"].errors
    assert signed.headers["Location"].endswith("/signed/")
    assert get(lena, interview, "signed").status_code == 200

    account = Account.objects.get(interview=interview)
    assert account.before == "She had argued."
    assert account.reasons == ["arguments", "made_to"]
    assert list(Quote.objects.order_by("order").values_list("text", "audience")) == [
        ("Nobody asks me", "council"), ("He scared me", "police"),
    ]  # fmt: skip
    assert interview_of(interview).carer_account.text == "She was upset."
    [recommended] = Recommendation.objects.all()
    assert (recommended.priority, recommended.suggested_due_on) == (
        "urgent", in_london(account.signed_at).date(),
    )  # fmt: skip
    assert SharedItem.objects.filter(agency=world.kent_police, decision="share").count() == 5
    assert not Draft.objects.filter(form=FORM).exists()
    assert "At the boating lake." in get(lena, interview, "account").content.decode()


def interview_of(interview: Interview) -> Interview:
    found: Interview = Interview.objects.get(pk=interview.pk)
    return found


def test_save_and_come_back_without_a_script(lena: Client, interview: Interview) -> None:
    send(lena, interview, "explained", explained(interview))

    answer = send(lena, interview, "away", {"away": "Half a sen"}, save="later")

    assert answer.headers["Location"] == f"/interviews/{interview.reference}/"
    assert "Half a sen" in get(lena, interview, "away").content.decode()


def test_more_rows_are_there_when_asked_for(lena: Client, interview: Interview) -> None:
    send(lena, interview, "explained", explained(interview))

    answer = send(lena, interview, "words", USUAL["words"], save="more")

    assert answer.headers["Location"].endswith("/words/")
    assert "quote_3" in get(lena, interview, "words").context["form"].fields


def autosave(
    client: Client,
    interview: Interview,
    page: str,
    typed: dict[str, Any],
    version: int,
    *,
    window: str = "",
) -> Any:
    return client.post(
        f"/interviews/{interview.reference}/draft/{page}/", {**typed, "version": version},
        secure=True, headers={"X-Page": window} if window else {},
    )  # fmt: skip


def test_what_is_typed_is_kept_as_it_is_typed(
    world: Partnership, lena: Client, interview: Interview
) -> None:
    """R: a lost connection is a retry: the same words under the same version, kept once."""
    answer = autosave(lena, interview, "explained", {"not_alone_because": "Her key"}, 1)

    assert answer.json()["version"] == 2
    kept = drafts.content(Draft.objects.get(form=FORM))["steps"]["explained"]
    assert kept == {"not_alone_because": ["Her key"]}
    lost = autosave(lena, interview, "explained", {"not_alone_because": "Her keyworker"}, 1)
    assert lost.status_code == 409
    retried = autosave(lena, interview, "explained", {"not_alone_because": "Her keyworker"}, 2)
    assert retried.json()["version"] == 3


def test_a_window_whose_last_answer_was_lost_goes_on(lena: Client, interview: Interview) -> None:
    """R-19: the words were saved and the answer was cut; the same window has typed on since."""
    half, whole = {"not_alone_because": "Her key"}, {"not_alone_because": "Her keyworker"}
    assert autosave(lena, interview, "explained", half, 1, window="0.5 1000").status_code == 200

    again = autosave(lena, interview, "explained", whole, 1, window="0.5 2000")

    assert again.json()["version"] == 3
    kept = drafts.content(Draft.objects.get(form=FORM))["steps"]["explained"]
    assert kept == {"not_alone_because": ["Her keyworker"]}


@pytest.mark.parametrize(
    ("window", "version"),
    [("0.7 2000", 2), ("0.5 1000", 2), ("0.5 900", 2), ("0.5 2000", 1), ("0.5 x", 2), ("0.5", 2)],
    ids=["another window", "sent twice", "late on its way", "too old", "no time", "no clock"],
)
def test_nothing_newer_is_replaced_by_a_save_that_comes_late(
    lena: Client, interview: Interview, window: str, version: int
) -> None:
    """CON-08."""
    for at, words in ((500, "Her"), (1000, "Her keyworker")):
        saved = autosave(
            lena, interview, "explained", {"not_alone_because": words}, 1, window=f"0.5 {at}"
        )
        assert saved.status_code == 200

    late = autosave(
        lena, interview, "explained", {"not_alone_because": "late"}, version, window=window
    )

    assert late.status_code == 409
    kept = drafts.content(Draft.objects.get(form=FORM))["steps"]["explained"]
    assert kept == {"not_alone_because": ["Her keyworker"]}


def test_two_windows_keep_the_newer_and_show_both(lena: Client, interview: Interview) -> None:
    """CON-08."""
    send(lena, interview, "explained", explained(interview))
    old = Draft.objects.get(form=FORM).version
    autosave(lena, interview, "away", {"away": "From the first window"}, old)

    answer: Any = lena.post(
        f"/interviews/{interview.reference}/away/",
        {"away": "From the second window", "version": old},
        secure=True,
    )

    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "From the first window" in shown
    assert "From the second window" in shown
    assert_contract(answer, answer.context["form"])
    version = answer.context["draft"].version
    again = lena.post(
        f"/interviews/{interview.reference}/away/",
        {"away": "From the second window", "version": version},
        secure=True,
    )
    assert again.status_code == 302


def test_a_late_autosave_after_the_signing_changes_nothing(
    world: Partnership, lena: Client, interview: Interview
) -> None:
    """CON-10."""
    sign(world.lena, interview)
    before = Account.objects.values().get()

    answer = autosave(lena, interview, "away", {"away": "too late"}, 1)

    assert answer.status_code == 409
    assert Account.objects.values().get() == before
    assert not Draft.objects.filter(form=FORM).exists()
    sent = lena.post(
        f"/interviews/{interview.reference}/away/", {"away": "too late", "version": 1}, secure=True
    )
    assert sent.status_code == 409
    assert "too late" in sent.content.decode()
    assert "It cannot be changed any more" in sent.content.decode()
    assert Account.objects.values().get() == before
    assert not Draft.objects.filter(form=FORM).exists()


def test_what_is_sent_after_the_session_ended_is_kept(lena: Client, interview: Interview) -> None:
    send(lena, interview, "explained", explained(interview))
    draft = Draft.objects.get(form=FORM)
    answer = Client().post(
        f"/interviews/{interview.reference}/away/",
        {"away": "Written as the session ended", "version": 1, "token": str(draft.token)},
        secure=True,
    )

    assert answer.status_code == 302
    shown = get(lena, interview, "away").content.decode()
    assert "Written as the session ended" in shown
    assert "You were signed out" in shown


def test_a_draft_is_its_writers_alone(
    world: Partnership, lena: Client, interview: Interview
) -> None:
    autosave(lena, interview, "explained", {"not_alone_because": "mine"}, 1)

    ruth = world.client(world.ruth)
    assert ruth.get(f"/interviews/{interview.reference}/explained/", secure=True).status_code == 403
    assert autosave(ruth, interview, "explained", {}, 1).status_code == 403
    assert "mine" not in get(ruth, interview).content.decode()


# --- bad input on each page

LONG = "x" * 60_000
BAD: dict[str, tuple[str, dict[str, Any], str]] = {
    "explained: nothing": ("explained", {}, "Choose"),
    "explained: no reason": ("explained", {"is_explained": "no"}, "Why not?"),
    "explained: to come": (
        "explained",
        {"met_at-day": "1", "met_at-month": "1", "met_at-year": "2099", "met_at-time": "10:00"},
        "must be in the past",
    ),
    "explained: before she was located": (
        "explained",
        {"met_at-day": "1", "met_at-month": "1", "met_at-year": "2026", "met_at-time": "10:00"},
        "before the child was located",
    ),
    "explained: the hour that never was": (
        "explained",
        {"met_at-day": "29", "met_at-month": "3", "met_at-year": "2026", "met_at-time": "01:30"},
        "clocks went forward",
    ),
    "before: 60,000 characters": ("before", {"before": LONG}, "30,000 characters or fewer"),
    "away: 60,000 characters": ("away", {"away": LONG}, "30,000 characters or fewer"),
    "harm: a harm that is not on the list": ("harm", {"harms": ["99"]}, "Choose from the answers"),
    "words: right to left": (
        "words", {"quote_1": "I went \u202ehome", "audience_1": "all"}, "direction of writing",
    ),
    "words: for nobody known": (
        "words", {"quote_1": "I went home", "audience_1": "nobody"}, "",
    ),
    "carer: nobody": ("carer", {"text": "She said"}, "Answer “Who is it?”"),
    "sharing: no summary": ("sharing", {"is_child_told": "yes"}, "Enter summary"),
    "sharing: not told, no reason": (
        "sharing", {"summary": "A man waits", "is_child_told": "no"}, "Why not?",
    ),
    "recommendations: too long": (
        "recommendations", {"text_1": "x" * 2_001}, "2,000 characters or fewer",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_said_at_the_field_and_kept(
    lena: Client, interview: Interview, case: str
) -> None:
    """A11Y-14."""
    page, typed, sentence = BAD[case]
    if page != "explained":
        send(lena, interview, "explained", explained(interview))
    elif typed:
        typed = {**explained(interview), **typed}

    answer = send(lena, interview, page, typed)

    assert answer.status_code == 200
    assert_contract(answer, answer.context["form"])
    assert sentence in answer.content.decode()
    kept = drafts.content(Draft.objects.get(form=FORM))["steps"][page]
    for name, value in typed.items():
        assert kept[name] == (value if isinstance(value, list) else [value])
    assert not Account.objects.exists()


def test_an_exception_without_a_reason_is_said_beside_the_agency(
    world: Partnership, lena: Client, interview: Interview
) -> None:
    send(lena, interview, "explained", explained(interview))
    reference = world.kent_police.reference

    answer = send(lena, interview, "sharing", {**USUAL["sharing"], f"{reference}_harm": "withhold"})

    assert_contract(answer, answer.context["form"])
    assert "Say why you decide otherwise for Kent Police" in answer.content.decode()
    assert f"{reference}_reason" in answer.context["form"].errors
    assert re.search(r"<details[^>]*open", answer.content.decode())


# --- numbers of the bar


def test_at_most_twelve_answers_must_be_given_and_sixty_things_done(
    world: Partnership, lena: Client, interview: Interview
) -> None:
    """bar.md 5.3: mandatory answers ≤ 12, key presses and clicks without free text ≤ 60, pages ≤ 9."""
    send(lena, interview, "explained", explained(interview))
    required, done, pages = 0, 0, 0
    for page in IN_ORDER:
        form = get(lena, interview, page.name).context["form"]
        blank = type(form).base_fields
        required += sum(field.required for field in form.fields.values())
        choices = [
            name
            for name, field in blank.items()
            if hasattr(field, "options") and field.required and not form.initial.get(name)
        ]
        done += len(choices) + 1
        pages += 1
    ticks, quotes, recommendations, exceptions = 6, 2, 3, 12
    done += ticks + quotes + 3 * recommendations + exceptions
    done += 2  # begin and sign
    assert required <= 12
    assert done <= 60
    assert pages + 2 <= 9


# --- byte by byte

TEXT = st.text(
    alphabet=st.characters(blacklist_categories=("Cs", "Co", "Cn")), min_size=1, max_size=300
)


@given(text=TEXT)
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_what_is_signed_is_what_was_typed_byte_by_byte(
    world: Partnership, lena: Client, interview: Interview, text: str
) -> None:
    """bar.md 5.3: no word lost; what the form takes is what the draft, then the record, holds."""
    try:
        clean = clean_text(text, max_length=30_000)
    except UnusableText:
        return
    typed = accounts.keep_page(
        interview_reference=interview.reference, page="away", typed={"away": [text]},
        version=None, act=act_now(world.lena),
    )  # fmt: skip
    assert drafts.content(typed)["steps"]["away"] == {"away": [text]}

    with transaction.atomic():
        signed = sign(world.lena, interview, away=clean, summary=clean or "A summary")
        account = Account.objects.get(interview=signed)
        assert account.away.encode() == clean.encode()
        assert account.summary.encode() == (clean or "A summary").encode()
        transaction.set_rollback(True)
