"""Properties and notices as sealed values, and back; numbers and shares stay exact."""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from fractions import Fraction
from typing import Any

from sekisho.business.registry_notices import Owner, Property, PropertyKind
from sekisho.records import read_share, write_share


def property_to_data(each: Property) -> dict[str, Any]:
    """A property as plain values."""
    data = {field.name: getattr(each, field.name) for field in fields(each)}
    data["owners"] = [
        {"name": owner.name, "address": owner.address, "share": write_share(owner.share)} for owner in each.owners
    ]
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in data.items()}


def _owner(data: Mapping[str, str]) -> Owner:
    """One owner."""
    return Owner(name=data["name"], address=data["address"], share=Fraction(read_share(data["share"])))


def property_from_data(data: Mapping[str, Any]) -> Property:
    """A property from its values."""
    values = dict(data)
    values["kind"] = PropertyKind(values["kind"])
    values["owners"] = tuple(_owner(each) for each in values["owners"])
    for name in ("area", "floor_area"):
        values[name] = None if values[name] is None else Decimal(values[name])
    return Property(**values)


def optional_to_data(each: Property | None) -> dict[str, Any] | None:
    """A property, or nothing."""
    return None if each is None else property_to_data(each)


def optional_from_data(data: Mapping[str, Any] | None) -> Property | None:
    """A property, or nothing."""
    return None if data is None else property_from_data(data)
