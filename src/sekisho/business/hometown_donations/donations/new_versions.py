"""A new version of a portal's layout: the same fields, under the headings that an officer mapped on screen."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final

import yaml

from sekisho.records import RecordsError

_TOP: Final = ("layout", "version", "ja", "en", "confidence", "source", "effective_from", "effective_until")


def extend_layout(text: str, mapping: Mapping[str, str], on: date, version: str) -> str:
    """The text of a layout whose fields are also known by new headings: field name -> heading.

    Raises:
        RecordsError: A field is not of this layout, or a heading belongs to another field already.

    """
    data: dict[str, Any] = yaml.safe_load(text)
    fields = {each["name"]: each for each in _flat(data["fields"])}
    taken = {name for each in fields.values() for name in (each["header"], *each.get("aliases", ()))}
    strangers = [name for name in mapping if name not in fields]
    if strangers or taken & set(mapping.values()) or len(set(mapping.values())) != len(mapping):
        message = "この割当ては使えません(ない項目か、同じ見出しが二つ) / unknown field, or a heading used twice"
        raise RecordsError(message)
    for name, heading in mapping.items():
        fields[name]["aliases"] = [*fields[name].get("aliases", ()), heading]
    data |= {"version": version, "effective_from": on, "effective_until": None}
    data["source"] = f"{data['source']}（{on.isoformat()} に見出しの変更を担当者が画面で割り当てた）"
    return _write(data)


def close_layout(text: str, until: date) -> str:
    """The text of a layout that holds until a day: the next version begins on the day after."""
    data: dict[str, Any] = yaml.safe_load(text)
    return _write(data | {"effective_until": until})


def _write(data: Mapping[str, Any]) -> str:
    """The text of a layout, its head first."""
    ordered = {name: data[name] for name in _TOP if name in data} | dict(data)
    return yaml.safe_dump(ordered, allow_unicode=True, sort_keys=False, width=120)


def _flat(fields: Iterable[Mapping[str, Any]]) -> Iterable[Any]:
    """The fields that are written out; those of a repeated group are numbered and cannot be renamed one by one."""
    return (each for each in fields if "name" in each)
