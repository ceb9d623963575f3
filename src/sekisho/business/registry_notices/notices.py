"""Notices of the registry office (地方税法382条), put together from the records of a file."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from itertools import groupby

from sekisho.business.registry_notices.properties import Owner, PropertyKind, property_key
from sekisho.kernel import ReasonCode, Refused, because
from sekisho.records import RecordsError, read_share


class Event(StrEnum):
    """What happened to the property."""

    TRANSFER = "所有権移転"
    INHERITANCE = "相続"
    SHARE_TRANSFER = "持分移転"
    SPLIT = "分筆"
    MERGE = "合筆"
    CATEGORY_CHANGE = "地目変更"
    AREA_CORRECTION = "地積更正"
    NEW_HOUSE = "新築"
    EXTENSION = "増築"
    DEMOLITION = "滅失"
    ADDRESS_CHANGE = "住所変更"
    NAME_CHANGE = "氏名変更"
    CORRECTION = "更正"


OWNER_EVENTS = frozenset(
    {
        Event.TRANSFER,
        Event.INHERITANCE,
        Event.SHARE_TRANSFER,
        Event.ADDRESS_CHANGE,
        Event.NAME_CHANGE,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegistrationNotice:
    """One notice: which property, what happened, when it was received, and what is registered now."""

    notice: str
    event: Event
    kind: PropertyKind
    location: str
    number: str
    real_property_number: str
    reception: str
    registered_on: str
    purpose: str
    cause: str
    owners: tuple[Owner, ...]
    previous: tuple[tuple[str, str], ...]
    category_after: str = ""
    area_before: Decimal | None = None
    area_after: Decimal | None = None
    house_kind: str = ""
    structure: str = ""
    floor_area_after: Decimal | None = None
    related: tuple[str, ...] = ()
    unmapped: tuple[str, ...] = ()
    protected: bool = False
    remarks: str = field(default="", repr=False)

    @property
    def key(self) -> str:
        """The property it speaks of."""
        return property_key(self.kind, self.location, self.number)

    def related_keys(self) -> tuple[str, ...]:
        """The lots it was split from or merged into, in the same place."""
        return tuple(property_key(PropertyKind.LAND, self.location, each) for each in self.related)


def _decimal(text: str) -> Decimal | None:
    """A number, or nothing."""
    return Decimal(text) if text else None


def _owner(values: Mapping[str, str]) -> Owner:
    """The owner of one record."""
    return Owner(name=values["owner_name"], address=values["owner_address"], share=read_share(values["owner_share"]))


def reception_key(values: Mapping[str, str]) -> str:
    """What puts notices in order: date, office and number of reception (numbers restart each year in each office)."""
    return f"{values['received_on']}/{values['office_code']}/{int(values['received_no']):06d}"


def _notice(rows: list[Mapping[str, str]]) -> RegistrationNotice:
    """One notice from its records: one for each owner."""
    first = rows[0]
    kind = PropertyKind(first["property_kind"])
    return RegistrationNotice(
        notice=first["notice_id"],
        event=Event(first["event"]),
        kind=kind,
        location=first["location"],
        number=first["lot_number"] if kind is PropertyKind.LAND else first["house_number"],
        real_property_number=first["real_property_number"],
        reception=reception_key(first),
        registered_on=first["registered_on"],
        purpose=first["purpose"],
        cause=first["cause"],
        owners=tuple(_owner(row) for row in rows if row["owner_name"]),
        previous=tuple((row["previous_name"], row["previous_address"]) for row in rows if row["previous_name"]),
        category_after=first["category_after"],
        area_before=_decimal(first["area_before"]),
        area_after=_decimal(first["area_after"]),
        house_kind=first["house_kind"],
        structure=first["structure"],
        floor_area_after=_decimal(first["floor_area_after"]),
        related=tuple(each for each in first["related_lots"].split("、") if each),
        unmapped=tuple(row["unmapped"] for row in rows if row["unmapped"]),
        protected=any(row["protected"] == "1" for row in rows),
        remarks=first["remarks"],
    )


def read_notices(records: Iterable[Mapping[str, str]]) -> Iterator[RegistrationNotice]:
    """Notices from examined records; the records of one notice follow each other.

    Raises:
        Refused: A record that passed examination still cannot be understood; it names the notice.

    """
    for notice, rows in groupby(records, key=lambda values: values["notice_id"]):
        try:
            yield _notice(list(rows))
        except (RecordsError, ValueError, KeyError, ArithmeticError) as fault:
            what = f"{type(fault).__name__}"
            raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where=notice, what=what)]) from fault
