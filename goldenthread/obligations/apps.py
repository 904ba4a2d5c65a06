from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "goldenthread.obligations"
    label = "obligations"
