"""Properties and notices as sealed values, and back; numbers and shares stay exact."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter
from typing import Any, Final

from sekisho.business.registry_notices import Owner, Property, PropertyKind
from sekisho.records import read_share, write_share

_NAMES: Final = tuple(field.name for field in fields(Property))
_DECIMALS: Final = ("area", "floor_area")
_values: Final = attrgetter(*_NAMES)


def property_to_data(each: Property) -> dict[str, Any]:
    """A property as plain values."""
    data = dict(zip(_NAMES, _values(each), strict=True))
    data["owners"] = [
        {"name": owner.name, "address": owner.address, "share": write_share(owner.share)} for owner in each.owners
    ]
    for name in _DECIMALS:
        data[name] = None if data[name] is None else str(data[name])
    return data


def _owner(data: Mapping[str, str]) -> Owner:
    """One owner."""
    return Owner(name=data["name"], address=data["address"], share=Fraction(read_share(data["share"])))


def property_from_data(data: Mapping[str, Any]) -> Property:
    """A property from its values."""
    values = dict(data)
    values["kind"] = PropertyKind(values["kind"])
    values["owners"] = tuple(_owner(each) for each in values["owners"])
    for name in _DECIMALS:
        values[name] = None if values[name] is None else Decimal(values[name])
    return Property(**values)


def optional_to_data(each: Property | None) -> dict[str, Any] | None:
    """A property, or nothing."""
    return None if each is None else property_to_data(each)


def optional_from_data(data: Mapping[str, Any] | None) -> Property | None:
    """A property, or nothing."""
    return None if data is None else property_from_data(data)
