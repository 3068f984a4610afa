# ruff: noqa: TID251, F403, F405
"""Settings of the workers that the fault tests kill."""

from missingchildren.settings.test import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.faults"]
ROOT_URLCONF = "tests.alerts.urls"
# What a killed worker held is taken over after this, so that a run takes seconds.
ALERT_LEASE_SECONDS = 3
