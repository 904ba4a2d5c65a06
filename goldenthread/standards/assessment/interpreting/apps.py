"""The app's entry in Django's registry."""

from django.apps import AppConfig


class InterpretingConfig(AppConfig):
    name = "goldenthread.standards.assessment.interpreting"
    label = "interpreting"
