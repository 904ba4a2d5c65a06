"""The app's entry in Django's registry."""

from django.apps import AppConfig


class ClosingConfig(AppConfig):
    name = "goldenthread.standards.allocation.closing"
    label = "closing"

    def ready(self) -> None:
        """A referral's page says that a file of its children was closed within the year before."""
        from goldenthread.cases.beside import stand_beside
        from goldenthread.cases.models import CaseFile
        from goldenthread.cases.references import read_as
        from goldenthread.standards.allocation.closing.on_file import beside_referral

        read_as("CL", lambda number: CaseFile.objects.filter(closures=number).first())
        stand_beside("referrals.referral", beside_referral)
