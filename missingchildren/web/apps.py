"""The building blocks as a Django app."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """Components, form fields, static files."""

    name = "missingchildren.web"
    label = "web"
    verbose_name = "Web"

    def ready(self) -> None:
        """Let addresses name references."""
        from django.urls import register_converter

        from missingchildren.web.api.addresses import ReferenceConverter

        register_converter(ReferenceConverter, "reference")
