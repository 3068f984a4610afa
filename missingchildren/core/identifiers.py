"""Identifiers that other systems gave a child: their shapes and their check digits."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from enum import StrEnum

LONGEST_TYPED = 60


class Kind(StrEnum):
    """Whose identifier it is."""

    NHS_NUMBER = "nhs_number"
    CHI_NUMBER = "chi_number"
    HC_NUMBER = "hc_number"
    UPN = "upn"
    HOME_OFFICE = "home_office"
    CUSTODY = "custody"
    CONSISTENT_IDENTIFIER = "consistent_identifier"


NHS_NUMBER = Kind.NHS_NUMBER
CHI_NUMBER = Kind.CHI_NUMBER
HC_NUMBER = Kind.HC_NUMBER
UPN = Kind.UPN
HOME_OFFICE = Kind.HOME_OFFICE
CUSTODY = Kind.CUSTODY
CONSISTENT_IDENTIFIER = Kind.CONSISTENT_IDENTIFIER

NAMES = {
    NHS_NUMBER: "NHS number",
    CHI_NUMBER: "CHI number",
    HC_NUMBER: "Health and Care number",
    UPN: "unique pupil number",
    HOME_OFFICE: "Home Office reference",
    CUSTODY: "custody reference",
    CONSISTENT_IDENTIFIER: "consistent identifier",
}


class MalformedIdentifier(ValueError):
    """Text that cannot be an identifier of its kind, with the reason a person reads."""

    def __init__(self, reason: str) -> None:
        """Keep the sentence."""
        super().__init__(reason)
        self.reason = reason


def clean(kind: Kind | str, text: str) -> str:
    """Return the identifier as it is stored: upper case, plain digits, no spaces.

    Raises:
        MalformedIdentifier: the shape or the check digit is wrong.
    """
    kind = Kind(kind)
    if len(text) > LONGEST_TYPED:
        raise MalformedIdentifier(f"This is too long to be a {NAMES[kind]}.")
    return CLEANERS[kind](_plain(text))


def display(kind: Kind | str, stored: str) -> str:
    """Return a stored identifier as people write it: health numbers as 999 123 4567."""
    if Kind(kind) in HEALTH_NUMBERS and len(stored) == 10:
        return f"{stored[:3]} {stored[3:6]} {stored[6:]}"
    return stored


def _plain(text: str) -> str:
    """Return upper case without spaces and invisible characters, any script's digits as 0 to 9."""
    kept = []
    for character in unicodedata.normalize("NFKC", text).upper():
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            kept.append(str(digit))
        elif unicodedata.category(character)[0] not in "ZC":
            kept.append("-" if unicodedata.category(character) == "Pd" else character)
    return "".join(kept)


def _ten_digits(text: str, name: str) -> str:
    """Return a ten-digit health number whose last digit is right modulo 11."""
    # Source: NHS Data Dictionary, NHS NUMBER; the CHI number and the Northern Irish Health and
    # Care number use the same sum.
    digits = text.replace("-", "")
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise MalformedIdentifier(f"Enter all 10 digits of the {name}, like 999 000 0018.")
    if len(set(digits)) == 1:
        raise MalformedIdentifier(f"This is not a real {name}: every digit is the same.")
    total = sum(
        weight * int(digit) for weight, digit in zip(range(10, 1, -1), digits[:9], strict=True)
    )
    if -total % 11 != int(digits[9]):
        raise MalformedIdentifier(
            f"This is not a valid {name}: its last digit does not fit the others. "
            "Check it for a mistake."
        )
    return digits


def _nhs_number(text: str) -> str:
    return _ten_digits(text, NAMES[NHS_NUMBER])


def _hc_number(text: str) -> str:
    return _ten_digits(text, NAMES[HC_NUMBER])


def _chi_number(text: str) -> str:
    digits = _ten_digits(text, NAMES[CHI_NUMBER])
    try:
        # It starts with the date of birth without its century; 2000 is a leap year.
        date(2000, int(digits[2:4]), int(digits[:2]))
    except ValueError:
        raise MalformedIdentifier(
            "This is not a valid CHI number: it must start with a date of birth, like 010203."
        ) from None
    return digits


UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


def _upn(text: str) -> str:
    """Return a pupil number whose first letter is right modulo 23."""
    # Source: DfE, Unique pupil numbers guide for schools and local authorities. A temporary
    # number ends in a letter.
    text = text.replace("-", "")
    if not re.fullmatch(rf"[{UPN_LETTERS}][0-9]{{11}}[0-9{UPN_LETTERS}]", text):
        raise MalformedIdentifier(
            "Enter a unique pupil number of a letter and 12 digits, like H801200001001."
        )
    values = [int(c) if c.isdigit() else UPN_LETTERS.index(c) for c in text[1:]]
    total = sum(weight * value for weight, value in zip(range(2, 14), values, strict=True))
    if UPN_LETTERS[total % 23] != text[0]:
        raise MalformedIdentifier(
            "This is not a valid unique pupil number: its first letter does not fit the digits. "
            "Check it for a mistake."
        )
    return text


def _reference_of(kind: Kind) -> Callable[[str], str]:
    """Return a cleaner for references whose issuers publish no shape or check."""

    def cleaner(text: str) -> str:
        if not re.fullmatch(r"[A-Z0-9][A-Z0-9/-]{2,29}", text) or not re.search(r"[0-9]", text):
            raise MalformedIdentifier(
                f"Enter the {NAMES[kind]} with letters, digits, hyphens and slashes only, "
                "3 to 30 characters and at least one digit."
            )
        return text

    return cleaner


HEALTH_NUMBERS = frozenset({NHS_NUMBER, CHI_NUMBER, HC_NUMBER})

CLEANERS: dict[Kind, Callable[[str], str]] = {
    NHS_NUMBER: _nhs_number,
    CHI_NUMBER: _chi_number,
    HC_NUMBER: _hc_number,
    UPN: _upn,
    HOME_OFFICE: _reference_of(HOME_OFFICE),
    CUSTODY: _reference_of(CUSTODY),
    CONSISTENT_IDENTIFIER: _reference_of(CONSISTENT_IDENTIFIER),
}
