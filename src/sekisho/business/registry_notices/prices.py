"""Price notices to the registry office (地方税法422条の3): from the ledger, only what was decided or changed."""

from collections.abc import Iterable, Iterator

from sekisho.business.registry_notices.properties import Property, PropertyKind
from sekisho.records import Layout, write


def _record(each: Property, municipality: str) -> dict[str, str]:
    """One price as the layout has it."""
    land = each.kind is PropertyKind.LAND
    return {
        "city_code": municipality,
        "fiscal_year": str(each.fiscal_year),
        "property_kind": "土地" if land else "家屋",
        "real_property_number": each.real_property_number,
        "location": each.location,
        "lot_number": each.number if land else "",
        "house_number": "" if land else each.number,
        "category": each.category,
        "area": "" if each.area is None else str(each.area),
        "house_kind": each.house_kind,
        "floor_area": "" if each.floor_area is None else str(each.floor_area),
        "price": str(each.price),
        "base_year_kind": "基準" if each.base_year else "比準",
        "correction": "修正" if each.corrected_on else "",
        "corrected_on": each.corrected_on,
    }


def decided(properties: Iterable[Property], fiscal_year: int) -> Iterator[Property]:
    """The properties whose price was decided or corrected for this fiscal year; others are not told."""
    for each in properties:
        if each.active and each.price is not None and each.fiscal_year == fiscal_year:
            yield each


def write_price_notices(
    layout: Layout, properties: Iterable[Property], *, municipality: str, fiscal_year: int
) -> Iterator[bytes]:
    """The file of price notices, record by record.

    Raises:
        RecordsError: A value cannot be written; it is named, never replaced.

    """
    return write(layout, (_record(each, municipality) for each in decided(properties, fiscal_year)))
