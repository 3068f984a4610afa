"""The cases app: registers its alert kinds, its panels and its operations."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    label = "cases"

    def ready(self) -> None:
        from cases import panels, receivers
        from cases.api import may
        from cases.services import closing, deadlines, returns, timeline

        closing.register_own()
        returns.register_own()
        deadlines.register_own()
        timeline.register_own()
        receivers.register_kinds()
        panels.register_own()
        may.register_own()
