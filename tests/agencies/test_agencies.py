"""Agencies, the areas they answer for, and who in them answers now."""

from datetime import UTC, date, datetime, time
from io import StringIO
from typing import Any

import pytest
from django.apps import apps as django_apps
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from missingchildren.agencies import queries, services
from missingchildren.agencies.acts import begin, system_act
from missingchildren.agencies.models import (
    Agency,
    AgencyArea,
    AgencyKind,
    Area,
    ContactChannel,
    DutyContact,
    Invitation,
    Role,
    UnitKind,
)
from missingchildren.audit.acts import Channel
from missingchildren.core.calendar import Nation
from missingchildren.core.verdicts import NotPermitted, RuleBroken
from tests.factories import (
    AgencyFactory,
    DutyContactFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

BIRMINGHAM = "E08000025"
KENT = "E10000016"
FRIDAY_NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
FRIDAY_NIGHT = datetime(2026, 11, 20, 22, 4, tzinfo=UTC)


def add(name: str, kind: AgencyKind, *areas: str) -> Agency:
    return services.add_agency(
        name=name,
        kind=kind,
        nation=Nation.ENGLAND,
        areas=areas,
        act=system_act(Channel.COMMAND),
    )


def test_a_council_and_a_force_answer_for_their_areas() -> None:
    kent_force = Area.objects.get(code=KENT).force_on(date(2026, 11, 20))
    assert kent_force is not None
    council = add("Kent County Council", AgencyKind.COUNCIL, KENT)
    force = add("Kent Police", AgencyKind.FORCE, kent_force.code)
    today = AgencyArea.objects.filter(agency=council).get().valid_from

    assert queries.agency_answering_for(Area.objects.get(code=KENT), today) == council
    assert queries.agency_answering_for(kent_force, today) == force
    assert queries.agency_answering_for(Area.objects.get(code=BIRMINGHAM), today) is None
    assert queries.agency_answering_for(kent_force, date(2000, 1, 1)) is None


def test_each_agency_has_a_group_of_its_own() -> None:
    first, second = add("A", AgencyKind.COUNCIL), add("B", AgencyKind.CHARITY)

    assert first.group_id != second.group_id
    assert first.group.name == first.reference


def test_a_force_without_an_area_takes_part() -> None:
    force = add("British Transport Police", AgencyKind.FORCE)

    assert not force.agency_areas.exists()


def test_a_charity_in_an_area_does_not_answer_for_it() -> None:
    charity = add("Open Door Interviews", AgencyKind.CHARITY, KENT)
    served = charity.agency_areas.get()

    assert not served.is_statutory
    assert queries.agency_answering_for(served.area, served.valid_from) is None


def test_an_area_has_one_council_at_a_time() -> None:
    first = add("Kent County Council", AgencyKind.COUNCIL, KENT)

    with pytest.raises(RuleBroken, match="already answers"):
        add("Kent Council Again", AgencyKind.COUNCIL, KENT)
    with (
        pytest.raises(IntegrityError, match="area_has_one_statutory_agency"),
        transaction.atomic(),
    ):
        AgencyArea.objects.create(
            agency=AgencyFactory.create(),
            area_id=KENT,
            is_statutory=True,
            valid_from=first.agency_areas.get().valid_from,
        )


def test_a_successor_answers_from_its_day() -> None:
    old, new = AgencyFactory.create_batch(2)
    change = date(2027, 4, 1)
    AgencyArea.objects.create(
        agency=old, area_id=KENT, is_statutory=True, valid_from=date(2020, 1, 1), valid_to=change
    )
    AgencyArea.objects.create(agency=new, area_id=KENT, is_statutory=True, valid_from=change)
    kent = Area.objects.get(code=KENT)

    assert queries.agency_answering_for(kent, date(2027, 3, 31)) == old
    assert queries.agency_answering_for(kent, change) == new


def test_a_name_is_taken_once() -> None:
    add("Kent Police", AgencyKind.FORCE)

    with pytest.raises(RuleBroken, match="already takes part"):
        add("kent police", AgencyKind.FORCE)


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param({"opens_at": time(8)}, id="no closing time"),
        pytest.param(
            {"opens_at": time(16), "closes_at": time(8), "opening_days": [0]}, id="backwards"
        ),
        pytest.param({"opens_at": time(8), "closes_at": time(16)}, id="no day"),
        pytest.param(
            {"opens_at": time(8), "closes_at": time(16), "opening_days": [7]}, id="no such day"
        ),
        pytest.param({"opening_days": [0]}, id="days without times"),
    ],
)
def test_agency_hours_are_whole(hours: dict[str, object]) -> None:
    with pytest.raises(IntegrityError, match="agency_hours_are_whole"), transaction.atomic():
        AgencyFactory.create(always_open=False, **hours)


def test_a_school_says_until_when_it_is_closed() -> None:
    school = AgencyFactory.create(
        kind=AgencyKind.SCHOOL,
        always_open=False,
        opening_days=[0, 1, 2, 3, 4],
        opens_at=time(8),
        closes_at=time(16),
    )
    unknown = AgencyFactory.create(always_open=False)

    assert queries.closed_until(school, FRIDAY_NIGHT) == datetime(2026, 11, 23, 8, tzinfo=UTC)
    assert queries.closed_until(school, FRIDAY_NOON) is None
    assert queries.closed_until(unknown, FRIDAY_NIGHT) is None


