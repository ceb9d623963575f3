"""The screens as a Django application: templates, static files and tags, no models."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """The screens."""

    name = "sekisho.web"
    label = "web"
    verbose_name = "関所の画面"
