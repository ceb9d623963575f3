"""What the road keeps: receipts by key, the last state of each destination's notices, and what came back."""

import base64
import hashlib
import json
import os
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyrage
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from counterparts.eltax.faults import Switchboard
from counterparts.eltax.reading import ACTION, AMOUNT, NUMBER, YEAR, Delivery, load_identity, read_delivery, written

Record = dict[str, Any]


class NotConnectedError(Exception):
    """A destination that takes no electronic notices: paper has to go there."""


def make_keys(home: Path) -> None:
    """The road's age identity and the key it signs receipts with, made once."""
    home.mkdir(parents=True, exist_ok=True)
    if not (home / "identity").exists():
        (home / "identity").write_text(str(pyrage.x25519.Identity.generate()))
        (home / "receipt.key").write_bytes(Ed25519PrivateKey.generate().private_bytes_raw())


class Road:
    """Takes deliveries and answers for them. A restart loses nothing: the state is one file, written whole."""

    def __init__(self, home: Path, faults: Switchboard) -> None:
        make_keys(home)
        self.faults = faults
        self._place, self._lock = home / "state.json", threading.RLock()
        self._identity = load_identity(home)
        self._signer = Ed25519PrivateKey.from_private_bytes((home / "receipt.key").read_bytes())
        empty: Record = {"receipts": {}, "notices": {}, "returns": [], "closed": []}
        self._state: Record = json.loads(self._place.read_bytes()) if self._place.exists() else empty

    def _keep(self) -> None:
        """Write the state down before anybody is answered."""
        draft = self._place.with_suffix(".draft")
        with draft.open("wb") as file:
            file.write(json.dumps(self._state, ensure_ascii=False).encode())
            file.flush()
            os.fsync(file.fileno())
        draft.replace(self._place)

    def keys(self) -> dict[str, str]:
        """What a sender seals to, and the key that checks receipts."""
        public = self._signer.public_key().public_bytes_raw()
        return {"recipient": str(self._identity.to_public()), "receipt_key": public.hex()}

    def take(self, municipality: str, key: str, sealed: bytes) -> tuple[Record, bool]:
        """A receipt for what came, and whether it is new; the same key with the same bytes is one delivery.

        Raises:
            UnreadableError: It cannot be taken.
            NotConnectedError: The destination takes paper only.
            KeyError: The key was used for other bytes.

        """
        digest = hashlib.sha256(sealed).hexdigest()
        with self._lock:
            known = self._state["receipts"].get(f"{municipality}/{key}")
            if known is not None:
                if known["sha256"] != digest:
                    raise KeyError(key)
                return known, False
            delivery = read_delivery(sealed, self._identity, municipality)
            if delivery.destination in self._state["closed"]:
                raise NotConnectedError(delivery.destination)
            receipt = self._receipt(delivery, digest)
            self._state["receipts"][f"{municipality}/{key}"] = receipt
            self._enter(delivery)
            self._keep()
            return receipt, True

    def _receipt(self, delivery: Delivery, digest: str) -> Record:
        """The signed answer to one delivery."""
        receipt: Record = {
            "number": f"N{datetime.now(UTC):%Y%m%d}-{len(self._state['receipts']) + 1:06d}",
            "municipality": delivery.sender,
            "destination": delivery.destination,
            "sha256": "0" * 64 if self.faults.take("wrong_receipt") else digest,
            "records": delivery.records,
            "total": delivery.total,
            "received": datetime.now(UTC).isoformat(timespec="seconds"),
        }
        return {**receipt, "signature": base64.b64encode(self._signer.sign(written(receipt))).decode()}

    def _enter(self, delivery: Delivery) -> None:
        """Note each notice as its destination has it now, and return those that the switchboard wants returned."""
        for place, row in enumerate(delivery.rows, start=1):
            name = "/".join((delivery.sender, delivery.destination, row[YEAR], row[NUMBER]))
            self._state["notices"][name] = {"action": row[ACTION], "amount": int(row[AMOUNT])}
            for kind in ("nobody", "moved", "not_applicable"):
                every = int(self.faults.value(f"{kind}_every"))
                if every and place % every == 0 and row[ACTION] != "取消":
                    self.give_back(delivery.sender, delivery.destination, row[NUMBER], kind)

    def give_back(self, sender: str, destination: str, number: str, kind: str) -> Record:
        """A destination returns a notice: by its number and a code, without anybody's data."""
        belongs_to = str(self.faults.value("moved_to") or "") if kind == "moved" else ""
        with self._lock:
            returned: Record = {
                "returned": f"R{len(self._state['returns']) + 1:06d}",
                "municipality": sender,
                "destination": destination,
                "reception_number": number,
                "kind": kind,
                "belongs_to": belongs_to,
                "acknowledged": False,
            }
            self._state["returns"].append(returned)
            self._keep()
            return returned

    def returns_to(self, municipality: str) -> list[Record]:
        """What came back to a sender and was not acknowledged yet."""
        waiting = (each for each in self._state["returns"] if not each["acknowledged"])
        return [each for each in waiting if each["municipality"] == municipality]

    def acknowledge(self, municipality: str, returned: str) -> bool:
        """The sender has written the return down."""
        with self._lock:
            for each in self._state["returns"]:
                if (each["municipality"], each["returned"]) == (municipality, returned):
                    each["acknowledged"] = True
                    self._keep()
                    return True
        return False

    def close(self, destinations: list[str]) -> None:
        """These destinations take paper only from now on."""
        with self._lock:
            self._state["closed"] = sorted(destinations)
            self._keep()

    def totals(self) -> Record:
        """What all destinations have now: notices that stand, and their yen; cancelled ones aside."""
        standing = [each for each in self._state["notices"].values() if each["action"] != "取消"]
        return {
            "notices": len(standing),
            "total": sum(each["amount"] for each in standing),
            "destinations": len({name.split("/")[1] for name in self._state["notices"]}),
        }
