"""What many tests begin from, told once for all of them."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def staged(blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what is written inside until the block ends, under the tests that run meanwhile.

    For a fixture of a module whose tests need no transaction of their own: each test takes back
    what it wrote, down to here. What it holds of the stage in memory must be a copy.
    """
    with blocker.unblock():
        stage = transaction.atomic()
        stage._from_testcase = True  # type: ignore[attr-defined]  # the service's own may be durable
        with stage:
            yield
            transaction.set_rollback(True)
