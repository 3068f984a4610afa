"""Identifiers are kept in one form, and slips of the pen are noticed where a check digit tells."""

from time import perf_counter

import pytest

from missingchildren.core.identifiers import (
    CHI_NUMBER,
    CONSISTENT_IDENTIFIER,
    CUSTODY,
    HC_NUMBER,
    HOME_OFFICE,
    NHS_NUMBER,
    UPN,
    Kind,
    MalformedIdentifier,
    clean,
    display,
)
from tests.timing import at_once

# The NHS keeps 999 for tests: nobody has these numbers.


def check_digit(nine: str) -> int:
    total = sum(int(digit) * (10 - place) for place, digit in enumerate(nine))
    return (11 - total % 11) % 11


NHS_NUMBERS = [
    f"{nine}{check_digit(nine)}"
    for nine in (f"999{n:06}" for n in range(0, 1_000_000, 9_973))
    if check_digit(nine) < 10
]


def test_test_numbers_are_accepted() -> None:
    assert [clean(NHS_NUMBER, number) for number in NHS_NUMBERS] == NHS_NUMBERS


def test_every_wrong_digit_and_adjacent_exchange_in_an_nhs_number_is_noticed() -> None:
    for number in NHS_NUMBERS[:30]:
        wrong = {
            number[:i] + other + number[i + 1 :]
            for i in range(10)
            for other in "0123456789"
            if other != number[i]
        } | {number[:i] + number[i + 1] + number[i] + number[i + 2 :] for i in range(9)}
        for text in wrong - {number}:
            with pytest.raises(MalformedIdentifier):
                clean(NHS_NUMBER, text)


@pytest.mark.parametrize(
    "typed",
    [
        "999 000 0018",
        "999-000-0018",
        " 9990000018\n",
        "999\u2013000\u20130018",
        "".join(chr(0xFF10 + int(digit)) for digit in "9990000018"),
        "\u0669\u0669\u0669\u0660\u0660\u0660\u0660\u0660\u0661\u0668",
        "\u200b999\u202e0000018",
    ],
    ids=["spaces", "hyphens", "line end", "dashes", "full width", "Arabic-Indic", "invisible"],
)
def test_nhs_number_as_people_type_it(typed: str) -> None:
    assert clean(NHS_NUMBER, typed) == "9990000018"


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("", "Enter all 10 digits"),
        ("999000001", "Enter all 10 digits"),
        ("99900000188", "Enter all 10 digits"),
        ("999000001X", "Enter all 10 digits"),
        ("9990000\u00b218", "Enter all 10 digits|does not fit"),
        ("9990000019", "last digit does not fit"),
        ("0000000000", "every digit is the same"),
        ("4444444444", "every digit is the same"),
        ("9" * 100_000, "too long"),
    ],
)
def test_malformed_nhs_number_says_why(typed: str, reason: str) -> None:
    with pytest.raises(MalformedIdentifier, match=reason) as raised:
        clean(NHS_NUMBER, typed)

    assert raised.value.reason == str(raised.value)


def test_number_whose_check_would_be_ten_is_refused() -> None:
    nine = next(f"999{n:06}" for n in range(1000) if check_digit(f"999{n:06}") == 10)

    for last in "0123456789":
        with pytest.raises(MalformedIdentifier):
            clean(NHS_NUMBER, nine + last)


def test_chi_number_starts_with_a_date_of_birth() -> None:
    assert clean(CHI_NUMBER, _with_check("290212345")).startswith("290212")
    with pytest.raises(MalformedIdentifier, match="date of birth"):
        clean(CHI_NUMBER, _with_check("300212345"))


def _with_check(nine: str) -> str:
    """Return the nine digits, the last raised until a check digit exists, and that digit."""
    number = int(nine)
    while check_digit(str(number)) == 10:
        number += 1
    return f"{number}{check_digit(str(number))}"


def test_health_and_care_number() -> None:
    assert clean(HC_NUMBER, _with_check("320000001")) == _with_check("320000001")


@pytest.mark.parametrize("typed", ["H801200001001", "h801200001001", " H8012 0000 1001 "])
def test_pupil_number(typed: str) -> None:
    assert clean(UPN, typed) == "H801200001001"


def test_temporary_pupil_number_ends_in_a_letter() -> None:
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    accepted = [first for first in letters if _accepts(UPN, f"{first}80120000100A")]

    assert len(accepted) == 1


def _accepts(kind: Kind, text: str) -> bool:
    try:
        clean(kind, text)
    except MalformedIdentifier:
        return False
    return True


def test_every_wrong_symbol_in_a_pupil_number_is_noticed() -> None:
    right = "H801200001001"
    for place in range(1, 13):
        for other in set("0123456789") - {right[place]}:
            assert not _accepts(UPN, right[:place] + other + right[place + 1 :])
    for letter in set("ABCDEFGHIJKLMNOPQRSTUVWXYZ") - {"H"}:
        assert not _accepts(UPN, letter + right[1:])


@pytest.mark.parametrize(
    "text", ["", "H80120000100", "8801200001001", "I801200001001", "H80120000100I"]
)
def test_malformed_pupil_number_says_what_one_looks_like(text: str) -> None:
    with pytest.raises(MalformedIdentifier, match="a letter and 12 digits"):
        clean(UPN, text)


@pytest.mark.parametrize(
    ("kind", "typed", "stored"),
    [
        (HOME_OFFICE, "a1234567/2", "A1234567/2"),
        (HOME_OFFICE, "1212-0000-1234-5678", "1212-0000-1234-5678"),
        (CUSTODY, "20dd/1234/26", "20DD/1234/26"),
        (CONSISTENT_IDENTIFIER, "x 12 34", "X1234"),
    ],
)
def test_references_without_a_published_shape(kind: Kind, typed: str, stored: str) -> None:
    assert clean(kind, typed) == stored


@pytest.mark.parametrize("kind", [HOME_OFFICE, CUSTODY, CONSISTENT_IDENTIFIER])
@pytest.mark.parametrize("text", ["", "12", "unknown", "<script>1", "-123", "1" * 31])
def test_what_cannot_be_a_reference(kind: Kind, text: str) -> None:
    assert not _accepts(kind, text)


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("text", ["9" * 100_000, "a\u0301\u0316" * 33_333, "\ufdfa" * 100_000])
def test_hostile_text_is_refused_at_once(kind: Kind, text: str) -> None:
    """INJ-08: 100 kB on every validator, under 100 ms."""
    with at_once(clock=perf_counter):
        assert not _accepts(kind, text)


def test_health_numbers_are_shown_in_groups() -> None:
    assert display(NHS_NUMBER, "9990000018") == "999 000 0018"
    assert display(UPN, "H801200001001") == "H801200001001"


def test_what_is_shown_can_be_typed_back() -> None:
    assert [clean(NHS_NUMBER, display(NHS_NUMBER, n)) for n in NHS_NUMBERS] == NHS_NUMBERS
