"""The returninterviews app: fills the registries of the apps below."""

from django.apps import AppConfig


class ReturnInterviewsConfig(AppConfig):
    name = "returninterviews"
    label = "returninterviews"
