"""The agencies app."""

from django.apps import AppConfig


class AgenciesConfig(AppConfig):
    name = "missingchildren.agencies"
    label = "agencies"

    def ready(self) -> None:
        """Say what agencies may settle, what the header offers, and listen to sign-ins."""
        from django.core.checks import Tags, register

        from missingchildren.agencies import protocol, sign_in
        from missingchildren.agencies.checks import check_operations
        from missingchildren.web import navigation

        protocol.register_own()
        sign_in.connect()
        register(check_operations, Tags.security)
        navigation.register(
            navigation.Item(
                name="Your agency", url_name="agencies:agency", place="account", order=10
            )
        )
        navigation.register(
            navigation.Item(name="Your sign-in", url_name="mfa_index", place="account", order=80)
        )
        navigation.register(
            navigation.Item(
                name="Sign out",
                url_name="account_logout",
                place="account",
                method="post",
                order=90,
            )
        )
