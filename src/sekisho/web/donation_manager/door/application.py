"""The application behind the door: which request goes where, and how a refusal is said.

`POST /intake/CODE/` and `POST /link/CODE/PORTAL/` take donation records, `POST /responses/CODE/` takes answers to
donors; `POST /permits/CODE/` takes the stop, begin or end of a permit that the council handed over;
`GET /intake/CODE/PARCEL/` gives the same answer again. An area opens only to a certificate that is enrolled in it.
"""

import asyncio
import base64
import binascii
import json
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, Final, TypeVar

from django.db import close_old_connections
from django.utils import timezone

from sekisho.adapters.database.registers import is_terminal_of
from sekisho.adapters.database.word_papers import accept_word
from sekisho.adapters.donations.deliveries import Delivery, Intake, find_intake
from sekisho.adapters.donations.intake import take_in
from sekisho.adapters.donations.responses import take_in_responses
from sekisho.kernel import ReasonCode, Refused, SekishoError, because
from sekisho.web.donation_manager.door.connections import peer_of
from sekisho.web.words import Words

LARGEST: Final = 64 << 20
_LARGEST_PAPER: Final = 1 << 20
Answer = TypeVar("Answer")
Receive = Callable[[], Awaitable[Mapping[str, Any]]]
Send = Callable[[Mapping[str, Any]], Awaitable[None]]
_PLACE: Final = re.compile(r"/(intake|link|responses|permits)/([0-9]{6})/(?:([A-Za-z0-9._-]{1,64})/)?")
_PARCEL: Final = re.compile(r"[A-Za-z0-9._-]{1,64}")
_DIGEST: Final = re.compile(r"sha-256=:([A-Za-z0-9+/]{43}=):")
_STATUS: Final = {
    ReasonCode.NOT_IDENTIFIED: 403,
    ReasonCode.NOT_FOUND: 404,
    ReasonCode.TOO_LARGE: 413,
    ReasonCode.KEY_USED_FOR_OTHER_BYTES: 409,
    ReasonCode.NOT_IN_THIS_STATE: 409,
    ReasonCode.INPUT_NOT_UNDERSTOOD: 400,
}
_UNPROCESSABLE: Final = 422
_WRITE_DIGEST: Final = Words("sha-256=:…: の形で書いてください", "write sha-256=:…:")
_WRITE_PARCEL: Final = Words("荷物の番号が要ります", "a parcel's number is needed")
_NOT_NOW: Final = Words(
    "いまは受け取れません。あとで送り直してください。", "Nothing can be taken in now; send it again later."
)
_TAKES: Final[Mapping[str, Callable[[Delivery, bytes], Intake]]] = {
    "intake": take_in,
    "link": take_in,
    "responses": take_in_responses,
}


def _both(words: Words) -> str:
    """A phrase in both languages, Japanese first: a machine chooses none."""
    return f"{words.ja} / {words.en}"


def _header(scope: Mapping[str, Any], name: bytes) -> str:
    """One header's value; nothing if it is not there once."""
    found = [value for key, value in scope["headers"] if key == name]
    return found[0].decode("latin-1") if len(found) == 1 else ""


def announced_digest(scope: Mapping[str, Any]) -> str:
    """The SHA-256 that the sender announces (RFC 9530), in hexadecimal.

    Raises:
        Refused: It announces none.

    """
    said = _DIGEST.fullmatch(_header(scope, b"content-digest"))
    try:
        return base64.b64decode(said[1], validate=True).hex() if said else _no_digest()
    except binascii.Error:
        return _no_digest()


def _no_digest() -> str:
    """Without a digest nothing is taken.

    Raises:
        Refused: Always.

    """
    raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="Content-Digest", what=_both(_WRITE_DIGEST))])


async def read_body(receive: Receive, largest: int = LARGEST) -> bytes:
    """The whole body, as it comes.

    Raises:
        Refused: It is larger than it may be.

    """
    pieces, size, more = [], 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise asyncio.CancelledError
        pieces.append(message.get("body", b""))
        size += len(pieces[-1])
        if size > largest:
            raise Refused([because(ReasonCode.TOO_LARGE, size=size, limit=largest)])
        more = bool(message.get("more_body", False))
    return b"".join(pieces)


