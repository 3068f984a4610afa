"""The story of a report in a browser: at a desk, on a telephone, and without scripts."""

from datetime import timedelta
from time import monotonic

import pytest

from cases.models import Child
from missingchildren.alerts.models import Delivery
from missingchildren.alerts.relay import deliver_next
from missingchildren.alerts.rules import State
from missingchildren.audit.acts import database_now
from missingchildren.demo import cast, story
from missingchildren.demo.telling import answer_alerts
from tests.browser.forms import hidden
from tests.browser.person import Person, Seat
from tests.browser.reporting import report
from tests.browsers import WIDTHS
from tests.demonstration import settle_the_cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.parametrize(
        "seat",
        [(1280, True), (320, True), (320, False)],
        ids=["desk", "telephone", "without scripts"],
        indirect=True,
    ),
]

WORRY = "She was crying after a call at tea and left her inhaler on her bed."
ANSWER = "She left the site at ten past three with two friends."
POLICE_REFERENCE = "KP-231126-0412"
WITHIN = 10.0  # seconds until a desk has its alert, and until a receipt shows the news
STRANGERS = ("anil.desai", "sam.reyes", "jo.tranter")


@pytest.fixture
def child(seat: Seat) -> Child:
    """Return Ava, settled at Seaview House, whom nobody has reported tonight."""
    now = settle_the_cast()
    ava = story.ava(now=now)
    answer_alerts(before=now)
    return ava


def test_a_report_reaches_everyone_it_should_and_nobody_else(seat: Seat, child: Child) -> None:
    case = f"/cases/{child.reference}/"
    nisha, joan, paul = seat("nisha.roy"), seat("joan.mercer"), seat("paul.denby")

    nisha.page.clock.install()
    report(nisha, child, worry=WORRY)
    the_desk_is_alerted(joan, since=monotonic())
    assert "has not read it yet" in nisha.look("receipt-sent")
    hidden(paul, case)  # until the force accepts

    joan.press("Acknowledge")
    assert WORRY in joan.look("case-not-accepted")
    receipt_shows(nisha, "Kent Police read your report", by_itself=nisha.width == WIDTHS[0])
    joan.press("Accept the report")
    joan.look("accept")
    joan.press("Accept the report")
    assert "There is a problem" in joan.look()
    joan.field("Police reference").fill(POLICE_REFERENCE)
    joan.press("Accept the report")
    assert POLICE_REFERENCE in joan.look("case")
    receipt_shows(nisha, POLICE_REFERENCE)
    nisha.look("receipt-accepted")

    for person in ("ruth.adeyemi", "ken.osei"):
        birmingham = seat(person)
        birmingham.open("/missing/")
        assert "Ava Bramley" in birmingham.look("missing")
        birmingham.follow("Ava Bramley")
        assert WORRY in birmingham.look()

    the_school_answers(paul, case)
    joan.open(f"{case}risk/")
    assert ANSWER in joan.look("risk")
    joan.open(case)
    the_child_is_back(joan)
    receipt_shows(nisha, "The child is back")
    for person in STRANGERS:
        hidden(seat(person), case)


def the_desk_is_alerted(joan: Person, *, since: float) -> None:
    """See the alert in the inbox, and its message delivered, within ten seconds of the report."""
    while deliver_next():
        pass
    joan.open("/alerts/")
    joan.page.get_by_text("read and accept the report").first.wait_for()
    sent = Delivery.objects.filter(
        alert__kind="cases.report_received",
        alert__agency=cast.agency("kent_police"),
        channel="email",
    )
    assert sent.latest("pk").state in {State.ACCEPTED, State.DELIVERED}
    assert monotonic() - since < WITHIN
    joan.look("alerts")


def receipt_shows(nisha: Person, news: str, *, by_itself: bool = False) -> None:
    """Let ten seconds pass, in no time or by themselves, and see the news; or look again for it."""
    if not nisha.has_scripts:
        nisha.follow("Look again")
    elif not by_itself:
        nisha.page.clock.fast_forward(int(WITHIN * 1000))
    nisha.page.locator("#receipt", has_text=news).wait_for(timeout=2 * WITHIN * 1000)


def the_school_answers(paul: Person, case: str) -> None:
    """See the question and nothing else; answer it."""
    paul.open(case)
    question = paul.look("question")
    assert "The police ask what you know" in question
    for kept_back in (WORRY, POLICE_REFERENCE, "01632 960 114", "Emergency duty team"):
        assert kept_back not in question
    paul.press("Tell the police what you know")
    paul.look("answer")
    paul.field("We know something").check()
    paul.field("What do you know?").fill(ANSWER)
    paul.page.locator("[name=audience]").first.check()
    paul.press("Send to the police")
    assert ANSWER in paul.look()


def the_child_is_back(joan: Person) -> None:
    joan.press("Record that the child is back")
    joan.look("record-return")
    joan.enter_time(database_now() - timedelta(minutes=2))
    joan.field("Yes").check()
    joan.press("Record the return")
    assert "Not missing now" in joan.look()
