"""The list of children."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases import queries
from cases.forms.record import SearchForm
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of, reads


@require_GET
@reads("cases.list")
def children(request: HttpRequest) -> HttpResponse:
    """List the children that this person may open, last reported first."""
    act = act_for(request)
    form = SearchForm(request.GET if "search" in request.GET else None)
    search = form.cleaned_data["search"] if form.is_bound and form.is_valid() else ""
    page = queries.children_page(act=act, after=request.GET.get("after", ""), search=search)
    reading_of(request).of({child.pk for child in page.rows}, basis="list")
    context = {
        "page": page,
        "form": form,
        "search": search,
        "now": act.now,
        "is_later_page": "after" in request.GET,
    }
    return render(request, "cases/list.html", context)
