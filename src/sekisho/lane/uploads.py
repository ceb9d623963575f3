"""Resumable uploads, tus 1.0: opened at the doors of a PUT, continued after a cut or a restart, received at the end.

Core, creation, creation-with-upload, checksum (sha256), expiration, termination. A length that is not announced is
refused, because what can be refused is refused before a byte is taken.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import format_datetime
from typing import Any, Final

from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import Upload, UploadState
from sekisho.adapters.database.pokes import poke
from sekisho.adapters.database.uploads import end_uploads, find_upload, open_upload, still_open
from sekisho.bootstrap import now, open_entrance
from sekisho.kernel import Arrival, ReasonCode, Refused, because, knock
from sekisho.lane.answers import Receive, Send, send_empty, send_json, send_refusal
from sekisho.lane.background import run_short
from sekisho.lane.browsers import arrive_by_ticket
from sekisho.lane.certificates import fingerprint_of
from sekisho.lane.continuing import Checksum, Continuation, continue_upload
from sekisho.lane.limits import BERTHS, check_day
from sekisho.lane.machines import arrival_of
from sekisho.lane.requests import headers_of, read_announcement, size_in
from sekisho.lane.taking import blocks_of

TUS: Final = {"tus-resumable": "1.0.0"}
EXTENSIONS: Final = "creation,creation-with-upload,checksum,expiration,termination"
_BYTES: Final = "application/offset+octet-stream"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """Who opens an upload: a machine on a connection, or a browser with a ticket."""

    connection: str = ""
    ticket: str = ""


async def send_abilities(send: Send) -> None:
    """OPTIONS: what of tus is spoken here."""
    told = {"tus-version": "1.0.0", "tus-extension": EXTENSIONS, "tus-checksum-algorithm": "sha256"}
    await send_empty(send, 204, {**TUS, **told})


def _open(opening: Opening, headers: Mapping[str, str], fingerprint: str) -> tuple[str, Upload]:
    """The doors before the bytes, then the upload; a refusal is written down before it is told.

    Raises:
        Refused: At one of the doors, or no length is announced.

    """
    if "upload-defer-length" in headers:
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="upload-defer-length", what="upload-length")])
    size, key = size_in(headers, "upload-length"), ""
    if not size:
        raise Refused([because(ReasonCode.EMPTY_PARCEL)])
    if opening.ticket:
        arrival: Arrival = arrive_by_ticket(opening.ticket, size)
    else:
        announced = read_announcement(headers, opening.connection, "upload-length")
        arrival, key = arrival_of(announced, fingerprint), announced.key
    check_day(arrival)
    knock(arrival, open_entrance())
    secret = secrets.token_urlsafe(32)
    return secret, open_upload(secret, arrival, key, arrival.at)


def _where(row: Upload) -> dict[str, str]:
    """How far an upload is; and its parcel, if it was received."""
    told = {**TUS, "upload-offset": str(row.offset), "upload-length": str(row.length)}
    if row.state == UploadState.DONE and row.answer:
        found = {f"sekisho-{name}": str(value) for name, value in row.answer.items()}
        return {**told, **found, "sekisho-receipt": f"/parcels/{row.answer['parcel']}/receipt"}
    return {**told, "upload-expires": format_datetime(row.expires_at.astimezone(UTC), usegmt=True)}


def _checksum(headers: Mapping[str, str]) -> Checksum | None:
    """The checksum of this piece, if one was told.

    Raises:
        Refused: It cannot be understood.

    """
    told = headers.get("upload-checksum")
    return None if told is None else Checksum.read(told)


async def _continue(row: Upload, scope: Mapping[str, Any], headers: Mapping[str, str], receive: Receive) -> Upload:
    """Take the bytes of this request."""
    size = size_in(headers, "content-length")
    if size > row.length - row.offset:
        raise Refused([because(ReasonCode.LENGTH_DIFFERS, received=row.offset + size, announced=row.length)])
    with BERTHS.taken(size):
        coming = Continuation(row=row, checksum=_checksum(headers))
        await continue_upload(coming, blocks_of(scope, receive, size))
    return await run_short(Upload.objects.get, pk=row.pk)


async def create(scope: Mapping[str, Any], receive: Receive, send: Send, opening: Opening) -> None:
    """POST: open an upload, and take bytes that come along."""
    headers = headers_of(scope)
    with BERTHS.taken(size_in(headers, "upload-length") if "upload-length" in headers else 0):
        secret, row = await run_short(_open, opening, headers, fingerprint_of(scope))
    if headers.get("content-type", "") == _BYTES:
        row = await _continue(row, scope, headers, receive)
    await send_empty(send, 201, {**_where(row), "location": f"/uploads/{secret}"})


async def ask(scope: Mapping[str, Any], send: Send, secret: str) -> None:
    """HEAD: how far is it?"""
    row = await run_short(find_upload, secret, fingerprint_of(scope))
    await send_empty(send, 200, _where(await run_short(still_open, row, now())))


async def resume(scope: Mapping[str, Any], receive: Receive, send: Send, secret: str) -> None:
    """PATCH: take the next bytes."""
    headers = headers_of(scope)
    row = await run_short(find_upload, secret, fingerprint_of(scope))
    row = await run_short(still_open, row, now())
    if headers.get("content-type", "") != _BYTES:
        await send_json(send, 415, {"outcome": "refused", "needed": _BYTES}, {**TUS, "connection": "close"})
        return
    if size_in(headers, "upload-offset") != row.offset:
        raise Refused([because(ReasonCode.OFFSET_DIFFERS, offset=row.offset)])
    await send_empty(send, 204, _where(await _continue(row, scope, headers, receive)))


async def terminate(scope: Mapping[str, Any], send: Send, secret: str) -> None:
    """DELETE: give it up; key and pieces go at once."""
    row = await run_short(find_upload, secret, fingerprint_of(scope))
    row = await run_short(still_open, row, now())
    if row.state == UploadState.DONE:
        raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what="upload", state=row.state)])
    await run_short(end_uploads, find_home(), [row])
    await send_empty(send, 204, TUS)


def place_of(path: str) -> Opening | str | None:
    """Which uploads a path speaks of: a place to open one, the address of one, or none."""
    match path.strip("/").split("/"):
        case ["parcels", connection, "uploads"]:
            return Opening(connection=connection)
        case ["forms", ticket, "uploads"]:
            return Opening(ticket=ticket)
        case ["uploads", secret]:
            return secret
        case _:
            return None


async def answer_upload(scope: Mapping[str, Any], receive: Receive, send: Send, place: Opening | str) -> None:
    """One request about uploads: opening one, or about the one at this address."""
    asked = dict(scope["headers"])
    method = asked.get(b"x-http-method-override", b"").decode("latin-1") or scope["method"]
    if method == "OPTIONS":
        await send_abilities(send)
        return
    if asked.get(b"tus-resumable") != b"1.0.0":
        await send_empty(send, 412, {"tus-version": "1.0.0", "connection": "close"})
        return
    try:
        match (method, place):
            case ("POST", Opening()):
                await create(scope, receive, send, place)
            case ("HEAD", str()):
                await ask(scope, send, place)
            case ("PATCH", str()):
                await resume(scope, receive, send, place)
            case ("DELETE", str()):
                await terminate(scope, send, place)
            case _:
                await send_empty(send, 405, {**TUS, "connection": "close"})
    except Refused as refusal:
        poke()
        await send_refusal(send, refusal, receive=receive, headers=TUS)
