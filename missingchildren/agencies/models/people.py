"""Agencies, their units and protocols, and the people who act for them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, ClassVar

import pgtrigger
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    DateRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower

from missingchildren.agencies.models.areas import Area
from missingchildren.audit.history import tracked
from missingchildren.core.calendar import Nation
from missingchildren.core.fields import EncryptedTextField
from missingchildren.core.references import new_reference


class AgencyKind(models.TextChoices):
    """What an agency is."""

    FORCE = "force", "Police force"
    COUNCIL = "council", "Council"
    HEALTH = "health", "Health"
    SCHOOL = "school", "School"
    CHILDRENS_HOME = "childrens_home", "Children's home"
    FOSTERING_AGENCY = "fostering_agency", "Fostering agency"
    SUPPORTED_ACCOMMODATION = "supported_accommodation", "Supported accommodation"
    CHARITY = "charity", "Charity"


class Role(models.TextChoices):
    """What a member does for an agency."""

    PRACTITIONER = "practitioner", "Practitioner"
    CONTROL_ROOM = "control_room", "Control room"
    SUPERVISOR = "supervisor", "Supervisor"
    MANAGER = "manager", "Manager"
    NOMINATED_OFFICER = "nominated_officer", "Nominated officer"
    DIRECTOR = "director", "Director"
    ADMINISTRATOR = "administrator", "Administrator"
    PRIVACY_OFFICER = "privacy_officer", "Privacy officer"


class UnitKind(models.TextChoices):
    """What a unit is for; the first three answer for the agency."""

    DUTY_DESK = "duty_desk", "Duty desk"
    EDT = "edt", "Emergency duty team"
    FRONT_DOOR = "front_door", "Front door"
    TEAM = "team", "Team"


class ContactChannel(models.TextChoices):
    """How a duty contact is reached."""

    EMAIL = "email", "Email"
    PHONE = "phone", "Telephone"


def new_agency_reference() -> str:
    """Return a reference for an agency."""
    return new_reference("AG")


def new_unit_reference() -> str:
    """Return a reference for a unit."""
    return new_reference("UN")


def new_membership_reference() -> str:
    """Return a reference for a membership."""
    return new_reference("MB")


def new_invitation_reference() -> str:
    """Return a reference for an invitation, which does not open it."""
    return new_reference("IN")


def nation_field() -> models.CharField[str, str]:
    """Return the field that says whose law and bank holidays apply."""
    return models.CharField(
        max_length=20, choices=[(nation.value, nation.value) for nation in Nation]
    )


def roles_field() -> ArrayField[Any, Any]:
    """Return the field that holds one member's roles."""
    return ArrayField(models.CharField(max_length=20, choices=Role.choices))


def has_known_roles(*, name: str) -> models.CheckConstraint:
    """Return the constraint that roles are some, and all known."""
    return models.CheckConstraint(
        name=name, condition=Q(roles__len__gte=1, roles__contained_by=list(Role.values))
    )


def ends_after_it_starts(*, name: str) -> models.CheckConstraint:
    """Return the constraint that a dated row does not end before it starts."""
    return models.CheckConstraint(
        name=name, condition=Q(ends_at=None) | Q(ends_at__gte=F("starts_at"))
    )


def period() -> Func:
    """Return the half-open period of a row dated by instants."""
    return Func("starts_at", "ends_at", function="TSTZRANGE", output_field=DateTimeRangeField())


def days() -> Func:
    """Return the half-open period of a row dated by days."""
    return Func("valid_from", "valid_to", function="DATERANGE", output_field=DateRangeField())


def live(at: datetime | models.Expression, *, prefix: str = "") -> Q:
    """Return the condition that a row dated by instants holds at `at`."""
    return Q(**{f"{prefix}starts_at__lte": at}) & (
        Q(**{f"{prefix}ends_at": None}) | Q(**{f"{prefix}ends_at__gt": at})
    )


