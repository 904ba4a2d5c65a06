from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "goldenthread.people"
    label = "people"

    def ready(self) -> None:
        from goldenthread.people import (  # noqa: F401  (sessions are stamped as they begin; settings are checked)
            checks,
            sessions,
        )
