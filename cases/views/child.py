"""The case page, why somebody opens it, its history, and its places."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases import access, panels, queries
from cases.access import ChildView
from cases.forms.record import OpeningForm
from cases.models import Opening
from cases.rules import Aspect
from cases.services import updates
from missingchildren.agencies.acting import act_for
from missingchildren.agencies.acts import Act
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import NotFound, Refused
from missingchildren.web.components import Link


def opened(request: HttpRequest, reference: str) -> ChildView | HttpResponse:
    """Return the child as this person may see it, or the page to go to first.

    Raises:
        NotFound: there is no such child, or it is hidden.
    """
    act = act_for(request)
    try:
        view = access.view_of(act=act, reference=reference)
    except NotFound:
        hidden = access.hidden(act=act, reference=reference)
        if hidden.joined_to:
            return redirect("cases:child", reference=hidden.joined_to)
        reading_of(request).of([hidden.key] if hidden.key else [])
        raise
    if view.needs_reason:
        return redirect("cases:open", reference=reference)
    reading_of(request).of([view.child.pk], view.child.reference, basis=view.basis)
    return view


def frame(view: ChildView, act: Act, current: str) -> dict[str, Any]:
    """Return what the identity bar and the tabs of every case page need."""
    links = [Link("Now", reverse("cases:child", args=[view.child.reference]), current == "now")]
    links += [
        Link(tab.title, reverse(tab.url_name, args=[view.child.reference]), current == tab.key)
        for tab in panels.tabs(view, act)
    ]
    return {
        "view": view,
        "child": view.child,
        "identity": panels.identity(view, act),
        "tabs": links if len(links) > 1 else [],
        "now": act.now,
        "act": act,
    }


@require_GET
@reads("cases.child")
def child(request: HttpRequest, reference: str) -> HttpResponse:
    """Show the child as this person's agency may see them."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    shown = [
        {"key": panel.key, "template": panel.template, "context": context}
        for panel in panels.panels()
        if (context := panel.context(view, act)) is not None
    ]
    return render(request, "cases/child.html", {**frame(view, act, "now"), "panels": shown})


@require_http_methods(["GET", "POST"])
@reads("cases.open")
def open_record(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why somebody opens a record outside their own unit and work."""
    act = act_for(request)
    view = access.view_of(act=act, reference=reference)
    if not view.needs_reason:
        return redirect("cases:child", reference=reference)
    form = OpeningForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            updates.open_with_reason(
                child_reference=reference,
                reason=Opening.Reason(form.cleaned_data["reason"]),
                detail=form.detail,
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("cases:child", reference=reference)
    return render(request, "cases/open.html", {"form": form, "child": view.child})


@require_GET
@reads("cases.history")
def history(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what happened to the record, and who looked at it."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    if not view.sees(Aspect.HISTORY):
        raise Http404
    act = act_for(request)
    context = {
        **frame(view, act, "history"),
        "moments": panels.moments(view, act),
        "looks": queries.who_looked(view, act),
    }
    return render(request, "cases/history.html", context)


@require_http_methods(["GET", "POST"])
@reads("cases.place")
def place(request: HttpRequest, reference: str, location_reference: str) -> HttpResponse:
    """Ask before a place is shown; show it once, on the answer to a POST, and nowhere else."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    location = (
        access.readable_locations(act, view)
        .filter(reference=location_reference)
        .select_related("owner")
        .first()
    )
    if location is None:
        raise Http404
    context = {**frame(view, act, ""), "location": location, "place": None}
    if request.method == "POST":
        _, context["place"] = updates.reveal_location(
            child_reference=reference, location_reference=location_reference, act=act
        )
    return render(request, "cases/place.html", context)
