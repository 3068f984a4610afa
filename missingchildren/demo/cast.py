"""The demonstration's cast: real areas, fictional agencies and people, and how they come to be."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from missingchildren.agencies import services
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import (
    Agency,
    AgencyKind,
    Assignment,
    ContactChannel,
    Membership,
    Role,
    Unit,
    UnitKind,
    User,
)
from missingchildren.audit.acts import Channel
from missingchildren.core.calendar import Nation
from missingchildren.demo import sign_in

KENT, BIRMINGHAM, DUDLEY, CARDIFF = "E10000016", "E08000025", "E08000027", "W06000015"
KENT_POLICE_AREA, WEST_MIDLANDS_POLICE_AREA = "E23000032", "E23000014"
# The agencies joined before anything that the demonstration tells of.
JOINED_AGO = timedelta(days=4 * 365)

WEEKDAYS = (0, 1, 2, 3, 4)
SCHOOL_HOURS = (WEEKDAYS, time(8), time(16))
OFFICE_HOURS = (WEEKDAYS, time(9), time(17))
Hours = tuple[tuple[int, ...], time, time]


@dataclass(frozen=True, kw_only=True)
class Member:
    """One person of the cast, in one agency; `key` is how the stories call them."""

    key: str
    name: str
    job_title: str
    roles: tuple[Role, ...]
    units: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Organisation:
    """One agency of the cast; without hours it answers at all hours."""

    key: str
    name: str
    short_name: str
    kind: AgencyKind
    domain: str
    people: tuple[Member, ...]
    areas: tuple[str, ...] = ()
    nation: Nation = Nation.ENGLAND
    hours: Hours | None = None
    units: tuple[tuple[str, UnitKind], ...] = ()


CONTROL_ROOM = "Force control room"
MISSING_TEAM = "Missing children team"
THANET_RESPONSE = "Thanet response team"
CONTACT_CENTRE = "Force contact centre"
EAST_RESPONSE = "Birmingham East response team"
EDT = "Emergency duty team"
IN_CARE_TEAM = "Children in care, south"
PLACEMENTS_TEAM = "Placements"
CHILDREN_TEAM = "Children's social work"

ORGANISATIONS = (
    Organisation(
        key="kent_police",
        name="Kent Police",
        short_name="Kent Police",
        kind=AgencyKind.FORCE,
        domain="kent-police.example",
        areas=(KENT_POLICE_AREA,),
        units=(
            (CONTROL_ROOM, UnitKind.DUTY_DESK),
            (MISSING_TEAM, UnitKind.TEAM),
            (THANET_RESPONSE, UnitKind.TEAM),
        ),
        people=(
            Member(
                key="joan.mercer",
                name="Joan Mercer",
                job_title="Control room officer",
                roles=(Role.CONTROL_ROOM,),
                units=(CONTROL_ROOM,),
            ),
            Member(
                key="dana.whitlock",
                name="Dana Whitlock",
                job_title="Police constable",
                roles=(Role.PRACTITIONER,),
                units=(THANET_RESPONSE,),
            ),
            Member(
                key="marcus.oyelaran",
                name="Marcus Oyelaran",
                job_title="Inspector",
                roles=(Role.SUPERVISOR,),
                units=(CONTROL_ROOM,),
            ),
            Member(
                key="priya.nair",
                name="Priya Nair",
                job_title="Missing coordinator",
                roles=(Role.MANAGER, Role.ADMINISTRATOR),
                units=(MISSING_TEAM, CONTROL_ROOM),
            ),
        ),
    ),
    Organisation(
        key="west_midlands_police",
        name="West Midlands Police",
        short_name="West Midlands Police",
        kind=AgencyKind.FORCE,
        domain="west-midlands-police.example",
        areas=(WEST_MIDLANDS_POLICE_AREA,),
        units=((CONTACT_CENTRE, UnitKind.DUTY_DESK), (EAST_RESPONSE, UnitKind.TEAM)),
        people=(
            Member(
                key="tom.garrity",
                name="Tom Garrity",
                job_title="Police constable",
                roles=(Role.PRACTITIONER,),
                units=(EAST_RESPONSE,),
            ),
            Member(
                key="helen.bright",
                name="Helen Bright",
                job_title="Inspector",
                roles=(Role.SUPERVISOR, Role.ADMINISTRATOR),
                units=(CONTACT_CENTRE,),
            ),
        ),
    ),
    Organisation(
        key="british_transport_police",
        name="British Transport Police",
        short_name="British Transport Police",
        kind=AgencyKind.FORCE,
        domain="british-transport-police.example",
        units=(("Stations desk", UnitKind.DUTY_DESK),),
        people=(
            Member(
                key="sam.reyes",
                name="Sam Reyes",
                job_title="Police constable",
                roles=(Role.PRACTITIONER, Role.ADMINISTRATOR),
                units=("Stations desk",),
            ),
        ),
    ),
    Organisation(
        key="birmingham",
        name="Birmingham Children's Trust, for the City Council",
        short_name="Birmingham Children's Trust",
        kind=AgencyKind.COUNCIL,
        domain="birmingham-childrens-trust.example",
        areas=(BIRMINGHAM,),
        units=(
            (EDT, UnitKind.EDT),
            (IN_CARE_TEAM, UnitKind.TEAM),
            (PLACEMENTS_TEAM, UnitKind.TEAM),
        ),
        people=(
            Member(
                key="ruth.adeyemi",
                name="Ruth Adeyemi",
                job_title="Social worker",
                roles=(Role.PRACTITIONER,),
                units=(IN_CARE_TEAM,),
            ),
            Member(
                key="colin.marsh",
                name="Colin Marsh",
                job_title="Team manager",
                roles=(Role.MANAGER,),
                units=(IN_CARE_TEAM,),
            ),
            Member(
                key="samira.khan",
                name="Samira Khan",
                job_title="Placements officer",
                roles=(Role.NOMINATED_OFFICER,),
                units=(PLACEMENTS_TEAM,),
            ),
            Member(
                key="jean.holt",
                name="Dr Jean Holt",
                job_title="Director of children's services",
                roles=(Role.DIRECTOR,),
            ),
            Member(
                key="owen.pryce",
                name="Owen Pryce",
                job_title="Data protection officer",
                roles=(Role.PRIVACY_OFFICER,),
            ),
            Member(
                key="fay.lund",
                name="Fay Lund",
                job_title="Business support",
                roles=(Role.ADMINISTRATOR,),
            ),
            Member(
                key="ken.osei",
                name="Ken Osei",
                job_title="Duty social worker",
                roles=(Role.PRACTITIONER,),
                units=(EDT,),
            ),
        ),
    ),
    Organisation(
        key="kent_council",
        name="Kent County Council",
        short_name="Kent County Council",
        kind=AgencyKind.COUNCIL,
        domain="kent-council.example",
        areas=(KENT,),
        units=((EDT, UnitKind.EDT), (CHILDREN_TEAM, UnitKind.TEAM)),
        people=(
            Member(
                key="beth.carver",
                name="Beth Carver",
                job_title="Social worker",
                roles=(Role.PRACTITIONER,),
                units=(CHILDREN_TEAM,),
            ),
            Member(
                key="idris.boateng",
                name="Idris Boateng",
                job_title="Service manager",
                roles=(Role.MANAGER, Role.ADMINISTRATOR),
                units=(CHILDREN_TEAM,),
            ),
            Member(
                key="nadia.price",
                name="Nadia Price",
                job_title="Director of children's services",
                roles=(Role.DIRECTOR,),
            ),
            Member(
                key="moira.platt",
                name="Moira Platt",
                job_title="Duty social worker",
                roles=(Role.PRACTITIONER,),
                units=(EDT,),
            ),
        ),
    ),
    Organisation(
        key="dudley",
        name="Dudley Metropolitan Borough Council",
        short_name="Dudley Council",
        kind=AgencyKind.COUNCIL,
        domain="dudley-council.example",
        areas=(DUDLEY,),
        units=(("Front door", UnitKind.FRONT_DOOR),),
        people=(
            Member(
                key="anil.desai",
                name="Anil Desai",
                job_title="Social worker",
                roles=(Role.PRACTITIONER, Role.ADMINISTRATOR),
                units=("Front door",),
            ),
        ),
    ),
    Organisation(
        key="cardiff",
        name="Cardiff Council",
        short_name="Cardiff Council",
        kind=AgencyKind.COUNCIL,
        domain="cardiff-council.example",
        areas=(CARDIFF,),
        nation=Nation.WALES,
        units=(("Intake and assessment", UnitKind.FRONT_DOOR),),
        people=(
            Member(
                key="carys.lloyd",
                name="Carys Lloyd",
                job_title="Social worker",
                roles=(Role.PRACTITIONER, Role.ADMINISTRATOR),
                units=("Intake and assessment",),
            ),
            Member(
                key="gwen.rees",
                name="Gwen Rees",
                job_title="Placements manager",
                roles=(Role.NOMINATED_OFFICER,),
            ),
        ),
    ),
    Organisation(
        key="open_door",
        name="Open Door Interviews",
        short_name="Open Door",
        kind=AgencyKind.CHARITY,
        domain="open-door.example",
        people=(
            Member(
                key="lena.fox",
                name="Lena Fox",
                job_title="Return home interviewer",
                roles=(Role.PRACTITIONER,),
            ),
            Member(
                key="carl.yeo",
                name="Carl Yeo",
                job_title="Service manager",
                roles=(Role.MANAGER, Role.ADMINISTRATOR),
            ),
        ),
    ),
    Organisation(
        key="seaview",
        name="Seaview House, Margate",
        short_name="Seaview House",
        kind=AgencyKind.CHILDRENS_HOME,
        domain="seaview-house.example",
        areas=(KENT,),
        people=(
            Member(
                key="nisha.roy",
                name="Nisha Roy",
                job_title="Shift leader",
                roles=(Role.PRACTITIONER, Role.ADMINISTRATOR),
            ),
        ),
    ),
    Organisation(
        key="harbour",
        name="Harbour Fostering",
        short_name="Harbour Fostering",
        kind=AgencyKind.FOSTERING_AGENCY,
        domain="harbour-fostering.example",
        areas=(KENT,),
        people=(
            Member(
                key="jo.tranter",
                name="Jo Tranter",
                job_title="On-call supervising social worker",
                roles=(Role.PRACTITIONER, Role.ADMINISTRATOR),
            ),
        ),
    ),
    Organisation(
        key="larkfield",
        name="Larkfield Academy, Margate",
        short_name="Larkfield Academy",
        kind=AgencyKind.SCHOOL,
        domain="larkfield-academy.example",
        areas=(KENT,),
        hours=SCHOOL_HOURS,
        people=(
            Member(
                key="paul.denby",
                name="Paul Denby",
                job_title="Safeguarding lead",
                roles=(Role.PRACTITIONER, Role.ADMINISTRATOR),
            ),
        ),
    ),
    Organisation(
        key="thanet_health",
        name="Thanet Community Health",
        short_name="Thanet Health",
        kind=AgencyKind.HEALTH,
        domain="thanet-health.example",
        areas=(KENT,),
        hours=OFFICE_HOURS,
        people=(
            Member(
                key="grace.ilori",
                name="Grace Ilori",
                job_title="Named nurse",
                roles=(Role.PRACTITIONER, Role.ADMINISTRATOR),
            ),
        ),
    ),
)
BY_KEY = {organisation.key: organisation for organisation in ORGANISATIONS}
# Who answers an agency's alerts in the stories.
ON_DUTY = {
    "kent_police": "joan.mercer",
    "west_midlands_police": "helen.bright",
    "british_transport_police": "sam.reyes",
    "birmingham": "ken.osei",
    "kent_council": "moira.platt",
    "dudley": "anil.desai",
    "cardiff": "carys.lloyd",
    "open_door": "carl.yeo",
    "seaview": "nisha.roy",
    "harbour": "jo.tranter",
    "larkfield": "paul.denby",
    "thanet_health": "grace.ilori",
}


# --- finding them


def agency(key: str) -> Agency:
    """Return an agency of the cast."""
    return Agency.objects.get(name=BY_KEY[key].name)


def unit(key: str, name: str) -> Unit:
    """Return a unit of an agency of the cast."""
    return Unit.objects.get(agency__name=BY_KEY[key].name, name=name)


def membership(person: str) -> Membership:
    """Return a person's membership, by the first part of their address."""
    found: Membership = Membership.objects.select_related("user", "agency").get(
        user__email__startswith=f"{person}@"
    )
    return found


