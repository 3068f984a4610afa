"""The demonstration app: installed by settings/demo.py only, and refused anywhere else."""

from django.apps import AppConfig
from django.core.checks import register


class DemoConfig(AppConfig):
    name = "missingchildren.demo"
    label = "demo"

    def ready(self) -> None:
        """Have every start check that this is a demonstration."""
        from missingchildren.demo.checks import demonstration_only

        register(demonstration_only)
