"""The published tables are loaded whole, agree with each other, and later vintages are dated."""

import shutil
from collections.abc import Iterator
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Count, F
from django.test.utils import CaptureQueriesContext

from missingchildren.agencies import reference
from missingchildren.agencies.models import (
    Area,
    AreaAdjacency,
    AreaForce,
    AreaKind,
    DistrictCode,
    Outcode,
    PlacelessOutcode,
    PostcodeException,
    PostcodeSector,
    StraddlingSector,
)

pytestmark = pytest.mark.django_db

BIRMINGHAM = "E08000025"
KENT = "E10000016"
SURREY = "E10000030"
SURREY_POLICE = "E23000031"
EAST_SURREY = "E06000099"
BEFORE = date(2027, 3, 31)
REORGANISED = date(2027, 4, 1)


@pytest.fixture
def vintage(tmp_path: Path) -> Path:
    """A copy of the files, to be changed."""
    for file in reference.FILES:
        shutil.copy(reference.DIRECTORY / f"{file}.csv", tmp_path)
    return tmp_path


def edit(directory: Path, file: str, old: str, new: str) -> None:
    path = directory / f"{file}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def reorganise_surrey(directory: Path) -> None:
    """Let one new authority take the place of Surrey, in every file."""
    for file in reference.FILES:
        path = directory / f"{file}.csv"
        path.write_text(
            path.read_text(encoding="utf-8").replace(SURREY, EAST_SURREY), encoding="utf-8"
        )
    edit(directory, "local_authorities", "Surrey County Council", "East Surrey Council")


def load(*args: str) -> str:
    out = StringIO()
    call_command("load_reference_data", *args, stdout=out)
    return out.getvalue()


def test_every_row_of_the_files_is_loaded() -> None:
    counts = {
        model: model._default_manager.count()
        for model in (
            AreaForce,
            AreaAdjacency,
            DistrictCode,
            Outcode,
            PlacelessOutcode,
            PostcodeSector,
            StraddlingSector,
            PostcodeException,
        )
    }

    assert counts == {
        AreaForce: 212,
        AreaAdjacency: 2 * (515 + 35),
        DistrictCode: 415,
        Outcode: 4_247,
        PlacelessOutcode: 35,
        PostcodeSector: 12_906,
        StraddlingSector: 1_863,
        PostcodeException: 40_618,
    }


@pytest.mark.parametrize(
    ("kind", "count"), [(AreaKind.AUTHORITY, 207), (AreaKind.TRUST, 5), (AreaKind.FORCE, 46)]
)
def test_areas_of_each_kind(kind: AreaKind, count: int) -> None:
    assert Area.objects.filter(kind=kind).count() == count


def test_codes_keep_their_leading_zeros() -> None:
    assert Area.objects.get(name="Metropolitan Police Service").cjs_code == "01"


def test_every_authority_has_one_force_and_every_territorial_force_an_authority() -> None:
    others = Area.objects.exclude(kind=AreaKind.FORCE)
    forces = Area.objects.filter(kind=AreaKind.FORCE)

    assert not others.annotate(n=Count("force_links")).exclude(n=1).exists()
    assert [f.code for f in forces.annotate(n=Count("authority_links")).filter(n=0)] == ["BTP"]


def test_sectors_in_several_areas_are_exactly_the_straddling_ones() -> None:
    several = PostcodeSector.objects.filter(rank=2).values_list("sector", flat=True)

    assert set(several) == set(StraddlingSector.objects.values_list("sector", flat=True))


def test_adjacency_holds_both_ways_round() -> None:
    pairs = set(AreaAdjacency.objects.values_list("area_id", "neighbour_id", "basis"))

    assert pairs == {(b, a, basis) for a, b, basis in pairs}


def test_pair_that_someone_may_ask_about_says_why_it_is_doubtful() -> None:
    menai = AreaAdjacency.objects.get(area="W06000001", neighbour="W06000002")

    assert (menai.basis, menai.is_doubtful) == ("", True)
    assert "Menai Strait" in menai.reason
    assert not AreaAdjacency.objects.filter(is_doubtful=True, reason="").exists()


def test_abolished_district_leads_to_its_successor() -> None:
    assert DistrictCode.objects.get(code="E07000004").area.short_name == "Buckinghamshire"


def test_divided_northern_irish_district_says_that_it_is_not_exact() -> None:
    belfast = DistrictCode.objects.get(code="N09000003")

    assert (belfast.area_id, belfast.is_exact) == ("BHSCT", False)
    assert "South Eastern Trust" in belfast.note


def test_force_of_an_authority_on_a_day() -> None:
    force = Area.objects.get(code=BIRMINGHAM).force_on(BEFORE)

    assert force is not None
    assert force.name == "West Midlands Police"


# --- vintages


def test_loading_the_same_files_again_changes_nothing() -> None:
    assert load() == "Nothing changed.\n"


def test_loading_from_nothing_takes_few_statements_however_many_rows() -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for table in reversed(reference.TABLES):
            cursor.execute(f"DELETE FROM {table.name}")
        with CaptureQueriesContext(connection) as captured, connection.cursor() as watched:
            reference.load(watched)

    assert len(captured) <= 12 * len(reference.TABLES)
    assert Area.objects.count() == 258


