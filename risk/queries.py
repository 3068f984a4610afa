"""Questions about risk that span models."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

from cases import panels
from cases import queries as cases_queries
from cases.access import ChildView
from cases.models import Child, Deadline, Grant
from cases.queries import COUNT_CAP, PAGE_SIZE, Page
from cases.rules import Aspect, Part, parts_opening
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind
from missingchildren.core.clock import london_day
from missingchildren.core.references import normalise_reference
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse
from risk import access, rules
from risk.models import Flag
from risk.models.flags import FlagQuerySet
from risk.rules import IN_FORCE, FlagAct, FlagClock, FlagState

# --- flags

FLAG_COLOURS = {
    FlagState.REQUESTED: "orange",
    FlagState.DECLINED: "grey",
    FlagState.DISPUTED: "orange",
    FlagState.ACCEPTED: "orange",
    FlagState.ACTIVE: "red",
    FlagState.REVIEW_OVERDUE: "red",
    FlagState.EXPIRED: "grey",
    FlagState.TO_TAKE_OFF: "grey",
    FlagState.ENDED: "grey",
}
# The key of the evidence that flags themselves are.
FLAG_EVIDENCE = "flag"
# Evidence of these apps is about this time missing; a flag is about the next.
NO_GROUNDS = ("cases.", "risk.")
FLAG_BOXES = ("to_do", "in_force", "over")


@dataclass(frozen=True)
class ShownFlag:
    """One flag as it stands on a day, in words. `due` is the next deadline of the force."""

    flag: Flag
    today: date
    due: Deadline | None = None

    @property
    def state(self) -> FlagState:
        """Return where the flag stands."""
        return rules.flag_state(self.flag.standing, today=self.today)

    @property
    def is_in_force(self) -> bool:
        """Return whether the child is flagged now; an expired flag never is."""
        return self.state in IN_FORCE

    @property
    def holds_elsewhere(self) -> ShownFlag | None:
        """Return the flag of another force that this one, still undecided, should follow."""
        if self.state != FlagState.REQUESTED or self.flag.follows is None:
            return None
        earlier = ShownFlag(self.flag.follows, self.today)
        return earlier if earlier.is_in_force else None

    @property
    def words(self) -> str:
        """Return where the flag stands and at which force, as pages, evidence and the API say it."""
        force = self.flag.force.name
        earlier = self.holds_elsewhere
        if earlier:
            return (
                f"{earlier.state.capitalize()} with {earlier.flag.force.name}, "
                f"not yet reviewed by {force}"
            )
        if self.state == FlagState.DECLINED and self.flag.redecided_at:
            return f"Declined again by {force} after the council disagreed"
        return f"{self.state.capitalize()} ({force})"

    @property
    def short_words(self) -> str:
        """Return where the flag stands, for beside the force's name."""
        return "Not yet reviewed here" if self.holds_elsewhere else self.state.capitalize()

    @property
    def colour(self) -> str:
        """Return the colour of the state's tag."""
        return FLAG_COLOURS[self.state]

    @property
    def level_words(self) -> str:
        """Return the level: that holds, that was asked for, or that held once."""
        if self.is_in_force:
            return f"At {self.flag.level} risk of harm"
        if not self.flag.level:
            return f"Asked for: {self.flag.level_asked} risk of harm"
        return f"Was: {self.flag.level} risk of harm"

    @property
    def is_plain(self) -> bool:
        """Return whether `short_words` beside the force's name say all that `words` say."""
        return not self.holds_elsewhere and not self.flag.redecided_at

    @property
    def if_missing(self) -> str:
        """Return what to do if the child is missing, in the force's own words where it has them."""
        return self.flag.wording or self.flag.if_missing


def flags_of(view: ChildView, act: Act, *, most: int) -> list[ShownFlag]:
    """Return a child's flags, those that have not ended first, then the newest. One query."""
    found = _with_agencies(Flag.objects.filter(child=view.child)).order_by(
        F("ended_at").asc(nulls_first=True), "-asked_at", "-pk"
    )
    today = london_day(act.now)
    return [ShownFlag(flag, today) for flag in found[:most]]


def flag_of(view: ChildView, act: Act, reference: str) -> ShownFlag | None:
    """Return one of a child's flags with its decisions, and the force's next deadline with it."""
    flag = (
        _with_agencies(Flag.objects.filter(child=view.child, reference=reference))
        .select_related("asked_by__user", "decided_by__user", "entered_by__user")
        .prefetch_related("decisions__by__user", "decisions__by__agency")
        .first()
    )
    if flag is None:
        return None
    return ShownFlag(flag, london_day(act.now), _next_deadlines([flag]).get(flag.reference))


