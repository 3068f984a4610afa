"""Ava before she is missing: the placement, its notices, and the flag."""

from datetime import datetime

from django.core import mail

from cases.models import Child
from missingchildren.alerts.relay import deliver_next
from missingchildren.audit.acts import database_now
from missingchildren.core.clock import london_day
from missingchildren.demo.telling import days, hours
from tests.browser.forms import open_on_duty, refused, select, tick, write, write_day, write_time
from tests.browser.person import Seat

HOME = ("Seaview House, Eastern Esplanade, Margate", "CT9 2HL")
WHY_THIS_HOME = "Her last home closed at short notice. This one has staff awake at night."
FOR_THE_POLICE = "She was met by adults in cars at her last home. She carries an inhaler."
NOTICE_REFERENCE = "KP-MP-0417"
GROUNDS = (
    "Two men gave her presents and drove her to parties. She was missing four times in spring."
)
IF_MISSING = "Look on the seafront first. She has asthma and forgets her inhaler."
FLAG_REFERENCE = "KP-W-22-0417"
SECRETS = ("Ava", "Bramley", "Seaview", "Margate", "CT9")


def is_placed(seat: Seat, child: Child, *, arrived: datetime) -> None:
    """Let Samira place Ava at a distance, in an emergency that waives no approval."""
    samira = seat("samira.khan")
    open_on_duty(samira, f"/cases/{child.reference}/placements/")
    samira.press("Record a placement")
    samira.look("placement-propose")
    samira.page.locator("[name=kind]").select_option("K2")
    tick(samira, carer="other", is_emergency="yes")
    write(
        samira,
        provider="Seaview House",
        description=HOME[0],
        postcode=HOME[1],
        why_this_home=WHY_THIS_HOME,
        what_police_should_know=FOR_THE_POLICE,
        contact_name="Samira Khan",
        contact_phone="01632 960 119",
    )
    write_time(samira, "arrives_at", arrived)
    samira.press("Save the placement")
    words = samira.look("placement-proposed")
    assert "out of area, at a distance" in words.lower()
    assert "director of children's services must approve" in words
    assert samira.page.get_by_role("button", name="Record that the child has arrived").count() == 0

    samira.press("Decide")
    samira.look("placement-decide")
    tick(samira, how="telephone", is_approved="yes")
    tick(samira, satisfied=["wishes_known", "most_appropriate"])
    write_time(samira, "decided_at", arrived - hours(1))
    select(samira, officer="Dr Jean Holt")
    refused(samira, "Save the decision", why="fits the care plan")
    tick(samira, satisfied=["fits_plan"])
    samira.press("Save the decision")
    assert "Dr Jean Holt" in samira.look("placement-approved")

    samira.press("Record that the child has arrived")
    samira.look("placement-start")
    write_time(samira, "started_at", arrived)
    samira.press("Record the arrival")
    words = samira.look("placement-started")
    assert "Kent Police: " in words
    assert "Kent County Council: " in words


def the_area_is_told(seat: Seat) -> None:
    """Let the notices arrive without a word about the child; Kent Police acknowledge theirs."""
    while deliver_next():
        pass
    assert mail.outbox
    for message in mail.outbox:
        sent = f"{message.subject} {message.body}"
        assert not [secret for secret in SECRETS if secret in sent], sent

    priya = seat("priya.nair")
    priya.open("/notifications/")
    priya.look("notices")
    priya.follow("A child is placed in the area")
    words = priya.look("notice-force")
    assert FOR_THE_POLICE in words
    assert "Emergency" in words
    priya.press("Acknowledge")
    priya.look("notice-acknowledge")
    write(priya, holder="Missing children team", system_reference=NOTICE_REFERENCE)
    write(priya, response="Ring the control room at once and say grey car.")
    priya.press("Acknowledge")
    assert NOTICE_REFERENCE in priya.look("notice-acknowledged")

    moira = seat("moira.platt")
    moira.open("/notifications/")
    moira.follow("A child is placed in the area")
    words = moira.look("notice-council")
    assert WHY_THIS_HOME in words
    assert FOR_THE_POLICE not in words

    samira = seat("samira.khan")
    samira.page.reload()
    assert NOTICE_REFERENCE in samira.look("placement-acknowledged")


def is_flagged(seat: Seat, child: Child) -> None:
    """Let Ruth ask for a flag, Priya accept it with a review, and Joan enter it."""
    ruth, priya, joan = seat("ruth.adeyemi"), seat("priya.nair"), seat("joan.mercer")
    today = london_day(database_now())
    ruth.open(f"/cases/{child.reference}/flags/")
    ruth.press("Ask the police to flag this child")
    ruth.look("flag-ask")
    tick(ruth, level="high", told="yes")
    write(ruth, grounds=GROUNDS, if_missing=IF_MISSING)
    select(ruth, force="Kent Police")
    ruth.press("Send it to the police")
    assert GROUNDS in ruth.look("flag-asked")

    priya.open("/flags/")
    priya.look("flags")
    priya.follow("Ava Bramley")
    priya.look("flag-to-decide")
    priya.press("Decide")
    priya.look("flag-decide")
    tick(priya, outcome="accepted")
    write(priya, reasons="The grounds agree with what our own officers heard.")
    write_day(priya, "review_on", (database_now() + days(90)).date())
    write_day(priya, "expires_on", today + days(365))
    priya.press("Decide")
    priya.look("flag-accepted")

    joan.open("/flags/")
    joan.follow("Ava Bramley")
    joan.press("It is entered on our system")
    joan.look("flag-enter")
    write(joan, system_reference=FLAG_REFERENCE)
    joan.press("It is entered")
    assert FLAG_REFERENCE in joan.look("flag-entered")
