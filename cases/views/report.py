"""Report a missing child: one question a page, kept on the server, checked, sent, followed up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.forms.boundfield import BoundField
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases import access, queries, rules
from cases.forms import report as report_forms
from cases.forms.report import SOMEBODY_ELSE
from cases.models import Draft, Report, Update
from cases.rules import Audience
from cases.services import drafts, reports, updates
from cases.services.children import Described
from cases.services.reports import Place, Reported
from missingchildren.agencies.acting import act_for, also_for_the_signed_in
from missingchildren.agencies.acts import Act
from missingchildren.agencies.models import Agency
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.clock import Precision, in_london, london_day
from missingchildren.core.verdicts import NotPermitted, Refused, Stale
from missingchildren.web import forms
from missingchildren.web.components import Action, Row
from missingchildren.web.templatetags.web import written, written_day

FORM = "report"
MOST_OWN_CHILDREN = 20
NOT_ANSWERS = ("csrfmiddlewaretoken", "version", "token", "save")
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Step:
    """One page of the report."""

    name: str
    title: str
    form: Callable[[Mapping[str, Any] | None, dict[str, Any] | None, Act], forms.Form]


def _plain(form: type[forms.Form]) -> Callable[..., forms.Form]:
    def make(data: Any, initial: dict[str, Any] | None, _act: Act) -> forms.Form:
        return form(data, initial=initial or {})

    return make


def _child_form(data: Any, initial: dict[str, Any] | None, act: Act) -> forms.Form:
    own = [
        (child.reference, child.display_name, _born(child.date_of_birth))
        for child in queries.own_children(act, most=MOST_OWN_CHILDREN)
    ]
    return report_forms.ChildForm(data, initial=initial or {}, own=own)


def _place_form(data: Any, initial: dict[str, Any] | None, act: Act) -> forms.Form:
    has_place = queries.force_of_agency(act.own_agency, on=london_day(act.now)).force is not None
    return report_forms.PlaceForm(
        data,
        initial=initial or {},
        own_address=act.own_agency.name if has_place and act.own_agency.kind not in WIDE else "",
        forces=[(force.reference, force.name) for force in queries.forces()],
    )


def _contact_form(data: Any, initial: dict[str, Any] | None, act: Act) -> forms.Form:
    name = act.user.full_name if act.user else ""
    return report_forms.ContactForm(data, initial=initial or {"contact_name": name})


# Agencies that have an area, not an address.
WIDE = ("force", "council", "health")
STEPS = (
    Step("child", "Who is missing?", _child_form),
    Step("details", "The child's details", _plain(report_forms.DetailsForm)),
    Step("seen", "When the child was last seen", _plain(report_forms.SeenForm)),
    Step("place", "Where the child was last seen", _place_form),
    Step("worry", "Why you are worried", _plain(report_forms.WorryForm)),
    Step("tried", "What you have done", _plain(report_forms.TriedForm)),
    Step("contact", "Whom to ring", _contact_form),
)
BY_NAME = {step.name: step for step in STEPS}


def _born(day: Any) -> str:
    return f"Born {written_day(day)}" if day else ""


def keeps_typed(view: View) -> View:
    """Keep a page that is sent after the session has ended, then ask to sign in again."""

    @login_not_required
    @also_for_the_signed_in
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST" and "step" in kwargs:
            token = _uuid(request.POST.get("token", ""))
            if token:
                drafts.hold(token=token, step=kwargs["step"], typed=_typed(request.POST))
        return redirect_to_login(request.path)

    return kept


@require_http_methods(["GET", "POST"])
@reads("cases.report_start")
def start(request: HttpRequest) -> HttpResponse:
    """Say what a report needs, and begin or go on with one."""
    act = act_for(request)
    access.can_report(act).require(NotPermitted)
    draft = drafts.find(form=FORM, act=act)
    if request.method == "POST":
        drafts.begin(form=FORM, content=_known(request, act), act=act)
        return redirect(_first_unanswered(act))
    context = {"draft": draft, "child": request.GET.get("child", "")}
    return render(request, "cases/report/start.html", context)


def _known(request: HttpRequest, act: Act) -> dict[str, Any]:
    """Return the answers that are known already: the child, when it began on the child's page."""
    chosen = request.POST.get("child", "")
    if not chosen:
        return {"steps": {}}
    access.view_of(act=act, reference=chosen)
    return {"steps": {"child": {"child": [chosen]}}}


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("cases.report_page")
def question(request: HttpRequest, step: str) -> HttpResponse:
    """Ask one question of the report."""
    act = act_for(request)
    access.can_report(act).require(NotPermitted)
    page = BY_NAME.get(step)
    if page is None:
        raise Http404
    draft = drafts.find(form=FORM, act=act)
    if draft is None:
        return redirect("cases:report")
    if request.method == "POST":
        return _answer(request, page, draft, act)
    return _ask(request, page, draft, _kept_form(page, draft, act), act)


