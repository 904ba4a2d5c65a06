"""The app's entry in Django's registry."""

from django.apps import AppConfig


class LegalConfig(AppConfig):
    name = "goldenthread.standards.assessment.legal"
    label = "legal"
