"""The way of a parcel after it has landed, written down step by step; every step once, however often it is tried."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import cache, partial
from typing import Any, Final

from django.db import transaction

from sekisho.adapters.database.contractor_copies import chase
from sekisho.adapters.database.effects import first_time
from sekisho.adapters.database.erasure_lists import list_at_gate
from sekisho.adapters.database.facts import (
    acknowledgement_from_data,
    cargo_from_data,
    findings_from_data,
    findings_to_data,
    passage_from_data,
    proof_from_data,
)
from sekisho.adapters.database.key_loans import lend_key
from sekisho.adapters.database.ledgers import append_entry
from sekisho.adapters.database.models import EntryRow, Parcel, ParcelState
from sekisho.adapters.database.open_permits import check_open
from sekisho.adapters.database.statements import Change
from sekisho.adapters.database.turns import writing
from sekisho.adapters.failpoints import failpoint
from sekisho.kernel import (
    Acknowledgement,
    Clearance,
    Delivered,
    EntryKind,
    ErasureProof,
    Inspected,
    Landed,
    Receipt,
    Recorded,
    Refused,
    Sealed,
    SekishoError,
    Stopped,
    Stored,
    Waybill,
    cleared_entry,
    delivered_entry,
    erased_entry,
    erasing_entry,
    examination_alarms,
    held_back_entry,
    leaving_entry,
    make_clearance,
    make_delivered,
    make_inspected,
    make_landed,
    make_recorded,
    make_sealed,
    reason_from_data,
    stopped_entry,
)

NEXT_STATES: Final = {
    ParcelState.RECEIVED: {ParcelState.CLEARED, ParcelState.HELD, ParcelState.REFUSED},
    ParcelState.HELD: {ParcelState.CLEARED, ParcelState.REFUSED},
    ParcelState.REFUSED: {ParcelState.ERASING},
    ParcelState.CLEARED: {ParcelState.LEAVING, ParcelState.HELD, ParcelState.REFUSED},
    ParcelState.LEAVING: {ParcelState.DELIVERED},
    ParcelState.DELIVERED: {ParcelState.ERASING},
    ParcelState.ERASING: {ParcelState.ERASED},
    ParcelState.ERASED: set(),
    ParcelState.TURNED_AWAY: set(),
}
Receipts = Mapping[tuple[str, str], Receipt]
_OUTCOMES: Final = {
    ParcelState.CLEARED,
    ParcelState.HELD,
    ParcelState.REFUSED,
    ParcelState.LEAVING,
    ParcelState.DELIVERED,
}


@cache
def _moving(names: tuple[str, ...], states: int) -> Change:
    """The change of a parcel's row, from one of so many states."""
    return Change(Parcel, names, f"parcel = %s AND state IN ({', '.join(['%s'] * states)})")


@cache
def _unheld(names: tuple[str, ...], states: int) -> Change:
    """The same, if the parcel is not on legal hold."""
    return Change(Parcel, names, f"parcel = %s AND state IN ({', '.join(['%s'] * states)}) AND hold = ''")


def _move(parcel: str, state: ParcelState, **facts: Any) -> None:
    """Move a parcel on, only from a state from which it may.

    Raises:
        SekishoError: It is somewhere else.

    """
    before = [str(each) for each, following in NEXT_STATES.items() if state in following]
    facts["state"] = str(state)
    if state in _OUTCOMES:
        facts["outcome"] = str(state)
    # What is on legal hold is never begun to be erased, whoever asks and however late the hold came.
    change = _unheld if state == ParcelState.ERASING else _moving
    if not before or not change(tuple(facts), len(before)).make(list(facts.values()), [parcel, *before]):
        message = f"parcel {parcel} cannot become {state}"
        raise SekishoError(message)


