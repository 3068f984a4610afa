"""A postcode leads to its authority and force for certain, or to a person who is asked."""

import csv
import os
from collections.abc import Iterator
from datetime import date
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from missingchildren.agencies import reference
from missingchildren.agencies.models import (
    Area,
    AreaForce,
    Outcode,
    PlacelessOutcode,
    PostcodeException,
    PostcodeSector,
    StraddlingSector,
)
from missingchildren.agencies.postcodes import (
    Certainty,
    MalformedPostcode,
    Resolution,
    normalise,
    resolve,
)
from tests.timing import at_once

FULL = bool(os.environ.get("FULL"))

TODAY = date(2026, 11, 23)
REORGANISED = date(2027, 4, 1)
SURREY = "E10000030"


def rows(file: str) -> Iterator[dict[str, str]]:
    with (reference.DIRECTORY / f"{file}.csv").open(encoding="utf-8", newline="") as text:
        yield from csv.DictReader(text)


def answer(resolution: Resolution) -> tuple[str, str | None, str | None]:
    return (
        resolution.kind,
        resolution.authority.short_name if resolution.authority else None,
        resolution.force.name if resolution.force else None,
    )


# --- what is a postcode


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("CT10 1AA", "CT10 1AA"),
        ("ct101aa", "CT10 1AA"),
        ("  c t 1 0 1 a a\n", "CT10 1AA"),
        ("CT10\u00a01AA", "CT10 1AA"),
        ("CT10\u200b1AA\u202c", "CT10 1AA"),
        ("".join(chr(ord(c) + 0xFEE0) for c in "CT101AA"), "CT10 1AA"),
        ("b11aa", "B1 1AA"),
        ("EC2N 2DB", "EC2N 2DB"),
        ("w1a1aa", "W1A 1AA"),
        ("GIR 0AA", "GIR 0AA"),
    ],
)
def test_postcode_as_people_type_it(typed: str, postcode: str) -> None:
    assert normalise(typed) == postcode


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "not a United Kingdom postcode. It looks like"),
        ("home", "not a United Kingdom postcode"),
        ("CT10", "Enter the whole postcode"),
        ("CT1O 1AA", "Check for O and 0"),
        ("CT10 IAA", "Check for O and 0"),
        ("CT10 OAA", "Check for O and 0"),
        ("B1 1AC", "not a United Kingdom postcode"),
        ("75001", "not a United Kingdom postcode"),
        ("D02 X285", "not a United Kingdom postcode"),
        ("10115 Berlin", "not a United Kingdom postcode"),
        ("CT10 1AA'; --", "not a United Kingdom postcode"),
        ("CT10\u0661AA", "not a United Kingdom postcode"),
        ("CT10 1AA" * 100_000, "too long"),
    ],
)
def test_malformed_postcode_says_why(typed: str, reason: str) -> None:
    with at_once(clock=perf_counter), pytest.raises(MalformedPostcode, match=reason) as raised:
        resolve(typed, on=TODAY)

    assert raised.value.reason == str(raised.value)


def test_every_published_postcode_and_outcode_has_the_accepted_form() -> None:
    for row in rows("postcode_exceptions"):
        assert normalise(row["postcode"]) == row["postcode"]
    for row in rows("postcode_sectors"):
        assert normalise(row["sector"] + "AA") == row["sector"] + "AA"


# --- what is certain


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("postcode", "authority", "force"),
    [
        ("CT9 1AA", "Kent", "Kent Police"),
        ("CT10 1AA", "Kent", "Kent Police"),
        ("B1 1AA", "Birmingham", "West Midlands Police"),
        ("LL11 1AA", "Wrexham", "North Wales Police"),
        ("EC2N 2DB", "City of London", "City of London Police"),
        ("S70 1AA", "Barnsley", "South Yorkshire Police"),
        ("TA1 1AA", "Somerset", "Avon and Somerset Constabulary"),
        ("PO30 1AA", "Isle of Wight", "Hampshire and Isle of Wight Constabulary"),
        ("TR21 0AA", "Isles of Scilly", "Devon and Cornwall Police"),
        ("SA62 3AA", "Pembrokeshire", "Dyfed-Powys Police"),
        ("AB10 1AA", "Aberdeen City", "Police Scotland"),
    ],
)
def test_postcodes_known_by_hand(postcode: str, authority: str, force: str) -> None:
    resolution = resolve(postcode, on=TODAY)

    assert resolution.kind == Certainty.CERTAIN
    assert resolution.authority is not None
    assert authority in resolution.authority.name
    assert resolution.force is not None
    assert resolution.force.name.replace("&", "and") == force
    assert resolution.reason == ""


