"""The Django application of the donation manager's tables."""

from django.apps import AppConfig


class DonationsConfig(AppConfig):
    """Tables of the donation manager S1."""

    name = "sekisho.adapters.donations"
    label = "donations"
    verbose_name = "寄附データ一括管理"
    default_auto_field = "django.db.models.BigAutoField"
