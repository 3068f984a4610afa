"""One act: who does it, for which agency, at which database time, under which id."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.functions import TransactionNow
from django.db.models import OuterRef

from missingchildren.agencies.models import Agency, Assignment, Membership, User
from missingchildren.agencies.models.people import MembershipQuerySet
from missingchildren.audit.acts import Channel, database_now
from missingchildren.core.verdicts import NotPermitted


@dataclass(frozen=True)
class Act:
    """What every service takes as `act`.

    A member's act has all of it; a task's or a command's has no person at all; someone who is
    signing in, or joining an agency, has a user only.
    """

    now: datetime
    channel: Channel
    user: User | None = None
    membership: Membership | None = None
    agency: Agency | None = None
    unit_ids: frozenset[int] = frozenset()
    roles: frozenset[str] = frozenset()
    id: UUID = field(default_factory=uuid4)

    @property
    def user_id(self) -> int | None:
        """Return the key of the person, if a person does it."""
        return self.user.pk if self.user else None

    @property
    def membership_id(self) -> int | None:
        """Return the key of the membership acted under."""
        return self.membership.pk if self.membership else None

    @property
    def agency_id(self) -> int | None:
        """Return the key of the agency acted for."""
        return self.agency.pk if self.agency else None

    @property
    def agency_kind(self) -> str | None:
        """Return the kind of the agency acted for."""
        return self.agency.kind if self.agency else None

    @property
    def group_id(self) -> int | None:
        """Return the key of the acting agency's group, which django-guardian grants to."""
        return self.agency.group_id if self.agency else None

    @property
    def own_agency(self) -> Agency:
        """Return the agency acted for.

        Raises:
            NotPermitted: the person acts for none, or no person does it.
        """
        if self.agency is None:
            raise NotPermitted("You are not a member of any agency.")
        return self.agency

    @property
    def own_membership(self) -> Membership:
        """Return the membership acted under.

        Raises:
            NotPermitted: the person acts for no agency, or no person does it.
        """
        if self.membership is None:
            raise NotPermitted("You are not a member of any agency.")
        return self.membership

    @property
    def is_system(self) -> bool:
        """Return whether a task or an operator's command does it: never a request."""
        return self.user is None and self.channel in {Channel.TASK, Channel.COMMAND}


def begin(membership: Membership | int, channel: Channel) -> Act:
    """Begin an act under a membership: one query for its rights and the time.

    What the membership said when it was loaded is not trusted.

    Raises:
        NotPermitted: the membership, its person or its agency is no longer live.
    """
    key = membership.pk if isinstance(membership, Membership) else membership
    acts = acts_open_to(Membership.objects.filter(pk=key), channel)
    if not acts:
        raise NotPermitted("You can no longer act for this agency.")
    return acts[0]


def acts_open_to(memberships: MembershipQuerySet, channel: Channel) -> list[Act]:
    """Return an act for each of these memberships that is live, oldest first, in one query."""
    return [act_under(membership, channel) for membership in with_rights(memberships)]


def with_rights(memberships: MembershipQuerySet) -> MembershipQuerySet:
    """Return those of these memberships that are live, oldest first, as `act_under` takes them.

    One query: with the person, the agency, the units, and the database's time.
    """
    now = TransactionNow()
    units = Assignment.objects.live(now).filter(membership=OuterRef("pk")).values("unit_id")
    return (
        memberships.live(now)
        .select_related("user", "agency")
        .annotate(database_now=now, live_unit_ids=ArraySubquery(units))
        .order_by("starts_at", "pk")
    )


def act_under(membership: Any, channel: Channel) -> Act:
    """Begin an act under a membership that `with_rights` has just read."""
    return Act(
        now=membership.database_now,
        channel=channel,
        user=membership.user,
        membership=membership,
        agency=membership.agency,
        unit_ids=frozenset(membership.live_unit_ids),
        roles=frozenset(membership.roles),
    )


def personal_act(user: User, channel: Channel) -> Act:
    """Begin an act of a person who acts for no agency: signing in, accepting an invitation."""
    return Act(now=database_now(), channel=channel, user=user)


def system_act(channel: Channel) -> Act:
    """Begin an act of no known person: a task's, an operator's command, or a stranger's request."""
    return Act(now=database_now(), channel=channel)
