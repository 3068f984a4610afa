"""Recommendations: one at a time, taken forward or not, and looked at a second time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases.views.child import frame
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reads
from returninterviews import access, queries
from returninterviews.forms.actions import (
    GiveForm,
    KeepForm,
    NotForwardForm,
    SecondGiveForm,
    SecondLookForm,
)
from returninterviews.models import Recommendation
from returninterviews.rules import CouncilDecision, RecommendationState
from returninterviews.services import recommendations as services
from returninterviews.views.opening import (
    Asked,
    ask,
    give_of,
    opened_recommendation,
    people_to_offer,
    suggested,
)

ACCEPT = Asked(
    title="Take it forward",
    lead="Say who will do what by when. They are told, and the interviewer sees how it goes.",
    button="Take it forward",
    refused="You cannot take this forward",
)
NOT_FORWARD = Asked(
    title="Do not take it forward",
    lead="The interviewer is told and may ask you once to look again.",
    button="Save the decision",
    refused="You cannot decide this",
)
SECOND_LOOK = Asked(
    title="Ask for a second look",
    lead="The council decided not to take this forward.",
    button="Ask for a second look",
    refused="You cannot ask for a second look",
)
KEEP = Asked(
    title="Keep the decision",
    lead="The interviewer asked you to look again. This answer is the last one.",
    button="Save the answer",
    refused="You cannot answer this",
)


@require_GET
@reads("returninterviews.recommendation")
def recommendation(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a recommendation, what was decided, and what is done about it."""
    opened = opened_recommendation(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    state = found.state
    to_decide = state == RecommendationState.TO_DECIDE
    to_answer = state == RecommendationState.SECOND_LOOK
    context = {
        **frame(view, act, "actions"),
        "recommendation": found,
        "state": state.value,
        "due": queries.due_of(found),
        "actions": [each for each in queries.actions_of(found) if access.sees_action(act, view, each)],
        "can_accept": to_decide and bool(access.can_decide(act, found)),
        "can_turn_down": to_decide and bool(access.can_turn_down(act, found)),
        "can_answer": to_answer and bool(access.can_answer_second_look(act, found)),
        "can_add": state == RecommendationState.TAKEN_FORWARD
        and bool(access.can_decide(act, found)),
        "can_ask": state == RecommendationState.NOT_TAKEN_FORWARD
        and bool(access.can_ask_second_look(act, found)),
    }  # fmt: skip
    return render(request, "returninterviews/recommendation.html", context)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.take_forward_page")
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a recommendation forward, at first or after a second look."""
    opened = opened_recommendation(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    is_second = found.state == RecommendationState.SECOND_LOOK
    made = SecondGiveForm if is_second else GiveForm

    def take_forward(said: dict[str, Any]) -> None:
        same = {
            "recommendation_reference": reference, "give": give_of(said),
            "version": said["version"], "token": said["token"], "act": act,
        }  # fmt: skip
        if is_second:
            services.answer_second_look(
                answer=CouncilDecision.TAKEN_FORWARD, reasons=said["reasons"], **same
            )
        else:
            services.accept_recommendation(**same)

    return ask(
        request,
        view,
        ACCEPT,
        form=made(typed(request), initial=suggested(found, act), **people_to_offer(view, act)),
        may=access.can_answer_second_look(act, found)
        if is_second
        else access.can_decide(act, found),
        does=take_forward,
        leads_to=address(found),
        recommendation=found,
    )


def address(recommendation: Recommendation) -> str:
    """Return the address of a recommendation's page."""
    return reverse("returninterviews:recommendation", args=[recommendation.reference])


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.not_forward_page")
def not_forward(request: HttpRequest, reference: str) -> HttpResponse:
    """Decide, as a manager, not to take a recommendation forward."""
    opened = opened_recommendation(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    return ask(
        request,
        view,
        NOT_FORWARD,
        form=NotForwardForm(typed(request), initial={"version": found.version}),
        may=access.can_turn_down(act, found),
        does=lambda said: services.not_take_forward(
            recommendation_reference=reference, act=act, **said
        ),
        leads_to=address(found),
        recommendation=found,
    )


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.second_look_page")
def second_look(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the council to look again."""
    opened = opened_recommendation(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    return ask(
        request,
        view,
        SECOND_LOOK,
        form=SecondLookForm(typed(request), initial={"version": found.version}),
        may=access.can_ask_second_look(act, found),
        does=lambda said: services.ask_second_look(
            recommendation_reference=reference, act=act, **said
        ),
        leads_to=address(found),
        recommendation=found,
    )


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.keep_page")
def keep(request: HttpRequest, reference: str) -> HttpResponse:
    """Answer a second look: it stays as it was decided."""
    opened = opened_recommendation(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    return ask(
        request,
        view,
        KEEP,
        form=KeepForm(typed(request), initial={"version": found.version}),
        may=access.can_answer_second_look(act, found),
        does=lambda said: services.answer_second_look(
            recommendation_reference=reference,
            answer=CouncilDecision.NOT_TAKEN_FORWARD,
            give=None,
            act=act,
            **said,
        ),
        leads_to=address(found),
        recommendation=found,
    )
