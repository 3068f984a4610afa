"""How the home reports a child missing in the browser journeys."""

from datetime import timedelta

from cases.models import Child
from missingchildren.audit.acts import database_now
from tests.browser.person import Person


def report(
    nisha: Person, child: Child, *, worry: str, seen: timedelta = timedelta(minutes=70)
) -> None:
    """Report as Nisha does, one question a page, with a mistake on the way."""
    nisha.open("/report/")
    nisha.look("report-start")
    nisha.press("Start")
    nisha.look("report-child")
    nisha.press("Save and continue")
    assert "There is a problem" in nisha.look()
    nisha.field(child.display_name).check()
    nisha.press("Save and continue")
    nisha.look("report-seen")
    nisha.enter_time(database_now() - seen)
    nisha.field("Yes").check()
    nisha.press("Save and continue")
    nisha.look("report-place")
    nisha.page.get_by_label("Here, at Seaview House").check()
    nisha.press("Save and continue")
    nisha.look("report-worry")
    nisha.page.locator("textarea").fill(worry)
    nisha.press("Save and continue")
    nisha.look("report-tried")
    nisha.page.locator("textarea").fill("Rang and looked along the seafront.")
    nisha.press("Save and continue")
    nisha.look("report-contact")
    nisha.field("Telephone number").fill("01632 960 114")
    nisha.press("Save and continue")
    assert worry in nisha.look("report-check")
    nisha.press("Send the report to the police")
