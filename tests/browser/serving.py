"""A web process of its own on the test database, which a test may kill and start again."""

import os
import signal
import socket
import sys
import time
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from django.db import connection

from missingchildren.demo.servers import Guarded

ROOT = Path(__file__).resolve().parent.parent.parent
HOST = "127.0.0.1"
PATIENCE = 60.0


class Web:
    """The pages of the service, served on one port as in production."""

    def __init__(self, folder: Path) -> None:
        """Choose a port, and start."""
        self.folder = folder
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://{HOST}:{self.port}"
        self.start()

    def start(self) -> None:
        """Start it on its port, and wait until it answers."""
        server, _, _name = os.environ["DATABASE_URL"].rpartition("/")
        self.running = Guarded(
            [
                *(sys.executable, "-m", "gunicorn", "missingchildren.wsgi:application"),
                *("--bind", f"{HOST}:{self.port}", "--workers", "1", "--threads", "4"),
                *("--worker-tmp-dir", str(self.folder), "--no-control-socket"),
                *("--pid", str(self.folder / "web.pid"), "--log-level", "warning"),
            ],
            name="web",
            log=self.folder / "web.log",
            environment={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "missingchildren.settings.test",
                "DATABASE_URL": f"{server}/{quote(connection.settings_dict['NAME'])}",
                "OWNER_DATABASE_URL": "",
            },
            directory=ROOT,
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                with urlopen(f"{self.url}/health/live", timeout=5) as answer:
                    assert answer.status == 200
                    return
            except OSError:
                time.sleep(0.1)
        raise AssertionError(self.running.log_end())

    def kill(self) -> None:
        """Kill every process of it at once, as the kernel would."""
        first = int((self.folder / "web.pid").read_text())
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        for process in (first, *map(int, children)):
            os.kill(process, signal.SIGKILL)
        self.running.stop()
        (self.folder / "web.pid").unlink()

    def stop(self) -> None:
        """End it, if it runs."""
        self.running.stop()
