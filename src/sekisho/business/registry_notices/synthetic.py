"""Synthetic property ledgers and notices of any size, for the demonstration, tests and benchmarks. Nobody in it exists.

Chance comes in by argument, so the same seed gives the same city.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Final

from sekisho.business.registry_notices.notices import Event
from sekisho.business.registry_notices.properties import Owner, Property, PropertyKind
from sekisho.records import (
    Field,
    FieldType,
    Layout,
    individual_check_digit,
    write,
    write_share,
)

PLACES: Final = (
    "桜町",
    "興善町",
    "万才町",
    "江戸町",
    "出島町",
    "浜町",
    "籠町",
    "館内町",
    "東山手町",
    "南山手町",
    "小曽根町",
)
_FAMILIES: Final = (
    "髙島",
    "濵﨑",
    "浦上",
    "稲佐",
    "片淵",
    "茂木",
    "深堀",
    "香焼",
    "式見",
    "三重",
    "野母",
    "德永",
    "髙﨑",
)
_GIVEN: Final = ("さくら", "健", "遥", "望", "薫", "翼", "一郎", "花子", "誠", "茜", "渉", "悠")
_STRUCTURES: Final = (
    "木造かわらぶき二階建",
    "鉄骨造陸屋根三階建",
    "鉄筋コンクリート造陸屋根五階建",
    "木造スレートぶき平家建",
)
_FIRST_DAY: Final = date(2026, 4, 1)
_OFFICE: Final = "4201"

Values = dict[str, str]


def _person(chance: Random) -> tuple[str, str]:
    """A made-up name and address."""
    name = f"{chance.choice(_FAMILIES)} {chance.choice(_GIVEN)}"
    return name, f"長崎市{chance.choice(PLACES)}{chance.randint(1, 30)}番{chance.randint(1, 40)}号"


def _owners(chance: Random) -> tuple[Owner, ...]:
    """One owner, or two or three with shares."""
    count = chance.choices((1, 2, 3), weights=(85, 12, 3))[0]
    people = dict(_person(chance) for _ in range(count))
    return tuple(Owner(name=name, address=address, share=Fraction(1, len(people))) for name, address in people.items())


def make_ledger(chance: Random, count: int) -> list[Property]:
    """A synthetic ledger: three parcels of land to one house."""
    ledger = []
    for number in range(count):
        house = number % 4 == 3  # noqa: PLR2004 - every fourth
        common = {
            "location": f"長崎市{PLACES[number % len(PLACES)]}",
            "number": f"{number // len(PLACES) + 1}番{chance.randint(1, 9)}",
            "real_property_number": f"4200{number:09d}",
            "owners": _owners(chance),
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


def _transfer(chance: Random, each: Property) -> tuple[Values, tuple[Owner, ...]]:
    """A sale, an inheritance or a gift, never twice to the same owners."""
    event, cause = chance.choice(((Event.TRANSFER, "売買"), (Event.INHERITANCE, "相続"), (Event.TRANSFER, "贈与")))
    values = {"event": str(event), "purpose": "所有権移転", "cause": f"令和8年3月1日{cause}", "cause_on": "2026-03-01"}
    owners = _owners(chance)
    return values, owners if owners != each.owners else _owners(chance)


def _shares(chance: Random, each: Property) -> tuple[Values, tuple[Owner, ...]]:
    """Half of it passes to somebody else."""
    name, address = _person(chance)
    old = each.owners[0]
    owners = (
        Owner(name=old.name, address=old.address, share=Fraction(1, 2)),
        Owner(name=f"{name}(共有)", address=address, share=Fraction(1, 2)),
    )
    return {"event": str(Event.SHARE_TRANSFER), "purpose": "所有権一部移転", "cause": "令和8年3月1日売買"}, owners


def _address(chance: Random, each: Property) -> tuple[Values, tuple[Owner, ...]]:
    """The first owner moved."""
    first, *rest = each.owners
    moved = replace(first, address=_person(chance)[1])
    values = {
        "event": str(Event.ADDRESS_CHANGE),
        "purpose": "所有権登記名義人住所変更",
        "cause": "令和8年2月1日住所移転",
    }
    return values, (moved, *rest)


def _described(chance: Random, each: Property) -> tuple[Values, tuple[Owner, ...]]:
    """The description changed: category or area of land, extension or demolition of a house."""
    if each.kind is PropertyKind.HOUSE and chance.random() < 0.3:  # noqa: PLR2004 - three in ten
        return {"event": str(Event.DEMOLITION), "purpose": "建物滅失", "cause": "令和8年2月1日取壊し"}, ()
    if each.kind is PropertyKind.HOUSE:
        wider = (each.floor_area or Decimal(0)) + Decimal("12.34")
        before = "" if each.floor_area is None else str(each.floor_area)
        values = {"event": str(Event.EXTENSION), "purpose": "建物表題部変更", "floor_area_before": before}
        return {**values, "cause": "令和8年2月1日増築", "floor_area_after": str(wider)}, ()
    if each.category != "宅地":
        values = {"event": str(Event.CATEGORY_CHANGE), "purpose": "地目変更", "category_before": each.category}
        return {**values, "cause": "令和8年2月1日地目変更", "category_after": "宅地"}, ()
    area = each.area or Decimal(0)
    values = {"event": str(Event.AREA_CORRECTION), "purpose": "地積更正", "area_before": str(area)}
    return {**values, "cause": "錯誤", "area_after": str(area + Decimal("0.55"))}, ()


_KINDS: Final = (_transfer, _transfer, _transfer, _shares, _address, _described, _described)


def _rows(base: Values, event: Values, each: Property, owners: Sequence[Owner]) -> Iterator[Values]:
    """One record for each owner, with the previous owners beside them."""
    previous = each.owners if owners else ()
    for place in range(max(1, len(owners), len(previous))):
        values = {**base, **event}
        if place < len(owners):
            owner = owners[place]
            values |= {
                "owner_name": owner.name,
                "owner_address": owner.address,
                "owner_share": write_share(owner.share),
            }
        if place < len(previous):
            values |= {"previous_name": previous[place].name, "previous_address": previous[place].address}
        yield values


def _split(each: Property, base: Values, number: int) -> Iterator[Values]:
    """A lot is split in two: its own notice, then that of the new lot."""
    area = each.area or Decimal(0)
    new_area = (area / 4).quantize(Decimal("0.01") if each.category == "宅地" else Decimal(1))
    common = {"event": str(Event.SPLIT), "purpose": "分筆", "cause": "分筆", "category_after": each.category}
    new_lot = f"{each.number.split('番')[0]}番{900 + number % 90}の{number}"
    yield {**base, **common, "area_before": str(area), "area_after": str(area - new_area), "related_lots": new_lot}
    for owner in each.owners:
        second = {**base, "notice_id": f"{base['notice_id']}-2", "lot_number": new_lot, "real_property_number": ""}
        yield {
            **second,
            **common,
            "area_after": str(new_area),
            "related_lots": each.number,
            "owner_name": owner.name,
            "owner_address": owner.address,
            "owner_share": write_share(owner.share),
        }


def _misfit(chance: Random, rows: list[Values]) -> list[Values]:
    """Make a notice not fit, in one of the ways that happen."""
    way = chance.randrange(6)
    changes: tuple[Values, ...] = (
        {"lot_number": "9999番9", "house_number": ""},
        {"previous_name": "存在 しない", "previous_address": "長崎市架空町1番1号"},
        {"unmapped": "氏名1字目 JMJ-058862"},
        {"protected": "1"},
        {"owner_share": "3分の1"},
        {"received_on": "2019-12-01"},
    )
    if way == 0 and rows[0]["property_kind"] == PropertyKind.HOUSE:
        changes = ({"house_number": "9999番9", "lot_number": ""}, *changes[1:])
    return [{**rows[0], **changes[way]}, *({**row, **(changes[way] if way in {0, 5} else {})} for row in rows[1:])]


def make_rows(chance: Random, ledger: Sequence[Property], notices: int, misfits: float = 0.05) -> Iterator[Values]:
    """Records of so many notices against this ledger; a share of them does not fit."""
    for number in range(notices):
        each = ledger[number % len(ledger)]
        base = _base(each, number)
        if each.kind is PropertyKind.LAND and number % 23 == 5:  # noqa: PLR2004 - now and then
            yield from _split(each, base, number)
            continue
        event, owners = chance.choice(_KINDS)(chance, each)
        rows = list(_rows(base, event, each, owners))
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
