"""The returninterviews app: fills the registries of the apps below."""

from django.apps import AppConfig


class ReturnInterviewsConfig(AppConfig):
    name = "returninterviews"
    label = "returninterviews"

    def ready(self) -> None:
        from cases.events import part_ended
        from returninterviews import panels, receivers
        from returninterviews.api import may

        # Recommendations and follow-up actions.
        receivers.register_actions()
        panels.register_actions()
        may.register_actions()
        part_ended.connect(
            receivers.reclaim_when_a_part_ends,
            dispatch_uid="returninterviews.reclaim_when_a_part_ends",
        )
