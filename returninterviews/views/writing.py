"""Write an interview: nine pages, kept on the server as they are typed, checked and signed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from cases.models import Draft
from cases.services import drafts
from cases.views.child import frame
from cases.views.report import keeps_typed
from missingchildren.agencies.acting import act_for
from missingchildren.agencies.acts import Act
from missingchildren.audit.reading import reads
from missingchildren.core.clock import in_london, london_day
from missingchildren.core.verdicts import NotPermitted, Refused, RuleBroken, Stale
from missingchildren.web import forms
from missingchildren.web.components import Action, Row, Task
from missingchildren.web.templatetags.web import written
from returninterviews import access, queries, rules
from returninterviews.access import InterviewView
from returninterviews.forms import pages as page_forms
from returninterviews.models import PlaceKind
from returninterviews.queries import Told
from returninterviews.rules import QuoteAudience
from returninterviews.services import accounts
from returninterviews.services.accounts import Quoted, SharedWith, Window, Written
from returninterviews.services.offers import CarerSaid
from returninterviews.services.recommendations import Proposed
from returninterviews.views import seeing

NOT_ANSWERS = ("csrfmiddlewaretoken", "version", "token", "save")


@dataclass(frozen=True)
class Writing:
    """One interview as one person writes it."""

    seen: InterviewView
    draft: Draft | None
    act: Act

    @cached_property
    def steps(self) -> dict[str, dict[str, list[str]]]:
        """Return what was typed, by page."""
        kept: dict[str, dict[str, list[str]]] = drafts.content(self.draft).get("steps", {})
        return kept

    @cached_property
    def recipients(self) -> list[Told]:
        """Return the agencies of the sharing grid."""
        return queries.recipients(self.seen.interview, self.act)

    @property
    def asks_parent(self) -> bool:
        """Return whether a parent or carer is to be asked."""
        interview = self.seen.interview
        return rules.asks_parent(
            born_on=interview.child.date_of_birth, on=london_day(interview.opened_at)
        )

    def form(self, page: Page, typed: dict[str, list[str]] | QueryDict | None) -> forms.Form:
        """Return a page's form, bound to what was typed, or filled with what is known."""
        if typed is None:
            return page.form(self, None, page.known(self))
        if isinstance(typed, QueryDict):
            return page.form(self, typed, None)
        data = QueryDict(mutable=True)
        for name, values in typed.items():
            data.setlist(name, values)
        return page.form(self, data, None)

    def kept(self, page: Page) -> forms.Form:
        """Return a page's form with what was typed before."""
        return self.form(page, self.steps.get(page.name))

    def is_answered(self, page: Page) -> bool:
        """Return whether a page was sent, and all that it needs is there."""
        form = self.kept(page)
        return form.is_bound and form.is_valid()


Make = Callable[[Writing, QueryDict | None, dict[str, Any] | None], forms.Form]


def _nothing_known(_writing: Writing) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Page:
    """One page of an interview; `is_apart` ones need not be filled."""

    name: str
    title: str
    form: Make
    known: Callable[[Writing], dict[str, Any]] = _nothing_known
    is_apart: bool = False


def _plain(form: type[forms.Form]) -> Make:
    def make(_writing: Writing, data: QueryDict | None, known: Any) -> forms.Form:
        return form(data, initial=known or {})

    return make


def _explained(writing: Writing, data: QueryDict | None, known: Any) -> forms.Form:
    return page_forms.ExplainedForm(data, initial=known or {}, asks_parent=writing.asks_parent)


def _what_is_arranged(writing: Writing) -> dict[str, Any]:
    """Return what the accepted offer says already."""
    interview = writing.seen.interview
    accepted = queries.accepted_offer(interview)
    return {
        "met_at": min(interview.arranged_for or writing.act.now, writing.act.now),
        "place_kind": accepted.place_kind if accepted else "",
        "interpreter": "not_needed",
    }


def _sharing(writing: Writing, data: QueryDict | None, known: Any) -> forms.Form:
    return page_forms.SharingForm(data, initial=known or {}, recipients=writing.recipients)


