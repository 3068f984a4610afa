"""Who may see and do what in risk: a part in the child's record, and a person's role."""

from cases.access import ChildView
from cases.rules import CASE_ROLES, Aspect, Part
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import AgencyKind, Role
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse
from risk.models import Flag
from risk.rules import FlagAct

# --- flags

# Councils that have a child's care to answer for ask; the council where they are placed is told.
ASKING_PARTS = frozenset({Part.RESPONSIBLE_COUNCIL, Part.HOME_COUNCIL})
ASKING_ROLES = frozenset({Role.PRACTITIONER, Role.SUPERVISOR, Role.MANAGER})
DECIDING_ROLES = frozenset({Role.SUPERVISOR, Role.MANAGER})
ENTERING_ROLES = DECIDING_ROLES | {Role.CONTROL_ROOM, Role.PRACTITIONER}
FLAGGING_KINDS = frozenset({AgencyKind.FORCE, AgencyKind.COUNCIL})


def lists_flags(act: Act) -> bool:
    """Return whether the acting agency is one that asks for flags or holds them."""
    return bool(act.agency and act.agency.kind in FLAGGING_KINDS and act.roles & CASE_ROLES)


def has_flags(act: Act, view: ChildView) -> bool:
    """Return whether this agency can have a flag made of the child, whoever of it does."""
    if act.agency is None or not view.sees(Aspect.FLAG):
        return False
    return act.agency.kind == AgencyKind.FORCE or bool(view.parts & ASKING_PARTS)


def can_ask_for_flag(act: Act, view: ChildView) -> Verdict:
    """Say whether this person may ask a force to flag the child."""
    is_council = act.agency is not None and act.agency.kind == AgencyKind.COUNCIL
    if not is_council or not view.parts & ASKING_PARTS or not view.sees(Aspect.FLAG):
        return refuse("Only the council that answers for this child's care can ask for a flag.")
    if not act.roles & ASKING_ROLES:
        return refuse("Only a practitioner, a supervisor or a manager can ask for a flag.")
    return ALLOWED


def can_flag(act: Act, view: ChildView) -> Verdict:
    """Say whether this person may flag the child for their own force, without being asked."""
    is_force = act.agency is not None and act.agency.kind == AgencyKind.FORCE
    if not is_force or not view.sees(Aspect.FLAG):
        return refuse("Only a police force flags a child itself. A council asks for it.")
    if not act.roles & DECIDING_ROLES:
        return refuse("Only a supervisor or a manager of the force can flag a child.")
    return ALLOWED


def can_act_on_flag(what: FlagAct, act: Act, flag: Flag) -> Verdict:
    """Say whether this person's agency and role are those that do this with the flag."""
    if what == FlagAct.DISAGREE:
        return _of_the_council(
            act, flag, frozenset({Role.MANAGER}), "Only a manager of the council can disagree."
        )
    if what == FlagAct.END and not flag.outcome:
        return _of_the_council(
            act,
            flag,
            ASKING_ROLES,
            "Only a practitioner, a supervisor or a manager can take back a request.",
        )
    if act.agency_id != flag.force_id:
        return refuse(f"Only {flag.force.name} can do this.")
    if what in {FlagAct.ENTER, FlagAct.TAKE_OFF}:
        if not act.roles & ENTERING_ROLES:
            return refuse("Your role does not write on the force's system.")
    elif not act.roles & DECIDING_ROLES:
        return refuse("Only a supervisor or a manager of the force can do this.")
    return ALLOWED


def _of_the_council(act: Act, flag: Flag, roles: frozenset[Role], reason: str) -> Verdict:
    if flag.council_id is None or act.agency_id != flag.council_id:
        return refuse("Only the council that asked for this flag can do this.")
    return ALLOWED if act.roles & roles else refuse(reason)
