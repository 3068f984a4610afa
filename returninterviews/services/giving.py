"""Give an agency something to do for a child, as one step of a service."""

from dataclasses import dataclass
from datetime import date, datetime

from cases.models import Child
from cases.services import deadlines, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Membership, Unit
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import RuleBroken
from returninterviews import queries, rules
from returninterviews.models import Action, Recommendation
from returninterviews.rules import ActionClock, ActionFact

NO_PART = "This agency has no part in this child's record. Share it first."


@dataclass(frozen=True, kw_only=True)
class Give:
    """What is to be done for a child, by which agency, and by which day in London.

    A person or a team is named of one's own agency only: others decide that for themselves.
    """

    text: str
    agency_reference: str
    unit_reference: str = ""
    membership_reference: str = ""
    due_on: date


@dataclass(frozen=True, kw_only=True)
class Given:
    """The same, after it was found that it can be asked."""

    text: str
    owner: Agency
    unit: Unit | None
    membership: Membership | None
    due_at: datetime


def checked(*, child: Child, give: Give, act: Act) -> Given:
    """Return what can be asked of an agency.

    Raises:
        RuleBroken: there is nothing to do, no such agency, team or person, it cannot see the
            child, or the day is past.
    """
    rules.giving(text=give.text, due_on=give.due_on, today=london_day(act.now)).require()
    owner = Agency.objects.active().filter(reference=give.agency_reference).first()
    if owner is None:
        raise RuleBroken("There is no such agency.", "agency")
    if not queries.may_own_actions(child, owner, act.now):
        raise RuleBroken(NO_PART, "agency")
    unit, membership = _person_or_team(child, owner, give, act)
    if unit is None and membership is None:
        unit = queries.unit_with_part(child, owner, act.now)
    return Given(
        text=give.text.strip(),
        owner=owner,
        unit=unit,
        membership=membership,
        due_at=rules.due_at(give.due_on),
    )


def _person_or_team(
    child: Child, owner: Agency, give: Give, act: Act
) -> tuple[Unit | None, Membership | None]:
    if not (give.unit_reference or give.membership_reference):
        return None, None
    if owner != act.agency:
        raise RuleBroken("That agency decides itself which of its people does it.", "person")
    if give.membership_reference:
        people = queries.people_who_may_see(child, owner, act.now)
        membership = people.filter(reference=give.membership_reference).first()
        if membership is None:
            raise RuleBroken("This person cannot see the child's record.", "person")
        return None, membership
    unit = Unit.objects.filter(
        agency=owner, is_active=True, reference=give.unit_reference
    ).first()  # fmt: skip
    if unit is None:
        raise RuleBroken("There is no such team in this agency.", "person")
    return unit, None


def make(
    *,
    child: Child,
    given: Given,
    council: Agency,
    recommendation: Recommendation | None,
    act: Act,
) -> Action:
    """Make an action with its clock, and tell the agency that has it. The child's row is locked."""
    reference = unused(Action, "AC")
    deadline = deadlines.start(
        child=child,
        agency=given.owner,
        unit=given.unit,
        membership=given.membership,
        kind=ActionClock.ACTION,
        reference=reference,
        due_at=given.due_at,
        act=act,
    )
    action = Action.objects.create(
        child=child,
        reference=reference,
        recommendation=recommendation,
        text=given.text,
        council=council,
        owner=given.owner,
        deadline=deadline,
        given_at=act.now,
        given_by=act.own_membership,
    )
    timeline.add(child=child, kind=ActionFact.GIVEN, reference=reference, act=act)
    if given.owner != act.agency:
        tell(
            kind="returninterviews.action_given", event=f"action_given:{reference}",
            agency=given.owner, unit=given.unit, child=child, reference=reference, act=act,
        )  # fmt: skip
    return action


def tell(
    *,
    kind: str,
    event: str,
    agency: Agency,
    unit: Unit | None,
    child: Child,
    reference: str,
    act: Act,
) -> None:
    """Alert an agency about a recommendation or an action, and log that it was told."""
    raise_alert(
        kind=kind,
        event=event,
        agency_id=agency.pk,
        unit_id=unit.pk if unit else None,
        child_id=child.pk,
        reference=reference,
        urgency=Urgency.SOON,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.DISCLOSURE,
        verb=kind,
        subjects=[child.pk],
        objects=[reference],
        recipient=agency.reference,
    )
