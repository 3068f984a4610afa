"""Addresses of the alerts pages."""

from django.urls import path

from missingchildren.alerts import views

app_name = "alerts"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("<str:reference>/", views.detail, name="detail"),
    path("<str:reference>/acknowledge/", views.acknowledge, name="acknowledge"),
]