def _with_agencies(flags: FlagQuerySet) -> FlagQuerySet:
    return flags.select_related("child", "force", "council", "follows__force", "follows__child")


def _next_deadlines(flags: Sequence[Flag]) -> dict[str, Deadline]:
    """Return the next running deadline of the force with each of these flags, in one query."""
    running = (
        Deadline.objects.running()
        .filter(
            reference__in=[flag.reference for flag in flags],
            kind__in=[clock.value for clock in FlagClock],
        )
        .order_by("-due_at", "-pk")
    )
    return {deadline.reference: deadline for deadline in running}


def flags_page(act: Act, *, box: str, after: str = "") -> Page:
    """Return one page of the flags that the acting agency asked for or holds.

    What is to be done comes oldest first, the others newest first. Only children whom this
    person may open are shown, and only while a part of the agency opens flags.
    """
    today = london_day(act.now)
    holder = "force" if act.own_agency.kind == AgencyKind.FORCE else "council"
    opening = Grant.objects.live(act.now).filter(
        child=OuterRef("child"), agency=act.own_agency, part__in=parts_opening(Aspect.FLAG)
    )
    mine = Flag.objects.filter(
        Exists(opening),
        child__in=cases_queries.permitted_children(act),
        **{holder: act.own_agency},
    )
    boxes = {"to_do": mine.to_do(today), "in_force": mine.in_force(today), "over": mine.over()}
    found = boxes[box]
    count = found.order_by()[: COUNT_CAP + 1].count()
    is_oldest_first = box == "to_do"
    key = normalise_reference(after, "FL")
    start = mine.filter(reference=key).values_list("asked_at", "pk").first() if key else None
    if start:
        beyond = TupleGreaterThan if is_oldest_first else TupleLessThan
        found = found.filter(beyond(Tuple(F("asked_at"), F("pk")), start))
    order = ("asked_at", "pk") if is_oldest_first else ("-asked_at", "-pk")
    flags = list(
        _with_agencies(found).prefetch_related("child__names").order_by(*order)[: PAGE_SIZE + 1]
    )
    next_key = flags[PAGE_SIZE - 1].reference if len(flags) > PAGE_SIZE else ""
    due = _next_deadlines(flags[:PAGE_SIZE])
    rows = [ShownFlag(flag, today, due.get(flag.reference)) for flag in flags[:PAGE_SIZE]]
    return Page(rows=rows, next_key=next_key, count=count)


def has_flag(view: ChildView) -> bool:
    """Return whether a child has, or had, a flag or a request for one."""
    return Flag.objects.filter(child=view.child).exists()


def evidence_for_flags(view: ChildView, act: Act) -> dict[str, str]:
    """Return what grounds may rest on, reference and title: interviews and placements, not one time missing.

    No more than this person may read, and nothing that only the police read.
    """
    return {
        item.reference: item.title
        for source in panels.evidence_sources()
        if source.key != FLAG_EVIDENCE
        for item in source.items(view, act)
        if not item.is_police_only and not item.kind.startswith(NO_GROUNDS)
    }


def force_to_ask(view: ChildView, act: Act) -> Agency | None:
    """Return the force that answers for where the child lives; None: a person must choose.

    The force of the place where the child is placed, else the one that leads the search for them
    now, else the one of the acting council's own area.
    """
    host = (
        Grant.objects.live(act.now)
        .filter(child=view.child, part=Part.HOST_FORCE, agency__is_active=True)
        .select_related("agency")
        .order_by("-starts_at", "-pk")
        .first()
    )
    if host:
        return host.agency
    episode = view.child.episodes.open().select_related("lead_force").first()
    if episode and episode.lead_force:
        return episode.lead_force
    return cases_queries.force_of_agency(act.own_agency, on=london_day(act.now)).force


def no_other_flag(child: Child, force: Agency, *, today: date, but: Flag | None = None) -> Verdict:
    """Say whether a force has no other flag of the child in force or asked for."""
    others = Flag.objects.filter(child=child, force=force)
    if but:
        others = others.exclude(pk=but.pk)
    if others.waiting_or_in_force(today).exists():
        return refuse(f"{force.name} already has this child's flag, or is asked for it.", "force")
    return ALLOWED


def flag_verdicts(flag: Flag, act: Act) -> dict[FlagAct, Verdict]:
    """Return for each thing that is done with a flag whether this person may do it now."""
    today = london_day(act.now)
    verdicts = {
        what: access.can_act_on_flag(what, act, flag)
        and rules.flag_act(what, flag.standing, today=today)
        for what in FlagAct
    }
    if verdicts[FlagAct.DISAGREE]:
        verdicts[FlagAct.DISAGREE] = no_other_flag(flag.child, flag.force, today=today, but=flag)
    return verdicts
