"""Load a vintage of the published tables of areas and postcodes."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import psycopg2
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction

from missingchildren.agencies import reference


class Command(BaseCommand):
    """Load the files, say what changed, and change nothing if any of it fails."""

    help = (
        "Load the published tables of areas and postcodes. Loading the same files again changes "
        "nothing; a new vintage needs the day it starts, which may lie ahead."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask where the files are and from which day they hold."""
        parser.add_argument("--directory", type=Path, default=reference.DIRECTORY)
        parser.add_argument("--from", dest="starts_on", type=date.fromisoformat, metavar="DATE")
        parser.add_argument("--database", default=DEFAULT_DB_ALIAS, choices=tuple(connections))

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and print one line for each table that changed."""
        alias = options["database"]
        try:
            with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
                changes = reference.load(
                    cursor, directory=options["directory"], starts_on=options["starts_on"]
                )
        except reference.UnusableVintage as error:
            raise CommandError(str(error)) from error
        except (DatabaseError, psycopg2.Error) as error:
            raise CommandError(f"These files cannot be loaded: {error}") from error
        for change in filter(None, changes):
            self.stdout.write(
                f"{change.table}: {change.begun} begun, {change.ended} ended, "
                f"{change.corrected} corrected"
            )
        if not any(changes):
            self.stdout.write("Nothing changed.")
