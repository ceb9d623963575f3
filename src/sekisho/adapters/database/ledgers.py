"""The ledger's rows: appending inside a transaction, sequencing into the tree, and reading proofs back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from django.db import connection
from django.db.models import QuerySet

from sekisho.adapters.database.home import find_home
from sekisho.adapters.database.models import CheckpointRow, EntryRow, NodeRow, Tenant
from sekisho.adapters.database.statements import Insertion
from sekisho.adapters.database.turns import writing
from sekisho.adapters.keys import SigningKey, open_key_store, signing_key
from sekisho.kernel import (
    TILE_WIDTH,
    Checkpoint,
    Frontier,
    LedgerFault,
    Receipt,
    decode_entry,
    encode_entry,
    leaf_hash,
    prove_inclusion,
    read_frontier,
    render_proof,
    sign_note,
    subject_of,
    verifier_key,
)

BATCH: Final = 256  # small, because a long write transaction is everybody's waiting time
_APPEND: Final = Insertion(EntryRow, "tenant", "parcel", "kind", "body", "leaf", "subject")
_KEEP_NODES: Final = Insertion(NodeRow, "tenant", "level", "index", "hash")
_SIGN_OFF: Final = Insertion(CheckpointRow, "tenant", "size", "note")
_BLOCKS: Final = 64
_SIGNERS: Final[dict[tuple[Path, str], SigningKey]] = {}
_EDGES: Final[dict[str, tuple[str, Frontier]]] = {}
_NEWEST: Final = "SELECT size, note FROM database_checkpointrow WHERE tenant_id = %s ORDER BY size DESC LIMIT 1"
_WAITING: Final = 'SELECT id, leaf FROM database_entryrow WHERE tenant_id = %s AND "index" IS NULL ORDER BY id LIMIT %s'
_PLACE: Final = 'UPDATE database_entryrow SET "index" = %s WHERE id = %s'


def append_entry(tenant: str, entry: Mapping[str, object]) -> Receipt:
    """Write an entry in the transaction of the state it speaks of.

    Raises:
        LedgerFault: There is no transaction, or it is not an entry.

    """
    if not connection.in_atomic_block:
        message = "an entry is written only in the transaction of its state"
        raise LedgerFault(message)
    body = encode_entry(entry)
    leaf = leaf_hash(body)
    parcel, kind = str(entry.get("parcel", "")), str(entry["kind"])
    number = _APPEND.write_numbered((tenant, parcel, kind, body, leaf, subject_of(entry)))
    return Receipt(entry=number, leaf=leaf.hex())


def origin(tenant: str) -> str:
    """The ledger's name in its checkpoints."""
    return f"sekisho/{tenant}"


def ledger_key(tenant: str) -> SigningKey:
    """The key that signs the ledger's checkpoints."""
    place = (find_home().folder, tenant)
    if place not in _SIGNERS:
        _SIGNERS[place] = signing_key(open_key_store(), tenant, "ledger")
    return _SIGNERS[place]


def ledger_verifier_key(tenant: str) -> str:
    """What an auditor checks the ledger's checkpoints with."""
    return verifier_key(origin(tenant), ledger_key(tenant).public)


@dataclass(frozen=True, slots=True)
class BlockNodes:
    """The stored nodes of one ledger, fetched a tile at a time: for whoever reads many of them."""

    tenant: str
    _block: dict[tuple[int, int], dict[int, bytes]] = field(default_factory=dict)

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of one node.

        Raises:
            LedgerFault: There is no such node.

        """
        number = index // TILE_WIDTH
        if (level, number) not in self._block:
            if len(self._block) >= _BLOCKS:
                self._block.clear()
            first = number * TILE_WIDTH
            near = {"index__gte": first, "index__lt": first + TILE_WIDTH}
            rows = NodeRow.objects.filter(tenant_id=self.tenant, level=level, **near)
            self._block[level, number] = {at: bytes(found) for at, found in rows.values_list("index", "hash")}
        found = self._block[level, number].get(index)
        if found is None:
            message = f"ledger {self.tenant} has no node {level}/{index}"
            raise LedgerFault(message)
        return found


@dataclass(frozen=True, slots=True)
class Nodes:
    """The stored nodes of one ledger."""

    tenant: str

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of one node."""
        found = NodeRow.objects.filter(tenant_id=self.tenant, level=level, index=index).values_list("hash", flat=True)
        for each in found:
            return bytes(each)
        message = f"ledger {self.tenant} has no node {level}/{index}"
        raise LedgerFault(message)


def pending(tenant: str) -> int:
    """How many entries wait for their place in the tree."""
    return EntryRow.objects.filter(tenant_id=tenant, index__isnull=True).count()


