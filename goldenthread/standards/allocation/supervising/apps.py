"""The app's entry in Django's registry; and what records of rooms below begin here."""

from django.apps import AppConfig


class SupervisingConfig(AppConfig):
    name = "goldenthread.standards.allocation.supervising"
    label = "supervising"

    def ready(self) -> None:
        from goldenthread.cases.models import CaseFile, Holding
        from goldenthread.cases.references import read_as
        from goldenthread.obligations.touching import touches
        from goldenthread.standards.allocation.supervising.models import CaseSupervision
        from goldenthread.standards.referrals.models import Referral

        read_as("SA", lambda number: CaseFile.objects.filter(supervision_actions=number).first())
        # That a case is talked over is owed on its file, by whoever holds it.
        touches(CaseSupervision, "supervising.discussed", lambda said: [said.case_file])
        touches(Holding, "supervising.discussed", lambda held: [held.case_file])
        touches(Referral, "supervising.discussed", lambda referral: [referral.case_file])
