"""The one Django application of the gate."""

from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    """Tables of the gate."""

    name = "sekisho.adapters.database"
    label = "database"
    verbose_name = "関所"
    default_auto_field = "django.db.models.BigAutoField"
