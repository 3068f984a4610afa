"""An interview: the list, whose it is, how it was offered, why it is not held, what was said, accepting it."""

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.agencies.acts import Act
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import Refused, Stale
from returninterviews import access, queries, rules
from returninterviews.access import InterviewView
from returninterviews.forms.interviews import (
    OURSELVES,
    AcceptForm,
    CouncilSearchForm,
    DeclineReferralForm,
    NotHeldForm,
    OfferForm,
    ReferForm,
)
from returninterviews.models import Offer
from returninterviews.rules import NOT_HELD
from returninterviews.services import accounts, interviews, offers
from returninterviews.views.seeing import seen_interview
from returninterviews.views.writing import tasks_of


@require_GET
@reads("returninterviews.interviews")
def of_child(request: HttpRequest, reference: str) -> HttpResponse:
    """List a child's interviews, newest first, with where each stands."""
    view = opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    if not access.sees_interviews(view):
        raise Http404
    act = act_for(request)
    page = queries.interviews_page(view, act, after=request.GET.get("after", ""))
    rows = [
        {
            "interview": interview,
            "opens": access.opens(act, view, interview),
            "is_open": queries.is_open(interview),
            "may_name_council": bool(access.can_name_council(act, view, interview)),
        }
        for interview in page.rows
    ]
    context = {**frame(view, act, "interviews"), "page": page, "rows": rows}
    return render(request, "returninterviews/interviews.html", context)


@require_http_methods(["GET", "POST"])
@reads("returninterviews.interview")
def interview(request: HttpRequest, reference: str) -> HttpResponse:
    """Show where an interview stands and what is to be done; begin to write it."""
    seen = seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    act = act_for(request)
    if request.method == "POST":
        accounts.begin_draft(interview_reference=reference, act=act)
        return redirect("returninterviews:page", reference=reference, step="explained")
    item = seen.interview
    is_open = queries.is_open(item)
    may_write = bool(is_open and seen.is_holder)
    draft = accounts.draft_of(interview=item, act=act) if may_write else None
    context = {
        **frame(seen.view, act, "interviews"),
        "interview": item,
        "seen": seen,
        "is_open": is_open,
        "covers": queries.covered(item),
        "offers": queries.offers_of(item),
        "given_back": queries.given_back(item) if seen.is_council and is_open else None,
        "may_write": may_write,
        "draft": draft,
        "tasks": tasks_of(seen, draft, act) if draft else [],
        "why_not_held": NOT_HELD.get(item.not_held_code),
        "may_end": bool(is_open and _codes(act, seen)),
    }
    return render(request, "returninterviews/interview.html", context)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.refer_page")
