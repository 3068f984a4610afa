"""Another agency sees the risk otherwise, and the lead force answers."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import NotPermitted, Refused
from risk import access, queries
from risk.forms.rounds import DissentAnswerForm, DissentForm
from risk.services import dissent as services
from risk.views.rounds import decision_of


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.dissent_page")
def disagree(request: HttpRequest, reference: str, decision_reference: str) -> HttpResponse:
    """Say that one's agency sees the risk otherwise."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    decision = decision_of(view, request, decision_reference, level_only=True)
    may_dissent = access.can_dissent(act, view, decision.round.episode)
    form = DissentForm(typed(request), initial={"token": uuid4()})
    status = 200 if may_dissent else 403
    if may_dissent and request.method == "POST" and form.is_valid():
        try:
            made = services.dissent(
                child_reference=reference,
                decision_reference=decision_reference,
                text=form.cleaned_data["text"],
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status = 409
        else:
            return redirect("risk:dissent", reference, made.reference)
    context = {**frame(view, act, ""), "decision": decision, "form": form, "may": may_dissent}
    return render(request, "risk/disagree.html", context, status=status)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.dissent")
def dissent(request: HttpRequest, reference: str, dissent_reference: str) -> HttpResponse:
    """Show how an agency sees the risk; a supervisor of the lead force answers."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    found = queries.dissent_in(view, act, dissent_reference)
    if found is None:
        raise Http404
    reading_of(request).objects.append(found.reference)
    may_answer = access.can_answer_dissent(act, found)
    form = DissentAnswerForm(typed(request))
    status = 200
    if request.method == "POST":
        may_answer.require(NotPermitted)
        if form.is_valid():
            try:
                services.answer_dissent(
                    child_reference=reference,
                    dissent_reference=dissent_reference,
                    answer=form.cleaned_data["answer"],
                    act=act,
                )
            except Refused as refusal:
                form.add_refusal(refusal)
                status = 409
            else:
                return redirect("risk:dissent", reference, dissent_reference)
    context = {
        **frame(view, act, ""),
        "dissent": found,
        "form": form,
        "can_answer": bool(may_answer) and found.answered_at is None,
    }
    return render(request, "risk/dissent.html", context, status=status)
