"""The app's entry in Django's registry."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "goldenthread.standards.assessment.register"
    label = "register"

    def ready(self) -> None:
        """Say where on a referral's page the check is done and settled."""
        from goldenthread.obligations.settling import settle_at
        from goldenthread.people.roles import Permission

        settle_at("assessment.register-check", url_name="referral-register", button="Check the register", shows=True)
        settle_at(
            "assessment.register-check-settled",
            url_name="referral-settle",
            button="Answer where the check was not sure",
            permission=Permission.KEEP_REGISTER,
            shows=True,
        )
