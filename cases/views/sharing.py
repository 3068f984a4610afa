"""Who can see a child: share, end sharing, decide not to share."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases import access, queries, rules
from cases.access import ChildView
from cases.forms.record import AgencySearchForm, EndSharingForm, NotSharingForm, ShareForm
from cases.models import Grant
from cases.rules import Aspect, Part
from cases.services import sharing as services
from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.agencies.models import Agency
from missingchildren.audit.reading import reads
from missingchildren.core.clock import start_of_day
from missingchildren.core.verdicts import Refused


@require_GET
@reads("cases.sharing")
def sharing(request: HttpRequest, reference: str) -> HttpResponse:
    """Show who can see the record, since when and why, and find an agency to share it with."""
    view = _opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    form = AgencySearchForm(request.GET if "agency" in request.GET else None)
    found = None
    if form.is_bound and form.is_valid():
        found = queries.agencies_named(form.cleaned_data["agency"])
    context = {
        **frame(view, act, "sharing"),
        "may": access.can_share(act, view),
        "live": queries.live_grants(view, act),
        "ended": queries.ended_grants(view, act),
        "decisions": queries.sharing_decisions(view),
        "form": form,
        "found": found,
    }
    return render(request, "cases/sharing.html", context)


def _opened(request: HttpRequest, reference: str) -> ChildView | HttpResponse:
    view = opened(request, reference)
    if isinstance(view, ChildView) and not view.sees(Aspect.SHARING):
        raise Http404
    return view


def _agency(reference: str) -> Agency:
    agency = Agency.objects.active().filter(reference=reference).first()
    if agency is None:
        raise Http404
    return agency


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.share_page")
def share(request: HttpRequest, reference: str, agency_reference: str) -> HttpResponse:
    """Share the record with an agency, with a reason."""
    view = _opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    agency = _agency(agency_reference)
    may_share = access.can_share(act, view)
    parts = [(str(part), str(part).capitalize()) for part in rules.PARTS_BY_KIND[agency.kind]]
    form = ShareForm(typed(request), parts=parts)
    if may_share and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        ends_at: datetime | None = start_of_day(said["ends_on"]) if said["ends_on"] else None
        try:
            services.share(
                child_reference=reference,
                agency_reference=agency_reference,
                part=Part(said["part"]),
                reason=said["reason"],
                ends_at=ends_at,
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("cases:sharing", reference=reference)
    context = {**frame(view, act, "sharing"), "agency": agency, "form": form, "may": may_share}
    return render(request, "cases/share.html", context, status=200 if may_share else 403)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.not_share_page")
def decide_not_to_share(
    request: HttpRequest, reference: str, agency_reference: str
) -> HttpResponse:
    """Record that the record is not shared with an agency, and why."""
    view = _opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    agency = _agency(agency_reference)
    may_share = access.can_share(act, view)
    form = NotSharingForm(typed(request))
    if may_share and request.method == "POST" and form.is_valid():
        try:
            services.decide_not_to_share(
                child_reference=reference, agency_reference=agency_reference, act=act,
                **form.cleaned_data,
            )  # fmt: skip
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("cases:sharing", reference=reference)
    context = {**frame(view, act, "sharing"), "agency": agency, "form": form, "may": may_share}
    return render(request, "cases/not_share.html", context, status=200 if may_share else 403)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.end_sharing_page")
def end_sharing(request: HttpRequest, reference: str, grant_reference: str) -> HttpResponse:
    """End a part that an agency has, with a reason."""
    view = _opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    grant = (
        Grant.objects.filter(child=view.child, reference=grant_reference)
        .select_related("agency")
        .first()
    )
    if grant is None:
        raise Http404
    may_share = access.can_share(act, view)
    form = EndSharingForm(typed(request))
    if may_share and request.method == "POST" and form.is_valid():
        try:
            services.end_sharing(
                child_reference=reference,
                grant_reference=grant_reference,
                reason=form.cleaned_data["reason"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("cases:sharing", reference=reference)
    context = {**frame(view, act, "sharing"), "grant": grant, "form": form, "may": may_share}
    return render(request, "cases/end_sharing.html", context, status=200 if may_share else 403)
