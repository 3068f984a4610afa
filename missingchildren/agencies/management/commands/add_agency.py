"""Let an agency take part, and invite its first administrator."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from missingchildren.agencies import queries, services
from missingchildren.agencies.acts import system_act
from missingchildren.agencies.models import AgencyKind, Area, Role
from missingchildren.audit.acts import Channel
from missingchildren.core.calendar import Nation
from missingchildren.core.verdicts import Refused


class Command(BaseCommand):
    """Adds an agency and prints an invitation that works once, for 72 hours."""

    help = "Add an agency and print its first administrator's invitation."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask for the name, kind, areas and first administrator."""
        parser.add_argument("name")
        parser.add_argument("--kind", required=True, choices=AgencyKind.values)
        parser.add_argument("--area", action="append", default=[], metavar="CODE")
        parser.add_argument("--first-administrator", required=True, metavar="EMAIL")
        parser.add_argument("--short-name", default="")
        parser.add_argument(
            "--nation", choices=list(Nation), help="The first area's, unless given; else England."
        )
        parser.add_argument(
            "--mail-domain",
            action="append",
            default=[],
            metavar="DOMAIN",
            help="Who may be invited; the first administrator's domain unless given.",
        )
        parser.add_argument("--always-open", action="store_true")

    def handle(self, *, name: str, first_administrator: str, **options: Any) -> None:
        """Add the agency and its invitation together, or neither."""
        act = system_act(Channel.COMMAND)
        domains = options["mail_domain"] or [first_administrator.rpartition("@")[2]]
        try:
            with transaction.atomic():
                agency = services.add_agency(
                    name=name,
                    short_name=options["short_name"],
                    kind=AgencyKind(options["kind"]),
                    nation=Nation(options["nation"] or _nation_of(options["area"])),
                    areas=options["area"],
                    mail_domains=domains,
                    always_open=options["always_open"],
                    act=act,
                )
                issued = services.invite(
                    agency_reference=agency.reference,
                    email=first_administrator,
                    roles=[Role.ADMINISTRATOR],
                    act=act,
                )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{agency.name}: {agency.reference}")
        self.stdout.write(queries.invitation_address(issued.token))


def _nation_of(codes: list[str]) -> str:
    """Return the nation of the first area that lies in one."""
    nations = Area.objects.filter(code__in=codes, nation__in=list(Nation)).order_by("code")
    return nations.values_list("nation", flat=True).first() or Nation.ENGLAND
