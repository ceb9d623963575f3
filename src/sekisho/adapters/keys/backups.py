"""Backups of the key store: few, apart from everything else, and destroyed after a few days.

A key lives on in every backup of its store. So backups of keys are short-lived, and a certificate of erasure says for
how many days after the erasure one may still be found there.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from sekisho.adapters.database.home import Home
from sekisho.adapters.keys.ports import KeyFault
from sekisho.adapters.keys.slots import slots_of

_FORM: Final = "keys-%Y%m%dT%H%M%SZ.sqlite3"
_PIECE: Final = 1 << 20
LONGEST_DAYS: Final = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyBackups:
    """Which backups there are now, and which were destroyed."""

    kept: tuple[str, ...]
    destroyed: tuple[str, ...]


def backup_days() -> int:
    """For how many days a backup of the key store is kept.

    Raises:
        KeyFault: The setting is not a number of days, or longer than anybody may wait for an erasure.

    """
    said = os.environ.get("SEKISHO_KEY_BACKUP_DAYS", "7")
    if not said.isdecimal() or int(said) > LONGEST_DAYS:
        message = f"SEKISHO_KEY_BACKUP_DAYS: 0〜{LONGEST_DAYS}日です / from 0 to {LONGEST_DAYS} days"
        raise KeyFault(message)
    return int(said)


def backup_folder() -> Path | None:
    """Where backups go, if the setting names a folder."""
    said = os.environ.get("SEKISHO_KEY_BACKUPS", "")
    return Path(said).absolute() if said else None


def _made_at(file: Path) -> datetime | None:
    """When a backup was made, by its name; nothing if it is not one of ours."""
    try:
        return datetime.strptime(file.name, _FORM).replace(tzinfo=UTC)
    except ValueError:
        return None


def make_backup(home: Home, folder: Path, at: datetime) -> Path:
    """Copy the key store, whole and for its owner only. The master key is not in it and belongs elsewhere.

    Raises:
        KeyFault: There is no key store yet.

    """
    if not home.keys.exists():
        message = "鍵の置き場所がまだありません / there is no key store yet"
        raise KeyFault(message)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    place = folder / at.astimezone(UTC).strftime(_FORM)
    draft = place.with_name(f".{os.getpid()}.{place.name}")
    os.close(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with closing(sqlite3.connect(home.keys)) as source, closing(sqlite3.connect(draft)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    with draft.open("rb+") as file:
        os.fsync(file.fileno())
    # The slots last: every key that the copied database knows of has its place there by now.
    shutil.copyfile(slots_of(home.keys), slots_of(draft))
    slots_of(draft).chmod(0o600)
    with slots_of(draft).open("rb+") as file:
        os.fsync(file.fileno())
    slots_of(draft).replace(slots_of(place))
    draft.replace(place)
    return place


def _destroy(file: Path) -> None:
    """Overwrite a backup, then remove its name; other copies of the medium are the office's to count."""
    with file.open("rb+") as opened:
        left = file.stat().st_size
        while left > 0:
            left -= opened.write(b"\0" * min(_PIECE, left))
        opened.flush()
        os.fsync(opened.fileno())
    file.unlink()


def expire_backups(folder: Path, at: datetime) -> KeyBackups:
    """Destroy the backups that are past their days; what is not a backup of ours is not touched."""
    limit, kept, destroyed = at - timedelta(days=backup_days()), list[str](), list[str]()
    for file in sorted(folder.iterdir()) if folder.exists() else ():
        made = _made_at(file)
        if made is None:
            continue
        if made < limit:
            if slots_of(file).exists():
                _destroy(slots_of(file))
            _destroy(file)
            destroyed.append(file.name)
        else:
            kept.append(file.name)
    return KeyBackups(kept=tuple(kept), destroyed=tuple(destroyed))


def pass_backup_day(home: Home, at: datetime) -> KeyBackups | None:
    """What a new day asks of the backups: one new, the old ones destroyed; nothing if no folder is named."""
    folder = backup_folder()
    if folder is None or not home.keys.exists():
        return None
    make_backup(home, folder, at)
    return expire_backups(folder, at)
