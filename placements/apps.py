"""The placements app: fills the registries of the apps below."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "placements"
    label = "placements"
