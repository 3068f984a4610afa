"""The Celery application; everything it needs to know is in the settings."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "missingchildren.settings.production")

app = Celery("missingchildren")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