async def _say(send: Send, status: int, body: object) -> None:
    """One JSON answer."""
    encoded = json.dumps(body, ensure_ascii=False).encode()
    headers = [
        (b"content-type", b"application/json; charset=utf-8"),
        (b"content-length", str(len(encoded)).encode()),
        (b"cache-control", b"no-store"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": encoded})


def refusal_data(refused: Refused) -> dict[str, object]:
    """Every reason in both languages, with what to do next."""
    reasons = [
        {"code": str(each.code), "ja": each.ja, "en": each.en, "next_ja": each.next_ja, "next_en": each.next_en}
        for each in refused.reasons
    ]
    return {"outcome": "refused", "reasons": reasons}


def admit(area: str, peer: str) -> None:
    """Only a certificate that is enrolled in this area opens it.

    Raises:
        Refused: It is another's, or there is none.

    """
    if not is_terminal_of(area, peer):
        raise Refused([because(ReasonCode.NOT_IDENTIFIED)])


def _in_a_thread(work: Callable[[], Answer]) -> Answer:
    """Run database work outside the event loop; a connection that has died is not used again."""
    close_old_connections()
    return work()


class Door:
    """The ASGI application. One parcel at a time is written down; others wait in the order in which they came."""

    def __init__(self) -> None:
        self._turn = asyncio.Semaphore(2)

    async def __call__(self, scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            return
        try:
            status, answer = await self._answer(scope, receive)
        except Refused as refused:
            await _say(send, _STATUS.get(refused.reasons[0].code, _UNPROCESSABLE), refusal_data(refused))
        except SekishoError:
            await _say(send, 503, {"outcome": "fault", "ja": _NOT_NOW.ja, "en": _NOT_NOW.en})
        else:
            await _say(send, status, answer)

    async def _answer(self, scope: Mapping[str, Any], receive: Receive) -> tuple[int, object]:
        """What a request is answered with.

        Raises:
            Refused: There is no such place, the area does not open, or the parcel is not taken.

        """
        place = _PLACE.fullmatch(scope["path"])
        if place is None:
            raise Refused([because(ReasonCode.NOT_FOUND, what="address")])
        door, area, last = place.groups(default="")
        await asyncio.to_thread(_in_a_thread, lambda: admit(area, peer_of(scope)))
        if scope["method"] == "GET" and last and door not in {"link", "permits"}:
            found = await asyncio.to_thread(_in_a_thread, lambda: find_intake(area, last))
            if found is None:
                raise Refused([because(ReasonCode.NOT_FOUND, what=last)])
            return 200, found.as_data()
        if scope["method"] != "POST" or bool(last) != (door == "link"):
            raise Refused([because(ReasonCode.NOT_FOUND, what="address")])
        if door == "permits":
            return 200, await self._hear(area, peer_of(scope), receive)
        return 201, await self._take(scope, receive, (door, area, last))

    async def _hear(self, area: str, peer: str, receive: Receive) -> object:
        """Take what became of a permit: the gate of this area obeys it at its next decision.

        Raises:
            Refused: It is no such paper, is not signed, is too old, or there is no such permit here.

        """
        body = await read_body(receive, _LARGEST_PAPER)
        async with self._turn:
            permit, status = await asyncio.to_thread(
                _in_a_thread, lambda: accept_word(body, area, {"terminal": peer}, timezone.now())
            )
        return {"permit": permit, "status": status}

    async def _take(self, scope: Mapping[str, Any], receive: Receive, place: tuple[str, str, str]) -> object:
        """Take a parcel in.

        Raises:
            Refused: It has no number or no digest, or is not taken.

        """
        door, area, portal = place
        parcel = _header(scope, b"sekisho-parcel")
        if not _PARCEL.fullmatch(parcel):
            what = _both(_WRITE_PARCEL)
            raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="Sekisho-Parcel", what=what)])
        delivery = Delivery(
            area=area,
            parcel=parcel,
            door=door,
            portal=portal,
            sha256=announced_digest(scope),
            sender=peer_of(scope),
            at=timezone.now(),
        )
        body = await read_body(receive)
        async with self._turn:
            taken = await asyncio.to_thread(_in_a_thread, lambda: _TAKES[door](delivery, body))
        return taken.as_data()
