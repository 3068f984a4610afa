"""Load the demonstration into an empty database, and print whom to sign in as."""

import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from missingchildren.agencies.models import Agency, Membership
from missingchildren.audit.acts import database_now
from missingchildren.demo import cast, ordinary, sign_in, story
from missingchildren.demo.checks import demonstration_only


class Command(BaseCommand):
    """Loads the cast and its stories, told up to now, in one transaction."""

    help = "Load the demonstration into an empty database and print its sign-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask whether what is there already may stay."""
        parser.add_argument(
            "--keep",
            action="store_true",
            default=os.environ.get("KEEP") == "1",
            help="Change nothing if the database is not empty (also KEEP=1).",
        )

    def handle(self, *, keep: bool = False, **_options: Any) -> None:
        """Load, or keep what is there; then print the sign-ins."""
        refused = demonstration_only()
        if refused:
            raise CommandError(" ".join(str(problem.msg) for problem in refused))
        if not Agency.objects.exists():
            load()
        elif not keep:
            raise CommandError("The database is not empty. Rebuild it, or keep it with KEEP=1.")
        self._print_sign_ins()

    def _print_sign_ins(self) -> None:
        self.stdout.write(f"\nPeople at {settings.SITE_URL}, all with the password:")
        self.stdout.write(f"  {sign_in.PASSWORD}")
        self.stdout.write("and, at the right, the key for an authenticator app:")
        for organisation in cast.ORGANISATIONS:
            self.stdout.write(f"\n{organisation.name}")
            memberships = Membership.objects.filter(agency__name=organisation.name)
            for membership in memberships.select_related("user").order_by("pk"):
                user = membership.user
                who = f"{user.full_name}, {user.job_title}"
                self.stdout.write(f"  {who:<46} {user.email:<48} {sign_in.seed_of(user.email)}")


@transaction.atomic
def load() -> None:
    """Fill an empty database: the agencies, then everything that has happened until now."""
    now = database_now()
    cast.settle(now=now)
    ordinary.tell(now=now)
    story.tell(now=now)
