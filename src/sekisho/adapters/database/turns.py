"""Writers take turns: a fair lock between processes before every write transaction on SQLite.

Without it nobody sees "database is locked", but one busy writer starves the others for seconds. Two file locks are
taken in order (*next*, then *data*, then *next* is released): blocking, first come, first served, no polling.
On PostgreSQL the database does this itself.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from django.db import connection, transaction

from sekisho.adapters.database.home import find_home
from sekisho.kernel import ReasonCode, Refused, because

_ROOM_KIB: Final = 32_768


class Turn:
    """The lock of one installation. Held once a thread, however often it is entered."""

    def __init__(self, folder: Path) -> None:
        self._next = folder / "turn.next"
        self._data = folder / "turn.data"
        self._held = threading.local()

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for the turn, and give it back."""
        if getattr(self._held, "depth", 0):
            yield
            return
        queue = os.open(self._next, os.O_RDWR | os.O_CREAT, 0o600)
        data = os.open(self._data, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(queue, fcntl.LOCK_EX)
            fcntl.flock(data, fcntl.LOCK_EX)
            fcntl.flock(queue, fcntl.LOCK_UN)
            self._held.depth = 1
            yield
        finally:
            self._held.depth = 0
            os.close(data)
            os.close(queue)


_TURN = Turn(find_home().folder)


@contextmanager
def writing() -> Iterator[None]:
    """One short write transaction, in its turn. Never wait for anything else inside."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        with transaction.atomic():
            yield
        return
    with _TURN.taken(), transaction.atomic():
        yield


@contextmanager
def roomy() -> Iterator[None]:
    """Room in memory for all pages that one large transaction changes (SQLite), until it is over.

    With the usual room, pages that are changed again and again go to the log and come back as often.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA cache_size").fetchone()[0]
        cursor.execute(f"PRAGMA cache_size = -{_ROOM_KIB}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA cache_size = {int(usual)}")


@contextmanager
def alone(what: str) -> Iterator[None]:
    """Something of several transactions that only one process or thread of this installation may do at a time.

    Raises:
        Refused: Another does it now.

    """
    place = os.open(find_home().folder / f"{what}.run", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=what, state="running")]) from busy
        yield
    finally:
        os.close(place)