class UserManager(BaseUserManager["User"]):
    """Finds and makes people by their e-mail address, which is kept in lower case."""

    def get_by_natural_key(self, username: str | None) -> User:
        """Return the person with this address, however it is capitalised."""
        return self.get(email=(username or "").strip().lower())

    def create_user(
        self,
        *,
        email: str,
        full_name: str,
        password: str | None,
        created_at: datetime,
        job_title: str = "",
    ) -> User:
        """Make a person who can sign in, or cannot yet if there is no password."""
        user = self.model(
            email=email.strip().lower(),
            full_name=full_name,
            job_title=job_title,
            created_at=created_at,
        )
        user.set_password(password)
        user.save(using=self._db)
        return user


@tracked(exclude=["password", "last_login"])
class User(AbstractBaseUser):
    """A person who signs in.

    There is no superuser, no staff flag and no permission of one's own: a person may
    do what their membership of the agency they act for allows, and nothing else. There are no
    `groups` either: django-guardian is asked for the acting agency's group, never for a person.
    """

    email = models.EmailField("email address", max_length=254, unique=True)
    full_name = models.CharField(max_length=150)
    job_title = models.CharField(max_length=100, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="user_email_is_lower_case", condition=Q(email=Lower("email"))
            ),
        ]

    class Privacy:
        purpose = "To know who signs in, and who did what."
        retention = "Kept while the act log that names the person is kept."
        plain = {"id", "is_active", "created_at"}
        personal = {"email", "full_name", "job_title"}
        security = {"password", "last_login"}

    def __str__(self) -> str:
        return self.full_name


class AgencyQuerySet(models.QuerySet["Agency"]):
    """Agencies."""

    def active(self) -> AgencyQuerySet:
        """Return agencies that take part."""
        return self.filter(is_active=True)


@tracked()
class Agency(models.Model):
    """An organisation that helps to find or protect missing children.

    Its group is made with it, never shared and never replaced: what django-guardian
    grants to the group is what the agency may read.
    """

    reference = models.CharField(max_length=20, unique=True, default=new_agency_reference)
    name = models.CharField(max_length=150)
    short_name = models.CharField(max_length=60)
    kind = models.CharField(max_length=30, choices=AgencyKind.choices)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="agency")
    nation = nation_field()
    is_active = models.BooleanField(default=True)
    always_open = models.BooleanField(default=False)
    # Days as datetime.weekday(); empty with no times means that the hours are not known.
    opening_days = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    # Empty allows any domain, for the first administrator's invitation.
    mail_domains = ArrayField(models.CharField(max_length=253), default=list, blank=True)
    created_at = models.DateTimeField()

    objects = AgencyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("name"), name="agency_name_is_unique"),
            models.CheckConstraint(
                name="agency_hours_are_whole",
                condition=Q(opens_at=None, closes_at=None, opening_days=[])
                | Q(
                    always_open=False,
                    opens_at__isnull=False,
                    closes_at__gt=F("opens_at"),
                    opening_days__contained_by=list(range(7)),
                    opening_days__len__gte=1,
                ),
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(name="agency_group_is_fixed", fields=["group", "reference", "kind"])
        ]

    class Privacy:
        purpose = "To know which organisations take part, and when they answer."
        retention = "Kept for as long as any record names the agency."
        plain = {
            "id",
            "reference",
            "name",
            "short_name",
            "kind",
            "group",
            "nation",
            "is_active",
            "always_open",
            "opening_days",
            "opens_at",
            "closes_at",
            "mail_domains",
            "created_at",
        }

    def __str__(self) -> str:
        return self.name


