"""Operations on what is owed: list it, give more time or other hands, ask for it."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from cases import access, queries, rules
from cases.api.opened import opened
from cases.api.shapes import AgencyOut, ListOut, PageQuery, page_out
from cases.forms.record import ExtendForm
from cases.models import Deadline
from cases.queries import Whose
from cases.services import deadlines
from cases.services.deadlines import kind_of
from missingchildren.agencies.acts import Act
from missingchildren.agencies.api import (
    Endpoint,
    acting,
    agency_out,
    asked,
    once,
    operation,
    typed,
)
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import (
    In,
    Instant,
    Nothing,
    OneOf,
    Out,
    Reference,
    Typed,
    Version,
)

DUE = ("overdue", "soon")


class DeadlinesQuery(PageQuery):
    """Which clocks to list."""

    due = OneOf(DUE, required=False, default="overdue", help_text="`soon`: within 24 hours")
    whose = OneOf(
        [whose.value for whose in Whose],
        required=False,
        default=Whose.EVERYTHING.value,
        help_text="`others`: of other agencies, shown to supervisors and managers only",
    )
    kind = serializers.CharField(
        max_length=40, required=False, default="", help_text="Of this kind only"
    )


class ChildOfOut(Out):
    """The child for whom something is owed."""

    reference = Reference()
    name = serializers.CharField()


class DeadlineOut(Out):
    """One thing that somebody owes to a child by a time."""

    reference = Reference()
    kind = serializers.CharField()
    title = serializers.CharField()
    subject = Reference(help_text="What it is of")
    child = ChildOfOut()
    agency = AgencyOut()
    team = serializers.CharField(allow_null=True)
    person = serializers.CharField(
        allow_null=True, help_text="Of one's own agency only: others' people are not named"
    )
    due_at = Instant()
    is_overdue = serializers.BooleanField()
    can_extend = serializers.BooleanField(help_text="No law fixes its time")
    version = Version(help_text="Send it back with a change")


class DeadlinePageOut(ListOut):
    """One page of what is owed."""

    results = DeadlineOut(many=True)


def deadline_out(deadline: Deadline, act: Act) -> dict[str, Any]:
    """Return one clock, as somebody acting for one agency may see it."""
    kind = kind_of(deadline)
    is_own = deadline.agency_id == act.agency_id
    member = deadline.membership if is_own else None
    return {
        "reference": deadline.own_reference,
        "kind": deadline.kind,
        "title": kind.title,
        "subject": deadline.reference,
        "child": {"reference": deadline.child.reference, "name": deadline.child.display_name},
        "agency": agency_out(deadline.agency),
        "team": deadline.unit.name if deadline.unit else None,
        "person": member.user.full_name if member else None,
        "due_at": deadline.due_at,
        "is_overdue": rules.is_overdue(due_at=deadline.due_at, now=act.now),
        "can_extend": kind.can_extend,
        "version": deadline.version,
    }


class Deadlines(Endpoint):
    """What is owed to children."""

    @operation(
        "listDeadlines",
        verb="pages.overdue",
        tag="deadlines",
        gives=DeadlinePageOut,
        asks=DeadlinesQuery,
        hides=False,
    )
    def get(self, request: Request) -> dict[str, Any]:
        """List what is overdue or due soon that this person may know of, the earliest first.

        Of what is due soon there is one page, without a `next`.
        """
        act = acting(request)
        wanted = asked(request, DeadlinesQuery)
        of = {
            "seen": deadlines.kinds_by_aspect(),
            "whose": Whose(wanted["whose"]),
            "kind": wanted["kind"],
        }
        page = (
            queries.due_soon(act=act, **of)
            if wanted["due"] == "soon"
            else queries.overdue_page(act=act, after=wanted["after"], **of)
        )
        reading_of(request).of({deadline.child_id for deadline in page.rows}, basis="list")
        return page_out(page, [deadline_out(deadline, act) for deadline in page.rows])


def deadline_of(request: Request, reference: str, deadline_reference: str) -> Deadline:
    """Return one clock of a child.

    Raises:
        NotFound: the child or the clock is hidden, absent, or not of one another.
    """
    view = opened(request, reference)
    deadline = queries.deadline_of(view, deadline_reference)
    if deadline is None or not access.sees_deadline(
        acting(request), view, deadline, kind_of(deadline).seen_with
    ):
        raise NotFound(deadlines.NO_DEADLINE)
    reading_of(request).objects.append(deadline.own_reference)
    return deadline


class ExtendIn(In):
    """More time."""

    new_due_at = Instant()
    reason = Typed(ExtendForm, "reason")
    version = Version(help_text="Of the deadline that was judged")


class Extend(Endpoint):
    """More time for something."""

    @operation(
        "extendDeadline",
        verb="cases.extend_deadline",
        tag="deadlines",
        gives=DeadlineOut,
        takes=ExtendIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, deadline_reference: str) -> dict[str, Any]:
        """Give more time for something that one's own agency owes."""
        deadline = deadline_of(request, reference, deadline_reference)
        sent = typed(request, ExtendIn)
        once(
            request,
            lambda: (
                deadlines.extend_deadline(
                    deadline_reference=deadline.own_reference,
                    token=None,
                    act=acting(request),
                    **sent,
                ).own_reference
            ),
        )
        return deadline_out(deadline_of(request, reference, deadline_reference), acting(request))


class ReassignIn(In):
    """Who does it from now on: a person, a team, or both."""

    person = Reference(required=False, default="", help_text="Of a membership")
    team = Reference(required=False, default="", help_text="Of a unit")
    version = Version(help_text="Of the deadline that was judged")


class Reassign(Endpoint):
    """Other hands for something."""

    @operation(
        "reassignDeadline",
        verb="cases.reassign_deadline",
        tag="deadlines",
        gives=DeadlineOut,
        takes=ReassignIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str, deadline_reference: str) -> dict[str, Any]:
        """Give something that one's own agency owes to another person or team of it."""
        deadline = deadline_of(request, reference, deadline_reference)
        sent = typed(request, ReassignIn)
        once(
            request,
            lambda: (
                deadlines.reassign_deadline(
                    deadline_reference=deadline.own_reference,
                    member_reference=sent["person"],
                    unit_reference=sent["team"],
                    version=sent["version"],
                    token=None,
                    act=acting(request),
                ).own_reference
            ),
        )
        return deadline_out(deadline_of(request, reference, deadline_reference), acting(request))


class Chase(Endpoint):
    """A question for what is owed."""

    @operation(
        "chaseDeadline",
        verb="cases.chase_deadline",
        tag="deadlines",
        gives=DeadlineOut,
        takes=Nothing,
        does=Operation.DISCLOSURE,
    )
    def post(self, request: Request, reference: str, deadline_reference: str) -> dict[str, Any]:
        """Alert the agency and team that owe something, at most once an hour."""
        deadline = deadline_of(request, reference, deadline_reference)
        typed(request, Nothing)
        once(
            request,
            lambda: (
                deadlines.chase_deadline(
                    deadline_reference=deadline.own_reference, token=None, act=acting(request)
                ).own_reference
            ),
        )
        return deadline_out(deadline_of(request, reference, deadline_reference), acting(request))
