"""The app's entry in Django's registry; and what records of rooms below settle here, and where."""

from collections.abc import Iterable

from django.apps import AppConfig
from django.db import models


class ProtectionConfig(AppConfig):
    name = "goldenthread.standards.assessment.protection"
    label = "protection"

    def ready(self) -> None:
        from goldenthread.obligations.settling import settle_at
        from goldenthread.obligations.touching import touches
        from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
        from goldenthread.standards.assessment.recording.models import CaseRecord

        def plans(record: CaseRecord) -> Iterable[models.Model]:
            return ProtectionPlan.objects.filter(case_file=record.case_file_id, root=None)

        def discussions(discussion: StrategyDiscussion) -> Iterable[models.Model]:
            yield from StrategyDiscussion.objects.filter(case_file=discussion.case_file_id, root=None)
            if discussion.referral is not None:
                yield discussion.referral

        settle_at(
            "protection.strategy-discussion", url_name="referral-strategy", button="Record the strategy discussion"
        )
        touches(CaseRecord, "protection.visits", plans)
        touches(StrategyDiscussion, "protection.discussions", discussions)
