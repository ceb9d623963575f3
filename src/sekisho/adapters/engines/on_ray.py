"""Examining the blocks of a file on a Ray cluster, which is an optional extra."""

import importlib
import importlib.util
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Any, Final

from sekisho.kernel import SekishoError
from sekisho.records import Block, Engine, Part, Partial

_AHEAD: Final = 2


def over_ray(count: int) -> Engine:
    """An engine on the cluster that this process is connected to, or on one of so many processors of this machine.

    Raises:
        SekishoError: Ray is not installed.

    """
    if importlib.util.find_spec("ray") is None:
        message = "Ray is not installed; it is the optional part sekisho[ray]"
        raise SekishoError(message)
    ray = importlib.import_module("ray")

    def engine(examine_part: Part, blocks: Iterable[Block]) -> Iterator[Partial]:
        if not ray.is_initialized():
            ray.init(num_cpus=count, include_dashboard=False, log_to_driver=False, configure_logging=False)
        task = ray.remote(_examine).options(max_retries=3)
        shared = ray.put(examine_part)
        waiting: deque[Any] = deque()
        for block in blocks:
            waiting.append(task.remote(shared, block))
            if len(waiting) > count * _AHEAD:
                yield _answer(ray, waiting.popleft())
        while waiting:
            yield _answer(ray, waiting.popleft())

    return engine


def _examine(examine_part: Part, block: Block) -> Partial:
    """One block, on whatever machine of the cluster."""
    return examine_part(block)


def _answer(ray: Any, reference: Any) -> Partial:
    """What was found in one block; a node that ended is tried again elsewhere by Ray itself.

    Raises:
        SekishoError: No node could examine it; nothing of the file counts as examined.

    """
    try:
        found: Partial = ray.get(reference)
    except ray.exceptions.RayError as fault:
        message = "no node of the cluster could examine a part of the file"
        raise SekishoError(message) from fault
    return found
