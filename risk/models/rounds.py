"""The risk round: who was asked, what they answered, which level was chosen on what was shown."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from cases.models import Child, MissingEpisode
from cases.models.episode import OwnedItem, OwnedQuerySet
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.audit.history import tracked
from missingchildren.core.fields import EncryptedTextField
from risk.rules import (
    BY_KEY,
    DecisionState,
    DissentState,
    Level,
    RoundState,
    decision_state,
    dissent_state,
    round_state,
)


@tracked()
class RiskRound(models.Model):
    """How worried to be about one time missing: everyone who may know is asked, then a level chosen."""

    class Ended(models.TextChoices):
        """Why a round ended; "" while it goes on."""

        DECIDED = "decided", "The child is back"
        BACK_FIRST = "back_first", "Back before a level was chosen"
        WITHDRAWN = "withdrawn", "The report was withdrawn"

    child = models.ForeignKey(Child, models.CASCADE, related_name="risk_rounds")
    episode = models.OneToOneField(MissingEpisode, models.CASCADE, related_name="risk_round")
    reference = models.CharField(max_length=20, unique=True)
    opened_at = models.DateTimeField()
    # The decision that counts now: the last one made.
    current = models.OneToOneField("Decision", models.PROTECT, null=True, related_name="current_of")
    ended_at = models.DateTimeField(null=True)
    ended_because = models.CharField(max_length=20, choices=Ended.choices, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="risk_round_end_has_time_and_reason",
                condition=Q(ended_at=None, ended_because="")
                | (Q(ended_at__isnull=False) & ~Q(ended_because="")),
            ),
            models.CheckConstraint(
                name="risk_round_ends_with_or_without_level",
                condition=~Q(ended_because="decided", current=None)
                & ~Q(ended_because="back_first", current__isnull=False),
            ),
        ]
        indexes = [
            models.Index("child", F("opened_at").desc(), F("id").desc(), name="risk_round_by_child")
        ]

    class Privacy:
        purpose = "So that all who know something are heard before a level is chosen"
        retention = "As the child"
        plain = {
            "id", "child", "episode", "reference", "opened_at", "current", "ended_at", "version",
        }  # fmt: skip
        personal = {"ended_because"}

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> RoundState:
        """Return where the round stands."""
        return round_state(has_level=self.current_id is not None, ended_because=self.ended_because)


@tracked()
class Ask(models.Model):
    """One agency asked in a round, once: "What do you know?", and later "Anything new?"."""

    child = models.ForeignKey(Child, models.CASCADE, related_name="asks")
    round = models.ForeignKey(RiskRound, models.CASCADE, related_name="asks")
    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    # As what it was asked: the part it had (`cases.rules.Part`).
    part = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    reasked_at = models.DateTimeField(null=True)
    # Its report of this time missing, which answers the question; "" where it made none.
    report_reference = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(name="asked_once_a_round", fields=["round", "agency"]),
            models.CheckConstraint(
                name="asked_again_after_asked",
                condition=Q(reasked_at=None) | Q(reasked_at__gte=F("asked_at")),
            ),
        ]
        indexes = [models.Index(name="ask_by_child", fields=["child", "agency"])]

    class Privacy:
        purpose = "To know who was asked, and who has not answered"
        retention = "As the child"
        plain = {
            "id", "child", "round", "reference", "asked_at", "reasked_at", "report_reference",
        }  # fmt: skip
        personal = {"agency", "unit", "part"}

    def __str__(self) -> str:
        return self.reference


@tracked()
class Contribution(OwnedItem):
    """One answer of an agency that was asked; its owner is the agency that knows it."""

    class Kind(models.TextChoices):
        """What an agency says."""

        TELLS = "tells", "What we know"
        HOLDS_NOTHING = "holds_nothing", "We checked and hold no information"
        STILL_RIGHT = "still_right", "What we told you is still right"

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="contributions")
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    # What it knows, or what it checked.
    text = models.TextField(default="", blank=True)
    # How up to date what it checked is.
    up_to_date = models.CharField(max_length=200, default="", blank=True)
    # After the level was chosen, or after the child was back.
    is_late = models.BooleanField(default=False)
    # Said by telephone: by whom, on which number, when, and the agency that wrote it down.
    given_by = models.CharField(max_length=100, default="", blank=True)
    given_phone = EncryptedTextField(default="", blank=True)
    given_at = models.DateTimeField(null=True)
    written_by = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # When somebody of the lead force read a late answer.
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta(OwnedItem.Meta):
        constraints = [
            *OwnedItem.Meta.constraints,
            models.CheckConstraint(
                name="contribution_says_something",
                condition=~Q(text="") | Q(kind="still_right"),
            ),
            models.CheckConstraint(
                name="contribution_by_phone_is_whole",
                condition=Q(given_by="", given_at=None, written_by=None)
                | (~Q(given_by="") & Q(given_at__isnull=False, written_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="contribution_confirmed_only_by_phone",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=False,
                    given_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="contribution_read_only_when_late",
                condition=Q(read_at=None, read_by=None)
                | Q(read_at__isnull=False, read_by__isnull=False, is_late=True),
            ),
        ]

    class Privacy:
        purpose = "So that what agencies know is heard when the risk to a child is judged"
        retention = "As the child"
        plain = {
            "id", "child", "ask", "reference", "recorded_at", "audience", "named_agencies",
            "is_police_only", "kind", "is_late", "given_at", "confirmed_at", "read_at",
        }  # fmt: skip
        personal = {
            "owner", "recorded_by", "given_by", "given_phone", "written_by", "confirmed_by",
            "read_by",
        }  # fmt: skip
        special = {"text", "up_to_date"}

    def __str__(self) -> str:
        return self.reference

    @property
    def is_by_phone(self) -> bool:
        """Return whether somebody else wrote down what the agency said."""
        return self.given_at is not None

    @property
    def must_be_confirmed(self) -> bool:
        """Return whether the agency has still to say that this is what it said."""
        return self.is_by_phone and self.confirmed_at is None


@tracked()
class Decision(OwnedItem):
    """One level chosen by the lead force; `reasons` are for partners, police-only ones a PoliceNote."""

    round = models.ForeignKey(RiskRound, models.CASCADE, related_name="decisions")
    reference = models.CharField(max_length=20, unique=True)
    level = models.CharField(max_length=20)
    reasons = models.TextField()
    review_due_at = models.DateTimeField()
    question_version = models.CharField(max_length=20)
    # The answer and the words to each question of that version, by its key.
    answers = models.JSONField(default=dict)
    # Why before everyone had answered: a key of `rules.EARLY_REASONS`, and words.
    early_reason = models.CharField(max_length=20, default="", blank=True)
    early_words = models.TextField(default="", blank=True)
    # Why lower than an active flag says, and why below the force's least level for a child.
    flag_reason = models.TextField(default="", blank=True)
    minimum_reason = models.TextField(default="", blank=True)
    supersedes = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="superseded_by"
    )
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    sent_back_note = models.TextField(default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = OwnedQuerySet.as_manager()

    class Meta(OwnedItem.Meta):
        constraints = [
            *OwnedItem.Meta.constraints,
            models.CheckConstraint(name="decision_has_reasons", condition=~Q(reasons="")),
            models.CheckConstraint(
                name="decision_is_reviewed_later", condition=Q(review_due_at__gt=F("recorded_at"))
            ),
            models.CheckConstraint(
                name="decision_confirmation_has_time_and_author",
                condition=Q(confirmed_at=None, confirmed_by=None)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_sent_back_is_whole",
                condition=Q(sent_back_at=None, sent_back_by=None, sent_back_note="")
                | (
                    Q(sent_back_at__isnull=False, sent_back_by__isnull=False)
                    & ~Q(sent_back_note="")
                ),
            ),
            models.CheckConstraint(
                name="decision_confirmed_or_sent_back",
                condition=Q(confirmed_at=None) | Q(sent_back_at=None),
            ),
            models.CheckConstraint(
                name="decision_judged_by_somebody_else",
                condition=(Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by")))
                & (Q(sent_back_by=None) | ~Q(sent_back_by=F("recorded_by"))),
            ),
            models.CheckConstraint(
                name="decision_early_words_need_reason",
                condition=Q(early_words="") | ~Q(early_reason=""),
            ),
        ]
        indexes = [
            models.Index("round", F("recorded_at").desc(), F("id").desc(), name="decision_by_round")
        ]

    class Privacy:
        purpose = "To judge and to review how much danger a missing child is in"
        retention = "As the child"
        plain = {
            "id", "child", "round", "reference", "recorded_at", "audience", "named_agencies",
            "is_police_only", "review_due_at", "question_version", "supersedes", "confirmed_at",
            "sent_back_at", "version",
        }  # fmt: skip
        personal = {
            "owner", "recorded_by", "level", "early_reason", "confirmed_by", "sent_back_by",
        }  # fmt: skip
        special = {
            "reasons", "answers", "early_words", "flag_reason", "minimum_reason", "sent_back_note",
        }  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    @property
    def chosen(self) -> Level:
        """Return the level with its words."""
        return BY_KEY[self.level]

    def state_in(self, round: RiskRound) -> DecisionState:
        """Return where the decision stands in its round."""
        return decision_state(
            is_current=round.current_id == self.pk,
            confirmed_at=self.confirmed_at,
            sent_back_at=self.sent_back_at,
        )


@tracked()
class ShownEvidence(OwnedItem):
    """One thing that was on the officer's page when a level was chosen, as it stood then."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="shown")
    order = models.PositiveSmallIntegerField()
    # The source it came from: its key and its title, which may be called otherwise later.
    source = models.CharField(max_length=40)
    source_title = models.CharField(max_length=100)
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    at = models.DateTimeField()
    considered = models.BooleanField(default=True)
    exception_words = models.TextField(default="", blank=True)

    objects = OwnedQuerySet.as_manager()

    class Meta(OwnedItem.Meta):
        constraints = [
            *OwnedItem.Meta.constraints,
            models.UniqueConstraint(name="shown_evidence_in_order", fields=["decision", "order"]),
            models.CheckConstraint(
                name="shown_evidence_exception_has_words",
                condition=Q(considered=True, exception_words="")
                | (Q(considered=False) & ~Q(exception_words="")),
            ),
        ]

    class Privacy:
        purpose = "So that a decision can be judged later by what was known when it was made"
        retention = "As the child"
        plain = {
            "id", "child", "decision", "order", "source", "source_title", "kind", "reference",
            "recorded_at", "audience", "named_agencies", "is_police_only", "at", "considered",
        }  # fmt: skip
        personal = {"owner", "recorded_by"}
        special = {"title", "text", "exception_words"}

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


@tracked()
class Dissent(OwnedItem):
    """Another agency of the case says that it sees the risk otherwise; the lead force answers."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="dissents")
    reference = models.CharField(max_length=20, unique=True)
    text = models.TextField()
    answer = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    objects = OwnedQuerySet.as_manager()

    class Meta(OwnedItem.Meta):
        constraints = [
            *OwnedItem.Meta.constraints,
            models.CheckConstraint(name="dissent_says_why", condition=~Q(text="")),
            models.CheckConstraint(
                name="dissent_answer_is_whole",
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
            ),
        ]

    class Privacy:
        purpose = "So that a child is not left at a level that those who know them think wrong"
        retention = "As the child"
        plain = {
            "id", "child", "decision", "reference", "recorded_at", "audience", "named_agencies",
            "is_police_only", "answered_at",
        }  # fmt: skip
        personal = {"owner", "recorded_by", "answered_by"}
        special = {"text", "answer"}

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> DissentState:
        """Return where it stands."""
        return dissent_state(answered_at=self.answered_at)
