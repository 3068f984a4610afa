"""Every address of the service."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from drf_spectacular.views import SpectacularAPIView

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("missingchildren.pages.urls")),
    path("", include("cases.urls")),
    path("", include("placements.urls")),
    path("", include("risk.urls")),
    path("", include("returninterviews.urls")),
    path("", include("missingchildren.web.urls")),
    path("account/", include("missingchildren.agencies.sign_in_urls")),
    path("", include("missingchildren.agencies.urls")),
    path("alerts/", include("missingchildren.alerts.urls")),
    path("health/", include("missingchildren.alerts.health")),
    path("api/v1/", include("cases.api.urls")),
    path("api/v1/", include("placements.api.urls")),
    path("api/v1/", include("risk.api.urls")),
    path("api/v1/", include("returninterviews.api.urls")),
    path("api/v1/alerts/", include("missingchildren.alerts.api.urls")),
    path("api/v1/schema/", SpectacularAPIView.as_view(), name="schema"),
]
if "missingchildren.demo" in settings.INSTALLED_APPS:
    urlpatterns.append(path("demo/", include("missingchildren.demo.urls")))

handler400 = "missingchildren.web.errors.bad_request"
handler403 = "missingchildren.web.errors.permission_denied"
handler404 = "missingchildren.web.errors.page_not_found"
handler500 = "missingchildren.web.errors.server_error"
