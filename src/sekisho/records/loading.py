"""Loading layouts and the vocabulary from YAML, strictly: nothing unknown, nothing twice, every value of its kind."""

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any, Final

import yaml

from sekisho.records.errors import RecordsError
from sekisho.records.layout import Confidence, DataClass, Field, FieldType, Item, Layout

_ENCODINGS: Final = frozenset({"cp932", "utf-8"})
_NEWLINES: Final = frozenset({"crlf", "lf"})
_KINDS: Final[Mapping[str, type | tuple[type, ...]]] = {
    **dict.fromkeys(("name", "item", "layout", "version", "ja", "en", "source", "encoding", "newline"), str),
    "max": int,
    "min": int,
    "required": bool,
    "effective_from": date,
    "effective_until": (date, type(None)),
}


class _StrictLoader(yaml.SafeLoader):
    """Plain data only, and no key twice in one table."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:  # noqa: FBT001, FBT002 - PyYAML's own signature
        """A table whose keys differ.

        Raises:
            RecordsError: A key stands twice, with its line.

        """
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        doubled = [str(key) for number, key in enumerate(keys) if key in keys[:number]]
        if doubled:
            message = f"line {node.start_mark.line + 1}: {', '.join(doubled)} stands twice"
            raise RecordsError(message)
        return super().construct_mapping(node, deep=deep)


def _load(text: str, what: str) -> Any:
    """YAML as plain data.

    Raises:
        RecordsError: It is not YAML, or a key stands twice.

    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 - a SafeLoader, only stricter
    except (yaml.YAMLError, ValueError, TypeError) as fault:
        message = f"{what}: not YAML ({str(fault).splitlines()[0]})"
        raise RecordsError(message) from fault


def _table(data: Any, what: str) -> dict[str, Any]:
    """A table of named values, each of its kind.

    Raises:
        RecordsError: It is none, or a value is of another kind.

    """
    if not isinstance(data, dict):
        message = f"{what}: not a table"
        raise RecordsError(message)
    for name, value in data.items():
        kind = _KINDS.get(str(name), object)
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            message = f"{what}: {name} is not of its kind"
            raise RecordsError(message)
    return data


def _texts(data: Any, what: str) -> tuple[str, ...]:
    """A list of texts.

    Raises:
        RecordsError: It is none.

    """
    if not isinstance(data, list) or not all(isinstance(each, str) for each in data):
        message = f"{what} is not a list of texts"
        raise RecordsError(message)
    return tuple(data)


def _field(data: Any, layout: str) -> Field:
    """One field, with nothing unknown in it.

    Raises:
        RecordsError: With the layout and the field.

    """
    values = dict(_table(data, f"layout {layout}, a field"))
    place = f"layout {layout}, field {values.get('name')}"
    try:
        values["header"] = str(values["header"])
        values["type"] = FieldType(values["type"])
        values["data_class"] = DataClass(values.pop("class", "none"))
        values["codes"] = _texts(values.get("codes", []), f"{place}: codes")
        values["aliases"] = _texts(values.get("aliases", []), f"{place}: aliases")
        field = Field(**values)
    except (TypeError, ValueError, KeyError) as fault:
        message = f"{place}: {fault}"
        raise RecordsError(message) from fault
    if not 0 <= field.min <= field.max or (field.type is FieldType.CODE) != bool(field.codes):
        message = f"{place}: min, max or codes do not fit"
        raise RecordsError(message)
    return field


def _check(layout: Layout) -> None:
    """Names and headings stand for one column each; the frame holds known words.

    Raises:
        RecordsError: With what is wrong.

    """
    headings = [name for each in layout.fields for name in (each.header, *each.aliases)]
    for names in ([each.name for each in layout.fields], headings):
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            message = f"layout {layout.layout}: {', '.join(doubled)} stands twice"
            raise RecordsError(message)
    if layout.encoding not in _ENCODINGS or layout.newline not in _NEWLINES or not layout.fields:
        message = f"layout {layout.layout}: encoding, newline or fields are not known ones"
        raise RecordsError(message)
    if layout.header is not True:
        message = f"layout {layout.layout}: only files with a heading are read"
        raise RecordsError(message)
    if layout.effective_until is not None and layout.effective_until < layout.effective_from:
        message = f"layout {layout.layout}: it ends before it begins"
        raise RecordsError(message)


def parse_layout(text: str) -> Layout:
    """Read a layout; unknown keys, doubled names, unknown words and values of another kind are refused.

    Raises:
        RecordsError: With the place.

    """
    data = _table(_load(text, "layout"), "layout")
    name = str(data.get("layout", "?"))
    try:
        rows = data["fields"] if isinstance(data["fields"], list) else []
        values = {
            **data,
            "confidence": Confidence(data["confidence"]),
            "fields": tuple(_field(each, name) for each in rows),
        }
        layout = Layout(**values)
    except (TypeError, ValueError, KeyError) as fault:
        message = f"layout {name}: {fault}"
        raise RecordsError(message) from fault
    _check(layout)
    return layout


def _item(data: Any) -> Item:
    """One word of the vocabulary.

    Raises:
        RecordsError: With the word.

    """
    values = dict(_table(data, "vocabulary, an item"))
    place = f"vocabulary, item {values.get('item')}"
    try:
        values["data_class"] = DataClass(values.pop("class"))
        values["headers"] = _texts(values["headers"], f"{place}: headers")
        return Item(**values)
    except (TypeError, ValueError, KeyError) as fault:
        message = f"{place}: {fault}"
        raise RecordsError(message) from fault


def parse_vocabulary(text: str) -> tuple[Item, ...]:
    """Read the vocabulary of data items; no item and no heading stands twice.

    Raises:
        RecordsError: With the place.

    """
    data = _load(text, "vocabulary")
    items = tuple(_item(each) for each in data) if isinstance(data, list) else ()
    if not items:
        message = "vocabulary: not a list of items"
        raise RecordsError(message)
    for names in ([each.item for each in items], [name for each in items for name in each.headers]):
        doubled = sorted({name for name in names if names.count(name) > 1})
        if doubled:
            message = f"vocabulary: {', '.join(doubled)} stands twice"
            raise RecordsError(message)
    return items
