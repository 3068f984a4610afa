"""One state of one page: who sees it, at which address, after what."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from cases.models import Child, ChildName, Report
from missingchildren.demo import cast
from tests.browser.person import Person

PROBLEM = "There is a problem"
Do = Callable[[Person], None]


@dataclass(frozen=True, kw_only=True)
class State:
    """One page as one person sees it; `shows` proves that it is this state and no other."""

    page: str
    what: str
    shows: str
    by: str = ""
    address: Callable[[], str]
    then: Do = lambda _person: None
    status: int = 200

    @property
    def name(self) -> str:
        """Name it in the output of the tests."""
        return f"{self.page} {self.what}"


def child(name: str) -> Child:
    """Return a child of the stories."""
    given_names, family_name = name.split()
    found: Child = ChildName.objects.get(given_names=given_names, family_name=family_name).child
    return found


def report_of(name: str) -> Report:
    report: Report = Report.objects.filter(child=child(name)).latest("recorded_at")
    return report


def at(url_name: str, *arguments: str) -> Callable[[], str]:
    return lambda: reverse(url_name, args=arguments)


def of(url_name: str, name: str) -> Callable[[], str]:
    """Return the address of a page about a child."""
    return lambda: reverse(url_name, args=[child(name).reference])


def of_episode(url_name: str, name: str) -> Callable[[], str]:
    return lambda: reverse(
        url_name, args=[child(name).reference, report_of(name).episode.reference]
    )


def with_agency(url_name: str, name: str, key: str) -> Callable[[], str]:
    return lambda: reverse(url_name, args=[child(name).reference, cast.agency(key).reference])


def of_report(url_name: str, name: str) -> Callable[[], str]:
    return lambda: reverse(url_name, args=[report_of(name).reference])


def refused(person: Person) -> None:
    """Send the form with nothing in it."""
    for control in person.page.locator("main form:not([action]) >> [type=text], textarea").all():
        if control.is_visible():
            control.fill("")
    for box in person.page.locator("main form [type=checkbox]:checked").all():
        box.uncheck()
    person.send_as_it_is()


def pressing(name: str) -> Do:
    return lambda person: person.press(name)


def following(name: str) -> Do:
    return lambda person: person.follow(name)


def asked(page: str, what: str, by: str, address: Callable[[], str], shows: str) -> list[State]:
    """Return the two states of a page with a form: as it opens, and refused."""
    return [
        State(page=page, what=what, by=by, address=address, shows=shows),
        State(
            page=page, what=f"{what}, refused", by=by, address=address, then=refused, shows=PROBLEM
        ),
    ]
