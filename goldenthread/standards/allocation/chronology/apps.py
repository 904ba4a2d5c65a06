"""The app's entry in Django's registry; and which records change what is owed on a case file's chronology."""

from typing import Any

from django.apps import AppConfig


class ChronologyConfig(AppConfig):
    name = "goldenthread.standards.allocation.chronology"
    label = "chronology"

    def ready(self) -> None:
        from goldenthread.obligations.models import Obligation
        from goldenthread.obligations.touching import touches
        from goldenthread.standards.allocation.chronology.models import (
            ChronologyReview,
            ChronologySeen,
            EventMark,
            SignificantEvent,
        )
        from goldenthread.standards.assessment.register.models import RegisterEntry
        from goldenthread.standards.referrals.models import Referral

        def its_file(record: Any) -> list[Any]:
            return [record.case_file]

        def new_file(record: Any) -> list[Any]:
            begun = Obligation.objects.filter(subject_type="cases.casefile", subject_id=record.case_file_id)
            return [] if begun.filter(requirement="allocation.chronology-begun").exists() else [record.case_file]

        for own in (SignificantEvent, EventMark, ChronologyReview, ChronologySeen):
            touches(own, "chronology.file", its_file)
        # A referral, or another council's entry on the register, opens a file, which owes a chronology from then on. A file
        # that owes one already is left alone: two who work on two records of it need not wait for each other.
        for below in (Referral, RegisterEntry):
            touches(below, "chronology.file", new_file)
