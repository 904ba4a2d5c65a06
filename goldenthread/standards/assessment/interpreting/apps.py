"""The app's entry in Django's registry."""

from django.apps import AppConfig


class InterpretingConfig(AppConfig):
    name = "goldenthread.standards.assessment.interpreting"
    label = "interpreting"

    def ready(self) -> None:
        from goldenthread.cases.models import CaseFile
        from goldenthread.cases.references import read_as

        read_as("IN", lambda number: CaseFile.objects.filter(interpreter_requests=number).first())
