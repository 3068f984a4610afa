"""Numbers that fictional records carry: references, NHS and pupil numbers, never the same twice."""

from collections.abc import Iterator
from datetime import date, timedelta
from math import gcd
from random import Random

from missingchildren.core.identifiers import UPN_LETTERS
from missingchildren.core.references import ALPHABET, LENGTH, MODULUS, WEIGHTS

# References are put together from pairs of symbols, each with its share of the weighted sum.
PAIRS = [
    [
        (one + two, WEIGHTS[at] * ALPHABET.index(one) + WEIGHTS[at + 1] * ALPHABET.index(two))
        for one in ALPHABET
        for two in ALPHABET
    ]
    for at in range(0, LENGTH, 2)
]
SPACE = len(ALPHABET) ** LENGTH
# Source: NHS Data Dictionary: numbers that start with 999 are for tests and are nobody's.
TEST_NUMBERS = 10**6
NHS_WEIGHTS = range(7, 1, -1)
NHS_START = 9 * 10 + 9 * 9 + 9 * 8


def _walk(rng: Random, space: int) -> Iterator[int]:
    """Yield every number below `space` once, in an order that looks like none."""
    at, step = rng.randrange(space), rng.randrange(space // 3, space)
    while gcd(step, space) > 1:
        step += 1
    for _ in range(space):
        at = (at + step) % space
        yield at


def references(rng: Random, prefix: str) -> Iterator[str]:
    """Yield references as `core.references` makes them, none twice."""
    one, two, three, four = PAIRS
    base = len(one)
    for number in _walk(rng, SPACE):
        left, right = divmod(number, base * base)
        first, sum_1 = one[left // base]
        second, sum_2 = two[left % base]
        third, sum_3 = three[right // base]
        fourth, sum_4 = four[right % base]
        check = -(sum_1 + sum_2 + sum_3 + sum_4) % MODULUS
        if check < len(ALPHABET):
            yield f"{prefix}-{first}{second}-{third}{fourth}-{ALPHABET[check]}"


def nhs_numbers(rng: Random) -> Iterator[str]:
    """Yield the 900,000 or so test numbers with a right check digit, none twice; then end."""
    for number in _walk(rng, TEST_NUMBERS):
        text = f"{number:06}"
        total = NHS_START + sum(
            weight * int(digit) for weight, digit in zip(NHS_WEIGHTS, text, strict=True)
        )
        check = -total % 11
        if check < 10:
            yield f"999{text}{check}"


def pupil_number(*, authority: str, year: int, serial: int) -> str:
    """Return a unique pupil number of establishment 0000, which no school has."""
    body = f"{authority:0>3}0000{year % 100:02}{serial % 1000:03}"
    total = sum(weight * int(digit) for weight, digit in zip(range(2, 14), body, strict=True))
    return UPN_LETTERS[total % 23] + body


class Days(dict[int, str]):
    """Days since 1970 as text, each made once."""

    def __missing__(self, number: int) -> str:
        """Make a day's text."""
        text = self[number] = f"{EPOCH + timedelta(days=number)} "
        return text


EPOCH = date(1970, 1, 1)
DAYS = Days()
CLOCK = tuple(
    f"{hour:02}:{minute:02}:{second:02}+00"
    for hour in range(24)
    for minute in range(60)
    for second in range(60)
)


def stamp(seconds: int) -> str:
    """Return seconds since 1970 as COPY reads an instant."""
    return DAYS[seconds // 86_400] + CLOCK[seconds % 86_400]


def day(seconds: int) -> date:
    """Return the day in UTC."""
    return EPOCH + timedelta(days=seconds // 86_400)
