"""Continuing an upload: pieces become durable as they come, and the last one is received as a parcel."""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import Final

from sekisho.adapters.database.entrances import Once
from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import Upload
from sekisho.adapters.database.uploads import (
    Piece,
    add_piece,
    arrival_again,
    end_uploads,
    finish_upload,
    places_of,
    upload_key,
)
from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.keys import open_key_store
from sekisho.adapters.objects.docks import LandingDock
from sekisho.adapters.objects.pieces import PIECE, PieceSink, read_pieces, remove_pieces
from sekisho.adapters.objects.stream import Block
from sekisho.bootstrap import new_parcel, now
from sekisho.kernel import Admitted, Arrival, Landed, ReasonCode, Receipt, Refused, because
from sekisho.lane.background import run_short
from sekisho.lane.receiving import DESK, Waiting
from sekisho.lane.requests import CutOffError

_READING: Final = ThreadPoolExecutor(2, thread_name_prefix="whole")


@dataclass(slots=True)
class Checksum:
    """The checksum that was told for the bytes of one request."""

    told: bytes
    _hash: "hashlib._Hash"

    @classmethod
    def read(cls, text: str) -> "Checksum":
        """Read the header.

        Raises:
            Refused: Another algorithm, or no base64.

        """
        algorithm, _, value = text.partition(" ")
        try:
            told = base64.b64decode(value, validate=True)
        except ValueError:
            told = b""
        if algorithm != "sha256" or len(told) != hashlib.sha256().digest_size:
            raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="upload-checksum", what="sha256 base64")])
        return cls(told, hashlib.sha256())

    def update(self, data: Block) -> None:
        """Some bytes have come."""
        self._hash.update(data)

    def agrees(self) -> bool:
        """Are these the bytes that were meant?"""
        return hmac.compare_digest(self.told, self._hash.digest())


class Continuation:
    """The bytes of one request, as they become pieces."""

    def __init__(self, *, row: Upload, checksum: Checksum | None) -> None:
        self.row, self._checksum = row, checksum
        self._home = find_home()
        self._key = b""
        self._sink: PieceSink | None = None

    def take(self, block: Block) -> None:
        """Some bytes have come; without a checksum a full piece becomes durable at once."""
        if self._sink is None:
            self._key = self._key or open_key_store(self._home).open(self.row.tenant_id, upload_key(self.row.pk))
            self._sink = PieceSink(self._home.parcels, self.row.pk, self._key)
        self._sink.feed(block)
        if self._checksum is not None:
            self._checksum.update(block)
        elif self._sink.size >= PIECE and self.row.offset + self._sink.size < self.row.length:
            self.keep()
        failpoint("piece")

    def keep(self) -> None:
        """What came becomes durable, and the offset moves.

        Raises:
            Refused: The checksum differs, or somebody else moved the offset; this piece is thrown away.

        """
        sink, self._sink = self._sink, None
        if sink is None:
            return
        if self._checksum is not None and not self._checksum.agrees():
            sink.discard()
            raise Refused([because(ReasonCode.CHECKSUM_DIFFERS)])
        stored = sink.settle()
        try:
            add_piece(self.row, Piece(place=sink.place, size=stored.size))
        except Refused:
            remove_pieces(self._home.parcels, [sink.place])
            raise

    def cut(self) -> None:
        """The other side went away: what came is kept, unless its checksum cannot be known any more.

        A last piece is not kept: only with its request is the whole received, and so it has to come again.
        """
        if self._checksum is None and not self.is_whole:
            self.keep()
        elif self._sink is not None:
            self._sink.discard()
            self._sink = None

    @property
    def is_whole(self) -> bool:
        """Is everything here that was announced?"""
        return self.row.offset + (self._sink.size if self._sink else 0) == self.row.length

    def last_place(self) -> str:
        """The last piece becomes durable, but does not count before the whole is received.

        Raises:
            Refused: The checksum differs.

        """
        sink, self._sink = self._sink, None
        if sink is None:
            return ""
        if self._checksum is not None and not self._checksum.agrees():
            sink.discard()
            raise Refused([because(ReasonCode.CHECKSUM_DIFFERS)])
        sink.settle()
        return sink.place

    def gather(self, last: str) -> Waiting:
        """The whole, read once more and encrypted under the key of a parcel, ready for the doors."""
        parcel = new_parcel(at := now())
        dock = LandingDock(self._home, self.row.tenant_id, parcel)
        dock.pieces = read_pieces(self._home.parcels, [*places_of(self.row), *([last] if last else [])], self._key)
        dock.settle()
        arrival: Arrival = arrival_again(self.row, parcel, at)
        key = str(self.row.arrival["key"])
        once = Once(bearer=arrival.credential.value, key=key) if key else None
        return Waiting(arrival=replace(arrival, at=now()), once=once, dock=dock, also=self._finish)

    def _finish(self, admitted: Admitted, receipt: Receipt) -> None:
        """In the transaction of the parcel: the upload is done."""
        answer = {"parcel": admitted.waybill.parcel, "entry": receipt.entry, "leaf": receipt.leaf}
        finish_upload(self.row, answer)

    def clear(self, last: str) -> None:
        """The pieces are not needed any more: the key goes first."""
        end_uploads(self._home, [self.row])
        remove_pieces(self._home.parcels, [last] if last else [])


async def _read_whole(work: Callable[[str], Waiting], last: str) -> Waiting:
    """Long reading beside everything else."""
    return await asyncio.get_running_loop().run_in_executor(_READING, work, last)


async def receive_whole(coming: Continuation) -> None:
    """Everything has come: all doors once more, then the pieces go.

    Raises:
        Refused: At one of the doors now, or it is not what was announced; the upload is over.

    """
    last = await run_short(coming.last_place)
    waiting = await _read_whole(coming.gather, last)
    try:
        outcome = await DESK.ask(waiting)
    except Refused:
        await run_short(coming.clear, last)
        raise
    if not isinstance(outcome, Landed):
        await run_short(coming.clear, last)
        raise Refused([because(ReasonCode.KEY_USED_FOR_OTHER_BYTES)])
    failpoint("whole")
    await run_short(coming.clear, last)


async def continue_upload(coming: Continuation, blocks: AsyncGenerator[Block]) -> None:
    """Take the bytes of one request.

    Raises:
        CutOffError: The other side went away; what came is kept.
        Refused: The checksum or the offset differs, or a door says no at the end.

    """
    try:
        async with aclosing(blocks):
            async for block in blocks:
                await run_short(coming.take, block)
    except (CutOffError, Refused, asyncio.CancelledError):
        await asyncio.shield(run_short(coming.cut))
        raise
    if coming.is_whole:
        await receive_whole(coming)
    else:
        await run_short(coming.keep)
