"""Flags: what a council asks a force to put on its system about a child, and what the force decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from missingchildren.agencies.models import Agency, Membership
from missingchildren.audit.history import tracked
from risk.rules import ON_REQUEST, FlagLevel, FlagOutcome, FlagStanding

if TYPE_CHECKING:
    from datetime import date

LEVELS = [(level.value, f"At {level} risk of harm") for level in FlagLevel]
OUTCOMES = [(outcome.value, outcome.value) for outcome in FlagOutcome]


ACCEPTED = Q(outcome__in=["accepted", "amended"])
DISPUTED = Q(disagreed_at__isnull=False, redecided_at=None)
TO_TAKE_OFF = Q(ended_at__isnull=False, entered_at__isnull=False, taken_off_at=None)


class FlagQuerySet(models.QuerySet["Flag"]):
    """Flags by where they stand on a day; a test proves that `rules.flag_state` says the same."""

    def in_force(self, today: date) -> FlagQuerySet:
        """Return the flags that say the child is flagged now: an expired one does not."""
        return self.filter(ACCEPTED, ended_at=None, expires_on__gte=today)

    def to_do(self, today: date) -> FlagQuerySet:
        """Return the flags with which a force has something to do."""
        undecided = Q(outcome="") | DISPUTED
        unwritten = ACCEPTED & (Q(entered_at=None) | Q(changed_at__isnull=False))
        reviewed = ACCEPTED & (Q(review_on__lte=today) | Q(expires_on__lt=today))
        return self.filter(Q(ended_at=None) & (undecided | unwritten | reviewed) | TO_TAKE_OFF)

    def over(self) -> FlagQuerySet:
        """Return the flags that were declined, or have ended and are off the force's system."""
        declined = Q(outcome="declined") & ~DISPUTED
        return self.filter(declined | (Q(ended_at__isnull=False) & ~TO_TAKE_OFF))

    def waiting_or_in_force(self, today: date) -> FlagQuerySet:
        """Return the flags beside which a force needs no second one of the same child."""
        waiting = Q(outcome="") | Q(outcome="declined") & DISPUTED
        holds = ACCEPTED & Q(expires_on__gte=today)
        return self.filter(waiting | holds, ended_at=None)


