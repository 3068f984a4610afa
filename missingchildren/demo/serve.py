"""The demonstration's launcher: every process it needs, in one data directory, until told to stop.

Standard library only. Variables it reads: PORT, KEEP=1 (keep what was entered last time), DATA (the
data directory), DATABASE_URL with OWNER_DATABASE_URL, and REDIS_URL (servers of your own).
"""

import base64
import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

from missingchildren.demo.servers import (
    DEMO_SETTINGS,
    Guarded,
    ServerFailed,
    Servers,
    is_reachable,
    is_too_long_for_sockets,
    write_private,
)

ROOT = Path(__file__).resolve().parent.parent.parent
SETTINGS = "missingchildren.settings.demo"
HOST = "127.0.0.1"
MAIL_USER = "demonstration"
READY_SECONDS = 60.0
# What a rebuild removes besides the databases; collected static files stay.
REBUILT = ("secrets.json", "mail", "logs", "media", "tmp")


class Demonstration:
    """One running demonstration."""

    def __init__(self, *, data: Path, port: int, keep: bool) -> None:
        """Take the data directory; nothing runs yet."""
        self.port = port
        self.servers = Servers(data, settings=DEMO_SETTINGS, rebuild=not keep)
        self.data = self.servers.data
        self._parent = os.getppid()
        if not keep:
            self._clear()
        for name in ("logs", "run", "tmp", "media"):
            (self.data / name).mkdir(mode=0o700, exist_ok=True)
        self._processes: list[Guarded] = []
        self._environment: dict[str, str] = {}

    def start(self) -> None:
        """Start everything and return when pages are served.

        Raises:
            ServerFailed: something did not start; its log's end is in the message.
        """
        say(f"Data directory: {self.data}")
        say("Starting the servers")
        self._environment = {**self._base_environment(), **self.servers.start()}
        self._start_mailbox()
        migrating = "owner" if "OWNER_DATABASE_URL" in self._environment else "default"
        say("Preparing the database")
        self._manage("migrate", "--database", migrating)
        self._collect_static()
        say("Loading the demonstration")
        sign_ins = self._manage("load_demo")
        self._start_django()
        self._wait_for_pages()
        say(sign_ins.rstrip())
        say(f"\nServing http://localhost:{self.port}/ (Ctrl-C stops it)")
        say(f"Sign in by one button per person: http://localhost:{self.port}/demo/")

    def watch(self) -> None:
        """Return when whoever started us is gone.

        Raises:
            ServerFailed: a process ended by itself.
        """
        while not self._abandoned():
            for process in (*self.servers.processes, *self._processes):
                if process.ended:
                    raise ServerFailed(
                        f"{process.name} ended by itself (code {process.code}). "
                        f"The end of {process.log}:\n{process.log_end()}"
                    )
            time.sleep(0.5)

    def stop(self) -> None:
        """Stop everything, servers last."""
        for process in self._processes:
            process.ask_to_stop()
        for process in self._processes:
            process.stop()
        self.servers.stop()

    # --- before the first process

    def _clear(self) -> None:
        for name in REBUILT:
            path = self.data / name
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    def _base_environment(self) -> dict[str, str]:
        kept = ("PATH", "LANG", "LC_ALL", "HOME", "DATABASE_URL", "OWNER_DATABASE_URL", "REDIS_URL")
        return {
            **{name: os.environ[name] for name in kept if name in os.environ},
            **self._secrets(),
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SITE_URL": f"http://localhost:{self.port}",
            "STATIC_ROOT": str(self.data / "static"),
            "DEMO_MAILDIR": str(self.data / "mail"),
            "KEEP": os.environ.get("KEEP", ""),
            "TMPDIR": str(self.data / "tmp"),
            "PYTHONUNBUFFERED": "1",
        }

    def _secrets(self) -> dict[str, str]:
        """Return the secrets of this data directory, made at its first start."""
        path = self.data / "secrets.json"
        if path.exists():
            return dict(json.loads(path.read_text()))
        made = {
            "SECRET_KEY": secrets.token_urlsafe(50),
            "DATA_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        }
        write_private(path, json.dumps(made))
        return made

    # --- processes

    def _start_mailbox(self) -> None:
        port_file = self.data / "run/mail-port"
        port_file.unlink(missing_ok=True)
        password = secrets.token_urlsafe(24)
        mailbox = self._start(
            "mailbox",
            ["-W", "ignore", "-m", "missingchildren.demo.mailbox", self.data / "mail", port_file],
            extra={"MAIL_USER": MAIL_USER, "MAIL_PASSWORD": password},
        )
        deadline = time.monotonic() + READY_SECONDS
        while not port_file.exists():
            self._check(mailbox, deadline)
            time.sleep(0.02)
        self._environment["EMAIL_URL"] = (
            f"smtp://{MAIL_USER}:{password}@{HOST}:{port_file.read_text()}"
        )

    def _start_django(self) -> None:
        """Start the web server, a worker and the clock, all as the role that only serves."""
        self._environment.pop("OWNER_DATABASE_URL", None)
        self._start(
            "web",
            [
                *("-m", "gunicorn", "missingchildren.wsgi:application"),
                *("--bind", f"{HOST}:{self.port}", "--workers", "2", "--threads", "4"),
                *("--worker-tmp-dir", self.data / "run", "--no-control-socket"),
                *("--graceful-timeout", "3", "--log-level", "warning"),
            ],
        )
        celery = ("-m", "celery", "--app", "missingchildren.celery:app")
        self._start(
            "worker",
            [
                *(*celery, "worker", "--pool", "threads", "--concurrency", "2"),
                *("--without-gossip", "--without-mingle", "--loglevel", "WARNING"),
            ],
        )
        self._start(
            "beat",
            [
                *(*celery, "beat", "--loglevel", "WARNING"),
                *("--schedule", self.data / "run/beat", "--pidfile", ""),
            ],
        )

    def _start(
        self,
        name: str,
        arguments: Sequence[str | Path],
        *,
        extra: Mapping[str, str] | None = None,
    ) -> Guarded:
        process = Guarded(
            [sys.executable, *arguments],
            name=name,
            log=self.data / "logs" / f"{name}.log",
            environment={**self._environment, **(extra or {})},
            directory=ROOT,
            lock=self.servers.lock,
        )
        self._processes.append(process)
        return process

    def _manage(self, *arguments: str) -> str:
        """Run a management command to its end; return what it printed."""
        log = self.data / "logs" / f"{arguments[0]}.log"
        log.unlink(missing_ok=True)
        command = Guarded(
            [sys.executable, ROOT / "manage.py", *arguments],
            name=f"manage.py {' '.join(arguments)}",
            log=log,
            environment=self._environment,
            directory=ROOT,
            lock=self.servers.lock,
        )
        try:
            while not command.ended:
                time.sleep(0.05)
        finally:
            command.stop()
        if command.code:
            raise ServerFailed(f"{command.name} failed:\n{command.log_end(60)}")
        return log.read_text()

    def _collect_static(self) -> None:
        """Collect the static files, unless the ones collected last are still the same."""
        collected, stamp = self.data / "static", self.data / "static.stamp"
        now = _fingerprint_of_static_files()
        if not collected.exists() or not stamp.exists() or stamp.read_text() != now:
            shutil.rmtree(collected, ignore_errors=True)
            self._manage("collectstatic", "--no-input", "--verbosity", "0")
            stamp.write_text(now)

    def _wait_for_pages(self) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while not self._answers():
            for process in self._processes:
                self._check(process, deadline)
            time.sleep(0.1)

    def _answers(self) -> bool:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        address = f"http://{HOST}:{self.port}/health/live"
        with contextlib.suppress(OSError), opener.open(address, timeout=5) as answer:
            return bool(answer.status == 200)
        return False

    def _check(self, process: Guarded, deadline: float) -> None:
        if process.ended or time.monotonic() > deadline:
            raise ServerFailed(
                f"{process.name} did not start. The end of {process.log}:\n{process.log_end(40)}"
            )

    def _abandoned(self) -> bool:
        """Whether `make`, which started us, was killed: it cannot tell us."""
        return "MAKELEVEL" in os.environ and os.getppid() != self._parent


def choose_data_directory() -> Path:
    """Return DATA, else var/demo here, else a folder under /var/tmp where that one cannot serve."""
    if named := os.environ.get("DATA"):
        return Path(named)
    here = ROOT / "var" / "demo"
    if is_reachable(here) and not is_too_long_for_sockets(here):
        return here
    checkout = hashlib.sha256(os.fsencode(ROOT)).hexdigest()[:12]
    return Path(f"/var/tmp/missingchildren-demo-{os.geteuid()}-{checkout}")  # noqa: S108 checked


def main() -> int:
    """Serve the demonstration until Ctrl-C or SIGTERM."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    demonstration = None
    try:
        port = _free_port()
        demonstration = Demonstration(
            data=choose_data_directory(), port=port, keep=os.environ.get("KEEP") == "1"
        )
        demonstration.start()
        demonstration.watch()
    except ServerFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        if demonstration is not None:
            say("Stopping.")
            demonstration.stop()
    return 0


def say(line: str) -> None:
    """Print at once, also into a pipe; whoever read it may be gone."""
    with contextlib.suppress(OSError):
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()


def _free_port() -> int:
    try:
        port = int(os.environ.get("PORT") or 8000)
    except ValueError:
        raise ServerFailed("PORT must be a number.") from None
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as problem:
            raise ServerFailed(
                f"Port {port} cannot be used ({problem.strerror}): try PORT={port + 1} make demo."
            ) from None
    return port


def _fingerprint_of_static_files() -> str:
    """Return a digest of names, sizes and times of the files that collectstatic would copy."""
    digest = hashlib.sha256()
    for folder in (ROOT / "missingchildren", ROOT / "static"):
        for path in sorted(folder.rglob("static/**/*") if folder.exists() else []):
            found = path.stat()
            digest.update(f"{path}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    digest.update((ROOT / "requirements/run.txt").read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
