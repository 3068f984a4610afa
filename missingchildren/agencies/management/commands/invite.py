"""Invite somebody to an agency, where no administrator of it can."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from missingchildren.agencies import queries, services
from missingchildren.agencies.acts import system_act
from missingchildren.agencies.models import Role
from missingchildren.audit.acts import Channel
from missingchildren.core.verdicts import Refused


class Command(BaseCommand):
    """Prints an invitation that works once, for 72 hours: a first director's, for instance."""

    help = "Invite somebody to an agency and print the invitation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the address, the agency and the roles."""
        parser.add_argument("email")
        parser.add_argument("--agency", required=True, metavar="REFERENCE")
        parser.add_argument("--role", action="append", required=True, choices=Role.values)

    def handle(self, *, email: str, agency: str, role: list[str], **_: Any) -> None:
        """Make the invitation and print its address."""
        try:
            issued = services.invite(
                agency_reference=agency, email=email, roles=role, act=system_act(Channel.COMMAND)
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(queries.invitation_address(issued.token))
