"""The act log and the ledger of submissions."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Now


class Operation(models.TextChoices):
    """What was done with personal data.

    Source: Data Protection Act 2018 s.62(1) (collection, alteration, consultation, disclosure,
    combination, erasure). `access` is ours: sign-in, factors and rights.
    """

    COLLECTION = "collection"
    ALTERATION = "alteration"
    CONSULTATION = "consultation"
    DISCLOSURE = "disclosure"
    COMBINATION = "combination"
    ERASURE = "erasure"
    ACCESS = "access"


class Outcome(models.TextChoices):
    """How an act ended."""

    DONE = "done"
    DENIED = "denied"
    FAILED = "failed"


class Entry(models.Model):
    """One act, read or write, done or refused: ids and references, never names or narrative.

    Partitioned by month on `at` (migration 0001); the serving role may insert and read only.
    """

    append_only: ClassVar = True

    at = models.DateTimeField(db_default=Now())
    act_id = models.UUIDField()
    user_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    membership_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=10)
    operation = models.CharField(max_length=20, choices=Operation.choices)
    verb = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    subjects = ArrayField(models.BigIntegerField(), default=list)
    references = ArrayField(models.CharField(max_length=80), default=list, db_column="objects")
    basis = models.CharField(max_length=60, default="")
    recipient = models.CharField(max_length=60, default="")

    class Meta:
        indexes = [
            GinIndex(fields=["subjects"], name="entry_by_subject"),
            models.Index(fields=["agency_id", "at"], name="entry_by_agency"),
            models.Index(fields=["user_id", "at"], name="entry_by_user"),
            models.Index(fields=["act_id"], name="entry_by_act"),
        ]

    class Privacy:
        purpose = "Proof of who did what with a child's record (DPA 2018 s.62)"
        retention = "Sealed by month; as long as the record it speaks of"
        plain = {"id", "at", "act_id", "channel", "operation", "verb", "outcome"}
        personal = {
            "user_id", "agency_id", "membership_id", "subjects", "references", "basis", "recipient",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.verb} {self.outcome} at {self.at}"


class Submission(models.Model):
    """A form or API call that must count once, however often it is sent."""

    token = models.UUIDField(primary_key=True)
    operation = models.CharField(max_length=60)
    user_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    result = models.CharField(max_length=80, default="")

    class Meta:
        indexes = [models.Index(fields=["at"], name="submission_by_age")]

    class Privacy:
        purpose = "A double click or a repeated call counts once"
        retention = "28 days"
        plain = {"token", "operation", "at", "result"}
        personal = {"user_id", "agency_id"}

    def __str__(self) -> str:
        return f"{self.operation} {self.token}"
