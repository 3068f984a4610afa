"""System checks of the API: no operation outside the frame, no second way of judging rights."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.checks import CheckMessage, Error
from django.urls import URLPattern, URLResolver, get_resolver
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import IsAuthenticated
from rest_framework.views import APIView

from missingchildren.agencies.api import Endpoint

FRAMED = (Endpoint, SpectacularAPIView)


def check_operations(**_: Any) -> list[CheckMessage]:
    """Refuse an API view that is not an `Endpoint`, or that brings permissions of its own."""
    return list(problems_of(_views(get_resolver().url_patterns)))


def problems_of(views: Iterable[type[APIView]]) -> Iterator[CheckMessage]:
    """Return what is wrong with each view."""
    for view in views:
        if not issubclass(view, FRAMED):
            yield Error("This view of the API is not an Endpoint.", obj=view, id="agencies.E001")
        if list(view.permission_classes) != [IsAuthenticated]:
            yield Error(
                "Rights are judged by services and queries, not by the API's permission classes.",
                obj=view,
                id="agencies.E002",
            )


def _views(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[type[APIView]]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _views(pattern.url_patterns)
        elif (view := getattr(pattern.callback, "cls", None)) and issubclass(view, APIView):
            yield view
