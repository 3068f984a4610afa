"""`manage.py bench`: measure the lists and the case page on a generated nation."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from missingchildren.agencies.models import Agency
from missingchildren.demo.benching import viewers
from missingchildren.demo.benching.comparing import ROUNDS, Measured, broken, measure, table
from missingchildren.demo.benching.counting import count_by_size, unequal
from missingchildren.demo.checks import demonstration_only

MEASURED = ("cases_child", "cases_childpermission", "cases_grant", "cases_missingepisode")


class Command(BaseCommand):
    """Measures three pages as every role of the widest and of the narrowest viewer."""

    help = "Measure the children list, missing now and the case page against hand-written SQL."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how often each page's SQL runs."""
        parser.add_argument("--rounds", type=int, default=ROUNDS)

    def handle(self, *, rounds: int = ROUNDS, **_: Any) -> None:
        """Print what was measured; fail when a bound does not hold."""
        refused = demonstration_only()
        if refused:
            raise CommandError(" ".join(str(problem.msg) for problem in refused))
        with connections["owner" if "owner" in connections else "default"].cursor() as cursor:
            for name in MEASURED:
                cursor.execute(f"ANALYZE {name}")
        seen = viewers.seen_by_agencies()
        if not seen:
            raise CommandError("Nobody sees anybody here. Run `manage.py generate` first.")
        narrowest = next(each for each in reversed(seen) if each.children == 2)
        measured: list[Measured] = []
        for each, roles in ((seen[0], viewers.READERS), (narrowest, viewers.READERS)):
            agency = Agency.objects.get(pk=each.agency_id)
            for role in roles:
                person = viewers.person(agency, role)
                words = f"{agency.name[:24]} ({each.children:,}), {role.label.lower()}"
                measured += measure(person, viewers.client_of(person), viewer=words, rounds=rounds)
        counted = count_by_size(seen)
        self.stdout.write(table(measured))
        self.stdout.write("\nQueries by rows")
        for size in counted:
            self.stdout.write(f"{size.page:<13}{size.rows:>8,} rows{size.queries:>4} queries")
        faults = [*broken(measured), *unequal(counted)]
        if faults:
            raise CommandError("\n".join(faults))
