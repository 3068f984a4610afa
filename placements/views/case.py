"""Placements of a child: the list, one placement, and what the council does with it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cases.access import ChildView
from cases.rules import Aspect
from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import Refused, Stale, Verdict
from missingchildren.web import forms
from placements import access, queries, rules
from placements.forms import (
    SATISFIED,
    AreaForm,
    ByHandForm,
    DecisionForm,
    EndForm,
    PlacementForm,
    RerouteForm,
    SendForm,
    StartForm,
    WithdrawForm,
)
from placements.models import Placement, PlacementNotification
from placements.rules import Approver, Carer
from placements.services import notices, placements
from placements.services.placements import Decision, Proposed


@dataclass(frozen=True)
class Ask:
    """The words of a page that asks one thing."""

    title: str
    refused: str
    button: str
    words: tuple[str, ...] = ()


def _seen(request: HttpRequest, reference: str) -> ChildView | HttpResponse:
    """Return the child, if this part opens placements, or the page to go to first."""
    view = opened(request, reference)
    if isinstance(view, ChildView) and not view.sees(Aspect.PLACEMENT):
        raise Http404
    return view


def _placement(view: ChildView, request: HttpRequest, placement_reference: str) -> Placement:
    """Return one of the child's placements that this person may see."""
    placement = queries.placement_of(view, act_for(request), placement_reference)
    if placement is None:
        raise Http404
    reading_of(request).objects.append(placement.reference)
    return placement


def _notice(
    placement: Placement, request: HttpRequest, notice_reference: str
) -> PlacementNotification:
    """Return one of the notices of a placement."""
    notice = queries.notice_of(placement, notice_reference)
    if notice is None:
        raise Http404
    reading_of(request).objects.append(notice.reference)
    return notice


@dataclass(frozen=True)
class Answer:
    """What became of a form: whether it was done, and else with which status it is shown again."""

    done: bool
    status: int = 200
    changed: bool = False


def answered(
    request: HttpRequest, form: forms.Form, may: Verdict, work: Callable[[], Any]
) -> Answer:
    """Do what a well-formed form asks for; what a service refuses is said in the form."""
    if not may:
        return Answer(done=False, status=403)
    if request.method != "POST" or not form.is_valid():
        return Answer(done=False)
    try:
        work()
    except Refused as refusal:
        form.add_refusal(refusal)
        return Answer(done=False, status=409, changed=isinstance(refusal, Stale))
    return Answer(done=True)


def _shown(
    request: HttpRequest, view: ChildView, placement: Placement, form: forms.Form, ask: Ask,
    may: Verdict, answer: Answer,
) -> HttpResponse:  # fmt: skip
    context = {
        **frame(view, act_for(request), "placements"),
        "placement": placement,
        "form": form,
        "ask": ask,
        "may": may,
        "changed": answer.changed,
    }
    return render(request, "placements/act.html", context, status=answer.status)


# --- see


@require_GET
@reads("placements.placements")
def all_placements(request: HttpRequest, reference: str) -> HttpResponse:
    """List the child's placements, newest first, with who in the area was told."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    context = {
        **frame(view, act, "placements"),
        "placements": queries.placements_of(view, act),
        "sees_whole": access.sees_whole(view),
        "can_propose": access.can_propose(act, view),
    }
    return render(request, "placements/placements.html", context)


@require_GET
@reads("placements.placement")
def one_placement(request: HttpRequest, reference: str, placement_reference: str) -> HttpResponse:
    """Show one placement: who approved it, who was told, and what comes next."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    placement = _placement(view, request, placement_reference)
    all_notices = queries.notices_of(placement)
    opened_at = queries.opened_at(all_notices)
    context = {
        **frame(view, act, "placements"),
        "placement": placement,
        "needs": placement.needs,
        "notices": [
            {
                "notice": notice,
                "opened_at": opened_at.get(notice.reference),
                "reads_answer": access.reads_answer(act, view, notice),
            }
            for notice in all_notices
        ],
        "sees_whole": access.sees_whole(view),
        "can": access.verdicts(act, placement, all_notices),
    }
    return render(request, "placements/placement.html", context)


