"""Headers that every response carries, whoever made it."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase


class HeadersMiddleware:
    """Outermost: answers made by any other middleware, and files, carry the same headers as pages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        """Keep the next layer, and the headers that are the same for every response."""
        self.get_response = get_response
        self.fixed = {
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": settings.X_FRAME_OPTIONS,
            "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
            "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
            "Cross-Origin-Resource-Policy": "same-origin",
        }
        self.strict_transport = (
            f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
        )

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add what is missing."""
        response = self.get_response(request)
        for name, value in self.fixed.items():
            response.headers.setdefault(name, value)
        if request.is_secure():
            response.headers.setdefault("Strict-Transport-Security", self.strict_transport)
        if not request.path_info.startswith(settings.STATIC_URL):
            self._never_store(request, response)
        return response

    def _never_store(self, request: HttpRequest, response: HttpResponseBase) -> None:
        """Keep pages out of every cache: shared computers, the Back button after signing out.

        Only a page without a session may say otherwise.
        """
        identified = (
            settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers
        )
        if identified or "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-store"
