"""Open a recommendation or an action as this person may see it, and ask something about it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cases.access import ChildView, view_of
from cases.models import Child
from cases.rules import Aspect
from cases.views.child import frame
from missingchildren.agencies.acting import act_for
from missingchildren.agencies.acts import Act
from missingchildren.audit.models import Operation
from missingchildren.audit.reading import reading_of
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import NotPermitted, Refused, Stale, Verdict
from missingchildren.web.forms import Form
from returninterviews import access, queries
from returninterviews.models import Action, Recommendation
from returninterviews.services.giving import Give


def opened_recommendation(
    request: HttpRequest, reference: str
) -> tuple[ChildView, Recommendation] | HttpResponse:
    """Return a recommendation and its child, or the page to go to first.

    Raises:
        NotFound, Http404: there is no such recommendation, or it is hidden.
    """
    act = act_for(request)
    recommendation = queries.recommendation_of(reference)
    if recommendation is None:
        raise Http404
    view = _view(request, act, recommendation.child)
    if not access.sees_recommendation(act, view, recommendation):
        raise Http404
    return _reasoned(request, view, recommendation.reference) or (view, recommendation)


def opened_action(
    request: HttpRequest, reference: str
) -> tuple[ChildView, Action] | HttpResponse:  # fmt: skip
    """Return an action and its child, or the page to go to first.

    Raises:
        NotFound, Http404: there is no such action, or it is hidden.
    """
    act = act_for(request)
    action = queries.action_of(reference)
    if action is None:
        raise Http404
    view = _view(request, act, action.child)
    if not access.sees_action(act, view, action):
        raise Http404
    return _reasoned(request, view, action.reference) or (view, action)


def _view(request: HttpRequest, act: Act, child: Child) -> ChildView:
    reading_of(request).of([child.pk])
    return view_of(act=act, reference=child.reference)


def _reasoned(request: HttpRequest, view: ChildView, reference: str) -> HttpResponse | None:
    """Ask first why somebody opens a record outside their own work; else note what is read."""
    if view.needs_reason:
        return redirect("cases:open", reference=view.child.reference)
    reading_of(request).of([view.child.pk], view.child.reference, reference, basis=view.basis)
    return None


@dataclass(frozen=True)
class Asked:
    """The words of a page that asks one thing about a recommendation or an action.

    `refused` is its heading for somebody who may see this and may not do it.
    """

    title: str
    lead: str
    button: str
    refused: str


def ask(
    request: HttpRequest,
    view: ChildView,
    asked: Asked,
    *,
    form: Form,
    may: Verdict,
    does: Callable[[dict[str, Any]], object],
    leads_to: str,
    recommendation: Recommendation | None = None,
    action: Action | None = None,
) -> HttpResponse:
    """Show the page with its form, or do what was sent and lead on.

    A refusal stands beside what was typed; after `Stale` what is stored now stands there too.

    Raises:
        NotPermitted: somebody who may not do it sent it; it is logged as denied.
    """
    status, changed = 200 if may else 403, False
    if request.method == "POST":
        reading_of(request).operation = Operation.ALTERATION
        may.require(NotPermitted)
        if form.is_valid():
            try:
                does(form.cleaned_data)
            except Refused as refusal:
                form.add_refusal(refusal)
                status, changed = 409, isinstance(refusal, Stale)
            else:
                return redirect(leads_to)
        reading_of(request).operation = Operation.CONSULTATION
    context = {
        **frame(view, act_for(request), "actions"),
        "asked": asked,
        "form": form,
        "may": may,
        "changed": changed,
        "recommendation": recommendation,
        "action": action,
    }
    return render(request, "returninterviews/ask.html", context, status=status)


def people_to_offer(view: ChildView, act: Act) -> dict[str, Any]:
    """Return whom a form can offer: agencies with a part, and one's own people and teams."""
    own = act.own_agency
    return {
        "act": act,
        "agencies": queries.agencies_with_a_part(view.child, Aspect.OWN_ACTIONS, act.now),
        "people": queries.people_who_may_see(view.child, own, act.now),
        "units": queries.units_of(own),
    }


def suggested(recommendation: Recommendation, act: Act) -> dict[str, Any]:
    """Return what a form begins with: what the interviewer suggested, where it still can be."""
    due_on = recommendation.suggested_due_on
    agency = recommendation.suggested_agency or act.own_agency
    return {
        "text": recommendation.text,
        "agency": agency.reference,
        "due_on": due_on if due_on and due_on >= london_day(act.now) else None,
        "version": recommendation.version,
    }


def give_of(said: dict[str, Any]) -> Give:
    """Return what a valid form asks for."""
    person = said["person"] or ""
    return Give(
        text=said["text"],
        agency_reference=said["agency"],
        unit_reference=person if person.startswith("UN-") else "",
        membership_reference=person if person.startswith("MB-") else "",
        due_on=said["due_on"],
    )
