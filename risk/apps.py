"""The risk app: fills the registries of the apps below."""

from django.apps import AppConfig


class RiskConfig(AppConfig):
    name = "risk"
    label = "risk"
