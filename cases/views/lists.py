"""The list of children."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from cases import queries
from cases.forms.record import SearchForm
from missingchildren.agencies.acting import act_for
from missingchildren.audit.reading import reading_of, reads


@require_http_methods(["GET", "POST"])
@reads("cases.list")
def children(request: HttpRequest) -> HttpResponse:
    """List the children that this person may open, last reported first.

    A search is posted, though it changes nothing: a name must not stand in an address.
    """
    act = act_for(request)
    form = SearchForm(request.POST if request.method == "POST" else None)
    search = form.cleaned_data["search"] if form.is_bound and form.is_valid() else ""
    after = (request.POST if search else request.GET).get("after", "")
    page = queries.children_page(act=act, after=after, search=search)
    reading_of(request).of({child.pk for child in page.rows}, basis="list")
    context = {
        "page": page,
        "form": form,
        "search": search,
        "now": act.now,
        "is_later_page": bool(after),
    }
    return render(request, "cases/list.html", context)
