"""The returninterviews app: fills the registries of the apps below."""

from django.apps import AppConfig


class ReturnInterviewsConfig(AppConfig):
    name = "returninterviews"
    label = "returninterviews"

    def ready(self) -> None:
        from cases import events
        from returninterviews import panels, receivers
        from returninterviews.api import may
        from returninterviews.services import registering

        # The interview.
        registering.register_interviews()
        receivers.register_interview_kinds()
        panels.register_interviews()
        may.register_interviews()
        events.child_located.connect(
            receivers.open_on_located, dispatch_uid="returninterviews.open_on_located"
        )
        events.child_returned.connect(
            receivers.open_on_returned, dispatch_uid="returninterviews.open_on_returned"
        )
        events.part_opened.connect(
            receivers.hold_and_read_again, dispatch_uid="returninterviews.hold_and_read_again"
        )
        # Recommendations and follow-up actions.
        receivers.register_actions()
        panels.register_actions()
        may.register_actions()
        events.part_ended.connect(
            receivers.reclaim_when_a_part_ends,
            dispatch_uid="returninterviews.reclaim_when_a_part_ends",
        )
