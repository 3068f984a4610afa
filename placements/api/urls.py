"""Addresses of the API of placements."""

from django.urls import URLPattern

app_name = "placements_api"
urlpatterns: list[URLPattern] = []
