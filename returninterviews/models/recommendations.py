"""What an interview recommends."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.models import Child
from missingchildren.agencies.models import Agency, Membership
from missingchildren.audit.history import tracked
from returninterviews.models.interviews import Interview


@tracked()
class Recommendation(models.Model):
    """One thing that an interview recommends, as the interviewer proposes it."""

    class Priority(models.TextChoices):
        """How soon it matters."""

        URGENT = "urgent", "Urgent"
        ORDINARY = "ordinary", "Ordinary"

    child = models.ForeignKey(Child, models.CASCADE, related_name="recommendations")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="recommendations")
    reference = models.CharField(max_length=20, unique=True)
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    suggested_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    suggested_role = models.CharField(max_length=100, default="", blank=True)
    suggested_due_on = models.DateField(null=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.ORDINARY)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="recommendation_in_order", fields=["interview", "order"]),
            models.CheckConstraint(name="recommendation_has_text", condition=~Q(text="")),
        ]

    class Privacy:
        purpose = "So that what a child says changes something"
        retention = "As the child"
        plain = {"id", "child", "interview", "reference", "order", "recorded_at"}
        personal = {
            "suggested_agency", "suggested_role", "suggested_due_on", "priority", "recorded_by",
        }  # fmt: skip
        special = {"text"}

    def __str__(self) -> str:
        return self.reference
