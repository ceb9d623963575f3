"""Short database work beside the event loop, and the poke that tells worker and sequencer that something came."""

import asyncio
import contextlib
import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from sekisho.adapters.database.home import find_home
from sekisho.kernel import SekishoError

P = ParamSpec("P")
T = TypeVar("T")
Block = bytes | bytearray | memoryview
THREADS: Final = 4
PATIENCE_SECONDS: Final = 60.0
_POOL: Final = ThreadPoolExecutor(THREADS, thread_name_prefix="lane")
LOOK_AGAIN_SECONDS: Final = 1.0


async def within(seconds: float, work: Callable[[], T]) -> T:
    """Run blocking work in one of a few threads, and wait for it so long at most.

    Raises:
        SekishoError: It takes longer: somebody holds the ledger. What it writes in the end is found by its key.

    """
    running = asyncio.get_running_loop().run_in_executor(_POOL, work)
    done, _ = await asyncio.wait([running], timeout=seconds)
    if not done:
        running.add_done_callback(lambda each: each.exception())
        message = "帳簿を書く順番が回ってきません / the turn to write the ledger does not come"
        raise SekishoError(message)
    return running.result()


def run_beside(work: Callable[[Block], None], block: Block) -> asyncio.Future[None]:
    """Work on bytes in one of the same threads; nothing in it waits for a turn."""
    return asyncio.get_running_loop().run_in_executor(_POOL, work, block)


async def run_short(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run short blocking work in one of a few threads, each with its own database connection."""
    return await within(PATIENCE_SECONDS, lambda: work(*args, **kwargs))


class Poker:
    """Tells whoever listens that something came; who listens is looked up once a second."""

    def __init__(self) -> None:
        self._line = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._line.setblocking(False)  # noqa: FBT003 - the socket's own signature
        self._lock = threading.Lock()
        self._places: tuple[str, ...] = ()
        self._looked = 0.0

    def poke(self) -> None:
        """Tell them; nobody listening is no fault, they look by themselves as well."""
        with self._lock:
            if time.monotonic() - self._looked > LOOK_AGAIN_SECONDS:
                self._places = tuple(map(str, find_home().folder.glob("*.poke")))
                self._looked = time.monotonic()
            for place in self._places:
                with contextlib.suppress(OSError):
                    self._line.sendto(b"1", place)


_POKER: Final = Poker()


def poke() -> None:
    """Tell worker and sequencer."""
    _POKER.poke()
