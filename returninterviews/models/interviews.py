"""One return home interview: whose it is to arrange and to hold, and how it ended."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from cases.models import Child, MissingEpisode
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.audit.history import tracked
from returninterviews.rules import InterviewState, interview_state

# What no act changes once an interview is signed.
SIGNED_FOR_GOOD = (
    "reference", "council", "provider", "outcome", "outcome_at", "outcome_by", "held_at",
    "signed_at", "signed_by",
)  # fmt: skip


def _changes(*names: str) -> pgtrigger.Q:
    """Return the condition that one of these columns changes."""
    changed = pgtrigger.Q()
    for name in names:
        changed |= pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})
    return changed


@tracked()
class Interview(models.Model):
    """One return home interview, owed to a child after each time missing; it may cover several."""

    class Outcome(models.TextChoices):
        """How it ended; "" while it is still to be held. *Not offered* is never *declined*."""

        COMPLETED = "completed", "Held"
        DECLINED = "declined", "Declined"
        NOT_OFFERED = "not_offered", "Not offered"
        NOT_POSSIBLE = "not_possible", "Not possible"

    class CarerOffer(models.TextChoices):
        """Whether a parent or carer was offered to talk, where the child did not want to."""

        MADE = "made", "Yes, they were offered"
        NOT_APPROPRIATE = "not_appropriate", "No, it was not right to ask them"

    child = models.ForeignKey(Child, models.CASCADE, related_name="interviews")
    reference = models.CharField(max_length=20, unique=True)
    # The council that must see that it is offered; null: nobody knows which yet.
    council = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    # The return that started the 72 hours; null while the child is located and not home yet.
    clock_started_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    provider = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    referred_at = models.DateTimeField(null=True)
    referred_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # The first offer, and the time that the last accepted one arranged: copied from the offers.
    offered_at = models.DateTimeField(null=True)
    arranged_for = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=Outcome.choices, default="", blank=True)
    # Why it was not held, in the codes of `rules.NOT_HELD`, and in words.
    not_held_code = models.CharField(max_length=40, default="", blank=True)
    not_held_reason = models.TextField(default="", blank=True)
    carer_offer = models.CharField(
        max_length=20, choices=CarerOffer.choices, default="", blank=True
    )
    carer_offer_reason = models.TextField(default="", blank=True)
    outcome_at = models.DateTimeField(null=True)
    outcome_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # What the council adds when it accepts; it cannot change the interview.
    council_analysis = models.TextField(default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="interview_clock_has_due_time",
                condition=Q(clock_started_at=None, due_at=None)
                | Q(
                    clock_started_at__isnull=False,
                    due_at__isnull=False,
                    due_at__gt=F("clock_started_at"),
                ),
            ),
            models.CheckConstraint(
                name="interview_referral_is_whole",
                condition=Q(provider=None, referred_at=None, referred_by=None)
                | Q(provider__isnull=False, referred_at__isnull=False, referred_by__isnull=False),
            ),
            models.CheckConstraint(
                name="interview_outcome_has_time_and_author",
                condition=Q(outcome="", outcome_at=None, outcome_by=None)
                | (~Q(outcome="") & Q(outcome_at__isnull=False, outcome_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="interview_not_held_has_reason",
                condition=Q(outcome__in=["", "completed"]) | ~Q(not_held_code=""),
            ),
            models.CheckConstraint(
                name="interview_declined_by_child_asks_carer",
                condition=~Q(not_held_code="declined_by_child") | ~Q(carer_offer=""),
            ),
            models.CheckConstraint(
                name="interview_arranged_after_offer",
                condition=Q(arranged_for=None) | Q(offered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="interview_signed_has_author_and_was_held",
                condition=Q(signed_at=None, signed_by=None)
                | Q(
                    signed_at__isnull=False,
                    signed_by__isnull=False,
                    held_at__isnull=False,
                    outcome="completed",
                ),
            ),
            models.CheckConstraint(
                name="interview_accepted_after_signing",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(
                    accepted_at__isnull=False,
                    accepted_by__isnull=False,
                    signed_at__isnull=False,
                ),
            ),
        ]
        indexes = [
            models.Index("child", F("opened_at").desc(), F("id").desc(), name="interview_by_child")
        ]
        triggers = [
            pgtrigger.Protect(
                name="signed_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__signed_at__isnull=False) & _changes(*SIGNED_FOR_GOOD),
            )
        ]

    class Privacy:
        purpose = "So that every child who comes back is asked, and what they say changes something"
        retention = "As the child"
        plain = {
            "id", "child", "reference", "opened_at", "clock_started_at", "due_at", "referred_at",
            "offered_at", "arranged_for", "outcome_at", "held_at", "signed_at", "accepted_at",
            "version",
        }  # fmt: skip
        personal = {
            "council", "unit", "provider", "referred_by", "outcome", "not_held_code", "outcome_by",
            "signed_by", "accepted_by", "carer_offer",
        }  # fmt: skip
        special = {"not_held_reason", "council_analysis", "carer_offer_reason"}

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> InterviewState:
        """Return where the interview stands, derived from its times."""
        return interview_state(
            has_council=self.council_id is not None,
            referred_at=self.referred_at,
            offered_at=self.offered_at,
            arranged_for=self.arranged_for,
            outcome=self.outcome,
            accepted_at=self.accepted_at,
        )

    @property
    def holder(self) -> Agency | None:
        """Return who is to hold it: the provider it was referred to, or the council itself."""
        return self.provider or self.council


@tracked()
class InterviewEpisode(models.Model):
    """One missing episode that an interview is about."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="interview_episodes")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="covers")
    episode = models.OneToOneField(MissingEpisode, models.CASCADE, related_name="covered_by")

    class Meta:
        default_permissions = ()

    class Privacy:
        purpose = "Which times missing an interview is about"
        retention = "As the child"
        plain = {"id", "child", "interview", "episode"}

    def __str__(self) -> str:
        return f"{self.interview_id} covers {self.episode_id}"
