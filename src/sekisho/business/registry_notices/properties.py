"""Land and houses of the fixed-property-tax ledger (固定資産課税台帳, 地方税法380条・381条), as frozen facts.

What the registry says and what is taxed are two sides: a notice never overwrites the taxed category (課税地目).
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from sekisho.records import RecordsError, parse_lots


class PropertyKind(StrEnum):
    """Land or house."""

    LAND = "土地"
    HOUSE = "建物"


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """An owner as registered: name and address as received, and the exact share."""

    name: str
    address: str
    share: Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """One parcel of land or one house at one version. `last_reception` is the newest reception applied to it."""

    kind: PropertyKind
    location: str
    number: str
    real_property_number: str = ""
    category: str = ""
    area: Decimal | None = None
    house_kind: str = ""
    structure: str = ""
    floor_area: Decimal | None = None
    owners: tuple[Owner, ...] = ()
    active: bool = True
    last_reception: str = ""
    taxed_category: str = ""
    price: int | None = None
    fiscal_year: int | None = None
    base_year: bool = True
    corrected_on: str = ""

    @property
    def key(self) -> str:
        """What identifies it: kind, place, and the lot or house number in one spelling."""
        return property_key(self.kind, self.location, self.number)


@lru_cache(maxsize=1024)
def property_key(kind: PropertyKind, location: str, number: str) -> str:
    """The key of a property; an unreadable number stands for itself."""
    try:
        canonical = "・".join(lot.canonical() for lot in parse_lots(number))
    except RecordsError:
        canonical = number
    return f"{kind}|{location}|{canonical}"
