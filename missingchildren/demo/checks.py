"""Refuses the demonstration wherever real people might be."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error

THIS_MACHINE = {"localhost", "127.0.0.1", "[::1]", "testserver"}


def demonstration_only(**_: Any) -> list[CheckMessage]:
    """Return why the demonstration may not be installed here."""
    problems: list[CheckMessage] = []
    hint = "Take missingchildren.demo out of INSTALLED_APPS; only settings/demo.py installs it."
    if not settings.FICTION_NOTICE:
        problems.append(
            Error(
                "missingchildren.demo lets anybody sign in as anybody, and these are not the"
                " settings of a demonstration.",
                hint=hint,
                id="demo.E001",
            )
        )
    if set(settings.ALLOWED_HOSTS) - THIS_MACHINE:
        problems.append(
            Error(
                "missingchildren.demo lets anybody sign in as anybody, and ALLOWED_HOSTS names"
                " more than this machine.",
                hint=hint,
                id="demo.E002",
            )
        )
    return problems
