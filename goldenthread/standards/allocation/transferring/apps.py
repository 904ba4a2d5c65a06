"""The app's entry in Django's registry."""

from django.apps import AppConfig


class TransferringConfig(AppConfig):
    name = "goldenthread.standards.allocation.transferring"
    label = "transferring"
