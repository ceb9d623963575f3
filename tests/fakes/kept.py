"""What took seconds to set up once is put back in a moment: rows and key files, as they were left.

A set-up that begins from the very same rows and files as before ends as it did before. So a worker does each of them
once; whatever a test changed beforehand is another beginning, and is set up in full.
"""

import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction

Given = ParamSpec("Given")
Made = TypeVar("Made")
Row = tuple[Any, ...]
Rows = dict[str, frozenset[Row]]
Files = dict[str, bytes]
_COUNTERS = (slice(24, 28), slice(40, 44), slice(92, 100))  # in which SQLite counts how often a file was written
# Django fills these with the migrations; no set-up looks at them.
_NOBODY_S = {"auth_permission", "django_content_type", "django_migrations"}
_PLAIN_LOG = slice(18, 20), b"\1\1"  # a copy in memory has no write-ahead log


@dataclass(frozen=True, slots=True)
class Left:
    """What a set-up answered, and all rows and files that it left behind."""

    answer: Any
    rows: Rows
    files: Files


_LEFT: dict[tuple[str, str], Left] = {}


def _columns() -> dict[str, list[str]]:
    """The columns of each table, the primary key among them."""
    found: dict[str, list[str]] = {}
    for table, column in connection.connection.execute(
        "SELECT t.name, c.name FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' ORDER BY c.cid"
    ):
        found.setdefault(table, []).append(column)
    return found


def _rows() -> Rows:
    """Every row of every table, as the database keeps it."""
    return _rows_on_sqlite() if connection.vendor == "sqlite" else _rows_on_postgresql()


def _rows_on_postgresql() -> Rows:
    """Every row, in the words in which PostgreSQL itself writes it and reads it again; it has a single column here."""
    tables = sorted(set(connection.introspection.table_names()) - _NOBODY_S)
    asked = " UNION ALL ".join(f"""SELECT '{table}', t::text FROM "{table}" t""" for table in tables)
    found: dict[str, set[Row]] = {table: set() for table in tables}
    with connection.cursor() as cursor:
        cursor.execute(asked)
        for table, row in cursor.fetchall():
            found[table].add((row,))
    return {table: frozenset(rows) for table, rows in found.items()}


def _rows_on_sqlite() -> Rows:
    """Every row, value by value."""
    found: Rows = {}
    for table, columns in _columns().items():
        if table in _NOBODY_S or table.startswith("sqlite_"):
            continue
        plain = ", ".join(f'+"{column}"' for column in columns)
        found[table] = frozenset(connection.connection.execute(f'SELECT {plain} FROM "{table}"').fetchall())
    return found


def _read(path: Path) -> bytes:
    """The bytes of a file; of a database all that was committed, however it lies on the disk."""
    if path.suffix != ".sqlite3":
        return path.read_bytes()
    with closing(sqlite3.connect(path)) as source:
        content = bytearray(source.serialize())
    content[_PLAIN_LOG[0]] = _PLAIN_LOG[1]
    return bytes(content)


def _files(home: Path) -> Files:
    """Every file of the home folder."""
    names = (path for path in home.rglob("*") if path.is_file() and not path.name.endswith(("-wal", "-shm")))
    return {str(path.relative_to(home)): _read(path) for path in names}


def _digest(rows: Rows, files: Files, said: str) -> str:
    """One word for a beginning."""
    seal = hashlib.sha256(said.encode())
    for table in sorted(rows):
        seal.update(repr((table, sorted(map(repr, rows[table])))).encode())
    for name in sorted(files):
        content = bytearray(files[name])
        for counter in _COUNTERS if name.endswith(".sqlite3") else ():
            content[counter] = bytes(counter.stop - counter.start)
        seal.update(repr(name).encode() + hashlib.sha256(content).digest())
    return seal.hexdigest()


def _change(table: str, columns: list[str], gone: Iterable[Row], come: Iterable[Row]) -> None:
    """Take rows out of a table, and put others in."""
    if connection.vendor == "sqlite":
        same = " AND ".join(f'"{column}" IS ?' for column in columns)
        connection.connection.executemany(f'DELETE FROM "{table}" WHERE {same}', gone)
        places = ", ".join("?" * len(columns))
        connection.connection.executemany(f'INSERT INTO "{table}" VALUES ({places})', come)
        return
    with connection.cursor() as cursor:  # what gives the next number is never set back, so that no number comes twice
        cursor.executemany(f'DELETE FROM "{table}" t WHERE t::text = %s', list(gone))
        cursor.executemany(f'INSERT INTO "{table}" SELECT (%s::"{table}").*', list(come))


def _put_back_file(path: Path, content: bytes) -> None:
    """A file as it was; a database through SQLite itself, since somebody may have it open."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix != ".sqlite3":
        path.write_bytes(content)
        path.chmod(0o600)
        return
    with closing(sqlite3.connect(":memory:")) as source, closing(sqlite3.connect(path)) as target:
        source.deserialize(content)
        source.backup(target)


def _put_back(left: Left, rows: Rows, files: Files, home: Path) -> None:
    """Make rows and files as they were left."""
    with transaction.atomic():
        columns = _columns() if connection.vendor == "sqlite" else {}
        for table, wanted in left.rows.items():
            if rows[table] != wanted:
                _change(table, columns.get(table, []), rows[table] - wanted, wanted - rows[table])
    for name, content in left.files.items():
        if files.get(name) != content:
            _put_back_file(home / name, content)
    for name in files.keys() - left.files.keys():
        (home / name).unlink()


def kept(build: Callable[Given, Made]) -> Callable[Given, Made]:
    """Do a set-up once for each beginning; with keys kept elsewhere, each time."""

    @wraps(build)
    def set_up(*given: Given.args, **named: Given.kwargs) -> Made:
        home = Path(os.environ["SEKISHO_HOME"])
        if os.environ.get("SEKISHO_KEYS", "file") != "file":
            return build(*given, **named)
        connection.ensure_connection()
        rows, files = _rows(), _files(home)
        key = f"{build.__module__}.{build.__qualname__}", _digest(rows, files, repr((given, named)))
        if key not in _LEFT:
            answer = build(*given, **named)
            _LEFT[key] = Left(deepcopy(answer), _rows(), _files(home))
            return answer
        _put_back(_LEFT[key], rows, files, home)
        answered: Made = deepcopy(_LEFT[key].answer)
        return answered

    return set_up
