"""Which passwords are refused, beyond Django's own rules."""

import re
from collections.abc import Iterator
from functools import cache

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

from missingchildren.agencies.models import Area, Membership, User

SERVICE_WORDS = (
    "missing", "children", "child", "safeguarding", "police", "constabulary", "council",
    "service", "social", "worker", "welcome", "password", "passphrase", "passcode", "letmein",
    "qwertyuiop", "qwerty", "asdfgh", "zxcvbn", "admin", "login", "secret", "changeme",
    "january", "february", "march", "april", "june", "july", "august", "september",
    "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
    "saturday", "sunday", "spring", "summer", "autumn", "winter", "england", "wales", "scotland",
    "ireland", "london",
)  # fmt: skip
SHORTEST_WORD = 4
LEAST_LEFT = 8
LEAST_DIFFERENT = 6
YEARS_AND_RUNS = re.compile(r"(?:19|20)\d\d|0?123456789?0?|12345|1234|987654321|(.)\1{2,}")
STAND_INS = str.maketrans("013457@$!", "oieastasi")


class GuessablePasswordValidator:
    """Refuses a password that is little more than words anybody could guess.

    Words of the service, of the person, of their agencies and of every area are taken
    out, with years and runs; what is left must still be hard to guess. Stand-ins such as
    `0` for `o` are read as the letter they stand for.
    """

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise a `ValidationError` if too little is left of the password."""
        if len(set(password.casefold())) < LEAST_DIFFERENT:
            raise self._refusal()
        plain = password.casefold()
        for reading in {plain, plain.translate(STAND_INS)}:
            rest = without_guessable_words(reading, guessable_words(user))
            if rest != reading and len(rest) < LEAST_LEFT:
                raise self._refusal()

    def get_help_text(self) -> str:
        """Return the rule as the person reads it."""
        return "Do not use your name, your agency or a place as the main part of it."

    def _refusal(self) -> ValidationError:
        return ValidationError(
            "This password is easy to guess. Use more words, and not only names, places or dates.",
            code="password_guessable",
        )


def guessable_words(user: User | None) -> set[str]:
    """Return the words, in lower case, that say nothing secret about this person."""
    words = set(SERVICE_WORDS)
    for text in (*_words_of(user), *Area.objects.values_list("name", flat=True)):
        words |= {
            word for word in re.findall(r"\w+", text.casefold()) if len(word) >= SHORTEST_WORD
        }
    return words


def without_guessable_words(password: str, words: set[str]) -> str:
    """Return what is left of a lower-case password when words, years and runs are taken out."""
    for word in sorted(words, key=len, reverse=True):
        password = password.replace(word, "")
    left = YEARS_AND_RUNS.sub("", password).strip()
    letters = re.sub(r"[\W\d_]+", "", left)
    is_decorated = len(left) - len(letters) < LEAST_LEFT
    return "" if is_decorated and letters in _common_passwords() else left


@cache
def _common_passwords() -> frozenset[str]:
    return frozenset(CommonPasswordValidator().passwords)


def _words_of(user: User | None) -> Iterator[str]:
    if user is None:
        return
    yield user.full_name
    yield user.email
    if user.pk is not None:
        for names in Membership.objects.filter(user=user).values_list(
            "agency__name", "agency__short_name"
        ):
            yield from names
