"""Open an interview for a page: as this person may see it, or not at all."""

from django.http import HttpRequest, HttpResponse

from cases.access import HIDDEN
from cases.views.child import opened
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of
from missingchildren.core.verdicts import NotFound
from returninterviews import access, queries
from returninterviews.access import InterviewView


def seen_interview(request: HttpRequest, reference: str) -> InterviewView | HttpResponse:
    """Return the interview as this person may see it, or the page to go to first.

    Raises:
        NotFound: there is no such interview, or it is hidden.
    """
    child = queries.child_of(reference)
    if child is None:
        raise NotFound(HIDDEN)
    act, interview = act_for(request), queries.found(reference)
    view = opened(request, child)
    if isinstance(view, HttpResponse):
        # Asked why first, or sent to the record it was joined to: but only where it then opens.
        access.require_opens(act=act, child_reference=child, interview=interview)
        return view
    seen = access.interview_view(act=act, view=view, interview=interview)
    reading_of(request).objects.append(seen.interview.reference)
    return seen
