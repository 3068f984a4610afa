"""The states of the pages of returninterviews in the loaded demonstration."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from cases.services import drafts
from cases.services.references import unused
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import in_london
from missingchildren.demo import cast, telling_interviews
from returninterviews.models import Interview, Summary
from returninterviews.services import accounts
from returninterviews.services.accounts import FORM
from tests.browser.person import Person
from tests.browser.state import PROBLEM, State, asked, child, of

# --- the interview

JAYDEN, MIA, ELLIS = "Jayden Cole", "Mia Thornbury", "Ellis Grant"


def arranged() -> Interview:
    """Return Jayden's interview, referred to Open Door and arranged for just now."""
    interview = telling_interviews.interview_of(child(JAYDEN))
    now = database_now()
    if interview.provider is None:
        telling_interviews.refer("ruth.adeyemi", interview, provider="open_door", at=now)
    if interview.arranged_for is None:
        telling_interviews.offer(
            "lena.fox", interview, at=now, arranged_for=now, place_kind="youth"
        )
    interview.refresh_from_db()
    return interview


def signed() -> Interview:
    """Return Mia's interview, signed weeks ago: its provider's part has run out since."""
    return telling_interviews.interview_of(child(MIA))


def signed_lately() -> Interview:
    """Return Ava's last interview, which its provider still reads."""
    return telling_interviews.interview_of(child("Ava Bramley"))


def not_accepted() -> Interview:
    """Return Mia's interview as the council has not accepted it yet."""
    interview = signed()
    Interview.objects.filter(pk=interview.pk).update(accepted_at=None, accepted_by=None)
    return interview


def unsettled() -> Interview:
    """Return an interview for which nobody knows the council."""
    found = Interview.objects.filter(child=child(ELLIS), council=None, outcome="").first()
    return found or Interview.objects.create(
        child=child(ELLIS), reference=unused(Interview, "RI"), opened_at=database_now()
    )


def page(url_name: str, make: Callable[[], Interview], *more: str) -> Callable[[], str]:
    return lambda: reverse(f"returninterviews:{url_name}", args=[make().reference, *more])


def summary(url_name: str, *, is_read: bool) -> Callable[[], str]:
    def address() -> str:
        told = Summary.objects.get(interview=signed(), agency=cast.agency("kent_police"))
        if is_read and told.read_at is None:
            telling_interviews.read_summary("priya.nair", told.interview, at=database_now())
        if not told.answer:
            return reverse(f"returninterviews:{url_name}", args=[told.reference])
        Summary.objects.filter(pk=told.pk).update(answer="", answered_at=None, answered_by=None)
        return reverse(f"returninterviews:{url_name}", args=[told.reference])

    return address


def writing(url_name: str, *more: str) -> Callable[[], str]:
    """Let Lena have written every page of Jayden's interview."""

    def address() -> str:
        interview = arranged()
        assert interview.arranged_for is not None
        met = in_london(interview.arranged_for + timedelta(minutes=1))
        steps: dict[str, dict[str, str]] = {
            "explained": {
                "is_explained": "yes", "is_alone": "yes", "interpreter": "not_needed",
                "place_kind": "youth", "parent_asked": "agreed", "met_at-day": str(met.day),
                "met_at-month": str(met.month), "met_at-year": str(met.year),
                "met_at-time": f"{met:%H:%M}",
            },
            "before": {"before": "An argument about school."},
            "away": {"away": "At his uncle's, then in the park.", "back": "He walked."},
            "harm": {"harms": "18C", "harm": "A boy hit him."},
            "words": {"quote_1": "I did not want to talk about it", "audience_1": "council"},
            "sharing": {"summary": "He was hit by a boy in the park.", "is_child_told": "yes"},
            "recommendations": {"text_1": "Speak with his school", "soon_1": "week"},
        }  # fmt: skip
        typed = {
            name: {key: [value] for key, value in said.items()} for name, said in steps.items()
        }
        act = cast.act_of("lena.fox", at=database_now())
        drafts.discard(form=FORM, subject=interview.reference, act=act)
        drafts.begin(form=FORM, subject=interview.reference, content={"steps": typed}, act=act)
        return reverse(f"returninterviews:{url_name}", args=[interview.reference, *more])

    return address


def not_begun() -> Interview:
    """Return Jayden's interview with nothing written."""
    interview = arranged()
    act = cast.act_of("lena.fox", at=database_now())
    drafts.discard(form=FORM, subject=interview.reference, act=act)
    return interview


