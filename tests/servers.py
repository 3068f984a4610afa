"""pytest's plugin that gives each run its own PostgreSQL and Valkey, gone when the run is.

Loaded by `-p tests.servers` because pytest-django reads the settings before any conftest.py.
"""

import gc
import os
from collections.abc import Generator

import pytest

from missingchildren.demo.servers import TEST_SETTINGS, ServerFailed, Servers

# Tables of tests are small: whichever order of joins stands there is good enough.
QUICK_PLANS = {"join_collapse_limit": "1", "from_collapse_limit": "1"}
RARELY = (25_000, 50, 100)  # how much is made before the collector of garbage looks at it

servers: Servers | None = None


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    """Start what the environment does not name; xdist's workers inherit the addresses."""
    gc.set_threshold(*RARELY)
    asked = early_config.known_args_namespace
    if not (asked.help or asked.version):
        _start()
    try:
        return (yield)
    except BaseException:
        pytest_unconfigure()
        raise


def pytest_unconfigure() -> None:
    """Stop the servers; after `kill -9` their guards do it."""
    if servers is not None:
        servers.stop()


def _start() -> None:
    global servers  # noqa: PLW0603 pytest's plugins are modules
    try:
        servers = Servers(settings={**TEST_SETTINGS, **QUICK_PLANS})
        os.environ.update(servers.start())
    except ServerFailed as failure:
        pytest.exit(str(failure), returncode=1)
