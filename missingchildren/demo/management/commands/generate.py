"""`manage.py generate`: fill an installation with a fictional nation, to measure it."""

import sys
import time
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections, transaction

from missingchildren.agencies.models import Agency
from missingchildren.demo.checks import demonstration_only
from missingchildren.demo.generating.filling import AlreadyFilled, fill
from missingchildren.demo.generating.loading import Timings
from missingchildren.demo.generating.records import NARROWEST

EVERY_CHILD = 700_000


class Command(BaseCommand):
    """Generates agencies, people and children with all that their records hold."""

    help = (
        "Fill the database with a fictional nation: 43 forces, 153 councils, schools, homes, "
        "health and charities, and children with their episodes, grants and log. "
        "The same seed, number and day give the same records."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how many, from which seed, until which day, and whether beside other records."""
        parser.add_argument("--children", type=int, default=EVERY_CHILD, help="how many")
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="the day whose first moment is now in the records (by default today)",
        )
        parser.add_argument(
            "--beside", action="store_true", help="the database may hold agencies and children"
        )

    def handle(
        self,
        *,
        children: int = EVERY_CHILD,
        seed: int = 1,
        today: date | None = None,
        beside: bool = False,
        **_: Any,
    ) -> None:
        """Generate, and say how many rows each table took and how long."""
        _require(children=children, beside=beside)
        alias = "owner" if "owner" in connections else "default"
        began = time.perf_counter()
        try:
            with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
                timings = fill(
                    cursor,
                    children=children,
                    seed=seed,
                    today=today or datetime.now(UTC).date(),
                    tell=self.progress,
                )
        except AlreadyFilled as filled:
            raise CommandError(str(filled)) from filled
        with connections[alias].cursor() as cursor:
            # As autovacuum would in time; until then no list is read from its index alone.
            for name in timings.rows:
                cursor.execute(f"VACUUM (ANALYZE) {name}")
        self.stdout.write(table(timings))
        self.stdout.write(f"{time.perf_counter() - began:,.0f} s in all")

    def progress(self, message: str) -> None:
        """Say how far it is, on a terminal only."""
        if sys.stderr.isatty():
            self.stderr.write(message, ending="\r")


def _require(*, children: int, beside: bool) -> None:
    """Refuse real installations, databases in use, and nations without a narrowest viewer."""
    refused = demonstration_only()
    if refused:
        raise CommandError(" ".join(str(problem.msg) for problem in refused))
    if children < NARROWEST:
        raise CommandError("The narrowest viewer needs two children.")
    if Agency.objects.exists() and not beside:
        raise CommandError("The database is not empty. Add a nation to it with --beside.")


def table(timings: Timings) -> str:
    """Return the rows and seconds of each table, as lines."""
    lines = [f"{'table':<28}{'rows':>12}{'copy s':>9}{'indexes s':>11}"]
    for name, rows in timings.rows.items():
        lines.append(
            f"{name:<28}{rows:>12,}{timings.copying[name]:>9.1f}{timings.restoring[name]:>11.1f}"
        )
    lines.append(
        f"{'all':<28}{sum(timings.rows.values()):>12,}{sum(timings.copying.values()):>9.1f}"
        f"{sum(timings.restoring.values()):>11.1f}"
    )
    return "\n".join(lines)
