"""Addresses of the API of risk."""

from django.urls import URLPattern

app_name = "risk_api"
urlpatterns: list[URLPattern] = []
