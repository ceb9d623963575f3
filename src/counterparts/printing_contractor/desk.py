"""What the contractor keeps: files as they came, and receipts that it signs for them."""

import base64
import hashlib
import json
import os
import threading
from io import BufferedIOBase
from pathlib import Path
from typing import Any

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

PIECE = 65_536


class OtherBytesError(Exception):
    """Under this name something else is here, or less came than was announced."""


def make_keys(home: Path) -> None:
    """An age identity for what comes to the contractor alone, and the key that it signs receipts with; once."""
    (home / "received").mkdir(parents=True, exist_ok=True)
    if not (home / "identity").exists():
        (home / "identity").write_text(str(pyrage.x25519.Identity.generate()))
        (home / "receipt.key").write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())


class Desk:
    """Takes files, and signs for them."""

    def __init__(self, home: Path) -> None:
        self._home, self._lock = home, threading.Lock()
        self._identity = pyrage.x25519.Identity.from_str((home / "identity").read_text())
        self._signer = Ed25519PrivateKey.from_private_bytes((home / "receipt.key").read_bytes())

    def keys(self) -> dict[str, str]:
        """What a city seals to, and the key that checks receipts."""
        public = self._signer.public_key().public_bytes_raw()
        return {"recipient": str(self._identity.to_public()), "receipt_key": public.hex()}

    def names(self) -> list[str]:
        """What lies here."""
        return sorted(path.name for path in (self._home / "received").iterdir())

    def take(self, name: str, body: BufferedIOBase, length: int) -> dict[str, Any]:
        """Keep a file and sign for it; the same again is signed for again.

        Raises:
            OtherBytesError: It was cut, or another file of this name is here.

        """
        place = self._home / "received" / name
        draft, digest, left = place.with_name(f".{name}.{threading.get_ident()}"), hashlib.sha256(), length
        with draft.open("wb") as file:
            while left > 0 and (piece := body.read(min(PIECE, left))):
                digest.update(piece)
                left -= file.write(piece)
            os.fsync(file.fileno())
        with self._lock:
            if left or (place.exists() and _digest_of(place) != digest.hexdigest()):
                draft.unlink()
                raise OtherBytesError(name)
            draft.replace(place)
        return self._sign({"number": f"P-{name}", "sha256": digest.hexdigest(), "size": length})

    def _sign(self, receipt: dict[str, Any]) -> dict[str, Any]:
        """The receipt with the contractor's signature over its canonical text."""
        text = json.dumps(receipt, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        return {**receipt, "signature": base64.b64encode(self._signer.sign(text)).decode()}


def _digest_of(place: Path) -> str:
    """SHA-256 of a file."""
    with place.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
