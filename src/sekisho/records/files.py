"""Reading records as values, writing them byte-exact, and re-emitting a file without some of its columns."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sekisho.records.blocks import cut_blocks, plain_values, split_fields, split_records, unquote
from sekisho.records.characters import decode_text, encode_text, unwritable
from sekisho.records.columns import Columns, read_columns
from sekisho.records.errors import RecordsError
from sekisho.records.faults import Fault, FaultCode, mask
from sekisho.records.layout import Item, Layout


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record: its row (the heading is row 1) and its values by field name."""

    row: int
    values: Mapping[str, str]


def _raw_records(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Every record with its line end, the heading first."""
    for block in cut_blocks(chunks):
        if block.torn:
            message = "the file ends inside a record; examine it to see where"
            raise RecordsError(message)
        for _, raw in split_records(block.data):
            yield raw


def _closer_look(columns: Columns, record: bytes, row: int) -> list[str]:
    """The values of a record with quotation marks.

    Raises:
        RecordsError: They are misplaced, or a value cannot be decoded.

    """
    fields = [unquote(field) for _, field in split_fields(record)]
    if None in fields:
        message = f"row {row} has a misplaced quotation mark; examine the file to see where"
        raise RecordsError(message)
    try:
        return [decode_text(field or b"", columns.layout.encoding) for field in fields]
    except UnicodeDecodeError as fault:
        message = f"row {row} cannot be decoded; examine the file to see where"
        raise RecordsError(message) from fault


def _values(columns: Columns, raw: bytes, row: int) -> Record:
    """The values of one record that was examined before."""
    record = raw.removesuffix(b"\n").removesuffix(b"\r")
    texts = plain_values(record, columns.layout.encoding)
    if texts is None:
        texts = _closer_look(columns, record, row)
    if len(texts) != len(columns.known):
        message = f"row {row} does not fit the heading; examine the file to see why"
        raise RecordsError(message)
    return Record(row=row, values={known.name: text for known, text in zip(columns.known, texts, strict=True)})


def read(layout: Layout, chunks: Iterable[bytes], vocabulary: Iterable[Item] = ()) -> Iterator[Record]:
    """The records of a file, one by one.

    Raises:
        RecordsError: A record cannot be read; `examine` says where and why.

    """
    records = _raw_records(chunks)
    columns, faults = read_columns(layout, next(records, b""), tuple(vocabulary))
    if faults:
        message = "the heading is not that of the layout; examine the file to see why"
        raise RecordsError(message)
    for row, raw in enumerate(records, start=2):
        yield _values(columns, raw, row)


def _quoted(value: str) -> str:
    """A value as it stands in a file."""
    return '"' + value.replace('"', '""') + '"' if any(each in value for each in ',"\r\n') else value


def write_record(layout: Layout, values: Iterable[str]) -> bytes:
    """One record as bytes.

    Raises:
        RecordsError: A character cannot be written in this encoding; it says in which field, and never replaces it.

    """
    fields = []
    for field, value in zip(layout.fields, values, strict=True):
        try:
            fields.append(encode_text(_quoted(value), layout.encoding))
        except UnicodeEncodeError as fault:
            count = len(unwritable(value, layout.encoding))
            message = f"{field.header}({field.name}): {count}字が {layout.encoding} で書けません / cannot be written"
            raise RecordsError(message) from fault
    return b",".join(fields) + layout.line_end


def write(layout: Layout, records: Iterable[Mapping[str, str]]) -> Iterator[bytes]:
    """A whole file: the heading, then each record; a field that is not given is empty.

    Raises:
        RecordsError: A value cannot be written, or a record names a field that the layout does not have.

    """
    names = [field.name for field in layout.fields]
    if layout.header:
        yield write_record(layout, [field.header for field in layout.fields])
    for record in records:
        if strangers := set(record) - set(names):
            message = f"layout {layout.layout} has no field {', '.join(sorted(strangers))}"
            raise RecordsError(message)
        yield write_record(layout, [record.get(name, "") for name in names])


def find_unwritable(layout: Layout, records: Iterable[Mapping[str, str]]) -> tuple[Fault, ...]:
    """Every value that the layout's encoding cannot write, by row and column, before anything is written.

    `byte` is the place of the first such character within its value, since there is no file yet.
    """
    return tuple(
        Fault(row=row, column=column, byte=places[0], code=FaultCode.NOT_WRITABLE, field=field.name, found=mask(value))
        for row, record in enumerate(records, start=2)
        for column, field in enumerate(layout.fields, start=1)
        if (value := record.get(field.name, "")) and (places := unwritable(value, layout.encoding))
    )


def strip_items(
    layout: Layout, chunks: Iterable[bytes], items: frozenset[str], vocabulary: Iterable[Item] = ()
) -> Iterator[bytes]:
    """The same file without the columns of these data items; what stays keeps its bytes."""
    records = _raw_records(chunks)
    heading = next(records, b"")
    columns, _ = read_columns(layout, heading, tuple(vocabulary))
    stay = [number for number, known in enumerate(columns.known) if known.item not in items]
    yield _keep(heading, stay)
    for raw in records:
        yield _keep(raw, stay)


def _keep(raw: bytes, stay: list[int]) -> bytes:
    """One record with only the columns that stay."""
    record = raw.removesuffix(b"\n").removesuffix(b"\r")
    fields = split_fields(record)
    return b",".join(fields[number][1] for number in stay if number < len(fields)) + raw[len(record) :]
