"""Making an installation ready: Django, the tables, the clock, the memory; ids of new parcels."""

import gc
import os
import secrets
from datetime import UTC, datetime

import django
from django.apps import apps
from django.core.management import call_command

from sekisho.adapters.database.home import Home, find_home

PLAIN_SETTINGS = "sekisho.adapters.database.settings"


def now() -> datetime:
    """The clock of the installation."""
    return datetime.now(UTC)


def open_house(settings: str = PLAIN_SETTINGS) -> Home:
    """Make Django ready; answers with the home folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
    if not apps.ready:
        django.setup()
    return find_home()


def settle_memory() -> None:
    """What was loaded at the start stays; the collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def prepare_database() -> None:
    """Make or update the tables."""
    call_command("migrate", verbosity=0, interactive=False)


def new_parcel(at: datetime) -> str:
    """A parcel's id: the day and chance; it tells nothing of its content."""
    return f"p{at:%y%m%d}-{secrets.token_hex(6)}"