def begun() -> Interview:
    """Return Jayden's interview, just begun."""
    interview = not_begun()
    accounts.begin_draft(
        interview_reference=interview.reference,
        act=cast.act_of("lena.fox", at=database_now()),
    )
    return interview


def empty(person: Person) -> None:
    """Send the page without its text."""
    for control in person.page.locator("main form textarea").all():
        if control.is_visible():
            control.fill("")
    person.press("Save and continue")
    person.page.wait_for_selector(".govuk-error-summary")


def elsewhere(person: Person) -> None:
    """Send a page of a draft that was changed somewhere else."""
    person.page.locator("form [name=version]").evaluate("field => field.value = '999'")
    person.press("Save and continue")
    person.page.wait_for_selector(".govuk-error-summary")


R = "returninterviews"
STATES: list[State] = [
    State(page=f"{R}:interviews", what="of the council", by="ruth.adeyemi", address=of(f"{R}:interviews", JAYDEN), shows="Return home interviews"),
    State(page=f"{R}:interviews", what="of the force", by="priya.nair", address=of(f"{R}:interviews", MIA), shows="Return home interviews"),
    State(page=f"{R}:interview", what="not begun", by="lena.fox", address=page("interview", not_begun), shows="Start the interview"),
    State(page=f"{R}:interview", what="begun", by="lena.fox", address=page("interview", begun), shows="Cannot start yet"),
    State(page=f"{R}:interview", what="of the council", by="ruth.adeyemi", address=page("interview", arranged), shows="Say who holds it"),
    State(page=f"{R}:interview", what="signed", by="beth.carver", address=page("interview", signed), shows="Read what was said"),
    State(page=f"{R}:council", what="asked", by="joan.mercer", address=page("council", unsettled), shows="Which council"),
    State(page=f"{R}:council", what="not allowed", by="ruth.adeyemi", address=page("council", arranged), shows="cannot", status=403),
    *asked(f"{R}:refer", "asked", "ruth.adeyemi", page("refer", arranged), "Who talks with the child?"),
    *asked(f"{R}:decline_referral", "asked", "lena.fox", page("decline_referral", arranged), "Why can you not hold it?"),
    *asked(f"{R}:offer", "asked", "lena.fox", page("offer", arranged), "What was the answer?"),
    State(page=f"{R}:offer", what="not allowed", by="ruth.adeyemi", address=page("offer", arranged), shows="is with Open Door", status=403),
    *asked(f"{R}:not_held", "asked", "lena.fox", page("not_held", arranged), "Why is it not held?"),
    *[
        State(page=f"{R}:page", what=step, by="lena.fox", address=writing("page", step), shows=words)
        for step, words in (
            ("explained", "what you explained"), ("before", "Before"), ("away", "While they were away"),
            ("harm", "Harm and health"), ("words", "own words"), ("carer", "parent or carer"),
            ("sharing", "Who is told what"), ("recommendations", "What you recommend"),
        )
    ],
    State(page=f"{R}:page", what="first, refused", by="lena.fox", address=page("page", begun, "explained"), then=empty, shows=PROBLEM),
    State(page=f"{R}:page", what="sharing, refused", by="lena.fox", address=writing("page", "sharing"), then=empty, shows=PROBLEM),
    State(page=f"{R}:page", what="changed elsewhere", by="lena.fox", address=writing("page", "away"), then=elsewhere, shows="What your other window saved"),
    State(page=f"{R}:check", what="full", by="lena.fox", address=writing("check"), shows="Check and sign"),
    State(page=f"{R}:signed", what="full", by="lena.fox", address=page("signed", signed_lately), shows="What happens next"),
    State(page=f"{R}:account", what="full", by="beth.carver", address=page("account", signed), shows="What was said"),
    State(page=f"{R}:accept", what="asked", by="beth.carver", address=page("accept", not_accepted), shows="Accept the interview"),
    State(page=f"{R}:accept", what="not allowed", by="lena.fox", address=page("accept", signed_lately), shows="cannot accept", status=403),
    State(page=f"{R}:summary", what="full", by="priya.nair", address=summary("summary", is_read=False), shows="much older"),
    *asked(f"{R}:answer", "asked", "priya.nair", summary("answer", is_read=True), "What did you do with it?"),
]  # fmt: skip
