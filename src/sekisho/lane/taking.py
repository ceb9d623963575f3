"""A large body is taken straight from its connection into two blocks in turn, without being copied on the way.

While one block is hashed and encrypted, the other is filled; the sender waits while neither is free. A small body, and
the first bytes of a large one, come as they come to any application.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from typing import Any, Final

from sekisho.adapters.objects.stream import Block
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.lane.answers import Receive
from sekisho.lane.limits import read_limits
from sekisho.lane.protocol import GuardedProtocol
from sekisho.lane.requests import BLOCK, CutOffError, Pace, body_blocks, body_pieces

LARGE: Final = 1024 * 1024
"""A body of so many bytes or more is worth two blocks of its own."""


class BlockTaker(asyncio.BufferedProtocol):
    """Stands in for the lane's own end of a connection until so many bytes of one body have come."""

    def __init__(self, line: GuardedProtocol, left: int, pace: Pace, taken: int) -> None:
        self._line, self._left, self._pace, self._taken = line, left, pace, taken
        self._blocks = (memoryview(bytearray(BLOCK)), memoryview(bytearray(BLOCK)))
        self._turn, self._filled = 0, 0
        self._room = BLOCK - taken % BLOCK
        self._fault: Exception | None = None
        self._waiting: asyncio.Future[None] = line.loop.create_future()
        self._last = line.loop.time()
        self._clock = line.loop.call_later(pace.grace, self._watch)
        line.lend(self)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's own name
        """Where the next bytes go; never more than belong to this body."""
        return self._blocks[self._turn][self._filled : min(self._room, self._filled + self._left)]

    def buffer_updated(self, nbytes: int) -> None:
        """So many have come."""
        self._filled += nbytes
        self._taken += nbytes
        self._left -= nbytes
        self._last = self._line.loop.time()
        if not self._left:
            self._line.take_back(whole=True)
        elif self._filled == self._room:
            self._line.flow.pause_reading()
        if not self._left or self._filled == self._room:
            self._wake()

    def eof_received(self) -> None:
        """The other side says no more; the connection ends."""

    def connection_lost(self, exc: Exception | None) -> None:
        """The other side went away."""
        self._fault = CutOffError()
        self._line.connection_lost(exc)
        self._wake()

    def pause_writing(self) -> None:
        """The other side does not listen for now."""
        self._line.pause_writing()

    def resume_writing(self) -> None:
        """It listens again."""
        self._line.resume_writing()

    def _wake(self) -> None:
        """Whoever waits for a block looks again."""
        if not self._waiting.done():
            self._waiting.set_result(None)

    def _watch(self) -> None:
        """Bytes have to come; time during which we let the sender wait is not counted."""
        now = self._line.loop.time()
        if self._line.flow.read_paused:
            self._last = now
        left = self._pace.left(self._taken, self._last, now)
        if left > 0 or self._line.flow.read_paused:
            self._clock = self._line.loop.call_later(max(left, self._pace.grace / 10), self._watch)
            return
        self._fault = Refused([because(ReasonCode.TOO_SLOW, rate=self._pace.rate)])
        self._wake()

    async def next(self) -> memoryview:
        """The next block, empty if no more comes; what a cut leaves comes before it. One is free from the next but one.

        Raises:
            CutOffError: The other side went away.
            Refused: It was silent for too long, or slower than bytes have to come.

        """
        if self._filled:
            self._turn, self._filled, self._room = 1 - self._turn, 0, BLOCK
        if self._left and self._fault is None:
            self._waiting = self._line.loop.create_future()
            self._line.flow.resume_reading()
            await self._waiting
        if not self._filled and self._left and self._fault is not None:
            raise self._fault
        return self._blocks[self._turn][: self._filled]

    def end(self) -> None:
        """The connection is the lane's own again."""
        self._clock.cancel()
        self._line.take_back(whole=False)


async def _take(line: GuardedProtocol, receive: Receive, size: int) -> AsyncGenerator[Block]:
    """The first bytes as any application gets them, which also tells the sender to go on; then block by block."""
    limits = read_limits()
    pace = Pace(rate=limits.rate, begun=line.loop.time(), grace=limits.grace)
    async with aclosing(body_pieces(receive)) as pieces:
        if not (first := await anext(pieces, b"")):
            return
        # Nothing is waited for from here to the taker, so no byte comes that neither of the two has.
        taken = line.body_taken
        if len(first) != taken or taken >= size:
            yield first
            async for piece in pieces:
                yield piece
            return
        taker = BlockTaker(line, size - taken, pace, taken)
        try:
            yield first
            while block := await taker.next():
                yield block
        finally:
            taker.end()


def blocks_of(scope: Mapping[str, Any], receive: Receive, size: int) -> AsyncGenerator[Block]:
    """The body of a request in blocks; one is the reader's until it asks for the next but one.

    To be closed by its reader, because until then a large body holds the connection.
    """
    line = scope.get("state", {}).get("line")
    large = size >= LARGE and isinstance(line, GuardedProtocol)
    return _take(line, receive, size) if large else body_blocks(receive)