def test_new_vintage_ends_and_begins_on_its_day(vintage: Path) -> None:
    reorganise_surrey(vintage)

    said = load("--directory", str(vintage), "--from", REORGANISED.isoformat())

    assert "agencies_area: 1 begun, 1 ended, 0 corrected" in said
    surrey = Area.objects.get(code=SURREY)
    successor = Area.objects.get(code=EAST_SURREY)
    assert (surrey.valid_from, surrey.valid_to) == (None, REORGANISED)
    assert (successor.valid_from, successor.valid_to) == (REORGANISED, None)
    assert surrey.holds_on(BEFORE)
    assert not surrey.holds_on(REORGANISED)
    assert not successor.holds_on(BEFORE)
    assert successor.holds_on(REORGANISED)
    assert [link.authority_id for link in _surrey_police(BEFORE)] == [SURREY]
    assert [link.authority_id for link in _surrey_police(REORGANISED)] == [EAST_SURREY]


def _surrey_police(day: date) -> Iterator[AreaForce]:
    return AreaForce.objects.on(day).filter(force=SURREY_POLICE).iterator()


def test_vintage_loaded_twice_changes_nothing_the_second_time(vintage: Path) -> None:
    reorganise_surrey(vintage)
    load("--directory", str(vintage), "--from", REORGANISED.isoformat())

    again = load("--directory", str(vintage), "--from", REORGANISED.isoformat())

    assert again == "Nothing changed.\n"


def test_vintage_taken_back_on_its_own_day_leaves_what_was(vintage: Path) -> None:
    before = _everything()
    reorganise_surrey(vintage)
    load("--directory", str(vintage), "--from", REORGANISED.isoformat())

    load("--from", REORGANISED.isoformat())

    assert _everything() == before


def _everything() -> list[object]:
    with connection.cursor() as cursor:
        rows = []
        for table in reference.TABLES:
            columns = ", ".join((*table.columns, "valid_from", "valid_to"))
            cursor.execute(f"SELECT {columns} FROM {table.name} ORDER BY {columns}")
            rows.append(cursor.fetchall())
        return rows


def test_new_name_is_corrected_in_place(vintage: Path) -> None:
    edit(vintage, "local_authorities", "Birmingham City Council", "Council of Birmingham")

    load("--directory", str(vintage), "--from", REORGANISED.isoformat())

    birmingham = Area.objects.get(code=BIRMINGHAM)
    assert birmingham.council_name == "Council of Birmingham"
    assert (birmingham.valid_from, birmingham.valid_to) == (None, None)


def test_change_without_a_day_is_refused(vintage: Path) -> None:
    reorganise_surrey(vintage)

    with pytest.raises(CommandError, match="say from which day"):
        load("--directory", str(vintage))

    assert not Area.objects.filter(code=EAST_SURREY).exists()


def test_vintages_out_of_order_are_refused(vintage: Path) -> None:
    reorganise_surrey(vintage)
    load("--directory", str(vintage), "--from", REORGANISED.isoformat())

    with pytest.raises(CommandError, match="in order"):
        load("--from", BEFORE.isoformat())


def test_missing_file_is_named_and_changes_nothing(vintage: Path) -> None:
    (vintage / "outcodes.csv").unlink()

    with pytest.raises(CommandError, match=r"outcodes\.csv cannot be read"):
        load("--directory", str(vintage), "--from", REORGANISED.isoformat())


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("la_police_force", f",{SURREY_POLICE},", ",E23999999,"),
        ("postcode_exceptions", "AB12 3GQ,S12000034", "AB12 3GQ,S12999999"),
        ("postcode_exceptions", "AB12 3GQ,S12000034", "AB12 3GQ,S12000034,more"),
        (
            "outcodes",
            "AB10,S12000033,Aberdeen City,S23000009,Scotland,666,1.0",
            "AB10,S12000033,,,,,much",
        ),
    ],
    ids=["unknown force", "unknown authority", "too many columns", "no number"],
)
def test_broken_file_changes_nothing(vintage: Path, file: str, old: str, new: str) -> None:
    edit(vintage, file, old, new)

    with pytest.raises(CommandError, match="cannot be loaded"):
        load("--directory", str(vintage), "--from", REORGANISED.isoformat())

    assert load() == "Nothing changed.\n"


# --- constraints


def test_area_ends_after_it_begins() -> None:
    kent = Area.objects.filter(code=KENT)

    with pytest.raises(IntegrityError, match="area_ends_after_it_begins"):
        kent.update(valid_from=REORGANISED, valid_to=REORGANISED)


def test_area_kind_known() -> None:
    with pytest.raises(IntegrityError, match="area_kind_known"):
        Area.objects.filter(code=KENT).update(kind="parish")


def test_authority_has_one_force_at_a_time() -> None:
    link = AreaForce.objects.get(authority=KENT)

    with pytest.raises(IntegrityError, match="authority_has_one_force_at_a_time"):
        AreaForce.objects.create(authority_id=KENT, force_id=link.force_id)


def test_adjacency_is_between_two() -> None:
    with pytest.raises(IntegrityError, match="adjacency_is_between_two"):
        AreaAdjacency.objects.filter(area=KENT).update(neighbour=F("area"))


def test_adjacency_in_doubt_has_reason() -> None:
    with pytest.raises(IntegrityError, match="adjacency_in_doubt_has_reason"):
        AreaAdjacency.objects.filter(is_doubtful=True).update(reason="")


def test_adjacency_basis_known() -> None:
    with pytest.raises(IntegrityError, match="adjacency_basis_known"):
        AreaAdjacency.objects.filter(area=KENT).update(basis="air")
