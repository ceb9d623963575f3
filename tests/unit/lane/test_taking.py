"""Two blocks in turn: no byte beyond the body is taken, and no block is filled while somebody still works on it."""

import asyncio
from random import Random
from typing import Any

import pytest

from sekisho.lane.requests import BLOCK, Pace
from sekisho.lane.taking import BlockTaker

NEXT = b"GET /health HTTP/1.1"


class Wire:
    """A connection on which a body and the next request lie ready, and the lane's own end of it."""

    def __init__(self, data: bytes, chance: Random) -> None:
        self.loop, self.flow, self.lent = asyncio.get_running_loop(), self, False
        self.read_paused, self.left, self._chance = True, memoryview(data), chance
        self.taker: Any = None

    def lend(self, taker: Any) -> None:
        """The taker stands in from now on."""
        self.taker, self.lent = taker, True

    def take_back(self, *, whole: bool) -> None:
        """The connection is the lane's own again."""
        self.lent, self.read_paused = False, whole or self.read_paused

    def pause_reading(self) -> None:
        """Nothing comes."""
        self.read_paused = True

    def resume_reading(self) -> None:
        """What lies ready comes."""
        self.read_paused = False
        self.loop.call_soon(self._bring)

    def _bring(self) -> None:
        """As much as the taker lets in, in bits of any size."""
        while self.lent and not self.read_paused and self.left:
            place = self.taker.get_buffer(-1)
            size = min(len(place), len(self.left), self._chance.choice([1, 9_000, 65_536, 250_000]))
            place[:size], self.left = self.left[:size], self.left[size:]
            self.taker.buffer_updated(size)


class Greedy(BlockTaker):
    """A planted bug: it takes whatever there is room for."""

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where the next bytes go."""
        return self._blocks[self._turn][self._filled : self._room]


class Hasty(BlockTaker):
    """A planted bug: it fills the one block again and again."""

    async def next(self) -> memoryview:
        """The next block."""
        block = await super().next()
        self._turn = 1 - self._turn
        return self._blocks[1 - self._turn][: len(block)]


async def taken(kind: type[BlockTaker], body: bytes, first: int) -> tuple[bytes, bytes]:
    """The body as somebody has it who works on a block while the next one comes; and what is left on the wire."""
    wire = Wire(body[first:] + NEXT, Random(len(body)))
    pace = Pace(rate=1, begun=wire.loop.time(), grace=20.0)
    taker = kind(wire, len(body) - first, pace, first)  # type: ignore[arg-type]  # as much of a connection as is used
    done, in_hand = bytearray(body[:first]), memoryview(b"")
    while block := await taker.next():
        done += in_hand
        in_hand = block
    taker.end()
    assert not wire.lent
    return bytes(done + in_hand), bytes(wire.left)


SIZES = [(BLOCK, 1), (3 * BLOCK, 65_536), (5 * BLOCK + 77, 1000), (4 * BLOCK - 1, BLOCK - 1)]


@pytest.mark.parametrize(("size", "first"), SIZES)
def test_every_byte_of_the_body_is_had_and_none_of_what_follows(size: int, first: int) -> None:
    body = Random(size).randbytes(size)
    assert asyncio.run(taken(BlockTaker, body, first)) == (body, NEXT)


async def taken_in_time(kind: type[BlockTaker], body: bytes, first: int) -> tuple[bytes, bytes] | None:
    """The same; nothing if no end comes."""
    try:
        return await asyncio.wait_for(taken(kind, body, first), 1)
    except TimeoutError:
        return None


@pytest.mark.parametrize("kind", [Greedy, Hasty])
def test_a_taker_that_reads_on_or_fills_a_block_in_use_is_found(kind: type[BlockTaker]) -> None:
    body = Random(1).randbytes(5 * BLOCK + 77)
    assert asyncio.run(taken_in_time(BlockTaker, body, 1000)) == (body, NEXT)
    assert asyncio.run(taken_in_time(kind, body, 1000)) != (body, NEXT)
