"""Adopting a layout of our own, by the installation's clock; its entry gets its place in the ledger at once."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connection

from sekisho.adapters.database.home import find_home
from sekisho.adapters.layouts import LayoutFile
from sekisho.bootstrap.house import now, open_house

if TYPE_CHECKING:  # Django's tables can be imported only after it was made ready
    from sekisho.adapters.database.adoptions import Adoption


def adopt_layout_file(body: bytes, name: str, person: str) -> LayoutFile:
    """Check a layout, write down who adopts it, and use it from now on.

    Raises:
        RecordsError: It cannot be used.
        SekishoError: Nobody of that name is known here.

    """
    from sekisho.adapters.database.adoptions import adopt_layout
    from sekisho.adapters.database.ledgers import sequence_all

    adopted = adopt_layout(body, name, person, now())
    sequence_all()
    return adopted


def known_adoptions() -> Mapping[tuple[str, str, str], "Adoption"]:
    """Who adopted which layouts, as the ledgers tell; nothing where there is no database yet, and none is made."""
    if not (apps.ready or os.environ.get("SEKISHO_DATABASE_URL") or find_home().database.exists()):
        return {}
    open_house()
    from sekisho.adapters.database.adoptions import adoptions
    from sekisho.adapters.database.models import EntryRow

    return adoptions() if EntryRow._meta.db_table in connection.introspection.table_names() else {}
