"""What a flag makes of others: the part of its force, the clocks that run, who is told."""

from django.urls import reverse

from cases.access import agency_opens
from cases.models import Child, Deadline, Grant
from cases.rules import Aspect, Part
from cases.services import deadlines, sharing, timeline
from cases.services.deadlines import DeadlineKind
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, Unit
from missingchildren.agencies.protocol import Key, whole_number
from missingchildren.agencies.queries import duty_unit
from missingchildren.alerts import outbox
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.core.calendar import Nation
from missingchildren.core.clock import elapsed, london_day
from risk import rules
from risk.access import ASKING_PARTS
from risk.models import Flag
from risk.rules import FlagClock, FlagFact

# Who is told of what, and how soon a person must look.
URGENCIES = {
    "risk.flag_asked": Urgency.SOON,
    "risk.flag_review": Urgency.SOON,
    "risk.flag_disagreed": Urgency.SOON,
    "risk.flag_decided": Urgency.ROUTINE,
}


# --- the part of the force


def open_part(flag: Flag, *, act: Act, part: Part | None = None) -> None:
    """Let the force see the child while its flag is open, whatever else opens or closes.

    A force where the child is placed is a host; any other sees no place.
    """
    if part is None:
        hosts = Grant.objects.live(act.now).filter(
            child=flag.child, agency=flag.force, part=Part.HOST_FORCE
        )
        part = Part.HOST_FORCE if hosts.exists() else Part.HOME_FORCE
    grant = sharing.open_part(
        child=flag.child,
        agency=flag.force,
        unit=duty_unit(flag.force, act.now),
        part=part,
        basis=Grant.Basis.REFERRAL,
        reason="A flag",
        source=flag.reference,
        act=act,
    )
    if grant.ends_at:
        grant.ends_at = None
        grant.save(update_fields=["ends_at"])
    sharing.recompute(child=flag.child, act=act)


def close_part(flag: Flag, *, act: Act) -> None:
    """Let the part that the flag opened run out: whoever closed the flag still sees what they did."""
    Grant.objects.live(act.now).filter(child=flag.child, source=flag.reference).update(
        ends_at=elapsed(act.now, rules.FLAG_SEEN_AFTERWARDS)
    )
    sharing.recompute(child=flag.child, act=act)


def close_places(*, child: Child, but: Agency, act: Act) -> None:
    """Let the forces that keep a flag of a child who moved away see no place any more."""
    for flag in Flag.objects.filter(child=child).exclude(force=but).select_related("force"):
        hosted = Grant.objects.live(act.now).filter(
            child=child, source=flag.reference, part=Part.HOST_FORCE
        )
        is_open = hosted.filter(ends_at=None).exists()
        hosted.update(ended_at=act.now, ended_by=act.membership, ended_reason="the child has moved")
        if is_open:
            open_part(flag, part=Part.HOME_FORCE, act=act)
    sharing.recompute(child=child, act=act)


# --- clocks


def owe_decision(flag: Flag, *, act: Act) -> None:
    """Start the clock by which the force decides on a request, or decides again."""
    version = protocol.version_for(flag.force, london_day(act.now))
    deadlines.start(
        child=flag.child,
        agency=flag.force,
        unit=duty_unit(flag.force, act.now),
        kind=FlagClock.DECIDE,
        reference=flag.reference,
        due_at=rules.flag_decision_due_at(
            asked_at=act.now,
            working_days=protocol.value_in(version, "flag_decide_days"),
            nation=Nation(flag.force.nation),
        ),
        protocol=version,
        act=act,
    )


def end_decision(flag: Flag, *, act: Act) -> None:
    """Meet the clock, and end what still waits for an answer."""
    deadlines.meet(kind=FlagClock.DECIDE, reference=flag.reference, act=act)
    _end_alerts(flag, "the force has decided", act)


def owe_entry_and_review(flag: Flag, *, act: Act) -> None:
    """Start the clocks of a flag that is in force: what was decided is entered, then reviewed."""
    assert flag.review_on is not None
    _owe_writing(flag, FlagClock.ENTER, act)
    deadlines.meet(kind=FlagClock.REVIEW, reference=flag.reference, act=act)
    deadlines.start(
        child=flag.child,
        agency=flag.force,
        unit=duty_unit(flag.force, act.now),
        kind=FlagClock.REVIEW,
        reference=flag.reference,
        due_at=rules.flag_review_due_at(review_on=flag.review_on),
        act=act,
    )


def end_entry(flag: Flag, *, act: Act) -> None:
    """Meet the clock by which the flag is entered."""
    deadlines.meet(kind=FlagClock.ENTER, reference=flag.reference, act=act)


def owe_taking_off(flag: Flag, *, act: Act) -> None:
    """Start the clock by which a flag that has ended is off the force's system."""
    _owe_writing(flag, FlagClock.TAKE_OFF, act)


def end_taking_off(flag: Flag, *, act: Act) -> None:
    """Meet the clock by which the flag is taken off."""
    deadlines.meet(kind=FlagClock.TAKE_OFF, reference=flag.reference, act=act)