def refer(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask who holds the interview."""
    seen = seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    act = act_for(request)
    may = access.can_refer(seen) and rules.still_to_be_held(seen.interview.outcome)
    form = ReferForm(
        typed(request),
        providers=[(agency.reference, agency.name) for agency in queries.providers()],
        initial={"version": seen.interview.version, "token": uuid4()},
    )
    status, changed = 200 if may else 403, False
    if may and request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["provider"]
        try:
            interviews.refer(
                interview_reference=reference,
                provider_reference="" if chosen == OURSELVES else chosen,
                version=form.cleaned_data["version"],
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("returninterviews:interview", reference=reference)
    context = {
        **_around(seen, act), "form": form, "may": may, "changed": changed,
    }  # fmt: skip
    return render(request, "returninterviews/refer.html", context, status=status)


def _around(seen: InterviewView, act: Act) -> dict[str, object]:
    """Return what every page of one interview needs."""
    return {**frame(seen.view, act, ""), "interview": seen.interview, "seen": seen}


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.decline_referral_page")
def decline_referral(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why a provider gives a referral back."""
    seen = seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    act = act_for(request)
    may = access.can_decline_referral(seen) and rules.still_to_be_held(seen.interview.outcome)
    form = DeclineReferralForm(typed(request), initial={"version": seen.interview.version})
    status, changed = 200 if may else 403, False
    if may and request.method == "POST" and form.is_valid():
        try:
            interviews.decline_referral(
                interview_reference=reference,
                reason=form.cleaned_data["reason"],
                version=form.cleaned_data["version"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("pages:my_work")
    context = {**_around(seen, act), "form": form, "may": may, "changed": changed}
    return render(request, "returninterviews/decline_referral.html", context, status=status)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.offer_page")
def offer(request: HttpRequest, reference: str) -> HttpResponse:
    """Record one offer and what became of it."""
    seen = seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    act = act_for(request)
    may = access.can_hold(seen) and rules.still_to_be_held(seen.interview.outcome)
    form = OfferForm(
        typed(request),
        initial={
            "version": seen.interview.version,
            "token": uuid4(),
            "made_at": act.now,
            "to": Offer.To.CHILD,
        },
    )
    status, changed = 200 if may else 403, False
    if may and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = offers.record_offer(
                interview_reference=reference,
                made_at=said["made_at"],
                to=Offer.To(said["to"]),
                channel=Offer.Channel(said["channel"]),
                result=Offer.Result(said["result"]),
                arranged_for=said["arranged_for"],
                place_kind=said["place_kind"],
                wishes=said["wishes"],
                version=said["version"],
                token=said["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect(_after_offer(made, reference))
    context = {**_around(seen, act), "form": form, "may": may, "changed": changed}
    return render(request, "returninterviews/offer.html", context, status=status)


def _after_offer(made: Offer, reference: str) -> str:
    """Return the page that follows: to end the interview, where the answer was no or there was none."""
    if any(why.after == made.result for why in NOT_HELD.values()):
        return reverse("returninterviews:not_held", args=[reference])
    return reverse("returninterviews:interview", args=[reference])


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.not_held_page")
def not_held(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask why an interview is not held; the last offer that was declined says it already."""
    seen = seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    act = act_for(request)
    codes = _codes(act, seen)
    may = rules.still_to_be_held(seen.interview.outcome)
    if may and not codes:
        may = access.can_end_unheld(act, seen, waives=False)
    made = queries.offers_of(seen.interview)[:1]
    known = [code for code in codes if made and NOT_HELD[code].after == made[0].result]
    form = NotHeldForm(
        typed(request),
        codes=codes,
        initial={"version": seen.interview.version, "code": known[0] if known else ""},
    )
    status, changed = 200 if may else 403, False
    if may and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            offers.record_not_held(
                interview_reference=reference,
                code=said["code"],
                reason=said["reason"],
                carer_offer=said["carer_offer"],
                carer_because=said["carer_because"],
                version=said["version"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("returninterviews:interview", reference=reference)
    context = {**_around(seen, act), "form": form, "may": may, "changed": changed}
    return render(request, "returninterviews/not_held.html", context, status=status)


def _codes(act: Act, seen: InterviewView) -> list[str]:
    """Return the reasons that this person may give."""
    return [
        code
        for code, why in NOT_HELD.items()
        if access.can_end_unheld(act, seen, waives=why.is_for_managers)
        and not (why.is_for_managers and seen.interview.offered_at)
        and not (why.after and not seen.interview.offered_at)
    ]


@require_http_methods(["GET", "POST"])
@reads("returninterviews.council_page")
def council(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask the lead force which council sees to an interview, where nothing on record says it."""
    child = queries.child_of(reference)
    if child is None:
        raise Http404
    view = opened(request, child)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    item = queries.found(reference)
    if item is None or not access.sees_interviews(view):
        raise Http404
    may = access.can_name_council(act, view, item)
    if not may and not access.opens(act, view, item) and item.council_id is not None:
        raise Http404
    reading_of(request).objects.append(item.reference)
    form = CouncilSearchForm(request.GET or None)
    found = (
        queries.councils_named(form.cleaned_data["council"])
        if may and form.is_bound and form.is_valid()
        else None
    )
    refusal: Refused | None = None
    if may and request.method == "POST":
        try:
            interviews.name_council(
                interview_reference=reference,
                council_reference=request.POST.get("council", ""),
                version=item.version,
                act=act,
            )
        except Refused as refused:
            refusal = refused
        else:
            return redirect("returninterviews:interviews", reference=child)
    context = {
        **frame(view, act, ""),
        "interview": item,
        "form": form,
        "found": found,
        "may": may,
        "refusal": refusal,
    }
    status = 409 if refusal else 200 if may else 403
    return render(request, "returninterviews/council.html", context, status=status)


@require_GET
@reads("returninterviews.account")
def account(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a signed interview whole, to those who may read all of it."""
    seen = seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    whole = queries.whole(seen)
    if whole is None:
        raise Http404
    act = act_for(request)
    context = {
        **_around(seen, act),
        "whole": whole,
        "account": whole.account,
        "reasons": [rules.REASONS.get(code, code) for code in whole.account.reasons],
        "harms": [rules.HARMS.get(code, code) for code in whole.account.harms],
        "may_accept": access.can_accept(seen)
        and rules.acceptance(
            outcome=seen.interview.outcome,
            signed_at=seen.interview.signed_at,
            accepted_by=accounts.accepted_words(seen.interview),
        ),
    }
    return render(request, "returninterviews/account.html", context)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.accept_page")
def accept(request: HttpRequest, reference: str) -> HttpResponse:
    """Accept a signed interview for the council."""
    seen = seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    act = act_for(request)
    may = access.can_accept(seen) and rules.acceptance(
        outcome=seen.interview.outcome,
        signed_at=seen.interview.signed_at,
        accepted_by=accounts.accepted_words(seen.interview),
    )
    form = AcceptForm(typed(request), initial={"version": seen.interview.version})
    status, changed = 200 if may else 403, False
    if may and request.method == "POST" and form.is_valid():
        try:
            accounts.accept_interview(
                interview_reference=reference,
                analysis=form.cleaned_data["analysis"],
                version=form.cleaned_data["version"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("returninterviews:account", reference=reference)
    context = {**_around(seen, act), "form": form, "may": may, "changed": changed}
    return render(request, "returninterviews/accept.html", context, status=status)
