"""A block of records by whole columns: what it says, if it says anything, is what reading record by record says."""

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records.blocks import Block
from sekisho.records.characters import encode_text
from sekisho.records.closely import read_closely
from sekisho.records.columns import Columns, read_columns
from sekisho.records.layout import Layout
from sekisho.records.notebook import Notebook
from sekisho.records.parts import screened_part

SHELF = shipped_layouts()
KEEP = 100


def _columns(layout: Layout) -> Columns:
    """The columns of a file of this layout, under its own headings."""
    heading = ",".join(field.header for field in layout.fields)
    return read_columns(layout, encode_text(heading, layout.encoding), SHELF.vocabulary)[0]


COLUMNS = tuple(_columns(SHELF.find(name)) for name in sorted({each.layout for each in SHELF.layouts}))


def try_one(data: bytes) -> None:
    """Examine bytes as a block of records of every layout, both ways."""
    for columns in COLUMNS:
        quick = screened_part(data, Notebook(columns, "422011", KEEP))
        if quick is not None:
            assert quick == read_closely(Block(data=data), Notebook(columns, "422011", KEEP))
