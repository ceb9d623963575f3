"""The ledger and the world outside: publishing it, asking its witnesses, pruning what is past its keeping period.

Nothing of this is on the way of a parcel: a witness that does not answer delays no crossing. Import this only once the
house is open.
"""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from sekisho.adapters.bundles.exports import export_ledger, publish_ledger
from sekisho.adapters.bundles.tile_folder import TileFolder
from sekisho.adapters.database.home import Home
from sekisho.adapters.database.ledgers import latest_checkpoint
from sekisho.adapters.database.models import WitnessRow
from sekisho.adapters.database.municipalities import tenants
from sekisho.adapters.database.pruning import LargeRound, care_of, hold_pruning, prune_ledger, set_keeping
from sekisho.adapters.database.witnesses import (
    Appointment,
    appoint_witness,
    dismiss_witness,
    due_witnesses,
    keep_cosignature,
    note_asked,
    note_objection,
    note_overdue,
    request_for,
    witness_named,
    witnesses_of,
)
from sekisho.adapters.witnesses import Unreachable, WitnessReply, ask_witness
from sekisho.kernel import LedgerFault, WitnessObjection

__all__ = [
    "Appointment",
    "LargeRound",
    "appoint_witness",
    "ask_due_witnesses",
    "ask_one",
    "care_of",
    "dismiss_witness",
    "export_ledger",
    "hold_pruning",
    "keep_cosignature",
    "prune_ledger",
    "publish_all",
    "request_for",
    "set_keeping",
    "witness_named",
    "witnesses_of",
]

Ask = Callable[[str, str], WitnessReply]
_OBJECTIONS = {
    HTTPStatus.UNPROCESSABLE_ENTITY: WitnessObjection.REWRITTEN,
    HTTPStatus.FORBIDDEN: WitnessObjection.NOT_SIGNED,
    HTTPStatus.NOT_FOUND: WitnessObjection.UNKNOWN_LEDGER,
}


def publish_all(home: Home) -> int:
    """Bring every published ledger up to its newest checkpoint; answers how many files were new.

    Raises:
        LedgerFault: What was published before is not the beginning of what a ledger says today.

    """
    new = 0
    for tenant in tenants():
        folder, newest = home.ledgers / tenant, latest_checkpoint(tenant)
        if newest is not None and newest.size != TileFolder(folder).published():
            new += publish_ledger(tenant, folder)
    return new


def _meaning(reply: WitnessReply, size: int) -> WitnessObjection:
    """What an answer that is no signature means for a ledger of this size."""
    if reply.size is not None:
        if reply.size > size:
            return WitnessObjection.ROLLED_BACK
        return WitnessObjection.FORKED if reply.size == size else WitnessObjection.OTHER_SIZE
    known = {int(status): objection for status, objection in _OBJECTIONS.items()}
    return known.get(reply.status, WitnessObjection.NOT_UNDERSTOOD)


def ask_one(row: WitnessRow, at: datetime, ask: Ask = ask_witness) -> WitnessObjection | None:
    """Ask a witness, once more from the size that it names, and keep what it signed or why it did not.

    Raises:
        Unreachable: There was no answer.

    """
    note_asked(row, at)
    newest = latest_checkpoint(row.tenant_id)
    size = newest.size if newest else 0
    reply = ask(row.address, request_for(row))
    if reply.size is not None and reply.size <= size and reply.size != row.size:
        reply = ask(row.address, request_for(row, reply.size))
    if reply.status == HTTPStatus.OK:
        try:
            keep_cosignature(row, reply.text, at)
        except LedgerFault:
            note_objection(row, WitnessObjection.NOT_UNDERSTOOD, row.size, at)
            return WitnessObjection.NOT_UNDERSTOOD
        return None
    objection = _meaning(reply, size)
    note_objection(row, objection, row.size if reply.size is None else reply.size, at)
    return objection


def ask_due_witnesses(at: datetime, ask: Ask = ask_witness) -> list[str]:
    """Ask everybody whose time it is; answers who did not answer."""
    silent = []
    for tenant in tenants():
        for row in due_witnesses(tenant, at):
            try:
                ask_one(row, at, ask)
            except Unreachable as fault:
                silent.append(f"{tenant} {row.name}: {fault}")
        note_overdue(tenant, at)
    return silent
