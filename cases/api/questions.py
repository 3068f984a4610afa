"""Operations on the question whether a child just reported is one already on record."""

from typing import Any

from rest_framework.request import Request

from cases.api.shapes import DescribedOut, described_out
from cases.models import MatchQuestion
from cases.services import matching
from missingchildren.agencies.api import Endpoint, acting, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.web.api.fields import In, Instant, OneOf, Out, Reference

ANSWERS = [answer for answer in MatchQuestion.Answer.values if answer]


class QuestionOut(Out):
    """Whether two records are of one child."""

    reference = Reference()
    asked_at = Instant()
    reported = DescribedOut(help_text="As reported now")
    on_record = DescribedOut(help_text="The acting agency's own record")
    answer = OneOf(ANSWERS, allow_null=True)
    answered_at = Instant(allow_null=True)

    class Meta:
        ref_name = "MatchQuestionOut"


def _question(request: Request, reference: str) -> MatchQuestion:
    question = matching.question_for(act=acting(request), reference=reference)
    reading_of(request).of([question.child_id, question.candidate_id], question.reference)
    return question


def question_out(question: MatchQuestion) -> dict[str, Any]:
    """Return a question with both descriptions."""
    return {
        "reference": question.reference,
        "asked_at": question.asked_at,
        "reported": described_out(question.child),
        "on_record": described_out(question.candidate),
        "answer": question.answer or None,
        "answered_at": question.answered_at,
    }


class OneQuestion(Endpoint):
    """One question."""

    @operation("getQuestion", verb="cases.match_question", tag="questions", gives=QuestionOut)
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show both descriptions to the owner of the older record."""
        return question_out(_question(request, reference))


class AnswerIn(In):
    """Whether it is the same child."""

    answer = OneOf(ANSWERS)


class Answer(Endpoint):
    """The answer to a question."""

    @operation(
        "answerQuestion",
        verb="cases.answer_match",
        tag="questions",
        gives=QuestionOut,
        takes=AnswerIn,
        does=Operation.COMBINATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Say whether it is the same child; if it is, the report joins the older record."""
        _question(request, reference)
        sent = typed(request, AnswerIn)
        once(
            request,
            lambda: (
                matching.answer_match(
                    reference=reference,
                    answer=MatchQuestion.Answer(sent["answer"]),
                    act=acting(request),
                ).reference
            ),
        )
        return question_out(_question(request, reference))
