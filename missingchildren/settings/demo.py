"""The demonstration: fictional people, plain HTTP on this machine, its own mailbox."""

from pathlib import Path

from missingchildren.settings.base import *

INSTALLED_APPS = [*INSTALLED_APPS, "missingchildren.demo"]
FICTION_NOTICE = "This is a demonstration. Every person and event in it is fictional."
DEMO_MAILDIR = Path(env.str("DEMO_MAILDIR"))  # where missingchildren.demo.mailbox keeps messages

# Plain HTTP: a browser takes no Secure or __Host- cookie from it everywhere.
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "session"
IDLE_COOKIE_NAME = "used"
CSRF_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "csrf"
CSRF_TRUSTED_ORIGINS: list[str] = []  # type: ignore[no-redef]
