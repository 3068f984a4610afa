"""What the stories are told with: one child's record, one time missing, one answer, each an act.

Every act is a person's, at its own time, through the services that pages and the API use. Where no
service exists yet the function says so.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from cases import access, queries
from cases.models import (
    Allocation,
    Child,
    ChildName,
    Deadline,
    Grant,
    Involvement,
    Location,
    MissingEpisode,
    NamedReader,
    PreventionInterview,
    Report,
    Update,
)
from cases.rules import Audience, Part
from cases.services import children, sharing
from cases.services.children import Described
from cases.services.closing import close_episode
from cases.services.deadlines import extend_deadline
from cases.services.references import unused
from cases.services.reports import Place, Reported, accept_report, report_missing
from cases.services.returns import (
    Found,
    record_located,
    record_prevention_interview,
    record_return,
)
from cases.services.updates import add_update
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import AgencyKind
from missingchildren.alerts.models import Alert
from missingchildren.alerts.rules import Urgency
from missingchildren.alerts.services import acknowledge
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.clock import Precision, london_day
from missingchildren.core.identifiers import UPN_LETTERS
from missingchildren.demo import cast

HOME_PARTS = {
    AgencyKind.CHILDRENS_HOME: (Part.CHILDRENS_HOME, Involvement.Capacity.HOME),
    AgencyKind.FOSTERING_AGENCY: (Part.FOSTERING_AGENCY, Involvement.Capacity.FOSTERING),
}
CAPACITIES = {
    AgencyKind.SCHOOL: Involvement.Capacity.SCHOOL,
    AgencyKind.HEALTH: Involvement.Capacity.HEALTH,
    AgencyKind.CHARITY: Involvement.Capacity.VOLUNTARY,
}
# How soon a duty desk answers; what is only worth knowing is read when there is time.
ANSWERED_AFTER = {
    Urgency.IMMEDIATE: timedelta(seconds=80),
    Urgency.URGENT: timedelta(minutes=2),
    Urgency.SOON: timedelta(minutes=7),
    Urgency.ROUTINE: timedelta(hours=1),
}


def minutes(number: float) -> timedelta:
    """Return so many minutes."""
    return timedelta(minutes=number)


def hours(number: float) -> timedelta:
    """Return so many hours."""
    return timedelta(hours=number)


def days(number: float) -> timedelta:
    """Return so many days of 24 hours."""
    return timedelta(days=number)


def birthday(now: datetime, *, age: int, days_ago: int) -> date:
    """Return the date of birth of a child who turned `age` so many days before `now`."""
    last = london_day(now) - timedelta(days=days_ago)
    try:
        return last.replace(year=last.year - age)
    except ValueError:  # 29 February: counted from 1 March in other years
        return date(last.year - age, 3, 1)


# --- numbers that pass their checks and belong to nobody


def nhs_numbers(*, first: int = 1) -> Iterator[str]:
    """Yield NHS numbers from the range that begins with 999, which is never issued."""
    for serial in range(first, 1_000_000):
        digits = f"999{serial:06d}"
        weighted = zip(range(10, 1, -1), digits, strict=True)
        check = -sum(weight * int(digit) for weight, digit in weighted) % 11
        if check != 10:
            yield f"{digits}{check}"


def pupil_numbers(*, authority: str) -> Iterator[str]:
    """Yield unique pupil numbers of an authority, from a school number that no school has."""
    for serial in range(1, 1000):
        digits = f"{authority}000120{serial:03d}"
        weighted = zip(range(2, 14), digits, strict=True)
        letter = UPN_LETTERS[sum(weight * int(digit) for weight, digit in weighted) % 23]
        yield f"{letter}{digits}"


# --- a child's record


@dataclass(frozen=True, kw_only=True)
class Known:
    """A child whom a council looks after, as its social worker records them.

    Agencies are keys of the cast; `home` is where the child lives, `knows` who is asked.
    """

    described: Described
    council: str
    since: date
    legal_status: str = "C2"
    team: str = ""
    known_as: str = ""
    home: str = ""
    address: tuple[str, str] = ("", "")
    moved_in: timedelta = field(default=timedelta())
    knows: tuple[str, ...] = ()
    allocated_to: tuple[str, ...] = ()


@service(verb="demo.record_child", operation=Operation.COLLECTION)
def record_known(*, known: Known, act: Act) -> Child:
    """Record a child whom the acting agency looks after, and who works with them."""
    agency = act.agency
    assert agency is not None
    child = children.record_child(described=known.described, recording_agency=agency, act=act)
    if known.known_as:
        children.add_name(
            child=child,
            given_names=known.known_as,
            family_name=known.described.family_name,
            kind=ChildName.Kind.KNOWN_AS,
            agency=agency,
            act=act,
        )
    children.begin_looking_after(
        child=child,
        council=agency,
        starts_on=known.since,
        legal_status=known.legal_status,
        unit=cast.unit(known.council, known.team) if known.team else None,
        act=act,
    )
    # No service allocates work yet.
    for person in known.allocated_to:
        Allocation.objects.create(
            child=child, membership=cast.membership(person), starts_at=act.now
        )
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb="demo.record_child",
        subjects=[child.pk],
        objects=[child.reference],
    )
    return child


@service(verb="demo.move_in", operation=Operation.ALTERATION)
def move_in(*, child: Child, known: Known, act: Act) -> None:
    """Record where a looked-after child lives, and the agencies there that know them."""
    locked = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    for key in known.knows:
        knows = cast.agency(key)
        children.involve(
            child=locked, agency=knows, capacity=CAPACITIES[AgencyKind(knows.kind)], act=act
        )
    if known.home:
        home = cast.agency(known.home)
        part, capacity = HOME_PARTS[AgencyKind(home.kind)]
        children.involve(child=locked, agency=home, capacity=capacity, act=act)
        sharing.open_part(
            child=locked,
            agency=home,
            part=part,
            basis=Grant.Basis.PLACEMENT,
            source=f"lives from {london_day(act.now)}",
            act=act,
        )
    if known.address[1]:
        _record_address(locked, known, act)
    sharing.recompute(child=locked, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="demo.move_in",
        subjects=[child.pk],
        objects=[child.reference],
    )


def _record_address(child: Child, known: Known, act: Act) -> None:
    """Keep where the child lives. No service does this yet; placements will."""
    description, postcode = known.address
    told = queries.force_for_postcode(postcode, on=london_day(act.now))
    assert act.agency is not None
    Location.objects.create(
        child=child,
        reference=unused(Location, "LO"),
        kind=Location.Kind.LIVES,
        owner=act.agency,
        audience=Audience.CASE,
        recorded_at=act.now,
        recorded_by=act.membership,
        place=json.dumps({"description": description, "postcode": postcode}),
        authority_code=told.authority.code if told.authority else "",
        force_code=told.force_area.code if told.force_area else "",
        at=act.now,
    )


@service(verb="demo.record_death", operation=Operation.ALTERATION)
def record_death(*, child: Child, died_on: date, readers: tuple[str, ...], act: Act) -> None:
    """Close the record of a child who has died to all but those named. No service does it yet."""
    locked = Child.objects.select_for_update(of=("self",)).get(pk=child.pk)
    locked.died_on, locked.is_restricted = died_on, True
    locked.save(update_fields=["died_on", "is_restricted"])
    assert act.membership is not None
    for person in readers:
        NamedReader.objects.create(
            child=locked,
            user=cast.membership(person).user,
            starts_at=act.now,
            made_by=act.membership,
        )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="demo.record_death",
        subjects=[child.pk],
        objects=[child.reference],
    )


def on_record(known: Known, *, recorded: timedelta, now: datetime) -> Child:
    """Record a looked-after child so long before `now`, and then where they live."""
    worker = known.allocated_to[0] if known.allocated_to else cast.ON_DUTY[known.council]
    child = record_known(known=known, act=cast.act_of(worker, at=now - recorded))
    if known.home or known.knows or known.address[1]:
        at = now - (known.moved_in or recorded)
        move_in(child=child, known=known, act=cast.act_of(worker, at=at))
    return child


# --- one time missing


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing that a person adds; `ago` counts back from the time of loading."""

    person: str
    ago: timedelta
    text: str
    kind: Update.Kind = Update.Kind.INFORMATION
    audience: Audience = Audience.CASE
    happened: timedelta = field(default=timedelta())