def _answer(request: HttpRequest, page: Step, draft: Draft, act: Act) -> HttpResponse:
    """Keep what was typed, whatever it is; go on when it is well formed."""
    form = page.form(request.POST, None, act)
    kept = drafts.content(draft)
    kept.setdefault("steps", {})[page.name] = _typed(request.POST)
    kept.pop("held", None)
    later = request.POST.get("save") == "later"
    well_formed = form.is_valid()
    try:
        draft = drafts.save(
            form=FORM, content=kept, version=_number(request.POST.get("version")), act=act
        )
    except Stale as refusal:
        form.add_refusal(refusal)
        other = _words(_kept_form(page, draft, act))
        return _ask(request, page, draft, form, act, other=other, status=409)
    if later:
        return redirect("pages:my_work")
    if not well_formed:
        return _ask(request, page, draft, form, act)
    if page.name == "place" and not _force_is_known(form, act):
        return _ask(request, page, draft, form, act)
    if page.name == "seen" and not _time_is_possible(form, act):
        return _ask(request, page, draft, form, act)
    return redirect(_next(page, draft, act))


def _time_is_possible(form: forms.Form, act: Act) -> bool:
    """Say beside the field why the child cannot have been last seen then."""
    possible = rules.last_seen_time(
        last_seen_at=form.cleaned_data["last_seen_at"], born_before=None, now=act.now
    )
    if not possible:
        form.add_error("last_seen_at", possible.reason)
    return bool(possible)


def _force_is_known(form: forms.Form, act: Act) -> bool:
    """Say beside the field why a person must choose the force, where the postcode cannot tell."""
    if form.cleaned_data["where"] != "postcode":
        return True
    told = queries.force_for_postcode(form.cleaned_data["postcode"], on=london_day(act.now))
    if told.force is None:
        form.add_error(
            "postcode",
            f"{told.reason} Choose “I do not know the postcode” and then the police force, "
            "or ring 101, or 999 if the child is in danger.",
        )
    return told.force is not None


