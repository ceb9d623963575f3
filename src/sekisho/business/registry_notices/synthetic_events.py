"""What happens to land and houses, written as the registry office's records. One function a kind of notice."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Final

from sekisho.business.registry_notices.notices import Event
from sekisho.business.registry_notices.properties import Owner, Property, PropertyKind
from sekisho.business.registry_notices.synthetic_people import as_sent, make_owners, make_person
from sekisho.records import write_share

Values = dict[str, str]


def _transfer(chance: Random, each: Property) -> tuple[Values, tuple[Owner, ...]]:
    """A sale, an inheritance or a gift, never twice to the same owners."""
    event, cause = chance.choice(((Event.TRANSFER, "売買"), (Event.INHERITANCE, "相続"), (Event.TRANSFER, "贈与")))
    values = {"event": str(event), "purpose": "所有権移転", "cause": f"令和8年3月1日{cause}", "cause_on": "2026-03-01"}
    owners = make_owners(chance)
    return values, owners if owners != each.owners else make_owners(chance)


def _shares(chance: Random, each: Property) -> tuple[Values, tuple[Owner, ...]]:
    """Half of it passes to somebody else."""
    name, address = make_person(chance)
    old = each.owners[0]
    owners = (
        Owner(name=old.name, address=old.address, share=Fraction(1, 2)),
        Owner(name=f"{name}(共有)", address=address, share=Fraction(1, 2)),
    )
    return {"event": str(Event.SHARE_TRANSFER), "purpose": "所有権一部移転", "cause": "令和8年3月1日売買"}, owners


def _address(chance: Random, each: Property) -> tuple[Values, tuple[Owner, ...]]:
    """The first owner moved."""
    first, *rest = each.owners
    moved = replace(first, address=make_person(chance)[1])
    values = {
        "event": str(Event.ADDRESS_CHANGE),
        "purpose": "所有権登記名義人住所変更",
        "cause": "令和8年2月1日住所移転",
    }
    return values, (moved, *rest)


def _name(chance: Random, each: Property) -> tuple[Values, tuple[Owner, ...]]:
    """The first owner goes by another name."""
    first, *rest = each.owners
    renamed = replace(first, name=f"{make_person(chance)[0]}(改)")
    values = {"event": str(Event.NAME_CHANGE), "purpose": "所有権登記名義人氏名変更", "cause": "令和8年2月1日氏名変更"}
    return values, (renamed, *rest)


def _corrected(chance: Random, each: Property) -> tuple[Values, tuple[Owner, ...]]:
    """The register had the first owner's address wrong."""
    first, *rest = each.owners
    right = replace(first, address=make_person(chance)[1])
    return {"event": str(Event.CORRECTION), "purpose": "所有権登記名義人更正", "cause": "錯誤"}, (right, *rest)


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


KINDS: Final = (
    *(_transfer,) * 6,
    *(_shares,) * 2,
    _address,
    _name,
    _corrected,
    *(_described,) * 4,
)
"""What happens, as often as it stands here."""


def _owner(owner: Owner) -> Values:
    """The columns of one owner."""
    name, unmapped = as_sent(owner.name)
    columns = {"owner_name": name, "owner_address": owner.address, "owner_share": write_share(owner.share)}
    return {**columns, "unmapped": unmapped} if unmapped else columns


def event_rows(base: Values, event: Values, each: Property, owners: Sequence[Owner]) -> Iterator[Values]:
    """One record for each owner, with the previous owners beside them."""
    previous = each.owners if owners else ()
    for place in range(max(1, len(owners), len(previous))):
        values = {**base, **event}
        if place < len(owners):
            owner = owners[place]
            values |= _owner(owner)
        if place < len(previous):
            name, unmapped = as_sent(previous[place].name)
            values |= {"previous_name": name, "previous_address": previous[place].address}
            values |= {"unmapped": unmapped} if unmapped else {}
        yield values


def split_rows(each: Property, base: Values, number: int) -> Iterator[Values]:
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
            **_owner(owner),
        }


def merger_rows(each: Property, other: Property, base: Values) -> Iterator[Values]:
    """A neighbour goes into a lot: the notice that closes the neighbour, then that of the larger lot."""
    common = {"event": str(Event.MERGE), "purpose": "合筆", "cause": "合筆"}
    area = (each.area or Decimal(0)) + (other.area or Decimal(0))
    gone = {"lot_number": other.number, "real_property_number": other.real_property_number}
    yield {**base, **common, **gone, "related_lots": each.number}
    grown = {"area_before": str(each.area), "area_after": str(area), "related_lots": other.number}
    yield {**base, **common, **grown, "notice_id": f"{base['notice_id']}-2"}


def new_house_rows(chance: Random, each: Property, base: Values, number: int) -> Iterator[Values]:
    """A house is built on a lot: it is not in the ledger yet."""
    house = {
        "event": str(Event.NEW_HOUSE),
        "purpose": "建物表題",
        "cause": "令和8年2月1日新築",
        "property_kind": str(PropertyKind.HOUSE),
        "real_property_number": "",
        "lot_number": "",
        "house_number": f"{each.number}の{number}",
        "house_kind": "居宅",
        "structure": "木造かわらぶき二階建",
        "floor_area_after": str(Decimal(chance.randint(6_000, 15_000)) / 100),
    }
    yield from ({**base, **house, **_owner(owner)} for owner in each.owners)
