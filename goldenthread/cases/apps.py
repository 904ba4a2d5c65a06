"""The app's entry in Django's registry."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class CasesConfig(AppConfig):
    name = "goldenthread.cases"
    label = "cases"

    def ready(self) -> None:
        """Keep the index of the search in step with what is saved, and know what rooms tell in a chronology."""
        from goldenthread.cases import own_events as own_events
        from goldenthread.cases.events import find_rooms
        from goldenthread.cases.finding.keeping import fill, listen

        listen()
        find_rooms()
        post_migrate.connect(fill, sender=self)
