"""Addresses of the API on alerts."""

from django.urls import path

from missingchildren.alerts.api import views

app_name = "alerts_api"
urlpatterns = [
    path("", views.Alerts.as_view(), name="alerts"),
    path("<reference:reference>/", views.OneAlert.as_view(), name="alert"),
    path("<reference:reference>/acknowledge/", views.Acknowledge.as_view(), name="acknowledge"),
]
