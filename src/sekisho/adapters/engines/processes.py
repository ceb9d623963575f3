"""Examining the blocks of a file in several processes of this machine."""

import multiprocessing
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Final

from sekisho.kernel import SekishoError
from sekisho.records import Block, Engine, Part, Partial

_AHEAD: Final = 2


def over_processes(count: int) -> Engine:
    """An engine of so many processes; so that memory stays bounded, few blocks are read ahead of them."""

    def engine(examine_part: Part, blocks: Iterable[Block]) -> Iterator[Partial]:
        # Started anew, never forked: a fork would copy locks that other threads hold.
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            waiting: deque[Future[Partial]] = deque()
            for block in blocks:
                waiting.append(pool.submit(examine_part, block))
                if len(waiting) > count * _AHEAD:
                    yield _answer(waiting.popleft())
            while waiting:
                yield _answer(waiting.popleft())

    return engine


def _answer(future: "Future[Partial]") -> Partial:
    """What was found in one block.

    Raises:
        SekishoError: The process that examined it ended; nothing of the file counts as examined.

    """
    try:
        return future.result()
    except BrokenProcessPool as fault:
        message = "a process that examined a part of the file ended before it had answered"
        raise SekishoError(message) from fault
