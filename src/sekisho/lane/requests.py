"""What arrives at the lane: headers read strictly, bodies read piece by piece within time and size."""

import asyncio
import base64
import hashlib
from collections.abc import AsyncGenerator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sekisho.kernel import Direction, ReasonCode, Refused, because
from sekisho.lane.answers import Receive
from sekisho.lane.limits import read_limits

_LONGEST_NAME: Final = 200
BLOCK: Final = 256 * 1024
_LONGEST_SIZE: Final = 15


class CutOffError(Exception):
    """The other side went away in the middle of its bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How fast bytes have to come: after a grace, so many a second since the beginning; and never a long silence."""

    rate: int
    begun: float
    grace: float

    def patience(self, taken: int, at: float) -> float:
        """For how long the next bytes are waited for, when so many have come."""
        return self.left(taken, at, at)

    def left(self, taken: int, last: float, at: float) -> float:
        """For how long they are waited for yet, when the last came at that time."""
        return min(last + self.grace, self.begun + self.grace + taken / self.rate) - at


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


def text_in(headers: Mapping[str, str], name: str) -> str:
    """A header that must be there, short and printable.

    Raises:
        Refused: It is not.

    """
    value = headers.get(name, "")
    if not value or len(value) > _LONGEST_NAME or not value.isprintable() or not value.isascii():
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=name, what="必須のヘッダーです / required")])
    return value


def _digest_in(headers: Mapping[str, str], name: str) -> str:
    """A SHA-256 from a digest field (RFC 9530), in hexadecimal; nothing if the field has none.

    Raises:
        Refused: It is there and cannot be understood.

    """
    for part in headers.get(name, "").split(","):
        algorithm, _, value = part.strip().partition("=")
        if algorithm.lower() == "sha-256":
            try:
                digest = base64.b64decode(value.strip(":"), validate=True)
            except ValueError:
                digest = b""
            if len(digest) != hashlib.sha256().digest_size:
                raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=name, what="sha-256=:base64:")])
            return digest.hex()
    return ""


def announced_digest(headers: Mapping[str, str]) -> str:
    """The digest that was announced, by whichever of the three fields; fields that differ are refused.

    Raises:
        Refused: One cannot be understood, or two differ.

    """
    told = {headers.get("sekisho-digest", "").lower()}
    told |= {_digest_in(headers, name) for name in ("repr-digest", "content-digest")}
    found = sorted(told - {""})
    if len(found) > 1:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="digest", what="2")])
    return found[0] if found else ""


def size_in(headers: Mapping[str, str], name: str) -> int:
    """A size that must be there.

    Raises:
        Refused: It is missing, not a number, or more digits than any parcel has.

    """
    size = headers.get(name, "")
    if not size.isascii() or not size.isdecimal() or len(size) > _LONGEST_SIZE or "transfer-encoding" in headers:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=name, what="必須 / required")])
    return int(size)


def read_announcement(headers: Mapping[str, str], connection: str, sized_by: str = "content-length") -> Announcement:
    """Read the headers of a PUT, or of an upload in pieces, whose length has a header of its own and needs no key.

    Raises:
        Refused: One is missing or cannot be understood.

    """
    size = size_in(headers, sized_by)
    keyed = sized_by == "content-length" or "idempotency-key" in headers
    try:
        direction = Direction(text_in(headers, "sekisho-direction"))
    except ValueError:
        raise Refused([because(ReasonCode.DIRECTION_NOT_APPROVED, direction="-")]) from None
    return Announcement(
        tenant=text_in(headers, "sekisho-tenant"),
        connection=connection,
        person=text_in(headers, "sekisho-person"),
        route=tuple(text_in(headers, "sekisho-route").split(",")),
        direction=direction,
        counterpart=text_in(headers, "sekisho-counterpart"),
        size=size,
        digest=announced_digest(headers),
        key=text_in(headers, "idempotency-key") if keyed else "",
    )


async def body_pieces(receive: Receive) -> AsyncGenerator[bytes]:
    """The body as it comes.

    Raises:
        CutOffError: The other side went away.
        Refused: It was silent for too long, or slower than bytes have to come.

    """
    clock, limits = asyncio.get_running_loop().time, read_limits()
    pace, taken, more = Pace(rate=limits.rate, begun=clock(), grace=limits.grace), 0, True
    while more:
        try:
            async with asyncio.timeout(pace.patience(taken, clock())):
                message = await receive()
        except TimeoutError:
            raise Refused([because(ReasonCode.TOO_SLOW, rate=limits.rate)]) from None
        if message["type"] == "http.disconnect":
            raise CutOffError
        more = bool(message.get("more_body", False))
        if piece := message.get("body", b""):
            taken += len(piece)
            yield piece


async def body_blocks(receive: Receive) -> AsyncGenerator[bytearray]:
    """The body in blocks that are worth a thread's while; the last may be small. What a cut leaves comes before it.

    Raises:
        CutOffError: The other side went away.
        Refused: It was too slow.

    """
    held = bytearray()
    try:
        async for piece in body_pieces(receive):
            held += piece
            if len(held) >= BLOCK:
                yield held
                held = bytearray()
    except (CutOffError, Refused):
        if held:
            yield held
        raise
    if held:
        yield held
