"""What lies in a database after its tables were made in this way; tells it as one line of JSON.

Run as a process of its own, because Django chooses its database once a process. The order of columns is left out: what
a migration changes in SQLite it moves to the end.
"""

import json
import sys
from typing import Any
from unittest.mock import patch

from sekisho.bootstrap import open_house, prepare_database

open_house("sekisho.web.settings")

from django.core.management import call_command  # noqa: E402 - needs Django ready
from django.db import connection  # noqa: E402 - needs Django ready
from django.db.migrations import RunPython  # noqa: E402 - needs Django ready

from sekisho.adapters.database import first_tables  # noqa: E402 - needs Django ready

SQLITE = {
    "columns": "SELECT m.name, c.name, c.type, c.[notnull], c.dflt_value, c.pk"
    " FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'",
    "references": "SELECT m.name, f.[from], f.[table], f.[to], f.on_delete"
    " FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
    "indexes": "SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'index'",
    "our tables, word for word": "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND"
    " (name LIKE 'database%' OR name LIKE 'donations%')",
}
POSTGRESQL = {
    "columns": "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, column_default,"
    " is_identity FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "guarded": "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    "policies": "SELECT tablename, policyname, qual, with_check FROM pg_policies",
}
MIGRATIONS = {"migrations": "SELECT app, name FROM django_migrations"}


def told() -> dict[str, Any]:
    """Everything that the database says of its tables, in one order."""
    asked = {**(POSTGRESQL if connection.vendor == "postgresql" else SQLITE), **MIGRATIONS}
    answers: dict[str, Any] = {}
    with connection.cursor() as cursor:
        for name, question in asked.items():
            cursor.execute(question)
            answers[name] = sorted(map(repr, cursor.fetchall()))
    return answers


if __name__ == "__main__":
    way = sys.argv[1]
    if way == "from an older one":
        call_command("migrate", "database", "0006", verbosity=0, interactive=False)
    if way == "step by step":
        patch.object(first_tables, "_can_be_laid_at_once", return_value=False).start()
    if way == "tables only":
        RunPython.database_forwards = lambda *_given: None  # type: ignore[method-assign]
    laid = patch.object(first_tables, "_lay", wraps=first_tables._lay).start()
    prepare_database()
    if way == "at once" and not laid.called:
        sys.exit("a step whose work is not known: the tables were made step by step, many times as slowly")
    sys.stdout.write(json.dumps(told()))
