"""Write an interview: keep its pages as they are typed, sign it once, accept it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction

from cases.access import agency_opens
from cases.models import Draft
from cases.rules import Audience
from cases.services import deadlines, drafts, timeline
from cases.services.references import unused
from missingchildren.agencies import protocol
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Membership
from missingchildren.agencies.queries import duty_unit
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log, submissions
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.calendar import Nation, add_working_days
from missingchildren.core.clock import elapsed, in_london, london_day
from missingchildren.core.verdicts import NotPermitted, RuleBroken
from returninterviews import access, queries, rules
from returninterviews.access import InterviewView
from returninterviews.models import (
    Account,
    Interview,
    Quote,
    SharedItem,
    Summary,
)
from returninterviews.queries import Told
from returninterviews.rules import Clock, Decision, Fact, QuoteAudience, Shared
from returninterviews.services.interviews import (
    changed,
    keep_provider_until,
    locked_interview,
    require_version,
)
from returninterviews.services.offers import CarerSaid, record_carer
from returninterviews.services.recommendations import Proposed, record_recommendations

FORM = "returninterview"


@dataclass(frozen=True, kw_only=True)
class Quoted:
    """One thing in the child's own words, and who may hear it."""

    text: str
    audience: QuoteAudience = QuoteAudience.COUNCIL


@dataclass(frozen=True, kw_only=True)
class SharedWith:
    """One column of the sharing grid: what one agency is told, and why where that is not usual.

    Rows that are not named are decided as is usual for this agency.
    """

    agency_reference: str
    decisions: Mapping[Shared, Decision] = field(default_factory=dict)
    basis: str = rules.USUAL_BASIS
    reason: str = ""
    instead: str = ""


class Window(NamedTuple):
    """One window in which a draft is typed, and the time of a save by its own clock."""

    key: str
    at: int

    def follows(self, kept: Sequence[Any] | None) -> bool:
        """Return whether this is a later save of the window that saved last."""
        return kept is not None and kept[0] == self.key and kept[1] < self.at


@dataclass(frozen=True, kw_only=True)
class Written:
    """A whole interview as it is signed: texts are clean, `met_at` is an aware instant.

    Agencies that `shared` does not name are told what is usual for them.
    """

    met_at: datetime
    place_kind: str
    is_explained: bool
    not_explained_because: str = ""
    is_alone: bool
    not_alone_because: str = ""
    interpreter: str = Account.Interpreter.NOT_NEEDED
    interpreter_because: str = ""
    parent_asked: str = ""
    parent_because: str = ""
    before: str = ""
    reasons: Sequence[str] = ()
    not_missing: str = ""
    away: str = ""
    back: str = ""
    harms: Sequence[str] = ()
    harm: str = ""
    health: str = ""
    quotes: Sequence[Quoted] = ()
    wishes: str = ""
    carer: CarerSaid | None = None
    summary: str
    places_and_people: str = ""
    safety_note: str = ""
    is_child_told: bool
    not_told_because: str = ""
    shared: Sequence[SharedWith] = ()
    recommendations: Sequence[Proposed] = ()
    checked_by_reference: str = ""


# --- drafts


def draft_of(*, interview: Interview, act: Act) -> Draft | None:
    """Return this person's draft of an interview, if one is kept."""
    return drafts.find(form=FORM, subject=interview.reference, act=act)


@transaction.atomic
def begin_draft(*, interview_reference: str, act: Act) -> Draft:
    """Begin to write an interview, or go on.

    Raises:
        NotFound: there is no such interview, or it is hidden.
        NotPermitted: another agency is to hold it.
        RuleBroken: it is settled.
    """
    seen = _to_be_written(interview_reference, act)
    return drafts.begin(form=FORM, subject=seen.interview.reference, content={"steps": {}}, act=act)


@transaction.atomic
def keep_page(
    *,
    interview_reference: str,
    page: str,
    typed: dict[str, list[str]],
    version: int | None,
    window: Window | None = None,
    act: Act,
) -> Draft:
    """Keep what was typed on one page, whatever it is. Late, after the signing, nothing is kept.

    A window whose last answer was lost on the way saves again under the version before it: what it
    replaces is its own.

    Raises:
        NotFound: there is no such interview, or it is hidden.
        NotPermitted: another agency is to hold it.
        RuleBroken: it is settled, or nothing was begun.
        Stale: another window has saved since, or there is more text than can be kept.
    """
    seen = _to_be_written(interview_reference, act)
    draft = draft_of(interview=seen.interview, act=act)
    if draft is None:
        raise RuleBroken("Open the interview again, then go on.")
    content: dict[str, Any] = drafts.content(draft)
    if window and version == draft.version - 1 and window.follows(content.get("window")):
        version = draft.version
    content.setdefault("steps", {})[page] = typed
    content["window"] = window
    content.pop("held", None)
    return drafts.save(
        form=FORM, subject=seen.interview.reference, content=content, version=version, act=act
    )


