"""The cases app: registers its alert kinds and its panels."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    label = "cases"

    def ready(self) -> None:
        from cases import panels, receivers

        receivers.register_kinds()
        panels.register_own()
