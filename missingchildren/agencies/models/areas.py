"""Areas: authorities, police forces and trusts, how they lie, and whose a postcode is."""

from __future__ import annotations

from datetime import date
from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q

from missingchildren.core.calendar import Nation

GREAT_BRITAIN = "Great Britain"
NATIONS = [*((nation.value, nation.value) for nation in Nation), (GREAT_BRITAIN, GREAT_BRITAIN)]

Row = TypeVar("Row", bound=models.Model, covariant=True)


class AreaKind(models.TextChoices):
    """Whose area it is."""

    AUTHORITY = "authority", "Local authority"
    FORCE = "force", "Police force"
    TRUST = "trust", "Health and social care trust"


class Adjoining(models.TextChoices):
    """How two areas meet."""

    LAND = "land", "On land"
    TIDAL = "tidal", "In tidal water only"
    NOT = "", "They do not meet"


class DatedQuerySet(models.QuerySet[Row]):
    """Facts that hold for a time."""

    def on(self, day: date) -> Self:
        """Return what holds on `day`."""
        return self.filter(
            Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gt=day)
        )


class Dated(models.Model):
    """A fact from a published table, from its first day until the first day it no longer holds.

    `valid_from` is null for what the first tables held: when it began is not known, so it answers
    for every earlier day. A council's successor takes on its duties, so for a child's case the
    successor is the right answer for the years before it too.
    """

    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ends_after_it_begins", condition=Q(valid_from__lt=F("valid_to"))
            )
        ]

    def holds_on(self, day: date) -> bool:
        """Return whether it holds on `day`."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day < self.valid_to)


class Area(Dated):
    """One authority, police force or trust; its code is never given to another.

    The code is the national statistics code, or letters of our own where there is none: BTP and
    the five Northern Irish trusts.
    """

    code = models.CharField(max_length=9, primary_key=True)
    name = models.CharField(max_length=100)
    short_name = models.CharField(max_length=100)
    council_name = models.CharField(max_length=100, blank=True)
    kind = models.CharField(max_length=10, choices=AreaKind)
    form = models.CharField(max_length=50)
    nation = models.CharField(max_length=20, choices=NATIONS)
    region = models.CharField(max_length=50, blank=True)
    dfe_code = models.CharField(max_length=3, blank=True)
    cjs_code = models.CharField(max_length=2, blank=True)

    objects = DatedQuerySet["Area"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(name="area_kind_known", condition=Q(kind__in=AreaKind.values)),
        ]

    class Privacy:
        purpose = "Published names and codes of authorities, forces and trusts"
        retention = "Life of the system"
        plain = {
            "code",
            "name",
            "short_name",
            "council_name",
            "kind",
            "form",
            "nation",
            "region",
            "dfe_code",
            "cjs_code",
            "valid_from",
            "valid_to",
        }

    def __str__(self) -> str:
        return self.name

    def force_on(self, day: date) -> Area | None:
        """Return the police force of this authority on `day`, if it is known."""
        link = self.force_links.on(day).select_related("force").first()
        return link.force if link else None


class AreaForce(Dated):
    """A time in which an authority or trust lies in the area of one police force."""

    authority = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="force_links")
    force = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="authority_links")

    objects = DatedQuerySet["AreaForce"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="authority_has_one_force_at_a_time",
                fields=["authority", "valid_to"],
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        purpose = "Which force's area an authority lies in"
        retention = "Life of the system"
        plain = {"id", "authority", "force", "valid_from", "valid_to"}

    def __str__(self) -> str:
        return f"{self.authority_id} in {self.force_id}"


class AreaAdjacency(Dated):
    """A time in which two authorities adjoin, or do not though someone may ask; both ways round.

    Doubtful pairs carry the reason, for a person to confirm: "adjoining" has no legal definition.
    """

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="neighbour_links")
    neighbour = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    basis = models.CharField(max_length=5, choices=Adjoining, blank=True)
    shared_km = models.DecimalField(max_digits=6, decimal_places=2)
    is_doubtful = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet["AreaAdjacency"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                name="adjacency_basis_known", condition=Q(basis__in=Adjoining.values)
            ),
            models.CheckConstraint(
                name="adjacency_is_between_two", condition=~Q(area=F("neighbour"))
            ),
            models.CheckConstraint(
                name="adjacency_in_doubt_has_reason", condition=Q(is_doubtful=False) | ~Q(reason="")
            ),
            models.UniqueConstraint(
                name="adjacency_once_at_a_time",
                fields=["area", "neighbour", "valid_to"],
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        purpose = "Which authorities adjoin"
        retention = "Life of the system"
        plain = {
            "id",
            "area",
            "neighbour",
            "basis",
            "shared_km",
            "is_doubtful",
            "reason",
            "valid_from",
            "valid_to",
        }

    def __str__(self) -> str:
        return f"{self.area_id} {self.basis or 'apart from'} {self.neighbour_id}"


def area_of_postcodes() -> models.ForeignKey[Area, Area]:
    """Return the field that names an authority; nobody asks for an authority's postcodes."""
    return models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+", db_index=False)


