"""The addresses of these tests with those of the demonstration."""

from django.urls import include, path

from tests.sign_in.urls import urlpatterns as without_demonstration

urlpatterns = [*without_demonstration, path("demo/", include("missingchildren.demo.urls"))]