@tracked()
class Flag(models.Model):
    """One flag at one force: asked for by a council, or made by the force itself.

    Every part that opens flags (`Aspect.FLAG`) reads all of it. Two open flags of one child at one
    force are refused by the service under the child's lock, not by a constraint: two records that
    are found to be of one child may each bring theirs.
    """

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="flags")
    reference = models.CharField(max_length=20, unique=True)
    # The council that asked; null where the force flagged the child itself.
    council = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    force = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    # The flag of another force that this one should review, because the child has moved.
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    level_asked = models.CharField(max_length=10, choices=LEVELS)
    grounds = models.TextField()
    if_missing = models.TextField()
    # References of what the grounds rest on: an interview, a placement.
    evidence = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    is_child_told = models.BooleanField()
    child_not_told_because = models.TextField(default="", blank=True)
    # What the force decided on the request, last; the rows of `FlagDecision` keep each time.
    outcome = models.CharField(
        max_length=10,
        choices=[(outcome.value, outcome.value) for outcome in ON_REQUEST],
        default="",
        blank=True,
    )
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    reasons = models.TextField(default="", blank=True)
    # The level and the words that hold at the force; no words: those of the request.
    level = models.CharField(max_length=10, choices=LEVELS, default="", blank=True)
    wording = models.TextField(default="", blank=True)
    review_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    disagreed_at = models.DateTimeField(null=True)
    disagreed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    disagreement = models.TextField(default="", blank=True)
    redecided_at = models.DateTimeField(null=True)
    entered_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    system_reference = models.CharField(max_length=40, default="", blank=True)
    # Since when the force's system has an older version; null: it has this one, or none.
    changed_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ended_reasons = models.TextField(default="", blank=True)
    taken_off_at = models.DateTimeField(null=True)
    taken_off_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = FlagQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="flag_has_grounds", condition=~Q(grounds="") & ~Q(if_missing="")
            ),
            models.CheckConstraint(
                name="flag_child_told_or_why_not",
                condition=Q(is_child_told=True, child_not_told_because="")
                | (Q(is_child_told=False) & ~Q(child_not_told_because="")),
            ),
            models.CheckConstraint(
                name="flag_does_not_follow_itself",
                condition=Q(follows=None) | ~Q(follows=F("pk")),
            ),
            models.CheckConstraint(
                name="flag_decision_has_time_author_and_reasons",
                condition=Q(outcome="", decided_at=None, decided_by=None, reasons="")
                | (
                    ~Q(outcome="")
                    & (~Q(reasons="") | Q(council=None))
                    & Q(decided_at__isnull=False, decided_by__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="flag_in_force_has_level_review_and_expiry",
                condition=Q(
                    outcome__in=["", "declined"],
                    level="",
                    wording="",
                    review_on=None,
                    expires_on=None,
                )
                | (
                    Q(outcome__in=["accepted", "amended"])
                    & ~Q(level="")
                    & Q(review_on__isnull=False, expires_on__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="flag_reviewed_before_it_expires",
                condition=Q(review_on=None) | Q(review_on__lte=F("expires_on")),
            ),
            models.CheckConstraint(
                name="flag_amended_has_words", condition=~Q(outcome="amended") | ~Q(wording="")
            ),
            models.CheckConstraint(
                name="flag_disagreement_has_time_author_and_words",
                condition=Q(disagreed_at=None, disagreed_by=None, disagreement="")
                | (Q(disagreed_at__isnull=False, disagreed_by__isnull=False) & ~Q(disagreement="")),
            ),
            models.CheckConstraint(
                name="flag_decided_again_only_when_disputed",
                condition=Q(redecided_at=None) | Q(disagreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="flag_entry_has_time_author_and_reference",
                condition=Q(entered_at=None, entered_by=None, system_reference="", changed_at=None)
                | (Q(entered_at__isnull=False, entered_by__isnull=False) & ~Q(system_reference="")),
            ),
            models.CheckConstraint(
                name="flag_entered_only_when_accepted",
                condition=Q(entered_at=None) | Q(outcome__in=["accepted", "amended"]),
            ),
            models.CheckConstraint(
                name="flag_end_has_time_author_and_reasons",
                condition=Q(ended_at=None, ended_by=None, ended_reasons="")
                | (Q(ended_at__isnull=False, ended_by__isnull=False) & ~Q(ended_reasons="")),
            ),
            models.CheckConstraint(
                name="flag_declined_does_not_end",
                condition=Q(ended_at=None) | ~Q(outcome="declined"),
            ),
            models.CheckConstraint(
                name="flag_taken_off_has_author_entry_and_end",
                condition=Q(taken_off_at=None, taken_off_by=None)
                | Q(
                    taken_off_at__isnull=False,
                    taken_off_by__isnull=False,
                    entered_at__isnull=False,
                    ended_at__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index("child", F("asked_at").desc(), F("id").desc(), name="flag_by_child"),
            models.Index("force", F("asked_at").desc(), F("id").desc(), name="flag_by_force"),
            models.Index("council", F("asked_at").desc(), F("id").desc(), name="flag_by_council"),
        ]

    class Privacy:
        purpose = "So that the police know of the risk before the child goes missing"
        retention = "As the child"
        plain = {"id", "child", "reference", "follows", "version"}
        personal = {
            "council", "force", "asked_at", "asked_by", "level_asked", "evidence", "is_child_told",
            "outcome", "decided_at", "decided_by", "level", "review_on", "expires_on",
            "disagreed_at", "disagreed_by", "redecided_at", "entered_at", "entered_by",
            "system_reference", "changed_at", "ended_at", "ended_by", "taken_off_at",
            "taken_off_by",
        }  # fmt: skip
        special = {
            "grounds", "if_missing", "child_not_told_because", "reasons", "wording",
            "disagreement", "ended_reasons",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def standing(self) -> FlagStanding:
        """Return the times from which the state follows (`rules.flag_state`)."""
        return FlagStanding(
            outcome=self.outcome,
            disagreed_at=self.disagreed_at,
            redecided_at=self.redecided_at,
            entered_at=self.entered_at,
            changed_at=self.changed_at,
            review_on=self.review_on,
            expires_on=self.expires_on,
            ended_at=self.ended_at,
            taken_off_at=self.taken_off_at,
        )


@tracked()
class FlagDecision(models.Model):
    """One time that a force decided on a flag: on the request, after the council disagreed, at a review."""

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="flag_decisions")
    flag = models.ForeignKey(Flag, models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    level = models.CharField(max_length=10, choices=LEVELS, default="", blank=True)
    reasons = models.TextField()
    wording = models.TextField(default="", blank=True)
    review_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="flag_decision_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="flag_decision_has_review_unless_it_ends",
                condition=Q(
                    outcome__in=["declined", "ended"], level="", review_on=None, expires_on=None
                )
                | (
                    Q(outcome__in=["accepted", "amended", "renewed", "lowered"])
                    & ~Q(level="")
                    & Q(review_on__isnull=False, expires_on__isnull=False)
                ),
            ),
        ]

    class Privacy:
        purpose = "So that it can be said why a child was or was not flagged"
        retention = "As the child"
        plain = {"id", "child", "flag", "at"}
        personal = {"outcome", "level", "review_on", "expires_on", "by"}
        special = {"reasons", "wording"}

    def __str__(self) -> str:
        return f"{self.outcome} ({self.flag_id})"
