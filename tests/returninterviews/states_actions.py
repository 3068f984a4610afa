"""The states of the pages of returninterviews in the loaded demonstration."""

from collections.abc import Callable

from django.urls import reverse

from returninterviews.models import Action, Recommendation
from tests.browser.person import Person
from tests.browser.state import State, asked, child, of

MIA, AVA = "Mia Thornbury", "Ava Bramley"

# --- recommendations and follow-up actions


def of_recommendation(url_name: str, name: str, state: str) -> Callable[[], str]:
    """Return the address of a page about a recommendation in a state."""

    def address() -> str:
        found = Recommendation.objects.filter(child=child(name)).order_by("-pk")
        reference = next(each.reference for each in found if each.state == state)
        return reverse(f"returninterviews:{url_name}", args=[reference])

    return address


def of_action(url_name: str, name: str, state: str, owner: str = "") -> Callable[[], str]:
    """Return the address of a page about an action in a state."""

    def address() -> str:
        found = Action.objects.filter(child=child(name), owner__short_name__startswith=owner)
        reference = next(each.reference for each in found.order_by("-pk") if each.state == state)
        return reverse(f"returninterviews:{url_name}", args=[reference])

    return address


def stale(person: Person) -> None:
    """Send what was typed over a version that is no longer the newest."""
    person.page.locator("main textarea").first.fill("Both of them told me so on the telephone.")
    person.page.locator("[name=version]").evaluate("field => field.value = '999'")
    person.page.locator("main form:not([action]) [type=submit]").first.click()
    person.page.wait_for_selector(".govuk-error-summary")


APP = "returninterviews"
STATES: list[State] = [
    State(page="cases:child", what="with actions", by="beth.carver", address=of("cases:child", MIA), shows="To decide and to do"),
    State(page="cases:child", what="with an own action", by="nisha.roy", address=of("cases:child", AVA), shows="What your agency is to do"),
    State(page=f"{APP}:actions", what="of the council", by="beth.carver", address=of(f"{APP}:actions", MIA), shows="Overdue"),
    State(page=f"{APP}:actions", what="of an owner", by="nisha.roy", address=of(f"{APP}:actions", AVA), shows="rota"),
    State(page=f"{APP}:actions", what="of the interviewer", by="lena.fox", address=of(f"{APP}:actions", AVA), shows="Second look"),
    State(page=f"{APP}:actions", what="empty", by="joan.mercer", address=of(f"{APP}:actions", AVA), shows="Nothing is open"),
    State(page=f"{APP}:settled", what="full", by="beth.carver", address=of(f"{APP}:settled", MIA), shows="mentor"),
    State(page=f"{APP}:settled", what="empty", by="nisha.roy", address=of(f"{APP}:settled", AVA), shows="Nothing has been done"),
    State(page=f"{APP}:recommendations", what="full", by="beth.carver", address=of(f"{APP}:recommendations", MIA), shows="nurse"),
    State(page=f"{APP}:recommendation", what="to decide", by="beth.carver", address=of_recommendation("recommendation", MIA, "to decide"), shows="a manager decides that"),
    State(page=f"{APP}:recommendation", what="taken forward", by="lena.fox", address=of_recommendation("recommendation", AVA, "taken forward"), shows="What is done about it"),
    State(page=f"{APP}:recommendation", what="second look", by="colin.marsh", address=of_recommendation("recommendation", AVA, "second look asked"), shows="Keep the decision"),
    State(page=f"{APP}:action", what="overdue", by="beth.carver", address=of_action("action", MIA, "open"), shows="It is done"),
    State(page=f"{APP}:action", what="done", by="idris.boateng", address=of_action("action", MIA, "done"), shows="Ms Hale"),
    State(page=f"{APP}:action", what="of an owner", by="nisha.roy", address=of_action("action", AVA, "open", "Seaview"), shows="rota"),
    *asked(f"{APP}:add_action", "for a council", "beth.carver", of(f"{APP}:add_action", MIA), "Add a follow-up action"),
    State(page=f"{APP}:add_action", what="not allowed", by="nisha.roy", address=of(f"{APP}:add_action", AVA), shows="You cannot", status=403),
    *asked(f"{APP}:take_forward", "a recommendation", "beth.carver", of_recommendation("take_forward", MIA, "to decide"), "Who will do it?"),
    *asked(f"{APP}:take_forward", "after a second look", "colin.marsh", of_recommendation("take_forward", AVA, "second look asked"), "What do you say"),
    *asked(f"{APP}:not_forward", "by a manager", "idris.boateng", of_recommendation("not_forward", MIA, "to decide"), "Why is it not taken forward?"),
    State(page=f"{APP}:not_forward", what="not allowed", by="beth.carver", address=of_recommendation("not_forward", MIA, "to decide"), shows="Only a manager", status=403),
    State(page=f"{APP}:not_forward", what="changed meanwhile", by="idris.boateng", address=of_recommendation("not_forward", MIA, "to decide"), then=stale, shows="What is recorded now"),
    *asked(f"{APP}:add_to", "to a recommendation", "beth.carver", of_recommendation("add_to", MIA, "taken forward"), "Add one more action"),
    *asked(f"{APP}:second_look", "by the interviewer", "lena.fox", of_recommendation("second_look", AVA, "second look asked"), "Why should the council"),
    *asked(f"{APP}:keep", "by a manager", "colin.marsh", of_recommendation("keep", AVA, "second look asked"), "Why does it stay"),
    *asked(f"{APP}:progress", "by its owner", "nisha.roy", of_action("progress", AVA, "open", "Seaview"), "How is it going?"),
    *asked(f"{APP}:done", "by its owner", "nisha.roy", of_action("done", AVA, "open", "Seaview"), "how do you know?"),
    State(page=f"{APP}:done", what="changed meanwhile", by="beth.carver", address=of_action("done", MIA, "open"), then=stale, shows="What is recorded now"),
    *asked(f"{APP}:drop", "by a manager", "idris.boateng", of_action("drop", MIA, "open"), "Why is it dropped?"),
    State(page=f"{APP}:drop", what="not allowed", by="beth.carver", address=of_action("drop", MIA, "open"), shows="Only a manager", status=403),
    *asked(f"{APP}:helped", "by the council", "beth.carver", of_action("helped", MIA, "done"), "Did it help?"),
]  # fmt: skip