def drop_all(flag: Flag, *, act: Act) -> None:
    """Stop every clock of a flag that has ended."""
    for kind in (FlagClock.DECIDE, FlagClock.ENTER, FlagClock.REVIEW):
        deadlines.drop(kind=kind, reference=flag.reference, reason="the flag has ended", act=act)
    _end_alerts(flag, "the flag has ended", act)


def _owe_writing(flag: Flag, kind: FlagClock, act: Act) -> None:
    version = protocol.version_for(flag.force, london_day(act.now))
    deadlines.start(
        child=flag.child,
        agency=flag.force,
        unit=duty_unit(flag.force, act.now),
        kind=kind,
        reference=flag.reference,
        due_at=rules.flag_entry_due_at(
            decided_at=act.now, hours=protocol.value_in(version, "flag_enter_hours")
        ),
        protocol=version,
        act=act,
    )


def resume(*, child: Child, force: Agency, act: Act) -> None:
    """Let what a force owes for the flags of a child run on."""
    today = london_day(act.now)
    for flag in Flag.objects.filter(child=child, force=force).order_by("pk"):
        for kind in sorted(rules.flag_owes(flag.standing, today=today)):
            deadlines.resume(
                child=child, agency=force, kind=kind, reference=flag.reference, act=act
            )


# --- who is told


def tell_force(flag: Flag, *, kind: str, act: Act) -> None:
    """Alert the desk of the force that has to decide."""
    _tell(flag, flag.force, duty_unit(flag.force, act.now), kind, f"{kind}:{flag.reference}", act)


def tell_councils(flag: Flag, *, act: Act) -> None:
    """Tell the council that asked what the force did; without one, those that care for the child."""
    councils: list[tuple[Agency, Unit | None]] = []
    if flag.council:
        if agency_opens(child_id=flag.child_id, agency=flag.council, now=act.now):
            councils.append((flag.council, None))
    else:
        grants = Grant.objects.live(act.now).filter(child=flag.child, part__in=ASKING_PARTS)
        councils = [(grant.agency, grant.unit) for grant in grants.select_related("agency", "unit")]
    for council, unit in councils:
        event = f"risk.flag_decided:{flag.reference}:{flag.version}"
        _tell(flag, council, unit, "risk.flag_decided", event, act)


def _end_alerts(flag: Flag, reason: str, act: Act) -> None:
    asking = [kind for kind in URGENCIES if kind != "risk.flag_decided"]
    outbox.supersede(events=[f"{kind}:{flag.reference}" for kind in asking], reason=reason, act=act)


def _tell(flag: Flag, agency: Agency, unit: Unit | None, kind: str, event: str, act: Act) -> None:
    raise_alert(
        kind=kind,
        event=event,
        agency_id=agency.pk,
        unit_id=unit.pk if unit else None,
        child_id=flag.child_id,
        reference=flag.reference,
        urgency=URGENCIES[kind],
        act=act,
    )


# --- registries


def to_flag(deadline: Deadline) -> str:
    """Return the address of the flag."""
    return reverse("risk:flag", args=[deadline.child.reference, deadline.reference])


def register_own() -> None:
    """Register the clocks of flags, their words in the timeline, and what a protocol may settle."""
    for name, title, can_extend in (
        (FlagClock.DECIDE, "Decide on a flag", True),
        (FlagClock.ENTER, "Enter a flag on your system", True),
        # More time for a review is what a review gives.
        (FlagClock.REVIEW, "Review a flag", False),
        (FlagClock.TAKE_OFF, "Take a flag off your system", True),
    ):
        deadlines.register(
            DeadlineKind(
                name=name,
                title=title,
                opens=to_flag,
                seen_with=Aspect.FLAG,
                can_extend=can_extend,
            )
        )
    timeline.register(
        {
            FlagFact.ASKED: "The police were asked for a flag",
            FlagFact.MADE: "Flagged by the police",
            FlagFact.MOVED: "The police of the new place were asked to review a flag",
            FlagFact.DECIDED: "The police decided on a flag",
            FlagFact.DISAGREED: "The council disagreed with the decision on a flag",
            FlagFact.ENTERED: "A flag was entered on the police's system",
            FlagFact.REVIEWED: "A flag was reviewed",
            FlagFact.ENDED: "A flag ended, or its request was taken back",
            FlagFact.TAKEN_OFF: "A flag was taken off the police's system",
        }
    )
    for key in (
        Key(
            name="flag_decide_days",
            default=2,
            parse=whole_number(least=1, most=10),
            source="Practice: no law sets it; a council that waits longer rings instead.",
            description="Working days in which the force decides on a request for a flag.",
        ),
        Key(
            name="flag_enter_hours",
            default=24,
            parse=whole_number(least=1, most=72),
            source="Practice: accepted means entered on the force's system, reference, by, at.",
            description="Hours in which a flag is entered on the force's system, or taken off it.",
        ),
        Key(
            name="flag_review_days",
            default=90,
            parse=whole_number(least=7, most=365),
            source="Practice: periods of forces are not published; 90 days are the default.",
            description="Days after which a flag is reviewed unless somebody chooses another day.",
        ),
        Key(
            name="flag_longest_days",
            default=365,
            parse=whole_number(least=30, most=365),
            source="Practice: a flag that nobody renews must not outlive what it was made for.",
            description="Days after which a flag expires at the latest.",
        ),
    ):
        protocol.register(key)
