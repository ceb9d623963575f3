"""What the platform keeps on disk: waiting files, received files, receipts. A restart loses nothing."""

import hashlib
import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

Record = dict[str, Any]


def now() -> str:
    """The platform's clock."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    with draft.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def digest_of(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Shelf:
    """Files and their records, one folder a kind."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._lock = threading.Lock()
        for folder in ("waiting", "received", "receipts", "drafts"):
            (home / folder).mkdir(parents=True, exist_ok=True)

    def draft(self, name: str) -> Path:
        """A place for bytes that are still arriving."""
        return self._home / "drafts" / name

    def put(self, municipality: str, name: str, body: Path) -> Record:
        """Put a file into a municipality's waiting list."""
        with self._lock:
            number = len(list((self._home / "waiting").glob("*.json"))) + 1
            file = f"F{number:06d}"
            record = {
                "file": file,
                "municipality": municipality,
                "name": name,
                "size": body.stat().st_size,
                "sha256": digest_of(body),
                "sequence": number,
                "created": now(),
                "acknowledged": "",
            }
            body.replace(self._home / "waiting" / f"{file}.bin")
            self._write("waiting", file, record)
        return record

    def waiting(self, municipality: str) -> list[Record]:
        """The files that this municipality has not acknowledged, in their order."""
        records = [self._read(path) for path in sorted((self._home / "waiting").glob("*.json"))]
        return [each for each in records if each["municipality"] == municipality and not each["acknowledged"]]

    def find(self, municipality: str, file: str) -> tuple[Record, Path] | None:
        """A file of this municipality."""
        path = self._home / "waiting" / f"{file}.json"
        if not file.isalnum() or not path.exists():
            return None
        record = self._read(path)
        return (record, path.with_suffix(".bin")) if record["municipality"] == municipality else None

    def acknowledge(self, record: Record) -> Record:
        """The municipality has it."""
        with self._lock:
            if not record["acknowledged"]:
                record = {**record, "acknowledged": now()}
                self._write("waiting", record["file"], record)
        return record

    def receipt_for(self, municipality: str, key: str) -> Record | None:
        """The receipt given to this key before."""
        path = self._home / "receipts" / f"{self._name(municipality, key)}.json"
        return self._read(path) if path.exists() else None

    def receipt_numbered(self, municipality: str, number: str) -> Record | None:
        """The receipt of this number."""
        receipts = (self._read(path) for path in (self._home / "receipts").glob("*.json"))
        return next(
            (each for each in receipts if (each["number"], each["municipality"]) == (number, municipality)), None
        )

    def keep(self, municipality: str, key: str, body: Path, receipt: Record) -> Record:
        """Keep a received file and its receipt; the same key twice is one file."""
        with self._lock:
            known = self.receipt_for(municipality, key)
            if known is not None:
                body.unlink(missing_ok=True)
                return known
            body.replace(self._home / "received" / f"{receipt['number']}.age")
            self._write("receipts", self._name(municipality, key), receipt)
        return receipt

    def next_number(self) -> str:
        """A receipt number that was not given yet."""
        given = len(list((self._home / "receipts").glob("*.json")))
        return f"U{datetime.now(UTC):%Y%m%d}-{given + 1:06d}-{os.urandom(2).hex()}"

    @staticmethod
    def _name(municipality: str, key: str) -> str:
        """A file name for a key."""
        return hashlib.sha256(f"{municipality}/{key}".encode()).hexdigest()

    def _write(self, folder: str, name: str, record: Record) -> None:
        """One record."""
        write_whole(self._home / folder / f"{name}.json", json.dumps(record, ensure_ascii=False).encode())

    @staticmethod
    def _read(path: Path) -> Record:
        """One record."""
        record: Record = json.loads(path.read_bytes())
        return record
