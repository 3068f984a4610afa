"""Where a looked-after child is to live, lives or lived, and who approved it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from cases.models import Child, Location
from missingchildren.agencies.models import Agency, Area, Membership, Unit
from missingchildren.audit.history import tracked
from missingchildren.core.calendar import Nation
from missingchildren.core.fields import EncryptedTextField
from placements import rules
from placements.rules import KINDS, Approver, Carer, Distance, Kind, PlacementState

if TYPE_CHECKING:
    from placements.models.notifications import PlacementNotification


class PlacementQuerySet(models.QuerySet["Placement"]):
    """Placements by state."""

    def current(self) -> PlacementQuerySet:
        """Return the placements in which children live now."""
        return self.filter(started_at__isnull=False, ended_at=None)


@tracked()
class Placement(models.Model):
    """One home for a looked-after child, from its proposal to its end.

    The address is a `Location` of the responsible council, and nowhere else.
    """

    class WithWhom(models.TextChoices):
        """With whom the child lives: with some, nobody need approve it (regulation 11(4))."""

        CONNECTED = Carer.CONNECTED, "A relative or friend who is approved as a foster carer"
        OWN = Carer.OWN, "A foster carer of our own council"
        OTHER = Carer.OTHER, "Somebody else"

    child = models.ForeignKey(Child, models.CASCADE, related_name="placements")
    reference = models.CharField(max_length=20, unique=True)
    council = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    # The team of whoever proposed it, where they belong to just one: it owes what is due.
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    # Who runs the home, where they use this service.
    provider = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    location = models.OneToOneField(Location, models.PROTECT, related_name="placement")
    kind = models.CharField(max_length=3)
    carer = models.CharField(max_length=10, choices=WithWhom.choices)
    arrives_at = models.DateTimeField()
    is_emergency = models.BooleanField()
    why_this_home = models.TextField()
    what_police_should_know = models.TextField(default="", blank=True)
    contact_name = models.CharField(max_length=100)
    contact_phone = EncryptedTextField()
    # The area, once it is certain or a person has said it; until then nobody can be told.
    area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    force_area = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    distance = models.CharField(
        max_length=30,
        choices=[(each.value, each.value) for each in Distance],
        default="",
        blank=True,
    )
    area_chosen_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    area_chosen_at = models.DateTimeField(null=True)
    # Who answers for the area; null: they do not use this service, and are told by hand.
    host_council = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    host_force = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    started_at = models.DateTimeField(null=True)
    start_recorded_at = models.DateTimeField(null=True)
    start_recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    end_reason = models.CharField(max_length=500, default="", blank=True)
    end_recorded_at = models.DateTimeField(null=True)
    end_recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    withdrawn_reason = models.CharField(max_length=500, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="placement_kind_known", condition=Q(kind__in=sorted(KINDS))
            ),
            models.CheckConstraint(
                name="placement_area_has_distance",
                condition=Q(area=None, force_area=None, distance="")
                | (Q(area__isnull=False) & ~Q(distance="")),
            ),
            models.CheckConstraint(
                name="placement_area_chosen_has_time_and_author",
                condition=Q(area_chosen_at=None, area_chosen_by=None)
                | Q(area_chosen_at__isnull=False, area_chosen_by__isnull=False, area__isnull=False),
            ),
            models.CheckConstraint(
                name="placement_start_has_time_and_author",
                condition=Q(started_at=None, start_recorded_at=None, start_recorded_by=None)
                | Q(
                    started_at__isnull=False,
                    start_recorded_at__isnull=False,
                    start_recorded_by__isnull=False,
                    area__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="placement_end_has_time_author_and_reason",
                condition=Q(
                    ended_at=None, end_recorded_at=None, end_recorded_by=None, end_reason=""
                )
                | (
                    Q(
                        ended_at__isnull=False,
                        end_recorded_at__isnull=False,
                        end_recorded_by__isnull=False,
                    )
                    & ~Q(end_reason="")
                ),
            ),
            models.CheckConstraint(
                name="placement_ends_after_start",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("started_at")),
            ),
            models.CheckConstraint(
                name="placement_withdrawal_has_time_author_and_reason",
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | (
                    Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, started_at=None)
                    & ~Q(withdrawn_reason="")
                ),
            ),
            ExclusionConstraint(
                name="placements_of_a_child_do_not_overlap",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (
                        Func(
                            F("started_at"),
                            F("ended_at"),
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(started_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index("child", F("arrives_at").desc(), F("id").desc(), name="placement_by_child")
        ]

    class Privacy:
        purpose = "So that whoever must protect a child where they live knows that they live there"
        retention = "As the child"
        plain = {
            "id", "child", "reference", "location", "version", "proposed_at", "area_chosen_at",
            "start_recorded_at", "end_recorded_at", "withdrawn_at",
        }  # fmt: skip
        personal = {
            "council", "unit", "kind", "carer", "arrives_at", "is_emergency", "contact_name",
            "contact_phone", "area_chosen_by", "proposed_by", "started_at", "start_recorded_by",
            "ended_at", "end_recorded_by", "withdrawn_by", "distance",
        }  # fmt: skip
        special = {"why_this_home", "what_police_should_know", "end_reason", "withdrawn_reason"}
        location = {"provider", "area", "force_area", "host_council", "host_force"}

    def __str__(self) -> str:
        return self.reference

    @property
    def decided(self) -> Approval | None:
        """Return the decision on it, if there is one."""
        return getattr(self, "approval", None)

    @property
    def state(self) -> PlacementState:
        """Return where the placement stands, derived from its times."""
        decided = self.decided
        return rules.placement_state(
            is_approved=decided.is_approved if decided else None,
            started_at=self.started_at,
            ended_at=self.ended_at,
            withdrawn_at=self.withdrawn_at,
        )

    @property
    def is_over(self) -> bool:
        """Return whether nothing of it is to come: it has ended, or will not be."""
        return self.state in rules.OVER

    @property
    def needs(self) -> Approver | None:
        """Return who must approve it before it starts."""
        return rules.approver(
            distance=Distance(self.distance) if self.distance else None,
            carer=Carer(self.carer),
            nation=Nation(self.council.nation),
        )

    @property
    def kind_of_home(self) -> Kind:
        """Return the kind of placement."""
        return KINDS[self.kind]

    @property
    def is_out_of_area(self) -> bool:
        """Return whether the area must be told."""
        return self.distance not in {"", Distance.IN_AREA}

    @property
    def all_notices(self) -> list[PlacementNotification]:
        """Return its notices in the order in which they became due. Prefetch `notices`."""
        return sorted(self.notices.all(), key=lambda notice: notice.pk)


@tracked()
class Approval(models.Model):
    """The decision of the officer on one placement, by the officer or as they gave it by telephone."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="placement_approvals")
    placement = models.OneToOneField(Placement, models.CASCADE, related_name="approval")
    needed = models.CharField(
        max_length=40, choices=[(each.value, each.value) for each in Approver]
    )
    is_approved = models.BooleanField()
    reasons = models.TextField(default="", blank=True)
    officer = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    by_telephone = models.BooleanField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    wishes_known = models.BooleanField()
    most_appropriate = models.BooleanField()
    fits_plan = models.BooleanField()
    area_told = models.BooleanField()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="approval_only_when_satisfied",
                condition=Q(is_approved=False)
                | Q(wishes_known=True, most_appropriate=True, fits_plan=True),
            ),
            models.CheckConstraint(
                name="approval_refused_has_reasons", condition=Q(is_approved=True) | ~Q(reasons="")
            ),
            models.CheckConstraint(
                name="approval_is_written_by_the_officer_or_by_telephone",
                condition=Q(by_telephone=True) | Q(officer=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="approval_recorded_after_decided",
                condition=Q(recorded_at__gte=F("decided_at")),
            ),
        ]

    class Privacy:
        purpose = "So that no child is placed far away before the right officer has decided it"
        retention = "As the child"
        plain = {"id", "child", "placement", "decided_at", "recorded_at"}
        personal = {
            "needed", "is_approved", "officer", "by_telephone", "recorded_by", "wishes_known",
            "most_appropriate", "fits_plan", "area_told",
        }  # fmt: skip
        special = {"reasons"}

    def __str__(self) -> str:
        return "approved" if self.is_approved else "not approved"
