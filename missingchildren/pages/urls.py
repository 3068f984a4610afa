"""Addresses of the pages that show several apps."""

from django.urls import path

from missingchildren.pages import views

app_name = "pages"
urlpatterns = [
    path("", views.my_work, name="my_work"),
    path("missing/", views.missing, name="missing"),
    path("overdue/", views.overdue, name="overdue"),
]
