"""How a person of the browser journeys answers a form: by the names of its fields."""

from datetime import date, datetime

from missingchildren.core.clock import in_london
from tests.browser.person import Person

ON_DUTY = "I am on duty for it"


def write(person: Person, /, **texts: str) -> None:
    """Write in fields of text."""
    for name, text in texts.items():
        person.page.locator(f"[name={name}]").fill(text)


def tick(person: Person, /, **answers: str | list[str]) -> None:
    """Choose radio buttons, or tick boxes."""
    for name, values in answers.items():
        for value in [values] if isinstance(values, str) else values:
            person.page.check(f'[name={name}][value="{value}"]')


def select(person: Person, /, **answers: str) -> None:
    """Choose from lists by the words that are shown."""
    for name, words in answers.items():
        person.page.locator(f"[name={name}]").select_option(label=words)


def write_day(person: Person, name: str, day: date) -> None:
    """Fill in a day."""
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        person.page.locator(f"[name={name}-{part}]").fill(str(value))


def write_time(person: Person, name: str, at: datetime) -> None:
    """Fill in a day and a time of London."""
    local = in_london(at)
    write_day(person, name, local.date())
    person.page.locator(f"[name={name}-time]").fill(f"{local:%H:%M}")


def open_on_duty(person: Person, address: str) -> None:
    """Open a record outside one's own work: one question comes first, once."""
    person.open(address)
    assert "Why are you opening this?" in person.look("why-open")
    person.field(ON_DUTY).check()
    person.page.locator("main form button").first.click()
    person.page.get_by_text("Why are you opening this?").wait_for(state="detached")


def refused(person: Person, button: str, *, why: str) -> None:
    """Send a page as it is, and read why it was not taken."""
    person.press(button)
    words = person.look()
    assert "There is a problem" in words
    assert why in words


def hidden(person: Person, address: str) -> None:
    """Find that there is no such page."""
    answer = person.page.goto(address)
    assert answer.status == 404, address
    assert "Page not found" in person.look()
    assert "Ava" not in person.page.content()
