"""Who may see a child: grants, the permission rows kept from them, and what closes a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pgtrigger
from django.contrib.auth.models import Permission
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from guardian.models import GroupObjectPermissionBase

from cases.rules import CASE_ROLES, Part, Right
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.audit.history import tracked
from missingchildren.core.fields import EncryptedTextField

if TYPE_CHECKING:
    from datetime import datetime

    from missingchildren.agencies.acts import Act
    from missingchildren.core.prepared import Parameter


class GrantQuerySet(models.QuerySet["Grant"]):
    """Grants, by whether they hold."""

    def live(self, now: datetime | Parameter) -> GrantQuerySet:
        """Return the grants that hold at `now`: begun, not ended, not expired."""
        return self.filter(ended_at=None, starts_at__lte=now).filter(
            Q(ends_at=None) | Q(ends_at__gt=now)
        )


@tracked()
class Grant(models.Model):
    """One reason why an agency sees one part of a child's record, from when until when.

    Several live grants of one agency and child are normal; `ChildPermission` is their union.
    """

    class Basis(models.TextChoices):
        """What made the grant."""

        REPORT = "report", "A report that the child is missing"
        LEAD = "lead", "Leads the search"
        RESPONSIBILITY = "responsibility", "Is responsible for the child"
        PLACEMENT = "placement", "The child lives there"
        REFERRAL = "referral", "A referral"
        QUESTION = "question", "Was asked a question"
        PERSON = "person", "A person decided to share"

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="grants")
    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    part = models.CharField(max_length=40, choices=[(part.value, part.value) for part in Part])
    # The rights the part opened when the grant was made; the table may change, the grant does not.
    opens = ArrayField(models.CharField(max_length=20))
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    basis = models.CharField(max_length=20, choices=Basis.choices)
    reason = models.CharField(max_length=500, default="", blank=True)
    source = models.CharField(max_length=40, default="", blank=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    ended_reason = models.CharField(max_length=500, default="", blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="grant_ends_after_start",
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="grant_by_a_person_has_reason_and_author",
                condition=~Q(basis="person") | (~Q(reason="") & Q(made_by__isnull=False)),
            ),
            models.UniqueConstraint(
                name="grant_once_per_fact",
                fields=["child", "agency", "part", "source"],
                condition=Q(ended_at=None) & ~Q(source=""),
            ),
        ]
        indexes = [models.Index(name="grant_by_child_agency", fields=["child", "agency"])]

    class Privacy:
        purpose = "Who sees what, since when and why"
        retention = "As the child"
        plain = {
            "id", "child", "reference", "part", "opens", "starts_at", "ends_at", "basis", "source",
            "made_at", "ended_at",
        }  # fmt: skip
        personal = {
            "agency", "unit", "reason", "made_by", "ended_by", "ended_reason",
        }  # fmt: skip

    def __str__(self) -> str:
        return f"{self.part} ({self.reference})"


class ChildPermissionQuerySet(models.QuerySet["ChildPermission"]):
    """Permission rows; always asked for one agency's group, one right and one moment."""

    def live(self, *, act: Act, right: Right | str) -> ChildPermissionQuerySet:
        """Return the rows that give the acting agency `right` at `act.now`.

        None for a person whose roles read no case.
        """
        if not act.roles & CASE_ROLES:
            return self.none()
        return self.opening(act.now, right).filter(group=act.own_agency.group_id)

    def opening(self, now: datetime, right: Right | str = Right.CHILD) -> ChildPermissionQuerySet:
        """Return the rows that give somebody's agency `right` at `now`; the first opens the child."""
        return self.filter(permission_id=permission_id(right), valid_until__gt=now)


class ChildPermission(GroupObjectPermissionBase):
    """One right of one agency's group to one child: django-guardian's row, with list keys.

    `sort_at`, `missing_since`, `is_restricted` and `valid_until` are filled by triggers from the
    child and from the live grants, so that rows made by guardian's own functions carry them too. Written only by
    `cases.services.sharing.recompute`.
    """

    content_object = models.ForeignKey(
        "cases.Child", models.CASCADE, related_name="permission_rows"
    )
    sort_at = models.DateTimeField(null=True)
    missing_since = models.DateTimeField(null=True)
    is_restricted = models.BooleanField(default=False, db_default=False)
    valid_until = models.DateTimeField(null=True)

    listed = ChildPermissionQuerySet.as_manager()

    class Meta(GroupObjectPermissionBase.Meta):
        default_permissions = ()
        indexes = [
            models.Index(
                "group",
                "permission",
                F("sort_at").desc(),
                F("content_object").desc(),
                include=["valid_until", "is_restricted"],
                name="permission_list",
            ),
            models.Index(
                "group",
                "permission",
                F("missing_since").desc(),
                F("content_object").desc(),
                include=["valid_until", "is_restricted"],
                condition=Q(missing_since__isnull=False),
                name="permission_missing_now",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="fill_list_keys",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("valid_until"),  # type: ignore[no-untyped-call]
                when=pgtrigger.Before,
                func="""
                    SELECT c.listed_at, c.missing_since, c.is_restricted
                      INTO NEW.sort_at, NEW.missing_since, NEW.is_restricted
                      FROM cases_child c WHERE c.id = NEW.content_object_id;
                    SELECT coalesce(max(coalesce(g.ends_at, 'infinity')), '-infinity')
                      INTO NEW.valid_until
                      FROM cases_grant g
                      JOIN agencies_agency a ON a.id = g.agency_id
                      JOIN auth_permission p ON p.id = NEW.permission_id
                     WHERE g.child_id = NEW.content_object_id
                       AND a.group_id = NEW.group_id
                       AND g.ended_at IS NULL AND g.starts_at <= now()
                       AND g.opens @> ARRAY[p.codename::varchar];
                    RETURN NEW;
                """,
            )
        ]

    class Privacy:
        purpose = "Decides every look at a child"
        retention = "As long as the grants it is kept from"
        plain = {"id", "permission", "content_object", "sort_at", "valid_until"}
        personal = {"group", "missing_since", "is_restricted"}

    def __str__(self) -> str:
        return f"{self.permission_id} of group {self.group_id}"


