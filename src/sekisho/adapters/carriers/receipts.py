"""Receipts: what a counterpart signs for the bytes that it has."""

import base64
import json
from collections.abc import Mapping
from typing import Any

from sekisho.adapters.keys import holds
from sekisho.kernel import Acknowledgement, Recorded, SekishoError


def read_receipt(encoded: bytes, receipt_key: str, recorded: Recorded) -> Acknowledgement:
    """The acknowledgement in a receipt, only if the counterpart signed it and it speaks of these bytes.

    Raises:
        SekishoError: It is not the counterpart's, not for these bytes, or cannot be read.

    """
    try:
        receipt: dict[str, Any] = json.loads(encoded)
        signature = base64.b64decode(receipt.pop("signature"))
        text = json.dumps(receipt, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        good = holds(bytes.fromhex(receipt_key), signature, text)
        # A counterpart that says how much it has must have all of it; the digest it always says.
        whole = receipt.get("size", recorded.cargo.size) == recorded.cargo.size
        if not good or not whole or receipt["sha256"] != recorded.cargo.digest:
            message = f"the receipt is not {recorded.counterpart}'s, or not for these bytes"
            raise SekishoError(message)
        facts: Mapping[str, str] = {"records": str(receipt["records"])} if "records" in receipt else {}
        return Acknowledgement(number=str(receipt["number"]), facts=facts)
    except (ValueError, KeyError, AttributeError, TypeError) as fault:
        message = f"the receipt of {recorded.counterpart} cannot be read"
        raise SekishoError(message) from fault
