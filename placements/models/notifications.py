"""One notice to the area where a child is placed: to whom, of what, and what they answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from cases.models import Child
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.audit.history import tracked
from missingchildren.core.fields import EncryptedTextField
from placements import rules
from placements.models.placements import Placement
from placements.rules import NoticeState

if TYPE_CHECKING:
    from missingchildren.agencies.acts import Act


class PlacementNotificationQuerySet(models.QuerySet["PlacementNotification"]):
    """Placement notifications by state."""

    def standing(self) -> PlacementNotificationQuerySet:
        """Return what is neither sent back nor dropped."""
        return self.filter(rejected_at=None, dropped_at=None)

    def not_told(self) -> PlacementNotificationQuerySet:
        """Return what somebody must still be told."""
        return self.standing().filter(sent_at=None, told_at=None)

    def to_agency(self, act: Act) -> PlacementNotificationQuerySet:
        """Return what was sent to the acting agency, less what is closed to this person."""
        if act.agency is None:
            return self.none()
        open_to = Child.objects.open_to_person(user_id=act.user_id, now=act.now)
        return self.filter(agency=act.agency, sent_at__isnull=False, child__in=open_to)


@tracked(exclude=["sent"])
class PlacementNotification(models.Model):
    """One notice of the start or the end of a placement, to the council or the force of the area."""

    class About(models.TextChoices):
        """What it tells."""

        START = "start", "A child is placed in the area"
        END = "end", "A child's placement in the area has ended"

    class To(models.TextChoices):
        """Whom the law or local practice names."""

        COUNCIL = "council", "Council of the area"
        FORCE = "force", "Police force of the area"

    class How(models.TextChoices):
        """How somebody who does not use this service was told."""

        PHONE = "phone", "By telephone"
        EMAIL = "email", "By secure email"
        LETTER = "letter", "By letter"

    child = models.ForeignKey(Child, models.CASCADE, related_name="placement_notices")
    placement = models.ForeignKey(Placement, models.CASCADE, related_name="notices")
    reference = models.CharField(max_length=20, unique=True)
    about = models.CharField(max_length=10, choices=About.choices)
    to = models.CharField(max_length=10, choices=To.choices)
    # Whom it is for, in words; null: they do not use this service, and are told by hand.
    name = models.CharField(max_length=150)
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # What was sent, as it was: all that the agency keeps of it when its part has ended.
    sent = EncryptedTextField(null=True)  # type: ignore[misc]
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    holder = models.CharField(max_length=100, default="", blank=True)
    system_reference = models.CharField(max_length=40, default="", blank=True)
    response = models.TextField(default="", blank=True)
    rejected_at = models.DateTimeField(null=True)
    rejected_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    rejected_reason = models.CharField(max_length=500, default="", blank=True)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    told_how = models.CharField(max_length=10, choices=How.choices, default="", blank=True)
    told_whom = models.CharField(max_length=100, default="", blank=True)
    dropped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = PlacementNotificationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="notice_once_to_each",
                fields=["placement", "about", "to"],
                condition=Q(rejected_at=None, dropped_at=None),
            ),
            models.CheckConstraint(
                name="notice_sent_has_author_agency_and_words",
                condition=Q(sent_at=None, sent_by=None, sent__isnull=True)
                | Q(
                    sent_at__isnull=False,
                    sent_by__isnull=False,
                    sent__isnull=False,
                    agency__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="notice_acknowledged_has_author_and_was_sent",
                condition=Q(
                    acknowledged_at=None,
                    acknowledged_by=None,
                    holder="",
                    system_reference="",
                    response="",
                )
                | Q(
                    acknowledged_at__isnull=False,
                    acknowledged_by__isnull=False,
                    sent_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="notice_acknowledged_start_has_holder_and_reference",
                condition=Q(acknowledged_at=None)
                | Q(about="end")
                | (~Q(holder="") & ~Q(system_reference="")),
            ),
            models.CheckConstraint(
                name="notice_rejected_has_author_and_reason",
                condition=Q(rejected_at=None, rejected_by=None, rejected_reason="")
                | (
                    Q(
                        rejected_at__isnull=False,
                        rejected_by__isnull=False,
                        sent_at__isnull=False,
                        acknowledged_at=None,
                    )
                    & ~Q(rejected_reason="")
                ),
            ),
            models.CheckConstraint(
                name="notice_by_hand_has_author_and_how",
                condition=Q(told_at=None, told_by=None, told_how="", told_whom="")
                | (
                    Q(told_at__isnull=False, told_by__isnull=False, sent_at=None)
                    & ~Q(told_how="")
                    & ~Q(told_whom="")
                ),
            ),
        ]
        indexes = [
            models.Index(
                "agency",
                F("sent_at").desc(),
                F("id").desc(),
                condition=Q(sent_at__isnull=False),
                name="notice_by_agency",
            )
        ]

    class Privacy:
        purpose = "So that the area where a child is placed knows, and says what it will do"
        retention = "As the child"
        plain = {
            "id", "child", "placement", "reference", "about", "to", "replaces", "made_at", "due_at",
            "sent_at", "acknowledged_at", "rejected_at", "told_at", "dropped_at", "version",
        }  # fmt: skip
        personal = {
            "unit", "sent_by", "acknowledged_by", "holder", "system_reference", "rejected_by",
            "rejected_reason", "told_by", "told_how", "told_whom",
        }  # fmt: skip
        special = {"sent", "response"}
        location = {"name", "agency"}

    def __str__(self) -> str:
        return self.reference

    @property
    def is_of_start(self) -> bool:
        """Return whether it tells of the start."""
        return self.about == self.About.START

    @property
    def is_rerouted(self) -> bool:
        """Return whether somebody else was chosen after it had been sent back."""
        return getattr(self, "replaced_by", None) is not None

    @property
    def state(self) -> NoticeState:
        """Return where the notice stands, derived from its times."""
        return rules.notice_state(
            sent_at=self.sent_at,
            acknowledged_at=self.acknowledged_at,
            rejected_at=self.rejected_at,
            told_at=self.told_at,
            dropped_at=self.dropped_at,
        )