class ClosingQuerySet(models.QuerySet):  # type: ignore[type-arg]
    """Rows that hold between two times."""

    def live(self, now: datetime | Parameter) -> ClosingQuerySet:
        """Return what holds at `now`."""
        return self.filter(starts_at__lte=now).filter(Q(ends_at=None) | Q(ends_at__gt=now))


@tracked()
class KeepFrom(models.Model):
    """One person or agency who may be the source of harm, and to whom the record is closed."""

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="kept_from")
    agency = models.ForeignKey(Agency, models.PROTECT, null=True, related_name="+")
    user = models.ForeignKey("agencies.User", models.PROTECT, null=True, related_name="+")
    reason = EncryptedTextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    objects = ClosingQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                name="keep_from_one_person_or_agency",
                condition=Q(agency__isnull=False, user=None) | Q(agency=None, user__isnull=False),
            )
        ]

    class Privacy:
        purpose = "To keep a record from a possible source of harm"
        retention = "As the child"
        plain = {"id", "child", "starts_at", "ends_at"}
        special = {"reason", "agency", "user", "made_by"}

    def __str__(self) -> str:
        return "kept from a person" if self.user_id else "kept from an agency"


@tracked()
class NamedReader(models.Model):
    """One person who may open a restricted record (a child of staff, a child who has died)."""

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="named_readers")
    user = models.ForeignKey("agencies.User", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    objects = ClosingQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    class Privacy:
        purpose = "To close a record to all but those named"
        retention = "As the child"
        plain = {"id", "child", "starts_at", "ends_at"}
        personal = {"user", "made_by"}

    def __str__(self) -> str:
        return "named reader"


@tracked()
class SharingDecision(models.Model):
    """One decision not to share a child's record with an agency, with its reason."""

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="sharing_decisions")
    reference = models.CharField(max_length=20, unique=True)
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    review_on = models.DateField()

    class Meta:
        default_permissions = ()

    class Privacy:
        purpose = "Decisions not to share are as accountable as decisions to share"
        retention = "As the child"
        plain = {"id", "child", "reference", "decided_at", "review_on"}
        personal = {"agency", "reason", "decided_by"}

    def __str__(self) -> str:
        return self.reference


class AllocationQuerySet(models.QuerySet["Allocation"]):
    """Allocated work."""

    def live(self, now: datetime) -> AllocationQuerySet:
        """Return what holds at `now`."""
        return self.filter(starts_at__lte=now).filter(Q(ends_at=None) | Q(ends_at__gt=now))


@tracked()
class Allocation(models.Model):
    """One person's work with one child: opens the record without a question."""

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="allocations")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)

    objects = AllocationQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                name="allocated_once", fields=["child", "membership"], condition=Q(ends_at=None)
            )
        ]

    class Privacy:
        purpose = "Whose work the child is"
        retention = "As the child"
        plain = {"id", "child", "starts_at", "ends_at"}
        personal = {"membership"}

    def __str__(self) -> str:
        return "allocated work"


@tracked()
class Opening(models.Model):
    """One answer to "Why are you opening this?", which opens the record for a while."""

    class Reason(models.TextChoices):
        """Why somebody opens a record outside their own unit and work."""

        DUTY = "duty", "I am on duty for it"
        COVERING = "covering", "I am covering for a colleague"
        ASKED = "asked", "Somebody asked me to"
        OTHER = "other", "Another reason"

    child = models.ForeignKey("cases.Child", models.CASCADE, related_name="openings")
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    detail = models.CharField(max_length=200, default="", blank=True)
    at = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(name="opening_by_person", fields=["child", "membership", "until"])]

    class Privacy:
        purpose = "Proof of need for each look outside one's own work"
        retention = "As the act log"
        plain = {"id", "child", "at", "until"}
        personal = {"membership", "reason", "detail"}

    def __str__(self) -> str:
        return f"opened: {self.reason}"


_permission_ids: dict[str, int] = {}


def permission_id(right: Right | str) -> int:
    """Return the key of the auth permission behind a right, read once per process."""
    if right not in _permission_ids:
        _permission_ids.update(
            Permission.objects.filter(content_type__app_label="cases").values_list("codename", "pk")
        )
    return _permission_ids[right]
