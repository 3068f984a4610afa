"""What was said in an interview: written once at signing, by page; own words and the carer's apart."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cases.models import Child
from missingchildren.agencies.models import Membership
from missingchildren.audit.history import tracked
from returninterviews.models.interviews import Interview
from returninterviews.models.offers import PlaceKind
from returninterviews.models.written_once import written_once


@tracked()
class Account(models.Model):
    """One signed account of an interview; a correction is another, with its reason."""

    class Interpreter(models.TextChoices):
        """Who made the child and the interviewer understand one another."""

        NOT_NEEDED = "not_needed", "Not needed"
        INDEPENDENT = "independent", "Yes, an independent one"
        KNOWN = "known", "Somebody the child knows"

    class ParentAsked(models.TextChoices):
        """How a parent or carer of a child under 16 was asked."""

        AGREED = "agreed", "Asked, and agreed"
        DID_NOT_AGREE = "did_not_agree", "Asked, and did not agree: the child wanted to talk"
        NOT_ASKED = "not_asked", "Not asked"

    child = models.ForeignKey(Child, models.CASCADE, related_name="interview_accounts")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="accounts")
    number = models.PositiveSmallIntegerField(default=1)
    # Why it replaces the one before it, "" for the first.
    correction_reason = models.CharField(max_length=500, default="", blank=True)

    # Start, and what was explained.
    met_at = models.DateTimeField()
    place_kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    is_explained = models.BooleanField()
    not_explained_because = models.TextField(default="", blank=True)
    is_alone = models.BooleanField()
    not_alone_because = models.TextField(default="", blank=True)
    interpreter = models.CharField(max_length=20, choices=Interpreter.choices)
    interpreter_because = models.TextField(default="", blank=True)
    parent_asked = models.CharField(
        max_length=20, choices=ParentAsked.choices, default="", blank=True
    )
    parent_because = models.TextField(default="", blank=True)
    # Before.
    before = models.TextField(default="", blank=True)
    reasons = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    not_missing = models.TextField(default="", blank=True)
    # Away, and the return.
    away = models.TextField(default="", blank=True)
    back = models.TextField(default="", blank=True)
    # Harm and health.
    harms = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    harm = models.TextField(default="", blank=True)
    health = models.TextField(default="", blank=True)
    # Wishes; own words are rows.
    wishes = models.TextField(default="", blank=True)
    # Sharing; what each agency is told are rows.
    summary = models.TextField()
    places_and_people = models.TextField(default="", blank=True)
    safety_note = models.TextField(default="", blank=True)
    is_child_told = models.BooleanField()
    not_told_because = models.TextField(default="", blank=True)

    checked_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="account_numbered_once", fields=["interview", "number"]),
            models.CheckConstraint(
                name="account_corrects_with_a_reason",
                condition=Q(number=1, correction_reason="")
                | (Q(number__gt=1) & ~Q(correction_reason="")),
            ),
            models.CheckConstraint(name="account_has_summary", condition=~Q(summary="")),
        ]
        triggers = written_once()

    class Privacy:
        purpose = "To understand why the child went, and what would help"
        retention = "As the child"
        plain = {"id", "child", "interview", "number", "signed_at", "met_at"}
        personal = {
            "correction_reason", "place_kind", "is_explained", "not_explained_because", "is_alone",
            "not_alone_because", "interpreter", "interpreter_because", "parent_asked",
            "parent_because", "is_child_told", "not_told_because", "checked_by", "signed_by",
        }  # fmt: skip
        special = {
            "before", "reasons", "not_missing", "away", "back", "harms", "harm", "health", "wishes",
            "summary", "places_and_people", "safety_note",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"account {self.number} of {self.interview_id}"


@tracked()
class Quote(models.Model):
    """One thing in the child's own words, and who may hear it. It is never rewritten."""

    class Audience(models.TextChoices):
        """Who may hear it."""

        COUNCIL = "council", "Only the council and us"
        POLICE = "police", "The police too"
        ALL = "all", "Everyone this interview is shared with"

    child = models.ForeignKey(Child, models.CASCADE, related_name="interview_quotes")
    account = models.ForeignKey(Account, models.CASCADE, related_name="quotes")
    order = models.PositiveSmallIntegerField()
    text = models.TextField()
    audience = models.CharField(max_length=10, choices=Audience.choices)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="quote_in_order", fields=["account", "order"]),
            models.CheckConstraint(name="quote_has_words", condition=~Q(text="")),
        ]
        triggers = written_once()

    class Privacy:
        purpose = "So that the child is heard in their own words, by those they want to hear them"
        retention = "As the child"
        plain = {"id", "child", "account", "order"}
        personal = {"audience"}
        special = {"text"}

    def __str__(self) -> str:
        return f"quote {self.order}"


@tracked()
class CarerAccount(models.Model):
    """What a parent or carer said about one time missing, kept apart from the child's account."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="carer_accounts")
    interview = models.OneToOneField(Interview, models.CASCADE, related_name="carer_account")
    who = models.CharField(max_length=100)
    text = models.TextField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="carer_account_has_author_and_words", condition=~Q(who="") & ~Q(text="")
            )
        ]
        triggers = written_once()

    class Privacy:
        purpose = "What those who look after the child know, apart from what the child says"
        retention = "As the child"
        plain = {"id", "child", "interview", "recorded_at"}
        personal = {"who", "recorded_by"}
        special = {"text"}

    def __str__(self) -> str:
        return f"carer's account of {self.interview_id}"
