"""Missing episodes: the list, accepting a report, located, returned, closed; adding an update."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases import access, queries
from cases.access import ChildView
from cases.forms.record import (
    AcceptForm,
    CloseForm,
    LocatedForm,
    PreventionInterviewForm,
    ReturnForm,
    UpdateForm,
)
from cases.models import MissingEpisode, PreventionInterview, Update
from cases.rules import Aspect, Audience
from cases.services import closing, reports, returns, updates
from cases.services.returns import Found
from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.clock import Precision
from missingchildren.core.verdicts import NotPermitted, Refused, Stale


@require_GET
@reads("cases.episodes")
def episodes(request: HttpRequest, reference: str) -> HttpResponse:
    """List the child's missing episodes, newest first."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    if not view.sees(Aspect.EPISODE):
        raise Http404
    page = queries.episodes_page(view, after=request.GET.get("after", ""))
    context = {**frame(view, act_for(request), "episodes"), "page": page}
    return render(request, "cases/episodes.html", context)


def _episode(view: ChildView, request: HttpRequest, episode_reference: str) -> MissingEpisode:
    """Return one of the child's episodes, if this part opens episodes."""
    episode = (
        view.child.episodes.filter(reference=episode_reference)
        .select_related("lead_force", "accepted_by__user")
        .first()
    )
    if episode is None or not view.sees(Aspect.EPISODE):
        raise Http404
    reading_of(request).objects.append(episode.reference)
    return episode


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.accept_page")
def accept(request: HttpRequest, reference: str, episode_reference: str) -> HttpResponse:
    """Accept a report for the force."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    episode = _episode(view, request, episode_reference)
    may_accept = access.can_accept(act, episode)
    form = AcceptForm(typed(request), initial={"version": episode.version})
    status, changed = 200 if may_accept else 403, False
    if may_accept and request.method == "POST" and form.is_valid():
        try:
            reports.accept_report(
                episode_reference=episode_reference,
                police_reference=form.cleaned_data["police_reference"],
                version=form.cleaned_data["version"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("cases:child", reference=reference)
    context = {
        **frame(view, act, ""),
        "episode": episode,
        "form": form,
        "may": may_accept,
        "changed": changed,
    }
    return render(request, "cases/accept.html", context, status=status)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.located_page")
def record_located(request: HttpRequest, reference: str, episode_reference: str) -> HttpResponse:
    """Record when the child was located, and why they are not home yet."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    episode = _episode(view, request, episode_reference)
    may_record = access.can_record_located(act, episode)
    form = LocatedForm(typed(request), initial={"version": episode.version, "token": uuid4()})
    status, changed = 200 if may_record else 403, False
    if may_record and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            returns.record_located(
                episode_reference=episode_reference,
                located_at=said["located_at"],
                precision=Precision(said["precision"]),
                not_home_because=MissingEpisode.NotHome(said["not_home_because"]),
                not_home_words=said["not_home_words"],
                found=Found(description=said["place"], postcode=said["postcode"]),
                version=said["version"],
                token=said["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("cases:child", reference=reference)
    context = {
        **frame(view, act, ""),
        "episode": episode,
        "form": form,
        "may": may_record,
        "changed": changed,
    }
    return render(request, "cases/record_located.html", context, status=status)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.prevention_interview_page")
def prevention_interview(
    request: HttpRequest, reference: str, episode_reference: str
) -> HttpResponse:
    """Record the police's talk with a child who was found, or why there was none."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    episode = _episode(view, request, episode_reference)
    may_record = access.can_record_prevention_interview(act, episode)
    initial = {"token": uuid4(), "held_at": act.now, "audience": Audience.STATUTORY}
    form = PreventionInterviewForm(typed(request), initial=initial)
    status = 200 if may_record else 403
    if may_record and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            returns.record_prevention_interview(
                episode_reference=episode_reference,
                how=PreventionInterview.How(said["how"]),
                held_at=said["held_at"],
                text=said["text"],
                audience=Audience(said["audience"]),
                police_only=said["police_only"],
                token=said["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status = 409
        else:
            return redirect("cases:child", reference=reference)
    context = {**frame(view, act, ""), "episode": episode, "form": form, "may": may_record}
    return render(request, "cases/prevention_interview.html", context, status=status)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.close_page")
def close(request: HttpRequest, reference: str, episode_reference: str) -> HttpResponse:
    """Say what is not settled yet, and close the episode."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    episode = _episode(view, request, episode_reference)
    unsettled = closing.unsettled(episode, act)
    may_close = closing.may_close(episode, act, is_settled=not unsettled)
    form = CloseForm(typed(request), initial={"version": episode.version, "token": uuid4()})
    status, changed = 200 if may_close else 403, False
    if request.method == "POST" and form.is_valid():
        try:
            closing.close_episode(
                episode_reference=episode_reference,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status = 403 if isinstance(refusal, NotPermitted) else 409
            changed = isinstance(refusal, Stale)
        else:
            return redirect("cases:child", reference=reference)
    context = {
        **frame(view, act, ""),
        "episode": episode,
        "form": form,
        "may": may_close,
        "unsettled": unsettled,
        "changed": changed,
    }
    return render(request, "cases/close.html", context, status=status)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.return_page")
def record_return(request: HttpRequest, reference: str, episode_reference: str) -> HttpResponse:
    """Record when the child came back."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    episode = _episode(view, request, episode_reference)
    may_record = access.can_record_return(act, episode)
    form = ReturnForm(typed(request), initial={"version": episode.version})
    status, changed = 200 if may_record else 403, False
    if may_record and request.method == "POST" and form.is_valid():
        try:
            returns.record_return(
                episode_reference=episode_reference,
                returned_at=form.cleaned_data["returned_at"],
                precision=Precision(form.cleaned_data["precision"]),
                version=form.cleaned_data["version"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("cases:child", reference=reference)
    context = {
        **frame(view, act, ""),
        "episode": episode,
        "form": form,
        "may": may_record,
        "changed": changed,
    }
    return render(request, "cases/record_return.html", context, status=status)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.update_page")
def add_update(request: HttpRequest, reference: str) -> HttpResponse:
    """Add what an agency knows, or answer the question it was asked."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    may_write = access.can_write_update(view)
    initial = {"token": uuid4(), "happened_at": act.now, "audience": Audience.CASE}
    form = UpdateForm(typed(request), act=act, initial=initial)
    status = 200 if may_write else 403
    if may_write and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            updates.add_update(
                child_reference=reference,
                kind=Update.Kind(said["kind"]),
                text=said["text"],
                happened_at=said["happened_at"],
                audience=Audience(said["audience"]),
                token=said["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("cases:child", reference=reference)
    context = {**frame(view, act, ""), "form": form, "may": may_write}
    return render(request, "cases/add_update.html", context, status=status)
