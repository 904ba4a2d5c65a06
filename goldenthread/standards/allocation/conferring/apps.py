"""The app's entry in Django's registry."""

from django.apps import AppConfig


class ConferringConfig(AppConfig):
    name = "goldenthread.standards.allocation.conferring"
    label = "conferring"
