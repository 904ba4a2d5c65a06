"""The app's entry in Django's registry."""

from django.apps import AppConfig


class TransferringConfig(AppConfig):
    name = "goldenthread.standards.allocation.transferring"
    label = "transferring"

    def ready(self) -> None:
        """“TF000123” leads to the file that the transfer is of."""
        from goldenthread.cases.models import CaseFile
        from goldenthread.cases.references import read_as

        read_as("TF", lambda number: CaseFile.objects.filter(transfers=number).first())
