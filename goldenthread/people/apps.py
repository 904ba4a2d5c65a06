from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "goldenthread.people"
    label = "people"

    def ready(self) -> None:
        from goldenthread.people import sessions  # noqa: F401  (it stamps each session as it begins)
