"""Addresses for these tests: signing in, the standing pages, one page and one API operation."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from missingchildren.agencies.acting import without_agency
from missingchildren.agencies.sign_in import recent_sign_in_required


@without_agency
def home(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("work")


class Operation(APIView):
    def get(self, _request: Request) -> Response:
        return Response({"done": True})


urlpatterns = [
    path("", home, name="home"),
    path("export/", without_agency(recent_sign_in_required(home)), name="export"),
    path("api/v1/operation/", Operation.as_view(), name="operation"),
    path("account/", include("missingchildren.agencies.sign_in_urls")),
    path("", include("missingchildren.web.urls")),
]
