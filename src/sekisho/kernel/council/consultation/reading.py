"""Reading a frozen dossier back from its canonical data: the same facts, or a refusal that says where they differ."""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Final, Union, get_args, get_origin, get_type_hints

from sekisho.kernel.council.consultation.dossier import BESIDE, Dossier
from sekisho.kernel.errors import ReasonCode, Refused, because
from sekisho.kernel.network import make_chart

_IF_ANY: Final = frozenset({"written_as", "fee_payer", "carrier", *BESIDE})
"""Fields that are written down only if there is something to say."""


@cache
def _kinds(kind: Any) -> dict[str, Any]:
    """The kind of each field of a fact."""
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


def _fact(kind: Any, data: Any) -> Any:
    """One fact of a kind: its fields are exactly the known ones."""
    kinds = _kinds(kind)
    known = kinds.keys()
    if not isinstance(data, Mapping) or not known - _IF_ANY <= set(data) <= known:
        message = f"not a {kind.__name__}"
        raise TypeError(message)
    return kind(**{name: _value(kinds[name], value) for name, value in data.items()})


def _value(kind: Any, data: Any) -> Any:
    """A value of a kind: a fact, a list of them, a word of a closed list, a text, a number, yes or no."""
    if get_origin(kind) in {Union, types.UnionType}:
        return None if data is None else _value(get_args(kind)[0], data)
    if get_origin(kind) is tuple:
        return tuple(_value(get_args(kind)[0], each) for each in data)
    if is_dataclass(kind):
        return _fact(kind, data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if not isinstance(data, kind) or (kind is int and isinstance(data, bool)):
        message = f"not a {kind.__name__}"
        raise TypeError(message)
    return data


def dossier_from_data(data: Mapping[str, Any]) -> Dossier:
    """Read a dossier; its chart must hold together.

    Raises:
        Refused: A field is missing, unknown or of another kind.

    """
    try:
        dossier: Dossier = _fact(Dossier, data)
    except (TypeError, ValueError) as fault:
        what = f"{type(fault).__name__}: {fault}".splitlines()[0]
        raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="dossier", what=what)]) from fault
    make_chart(dossier.chart.networks, dossier.chart.computers, dossier.chart.connections)
    return dossier
