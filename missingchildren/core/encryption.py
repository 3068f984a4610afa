"""Encryption of what is stored: addresses, telephone numbers, drafts, authenticator seeds."""

from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class Unreadable(Exception):
    """A stored token that none of the keys opens."""


def encrypt(text: str) -> str:
    """Return `text` as a token under the first of DATA_KEYS; twice gives two different tokens."""
    return _keys().encrypt(text.encode()).decode("ascii")


def decrypt(token: str) -> str:
    """Return the text of a token made under any of DATA_KEYS.

    Raises:
        Unreadable: the token was altered, or its key is not among DATA_KEYS.
    """
    try:
        return _keys().decrypt(token.encode()).decode()
    except InvalidToken:
        raise Unreadable("a stored value does not open with any of DATA_KEYS") from None


def rotate(token: str) -> str:
    """Return the token made anew under the first of DATA_KEYS, its text unchanged.

    Raises:
        Unreadable: as for `decrypt`.
    """
    try:
        return _keys().rotate(token.encode()).decode("ascii")
    except InvalidToken:
        raise Unreadable("a stored value does not open with any of DATA_KEYS") from None


def _keys() -> MultiFernet:
    return _fernets(tuple(settings.DATA_KEYS))


@lru_cache(maxsize=8)
def _fernets(keys: tuple[str, ...]) -> MultiFernet:
    if not keys:
        raise ImproperlyConfigured("DATA_KEYS must hold at least one key")
    try:
        return MultiFernet([Fernet(key) for key in keys])
    except ValueError as error:
        raise ImproperlyConfigured(
            "each of DATA_KEYS must be 32 bytes in URL-safe base 64"
        ) from error
