"""The app's entry in Django's registry."""

from django.apps import AppConfig


class AssessingConfig(AppConfig):
    name = "goldenthread.standards.assessment.assessing"
    label = "assessing"

    def ready(self) -> None:
        from goldenthread.cases.models import CaseFile
        from goldenthread.cases.references import read_as
        from goldenthread.obligations.settling import settle_at
        from goldenthread.obligations.touching import touches
        from goldenthread.standards.assessment.assessing.models import Assessment
        from goldenthread.standards.referrals.models import Referral

        read_as("A", lambda number: CaseFile.objects.filter(assessments=number).first())
        read_as("N", lambda number: CaseFile.objects.filter(plans_in_need=number).first())
        settle_at("assessment.started", url_name="referral-assessment", button="Start an assessment")
        touches(Referral, "assessing.assessments", lambda referral: Assessment.objects.filter(referral=referral.pk))