def act_of(person: str, *, at: datetime, channel: Channel = Channel.WEB) -> Act:
    """Return an act of a person at an instant, which may be past."""
    acting = membership(person)
    units = Assignment.objects.live(at).filter(membership=acting)
    return Act(
        now=at,
        channel=channel,
        user=acting.user,
        membership=acting,
        agency=acting.agency,
        unit_ids=frozenset(units.values_list("unit_id", flat=True)),
        roles=frozenset(acting.roles),
    )


# --- making them


def settle(*, now: datetime) -> None:
    """Let every agency join, with its people, units and duty contacts, some years before `now`."""
    at = now - JOINED_AGO
    operator = Act(now=at, channel=Channel.COMMAND)
    for organisation in ORGANISATIONS:
        joined = _join(organisation, operator)
        for member in organisation.people:
            _join_as_member(member, joined, organisation, operator)
        _confirm_contacts(organisation, joined, at)


def _join(organisation: Organisation, operator: Act) -> Agency:
    days, opens_at, closes_at = organisation.hours or ((), None, None)
    joined = services.add_agency(
        name=organisation.name,
        short_name=organisation.short_name,
        kind=organisation.kind,
        nation=organisation.nation,
        areas=organisation.areas,
        mail_domains=[organisation.domain],
        always_open=organisation.hours is None,
        opening_days=days,
        opens_at=opens_at,
        closes_at=closes_at,
        act=operator,
    )
    for name, kind in organisation.units:
        services.add_unit(agency_reference=joined.reference, name=name, kind=kind, act=operator)
    return joined


