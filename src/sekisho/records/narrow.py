"""Counting records of the wrong number of columns where no fault is kept any more, many at a time.

A file of millions of empty lines must not cost a close look at each of them. Only what is plain ASCII without
quotation marks is counted so: of such a record nothing can be wrong but its columns and its line end.
"""

from typing import Final

import numpy as np

from sekisho.records.blocks import Block
from sekisho.records.closely import read_closely, read_record
from sekisho.records.notebook import Notebook
from sekisho.records.partial import Partial
from sekisho.records.tallying import Tallier

_COMMA, _LINE_FEED, _RETURN = b",\n\r"
_ASCII: Final = 0x80


def pass_over(block: Block, notes: Notebook) -> Partial:
    """Examine a block of which no fault is kept: plain records of the wrong width are counted, others read closely."""
    data = block.data
    if block.torn or b'"' in data or not data.endswith(b"\n"):
        return read_closely(block, notes)
    raw = np.frombuffer(data, dtype=np.uint8)
    feeds = np.flatnonzero(raw == _LINE_FEED)
    starts = np.concatenate(([0], feeds[:-1] + 1))
    commas = np.add.reduceat(raw == _COMMA, starts, dtype=np.int64)
    narrow = commas + 1 != len(notes.columns.known)
    narrow &= ~np.logical_or.reduceat(raw >= _ASCII, starts)
    returned = (feeds > starts) & (raw[feeds - 1] == _RETURN)
    wrong_end = returned != (notes.columns.layout.line_end == b"\r\n")
    notes.fault_count += int(np.count_nonzero(narrow)) + int(np.count_nonzero(narrow & wrong_end))
    tallier = Tallier(notes.columns)
    for number in np.flatnonzero(~narrow).tolist():
        start, end = int(starts[number]), int(feeds[number]) + 1
        read_record((number + 1, start), data[start:end], notes, tallier)
    return notes.partial(len(feeds), len(data), tallier.tally())
