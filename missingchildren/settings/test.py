"""Tests and checks; tests/servers.py or the environment names the servers."""

import os

# Fixed values, worth nothing; the addresses lead nowhere so that a check without servers can start.
for _name, _value in {
    "SECRET_KEY": "tests-only-" + "0" * 50,
    "DATA_KEYS": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "SITE_URL": "http://testserver",
    "DATABASE_URL": "postgres://none:none@127.0.0.1:9/none",
    "REDIS_URL": "redis://127.0.0.1:9/0",
    "EMAIL_URL": "memorymail://",
}.items():
    os.environ.setdefault(_name, _value)

from missingchildren.settings.base import *  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
if "owner" in DATABASES:
    # The test database is made by the role that owns it; tests/conftest.py then lets `default`
    # be itself again, so that the tests run as the role that serves.
    DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
    DATABASES["owner"]["CONN_MAX_AGE"] = 0

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True  # serves from the sources: no collectstatic before a test
WHITENOISE_USE_FINDERS = True

# The test client and the live server speak plain HTTP.
SECURE_SSL_REDIRECT = False
SESSION_COOKIE_SECURE = False
SESSION_COOKIE_NAME = "session"
IDLE_COOKIE_NAME = "used"
CSRF_COOKIE_SECURE = False
CSRF_COOKIE_NAME = "csrf"