def _ask(
    request: HttpRequest,
    page: Step,
    draft: Draft,
    form: forms.Form,
    act: Act,
    *,
    other: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    shown = _steps(draft)
    position = shown.index(page) if page in shown else 0
    previous = shown[position - 1] if position else None
    context = {
        "step": page,
        "form": form,
        "only": _only_question(form),
        "draft": draft,
        "held": drafts.content(draft).get("held") == page.name,
        "other": other,
        "previous": reverse("cases:report_question", args=[previous.name])
        if previous
        else reverse("cases:report"),
        "position": position + 1,
        "of": len(shown),
    }
    return render(request, "cases/report/question.html", context, status=status)


def _only_question(form: forms.Form) -> BoundField | None:
    """Return the field whose label can be the page's heading: the only one."""
    shown = list(form.visible_fields())
    return shown[0] if len(shown) == 1 else None


@require_POST
def autosave(request: HttpRequest, step: str) -> HttpResponse:
    """Keep what has been typed so far on one page. Answers 409 when another window saved since."""
    act = act_for(request)
    draft = drafts.find(form=FORM, act=act)
    if draft is None or step not in BY_NAME:
        raise Http404
    kept = drafts.content(draft)
    kept.setdefault("steps", {})[step] = _typed(request.POST)
    draft = drafts.save(
        form=FORM, content=kept, version=_number(request.POST.get("version")), act=act
    )
    return JsonResponse({"saved_at": f"{in_london(act.now):%H:%M}", "version": draft.version})


@require_http_methods(["GET", "POST"])
@reads("cases.report_check")
def check(request: HttpRequest) -> HttpResponse:
    """Show every answer, and send the report."""
    act = act_for(request)
    access.can_report(act).require(NotPermitted)
    draft = drafts.find(form=FORM, act=act)
    if draft is None:
        return redirect("cases:report")
    answered = {page.name: _kept_form(page, draft, act) for page in _steps(draft)}
    unanswered = [
        name for name, form in answered.items() if not form.is_bound or not form.is_valid()
    ]
    if unanswered:
        return redirect("cases:report_question", step=unanswered[0])
    refusal: Refused | None = None
    if request.method == "POST":
        try:
            report = reports.report_missing(
                reported=_reported(answered), token=draft.token, act=act
            )
        except Refused as refused:
            refusal = refused
        else:
            drafts.discard(form=FORM, act=act)
            return redirect("cases:receipt", reference=report.reference)
    context = {
        "rows": _rows(answered, act),
        "draft": draft,
        "refusal": refusal,
        "field_step": _step_of(refusal),
    }
    return render(request, "cases/report/check.html", context, status=409 if refusal else 200)


@require_http_methods(["GET", "POST"])
@reads("cases.report_throw_away")
def throw_away(request: HttpRequest) -> HttpResponse:
    """Ask, then forget the unfinished report."""
    act = act_for(request)
    if request.method == "POST":
        drafts.discard(form=FORM, act=act)
        return redirect("pages:my_work")
    return render(request, "cases/report/throw_away.html", {})


# --- the receipt


@require_GET
@reads("cases.receipt")
def receipt(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what became of a report: it stays true, because it is asked anew each time."""
    act = act_for(request)
    report = _own_report(act, reference)
    reading_of(request).of([report.child_id], report.reference)
    now_known = queries.receipt_of(report, act)
    context = {
        "report": report,
        "episode": report.episode,
        "read_at": now_known.read_at,
        "must_ring": now_known.must_ring,
        "minutes": now_known.minutes,
        "settled": now_known.settled,
        "calls": now_known.calls,
        "now": act.now,
    }
    return render(request, "cases/report/receipt.html", context)


@require_http_methods(["GET", "POST"])
@reads("cases.log_call_page")
def log_call(request: HttpRequest, reference: str) -> HttpResponse:
    """Write down a telephone call to the police about an unread report."""
    act = act_for(request)
    report = _own_report(act, reference)
    reading_of(request).of([report.child_id], report.reference)
    initial = {"happened_at": act.now, "token": uuid4()}
    form = report_forms.CallForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            updates.add_update(
                child_reference=report.child.reference,
                kind=Update.Kind.CALL,
                text=form.cleaned_data["text"],
                happened_at=form.cleaned_data["happened_at"],
                audience=Audience.CASE,
                token=form.cleaned_data["token"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            return redirect("cases:receipt", reference=reference)
    return render(request, "cases/report/log_call.html", {"form": form, "report": report})


def _own_report(act: Act, reference: str) -> Report:
    """Return a report that the acting agency made: its own, whatever has ended since."""
    report = queries.own_report(act, reference)
    if report is None:
        raise Http404
    return report


# --- what was typed, and what it means


def _words(form: forms.Form) -> list[tuple[str, str]]:
    """Return each answer as it was typed, for reading beside another."""
    shown = []
    for bound in form.visible_fields():
        value = bound.value()
        parts = value.values() if isinstance(value, dict) else [value]
        shown.append((str(bound.label), " ".join(str(part) for part in parts if part)))
    return shown


def _typed(data: QueryDict) -> dict[str, list[str]]:
    """Return what was typed, as the browser sent it."""
    return {name: data.getlist(name) for name in data if name not in NOT_ANSWERS}


def _kept_form(page: Step, draft: Draft, act: Act) -> forms.Form:
    """Return the page's form with what was typed before, or empty."""
    typed = drafts.content(draft).get("steps", {}).get(page.name)
    if typed is None:
        return page.form(None, None, act)
    data = QueryDict(mutable=True)
    for name, values in typed.items():
        data.setlist(name, values)
    return page.form(data, None, act)


def _steps(draft: Draft) -> list[Step]:
    """Return the pages that this report needs."""
    kept = drafts.content(draft).get("steps", {})
    chosen = kept.get("child", {}).get("child", [""])[0]
    return [page for page in STEPS if page.name != "details" or chosen == SOMEBODY_ELSE]


def _next(page: Step, draft: Draft, act: Act) -> str:
    """Return the address of the next page that is not answered, or of the check."""
    shown = _steps(draft)
    for later in shown[shown.index(page) + 1 :] if page in shown else shown:
        form = _kept_form(later, draft, act)
        if not form.is_bound or not form.is_valid():
            return reverse("cases:report_question", args=[later.name])
    return reverse("cases:report_check")


def _first_unanswered(act: Act) -> str:
    draft = drafts.find(form=FORM, act=act)
    if draft is None:
        return reverse("cases:report")
    for page in _steps(draft):
        form = _kept_form(page, draft, act)
        if not form.is_bound or not form.is_valid():
            return reverse("cases:report_question", args=[page.name])
    return reverse("cases:report_check")


def _reported(answered: dict[str, forms.Form]) -> Reported:
    """Return what the answers say, as the service takes it."""
    typed = {name: form.cleaned_data for name, form in answered.items()}
    chosen = typed["child"]["child"]
    return Reported(
        child_reference="" if chosen == SOMEBODY_ELSE else chosen,
        described=_described(typed["details"]) if chosen == SOMEBODY_ELSE else None,
        last_seen_at=typed["seen"]["last_seen_at"],
        last_seen_precision=Precision(typed["seen"]["precision"]),
        place=Place(
            is_own_address=typed["place"]["where"] == "own",
            description=typed["place"]["description"],
            postcode=typed["place"]["postcode"],
            force_reference=typed["place"]["force"],
        ),
        why_worried=typed["worry"]["why_worried"],
        done_so_far=typed["tried"]["done_so_far"],
        contact_name=typed["contact"]["contact_name"],
        contact_phone=typed["contact"]["contact_phone"],
    )


def _described(typed: dict[str, Any]) -> Described:
    numbers = (("nhs_number", typed["nhs_number"]), ("upn", typed["upn"]))
    return Described(
        given_names=typed["given_names"],
        family_name=typed["family_name"],
        date_of_birth=typed["date_of_birth"],
        sex="" if typed["sex"] == "unknown" else typed["sex"],
        identifiers=tuple((kind, value) for kind, value in numbers if value),
    )


def _rows(answered: dict[str, forms.Form], act: Act) -> list[Row]:
    """Return the answers for checking, each with its way back."""
    typed = {name: form.cleaned_data for name, form in answered.items()}
    rows = [_row("child", "Child", _child_words(typed, act))]
    if "details" in typed:
        rows.append(_row("details", "Child's details", _details_words(typed["details"])))
    about = "About " if typed["seen"]["precision"] == Precision.ABOUT else ""
    rows += [
        _row("seen", "Last seen", f"{about}{written(typed['seen']['last_seen_at'])}"),
        _row("place", "Where", _place_words(typed["place"], act)),
        _row("worry", "Why you are worried", typed["worry"]["why_worried"]),
        _row("tried", "What you have done", typed["tried"]["done_so_far"] or "Nothing yet"),
        _row(
            "contact",
            "Whom to ring",
            f"{typed['contact']['contact_name']}, {typed['contact']['contact_phone']}",
        ),
    ]
    return rows


def _row(step: str, key: str, value: str) -> Row:
    href = reverse("cases:report_question", args=[step])
    return Row(key, value, actions=(Action("Change", href, about=key.lower()),))


def _child_words(typed: dict[str, Any], act: Act) -> str:
    chosen = typed["child"]["child"]
    if chosen == SOMEBODY_ELSE:
        return f"{typed['details']['given_names']} {typed['details']['family_name']}"
    return access.view_of(act=act, reference=chosen).child.display_name


def _details_words(typed: dict[str, Any]) -> str:
    sexes = {"F": "Female", "M": "Male"}
    words = [
        _born(typed["date_of_birth"]) or "Date of birth not known",
        sexes.get(typed["sex"], "Sex not known"),
    ]
    if typed["nhs_number"]:
        words.append(f"NHS number {typed['nhs_number']}")
    if typed["upn"]:
        words.append(f"Unique pupil number {typed['upn']}")
    return ", ".join(words)


def _place_words(typed: dict[str, Any], act: Act) -> str:
    if typed["where"] == "own":
        place = f"At {act.agency}"
    elif typed["where"] == "postcode":
        place = typed["postcode"]
    else:
        force = Agency.objects.filter(reference=typed["force"]).first()
        place = f"In the area of {force}" if force else "Not known"
    return ", ".join(part for part in (place, typed["description"]) if part)


def _step_of(refusal: Refused | None) -> str:
    """Return the page on which what was refused can be changed."""
    steps = {"last_seen": "seen", "force": "place", "postcode": "place", "child": "child"}
    return steps.get(refusal.field, "") if refusal else ""


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text[:40])
    except ValueError:
        return None
