from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "goldenthread.people"
    label = "people"

    def ready(self) -> None:
        """Sessions are dated from the moment that somebody signs in."""
        from goldenthread.people import sessions  # noqa: F401