@dataclass(frozen=True, kw_only=True)
class Missing:
    """One time missing; every timedelta counts back from the time of loading.

    Without `accepted` nobody has read the report; without `returned` the child is still missing.
    The officer who accepted the report also speaks with the child who is back: `interview` is what
    they write, "" where nobody has yet.
    """

    reporter: str
    place: Place
    seen: timedelta
    reported: timedelta
    why_worried: str
    done_so_far: str = ""
    contact: tuple[str, str] = ("", "07700 900 100")
    precision: Precision = Precision.EXACT
    accepted_by: str = ""
    accepted: timedelta | None = None
    said: tuple[Said, ...] = ()
    returned: timedelta | None = None
    interview: str = (
        "An officer spoke with the child at the door. They were safe and had not been harmed. "
        "They did not want to say where they had been."
    )


def go_missing(
    missing: Missing,
    *,
    now: datetime,
    child: Child | None = None,
    described: Described | None = None,
) -> MissingEpisode:
    """Tell one time missing from the report to the return, as far as it went."""
    report = _report(missing, now=now, child=child, described=described)
    episode = report.episode
    if missing.accepted is not None:
        accepted_at = now - missing.accepted
        look(missing.accepted_by, episode.child, at=accepted_at - minutes(1))
        accept_report(
            episode_reference=episode.reference,
            police_reference=police_reference(report.told_force.short_name, episode, accepted_at),
            version=episode.version,
            act=cast.act_of(missing.accepted_by, at=accepted_at),
        )
    for said in missing.said:
        say(said, episode.child, now=now)
    if missing.returned is not None:
        at = now - missing.returned
        record_return(
            episode_reference=episode.reference,
            returned_at=at,
            version=None,
            act=cast.act_of(missing.accepted_by, at=min(at + minutes(11), now)),
        )
        if missing.interview:
            prevention_interview(
                missing.accepted_by,
                episode,
                text=missing.interview,
                held_at=min(at + minutes(40), now),
                at=min(at + hours(1), now),
            )
    episode.refresh_from_db()
    return episode


