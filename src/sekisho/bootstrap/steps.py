"""The steps of the worker, a batch at a time: what takes long is done first, then everything is written down at once.

A batch shares its write transactions; each parcel has its own forms, its own entries and its own proof. If one parcel
does not let the others be written, each is taken alone, and only that one stays where it is, for a later round.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeVar

from sekisho.adapters.database.home import find_home
from sekisho.adapters.failpoints import failpoint
from sekisho.bootstrap.halls import open_examination, open_exit, open_in_house, open_sealer
from sekisho.bootstrap.house import now
from sekisho.kernel import (
    Acknowledgement,
    Direction,
    Erased,
    ErasureProof,
    Exit,
    Findings,
    Landed,
    Recorded,
    Refused,
    Sealed,
    Waybill,
    deliver,
    erase,
    erase_stopped,
    examine,
    make_stopped,
    record,
    seal_or_hold,
)

if TYPE_CHECKING:  # Django's tables can be imported only after it was made ready
    from sekisho.adapters.database.models import Parcel

_LOG: Final = logging.getLogger("sekisho.worker")
CARRIED_AT_ONCE: Final = 1 << 20
Question = TypeVar("Question")
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownBefore:
    """Answers of an inspector, a carrier and a shredder that were asked before the turn to write was taken."""

    found: Mapping[str, Findings] = field(default_factory=dict)
    acknowledgements: Mapping[str, Acknowledgement] = field(default_factory=dict)
    proofs: Mapping[str, ErasureProof] = field(default_factory=dict)

    def findings(self, landed: Landed) -> Findings:
        """What the bytes hold."""
        return self.found[landed.waybill.parcel]

    def carry(self, recorded: Recorded) -> Acknowledgement:
        """What the counterpart answered."""
        return self.acknowledgements[recorded.waybill.parcel]

    def shred(self, waybill: Waybill, at: object) -> ErasureProof:  # noqa: ARG002 - the port's own signature
        """How we know that our copy is gone."""
        return self.proofs[waybill.parcel]


def note_delay(parcel: str, fault: Exception) -> None:
    """Keep why a parcel waits, for the screen and the log; it is tried again."""
    from sekisho.adapters.carriers import AwayError, put_off
    from sekisho.adapters.database.models import Parcel

    _LOG.warning("parcel %s waits: %s", parcel, type(fault).__name__)
    if isinstance(fault, AwayError):
        put_off(parcel, fault, now())
        return
    reasons = [reason.as_data() for reason in fault.reasons] if isinstance(fault, Refused) else []
    Parcel.objects.filter(parcel=parcel, state="leaving").update(reasons=reasons)


def ask_each(asked: Mapping[str, Question], ask: Callable[[Question], Answer]) -> dict[str, Answer]:
    """The answer for each parcel. Whatever breaks on one of them leaves that one where it is, and the others alone."""
    answers: dict[str, Answer] = {}
    for parcel, question in asked.items():
        try:
            answers[parcel] = ask(question)
        except Exception as fault:  # noqa: BLE001 - a parcel that breaks a step must not keep back the others
            note_delay(parcel, fault)
    return answers


def write_together(acts: Mapping[str, Callable[[], object]]) -> None:
    """Write down for all parcels in one transaction; if that does not work, for each parcel alone."""
    from sekisho.adapters.database.turns import writing

    try:
        with writing():
            for act in acts.values():
                act()
    except Exception as fault:  # noqa: BLE001 - nothing was written; now one at a time
        _LOG.warning("a batch is taken one at a time: %s", type(fault).__name__)
        ask_each(acts, lambda act: act())


def rows_in(parcels: Sequence[str], *states: str) -> dict[str, "Parcel"]:
    """The state rows of those parcels that are in one of these states."""
    from sekisho.adapters.database.models import Parcel

    return {row.parcel: row for row in Parcel.objects.filter(parcel__in=parcels, state__in=states)}


def examine_parcels(parcels: Sequence[str]) -> None:
    """Examine the parcels that have landed; those that are further are left alone."""
    from sekisho.adapters.database.passages import load_landed, receipts_of

    rows, receipts = rows_in(parcels, "received"), receipts_of(parcels)
    landed = ask_each(rows, lambda row: load_landed(row, receipts))
    hall = open_examination(rows)
    found = ask_each(landed, hall.inspector.findings)
    hall = replace(hall, inspector=KnownBefore(found=found))
    write_together({parcel: partial(examine, landed[parcel], hall, now()) for parcel in found})


def seal_parcels(parcels: Sequence[str]) -> None:
    """Seal the parcels that were cleared, and record what leaves; what cannot be sealed any more is held."""
    from sekisho.adapters.database.passages import load_clearance, receipts_of

    rows, receipts = rows_in(parcels, "cleared"), receipts_of(parcels)
    sealer = open_sealer(rows)
    leaving = open_exit(sealer)
    cleared = ask_each(rows, lambda row: load_clearance(row, receipts))
    sealer.expect(list(cleared.values()))
    done = ask_each(cleared, lambda each: seal_or_hold(each, sealer, leaving.journal, now()))
    sealed = {parcel: each for parcel, each in done.items() if isinstance(each, Sealed)}
    write_together({parcel: partial(record, each, leaving.journal, now()) for parcel, each in sealed.items()})


def _groups(recorded: Iterable[tuple[str, Recorded]]) -> Iterator[dict[str, Recorded]]:
    """So many parcels at a time that their plain records fit in memory."""
    group: dict[str, Recorded] = {}
    held = 0
    for parcel, each in recorded:
        if group and held + each.cargo.size > CARRIED_AT_ONCE:
            yield group
            group, held = {}, 0
        group[parcel] = each
        held += each.cargo.size
    if group:
        yield group


def _land_in_house(group: Mapping[str, Recorded], leaving: Exit, rows: Mapping[str, "Parcel"]) -> None:
    """Deliver inward: compare with the city's ledger first, then write all documents, then all deliveries."""
    desk = open_in_house(rows)
    landed = desk.landed_before(list(group))
    coming = {parcel: each for parcel, each in group.items() if parcel not in landed}
    desk.expect(coming.values())
    prepared = ask_each(coming, desk.prepare)
    write_together({parcel: partial(desk.write, each) for parcel, each in prepared.items()})
    failpoint("deliver")
    landed = desk.landed_before(list(group))
    known = KnownBefore(acknowledgements=landed)
    write_together({parcel: partial(deliver, group[parcel], known, leaving.journal, now()) for parcel in landed})


