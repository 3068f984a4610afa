"""Generate a nation beside servers of its own, and measure the pages on it: `make bench`."""

import argparse
import base64
import os
import secrets
import subprocess
import sys
from pathlib import Path

from missingchildren.demo.servers import TEST_SETTINGS, ServerFailed, Servers

EVERY_CHILD = "700000"
# A nation is loaded once and then read: memory for the lists, and few checkpoints while it loads.
SETTINGS = {
    **TEST_SETTINGS,
    "shared_buffers": "2GB",
    "max_wal_size": "8GB",
    "checkpoint_timeout": "30min",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


def main() -> int:
    """Return 0 when every bound holds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--children", default=EVERY_CHILD)
    parser.add_argument("--seed", default="1")
    parser.add_argument("--rounds", default="200")
    options = parser.parse_args()
    try:
        servers = Servers(settings=SETTINGS)
        with servers:
            os.environ.update(_environment(servers.data))
            for command in (
                ("migrate", "--verbosity=0", "--database=owner"),
                ("collectstatic", "--verbosity=0", "--no-input"),
                ("generate", "--children", options.children, "--seed", options.seed),
            ):
                if code := _manage(*command):
                    return code
            _say_size(servers.data)
            return _manage("bench", "--rounds", options.rounds)
    except ServerFailed as failure:
        sys.stderr.write(f"{failure}\n")
        return 1


def _environment(data: Path) -> dict[str, str]:
    """Return the settings of a demonstration that nobody visits."""
    return {
        "DJANGO_SETTINGS_MODULE": "missingchildren.settings.demo",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "DATA_KEYS": base64.urlsafe_b64encode(secrets.token_bytes(32)).decode(),
        "ALLOWED_HOSTS": "localhost",
        "SITE_URL": "http://localhost",
        "EMAIL_URL": "memorymail://",
        "DEMO_MAILDIR": str(data / "mail"),
        "STATIC_ROOT": str(data / "static"),
        "LOG_LEVEL": "WARNING",
    }


def _manage(*arguments: str) -> int:
    sys.stdout.flush()
    return subprocess.run([sys.executable, "manage.py", *arguments], check=False).returncode  # noqa: S603


def _say_size(data: Path) -> None:
    files = (data / "postgresql/cluster/base").rglob("*")
    size = sum(file.stat().st_size for file in files if file.is_file())
    sys.stdout.write(f"{size / 1e9:,.1f} GB on disk\n")


if __name__ == "__main__":
    sys.exit(main())