def _report(
    missing: Missing, *, now: datetime, child: Child | None, described: Described | None
) -> Report:
    act = cast.act_of(missing.reporter, at=now - missing.reported)
    name, phone = missing.contact
    assert act.user is not None
    return report_missing(
        reported=Reported(
            child_reference=child.reference if child else "",
            described=described,
            last_seen_at=now - missing.seen,
            last_seen_precision=missing.precision,
            place=missing.place,
            why_worried=missing.why_worried,
            done_so_far=missing.done_so_far,
            contact_name=name or act.user.full_name,
            contact_phone=phone,
        ),
        token=None,
        act=act,
    )


def police_reference(force: str, episode: MissingEpisode, at: datetime) -> str:
    """Return a reference as a force might write it."""
    letters = "".join(word[0] for word in force.split())
    return f"{letters}-{at:%d%m%y}-{episode.pk:04d}"


def say(said: Said, child: Child, *, now: datetime) -> Update:
    """Add what somebody knows."""
    return add_update(
        child_reference=child.reference,
        kind=said.kind,
        text=said.text,
        happened_at=now - (said.happened or said.ago),
        audience=said.audience,
        token=None,
        act=cast.act_of(said.person, at=now - said.ago),
    )


def look(person: str, child: Child, *, at: datetime) -> None:
    """Leave the trace of somebody's look at the case page, which pages leave at their own time."""
    act = cast.act_of(person, at=at)
    view = access.view_of(act=act, reference=child.reference)
    log.record(
        act=act,
        operation=Operation.CONSULTATION,
        verb="cases.child",
        subjects=[child.pk],
        objects=[child.reference],
        basis=view.basis,
    )


# --- located, closed, and what is owed


def locate(
    person: str,
    episode: MissingEpisode,
    *,
    located_at: datetime,
    at: datetime,
    because: MissingEpisode.NotHome,
    words: str = "",
    place: tuple[str, str] = ("", ""),
) -> MissingEpisode:
    """Have an officer record, `at` a time, that a child is found and not home yet."""
    description, postcode = place
    return record_located(
        episode_reference=episode.reference,
        located_at=located_at,
        not_home_because=because,
        not_home_words=words,
        found=Found(description=description, postcode=postcode),
        version=None,
        token=None,
        act=cast.act_of(person, at=at),
    )


def prevention_interview(
    person: str,
    episode: MissingEpisode,
    *,
    text: str,
    at: datetime,
    held_at: datetime | None = None,
    how: PreventionInterview.How = PreventionInterview.How.FACE_TO_FACE,
    audience: Audience = Audience.STATUTORY,
    police_only: str = "",
) -> PreventionInterview:
    """Have an officer record, `at` a time, the talk with a child; without `held_at` there was none."""
    return record_prevention_interview(
        episode_reference=episode.reference,
        how=how if held_at else PreventionInterview.How.NOT_HELD,
        held_at=held_at,
        text=text,
        audience=audience,
        police_only=police_only,
        token=None,
        act=cast.act_of(person, at=at),
    )


def close(
    person: str, episode: MissingEpisode, *, at: datetime, reason: str = ""
) -> MissingEpisode:
    """Have somebody of the lead force close an episode, with a reason where not all is settled."""
    return close_episode(
        episode_reference=episode.reference,
        reason=reason,
        version=None,
        token=None,
        act=cast.act_of(person, at=at),
    )


def extend(
    person: str, *, kind: str, reference: str, new_due_at: datetime, reason: str, at: datetime
) -> Deadline:
    """Have a manager give more time for what their agency owes of this kind and reference."""
    act = cast.act_of(person, at=at)
    running = Deadline.objects.running().get(agency=act.own_agency, kind=kind, reference=reference)
    return extend_deadline(
        deadline_reference=running.own_reference,
        new_due_at=new_due_at,
        reason=reason,
        version=None,
        token=None,
        act=act,
    )


# --- alerts


def answer_alerts(*, before: datetime) -> None:
    """Have the person on duty answer what still waits, as soon as its urgency asks for.

    What would be answered after `before` still waits then.
    """
    duty = {cast.BY_KEY[key].name: person for key, person in cast.ON_DUTY.items()}
    for alert in Alert.objects.waiting().select_related("agency").order_by("pk"):
        at = alert.raised_at + ANSWERED_AFTER[Urgency(alert.urgency)]
        if at < before:
            acknowledge(reference=alert.reference, act=cast.act_of(duty[alert.agency.name], at=at))


def answer(person: str, child: Child, *, kind: str, at: datetime) -> None:
    """Have one person answer the alerts of a kind about a child that came to their agency."""
    act = cast.act_of(person, at=at)
    waiting = Alert.objects.waiting().filter(agency=act.agency, child_id=child.pk, kind=kind)
    for alert in waiting:
        acknowledge(reference=alert.reference, act=act)
