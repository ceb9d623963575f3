"""Which data items a file of each layout can hold, and which of them cannot be masked (伏せる).

It is said before anything crosses: when the council judges an item, and when a permit is checked.
"""

from sekisho import records
from sekisho.records import Layout, LayoutShelf


def _items_of(layout: Layout, shelf: LayoutShelf) -> frozenset[str]:
    """Every item that a file may hold: the layout's own and, where a heading names them, any of the vocabulary."""
    return layout.items() | (frozenset(each.item for each in shelf.vocabulary) if layout.header else frozenset())


def held_items(shelf: LayoutShelf) -> frozenset[tuple[str, str]]:
    """Every (layout, item) that a file may hold."""
    return frozenset((each.layout, item) for each in shelf.layouts for item in _items_of(each, shelf))


def unmaskable(shelf: LayoutShelf) -> frozenset[tuple[str, str]]:
    """Every (layout, item) for which there is a version of the layout in which no mask may stand."""
    return frozenset((each.layout, item) for each in shelf.layouts for item in records.unmaskable_items(each))
