from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "goldenthread.core"
    label = "core"

    def ready(self) -> None:
        from goldenthread.core import sqlite_guard  # noqa: F401  (registers its check)