def _to_be_written(reference: str, act: Act) -> InterviewView:
    """Return the interview, locked against its signing, if this person may still write in it."""
    seen = locked_interview(act=act, reference=reference)
    access.can_hold(seen).require(NotPermitted)
    rules.still_to_be_held(seen.interview.outcome).require()
    return seen


# --- signing


@service(verb="returninterviews.sign", operation=Operation.COLLECTION)
def sign_interview(
    *,
    interview_reference: str,
    written: Written,
    version: int | None,
    token: UUID | None,
    act: Act,
) -> Interview:
    """Sign an interview: it is written once, for good, and each agency is told its part of it.

    The council has its days to accept it, each force its hours to read its summary; what is
    recommended is kept. The same token counts once.

    Raises:
        NotFound: there is no such interview, or it is hidden.
        NotPermitted: another agency is to hold it.
        RuleBroken: it is settled, nothing was offered, a time is impossible, or an answer is missing.
        Stale: somebody changed the interview since it was shown.
    """
    seen = locked_interview(act=act, reference=interview_reference)
    earlier = submissions.earlier_result(token=token, act=act, operation="returninterviews.sign")
    if earlier:
        log.record(
            act=act, operation=Operation.COLLECTION, verb="returninterviews.sign", objects=[earlier]
        )
        return seen.interview
    access.can_hold(seen).require(NotPermitted)
    interview = seen.interview
    _require_whole(interview, written, act)
    grid = _grid(interview, written, act)
    checker = _checker(written.checked_by_reference, act)
    require_version(interview, version)

    interview.outcome, interview.held_at = Interview.Outcome.COMPLETED, written.met_at
    interview.outcome_at = interview.signed_at = act.now
    interview.outcome_by = interview.signed_by = act.membership
    changed(interview, "outcome", "held_at", "outcome_at", "signed_at", "outcome_by", "signed_by")
    account = _write(interview, written, checker, act)
    if written.carer:
        record_carer(interview=interview, carer=written.carer, act=act)
    record_recommendations(interview=interview, proposed=written.recommendations, act=act)
    told = _share(interview, account, written, grid, act)
    drafts.discard(form=FORM, subject=interview.reference, act=act)
    keep_provider_until(interview, act)
    deadlines.meet(kind=Clock.HOLD, reference=interview.reference, act=act)
    _start_clocks(interview, told, act)
    timeline.add(
        child=interview.child,
        kind=Fact.SIGNED,
        reference=interview.reference,
        happened_at=written.met_at,
        act=act,
    )
    log.record(
        act=act,
        operation=Operation.COLLECTION,
        verb="returninterviews.sign",
        subjects=[interview.child_id],
        objects=[interview.reference],
    )
    _tell(interview, told, act)
    submissions.finish(token=token, result=interview.reference)
    return interview


def _require_whole(interview: Interview, written: Written, act: Act) -> None:
    """Refuse an interview that cannot have been held so, or lacks an answer.

    Raises:
        RuleBroken: the first thing that is wrong.
    """
    offered = queries.accepted_offer(interview)
    rules.held(
        outcome=interview.outcome,
        held_at=written.met_at,
        located_at=queries.located_at(interview),
        accepted_offer_at=offered.made_at if offered else None,
        now=act.now,
    ).require()
    rules.opening_answers(
        is_explained=written.is_explained,
        not_explained_because=written.not_explained_because,
        is_alone=written.is_alone,
        not_alone_because=written.not_alone_because,
        interpreter=written.interpreter,
        interpreter_because=written.interpreter_because,
        must_ask_parent=rules.asks_parent(
            born_on=interview.child.date_of_birth, on=london_day(interview.opened_at)
        ),
        parent_asked=written.parent_asked,
        parent_because=written.parent_because,
    ).require()
    if not written.summary.strip():
        raise RuleBroken("Write a summary for those this interview is shared with.", "summary")
    rules.child_told(is_told=written.is_child_told, because=written.not_told_because).require()
    if any(not quote.text.strip() for quote in written.quotes):
        raise RuleBroken("Write what the child said.", "quotes")


@dataclass(frozen=True)
class _Column:
    """One agency's column of the grid, filled."""

    told: Told
    decisions: Mapping[Shared, Decision]
    basis: str
    reason: str
    instead: str


