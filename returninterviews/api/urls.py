"""Addresses of the API of returninterviews."""

from django.urls import URLPattern

app_name = "returninterviews_api"
urlpatterns: list[URLPattern] = []
