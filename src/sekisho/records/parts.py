"""One part of a file: screened as a whole, looked at closely where something is suspected.

`part` and `merge` are pure, so that a file can be cut up in any way, in any number of processes, with one answer.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from sekisho.records.blocks import Block, cut_blocks, split_records
from sekisho.records.clean import count_clean
from sekisho.records.closely import Raw, look_at_rules, look_at_values, read_closely, read_values
from sekisho.records.columns import Columns
from sekisho.records.narrow import pass_over
from sekisho.records.notebook import Notebook
from sekisho.records.partial import FAULTS_KEPT, Partial, merge
from sekisho.records.screening import Screening, screen
from sekisho.records.skimming import Skimming, skim
from sekisho.records.tallies import Tally
from sekisho.records.tallying import Tallier

_CLOSE: Final = 1 << 13
_FEW: Final = 1 << 16
_LINE_FEED: Final = re.compile(b"\n")
_QUOTE: Final = b'"'


def _starts(data: bytes) -> list[int]:
    """Where each record of a block begins whose line ends are in order, and where the last one ends."""
    if b'"' in data:
        starts = [offset for offset, _ in split_records(data)]
    else:
        starts = [0, *(each.end() for each in _LINE_FEED.finditer(data))]
        starts = starts[:-1] if starts[-1] == len(data) else starts
    return [*starts, len(data)]


def _raw_records(
    data: bytes, screening: Screening | Skimming, columns: Columns, chosen: Iterable[int] | None = None
) -> Iterator[Raw]:
    """The chosen records of such a block, by their numbers from 0; all of them, if none are chosen."""
    line_end = columns.layout.line_end
    starts = screening.starts(len(data)) if isinstance(screening, Skimming) else _starts(data)
    for number in range(len(starts) - 1) if chosen is None else chosen:
        record = data[starts[number] : starts[number + 1]].removesuffix(line_end)
        yield Raw(row=number + 1, offset=starts[number], record=record)


def _look_where_suspected(data: bytes, screening: Screening | Skimming, notes: Notebook) -> None:
    """Look closely at what the screening suspects; nothing else can be wrong."""
    for raw in _raw_records(data, screening, notes.columns, sorted(screening.suspicions)):
        suspicion = screening.suspicions[raw.row - 1]
        values = read_values(raw, notes)
        if values is not None:
            look_at_values(raw, values, sorted(suspicion.columns), notes)
            look_at_rules(raw, values, sorted(suspicion.rules), notes)


def _take_tally(data: bytes, screening: Screening | Skimming, columns: Columns) -> Tally:
    """What the rules over the whole file need of this block."""
    tallier = Tallier(columns)
    if tallier.chosen:
        picked = zip(*(screening.texts(column) for column in tallier.chosen), strict=True)
        for raw, values in zip(_raw_records(data, screening, columns), picked, strict=True):
            tallier.add(raw.row, raw.offset, raw.record, values)
    return tallier.tally()


def _halves(data: bytes, *, quotes: bool) -> tuple[bytes, bytes]:
    """A block in two, parted where the first record begins behind its middle; nothing in the first if none does."""
    at = max(len(data) + 1, 2) // 2 - 1
    odd = quotes and data.count(_QUOTE, 0, at) % 2 == 1
    while 0 <= (end := data.find(b"\n", at)) < len(data) - 1:
        odd ^= quotes and data.count(_QUOTE, at, end) % 2 == 1
        at = end + 1
        if not odd:
            return data[:at], data[at:]
    return b"", data


def screened_part(data: bytes, notes: Notebook) -> Partial | None:
    """A block examined by whole columns; nothing if there is any doubt about its bytes."""
    screening = skim(notes.columns, data, notes.municipality) or screen(notes.columns, data, notes.municipality)
    if screening is None:
        return None
    if screening.suspicions:
        _look_where_suspected(data, screening, notes)
    return notes.partial(screening.height, len(data), _take_tally(data, screening, notes.columns))


def _quick_part(data: bytes, notes: Notebook) -> Partial | None:
    """The quick way that suits the size of the block; nothing if it needs a closer look."""
    if len(data) >= _FEW:
        return screened_part(data, notes)
    count = count_clean(notes.columns, data, notes.municipality)
    return None if count is None else notes.partial(count, len(data))


def _is_crowded(data: bytes, width: int) -> bool:
    """More records than the block has room for, if they had their columns? Then looking for whole ones is no use."""
    return data.count(b"\n") * width > len(data)


def _crowded_part(columns: Columns, data: bytes, municipality: str, keep: int) -> Partial:
    """A crowded block, piece by piece: read closely as long as faults are kept, and after that mostly counted."""
    total = Partial()
    for piece in cut_blocks([data], size=_CLOSE, quotes=columns.quotes):
        notes = Notebook(columns, municipality, max(keep - len(total.faults), 0))
        total = merge(total, read_closely(piece, notes) if notes.keep else pass_over(piece, notes), keep)
    return total


def part(columns: Columns, block: Block, municipality: str, keep: int = FAULTS_KEPT) -> Partial:
    """Examine the whole records of one block: all of it at once, and where there is a doubt, in ever smaller parts.

    All faults are counted, the first `keep` are kept.
    """
    notes = Notebook(columns, municipality, keep)
    quick = None if block.torn else _quick_part(block.data, notes)
    if quick is not None:
        return quick
    if block.torn or len(block.data) < _CLOSE:
        return read_closely(block, notes)
    if _is_crowded(block.data, len(columns.known)):
        return _crowded_part(columns, block.data, municipality, keep)
    one, other = _halves(block.data, quotes=columns.quotes)
    if not one:
        return read_closely(block, notes)
    first = part(columns, Block(data=one), municipality, keep)
    rest = max(keep - len(first.faults), 0)
    return merge(first, part(columns, Block(data=other), municipality, rest), keep)
