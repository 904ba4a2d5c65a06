from django.apps import AppConfig


class OversightConfig(AppConfig):
    name = "goldenthread.oversight"
    label = "oversight"

    def ready(self) -> None:
        from goldenthread.oversight import handing_on  # noqa: F401 (it listens)
