"""Checking a parcel at the door: every record against its layout, and nothing of another municipality."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sekisho.adapters.database.canaries import canaries_beside
from sekisho.adapters.layouts import shipped_layouts
from sekisho.adapters.scanners.canaries import CanarySearch, needles_for
from sekisho.kernel import Reason, ReasonCode, Refused, because
from sekisho.records import Examination, Layout, Record, examine, read
from sekisho.records.reading import raw_records

# A portal's order number of twelve digits looks like an Individual Number by chance, one time in eleven.
_ORDER: Final = "order_number"


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A parcel that fits its layout: the layout, the bytes, and how many records there are."""

    layout: Layout
    body: bytes
    records: int

    def rows(self) -> Iterator[tuple[Record, bytes]]:
        """Every record with its bytes as they were sent, its line end included; the heading is none."""
        raw = raw_records(self.layout, [self.body])
        next(raw, b"")
        yield from zip(read(self.layout, [self.body], shipped_layouts().vocabulary), raw, strict=True)


def _faults(found: Examination, layout: str) -> Iterator[Reason]:
    """Why the parcel is not taken."""
    if not found.layout:
        yield because(ReasonCode.LAYOUT_NOT_APPROVED, layout=f"{layout} ではない / not {layout}")
    if found.foreign:
        yield because(ReasonCode.OTHER_MUNICIPALITY, count=found.foreign)
    for each in found.numbers:
        if each.column != _ORDER:
            yield because(ReasonCode.INDIVIDUAL_NUMBER_FOUND, column=each.column, count=each.count, row=each.first_row)
    if found.faults and found.layout:
        worst = found.faults[0]
        facts = {"row": worst.row, "column": worst.column, "byte": worst.byte, "what": worst.ja}
        yield because(ReasonCode.RECORDS_FAULTY, count=found.fault_count, **facts)


def _strangers(area: str, body: bytes) -> Iterator[Reason]:
    """Made-up records of other municipalities in this parcel: a donation record itself does not say whose it is."""
    search = CanarySearch(needles=needles_for(canaries_beside(area)))
    for each in search.search([body]) if search.needles else ():
        yield because(ReasonCode.FOREIGN_CANARY, permit="-", municipality=each.municipality, count=each.count)


def check_parcel(layout: str, area: str, body: bytes) -> Checked:
    """The parcel, if every record of it is as the layout says and of this area.

    Raises:
        Refused: With every reason; nothing of it is kept.

    """
    shelf = shipped_layouts()
    known = shelf.find(layout)
    found = examine(known, [body], vocabulary=shelf.vocabulary, municipality=area)
    if reasons := (*_faults(found, layout), *_strangers(area, body)):
        raise Refused(reasons)
    if not found.records:
        raise Refused([because(ReasonCode.EMPTY_PARCEL)])
    return Checked(layout=known, body=body, records=found.records)
