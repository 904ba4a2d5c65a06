"""The app's entry in Django's registry."""

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "goldenthread.standards.allocation.closing"
    label = "closing"
