"""Chromium in the tests: how it starts, how a test borrows it, and what every page must be in it."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WIDTHS = (1280, 320)
# axe leaves out what WCAG 2.2 added unless asked; nothing is switched off.
AXE = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
TOO_SMALL = """
() => [...document.querySelectorAll("a.govuk-button, button, select, textarea, input:not([type=hidden])")]
  .map((control) => [control, control.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24))
  .map(([control]) => control.outerHTML.slice(0, 100))
"""


@dataclass(frozen=True)
class Chromium:
    """The browser of this run, and the event loop by which Playwright speaks to it."""

    browser: Any
    loop: asyncio.AbstractEventLoop

    @contextmanager
    def lent(self, *, keeps_windows: bool = False) -> Iterator[Any]:
        """Lend the browser, and close every window that was opened in it unless told to keep them.

        Playwright marks its loop as running in this thread whenever it answers. Outside this block
        no loop may run, or Django would refuse the database to every later test. Inside it Django
        keeps database connections apart from the thread's own: they end with the block.
        """
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
            asyncio._set_running_loop(self.loop)
            try:
                yield self.browser
            finally:
                for context in [] if keeps_windows else self.browser.contexts:
                    context.close()
                connections.close_all()
                asyncio._set_running_loop(None)


@dataclass(frozen=True)
class Tab:
    """One tab that is used again and again, and what has gone wrong in it."""

    page: Any
    problems: list[str]

    def clear(self) -> None:
        """Forget who was there, what the pages kept, and what went wrong."""
        self.page.evaluate("sessionStorage.clear()")
        self.page.context.clear_cookies()
        self.problems.clear()


@contextmanager
def started() -> Iterator[Chromium]:
    """Start Chromium and stop it afterwards; skip, saying why, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed.")
    if not (path := _path()):
        pytest.skip("There is no Chromium on this machine.")
    # Its sandbox needs rights that a container lacks; and one process draws all the windows.
    options = {"executable_path": path, "args": ["--no-sandbox", "--renderer-process-limit=1"]}
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(**options)
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield Chromium(browser, loop)
        asyncio._set_running_loop(loop)
        browser.close()


def _path() -> str:
    named = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), "")
    return shutil.which(named) or ""


def problems_of(page: Any) -> list[str]:
    """Return a list that grows by each script error, dialog and refusal of the content policy."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", lambda dialog: (problems.append("a dialog"), dialog.dismiss()))  # type: ignore[func-returns-value]
    page.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None,
    )
    return problems


def assert_accessible(page: Any) -> None:
    """A11Y-01, A11Y-05, A11Y-08: axe finds nothing, nothing is too wide, no control too small."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found = page.evaluate("options => axe.run(options).then((found) => found.violations)", AXE)
    told = [(fault["id"], [node["html"] for node in fault["nodes"]]) for fault in found]
    assert told == [], f"{page.url}: {told}"
    assert_fits(page)


@cache
def _axe() -> str:
    return (Path(__file__).parent / "axe" / "axe.min.js").read_text("utf-8")


def assert_fits(page: Any) -> None:
    """A11Y-05, A11Y-08: nothing is wider than the screen, and no control too small."""
    beyond = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert beyond <= 0, f"{page.url} is {beyond} pixels wider than the screen"
    assert page.evaluate(TOO_SMALL) == [], page.url
