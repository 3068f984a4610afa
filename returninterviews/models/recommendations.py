"""What an interview recommends, and what the council said to it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cases.models import Child
from missingchildren.agencies.models import Agency, Membership
from missingchildren.audit.history import tracked
from returninterviews.models.interviews import Interview
from returninterviews.rules import CouncilDecision, RecommendationState, recommendation_state

DECISIONS = [
    (CouncilDecision.TAKEN_FORWARD.value, "Taken forward"),
    (CouncilDecision.NOT_TAKEN_FORWARD.value, "Not taken forward"),
]
WAITING = Q(decision="") | Q(second_look_asked_at__isnull=False, second_look_at=None)


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Recommendations by what the council still owes to them."""

    def undecided(self) -> RecommendationQuerySet:
        """Return those that nobody has decided."""
        return self.filter(decision="")

    def waiting(self) -> RecommendationQuerySet:
        """Return those that wait for a decision, or for a second look that was asked."""
        return self.filter(WAITING)


@tracked()
class Recommendation(models.Model):
    """One thing that an interview asks somebody to do for the child; never left undecided."""

    class Priority(models.TextChoices):
        """How soon it matters."""

        URGENT = "urgent", "Urgent"
        ORDINARY = "ordinary", "Ordinary"

    child = models.ForeignKey(Child, models.CASCADE, related_name="recommendations")
    reference = models.CharField(max_length=20, unique=True)
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="recommendations")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    suggested_agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    suggested_role = models.CharField(max_length=100, default="", blank=True)
    suggested_due_on = models.DateField(null=True)
    priority = models.CharField(max_length=10, choices=Priority.choices, default=Priority.ORDINARY)
    # Who decides: the interview's council, or the one that it passed to when that lost its part.
    council = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    decision = models.CharField(max_length=20, choices=DECISIONS, default="", blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    reasons = models.TextField(default="", blank=True)
    second_look_asked_at = models.DateTimeField(null=True)
    second_look_asked_by = models.ForeignKey(
        Membership, models.PROTECT, null=True, related_name="+"
    )
    second_look_words = models.TextField(default="", blank=True)
    second_look_at = models.DateTimeField(null=True)
    second_look_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    second_look_answer = models.CharField(max_length=20, choices=DECISIONS, default="", blank=True)
    second_look_reasons = models.TextField(default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="recommendation_in_order", fields=["interview", "order"]),
            models.CheckConstraint(name="recommendation_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="recommendation_decision_is_whole",
                condition=Q(decision="", decided_at=None, decided_by=None, reasons="")
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="recommendation_not_taken_forward_has_reasons",
                condition=~Q(decision="not_taken_forward") | ~Q(reasons=""),
            ),
            models.CheckConstraint(
                name="recommendation_second_look_is_asked_of_what_was_not_taken",
                condition=Q(
                    second_look_asked_at=None, second_look_asked_by=None, second_look_words=""
                )
                | (
                    Q(
                        decision="not_taken_forward",
                        second_look_asked_at__isnull=False,
                        second_look_asked_by__isnull=False,
                    )
                    & ~Q(second_look_words="")
                ),
            ),
            models.CheckConstraint(
                name="recommendation_second_look_answer_is_whole",
                condition=Q(
                    second_look_at=None,
                    second_look_by=None,
                    second_look_answer="",
                    second_look_reasons="",
                )
                | (
                    Q(
                        second_look_asked_at__isnull=False,
                        second_look_at__isnull=False,
                        second_look_by__isnull=False,
                    )
                    & ~Q(second_look_answer="")
                ),
            ),
            models.CheckConstraint(
                name="recommendation_second_refusal_has_reasons",
                condition=~Q(second_look_answer="not_taken_forward") | ~Q(second_look_reasons=""),
            ),
        ]
        indexes = [
            models.Index(
                "child",
                F("recorded_at").desc(),
                F("id").desc(),
                name="recommendation_by_child",
            ),
            models.Index(
                name="recommendation_waiting", fields=["child", "recorded_at"], condition=WAITING
            ),
        ]

    class Privacy:
        purpose = "So that what a child said changes something, and nothing is left undecided"
        retention = "As the child"
        plain = {
            "id", "child", "reference", "interview", "order", "recorded_at", "decision", "decided_at", "second_look_asked_at", "second_look_at",
            "second_look_answer", "version",
        }  # fmt: skip
        personal = {
            "suggested_agency", "suggested_role", "suggested_due_on", "priority", "council", "recorded_by", "decided_by", "second_look_asked_by",
            "second_look_by",
        }  # fmt: skip
        special = {"text", "reasons", "second_look_words", "second_look_reasons"}

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> RecommendationState:
        """Return where it stands."""
        return recommendation_state(
            decision=self.decision,
            second_look_asked_at=self.second_look_asked_at,
            second_look_answer=self.second_look_answer,
        )