def _recommendations(writing: Writing, data: QueryDict | None, known: Any) -> forms.Form:
    agencies = queries.case_agencies(writing.seen.interview, writing.act)
    return page_forms.RecommendationsForm(
        data,
        initial=known or {},
        agencies=[(agency.reference, agency.name) for agency in agencies],
    )


PAGES = (
    Page("explained", "Start, and what you explained", _explained, _what_is_arranged),
    Page("before", "Before", _plain(page_forms.BeforeForm)),
    Page("away", "While they were away, and home again", _plain(page_forms.AwayForm)),
    Page("harm", "Harm and health", _plain(page_forms.HarmForm)),
    Page("words", "The child's own words and wishes", _plain(page_forms.WordsForm)),
    Page("carer", "What a parent or carer says", _plain(page_forms.CarerForm), is_apart=True),
    Page("sharing", "Who is told what", _sharing),
    Page("recommendations", "What you recommend", _recommendations),
)
BY_NAME = {page.name: page for page in PAGES}
IN_ORDER = tuple(page for page in PAGES if not page.is_apart)
FIRST = PAGES[0]


# --- the pages


def tasks_of(seen: InterviewView, draft: Draft, act: Act) -> list[Task]:
    """Return the pages as tasks, each with how far it is."""
    writing = Writing(seen, draft, act)
    is_explained = writing.is_answered(FIRST)
    return [_task(writing, page, opens=is_explained or page is FIRST) for page in PAGES]


def _task(writing: Writing, page: Page, *, opens: bool) -> Task:
    if not opens:
        return Task(page.title, "Cannot start yet")
    href = reverse("returninterviews:page", args=[writing.seen.interview.reference, page.name])
    if page.name not in writing.steps:
        return Task(
            page.title, "Only if they say something" if page.is_apart else "Not started", href
        )
    if writing.is_answered(page):
        return Task(page.title, "Done", href, colour="green")
    return Task(page.title, "Not finished", href, colour="blue")


def _writing(request: HttpRequest, reference: str) -> Writing | HttpResponse:
    """Return the interview that this person writes, or the page to go to first.

    Raises:
        NotFound: there is no such interview, or it is hidden.
        NotPermitted: another agency is to hold it.
    """
    seen = seeing.seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    act = act_for(request)
    access.can_hold(seen).require(NotPermitted)
    draft = accounts.draft_of(interview=seen.interview, act=act)
    if draft is None or not queries.is_open(seen.interview):
        return redirect("returninterviews:interview", reference=reference)
    return Writing(seen, draft, act)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.write")
