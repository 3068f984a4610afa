"""Addresses of returninterviews."""

from django.urls import URLPattern

app_name = "returninterviews"
urlpatterns: list[URLPattern] = []
