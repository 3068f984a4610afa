"""Who may see and do what with placements and their notices."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from cases.access import ChildView
from cases.models import KeepFrom
from cases.rules import CASE_ROLES, Aspect, Part
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import AgencyKind, Role
from missingchildren.core.prepared import Parameter
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse
from placements import rules
from placements.models import Placement, PlacementNotification
from placements.rules import DECIDING_ROLES, WRITES_DOWN, Approver, NoticeState

HIDDEN = "There is no such placement, or you may not see it."
NO_NOTICE = "There is no such notice, or you may not see it."
# Parts that open every placement of a child; the others open where the child lives now.
WHOLE = frozenset({Part.RESPONSIBLE_COUNCIL, Part.HOME_COUNCIL})
NOTIFIED_KINDS = frozenset({AgencyKind.FORCE, AgencyKind.COUNCIL})


def sees_whole(view: ChildView) -> bool:
    """Return whether a live part opens every placement, with who approved it and why."""
    return bool(view.parts & WHOLE)


def readable_placements(act: Act, view: ChildView) -> QuerySet[Placement]:
    """Return the placements of a child that this person may see.

    Without a council's part: the one in which the child lives now, and the one to come of which
    the acting agency was told.
    """
    if not view.sees(Aspect.PLACEMENT):
        return Placement.objects.none()
    return placements_open_to(view.child.pk, act.agency_id, is_whole=sees_whole(view))


def placements_open_to(
    child_id: int | Parameter, agency_id: int | Parameter | None, *, is_whole: bool
) -> QuerySet[Placement]:
    """Return `readable_placements` from what decides them, also inside a prepared query."""
    found = Placement.objects.filter(child=child_id)
    if is_whole:
        return found
    told = PlacementNotification.objects.standing().filter(
        placement=OuterRef("pk"), agency=agency_id, sent_at__isnull=False
    )
    open_now = found.filter(ended_at=None, withdrawn_at=None)
    return open_now.filter(Q(started_at__isnull=False) | Exists(told))


def own_notices(act: Act) -> QuerySet[PlacementNotification]:
    """Return the notices that the acting agency received and this person may read.

    They are the agency's own: they stay when its part has ended, as they were sent. A record that
    is kept from the agency takes them too.
    """
    if not act.roles & CASE_ROLES:
        return PlacementNotification.objects.none()
    kept_from = KeepFrom.objects.live(act.now).filter(
        agency_id=act.agency_id, child=OuterRef("child_id")
    )
    return PlacementNotification.objects.to_agency(act).filter(~Exists(kept_from))


def is_notified(act: Act | None) -> bool:
    """Return whether agencies of this kind are told of placements, by people who read cases."""
    return bool(act and act.agency and act.agency.kind in NOTIFIED_KINDS and act.roles & CASE_ROLES)


def reads_answer(act: Act, view: ChildView, notice: PlacementNotification) -> bool:
    """Return whether this agency reads in what words a notice was answered.

    They are the answering agency's, and open to the parts that open what others answer
    (`design.md` section 4).
    """
    return notice.agency_id == act.agency_id or view.sees(Aspect.ANSWERS)


def can_propose(act: Act, view: ChildView) -> Verdict:
    """Say whether this person may propose a placement: of the council that looks after the child."""
    if Part.RESPONSIBLE_COUNCIL not in view.parts or act.own_agency.kind != AgencyKind.COUNCIL:
        return refuse("Only the council that looks after the child can record a placement.")
    return ALLOWED


def can_manage(act: Act, placement: Placement) -> Verdict:
    """Say whether this person may change a placement: of the council that made it."""
    if placement.council_id != act.agency_id or not act.roles & CASE_ROLES:
        return refuse("Only the council that placed the child can change this.")
    return ALLOWED


def can_decide(act: Act, placement: Placement, needed: Approver, *, by_telephone: bool) -> Verdict:
    """Say whether this person may decide, or write down what the officer decided by telephone."""
    managed = can_manage(act, placement)
    if not managed:
        return managed
    if by_telephone and not act.roles & WRITES_DOWN:
        return refuse(
            "Only a nominated officer or the director can write down a decision by telephone."
        )
    if not by_telephone and not act.roles & DECIDING_ROLES[needed]:
        return refuse(f"Only the {needed} can approve this placement.")
    return ALLOWED


def can_open_decision(act: Act, placement: Placement) -> Verdict:
    """Say whether this person decides on placements at all."""
    managed = can_manage(act, placement)
    if not managed:
        return managed
    if not act.roles & {Role.NOMINATED_OFFICER, Role.DIRECTOR}:
        return refuse("Only a nominated officer or the director decides on a placement.")
    return ALLOWED


def verdicts(
    act: Act, placement: Placement, notices: list[PlacementNotification]
) -> dict[str, Verdict]:
    """Return for each thing that may be done with a placement whether this person may do it now."""
    manage = can_manage(act, placement)
    state, is_known = placement.state, placement.area_id is not None
    waits = any(notice.state == NoticeState.NOT_TOLD and notice.agency_id for notice in notices)
    return {
        "manage": manage,
        "choose_area": manage and rules.choosing_area(state=state, is_known=is_known),
        "decide": can_open_decision(act, placement)
        and rules.deciding(state=state, is_known=is_known, needed=placement.needs),
        "send": manage
        and rules.telling(state=state, needed=placement.needs, is_known=is_known, waits=waits),
        "start": manage and rules.starting(state=state, is_known=is_known, needed=placement.needs),
        "end": manage and rules.ending(state=state),
        "withdraw": manage and rules.withdrawing(state=state),
    }


def can_answer(act: Act, notice: PlacementNotification) -> Verdict:
    """Say whether this person may answer a notice for the agency that received it."""
    if notice.agency_id != act.agency_id or not act.roles & CASE_ROLES:
        return refuse("Only the agency that received this notice can answer it.")
    return ALLOWED
