"""The app's entry in Django's registry."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "goldenthread.standards.assessment.register"
    label = "register"
