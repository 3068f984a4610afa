"""My work, and who is missing now."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases import access, queries
from cases.models import Deadline
from cases.services.deadlines import kind_of
from missingchildren.agencies.acting import act_for
from missingchildren.alerts import queries as alert_queries
from missingchildren.audit.reading import reading_of, reads


@dataclass(frozen=True)
class Due:
    """One clock as a page shows it."""

    deadline: Deadline
    title: str
    address: str


def due(deadline: Deadline) -> Due:
    """Return a clock in the words of its kind, and where it is met."""
    kind = kind_of(deadline)
    return Due(deadline, kind.title, kind.opens(deadline))


def may_report(request: HttpRequest) -> bool:
    """Return whether to offer reporting."""
    act = getattr(request, "act", None)
    return bool(act and access.can_report(act))


@require_GET
@reads("pages.my_work")
def my_work(request: HttpRequest) -> HttpResponse:
    """Show what this person and their units owe, what has come in, and their own drafts."""
    act = act_for(request)
    deadlines = queries.running_deadlines(act)
    own_reports = queries.own_reports(act)
    reading_of(request).of({deadline.child_id for deadline in deadlines})
    reading_of(request).of({report.child_id for report in own_reports})
    context = {
        "work": [due(deadline) for deadline in deadlines],
        "now": act.now,
        "unread": alert_queries.unread_count(act=act),
        "draft": queries.report_draft(act),
        "own_reports": own_reports,
        "may_report": access.can_report(act),
    }
    return render(request, "pages/my_work.html", context)


@require_GET
@reads("pages.missing")
def missing(request: HttpRequest) -> HttpResponse:
    """Show the children who are missing now."""
    act = act_for(request)
    page = queries.missing_page(act=act, after=request.GET.get("after", ""))
    reading_of(request).of({child.pk for child in page.rows}, basis="list")
    context = {
        "page": page,
        "now": act.now,
        "long_since": queries.missing_over_seven_days(act),
        "is_later_page": "after" in request.GET,
    }
    return render(request, "pages/missing.html", context)
