"""Answer whether a child just reported is one already on record."""

from django.db.models import Model
from django.db.models.functions import Coalesce

from cases import access
from cases.models import (
    Child,
    Deadline,
    Extension,
    Grant,
    Location,
    MatchQuestion,
    MissingEpisode,
    PoliceNote,
    PreventionInterview,
    Report,
    Update,
)
from cases.rules import Clock, Fact
from cases.services import deadlines, sharing, timeline
from missingchildren.agencies.acts import Act
from missingchildren.alerts import outbox
from missingchildren.audit import log
from missingchildren.audit.models import Operation
from missingchildren.audit.services import service
from missingchildren.core.verdicts import NotFound, NotPermitted, RuleBroken

# What a report made, and what moves with it to the child's own record: rows with a `child`.
_moves: list[type[Model]] = [
    MissingEpisode, Report, Update, Location, Grant, Deadline, PoliceNote, PreventionInterview,
    Extension,
]  # fmt: skip


def register_moves(*models: type[Model]) -> None:
    """Let the rows of these models, which have a `child`, move with what a report made."""
    _moves.extend(model for model in models if model not in _moves)


def moves() -> list[type[Model]]:
    """Return every model whose rows move."""
    return list(_moves)


def question_for(*, act: Act, reference: str) -> MatchQuestion:
    """Return a question put to the acting agency.

    Raises:
        NotFound: there is no such question, or it is another agency's.
    """
    question = (
        MatchQuestion.objects.filter(reference=reference, agency=act.own_agency)
        .select_related("child", "candidate")
        .prefetch_related(
            "child__names", "candidate__names", "child__identifiers", "candidate__identifiers"
        )
        .first()
    )
    if question is None or not access.can_answer_match(act, agency_id=question.agency_id):
        raise NotFound(access.HIDDEN)
    access.view_of(act=act, reference=question.candidate.reference)
    return question


@service(verb="cases.answer_match", operation=Operation.COMBINATION)
def answer_match(*, reference: str, answer: MatchQuestion.Answer, act: Act) -> MatchQuestion:
    """Say whether it is the same child; if it is, what the report made moves to the child's record.

    Raises:
        NotFound: the question is another agency's.
        NotPermitted: this person does not answer for the record.
        RuleBroken: it was answered, or both records have an episode at the same time.
    """
    question = question_for(act=act, reference=reference)
    ids = [question.child_id, question.candidate_id]
    locked = Child.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk")
    child, candidate = (locked.in_bulk()[key] for key in ids)
    question = MatchQuestion.objects.select_for_update(of=("self",)).get(pk=question.pk)
    access.can_answer_match(act, agency_id=question.agency_id).require(NotPermitted)
    if question.answer:
        raise RuleBroken("This has already been answered.")
    if answer == MatchQuestion.Answer.SAME:
        _require_mergeable(child, candidate)

    question.answer, question.answered_at, question.answered_by = answer, act.now, act.membership
    question.save(update_fields=["answer", "answered_at", "answered_by"])
    deadlines.meet(kind=Clock.MATCH_QUESTION, reference=question.reference, act=act)
    outbox.supersede(
        events=[f"match_question:{question.reference}"], reason="the question is answered", act=act
    )
    kind = Fact.NOT_MATCHED
    if answer == MatchQuestion.Answer.SAME:
        _move(child, candidate, act)
        kind = Fact.MATCHED
    timeline.add(child=candidate, kind=kind, reference=question.reference, act=act)
    log.record(
        act=act,
        operation=Operation.COMBINATION,
        verb="cases.answer_match",
        subjects=ids,
        objects=[question.reference],
        basis=answer,
    )
    return question


def _require_mergeable(child: Child, candidate: Child) -> None:
    """Refuse to join records that already point elsewhere, or that are missing at the same time.

    Raises:
        RuleBroken: a person must sort it out first.
    """
    if child.merged_into_id or candidate.merged_into_id:
        raise RuleBroken("One of these records has already been joined to another.")
    if candidate.episodes.open().exists():
        raise RuleBroken(
            "This child is already reported missing. Ring the police force that leads the search."
        )
    over = candidate.episodes.annotate(ended=Coalesce("located_at", "returned_at"))
    for episode in child.episodes.filter(withdrawn_at=None):
        same_time = over.filter(withdrawn_at=None, ended__gt=episode.started_at)
        ended_at = episode.located_at or episode.returned_at
        if ended_at:
            same_time = same_time.filter(started_at__lt=ended_at)
        if same_time.exists():
            raise RuleBroken(
                "The child was already missing at the time of this report, and has been found. "
                "Ring the police force that leads the search."
            )


def _move(child: Child, candidate: Child, act: Act) -> None:
    """Move what the report made to the child's own record. Both rows are locked.

    The new record stays, empty, and leads to the other; its history and timeline are kept.
    """
    live = Grant.objects.live(act.now).filter(child=child)
    source_of = list(live.values_list("source", flat=True))
    Grant.objects.filter(child=candidate, source__in=source_of, ended_at=None).exclude(
        source=""
    ).update(ended_at=act.now, ended_reason="replaced when two records became one")
    for model in moves():
        model._default_manager.filter(child=child).update(child=candidate)
    candidate.listed_at, candidate.missing_since = child.listed_at, child.missing_since
    candidate.save(update_fields=["listed_at", "missing_since"])
    child.merged_into, child.missing_since = candidate, None
    child.save(update_fields=["merged_into", "missing_since"])
    outbox.move_to_child(from_id=child.pk, to_id=candidate.pk)
    sharing.recompute(child=child, act=act)
    sharing.recompute(child=candidate, act=act)