# --- propose


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.propose_page")
def propose(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask for a home for the child, and record it."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    may = access.can_propose(act, view)
    form = PlacementForm(
        typed(request),
        kinds=list(rules.kinds_on(london_day(act.now))),
        initial={"token": uuid4(), "arrives_at": act.now},
    )
    made: list[Placement] = []

    def work() -> None:
        provider_reference = _provider(form)
        made.append(
            placements.propose_placement(
                child_reference=reference,
                proposed=proposed(form.cleaned_data, provider_reference),
                token=form.cleaned_data["token"],
                act=act,
            )
        )

    answer = answered(request, form, may, work)
    if answer.done:
        placement = made[0]
        page = "placements:placement" if placement.area_id else "placements:choose_area"
        return redirect(page, reference, placement.reference)
    context = {
        **frame(view, act, "placements"),
        "form": form,
        "may": may,
    }
    return render(request, "placements/propose.html", context, status=answer.status)


def _provider(form: PlacementForm) -> str:
    """Return the reference of the home or fostering agency that was named.

    Raises:
        Refused: no agency has the name, or several do.
    """
    name = form.cleaned_data["provider"].strip()
    if not name:
        return ""
    found = queries.providers_named(name)
    if not found:
        raise Refused(
            "No home or fostering agency with this name uses this service. Leave it empty.",
            "provider",
        )
    if len(found) > 1:
        names = ", ".join(agency.name for agency in found)
        raise Refused(f"Several have this name. Enter one of them in full: {names}", "provider")
    return found[0].reference


def proposed(said: dict[str, Any], provider_reference: str) -> Proposed:
    """Return what a well-formed form says, as the service takes it."""
    return Proposed(
        kind=said["kind"],
        carer=Carer(said["carer"]),
        provider_reference=provider_reference,
        description=said["description"],
        postcode=said["postcode"],
        arrives_at=said["arrives_at"],
        is_emergency=said["is_emergency"] == "yes",
        why_this_home=said["why_this_home"],
        what_police_should_know=said["what_police_should_know"],
        contact_name=said["contact_name"],
        contact_phone=said["contact_phone"],
    )


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.area_page")
def choose_area(request: HttpRequest, reference: str, placement_reference: str) -> HttpResponse:
    """Ask which area a home is in, where the postcode cannot say."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    placement = _placement(view, request, placement_reference)
    may = access.can_manage(act, placement) and rules.choosing_area(
        state=placement.state, is_known=placement.area_id is not None
    )
    doubt = placements.doubt(placement) if may else None
    form = AreaForm(
        typed(request),
        areas=placements.areas_for(placement) if may else [],
        initial={"version": placement.version},
    )
    answer = answered(
        request,
        form,
        may,
        lambda: placements.choose_area(
            placement_reference=placement_reference,
            area_code=form.cleaned_data["area"],
            version=form.cleaned_data["version"],
            act=act,
        ),
    )
    if answer.done:
        return redirect("placements:placement", reference, placement_reference)
    ask = Ask(
        title="Which area is the home in?",
        refused="You cannot choose the area",
        button="Save the area",
        words=(doubt.reason if doubt else "", "It decides who must approve, and who is told."),
    )
    return _shown(request, view, placement, form, ask, may, answer)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.decide_page")
def decide(request: HttpRequest, reference: str, placement_reference: str) -> HttpResponse:
    """Take the decision of the right officer, or what they said by telephone."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    placement = _placement(view, request, placement_reference)
    needed = placement.needs or Approver.NOMINATED_OFFICER
    may = access.can_open_decision(act, placement) and rules.deciding(
        state=placement.state, is_known=placement.area_id is not None, needed=placement.needs
    )
    form = DecisionForm(
        typed(request),
        needed=needed,
        may_decide=bool(access.can_decide(act, placement, needed, by_telephone=False)),
        officers=queries.deciding_officers(placement, needed, act.now) if may else [],
        initial={"version": placement.version},
    )
    answer = answered(
        request,
        form,
        may,
        lambda: placements.approve_placement(
            placement_reference=placement_reference,
            decision=decided(form.cleaned_data),
            version=form.cleaned_data["version"],
            act=act,
        ),
    )
    if answer.done:
        return redirect("placements:placement", reference, placement_reference)
    ask = Ask(
        title="Decide on this placement",
        refused="You cannot decide on this placement",
        button="Save the decision",
        words=(f"The {needed} decides before the child moves in, also in an emergency.",),
    )
    return _shown(request, view, placement, form, ask, may, answer)


def decided(said: dict[str, Any]) -> Decision:
    """Return what a well-formed form says of a decision, as the service takes it."""
    satisfied = {name: name in said["satisfied"] for name, _ in SATISFIED}
    by_telephone = said["how"] == "telephone"
    return Decision(
        is_approved=said["is_approved"] == "yes",
        reasons=said["reasons"],
        by_telephone=by_telephone,
        officer_reference=said["officer"] if by_telephone else "",
        decided_at=said["decided_at"] if by_telephone else None,
        **satisfied,
    )


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.send_page")
def send(request: HttpRequest, reference: str, placement_reference: str) -> HttpResponse:
    """Say who will be told and see what, then tell them."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    placement = _placement(view, request, placement_reference)
    waiting = [each for each in queries.notices_of(placement) if each.state == "not told yet"]
    may = access.verdicts(act, placement, waiting)["send"]
    form = SendForm(typed(request), initial={"version": placement.version})
    answer = answered(
        request,
        form,
        may,
        lambda: notices.send_notices(
            placement_reference=placement_reference,
            version=form.cleaned_data["version"],
            act=act,
        ),
    )
    if answer.done:
        return redirect("placements:placement", reference, placement_reference)
    ask = Ask(
        title="Tell the area",
        refused="You cannot tell the area now",
        button="Send the notices",
        words=tuple(
            f"{notice.name} is told that {'a child is placed' if notice.is_of_start else 'the placement has ended'}."
            for notice in waiting
            if notice.agency_id
        ),
    )
    return _shown(request, view, placement, form, ask, may, answer)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.start_page")
def start(request: HttpRequest, reference: str, placement_reference: str) -> HttpResponse:
    """Record that the child has arrived."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    placement = _placement(view, request, placement_reference)
    may = access.verdicts(act, placement, [])["start"]
    form = StartForm(
        typed(request),
        initial={
            "version": placement.version,
            "started_at": min(placement.arrives_at, act.now),
            "tell": "now",
        },
    )
    answer = answered(
        request,
        form,
        may,
        lambda: placements.start_placement(
            placement_reference=placement_reference,
            started_at=form.cleaned_data["started_at"],
            tell_now=form.cleaned_data["tell"] == "now",
            version=form.cleaned_data["version"],
            act=act,
        ),
    )
    if answer.done:
        return redirect("placements:placement", reference, placement_reference)
    ask = Ask(
        title="Record that the child has arrived",
        refused="You cannot record this yet",
        button="Record the arrival",
        words=("The home sees the child's record from now on.",),
    )
    return _shown(request, view, placement, form, ask, may, answer)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.end_page")
def end(request: HttpRequest, reference: str, placement_reference: str) -> HttpResponse:
    """Record that a placement has ended."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    placement = _placement(view, request, placement_reference)
    may = access.verdicts(act, placement, [])["end"]
    form = EndForm(typed(request), initial={"version": placement.version, "tell": "now"})
    answer = answered(
        request,
        form,
        may,
        lambda: placements.end_placement(
            placement_reference=placement_reference,
            ended_at=form.cleaned_data["ended_at"],
            reason=form.cleaned_data["reason"],
            tell_now=form.cleaned_data["tell"] == "now",
            version=form.cleaned_data["version"],
            act=act,
        ),
    )
    if answer.done:
        return redirect("placements:placement", reference, placement_reference)
    ask = Ask(
        title="Record that the placement has ended",
        refused="You cannot record an end",
        button="Record the end",
        words=(
            "The home no longer sees the child's record. The area sees it until it is told of the end.",
        ),
    )
    return _shown(request, view, placement, form, ask, may, answer)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.withdraw_page")
def withdraw(request: HttpRequest, reference: str, placement_reference: str) -> HttpResponse:
    """Take back a placement that has not started."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    placement = _placement(view, request, placement_reference)
    may = access.verdicts(act, placement, [])["withdraw"]
    form = WithdrawForm(typed(request), initial={"version": placement.version})
    answer = answered(
        request,
        form,
        may,
        lambda: placements.withdraw_placement(
            placement_reference=placement_reference, act=act, **form.cleaned_data
        ),
    )
    if answer.done:
        return redirect("placements:placement", reference, placement_reference)
    ask = Ask(
        title="Withdraw this placement",
        refused="You cannot withdraw this placement",
        button="Withdraw it",
        words=("Whoever was told of it is told that it will not happen.",),
    )
    return _shown(request, view, placement, form, ask, may, answer)


# --- notices, as the council that placed the child has them


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.by_hand_page")
def by_hand(
    request: HttpRequest, reference: str, placement_reference: str, notice_reference: str
) -> HttpResponse:
    """Write down that somebody was told by telephone, email or letter."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    placement = _placement(view, request, placement_reference)
    notice = _notice(placement, request, notice_reference)
    may = access.can_manage(act, placement) and rules.by_hand(
        state=notice.state, start_waits=queries.start_waits(notice)
    )
    form = ByHandForm(typed(request), initial={"version": notice.version, "told_at": act.now})
    answer = answered(
        request,
        form,
        may,
        lambda: notices.record_told_by_hand(
            notice_reference=notice_reference,
            whom=form.cleaned_data["whom"],
            how=PlacementNotification.How(form.cleaned_data["how"]),
            told_at=form.cleaned_data["told_at"],
            version=form.cleaned_data["version"],
            act=act,
        ),
    )
    if answer.done:
        return redirect("placements:placement", reference, placement_reference)
    ask = Ask(
        title=f"Write down that you told {notice.name}",
        refused="You cannot write this down",
        button="Save",
    )
    return _shown(request, view, placement, form, ask, may, answer)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("placements.reroute_page")
def reroute(
    request: HttpRequest, reference: str, placement_reference: str, notice_reference: str
) -> HttpResponse:
    """Choose who is told in place of who sent a notice back."""
    view = _seen(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    placement = _placement(view, request, placement_reference)
    notice = _notice(placement, request, notice_reference)
    may = access.can_manage(act, placement) and rules.rerouting(
        state=notice.state, is_replaced=notice.is_rerouted, is_over=placement.is_over
    )
    form = RerouteForm(
        typed(request),
        agencies=queries.agencies_to_tell(notice) if may else [],
        initial={"version": notice.version},
    )
    answer = answered(
        request,
        form,
        may,
        lambda: notices.reroute_notice(
            notice_reference=notice_reference,
            agency_reference=form.cleaned_data["agency"],
            name=form.cleaned_data["name"],
            version=form.cleaned_data["version"],
            act=act,
        ),
    )
    if answer.done:
        return redirect("placements:placement", reference, placement_reference)
    ask = Ask(
        title="Choose who must be told instead",
        refused="You cannot choose somebody else",
        button="Tell them",
        words=(f"{notice.name} says that this notice is not theirs.",),
    )
    return _shown(request, view, placement, form, ask, may, answer)
