"""My work, what is overdue, and who is missing now."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from cases import access, queries, rules
from cases.models import Deadline
from cases.queries import Whose
from cases.services.deadlines import kind_of, kinds_by_aspect, registered
from missingchildren.agencies.acting import act_for
from missingchildren.agencies.acts import Act
from missingchildren.alerts import queries as alert_queries
from missingchildren.audit.reading import reading_of, reads
from missingchildren.pages.forms import KindForm
from missingchildren.web.components import Link


@dataclass(frozen=True, kw_only=True)
class Due:
    """One clock as a page shows it to one person.

    `address` is where it is done, or the child's page where another agency does it; `late` is
    None before its time.
    """

    deadline: Deadline
    title: str
    address: str
    late: timedelta | None
    is_own: bool
    may_extend: bool
    may_reassign: bool
    may_chase: bool


def due(deadline: Deadline, act: Act) -> Due:
    """Return a clock in the words of its kind, where it is met, and what this person may do."""
    kind = kind_of(deadline)
    is_own = deadline.agency_id == act.agency_id
    is_late = rules.is_overdue(due_at=deadline.due_at, now=act.now)
    may_manage = bool(access.can_manage_deadline(act, deadline))
    return Due(
        deadline=deadline,
        title=kind.title,
        address=kind.opens(deadline)
        if is_own
        else reverse("cases:child", args=[deadline.child.reference]),
        late=act.now - deadline.due_at if is_late else None,
        is_own=is_own,
        may_extend=may_manage and kind.can_extend,
        may_reassign=may_manage,
        may_chase=is_late and bool(access.can_chase(act, deadline)),
    )


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
        "work": [due(deadline, act) for deadline in deadlines],
        "now": act.now,
        "unread": alert_queries.unread_count(act=act),
        "draft": queries.report_draft(act),
        "own_reports": own_reports,
        "may_report": access.can_report(act),
    }
    return render(request, "pages/my_work.html", context)


TITLES = {
    Whose.EVERYTHING: "Everything",
    Whose.MINE: "Mine",
    Whose.TEAM: "My team",
    Whose.AGENCY: "My agency",
    Whose.OTHERS: "Other agencies",
}


@require_GET
@reads("pages.overdue")
def overdue(request: HttpRequest) -> HttpResponse:
    """Show what is overdue and due soon: one's own agency's, and others' to those who answer for it."""
    act = act_for(request)
    offered = _offered(act)
    asked = request.GET.get("whose", "")
    whose = Whose(asked) if asked in offered else offered[0]
    kinds = sorted((kind.name, kind.title) for kind in registered().values())
    form = KindForm(request.GET if "kind" in request.GET else None, kinds=kinds)
    kind = form.cleaned_data["kind"] if form.is_bound and form.is_valid() else ""
    seen, after = kinds_by_aspect(), request.GET.get("after", "")
    late = queries.overdue_page(act=act, seen=seen, whose=whose, kind=kind, after=after)
    soon = queries.due_soon(act=act, seen=seen, whose=whose, kind=kind)
    reading_of(request).of(
        {deadline.child_id for deadline in (*late.rows, *soon.rows)}, basis="list"
    )
    address = reverse("pages:overdue")
    chosen = {"whose": whose.value, "kind": kind}
    context = {
        "form": form,
        "tabs": [
            Link(TITLES[each], _with(address, whose=each.value, kind=kind), each == whose)
            for each in offered
        ],
        "whose": whose,
        "late": late,
        "late_rows": [due(deadline, act) for deadline in late.rows],
        "soon": soon,
        "soon_rows": [due(deadline, act) for deadline in soon.rows],
        "first": _with(address, **chosen) if after else "",
        "next": _with(address, **chosen, after=late.next_key) if late.next_key else "",
        "now": act.now,
    }
    return render(request, "pages/overdue.html", context)


def _offered(act: Act) -> list[Whose]:
    """Return the lists that this person is offered, the widest first."""
    own = [Whose.MINE, Whose.TEAM]
    if not queries.sees_others_clocks(act):
        return [Whose.AGENCY, *own]
    return [Whose.EVERYTHING, *own, Whose.AGENCY, Whose.OTHERS]


def _with(address: str, **parameters: str) -> str:
    kept = {name: value for name, value in parameters.items() if value}
    return f"{address}?{urlencode(kept)}" if kept else address


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
