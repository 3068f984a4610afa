"""Operations on recommendations: list, show, take forward or not, look again."""

from typing import Any

from rest_framework.request import Request

from cases.api.opened import opened
from cases.api.shapes import PageQuery, page_out
from cases.rules import Aspect
from missingchildren.agencies.api import Endpoint, acting, asked, once, operation, typed
from missingchildren.audit.models import Operation
from missingchildren.core.verdicts import NotFound
from missingchildren.web.api.fields import Day, In, OneOf, Reference, Typed, Version
from missingchildren.web.api.problems import invalid
from returninterviews import access, queries
from returninterviews.api.opened import opened_recommendation
from returninterviews.api.shapes import (
    GiveIn,
    RecommendationOut,
    RecommendationPageOut,
    give_of,
    recommendation_out,
    recommendation_row,
)
from returninterviews.forms.actions import (
    GiveForm,
    NotForwardForm,
    SecondGiveForm,
    SecondLookForm,
)
from returninterviews.rules import CouncilDecision
from returninterviews.services import recommendations
from returninterviews.services.giving import Give

JUDGED = "Of the recommendation that was judged"


class Recommendations(Endpoint):
    """What interviews recommended for a child."""

    @operation(
        "listRecommendations",
        verb="returninterviews.recommendations",
        tag="actions",
        gives=RecommendationPageOut,
        asks=PageQuery,
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """List what was recommended for a child and this agency sees, newest first."""
        view = opened(request, reference)
        if not (access.sees_every_action(view) or view.sees(Aspect.OWN_INTERVIEWS)):
            raise NotFound("There is nothing here that you may see.")
        page = queries.recommendations_page(view, acting(request), **asked(request, PageQuery))
        return page_out(page, [recommendation_row(each) for each in page.rows])


class OneRecommendation(Endpoint):
    """One recommendation."""

    @operation(
        "getRecommendation",
        verb="returninterviews.recommendation",
        tag="actions",
        gives=RecommendationOut,
    )
    def get(self, request: Request, reference: str) -> dict[str, Any]:
        """Show a recommendation, what was decided, and what is done about it."""
        return _shown(request, reference)


def _shown(request: Request, reference: str) -> dict[str, Any]:
    view, recommendation = opened_recommendation(request, reference)
    return recommendation_out(view, acting(request), recommendation)


class AcceptRecommendationIn(GiveIn):
    """What is done about a recommendation."""

    version = Version(help_text=JUDGED)


class AcceptRecommendation(Endpoint):
    """A recommendation that is taken forward."""

    @operation(
        "acceptRecommendation",
        verb="returninterviews.accept_recommendation",
        tag="actions",
        gives=RecommendationOut,
        takes=AcceptRecommendationIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Take a recommendation forward: an agency gets something to do by a day."""
        opened_recommendation(request, reference)
        sent = typed(request, AcceptRecommendationIn)
        once(
            request,
            lambda: (
                recommendations.accept_recommendation(
                    recommendation_reference=reference,
                    give=give_of(sent),
                    version=sent["version"],
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return _shown(request, reference)


class NotTakeForwardIn(In):
    """Why a recommendation is not taken forward."""

    reasons = Typed(NotForwardForm, "reasons", help_text="The interviewer reads them")
    version = Version(help_text=JUDGED)


class NotTakeForward(Endpoint):
    """A recommendation that is not taken forward."""

    @operation(
        "notTakeForward",
        verb="returninterviews.not_take_forward",
        tag="actions",
        gives=RecommendationOut,
        takes=NotTakeForwardIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Decide, as a manager, not to take a recommendation forward."""
        opened_recommendation(request, reference)
        sent = typed(request, NotTakeForwardIn)
        once(
            request,
            lambda: (
                recommendations.not_take_forward(
                    recommendation_reference=reference, act=acting(request), **sent
                ).reference
            ),
        )
        return _shown(request, reference)


class AskSecondLookIn(In):
    """Why to look again."""

    words = Typed(SecondLookForm, "words")
    version = Version(help_text=JUDGED)


class AskSecondLook(Endpoint):
    """A second look that is asked for."""

    @operation(
        "askSecondLook",
        verb="returninterviews.ask_second_look",
        tag="actions",
        gives=RecommendationOut,
        takes=AskSecondLookIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Ask the council, once, to look again at what it did not take forward."""
        opened_recommendation(request, reference)
        sent = typed(request, AskSecondLookIn)
        once(
            request,
            lambda: (
                recommendations.ask_second_look(
                    recommendation_reference=reference, act=acting(request), **sent
                ).reference
            ),
        )
        return _shown(request, reference)


class AnswerSecondLookIn(In):
    """What a manager says after a second look; what is to be done, if it is taken forward."""

    answer = OneOf([each.value for each in CouncilDecision])
    reasons = Typed(SecondGiveForm, "reasons", help_text="Needed where it is not taken forward")
    text = Typed(GiveForm, "text", required=False)
    agency = Reference(required=False, default="")
    team = Reference(required=False, default="", help_text="Of one's own agency")
    person = Reference(required=False, default="", help_text="Of one's own agency")
    due_on = Day(required=False, default=None)
    version = Version(help_text=JUDGED)


class AnswerSecondLook(Endpoint):
    """The answer to a second look."""

    @operation(
        "answerSecondLook",
        verb="returninterviews.answer_second_look",
        tag="actions",
        gives=RecommendationOut,
        takes=AnswerSecondLookIn,
        does=Operation.ALTERATION,
    )
    def post(self, request: Request, reference: str) -> dict[str, Any]:
        """Answer a second look: take it forward after all, or say why it stays so."""
        opened_recommendation(request, reference)
        sent = typed(request, AnswerSecondLookIn)
        give = _give(sent) if sent["answer"] == CouncilDecision.TAKEN_FORWARD else None
        once(
            request,
            lambda: (
                recommendations.answer_second_look(
                    recommendation_reference=reference,
                    answer=CouncilDecision(sent["answer"]),
                    reasons=sent["reasons"],
                    give=give,
                    version=sent["version"],
                    token=None,
                    act=acting(request),
                ).reference
            ),
        )
        return _shown(request, reference)


def _give(sent: dict[str, Any]) -> Give:
    """Return what is to be done, all of which is needed where it is taken forward.

    Raises:
        ValidationError: something is missing.
    """
    for name in ("text", "agency", "due_on"):
        if not sent[name]:
            raise invalid(name, "This is needed where it is taken forward.")
    return give_of(sent)
