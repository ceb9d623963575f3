"""What arrives at the lane: headers read strictly, bodies read piece by piece within time and size."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sekisho.kernel import Direction, ReasonCode, Refused, because

Receive = Callable[[], Awaitable[Mapping[str, Any]]]
PATIENCE_SECONDS: Final = 30.0
_LONGEST_NAME: Final = 200


class CutOffError(Exception):
    """The other side went away in the middle of its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What a machine announces before its bytes."""

    tenant: str
    connection: str
    person: str
    route: tuple[str, ...]
    direction: Direction
    counterpart: str
    size: int
    digest: str
    key: str


def headers_of(scope: Mapping[str, Any]) -> dict[str, str]:
    """The headers by lower-case name; one that comes twice is refused, because two readers would differ."""
    named: dict[str, str] = {}
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1")
        if name in named:
            raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=name, what="2")])
        named[name] = value.decode("latin-1")
    return named


def _text(headers: Mapping[str, str], name: str) -> str:
    """A header that must be there, short and printable."""
    value = headers.get(name, "")
    if not value or len(value) > _LONGEST_NAME or not value.isprintable() or not value.isascii():
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=name, what="必須のヘッダーです / required")])
    return value


def read_announcement(scope: Mapping[str, Any], connection: str) -> Announcement:
    """Read the headers of a PUT.

    Raises:
        Refused: One is missing or cannot be understood.

    """
    headers = headers_of(scope)
    size = headers.get("content-length", "")
    if not size.isdecimal() or "transfer-encoding" in headers:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="content-length", what="必須 / required")])
    try:
        direction = Direction(_text(headers, "sekisho-direction"))
    except ValueError:
        raise Refused([because(ReasonCode.DIRECTION_NOT_APPROVED, direction="-")]) from None
    return Announcement(
        tenant=_text(headers, "sekisho-tenant"),
        connection=connection,
        person=_text(headers, "sekisho-person"),
        route=tuple(_text(headers, "sekisho-route").split(",")),
        direction=direction,
        counterpart=_text(headers, "sekisho-counterpart"),
        size=int(size),
        digest=headers.get("sekisho-digest", ""),
        key=_text(headers, "idempotency-key"),
    )


async def body_pieces(receive: Receive) -> AsyncIterator[bytes]:
    """The body as it comes.

    Raises:
        CutOffError: The other side went away, or was silent for too long.

    """
    more = True
    while more:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                message = await receive()
        except TimeoutError as silence:
            raise CutOffError from silence
        if message["type"] == "http.disconnect":
            raise CutOffError
        more = bool(message.get("more_body", False))
        if piece := message.get("body", b""):
            yield piece
