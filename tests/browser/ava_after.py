"""Ava is home: the interview, who is told what of it, and what is done about it."""

from cases.models import Child
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import london_day
from missingchildren.demo import cast
from missingchildren.demo.telling import days, minutes
from returninterviews.models import Interview
from tests.browser.ava_before import IF_MISSING
from tests.browser.ava_missing import LEVEL, accept
from tests.browser.forms import refused, select, tick, write, write_day, write_time
from tests.browser.person import Seat
from tests.browser.reporting import report

BEFORE = "She had a call at tea and went out to meet somebody."
AWAY = "She sat in a grey car on the seafront, and later at a house that she would not name."
HARM = "He asks her to carry things. He says that she owes him for the telephone."
QUOTE = "He said he knows where Nan lives."
OWN_QUOTE = "I only want somebody to ask me first."
WISHES = "To see Nan at weekends."
CARER = "The calls come at tea. Afterwards she is very quiet."
SUMMARY = "A man in a grey car makes Ava carry things and says that she owes him."
SAFETY_NOTE = "Sit with her after a call at tea, and see that she has her inhaler."
NIGHTS = "Tell Ava the day before when a member of staff she likes will not be there at night."
NAN = "Let Ava see her Nan in Birmingham every second weekend, with the train fare."
SCHOOL = "Move Ava to another class, away from the girl who knows the man with the grey car."
NOT_NOW = "The school says that a move now would set Ava back. It keeps the two apart at breaks."
ROTA = "Show Ava the rota each Sunday, and tell her when it changes."
TRAINS = "Agree the weekends with Nan and book the trains."
WORRY_AGAIN = "She went out after a call at tea, again without her inhaler."
MORE_TIME = "Nan is in hospital until Thursday."


def interview_of(child: Child) -> Interview:
    """Return the interview that opened when the child was found."""
    opened: Interview = Interview.objects.get(child=child)
    return opened


def is_offered_an_interview(seat: Seat, child: Child) -> None:
    """Let Ruth refer it to Open Door; Lena asks twice: not today, then yes."""
    address, now = f"/interviews/{interview_of(child).reference}/", database_now()
    ruth, lena = seat("ruth.adeyemi"), seat("lena.fox")
    ruth.open(f"/cases/{child.reference}/interviews/")
    assert "Return home interviews" in ruth.look("interviews")
    ruth.open(address)
    ruth.press("Say who holds it")
    ruth.look("interview-refer")
    ruth.field("Open Door Interviews").check()
    ruth.press("Save")
    ruth.look("interview-referred")

    lena.open(address)
    assert "You can start it when an offer is accepted" in lena.look("interview-to-arrange")
    lena.press("Record an offer")
    lena.look("offer")
    write_time(lena, "made_at", now - minutes(15))
    tick(lena, to="child", channel="phone", result="not_today")
    lena.press("Save")
    assert "Not now" in lena.look("offer-not-today")

    lena.press("Record an offer")
    write_time(lena, "made_at", now - minutes(10))
    tick(lena, to="child", channel="phone", result="accepted")
    refused(lena, "Save", why="Enter when you will meet")
    write_time(lena, "arranged_for", now - minutes(5))
    lena.page.locator("[name=place_kind]").select_option("youth")
    write(lena, wishes="A woman. At the youth centre, not at Seaview.")
    lena.press("Save")
    assert "To meet" in lena.look("interview-arranged")


