"""The app's entry in Django's registry. Its records are in `cases`: other rooms read them."""

from django.apps import AppConfig

from goldenthread.obligations.settling import settle_at


class HouseholdConfig(AppConfig):
    name = "goldenthread.standards.assessment.household"
    label = "household"

    def ready(self) -> None:
        """Say where what is owed is settled."""
        settle_at(
            "assessment.language-asked", url_name="referral-language", button="Ask which language the family speaks"
        )
