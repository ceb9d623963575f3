"""What changed between two dossiers, field by field: two versions of one, or a new one against a named precedent."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from sekisho.kernel.council.consultation.dossier import Dossier, dossier_to_data

_LISTS_NAMED_BY: Final[Mapping[str, str]] = {
    "networks": "network",
    "computers": "computer",
    "connections": "connection",
    "sheets": "connection",
    "items": "item",
    "retention": "place",
    "safeguards": "safeguard",
    "processors": "contractor",
    "devices": "computer",
    "credentials": "credential",
    "notes": "note",
    "conditions": "condition",
    "trade_offs": "about",
}
_NOT_COMPARED: Final = frozenset({"consultation", "version"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One field that differs. Nothing before means that it is new, nothing after that it is gone."""

    path: str
    before: str | int | bool | None
    after: str | int | bool | None


def _flatten(value: Any, path: str = "", name: str = "") -> Iterator[tuple[str, str | int | bool]]:
    """Every leaf with its path; what is listed is named by its id, so that order does not matter."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _flatten(inner, f"{path}.{key}" if path else key, key)
    elif isinstance(value, list) and name in _LISTS_NAMED_BY:
        for inner in value:
            yield from _flatten(inner, f"{path}[{inner[_LISTS_NAMED_BY[name]]}]")
    elif isinstance(value, list):
        for inner in value:
            yield f"{path}[{inner}]", inner
    elif value is not None:
        yield path, value


def flatten_data(data: Mapping[str, Any]) -> dict[str, str | int | bool]:
    """Every leaf of plain data by its path; what is listed is named by its id."""
    return dict(_flatten(data))


def flatten_dossier(dossier: Dossier) -> dict[str, str | int | bool]:
    """Every field of a dossier by its path, such as `sheets[prices].retention[platform].hours`."""
    data = {key: value for key, value in dossier_to_data(dossier).items() if key not in _NOT_COMPARED}
    return flatten_data(data)


def differences_between(before: Dossier, after: Dossier) -> tuple[Difference, ...]:
    """Every field that differs, in the order of their paths."""
    old, new = flatten_dossier(before), flatten_dossier(after)
    return tuple(
        Difference(path=path, before=old.get(path), after=new.get(path))
        for path in sorted(old.keys() | new.keys())
        if old.get(path) != new.get(path)
    )
