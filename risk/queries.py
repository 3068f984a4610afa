"""Questions about risk that span models: who was asked, what is known, what was shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from django.db.models.functions import JSONObject
from django.utils.dateparse import parse_datetime

from cases import panels
from cases import queries as cases_queries
from cases.access import ChildView
from cases.models import Child, Deadline, Grant, PoliceNote
from cases.models.sharing import GrantQuerySet
from cases.panels import MOST_SHOWN, Evidence
from cases.queries import COUNT_CAP, PAGE_SIZE, Page
from cases.rules import Aspect, Audience, Part, Right, parts_opening
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind, Unit, UnitKind
from missingchildren.agencies.queries import closed_until, duty_unit
from missingchildren.core.clock import london_day
from missingchildren.core.prepared import Parameter, Prepared, by_shape, only
from missingchildren.core.references import normalise_reference
from missingchildren.core.verdicts import ALLOWED, Verdict, refuse
from missingchildren.web.templatetags.web import written
from risk import access, rules
from risk.models import Ask, Contribution, Decision, Dissent, Flag, RiskRound, ShownEvidence
from risk.models.flags import FlagQuerySet
from risk.rules import IN_FORCE, UNANSWERED, AskState, FlagAct, FlagClock, FlagState

# --- rounds

ANSWERS, LEVEL_CHOSEN, ASKED = "answers", "level", "asked"
FLAG = "risk.flag"
ANSWERS_AT_NIGHT = frozenset({UnitKind.DUTY_DESK, UnitKind.EDT})
SHORT_KINDS = {
    Contribution.Kind.TELLS: "",
    Contribution.Kind.HOLDS_NOTHING: "We checked and hold no information.",
    Contribution.Kind.STILL_RIGHT: "What we told you is still right.",
}


def latest_round(child: Child, act: Act | None = None) -> RiskRound | None:
    """Return the child's latest risk round, with its episode and the decision that counts.

    With an act, in the same query, also who leads the search, who chose the level, and who has a
    part that answers and was not asked (`unasked`).
    """
    round = _latest_round(is_asked_in_full=act is not None).one(child=child.pk, now=act and act.now)
    if round:
        round.child = child
    return round


@by_shape
def _latest_round(*, is_asked_in_full: bool) -> QuerySet[RiskRound]:
    rounds = RiskRound.objects.filter(child=Parameter("child")).select_related(
        "episode", "current__owner"
    )
    if is_asked_in_full:
        asked = Ask.objects.filter(round=OuterRef(OuterRef("pk"))).values("agency")
        unasked = (
            _answering(Parameter("now"))
            .filter(child=OuterRef("child"))
            .exclude(agency=OuterRef("episode__lead_force"))
            .exclude(agency__in=asked)
            .order_by("agency__name", "pk")
        )
        rounds = rounds.select_related(
            "episode__lead_force", "current__recorded_by__user"
        ).annotate(unasked=ArraySubquery(unasked.values(json=_AGENCY)))
    return rounds.order_by("-opened_at", "-pk")[:1]


def _answering(now: datetime | Parameter) -> GrantQuerySet:
    """Return the live parts that answer what is asked."""
    return Grant.objects.live(now).filter(
        part__in=parts_opening(Aspect.OWN_ANSWER), agency__is_active=True
    )


AGENCY_FIELDS = ("id", "reference", "name", "kind")
_AGENCY = JSONObject(**{name: f"agency__{name}" for name in AGENCY_FIELDS})


@dataclass(frozen=True)
class Answered:
    """One answer as a page shows it: no more than its reader may have."""

    reference: str
    kind: str
    text: str
    at: datetime
    audience: Audience
    is_by_phone: bool
    given_by: str
    given_at: datetime | None
    is_confirmed: bool
    is_late: bool
    is_read: bool

    @property
    def words(self) -> str:
        """Return the answer in words."""
        return "\n".join(filter(None, [SHORT_KINDS[Contribution.Kind(self.kind)], self.text]))

    @property
    def is_unread(self) -> bool:
        """Return whether it came late, and nobody of the lead force has read it yet."""
        return self.is_late and not self.is_read


@dataclass(frozen=True)
class Line:
    """One agency that is asked, or that could be: what became of the question."""

    agency: Agency
    unit: Unit | None
    ask: Ask | None
    state: AskState
    answered_at: datetime | None
    closed_until: datetime | None
    answers: tuple[Answered, ...]

    @property
    def is_silent(self) -> bool:
        """Return whether it has not answered, for whatever reason."""
        return self.state in UNANSWERED

    @property
    def to(self) -> str:
        """Return whom was asked."""
        return f"{self.agency.name}, {self.unit.name}" if self.unit else self.agency.name

    @property
    def words(self) -> str:
        """Return what became of the question, in words: silence is named, never left out."""
        if self.ask is None:
            return "Not asked"
        asked = f"asked {written(self.ask.asked_at)}"
        if self.state == AskState.CLOSED and self.closed_until:
            return f"Closed until {written(self.closed_until)}, {asked}"
        if self.state == AskState.SILENT:
            return f"No answer yet, {asked}"
        if self.state == AskState.REPORTED:
            return f"Told in its report, {written(self.ask.asked_at)}"
        at = self.answered_at or self.ask.asked_at
        return f"{self.state.capitalize()}, {written(at)}"


@dataclass(frozen=True)
class Section:
    """What one source offers, under its title."""

    key: str
    title: str
    items: tuple[Evidence, ...]

    @property
    def open_items(self) -> list[Evidence]:
        """Return what partners may read too."""
        return [item for item in self.items if not is_for_police(item)]

    @property
    def police_items(self) -> list[Evidence]:
        """Return what only the police read."""
        return [item for item in self.items if is_for_police(item)]


@dataclass(frozen=True)
class RoundPage:
    """One round as one person may see it: the strip, then the evidence in order."""

    round: RiskRound
    lines: tuple[Line, ...]
    sections: tuple[Section, ...]

    @property
    def silent(self) -> list[Line]:
        """Return who has not answered."""
        return [line for line in self.lines if line.is_silent]

    @property
    def has_silent_asks(self) -> bool:
        """Return whether somebody who was asked has not answered."""
        return any(line.ask for line in self.silent)

    @property
    def unasked(self) -> list[Line]:
        """Return who has a part that answers, and was not asked."""
        return [line for line in self.lines if line.ask is None]

    @cached_property
    def evidence(self) -> dict[str, tuple[Section, Evidence]]:
        """Return everything shown by its digest, in order."""
        return {
            digest_of(item): (section, item) for section in self.sections for item in section.items
        }

    @property
    def police_items(self) -> list[Evidence]:
        """Return what only the police read, kept apart from the rest."""
        return [item for section in self.sections for item in section.police_items]

    @property
    def is_flagged(self) -> bool:
        """Return whether an active flag is among the evidence."""
        return any(item.kind == FLAG for _, item in self.evidence.values())


def is_for_police(item: Any) -> bool:
    """Return whether a piece of evidence, live or kept, is kept apart from what partners read."""
    return bool(item.is_police_only or item.audience == Audience.FORCES)


def digest_of(item: Evidence) -> str:
    """Return the name of a piece of evidence as it stands now."""
    return rules.digest(
        item.kind, item.reference, item.title, item.text, item.owner.reference,
        item.audience, str(item.is_police_only),
    )  # fmt: skip


def round_page(view: ChildView, act: Act) -> RoundPage | None:
    """Return the latest round as this person may see it, or None where there is none."""
    round = latest_round(view.child, act)
    return page_of(round, view, act) if round else None


def page_of(round: RiskRound, view: ChildView, act: Act) -> RoundPage:
    """Return a round of `latest_round` with everybody asked and every source's evidence, as of now.

    What this app's own sources offer is taken from what is loaded for the strip.
    """
    asks = asks_with_answers(round, view, act)
    own = {ANSWERS: answer_evidence(asks), LEVEL_CHOSEN: level_evidence(round)}
    sections = []
    for source in panels.evidence_sources():
        items = own[source.key] if source.key in own else source.items(view, act)
        if items:
            sections.append(Section(source.key, source.title, tuple(items)))
    return RoundPage(round=round, lines=tuple(_lines(round, asks, act)), sections=tuple(sections))


def asks_with_answers(round: RiskRound, view: ChildView, act: Act) -> list[Ask]:
    """Return the questions of a round with their answers, and earlier ones answered too late for theirs.

    One query, however many answered: `answered` holds what this person may read, newest first,
    `latest` the kind and time of the last answer, whoever may read it.
    """
    sees_others = view.sees(Aspect.ANSWERS) and Right.RISK in view.rights
    of_ask = Contribution.objects.filter(ask=OuterRef("pk")).order_by("-recorded_at", "-pk")
    readable = of_ask.readable_by(act, sees_others=sees_others)
    late = Contribution.objects.filter(ask=OuterRef("pk"), is_late=True)
    return list(
        Ask.objects.filter(child=round.child_id)
        .filter(Q(round=round) | Exists(late))
        .select_related("agency", "unit")
        .annotate(
            answered=ArraySubquery(readable.values(json=_AS_JSON)[:MOST_SHOWN]),
            latest=Subquery(of_ask.values(json=_LATEST)[:1]),
        )
        .order_by("-round__opened_at", "asked_at", "pk")[: 5 * MOST_SHOWN]
    )


_AS_JSON = JSONObject(
    reference="reference", kind="kind", text="text", up_to_date="up_to_date", at="recorded_at",
    audience="audience", given_by="given_by", given_at="given_at", confirmed_at="confirmed_at",
    is_late="is_late", read_at="read_at",
)  # fmt: skip
_LATEST = JSONObject(kind="kind", at="recorded_at", given_at="given_at")


def answers_of(ask: Ask) -> tuple[Answered, ...]:
    """Return the answers that `asks_with_answers` found, newest first."""
    return tuple(_answered(found) for found in ask.answered)  # type: ignore[attr-defined]


def _answered(found: Mapping[str, Any]) -> Answered:
    text = found["text"]
    if found["kind"] == Contribution.Kind.HOLDS_NOTHING:
        text = f"Checked: {text}\nHow up to date: {found['up_to_date']}"
    return Answered(
        reference=found["reference"],
        kind=found["kind"],
        text=text,
        at=_instant(found["at"]),
        audience=Audience(found["audience"]),
        is_by_phone=found["given_at"] is not None,
        given_by=found["given_by"],
        given_at=_instant(found["given_at"]) if found["given_at"] else None,
        is_confirmed=found["confirmed_at"] is not None,
        is_late=found["is_late"],
        is_read=found["read_at"] is not None,
    )


def _instant(text: str) -> datetime:
    """Return a moment that the database wrote into JSON."""
    at = parse_datetime(text)
    if at is None:
        raise ValueError(f"{text!r} is not a moment")
    return at


def _lines(round: RiskRound, asks: list[Ask], act: Act) -> list[Line]:
    """Return everybody who is asked in this round, those who have not answered first."""
    lines = [line_of(ask, act) for ask in asks if ask.round_id == round.pk]
    unasked = {found["id"]: found for found in round.unasked}  # type: ignore[attr-defined]
    lines += [_unasked_line(found) for found in unasked.values()]
    return sorted(lines, key=lambda line: (not line.is_silent, line.agency.name))


def _unasked_line(found: Mapping[str, Any]) -> Line:
    agency = Agency.from_db(None, AGENCY_FIELDS, [found[name] for name in AGENCY_FIELDS])
    return Line(agency, None, None, AskState.NOT_ASKED, None, None, ())


def line_of(ask: Ask, act: Act) -> Line:
    """Return what became of one question that `asks_with_answers` found."""
    latest: dict[str, Any] = ask.latest or {}  # type: ignore[attr-defined]
    until = None if answers_at_night(ask.unit) else closed_until(ask.agency, act.now)
    return Line(
        agency=ask.agency,
        unit=ask.unit,
        ask=ask,
        state=rules.ask_state(
            is_asked=True,
            has_reported=bool(ask.report_reference),
            latest_kind=latest.get("kind", ""),
            latest_by_phone=bool(latest.get("given_at")),
            is_closed=until is not None,
        ),
        answered_at=_instant(latest["at"]) if latest else None,
        closed_until=until,
        answers=answers_of(ask),
    )


def answers_at_night(unit: Unit | None) -> bool:
    """Return whether a unit is there when its agency is closed."""
    return unit is not None and unit.kind in ANSWERS_AT_NIGHT


def could_be_asked(round: RiskRound, act: Act) -> list[tuple[Agency, Unit | None, str]]:
    """Return who has a part that answers and is not asked yet, but for the force that leads.

    Each with the unit that answers now, and its part.
    """
    asked = Ask.objects.filter(round=round).values("agency")
    grants = (
        _answering(act.now)
        .filter(child=round.child_id)
        .exclude(agency=round.episode.lead_force_id)
        .exclude(agency__in=asked)
        .select_related("agency", "unit")
        .order_by("starts_at", "pk")
    )
    found: dict[int, tuple[Agency, Unit | None, str]] = {}
    for grant in grants:
        unit = duty_unit(grant.agency, act.now) or grant.unit
        found.setdefault(grant.agency_id, (grant.agency, unit, grant.part))
    return list(found.values())


# --- evidence of this app


def answer_evidence(asks: list[Ask]) -> list[Evidence]:
    """Return the latest answers as evidence, newest first."""
    items = [
        Evidence(
            kind="risk.answer",
            reference=answer.reference,
            title=_answer_title(ask, answer),
            text=answer.words,
            at=answer.at,
            owner=ask.agency,
            audience=answer.audience,
        )
        for ask in asks
        for answer in answers_of(ask)
    ]
    return sorted(items, key=lambda item: item.at, reverse=True)[:MOST_SHOWN]


def _answer_title(ask: Ask, answer: Answered) -> str:
    if answer.given_at:
        return f"By telephone from {answer.given_by}, {written(answer.given_at)}"
    return "Answer after the child was back, or after the level" if answer.is_late else "Answer"


def level_evidence(round: RiskRound) -> list[Evidence]:
    """Return the level that counts now as evidence for the next."""
    decision = round.current
    if decision is None:
        return []
    return [
        Evidence(
            kind="risk.decision",
            reference=decision.reference,
            title=f"Level chosen: {decision.chosen.label}",
            text=decision.reasons,
            at=decision.recorded_at,
            owner=decision.owner,
            audience=Audience(decision.audience),
        )
    ]


# --- answers, decisions, dissents


@dataclass(frozen=True)
class OwnAsk:
    """The question to the acting agency, and what it answered last, if it did."""

    ask: Ask
    unconfirmed: str  # the reference of an answer that was written down by telephone
    kind: str = ""
    text: str = ""
    reference: str = ""
    at: datetime | None = None


def own_ask(view: ChildView, act: Act) -> OwnAsk | None:
    """Return the latest question to the acting agency about this child: one query."""
    ask: Any = _own_ask.one(child=view.child.pk, agency=act.agency_id)
    if ask is None:
        return None
    if ask.own is None:
        return OwnAsk(ask, ask.unconfirmed or "")
    return OwnAsk(ask, ask.unconfirmed or "", **{**ask.own, "at": _instant(ask.own["at"])})


def _latest_own_ask() -> QuerySet[Ask]:
    own = Contribution.objects.filter(ask=OuterRef("pk")).order_by("-recorded_at", "-pk")
    unconfirmed = own.filter(given_at__isnull=False, confirmed_at=None)
    last = JSONObject(kind="kind", text="text", at="recorded_at", reference="reference")
    return (
        Ask.objects.filter(child=Parameter("child"), agency=Parameter("agency"))
        .select_related("round")
        .annotate(
            own=Subquery(own.values(json=last)[:1]),
            unconfirmed=Subquery(unconfirmed.values("reference")[:1]),
        )
        .order_by("-round__opened_at", "-pk")[:1]
    )


_own_ask = Prepared(_latest_own_ask)


def ask_in(view: ChildView, reference: str) -> Ask | None:
    """Return one question about this child."""
    return _ask.one(child=view.child.pk, reference=reference)


_ask = Prepared(
    lambda: Ask.objects.filter(
        child=Parameter("child"), reference=Parameter("reference")
    ).select_related("agency", "unit", "round__episode__lead_force")
)


def answer_in(view: ChildView, act: Act, reference: str) -> Contribution | None:
    """Return one answer about this child that this person may read."""
    sees_others = view.sees(Aspect.ANSWERS) and Right.RISK in view.rights
    found: Contribution | None = (
        Contribution.objects.filter(child=view.child, reference=reference)
        .readable_by(act, sees_others=sees_others)
        .select_related("owner", "written_by", "ask__round__episode", "confirmed_by__user")
        .first()
    )
    return found


def decision_in(view: ChildView, reference: str) -> Decision | None:
    """Return one decision about this child."""
    return _decision.one(child=view.child.pk, reference=reference)


_decision = Prepared(
    lambda: Decision.objects.filter(
        child=Parameter("child"), reference=Parameter("reference")
    ).select_related(
        "owner", "recorded_by__user", "round__episode__lead_force", "confirmed_by__user",
        "sent_back_by__user", "superseded_by", "supersedes",
    )
)  # fmt: skip


def decision_for_level(view: ChildView, reference: str) -> Decision | None:
    """Return one decision to whoever may see the level: it is shown without its reasons."""
    return decision_in(view, reference) if view.sees(Aspect.LEVEL) else None


def dissent_in(view: ChildView, act: Act, reference: str) -> Dissent | None:
    """Return one dissent about this child that this person may read."""
    found = (
        Dissent.objects.filter(child=view.child, reference=reference)
        .select_related("owner", "decision__owner", "decision__round__episode")
        .first()
    )
    return found if found and access.reads_dissent(act, view, found) else None


@dataclass(frozen=True)
class Replay:
    """What was on the officer's page when a level was chosen, as this person may see it."""

    decision: Decision
    asked: list[ShownEvidence]
    sections: list[tuple[str, list[ShownEvidence]]]
    police_only: list[ShownEvidence]
    police_reasons: str
    dissents: list[Dissent]
    said: list[tuple[str, str, str]]

    @property
    def exceptions(self) -> list[ShownEvidence]:
        """Return what was shown and not considered."""
        shown = [*(item for _, items in self.sections for item in items), *self.police_only]
        return [item for item in shown if not item.considered]