@pytest.mark.django_db
def test_exceptions_are_certain_and_not_its_neighbours_authority() -> None:
    forces = dict(AreaForce.objects.values_list("authority_id", "force_id"))
    for row in list(rows("postcode_exceptions"))[:: 10 if FULL else 200]:
        resolution = resolve(row["postcode"], on=TODAY)

        assert resolution.kind == Certainty.CERTAIN, row
        assert resolution.authority is not None
        assert resolution.authority.code == row["la_code"], row
        assert resolution.force is not None
        assert resolution.force.code == forces[row["la_code"]], row


@pytest.mark.django_db
def test_units_of_straddling_sectors_are_certain() -> None:
    for row in list(rows("postcode_straddling_sectors"))[:: 1 if FULL else 30]:
        for unit in {row["units"][:2], row["units"][-2:]}:
            resolution = resolve(row["sector"] + unit, on=TODAY)

            assert resolution.kind == Certainty.CERTAIN, (row["sector"], unit)
            assert resolution.authority is not None
            assert resolution.authority.code == row["la_code"], (row["sector"], unit)


@pytest.mark.django_db
def test_whole_sectors_are_certain_even_for_new_postcodes() -> None:
    whole = PostcodeSector.objects.filter(share=1).values_list("sector", "area_id")
    for sector, code in list(whole.order_by("sector"))[:: 1 if FULL else 100]:
        resolution = resolve(f"{sector}ZZ", on=TODAY)

        assert resolution.kind == Certainty.CERTAIN, sector
        assert resolution.authority is not None
        assert resolution.authority.code == code


def test_letters_are_read_in_pairs() -> None:
    sector = StraddlingSector(sector="AB12 3", units="ABCDEF")

    assert [sector.holds_unit(unit) for unit in ("AB", "CD", "EF")] == [True, True, True]
    assert [sector.holds_unit(unit) for unit in ("BC", "DE", "FA", "GH")] == [False] * 4


# --- what is ambiguous


