"""One word for each sensitive thing, which nothing else in the world holds, in any encoding."""

import html
import re
from collections.abc import Iterable
from functools import cache
from urllib.parse import unquote

_NOISE = re.compile(r"[^a-z0-9]+")


def canary(key: str) -> str:
    """Return the text that holds the word of a thing, with characters that pages must escape.

    The word stands in the middle, so that a text that is cut is found as well.
    """
    return f'Canary {key} ends <i>&amp; it\'s "so"'


def plain(text: str) -> str:
    """Return a text as it is searched: its letters and digits alone, whatever it was encoded for.

    HTML, JSON and URLs encode what stands between letters; so do the spaces of a telephone number.
    """
    return _NOISE.sub("", unquote(html.unescape(text)).lower())


# --- words that are no free text: a name, a number, a day, a place

NAMES = {"Ava": "Bramley", "Ben": "Quillfeather", "Zoe": "Thistlewood", "Rosa": "Umbergate"}
NHS_NUMBER, UPN = "9990000018", "H801200001001"
CONTACT_PHONE, PLACEMENT_PHONE = "01632 960 777", "01632 960 888"
ANSWER_PHONE, PHONE_OF_BEN = "01632 960 999", "01632 960 666"
LAST_SEEN_POSTCODE, PLACEMENT_POSTCODE = "CT9 1AA", "CT9 1AA"
BORN = ("4 May 2011", "2011-05-04", "04/05/2011")

# What is searched for; where a key is missing here, it is `canary(key)`.
SPELLINGS: dict[str, tuple[str, ...]] = {
    "ava": (NAMES["Ava"],),
    "ben": (NAMES["Ben"],),
    "zoe": (NAMES["Zoe"],),
    "rosa": (NAMES["Rosa"],),
    "nhs number": (NHS_NUMBER,),
    "upn": (UPN,),
    "born": BORN,
    "postcode": (PLACEMENT_POSTCODE,),
    "contact phone": (CONTACT_PHONE,),
    "placement phone": (PLACEMENT_PHONE,),
    "answer phone": (ANSWER_PHONE,),
    "phone of ben": (PHONE_OF_BEN,),
}


@cache
def spellings(key: str) -> tuple[str, ...]:
    """Return how a thing is found in a text made `plain`."""
    return tuple(plain(each) for each in SPELLINGS.get(key, (f"Canary {key} ends",)))


def found(text: str, keys: Iterable[str]) -> set[str]:
    """Return the things whose word stands in a text."""
    searched = plain(text)
    return {key for key in keys if any(word in searched for word in spellings(key))}