class DistrictCode(Dated):
    """A district's code, current or abolished, and the authority or trust that answers for it.

    Where `is_exact` is false the district is divided: the area named has most of it.
    """

    code = models.CharField(max_length=9)
    name = models.CharField(max_length=100)
    is_current = models.BooleanField()
    area = area_of_postcodes()
    is_exact = models.BooleanField()
    note = models.CharField(max_length=200, blank=True)

    objects = DatedQuerySet["DistrictCode"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="district_code_once_at_a_time",
                fields=["code", "valid_to"],
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        purpose = "Reading the district codes of other systems"
        retention = "Life of the system"
        plain = {
            "id",
            "code",
            "name",
            "is_current",
            "area",
            "is_exact",
            "note",
            "valid_from",
            "valid_to",
        }

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Outcode(Dated):
    """The part of an outward code's postcodes that lie in one authority; rank 1 is the largest."""

    outcode = models.CharField(max_length=4)
    area = area_of_postcodes()
    share = models.DecimalField(max_digits=5, decimal_places=4)
    rank = models.PositiveSmallIntegerField()

    objects = DatedQuerySet["Outcode"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="outcode_rank_once_at_a_time",
                fields=["outcode", "rank", "valid_to"],
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        purpose = "Whose a postcode is"
        retention = "Life of the system"
        plain = {"id", "outcode", "area", "share", "rank", "valid_from", "valid_to"}

    def __str__(self) -> str:
        return self.outcode


class PostcodeSector(Dated):
    """The part of a sector's postcodes that lie in one authority; rank 1 is the largest."""

    sector = models.CharField(max_length=6)
    area = area_of_postcodes()
    share = models.DecimalField(max_digits=5, decimal_places=4)
    rank = models.PositiveSmallIntegerField()

    objects = DatedQuerySet["PostcodeSector"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="sector_rank_once_at_a_time",
                fields=["sector", "rank", "valid_to"],
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        purpose = "Whose a postcode is"
        retention = "Life of the system"
        plain = {"id", "sector", "area", "share", "rank", "valid_from", "valid_to"}

    def __str__(self) -> str:
        return self.sector


class StraddlingSector(Dated):
    """The authority of most postcodes of a sector that lies in several, and which they are.

    `units` is the last two letters of each, run together. A postcode of the sector that is neither
    here nor an exception is newer than the table.
    """

    sector = models.CharField(max_length=6)
    area = area_of_postcodes()
    units = models.TextField()

    objects = DatedQuerySet["StraddlingSector"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="straddling_sector_once_at_a_time",
                fields=["sector", "valid_to"],
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        purpose = "Whose a postcode is"
        retention = "Life of the system"
        plain = {"id", "sector", "area", "units", "valid_from", "valid_to"}

    def __str__(self) -> str:
        return self.sector

    def holds_unit(self, unit: str) -> bool:
        """Return whether the postcode ending in these two letters is among them."""
        return any(self.units[i : i + 2] == unit for i in range(0, len(self.units), 2))


class PostcodeException(Dated):
    """A postcode that lies in another authority than most of its sector."""

    postcode = models.CharField(max_length=8)
    area = area_of_postcodes()

    objects = DatedQuerySet["PostcodeException"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="postcode_exception_once_at_a_time",
                fields=["postcode", "valid_to"],
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        purpose = "Whose a postcode is; published, not where anyone lives"
        retention = "Life of the system"
        plain = {"id", "postcode", "area", "valid_from", "valid_to"}

    def __str__(self) -> str:
        return self.postcode


class PlacelessOutcode(Dated):
    """An outward code that names no place in the United Kingdom."""

    outcode = models.CharField(max_length=4)
    reason = models.CharField(max_length=40)

    objects = DatedQuerySet["PlacelessOutcode"].as_manager()

    class Meta(Dated.Meta):
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(
                name="placeless_outcode_once_at_a_time",
                fields=["outcode", "valid_to"],
                nulls_distinct=False,
            ),
        ]

    class Privacy:
        purpose = "Whose a postcode is"
        retention = "Life of the system"
        plain = {"id", "outcode", "reason", "valid_from", "valid_to"}

    def __str__(self) -> str:
        return self.outcode
