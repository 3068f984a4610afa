"""One short page for each agency that is asked, for telephone answers, and for late ones."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.rules import Audience
from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import NotFound, Refused
from risk import access, queries
from risk.forms.rounds import AnswerForm, PhoneForm
from risk.services import answers


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.answer_page")
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask one agency what it knows."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    round = queries.latest_round(view.child)
    if round is None:
        raise Http404
    may_answer = access.can_answer(view) and access.can_answer_for_the_force(act, round.episode)
    own = queries.own_ask(view, act)
    has_answered = bool(own and own.ask.round_id == round.pk and own.at)
    form = AnswerForm(
        typed(request),
        has_answered=has_answered,
        initial={"token": uuid4(), "audience": Audience.CASE},
    )
    status = 200 if may_answer else 403
    if may_answer and request.method == "POST" and form.is_valid():
        try:
            answers.answer(
                child_reference=reference,
                answer=form.answer(),
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status = 409
        else:
            return redirect("cases:child", reference=reference)
    context = {
        **frame(view, act, ""),
        "form": form,
        "may": may_answer,
        "is_over": round.ended_at is not None,
        "has_answered": has_answered,
    }
    return render(request, "risk/answer.html", context, status=status)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.phone_page")
def phone(request: HttpRequest, reference: str, ask_reference: str) -> HttpResponse:
    """Write down what an agency that was asked says by telephone."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    ask = queries.ask_in(view, ask_reference) if access.sees_round(view) else None
    if ask is None:
        raise Http404
    reading_of(request).objects.append(ask.reference)
    may_write = access.can_write_down(act, ask.round.episode)
    form = PhoneForm(
        typed(request),
        has_answered=ask.contributions.exists(),
        initial={"token": uuid4(), "audience": Audience.CASE, "given_at": act.now},
    )
    status = 200 if may_write else 403
    if may_write and request.method == "POST" and form.is_valid():
        try:
            answers.write_down_answer(
                child_reference=reference,
                ask_reference=ask_reference,
                answer=form.answer(),
                call=form.call(),
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status = 409
        else:
            return redirect("risk:round", reference=reference)
    context = {**frame(view, act, "risk"), "ask": ask, "form": form, "may": may_write}
    return render(request, "risk/phone.html", context, status=status)


@require_http_methods(["GET", "POST"])
@reads("risk.contribution")
def contribution(request: HttpRequest, reference: str, answer_reference: str) -> HttpResponse:
    """Show one answer; its agency confirms it, the lead force reads it: one tap each."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    found = queries.answer_in(view, act, answer_reference)
    if found is None:
        raise Http404
    reading_of(request).objects.append(found.reference)
    if request.method == "POST":
        if request.POST.get("do") == "confirm":
            answers.confirm_answer(
                child_reference=reference, answer_reference=answer_reference, act=act
            )
        else:
            answers.read_late_answer(
                child_reference=reference, answer_reference=answer_reference, act=act
            )
        return redirect("risk:contribution", reference, answer_reference)
    leads = access.leads(act, found.ask.round.episode)
    context = {
        **frame(view, act, ""),
        "answer": found,
        "words": queries.SHORT_KINDS[found.kind],  # type: ignore[index]
        "can_confirm": found.must_be_confirmed and bool(access.can_confirm_answer(act, found)),
        "can_read": found.is_late
        and found.read_at is None
        and bool(access.can_read_late_answer(act, found.ask.round.episode)),
        # The number is for those who ring back.
        "sees_number": leads or found.owner_id == act.agency_id,
    }
    return render(request, "risk/contribution.html", context)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.late_page")
def late(request: HttpRequest, ask_reference: str) -> HttpResponse:
    """Ask an agency whose part ended with the child's return what it knows."""
    act = act_for(request)
    try:
        ask = answers.late_ask(ask_reference=ask_reference, act=act)
    except NotFound:
        raise Http404 from None
    reading_of(request).of([ask.child_id], ask.reference, basis="asked before the return")
    form = AnswerForm(
        typed(request),
        has_answered=ask.contributions.exists(),
        initial={"token": uuid4(), "audience": Audience.CASE},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            answers.answer_late(
                ask_reference=ask_reference,
                answer=form.answer(),
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status = 409
        else:
            return redirect("risk:late", ask_reference=ask_reference)
    own = list(ask.contributions.order_by("-recorded_at", "-pk"))
    context = {"ask": ask, "child": ask.child, "form": form, "own": own}
    return render(request, "risk/late.html", context, status=status)
