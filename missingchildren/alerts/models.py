"""Alerts, the deliveries that carry them, the log of every step, and the workers' heartbeats."""

from typing import ClassVar, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from missingchildren.alerts import rules
from missingchildren.alerts.rules import State

URGENCIES = [(urgency.value, urgency.word) for urgency in rules.Urgency]
CHANNELS = [(channel.value, channel.value) for channel in rules.ChannelName]
STATES = [(state.value, state.value) for state in State]


class AlertQuerySet(models.QuerySet["Alert"]):
    """Alerts by state."""

    def waiting(self) -> Self:
        """Return alerts that still ask somebody to answer."""
        return self.filter(acknowledged_at=None, ended_at=None)

    def settled(self) -> Self:
        """Return alerts that were answered, or that events overtook."""
        return self.exclude(acknowledged_at=None, ended_at=None)


# Only what people and later events change is kept twice; the rest of the row never changes.
@pghistory.track(
    pghistory.UpdateEvent(),
    model_name="AlertEvent",
    append_only=True,
    context_field=pghistory.ContextJSONField(),
    context_id_field=pghistory.ContextUUIDField(),
    fields=["acknowledged_at", "acknowledged_by", "ended_at", "ended_reason"],
)
class Alert(models.Model):
    """One event that one agency, or one of its units, must know of.

    It carries references only: what happened to whom is behind sign-in and a live check.
    """

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=60)
    event = models.CharField(max_length=100)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    child_id = models.BigIntegerField(null=True)
    subject_reference = models.CharField(max_length=20)
    urgency = models.SmallIntegerField(choices=URGENCIES)
    raised_at = models.DateTimeField()
    act_id = models.UUIDField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.ForeignKey(
        "agencies.Membership", models.PROTECT, null=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.CharField(max_length=60, default="")

    objects = AlertQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="alert_once_per_event_and_recipient",
                fields=["event", "kind", "agency", "unit"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="alert_acknowledgement_has_time_and_author",
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
            ),
            models.CheckConstraint(
                name="alert_end_has_time_and_reason",
                condition=Q(ended_at__isnull=True, ended_reason="")
                | Q(ended_at__isnull=False) & ~Q(ended_reason=""),
            ),
        ]
        indexes = [
            models.Index(
                "agency",
                F("urgency").desc(),
                F("raised_at").desc(),
                F("id").desc(),
                name="alert_waiting",
                condition=Q(acknowledged_at__isnull=True, ended_at__isnull=True),
            ),
            models.Index(
                "agency", F("raised_at").desc(), F("id").desc(), name="alert_by_agency_and_age"
            ),
            models.Index(
                fields=["child_id", "raised_at"],
                name="alert_by_child",
                condition=Q(child_id__isnull=False),
            ),
            models.Index(fields=["subject_reference"], name="alert_by_subject"),
        ]
        triggers = [pgtrigger.Protect(name="keep_alerts", operation=pgtrigger.Delete)]

    class Privacy:
        purpose = "The right agency is told in time, and it is known who answered"
        retention = "As long as the record it speaks of"
        plain = {
            "id", "reference", "kind", "event", "agency", "unit", "urgency", "raised_at", "act_id",
            "acknowledged_at", "ended_at", "ended_reason",
        }  # fmt: skip
        personal = {"child_id", "subject_reference", "acknowledged_by"}

    def __str__(self) -> str:
        return f"{self.reference} {self.kind}"

    @property
    def is_settled(self) -> bool:
        """Return whether nobody needs to answer any more."""
        return self.acknowledged_at is not None or self.ended_at is not None

    @property
    def urgency_word(self) -> str:
        """Return the urgency as pages, messages and the API say it."""
        return rules.Urgency(self.urgency).word


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries by state."""

    def unsent(self) -> Self:
        """Return what is still to be sent, or is being sent."""
        return self.filter(state__in=[State.QUEUED.value, State.SENDING.value])

    def overdue(self) -> Self:
        """Return what should have been sent by now, by the database's clock."""
        return self.unsent().filter(due_at__lte=Now())

    def given_up(self) -> Self:
        """Return what a person must look at: dead letters and parked ones."""
        return self.filter(state__in=[State.DEAD.value, State.PARKED.value])