def replay_of(decision: Decision, view: ChildView, act: Act) -> Replay:
    """Return what was shown. The force that decided sees it all; partners, what was for them."""
    decided_here = decision.owner_id == act.agency_id
    shown = ShownEvidence.objects.filter(decision=decision).select_related("owner")
    if not decided_here:
        shown = shown.filter(is_police_only=False).readable_by(act, sees_others=True)
    rows = list(shown.order_by("order"))
    notes = PoliceNote.objects.filter(subject_reference=decision.reference).readable_by(
        act, sees_others=False
    )
    sections: dict[str, list[ShownEvidence]] = {}
    for row in rows:
        if row.source != ASKED and not is_for_police(row):
            sections.setdefault(row.source_title, []).append(row)
    return Replay(
        decision=decision,
        asked=[row for row in rows if row.source == ASKED],
        sections=list(sections.items()),
        police_only=[row for row in rows if row.source != ASKED and is_for_police(row)],
        police_reasons="\n\n".join(note.text for note in notes.order_by("pk")),
        dissents=list(decision.dissents.select_related("owner").order_by("recorded_at", "pk")),
        said=said_words(decision),
    )


SAID_WORDS = {"yes": "Yes", "no": "No", "not_known": "Not known", "": "Not answered"}


def said_words(decision: Decision) -> list[tuple[str, str, str]]:
    """Return each question of a decision's version with its answer and its words."""
    lines = []
    for question in rules.QUESTION_SETS[decision.question_version].questions:
        said = decision.answers.get(question.key, {})
        answer = "" if question.is_open else SAID_WORDS[said.get("answer", "")]
        if answer or said.get("words"):
            lines.append((question.asks, answer, said.get("words", "")))
    return lines


