"""Statements that every parcel needs, put together once and not for each row: writing rows, and changing one.

Django's tables stay the only description of columns and values; what is saved is the work of putting the same
sentence together for every parcel. Everything runs on the connection and in the transaction that are open.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection, models

_AS_IT_IS: Final = (models.CharField, models.TextField, models.IntegerField, models.ForeignKey)
_BYTES_AS_THEY_ARE: Final = frozenset({"sqlite"})  # its driver takes bytes; a call a value is what a batch would pay


def ask_row(question: str, *values: Any) -> tuple[Any, ...] | None:
    """The first row that answers a question, if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        row: tuple[Any, ...] | None = cursor.fetchone()
        return row


def ask_count(question: str, *values: Any) -> int:
    """The one number that answers a question."""
    row = ask_row(question, *values)
    return int(row[0]) if row else 0


def as_moment(at: datetime) -> Any:
    """A moment as this database compares it."""
    return connection.ops.adapt_datetimefield_value(at)


class Columns:
    """Some columns of a table, and how their values are handed to the database."""

    def __init__(self, model: type[models.Model], names: Sequence[str]) -> None:
        fields = [model._meta.get_field(name) for name in names]
        self.table: str = model._meta.db_table
        self.names: list[str] = [f'"{field.column}"' for field in fields]  # type: ignore[union-attr]  # columns all
        self._special = [(place, each) for place, each in enumerate(fields) if not isinstance(each, _AS_IT_IS)]
        self._only_bytes = all(type(each) is models.BinaryField for _, each in self._special)

    def many(self, rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
        """Many rows' values as this database wants them."""
        if self._only_bytes and connection.vendor in _BYTES_AS_THEY_ARE:
            return list(rows)
        return [self.values(row) for row in rows]

    def values(self, row: Sequence[Any]) -> list[Any]:
        """One row's values as this database wants them."""
        values = list(row)
        for place, field in self._special:
            values[place] = field.get_db_prep_save(values[place], connection)  # type: ignore[union-attr]  # the same
        return values


class Insertion:
    """Writes rows of one table, always the same columns; those that are not named are left to the database.

    With `as_given` the values are such as every database takes without help: texts (a day as ISO 8601), whole numbers,
    yes and no, bytes, nothing. For a large batch that is half of the work.
    """

    def __init__(self, model: type[models.Model], *names: str, as_given: bool = False) -> None:
        self._columns, self._as_given = Columns(model, names), as_given
        places = ", ".join(["%s"] * len(names))
        self._statement = f"INSERT INTO {self._columns.table} ({', '.join(self._columns.names)}) VALUES ({places})"  # noqa: S608 - our own names

    def write(self, rows: Iterable[Sequence[Any]]) -> None:
        """Write them all."""
        with connection.cursor() as cursor:
            cursor.executemany(self._statement, list(rows) if self._as_given else self._columns.many(rows))

    def write_numbered(self, row: Sequence[Any]) -> int:
        """Write one; answers the number that the database gave it."""
        with connection.cursor() as cursor:
            cursor.execute(f"{self._statement} RETURNING id", self._columns.values(row))
            return int(cursor.fetchone()[0])


class Change:
    """Changes some columns of one row, if a condition over it holds."""

    def __init__(self, model: type[models.Model], names: Sequence[str], condition: str) -> None:
        self._columns = Columns(model, names)
        settings = ", ".join(f"{name} = %s" for name in self._columns.names)
        self._statement = f"UPDATE {self._columns.table} SET {settings} WHERE {condition}"  # noqa: S608 - our own names

    def make(self, row: Sequence[Any], condition: Sequence[Any]) -> bool:
        """Make the change; answers whether the condition held."""
        with connection.cursor() as cursor:
            cursor.execute(self._statement, [*self._columns.values(row), *condition])
            return bool(cursor.rowcount)
