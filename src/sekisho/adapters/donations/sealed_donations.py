"""Donation records as rows: what is plain, what is sealed, and the search keys beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db.models import QuerySet

from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.donations.models.donations import SEARCH_LENGTH, DonationRow
from sekisho.business.hometown_donations.donors import (
    KeepingRule,
    SearchKind,
    keep_donation_until,
    keep_invitation_until,
    prefecture_number,
    search_text,
    search_texts,
)

PAID: Final = "入金済"
_WISHES: Final = "希望する"
# Everything that tells of a person; what is not named here stands plain in the row.
SEALED: Final = (
    "order_number", "name", "kana", "postcode", "prefecture", "city", "street", "building", "telephone", "mail", "sex",
    "birth", "publish", "recipient_name", "recipient_kana", "recipient_postcode", "recipient_address",
    "recipient_telephone", "payment_method",
)  # fmt: skip


def search_key(seals: Seals, kind: SearchKind, text: str) -> str:
    """The key of a folded text: the kind is part of it, so that a name is never found as an address."""
    return seals.search_key(f"{kind}/{text}")[:SEARCH_LENGTH] if text else ""


def typed_key(seals: Seals, kind: SearchKind, typed: str) -> str:
    """The key of what an officer typed."""
    return search_key(seals, kind, search_text(kind, typed))


def order_key(seals: Seals, portal: str, order: str) -> str:
    """The key of an order: numbers of two portals may be alike, and are two orders."""
    return search_key(seals, SearchKind.ORDER, f"{portal}/{search_text(SearchKind.ORDER, order)}")


def subject_of(order: str) -> str:
    """The subject whose key seals a donation, by its order's search key."""
    return f"donation/{order}"


def place_of(order: str) -> str:
    """Where a donation's sealed values belong."""
    return f"donations_donation/{order}"


def open_donation(seals: Seals, order: str, sealed: bytes) -> dict[str, Any]:
    """The sealed values of a donation, by its order's search key."""
    return seals.open(subject_of(order), place_of(order), sealed)


def rows_of_orders(area: str, portals: Iterable[str], orders: Sequence[str]) -> QuerySet[DonationRow]:
    """The donations of these orders. Without the portals, by which the index begins, all of the area would be read."""
    return DonationRow.objects.filter(tenant_id=area, portal__in=sorted(portals), order_search__in=orders)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A donation that is checked and sealed, and not yet written down."""

    portal: str
    order: str
    amount: int
    digest: bytes
    columns: tuple[Any, ...]


# The columns of a donation that come from its record, in the order in which they are written.
FROM_RECORD: Final = (
    "portal", "order_search", "digest", "status", "ordered_on", "paid_on", "year", "amount", "prefecture", "one_stop",
    "purpose", "gift_code", "gift_name", "quantity", "name_search", "kana_search", "address_search",
    "telephone_search", "mail_search", "sealed", "keep_until", "invite_until",
)  # fmt: skip


@lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    """A day of a record; nothing for nothing. The same few days stand in all records of a parcel."""
    return date.fromisoformat(text) if text else None


@lru_cache(maxsize=4096)
def _days(
    rule: KeepingRule, ordered: str, paid: str, status: str
) -> tuple[str, str | None, int | None, str, str | None]:
    """The day of the order and of payment, the year that counts, and how long it is kept and may be used to invite."""
    ordered_on, paid_on = date.fromisoformat(ordered), _day(paid)
    counted = paid_on if status == PAID else None
    invite = keep_invitation_until(rule, counted)
    keep = keep_donation_until(rule, ordered_on, paid_on)
    return (
        ordered,
        paid or None,
        counted.year if counted else None,
        keep.isoformat(),
        invite.isoformat() if invite else None,
    )


def seal_donation(seals: Seals, rule: KeepingRule, values: Mapping[str, str], order: str, digest: bytes) -> Prepared:
    """One record as it will be written, under its order's search key; its subject's key must be prepared."""
    keys = tuple(search_key(seals, kind, text) for kind, text in search_texts(values).items())
    kept = {name: value for name in SEALED if (value := values.get(name, ""))}
    sealed = seals.seal(subject_of(order), place_of(order), {**kept, "ordered_at": values["ordered_at"]})
    status, amount, quantity = values["status"], int(values["amount"]), values.get("quantity", "")
    ordered, paid, year, keep, invite = _days(rule, values["ordered_at"][:10], values.get("paid_on", ""), status)
    gift = (values.get("gift_code", ""), values.get("gift_name", ""), int(quantity) if quantity else None)
    plain = (prefecture_number(values.get("prefecture", "")), values["one_stop"] == _WISHES, values.get("purpose", ""))
    head = (values["portal"], order, digest, status, ordered, paid, year, amount)
    columns = (*head, *plain, *gift, *keys, sealed, keep, invite)
    return Prepared(portal=values["portal"], order=order, amount=amount, digest=digest, columns=columns)
