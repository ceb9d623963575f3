"""The inspector: reads a parcel's plain bytes once, in memory. An error is a fault, never an OK."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Final
from zoneinfo import ZoneInfo

from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.layouts import LayoutFile, layouts_in_use
from sekisho.adapters.scanners.types import HEAD, active_kinds, inspection_profile, sniff
from sekisho.kernel import Findings, Landed, NumberFound, RecordFault, SekishoError
from sekisho.records import Examination, RecordsError, examine

_OFFICE_TIME: Final = ZoneInfo("Asia/Tokyo")


class _Head:
    """Keeps the first bytes of a stream that passes by, and the kinds of active content in all of it."""

    def __init__(self) -> None:
        self.bytes = b""
        self.active: set[str] = set()
        self._tail = b""

    def watch(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Pass the chunks on."""
        for chunk in chunks:
            if len(self.bytes) < HEAD:
                self.bytes += chunk[: HEAD - len(self.bytes)]
            self.active.update(active_kinds(self._tail + chunk))
            self._tail = chunk[-16:]
            yield chunk


def _findings(seen: Examination, head: _Head, media_type: str, file: LayoutFile) -> Findings:
    """What was examined, in the kernel's words."""
    first = seen.faults[0] if seen.faults else None
    active = sorted(head.active | ({"formula"} if seen.formulas else set()))
    return Findings(
        media_type=media_type,
        layout=seen.layout,
        layout_version=file.layout.version,
        layout_sha256=file.sha256,
        size=seen.size,
        records=seen.records,
        items=seen.items,
        item_labels={item: ja for item, (ja, _) in seen.item_labels.items()},
        fault_count=seen.fault_count,
        first_fault=RecordFault(row=first.row, column=first.column, byte=first.byte, what=f"{first.ja} / {first.en}")
        if first
        else None,
        individual_numbers=tuple(
            NumberFound(column=each.column, count=each.count, first_row=each.first_row) for each in seen.numbers
        ),
        other_municipality=seen.foreign,
        active_content=tuple(active),
        unmapped_characters=sum(each.count for each in seen.private),
        profile=inspection_profile(),
    )


def inspect_chunks(file: LayoutFile, chunks: Iterable[bytes], municipality: str) -> tuple[Findings, Examination]:
    """Everything the gate would say of a file, compared with the layout of this layout file.

    Raises:
        SekishoError: The file could not be examined; it does not cross.

    """
    head = _Head()
    try:
        vocabulary = layouts_in_use().shelf.vocabulary
        seen = examine(file.layout, head.watch(chunks), vocabulary=vocabulary, municipality=municipality)
    except RecordsError as fault:
        message = f"the file could not be examined: {fault}"
        raise SekishoError(message) from fault
    media_type = sniff(head.bytes)
    if media_type == "text/plain" and seen.layout:
        media_type = "text/csv"
    return _findings(seen, head, media_type, file), seen


def peek(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of a stream, and the whole stream again."""
    rest, held, size = iter(chunks), list[bytes](), 0
    for chunk in rest:
        held.append(chunk)
        size += len(chunk)
        if size >= HEAD:
            break
    return b"".join(held), chain(held, rest)


def _accepted(name: str, head: bytes, landed: Landed) -> LayoutFile:
    """The version of the approved layout that is accepted on the day of arrival and fits the first bytes.

    Raises:
        SekishoError: None is, or a layout of our own cannot be used; nothing crosses until that is mended.

    """
    try:
        return layouts_in_use().choose(name, head, landed.passage.at.astimezone(_OFFICE_TIME).date())
    except RecordsError as fault:
        message = f"the file could not be examined: {fault}"
        raise SekishoError(message) from fault


@dataclass(frozen=True, slots=True)
class FileInspector:
    """The inspector of the corridor: opens the landed bytes and looks for the layout that the permit approved."""

    open_parcel: Callable[[Landed], Iterator[bytes]]
    layout_for: Callable[[str, str], str]

    def findings(self, landed: Landed) -> Findings:
        """What the bytes hold.

        Raises:
            SekishoError: They could not be read or examined.

        """
        name = self.layout_for(landed.waybill.tenant, landed.waybill.connection)
        head, chunks = peek(self.open_parcel(landed))
        file = _accepted(name, head, landed)
        found, seen = inspect_chunks(file, chunks, landed.waybill.tenant)
        failpoint("inspect")
        if seen.sha256 != landed.stored.digest:
            message = f"parcel {landed.waybill.parcel} is not what landed"
            raise SekishoError(message)
        return found