def is_interviewed(seat: Seat, child: Child) -> None:
    """Let Lena write the nine pages: sharing is explained before anything is asked."""
    lena, reference = seat("lena.fox"), interview_of(child).reference
    lena.open(f"/interviews/{reference}/")
    lena.press("Start the interview")
    lena.look("interview-1-explained")
    lena.open(f"/interviews/{reference}/away/")
    assert "what you explained" in lena.look()  # nothing else opens yet
    tick(lena, is_explained="yes", is_alone="yes", parent_asked="agreed")
    lena.press("Save and continue")

    lena.look("interview-2-before")
    write(lena, before=BEFORE)
    tick(lena, reasons=["made_to"])
    lena.press("Save and continue")
    lena.look("interview-3-away")
    write(lena, away=AWAY, back="She walked home along the front.")
    lena.press("Save and come back later")
    assert "Not started" in lena.look("interview-tasks")
    lena.open(f"/interviews/{reference}/away/")
    assert lena.page.locator("[name=away]").input_value() == AWAY
    lena.press("Save and continue")
    lena.look("interview-4-harm")
    tick(lena, harms=["24A", "threats"])
    write(lena, harm=HARM, health="She had no inhaler with her.")
    lena.press("Save and continue")
    lena.look("interview-5-words")
    write(lena, quote_1=QUOTE, quote_2=OWN_QUOTE, wishes=WISHES)
    lena.page.locator("[name=audience_1]").select_option("police")
    lena.page.locator("[name=audience_2]").select_option("council")
    lena.press("Save and continue")
    lena.look("interview-6-sharing")
    _is_shared(seat)
    lena.look("interview-7-recommendations")
    _recommend(seat)
    lena.open(f"/interviews/{reference}/carer/")
    lena.look("interview-8-carer")
    write(lena, who="Nisha Roy, shift leader", text=CARER)
    lena.press("Save and continue")

    lena.press("Check and sign")
    words = lena.look("interview-9-check")
    for told in (SUMMARY, QUOTE, NAN, "Reads the whole interview", "cannot be changed any more"):
        assert told in words, told
    assert words.count(QUOTE) == 2  # as it was said, and to the police who hear it
    assert words.count(OWN_QUOTE) == 1
    select(lena, checked_by="Carl Yeo")
    lena.press("Sign the interview")
    assert "Interview signed" in lena.look("interview-signed")


def _is_shared(seat: Seat) -> None:
    """Fill in the grid: what is usual stays, and what is not needs a reason."""
    lena, kent_police = seat("lena.fox"), cast.agency("kent_police").reference
    write(lena, summary=SUMMARY, safety_note=SAFETY_NOTE)
    tick(lena, is_child_told="yes")
    lena.page.locator("summary", has_text="Kent Police: summary, harm").click()
    lena.page.locator(f"[name='{kent_police}_wishes']").select_option("withhold")
    refused(lena, "Save and continue", why="Say why you decide otherwise for Kent Police")
    lena.look("interview-6-sharing-refused")
    lena.page.locator(f"[name='{kent_police}_reason']").fill("She asked that they do not know it.")
    select(lena, **{f"'{kent_police}_basis'": "Public task: safeguarding a child"})
    lena.press("Save and continue")


def _recommend(seat: Seat) -> None:
    """Recommend three things."""
    lena = seat("lena.fox")
    write(lena, text_1=NIGHTS, text_2=NAN)
    select(lena, agency_1="Seaview House, Margate", soon_1="Within 7 days")
    lena.press("Add another")
    write(lena, text_3=SCHOOL, role_3="Her head of year")
    lena.press("Save and continue")
    lena.look()


def the_interview_is_read(seat: Seat, child: Child) -> None:
    """Let Kent Police read their part and say what they did; Ruth reads all and accepts it."""
    interview = interview_of(child)
    priya, ruth, lena = seat("priya.nair"), seat("ruth.adeyemi"), seat("lena.fox")
    priya.open("/")
    priya.look("work-of-the-coordinator")
    told = interview.summaries.get(agency=cast.agency("kent_police"))
    priya.open(f"/summaries/{told.reference}/")
    words = priya.look("summary")
    assert SUMMARY in words
    assert QUOTE in words
    for kept in (OWN_QUOTE, WISHES, AWAY, CARER):
        assert kept not in words, kept
    priya.press("I have read this")
    priya.look("summary-read")
    priya.press("Say what you did with it")
    priya.look("summary-receipt")
    tick(priya, answer="report_made", is_useful="yes")
    priya.press("Save")
    assert "We made a report of it" in priya.look("summary-answered")
    lena.open(f"/interviews/{interview.reference}/account/")
    assert "We made a report of it and found it useful" in lena.look("receipt-of-the-interviewer")

    ruth.open(f"/interviews/{interview.reference}/account/")
    words = ruth.look("account")
    for said in (AWAY, QUOTE, OWN_QUOTE, WISHES, CARER):
        assert said in words, said
    ruth.open(f"/interviews/{interview.reference}/accept/")
    ruth.look("interview-accept")
    write(ruth, analysis="Each time after a call. It looks like county lines.")
    ruth.press("Accept the interview")
    assert "Accepted" in ruth.look("interview-accepted")