@dataclass(frozen=True, slots=True)
class ParcelBook:
    """The journal of examination and exit; `inline` are the sealed bytes of small parcels, by parcel.

    `listed` is the signed list on which the parcels of a batch stand that are about to be erased.
    """

    inline: Mapping[str, bytes] = field(default_factory=dict)
    listed: str = ""

    def cleared(self, inspected: Inspected, clearance: Clearance, at: datetime) -> None:
        """No caveat objects, and the permit that was asked is still the one in force while this is written.

        Raises:
            Refused: Somebody stopped it meanwhile.
            SekishoError: Another one took its place meanwhile; it is asked when the parcel is decided anew.

        """
        waybill = inspected.waybill
        with writing():
            check_open(waybill, clearance.under)
            if first_time(waybill.tenant, waybill.parcel, "examine", at):
                found = findings_to_data(inspected.found)
                masked = {"mask": sorted(clearance.mask)} if clearance.mask else {}
                _move(waybill.parcel, ParcelState.CLEARED, found=found, strip=sorted(clearance.strip), **masked)
                append_entry(waybill.tenant, cleared_entry(inspected, clearance, at))
            transaction.on_commit(partial(failpoint, "decide"))

    def stopped(self, inspected: Inspected, stopped: Stopped, at: datetime) -> None:
        """Held or refused, with every reason."""
        waybill = inspected.waybill
        state = ParcelState.HELD if stopped.held else ParcelState.REFUSED
        with writing():
            if first_time(waybill.tenant, waybill.parcel, "examine", at):
                reasons = [reason.as_data() for reason in stopped.reasons]
                _move(waybill.parcel, state, found=findings_to_data(inspected.found), reasons=reasons)
                append_entry(waybill.tenant, stopped_entry(inspected, stopped, at))
                for alarm in examination_alarms(stopped, at):
                    append_entry(waybill.tenant, alarm)

    def held_back(self, stopped: Stopped, at: datetime) -> None:
        """What was cleared could not be sealed; nothing of that clearance is left for the next examination."""
        waybill = stopped.waybill
        state = ParcelState.HELD if stopped.held else ParcelState.REFUSED
        with writing():
            _move(waybill.parcel, state, reasons=[each.as_data() for each in stopped.reasons], strip=[], mask=None)
            append_entry(waybill.tenant, held_back_entry(stopped, at))

    def leaving(self, sealed: Sealed, at: datetime) -> Receipt:
        """Its digest, before it leaves. What was recorded first stays what leaves."""
        waybill = sealed.waybill
        with writing():
            if first_time(waybill.tenant, waybill.parcel, "record", at):
                inline = self.inline.get(waybill.parcel)
                _move(waybill.parcel, ParcelState.LEAVING, cargo=asdict(sealed.cargo), cargo_inline=inline)
                receipt = append_entry(waybill.tenant, leaving_entry(sealed, at))
            else:
                receipt = receipts_of([waybill.parcel])[waybill.parcel, EntryKind.LEAVING]
            transaction.on_commit(partial(failpoint, "record"))
        return receipt

    def delivered(self, recorded: Recorded, acknowledgement: Acknowledgement, at: datetime) -> None:
        """The counterpart has it."""
        waybill = recorded.waybill
        with writing():
            if first_time(waybill.tenant, waybill.parcel, "deliver", at):
                facts = {"number": acknowledgement.number, "facts": dict(acknowledgement.facts)}
                _move(waybill.parcel, ParcelState.DELIVERED, acknowledgement=facts, reasons=[], next_try=None)
                append_entry(waybill.tenant, delivered_entry(recorded, acknowledgement, at))
                chase(recorded, acknowledgement, at)
                lend_key(recorded, at)

    def erased(self, waybill: Waybill, at: datetime, proof: ErasureProof | None = None) -> None:
        """Without a proof: we are about to erase. With a proof: it is done."""
        with writing():
            if proof is None:
                if first_time(waybill.tenant, waybill.parcel, "erasing", at):
                    number = self.listed or list_at_gate(waybill.tenant, [waybill.parcel], at)
                    _move(waybill.parcel, ParcelState.ERASING, erasure_list=number)
                    append_entry(waybill.tenant, {**erasing_entry(waybill, at), "list": number})
            elif first_time(waybill.tenant, waybill.parcel, "erase", at):
                gone = {"place": "", "inline": None, "cargo_inline": None}
                _move(waybill.parcel, ParcelState.ERASED, proof=asdict(proof), **gone)
                append_entry(waybill.tenant, erased_entry(waybill, at, proof))


def receipts_of(parcels: Sequence[str]) -> Receipts:
    """The receipts of what was written before about these parcels, by parcel and kind of entry."""
    rows = EntryRow.objects.filter(parcel__in=parcels, kind__in=(EntryKind.RECEIVED, EntryKind.LEAVING))
    found = rows.values_list("parcel", "kind", "id", "leaf")
    return {(parcel, kind): Receipt(entry=entry, leaf=bytes(leaf).hex()) for parcel, kind, entry, leaf in found}


def find_parcel(parcel: str) -> Parcel:
    """The state row of a parcel.

    Raises:
        SekishoError: There is none.

    """
    row = Parcel.objects.filter(parcel=parcel).first()
    if row is None:
        message = f"there is no parcel {parcel}"
        raise SekishoError(message)
    return row


def states_of(parcels: Sequence[str]) -> dict[str, str]:
    """Where each of these parcels is, without the rest of its row."""
    return dict(Parcel.objects.filter(parcel__in=parcels).values_list("parcel", "state"))


def _written(data: dict[str, Any] | None, parcel: str) -> dict[str, Any]:
    """What a step before this one must have written.

    Raises:
        SekishoError: It is not there.

    """
    if data is None:
        message = f"parcel {parcel} has not come so far"
        raise SekishoError(message)
    return data


def waybill_of(row: Parcel) -> Waybill:
    """The waybill of a parcel."""
    return Waybill(
        parcel=row.parcel, tenant=row.tenant_id, connection=row.connection, permit=row.permit, digest=row.digest
    )


def load_landed(row: Parcel, receipts: Receipts) -> Landed:
    """The form of a parcel that has landed."""
    stored = Stored(size=row.size, digest=row.digest, place=row.place)
    receipt = receipts[row.parcel, EntryKind.RECEIVED]
    return make_landed(waybill_of(row), passage_from_data(row.passage), stored, receipt)


def load_clearance(row: Parcel, receipts: Receipts) -> Clearance:
    """The form of a parcel that was cleared."""
    inspected = make_inspected(load_landed(row, receipts), findings_from_data(_written(row.found, row.parcel)))
    return make_clearance(inspected, frozenset(row.strip), frozenset(row.mask or ()))


def load_recorded(row: Parcel, receipts: Receipts) -> Recorded:
    """The form of a parcel that is recorded and may leave."""
    sealed = make_sealed(load_clearance(row, receipts), cargo_from_data(_written(row.cargo, row.parcel)))
    return make_recorded(sealed, receipts[row.parcel, EntryKind.LEAVING])


def load_delivered(row: Parcel) -> Delivered:
    """The form of a parcel that was delivered."""
    return make_delivered(waybill_of(row), acknowledgement_from_data(_written(row.acknowledgement, row.parcel)))


def reasons_of(row: Parcel) -> Refused | None:
    """Why a parcel was stopped, if it was."""
    return Refused(reason_from_data(each) for each in row.reasons) if row.reasons else None


def proof_of_erasure(row: Parcel) -> ErasureProof | None:
    """The proof that our copy is gone, if it is."""
    return proof_from_data(row.proof) if row.proof else None
