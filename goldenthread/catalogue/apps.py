from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    name = "goldenthread.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        from goldenthread.catalogue.requirements import REQUIREMENTS
        from goldenthread.obligations.requirement import install

        install(REQUIREMENTS)
