"""Open a risk round, ask everyone who may know, ask again, and end the round."""

from datetime import datetime, timedelta

from cases.models import Child, Grant, MissingEpisode
from cases.rules import Aspect, Part, parts_opening
from cases.services import deadlines, sharing, timeline
from cases.services.references import unused
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, LocalProtocol, Unit
from missingchildren.agencies.protocol import Key, whole_number
from missingchildren.agencies.queries import closed_until, duty_unit
from missingchildren.alerts.models import Alert
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.clock import elapsed, london_day
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken
from risk import access, queries, rules
from risk.models import Ask, RiskRound
from risk.rules import Clock, Fact

ASKED_AT_REPORT = frozenset({Part.RESPONSIBLE_COUNCIL, Part.HOME_COUNCIL})
# What the record itself sends to those whom an accepted report concerns: that is the question.
ALERTED_BY_RECORD = ("cases.question_asked", "cases.child_missing")


@service(verb="risk.open_round", operation=Operation.COLLECTION)
def open_round(*, episode: MissingEpisode, act: Act) -> RiskRound:
    """Open the round of an episode that has just been reported; the child's row is locked.

    The reporter's agency is asked, and its report is its answer; the council's duty desk is asked
    at once. Everybody else is asked when the force has accepted the report.
    """
    round = _opened(episode, act)
    _ask(round, _to_ask(round, act, at_report=True), act)
    _record(round, "risk.open_round", act)
    return round


@service(verb="risk.ask_everyone", operation=Operation.DISCLOSURE)
def ask_everyone(*, episode: MissingEpisode, act: Act) -> None:
    """Ask every agency with a part that answers, once, and start the clock for a first level.

    An episode that was reported before there were rounds gets one now.
    """
    found = RiskRound.objects.select_related("episode", "child").filter(episode=episode).first()
    round = found or _opened(episode, act)
    _ask(round, _to_ask(round, act), act)
    force = episode.lead_force
    if force and round.current_id is None:
        start_clock(
            round, kind=Clock.DECIDE, reference=round.reference, key="first_level_minutes", act=act
        )
    _record(round, "risk.ask_everyone", act)


@service(verb="risk.ask_others", operation=Operation.DISCLOSURE)
def ask_others(*, child_reference: str, act: Act) -> RiskRound:
    """Ask everybody who has got a part since the others were asked.

    Raises:
        NotFound: the child or the round is hidden.
        NotPermitted: another force leads the search, or this role does not ask.
        RuleBroken: the child is back, or everybody has been asked.
    """
    view = sharing.locked_child(act=act, reference=child_reference)
    round = queries.latest_round(view.child) if access.sees_round(view) else None
    if round is None:
        raise NotFound("There is no risk round that you may see.")
    access.can_decide(act, round.episode).require(NotPermitted)
    rules.may_decide_now(
        is_accepted=round.episode.accepted_at is not None, ended_at=round.ended_at
    ).require()
    wanted = _to_ask(round, act)
    if not wanted:
        raise RuleBroken("Everybody has already been asked.")
    _ask(round, wanted, act)
    _record(round, "risk.ask_others", act)
    return round


def ask_again(round: RiskRound, act: Act) -> None:
    """Ask everyone "Anything new?", and ask those who have got a part since.

    Part of a decision that is a review; the child's row is locked.
    """
    asked = list(round.asks.select_related("agency").order_by("pk"))
    entitled = _answering_agencies(round, act)
    for ask in asked:
        if ask.agency_id not in entitled:
            continue
        ask.reasked_at = act.now
        ask.save(update_fields=["reasked_at"])
        raise_alert(
            kind="risk.anything_new",
            event=f"anything_new:{ask.reference}:{round.version}",
            agency_id=ask.agency_id,
            unit_id=_unit_id(ask.agency, ask.unit_id, act),
            child_id=round.child_id,
            reference=ask.reference,
            urgency=Urgency.SOON,
            act=act,
        )
    _ask(round, _to_ask(round, act), act)


def ask_of(round: RiskRound, agency: Agency, part: str, act: Act) -> Ask:
    """Return an agency's question in a round, made now where it answers without having been asked."""
    ask, _ = Ask.objects.get_or_create(
        round=round,
        agency=agency,
        defaults={
            "child": round.child,
            "reference": unused(Ask, "RQ"),
            "unit": duty_unit(agency, act.now),
            "part": part,
            "asked_at": act.now,
        },
    )
    return ask


