"""Offers of an interview: when, how, to whom, and what became of each."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from cases.models import Child
from missingchildren.agencies.models import Agency, Membership
from missingchildren.audit.history import tracked
from returninterviews.models.interviews import Interview
from returninterviews.models.written_once import written_once


class PlaceKind(models.TextChoices):
    """What kind of place a child and an interviewer meet at; never an address."""

    HOME = "home", "Where the child lives"
    SCHOOL = "school", "School or college"
    YOUTH = "youth", "Youth centre or other neutral place"
    OUT = "out", "Out and about, such as a walk or a café"
    OFFICE = "office", "Our own rooms"
    CUSTODY = "custody", "Police station or custody"
    HOSPITAL = "hospital", "Hospital"
    PHONE = "phone", "By telephone or video"


@tracked()
class Offer(models.Model):
    """One offer of an interview to a child or to whoever looks after them; written once."""

    class To(models.TextChoices):
        """Who was asked."""

        CHILD = "child", "The child"
        CARER = "carer", "A parent or carer"

    class Channel(models.TextChoices):
        """How they were asked."""

        FACE_TO_FACE = "face_to_face", "Face to face"
        PHONE = "phone", "By telephone"
        MESSAGE = "message", "By message"
        LETTER = "letter", "By letter"
        THROUGH = "through", "Through somebody they know"

    class Result(models.TextChoices):
        """What became of it. That no offer was made is an outcome, and never stands here."""

        ACCEPTED = "accepted", "Yes, and a time is arranged"
        NOT_TODAY = "not_today", "Not now, ask again"
        DECLINED_BY_CHILD = "declined_by_child", "The child did not want it"
        DECLINED_BY_PARENT = "declined_by_parent", "A parent or carer did not want it"
        NO_CONTACT = "could_not_contact", "We could not reach them"

    child = models.ForeignKey(Child, models.CASCADE, related_name="interview_offers")
    interview = models.ForeignKey(Interview, models.CASCADE, related_name="offers")
    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    to = models.CharField(max_length=10, choices=To.choices)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    result = models.CharField(max_length=20, choices=Result.choices)
    arranged_for = models.DateTimeField(null=True)
    place_kind = models.CharField(max_length=10, choices=PlaceKind.choices, default="", blank=True)
    # Who the child would like to talk with, where, a woman or a man.
    wishes = models.TextField(default="", blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="offer_accepted_has_a_time",
                condition=Q(result="accepted", arranged_for__isnull=False)
                | (~Q(result="accepted") & Q(arranged_for=None)),
            ),
            models.CheckConstraint(
                name="offer_made_before_it_was_recorded",
                condition=Q(made_at__lte=models.F("recorded_at")),
            ),
        ]
        triggers = written_once()

    class Privacy:
        purpose = "To show that each child was asked, and how"
        retention = "As the child"
        plain = {"id", "child", "interview", "reference", "made_at", "recorded_at", "arranged_for"}
        personal = {"agency", "to", "channel", "result", "place_kind", "recorded_by"}
        special = {"wishes"}

    def __str__(self) -> str:
        return self.reference
