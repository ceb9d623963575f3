"""Areas: every look and every change happens inside one municipality's area, in code and in the database itself.

On PostgreSQL row-level security reads which area is open from the session; while none is open, no row is there. It
binds everybody but a superuser, who must not be the site's user. On SQLite the code alone keeps areas apart: each
statement names its area.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.db import connection, migrations, transaction
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from sekisho.adapters.database.turns import writing
from sekisho.kernel import SekishoError

_UNBOUND: Final = "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
_TURN: Final = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_OPEN: Final = "SELECT set_config('sekisho.area', %s, true)"


def _open(area: str) -> None:
    """Tell the database which area is open until the transaction ends."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_OPEN, [area])


@contextmanager
def reading_in(area: str) -> Iterator[None]:
    """Look into one area, and no other."""
    if connection.vendor != "postgresql":
        yield
        return
    with transaction.atomic():
        _open(area)
        yield


@contextmanager
def writing_in(area: str) -> Iterator[None]:
    """Change one area, and no other, in one short transaction in its turn."""
    with writing():
        _open(area)
        yield


def take_turn(what: str) -> None:
    """Nobody else counts this until the open transaction ends: two at once would give one number twice.

    On SQLite whoever writes is alone anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(_TURN, [what])


def check_user() -> None:
    """The site's user is one that row-level security binds.

    Raises:
        SekishoError: It is a superuser, or one that may pass by.

    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(_UNBOUND)
        if cursor.fetchone()[0]:
            message = "データベースの利用者に特権があり、領域を分けられません / a superuser is not kept to an area"
            raise SekishoError(message)


def guard_tables(*tables: str) -> migrations.RunPython:
    """The step of a migration that puts these tables of ours under row-level security; each has a `tenant`."""

    def put(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        for table in tables:
            place, own = f"donations_{table}", "tenant_id = current_setting('sekisho.area', true)"
            editor.execute(f"ALTER TABLE {place} ENABLE ROW LEVEL SECURITY")
            editor.execute(f"ALTER TABLE {place} FORCE ROW LEVEL SECURITY")
            editor.execute(f"CREATE POLICY {table}_area ON {place} USING ({own}) WITH CHECK ({own})")

    def take_away(_apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
        if editor.connection.vendor != "postgresql":
            return
        for table in tables:
            editor.execute(f"DROP POLICY {table}_area ON donations_{table}")
            editor.execute(f"ALTER TABLE donations_{table} DISABLE ROW LEVEL SECURITY")

    return migrations.RunPython(put, take_away)
