"""One person of the cast at one screen: what each page they look at must be."""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from missingchildren.core.clock import in_london
from tests.browsers import Tab, assert_accessible, assert_fits, problems_of

# The folder to keep pictures in, if there is one.
SCREENSHOTS = os.environ.get("SCREENSHOTS", "")


def screen(width: int) -> dict[str, int]:
    """Return a screen of this width, as high as such screens are."""
    return {"width": width, "height": 640 if width < 600 else 900}


class Person:
    """A person with a browser window of their own, which speaks with no other's."""

    def __init__(
        self,
        chromium: Any,
        *,
        base: str,
        width: int,
        has_scripts: bool = True,
        session: str = "",
        tab: Tab | None = None,
        has_axe: bool = True,
    ) -> None:
        """Open the window, or take the tab; `session` is the cookie of somebody signed in.

        Without `has_axe` a look is at the width and the controls alone.
        """
        self.context = (
            tab.page.context
            if tab
            else chromium.new_context(base_url=base, java_script_enabled=has_scripts)
        )
        if session:
            self.context.add_cookies([{"name": "session", "value": session, "url": base}])
        self.has_scripts, self.has_axe = has_scripts, has_axe
        self.page = tab.page if tab else self.context.new_page()
        self.be_as_wide_as(width)
        self.page.set_default_timeout(10_000)
        self.problems = tab.problems if tab else problems_of(self.page)

    def be_as_wide_as(self, width: int) -> None:
        """Make the window so wide."""
        self.width = width
        self.page.set_viewport_size(screen(width))

    def open(self, address: str) -> None:
        """Go to an address of the service."""
        self.page.goto(address)

    def press(self, name: str) -> None:
        """Press the first button, or follow the first link that looks like one, with this name."""
        self.page.get_by_role("button", name=name).first.click()

    def follow(self, name: str) -> None:
        """Follow the first link with this name."""
        self.page.get_by_role("link", name=name).first.click()

    def field(self, label: str) -> Any:
        """Return the field with this label."""
        return self.page.get_by_label(label, exact=True)

    def send_as_it_is(self) -> None:
        """Send the page's form without answering what it asks."""
        send = "main form:not([action]) [type=submit], main form[method=get] [type=submit]"
        self.page.locator(send).first.click()
        self.page.wait_for_selector(".govuk-error-summary")

    def enter_time(self, at: datetime) -> None:
        """Fill in day, month, year and time."""
        local = in_london(at)
        for label, value in (
            ("Day", local.day),
            ("Month", local.month),
            ("Year", local.year),
            ("Time", f"{local:%H:%M}"),
        ):
            self.field(label).fill(str(value))

    def look(self, name: str = "") -> str:
        """Check the page as it stands, and return its words.

        axe finds nothing, nothing is wider than the screen, no script failed, and the content
        policy refused nothing. SCREENSHOTS=folder keeps a picture of each page that has a name.
        """
        words: str = self.page.locator("main").inner_text()
        if self.has_scripts:
            (assert_accessible if self.has_axe else assert_fits)(self.page)
        assert self.problems == [], self.page.url
        if name and self.has_scripts and SCREENSHOTS:
            picture = Path(SCREENSHOTS) / f"{name}-{self.width}.png"
            self.page.screenshot(path=picture, full_page=True)
        return words


Seat = Callable[[str], Person]
