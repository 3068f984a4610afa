"""The states of the pages of placements in the loaded demonstration.

Each makes what it shows: the stories may have it too, and may change.
"""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from cases.models import Child, Opening
from cases.services import updates
from missingchildren.audit.acts import database_now
from missingchildren.demo import cast
from missingchildren.demo import telling_placements as telling
from missingchildren.demo.telling_placements import Approved, Home
from placements.models import Placement, PlacementNotification
from placements.services import notices, placements
from tests.browser.state import State, asked, at, child, of

# Looked after by Birmingham, and in no placement of the stories.
NOOR, AMELIA = "Noor Hassan", "Amelia Osborne"
TO = PlacementNotification.To
MARGATE = Home(
    kind="K2",
    address=("12 Example Terrace, Margate", "CT9 2HL"),
    why="She knows the carers from respite, and they know what calms her.",
    police_should_know="She went missing twice from her last home and was found at the station.",
    contact=("Samira Khan, placements", "01632 960 119"),
)
NEW_STREET = Home(
    kind="K2",
    address=("1 New Street, Margate", "CT9 7ZZ"),
    why=MARGATE.why,
    contact=MARGATE.contact,
)
SURREY = Home(
    kind="K2",
    address=("3 Example Road, Woking", "GU21 4AA"),
    why=MARGATE.why,
    contact=MARGATE.contact,
)


def on_duty(name: str) -> Child:
    """Let the placements officer and the director say why they open a record of another team."""
    for person in ("samira.khan", "jean.holt"):
        updates.open_with_reason(
            child_reference=child(name).reference,
            reason=Opening.Reason.DUTY,
            detail="",
            act=cast.act_of(person, at=database_now()),
        )
    return child(name)


def proposed(home: Home = MARGATE, name: str = NOOR) -> Placement:
    """Let Samira propose a home, to which the child moves tomorrow."""
    on_duty(name)
    now = database_now()
    return telling.propose(
        child(name), home, by="samira.khan", at=now, arrives_at=now + timedelta(days=1)
    )


def approved(home: Home = MARGATE, name: str = NOOR) -> Placement:
    return telling.approve(proposed(home, name), Approved(officer="jean.holt", at=database_now()))


def current() -> Placement:
    """Let Amelia live in Margate: the same placement each time, until a state ends it."""
    lives = Placement.objects.current().filter(child=child(AMELIA)).first()
    if lives:
        return lives
    return placements.start_placement(
        placement_reference=approved(name=AMELIA).reference,
        started_at=database_now(),
        version=None,
        act=cast.act_of("samira.khan", at=database_now()),
    )


def told() -> Placement:
    """Let the area be told of a placement to come, anew each time."""
    placement = approved()
    notices.send_notices(
        placement_reference=placement.reference,
        version=None,
        act=cast.act_of("samira.khan", at=database_now()),
    )
    return placement


def page(name: str, make: Callable[[], Placement]) -> Callable[[], str]:
    """Return the address of a page about a placement."""

    def address() -> str:
        placement = make()
        owner: Child = placement.child
        return reverse(f"placements:{name}", args=[owner.reference, placement.reference])

    return address


def by_hand() -> str:
    placement = approved(SURREY)
    notice = placement.notices.get(to=TO.FORCE)
    return reverse(
        "placements:by_hand",
        args=[placement.child.reference, placement.reference, notice.reference],
    )


def sent_back() -> PlacementNotification:
    notice = telling.notice_to(told(), "kent_police")
    return notices.reject_notice(
        notice_reference=notice.reference,
        reason="The address is in Medway.",
        version=None,
        act=cast.act_of("joan.mercer", at=database_now()),
    )


def instead() -> str:
    notice = sent_back()
    return reverse(
        "placements:reroute",
        args=[notice.child.reference, notice.placement.reference, notice.reference],
    )


def notice(name: str, make: Callable[[], PlacementNotification]) -> Callable[[], str]:
    return lambda: reverse(f"placements:{name}", args=[make().reference])


def waiting() -> PlacementNotification:
    return telling.notice_to(told(), "kent_police")


def acknowledged() -> PlacementNotification:
    return telling.acknowledge(
        told(), "kent_police", by="joan.mercer", at=database_now(), holder="Missing children team",
        reference="KP-1", response="Ring the control room at once.",
    )  # fmt: skip


def withdrawn() -> PlacementNotification:
    placement = told()
    placements.withdraw_placement(
        placement_reference=placement.reference,
        reason="There is a home nearer by.",
        version=None,
        act=cast.act_of("samira.khan", at=database_now()),
    )
    return placement.notices.get(agency=cast.agency("kent_police"))


