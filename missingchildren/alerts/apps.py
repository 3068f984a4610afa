"""Load the task application wherever alerts are installed; register the app's kind and page."""

from django.apps import AppConfig


class AlertsConfig(AppConfig):
    """Alerts: outbox, deliveries, channels, acknowledgement."""

    name = "missingchildren.alerts"
    label = "alerts"

    def ready(self) -> None:
        """Bind shared tasks to the application and give each worker its poller."""
        from missingchildren.alerts import kinds, views
        from missingchildren.alerts.poller import Poller
        from missingchildren.celery import app
        from missingchildren.web import navigation

        app.steps["worker"].add(Poller)
        kinds.register(kinds.DEAD_LETTER)
        navigation.register(views.IN_THE_HEADER)
