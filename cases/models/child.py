"""Who the child is: names, identifiers, periods of being looked after, who to ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q

from cases.models.sharing import ChildPermission, KeepFrom, NamedReader
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.audit.history import tracked

if TYPE_CHECKING:
    from datetime import datetime

    from missingchildren.agencies.acts import Act
    from missingchildren.core.prepared import Parameter


class ChildQuerySet(models.QuerySet["Child"]):
    """Children, by what may be said of them."""

    def visible_to(self, act: Act) -> ChildQuerySet:
        """Return the children that this person, acting for this agency, may open now.

        For single look-ups and small sets: lists of a page are driven by the permission index
        (`cases.queries.children_page`), and a test proves that both agree.
        """
        live = ChildPermission.listed.live(act=act, right="view_child")
        return self.filter(
            models.Exists(live.filter(content_object=models.OuterRef("pk")))
        ).open_to_person(user_id=act.user_id, now=act.now)

    def open_to_person(
        self, *, user_id: int | Parameter | None, now: datetime | Parameter
    ) -> ChildQuerySet:
        """Leave out children closed to this person: restricted records, and those kept from them."""
        kept_from = KeepFrom.objects.live(now).filter(user_id=user_id, child=models.OuterRef("pk"))
        named = NamedReader.objects.live(now).filter(user_id=user_id, child=models.OuterRef("pk"))
        return self.filter(~models.Exists(kept_from)).filter(
            Q(is_restricted=False) | models.Exists(named)
        )


@tracked()
class Child(models.Model):
    """One child; in this service the child is the case."""

    class Sex(models.TextChoices):
        """Recorded sex, in the codes of SSDA903 from 2024-25 (domain.md, reference data)."""

        MALE = "M", "Male"
        FEMALE = "F", "Female"
        UNKNOWN = "", "Not known"

    reference = models.CharField(max_length=20, unique=True)
    date_of_birth = models.DateField(null=True)
    is_birth_estimated = models.BooleanField(default=False)
    sex = models.CharField(max_length=1, choices=Sex.choices, default="", blank=True)
    pronouns = models.CharField(max_length=40, default="", blank=True)
    died_on = models.DateField(null=True)
    is_restricted = models.BooleanField(default=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged_from")
    # The order of the children list, and who is missing now: copied by triggers, like
    # `is_restricted`, to the permission rows, whose index drives the lists.
    listed_at = models.DateTimeField()
    missing_since = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    recording_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ChildQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [
            ("view_child", "May see who the child is"),
            ("view_location", "May have places revealed"),
            ("view_risk", "May see what others know"),
            ("view_interview", "May read return home interviews"),
        ]
        constraints = [
            models.CheckConstraint(
                name="child_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("pk")),
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="copy_sort_keys",
                operation=pgtrigger.UpdateOf("listed_at", "missing_since", "is_restricted"),  # type: ignore[no-untyped-call]
                when=pgtrigger.After,
                condition=pgtrigger.Q(old__listed_at__df=pgtrigger.F("new__listed_at"))
                | pgtrigger.Q(old__missing_since__df=pgtrigger.F("new__missing_since"))
                | pgtrigger.Q(old__is_restricted__df=pgtrigger.F("new__is_restricted")),
                func="""
                    UPDATE cases_childpermission
                       SET sort_at = NEW.listed_at, missing_since = NEW.missing_since,
                           is_restricted = NEW.is_restricted
                     WHERE content_object_id = NEW.id;
                    RETURN NULL;
                """,
            )
        ]

    class Privacy:
        purpose = "To find and protect a child who is missing or may go missing"
        retention = "Longest applicable class of domain.md 4.4"
        plain = {"id", "reference", "merged_into", "listed_at", "recorded_at", "version"}
        personal = {
            "date_of_birth", "is_birth_estimated", "sex", "pronouns", "died_on", "is_restricted",
            "missing_since", "recorded_by", "recording_agency",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def display_name(self) -> str:
        """Return the name to show: the main one. Prefetch `names` for more than one child."""
        names = sorted(self.names.all(), key=lambda name: (not name.is_main, name.pk))
        return str(names[0]) if names else "Name not known"

    @property
    def known_as(self) -> str:
        """Return what the child is called, where that differs from the main name."""
        return next(
            (str(name) for name in self.names.all() if name.kind == ChildName.Kind.KNOWN_AS), ""
        )


@tracked()
class ChildName(models.Model):
    """One name that a child has, had or uses."""

    class Kind(models.TextChoices):
        """Why the name is on record."""

        LEGAL = "legal", "Legal name"
        KNOWN_AS = "known_as", "Known as"
        FORMER = "former", "Former name"
        ALIAS = "alias", "Also used"

    child = models.ForeignKey(Child, models.CASCADE, related_name="names")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.LEGAL)
    given_names = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    search = models.CharField(max_length=210)
    is_main = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recording_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="child_has_one_main_name", fields=["child"], condition=Q(is_main=True)
            )
        ]
        indexes = [
            GinIndex(name="child_name_search", fields=["search"], opclasses=["gin_trgm_ops"])
        ]

    class Privacy:
        purpose = "To know and find the child"
        retention = "As the child"
        plain = {"id", "child", "kind", "is_main", "recorded_at"}
        personal = {"given_names", "family_name", "search", "recording_agency"}

    def __str__(self) -> str:
        return f"{self.given_names} {self.family_name}".strip()


@tracked()
class ChildIdentifier(models.Model):
    """One number by which some agency knows the child; its check digit was tested."""

    class Kind(models.TextChoices):
        """The register that the number comes from."""

        NHS_NUMBER = "nhs_number", "NHS number"
        UPN = "upn", "Unique pupil number"
        CONSISTENT = "consistent_identifier", "Consistent identifier"
        HOME_OFFICE = "home_office", "Home Office reference"
        COUNCIL = "council", "Council's reference"
        POLICE = "police", "Police reference"

    child = models.ForeignKey(Child, models.CASCADE, related_name="identifiers")
    kind = models.CharField(max_length=30, choices=Kind.choices)
    value = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    recording_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="child_identifier_once",
                fields=["child", "kind", "value"],
                condition=Q(ended_at=None),
            )
        ]
        indexes = [models.Index(name="child_by_identifier", fields=["kind", "value"])]

    class Privacy:
        purpose = "To match reports to the right child"
        retention = "As the child"
        plain = {"id", "child", "kind", "recorded_at", "ended_at"}
        personal = {"value", "recording_agency"}

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"


@tracked()
class LookedAfterPeriod(models.Model):
    """One period in which a council looked after the child."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="looked_after_periods")
    responsible_council = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    legal_status = models.CharField(max_length=3, default="", blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="looked_after_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            ExclusionConstraint(
                name="looked_after_periods_do_not_overlap",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            RangeBoundary(),
                            function="daterange",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    class Privacy:
        purpose = "To know which council is responsible"
        retention = "As the child"
        plain = {"id", "child", "recorded_at", "version"}
        personal = {"responsible_council", "starts_on", "ends_on"}
        special = {"legal_status"}

    def __str__(self) -> str:
        return f"looked after from {self.starts_on}"


class InvolvementQuerySet(models.QuerySet["Involvement"]):
    """Who knows a child."""

    def live(self, now: datetime) -> InvolvementQuerySet:
        """Return what holds at `now`."""
        return self.filter(starts_at__lte=now).filter(Q(ends_at=None) | Q(ends_at__gt=now))


@tracked()
class Involvement(models.Model):
    """One agency that knows the child, and as what: who is asked when the child is missing.

    An involvement opens nothing by itself; a question asked does (`Grant`).
    """

    class Capacity(models.TextChoices):
        """What the agency is to the child."""

        SCHOOL = "school", "School"
        HEALTH = "health", "Health"
        HOME = "childrens_home", "Children's home"
        FOSTERING = "fostering_agency", "Fostering agency"
        ACCOMMODATION = "supported_accommodation", "Supported accommodation"
        VOLUNTARY = "voluntary_body", "Voluntary body"
        HOME_COUNCIL = "home_council", "Council where the child lives"
        HOST_COUNCIL = "host_council", "Council where the child is placed"

    child = models.ForeignKey(Child, models.CASCADE, related_name="involvements")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    capacity = models.CharField(max_length=30, choices=Capacity.choices)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    recording_agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")

    objects = InvolvementQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="involvement_once",
                fields=["child", "agency", "capacity"],
                condition=Q(ends_at=None),
            )
        ]

    class Privacy:
        purpose = "To ask everyone who may know where the child is"
        retention = "As the child"
        plain = {"id", "child", "starts_at", "ends_at"}
        personal = {"agency", "unit", "capacity", "recording_agency"}

    def __str__(self) -> str:
        return f"{self.get_capacity_display()} of a child"


@tracked()
class MatchQuestion(models.Model):
    """One question whether a child just reported is one already on record.

    It goes to the duty desk that owns the existing record; the reporter learns nothing from it.
    """

    class Answer(models.TextChoices):
        """What the owner of the record decided."""

        SAME = "same", "The same child"
        DIFFERENT = "different", "Another child"

    reference = models.CharField(max_length=20, unique=True)
    child = models.ForeignKey(Child, models.CASCADE, related_name="match_questions")
    candidate = models.ForeignKey(Child, models.PROTECT, related_name="match_candidates")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.CharField(max_length=10, choices=Answer.choices, default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="match_answer_has_time_and_author",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (~Q(answer="") & Q(answered_at__isnull=False, answered_by__isnull=False)),
            ),
            models.UniqueConstraint(name="match_asked_once", fields=["child", "candidate"]),
        ]

    class Privacy:
        purpose = "One record for one child"
        retention = "As the child"
        plain = {"id", "reference", "child", "candidate", "asked_at", "answer", "answered_at"}
        personal = {"agency", "unit", "answered_by"}

    def __str__(self) -> str:
        return self.reference