def _join_as_member(
    member: Member, joined: Agency, organisation: Organisation, operator: Act
) -> None:
    """Invite a person and accept for them; then give them a second factor and their units."""
    issued = services.invite(
        agency_reference=joined.reference,
        email=f"{member.key}@{organisation.domain}",
        roles=member.roles,
        act=operator,
    )
    accepted = services.accept_invitation(
        token=issued.token,
        full_name=member.name,
        password=sign_in.PASSWORD,
        act=Act(now=operator.now, channel=Channel.WEB),
    )
    # No service sets a job title yet.
    User.objects.filter(pk=accepted.user_id).update(job_title=member.job_title)
    sign_in.give_second_factor(accepted.user)
    for name in member.units:
        services.assign_unit(
            membership_reference=accepted.reference,
            unit_reference=Unit.objects.get(agency=joined, name=name).reference,
            act=operator,
        )


def _confirm_contacts(organisation: Organisation, joined: Agency, at: datetime) -> None:
    """Give the agency and each of its duty units an address, confirmed by its administrator."""
    administrator = next(m for m in organisation.people if Role.ADMINISTRATOR in m.roles)
    act = act_of(administrator.key, at=at)
    addresses: list[tuple[str, str | None]] = [(f"duty@{organisation.domain}", None)]
    for made in Unit.objects.filter(agency=joined).exclude(kind=UnitKind.TEAM).order_by("pk"):
        box = made.kind.replace("_", "-")
        addresses.append((f"{box}@{organisation.domain}", made.reference))
    for address, unit_reference in addresses:
        contact = services.add_duty_contact(
            agency_reference=joined.reference,
            unit_reference=unit_reference,
            channel=ContactChannel.EMAIL,
            address=address,
            act=act,
        )
        services.confirm_duty_contact(contact_id=contact.pk, act=act)
