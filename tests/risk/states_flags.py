"""The states of the pages of risk in the loaded demonstration."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from cases.models import Child
from missingchildren.audit.acts import database_now
from missingchildren.demo import cast, telling_flags
from missingchildren.demo.telling_flags import Flagged
from risk.models import Flag
from risk.rules import FlagOutcome
from risk.services.flags import end_flag
from tests.browser.state import State, asked, at, child, of

# --- flags

AVA, LEO, ELLIS, CHLOE, MIA = (
    "Ava Bramley", "Leo Sandhu", "Ellis Grant", "Chloe Merritt", "Mia Thornbury",
)  # fmt: skip


def flag_of(url_name: str, name: str) -> Callable[[], str]:
    """Return the address of a page about the flag of a child of the stories."""

    def address() -> str:
        flag = Flag.objects.filter(child=child(name)).earliest("asked_at")
        return reverse(url_name, args=[flag.child.reference, flag.reference])

    return address


def mias(url_name: str, state: str) -> Callable[[], str]:
    """Return the address of a page about a new flag of Mia's in a state, whatever others did before."""

    def address() -> str:
        mia = child(MIA)
        flag = _tell(mia, state, f"Mia is in danger: the flag that is {state}.")
        return reverse(url_name, args=[mia.reference, flag.reference])

    return address


def _tell(mia: Child, state: str, grounds: str) -> Flag:
    """Bring a flag of Mia's to a state, after what stands in its way has ended."""
    now = database_now()
    for flag in Flag.objects.filter(child=mia, ended_at=None, outcome__in=["accepted", "amended"]):
        end_flag(
            flag_reference=flag.reference, reasons="Another begins.", version=None,
            act=cast.act_of("priya.nair", at=now),
        )  # fmt: skip
    minutes = timedelta(minutes=1)
    decided = {
        "amended": FlagOutcome.AMENDED, "to enter": FlagOutcome.ACCEPTED,
        "declined": FlagOutcome.DECLINED, "to take off": FlagOutcome.ACCEPTED,
    }  # fmt: skip
    flag = telling_flags.flag(
        Flagged(
            asker="idris.boateng", force="kent_police", asked=30 * minutes, grounds=grounds,
            if_missing="Ring her sister, who knows where she goes.", decider="priya.nair",
            decided=20 * minutes if state in decided else None,
            outcome=decided.get(state, FlagOutcome.ACCEPTED),
            reasons="Her sister has told us the same.", wording="Ring her sister and her father.",
            enterer="joan.mercer", entered=10 * minutes if state == "to take off" else None,
            system_reference="KP-1",
        ),
        mia,
        now=now,
    )  # fmt: skip
    if state == "to take off":
        return end_flag(
            flag_reference=flag.reference, reasons="She lives with her sister now.", version=None,
            act=cast.act_of("priya.nair", at=now - 5 * minutes),
        )  # fmt: skip
    return flag


STATES: list[State] = [
    State(page="risk:flag_list", what="of the force", by="priya.nair", address=lambda: reverse("risk:flag_list") + "?box=in_force", shows="Chloe Merritt"),
    State(page="risk:flag_list", what="to do", by="helen.bright", address=at("risk:flag_list"), shows="Leo Sandhu"),
    State(page="risk:flag_list", what="of the council", by="beth.carver", address=at("risk:flag_list"), shows="Waiting for the police"),
    State(page="risk:flag_list", what="empty", by="anil.desai", address=lambda: reverse("risk:flag_list") + "?box=over", shows="Nothing here"),
    State(page="risk:flags", what="active", by="ruth.adeyemi", address=of("risk:flags", AVA), shows="Active"),
    State(page="risk:flags", what="disputed", by="beth.carver", address=of("risk:flags", LEO), shows="Declined, the council disagrees"),
    State(page="risk:flag", what="active", by="joan.mercer", address=flag_of("risk:flag", AVA), shows="KP-W-22-0417"),
    State(page="risk:flag", what="amended", by="beth.carver", address=flag_of("risk:flag", ELLIS), shows="modern slavery desk"),
    State(page="risk:flag", what="disputed", by="helen.bright", address=flag_of("risk:flag", LEO), shows="The council disagrees"),
    State(page="risk:flag", what="hidden", by="nisha.roy", address=flag_of("risk:flag", AVA), shows="Page not found", status=404),
    *asked("risk:ask_for_flag", "asked", "idris.boateng", of("risk:ask_for_flag", MIA), "What harm do you expect"),
    State(page="risk:ask_for_flag", what="not allowed", by="joan.mercer", address=of("risk:ask_for_flag", AVA), shows="You cannot ask for a flag", status=403),
    *asked("risk:make_flag", "asked", "helen.bright", of("risk:make_flag", LEO), "Flag this child"),
    *asked("risk:decide_flag", "asked", "helen.bright", flag_of("risk:decide_flag", LEO), "What do you decide?"),
    State(page="risk:decide_flag", what="decided", by="marcus.oyelaran", address=flag_of("risk:decide_flag", AVA), shows="already been decided", status=409),
    *asked("risk:enter_flag", "asked", "joan.mercer", mias("risk:enter_flag", "to enter"), "Reference on your system"),
    *asked("risk:review_flag", "asked", "priya.nair", flag_of("risk:review_flag", CHLOE), "What do you decide?"),
    *asked("risk:disagree_with_flag", "asked", "idris.boateng", mias("risk:disagree_with_flag", "declined"), "Why do you disagree?"),
    *asked("risk:end_flag", "asked", "priya.nair", flag_of("risk:end_flag", CHLOE), "End this flag"),
    State(page="risk:take_flag_off", what="asked", by="joan.mercer", address=mias("risk:take_flag_off", "to take off"), shows="First take it off"),
]  # fmt: skip
