"""The officer's page, the decision, its replay and its confirmation."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.access import ChildView
from cases.rules import Aspect
from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.agencies.acts import Act
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import Refused, Stale
from risk import access, queries, rules
from risk.forms.rounds import SEND_BACK, ConfirmForm, DecideForm, today_parts
from risk.models import Decision
from risk.queries import RoundPage
from risk.services import decisions
from risk.services import rounds as services

LOOKS = {
    "risk.round": "Risk: who was asked and what is known",
    "risk.decide_page": "Choosing the level of risk",
    "risk.decision": "A level of risk and what was shown",
    "risk.confirm_page": "Confirming a level of risk",
    "risk.answer_page": "Answering what the police ask",
    "risk.phone_page": "Writing down a telephone answer",
    "risk.contribution": "An answer",
    "risk.late_page": "Answering after the child was back",
    "risk.dissent_page": "Saying that one sees the risk otherwise",
    "risk.dissent": "How an agency sees the risk",
}


def round_or_none(view: ChildView, act: Act, request: HttpRequest) -> RoundPage | None:
    """Return the latest round with all that this person may see of it; None: there was never one."""
    if not access.sees_round(view):
        raise Http404
    page = queries.round_page(view, act)
    if page:
        reading_of(request).objects.append(page.round.reference)
    return page


def round_of(view: ChildView, act: Act, request: HttpRequest) -> RoundPage:
    """Return the latest round with all that this person may see of it."""
    page = round_or_none(view, act, request)
    if page is None:
        raise Http404
    return page


@require_GET
@reads("risk.round")
def round(request: HttpRequest, reference: str) -> HttpResponse:
    """Show how worried to be, who has answered, and everything that bears on it."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    page = round_or_none(view, act, request)
    if page is None:
        return render(request, "risk/no_round.html", frame(view, act, "risk"))
    current = page.round.current
    context = {
        **frame(view, act, "risk"),
        "page": page,
        "round": page.round,
        "decision": current,
        "is_overdue": current is not None and current.review_due_at < act.now,
        "can_decide": access.can_decide(act, page.round.episode)
        and rules.may_decide_now(
            is_accepted=page.round.episode.accepted_at is not None, ended_at=page.round.ended_at
        ),
        "leads": access.leads(act, page.round.episode),
        "can_write_down": bool(access.can_write_down(act, page.round.episode)),
    }
    return render(request, "risk/round.html", context)


