"""What people work from: deadlines, drafts, the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.db import models
from django.db.models import F, Q

from cases.rules import DeadlineState, deadline_state
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.audit.history import tracked
from missingchildren.core.fields import EncryptedTextField

if TYPE_CHECKING:
    from datetime import datetime

    from missingchildren.agencies.acts import Act


# Why a clock stopped whose agency can no longer open the child: it starts again if it can.
PART_ENDED = "its part has ended"


class DeadlineQuerySet(models.QuerySet["Deadline"]):
    """Clocks."""

    def running(self) -> DeadlineQuerySet:
        """Return deadlines not yet met or dropped."""
        return self.filter(done_at=None)

    def stopped_with_a_part(self) -> DeadlineQuerySet:
        """Return those that stopped because their agency's last part had ended."""
        return self.filter(dropped_reason=PART_ENDED)

    def overdue(self, now: datetime) -> DeadlineQuerySet:
        """Return running deadlines whose instant has come (`rules.is_overdue`)."""
        return self.running().filter(due_at__lte=now)

    def due_between(self, after: datetime, until: datetime) -> DeadlineQuerySet:
        """Return running deadlines after one instant, and at the latest at the other."""
        return self.running().filter(due_at__gt=after, due_at__lte=until)


@tracked()
class Deadline(models.Model):
    """One clock: who must have done what by when. Every clock in the product is a row here."""

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="deadlines")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # The name of a kind that an app registered (`cases.services.deadlines`).
    kind = models.CharField(max_length=40)
    # What it is of: an episode, a question, an interview. Its own reference names the clock itself.
    reference = models.CharField(max_length=20)
    own_reference = models.CharField(max_length=20, unique=True)
    starts_at = models.DateTimeField()
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # Why it stopped without having been met, "" where it was met or still runs.
    dropped_reason = models.CharField(max_length=200, default="", blank=True)
    version = models.PositiveIntegerField(default=1)
    # The local protocol's version whose time was used, null for times fixed by law or by default.
    protocol = models.ForeignKey(
        "agencies.LocalProtocol", models.PROTECT, null=True, related_name="+"
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="deadline_once",
                fields=["kind", "reference", "agency"],
                condition=Q(done_at=None),
            ),
            models.CheckConstraint(
                name="deadline_due_after_start", condition=Q(due_at__gte=F("starts_at"))
            ),
        ]
        indexes = [
            models.Index(
                name="deadline_running",
                fields=["agency", "due_at"],
                condition=Q(done_at=None),
            ),
            models.Index(
                name="deadline_running_by_time",
                fields=["due_at", "id"],
                condition=Q(done_at=None),
            ),
            models.Index(
                name="deadline_running_of_child",
                fields=["child", "due_at"],
                condition=Q(done_at=None),
            ),
        ]

    class Privacy:
        purpose = "So that nothing owed to a child is forgotten"
        retention = "As the child"
        plain = {
            "id", "child", "kind", "reference", "own_reference", "starts_at", "due_at", "done_at",
            "protocol", "version",
        }  # fmt: skip
        personal = {"agency", "unit", "membership", "done_by", "dropped_reason"}

    def __str__(self) -> str:
        return f"{self.kind} by {self.due_at}"

    @property
    def state(self) -> DeadlineState:
        """Return where the clock stands."""
        return deadline_state(done_at=self.done_at, dropped_reason=self.dropped_reason)


@tracked()
class Extension(models.Model):
    """One time that a manager gave more time, and why."""

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="extensions")
    deadline = models.ForeignKey(Deadline, models.CASCADE, related_name="extensions")
    due_before = models.DateTimeField()
    due_after = models.DateTimeField()
    reason = models.CharField(max_length=500)
    at = models.DateTimeField()
    by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(name="extension_has_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="extension_gives_more_time", condition=Q(due_after__gt=F("due_before"))
            ),
        ]

    class Privacy:
        purpose = "So that more time is given openly, with a reason"
        retention = "As the child"
        plain = {"id", "child", "deadline", "due_before", "due_after", "at"}
        personal = {"reason", "by"}

    def __str__(self) -> str:
        return f"until {self.due_after}"


class DraftQuerySet(models.QuerySet["Draft"]):
    """Drafts of one person, acting for one agency."""

    def of(self, act: Act) -> DraftQuerySet:
        """Return this person's own live drafts for the acting agency."""
        return self.filter(
            user=act.own_membership.user_id, agency=act.own_agency, expires_at__gt=act.now
        )


class Draft(models.Model):
    """What one person has typed so far in one form, for one agency; encrypted, and theirs alone."""

    reference = models.CharField(max_length=20, unique=True)
    user = models.ForeignKey("agencies.User", models.CASCADE, related_name="+")
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="+")
    form = models.CharField(max_length=40)
    subject = models.CharField(max_length=20, default="", blank=True)
    content = EncryptedTextField()
    version = models.PositiveIntegerField(default=1)
    # Sent with the finished form, so that a double click counts once.
    token = models.UUIDField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = DraftQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="one_draft_per_form", fields=["user", "agency", "form", "subject"]
            )
        ]
        indexes = [models.Index(name="draft_by_age", fields=["expires_at"])]

    class Privacy:
        purpose = "So that nothing typed is lost"
        retention = "28 days, or until sent or access ends"
        plain = {
            "id",
            "reference",
            "form",
            "subject",
            "version",
            "token",
            "updated_at",
            "expires_at",
        }
        personal = {"user", "agency"}
        special = {"content"}

    def __str__(self) -> str:
        return f"{self.form} {self.reference}"


class TimelineEntry(models.Model):
    """One thing that happened to a child's record: ids only, when it happened, when recorded."""

    append_only: ClassVar = True

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="timeline")
    episode = models.ForeignKey(
        "cases.MissingEpisode", models.CASCADE, null=True, related_name="timeline"
    )
    # The name of a kind that an app registered (`cases.services.timeline`).
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=20, default="", blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    membership = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    act_id = models.UUIDField()

    class Meta:
        default_permissions = ()
        indexes = [
            models.Index("child", F("happened_at").desc(), F("id").desc(), name="timeline_by_child")
        ]

    class Privacy:
        purpose = "One page that shows what happened, in order"
        retention = "As the child"
        plain = {
            "id", "child", "episode", "kind", "reference", "happened_at", "recorded_at", "act_id",
        }  # fmt: skip
        personal = {"agency", "membership"}

    def __str__(self) -> str:
        return self.kind
