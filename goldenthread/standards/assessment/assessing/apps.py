"""The app's entry in Django's registry."""

from django.apps import AppConfig


class AssessingConfig(AppConfig):
    name = "goldenthread.standards.assessment.assessing"
    label = "assessing"
