"""Follow-up actions: what is to be done for a child, how it goes, and how it ended."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases import queries as cases_queries
from cases.rules import Aspect, Audience
from cases.views.child import frame
from cases.views.child import opened as opened_child
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reads
from returninterviews import access, queries
from returninterviews.forms.actions import DoneForm, DropForm, GiveForm, HelpedForm, ProgressForm
from returninterviews.models import Action
from returninterviews.rules import ActionState, Helped
from returninterviews.services import actions as services
from returninterviews.views.opening import (
    Asked,
    ask,
    give_of,
    opened_action,
    opened_recommendation,
    people_to_offer,
    suggested,
)

MOST_NOTES = 20
ADD = Asked(
    title="Add a follow-up action",
    lead="For something that no interview recommended. Whoever is to do it is told.",
    button="Add the action",
    refused="You cannot add a follow-up action",
)
ADD_TO = Asked(
    title="Add one more action",
    lead="For something more about the same recommendation, or for somebody else to do it.",
    button="Add the action",
    refused="You cannot add a follow-up action",
)
PROGRESS = Asked(
    title="Say how it is going",
    lead="",
    button="Save",
    refused="You cannot write about this action",
)
DONE = Asked(
    title="Record that it is done",
    lead="The interviewer sees that it is done, and can tell the child.",
    button="It is done",
    refused="You cannot complete this action",
)
DROP = Asked(
    title="Drop this action",
    lead="Nobody works on it any more. The reasons stay on the record.",
    button="Drop the action",
    refused="You cannot drop this action",
)
HELPED = Asked(
    title="Did it help?",
    lead="This is asked once, so that we learn what helps.",
    button="Save",
    refused="You cannot answer this",
)


@require_GET
@reads("returninterviews.actions")
def actions(request: HttpRequest, reference: str) -> HttpResponse:
    """List what is to be decided and done for a child, the most overdue first."""
    view = opened_child(request, reference)
    if isinstance(view, HttpResponse):
        return view
    if not (view.sees(Aspect.ACTIONS) or view.sees(Aspect.OWN_ACTIONS)):
        raise Http404
    act = act_for(request)
    context = {
        **frame(view, act, "actions"),
        "to_decide": queries.recommendations_to_decide(view, act),
        "page": queries.open_actions_page(view, act, after=request.GET.get("after", "")),
        "is_later_page": "after" in request.GET,
        "sees_all": access.sees_every_action(view),
        "sees_recommendations": access.sees_every_action(view)
        or view.sees(Aspect.OWN_INTERVIEWS),
        "can_add": access.can_add_action(act, view),
    }  # fmt: skip
    return render(request, "returninterviews/actions.html", context)


@require_GET
@reads("returninterviews.actions_settled")
def settled(request: HttpRequest, reference: str) -> HttpResponse:
    """List what was done or dropped, and every recommendation, the newest first."""
    view = opened_child(request, reference)
    if isinstance(view, HttpResponse):
        return view
    if not (view.sees(Aspect.ACTIONS) or view.sees(Aspect.OWN_ACTIONS)):
        raise Http404
    act = act_for(request)
    context = {
        **frame(view, act, "actions"),
        "page": queries.settled_actions_page(view, act, after=request.GET.get("after", "")),
        "is_later_page": "after" in request.GET,
    }
    return render(request, "returninterviews/settled.html", context)


@require_GET
@reads("returninterviews.recommendations")
def recommendations(request: HttpRequest, reference: str) -> HttpResponse:
    """List everything that interviews recommended for a child, the newest first."""
    view = opened_child(request, reference)
    if isinstance(view, HttpResponse):
        return view
    if not (access.sees_every_action(view) or view.sees(Aspect.OWN_INTERVIEWS)):
        raise Http404
    act = act_for(request)
    context = {
        **frame(view, act, "actions"),
        "page": queries.recommendations_page(view, act, after=request.GET.get("after", "")),
        "is_later_page": "after" in request.GET,
    }
    return render(request, "returninterviews/recommendations.html", context)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.add_action_page")
def add(request: HttpRequest, reference: str) -> HttpResponse:
    """Add a follow-up action that no interview recommended."""
    view = opened_child(request, reference)
    if isinstance(view, HttpResponse):
        return view
    if not (view.sees(Aspect.ACTIONS) or view.sees(Aspect.OWN_ACTIONS)):
        raise Http404
    act = act_for(request)
    own = {"agency": act.own_agency.reference}
    return ask(
        request,
        view,
        ADD,
        form=GiveForm(typed(request), initial=own, **people_to_offer(view, act)),
        may=access.can_add_action(act, view),
        does=lambda said: services.add_action(
            child_reference=reference, give=give_of(said), token=said["token"], act=act
        ),
        leads_to=reverse("returninterviews:actions", args=[reference]),
    )


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.add_action_page")
def add_to(request: HttpRequest, reference: str) -> HttpResponse:
    """Add one more action to a recommendation that is taken forward."""
    opened = opened_recommendation(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    return ask(
        request,
        view,
        ADD_TO,
        form=GiveForm(typed(request), initial=suggested(found, act), **people_to_offer(view, act)),
        may=access.can_decide(act, found),
        does=lambda said: services.add_action(
            child_reference=view.child.reference,
            recommendation_reference=reference,
            give=give_of(said),
            token=said["token"],
            act=act,
        ),
        leads_to=reverse("returninterviews:recommendation", args=[reference]),
        recommendation=found,
    )


@require_GET
@reads("returninterviews.action")
def action(request: HttpRequest, reference: str) -> HttpResponse:
    """Show an action, how it is going, and what this person may do about it."""
    opened = opened_action(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    is_open = found.state == ActionState.OPEN
    can_work = bool(access.can_work_on(act, found))
    recommendation = found.recommendation
    sees_evidence = access.sees_evidence(act, view, found)
    context = {
        **frame(view, act, "actions"),
        "action": found,
        "state": found.state.value,
        "notes": queries.notes_on(found, act, most=MOST_NOTES),
        "sees_evidence": sees_evidence,
        "extensions": cases_queries.extensions_of(found.deadline) if sees_evidence else [],
        "sees_recommendation": recommendation is not None
        and access.sees_recommendation(act, view, recommendation),
        "can_work": is_open and can_work,
        "can_drop": is_open and bool(access.can_drop(act, found)),
        "can_say": found.state == ActionState.DONE and not found.helped and can_work,
    }
    return render(request, "returninterviews/action.html", context)


def address(action: Action) -> str:
    """Return the address of an action's page."""
    return reverse("returninterviews:action", args=[action.reference])


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.progress_page")
def progress(request: HttpRequest, reference: str) -> HttpResponse:
    """Say how an action is going."""
    opened = opened_action(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    return ask(
        request,
        view,
        PROGRESS,
        form=ProgressForm(typed(request), initial={"audience": Audience.CASE}),
        may=access.can_work_on(act, found),
        does=lambda said: services.note_progress(
            action_reference=reference,
            text=said["text"],
            audience=Audience(said["audience"]),
            token=said["token"],
            act=act,
        ),
        leads_to=address(found),
        action=found,
    )


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.done_page")
def done(request: HttpRequest, reference: str) -> HttpResponse:
    """Record that an action is done, and how that is known."""
    opened = opened_action(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    return ask(
        request,
        view,
        DONE,
        form=DoneForm(typed(request), initial={"version": found.version}),
        may=access.can_work_on(act, found),
        does=lambda said: services.complete_action(action_reference=reference, act=act, **said),
        leads_to=address(found),
        action=found,
    )


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.drop_page")
def drop(request: HttpRequest, reference: str) -> HttpResponse:
    """Drop an action, as a manager, with reasons."""
    opened = opened_action(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)
    return ask(
        request,
        view,
        DROP,
        form=DropForm(typed(request), initial={"version": found.version}),
        may=access.can_drop(act, found),
        does=lambda said: services.drop_action(action_reference=reference, act=act, **said),
        leads_to=address(found),
        action=found,
    )


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.helped_page")
def helped(request: HttpRequest, reference: str) -> HttpResponse:
    """Say, once, whether an action helped."""
    opened = opened_action(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    view, found = opened
    act = act_for(request)

    def say(said: dict[str, Any]) -> None:
        services.say_whether_it_helped(
            action_reference=reference,
            helped=Helped(said["helped"]),
            version=said["version"],
            act=act,
        )

    return ask(
        request,
        view,
        HELPED,
        form=HelpedForm(typed(request), initial={"version": found.version}),
        may=access.can_work_on(act, found),
        does=say,
        leads_to=address(found),
        action=found,
    )
