"""The risk app: fills the registries of the apps below."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "risk"
    label = "risk"

    def ready(self) -> None:
        self._register_rounds()
        self._register_flags()

    def _register_rounds(self) -> None:
        from cases import events, queries
        from cases.services import matching
        from risk import panels, receivers
        from risk.api import may_rounds
        from risk.models import Ask, Contribution, Decision, Dissent, RiskRound, ShownEvidence
        from risk.services import rounds
        from risk.views.rounds import LOOKS

        rounds.register_keys()
        receivers.register_round_kinds()
        panels.register_rounds()
        may_rounds.register_own()
        queries.register_looks(LOOKS)
        matching.register_moves(RiskRound, Ask, Contribution, Decision, ShownEvidence, Dissent)
        events.child_reported.connect(receivers.open_round, dispatch_uid="risk.open_round")
        events.report_accepted.connect(receivers.ask_everyone, dispatch_uid="risk.ask_everyone")
        events.child_returned.connect(receivers.end_round, dispatch_uid="risk.end_round")
        events.part_opened.connect(receivers.ask_again, dispatch_uid="risk.ask_again")

    def _register_flags(self) -> None:
        from cases import events, queries
        from cases.services import matching
        from missingchildren.web import navigation
        from missingchildren.web.navigation import Item
        from risk import panels, receivers
        from risk.api import may_flags
        from risk.models import Flag, FlagDecision
        from risk.services import flag_duties
        from risk.views import flags

        flag_duties.register_own()
        receivers.register_flag_kinds()
        panels.register_flags()
        may_flags.register_own()
        matching.register_moves(Flag, FlagDecision)
        queries.register_looks(flags.LOOKS)
        events.child_placed.connect(
            receivers.review_flags_where_placed, dispatch_uid="risk.review_flags_where_placed"
        )
        events.part_opened.connect(receivers.owe_flags_again, dispatch_uid="risk.owe_flags_again")
        navigation.register(
            Item(name="Flags", url_name="risk:flag_list", order=35, visible=flags.may_list)
        )