def of_end() -> PlacementNotification:
    """Let Amelia's placement end, and Kent be told."""
    placement = placements.end_placement(
        placement_reference=current().reference,
        ended_at=database_now(),
        reason="She moves back to Birmingham.",
        version=None,
        act=cast.act_of("samira.khan", at=database_now()),
    )
    return telling.notice_to(placement, "kent_police", PlacementNotification.About.END)


STATES: list[State] = [
    State(page="placements:placements", what="full", by="samira.khan", address=lambda: reverse("placements:placements", args=[current().child.reference]), shows="Placements"),
    State(page="placements:placements", what="empty", by="beth.carver", address=of("placements:placements", "Ellis Grant"), shows="No placement is on record"),
    *asked("placements:propose", "asked", "samira.khan", lambda: reverse("placements:propose", args=[on_duty(NOOR).reference]), "Record a placement"),
    State(page="placements:propose", what="not allowed", by="joan.mercer", address=of("placements:propose", "Ava Bramley"), shows="You cannot", status=403),
    State(page="placements:placement", what="proposed", by="samira.khan", address=page("placement", proposed), shows="must approve this placement"),
    State(page="placements:placement", what="in doubt", by="samira.khan", address=page("placement", lambda: proposed(NEW_STREET)), shows="does not say which area"),
    State(page="placements:placement", what="approved", by="samira.khan", address=page("placement", approved), shows="To be told by"),
    State(page="placements:placement", what="told by hand", by="samira.khan", address=page("placement", lambda: approved(SURREY)), shows="tell them by hand"),
    State(page="placements:placement", what="current", by="samira.khan", address=page("placement", current), shows="Record the end"),
    State(page="placements:placement", what="of the area", by="joan.mercer", address=page("placement", current), shows="Who in the area was told"),
    State(page="placements:placement", what="sent back", by="samira.khan", address=page("placement", lambda: sent_back().placement), shows="Choose who must be told instead"),
    *asked("placements:choose_area", "asked", "samira.khan", page("choose_area", lambda: proposed(NEW_STREET)), "Which area is the home in?"),
    *asked("placements:decide", "by telephone", "samira.khan", page("decide", proposed), "Who decided?"),
    *asked("placements:decide", "by the director", "jean.holt", page("decide", proposed), "I did"),
    State(page="placements:decide", what="not allowed", by="ruth.adeyemi", address=page("decide", proposed), shows="You cannot", status=403),
    State(page="placements:send", what="asked", by="samira.khan", address=page("send", approved), shows="is told that a child is placed"),
    State(page="placements:send", what="not now", by="samira.khan", address=page("send", proposed), shows="You cannot tell the area now", status=403),
    *asked("placements:start", "asked", "samira.khan", page("start", approved), "When did the child arrive?"),
    *asked("placements:end", "asked", "samira.khan", page("end", current), "When did the placement end?"),
    *asked("placements:withdraw", "asked", "samira.khan", page("withdraw", approved), "Why will it not happen?"),
    *asked("placements:by_hand", "asked", "samira.khan", by_hand, "Whom did you tell?"),
    *asked("placements:reroute", "asked", "samira.khan", instead, "Who must be told?"),
    State(page="placements:notifications", what="waiting", by="joan.mercer", address=lambda: str(waiting() and reverse("placements:notifications")), shows="PN-"),
    State(page="placements:notifications", what="answered", by="joan.mercer", address=lambda: str(acknowledged() and reverse("placements:notifications") + "?box=answered"), shows="PN-"),
    State(page="placements:notifications", what="empty", by="sam.reyes", address=at("placements:notifications"), shows="No notice waits"),
    State(page="placements:notification", what="waiting", by="joan.mercer", address=notice("notification", waiting), shows="This is not ours"),
    State(page="placements:notification", what="acknowledged", by="joan.mercer", address=notice("notification", acknowledged), shows="What you answered"),
    State(page="placements:notification", what="sent back", by="joan.mercer", address=notice("notification", sent_back), shows="You sent this back"),
    State(page="placements:notification", what="withdrawn", by="joan.mercer", address=notice("notification", withdrawn), shows="This will not happen"),
    State(page="placements:notification", what="of an end", by="joan.mercer", address=notice("notification", of_end), shows="has ended"),
    *asked("placements:acknowledge", "asked", "joan.mercer", notice("acknowledge", waiting), "Who holds it?"),
    State(page="placements:acknowledge", what="of an end", by="joan.mercer", address=notice("acknowledge", of_end), shows="Acknowledge the end"),
    *asked("placements:send_back", "asked", "joan.mercer", notice("send_back", waiting), "Why is it not yours?"),
]  # fmt: skip
