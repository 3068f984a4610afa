"""A test that borrows the browser leaves the next one a thread as it was."""

import asyncio
import os

import pytest
from django.core.exceptions import SynchronousOnlyOperation

from missingchildren.agencies.models import Agency
from tests.browsers import Chromium

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

UNSAFE = "DJANGO_ALLOW_ASYNC_UNSAFE"


def assert_nothing_is_left() -> None:
    assert UNSAFE not in os.environ
    with pytest.raises(RuntimeError, match="no running event loop"):
        asyncio.get_running_loop()
    assert asyncio.run(asyncio.sleep(0, "ran")) == "ran"
    assert Agency.objects.count() == 0


def test_no_loop_runs_and_django_guards_its_database_again(chromium_process: Chromium) -> None:
    assert_nothing_is_left()
    for _ in range(2):
        with chromium_process.lent() as browser:
            page = browser.new_context().new_page()
            page.set_content("<h1>Missing now</h1>")
            assert page.inner_text("h1") == "Missing now"
            assert Agency.objects.count() == 0
        assert_nothing_is_left()
        assert page.is_closed()

    async def ask_the_database() -> int:
        return Agency.objects.count()

    with pytest.raises(SynchronousOnlyOperation):
        asyncio.run(ask_the_database())


def test_a_failing_test_leaves_nothing_either(chromium_process: Chromium) -> None:
    def fail_with_a_window() -> None:
        with chromium_process.lent() as browser:
            browser.new_context()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_with_a_window()

    assert_nothing_is_left()
    assert chromium_process.browser.contexts == []
