"""The app's entry in Django's registry."""

from django.apps import AppConfig


class HospitalConfig(AppConfig):
    name = "goldenthread.standards.assessment.hospital"
    label = "hospital"

    def ready(self) -> None:
        """A referral's page leads to what a hospital told of it."""
        from goldenthread.cases.beside import stand_beside
        from goldenthread.standards.assessment.hospital.on_file import beside_referral

        stand_beside("referrals.referral", beside_referral)
