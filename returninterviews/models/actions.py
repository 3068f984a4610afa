"""What somebody does for a child after an interview, and what they say about it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cases.models import Child, Deadline
from cases.models.episode import OwnedItem, OwnedQuerySet
from missingchildren.agencies.models import Agency, Membership
from missingchildren.audit.history import tracked
from returninterviews.models.recommendations import Recommendation
from returninterviews.rules import ActionState, Helped, action_state

HELPED = [
    (Helped.YES.value, "Yes"),
    (Helped.NO.value, "No"),
    (Helped.NOT_KNOWN.value, "Not known"),
]


class ActionQuerySet(models.QuerySet["Action"]):
    """Actions by state."""

    def open(self) -> ActionQuerySet:
        """Return what is still to be done."""
        return self.filter(completed_at=None, dropped_at=None)

    def settled(self) -> ActionQuerySet:
        """Return what was done or dropped."""
        return self.exclude(completed_at=None, dropped_at=None)


@tracked()
class Action(models.Model):
    """One thing that an agency does for a child by a day.

    Its clock says by when, and which person or team has it: whoever gives more time or another
    person changes one row.
    """

    child = models.ForeignKey(Child, models.CASCADE, related_name="actions")
    reference = models.CharField(max_length=20, unique=True)
    # None: the council wants it done although no interview recommended it.
    recommendation = models.ForeignKey(
        Recommendation, models.CASCADE, null=True, related_name="actions"
    )
    text = models.TextField()
    council = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    deadline = models.ForeignKey(Deadline, models.RESTRICT, related_name="+")
    given_at = models.DateTimeField()
    given_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    completed_at = models.DateTimeField(null=True)
    completed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # What was done, and how that is known.
    evidence = models.TextField(default="", blank=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    dropped_reasons = models.TextField(default="", blank=True)
    helped = models.CharField(max_length=10, choices=HELPED, default="", blank=True)
    helped_at = models.DateTimeField(null=True)
    helped_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = ActionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="action_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="action_done_has_author_and_evidence",
                condition=Q(completed_at=None, completed_by=None, evidence="")
                | (Q(completed_at__isnull=False, completed_by__isnull=False) & ~Q(evidence="")),
            ),
            models.CheckConstraint(
                name="action_dropped_has_author_and_reasons",
                condition=Q(dropped_at=None, dropped_by=None, dropped_reasons="")
                | (Q(dropped_at__isnull=False, dropped_by__isnull=False) & ~Q(dropped_reasons="")),
            ),
            models.CheckConstraint(
                name="action_ends_once", condition=Q(completed_at=None) | Q(dropped_at=None)
            ),
            models.CheckConstraint(
                name="action_helped_is_said_once_done",
                condition=Q(helped="", helped_at=None, helped_by=None)
                | (
                    Q(
                        completed_at__isnull=False,
                        helped_at__isnull=False,
                        helped_by__isnull=False,
                    )
                    & ~Q(helped="")
                ),
            ),
        ]
        indexes = [
            models.Index("child", F("given_at").desc(), F("id").desc(), name="action_by_child"),
            models.Index(
                name="action_open",
                fields=["child", "owner"],
                condition=Q(completed_at=None, dropped_at=None),
            ),
        ]

    class Privacy:
        purpose = "So that what was promised to a child is done, by somebody, by a day"
        retention = "As the child"
        plain = {
            "id", "child", "reference", "recommendation", "deadline", "given_at", "completed_at",
            "dropped_at", "helped", "helped_at", "version",
        }  # fmt: skip
        personal = {"council", "owner", "given_by", "completed_by", "dropped_by", "helped_by"}
        special = {"text", "evidence", "dropped_reasons"}

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> ActionState:
        """Return where it stands."""
        return action_state(completed_at=self.completed_at, dropped_at=self.dropped_at)


@tracked()
class ActionNote(OwnedItem):
    """One thing that an agency says about how an action is going."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="notes")
    reference = models.CharField(max_length=20, unique=True)
    text = models.TextField()

    objects = OwnedQuerySet.as_manager()

    class Meta(OwnedItem.Meta):
        constraints = [
            *OwnedItem.Meta.constraints,
            models.CheckConstraint(
                name="action_note_is_for_the_case_or_the_statutory_agencies",
                condition=Q(audience__in=["case", "statutory"]),
            ),
        ]
        indexes = [
            models.Index(
                "action", F("recorded_at").desc(), F("id").desc(), name="action_note_by_action"
            )
        ]

    class Privacy:
        purpose = "So that everyone concerned sees how an action is going"
        retention = "As the child"
        plain = {
            "id", "child", "action", "reference", "recorded_at", "audience", "named_agencies",
            "is_police_only",
        }  # fmt: skip
        personal = {"owner", "recorded_by"}
        special = {"text"}

    def __str__(self) -> str:
        return self.reference
