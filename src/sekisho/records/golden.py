"""Trying a layout before it is used: its golden records must be found as good, or as wrong, as they say they are."""

from sekisho.records.errors import RecordsError
from sekisho.records.examination import examine
from sekisho.records.files import write
from sekisho.records.layout import Layout


def try_golden(layout: Layout) -> None:
    """Write each golden record and examine it again.

    Raises:
        RecordsError: One is not found as it says; with its number, and what was found instead.

    """
    for number, golden in enumerate(layout.golden, start=1):
        place = f"layout {layout.layout}, golden record {number}"
        try:
            seen = examine(layout, write(layout, [dict(golden.values)]))
        except RecordsError as fault:
            message = f"{place}: {fault}"
            raise RecordsError(message) from fault
        found = {fault.field or str(fault.column): str(fault.code) for fault in seen.faults}
        if found != dict(golden.faults):
            message = f"{place}: faults {found or 'none'}, and not {dict(golden.faults) or 'none'}"
            raise RecordsError(message)
