"""Making an installation ready: Django, the tables, the clock, the memory; ids of new parcels."""

import contextlib
import gc
import os
import secrets
from datetime import UTC, datetime

import django
from django.apps import apps
from django.core.management import call_command

from sekisho.adapters.database.home import Home, find_home
from sekisho.kernel import SekishoError

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


def open_office(tenant: str = "") -> Home:
    """Make an installation ready that is there already, and has this municipality if one is named.

    Raises:
        SekishoError: There is none in the home folder, or it does not know the municipality.

    """
    home = open_house()
    from django.db import connection

    from sekisho.adapters.database.models import Tenant

    if Tenant._meta.db_table not in connection.introspection.table_names():
        message = f"{home.folder} に関所はまだありません / there is no gate in this home yet"
        raise SekishoError(message)
    if tenant and not Tenant.objects.filter(code=tenant).exists():
        message = f"団体 {tenant} は登録されていません / municipality {tenant} is not entered"
        raise SekishoError(message)
    return home


def read_layouts() -> None:
    """Read the layouts at the start, so that no file waits for it; whoever needs one is told what is wrong with it."""
    from sekisho.adapters.layouts import layouts_in_use
    from sekisho.records import RecordsError

    with contextlib.suppress(RecordsError):
        layouts_in_use()


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
