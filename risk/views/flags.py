"""Flags: the list of an agency, a child's flags, asking for one, and what is done with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from cases import queries as cases_queries
from cases.access import ChildView
from cases.rules import Aspect
from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies import protocol
from missingchildren.agencies.acting import act_for
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency, AgencyKind
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.clock import london_day
from missingchildren.core.verdicts import Refused, Stale, Verdict
from missingchildren.web import forms
from missingchildren.web.components import Link
from risk import access, queries
from risk.forms.flags import (
    TOLD,
    AskForm,
    DecideForm,
    DisagreeForm,
    EndForm,
    EnterForm,
    MakeForm,
    ReviewForm,
    TakeOffForm,
)
from risk.models import Flag
from risk.queries import ShownFlag
from risk.rules import FlagAct, FlagLevel, FlagOutcome
from risk.services import flags as services
from risk.services.flags import Grounds, Terms

LOOKS = {
    "risk.flag_list": "List of flags",
    "risk.flags": "Flags",
    "risk.flag": "A flag",
    "risk.flag_page": "Writing on a flag",
}
BOXES = {"to_do": "To do", "in_force": "In force", "over": "Declined or ended"}


def may_list(request: HttpRequest) -> bool:
    """Return whether to offer the list of flags: to forces and councils."""
    act = getattr(request, "act", None)
    return bool(act and access.lists_flags(act))


@require_GET
@reads("risk.flag_list")
def flag_list(request: HttpRequest) -> HttpResponse:
    """List the flags that this person's agency holds, or has asked for."""
    act = act_for(request)
    box = request.GET.get("box", "to_do")
    if box not in BOXES:
        box = "to_do"
    after = request.GET.get("after", "")
    page = queries.flags_page(act, box=box, after=after)
    reading_of(request).of({shown.flag.child_id for shown in page.rows}, basis="list")
    here = reverse("risk:flag_list")
    is_force = act.own_agency.kind == AgencyKind.FORCE
    names = BOXES if is_force else {**BOXES, "to_do": "Waiting for the police"}
    context = {
        "links": [Link(name, f"{here}?box={key}", key == box) for key, name in names.items()],
        "heading": names[box],
        "box": box,
        "page": page,
        "first": f"{here}?box={box}" if after else "",
        "next": f"{here}?box={box}&after={page.next_key}" if page.next_key else "",
        "now": act.now,
        "is_force": is_force,
    }
    return render(request, "risk/flags/list.html", context)


@require_GET
@reads("risk.flags")
def flags(request: HttpRequest, reference: str) -> HttpResponse:
    """Show a child's flags, the ones that have not ended first."""
    view = _opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    context = {
        **frame(view, act, "flags"),
        "flags": queries.flags_of(view, act, most=cases_queries.PAGE_SIZE),
        "may_ask": access.can_ask_for_flag(act, view),
        "may_flag": access.can_flag(act, view),
    }
    return render(request, "risk/flags/flags.html", context)


@require_GET
@reads("risk.flag")
def flag(request: HttpRequest, reference: str, flag_reference: str) -> HttpResponse:
    """Show one flag whole: what was asked, what the force decided, and what may be done now."""
    view = _opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    shown = _flag(view, act, request, flag_reference)
    context = {
        **frame(view, act, "flags"),
        "shown": shown,
        "evidence": _evidence(view, act, shown.flag),
        "may": {
            what.name.lower(): verdict
            for what, verdict in queries.flag_verdicts(shown.flag, act).items()
        },
    }
    return render(request, "risk/flags/flag.html", context)


def _opened(request: HttpRequest, reference: str) -> ChildView | HttpResponse:
    view = opened(request, reference)
    if isinstance(view, ChildView) and not view.sees(Aspect.FLAG):
        raise Http404
    return view


def _flag(view: ChildView, act: Act, request: HttpRequest, reference: str) -> ShownFlag:
    shown = queries.flag_of(view, act, reference)
    if shown is None:
        raise Http404
    reading_of(request).objects.append(shown.flag.reference)
    return shown


def _evidence(view: ChildView, act: Act, flag: Flag) -> list[tuple[str, str]]:
    """Return what the grounds rest on: by title where this person may read it, else by reference."""
    if not flag.evidence:
        return []
    known = queries.evidence_for_flags(view, act)
    return [(reference, known.get(reference, "")) for reference in flag.evidence]


