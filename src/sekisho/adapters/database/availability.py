"""Can the ledger be written? If not, nothing is taken in and nothing is decided, and everybody is told why (K-19).

Only what can be seen without waiting is looked at: room on the disk, and whether the file may be written. Whatever else
goes wrong shows when it is tried, and then the transaction that holds state and entry together is not made.
"""

import os
from pathlib import Path
from typing import Final

from django.db import DEFAULT_DB_ALIAS, connections

RESERVE: Final = 8 * 1024 * 1024
"""What has to be free: enough to end what was begun, and for SQLite to make its files small again."""
FULL: Final = (
    "帳簿を書く場所の空きが足りないため、受入れを止めています。情報システム課に、空きを作るよう伝えてください。",
    "Nothing is taken in: there is no room left to write the ledger. Ask information systems to make room.",
)
UNWRITABLE: Final = (
    "帳簿に書けないため、受入れを止めています。書けるようになれば自動で再開します。情報システム課に伝えてください。",
    "Nothing is taken in: the ledger cannot be written. It goes on by itself once it can. Tell information systems.",
)
NOT_NOW: Final = (
    "いま受け取れません。少し待って、同じもの（同じ Idempotency-Key）を送り直してください。",
    "This cannot be taken now. Wait a little and send the same again, with the same Idempotency-Key.",
)


def why_closed() -> tuple[str, str] | None:
    """Why nothing can be written down now, in both languages; nothing if it can."""
    settings = connections.settings[DEFAULT_DB_ALIAS]  # every request asks, and a connection of its own would cost more
    place = Path(str(settings["NAME"]))
    if settings["ENGINE"] != "django.db.backends.sqlite3" or not place.is_absolute():
        return None
    # The file itself is never opened here: closing it would give up every lock that SQLite holds on it in this process.
    if not os.access(place, os.W_OK):
        return UNWRITABLE
    space = os.statvfs(place.parent)
    return FULL if space.f_bavail * space.f_frsize < RESERVE else None