def _grid(interview: Interview, written: Written, act: Act) -> list[_Column]:
    """Return the whole grid: what was decided, and what is usual where nothing was.

    Raises:
        RuleBroken: an agency has no part in the record, or an exception has no reason.
    """
    chosen = {each.agency_reference: each for each in written.shared}
    columns = []
    for told in queries.recipients(interview, act):
        reference = told.agency.reference
        column = chosen.pop(reference, SharedWith(agency_reference=reference))
        has_note = bool(written.safety_note.strip())
        usual = rules.usual_decisions(told.recipient, has_note=has_note)
        decisions = {**usual, **column.decisions}
        verdict = rules.sharing_with(
            recipient=told.recipient,
            name=told.agency.name,
            decisions=decisions,
            basis=column.basis,
            reason=column.reason,
            instead=column.instead,
            has_note=has_note,
        )
        if not verdict:
            raise RuleBroken(verdict.reason, f"{reference}_{verdict.field}")
        columns.append(_Column(told, decisions, column.basis, column.reason, column.instead))
    if chosen:
        raise RuleBroken("One of these agencies has no part in this child's record.", "shared")
    return columns


def _checker(reference: str, act: Act) -> Membership | None:
    """Return the manager who checked the interview, if one did.

    Raises:
        RuleBroken: nobody of this agency who could check it has this reference.
    """
    if not reference:
        return None
    found = [each for each in queries.checkers(act) if each.reference == reference]
    if not found:
        raise RuleBroken("Choose who checked it from the list.", "checked_by")
    return found[0]


def _write(interview: Interview, written: Written, checker: Membership | None, act: Act) -> Account:
    """Write what was said, once."""
    account = Account.objects.create(
        child=interview.child,
        interview=interview,
        met_at=written.met_at,
        place_kind=written.place_kind,
        is_explained=written.is_explained,
        not_explained_because=written.not_explained_because,
        is_alone=written.is_alone,
        not_alone_because=written.not_alone_because,
        interpreter=written.interpreter,
        interpreter_because=written.interpreter_because,
        parent_asked=written.parent_asked,
        parent_because=written.parent_because,
        before=written.before,
        reasons=list(written.reasons),
        not_missing=written.not_missing,
        away=written.away,
        back=written.back,
        harms=list(written.harms),
        harm=written.harm,
        health=written.health,
        wishes=written.wishes,
        summary=written.summary,
        places_and_people=written.places_and_people,
        safety_note=written.safety_note,
        is_child_told=written.is_child_told,
        not_told_because=written.not_told_because,
        checked_by=checker,
        signed_at=act.now,
        signed_by=act.own_membership,
    )
    Quote.objects.bulk_create(
        [
            Quote(
                child=interview.child,
                account=account,
                order=order,
                text=quote.text,
                audience=quote.audience,
            )
            for order, quote in enumerate(written.quotes, start=1)
        ]
    )
    return account


def _share(
    interview: Interview, account: Account, written: Written, grid: list[_Column], act: Act
) -> list[Summary]:
    """Keep each decision of the grid, and make a summary for each agency that reads one here."""
    summaries = []
    for column in grid:
        SharedItem.objects.bulk_create(
            [
                SharedItem(
                    child=interview.child,
                    account=account,
                    agency=column.told.agency,
                    what=what,
                    decision=decision,
                    basis=column.basis,
                    reason=column.reason,
                    is_child_told=written.is_child_told,
                    decided_at=act.now,
                    decided_by=act.own_membership,
                )
                for what, decision in column.decisions.items()
            ]
        )
        is_told = set(column.decisions.values()) - {Decision.WITHHOLD}
        if is_told and column.told.recipient in rules.READS_HERE:
            summaries.append(_summary(interview, written, column, act))
    return summaries


def _summary(interview: Interview, written: Written, column: _Column, act: Act) -> Summary:
    texts = {
        Shared.SUMMARY: written.summary,
        Shared.HARM: "; ".join(rules.HARMS.get(code, code) for code in written.harms),
        Shared.PLACES: written.places_and_people,
        Shared.WISHES: written.wishes,
        Shared.RECOMMENDATIONS: "\n".join(each.text for each in written.recommendations),
        Shared.SAFETY_NOTE: written.safety_note,
    }
    shared = {
        what: texts[what]
        for what, decision in column.decisions.items()
        if decision == Decision.SHARE
    }
    heard = [
        quote.text for quote in written.quotes if rules.hears(quote.audience, column.told.recipient)
    ]
    return Summary.objects.create(
        child=interview.child,
        interview=interview,
        agency=column.told.agency,
        reference=unused(Summary, "RS"),
        owner=act.own_agency,
        audience=Audience.NAMED,
        named_agencies=[column.told.agency.pk],
        recorded_at=act.now,
        recorded_by=act.membership,
        summary=shared.get(Shared.SUMMARY, ""),
        harm=shared.get(Shared.HARM, ""),
        places_and_people=shared.get(Shared.PLACES, ""),
        wishes=shared.get(Shared.WISHES, ""),
        recommendations=shared.get(Shared.RECOMMENDATIONS, ""),
        safety_note=shared.get(Shared.SAFETY_NOTE, ""),
        quotes="\n".join(heard) if Shared.SUMMARY in shared else "",
        instead=column.instead if Decision.PART in column.decisions.values() else "",
    )


