"""What is owed for a child: more time, other hands, and asking for it."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases import access, queries, rules
from cases.access import ChildView
from cases.forms.record import ChaseForm, ExtendForm, ReassignForm
from cases.models import Deadline
from cases.services import deadlines
from cases.services.deadlines import kind_of
from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import Refused, Stale


def _deadline(view: ChildView, request: HttpRequest, deadline_reference: str) -> Deadline:
    """Return one of the child's clocks, if this person may know of it."""
    deadline = queries.deadline_of(view, deadline_reference)
    if deadline is None or not access.sees_deadline(
        act_for(request), view, deadline, kind_of(deadline).seen_with
    ):
        raise Http404
    reading_of(request).objects.append(deadline.own_reference)
    return deadline


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.extend_page")
def extend(request: HttpRequest, reference: str, deadline_reference: str) -> HttpResponse:
    """Give more time for something that one's own agency owes."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    deadline = _deadline(view, request, deadline_reference)
    kind = kind_of(deadline)
    may_extend = access.can_manage_deadline(act, deadline) and rules.extendable(
        can_extend=kind.can_extend, done_at=deadline.done_at
    )
    form = ExtendForm(typed(request), initial={"version": deadline.version, "token": uuid4()})
    status, changed = 200 if may_extend else 403, False
    if may_extend and request.method == "POST" and form.is_valid():
        try:
            deadlines.extend_deadline(
                deadline_reference=deadline_reference,
                new_due_at=form.cleaned_data["new_due_at"],
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("pages:overdue")
    context = {
        **frame(view, act, ""),
        "deadline": deadline,
        "kind": kind,
        "extensions": queries.extensions_of(deadline) if may_extend else [],
        "form": form,
        "may": may_extend,
        "changed": changed,
    }
    return render(request, "cases/extend.html", context, status=status)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.reassign_page")
def reassign(request: HttpRequest, reference: str, deadline_reference: str) -> HttpResponse:
    """Give something that one's own agency owes to another person or team."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    deadline = _deadline(view, request, deadline_reference)
    may_reassign = access.can_manage_deadline(act, deadline) and rules.still_owed(
        done_at=deadline.done_at
    )
    form = ReassignForm(
        typed(request),
        initial={
            "version": deadline.version,
            "token": uuid4(),
            "person": deadline.membership.reference if deadline.membership else "",
            "unit": deadline.unit.reference if deadline.unit else "",
        },
        people=[(each.reference, each.user.full_name) for each in queries.colleagues(act)],
        units=[(each.reference, each.name) for each in queries.own_units(act)],
    )
    status, changed = 200 if may_reassign else 403, False
    if may_reassign and request.method == "POST" and form.is_valid():
        try:
            deadlines.reassign_deadline(
                deadline_reference=deadline_reference,
                member_reference=form.cleaned_data["person"],
                unit_reference=form.cleaned_data["unit"],
                version=form.cleaned_data["version"],
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("pages:overdue")
    context = {
        **frame(view, act, ""),
        "deadline": deadline,
        "kind": kind_of(deadline),
        "extensions": queries.extensions_of(deadline) if may_reassign else [],
        "form": form,
        "may": may_reassign,
        "changed": changed,
    }
    return render(request, "cases/reassign.html", context, status=status)


@require_http_methods(["GET", "POST"])
@reads("cases.chase_page")
def chase(request: HttpRequest, reference: str, deadline_reference: str) -> HttpResponse:
    """Ask an agency for what it owes."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    deadline = _deadline(view, request, deadline_reference)
    may_chase = access.can_chase(act, deadline) and rules.still_owed(done_at=deadline.done_at)
    form = ChaseForm(request.POST or None, initial={"token": uuid4()})
    status = 200 if may_chase else 403
    if may_chase and request.method == "POST" and form.is_valid():
        try:
            deadlines.chase_deadline(
                deadline_reference=deadline_reference,
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status = 409
        else:
            return redirect("pages:overdue")
    context = {
        **frame(view, act, ""),
        "deadline": deadline,
        "kind": kind_of(deadline),
        "is_own": deadline.agency_id == act.agency_id,
        "chased_at": queries.chased_at(deadline),
        "form": form,
        "may": may_chase,
    }
    return render(request, "cases/chase.html", context, status=status)