class Delivery(models.Model):
    """One alert on its way through one channel to one recipient."""

    alert = models.ForeignKey(Alert, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=CHANNELS)
    contact = models.ForeignKey("agencies.DutyContact", models.PROTECT, null=True, related_name="+")
    # Step of the escalation ladder; the first recipients stand on 0.
    rung = models.PositiveSmallIntegerField(default=0)
    idem_key = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=12, choices=STATES)
    urgency = models.SmallIntegerField(choices=URGENCIES)
    queued_at = models.DateTimeField()
    due_at = models.DateTimeField()
    locked_until = models.DateTimeField(null=True)
    locked_by = models.CharField(max_length=100, default="")
    lease = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    raise_count = models.PositiveSmallIntegerField(default=0)
    last_reason = models.CharField(max_length=40, default="")
    provider_reference = models.CharField(max_length=200, default="")
    accepted_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delivery_is_leased_while_sending",
                condition=Q(
                    state=State.SENDING.value, lease__isnull=False, locked_until__isnull=False
                )
                | ~Q(state=State.SENDING.value)
                & Q(lease__isnull=True, locked_until__isnull=True, locked_by=""),
            ),
            models.CheckConstraint(
                name="delivery_acceptance_has_time",
                condition=~Q(state__in=[State.ACCEPTED.value, State.DELIVERED.value])
                | Q(accepted_at__isnull=False),
            ),
        ]
        indexes = [
            # The claim reads this from its start: most urgent first, then longest due.
            models.Index(
                F("urgency").desc(),
                F("due_at"),
                F("id"),
                name="delivery_to_send",
                condition=Q(state__in=[State.QUEUED.value, State.SENDING.value]),
            ),
            models.Index(
                fields=["due_at"],
                name="delivery_oldest_unsent",
                condition=Q(state__in=[State.QUEUED.value, State.SENDING.value]),
            ),
            models.Index(
                fields=["queued_at"],
                name="delivery_given_up",
                condition=Q(state__in=[State.DEAD.value, State.PARKED.value]),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="keep_deliveries", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="only_written_transitions",
                field="state",
                transitions=sorted(
                    (old.value, new.value)
                    for old, targets in rules.TRANSITIONS.items()
                    for new in targets
                ),
            ),
        ]

    class Privacy:
        purpose = "Nothing that must be sent is lost, and what was sent can be shown"
        retention = "As long as the alert"
        plain = {
            "id", "alert", "channel", "rung", "idem_key", "state", "urgency", "queued_at", "due_at",
            "locked_until", "locked_by", "lease", "attempts", "raise_count", "last_reason",
            "provider_reference", "accepted_at",
        }  # fmt: skip
        personal = {"contact"}

    def __str__(self) -> str:
        return f"{self.channel} {self.state} {self.idem_key}"


class Transition(models.Model):
    """One step of one delivery, written with the step itself and never changed."""

    append_only: ClassVar = True

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="transitions")
    # Empty for the row that says how the delivery began.
    from_state = models.CharField(max_length=12, default="")
    to_state = models.CharField(max_length=12)
    at = models.DateTimeField(db_default=Now())
    worker = models.CharField(max_length=100, default="")
    reason = models.CharField(max_length=40, default="")

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    class Privacy:
        purpose = "Every step of a delivery can be proved"
        retention = "As long as the alert"
        plain = {"id", "delivery", "from_state", "to_state", "at", "worker", "reason"}

    def __str__(self) -> str:
        return f"{self.from_state or 'new'} → {self.to_state}"


class Heartbeat(models.Model):
    """The last time one worker proved that it can reach the outbox."""

    worker = models.CharField(max_length=100, primary_key=True)
    at = models.DateTimeField()

    class Privacy:
        purpose = "A worker that hangs is noticed"
        retention = "One row per worker, overwritten"
        plain = {"worker", "at"}

    def __str__(self) -> str:
        return f"{self.worker} at {self.at}"
