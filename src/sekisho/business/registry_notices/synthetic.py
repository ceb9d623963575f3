"""Synthetic property ledgers and notices of any size, for the demonstration, tests and benchmarks. Nobody in it exists.

Chance comes in by argument, so the same seed gives the same city.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Final

from sekisho.business.registry_notices.properties import Property, PropertyKind
from sekisho.business.registry_notices.synthetic_events import (
    KINDS,
    Values,
    event_rows,
    merger_rows,
    new_house_rows,
    split_rows,
)
from sekisho.business.registry_notices.synthetic_people import (
    OUT_OF_CODE,
    PLACES,
    as_sent,
    make_owners,
    rare_owner,
)
from sekisho.records import (
    Field,
    FieldType,
    Layout,
    individual_check_digit,
    write,
)

_STRUCTURES: Final = (
    "木造かわらぶき二階建",
    "鉄骨造陸屋根三階建",
    "鉄筋コンクリート造陸屋根五階建",
    "木造スレートぶき平家建",
)
_FIRST_DAY: Final = date(2026, 4, 1)
_OFFICE: Final = "4201"


def make_ledger(chance: Random, count: int) -> list[Property]:
    """A synthetic ledger: three parcels of land to one house."""
    ledger = []
    for number in range(count):
        house = number % 4 == 3  # noqa: PLR2004 - every fourth
        common = {
            "location": f"長崎市{PLACES[number % len(PLACES)]}",
            "number": f"{number // len(PLACES) + 1}番{chance.randint(1, 9)}",
            "real_property_number": f"4200{number:09d}",
            "owners": (rare_owner(chance),) if number % 97 == 50 else make_owners(chance),  # noqa: PLR2004 - one in a hundred
            "last_reception": f"2026-01-05/{_OFFICE}/{number + 1:06d}",
            "price": chance.randint(100, 90_000) * 1000,
            "fiscal_year": 2026,
            "base_year": chance.random() < 0.5,  # noqa: PLR2004 - half of them
        }
        ledger.append(_house(chance, common) if house else _land(chance, common))
    return ledger


def _land(chance: Random, common: Mapping[str, object]) -> Property:
    """A parcel of land."""
    category = chance.choice(("宅地", "宅地", "宅地", "畑", "山林", "雑種地"))
    area = Decimal(chance.randint(5_000, 60_000)) / 100
    area = area if category == "宅地" else Decimal(int(area))
    return Property(kind=PropertyKind.LAND, category=category, taxed_category=category, area=area, **common)  # type: ignore[arg-type]  # a table of fields


def _house(chance: Random, common: Mapping[str, object]) -> Property:
    """A house."""
    return Property(
        kind=PropertyKind.HOUSE,
        house_kind=chance.choice(("居宅", "店舗", "共同住宅", "倉庫")),
        structure=chance.choice(_STRUCTURES),
        floor_area=Decimal(chance.randint(3_000, 40_000)) / 100,
        **common,  # type: ignore[arg-type]  # a table of fields
    )


def _base(each: Property, number: int) -> Values:
    """What every notice says."""
    day = _FIRST_DAY + timedelta(days=number // 200)
    land = each.kind is PropertyKind.LAND
    return {
        "notice_id": f"{_OFFICE}-{day:%Y%m%d}-{number:06d}",
        "office_code": _OFFICE,
        "city_code": "422011",
        "property_kind": each.kind,
        "real_property_number": each.real_property_number,
        "received_on": day.isoformat(),
        "received_no": str(number % 999_999 + 1),
        "registered_on": (day + timedelta(days=2)).isoformat(),
        "location": each.location,
        "lot_number": each.number if land else "",
        "house_number": "" if land else each.number,
    }


def _misfit(chance: Random, rows: list[Values]) -> list[Values]:
    """Make a notice not fit, in one of the ways that happen."""
    way = chance.randrange(6)
    changes: tuple[Values, ...] = (
        {"lot_number": "9999番9", "house_number": ""},
        {"previous_name": "存在 しない", "previous_address": "長崎市架空町1番1号"},
        {"owner_name": as_sent(f"{OUT_OF_CODE}岡 健")[0], "unmapped": as_sent(f"{OUT_OF_CODE}岡 健")[1]},
        {"protected": "1"},
        {"owner_share": "3分の1"},
        {"received_on": "2019-12-01"},
    )
    if way == 0 and rows[0]["property_kind"] == PropertyKind.HOUSE:
        changes = ({"house_number": "9999番9", "lot_number": ""}, *changes[1:])
    return [{**rows[0], **changes[way]}, *({**row, **(changes[way] if way in {0, 5} else {})} for row in rows[1:])]


def _neighbour(ledger: Sequence[Property], each: Property, number: int) -> Property | None:
    """The next lot in the same place, if there is one that is land."""
    place = number % len(ledger) + len(PLACES)
    other = ledger[place] if place < len(ledger) else None
    return other if other and each.kind is other.kind is PropertyKind.LAND else None


def _rare(chance: Random, ledger: Sequence[Property], number: int, gone: set[str]) -> list[Values]:
    """A split, a merger or a new house, now and then; nothing otherwise. Lots that went into others are noted."""
    each = ledger[number % len(ledger)]
    base, other = _base(each, number), _neighbour(ledger, each, number)
    if each.kind is not PropertyKind.LAND:
        return []
    if number % 23 == 5:  # noqa: PLR2004 - now and then
        return list(split_rows(each, base, number))
    if number % 31 == 7:  # noqa: PLR2004 - now and then
        return list(new_house_rows(chance, each, base, number))
    if number % 29 == 9 and other and other.key not in gone:  # noqa: PLR2004 - now and then
        gone.add(other.key)
        return list(merger_rows(each, other, base))
    return []


def make_rows(chance: Random, ledger: Sequence[Property], notices: int, misfits: float = 0.05) -> Iterator[Values]:
    """Records of so many notices against this ledger; a share does not fit. Of lots that are gone comes none."""
    gone = set[str]()
    for number in range(notices):
        each = ledger[number % len(ledger)]
        if each.key in gone:
            continue
        if rare := _rare(chance, ledger, number, gone):
            yield from rare
            continue
        event, owners = chance.choice(KINDS)(chance, each)
        rows = list(event_rows(_base(each, number), event, each, owners))
        yield from _misfit(chance, rows) if chance.random() < misfits else rows


def synthetic_number(chance: Random) -> str:
    """A made-up Individual Number with a valid check digit."""
    eleven = f"{chance.randrange(10**11):011d}"
    return f"{eleven}{individual_check_digit(eleven)}"


def notice_file(layout: Layout, rows: Iterator[Values]) -> Iterator[bytes]:
    """The file that the registry office sends."""
    return write(layout, rows)


def with_sex(layout: Layout, rows: Iterator[Values]) -> Iterator[bytes]:
    """The same with a column that the council did not hear of: 性別."""
    sex = Field(name="sex", header="性別", item="sex", type=FieldType.TEXT, max=4)
    return write(replace(layout, fields=(*layout.fields, sex)), ({**row, "sex": "女"} for row in rows))


def with_number(layout: Layout, rows: Iterator[Values], chance: Random) -> Iterator[bytes]:
    """The same with an Individual Number in the remarks of the third record."""
    remarks = f"本人確認 {synthetic_number(chance)}"
    numbered = ({**row, "remarks": remarks} if place == 2 else row for place, row in enumerate(rows))  # noqa: PLR2004 - the third
    return write(layout, numbered)
