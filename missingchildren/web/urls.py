"""Addresses of the standing pages."""

from django.urls import path

from missingchildren.web import views

app_name = "web"
urlpatterns = [
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy-notice/", views.privacy_notice, name="privacy_notice"),
    path("help/", views.help_page, name="help"),
    path("attribution/", views.attribution, name="attribution"),
    path("csp-report/", views.csp_report, name="csp_report"),
]
