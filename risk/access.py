"""Who may do what in a risk round: the part that an agency has, and a person's role in it."""

from cases.access import ChildView
from cases.models import Child, Grant, KeepFrom, MissingEpisode
from cases.rules import CASE_ROLES, Aspect, Part, Right
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import AgencyKind, Role
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse
from risk.models import Ask, Contribution, Decision, Dissent, Flag
from risk.rules import LATE_ANSWERS_FOR, FlagAct

# --- rounds: who is asked, who decides

# Who chooses a level. The first grading may be the control room's (practice.md 1, "Risk round").
DECIDING_ROLES = frozenset({Role.PRACTITIONER, Role.CONTROL_ROOM, Role.SUPERVISOR, Role.MANAGER})
CONFIRMING_ROLES = frozenset({Role.SUPERVISOR, Role.MANAGER})
ONLY_LEAD = "Only the police force that leads the search can do this."


def sees_round(view: ChildView) -> bool:
    """Return whether the whole round is open: who was asked, what they answered, which level."""
    return view.sees(Aspect.LEVEL) and view.sees(Aspect.ANSWERS) and Right.RISK in view.rights


def leads(act: Act, episode: MissingEpisode) -> bool:
    """Return whether the acting agency is the force that leads this search."""
    return episode.lead_force_id is not None and episode.lead_force_id == act.agency_id


def can_answer(view: ChildView) -> Verdict:
    """Say whether this agency may answer what was asked about the child."""
    if not view.sees(Aspect.OWN_ANSWER):
        return refuse("Your part in this record does not include answering.")
    return ALLOWED


def can_answer_for_the_force(act: Act, episode: MissingEpisode) -> Verdict:
    """Say whether an answer comes from an agency that is asked: the lead force asks, and is not."""
    if leads(act, episode):
        return refuse("Your force leads the search and asks the others. Add what you know instead.")
    return ALLOWED


def can_answer_late(act: Act, ask: Ask) -> bool:
    """Return whether an agency may still answer a question whose part ended when the child came back.

    Only where nothing but the return ended it: a part that a person ended stays closed, and so
    does a record that is closed to this person.
    """
    ended_at = ask.round.ended_at
    if ask.agency_id != act.agency_id or not act.roles & CASE_ROLES or ended_at is None:
        return False
    if act.now > ended_at + LATE_ANSWERS_FOR:
        return False
    had_part_until_then = Grant.objects.filter(
        child=ask.child_id,
        agency=ask.agency_id,
        source=ask.round.episode.reference,
        ended_at__gte=ended_at,
        ended_by=None,
    )
    kept_from = KeepFrom.objects.live(act.now).filter(child=ask.child_id, agency=ask.agency_id)
    return (
        had_part_until_then.exists()
        and not kept_from.exists()
        and Child.objects.filter(pk=ask.child_id)
        .open_to_person(user_id=act.user_id, now=act.now)
        .exists()
    )


def can_write_down(act: Act, episode: MissingEpisode) -> Verdict:
    """Say whether this person may write down what another agency says by telephone."""
    if not leads(act, episode):
        return refuse("Only the police force that leads the search writes down telephone answers.")
    if not act.roles & DECIDING_ROLES:
        return refuse("Your role does not write down telephone answers.")
    return ALLOWED


def can_confirm_answer(act: Act, contribution: Contribution) -> Verdict:
    """Say whether this agency may confirm that a telephone answer is what it said."""
    if contribution.owner_id != act.agency_id or not act.roles & CASE_ROLES:
        return refuse("Only the agency that gave this answer can confirm it.")
    return ALLOWED


def can_read_late_answer(act: Act, episode: MissingEpisode) -> Verdict:
    """Say whether this person may mark a late answer as read."""
    if not leads(act, episode):
        return refuse(ONLY_LEAD)
    if not act.roles & DECIDING_ROLES:
        return refuse("Your role does not settle late answers.")
    return ALLOWED


def can_decide(act: Act, episode: MissingEpisode) -> Verdict:
    """Say whether this person may choose the level."""
    if not leads(act, episode):
        return refuse("Only the police force that leads the search chooses the level.")
    if not act.roles & DECIDING_ROLES:
        return refuse("Your role does not choose the level.")
    return ALLOWED


def can_confirm(act: Act, decision: Decision) -> Verdict:
    """Say whether this person may confirm a decision or send it back: a supervisor, not its maker."""
    if decision.owner_id != act.agency_id:
        return refuse("Only the police force that chose the level confirms it.")
    if not act.roles & CONFIRMING_ROLES:
        return refuse("Only a supervisor or a manager confirms a level.")
    if decision.recorded_by_id == act.membership_id:
        return refuse("You chose this level. Another supervisor or manager must confirm it.")
    return ALLOWED


def can_dissent(act: Act, view: ChildView, episode: MissingEpisode) -> Verdict:
    """Say whether another agency of the case may say that it sees the risk otherwise."""
    if not view.sees(Aspect.LEVEL):
        return refuse("Your part in this record does not include the level.")
    if leads(act, episode):
        return refuse("Your force chose this level. Choose another instead.")
    return ALLOWED


def can_answer_dissent(act: Act, dissent: Dissent) -> Verdict:
    """Say whether this person may answer an agency that disagrees."""
    if dissent.decision.owner_id != act.agency_id:
        return refuse("Only the police force that chose the level answers this.")
    if not act.roles & CONFIRMING_ROLES:
        return refuse("Only a supervisor or a manager answers an agency that disagrees.")
    return ALLOWED


def reads_dissent(act: Act, view: ChildView, dissent: Dissent) -> bool:
    """Return whether a dissent is open: to its author, its addressee, and who sees the round."""
    return act.agency_id in {dissent.owner_id, dissent.decision.owner_id} or sees_round(view)


# --- flags

# Councils that have a child's care to answer for ask; the council where they are placed is told.
ASKING_PARTS = frozenset({Part.RESPONSIBLE_COUNCIL, Part.HOME_COUNCIL})
ASKING_ROLES = frozenset({Role.PRACTITIONER, Role.SUPERVISOR, Role.MANAGER})
FLAG_DECIDING_ROLES = frozenset({Role.SUPERVISOR, Role.MANAGER})
ENTERING_ROLES = FLAG_DECIDING_ROLES | {Role.CONTROL_ROOM, Role.PRACTITIONER}
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
    if not act.roles & FLAG_DECIDING_ROLES:
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
    elif not act.roles & FLAG_DECIDING_ROLES:
        return refuse("Only a supervisor or a manager of the force can do this.")
    return ALLOWED


def _of_the_council(act: Act, flag: Flag, roles: frozenset[Role], reason: str) -> Verdict:
    if flag.council_id is None or act.agency_id != flag.council_id:
        return refuse("Only the council that asked for this flag can do this.")
    return ALLOWED if act.roles & roles else refuse(reason)
