"""How the road reads what a municipality sends: an age-sealed CP932 table without a heading, one destination a file."""

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pyrage

COLUMNS: Final = 17
DESTINATION, SENDER, YEAR, NUMBER, AMOUNT, ACTION = 0, 1, 7, 8, 15, 16
ACTIONS: Final = frozenset({"新規", "訂正", "取消"})


class UnreadableError(Exception):
    """What came cannot be taken: a code, and the sentence in Japanese and English."""

    def __init__(self, code: str, ja: str, en: str) -> None:
        """Keep the three."""
        self.code, self.ja, self.en = code, ja, en
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Delivery:
    """A file that was read: to whom, from whom, how many notices, how many yen, and their numbers."""

    destination: str
    sender: str
    records: int
    total: int
    numbers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def _table(sealed: bytes, identity: "pyrage.x25519.Identity") -> list[list[str]]:
    """The rows of a sealed file.

    Raises:
        UnreadableError: It does not open, or is no table in CP932.

    """
    try:
        plain = pyrage.decrypt(sealed, [identity])
        return list(csv.reader(io.StringIO(plain.decode("cp932"), newline=""), strict=True))
    except pyrage.DecryptError as fault:
        raise UnreadableError("not_sealed_to_us", "この窓口の鍵で開けません", "not encrypted to us") from fault
    except (UnicodeDecodeError, csv.Error) as fault:
        raise UnreadableError("not_a_table", "CP932の表として読めません", "not a CP932 table") from fault


def read_delivery(sealed: bytes, identity: "pyrage.x25519.Identity", municipality: str) -> Delivery:
    """What a municipality sends to one destination.

    Raises:
        UnreadableError: It is not a file of notices of this sender to one destination.

    """
    rows = _table(sealed, identity)
    if not rows or any(len(row) != COLUMNS for row in rows):
        raise UnreadableError("other_layout", "申告特例通知書の様式ではありません", "not a file of notices")
    destinations, senders = {row[DESTINATION] for row in rows}, {row[SENDER] for row in rows}
    if len(destinations) != 1:
        raise UnreadableError("several_destinations", "宛先が混ざっています", "several destinations in one file")
    if senders != {municipality}:
        raise UnreadableError("other_sender", "通知団体が証明書と違います", "the sender is not who signed in")
    if any(row[ACTION] not in ACTIONS or not row[AMOUNT].isdecimal() for row in rows):
        raise UnreadableError("other_layout", "区分か金額が読めません", "an action or amount cannot be read")
    return Delivery(
        destination=destinations.pop(),
        sender=municipality,
        records=len(rows),
        total=sum(int(row[AMOUNT]) for row in rows),
        numbers=tuple(row[NUMBER] for row in rows),
        rows=tuple(tuple(row) for row in rows),
    )


def load_identity(home: Path) -> "pyrage.x25519.Identity":
    """The road's age identity."""
    return pyrage.x25519.Identity.from_str((home / "identity").read_text())


def written(record: dict[str, Any]) -> bytes:
    """A record in its one spelling, over which receipts are signed."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