def _load_leaving(rows: Mapping[str, "Parcel"]) -> dict[str, Recorded]:
    """What is recorded and not yet delivered, as the third hall resumes it."""
    from sekisho.adapters.database.passages import load_recorded, receipts_of

    receipts = receipts_of(list(rows))
    return ask_each(rows, lambda row: load_recorded(row, receipts))


def land_parcels(parcels: Sequence[str]) -> None:
    """Seal and record; deliver what stays inside the house. What goes out waits, recorded, until it is carried."""
    seal_parcels(parcels)
    rows, leaving = rows_in(parcels, "leaving"), open_exit()
    recorded = _load_leaving(rows)
    inward = [(parcel, each) for parcel, each in recorded.items() if each.direction == Direction.INWARD]
    for group in _groups(inward):
        _land_in_house(group, leaving, rows)


def carry_parcels(parcels: Sequence[str]) -> None:
    """Hand over what goes out, one after the other. A counterpart's refusal or absence leaves a parcel where it is."""
    recorded, leaving = _load_leaving(rows_in(parcels, "leaving")), open_exit()
    outward = {parcel: each for parcel, each in recorded.items() if each.direction != Direction.INWARD}
    ask_each(outward, lambda each: deliver(each, leaving.carrier, leaving.journal, now()))


def deliver_parcels(parcels: Sequence[str]) -> None:
    """Seal, record and deliver, wherever each goes."""
    land_parcels(parcels)
    carry_parcels(parcels)


def _erase_row(row: "Parcel", leaving: Exit) -> Erased:
    """Write down that our copy of what was delivered or refused is gone."""
    from sekisho.adapters.database.passages import load_delivered, reasons_of, waybill_of

    if row.acknowledgement:
        return erase(load_delivered(row), leaving, now())
    refusal = reasons_of(row)
    return erase_stopped(make_stopped(waybill_of(row), refusal.reasons if refusal else ()), leaving, now())


def _begin_together(waybills: Sequence[Waybill], at: datetime) -> None:
    """Sign one list a municipality, and write every intent down with it."""
    from sekisho.adapters.database.erasure_lists import list_at_gate
    from sekisho.adapters.database.passages import ParcelBook

    for tenant in {each.tenant for each in waybills}:
        mine = [each for each in waybills if each.tenant == tenant]
        book = ParcelBook(listed=list_at_gate(tenant, [each.parcel for each in mine], at))
        for each in mine:
            book.erased(each, at)


def _list_and_begin(waybills: Mapping[str, Waybill], leaving: Exit) -> None:
    """Write down all intents of a batch with their list in one transaction; if that fails, each by a list of one."""
    from sekisho.adapters.database.turns import writing

    try:
        with writing():
            _begin_together(list(waybills.values()), now())
    except Exception as fault:  # noqa: BLE001 - nothing was written; now one at a time
        _LOG.warning("a batch is erased one at a time: %s", type(fault).__name__)
        ask_each(waybills, lambda each: leaving.journal.erased(each, now()))


def erase_parcels(parcels: Sequence[str]) -> None:
    """Erase: every intent first, then all keys in one go, searched for once, then each with its own proof."""
    from sekisho.adapters.carriers import KeyShredder
    from sekisho.adapters.database.passages import waybill_of

    rows = {parcel: row for parcel, row in rows_in(parcels, "delivered", "refused", "erasing").items() if not row.hold}
    leaving, shredder = open_exit(), KeyShredder(find_home())
    if begun := {parcel: waybill_of(row) for parcel, row in rows.items() if row.state != "erasing"}:
        _list_and_begin(begun, leaving)
    gone = shredder.destroy_keys([waybill_of(row) for row in rows.values()])
    proofs = ask_each(rows, lambda row: shredder.prove(row, now(), gone.get(row.parcel)))
    leaving = replace(leaving, shredder=KnownBefore(proofs=proofs))
    write_together({parcel: partial(_erase_row, rows[parcel], leaving) for parcel in proofs})


def answering(step: Callable[[Sequence[str]], None]) -> Callable[[Sequence[str]], dict[str, str]]:
    """The step, which then answers where each of its parcels is."""

    def carry_out(parcels: Sequence[str]) -> dict[str, str]:
        from sekisho.adapters.database.passages import states_of

        step(parcels)
        return states_of(parcels)

    return carry_out


STEPS: Final[Mapping[str, Callable[[Sequence[str]], dict[str, str]]]] = MappingProxyType(
    {
        "examine": answering(examine_parcels),
        "deliver": answering(deliver_parcels),
        "erase": answering(erase_parcels),
    }
)
"""The whole way of a batch after it has landed."""
WORKER_STEPS: Final[Mapping[str, Callable[[Sequence[str]], dict[str, str]]]] = MappingProxyType(
    {**STEPS, "land": answering(land_parcels), "carry": answering(carry_parcels)}
)
"""The worker delivers in two steps: a counterpart that takes long keeps nothing waiting but what goes to it."""
