"""PUT for machines: the terminal's certificate is the credential, the idempotency key makes a lost 201 harmless."""

import asyncio
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sekisho.adapters.database.entrances import Once, remembered
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import IdempotencyKey
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.objects.docks import LandingDock
from sekisho.bootstrap import new_parcel, now, open_entrance
from sekisho.kernel import (
    Admitted,
    Arrival,
    Credential,
    Entrance,
    Landed,
    ReasonCode,
    Receipt,
    Refused,
    SekishoError,
    because,
    knock,
)
from sekisho.kernel import (
    receive as receive_parcel,
)
from sekisho.lane.answers import Send, received_body, refusal_body, refusal_status, send_json
from sekisho.lane.background import poke, run_short
from sekisho.lane.requests import Announcement, CutOffError, Receive, body_pieces, read_announcement


def fingerprint_of(scope: Mapping[str, Any]) -> str:
    """The digest of the certificate on this very connection; nothing if there is none."""
    certificate = scope.get("state", {}).get("peer_certificate")
    return hashlib.sha256(certificate).hexdigest() if certificate else ""


def _arrival(announced: Announcement, fingerprint: str) -> Arrival:
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


async def stream_into(dock: LandingDock, receive: Receive, limit: int) -> None:
    """Take the bytes as they come, never more than were announced.

    Raises:
        CutOffError: The other side went away; nothing is kept.

    """
    try:
        async for piece in body_pieces(receive):
            if dock.size + len(piece) > limit:
                break
            if len(piece) > 1 << 16:
                await asyncio.to_thread(dock.feed, piece)
            else:
                dock.feed(piece)
            failpoint("land")
    except (CutOffError, SekishoError, asyncio.CancelledError):
        await run_short(dock.discard)
        raise


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What the first doors said: admitted, with a dock for the bytes; or what was answered to this key before."""

    admitted: Admitted | None = None
    dock: LandingDock | None = None
    known: IdempotencyKey | None = None


def open_doors(arrival: Arrival, once: Once) -> Opened:
    """The doors before the bytes, in one go beside the event loop; a key that was answered before opens none.

    Raises:
        Refused: At one of the doors.

    """
    known = remembered(arrival.tenant, once)
    if known is not None:
        return Opened(known=known)
    failpoint("identify")
    admitted = knock(arrival, open_entrance())
    failpoint("admit")
    return Opened(admitted=admitted, dock=LandingDock(find_home(), arrival.tenant, arrival.parcel))


async def take_parcel(arrival: Arrival, opened: Opened, receive: Receive, once: Once) -> Landed:
    """The fourth door: the bytes, then the durable entry.

    Raises:
        Refused: What came is not what was announced.
        CutOffError: The other side went away.

    """
    dock, admitted = opened.dock, opened.admitted
    if dock is None or admitted is None:
        message = f"parcel {arrival.parcel} was not admitted"
        raise SekishoError(message)
    await stream_into(dock, receive, arrival.announced_size)
    entrance: Entrance = open_entrance(dock, once)
    landed: Landed = await run_short(receive_parcel, arrival, admitted, dock, entrance)
    failpoint("received")
    poke()
    return landed


async def _answer_again(known: IdempotencyKey, receive: Receive, send: Send) -> None:
    """This key was answered before: the same answer for the same bytes, a refusal for others."""
    digest = hashlib.sha256()
    async for piece in body_pieces(receive):
        digest.update(piece)
    if digest.hexdigest() != known.digest:
        refusal = Refused([because(ReasonCode.KEY_USED_FOR_OTHER_BYTES)])
        await send_json(send, refusal_status(refusal), refusal_body(refusal, known.answer["parcel"]))
        return
    receipt = Receipt(entry=known.answer["entry"], leaf=known.answer["leaf"])
    await send_json(send, 201, received_body(known.answer["parcel"], receipt))


async def put_parcel(scope: Mapping[str, Any], receive: Receive, send: Send, connection: str) -> None:
    """PUT /parcels/{connection}."""
    parcel = ""
    try:
        announced = read_announcement(scope, connection)
        arrival = _arrival(announced, fingerprint_of(scope))
        parcel = arrival.parcel
        once = Once(bearer=arrival.credential.value, key=announced.key)
        opened = await run_short(open_doors, arrival, once)
        if opened.known is not None:
            await _answer_again(opened.known, receive, send)
            return
        landed = await take_parcel(arrival, opened, receive, once)
    except Refused as refusal:
        poke()
        headers = {"connection": "close"}
        await send_json(send, refusal_status(refusal), refusal_body(refusal, parcel), headers)
        return
    await send_json(send, 201, received_body(parcel, landed.receipt))
