"""The app's entry in Django's registry."""

from django.apps import AppConfig


class AssessingConfig(AppConfig):
    name = "goldenthread.standards.assessment.assessing"
    label = "assessing"

    def ready(self) -> None:
        from goldenthread.cases.models import CaseFile
        from goldenthread.cases.references import read_as
        from goldenthread.obligations.following import follow
        from goldenthread.obligations.settling import settle_at
        from goldenthread.standards.assessment.assessing.models import Assessment

        read_as("A", lambda number: CaseFile.objects.filter(assessments=number).first())
        read_as("N", lambda number: CaseFile.objects.filter(plans_in_need=number).first())
        settle_at("assessment.started", url_name="referral-assessment", button="Start an assessment")
        follow("referrals.referral", lambda number: Assessment.objects.filter(referral=number))
