"""The app's entry in Django's registry."""

from django.apps import AppConfig


class HousingConfig(AppConfig):
    name = "goldenthread.standards.assessment.housing"
    label = "housing"

    def ready(self) -> None:
        from goldenthread.cases.models import CaseFile
        from goldenthread.cases.references import read_as

        read_as("TA", lambda number: CaseFile.objects.filter(temporary_moves=number).first())
