"""The app's entry in Django's registry."""

from django.apps import AppConfig


class ProtectionConfig(AppConfig):
    name = "goldenthread.standards.assessment.protection"
    label = "protection"
