"""Addresses of the demonstration, under /demo/."""

from django.urls import path

from missingchildren.demo import views

app_name = "demo"
urlpatterns = [
    path("", views.people, name="people"),
    path("sign-in/", views.sign_in, name="sign_in"),
    path("mailbox/", views.mailbox, name="mailbox"),
]
