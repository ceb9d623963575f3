"""What happens at the entrance, written down: state row, entry and idempotency key in one transaction."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final, Protocol

from django.db import IntegrityError, connection

from sekisho.adapters.database.facts import passage_to_data
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import IdempotencyKey, Parcel, ParcelState, Tenant
from sekisho.adapters.database.office_time import OFFICE_TIME
from sekisho.adapters.database.statements import Insertion
from sekisho.adapters.database.turns import writing
from sekisho.kernel import (
    Admitted,
    Arrival,
    Reason,
    Receipt,
    SekishoError,
    Standing,
    Stored,
    entrance_alarms,
    received_entry,
    turned_away_entry,
)

_LAND: Final = Insertion(
    Parcel,
    *("parcel", "tenant", "connection", "permit", "state", "outcome", "passage", "size", "digest", "place", "inline"),
    *("reasons", "strip", "received_at", "received_on", "erase_by"),
)
_REMEMBER: Final = Insertion(IdempotencyKey, "tenant", "bearer", "key", "digest", "answer")


class HasInline(Protocol):
    """Something that took a parcel and may hold its ciphertext, if it is small."""

    @property
    def inline(self) -> bytes | None:
        """The ciphertext, or nothing if it lies in a file."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A machine's idempotency key: whose, and which."""

    bearer: str
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What was answered to a key: the digest of the bytes, the parcel, its entry and leaf."""

    digest: str
    parcel: str
    entry: int
    leaf: str


@dataclass(slots=True)
class Page:
    """State rows and idempotency keys that are written together, in the transaction of their entries."""

    parcels: list[tuple[Any, ...]] = field(default_factory=list)
    keys: list[tuple[Any, ...]] = field(default_factory=list)

    def write(self) -> None:
        """Write them all."""
        _LAND.write(self.parcels)
        _REMEMBER.write(self.keys)


@dataclass(slots=True, kw_only=True)
class EntranceBook:
    """The entrance's journal for one arrival. `also` writes what belongs to it in the same transaction."""

    dock: HasInline | None = None
    once: Once | None = None
    also: Callable[[Admitted, Receipt], None] | None = None
    page: Page = field(default_factory=Page)
    written: Receipt | None = field(default=None)

    def received(self, admitted: Admitted, stored: Stored) -> Receipt:
        """The parcel has landed.

        Raises:
            SekishoError: The same parcel or the same key was written down at this moment by somebody else.

        """
        try:
            with writing():
                self.written = self.write(admitted, stored)
                self.page.write()
        except IntegrityError as fault:
            message = f"parcel {admitted.waybill.parcel} or its key is there already; ask again"
            raise SekishoError(message) from fault
        return self.written

    def write(self, admitted: Admitted, stored: Stored) -> Receipt:
        """Entry, state row and idempotency key, in the transaction that is open."""
        receipt = append_entry(admitted.waybill.tenant, received_entry(admitted, stored))
        self.page.parcels.append(self._row(admitted, stored))
        if self.once is not None:
            self._remember(admitted, stored, receipt)
        if self.also is not None:
            self.also(admitted, receipt)
        return receipt

    def _row(self, admitted: Admitted, stored: Stored) -> tuple[Any, ...]:
        """The state row."""
        at = admitted.passage.at
        hours = admitted.on_file.specification.erase_within_hours
        return (
            admitted.waybill.parcel,
            admitted.waybill.tenant,
            admitted.waybill.connection,
            admitted.waybill.permit,
            *(str(ParcelState.RECEIVED),) * 2,
            passage_to_data(admitted.passage),
            *(stored.size, stored.digest, stored.place),
            None if self.dock is None else self.dock.inline,
            *([], []),
            *(at, at.astimezone(OFFICE_TIME).date(), at + timedelta(hours=hours)),
        )

    def _remember(self, admitted: Admitted, stored: Stored, receipt: Receipt) -> None:
        """What a lost 201 said."""
        if self.once is None:
            return
        answer = {"parcel": admitted.waybill.parcel, "entry": receipt.entry, "leaf": receipt.leaf}
        self.page.keys.append((admitted.waybill.tenant, self.once.bearer, self.once.key, stored.digest, answer))

    def turned_away(self, arrival: Arrival, standing: Standing | None, reasons: Sequence[Reason]) -> None:
        """Somebody was refused at the entrance; the attempt is kept, the bytes are not."""
        entry = turned_away_entry(arrival, standing, reasons)
        if not Tenant.objects.filter(code=arrival.tenant).exists():
            return  # a municipality that is not entered here has no ledger to write into
        with writing():
            append_entry(arrival.tenant, entry)
            for alarm in entrance_alarms(arrival, reasons):
                append_entry(arrival.tenant, alarm)
            Parcel.objects.create(
                parcel=arrival.parcel,
                tenant_id=arrival.tenant,
                connection=arrival.connection,
                state=ParcelState.TURNED_AWAY,
                outcome=ParcelState.TURNED_AWAY,
                passage=_attempted(arrival, standing),
                size=arrival.announced_size,
                reasons=[reason.as_data() for reason in reasons],
                received_at=arrival.at,
                received_on=arrival.at.astimezone(OFFICE_TIME).date(),
            )


def _attempted(arrival: Arrival, standing: Standing | None) -> dict[str, Any]:
    """What is known of somebody who was turned away."""
    return {
        "at": arrival.at.isoformat(),
        "route": list(arrival.route),
        "direction": str(arrival.direction),
        "counterpart": arrival.counterpart,
        "person": standing.person if standing else "",
        "terminal": standing.terminal if standing else "",
        "agency": standing.agency if standing else "",
        "department": standing.department if standing else "",
    }


@dataclass(slots=True, kw_only=True)
class GroupBook(EntranceBook):
    """The journal for one arrival of a group: it writes in the transaction of the whole group, on the group's page."""

    def received(self, admitted: Admitted, stored: Stored) -> Receipt:
        """The parcel has landed; it counts when the group is committed."""
        return self.write(admitted, stored)


_ANSWERED: Final = (
    "SELECT bearer, key, digest, answer FROM database_idempotencykey WHERE tenant_id = %s AND bearer = %s"
)


def remembered_of(asked: Collection[tuple[str, Once]]) -> dict[tuple[str, Once], Answered]:
    """What was answered to these keys before, by (municipality, key)."""
    found = {}
    for tenant, bearer in {(tenant, once.bearer) for tenant, once in asked}:
        keys = [once.key for each, once in asked if (each, once.bearer) == (tenant, bearer)]
        question = f"{_ANSWERED} AND key IN ({', '.join(['%s'] * len(keys))})"
        with connection.cursor() as cursor:
            cursor.execute(question, [tenant, bearer, *keys])
            for owner, key, digest, answer in cursor.fetchall():
                told = answer if isinstance(answer, dict) else json.loads(answer)
                found[tenant, Once(bearer=owner, key=key)] = Answered(digest=digest, **told)
    return found


def remembered(tenant: str, once: Once) -> Answered | None:
    """What was answered to this key before."""
    return remembered_of([(tenant, once)]).get((tenant, once))
