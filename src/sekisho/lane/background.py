"""Short database work beside the event loop."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from sekisho.adapters.objects.stream import Block
from sekisho.kernel import SekishoError

P = ParamSpec("P")
T = TypeVar("T")
THREADS: Final = 4
PATIENCE_SECONDS: Final = 60.0
_POOL: Final = ThreadPoolExecutor(THREADS, thread_name_prefix="lane")


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
