"""The workers' share of the fault tests: the kind of alert that is sent."""

from datetime import datetime

from django.apps import AppConfig

KIND = "tests.fault"


class FaultsConfig(AppConfig):
    """Registers the kind in each worker."""

    name = "tests.faults"
    label = "faults"

    def ready(self) -> None:
        """Register the kind."""
        register_kind()


def register_kind() -> None:
    """Make the kind known to this process."""
    from missingchildren.alerts import kinds

    kinds.register(
        kinds.AlertKind(
            name=KIND, title="Child reported missing", still_entitled=always, open_url=nowhere
        )
    )


def always(_alert: object, _now: datetime) -> bool:
    return True


def nowhere(_alert: object) -> str:
    return ""