def the_council_decides(seat: Seat, child: Child) -> None:
    """Let Ruth take two recommendations forward, and Colin say why not the third."""
    ruth, colin = seat("ruth.adeyemi"), seat("colin.marsh")
    today = london_day(database_now())
    actions = f"/cases/{child.reference}/actions/"
    ruth.open(actions)
    ruth.look("actions-to-decide")
    ruth.follow(NIGHTS)
    ruth.look("recommendation")
    ruth.press("Take it forward")
    ruth.look("take-forward")
    write(ruth, text=ROTA)
    ruth.field("Seaview House, Margate").check()
    write_day(ruth, "due_on", (database_now() + days(7)).date())
    ruth.press("Take it forward")
    assert "Taken forward" in ruth.look("taken-forward")

    ruth.open(actions)
    ruth.follow(NAN)
    ruth.press("Take it forward")
    write(ruth, text=TRAINS)
    tick(ruth, agency=cast.agency("birmingham").reference)
    select(ruth, person="Ruth Adeyemi")
    write_day(ruth, "due_on", today)
    ruth.press("Take it forward")
    ruth.look()
    ruth.open(actions)
    ruth.follow(SCHOOL)
    assert "a manager decides that" in ruth.look("recommendation-of-a-worker")

    colin.open(actions)
    colin.follow(SCHOOL)
    colin.look("recommendation-of-a-manager")
    colin.press("Do not take it forward")
    refused(colin, "Save the decision", why="Why is it not taken forward?")
    write(colin, reasons=NOT_NOW)
    colin.press("Save the decision")
    assert NOT_NOW in colin.look("not-taken-forward")


def an_action_gets_more_time(seat: Seat) -> None:
    """Let Colin give more time for what is due tonight, with a reason."""
    colin = seat("colin.marsh")
    colin.open("/overdue/")
    assert "Ava Bramley" in colin.look("overdue")
    row = colin.page.locator("#soon-caption ~ tbody tr", has_text="action").first
    row.get_by_role("link", name="Give more time").click()
    colin.look("extend")
    refused(colin, "Give more time", why="Why is more time needed?")
    write_time(colin, "new_due_at", database_now() + days(8))
    write(colin, reason=MORE_TIME)
    address = colin.page.url
    colin.press("Give more time")
    colin.look("extended")
    colin.open(address)
    assert MORE_TIME in colin.look("extend-again")


def the_next_report_begins_with_all_that(seat: Seat, child: Child) -> None:
    """Let her be missing again: flag, interview and what is unfinished stand before the level."""
    report(seat("nisha.roy"), child, worry=WORRY_AGAIN, seen=minutes(1))
    accept(seat("joan.mercer"), child, "KP-241126-0007")
    dana = seat("dana.whitlock")
    dana.open(f"/cases/{child.reference}/risk/")
    words = dana.look("officer-next-before")
    in_order = [WORRY_AGAIN, IF_MISSING, SUMMARY, TRAINS, "Second time missing in 90 days"]
    assert sorted(in_order, key=words.index) == in_order
    assert words.index(in_order[-1]) < words.rindex("Go on to the level")
    assert NOT_NOW not in words
    assert dana.page.locator("[name=level]").count() == 0
    dana.press("Go on to the level")
    assert LEVEL in dana.look("officer-next-level")
    assert dana.page.locator("[name=level]").count() > 0
