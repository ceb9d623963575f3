"""What stands in the fields of a form: of a thing on the chart, or of a new one; always text, as it is typed."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from typing import Final

from sekisho.kernel import Chart, Connection, Thing

Values = Mapping[str, str]
NEW: Final = "new"
ITEM_FIELDS: Final = ("item", "ja", "en", "use", "written_as")
ROWS_AT_LEAST: Final = 3
MORE_ROWS: Final = 10
ROWS_AT_MOST: Final = 200
HOPS_AT_LEAST: Final = 3


def values_of(thing: Thing) -> dict[str, str]:
    """A thing as its form shows it."""
    found = {each.name: _as_text(getattr(thing, each.name)) for each in fields(thing)}
    return {**found, **dict(_way_and_items(thing))} if isinstance(thing, Connection) else found


def _as_text(value: object) -> str:
    """A yes or a no as its choice, anything else as it is."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if isinstance(value, tuple) else str(value)


def _way_and_items(arrow: Connection) -> Iterator[tuple[str, str]]:
    """The networks of an arrow hop by hop, and its data items row by row."""
    yield from ((f"via.{number}", network) for number, network in enumerate(arrow.via, 1))
    yield "rows", str(max(len(arrow.items) + ROWS_AT_LEAST, ROWS_AT_LEAST))
    for number, each in enumerate(arrow.items, 1):
        yield f"item.{number}.item", each.item
        yield f"item.{number}.ja", each.ja
        yield f"item.{number}.en", each.en
        yield f"item.{number}.use", each.use
        yield f"item.{number}.written_as", ", ".join(each.written_as)


def rows_in(values: Values) -> int:
    """How many rows of data items a form shows."""
    text = values.get("rows", "")
    return min(max(int(text), ROWS_AT_LEAST), ROWS_AT_MOST) if text.isascii() and text.isdecimal() else ROWS_AT_LEAST


def hops_in(chart: Chart, values: Values) -> int:
    """How many hops a form offers: one more than are used, never more than there are networks."""
    used = [number for number in range(1, len(chart.networks) + 1) if values.get(f"via.{number}")]
    return min(max([HOPS_AT_LEAST, *(number + 1 for number in used)]), max(len(chart.networks), 1))
