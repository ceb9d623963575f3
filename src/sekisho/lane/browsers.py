"""Form uploads from browsers: a single-use ticket names person, terminal and connection; the answer is a 303 back.

The body is multipart/form-data with one file. It is taken apart as it comes; nothing of it is spooled to a disk.
"""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.pokes import poke
from sekisho.adapters.database.registers import Register, ticket_digest
from sekisho.adapters.database.tickets import use_ticket
from sekisho.adapters.objects.docks import LandingDock
from sekisho.bootstrap import new_parcel, now, open_entrance, read_direction
from sekisho.kernel import (
    Admitted,
    Arrival,
    Credential,
    Landed,
    ReasonCode,
    Refused,
    because,
    knock,
)
from sekisho.kernel import (
    receive as receive_parcel,
)
from sekisho.lane.answers import Receive, Send, send_redirect, send_refusal
from sekisho.lane.background import run_short
from sekisho.lane.limits import BERTHS, check_day
from sekisho.lane.requests import CutOffError, body_pieces, headers_of

_LARGEST_HEAD: Final = 16_384


def _boundary(headers: Mapping[str, str]) -> bytes:
    """What parts the form's parts."""
    kind, _, rest = headers.get("content-type", "").partition(";")
    name, _, value = rest.strip().partition("=")
    if kind.strip() != "multipart/form-data" or name != "boundary" or not value:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="content-type", what="multipart/form-data")])
    return b"\r\n--" + value.strip('"').encode("latin-1")


def _length(headers: Mapping[str, str]) -> int:
    """How long the form is."""
    size = headers.get("content-length", "")
    if not size.isdecimal():
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="content-length", what="必須 / required")])
    return int(size)


async def file_pieces(receive: Receive, boundary: bytes) -> AsyncIterator[bytes]:
    """The bytes of the form's first part, which is the file; the boundary itself is never among them.

    Raises:
        Refused: It is not a form with a file in it.

    """
    held, started = b"\r\n", False
    async for piece in body_pieces(receive):
        held += piece
        if not started:
            head = held.find(b"\r\n\r\n")
            if head < 0 and len(held) > _LARGEST_HEAD:
                break
            if head < 0:
                continue
            held, started = held[head + 4 :], True
        end = held.find(boundary)
        if end >= 0:
            yield held[:end]
            return
        ready = len(held) - len(boundary)
        if ready > 0:
            yield held[:ready]
            held = held[ready:]
    raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="form", what="ファイルがありません / no file")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One upload by a ticket: its arrival, and where to send the browser back to."""

    arrival: Arrival
    back: str


def arrive_by_ticket(secret: str, size: int) -> Arrival:
    """Use the ticket up, and stand at the entrance with what its permit says of route and counterpart.

    Raises:
        Refused: The ticket is not valid, or its connection has no permit.

    """
    at = now()
    parcel = new_parcel(at)
    ticket = use_ticket(secret, parcel, at)
    on_file = Register().permit_on_file(ticket.tenant_id, ticket.connection)
    if on_file is None:
        raise Refused([because(ReasonCode.NO_PERMIT, connection=ticket.connection)])
    return Arrival(
        parcel=parcel,
        tenant=ticket.tenant_id,
        connection=ticket.connection,
        at=at,
        credential=Credential(kind="ticket", value=ticket_digest(secret)),
        route=on_file.specification.route,
        direction=read_direction(on_file.specification.direction),
        counterpart=on_file.specification.counterpart,
        announced_size=size,
    )


def _arrive(secret: str, size: int, back: str) -> Visit:
    """One visit by a ticket.

    Raises:
        Refused: The ticket is not valid, or its connection has no permit.

    """
    arrival = arrive_by_ticket(secret, size)
    return Visit(arrival=arrival, back=f"{back}/crossings/{arrival.parcel}/")


def _finish(arrival: Arrival, admitted: Admitted, dock: LandingDock) -> Landed:
    """The bytes are here; their true size is known only now, and the caveats are asked about it once more."""
    measured = replace(arrival, announced_size=dock.size)
    sized = replace(admitted, passage=replace(admitted.passage, announced_size=dock.size))
    return receive_parcel(measured, sized, dock, open_entrance(dock))


async def _take(visit: Visit, receive: Receive, boundary: bytes) -> None:
    """All four doors."""
    await run_short(check_day, visit.arrival)
    admitted = await run_short(knock, visit.arrival, open_entrance())
    dock = await run_short(LandingDock, find_home(), visit.arrival.tenant, visit.arrival.parcel)
    try:
        async for piece in file_pieces(receive, boundary):
            dock.feed(piece)
    except CutOffError:
        await run_short(dock.discard)
        raise
    except Refused as refusal:
        await run_short(dock.discard)
        await run_short(open_entrance().journal.turned_away, visit.arrival, None, refusal.reasons)
        raise
    await run_short(_finish, visit.arrival, admitted, dock)


async def post_form(scope: Mapping[str, Any], receive: Receive, send: Send, ticket: str, back: str) -> None:
    """POST /forms/{ticket}."""
    visit = None
    try:
        headers = headers_of(scope)
        boundary, size = _boundary(headers), _length(headers)
        with BERTHS.taken(size):
            visit = await run_short(_arrive, ticket, size, back)
            await _take(visit, receive, boundary)
    except Refused as refusal:
        poke()
        if visit is None:
            await send_refusal(send, refusal, receive=receive)
            return
    poke()
    await send_redirect(send, visit.back)
