"""Operations on what an agency is told of an interview."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request

from missingchildren.agencies.api import Endpoint, acting, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.web.api.fields import In, Nothing, OneOf, Typed, Version
from returninterviews import access, queries
from returninterviews.api.interviews import child_behind
from returninterviews.api.shapes import InterviewSummaryOut, summary_out
from returninterviews.forms.interviews import ReceiptForm
from returninterviews.models import Summary
from returninterviews.services import summaries

# --- the interview


def own_summary(request: Request, reference: str) -> Summary:
    """Return a summary that was made for the acting agency.

    Raises:
        NotFound: there is none, or it is for somebody else.
    """
    view = child_behind(request, reference)
    summary = access.summary_of(
        act=acting(request), view=view, summary=queries.found_summary(reference)
    )
    reading_of(request).objects.append(summary.reference)
    return summary


class OneSummary(Endpoint):
    """What an agency is told of an interview."""

    @operation(
        "getInterviewSummary",
        verb="returninterviews.summary_page",
        tag="interviews",
        gives=InterviewSummaryOut,
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show what the acting agency is told of an interview; this does not say that it was read."""
        return summary_out(own_summary(request, reference))


class Read(Endpoint):
    """That a summary was read."""

    @operation(
        "readInterviewSummary",
        verb="returninterviews.read_summary",
        tag="interviews",
        gives=InterviewSummaryOut,
        takes=Nothing,
        does=Operation.CONSULTATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Say that a person has read a summary."""
        own_summary(request, reference)
        typed(request, Nothing)
        once(
            request,
            lambda: (
                summaries.read_summary(summary_reference=reference, act=acting(request)).reference
            ),
        )
        return summary_out(own_summary(request, reference))


class AnswerSummaryIn(In):
    """What the police did with a summary."""

    answer = OneOf(Summary.Answer.values)
    crime_reference = Typed(ReceiptForm, "crime_reference")
    no_action_because = Typed(ReceiptForm, "no_action_because")
    is_useful = serializers.BooleanField()
    version = Version(help_text="Of the summary that was read")


class Answer(Endpoint):
    """The answer to a summary."""

    @operation(
        "answerInterviewSummary",
        verb="returninterviews.answer_summary",
        tag="interviews",
        gives=InterviewSummaryOut,
        takes=AnswerSummaryIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Say what was done with a summary, and whether it was of use."""
        own_summary(request, reference)
        sent = typed(request, AnswerSummaryIn)
        once(
            request,
            lambda: (
                summaries.answer_summary(
                    summary_reference=reference,
                    answer=Summary.Answer(sent["answer"]),
                    crime_reference=sent["crime_reference"],
                    because=sent["no_action_because"],
                    is_useful=sent["is_useful"],
                    version=sent["version"],
                    act=acting(request),
                ).reference
            ),
        )
        return summary_out(own_summary(request, reference))
