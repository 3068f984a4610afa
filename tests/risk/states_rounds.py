"""The states of the pages of risk in the loaded demonstration."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse

from missingchildren.audit.acts import database_now
from missingchildren.demo import cast, telling_risk
from risk import queries
from risk.models import Ask, Contribution, Decision, Dissent
from tests.browser.person import Person
from tests.browser.state import PROBLEM, State, asked, child, of, pressing, refused

# --- rounds

AVA = "Ava Bramley"


def ask_of_ava(key: str) -> Ask:
    """Return the latest question about Ava to an agency of the cast."""
    ask: Ask = Ask.objects.filter(child=child(AVA), agency=cast.agency(key)).latest("asked_at")
    return ask


def level_of_ava() -> Decision:
    """Return the level that counts for Ava, chosen now by Dana if there is none."""
    round = queries.latest_round(child(AVA))
    assert round is not None
    now = database_now()
    return round.current or telling_risk.decide(
        "dana.whitlock",
        child(AVA),
        level="high",
        reasons="No coat, no inhaler, and a call that made her cry.",
        police_only="The grey car may be the one from Ramsgate.",
        early_reason="danger",
        review_due_at=now + timedelta(hours=1),
        at=now,
    )


def unconfirmed_level() -> Decision:
    """Return a level that a supervisor has still to judge."""
    level = level_of_ava()
    if level.confirmed_at is None and level.sent_back_at is None:
        return level
    now = database_now()
    return telling_risk.decide(
        "dana.whitlock",
        child(AVA),
        level="high",
        reasons="As before.",
        early_reason="danger",
        review_due_at=now + timedelta(hours=1),
        at=now,
    )


def of_level(page: str, level: Callable[[], Decision] = level_of_ava) -> Callable[[], str]:
    return lambda: reverse(page, args=[child(AVA).reference, level().reference])


def phone_of(key: str) -> Callable[[], str]:
    return lambda: reverse("risk:phone", args=[child(AVA).reference, ask_of_ava(key).reference])


def told_by_phone() -> str:
    now = database_now()
    made = telling_risk.phone_answer(
        "joan.mercer",
        child(AVA),
        "Nobody at home has heard from her.",
        agency="birmingham",
        given_by="Ken Osei, duty social worker",
        given_phone="01632 960 301",
        given_at=now,
        at=now,
    )
    return reverse("risk:contribution", args=[child(AVA).reference, made.reference])


def told_late() -> str:
    level_of_ava()
    made: Contribution = telling_risk.answer(
        "moira.platt", child(AVA), "A bus driver saw her in Ramsgate.", at=database_now()
    )
    return reverse("risk:contribution", args=[child(AVA).reference, made.reference])


def dissent_from_level() -> str:
    made: Dissent = telling_risk.dissent(
        "ken.osei", level_of_ava(), "We think that she is with a friend.", at=database_now()
    )
    return reverse("risk:dissent", args=[child(AVA).reference, made.reference])


def after_the_return() -> str:
    """Return the address of a question that health never answered, about a time that is over."""
    ask = Ask.objects.filter(
        child=child(AVA),
        agency=cast.agency("thanet_health"),
        round__ended_at__isnull=False,
        contributions=None,
    ).latest("asked_at")
    return reverse("risk:late", args=[ask.reference])


def while_something_comes_in(person: Person) -> None:
    """Go on to the level, and send it, after an answer has come in since the page was opened."""
    telling_risk.answer("moira.platt", child(AVA), "The arcade has film of her.", at=database_now())
    person.press("Go on to the level")
    person.press("Choose this level")
    person.page.wait_for_selector(".govuk-error-summary")


def refused_level(person: Person) -> None:
    """Go on to the level, and send it with nothing in it."""
    person.press("Go on to the level")
    refused(person)


STATES: list[State] = [
    State(page="risk:round", what="of the force", by="joan.mercer", address=of("risk:round", AVA), shows="How worried to be"),
    State(page="risk:round", what="never reported", by="colin.marsh", address=of("risk:round", "Adam Begum"), shows="has not been reported missing"),
    State(page="risk:round", what="of the council", by="ken.osei", address=of("risk:round", AVA), shows="Who was asked"),
    *asked("risk:answer", "asked", "paul.denby", of("risk:answer", AVA), "What do you know?"),
    State(page="risk:answer", what="not asked", by="joan.mercer", address=of("risk:answer", AVA), shows="You are not asked", status=403),
    *asked("risk:phone", "asked", "joan.mercer", phone_of("larkfield"), "Write down a phone answer"),
    State(page="risk:phone", what="not allowed", by="ken.osei", address=phone_of("larkfield"), shows="You cannot", status=403),
    State(page="risk:contribution", what="to confirm", by="ken.osei", address=told_by_phone, shows="Yes, this is what we said"),
    State(page="risk:contribution", what="late", by="joan.mercer", address=told_late, shows="I have read it"),
    State(page="risk:decide", what="asked", by="joan.mercer", address=of("risk:round", AVA), then=pressing("Go on to the level"), shows="How much danger is the child in?"),
    State(page="risk:decide", what="refused", by="joan.mercer", address=of("risk:round", AVA), then=refused_level, shows=PROBLEM),
    State(page="risk:decide", what="something came in", by="joan.mercer", address=of("risk:round", AVA), then=while_something_comes_in, shows="What has come in"),
    State(page="risk:decide", what="not allowed", by="ken.osei", address=of("risk:decide", AVA), shows="You cannot", status=403),
    State(page="risk:decision", what="of the force", by="joan.mercer", address=of_level("risk:decision"), shows="What was shown then"),
    State(page="risk:decision", what="of the council", by="ken.osei", address=of_level("risk:decision"), shows="What was shown then"),
    *asked("risk:confirm", "asked", "marcus.oyelaran", of_level("risk:confirm", unconfirmed_level), "Do you confirm this level?"),
    State(page="risk:confirm", what="not allowed", by="joan.mercer", address=of_level("risk:confirm"), shows="You cannot", status=403),
    *asked("risk:disagree", "asked", "nisha.roy", of_level("risk:disagree"), "How do you see the risk"),
    State(page="risk:disagree", what="not allowed", by="joan.mercer", address=of_level("risk:disagree"), shows="You cannot", status=403),
    *asked("risk:dissent", "to answer", "marcus.oyelaran", dissent_from_level, "What does your force make of it?"),
    State(page="risk:dissent", what="waiting", by="ken.osei", address=dissent_from_level, shows="has not answered yet"),
    *asked("risk:late", "asked", "grace.ilori", after_the_return, "The child is back"),
    State(page="cases:child", what="with a level", by="nisha.roy", address=of("cases:child", AVA), shows="Level of risk"),
]  # fmt: skip
