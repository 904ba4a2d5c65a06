"""The app's entry in Django's registry."""

from django.apps import AppConfig


class RecordingConfig(AppConfig):
    name = "goldenthread.standards.assessment.recording"
    label = "recording"
