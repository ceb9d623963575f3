"""The ledger of one municipality: searching its entries, and recomputing what they prove."""

from collections.abc import Sequence
from dataclasses import dataclass

from sekisho.adapters.database.ledgers import latest_checkpoint, ledger_verifier_key, origin, stored_nodes
from sekisho.adapters.database.models import EntryRow as StoredEntry
from sekisho.adapters.database.queries_gate import entry_row
from sekisho.adapters.database.queries_rows import EntryRow, VerdictRow
from sekisho.adapters.keys import holds
from sekisho.kernel import Checkpoint, LedgerFault, NodeReader, includes, open_note, prove_inclusion, read_checkpoint


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFilter:
    """What a reader of the ledger is looking for; empty fields ask for nothing."""

    kind: str = ""
    parcel: str = ""
    person: str = ""


def _by_person(row: EntryRow, person: str) -> bool:
    """Did this person act? Entries are canonical bytes, so they are read rather than searched in the database."""
    by = row.data.get("by")
    acted = by.get("person") if isinstance(by, dict) else row.data.get("person")
    return acted == person


def entry_rows(tenant: str, wanted: EntryFilter, *, first: int, count: int) -> tuple[int, tuple[EntryRow, ...]]:
    """How many entries match, and one page of them, the latest first."""
    stored = StoredEntry.objects.filter(tenant_id=tenant).order_by("-id")
    if wanted.kind:
        stored = stored.filter(kind=wanted.kind)
    if wanted.parcel:
        stored = stored.filter(parcel__icontains=wanted.parcel)
    if not wanted.person:
        return stored.count(), tuple(entry_row(each) for each in stored[first : first + count])
    matching = [row for row in map(entry_row, stored.iterator()) if _by_person(row, wanted.person)]
    return len(matching), tuple(matching[first : first + count])


def _included(row: EntryRow, signed: Checkpoint, nodes: NodeReader) -> bool:
    """Does the way from this entry up lead to the signed root?"""
    if row.index is None or row.index >= signed.size:
        return row.index is None
    proof = prove_inclusion(row.index, signed.size, nodes)
    return includes(bytes.fromhex(row.leaf), row.index, signed.size, proof, signed.root)


def verdict_of_entries(tenant: str, rows: Sequence[EntryRow]) -> VerdictRow | None:
    """Recompute digests, places and signature for some entries; nothing while none has its place yet."""
    newest = latest_checkpoint(tenant)
    waiting = sum(row.index is None for row in rows)
    if newest is None or waiting == len(rows):
        return None
    try:
        signed = read_checkpoint(open_note(newest.note, ledger_verifier_key(tenant), holds))
        genuine = (signed.origin, signed.size) == (origin(tenant), newest.size)
        nodes = stored_nodes(tenant)
        in_tree = all(_included(row, signed, nodes) for row in rows)
    except LedgerFault:
        genuine, in_tree = False, False
    return VerdictRow(
        digests_match=all(row.intact for row in rows),
        in_tree=in_tree,
        signature_valid=genuine,
        tree_size=newest.size,
        waiting=waiting,
    )
