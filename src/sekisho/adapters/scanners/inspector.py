"""The inspector: reads a parcel's plain bytes once, in memory. An error is a fault, never an OK."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sekisho.adapters.failpoints import failpoint
from sekisho.adapters.layouts import shipped_layouts
from sekisho.adapters.scanners.types import HEAD, active_kinds, inspection_profile, sniff
from sekisho.kernel import Findings, Landed, NumberFound, RecordFault, SekishoError
from sekisho.records import Examination, Layout, RecordsError, examine


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


def _findings(seen: Examination, head: _Head, media_type: str) -> Findings:
    """What was examined, in the kernel's words."""
    first = seen.faults[0] if seen.faults else None
    active = sorted(head.active | ({"formula"} if seen.formulas else set()))
    return Findings(
        media_type=media_type,
        layout=seen.layout,
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


def inspect_chunks(layout: Layout, chunks: Iterable[bytes], municipality: str) -> tuple[Findings, Examination]:
    """Everything the gate would say of a file.

    Raises:
        SekishoError: The file could not be examined; it does not cross.

    """
    head = _Head()
    try:
        seen = examine(layout, head.watch(chunks), vocabulary=shipped_layouts().vocabulary, municipality=municipality)
    except RecordsError as fault:
        message = f"the file could not be examined: {fault}"
        raise SekishoError(message) from fault
    media_type = sniff(head.bytes)
    if media_type == "text/plain" and seen.layout:
        media_type = "text/csv"
    return _findings(seen, head, media_type), seen


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
        layout = shipped_layouts().find(self.layout_for(landed.waybill.tenant, landed.waybill.connection))
        found, seen = inspect_chunks(layout, self.open_parcel(landed), landed.waybill.tenant)
        failpoint("inspect")
        if seen.sha256 != landed.stored.digest:
            message = f"parcel {landed.waybill.parcel} is not what landed"
            raise SekishoError(message)
        return found
