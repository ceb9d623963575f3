"""Trying a layout on its own golden records before it is used: what it must accept, and what it must find."""

from collections.abc import Iterable, Mapping

from sekisho.records.errors import RecordsError
from sekisho.records.examination import examine
from sekisho.records.layout import Golden, Layout
from sekisho.records.writing import write


def _found(layout: Layout, values: Mapping[str, str]) -> dict[str, str]:
    """The first fault of each field of one record, written and examined."""
    seen = examine(layout, write(layout, [values]))
    found: dict[str, str] = {}
    for fault in seen.faults:
        found.setdefault(fault.field, str(fault.code))
    return found


def _try_record(layout: Layout, number: int, golden: Golden) -> None:
    """One golden record.

    Raises:
        RecordsError: Something else is found than its layout says.

    """
    try:
        found = _found(layout, dict(golden.values))
    except RecordsError as fault:
        message = f"layout {layout.layout}, golden record {number}: {fault}"
        raise RecordsError(message) from fault
    if found != dict(golden.faults):
        wanted = _words(dict(golden.faults).items()) or "nothing"
        message = (
            f"layout {layout.layout}, golden record {number}: 期待 {wanted}、結果 {_words(found.items())}"
            " / what was found differs from what was wanted"
        )
        raise RecordsError(message)


def _words(faults: Iterable[tuple[str, str]]) -> str:
    """Fields and faults, never values."""
    return ", ".join(f"{field}: {code}" for field, code in faults) or "nothing"


def try_golden(layout: Layout) -> None:
    """Try every golden record of a layout; one at least must be accepted.

    Raises:
        RecordsError: There is none, or a record is not judged as the layout itself says.

    """
    if not any(not each.faults for each in layout.golden):
        message = f"layout {layout.layout}: 正しい見本の記録がありません / there is no golden record that it accepts"
        raise RecordsError(message)
    for number, each in enumerate(layout.golden, start=1):
        _try_record(layout, number, each)
