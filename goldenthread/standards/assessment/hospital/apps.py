"""The app's entry in Django's registry."""

from django.apps import AppConfig


class HospitalConfig(AppConfig):
    name = "goldenthread.standards.assessment.hospital"
    label = "hospital"