def decisions_of(round: RiskRound) -> list[Decision]:
    """Return the latest decisions of a round, newest first."""
    return list(
        round.decisions.select_related("owner", "recorded_by__user").order_by(
            F("recorded_at").desc(), "-pk"
        )[:MOST_SHOWN]
    )


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
    today = london_day(act.now)
    found = _flags(most=most)(child=view.child.pk)
    for flag in found:
        flag.child = view.child
    return [ShownFlag(flag, today) for flag in found]


@by_shape
def _flags(*, most: int) -> FlagQuerySet:
    return _with_agencies(Flag.objects.filter(child=Parameter("child"))).order_by(
        F("ended_at").asc(nulls_first=True), "-asked_at", "-pk"
    )[:most]


def flag_of(view: ChildView, act: Act, reference: str) -> ShownFlag | None:
    """Return one of a child's flags with its decisions, and the force's next deadline with it."""
    flag = only(
        _with_agencies(view.child.flags.filter(reference=reference))
        .select_related("asked_by__user", "decided_by__user", "entered_by__user")
        .prefetch_related("decisions__by__user", "decisions__by__agency")
    )
    if flag is None:
        return None
    return ShownFlag(flag, london_day(act.now), _next_deadlines([flag]).get(flag.reference))


def _with_agencies(flags: FlagQuerySet) -> FlagQuerySet:
    return flags.select_related("force", "council", "follows__force")


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
        child__in=cases_queries.permitted(act).values("content_object_id"),
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
        _with_agencies(found)
        .select_related("child")
        .prefetch_related("child__names")
        .order_by(*order)[: PAGE_SIZE + 1]
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
