"""The reader: whatever the bytes and however they are cut, the same answer and no exception."""

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import examine

SHELF = shipped_layouts()
LAYOUTS = tuple(SHELF.find(name) for name in sorted({each.layout for each in SHELF.layouts}))


def try_one(data: bytes) -> None:
    """Examine bytes as a file of every layout, whole and cut into pieces."""
    at = 1 + (data[0] if data else 0)
    for layout in LAYOUTS:
        whole = examine(layout, [data], vocabulary=SHELF.vocabulary, municipality="422011")
        cut = [data[start : start + at] for start in range(0, len(data), at)]
        assert examine(layout, cut, vocabulary=SHELF.vocabulary, municipality="422011") == whole
        assert whole.size == len(data)
        assert len(whole.faults) <= whole.fault_count