def _start_clocks(interview: Interview, told: list[Summary], act: Act) -> None:
    """Start the council's clock to accept, and each force's clock to read its summary."""
    if interview.council:
        version = protocol.version_for(interview.council, london_day(act.now))
        days = protocol.value_in(version, "rhi_accept_working_days")
        deadlines.start(
            child=interview.child,
            agency=interview.council,
            unit=interview.unit,
            kind=Clock.ACCEPT,
            reference=interview.reference,
            due_at=add_working_days(act.now, days, Nation(interview.council.nation)),
            protocol=version,
            act=act,
        )
    for summary in told:
        if summary.agency.kind != "force":
            continue
        version = protocol.version_for(summary.agency, london_day(act.now))
        hours = protocol.value_in(version, "rhi_summary_read_hours")
        deadlines.start(
            child=interview.child,
            agency=summary.agency,
            unit=duty_unit(summary.agency, act.now),
            kind=Clock.READ_SUMMARY,
            reference=summary.reference,
            due_at=elapsed(act.now, rules.hours(hours)),
            protocol=version,
            act=act,
        )


def _tell(interview: Interview, told: list[Summary], act: Act) -> None:
    """Tell the council that there is an interview to accept, and each agency that it has a summary."""
    if interview.council and interview.council != act.agency:
        raise_alert(
            kind="returninterviews.signed",
            event=f"interview_signed:{interview.reference}",
            agency_id=interview.council.pk,
            unit_id=interview.unit_id,
            child_id=interview.child_id,
            reference=interview.reference,
            urgency=Urgency.SOON,
            act=act,
        )
    for summary in told:
        unit = duty_unit(summary.agency, act.now) if summary.agency.kind == "force" else None
        raise_alert(
            kind="returninterviews.summary",
            event=f"interview_summary:{summary.reference}",
            agency_id=summary.agency_id,
            unit_id=unit.pk if unit else None,
            child_id=interview.child_id,
            reference=summary.reference,
            urgency=Urgency.SOON,
            act=act,
        )
        log.record(
            act=act,
            operation=Operation.DISCLOSURE,
            verb="returninterviews.summary",
            subjects=[interview.child_id],
            objects=[interview.reference, summary.reference],
            recipient=summary.agency.reference,
        )


# --- acceptance


@service(verb="returninterviews.accept", operation=Operation.ALTERATION)
def accept_interview(
    *, interview_reference: str, analysis: str, version: int | None, act: Act
) -> Interview:
    """Accept a signed interview for the council, and add what the council makes of it.

    Nothing that was signed changes.

    Raises:
        NotFound: there is no such interview, or it is hidden.
        NotPermitted: another council sees to it.
        RuleBroken: it is not signed, or somebody has accepted it: who, and when.
        Stale: somebody changed the interview since it was shown.
    """
    seen = locked_interview(act=act, reference=interview_reference)
    access.can_accept(seen).require(NotPermitted)
    interview = seen.interview
    rules.acceptance(
        outcome=interview.outcome,
        signed_at=interview.signed_at,
        accepted_by=accepted_words(interview),
    ).require()
    require_version(interview, version)

    interview.accepted_at, interview.accepted_by = act.now, act.membership
    interview.council_analysis = analysis
    changed(interview, "accepted_at", "accepted_by", "council_analysis")
    deadlines.meet(kind=Clock.ACCEPT, reference=interview.reference, act=act)
    timeline.add(child=interview.child, kind=Fact.ACCEPTED, reference=interview.reference, act=act)
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.accept",
        subjects=[interview.child_id],
        objects=[interview.reference],
    )
    provider = interview.provider
    if provider and agency_opens(child_id=interview.child_id, agency=provider, now=act.now):
        raise_alert(
            kind="returninterviews.accepted",
            event=f"interview_accepted:{interview.reference}",
            agency_id=provider.pk,
            unit_id=None,
            child_id=interview.child_id,
            reference=interview.reference,
            urgency=Urgency.ROUTINE,
            act=act,
        )
    return interview


def accepted_words(interview: Interview) -> str:
    """Return who accepted an interview and when, or "" while nobody has."""
    if interview.accepted_at is None or interview.accepted_by is None:
        return ""
    at = in_london(interview.accepted_at)
    return f"{interview.accepted_by.user.full_name} on {at.day} {at:%B %Y} at {at:%H:%M}"
