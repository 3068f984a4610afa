"""A small partnership for the tests: two forces, two councils, a home, a school, and a child."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from uuid import uuid4

from django.test import Client

from cases.models import Child, Grant, Involvement, MissingEpisode, Report
from cases.rules import Part
from cases.services import children, reports, sharing
from cases.services.children import Described
from cases.services.reports import Place, Reported
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import (
    Agency,
    AgencyArea,
    AgencyKind,
    Area,
    Membership,
    Role,
    Unit,
    UnitKind,
)
from missingchildren.audit.acts import database_now
from tests.factories import (
    AgencyFactory,
    AssignmentFactory,
    DutyContactFactory,
    MembershipFactory,
    UnitFactory,
    act_for,
)
from tests.signing_in import sign_in

KENT, BIRMINGHAM = "E10000016", "E08000025"
KENT_FORCE, WEST_MIDLANDS_FORCE = "E23000032", "E23000014"
NHS_NUMBER = "9990000018"
# Strings that no other row holds, so that a page that shows them leaks.
CANARY_PLACE = "14 Canary Wharf Cottages"
CANARY_WORRY = "canary-worry: left without her inhaler"
CANARY_PHONE = "01632 960 777"
SINCE = date(2020, 1, 1)


def agency(name: str, kind: AgencyKind, *, area: str = "", statutory: bool = False) -> Agency:
    """Make an agency that serves an area."""
    made = AgencyFactory.create(name=name, kind=kind)
    if area:
        AgencyArea.objects.create(
            agency=made,
            area=Area.objects.get(code=area),
            is_statutory=statutory,
            valid_from=SINCE,
        )
    return made


def member(of: Agency, role: Role, *, unit: Unit | None = None, name: str = "") -> Membership:
    """Make a person who acts for an agency in one role, perhaps in a unit."""
    membership = MembershipFactory.create(
        agency=of, roles=[role], user__full_name=name or f"{role.label} of {of.name}"
    )
    if unit:
        AssignmentFactory.create(membership=membership, unit=unit)
    return membership


@dataclass
class Partnership:
    """The agencies and people around Ava, who is looked after by Birmingham and lives in Kent."""

    kent_police: Agency = field(
        default_factory=lambda: agency(
            "Kent Police", AgencyKind.FORCE, area=KENT_FORCE, statutory=True
        )
    )
    west_midlands: Agency = field(
        default_factory=lambda: agency(
            "West Midlands Police", AgencyKind.FORCE, area=WEST_MIDLANDS_FORCE, statutory=True
        )
    )
    birmingham: Agency = field(
        default_factory=lambda: agency(
            "Birmingham Children's Trust", AgencyKind.COUNCIL, area=BIRMINGHAM, statutory=True
        )
    )
    kent_council: Agency = field(
        default_factory=lambda: agency(
            "Kent County Council", AgencyKind.COUNCIL, area=KENT, statutory=True
        )
    )
    home: Agency = field(
        default_factory=lambda: agency("Seaview House", AgencyKind.CHILDRENS_HOME, area=KENT)
    )
    school: Agency = field(
        default_factory=lambda: agency("Larkfield Academy", AgencyKind.SCHOOL, area=KENT)
    )
    health: Agency = field(
        default_factory=lambda: agency("Thanet Community Health", AgencyKind.HEALTH, area=KENT)
    )
    charity: Agency = field(
        default_factory=lambda: agency("Open Door Interviews", AgencyKind.CHARITY)
    )
    stranger_agency: Agency = field(
        default_factory=lambda: agency("Other School", AgencyKind.SCHOOL)
    )

    # The parts of addresses that each app's `walked.prepare` fills.
    walked: dict[str, str] = field(default_factory=dict)
    # What stands in the addresses of a walk; asked once, as a walk fills thousands.
    references: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Give the forces and councils their desks, and everyone an address."""
        self.desk = UnitFactory.create(
            agency=self.kent_police, kind=UnitKind.DUTY_DESK, name="Duty desk"
        )
        self.edt = UnitFactory.create(agency=self.birmingham, kind=UnitKind.EDT, name="EDT")
        self.team = UnitFactory.create(agency=self.birmingham, kind=UnitKind.TEAM, name="Team 4")
        DutyContactFactory.create(
            agency=self.kent_police, unit=self.desk, address="desk@kent-police.example"
        )
        self.joan = member(self.kent_police, Role.CONTROL_ROOM, unit=self.desk, name="Joan Mercer")
        self.dana = member(self.kent_police, Role.PRACTITIONER, name="Dana Whitlock")
        self.tom = member(self.west_midlands, Role.SUPERVISOR, name="Tom Garrity")
        self.ruth = member(self.birmingham, Role.PRACTITIONER, unit=self.team, name="Ruth Adeyemi")
        self.ken = member(self.birmingham, Role.PRACTITIONER, unit=self.edt, name="Ken Osei")
        self.owen = member(self.birmingham, Role.PRIVACY_OFFICER, name="Owen Pryce")
        self.beth = member(self.kent_council, Role.PRACTITIONER, name="Beth Carver")
        self.nisha = member(self.home, Role.PRACTITIONER, name="Nisha Roy")
        self.paul = member(self.school, Role.PRACTITIONER, name="Paul Denby")
        self.grace = member(self.health, Role.PRACTITIONER, name="Grace Ilori")
        self.lena = member(self.charity, Role.PRACTITIONER, name="Lena Fox")
        self.stranger = member(self.stranger_agency, Role.MANAGER, name="Stranger")

    @cached_property
    def ava(self) -> Child:
        """Return Ava: looked after by Birmingham, at Seaview House, known to school and health."""
        act = act_for(self.ruth)
        child = children.record_child(
            described=Described(
                given_names="Ava",
                family_name="Bramley",
                date_of_birth=date(2011, 5, 4),
                sex="F",
                identifiers=(("nhs_number", NHS_NUMBER), ("upn", "H801200001001")),
            ),
            recording_agency=self.birmingham,
            act=act,
        )
        children.begin_looking_after(
            child=child,
            council=self.birmingham,
            unit=self.team,
            starts_on=date(2024, 1, 8),
            legal_status="C2",
            act=act,
        )
        for of, capacity in (
            (self.home, Involvement.Capacity.HOME),
            (self.school, Involvement.Capacity.SCHOOL),
            (self.health, Involvement.Capacity.HEALTH),
            (self.charity, Involvement.Capacity.VOLUNTARY),
        ):
            children.involve(child=child, agency=of, capacity=capacity, act=act)
        sharing.open_part(
            child=child,
            agency=self.home,
            part=Part.CHILDRENS_HOME,
            basis=Grant.Basis.PLACEMENT,
            reason="Lives at Seaview House",
            act=act,
        )
        sharing.recompute(child=child, act=act)
        return child

    def report(
        self,
        *,
        by: Membership | None = None,
        last_seen_at: datetime | None = None,
        described: Described | None = None,
        now: datetime | None = None,
    ) -> Report:
        """Report Ava, or the child described, missing an hour ago from the reporter's address."""
        act = act_for(by or self.nisha, now=now)
        return reports.report_missing(
            reported=Reported(
                child_reference="" if described else self.ava.reference,
                described=described,
                last_seen_at=last_seen_at or act.now - timedelta(hours=1),
                place=Place(
                    description=CANARY_PLACE, postcode="CT9 1AA" if described else "",
                    is_own_address=not described,
                ),
                why_worried=CANARY_WORRY,
                contact_name="Nisha Roy",
                contact_phone=CANARY_PHONE,
            ),
            token=uuid4(),
            act=act,
        )  # fmt: skip

    def accept(self, report: Report) -> MissingEpisode:
        """Let Joan accept a report."""
        return reports.accept_report(
            episode_reference=report.episode.reference,
            police_reference="KP-2026-1",
            version=None,
            act=act_for(self.joan),
        )

    def client(self, membership: Membership) -> Client:
        """Return a client signed in as a person."""
        client = Client(headers={"x-forwarded-proto": "https"})
        sign_in(client, membership.user)
        return client


def act_now(membership: Membership) -> Act:
    """Return an act at the database's time."""
    return act_for(membership, now=database_now())
