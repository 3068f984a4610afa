"""The placements app: fills the registries of the apps below."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "placements"
    label = "placements"

    def ready(self) -> None:
        from cases import events, queries
        from cases.services import matching
        from missingchildren.web import navigation
        from missingchildren.web.navigation import Item
        from placements import panels, receivers
        from placements.api import may
        from placements.models import Approval, Placement, PlacementNotification
        from placements.services import registered
        from placements.views import notifications

        registered.register_own()
        events.part_opened.connect(
            receivers.ask_for_answers_again, dispatch_uid="placements.ask_for_answers_again"
        )
        receivers.register_kinds()
        panels.register_own()
        may.register_own()
        matching.register_moves(Placement, Approval, PlacementNotification)
        queries.register_looks(
            {
                "placements.placements": "Placements",
                "placements.placement": "A placement",
                "placements.propose_page": "Proposing a placement",
                "placements.area_page": "Choosing the area of a placement",
                "placements.decide_page": "Deciding on a placement",
                "placements.send_page": "Telling the area of a placement",
                "placements.start_page": "Starting a placement",
                "placements.end_page": "Ending a placement",
                "placements.withdraw_page": "Withdrawing a placement",
                "placements.by_hand_page": "Telling somebody of a placement by hand",
                "placements.reroute_page": "Choosing who is told of a placement",
                "placements.notifications": "List of placement notices",
                "placements.notification": "A placement notice",
                "placements.acknowledge_page": "Acknowledging a placement notice",
                "placements.send_back_page": "Sending back a placement notice",
            }
        )
        navigation.register(
            Item(
                name="Notifications",
                url_name="placements:notifications",
                order=60,
                visible=notifications.may_be_notified,
            )
        )
