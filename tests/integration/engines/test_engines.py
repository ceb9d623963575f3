"""One file, three engines, one answer: in this process, over several processes, on Ray."""

import os
from collections.abc import Iterable, Iterator

import pytest

from sekisho.adapters.engines import over_processes, over_ray
from sekisho.adapters.layouts import shipped_layouts
from sekisho.kernel import SekishoError
from sekisho.records import (
    Block,
    Engine,
    Examination,
    FaultCode,
    Layout,
    Part,
    Partial,
    examine,
    in_this_process,
    write,
)

SHELF = shipped_layouts()
BLOCKS = 5


def rows_of(layout: Layout) -> tuple[bytes, bytes]:
    """The heading, if there is one, and a good record of a layout."""
    golden = next(each.values for each in layout.golden if not each.faults)
    *heading, record = write(layout, [dict(golden)])
    return b"".join(heading), record


def long_file(layout: Layout) -> bytes:
    """A file of some blocks, with a faulty record in each of them and a torn end."""
    heading, record = rows_of(layout)
    many = record * (5_000_000 // len(record))
    return heading + b"".join(many + b"," + record for _ in range(BLOCKS)) + record[:10]


def examined(layout: Layout, data: bytes, engine: Engine = in_this_process) -> Examination:
    """The examination by one engine."""
    pieces = (data[start : start + 65_536] for start in range(0, len(data), 65_536))
    return examine(layout, pieces, vocabulary=SHELF.vocabulary, municipality="422011", engine=engine)


@pytest.fixture(scope="module")
def ray_engine() -> Iterator[Engine]:
    """A cluster of two processors on this machine, ended afterwards."""
    ray = pytest.importorskip("ray")
    os.environ["RAY_AUTH_MODE"] = "disabled"
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    yield over_ray(2)
    ray.shutdown()


@pytest.mark.enable_socket
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["registry_notice", "eltax.315"])
def test_all_engines_give_one_answer(name: str, ray_engine: Engine) -> None:
    layout = SHELF.find(name)
    data = long_file(layout)
    here = examined(layout, data)
    assert here.size == len(data)
    assert here.fault_count >= BLOCKS + 1
    assert examined(layout, data, over_processes(2)) == here
    assert examined(layout, data, ray_engine) == here


def lossy(examine_part: Part, blocks: Iterable[Block]) -> Iterator[Partial]:
    """An engine that loses the last block."""
    parts = [examine_part(block) for block in blocks]
    return iter(parts[:-1])


def test_an_engine_that_loses_a_block_is_noticed() -> None:
    layout = SHELF.find("registry_notice")
    data = long_file(layout)
    assert examined(layout, data, lossy) != examined(layout, data)


def _end(block: Block) -> Partial:
    """A part whose process ends before it has answered."""
    os._exit(1 + len(block.data) % 2)


def test_a_process_that_ends_is_a_fault_and_never_an_ok() -> None:
    with pytest.raises(SekishoError, match="ended before it had answered"):
        list(over_processes(1)(_end, [Block(data=b"x")]))


def test_a_file_in_which_one_key_stands_twice_is_found_over_processes() -> None:
    layout = SHELF.find("eltax.315")
    _, record = rows_of(layout)
    found = examined(layout, record * 2, over_processes(1))
    assert [(fault.row, fault.code) for fault in found.faults] == [(2, FaultCode.DUPLICATE)]
