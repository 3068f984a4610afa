"""Whose area a postcode is in; where the tables cannot say for certain, a person is asked."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from missingchildren.agencies.models import (
    Area,
    AreaForce,
    AreaKind,
    Outcode,
    PlacelessOutcode,
    PostcodeException,
    PostcodeSector,
    StraddlingSector,
)

LONGEST_TYPED = 40
# Outward codes never end in I, L, O, Q or Z; inward codes never have C, I, K, M, O or V.
# GIR is Girobank's, the one outward code without a digit.
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-HJKMNPR-Y]?|GIR")
WHOLE = re.compile(rf"({OUTWARD.pattern})([0-9][ABD-HJLNP-UW-Z]{{2}})")
SOMETIMES_MISREAD = re.compile(r"[OI01]")

ISLANDS = {"JE": "Jersey", "GY": "Guernsey", "IM": "the Isle of Man"}
NORTHERN_IRELAND = "BT"
NORTHERN_IRISH_FORCE = "N23000001"


class MalformedPostcode(ValueError):
    """Text that is no United Kingdom postcode, with the reason a person reads."""

    def __init__(self, reason: str) -> None:
        """Keep the sentence."""
        super().__init__(reason)
        self.reason = reason


class Certainty(StrEnum):
    """How far the tables answer."""

    CERTAIN = "certain"
    AMBIGUOUS = "ambiguous"
    ASK = "ask"


@dataclass(frozen=True)
class Candidate:
    """An authority that may be the one, its force, and the share of the postcodes around it."""

    authority: Area
    force: Area | None
    share: Decimal | None = None


@dataclass(frozen=True)
class Resolution:
    """Whose a postcode is on a day, or who it may be and why a person must say.

    `authority` and `force` are set only where there is no doubt of them: a new postcode between
    two authorities of one force has a force and no authority. Candidates come likeliest first;
    where there are none, any authority may be chosen. `reason` is blank when it is certain.
    """

    kind: Certainty
    postcode: str
    authority: Area | None = None
    force: Area | None = None
    candidates: tuple[Candidate, ...] = ()
    reason: str = ""


def normalise(text: str) -> str:
    """Return a whole postcode as "CT10 1AA", whatever its case and spaces.

    Nothing is guessed: O is not read as 0.

    Raises:
        MalformedPostcode: it is not a whole United Kingdom postcode.
    """
    if len(text) > LONGEST_TYPED:
        raise MalformedPostcode("This is too long to be a postcode.")
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKC", text).upper()
        if unicodedata.category(character)[0] not in "ZC"
    )
    if match := WHOLE.fullmatch(plain):
        return f"{match[1]} {match[2]}"
    if OUTWARD.fullmatch(plain):
        raise MalformedPostcode(
            "Enter the whole postcode, like CT10 1AA: the first half does not say whose area it is."
        )
    if SOMETIMES_MISREAD.search(plain) and plain.isalnum():
        raise MalformedPostcode(
            "This is not a United Kingdom postcode. Check for O and 0, I and 1. "
            "It looks like CT10 1AA."
        )
    raise MalformedPostcode("This is not a United Kingdom postcode. It looks like CT10 1AA.")


def resolve(text: str, *, on: date) -> Resolution:
    """Return whose area a postcode is in on a day, as far as the tables of that day know.

    Raises:
        MalformedPostcode: it is not a whole United Kingdom postcode.
    """
    postcode = normalise(text)
    outcode, inward = postcode.split()
    if elsewhere := _elsewhere(postcode, outcode, on):
        return elsewhere
    if exception := PostcodeException.objects.on(on).filter(postcode=postcode).first():
        return _in_one_area(postcode, exception.area_id, on)

    sector = f"{outcode} {inward[0]}"
    straddling = StraddlingSector.objects.on(on).filter(sector=sector).first()
    if straddling and straddling.holds_unit(inward[1:]):
        return _in_one_area(postcode, straddling.area_id, on)
    sectors = list(PostcodeSector.objects.on(on).filter(sector=sector).order_by("rank"))
    if straddling:
        return _between_areas(postcode, sectors, on)
    if sectors:
        return _in_one_area(postcode, sectors[0].area_id, on)
    return _in_new_sector(postcode, outcode, on)


def _elsewhere(postcode: str, outcode: str, on: date) -> Resolution | None:
    """Return the answer for what the tables leave out: Northern Ireland, islands, no place."""
    letters = outcode.rstrip("0123456789")
    if letters == NORTHERN_IRELAND:
        trusts = Area.objects.on(on).filter(kind=AreaKind.TRUST).order_by("name")
        return Resolution(
            Certainty.ASK,
            postcode,
            force=Area.objects.on(on).filter(code=NORTHERN_IRISH_FORCE).first(),
            candidates=_candidates([(trust.code, None) for trust in trusts], on),
            reason="Postcodes in Northern Ireland are not in our tables. Choose the trust.",
        )
    if letters in ISLANDS:
        reason = f"This is in {ISLANDS[letters]}, outside the United Kingdom. Choose who answers."
        return Resolution(Certainty.ASK, postcode, reason=reason)
    if PlacelessOutcode.objects.on(on).filter(outcode=outcode).exists():
        reason = f"Postcodes that begin with {outcode} name no place. Choose the area."
        return Resolution(Certainty.ASK, postcode, reason=reason)
    return None


def _in_one_area(postcode: str, code: str, on: date) -> Resolution:
    """Return the certain answer, unless the authority or its force is not known for that day."""
    authority = Area.objects.get(code=code)
    if not authority.holds_on(on):
        return Resolution(Certainty.ASK, postcode, reason=_not_then([authority], on))
    force = authority.force_on(on)
    if force is None:
        reason = f"This is in {authority.name}, but its police force is not known. Choose it."
        return Resolution(Certainty.ASK, postcode, authority=authority, reason=reason)
    return Resolution(Certainty.CERTAIN, postcode, authority=authority, force=force)


def _between_areas(postcode: str, sectors: Sequence[PostcodeSector], on: date) -> Resolution:
    """Return the candidates for a postcode newer than the table of a sector in several areas."""
    candidates = _candidates([(row.area_id, row.share) for row in sectors], on)
    forces = {candidate.force for candidate in candidates}
    resolution = Resolution(
        Certainty.AMBIGUOUS,
        postcode,
        force=forces.pop() if len(forces) == 1 else None,
        candidates=candidates,
        reason="This postcode is newer than our tables, and its neighbours lie in several areas. "
        "Choose the right one.",
    )
    return _of_that_day(resolution, on)


def _in_new_sector(postcode: str, outcode: str, on: date) -> Resolution:
    """Return the likeliest authority by the outward code, which alone is never enough."""
    rows = Outcode.objects.on(on).filter(outcode=outcode).order_by("rank")
    candidates = _candidates([(row.area_id, row.share) for row in rows], on)
    if not candidates:
        reason = (
            f"No postcode that begins with {outcode} is in our tables: it may be mistyped, or no "
            "longer used. Check it, or choose the area."
        )
        return Resolution(Certainty.ASK, postcode, reason=reason)
    reason = (
        "This postcode is newer than our tables. Most that begin with "
        f"{outcode} are in {candidates[0].authority.name}. Check that this one is."
    )
    return _of_that_day(
        Resolution(Certainty.AMBIGUOUS, postcode, candidates=candidates, reason=reason), on
    )


def _candidates(shares: Sequence[tuple[str, Decimal | None]], on: date) -> tuple[Candidate, ...]:
    """Return candidates in the order given, with the force of each on that day."""
    codes = [code for code, _ in shares]
    areas = Area.objects.in_bulk(codes)
    links = AreaForce.objects.on(on).filter(authority__in=codes).select_related("force")
    forces = {link.authority_id: link.force for link in links}
    return tuple(Candidate(areas[code], forces.get(code), share) for code, share in shares)


def _of_that_day(resolution: Resolution, on: date) -> Resolution:
    """Return the resolution; with a candidate that does not hold that day, a person is asked."""
    gone = [c.authority for c in resolution.candidates if not c.authority.holds_on(on)]
    if not gone:
        return resolution
    return replace(
        resolution,
        kind=Certainty.ASK,
        candidates=tuple(c for c in resolution.candidates if c.authority not in gone),
        reason=_not_then(gone, on),
    )


def _not_then(authorities: Sequence[Area], on: date) -> str:
    """Return the sentence for authorities that had ended, or not begun, on a day."""
    names = " and ".join(authority.name for authority in authorities)
    return (
        f"Our tables place this postcode in {names}, which did not exist on "
        f"{on.day} {on:%B %Y}. Choose the authority of that day."
    )