# --- asking for one, or making it


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.flag_page")
def ask(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask a force to flag the child."""
    view = _opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    may_ask = access.can_ask_for_flag(act, view)
    if not may_ask:
        return _written(request, view, act, ASK_PAGE, may_ask, AskForm(forces=(), evidence={}))
    force = queries.force_to_ask(view, act)
    form = AskForm(
        typed(request),
        forces=[(each.reference, each.name) for each in cases_queries.forces()],
        evidence=queries.evidence_for_flags(view, act),
        initial={
            "token": uuid4(),
            "level": FlagLevel.HIGH,
            "force": force.reference if force else "",
        },
    )
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.ask_for_flag(
                child_reference=reference,
                force_reference=said["force"],
                grounds=grounds_in(said),
                token=said["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("risk:flag", reference=reference, flag_reference=made.reference)
    return _written(request, view, act, ASK_PAGE, may_ask, form)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.flag_page")
def make(request: HttpRequest, reference: str) -> HttpResponse:
    """Flag the child for one's own force."""
    view = _opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    may_flag = access.can_flag(act, view)
    form = MakeForm(
        typed(request),
        evidence=queries.evidence_for_flags(view, act) if may_flag else {},
        initial={"token": uuid4(), "level": FlagLevel.HIGH, **usual_dates(act.own_agency, act)},
    )
    if may_flag and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.flag_child(
                child_reference=reference,
                grounds=grounds_in(said),
                terms=Terms(review_on=said["review_on"], expires_on=said["expires_on"]),
                token=said["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("risk:flag", reference=reference, flag_reference=made.reference)
    return _written(request, view, act, MAKE_PAGE, may_flag, form)


def grounds_in(said: dict[str, Any]) -> Grounds:
    """Return the grounds that a form took."""
    return Grounds(
        level=FlagLevel(said["level"]),
        grounds=said["grounds"],
        if_missing=said["if_missing"],
        evidence=said.get("evidence") or (),
        is_child_told=said["told"] == TOLD,
        child_not_told_because=said["child_not_told_because"],
    )


def usual_dates(force: Agency, act: Act) -> dict[str, Any]:
    """Return the days on which the force's protocol reviews a flag and lets it expire."""
    today = london_day(act.now)
    version = protocol.version_for(force, today)
    return {
        "review_on": today + timedelta(days=protocol.value_in(version, "flag_review_days")),
        "expires_on": today + timedelta(days=protocol.value_in(version, "flag_longest_days")),
    }


# --- what is done with one


@dataclass(frozen=True)
class Words:
    """The words of a page on which something is written about a flag."""

    title: str
    refused: str
    button: str
    lead: str = ""


ASK_PAGE = Words(
    "Ask the police to flag this child",
    "You cannot ask for a flag",
    "Send it to the police",
    "The police then know of the risk before the child goes missing. They decide within days; "
    "if the child is in danger now, ring 999.",
)
MAKE_PAGE = Words(
    "Flag this child",
    "You cannot flag this child",
    "Flag this child",
    "Then enter it on your own system: it counts for officers only when it is there.",
)
WORDS = {
    FlagAct.DECIDE: Words("Decide on this flag", "You cannot decide on this flag", "Decide"),
    FlagAct.DISAGREE: Words(
        "Disagree with the decision", "You cannot disagree with this decision", "Send it back"
    ),
    FlagAct.ENTER: Words(
        "Record that the flag is entered",
        "You cannot record that it is entered",
        "It is entered",
        "First enter it on your own system, as it stands here.",
    ),
    FlagAct.REVIEW: Words("Review this flag", "You cannot review this flag", "Save the review"),
    FlagAct.END: Words(
        "End this flag",
        "You cannot end this flag",
        "End it",
        "It has then to be taken off the force's system.",
    ),
    FlagAct.TAKE_OFF: Words(
        "Record that the flag is taken off",
        "You cannot record that it is taken off",
        "It is taken off",
        "First take it off your own system.",
    ),
}
TAKE_BACK = Words("Take back this request", "You cannot take it back", "Take it back")
Make = Callable[[Any, ShownFlag, Act], forms.Form]
Do = Callable[[ShownFlag, dict[str, Any], Act], object]


def _written(
    request: HttpRequest,
    view: ChildView,
    act: Act,
    words: Words,
    may: Verdict,
    form: forms.Form,
    **more: Any,
) -> HttpResponse:
    status = more.pop("status", 200 if may else 403)
    context = {
        **frame(view, act, "flags"), "words": words, "may": may, "form": form,
        "shown": None, "changed": False, **more,
    }  # fmt: skip
    return render(request, "risk/flags/write.html", context, status=status)


def _act_on(
    request: HttpRequest, reference: str, flag_reference: str, what: FlagAct, make: Make, do: Do
) -> HttpResponse:
    """Show the page of one act on a flag, and do it."""
    view = _opened(request, reference)
    if isinstance(view, HttpResponse):
        return view
    act = act_for(request)
    shown = _flag(view, act, request, flag_reference)
    may = queries.flag_verdicts(shown.flag, act)[what]
    form = make(typed(request), shown, act)
    more: dict[str, Any] = {"shown": shown}
    # What was allowed when the page was opened may have been done meanwhile: the service says so.
    is_theirs = access.can_act_on_flag(what, act, shown.flag)
    if is_theirs and request.method == "POST" and form.is_valid():
        try:
            do(shown, form.cleaned_data, act)
        except Refused as refusal:
            form.add_refusal(refusal)
            more |= {"status": 409, "changed": isinstance(refusal, Stale) or not may}
        else:
            return redirect("risk:flag", reference=reference, flag_reference=flag_reference)
    is_taken_back = what == FlagAct.END and not shown.flag.outcome
    words = TAKE_BACK if is_taken_back else WORDS[what]
    if is_theirs and not may:
        more.setdefault("status", 409)
    shows_form = may if may or not form.is_bound else is_theirs
    return _written(request, view, act, words, shows_form, form, **more)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.flag_page")
def decide(request: HttpRequest, reference: str, flag_reference: str) -> HttpResponse:
    """Accept, amend or decline a request."""

    def make(data: Any, shown: ShownFlag, act: Act) -> forms.Form:
        flag = shown.flag
        initial = {
            **usual_dates(flag.force, act),
            "wording": shown.if_missing,
            "level": flag.level or flag.level_asked,
            "version": flag.version,
        }
        return DecideForm(data, initial=initial)

    def do(shown: ShownFlag, said: dict[str, Any], act: Act) -> object:
        return services.decide_flag(
            flag_reference=shown.flag.reference,
            outcome=FlagOutcome(said["outcome"]),
            reasons=said["reasons"],
            terms=terms_in(said),
            version=said["version"],
            act=act,
        )

    return _act_on(request, reference, flag_reference, FlagAct.DECIDE, make, do)


def terms_in(said: dict[str, Any]) -> Terms:
    """Return the terms that a form took."""
    return Terms(
        level=said.get("level") or "",
        wording=said["wording"],
        review_on=said["review_on"],
        expires_on=said["expires_on"],
    )


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.flag_page")
def disagree(request: HttpRequest, reference: str, flag_reference: str) -> HttpResponse:
    """Say for the council that it disagrees, and why: the force decides again."""

    def make(data: Any, shown: ShownFlag, _act: Act) -> forms.Form:
        return DisagreeForm(data, initial={"version": shown.flag.version})

    def do(shown: ShownFlag, said: dict[str, Any], act: Act) -> object:
        return services.disagree_with_flag(flag_reference=shown.flag.reference, act=act, **said)

    return _act_on(request, reference, flag_reference, FlagAct.DISAGREE, make, do)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.flag_page")
def enter(request: HttpRequest, reference: str, flag_reference: str) -> HttpResponse:
    """Record that the flag is on the force's system."""

    def make(data: Any, shown: ShownFlag, _act: Act) -> forms.Form:
        initial = {
            "version": shown.flag.version, "system_reference": shown.flag.system_reference,
        }  # fmt: skip
        return EnterForm(data, initial=initial)

    def do(shown: ShownFlag, said: dict[str, Any], act: Act) -> object:
        return services.enter_flag(flag_reference=shown.flag.reference, act=act, **said)

    return _act_on(request, reference, flag_reference, FlagAct.ENTER, make, do)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.flag_page")
def review(request: HttpRequest, reference: str, flag_reference: str) -> HttpResponse:
    """Renew, lower or end a flag."""

    def make(data: Any, shown: ShownFlag, act: Act) -> forms.Form:
        initial = {
            **usual_dates(shown.flag.force, act),
            "wording": shown.if_missing,
            "version": shown.flag.version,
        }
        return ReviewForm(data, initial=initial)

    def do(shown: ShownFlag, said: dict[str, Any], act: Act) -> object:
        return services.review_flag(
            flag_reference=shown.flag.reference,
            outcome=FlagOutcome(said["outcome"]),
            reasons=said["reasons"],
            terms=terms_in(said),
            version=said["version"],
            act=act,
        )

    return _act_on(request, reference, flag_reference, FlagAct.REVIEW, make, do)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.flag_page")
def end(request: HttpRequest, reference: str, flag_reference: str) -> HttpResponse:
    """End a flag, or take back a request that is not decided."""

    def make(data: Any, shown: ShownFlag, _act: Act) -> forms.Form:
        return EndForm(data, initial={"version": shown.flag.version})

    def do(shown: ShownFlag, said: dict[str, Any], act: Act) -> object:
        return services.end_flag(flag_reference=shown.flag.reference, act=act, **said)

    return _act_on(request, reference, flag_reference, FlagAct.END, make, do)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("risk.flag_page")
def take_off(request: HttpRequest, reference: str, flag_reference: str) -> HttpResponse:
    """Record that a flag that has ended is off the force's system."""

    def make(data: Any, shown: ShownFlag, _act: Act) -> forms.Form:
        return TakeOffForm(data, initial={"version": shown.flag.version})

    def do(shown: ShownFlag, said: dict[str, Any], act: Act) -> object:
        return services.take_flag_off(flag_reference=shown.flag.reference, act=act, **said)

    return _act_on(request, reference, flag_reference, FlagAct.TAKE_OFF, make, do)
