"""The third hall: seal, record, deliver, erase. Its digest is written down before anything leaves."""

from datetime import datetime

from sekisho.kernel.errors import Refused
from sekisho.kernel.gate.examination import make_stopped
from sekisho.kernel.gate.forms import (
    Acknowledgement,
    Cargo,
    Clearance,
    Delivered,
    Erased,
    Receipt,
    Recorded,
    Sealed,
    Stopped,
    Waybill,
)
from sekisho.kernel.gate.ports import Carrier, Exit, ExitJournal, Sealer


def make_sealed(clearance: Clearance, cargo: Cargo) -> Sealed:
    """The form of a sealed parcel: from the door itself, or from the state row when a hall is resumed."""
    return Sealed(
        waybill=clearance.waybill,
        cargo=cargo,
        counterpart=clearance.counterpart,
        direction=clearance.direction,
    )


def seal(clearance: Clearance, sealer: Sealer) -> Sealed:
    """What was cleared, without what was not approved, encrypted to the recipient alone."""
    return make_sealed(clearance, sealer.seal(clearance))


def seal_or_hold(clearance: Clearance, sealer: Sealer, journal: ExitJournal, at: datetime) -> Sealed | Stopped:
    """Seal it; what was cleared and can no longer be sealed as it was cleared stops here, where somebody answers."""
    try:
        return seal(clearance, sealer)
    except Refused as refusal:
        stopped = make_stopped(clearance.waybill, refusal.reasons)
        journal.held_back(stopped, at)
        return stopped


def make_recorded(sealed: Sealed, receipt: Receipt) -> Recorded:
    """The form of a recorded parcel: from the door itself, or from the state row when a hall is resumed."""
    return Recorded(
        waybill=sealed.waybill,
        cargo=sealed.cargo,
        counterpart=sealed.counterpart,
        direction=sealed.direction,
        receipt=receipt,
    )


def record(sealed: Sealed, journal: ExitJournal, at: datetime) -> Recorded:
    """Its digest, written down before it leaves."""
    return make_recorded(sealed, journal.leaving(sealed, at))


def make_delivered(waybill: Waybill, acknowledgement: Acknowledgement) -> Delivered:
    """The form of a delivered parcel: from the door itself, or from the state row when a hall is resumed."""
    return Delivered(waybill=waybill, acknowledgement=acknowledgement)


def deliver(recorded: Recorded, carrier: Carrier, journal: ExitJournal, at: datetime) -> Delivered:
    """The counterpart acknowledges, and the acknowledgement is written down.

    Raises:
        Refused: The counterpart will not take it.
        SekishoError: The counterpart could not be reached; nothing is lost, try again.

    """
    acknowledgement = carrier.carry(recorded)
    journal.delivered(recorded, acknowledgement, at)
    return make_delivered(recorded.waybill, acknowledgement)


def _shred(waybill: Waybill, leaving: Exit, at: datetime) -> Erased:
    """Write down the intent, destroy the key and the bytes, write down the proof."""
    leaving.journal.erased(waybill, at)
    proof = leaving.shredder.shred(waybill, at)
    leaving.journal.erased(waybill, at, proof)
    return Erased(waybill=waybill, proof=proof)


def erase(delivered: Delivered, leaving: Exit, at: datetime) -> Erased:
    """Our copy and its keys are gone, with proof."""
    return _shred(delivered.waybill, leaving, at)


def erase_stopped(stopped: Stopped, leaving: Exit, at: datetime) -> Erased:
    """What was refused is not kept either; the sender still has it."""
    return _shred(stopped.waybill, leaving, at)


def leave(clearance: Clearance, leaving: Exit, at: datetime) -> Erased | Stopped:
    """The whole third hall; a stop, if what was cleared could not be sealed.

    Raises:
        Refused: The counterpart will not take it; the parcel stays sealed, recorded and undelivered.
        SekishoError: The counterpart could not be reached.

    """
    sealed = seal_or_hold(clearance, leaving.sealer, leaving.journal, at)
    if isinstance(sealed, Stopped):
        return sealed
    recorded = record(sealed, leaving.journal, at)
    return erase(deliver(recorded, leaving.carrier, leaving.journal, at), leaving, at)
