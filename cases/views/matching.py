"""Whether a child just reported is one already on record: a question to the record's owner."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cases.forms.record import MatchForm
from cases.models import MatchQuestion
from cases.services import matching
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of, reads
from missingchildren.core.verdicts import Refused


@require_http_methods(["GET", "POST"])
@reads("cases.match_question")
def match(request: HttpRequest, reference: str) -> HttpResponse:
    """Show both records side by side to the owner of the older one, and take the answer."""
    act = act_for(request)
    question = matching.question_for(act=act, reference=reference)
    reading_of(request).of([question.child_id, question.candidate_id], question.reference)
    form = MatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            question = matching.answer_match(
                reference=reference,
                answer=MatchQuestion.Answer(form.cleaned_data["answer"]),
                act=act,
            )
        except Refused as refusal:
            form.add_refusal(refusal)
        else:
            if question.answer == MatchQuestion.Answer.SAME:
                return redirect("cases:child", reference=question.candidate.reference)
            return redirect("pages:my_work")
    return render(request, "cases/match.html", {"question": question, "form": form})
