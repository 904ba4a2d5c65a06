"""The app's entry in Django's registry."""

from django.apps import AppConfig


class SupervisingConfig(AppConfig):
    name = "goldenthread.standards.allocation.supervising"
    label = "supervising"
