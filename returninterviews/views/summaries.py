"""What an agency was told of an interview: the page, its "I have read this", and the answer to it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.access import HIDDEN, ChildView
from cases.views.child import frame, opened
from cases.views.keeping import keeps_typed, typed
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import NotFound, Refused, Stale
from returninterviews import access, queries, rules
from returninterviews.forms.interviews import ReceiptForm
from returninterviews.models import Summary
from returninterviews.services import summaries


def _seen(request: HttpRequest, reference: str) -> tuple[ChildView, Summary] | HttpResponse:
    """Return a summary that was made for the acting agency, or the page to go to first.

    Raises:
        NotFound: there is no such summary, or it is hidden.
    """
    child = queries.child_of(reference)
    if child is None:
        raise NotFound(HIDDEN)
    view = opened(request, child)
    if isinstance(view, HttpResponse):
        return view
    summary = access.summary_of(
        act=act_for(request), view=view, summary=queries.found_summary(reference)
    )
    reading_of(request).objects.append(summary.reference)
    return view, summary


@require_http_methods(["GET", "POST"])
@reads("returninterviews.summary_page")
def summary(request: HttpRequest, reference: str) -> HttpResponse:
    """Show what an agency was told; a POST says that it was read."""
    seen = _seen(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    view, item = seen
    act = act_for(request)
    if request.method == "POST":
        summaries.read_summary(summary_reference=reference, act=act)
        return redirect("returninterviews:summary", reference=reference)
    context = {
        **frame(view, act, "interviews"),
        "summary": item,
        "may_answer": access.can_answer(act, item)
        and rules.answering(is_read=item.read_at is not None, is_answered=bool(item.answer)),
    }
    return render(request, "returninterviews/summary.html", context)


@keeps_typed
@require_http_methods(["GET", "POST"])
@reads("returninterviews.answer_page")
def answer(request: HttpRequest, reference: str) -> HttpResponse:
    """Ask what the police did with a summary, and whether it was of use."""
    seen = _seen(request, reference)
    if isinstance(seen, HttpResponse):
        return seen
    view, item = seen
    act = act_for(request)
    may = access.can_answer(act, item) and rules.answering(
        is_read=item.read_at is not None, is_answered=bool(item.answer)
    )
    form = ReceiptForm(typed(request), initial={"version": item.version})
    status, changed = 200 if may else 403, False
    if may and request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            summaries.answer_summary(
                summary_reference=reference,
                answer=Summary.Answer(said["answer"]),
                crime_reference=said["crime_reference"],
                because=said["no_action_because"],
                is_useful=said["is_useful"] == "yes",
                version=said["version"],
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
            status, changed = 409, isinstance(refusal, Stale)
        else:
            return redirect("returninterviews:summary", reference=reference)
    context = {
        **frame(view, act, ""), "summary": item, "form": form, "may": may, "changed": changed,
    }  # fmt: skip
    return render(request, "returninterviews/answer.html", context, status=status)
