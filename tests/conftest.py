"""What holds for every test: two database roles, a closed network, no silent mistakes, one Chromium."""

import gc
import time
from collections.abc import Generator, Iterator
from copy import deepcopy
from datetime import datetime
from typing import Any

import hypothesis
import pytest
import pytest_socket
from _pytest import runner
from django.conf import settings
from django.db import connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from psycopg2 import sql
from pytest_django import DjangoDbBlocker

from tests import browsers
from tests.partnership import Partnership
from tests.staging import staged
from tests.walking import walked_world

LOOPBACK = ["127.0.0.1", "::1"]
SLOTS = 70_000  # half a MiB: CPython then takes one, of which half is left for all that is called
PATIENCE = "10s"  # a test that leaves a session open makes the next clean-up fail, not wait

hypothesis.settings.register_profile("suite", derandomize=True, deadline=None, database=None)
hypothesis.settings.load_profile("suite")


@pytest.hookimpl(tryfirst=True)  # in a worker nobody is asked after xdist
def pytest_runtestloop() -> None:
    """Let the collector pass over what is there for good: the models, the tests, the templates."""
    gc.collect()
    gc.freeze()


def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run the test as pytest does, in a frame with a large stack.

    CPython keeps frames in pieces of 16 KiB. Where a piece ends, each call asks the kernel for the
    next one and gives it back: so deep in pytest and Django that took a twentieth of the time.
    """
    return runner.pytest_runtest_protocol(item, nextitem)


pytest_runtest_protocol.__code__ = pytest_runtest_protocol.__code__.replace(co_stacksize=SLOTS)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put first, after the shuffling, what one process should begin and others only help with."""
    items.sort(key=lambda item: item.get_closest_marker("first") is None)


@pytest.hookimpl(trylast=True)
def pytest_runtest_setup() -> None:
    """Close the network but for this machine's own sockets."""
    pytest_socket.socket_allow_hosts(LOOPBACK, allow_unix_socket=True)


# --- the database: made by the role that owns it, used by the role that serves


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_keepdb: bool,
    django_db_createdb: bool,
    django_db_modify_db_settings: None,
) -> Generator[None]:
    """Make the test database; every test then meets the rights of the role that serves."""
    maker = "owner" if "owner" in connections else "default"
    verbosity = request.config.option.verbose
    with django_db_blocker.unblock():
        made = setup_databases(
            verbosity=verbosity,
            interactive=False,
            keepdb=django_db_keepdb and not django_db_createdb,
            aliases={maker},  # type: ignore[arg-type]
            serialized_aliases=set(),
        )
        connections["default"].settings_dict["TEST"]["MIRROR"] = None
        cleaner = connections[maker].copy()  # a session of its own, which no test is denied
        changing = _tables_filled_by_tests(cleaner)

    def clean_up(_test_case: TransactionTestCase) -> None:
        _empty(changing, by=cleaner)

    with pytest.MonkeyPatch.context() as patch:
        # The role that serves may not truncate, and what the migrations filled must stay.
        patch.setattr(TransactionTestCase, "_fixture_teardown", clean_up)
        yield
    with django_db_blocker.unblock():
        cleaner.close()
        connections.close_all()
        if not django_db_keepdb:
            _wait_until_unused(connections[maker])
            teardown_databases(made, verbosity=verbosity)


def _wait_until_unused(connection: BaseDatabaseWrapper) -> None:
    """Wait until the last server process has left the test database, or it cannot be dropped."""
    until = time.monotonic() + 20
    others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(f"{others} AND pid <> pg_backend_pid()")
            if cursor.fetchone()[0] == 0:
                break
            time.sleep(0.1)
    connection.close()


def _tables_filled_by_tests(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the tables that migrating leaves empty."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition ORDER BY relname"
        )
        tables = [name for (name,) in cursor.fetchall()]
        return [table for table in tables if not _has_rows(cursor, table)]


def _has_rows(cursor: Any, table: str) -> bool:
    cursor.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table)))
    return bool(cursor.fetchone()[0])


def _empty(tables: list[str], *, by: BaseDatabaseWrapper) -> None:
    """Empty the tables at once, if any has rows."""
    with by.cursor() as cursor:
        if not any(_has_rows(cursor, table) for table in tables):
            return
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        cursor.execute("SET lock_timeout = %s", [PATIENCE])
        cursor.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY").format(names))


# --- mistakes that Django lets pass


@pytest.fixture(autouse=True, scope="session")
def _no_instant_in_a_date_field() -> Iterator[None]:
    """Refuse an instant where a date is stored: which day it means depends on the time zone."""
    prepare = models.DateField.get_prep_value

    def refuse_instants(field: "models.DateField[Any, Any]", value: Any) -> Any:
        if isinstance(value, datetime) and not isinstance(field, models.DateTimeField):
            raise TypeError(f"{field} was given an instant, {value!r}; it stores a date.")
        return prepare(field, value)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models.DateField, "get_prep_value", refuse_instants)
        yield


@pytest.fixture
def app_role() -> str:
    """Return the database role that serves."""
    return str(settings.DATABASES["default"]["USER"])


# --- people


@pytest.fixture
def world(db: None) -> Partnership:
    """Return the agencies and people around one child."""
    return Partnership()


# --- what a module's tests begin from, told once: only for modules without a transaction of their own


@pytest.fixture(scope="module")
def stage(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Keep what other fixtures of the module write, until its last test is over."""
    with staged(django_db_blocker):
        yield


@pytest.fixture(scope="module")
def accepted_once(stage: None) -> Partnership:
    """Tell how Ava's report was accepted."""
    world = Partnership()
    world.accept(world.report())
    return world


@pytest.fixture(scope="module")
def walked_once(stage: None) -> Partnership:
    """Tell what every address is about."""
    return walked_world()


@pytest.fixture
def walked(walked_once: Partnership, db: None) -> Partnership:
    """Return a partnership in which every address has something to show, told once for the module."""
    return deepcopy(walked_once)


@pytest.fixture
def accepted_world(accepted_once: Partnership, db: None) -> Partnership:
    """Return a partnership in which Ava's report is accepted, told once for the module."""
    return deepcopy(accepted_once)


# --- the one Chromium of a run, which only the tests that ask for it start


@pytest.fixture(scope="session")
def chromium_process() -> Iterator[browsers.Chromium]:
    """Start Chromium, or skip every test that needs it, saying why."""
    with browsers.started() as chromium:
        yield chromium


@pytest.fixture
def chromium(chromium_process: browsers.Chromium) -> Iterator[Any]:
    """Lend a test the browser; what it opened is closed afterwards."""
    with chromium_process.lent() as browser:
        yield browser


@pytest.fixture(params=browsers.WIDTHS, ids=["desk", "telephone"])
def page(request: pytest.FixtureRequest, chromium: Any, live_server: Any) -> Iterator[Any]:
    """Open a page at two widths; what it logs as an error fails the test."""
    context = chromium.new_context(
        viewport={"width": request.param, "height": 800}, base_url=live_server.url
    )
    page = context.new_page()
    problems = browsers.problems_of(page)
    yield page
    assert problems == []
