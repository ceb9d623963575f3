"""PUT for machines: the terminal's certificate is the credential, the idempotency key makes a lost 201 harmless.

A parcel of up to 64 KiB is read whole and goes to the desk, where whoever waits is received in one commit. A larger one
is admitted first; its bytes are hashed and encrypted beside the event loop, and then it goes to the same desk.
"""

import asyncio
import hashlib
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from sekisho.adapters.database.entrances import Answered, Once, remembered
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.pokes import poke
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.objects import CHUNK
from sekisho.adapters.objects.docks import LandingDock
from sekisho.adapters.objects.stream import Block
from sekisho.bootstrap import new_parcel, now, open_entrance
from sekisho.kernel import (
    Admitted,
    Arrival,
    Credential,
    Landed,
    ReasonCode,
    Receipt,
    Refused,
    SekishoError,
    because,
    knock,
)
from sekisho.lane.answers import Receive, Send, received_body, send_json, send_refusal
from sekisho.lane.background import run_beside, run_short
from sekisho.lane.certificates import fingerprint_of
from sekisho.lane.limits import BERTHS, check_day
from sekisho.lane.receiving import DESK, Waiting
from sekisho.lane.requests import Announcement, CutOffError, body_pieces, headers_of, read_announcement
from sekisho.lane.taking import blocks_of


def arrival_of(announced: Announcement, fingerprint: str) -> Arrival:
    """Somebody stands at the entrance, at the terminal of this certificate."""
    at = now()
    return Arrival(
        parcel=new_parcel(at),
        tenant=announced.tenant,
        connection=announced.connection,
        at=at,
        credential=Credential(kind="certificate", value=f"{fingerprint}/{announced.person}"),
        route=announced.route,
        direction=announced.direction,
        counterpart=announced.counterpart,
        announced_size=announced.size,
        announced_digest=announced.digest,
    )


async def _pour_all(dock: LandingDock, coming: AsyncIterator[Block], limit: int) -> None:
    """One block is hashed and encrypted while the next one comes."""
    taken = 0
    working: asyncio.Future[None] = asyncio.ensure_future(asyncio.sleep(0))
    try:
        async for block in coming:
            await working
            taken += len(block)
            if taken > limit:
                break
            working = run_beside(dock.feed, block)
            failpoint("land")
    finally:
        await asyncio.shield(working)


async def pour(dock: LandingDock, coming: AsyncGenerator[Block], limit: int) -> None:
    """Take the bytes as they come, never more than were announced.

    Raises:
        CutOffError: The other side went away; nothing is kept.
        Refused: It was too slow; nothing is kept.

    """
    try:
        async with aclosing(coming):
            await _pour_all(dock, coming, limit)
    except (CutOffError, Refused, SekishoError, asyncio.CancelledError):
        await run_short(dock.discard)
        raise


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the first doors said: admitted, with a dock for the bytes; or what was answered to this key before."""

    waiting: Waiting | None = None
    known: Answered | None = None


def open_doors(arrival: Arrival, once: Once) -> Opened:
    """The doors before the bytes of a large parcel; a key that was answered before opens none.

    Raises:
        Refused: At one of the doors.

    """
    known = remembered(arrival.tenant, once)
    if known is not None:
        return Opened(known=known)
    check_day(arrival)
    failpoint("identify")
    admitted: Admitted = knock(arrival, open_entrance())
    failpoint("admit")
    dock = LandingDock(find_home(), arrival.tenant, arrival.parcel)
    return Opened(waiting=Waiting(arrival=arrival, once=once, admitted=admitted, dock=dock))


async def read_whole(receive: Receive, size: int) -> bytes:
    """All bytes of a small parcel; never more than one byte beyond what was announced."""
    body = bytearray()
    async for piece in body_pieces(receive):
        body += piece
        if len(body) > size:
            break
    return bytes(body[: size + 1])


async def _digest(receive: Receive) -> str:
    """The digest of bytes that are not kept."""
    digest = hashlib.sha256()
    async for piece in body_pieces(receive):
        digest.update(piece)
    return digest.hexdigest()


def _receipt(outcome: Landed | Answered, digest: str) -> tuple[str, Receipt]:
    """The parcel and its receipt; a key that was answered before answers the same for the same bytes.

    Raises:
        Refused: The key was used for other bytes.

    """
    if isinstance(outcome, Landed):
        return outcome.waybill.parcel, outcome.receipt
    if outcome.digest != digest:
        raise Refused([because(ReasonCode.KEY_USED_FOR_OTHER_BYTES)])
    return outcome.parcel, Receipt(entry=outcome.entry, leaf=outcome.leaf)


async def _take_small(arrival: Arrival, once: Once, receive: Receive) -> tuple[str, Receipt]:
    """A small parcel: its bytes wait in memory while the doors are asked, and are kept only behind them."""
    body = await read_whole(receive, arrival.announced_size)
    outcome = await DESK.ask(Waiting(arrival=arrival, once=once, body=body))
    return _receipt(outcome, "" if isinstance(outcome, Landed) else hashlib.sha256(body).hexdigest())


async def _take_large(arrival: Arrival, once: Once, scope: Mapping[str, Any], receive: Receive) -> tuple[str, Receipt]:
    """A large parcel: admitted before a byte is taken, and durable before it goes to the desk."""
    opened = await run_short(open_doors, arrival, once)
    if opened.known is not None:
        return _receipt(opened.known, await _digest(receive))
    waiting = opened.waiting
    if waiting is None or waiting.dock is None:
        raise Refused([because(ReasonCode.NOT_IDENTIFIED)])
    await pour(waiting.dock, blocks_of(scope, receive, arrival.announced_size), arrival.announced_size)
    stored = await run_short(waiting.dock.settle)
    return _receipt(await DESK.ask(waiting), stored.digest)


async def put_parcel(scope: Mapping[str, Any], receive: Receive, send: Send, connection: str) -> None:
    """PUT /parcels/{connection}."""
    parcel = ""
    try:
        announced = read_announcement(headers_of(scope), connection)
        arrival = arrival_of(announced, fingerprint_of(scope))
        parcel = arrival.parcel
        once = Once(bearer=arrival.credential.value, key=announced.key)
        with BERTHS.taken(announced.size):
            if announced.size <= CHUNK:
                parcel, receipt = await _take_small(arrival, once, receive)
            else:
                parcel, receipt = await _take_large(arrival, once, scope, receive)
    except Refused as refusal:
        poke()
        await send_refusal(send, refusal, parcel, receive=receive)
        return
    await send_json(send, 201, received_body(parcel, receipt))
