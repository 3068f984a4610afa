"""How tests say that something is done at once."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import process_time


@contextmanager
def at_once(
    *, times: int = 1, each: float = 0.1, clock: Callable[[], float] = process_time
) -> Iterator[None]:
    """Assert that what is done inside, so many times, takes less than `each` seconds of `clock`.

    The collector of garbage rests meanwhile, as in `timeit`: it would clear what other tests left.
    """
    gc.disable()
    try:
        started = clock()
        yield
        took = clock() - started
    finally:
        gc.enable()
    assert took / times < each
