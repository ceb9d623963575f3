"""The platform's keys and its own reading of what cities send: age-encrypted CP932 price notices."""

import base64
import csv
import io
import json
from pathlib import Path
from typing import Any

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counterparts.legal_affairs_bureau.shelf import write_whole


class UnreadableError(Exception):
    """What a city sent cannot be read; the text says why."""


def make_keys(home: Path) -> None:
    """The platform's age identity and receipt key, made once."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "identity").exists():
        write_whole(home / "identity", str(pyrage.x25519.Identity.generate()).encode())
    if not (home / "receipt.key").exists():
        write_whole(home / "receipt.key", Ed25519PrivateKey.generate().private_bytes_raw())


class Desk:
    """Opens what arrives, counts it, and signs for it."""

    def __init__(self, home: Path) -> None:
        make_keys(home)
        self._identity = pyrage.x25519.Identity.from_str((home / "identity").read_text())
        self._signer = Ed25519PrivateKey.from_private_bytes((home / "receipt.key").read_bytes())

    def recipient(self) -> dict[str, str]:
        """What a city encrypts to, and the key it checks receipts with."""
        public = self._signer.public_key().public_bytes_raw()
        return {"recipient": str(self._identity.to_public()), "receipt_key": public.hex()}

    def count_records(self, body: Path) -> int:
        """How many price notices a file holds.

        Raises:
            UnreadableError: It does not open, or is not a table in CP932.

        """
        try:
            plain = pyrage.decrypt(body.read_bytes(), [self._identity])
            rows = list(csv.reader(io.StringIO(plain.decode("cp932"), newline=""), strict=True))
        except pyrage.DecryptError as fault:
            reason = "この基盤の鍵で開けません / not encrypted to this platform"
            raise UnreadableError(reason) from fault
        except (UnicodeDecodeError, csv.Error) as fault:
            reason = "CP932の表として読めません / not a CP932 table"
            raise UnreadableError(reason) from fault
        if not rows or "価格" not in rows[0] or any(len(row) != len(rows[0]) for row in rows):
            reason = "価格等の通知の様式ではありません / not the layout of price notices"
            raise UnreadableError(reason)
        return len(rows) - 1

    def sign(self, receipt: dict[str, Any]) -> dict[str, Any]:
        """The receipt with the platform's signature over its canonical text."""
        text = json.dumps(receipt, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        return {**receipt, "signature": base64.b64encode(self._signer.sign(text)).decode()}
