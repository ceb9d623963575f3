"""The door for donations: a parcel is taken in whole or not at all, in one transaction with its entry.

Everything is checked and sealed before the transaction begins, so that it is short however large the parcel is.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db import connection

from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.sealing import Seals
from sekisho.adapters.database.statements import Change, Insertion
from sekisho.adapters.database.turns import roomy
from sekisho.adapters.donations.area_settings import settings_of
from sekisho.adapters.donations.areas import reading_in, writing_in
from sekisho.adapters.donations.checking import Checked, check_parcel
from sekisho.adapters.donations.deliveries import Delivery, Intake, check_digest, taken_before
from sekisho.adapters.donations.models import DonationRow, DonorRow, IntakeRow
from sekisho.adapters.donations.sealed_donations import (
    FROM_RECORD,
    Prepared,
    order_key,
    rows_of_orders,
    seal_donation,
    subject_of,
)
from sekisho.adapters.keys import KeyFault
from sekisho.business.hometown_donations.donors import KeepingRule
from sekisho.kernel import EntryKind, ReasonCode, Refused, because
from sekisho.records import Record

LAYOUT: Final = "donation.record"
BATCH: Final = 5000
_ASKED_AT_ONCE: Final = 400
_INTAKE: Final = Insertion(
    IntakeRow,
    *("tenant", "parcel", "door", "portal", "sha256", "size", "records", "amount", "new", "known", "digests"),
    *("taken_at", "sender"),
)
_DONORS: Final = Insertion(DonorRow, "id", "tenant", as_given=True)
_DONATIONS: Final = Insertion(DonationRow, "tenant", "donor", "intake", *FROM_RECORD, "proof", as_given=True)
_CHANGED: Final = Change(DonationRow, ("intake", *FROM_RECORD), "id = %s")
_NEXT_SQLITE: Final = "SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'donations_donorrow'), 0) + 1"
_NEXT_POSTGRES: Final = "SELECT nextval(pg_get_serial_sequence('donations_donorrow', 'id')) FROM generate_series(1, %s)"


def _batches(rows: Iterable[tuple[Record, bytes]]) -> Iterator[list[tuple[Record, bytes]]]:
    """So many records at a time."""
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch


@dataclass(frozen=True, slots=True)
class _Sealer:
    """Seals the records of one parcel, batch by batch; the keys of a batch are made in one go."""

    delivery: Delivery
    seals: Seals
    rule: KeepingRule

    def seal(self, checked: Checked) -> list[Prepared]:
        """Every record as it will be written."""
        return [each for batch in _batches(checked.rows()) for each in self._batch(batch)]

    def _batch(self, batch: Sequence[tuple[Record, bytes]]) -> Iterator[Prepared]:
        """One batch of records.

        Raises:
            Refused: A record comes by another portal's link, or its donation was erased.
            KeyFault: A key is gone that nobody erased.

        """
        seals, orders = self.seals, []
        for record, _ in batch:
            portal = record.values["portal"]
            if self.delivery.portal not in {"", portal}:
                what = f"{record.row} 行のポータルが違います / row {record.row} is of another portal"
                raise Refused([because(ReasonCode.INPUT_NOT_UNDERSTOOD, where="portal", what=what)])
            orders.append(order_key(seals, portal, record.values["order_number"]))
        try:
            seals.prepare(map(subject_of, orders))
        except KeyFault:
            self._check_kept(batch, orders)
            raise
        for (record, raw), order in zip(batch, orders, strict=True):
            yield seal_donation(seals, self.rule, record.values, order, hashlib.sha256(raw).digest())

    def _check_kept(self, batch: Sequence[tuple[Record, bytes]], orders: Sequence[str]) -> None:
        """None of these donations was erased: its key is gone for good, and so it stays.

        Raises:
            Refused: One was.

        """
        portals, gone = {record.values["portal"] for record, _ in batch}, set[str]()
        for some in _some(orders):
            rows = rows_of_orders(self.delivery.area, portals, some)
            gone.update(rows.filter(erased_at__isnull=False).values_list("order_search", flat=True))
        for (record, _), order in zip(batch, orders, strict=True):
            if order in gone:
                raise Refused([because(ReasonCode.NOT_IN_THIS_STATE, what=f"row {record.row}", state="erased")])


def _some(orders: Sequence[str]) -> Iterator[Sequence[str]]:
    """As many as a statement may ask for."""
    for first in range(0, len(orders), _ASKED_AT_ONCE):
        yield orders[first : first + _ASKED_AT_ONCE]


def _kept_before(area: str, prepared: Sequence[Prepared]) -> dict[str, tuple[int, bytes]]:
    """Those of these orders that are here already: the donation's number, and the digest of its record."""
    found: dict[str, tuple[int, bytes]] = {}
    portals = {each.portal for each in prepared}
    for some in _some([each.order for each in prepared]):
        rows = rows_of_orders(area, portals, some)
        for number, order, digest in rows.values_list("id", "order_search", "digest"):
            found[order] = (number, bytes(digest))
    return found


