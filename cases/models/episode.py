"""What happened: missing episodes, reports of them, updates, and places."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateTimeRangeField,
    RangeBoundary,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce

from cases.rules import AUDIENCE_KINDS, Audience, EpisodeState, episode_state
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.audit.history import tracked
from missingchildren.core.clock import Precision
from missingchildren.core.fields import EncryptedTextField

if TYPE_CHECKING:
    from missingchildren.agencies.acts import Act
    from missingchildren.core.prepared import Parameter

PRECISIONS = [(precision.value, precision.value) for precision in Precision]


class MissingEpisodeQuerySet(models.QuerySet["MissingEpisode"]):
    """Missing episodes by state."""

    def open(self) -> MissingEpisodeQuerySet:
        """Return episodes in which the child is still missing: neither located nor withdrawn.

        A statistical end does not close an episode here.
        """
        return self.filter(located_at=None, returned_at=None, withdrawn_at=None)

    def unfinished(self) -> MissingEpisodeQuerySet:
        """Return episodes whose child is not back: missing, or located and not home yet."""
        return self.filter(returned_at=None, withdrawn_at=None)


@tracked()
class MissingEpisode(models.Model):
    """One period in which a child's whereabouts were not known, or in which they were away."""

    class Kind(models.TextChoices):
        """How social care counts it (SSDA903; domain.md 1.1)."""

        MISSING = "M", "Missing"
        AWAY = "A", "Away from placement without authorisation"

    class StatisticalEnd(models.TextChoices):
        """Why a period ends in the statistics while the child may still be missing."""

        PLACEMENT_ENDED = "placement_ended", "The placement ended (rule 575)"
        CARE_ENDED = "care_ended", "No longer looked after (rule 577)"
        EIGHTEEN = "eighteen", "Eighteenth birthday (rule 580)"

    class NotHome(models.TextChoices):
        """Why a child who was located is not home yet."""

        HOSPITAL = "hospital", "In hospital"
        CUSTODY = "custody", "In custody"
        REFUSES = "refuses", "Will not go back"
        ON_THE_WAY = "on_the_way", "On the way"
        OTHER = "other", "Another reason"

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="episodes")
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=1, choices=Kind.choices, default=Kind.MISSING)
    started_at = models.DateTimeField()
    started_precision = models.CharField(max_length=10, choices=PRECISIONS, default="exact")
    last_seen_at = models.DateTimeField()
    last_seen_precision = models.CharField(max_length=10, choices=PRECISIONS, default="exact")
    reported_at = models.DateTimeField()
    whereabouts_known = models.BooleanField(default=False)
    located_at = models.DateTimeField(null=True)
    located_precision = models.CharField(max_length=10, choices=PRECISIONS, default="exact")
    located_recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    not_home_because = models.CharField(
        max_length=20, choices=NotHome.choices, default="", blank=True
    )
    not_home_words = models.CharField(max_length=500, default="", blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_precision = models.CharField(max_length=10, choices=PRECISIONS, default="exact")
    return_recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    statistical_end_at = models.DateTimeField(null=True)
    statistical_end = models.CharField(
        max_length=20, choices=StatisticalEnd.choices, default="", blank=True
    )
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    # Why a manager closed it although something was not settled, "" where all was.
    closed_reason = models.CharField(max_length=500, default="", blank=True)
    lead_force = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    police_reference = models.CharField(max_length=40, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = MissingEpisodeQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            ExclusionConstraint(
                name="episodes_of_a_child_do_not_overlap",
                expressions=[
                    ("child", RangeOperators.EQUAL),
                    (
                        Func(
                            F("started_at"),
                            Coalesce(F("located_at"), F("returned_at")),
                            RangeBoundary(),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="episode_times_in_order",
                condition=Q(reported_at__gte=F("started_at"))
                & (Q(located_at=None) | Q(located_at__gte=F("started_at")))
                & (Q(returned_at=None) | Q(returned_at__gte=F("started_at")))
                & (Q(located_at=None) | Q(returned_at=None) | Q(returned_at__gte=F("located_at"))),
            ),
            models.CheckConstraint(
                name="episode_acceptance_has_time_author_and_reference",
                condition=Q(accepted_at=None, accepted_by=None, police_reference="")
                | (
                    Q(accepted_at__isnull=False, accepted_by__isnull=False)
                    & ~Q(police_reference="")
                ),
            ),
            models.CheckConstraint(
                name="episode_return_has_time_and_author",
                condition=Q(returned_at=None, return_recorded_by=None)
                | Q(returned_at__isnull=False, return_recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="episode_withdrawal_has_time_and_author",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
            models.CheckConstraint(
                name="episode_statistical_end_has_time_and_reason",
                condition=Q(statistical_end_at=None, statistical_end="")
                | (Q(statistical_end_at__isnull=False) & ~Q(statistical_end="")),
            ),
            models.CheckConstraint(
                name="episode_closes_after_return",
                condition=Q(closed_at=None) | Q(returned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="episode_closing_has_time_and_author",
                condition=Q(closed_at=None, closed_by=None, closed_reason="")
                | Q(closed_at__isnull=False, closed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="episode_not_home_only_when_located",
                condition=Q(not_home_because="", not_home_words="")
                | (Q(located_at__isnull=False) & ~Q(not_home_because="")),
            ),
        ]
        indexes = [
            models.Index("child", F("started_at").desc(), F("id").desc(), name="episode_by_child")
        ]

    class Privacy:
        purpose = "To find the child, and to learn from each time"
        retention = "As the child"
        plain = {"id", "child", "reference", "version"}
        personal = {
            "kind", "started_at", "started_precision", "last_seen_at", "last_seen_precision",
            "reported_at", "whereabouts_known", "located_at", "located_precision", "returned_at",
            "returned_precision", "return_recorded_by", "statistical_end_at", "statistical_end",
            "withdrawn_at", "withdrawn_by", "closed_at", "lead_force", "accepted_at",
            "accepted_by", "police_reference", "located_recorded_by", "closed_by",
            "closed_reason",
        }  # fmt: skip
        special = {"not_home_because", "not_home_words"}

    def __str__(self) -> str:
        return self.reference

    @property
    def state(self) -> EpisodeState:
        """Return where the episode stands, derived from its times."""
        return episode_state(
            accepted_at=self.accepted_at,
            located_at=self.located_at,
            returned_at=self.returned_at,
            closed_at=self.closed_at,
            withdrawn_at=self.withdrawn_at,
        )


class OwnedQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Items of information that an agency owns and others may read."""

    def readable_by(self, act: Act, *, sees_others: bool) -> OwnedQuerySet:
        """Return what the acting agency may read of these items: the one audience predicate.

        `sees_others` is whether a live part opens what others wrote about this child
        (`Right.RISK`); without it an agency reads only its own items.
        """
        return self.readable_to(act.agency_id, act.agency_kind, sees_others=sees_others)

    def readable_to(
        self, agency_id: int | Parameter | None, kind: str | None, *, sees_others: bool
    ) -> OwnedQuerySet:
        """Return the same for an agency of a kind, also inside a prepared query."""
        own = Q(owner_id=agency_id)
        if not sees_others or kind is None:
            return self.filter(own)
        admitted = [audience.value for audience, kinds in AUDIENCE_KINDS.items() if kind in kinds]
        named = Q(audience=Audience.NAMED, named_agencies__contains=[agency_id])
        return self.filter(own | Q(audience__in=admitted) | named)


class OwnedItem(models.Model):
    """One item of information, owned by an agency, with an audience."""

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="%(class)ss")
    owner = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    audience = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Audience])
    named_agencies = ArrayField(models.BigIntegerField(), default=list, blank=True)
    is_police_only = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        abstract = True
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="%(class)s_police_only_is_own",
                condition=Q(is_police_only=False) | Q(audience="own"),
            ),
            models.CheckConstraint(
                name="%(class)s_names_agencies_only_when_named",
                condition=Q(audience="named") | Q(named_agencies=[]),
            ),
        ]


@tracked()
class Report(OwnedItem):
    """One report that a child is missing: what its reporter said, and what the reporter learns."""

    episode = models.ForeignKey(MissingEpisode, models.CASCADE, related_name="reports")
    reference = models.CharField(max_length=20, unique=True)
    # The child's name as the reporter gave it: all that a receipt shows of who the child is.
    name_given = models.CharField(max_length=210)
    told_force = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    told_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    why_worried = models.TextField()
    done_so_far = models.TextField(blank=True)
    contact_name = models.CharField(max_length=100)
    contact_phone = EncryptedTextField()
    opens_record = models.BooleanField(default=False)

    objects = OwnedQuerySet.as_manager()

    class Privacy:
        purpose = "To begin the search with what the reporter knows"
        retention = "As the child"
        plain = {
            "id", "child", "episode", "reference", "recorded_at", "audience", "named_agencies",
            "is_police_only", "opens_record",
        }  # fmt: skip
        personal = {
            "owner", "recorded_by", "name_given", "told_force", "told_unit", "contact_name",
            "contact_phone",
        }  # fmt: skip
        special = {"why_worried", "done_so_far"}

    def __str__(self) -> str:
        return self.reference


@tracked()
class Update(OwnedItem):
    """One thing that somebody learned or did while a child was missing."""

    class Kind(models.TextChoices):
        """What it is."""

        SIGHTING = "sighting", "Sighting"
        INFORMATION = "information", "Information"
        CONTACT = "contact", "Contact with the child"
        ENQUIRY = "enquiry", "Enquiry made"
        CALL = "call", "Telephone call"

    episode = models.ForeignKey(MissingEpisode, models.CASCADE, related_name="updates")
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    text = models.TextField()
    happened_at = models.DateTimeField()
    happened_precision = models.CharField(max_length=10, choices=PRECISIONS, default="exact")

    objects = OwnedQuerySet.as_manager()

    class Privacy:
        purpose = "To find the child"
        retention = "As the child"
        plain = {
            "id", "child", "episode", "reference", "kind", "recorded_at", "audience",
            "named_agencies", "is_police_only", "happened_at", "happened_precision",
        }  # fmt: skip
        personal = {"owner", "recorded_by"}
        special = {"text"}

    def __str__(self) -> str:
        return self.reference


@tracked(exclude=["place"])
class Location(OwnedItem):
    """One place connected with a child: its own table, its own right, its own reveal and log line."""

    class Kind(models.TextChoices):
        """What happened or happens there."""

        LAST_SEEN = "last_seen", "Last seen"
        LIVES = "lives", "Lives at"
        SIGHTING = "sighting", "Sighting"
        FOUND = "found", "Found"

    episode = models.ForeignKey(MissingEpisode, models.CASCADE, null=True, related_name="locations")
    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    place = EncryptedTextField()
    authority_code = models.CharField(max_length=9, default="", blank=True)
    force_code = models.CharField(max_length=9, default="", blank=True)
    at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = OwnedQuerySet.as_manager()

    class Privacy:
        purpose = "To search in the right place and to protect the child at home"
        retention = "As the child"
        plain = {
            "id", "child", "episode", "reference", "kind", "recorded_at", "audience",
            "named_agencies", "is_police_only", "at", "ended_at",
        }  # fmt: skip
        personal = {"owner", "recorded_by"}
        location = {"place", "authority_code", "force_code"}

    def __str__(self) -> str:
        return self.reference


@tracked()
class PoliceNote(OwnedItem):
    """One text that only the force that wrote it reads, beside what partners can read.

    `subject_reference` is what it belongs to: a decision on the risk, a prevention interview.
    """

    episode = models.ForeignKey(
        MissingEpisode, models.CASCADE, null=True, related_name="police_notes"
    )
    reference = models.CharField(max_length=20, unique=True)
    subject_reference = models.CharField(max_length=20)
    text = models.TextField()

    objects = OwnedQuerySet.as_manager()

    class Meta(OwnedItem.Meta):
        constraints = [
            *OwnedItem.Meta.constraints,
            models.CheckConstraint(
                name="police_note_is_police_only", condition=Q(is_police_only=True)
            ),
        ]
        indexes = [models.Index(name="police_note_by_subject", fields=["subject_reference"])]

    class Privacy:
        purpose = "To keep what would harm the child or a source from those who need not have it"
        retention = "As the child"
        plain = {
            "id", "child", "episode", "reference", "subject_reference", "recorded_at", "audience",
            "named_agencies", "is_police_only",
        }  # fmt: skip
        personal = {"owner", "recorded_by"}
        special = {"text"}

    def __str__(self) -> str:
        return self.reference


@tracked()
class PreventionInterview(OwnedItem):
    """The police's talk with a child who was found, or why there was none. It is no return home interview."""

    class How(models.TextChoices):
        """How an officer spoke with the child."""

        FACE_TO_FACE = "face_to_face", "Face to face"
        PHONE = "phone", "By telephone"
        NOT_HELD = "not_held", "Not held"

    episode = models.OneToOneField(
        MissingEpisode, models.CASCADE, related_name="prevention_interview"
    )
    reference = models.CharField(max_length=20, unique=True)
    how = models.CharField(max_length=20, choices=How.choices)
    held_at = models.DateTimeField(null=True)
    # What was learned, or why it was not held.
    text = models.TextField()

    objects = OwnedQuerySet.as_manager()

    class Meta(OwnedItem.Meta):
        constraints = [
            *OwnedItem.Meta.constraints,
            models.CheckConstraint(
                name="prevention_interview_held_has_time",
                condition=Q(how="not_held", held_at=None)
                | (~Q(how="not_held") & Q(held_at__isnull=False)),
            ),
        ]

    class Privacy:
        purpose = "To protect the child at once, and to learn for the next time"
        retention = "As the child"
        plain = {
            "id", "child", "episode", "reference", "recorded_at", "audience", "named_agencies",
            "is_police_only", "held_at",
        }  # fmt: skip
        personal = {"owner", "recorded_by", "how"}
        special = {"text"}

    def __str__(self) -> str:
        return self.reference
