"""What of an interview is shared with whom, and what became of it there."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.models import Child
from cases.models.episode import OwnedItem, OwnedQuerySet
from missingchildren.agencies.models import Agency, Membership
from missingchildren.audit.history import tracked
from returninterviews.models.accounts import Account
from returninterviews.models.interviews import Interview
from returninterviews.models.written_once import written_once
from returninterviews.rules import LAWFUL_BASES, SHARED_WORDS, SummaryState, summary_state


@tracked()
class SharedItem(models.Model):
    """One decision of the sharing grid: one part of an interview and one agency. Written once."""

    class Decision(models.TextChoices):
        """What was decided."""

        SHARE = "share", "Share"
        PART = "part", "Share in part"
        WITHHOLD = "withhold", "Do not share"

    child = models.ForeignKey(Child, models.CASCADE, related_name="interview_shared_items")
    account = models.ForeignKey(Account, models.CASCADE, related_name="shared_items")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    what = models.CharField(
        max_length=20, choices=[(what.value, words) for what, words in SHARED_WORDS.items()]
    )
    decision = models.CharField(max_length=10, choices=Decision.choices)
    basis = models.CharField(
        max_length=20, choices=[(code, basis.words) for code, basis in LAWFUL_BASES.items()]
    )
    # Why, where it differs from what is usual for this agency.
    reason = models.TextField(default="", blank=True)
    is_child_told = models.BooleanField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="shared_item_decided_once", fields=["account", "agency", "what"]
            )
        ]
        triggers = written_once()

    class Privacy:
        purpose = "To account for each decision to share, or not to"
        retention = "As the child"
        plain = {"id", "child", "account", "decided_at"}
        personal = {"agency", "what", "decision", "basis", "is_child_told", "decided_by"}
        special = {"reason"}

    def __str__(self) -> str:
        return f"{self.what}: {self.decision}"


@tracked()
class Summary(OwnedItem):
    """What one agency is told of one interview, and its receipt. What is told is written once."""

    class Answer(models.TextChoices):
        """What the police did with it."""

        REPORT_MADE = "report_made", "We made a report of it"
        CRIME_RECORDED = "crime_recorded", "We recorded a crime"
        NO_ACTION = "no_action", "No action"

    interview = models.ForeignKey(Interview, models.CASCADE, related_name="summaries")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=20, unique=True)
    # Each "" where it is not shared with this agency.
    summary = models.TextField(default="", blank=True)
    harm = models.TextField(default="", blank=True)
    places_and_people = models.TextField(default="", blank=True)
    wishes = models.TextField(default="", blank=True)
    recommendations = models.TextField(default="", blank=True)
    quotes = models.TextField(default="", blank=True)
    safety_note = models.TextField(default="", blank=True)
    # What the agency is told of that which it is shared in part.
    instead = models.TextField(default="", blank=True)

    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=20, choices=Answer.choices, default="", blank=True)
    crime_reference = models.CharField(max_length=40, default="", blank=True)
    no_action_because = models.TextField(default="", blank=True)
    is_useful = models.BooleanField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = OwnedQuerySet.as_manager()

    class Meta(OwnedItem.Meta):
        constraints = [
            *OwnedItem.Meta.constraints,
            models.UniqueConstraint(name="summary_once", fields=["interview", "agency"]),
            models.CheckConstraint(
                name="summary_read_has_time_and_person",
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False),
            ),
            models.CheckConstraint(
                name="summary_answered_after_reading",
                condition=Q(answer="", answered_at=None, answered_by=None)
                | (
                    ~Q(answer="")
                    & Q(answered_at__isnull=False, answered_by__isnull=False, read_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="summary_crime_has_reference",
                condition=~Q(answer="crime_recorded") | ~Q(crime_reference=""),
            ),
            models.CheckConstraint(
                name="summary_no_action_has_reason",
                condition=~Q(answer="no_action") | ~Q(no_action_because=""),
            ),
        ]
        triggers = written_once(
            but=(
                "read_at", "read_by", "answer", "crime_reference", "no_action_because",
                "is_useful", "answered_at", "answered_by", "version",
            )
        )  # fmt: skip

    class Privacy:
        purpose = "So that what a child says reaches those who can act on it, and no one else"
        retention = "As the child"
        plain = {
            "id", "child", "interview", "reference", "recorded_at", "audience", "named_agencies",
            "is_police_only", "read_at", "answered_at", "version",
        }  # fmt: skip
        personal = {
            "owner", "agency", "recorded_by", "read_by", "answer", "crime_reference", "is_useful",
            "answered_by",
        }  # fmt: skip
        special = {
            "summary", "harm", "places_and_people", "wishes", "recommendations", "quotes",
            "safety_note", "instead", "no_action_because",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> SummaryState:
        """Return where it stands with the agency that it is for."""
        return summary_state(read_at=self.read_at, answer=self.answer)