def _donor_numbers(count: int) -> list[int]:
    """So many numbers of donors that nobody has."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_NEXT_POSTGRES, [count])
            return [row[0] for row in cursor.fetchall()]
        cursor.execute(_NEXT_SQLITE)
        first = int(cursor.fetchone()[0])
    return list(range(first, first + count))


def _enter_new(area: str, intake: int, new: Sequence[Prepared]) -> None:
    """New donations, each with a donor of its own until somebody finds that two are one person."""
    numbers = _donor_numbers(len(new))
    _DONORS.write((number, area) for number in numbers)
    rows = zip(numbers, new, strict=True)
    _DONATIONS.write((area, number, intake, *each.columns, "") for number, each in rows)


def _write(delivery: Delivery, size: int, prepared: Sequence[Prepared]) -> Intake:
    """The donations, the parcel and the entry; in the transaction that is open."""
    known = _kept_before(delivery.area, prepared)
    new = [each for each in prepared if each.order not in known]
    digests, amount = b"".join(each.digest for each in prepared), sum(each.amount for each in prepared)
    counts = (len(prepared), amount, len(new), len(prepared) - len(new))
    head: tuple[Any, ...] = (delivery.area, delivery.parcel, delivery.door, delivery.portal, delivery.sha256, size)
    intake = _INTAKE.write_numbered((*head, *counts, digests, delivery.at, delivery.sender))
    _enter_new(delivery.area, intake, new)
    for each in prepared:
        number, digest = known.get(each.order, (0, each.digest))
        if digest != each.digest:
            _CHANGED.make((intake, *each.columns), (number,))
    note_intake(delivery, counts)
    rows = tuple(each.digest.hex() for each in prepared)
    return Intake(parcel=delivery.parcel, records=counts[0], amount=amount, new=counts[2], known=counts[3], rows=rows)


def note_intake(delivery: Delivery, counts: tuple[int, int, int, int]) -> None:
    """The entry of a parcel that was taken in: digests and counts only."""
    records, amount, new, known = counts
    entry = {
        "kind": str(EntryKind.RECEIVED),
        "tenant": delivery.area,
        "parcel": delivery.parcel,
        "at": delivery.at.isoformat(),
        "door": delivery.door,
        "portal": delivery.portal,
        "digest": delivery.sha256,
        "by": {"terminal": delivery.sender},
    }
    append_entry(delivery.area, {**entry, "records": records, "amount": amount, "new": new, "known": known})


def take_in(delivery: Delivery, body: bytes) -> Intake:
    """Take a parcel of donation records in; the same parcel again is answered as the first time.

    Raises:
        Refused: Its bytes are others than announced, a record does not fit or is another's; nothing of it is kept.

    """
    check_digest(delivery, body)
    if (before := taken_before(delivery)) is not None:
        return before
    checked = check_parcel(LAYOUT, delivery.area, body)
    with reading_in(delivery.area):
        rule = settings_of(delivery.area).keeping
        prepared = _Sealer(delivery, Seals(delivery.area), rule).seal(checked)
    with roomy(), writing_in(delivery.area):
        if (before := taken_before(delivery)) is not None:
            return before
        return _write(delivery, len(body), prepared)
