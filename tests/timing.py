"""How tests say that something is done at once."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from time import process_time


@contextmanager
def at_once(*, times: int = 1, each: float = 0.1) -> Iterator[None]:
    """Assert that what is done inside, so many times, takes less than `each` seconds of work.

    The collector of garbage rests meanwhile: what it clears was left by other tests.
    """
    gc.disable()
    try:
        started = process_time()
        yield
        took = process_time() - started
    finally:
        gc.enable()
    assert took / times < each
