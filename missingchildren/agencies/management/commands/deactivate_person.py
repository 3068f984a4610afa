"""Shut a person out of every agency at once."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from missingchildren.agencies import services
from missingchildren.agencies.acts import system_act
from missingchildren.audit.acts import Channel
from missingchildren.core.verdicts import Refused


class Command(BaseCommand):
    """Deactivates a person; their sessions end at their next request."""

    help = "Deactivate a person: they can no longer sign in or do anything."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the address."""
        parser.add_argument("email")

    def handle(self, *, email: str, **_: Any) -> None:
        """Deactivate the person."""
        try:
            user = services.deactivate_person(email=email, act=system_act(Channel.COMMAND))
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user.email} is deactivated.")
