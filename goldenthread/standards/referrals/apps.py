from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "goldenthread.standards.referrals"
    label = "referrals"

    def ready(self) -> None:
        from goldenthread.cases.models import CaseFile
        from goldenthread.cases.references import read_as

        read_as("R", lambda number: CaseFile.objects.filter(referrals=number).first())
