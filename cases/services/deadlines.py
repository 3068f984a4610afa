"""Start, meet and drop deadlines: every clock in the product is a row, of a kind that an app registered."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import F
from django.urls import reverse

from cases import access, queries, rules
from cases.events import deadline_extended
from cases.models import Child, Deadline, Extension, MissingEpisode
from cases.models.work import DeadlineQuerySet
from cases.rules import Aspect, Clock, Fact
from cases.services import sharing, timeline
from cases.services.references import unused
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, LocalProtocol, Membership, Unit
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken, Stale

NO_DEADLINE = "There is nothing to do under this reference, or you may not see it."


@dataclass(frozen=True, kw_only=True)
class DeadlineKind:
    """One kind of clock.

    `title` says what must be done; `opens` returns where it is done. `seen_with` is the aspect
    that lets another agency of the case see that it is late. Only what no law fixes can be given
    more time (`can_extend`). One whose `reference` is an episode's may matter only while that is
    open (`ends_with_episode`): closing the episode drops it.
    """

    name: str
    title: str
    opens: Callable[[Deadline], str]
    seen_with: Aspect | None = None
    can_extend: bool = False
    ends_with_episode: bool = False


class UnknownKind(LookupError):
    """No app has registered this kind."""


_kinds: dict[str, DeadlineKind] = {}


def register(kind: DeadlineKind) -> None:
    """Make a kind known.

    Raises:
        ValueError: another kind has this name.
    """
    if _kinds.setdefault(kind.name, kind) != kind:
        raise ValueError(f"deadline kind {kind.name} is already registered")


def registered() -> Mapping[str, DeadlineKind]:
    """Return every kind by name."""
    return dict(_kinds)


def kind_of(deadline: Deadline) -> DeadlineKind:
    """Return the kind of a deadline.

    Raises:
        UnknownKind: nobody registered it.
    """
    try:
        return _kinds[deadline.kind]
    except KeyError:
        raise UnknownKind(deadline.kind) from None


def kinds_by_aspect() -> dict[Aspect, list[str]]:
    """Return the names of the kinds that other agencies may see, by what lets them."""
    seen: dict[Aspect, list[str]] = defaultdict(list)
    for kind in _kinds.values():
        if kind.seen_with is not None:
            seen[kind.seen_with].append(kind.name)
    return seen


def start(
    *,
    child: Child,
    agency: Agency,
    unit: Unit | None,
    kind: str,
    reference: str,
    due_at: datetime,
    act: Act,
    protocol: LocalProtocol | None = None,
    membership: Membership | None = None,
) -> Deadline:
    """Start a clock, once. `due_at` is an aware instant computed by a pure rule.

    A clock whose time has passed already, because the fact came late, is due at once.

    Raises:
        UnknownKind: nobody registered the kind.
    """
    if kind not in _kinds:
        raise UnknownKind(kind)
    deadline, _ = Deadline.objects.get_or_create(
        agency=agency,
        kind=kind,
        reference=reference,
        done_at=None,
        defaults={
            "own_reference": unused(Deadline, "DL", column="own_reference"),
            "child": child,
            "unit": unit,
            "membership": membership,
            "starts_at": min(act.now, due_at),
            "due_at": due_at,
            "protocol": protocol,
        },
    )
    return deadline


def meet(*, kind: str, reference: str, act: Act, agency: Agency | None = None) -> None:
    """Stop the running clocks of this kind and reference, of one agency or of all."""
    _running(kind, reference, agency).update(done_at=act.now, done_by=act.membership)


def drop(*, kind: str, reference: str, reason: str, act: Act, agency: Agency | None = None) -> None:
    """Stop running clocks that need not be met any more, and say why."""
    _running(kind, reference, agency).update(
        done_at=act.now, done_by=act.membership, dropped_reason=reason
    )


def resume(*, child: Child, agency: Agency, kind: str, reference: str, act: Act) -> None:
    """Start again, for the same hour, a clock that stopped because its agency's part had ended.

    Whoever calls knows that it is still owed.
    """
    stopped = (
        Deadline.objects.stopped_with_a_part()
        .filter(child=child, agency=agency, kind=kind, reference=reference)
        .select_related("unit", "protocol")
        .order_by("-done_at", "-pk")
        .first()
    )
    if stopped:
        start(
            child=child,
            agency=agency,
            unit=stopped.unit,
            kind=kind,
            reference=reference,
            due_at=stopped.due_at,
            protocol=stopped.protocol,
            act=act,
        )


def drop_with_episode(*, episode: MissingEpisode, reason: str, act: Act) -> None:
    """Stop the clocks of an episode that mattered only while it was open, and say why."""
    for kind in _kinds.values():
        if kind.ends_with_episode:
            drop(kind=kind.name, reference=episode.reference, reason=reason, act=act)


def locked_deadline(*, act: Act, reference: str) -> tuple[access.ChildView, Deadline]:
    """Lock the child and the clock, and return both if this person may know of them now.

    `reference` is the clock's own.

    Raises:
        NotFound: there is no such clock, or the child or the clock is hidden.
    """
    found = access.whose(Deadline, reference, column="own_reference")
    if found is None:
        raise NotFound(NO_DEADLINE)
    view = sharing.locked_child(act=act, reference=found)
    deadline = (
        Deadline.objects.select_for_update(of=("self",))
        .select_related("child", "agency", "unit", "membership__user")
        .get(own_reference=reference)
    )
    if not access.sees_deadline(act, view, deadline, kind_of(deadline).seen_with):
        raise NotFound(NO_DEADLINE)
    return view, deadline


@service(verb="cases.extend_deadline", operation=Operation.ALTERATION)
def extend_deadline(
    *,
    deadline_reference: str,
    new_due_at: datetime,
    reason: str,
    version: int | None,
    token: UUID | None,
    act: Act,
) -> Deadline:
    """Give more time for something, because a manager of the agency that owes it decided so.

    `new_due_at` is an aware instant. Each extension is kept with its reason. The same token counts
    once.

    Raises:
        NotFound: there is no such deadline, or it or its child is hidden.
        NotPermitted: another agency owes it, or this person is no supervisor or manager.
        RuleBroken: it is done, nobody can give more time for it, the time is not later or not to
            come, or there is no reason.
        Stale: somebody changed it since it was shown.
    """
    view, deadline = locked_deadline(act=act, reference=deadline_reference)
    if submissions.earlier_result(token=token, act=act, operation="cases.extend_deadline"):
        _log(deadline, act, verb="cases.extend_deadline")
        return deadline
    access.can_manage_deadline(act, deadline).require(NotPermitted)
    rules.extendable(can_extend=kind_of(deadline).can_extend, done_at=deadline.done_at).require()
    rules.extension(
        due_at=deadline.due_at,
        new_due_at=new_due_at,
        reason=reason,
        now=act.now,
    ).require()
    _require_version(deadline, version)

    Extension.objects.create(
        child=view.child,
        deadline=deadline,
        due_before=deadline.due_at,
        due_after=new_due_at,
        reason=reason.strip(),
        at=act.now,
        by=act.own_membership,
    )
    deadline.due_at, deadline.version = new_due_at, F("version") + 1
    deadline.save(update_fields=["due_at", "version"])
    deadline.refresh_from_db(fields=["version"])
    timeline.add(child=view.child, kind=Fact.EXTENDED, reference=deadline.reference, act=act)
    _log(deadline, act, verb="cases.extend_deadline")
    submissions.finish(token=token, result=deadline.own_reference)
    deadline_extended.send(sender=Deadline, deadline=deadline, act=act)
    return deadline


@service(verb="cases.reassign_deadline", operation=Operation.ALTERATION)
def reassign_deadline(
    *,
    deadline_reference: str,
    member_reference: str = "",
    unit_reference: str = "",
    version: int | None,
    token: UUID | None,
    act: Act,
) -> Deadline:
    """Let another person or team of the same agency do something. The same token counts once.

    A person without a team does it for the agency; a team without a person is whoever is there.

    Raises:
        NotFound: there is no such deadline, or it or its child is hidden.
        NotPermitted: another agency owes it, or this person is no supervisor or manager.
        RuleBroken: it is done, nobody is chosen, or they are not of this agency, or cannot open
            the record.
        Stale: somebody changed it since it was shown.
    """
    view, deadline = locked_deadline(act=act, reference=deadline_reference)
    if submissions.earlier_result(token=token, act=act, operation="cases.reassign_deadline"):
        _log(deadline, act, verb="cases.reassign_deadline")
        return deadline
    access.can_manage_deadline(act, deadline).require(NotPermitted)
    rules.still_owed(done_at=deadline.done_at).require()
    rules.reassignment(has_person=bool(member_reference), has_unit=bool(unit_reference)).require()
    member = _member(member_reference, view.child, act)
    unit = _unit(unit_reference, act)
    _require_version(deadline, version)

    deadline.membership, deadline.unit = member, unit
    deadline.version = F("version") + 1
    deadline.save(update_fields=["membership", "unit", "version"])
    deadline.refresh_from_db(fields=["version"])
    _log(deadline, act, verb="cases.reassign_deadline")
    submissions.finish(token=token, result=deadline.own_reference)
    return deadline


@service(verb="cases.chase_deadline", operation=Operation.DISCLOSURE)
def chase_deadline(*, deadline_reference: str, token: UUID | None, act: Act) -> Deadline:
    """Ask whoever owes something for it: an alert to their agency and team, once an hour.

    The same token counts once.

    Raises:
        NotFound: there is no such deadline, or it or its child is hidden.
        NotPermitted: it is one's own agency's, and this person is no supervisor or manager.
        RuleBroken: it is done, or they were asked less than an hour ago.
    """
    _view, deadline = locked_deadline(act=act, reference=deadline_reference)
    if submissions.earlier_result(token=token, act=act, operation="cases.chase_deadline"):
        _log(deadline, act, verb="cases.chase_deadline")
        return deadline
    access.can_chase(act, deadline).require(NotPermitted)
    rules.still_owed(done_at=deadline.done_at).require()
    rules.chasing(chased_at=queries.chased_at(deadline), now=act.now).require()

    raise_alert(
        kind="cases.chased",
        event=f"chased:{deadline.own_reference}:{act.now:%Y-%m-%dT%H:%M}",
        agency_id=deadline.agency_id,
        unit_id=deadline.unit_id,
        child_id=deadline.child_id,
        reference=deadline.own_reference,
        urgency=Urgency.URGENT,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.DISCLOSURE,
        verb="cases.chase_deadline",
        subjects=[deadline.child_id],
        objects=[deadline.own_reference, deadline.reference],
        recipient=deadline.agency.reference,
    )
    submissions.finish(token=token, result=deadline.own_reference)
    return deadline


def _member(reference: str, child: Child, act: Act) -> Membership | None:
    """Return the colleague to whom something is given, if one is named.

    Raises:
        RuleBroken: there is none, or they cannot open the child's record.
    """
    if not reference:
        return None
    live = Membership.objects.live(act.now).filter(agency=act.own_agency, reference=reference)
    member = live.select_related("user", "agency").first()
    if member is None:
        raise RuleBroken("Choose a person who works for your agency now.", "person")
    access.can_be_given(act, child=child, member=member).require()
    return member


def _unit(reference: str, act: Act) -> Unit | None:
    """Return the team to which something is given, if one is named.

    Raises:
        RuleBroken: there is none.
    """
    if not reference:
        return None
    unit = Unit.objects.filter(agency=act.own_agency, reference=reference, is_active=True).first()
    if unit is None:
        raise RuleBroken("Choose a team of your agency.", "unit")
    return unit


def _require_version(deadline: Deadline, version: int | None) -> None:
    """Refuse a change that was judged on what is no longer stored; None: made without a page.

    Raises:
        Stale: somebody changed it since.
    """
    if version is not None and deadline.version != version:
        raise Stale("Somebody changed this while you were looking at it. Check it and try again.")


def _log(deadline: Deadline, act: Act, *, verb: str) -> None:
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb=verb,
        subjects=[deadline.child_id],
        objects=[deadline.own_reference, deadline.reference],
    )


def _running(kind: str, reference: str, agency: Agency | None) -> DeadlineQuerySet:
    running = Deadline.objects.running().filter(kind=kind, reference=reference)
    return running.filter(agency=agency) if agency else running


def to_child(deadline: Deadline) -> str:
    """Return the address of the child's page."""
    return reverse("cases:child", args=[deadline.child.reference])


def _to_question(deadline: Deadline) -> str:
    return reverse("cases:match", args=[deadline.reference])


def _to_prevention_interview(deadline: Deadline) -> str:
    return reverse(
        "cases:prevention_interview", args=[deadline.child.reference, deadline.reference]
    )


def register_own() -> None:
    """Register the kinds of this app."""
    for kind in (
        DeadlineKind(
            name=Clock.ACCEPT_REPORT,
            title="Accept a report",
            opens=to_child,
            seen_with=Aspect.ALERTS,
        ),
        DeadlineKind(
            name=Clock.MATCH_QUESTION,
            title="Say whether it is the same child",
            opens=_to_question,
        ),
        DeadlineKind(
            name=Clock.PREVENTION_INTERVIEW,
            title="Record the prevention interview",
            opens=_to_prevention_interview,
            seen_with=Aspect.ALERTS,
            can_extend=True,
            ends_with_episode=True,
        ),
    ):
        register(kind)
