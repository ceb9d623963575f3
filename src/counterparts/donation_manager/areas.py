"""What the vendor keeps: each municipality's uploads in a folder of its own, whole files as they came."""

import csv
import hashlib
import io
import os
import re
from pathlib import Path

AREA = re.compile(r"[0-9]{6}")
NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}")
NEEDED = ("申込番号", "寄附金額", "氏名")


class NotTakenError(Exception):
    """An upload is not taken; the text says why."""


def split_rows(body: bytes) -> list[bytes]:
    """The heading and every record with its line end, as they were sent; a line may break inside quotation marks."""
    rows, start, quoted = [], 0, False
    for at, byte in enumerate(body):
        if byte == ord('"'):
            quoted = not quoted
        elif byte == ord("\n") and not quoted:
            rows.append(body[start : at + 1])
            start = at + 1
    if start < len(body):
        rows.append(body[start:])
    return rows


class Areas:
    """The uploads of every municipality."""

    def __init__(self, home: Path) -> None:
        self._home = home

    def _place(self, area: str, name: str) -> Path:
        """Where an upload lies."""
        return self._home / "areas" / area / f"{name}.csv"

    def take(self, area: str, name: str, body: bytes) -> dict[str, object]:
        """Keep an upload, once; answers with the digest of each record.

        Raises:
            NotTakenError: It is no table of donations, or its name was used for another.

        """
        answer = self._read(name, body)
        place = self._place(area, name)
        if place.exists() and place.read_bytes() != body:
            reason = "この番号は別の内容で使われています / this name was used for other bytes"
            raise NotTakenError(reason)
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_suffix(".draft")
        with draft.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
        return answer

    @staticmethod
    def _read(name: str, body: bytes) -> dict[str, object]:
        """What an upload holds.

        Raises:
            NotTakenError: It is no table of donations.

        """
        try:
            table = list(csv.DictReader(io.StringIO(body.decode("utf-8"), newline=""), strict=True))
            amount = sum(int(row["寄附金額"]) for row in table)
        except (UnicodeDecodeError, csv.Error, KeyError, ValueError, TypeError) as fault:
            reason = "寄附の表として読めません / not a table of donations"
            raise NotTakenError(reason) from fault
        if not table or any(each not in table[0] for each in NEEDED):
            reason = "列が足りません / a column is missing"
            raise NotTakenError(reason)
        digests = [hashlib.sha256(row).hexdigest() for row in split_rows(body)[1:]]
        counts = {"records": len(table), "amount": amount, "new": len(table), "known": 0}
        return {"parcel": name, **counts, "rows": digests}

    def answer(self, area: str, name: str) -> dict[str, object] | None:
        """The answer to an upload of this area, again."""
        place = self._place(area, name)
        return self._read(name, place.read_bytes()) if place.exists() else None

    def give_back(self, area: str, name: str, *, mixed_up: bool) -> bytes | None:
        """The records of an upload; mixed up, with one of another municipality among them."""
        place = self._place(area, name)
        if not place.exists():
            return None
        body = place.read_bytes()
        return self._with_a_stranger(area, body) if mixed_up else body

    def _with_a_stranger(self, area: str, body: bytes) -> bytes:
        """The same records and the last one of the first other municipality."""
        others = sorted(each for each in (self._home / "areas").glob("*/*.csv") if each.parent.name != area)
        if not others:
            return body
        return body + split_rows(others[0].read_bytes())[-1]
