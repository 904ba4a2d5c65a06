"""The app's entry in Django's registry; and what meetings settle, tell and stand beside."""

from collections.abc import Iterable

from django.apps import AppConfig
from django.db import models


class ConferringConfig(AppConfig):
    name = "goldenthread.standards.allocation.conferring"
    label = "conferring"

    def ready(self) -> None:
        from goldenthread.cases.beside import stand_beside
        from goldenthread.cases.models import CaseFile
        from goldenthread.cases.references import read_as
        from goldenthread.obligations.touching import touches
        from goldenthread.standards.allocation.conferring.models import LookedAfter, Meeting
        from goldenthread.standards.allocation.conferring.on_file import beside_discussion, beside_plan
        from goldenthread.standards.allocation.conferring.telling import told_by
        from goldenthread.standards.assessment.protection.told import told_with

        def others(meeting: Meeting) -> Iterable[models.Model]:
            return Meeting.objects.filter(case_file=meeting.case_file_id)

        def looked_after(meeting: Meeting) -> Iterable[models.Model]:
            return LookedAfter.objects.filter(case_file=meeting.case_file_id, root=None)

        read_as("MT", lambda number: CaseFile.objects.filter(meetings=number).first())
        # A conference without a quorum is made good by a later one; a review settles what is owed to a looked-after child.
        touches(Meeting, "the file's other meetings", others)
        touches(Meeting, "its looked-after children", looked_after)
        told_with(told_by)
        stand_beside("protection.strategydiscussion", beside_discussion)
        stand_beside("protection.protectionplan", beside_plan)