def resume_asks(*, child: Child, agency: Agency, act: Act) -> None:
    """Let the clocks of what an agency was asked, and has not answered, run on."""
    silent = Ask.objects.filter(
        child=child, agency=agency, contributions=None, report_reference="", round__ended_at=None
    )
    for reference in silent.order_by("pk").values_list("reference", flat=True):
        deadlines.resume(
            child=child, agency=agency, kind=Clock.ANSWER, reference=reference, act=act
        )


@service(verb="risk.end_round", operation=Operation.ALTERATION)
def end_round(*, episode: MissingEpisode, act: Act) -> None:
    """End the round of a child who is back; late answers stay possible, no clock asks for them.

    Agencies that never answered, and whose part ended with the return, are told that they still can.
    """
    round = (
        RiskRound.objects.select_related("episode", "child", "current")
        .filter(episode=episode, ended_at=None)
        .first()
    )
    if round is None:
        log.record(act=act, operation=Operation.ALTERATION, verb="risk.end_round")
        return
    round.ended_at = act.now
    round.ended_because = (
        RiskRound.Ended.DECIDED if round.current_id else RiskRound.Ended.BACK_FIRST
    )
    round.version += 1
    round.save(update_fields=["ended_at", "ended_because", "version"])
    _stop_clocks(round, act)
    _invite_late_answers(round, act)
    timeline.add(
        child=round.child,
        episode=round.episode,
        kind=Fact.ROUND_ENDED,
        reference=round.reference,
        act=act,
    )
    _record(round, "risk.end_round", act)


def start_clock(
    round: RiskRound, *, kind: Clock, reference: str, key: str, act: Act
) -> datetime | None:
    """Start a clock of the lead force that its protocol sets in minutes; return when it is due."""
    force = round.episode.lead_force
    if force is None:
        return None
    version = protocol.version_for(force, london_day(act.now))
    due_at = elapsed(act.now, timedelta(minutes=protocol.value_in(version, key)))
    deadlines.start(
        child=round.child,
        agency=force,
        unit=duty_unit(force, act.now),
        kind=kind,
        reference=reference,
        due_at=due_at,
        protocol=version,
        act=act,
    )
    return due_at


def _opened(episode: MissingEpisode, act: Act) -> RiskRound:
    """Open the round of an episode; the child's row is locked."""
    round = RiskRound.objects.create(
        child=episode.child,
        episode=episode,
        reference=unused(RiskRound, "RR"),
        opened_at=act.now,
    )
    timeline.add(
        child=episode.child,
        episode=episode,
        kind=Fact.ROUND_OPENED,
        reference=round.reference,
        act=act,
    )
    return round


def _to_ask(
    round: RiskRound, act: Act, *, at_report: bool = False
) -> list[tuple[Agency, Unit | None, str, str]]:
    """Return who is to be asked now, with the unit, the part and the report that answers already."""
    reports = {
        report.owner_id: report.reference for report in round.episode.reports.order_by("-pk")
    }
    return [
        (agency, unit, part, reports.get(agency.pk, ""))
        for agency, unit, part in queries.could_be_asked(round, act)
        if not at_report or part in ASKED_AT_REPORT or agency.pk in reports
    ]


def _ask(round: RiskRound, wanted: list[tuple[Agency, Unit | None, str, str]], act: Act) -> None:
    """Put the question to these agencies, each once: a clock, and an alert unless it has one."""
    force = round.episode.lead_force
    version = protocol.version_for(force, london_day(act.now)) if force else None
    alerted = set(
        Alert.objects.filter(
            child_id=round.child_id,
            subject_reference=round.episode.reference,
            kind__in=ALERTED_BY_RECORD,
        ).values_list("agency_id", flat=True)
    )
    for agency, unit, part, report in wanted:
        ask = Ask.objects.create(
            child=round.child,
            round=round,
            reference=unused(Ask, "RQ"),
            agency=agency,
            unit=unit,
            part=part,
            asked_at=act.now,
            report_reference=report,
        )
        if report:
            continue
        _start_answer_clock(ask, version, act)
        if agency.pk not in alerted:
            raise_alert(
                kind="risk.asked",
                event=f"asked:{ask.reference}",
                agency_id=agency.pk,
                unit_id=unit.pk if unit else None,
                child_id=round.child_id,
                reference=ask.reference,
                urgency=Urgency.URGENT,
                act=act,
            )
        log.record(
            act=act,
            operation=Operation.DISCLOSURE,
            verb="risk.asked",
            subjects=[round.child_id],
            objects=[ask.reference],
            basis=part,
            recipient=agency.reference,
        )