def new_units() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield a postcode that no table has for each straddling sector."""
    taken = {row["postcode"] for row in rows("postcode_exceptions")}
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    for row in rows("postcode_straddling_sectors"):
        units = {row["units"][i : i + 2] for i in range(0, len(row["units"]), 2)}
        for unit in (a + b for a in letters for b in letters):
            if unit not in units and row["sector"] + unit not in taken:
                yield row["sector"] + unit, row
                break


@pytest.mark.django_db
def test_new_postcode_of_a_straddling_sector_asks_a_person_to_choose() -> None:
    for postcode, row in list(new_units())[:: 1 if FULL else 30]:
        resolution = resolve(postcode, on=TODAY)

        assert resolution.kind == Certainty.AMBIGUOUS, postcode
        assert resolution.authority is None
        shares = [c.share for c in resolution.candidates if c.share is not None]
        assert len(shares) == len(resolution.candidates) > 1
        assert shares == sorted(shares, reverse=True)
        assert row["la_code"] == resolution.candidates[0].authority.code
        forces = {c.force for c in resolution.candidates}
        assert None not in forces
        assert resolution.force == (forces.pop() if len(forces) == 1 else None)
        assert "newer than our tables" in resolution.reason


def new_sector_between_areas() -> tuple[str, str]:
    """Return an outward code in several areas, and a sector of it that no table has."""
    known = set(PostcodeSector.objects.values_list("sector", flat=True))
    outcodes = Outcode.objects.filter(rank=2).order_by("outcode").values_list("outcode", flat=True)
    return next((o, f"{o} {n}") for o in outcodes for n in range(10) if f"{o} {n}" not in known)


@pytest.mark.django_db
def test_new_sector_suggests_the_largest_authority_of_its_outward_code() -> None:
    outcode, sector = new_sector_between_areas()

    resolution = resolve(f"{sector}ZZ", on=TODAY)

    assert answer(resolution) == ("ambiguous", None, None)
    assert [c.authority.code for c in resolution.candidates] == list(
        Outcode.objects.filter(outcode=outcode).order_by("rank").values_list("area_id", flat=True)
    )
    assert resolution.candidates[0].authority.name in resolution.reason


# --- what only a person knows


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("postcode", "reason"),
    [
        ("JE2 3AA", "Jersey"),
        ("GY1 1AA", "Guernsey"),
        ("IM1 1AA", "the Isle of Man"),
        ("JE55 5ZZ", "Jersey"),
        ("W1X 1AA", "begins with W1X is in our tables"),
        ("ZZ99 3ZZ", "begins with ZZ99 is in our tables"),
        ("BX1 1LT", "begins with BX1 is in our tables"),
        ("BF1 1AA", "begins with BF1 is in our tables"),
        ("GIR 0AA", "begins with GIR is in our tables"),
        ("SR43 4AA", "SR43 name no place"),
    ],
)
def test_places_the_tables_do_not_have(postcode: str, reason: str) -> None:
    resolution = resolve(postcode, on=TODAY)

    assert answer(resolution) == ("ask", None, None)
    assert resolution.candidates == ()
    assert reason in resolution.reason


@pytest.mark.django_db
def test_every_outward_code_without_a_place_asks() -> None:
    for outcode in PlacelessOutcode.objects.values_list("outcode", flat=True):
        assert resolve(f"{outcode} 1AA", on=TODAY).kind == Certainty.ASK


@pytest.mark.django_db
def test_northern_ireland_has_one_force_and_asks_which_trust() -> None:
    resolution = resolve("BT1 1AA", on=TODAY)

    assert answer(resolution) == ("ask", None, "Police Service of Northern Ireland")
    assert [c.authority.code for c in resolution.candidates] == [
        "BHSCT", "NHSCT", "SEHSCT", "SHSCT", "WHSCT",
    ]  # fmt: skip
    assert {c.force for c in resolution.candidates} == {resolution.force}


# --- days


@pytest.mark.django_db
def test_ended_authority_is_not_the_answer_on_or_after_its_last_day() -> None:
    Area.objects.filter(code=SURREY).update(valid_to=REORGANISED)

    before = resolve("GU1 1AA", on=date(2027, 3, 31))
    after = resolve("GU1 1AA", on=REORGANISED)

    assert answer(before) == ("certain", "Surrey", "Surrey Police")
    assert answer(after) == ("ask", None, None)
    assert "Surrey, which did not exist on 1 April 2027" in after.reason


@pytest.mark.django_db
def test_authority_that_has_not_begun_is_not_the_answer() -> None:
    Area.objects.filter(code=SURREY).update(valid_from=REORGANISED)

    assert resolve("GU1 1AA", on=TODAY).kind == Certainty.ASK
    assert resolve("GU1 1AA", on=REORGANISED).kind == Certainty.CERTAIN


@pytest.mark.django_db
def test_ambiguous_postcode_with_an_ended_candidate_asks() -> None:
    candidates = PostcodeSector.objects.filter(rank=2, area=SURREY).values_list("sector", flat=True)
    postcode = next(p for p, row in new_units() if row["sector"] in set(candidates))
    Area.objects.filter(code=SURREY).update(valid_to=REORGANISED)

    assert resolve(postcode, on=TODAY).kind == Certainty.AMBIGUOUS
    after = resolve(postcode, on=REORGANISED)
    assert after.kind == Certainty.ASK
    assert SURREY not in {c.authority.code for c in after.candidates}
    assert after.candidates


@pytest.mark.django_db
def test_authority_without_a_known_force_asks_for_the_force_only() -> None:
    AreaForce.objects.filter(authority=SURREY).update(valid_to=REORGANISED)

    resolution = resolve("GU1 1AA", on=REORGANISED)

    assert answer(resolution) == ("ask", "Surrey", None)
    assert "police force is not known" in resolution.reason


@pytest.mark.django_db
def test_tables_of_the_day_answer() -> None:
    PostcodeException.objects.create(
        postcode="GU1 1AA", area=Area.objects.get(name="Kent"), valid_from=REORGANISED
    )

    assert answer(resolve("GU1 1AA", on=TODAY))[1] == "Surrey"
    assert answer(resolve("GU1 1AA", on=REORGANISED))[1] == "Kent"


@pytest.mark.django_db
@pytest.mark.parametrize("postcode", ["CT10 1AA", "CT10 9ZZ", "BT1 1AA", "W1X 1AA"])
def test_answer_takes_few_queries(postcode: str) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        resolve(postcode, on=TODAY)

    assert len(queries) <= 7