class AgencyAreaQuerySet(models.QuerySet["AgencyArea"]):
    """Areas served."""

    def on(self, day: date) -> AgencyAreaQuerySet:
        """Return what holds on a day."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


@tracked()
class AgencyArea(models.Model):
    """A period in which an agency serves an area.

    `valid_to` is the first day it no longer does. A statutory area is the one a
    council or a force answers for by law: an area has one such agency at a time.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agency_areas")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="agency_areas")
    is_statutory = models.BooleanField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = AgencyAreaQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="agency_area_ends_after_it_starts",
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
            ),
            ExclusionConstraint(
                name="agency_area_once_at_a_time",
                expressions=[
                    ("agency", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="area_has_one_statutory_agency",
                expressions=[
                    ("area", RangeOperators.EQUAL),
                    (days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(is_statutory=True),
            ),
        ]

    class Privacy:
        purpose = "To know which council and force answer for a place on a day."
        retention = "Kept for as long as any record names the agency."
        plain = {"id", "agency", "area", "is_statutory", "valid_from", "valid_to"}

    def __str__(self) -> str:
        return f"{self.agency_id} serves {self.area_id} from {self.valid_from}"


@tracked()
class Unit(models.Model):
    """A part of an agency that is on duty, or holds cases, together."""

    reference = models.CharField(max_length=20, unique=True, default=new_unit_reference)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=20, choices=UnitKind.choices)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("agency", Lower("name"), name="unit_name_is_unique_in_agency"),
            models.UniqueConstraint(
                fields=["agency", "kind"],
                condition=Q(is_active=True) & ~Q(kind=UnitKind.TEAM),
                name="agency_has_one_unit_of_each_duty_kind",
            ),
        ]
        triggers = [pgtrigger.ReadOnly(name="unit_stays_in_its_agency", fields=["agency"])]

    class Privacy:
        purpose = "To reach the people of an agency who are on duty."
        retention = "Kept for as long as any record names the agency."
        plain = {"id", "reference", "agency", "name", "kind", "is_active", "created_at"}

    def __str__(self) -> str:
        return self.name


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships."""

    def live(self, at: datetime | models.Expression) -> MembershipQuerySet:
        """Return memberships that let an active person act for an active agency at `at`."""
        return self.filter(live(at), user__is_active=True, agency__is_active=True)


@tracked()
class Membership(models.Model):
    """A period in which a person may act for an agency, in one or more roles."""

    reference = models.CharField(max_length=20, unique=True, default=new_membership_reference)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="memberships")
    roles = roles_field()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            has_known_roles(name="membership_has_known_roles"),
            ends_after_it_starts(name="membership_ends_after_it_starts"),
            ExclusionConstraint(
                name="membership_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("agency", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.ReadOnly(
                name="membership_stays_as_made", fields=["user", "agency", "starts_at"]
            )
        ]

    class Privacy:
        purpose = "To decide what a person may see and do, and for which agency."
        retention = "Kept while the act log that names the person is kept."
        plain = {"id", "reference", "agency", "roles", "starts_at", "ends_at"}
        personal = {"user"}

    def __str__(self) -> str:
        return f"{self.user_id} for {self.agency_id} from {self.starts_at:%Y-%m-%d}"

    def roles_in_words(self) -> list[str]:
        """Return the roles as people read them."""
        return [str(Role(role).label) for role in self.roles]


class UnitAssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments."""

    def live(self, at: datetime | models.Expression) -> UnitAssignmentQuerySet:
        """Return assignments to units that exist at `at`."""
        return self.filter(live(at), unit__is_active=True)


@tracked()
class Assignment(models.Model):
    """A period in which a member works in a unit of the same agency."""

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = UnitAssignmentQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts(name="assignment_ends_after_it_starts"),
            ExclusionConstraint(
                name="assignment_once_at_a_time",
                expressions=[
                    ("membership", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    (period(), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="assignment_is_within_one_agency",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM agencies_membership m JOIN agencies_unit u USING (agency_id)
                        WHERE m.id = NEW.membership_id AND u.id = NEW.unit_id
                    ) THEN
                        RAISE EXCEPTION 'assignment_is_within_one_agency'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """,
            )
        ]

    class Privacy:
        purpose = "To know who is told, and whose work opens freely."
        retention = "Kept while the act log that names the person is kept."
        plain = {"id", "unit", "starts_at", "ends_at"}
        personal = {"membership"}

    def __str__(self) -> str:
        return f"{self.membership_id} in {self.unit_id} from {self.starts_at:%Y-%m-%d}"


class DutyContactQuerySet(models.QuerySet["DutyContact"]):
    """Duty contacts."""

    def live(self, at: datetime | models.Expression) -> DutyContactQuerySet:
        """Return contacts that hold at `at`."""
        return self.filter(live(at))

    def verified(self) -> DutyContactQuerySet:
        """Return contacts that someone has proved to reach the agency."""
        return self.filter(verified_at__isnull=False)


@tracked()
class DutyContact(models.Model):
    """A shared address or number that reaches an agency, or one of its units, on duty."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="duty_contacts")
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="duty_contacts", null=True, blank=True
    )
    channel = models.CharField(max_length=10, choices=ContactChannel.choices)
    address = EncryptedTextField()
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)

    objects = DutyContactQuerySet.as_manager()

    class Meta:
        constraints = [
            ends_after_it_starts(name="duty_contact_ends_after_it_starts"),
            models.CheckConstraint(
                name="duty_contact_verified_by_someone_at_some_time",
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False),
            ),
        ]
        triggers = [
            # A contact is replaced, never redirected: what was verified is what is used.
            pgtrigger.ReadOnly(
                name="duty_contact_is_not_redirected",
                fields=["agency", "unit", "channel", "starts_at"],
            ),
            pgtrigger.Trigger(
                name="duty_contact_is_within_one_agency",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.unit_id IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM agencies_unit u
                        WHERE u.id = NEW.unit_id AND u.agency_id = NEW.agency_id
                    ) THEN
                        RAISE EXCEPTION 'duty_contact_is_within_one_agency'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                    """,
            ),
        ]

    class Privacy:
        purpose = "To reach an agency at any hour."
        retention = "Kept with the deliveries that used the contact."
        plain = {"id", "agency", "unit", "channel", "verified_at", "starts_at", "ends_at"}
        personal = {"address", "verified_by"}

    def __str__(self) -> str:
        return f"{self.get_channel_display()} of {self.unit_id or self.agency_id}"


@tracked()
class LocalProtocol(models.Model):
    """One version of what an agency has settled for itself, never changed once made.

    The version in force on a day is the highest of those that have started.
    """

    # The serving role may add versions and read them; audit.database takes the rest away.
    append_only: ClassVar = True

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="protocols")
    version = models.PositiveIntegerField()
    starts_on = models.DateField()
    values = models.JSONField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "version"], name="local_protocol_version_is_unique"
            ),
            models.CheckConstraint(
                name="local_protocol_versions_start_at_one", condition=Q(version__gte=1)
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="local_protocol_is_never_changed",
                operation=pgtrigger.Update | pgtrigger.Delete,
            )
        ]

    class Privacy:
        purpose = "To apply what an agency has settled, and to show later what applied."
        retention = "Kept for as long as any fact keeps the version it used."
        plain = {"id", "agency", "version", "starts_on", "values", "made_at"}
        personal = {"made_by"}

    def __str__(self) -> str:
        return f"Version {self.version} of {self.agency_id}, from {self.starts_on}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    """Invitations."""

    def open(self, at: datetime) -> InvitationQuerySet:
        """Return invitations that can still be accepted at `at`."""
        return self.filter(used_at=None, withdrawn_at=None, expires_at__gt=at)


@tracked(exclude=["token_hash"])
class Invitation(models.Model):
    """An offer to one address to join an agency, good for one use.

    The token is shown once to whoever made the invitation; only its hash is kept.
    """

    reference = models.CharField(max_length=20, unique=True, default=new_invitation_reference)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(max_length=254)
    roles = roles_field()
    token_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", null=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.ForeignKey(
        User, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            has_known_roles(name="invitation_has_known_roles"),
            models.CheckConstraint(
                name="invitation_email_is_lower_case", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="invitation_expires_after_it_is_made",
                condition=Q(expires_at__gt=F("made_at")),
            ),
            models.CheckConstraint(
                name="invitation_used_by_someone_at_some_time",
                condition=Q(used_at=None, used_by=None)
                | Q(used_at__isnull=False, used_by__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_is_used_or_withdrawn",
                condition=Q(used_at=None) | Q(withdrawn_at=None),
            ),
        ]

    class Privacy:
        purpose = "To let a person join an agency."
        retention = "Deleted a year after it was used, withdrawn or expired."
        plain = {
            "id",
            "reference",
            "agency",
            "roles",
            "made_at",
            "expires_at",
            "used_at",
            "withdrawn_at",
        }
        personal = {"email", "made_by", "used_by"}
        security = {"token_hash"}

    def __str__(self) -> str:
        return f"Invitation to {self.agency_id}, expires {self.expires_at:%Y-%m-%d %H:%M}"
