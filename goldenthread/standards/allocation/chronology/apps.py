"""The app's entry in Django's registry."""

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "goldenthread.standards.allocation.chronology"
    label = "chronology"