def latest_checkpoint(tenant: str) -> CheckpointRow | None:
    """The newest signed checkpoint."""
    return CheckpointRow.objects.filter(tenant_id=tenant).order_by("-size").first()


def _lock_tenant(tenant: str) -> None:
    """One sequencer a tenant: on PostgreSQL by the tenant's row, on SQLite by the turn.

    The lock leaves the row's key alone: entries refer to it, and their writers must not wait for the sequencer.
    """
    if connection.vendor != "sqlite":
        Tenant.objects.select_for_update(no_key=True).get(pk=tenant)


def _edge(tenant: str) -> Frontier:
    """The right edge of a ledger: as we left it, if the newest checkpoint is that very one; otherwise read anew."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [tenant])
        newest = cursor.fetchone()
    note, left = _EDGES.get(tenant, ("", Frontier()))
    if newest is None or newest[1] == note:
        return left if newest else Frontier()
    return read_frontier(newest[0], Nodes(tenant))


def _waiting(tenant: str, count: int) -> list[tuple[int, bytes]]:
    """Entries that wait for their place, the oldest first, with their leaves."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [tenant, count])
        return [(entry, bytes(leaf)) for entry, leaf in cursor.fetchall()]


def _integrate(tenant: str, rows: Sequence[tuple[int, bytes]], sign: SigningKey) -> int:
    """Give these entries their places, keep the nodes that became complete, and sign the new state."""
    frontier = _edge(tenant)
    grown, nodes = frontier.append(leaf for _, leaf in rows)
    with connection.cursor() as cursor:
        cursor.executemany(_PLACE, [(place, entry) for place, (entry, _) in enumerate(rows, start=frontier.size)])
    _KEEP_NODES.write((tenant, each.level, each.index, each.hash) for each in nodes)
    text = Checkpoint(origin=origin(tenant), size=grown.size, root=grown.root()).text()
    note = sign_note(text, origin(tenant), sign.public, sign.sign)
    _SIGN_OFF.write([(tenant, grown.size, note)])
    _EDGES[tenant] = (note, grown)
    return grown.size


def _sequence_some(tenant: str, sign: SigningKey) -> int:
    """Integrate one group of waiting entries in one commit; answers how many there were."""
    with writing():
        _lock_tenant(tenant)
        rows = _waiting(tenant, BATCH)
        if rows:
            _integrate(tenant, rows, sign)
    return len(rows)


def sequence(tenant: str) -> int:
    """Integrate all waiting entries of a ledger in group commits; answers how many there were."""
    if not _waiting(tenant, 1):
        return 0
    done, sign = 0, ledger_key(tenant)
    while count := _sequence_some(tenant, sign):
        done += count
        if count < BATCH:
            break
    return done


def sequence_all() -> int:
    """Integrate the waiting entries of every ledger; each is asked, which costs the same however long it is."""
    return sum(sequence(tenant) for tenant in list(Tenant.objects.values_list("code", flat=True)))


def rows_about(tenant: str, subject: str) -> QuerySet[EntryRow]:
    """Every entry about a subject, in order.

    Asked with the condition and in the order of the index of subjects: without, the whole ledger might be walked.
    """
    return EntryRow.objects.filter(tenant_id=tenant, subject__gt="", subject=subject).order_by("subject", "id")


def read_entries(tenant: str) -> Iterator[Mapping[str, Any]]:
    """Every entry that has its place and was not pruned, in order."""
    rows = EntryRow.objects.filter(tenant_id=tenant, index__isnull=False).exclude(body=b"").order_by("index")
    for body in rows.values_list("body", flat=True).iterator(chunk_size=500):
        yield decode_entry(bytes(body))


def read_bodies(tenant: str, size: int, begin: int = 0) -> Iterator[bytes]:
    """The canonical bytes of the entries up to this size, in order; nothing is left of one that was pruned."""
    rows = EntryRow.objects.filter(tenant_id=tenant, index__gte=begin, index__lt=size).order_by("index")
    for body in rows.values_list("body", flat=True).iterator(chunk_size=500):
        yield bytes(body)


def proof_of(tenant: str, entry: int) -> str | None:
    """The `.tlog-proof` of an entry against the newest checkpoint; nothing while it has no place yet."""
    row = EntryRow.objects.filter(tenant_id=tenant, pk=entry, index__isnull=False).first()
    newest = latest_checkpoint(tenant)
    if row is None or row.index is None or newest is None:
        return None
    return render_proof(row.index, prove_inclusion(row.index, newest.size, Nodes(tenant)), newest.note)
