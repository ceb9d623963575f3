"""A database is emptied after a test that committed: of its rows, table by table, where there are any.

Django's own way deletes from a hundred tables and then makes up its list of models and permissions anew, which takes
longer than many a test, and on PostgreSQL truncates every table, which takes longer than most.
"""

from django.db import connections, transaction
from django.test import TransactionTestCase

_DJANGOS_OWN = {"auth_permission", "django_content_type", "django_migrations"}
"""Which the migrations fill and no test changes."""


def tables_with_rows(alias: str) -> list[str]:
    """The tables that hold a row, as SQL names them."""
    connection = connections[alias]
    # Also what a test made beside the models: rows of which Django knows nothing end with the test as well.
    tables = sorted(set(connection.introspection.table_names()) - _DJANGOS_OWN)
    quoted = [connection.ops.quote_name(each) for each in tables]
    asked = " UNION ALL ".join(
        f"SELECT {place} WHERE EXISTS (SELECT 1 FROM {quoted[place]})" for place in range(len(quoted))
    )
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return [quoted[place] for (place,) in cursor.fetchall()]


def empty(_case: TransactionTestCase) -> None:
    """Leave no row behind; references are looked at when all are gone."""
    for alias in connections:
        tables = tables_with_rows(alias)
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            for each in tables:
                cursor.execute(f"DELETE FROM {each}")