def test_a_councils_night_belongs_to_its_edt() -> None:
    council = AgencyFactory.create(always_open=False)
    door = UnitFactory.create(agency=council, kind=UnitKind.FRONT_DOOR)
    edt = UnitFactory.create(agency=council, kind=UnitKind.EDT)
    UnitFactory.create(agency=council)

    assert queries.duty_unit(council, FRIDAY_NOON) == door
    assert queries.duty_unit(council, FRIDAY_NIGHT) == edt


def test_a_closed_unit_is_not_on_duty() -> None:
    force = AgencyFactory.create(force=True)
    UnitFactory.create(agency=force, kind=UnitKind.DUTY_DESK, is_active=False)

    assert queries.duty_unit(force, FRIDAY_NIGHT) is None


def test_a_units_own_contact_comes_before_its_agencys() -> None:
    unit = UnitFactory.create()
    whole = DutyContactFactory.create(agency=unit.agency, address="all@agency.example")

    def addresses(unit_id: int | None) -> list[str]:
        found = queries.duty_addresses(
            agency_id=unit.agency_id, unit_id=unit_id, channel=ContactChannel.EMAIL, at=FRIDAY_NIGHT
        )
        return [contact.address for contact in found]

    assert addresses(unit.pk) == [whole.address]
    DutyContactFactory.create(agency=unit.agency, unit=unit, address="edt@agency.example")
    DutyContactFactory.create(
        agency=unit.agency, unit=unit, address="new@x.example", verified_at=None, verified_by=None
    )
    assert addresses(unit.pk) == ["edt@agency.example"]
    assert addresses(None) == [whole.address]


def test_contact_addresses_are_encrypted_at_rest() -> None:
    contact = DutyContactFactory.create(address="duty@agency.example")

    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM agencies_dutycontact")
        (stored,) = cursor.fetchone()

    assert "duty" not in stored
    assert DutyContact.objects.get(pk=contact.pk).address == "duty@agency.example"


def test_history_keeps_who_changed_what() -> None:
    act = system_act(Channel.COMMAND)
    agency = services.add_agency(
        name="Kent Police", kind=AgencyKind.FORCE, nation=Nation.ENGLAND, act=act
    )

    event: Any = django_apps.get_model("agencies", "AgencyEvent")._default_manager.get(
        pgh_obj=agency.pk
    )

    assert event.pgh_label == "insert"
    assert event.pgh_context["act"] == str(act.id)


def test_history_of_a_person_has_no_password() -> None:
    history = django_apps.get_model("agencies", "UserEvent")
    columns = {field.name for field in history._meta.get_fields()}

    assert "email" in columns
    assert not columns & {"password", "last_login"}


# --- commands


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().split()


def test_add_agency_prints_an_invitation_that_works() -> None:
    words = run(
        "add_agency",
        "Birmingham Children's Trust",
        "--kind=council",
        f"--area={BIRMINGHAM}",
        "--first-administrator=fay@birmingham.example",
    )
    token = words[-1].rstrip("/").rpartition("/")[2]

    joined = services.accept_invitation(
        token=token,
        act=system_act(Channel.WEB),
        full_name="Fay Lund",
        password="walrus teapot lantern gravel",
    )

    assert joined.roles == [Role.ADMINISTRATOR]
    assert joined.agency.mail_domains == ["birmingham.example"]
    assert joined.agency.nation == Nation.ENGLAND
    assert begin(joined, Channel.WEB).agency_id == joined.agency_id


def test_add_agency_adds_nothing_when_the_invitation_cannot_be_made() -> None:
    with pytest.raises(CommandError, match="email address"):
        run("add_agency", "X", "--kind=council", "--first-administrator=not an address")

    assert not Agency.objects.filter(name="X").exists()


def test_an_unknown_area_is_named() -> None:
    with pytest.raises(CommandError, match="E99999999"):
        run(
            "add_agency",
            "X",
            "--kind=council",
            "--area=E99999999",
            "--first-administrator=a@x.example",
        )


def test_an_operator_invites_a_first_director() -> None:
    agency = AgencyFactory.create()

    run("invite", "jean@x.example", f"--agency={agency.reference}", "--role=director")

    assert Invitation.objects.get().roles == [Role.DIRECTOR]
    with pytest.raises(CommandError, match="no such agency"):
        run("invite", "jean@x.example", "--agency=AG-NONE", "--role=director")


def test_a_deactivated_person_is_out_of_every_agency() -> None:
    user = UserFactory.create(email="ken@x.example")
    first, second = MembershipFactory.create_batch(2, user=user)

    run("deactivate_person", "Ken@x.example")

    for membership in (first, second):
        with pytest.raises(NotPermitted):
            begin(membership, Channel.WEB)
    with pytest.raises(CommandError, match="Nobody"):
        run("deactivate_person", "nobody@x.example")
