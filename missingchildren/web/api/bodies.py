"""Read JSON as it must be written: once each name, real numbers, not too deep, not too large."""

import json
import math
import re
from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import BaseParser

from missingchildren.web.api.problems import TooLarge

MEDIA_TYPE = "application/json"
# More than the longest report that a person can type, each of its 10,000 letters escaped twice.
LARGEST = 200_000
DEEPEST = 32
QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)


class StrictJSONParser(BaseParser):
    """Takes what two readers can only understand in one way."""

    media_type = MEDIA_TYPE

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Any = None,
    ) -> Any:
        """Return what was sent.

        Raises:
            TooLarge: nobody types as much.
            ParseError: it is not JSON, or could be read in two ways.
        """
        sent = stream.read(LARGEST + 1)
        if len(sent) > LARGEST:
            raise TooLarge
        try:
            text = sent.decode("utf-8")
            if _depth(text) > DEEPEST:
                raise ParseError("This is nested too deeply.")
            return json.loads(
                text,
                object_pairs_hook=_once_each,
                parse_constant=_no_such_number,
                parse_float=_finite,
            )
        except (ValueError, RecursionError):
            raise ParseError("This is not JSON.") from None


def _depth(text: str) -> int:
    """Return how deep brackets are nested, before anything is built of them."""
    depth = deepest = 0
    for character in QUOTED.sub("", text):
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    return deepest


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ParseError("A name stands twice in one object.")
    return found


def _no_such_number(text: str) -> Any:
    raise ParseError(f"{text} is not a number in JSON.")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ParseError("A number is too large.")
    return number
