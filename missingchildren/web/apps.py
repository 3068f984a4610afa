"""The building blocks as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Components, form fields, static files."""

    name = "missingchildren.web"
    label = "web"
    verbose_name = "Web"
