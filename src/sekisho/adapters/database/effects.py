"""What makes a repeated step harmless: a row that says it was done, in the transaction of what it did."""

from datetime import datetime
from typing import Final

from django.db import connection

from sekisho.adapters.database.models import Effect

_INSERT: Final = (
    f"INSERT INTO {Effect._meta.db_table} (tenant_id, workflow, step, at) VALUES (%s, %s, %s, %s)"  # noqa: S608 - our own table's name
    " ON CONFLICT (workflow, step) DO NOTHING"
)


def first_time(tenant: str, workflow: str, step: str, at: datetime) -> bool:
    """Is this the first time? Must be called inside the step's own transaction; one statement on both databases."""
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [tenant, workflow, step, connection.ops.adapt_datetimefield_value(at)])
        return bool(cursor.rowcount)
