"""The ledger's rows: appending inside a transaction, sequencing into the tree, and reading proofs back."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
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
    TIER_LEVELS,
    TILE_WIDTH,
    Checkpoint,
    EntryKind,
    Frontier,
    LedgerFault,
    NodeReader,
    Receipt,
    TiledNodes,
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
_SIGNERS: Final[dict[tuple[Path, str], SigningKey]] = {}
_EDGES: Final[dict[str, tuple[str, Frontier]]] = {}
_NEWEST: Final = "SELECT size, note FROM database_checkpointrow WHERE tenant_id = %s ORDER BY size DESC LIMIT 1"
_WAITING: Final = 'SELECT id, leaf FROM database_entryrow WHERE tenant_id = %s AND "index" IS NULL ORDER BY id LIMIT %s'
_PLACE: Final = 'UPDATE database_entryrow SET "index" = %s WHERE id = %s'
_NEAR: Final = 'tenant_id = %s AND "index" >= %s AND "index" < %s ORDER BY "index"'
_LEAVES: Final = f'SELECT "index", leaf FROM database_entryrow WHERE {_NEAR}'  # noqa: S608 - our own words
_HASHES: Final = f'SELECT "index", hash FROM database_noderow WHERE level = %s AND {_NEAR}'  # noqa: S608 - our own words


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


def _read_tile(tenant: str, tier: int, number: int) -> list[bytes]:
    """The hashes of one tile as they are kept: leaves with their entries, the others as nodes."""
    first = number * TILE_WIDTH
    level = [TIER_LEVELS[tier - 1]] if tier else []
    with connection.cursor() as cursor:
        cursor.execute(_HASHES if tier else _LEAVES, [*level, tenant, first, first + TILE_WIDTH])
        found = cursor.fetchall()
    if [index for index, _ in found] != list(range(first, first + len(found))):
        message = f"ledger {tenant}: tile {tier}/{number} has a gap"
        raise LedgerFault(message)
    return [bytes(kept) for _, kept in found]


def stored_nodes(tenant: str) -> NodeReader:
    """The nodes of one ledger as it stands, for one question; what it reads once it does not read again."""
    return TiledNodes(partial(_read_tile, tenant))


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
    return read_frontier(newest[0], stored_nodes(tenant))


def _waiting(tenant: str, count: int) -> list[tuple[int, bytes]]:
    """Entries that wait for their place, the oldest first, with their leaves."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [tenant, count])
        return [(entry, bytes(leaf)) for entry, leaf in cursor.fetchall()]


def _integrate(tenant: str, rows: Sequence[tuple[int, bytes]], sign: SigningKey) -> int:
    """Give these entries their places, keep the nodes that became complete, and sign the new state."""
    frontier = _edge(tenant)
    grown, nodes = frontier.append((leaf for _, leaf in rows), TIER_LEVELS)
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


def read_acts(tenant: str, kind: EntryKind) -> Iterator[Mapping[str, Any]]:
    """Every entry of a kind that speaks of no parcel and was not pruned, in order.

    Found among what speaks of no parcel: asked by municipality as well, the database might walk the whole ledger.
    """
    rows = EntryRow.objects.filter(parcel="", kind=str(kind)).exclude(body=b"").order_by("id")
    for whose, body in rows.values_list("tenant_id", "body").iterator(chunk_size=500):
        if whose == tenant:
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
    return render_proof(row.index, prove_inclusion(row.index, newest.size, stored_nodes(tenant)), newest.note)
