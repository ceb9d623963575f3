"""Which part of a document a Range header asks for, and what is decrypted for it."""

from pathlib import Path
from random import Random

import pytest

from sekisho.adapters.objects import CHUNK, Sink, StreamFault
from sekisho.adapters.objects.ranges import open_range
from sekisho.lane.handouts import part_of

KEY = b"k" * 32


@pytest.mark.parametrize(
    ("wanted", "part"),
    [
        ("", range(100)),
        ("bytes=0-9", range(10)),
        ("bytes=90-", range(90, 100)),
        ("bytes=-10", range(90, 100)),
        ("bytes=-1000", range(100)),
        ("bytes=50-5000", range(50, 100)),
        ("bytes=100-", None),
        ("bytes=-0", None),
        ("bytes=9-0", range(100)),
        ("bytes=0-1,5-6", range(100)),
        ("lines=0-1", range(100)),
        ("bytes=-", range(100)),
    ],
)
def test_a_range_header_is_a_part_or_the_whole_or_nothing(wanted: str, part: range | None) -> None:
    assert part_of(100, wanted) == part


@pytest.mark.parametrize("size", [1, 1000, CHUNK, CHUNK + 1, 5 * CHUNK - 1, 5 * CHUNK])
def test_any_part_is_what_stands_there(tmp_path: Path, size: int) -> None:
    chance = Random(size)
    data = chance.randbytes(size)
    sink = Sink(tmp_path, f"p{size}", KEY)
    sink.feed(data)
    taken = sink.finish()
    stored = (taken.stored.place, taken.inline)
    for _ in range(40):
        begin = chance.randrange(size)
        part = range(begin, chance.randrange(begin, size) + 1)
        assert b"".join(open_range(tmp_path, stored, (f"p{size}", KEY), part)) == data[part.start : part.stop]


def test_a_part_whose_chunk_was_changed_does_not_open_and_the_others_do(tmp_path: Path) -> None:
    sink = Sink(tmp_path, "p1", KEY)
    sink.feed(bytes(4 * CHUNK))
    sink.finish()
    file = tmp_path / "p1"
    sealed = bytearray(file.read_bytes())
    sealed[2 * (CHUNK + 16) + 5] ^= 1
    file.write_bytes(sealed)
    assert b"".join(open_range(tmp_path, ("p1", None), ("p1", KEY), range(CHUNK, 2 * CHUNK))) == bytes(CHUNK)
    with pytest.raises(StreamFault):
        list(open_range(tmp_path, ("p1", None), ("p1", KEY), range(2 * CHUNK, 2 * CHUNK + 1)))