def question(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Ask for one page of the interview; none opens before what is shared was explained."""
    page = BY_NAME.get(step)
    writing = _writing(request, reference)
    if isinstance(writing, HttpResponse):
        is_late = request.method == "POST" and page is not None
        return _too_late(request, reference, page, writing) if page and is_late else writing
    if page is None:
        raise Http404
    if page is not FIRST and not writing.is_answered(FIRST):
        return redirect("returninterviews:page", reference=reference, step=FIRST.name)
    if request.method == "POST":
        return _answer(request, writing, page)
    return _ask(request, writing, page, writing.kept(page))


def _too_late(
    request: HttpRequest, reference: str, page: Page, otherwise: HttpResponse
) -> HttpResponse:
    """Say that the interview is settled, and show what was typed after that, so that it can be kept."""
    act = act_for(request)
    seen = seeing.seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return otherwise
    settled = rules.still_to_be_held(seen.interview.outcome)
    if settled:
        return otherwise
    form = Writing(seen, None, act).form(page, request.POST)
    context = {
        **frame(seen.view, act, ""),
        "interview": seen.interview,
        "reason": settled.reason,
        "answers": _words(form),
    }
    return render(request, "returninterviews/too_late.html", context, status=409)


def _answer(request: HttpRequest, writing: Writing, page: Page) -> HttpResponse:
    """Keep what was typed, whatever it is; go on when it is well formed and can be."""
    reference = writing.seen.interview.reference
    wanted = request.POST.get("save", "")
    form = writing.form(page, request.POST)
    well_formed = form.is_valid()
    try:
        draft = accounts.keep_page(
            interview_reference=reference,
            page=page.name,
            typed=_typed(request.POST),
            version=_number(request.POST.get("version")),
            act=writing.act,
        )
    except Stale as refusal:
        form.add_refusal(refusal)
        other = _words(writing.kept(page))
        return _ask(request, writing, page, form, other=other, status=409)
    writing = Writing(writing.seen, draft, writing.act)
    if wanted == "later":
        return redirect("returninterviews:interview", reference=reference)
    if not well_formed or not _can_be(page, form, writing):
        return _ask(request, writing, page, form)
    if wanted == "more":
        return redirect("returninterviews:page", reference=reference, step=page.name)
    return redirect(_next(page, writing))


def _can_be(page: Page, form: forms.Form, writing: Writing) -> bool:
    """Say beside the field why the interview cannot have been held then."""
    if page is not FIRST:
        return True
    offered = queries.accepted_offer(writing.seen.interview)
    possible = rules.held(
        outcome="",
        held_at=form.cleaned_data["met_at"],
        located_at=queries.located_at(writing.seen.interview),
        accepted_offer_at=offered.made_at if offered else None,
        now=writing.act.now,
    )
    if not possible:
        form.add_refusal(RuleBroken(possible.reason, possible.field))
    return bool(possible)


def _ask(
    request: HttpRequest,
    writing: Writing,
    page: Page,
    form: forms.Form,
    *,
    other: list[tuple[str, str]] | None = None,
    status: int = 200,
) -> HttpResponse:
    interview = writing.seen.interview
    assert writing.draft is not None
    position = IN_ORDER.index(page) if page in IN_ORDER else None
    previous = IN_ORDER[position - 1].name if position else ""
    context = {
        **frame(writing.seen.view, writing.act, ""),
        "interview": interview,
        "step": page,
        "form": form,
        "draft": writing.draft,
        "held": drafts.content(writing.draft).get("held") == page.name,
        "other": other,
        "previous": reverse("returninterviews:page", args=[interview.reference, previous])
        if previous
        else reverse("returninterviews:interview", args=[interview.reference]),
        "position": position + 1 if position is not None else None,
        "of": len(IN_ORDER),
        "has_rows": isinstance(form, page_forms.RowsForm),
        "columns": form.columns() if isinstance(form, page_forms.SharingForm) else [],
        "own_fields": form.own_fields() if isinstance(form, page_forms.SharingForm) else [],
    }
    return render(request, "returninterviews/page.html", context, status=status)


@require_POST
@reads("returninterviews.autosave")
def autosave(request: HttpRequest, reference: str, step: str) -> HttpResponse:
    """Keep what has been typed so far on one page. Answers 409 when it is too late."""
    act = act_for(request)
    if step not in BY_NAME:
        raise Http404
    draft = accounts.keep_page(
        interview_reference=reference,
        page=step,
        typed=_typed(request.POST),
        version=_number(request.POST.get("version")),
        window=_window(request.headers.get("X-Page", "")),
        act=act,
    )
    return JsonResponse({"saved_at": f"{in_london(act.now):%H:%M}", "version": draft.version})


@require_http_methods(["GET", "POST"])
@reads("returninterviews.check")
def check(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what will be signed and who is told what, and sign it."""
    writing = _writing(request, reference)
    if isinstance(writing, HttpResponse):
        return writing
    interview = writing.seen.interview
    assert writing.draft is not None
    answered = {page.name: writing.kept(page) for page in PAGES if _counts(writing, page)}
    unanswered = [
        name for name, form in answered.items() if not form.is_bound or not form.is_valid()
    ]
    if unanswered:
        return redirect("returninterviews:page", reference=reference, step=unanswered[0])
    form = page_forms.SignForm(
        request.POST or None,
        checkers=[(each.reference, each.user.full_name) for each in queries.checkers(writing.act)],
        initial={"version": interview.version},
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            accounts.sign_interview(
                interview_reference=reference,
                written=_written(answered, writing, form.cleaned_data["checked_by"]),
                version=form.cleaned_data["version"],
                token=writing.draft.token,
                act=writing.act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status = 409
        else:
            return redirect("returninterviews:signed", reference=reference)
    context = {
        **frame(writing.seen.view, writing.act, ""),
        "interview": interview,
        "rows": _rows(answered, writing),
        "told": _told_rows(answered, writing),
        "form": form,
    }
    return render(request, "returninterviews/check.html", context, status=status)


def _counts(writing: Writing, page: Page) -> bool:
    """Return whether a page is part of this interview: one that is apart only if it was sent."""
    return not page.is_apart or page.name in writing.steps


@require_GET
@reads("returninterviews.signed")
def signed(request: HttpRequest, reference: str) -> HttpResponse:
    """Confirm that an interview is signed, and say what happens next."""
    seen = seeing.seen_interview(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    if seen.interview.signed_at is None:
        return redirect("returninterviews:interview", reference=reference)
    whole = queries.whole(seen)
    context = {
        **frame(seen.view, act_for(request), ""),
        "interview": seen.interview,
        "summaries": whole.summaries if whole else [],
        "recommendations": whole.recommendations if whole else [],
    }
    return render(request, "returninterviews/signed.html", context)


# --- what was typed, and what it means


def _words(form: forms.Form) -> list[tuple[str, str]]:
    """Return each answer as it was typed, for reading beside another."""
    shown = []
    for bound in form.visible_fields():
        value = bound.value()
        parts = value.values() if isinstance(value, dict) else value
        several = parts if not isinstance(parts, str) and parts is not None else [parts]
        text = " ".join(str(part) for part in several if part)
        if text:
            shown.append((str(bound.label), text))
    return shown


def _typed(data: QueryDict) -> dict[str, list[str]]:
    """Return what was typed, as the browser sent it."""
    return {name: data.getlist(name) for name in data if name not in NOT_ANSWERS}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None


def _window(header: str) -> Window | None:
    """Return which window saves, and when by its own clock, as the script says."""
    key, _, at = header[:60].partition(" ")
    number = int(at) if at.isascii() and at.isdigit() else None
    return Window(key, number) if number else None


def _next(page: Page, writing: Writing) -> str:
    """Return the address of the next page, or of the check after the last."""
    reference = writing.seen.interview.reference
    if page.is_apart:
        return reverse("returninterviews:interview", args=[reference])
    later = IN_ORDER[IN_ORDER.index(page) + 1 :]
    if not later:
        return reverse("returninterviews:check", args=[reference])
    return reverse("returninterviews:page", args=[reference, later[0].name])


def _written(answered: dict[str, forms.Form], writing: Writing, checked_by: str) -> Written:
    """Return what the pages say, as the service takes it."""
    said: dict[str, Any] = {}
    for name, form in answered.items():
        said |= form.cleaned_data if name not in {"carer", "recommendations"} else {}
    return Written(
        met_at=said["met_at"],
        place_kind=said["place_kind"],
        is_explained=said["is_explained"] == "yes",
        not_explained_because=said["not_explained_because"],
        is_alone=said["is_alone"] == "yes",
        not_alone_because=said["not_alone_because"],
        interpreter=said["interpreter"],
        interpreter_because=said["interpreter_because"],
        parent_asked=said.get("parent_asked", ""),
        parent_because=said.get("parent_because", ""),
        before=said["before"],
        reasons=tuple(said["reasons"]),
        not_missing=said["not_missing"],
        away=said["away"],
        back=said["back"],
        harms=tuple(said["harms"]),
        harm=said["harm"],
        health=said["health"],
        quotes=_quotes(answered["words"]),
        wishes=said["wishes"],
        carer=_carer(answered.get("carer")),
        summary=said["summary"],
        places_and_people=said["places_and_people"],
        safety_note=said["safety_note"],
        is_child_told=said["is_child_told"] == "yes",
        not_told_because=said["not_told_because"],
        shared=_shared(answered["sharing"]),
        recommendations=_proposed(answered["recommendations"], writing),
        checked_by_reference=checked_by,
    )


def _quotes(form: forms.Form) -> tuple[Quoted, ...]:
    assert isinstance(form, page_forms.WordsForm)
    said = form.cleaned_data
    return tuple(
        Quoted(
            text=said[f"quote_{number}"],
            audience=_audience(form, number),
        )
        for number in form.filled()
    )


def _audience(form: forms.Form, number: int) -> QuoteAudience:
    return QuoteAudience(form.cleaned_data[f"audience_{number}"] or QuoteAudience.COUNCIL)


def _carer(form: forms.Form | None) -> CarerSaid | None:
    if form is None:
        return None
    return CarerSaid(who=form.cleaned_data["who"], text=form.cleaned_data["text"])


def _shared(form: forms.Form) -> tuple[SharedWith, ...]:
    assert isinstance(form, page_forms.SharingForm)
    said = form.cleaned_data
    return tuple(
        SharedWith(
            agency_reference=told.agency.reference,
            decisions=form.decisions(told),
            basis=said[f"{told.agency.reference}_basis"] or rules.USUAL_BASIS,
            reason=said[f"{told.agency.reference}_reason"],
            instead=said[f"{told.agency.reference}_instead"],
        )
        for told in form.recipients
    )


def _proposed(form: forms.Form, writing: Writing) -> tuple[Proposed, ...]:
    assert isinstance(form, page_forms.RecommendationsForm)
    said = form.cleaned_data
    today = london_day(writing.act.now)
    return tuple(
        Proposed(
            text=said[f"text_{number}"],
            agency_reference=said[f"agency_{number}"],
            role=said[f"role_{number}"],
            due_on=today + timedelta(days=page_forms.SOON[said[f"soon_{number}"] or "fortnight"]),
            priority=form.priority(number),
        )
        for number in form.filled()
    )


def _rows(answered: dict[str, forms.Form], writing: Writing) -> list[Row]:
    """Return the pages for checking, each with its way back."""
    said: dict[str, Any] = {}
    for form in answered.values():
        said |= form.cleaned_data
    words, recommended = answered["words"], answered["recommendations"]
    assert isinstance(words, page_forms.WordsForm)
    assert isinstance(recommended, page_forms.RecommendationsForm)
    quotes = [said[f"quote_{number}"] for number in words.filled()]
    proposed = [recommended.cleaned_data[f"text_{number}"] for number in recommended.filled()]
    harms = "; ".join(rules.HARMS[code] for code in said["harms"])
    rows = [
        ("explained", "Met", f"{written(said['met_at'])}, {PlaceKind(said['place_kind']).label}"),
        ("before", "Before", _joined(said["before"], said["not_missing"])),
        ("away", "Away and home again", _joined(said["away"], said["back"])),
        ("harm", "Harm and health", _joined(harms, said["harm"], said["health"])),
        ("words", "Own words and wishes", _joined(*quotes, said["wishes"])),
        ("sharing", "Summary", _joined(said["summary"], said["places_and_people"])),
        ("sharing", "For those who look after the child", said["safety_note"] or "Nothing"),
        ("recommendations", "Recommendations", _joined(*proposed)),
    ]
    if "carer" in answered:
        carer = answered["carer"].cleaned_data
        rows.insert(5, ("carer", "Parent or carer", _joined(carer["who"], carer["text"])))
    return [_row(writing, name, key, value) for name, key, value in rows]


def _joined(*texts: str) -> str:
    return "\n".join(text for text in texts if text) or "Nothing"


def _row(writing: Writing, name: str, key: str, value: str) -> Row:
    href = reverse("returninterviews:page", args=[writing.seen.interview.reference, name])
    return Row(key, value, actions=(Action("Change", href, about=key.lower()),))


def _told_rows(answered: dict[str, forms.Form], writing: Writing) -> list[Row]:
    """Return who is told what, agency by agency."""
    form = answered["sharing"]
    assert isinstance(form, page_forms.SharingForm)
    interview = writing.seen.interview
    council = interview.council.name if interview.council else "The council"
    rows = [Row(council, "Reads the whole interview")]
    words = answered["words"]
    assert isinstance(words, page_forms.WordsForm)
    for told in form.recipients:
        heard = [
            words.cleaned_data[f"quote_{number}"]
            for number in words.filled()
            if rules.hears(_audience(words, number), told.recipient)
        ]
        shared = rules.told_words(form.decisions(told)).capitalize()
        told_quotes = heard if shared != "Nothing" and told.recipient in rules.READS_HERE else []
        rows.append(Row(told.agency.name, "\n".join([shared, *told_quotes])))
    return rows
