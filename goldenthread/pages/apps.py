from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "goldenthread.pages"
    label = "pages"