@require_POST
@reads("risk.round")
def ask_others(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask those who have got a part since the others were asked."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    services.ask_others(child_reference=reference, act=act_for(request))
    return redirect("risk:round", reference=reference)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.decide_page")
def decide(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose the level on what the officer's page showed, which sends the digests of it (`seen`)."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    page = round_of(view, act, request)
    may_decide = access.can_decide(act, page.round.episode)
    data = typed(request)
    if may_decide and data is None and "seen" not in request.GET:
        return redirect("risk:round", reference=reference)
    seen = request.GET.get("seen", "")
    form = _decide_form(data, page, act, seen)
    status = 200 if may_decide else 403
    if may_decide and request.method == "POST":
        is_whole = form.is_valid()
        made = decisions.made_with(token=form.cleaned_data.get("token"), act=act)
        if made:
            return redirect("risk:decision", reference, made.reference)
        if is_whole:
            try:
                made = decisions.decide(
                    child_reference=reference,
                    level=form.chosen(),
                    version=form.cleaned_data["version"],
                    token=form.cleaned_data["token"],
                    act=act,
                )
            except Refused as refusal:
                status = 409
                if isinstance(refusal, Stale):
                    page = round_of(view, act, request)
                    form = _decide_form(_with_version(data, page), page, act, seen)
                    form.is_valid()
                form.add_refusal(refusal)
            else:
                return redirect("risk:decision", reference, made.reference)
        elif form.unseen:
            status = 409
            form = _decide_form(_with_version(data, page), page, act, seen)
    context = {
        **frame(view, act, "risk"),
        "page": page,
        "form": form,
        "may": may_decide,
        "came_in": [page.evidence[digest] for digest in form.unseen],
    }
    return render(request, "risk/decide.html", context, status=status)


def _decide_form(data: QueryDict | None, page: RoundPage, act: Act, seen: str) -> DecideForm:
    current = page.round.current
    initial: dict[str, Any] = {
        "token": uuid4(),
        "version": page.round.version,
        "seen": seen,
        "review_due_at": today_parts(act.now),
    }
    if current is not None:
        initial |= _answers_until_now(current)
    elif data is None:
        initial |= _words_of_report(page)
    return DecideForm(data, page=page, setting=decisions.setting_of(page, act), initial=initial)


def _answers_until_now(current: Decision) -> dict[str, str]:
    """Return the answers of the decision that is being reviewed: what has not changed stands."""
    initial = {}
    for question in rules.QUESTIONS.questions:
        said = current.answers.get(question.key, {})
        if question.is_open:
            initial[question.key] = said.get("words", "")
        else:
            initial[question.key] = said.get("answer", "")
            initial[f"{question.key}_words"] = said.get("words", "")
    return initial


def _words_of_report(page: RoundPage) -> dict[str, str]:
    """Return what the latest report says already, to begin with."""
    report = page.round.episode.reports.order_by("-pk").first()
    if report is None:
        return {}
    return {
        "why_worried": report.why_worried[:2_000], "done_so_far": report.done_so_far[:2_000],
    }  # fmt: skip


def _with_version(data: QueryDict | None, page: RoundPage) -> QueryDict | None:
    """Return what was typed, to be judged on what is stored now."""
    if data is None:
        return None
    changed = data.copy()
    changed["version"] = str(page.round.version)
    return changed


def decision_of(
    view: ChildView, request: HttpRequest, decision_reference: str, *, level_only: bool = False
) -> Decision:
    """Return one decision, to those who see the round; or the level alone, to those who see that."""
    decision = queries.decision_in(view, decision_reference)
    may_see = view.sees(Aspect.LEVEL) if level_only else access.sees_round(view)
    if decision is None or not may_see:
        raise Http404
    reading_of(request).objects.append(decision.reference)
    return decision


@require_GET
@reads("risk.decision")
def decision(request: HttpRequest, reference: str, decision_reference: str) -> HttpResponse:
    """Show a level, and exactly what was on the officer's page when it was chosen."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    found = decision_of(view, request, decision_reference)
    state = found.state_in(found.round)
    context = {
        **frame(view, act, "risk"),
        "decision": found,
        "round": found.round,
        "state": state,
        "replay": queries.replay_of(found, view, act),
        "early": rules.EARLY_REASONS.get(found.early_reason, ""),
        "is_ours": found.owner_id == act.agency_id,
        "can_confirm": bool(access.can_confirm(act, found)) and bool(rules.confirming(state)),
        "can_dissent": state != rules.DecisionState.REPLACED
        and bool(access.can_dissent(act, view, found.round.episode)),
    }
    return render(request, "risk/decision.html", context)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.confirm_page")
def confirm(request: HttpRequest, reference: str, decision_reference: str) -> HttpResponse:
    """Confirm a level as a supervisor, or send it back with a note."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    found = decision_of(view, request, decision_reference)
    may_confirm = access.can_confirm(act, found)
    form = ConfirmForm(typed(request), initial={"version": found.version})
    status, changed = 200 if may_confirm else 403, False
    if may_confirm and request.method == "POST" and form.is_valid():
        try:
            _judge(form, reference, decision_reference, act)
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, True
        else:
            return redirect("risk:decision", reference, decision_reference)
    context = {
        **frame(view, act, "risk"),
        "decision": found,
        "state": found.state_in(found.round),
        "form": form,
        "may": may_confirm,
        "changed": changed,
    }
    return render(request, "risk/confirm.html", context, status=status)


def _judge(form: ConfirmForm, reference: str, decision_reference: str, act: Act) -> None:
    said = form.cleaned_data
    if said["verdict"] == SEND_BACK:
        decisions.send_back(
            child_reference=reference,
            decision_reference=decision_reference,
            note=said["note"],
            version=said["version"],
            act=act,
        )
    else:
        decisions.confirm(
            child_reference=reference,
            decision_reference=decision_reference,
            version=said["version"],
            act=act,
        )
