"""What the lane answers: JSON for machines with every reason in both languages, 303 for browsers."""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any, Final

from sekisho.kernel import ReasonCode, Receipt, Refused

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
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
    ReasonCode.NOT_FOUND: 404,
    ReasonCode.TOO_SLOW: 408,
    ReasonCode.OFFSET_DIFFERS: 409,
    ReasonCode.UPLOAD_GONE: 410,
    ReasonCode.KEY_LOAN_OVER: 410,
    ReasonCode.CHECKSUM_DIFFERS: 460,  # the checksum extension of tus 1.0
    ReasonCode.DAY_IS_FULL: 429,
    ReasonCode.TOO_MANY_AT_ONCE: 503,
    ReasonCode.NO_ROOM: 507,
}
RETRY_SECONDS: Final = "5"
NO_CONTENT: Final = 204
HEARD_OUT: Final = 8 << 20
HEARD_OUT_SECONDS: Final = 2.0
NOTHING: Final[Mapping[str, str]] = MappingProxyType({})
_JSON: Final = "application/json; charset=utf-8"
_LATER: Final = frozenset({429, 503, 507})


async def send_head(send: Send, status: int, headers: Mapping[str, str]) -> None:
    """The head of an answer; nothing of it is kept by anybody on the way."""
    pairs = [(name.encode(), value.encode()) for name, value in {"cache-control": "no-store", **headers}.items()]
    await send({"type": "http.response.start", "status": status, "headers": pairs})


async def send_json(send: Send, status: int, body: object, headers: Mapping[str, str] | None = None) -> None:
    """One JSON answer."""
    encoded = json.dumps(body, ensure_ascii=False).encode()
    named = {"content-type": _JSON, "content-length": str(len(encoded))}
    await send_head(send, status, {**named, **(headers or {})})
    await send({"type": "http.response.body", "body": encoded})


async def send_text(send: Send, status: int, text: str) -> None:
    """One answer in plain text."""
    encoded = text.encode()
    await send_head(send, status, {"content-type": "text/plain; charset=utf-8", "content-length": str(len(encoded))})
    await send({"type": "http.response.body", "body": encoded})


async def send_empty(send: Send, status: int, headers: Mapping[str, str] | None = None) -> None:
    """An answer without a body."""
    await send_head(send, status, {**({} if status == NO_CONTENT else {"content-length": "0"}), **(headers or {})})
    await send({"type": "http.response.body", "body": b""})


async def send_redirect(send: Send, location: str) -> None:
    """Send a browser back to the screens."""
    await send_empty(send, 303, {"location": location})


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


async def _hear_out(receive: Receive) -> None:
    """Let a sender that is still speaking finish, for a moment, so that it hears the answer; nothing of it is kept."""
    left, more = HEARD_OUT, True
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(HEARD_OUT_SECONDS):
            while more and left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                more = message["type"] == "http.request" and bool(message.get("more_body", False))


async def send_refusal(
    send: Send,
    refusal: Refused,
    parcel: str = "",
    *,
    receive: Receive | None = None,
    headers: Mapping[str, str] = NOTHING,
) -> None:
    """A refusal with all its reasons. Bytes may still be coming that nobody will keep, so the connection ends here."""
    status = refusal_status(refusal)
    again = {"retry-after": RETRY_SECONDS} if status in _LATER else {}
    encoded = json.dumps(refusal_body(refusal, parcel), ensure_ascii=False).encode()
    named = {"content-type": _JSON, "content-length": str(len(encoded)), "connection": "close"}
    await send_head(send, status, {**named, **again, **headers})
    await send({"type": "http.response.body", "body": encoded, "more_body": True})
    if receive is not None:
        await _hear_out(receive)
    await send({"type": "http.response.body", "body": b""})


def received_body(parcel: str, receipt: Receipt, proof: str = "") -> dict[str, object]:
    """The receipt: it proves received, never cleared. The inclusion proof is in it if there is one already."""
    found: dict[str, object] = {"outcome": "received", "parcel": parcel, "entry": receipt.entry, "leaf": receipt.leaf}
    return {**found, "receipt": f"/parcels/{parcel}/receipt", **({"proof": proof} if proof else {})}
