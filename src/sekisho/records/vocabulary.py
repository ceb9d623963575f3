"""The vocabulary of data items: how a column that no layout expects is recognised for what it is."""

from typing import Any

from sekisho.records.errors import RecordsError
from sekisho.records.layout import DataClass, Item
from sekisho.records.strict_yaml import as_table, as_texts, load_yaml, twice


def _item(data: Any) -> Item:
    """One word of the vocabulary.

    Raises:
        RecordsError: With the word.

    """
    values = dict(as_table(data, "vocabulary, an item", dict.fromkeys(("item", "ja", "en"), str)))
    place = f"vocabulary, item {values.get('item')}"
    try:
        values["data_class"] = DataClass(values.pop("class"))
        values["headers"] = as_texts(values["headers"], f"{place}: headers")
        return Item(**values)
    except (TypeError, ValueError, KeyError) as fault:
        message = f"{place}: {fault}"
        raise RecordsError(message) from fault


def parse_vocabulary(text: str) -> tuple[Item, ...]:
    """Read the vocabulary of data items; no item and no heading stands twice.

    Raises:
        RecordsError: With the place.

    """
    data = load_yaml(text, "vocabulary")
    items = tuple(_item(each) for each in data) if isinstance(data, list) else ()
    if not items:
        message = "vocabulary: 項目の並びではありません / not a list of items"
        raise RecordsError(message)
    doubled = twice([each.item for each in items]) or twice([name for each in items for name in each.headers])
    if doubled:
        message = f"vocabulary: {', '.join(doubled)} が2回あります / stands twice"
        raise RecordsError(message)
    return items
