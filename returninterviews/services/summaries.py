"""Say that a summary was read, and what was done with it."""

from django.db.models import F

from cases.access import HIDDEN, agency_opens
from cases.services import deadlines, sharing, timeline
from missingchildren.agencies.acts import Act
from missingchildren.alerts.outbox import raise_alert
from missingchildren.alerts.rules import Urgency
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.verdicts import NotFound, NotPermitted, Stale
from returninterviews import access, queries, rules
from returninterviews.models import Summary
from returninterviews.rules import Clock, Fact


def locked_summary(*, act: Act, reference: str) -> Summary:
    """Lock the child and the summary, and return it if it was made for the acting agency.

    Raises:
        NotFound: there is no such summary, or it is hidden.
    """
    child = queries.child_of(reference)
    if child is None:
        raise NotFound(HIDDEN)
    view = sharing.locked_child(act=act, reference=child)
    Summary.objects.select_for_update(of=("self",)).filter(reference=reference).first()
    return access.summary_of(act=act, view=view, summary=queries.found_summary(reference))


@service(verb="returninterviews.read_summary", operation=Operation.CONSULTATION)
def read_summary(*, summary_reference: str, act: Act) -> Summary:
    """Say that a person has read a summary; the first to say so counts, and stops the clock.

    Raises:
        NotFound: there is no such summary, or it is hidden.
    """
    summary = locked_summary(act=act, reference=summary_reference)
    log.record(
        act=act,
        operation=Operation.CONSULTATION,
        verb="returninterviews.read_summary",
        subjects=[summary.child_id],
        objects=[summary.reference],
    )
    if summary.read_at:
        return summary
    summary.read_at, summary.read_by = act.now, act.membership
    _changed(summary, "read_at", "read_by")
    deadlines.meet(kind=Clock.READ_SUMMARY, reference=summary.reference, act=act)
    timeline.add(child=summary.child, kind=Fact.SUMMARY_READ, reference=summary.reference, act=act)
    return summary


@service(verb="returninterviews.answer_summary", operation=Operation.ALTERATION)
def answer_summary(
    *,
    summary_reference: str,
    answer: Summary.Answer,
    crime_reference: str = "",
    because: str = "",
    is_useful: bool,
    version: int | None,
    act: Act,
) -> Summary:
    """Say what was done with a summary, and whether it was of use; whoever held it is told.

    Raises:
        NotFound: there is no such summary, or it is hidden.
        NotPermitted: it was made for another agency.
        RuleBroken: it was not read, it is answered already, or the answer is not whole.
        Stale: somebody changed it since it was shown.
    """
    summary = locked_summary(act=act, reference=summary_reference)
    access.can_answer(act, summary).require(NotPermitted)
    rules.answering(is_read=summary.read_at is not None, is_answered=bool(summary.answer)).require()
    rules.receipt(answer=answer, crime_reference=crime_reference, because=because).require()
    if version is not None and summary.version != version:
        raise Stale("Somebody changed this while you were looking at it. Check it and try again.")

    summary.answer, summary.is_useful = answer, is_useful
    summary.crime_reference, summary.no_action_because = crime_reference.strip(), because
    summary.answered_at, summary.answered_by = act.now, act.membership
    _changed(
        summary, "answer", "is_useful", "crime_reference", "no_action_because", "answered_at",
        "answered_by",
    )  # fmt: skip
    timeline.add(
        child=summary.child, kind=Fact.SUMMARY_ANSWERED, reference=summary.reference, act=act
    )
    log.record(
        act=act,
        operation=Operation.ALTERATION,
        verb="returninterviews.answer_summary",
        subjects=[summary.child_id],
        objects=[summary.reference],
        basis=answer,
    )
    if agency_opens(child_id=summary.child_id, agency=summary.owner, now=act.now):
        raise_alert(
            kind="returninterviews.answered",
            event=f"summary_answered:{summary.reference}",
            agency_id=summary.owner_id,
            unit_id=None,
            child_id=summary.child_id,
            reference=summary.interview.reference,
            urgency=Urgency.ROUTINE,
            act=act,
        )
    return summary


def _changed(summary: Summary, *fields: str) -> None:
    summary.version = F("version") + 1
    summary.save(update_fields=[*fields, "version"])
    summary.refresh_from_db(fields=["version"])
