"""The app's entry in Django's registry."""

from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "goldenthread.standards.assessment.housing"
    label = "housing"
