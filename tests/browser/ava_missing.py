"""Ava is missing: what others know, the level that is chosen on it, and how she is found."""

from datetime import timedelta

from cases.models import Child
from missingchildren.audit.acts import database_now
from missingchildren.demo.telling import minutes
from risk.models import Ask
from tests.browser.ava_before import GROUNDS, IF_MISSING
from tests.browser.forms import hidden, open_on_duty, refused, tick, write, write_time
from tests.browser.person import Person, Seat
from tests.browser.reporting import report

WORRY = "She was crying after a call at tea and left her inhaler on her bed."
POLICE_REFERENCE = "KP-231126-0412"
FROM_HER_MOTHER = "Her mother last heard from Ava at lunchtime, by message."
GREY_CAR = "A man in a grey car waits for her on the seafront. She called him Dee."
CHECKED = "Our records, the school nurse and the nurse on duty."
REASONS = "No coat, no inhaler, and a man in a grey car who waits for her."
HYPOTHESIS = "The grey car may be the one in last month's report from Ramsgate."
LEARNED = "She was with friends at the station. She was cold and had eaten nothing."
NAMED = "She named Darren Pike as the man in the grey car."
LEVEL = "How much danger is the child in?"


def is_reported(seat: Seat, child: Child) -> None:
    """Let Nisha report, and Joan accept with the police reference."""
    report(seat("nisha.roy"), child, worry=WORRY)
    accept(seat("joan.mercer"), child, POLICE_REFERENCE)


def accept(joan: Person, child: Child, reference: str) -> None:
    """Accept the report that waits."""
    joan.open(f"/cases/{child.reference}/")
    joan.press("Accept the report")
    joan.look("accept")
    write(joan, police_reference=reference)
    joan.press("Accept the report")
    assert reference in joan.look("case-accepted")


def the_agencies_answer(seat: Seat, child: Child) -> None:
    """Let each answer as it can: by telephone, on its own page, or that it holds nothing."""
    case = f"/cases/{child.reference}/"
    carl, grace, dana = seat("carl.yeo"), seat("grace.ilori"), seat("dana.whitlock")
    open_on_duty(dana, f"{case}risk/")
    emergency_team = Ask.objects.get(child=child, agency__short_name__startswith="Birmingham")
    dana.open(f"{case}risk/phone/{emergency_team.reference}/")
    dana.look("risk-phone")
    tick(dana, kind="tells", audience="case")
    write(dana, given_by="Ken Osei, duty social worker", given_phone="01632 960 301")
    write(dana, text=FROM_HER_MOTHER)
    write_time(dana, "given_at", database_now())
    dana.press("Save the answer")
    assert "Not confirmed yet" in dana.look("risk-round")

    carl.open(case)
    assert WORRY not in carl.look("question")
    assert carl.page.locator("main h1, main h2").count() == 1  # the question is all there is
    carl.press("Tell the police what you know")
    carl.look("answer")
    tick(carl, kind="tells", audience="statutory")
    write(carl, text=GREY_CAR)
    carl.press("Send to the police")
    assert GREY_CAR in carl.look("answered")

    grace.open(case)
    grace.press("Tell the police what you know")
    tick(grace, kind="holds_nothing", audience="case")
    refused(grace, "Send to the police", why="Say what you checked")
    write(grace, checked=CHECKED, up_to_date="Up to this afternoon")
    grace.press("Send to the police")
    assert "We checked and hold no information" in grace.look("answered-nothing")

    ken = seat("ken.osei")
    ken.open(case)
    ken.press("Check and confirm it")
    assert FROM_HER_MOTHER in ken.look("answer-to-confirm")
    ken.press("Yes, this is what we said")
    ken.look("answer-confirmed")


def the_level_is_chosen(seat: Seat, child: Child) -> None:
    """Let Dana read what all know before she chooses, and Marcus confirm it."""
    dana, marcus = seat("dana.whitlock"), seat("marcus.oyelaran")
    dana.open(f"/cases/{child.reference}/risk/")
    words = dana.look("officer-before")
    for known in (IF_MISSING, GROUNDS, FROM_HER_MOTHER, GREY_CAR, CHECKED, "Kent"):
        assert known in words, known
    assert "No answer does not mean that the child is safe" in words
    assert LEVEL not in words
    dana.press("Go on to the level")
    assert LEVEL in dana.look("officer-level")
    refused(dana, "Choose this level", why="in words that partners can read")
    tick(dana, considered="everything", level="high", early_reason="danger", out_of_character="yes")
    write(dana, reasons=REASONS, police_only=HYPOTHESIS)
    write_time(dana, "review_due_at", database_now() + timedelta(hours=1))
    dana.press("Choose this level")
    assert REASONS in dana.look("officer-chosen")

    marcus.open(f"/cases/{child.reference}/risk/")
    marcus.follow("Reasons, and what was shown")
    marcus.look("level-to-confirm")
    marcus.press("Confirm it, or send it back")
    marcus.look("level-confirm")
    tick(marcus, verdict="confirm")
    marcus.press("Send")
    assert "Confirmed" in marcus.look("level-confirmed")


def is_found(seat: Seat, child: Child) -> None:
    """Let the police find her; she will not go home yet, and an officer speaks with her."""
    case, dana = f"/cases/{child.reference}/", seat("dana.whitlock")
    now = database_now()
    dana.open(case)
    dana.press("Located, not home yet")
    dana.look("record-located")
    write_time(dana, "located_at", now - minutes(40))
    tick(dana, precision="exact", not_home_because="refuses")
    dana.press("Record that the child is located")
    assert "Located, not home yet" in dana.look("located")

    dana.press("Record the prevention interview")
    dana.look("prevention-interview")
    tick(dana, how="face_to_face", audience="statutory")
    write_time(dana, "held_at", now - minutes(30))
    write(dana, text=LEARNED, police_only=NAMED)
    dana.press("Save the interview")
    assert NAMED in dana.look("prevention-interview-recorded")


def is_home(seat: Seat, child: Child) -> None:
    """Let her come home: the 72 hours of the interview start."""
    dana = seat("dana.whitlock")
    dana.open(f"/cases/{child.reference}/")
    dana.press("Record that the child is back")
    write_time(dana, "returned_at", database_now() - minutes(20))
    tick(dana, precision="exact")
    dana.press("Record the return")
    assert "Not missing now" in dana.look("returned")


def the_name_stays_with_the_police(seat: Seat, child: Child) -> None:
    """See that what is police only is on no page of anybody else, and the rest where it may be."""
    case = f"/cases/{child.reference}/"
    for person in ("ruth.adeyemi", "moira.platt", "nisha.roy", "carl.yeo", "paul.denby"):
        partner = seat(person)
        for page in ("", "risk/", "episodes/", "history/"):
            partner.page.goto(f"{case}{page}")
            words = partner.page.content()
            assert "Darren" not in words, (person, page)
            assert "Ramsgate" not in words, (person, page)
    ruth = seat("ruth.adeyemi")
    ruth.open(case)
    assert LEARNED in ruth.look("case-of-the-council")


def the_school_sees_its_question_alone(seat: Seat, child: Child) -> None:
    """See that the school is asked, and reads neither the report nor what others answered."""
    paul = seat("paul.denby")
    paul.open(f"/cases/{child.reference}/")
    words = paul.look("question-of-the-school")
    assert "The police ask what you know" in words
    for others in (WORRY, POLICE_REFERENCE, GREY_CAR, FROM_HER_MOTHER, "Seaview", "flag"):
        assert others not in words, others
    for page in ("risk/", "flags/", "placements/"):
        hidden(paul, f"/cases/{child.reference}/{page}")
