"""The app's entry in Django's registry."""

from django.apps import AppConfig


class AllocatingConfig(AppConfig):
    name = "goldenthread.standards.allocation.allocating"
    label = "allocating"

    def ready(self) -> None:
        from goldenthread.cases.models import CaseFile
        from goldenthread.cases.references import read_as
        from goldenthread.obligations.touching import touches
        from goldenthread.standards.allocation.allocating import keeping_up  # noqa: F401 (it listens)
        from goldenthread.standards.allocation.allocating.models import Allocation

        read_as("AL", lambda number: CaseFile.objects.filter(allocations=number).first())
        # That a holding's purpose is stated is owed on the holding; a refusal is over when the file goes to somebody else.
        touches(Allocation, "of its holding", lambda one: [one.holding])
        touches(Allocation, "of the file", lambda one: Allocation.objects.filter(case_file=one.case_file_id))
