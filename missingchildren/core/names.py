"""Names and other text as people type it: what may be kept, and the form that is searched."""

import re
import unicodedata

LONGEST_SEARCHED = 1_000
MOST_MARKS = 4

APOSTROPHES = dict.fromkeys(map(ord, "'`\u00b4\u2018\u2019\u201b\u02b9\u02bb\u02bc\u02bd\u2032"))
# Letters that Unicode does not take apart into a plain letter and an accent.
PLAIN_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "\u0131": "i", "æ": "ae", "œ": "oe"}
    | {"þ": "th", "ð": "d", "ŋ": "n", "ĸ": "k"}
)

NUL_AND_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
DIRECTION_OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
NOT_CHARACTERS = re.compile(
    r"[\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U0010ffff]"
)
# Soft hyphens, zero-width spaces, direction marks, byte-order marks and the like.
INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u2060-\u2064\u206a-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb]"
)
# Joiners change how Arabic-script and Indic words are written, and make one emoji of several, as of
# a mother and a child; elsewhere they only hide.
JOINED = r"\u0600-\u0dff\u2600-\u27bf\ufe0f\U0001f000-\U0001faff"
STRAY_JOINERS = re.compile(rf"(?<![{JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{JOINED}])")


class UnusableText(ValueError):
    """Text that cannot be kept, with the reason a person reads."""

    def __init__(self, reason: str) -> None:
        """Keep the sentence."""
        super().__init__(reason)
        self.reason = reason


def clean_name(text: str, *, max_length: int = 150) -> str:
    """Return a name on one line as it is kept and shown; letters of every script are welcome.

    White space is folded, invisible characters are dropped, accents composed. Blank stays blank.

    Raises:
        UnusableText: too long, nothing visible, or characters that hide, reorder or break text.
    """
    return " ".join(_usable(text, max_length=max_length).split())


def clean_text(text: str, *, max_length: int) -> str:
    """Return text of several lines as it is kept, by the same rules as a name.

    Raises:
        UnusableText: as for a name.
    """
    return _usable(text, max_length=max_length).replace("\r\n", "\n").replace("\r", "\n").strip()


def search_form(text: str) -> str:
    """Return what names are compared by: lower case, no accents, one space between words.

    "O'Neill" and "ONeill" become the same; hyphens and other punctuation become spaces. Only the
    first 1,000 characters count: putting long runs of accents in order takes quadratic time.
    """
    folded = unicodedata.normalize("NFKC", text[:LONGEST_SEARCHED]).casefold()
    folded = folded.translate(APOSTROPHES).translate(PLAIN_LETTERS)
    return " ".join("".join(map(_searched, unicodedata.normalize("NFKD", folded))).split())


def _searched(character: str) -> str:
    """Return what `character` adds to the searched form."""
    if character.isspace():
        return " "
    category = unicodedata.category(character)
    if category[0] in "LN" or category == "Mc":
        return character
    return "" if category[0] in "CM" else " "


def _usable(text: str, *, max_length: int) -> str:
    """Return `text` without what is invisible, or raise UnusableText."""
    if len(text) > 2 * max_length:
        raise UnusableText(f"This must be {max_length:,} characters or fewer.")
    if NUL_AND_CONTROLS.search(text) or NOT_CHARACTERS.search(text):
        raise UnusableText(
            "This contains characters that cannot be shown, perhaps from copying. "
            "Type it instead of pasting it."
        )
    if DIRECTION_OVERRIDES.search(text):
        raise UnusableText(
            "This contains hidden characters that change the direction of writing. "
            "Type it instead of pasting it."
        )
    usable = unicodedata.normalize("NFC", STRAY_JOINERS.sub("", INVISIBLE.sub("", text)))
    if len(usable) > max_length:
        raise UnusableText(f"This must be {max_length:,} characters or fewer.")
    if text.strip() and not usable.strip():
        raise UnusableText("This contains only characters that cannot be seen.")
    if _has_stacked_marks(usable):
        raise UnusableText("This has too many accents on one letter.")
    return usable


def _has_stacked_marks(text: str) -> bool:
    """Return whether more accents follow one letter than any language writes."""
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MOST_MARKS:
            return True
    return False
