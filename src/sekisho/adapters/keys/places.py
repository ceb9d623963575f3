"""Which keys there are, and where each lies in the file of slots: the questions to the store's own database."""

import sqlite3
from collections.abc import Mapping, Sequence
from typing import Final

from sekisho.adapters.keys.ports import KeyFault
from sekisho.adapters.keys.slots import Slot, SlotFile

_AT_ONCE: Final = 400
_LAST: Final = "SELECT place, size FROM places ORDER BY place DESC LIMIT 1"
_ENTER: Final = "INSERT INTO places (tenant, key, place, size) VALUES (?, ?, ?, ?)"


def digest_of_gone(database: sqlite3.Connection, tenant: str, key: str) -> str:
    """The digest that was kept when a key was destroyed; a second destruction answers like the first.

    Raises:
        KeyFault: There never was such a key.

    """
    row = database.execute("SELECT digest FROM gone WHERE tenant = ? AND key = ?", (tenant, key)).fetchone()
    if row is None:
        message = f"鍵がありません / there never was a key {tenant}/{key}"
        raise KeyFault(message)
    return str(row[0])


def find_slots(database: sqlite3.Connection, tenant: str, keys: Sequence[str]) -> dict[str, Slot]:
    """Where these keys lie, as far as they are there and were not destroyed."""
    found: dict[str, Slot] = {}
    for first in range(0, len(keys), _AT_ONCE):
        names = keys[first : first + _AT_ONCE]
        wanted = f"tenant = ? AND NOT gone AND key IN ({', '.join('?' * len(names))})"
        rows = database.execute(f"SELECT key, place, size FROM places WHERE {wanted}", (tenant, *names))  # noqa: S608 - only places for values
        found.update((key, Slot(offset=place, size=size)) for key, place, size in rows)
    return found


def ids_ever(database: sqlite3.Connection, tenant: str, keys: Sequence[str]) -> set[str]:
    """Those of these ids that were given once, also if their keys are gone: such an id is never given again."""
    found: set[str] = set()
    for first in range(0, len(keys), _AT_ONCE):
        names = keys[first : first + _AT_ONCE]
        among = f"SELECT key FROM places WHERE tenant = ? AND key IN ({', '.join('?' * len(names))})"  # noqa: S608 - only places for values
        found.update(row[0] for row in database.execute(among, (tenant, *names)))
    return found


def enter_keys(
    database: sqlite3.Connection, slots: SlotFile, tenant: str, named: Mapping[str, bytes]
) -> frozenset[str]:
    """Give new keys their places after all others, inside a write transaction; answers which. One there stays as it is.

    The bytes are durable before the database knows of them. What a kill leaves in a place that nobody was told of is
    overwritten by the next key.
    """
    last = database.execute(_LAST).fetchone()
    end = Slot(offset=last[0], size=last[1]).end if last else 0
    known = ids_ever(database, tenant, list(named))
    filled: list[tuple[Slot, bytes]] = []
    rows: list[tuple[str, str, int, int]] = []
    for key, wrapped in named.items():
        if key not in known:
            slot = Slot(offset=end, size=len(wrapped))
            rows.append((tenant, key, slot.offset, slot.size))
            filled.append((slot, wrapped))
            end = slot.end
    database.executemany(_ENTER, rows)
    if filled:
        slots.write(filled)
    return frozenset(row[1] for row in rows)