def _start_answer_clock(ask: Ask, version: LocalProtocol | None, act: Act) -> None:
    """Start the clock of an answer: from now, or from when a closed agency opens."""
    until = None
    if not queries.answers_at_night(ask.unit):
        until = closed_until(ask.agency, act.now)
    minutes = protocol.value_in(version, "answer_minutes")
    deadlines.start(
        child=ask.child,
        agency=ask.agency,
        unit=ask.unit,
        kind=Clock.ANSWER,
        reference=ask.reference,
        due_at=elapsed(until or act.now, timedelta(minutes=minutes)),
        protocol=version,
        act=act,
    )


def _answering_agencies(round: RiskRound, act: Act) -> set[int]:
    """Return the agencies with a live part that answers."""
    live = Grant.objects.live(act.now).filter(
        child=round.child_id, part__in=parts_opening(Aspect.OWN_ANSWER), agency__is_active=True
    )
    return set(live.values_list("agency_id", flat=True))


def _unit_id(agency: Agency, asked_unit_id: int | None, act: Act) -> int | None:
    """Return the unit that takes what is urgent now, or the one that was asked."""
    unit = duty_unit(agency, act.now)
    return unit.pk if unit else asked_unit_id


def _stop_clocks(round: RiskRound, act: Act) -> None:
    """Drop the clocks that the child's return makes idle; confirming and dissents go on."""
    reason = "the child is back"
    for reference in round.asks.values_list("reference", flat=True):
        deadlines.drop(kind=Clock.ANSWER, reference=reference, reason=reason, act=act)
    deadlines.drop(kind=Clock.DECIDE, reference=round.reference, reason=reason, act=act)
    if round.current:
        deadlines.drop(kind=Clock.REVIEW, reference=round.current.reference, reason=reason, act=act)


def _invite_late_answers(round: RiskRound, act: Act) -> None:
    """Tell those who have not answered, and can no longer open the record, that they still can."""
    entitled = _answering_agencies(round, act)
    silent = round.asks.filter(contributions=None, report_reference="").order_by("pk")
    for ask in silent.select_related("agency"):
        if ask.agency_id in entitled or not ask.agency.is_active:
            continue
        raise_alert(
            kind="risk.still_wanted",
            event=f"still_wanted:{ask.reference}",
            agency_id=ask.agency_id,
            unit_id=ask.unit_id,
            child_id=round.child_id,
            reference=ask.reference,
            urgency=Urgency.ROUTINE,
            act=act,
        )


def _record(round: RiskRound, verb: str, act: Act) -> None:
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb=verb,
        subjects=[round.child_id],
        objects=[round.reference],
    )


def _level(given: object) -> str:
    """Return the key of a level, or "" for none."""
    if given not in {"", *(level.key for level in rules.LEVELS)}:
        raise ValueError("Choose one of the levels, or none.")
    return str(given)


def register_keys() -> None:
    """Register what forces may settle for themselves about risk rounds."""
    for key in (
        Key(
            name="answer_minutes",
            default=30,
            parse=whole_number(least=5, most=240),
            source="Practice: who may know is asked at once, and silence is seen.",
            description="Minutes in which an agency that is asked about a missing child answers.",
        ),
        Key(
            name="first_level_minutes",
            default=60,
            parse=whole_number(least=10, most=240),
            source="Practice: a first level is chosen soon after the report is accepted.",
            description="Minutes after acceptance in which the force chooses a first level.",
        ),
        Key(
            name="confirm_minutes",
            default=60,
            parse=whole_number(least=10, most=720),
            source="College of Policing, supervisors' guide: a supervisor reviews every report.",
            description="Minutes in which a supervisor confirms a level or sends it back.",
        ),
        Key(
            name="dissent_minutes",
            default=720,
            parse=whole_number(least=30, most=2880),
            source="Practice: an agency that sees the risk otherwise gets an answer.",
            description="Minutes in which the force answers an agency that disagrees with a level.",
        ),
        Key(
            name="late_answer_minutes",
            default=120,
            parse=whole_number(least=15, most=2880),
            source="Practice: an answer that comes late is read by a person.",
            description="Minutes in which the force reads an answer that came late.",
        ),
        Key(
            name="minimum_level_for_children",
            default="",
            parse=_level,
            source="Practice: some forces leave the lowest levels out for children.",
            description="The least level of risk for a child; empty: there is none.",
        ),
    ):
        protocol.register(key)
