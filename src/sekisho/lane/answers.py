"""What the lane answers: JSON for machines with every reason in both languages, 303 for browsers."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final

from sekisho.kernel import ReasonCode, Receipt, Refused

Send = Callable[[Mapping[str, Any]], Awaitable[None]]
_STATUS: Final = {
    ReasonCode.NOT_IDENTIFIED: 401,
    ReasonCode.TICKET_NOT_VALID: 403,
    ReasonCode.TOO_LARGE: 413,
    ReasonCode.KEY_USED_FOR_OTHER_BYTES: 409,
    ReasonCode.LENGTH_DIFFERS: 422,
    ReasonCode.DIGEST_DIFFERS: 422,
    ReasonCode.EMPTY_PARCEL: 422,
    ReasonCode.INPUT_NOT_UNDERSTOOD: 400,
}


async def send_json(send: Send, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
    """One JSON answer; nothing of it is kept by anybody on the way."""
    encoded = json.dumps(body, ensure_ascii=False).encode()
    named = {"content-type": "application/json; charset=utf-8", "cache-control": "no-store", **(headers or {})}
    named["content-length"] = str(len(encoded))
    pairs = [(name.encode(), value.encode()) for name, value in named.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    await send({"type": "http.response.body", "body": encoded})


async def send_redirect(send: Send, location: str) -> None:
    """Send a browser back to the screens."""
    headers = [(b"location", location.encode()), (b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": 303, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def refusal_body(refusal: Refused, parcel: str = "") -> dict[str, object]:
    """Every reason, in both languages, with the next action."""
    reasons = [
        {
            "code": str(each.code),
            "ja": each.ja,
            "en": each.en,
            "next_ja": each.next_ja,
            "next_en": each.next_en,
        }
        for each in refusal.reasons
    ]
    return {"outcome": "refused", "parcel": parcel, "reasons": reasons}


def refusal_status(refusal: Refused) -> int:
    """The HTTP status of a refusal: that of its first reason, 403 if it has none of its own."""
    return _STATUS.get(refusal.reasons[0].code, 403)


def received_body(parcel: str, receipt: Receipt) -> dict[str, object]:
    """The receipt: it proves received, never cleared. The inclusion proof is fetched by the entry's number."""
    return {"outcome": "received", "parcel": parcel, "entry": receipt.entry, "leaf": receipt.leaf}
