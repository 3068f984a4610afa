"""The notices that an agency received: the list, one notice, and its answer."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_GET, require_http_methods

from cases.access import ChildView
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.agencies.acts import Act
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import Verdict
from missingchildren.web import forms
from missingchildren.web.components import Link
from placements import access, queries, rules
from placements.forms import AcknowledgeEndForm, AcknowledgeForm, SendBackForm
from placements.models import PlacementNotification
from placements.services import notices
from placements.views.case import Ask, answered


def may_be_notified(request: HttpRequest) -> bool:
    """Return whether to offer the list of notices."""
    return access.is_notified(getattr(request, "act", None))


@require_GET
@reads("placements.notifications")
def notifications(request: HttpRequest) -> HttpResponse:
    """List the acting agency's notices: those that wait, or those answered."""
    act = act_for(request)
    is_answered = request.GET.get("box") == "answered"
    page = queries.notices_page(act, is_answered=is_answered, after=request.GET.get("after", ""))
    reading_of(request).of({notice.child_id for notice in page.rows}, basis="list")
    start = reverse("placements:notifications")
    context = {
        "page": page,
        "is_answered": is_answered,
        "links": [
            Link("Waiting", start, not is_answered),
            Link("Answered", f"{start}?box=answered", is_answered),
        ],
    }
    return render(request, "placements/notifications.html", context)


def _opened(
    request: HttpRequest, reference: str
) -> tuple[PlacementNotification, ChildView | None] | HttpResponse:
    """Return a notice, or the page that asks first why somebody opens the child's record."""
    act = act_for(request)
    notice = queries.own_notice(act, reference)
    if notice is None:
        raise Http404
    view = queries.still_open(notice, act)
    if view and view.needs_reason:
        return redirect("cases:open", reference=notice.child.reference)
    basis = view.basis if view else "notice"
    reading_of(request).of([notice.child_id], notice.reference, basis=basis)
    return notice, view


def said(notice: PlacementNotification) -> dict[str, Any]:
    """Return what was sent, its times as times."""
    sent = queries.what_was_sent(notice)
    return {
        **sent,
        "date_of_birth": parse_date(sent.get("date_of_birth", "") or "-"),
        **{
            name: queries.instant(sent.get(name, ""))
            for name in ("starts_at", "started_at", "ended_at", "last_missing")
        },
    }


def _context(notice: PlacementNotification, view: ChildView | None, act: Act) -> dict[str, Any]:
    return {
        "notice": notice,
        "said": said(notice) if notice.rejected_at is None else {},
        "is_sent_back": notice.rejected_at is not None,
        "view": view,
        "has_place": view is not None and queries.may_reveal_home(notice, view, act),
        "waits": bool(rules.answering(state=notice.state)),
        "can_answer": access.can_answer(act, notice),
    }


@require_GET
@reads("placements.notification")
def notification(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a notice as it was sent, and what this agency answered."""
    opened = _opened(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    context = _context(*opened, act_for(request))
    return render(request, "placements/notification.html", context)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.acknowledge_page")
def acknowledge(request: HttpRequest, reference: str) -> HttpResponse:
    """Say who holds it and where it stands on this agency's own system."""
    opened = _opened(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    notice, _ = opened
    act = act_for(request)
    may = access.can_answer(act, notice) and rules.answering(state=notice.state)
    form: forms.Form
    kind = AcknowledgeForm if notice.is_of_start else AcknowledgeEndForm
    form = kind(typed(request), initial={"version": notice.version})
    answer = answered(
        request,
        form,
        may,
        lambda: notices.acknowledge_notice(
            notice_reference=reference, act=act, **form.cleaned_data
        ),
    )
    if answer.done:
        return redirect("placements:notification", reference)
    ask = Ask(
        title="Acknowledge the notice" if notice.is_of_start else "Acknowledge the end",
        refused="You cannot acknowledge this notice",
        button="Acknowledge",
        words=("The council that placed the child reads what you write here.",)
        if notice.is_of_start
        else ("The council that placed the child sees that you know.",),
    )
    return _shown(request, notice, form, ask, may, answer.status, changed=answer.changed)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.send_back_page")
def send_back(request: HttpRequest, reference: str) -> HttpResponse:
    """Say that a notice is not this agency's."""
    opened = _opened(request, reference)
    if isinstance(opened, HttpResponse):
        return opened
    notice, _ = opened
    act = act_for(request)
    may = access.can_answer(act, notice) and rules.answering(state=notice.state)
    form = SendBackForm(typed(request), initial={"version": notice.version})
    answer = answered(
        request,
        form,
        may,
        lambda: notices.reject_notice(notice_reference=reference, act=act, **form.cleaned_data),
    )
    if answer.done:
        return redirect("placements:notifications")
    ask = Ask(
        title="Send the notice back",
        refused="You cannot send this notice back",
        button="Send it back",
        words=(
            "The council is told at once and chooses who must be told instead. You no longer see "
            "the child's record.",
        ),
    )
    return _shown(request, notice, form, ask, may, answer.status, changed=answer.changed)


def _shown(
    request: HttpRequest, notice: PlacementNotification, form: forms.Form, ask: Ask,
    may: Verdict, status: int, *, changed: bool,
) -> HttpResponse:  # fmt: skip
    context = {"notice": notice, "form": form, "ask": ask, "may": may, "changed": changed}
    return render(request, "placements/answer.html", context, status=status)
