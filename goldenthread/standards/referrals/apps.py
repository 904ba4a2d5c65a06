from django.apps import AppConfig


class ReferralsConfig(AppConfig):
    name = "goldenthread.standards.referrals"
    label = "referrals"
