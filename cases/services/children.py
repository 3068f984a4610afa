"""Make and add to the record of a child."""

from dataclasses import dataclass
from datetime import date

from cases.models import (
    Child,
    ChildIdentifier,
    ChildName,
    Grant,
    Involvement,
    LookedAfterPeriod,
)
from cases.rules import Fact, Part
from cases.services import sharing, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Unit
from missingchildren.core.names import search_form


@dataclass(frozen=True, kw_only=True)
class Described:
    """A child as somebody describes them; identifiers are clean (`core.identifiers`)."""

    given_names: str
    family_name: str
    date_of_birth: date | None = None
    is_birth_estimated: bool = False
    sex: str = ""
    identifiers: tuple[tuple[str, str], ...] = ()


def record_child(*, described: Described, recording_agency: Agency, act: Act) -> Child:
    """Make a record; whoever calls opens a part in it to somebody."""
    child = Child.objects.create(
        reference=unused(Child, "MC"),
        date_of_birth=described.date_of_birth,
        is_birth_estimated=described.is_birth_estimated,
        sex=described.sex,
        listed_at=act.now,
        recorded_at=act.now,
        recorded_by=act.membership,
        recording_agency=recording_agency,
    )
    add_name(
        child=child,
        given_names=described.given_names,
        family_name=described.family_name,
        kind=ChildName.Kind.LEGAL,
        is_main=True,
        agency=recording_agency,
        act=act,
    )
    for kind, value in described.identifiers:
        add_identifier(child=child, kind=kind, value=value, agency=recording_agency, act=act)
    timeline.add(child=child, kind=Fact.RECORDED, act=act)
    return child


def add_name(
    *,
    child: Child,
    given_names: str,
    family_name: str,
    kind: ChildName.Kind,
    agency: Agency,
    act: Act,
    is_main: bool = False,
) -> ChildName:
    """Add a name to a child's record."""
    return ChildName.objects.create(
        child=child,
        kind=kind,
        given_names=given_names,
        family_name=family_name,
        search=search_form(f"{given_names} {family_name}"),
        is_main=is_main,
        recorded_at=act.now,
        recording_agency=agency,
    )


def add_identifier(
    *, child: Child, kind: str, value: str, agency: Agency, act: Act
) -> ChildIdentifier:
    """Add a clean identifier, once."""
    identifier, _ = ChildIdentifier.objects.get_or_create(
        child=child,
        kind=kind,
        value=value,
        ended_at=None,
        defaults={"recorded_at": act.now, "recording_agency": agency},
    )
    return identifier


def begin_looking_after(
    *,
    child: Child,
    council: Agency,
    starts_on: date,
    legal_status: str,
    act: Act,
    unit: Unit | None = None,
) -> LookedAfterPeriod:
    """Record that a council looks after a child; the council's part follows from it."""
    period = LookedAfterPeriod.objects.create(
        child=child,
        responsible_council=council,
        legal_status=legal_status,
        starts_on=starts_on,
        recorded_at=act.now,
    )
    sharing.open_part(
        child=child,
        agency=council,
        unit=unit,
        part=Part.RESPONSIBLE_COUNCIL,
        basis=Grant.Basis.RESPONSIBILITY,
        source=f"looked after from {starts_on}",
        act=act,
    )
    sharing.recompute(child=child, act=act)
    return period


def involve(
    *,
    child: Child,
    agency: Agency,
    capacity: Involvement.Capacity,
    act: Act,
    unit: Unit | None = None,
) -> Involvement:
    """Record that an agency knows the child. It opens nothing by itself."""
    return Involvement.objects.create(
        child=child,
        agency=agency,
        unit=unit,
        capacity=capacity,
        starts_at=act.now,
        recording_agency=act.agency or agency,
    )
