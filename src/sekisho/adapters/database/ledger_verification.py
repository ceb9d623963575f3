"""Checking a whole ledger from its rows: signatures, tree, entries, and what was pruned."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Final

from sekisho.adapters.database.ledgers import (
    latest_checkpoint,
    ledger_verifier_key,
    origin,
    read_bodies,
    stored_nodes,
)
from sekisho.adapters.database.models import CheckpointRow, EntryRow, NodeRow
from sekisho.adapters.keys import holds
from sekisho.kernel import (
    TIER_LEVELS,
    EntryKind,
    Frontier,
    LedgerFault,
    Node,
    decode_entry,
    leaf_hash,
    open_note,
    prove_consistency,
    read_checkpoint,
    read_root,
    subject_of,
)

_COMPARED: Final = (b'"kind":"permit_', b'"kind":"condition_', b'"kind":"proof_', b'"kind":"assessment_standing')


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerVerdict:
    """What came of checking a whole ledger."""

    tenant: str
    entries: int
    size: int
    root: str
    faults: tuple[str, ...]
    pruned: int = 0

    @property
    def verified(self) -> bool:
        """Does everything hold?"""
        return not self.faults


def _checkpoint_faults(tenant: str, key: str) -> Iterator[str]:
    """Every checkpoint is signed, and each extends the one before."""
    before, nodes = (0, b""), stored_nodes(tenant)
    for row in CheckpointRow.objects.filter(tenant_id=tenant).order_by("size"):
        try:
            found = read_checkpoint(open_note(row.note, key, holds))
            root = read_root(found.size, nodes)
            prove_consistency(before[0], found.size, nodes)
        except LedgerFault as fault:
            yield f"checkpoint {row.size}: {fault}"
            continue
        if (found.origin, found.size, found.root) != (origin(tenant), row.size, root):
            yield f"checkpoint {row.size}: not the tree's root"
        before = (found.size, found.root)


def _leaves(tenant: str, size: int) -> Iterator[bytes]:
    """The leaf of every entry: computed from its contents; of one that was pruned, only the leaf is left."""
    rows = EntryRow.objects.filter(tenant_id=tenant, index__lt=size).order_by("index").values_list("body", "leaf")
    for body, leaf in rows.iterator(chunk_size=500):
        yield leaf_hash(bytes(body)) if body else bytes(leaf)


def pruned_until(tenant: str) -> int:
    """Up to where the ledger itself says that contents were pruned."""
    rows = EntryRow.objects.filter(tenant_id=tenant, kind=EntryKind.LEDGER_PRUNED).exclude(body=b"")
    told = (decode_entry(bytes(body)) for body in rows.values_list("body", flat=True))
    return max((int(each["until"]) for each in told), default=0)


def _entry_faults(tenant: str, replay: Callable[[Iterator[bytes]], tuple[int, bytes]]) -> Iterator[str]:
    """The entries as they lie there today lead to the signed root."""
    newest = latest_checkpoint(tenant)
    if newest is None:
        return
    signed = read_checkpoint(newest.note.rpartition("\n\n")[0] + "\n")
    bare = EntryRow.objects.filter(tenant_id=tenant, body=b"")
    if bare.exists():
        frontier, _ = Frontier().append(_leaves(tenant, signed.size))
        found = (frontier.size, frontier.root())
    else:
        found = replay(read_bodies(tenant, signed.size))
    if found != (signed.size, signed.root):
        yield "the entries are not those that were signed"
    if unsaid := bare.exclude(index__lt=pruned_until(tenant)).count():
        yield f"{unsaid} entries have no contents, and no entry says that they were pruned"


def _is_misfiled(subject: str, body: bytes) -> bool:
    """Is an entry filed under something that it does not speak of?"""
    if not body:
        return bool(subject)
    if not subject and not any(kind in body for kind in _COMPARED):
        return False
    try:
        return subject != subject_of(decode_entry(body))
    except LedgerFault:
        return True  # nobody can read it any more; that it is not what was signed is found as well


def _subject_faults(tenant: str) -> Iterator[str]:
    """Every entry is filed under what it speaks of, so that the gate finds the last about each thing."""
    rows = EntryRow.objects.filter(tenant_id=tenant).values_list("subject", "body").iterator(chunk_size=500)
    if wrong := sum(_is_misfiled(subject, bytes(body)) for subject, body in rows):
        yield f"{wrong} entries are filed under another subject"


def _wrong_nodes(tenant: str, nodes: list[Node]) -> int:
    """How many kept nodes differ from these, or are missing."""
    wrong = 0
    for level in {node.level for node in nodes}:
        here = {node.index: node.hash for node in nodes if node.level == level}
        rows = NodeRow.objects.filter(tenant_id=tenant, level=level, index__gte=min(here), index__lte=max(here))
        stored = {row.index: bytes(row.hash) for row in rows}
        wrong += sum(stored.get(index) != expected for index, expected in here.items())
    return wrong


def _node_faults(tenant: str, size: int) -> Iterator[str]:
    """Every node that is kept is what the entries lead to."""
    frontier, wrong, leaves = Frontier(), 0, _leaves(tenant, size)
    while batch := list(islice(leaves, 500)):
        frontier, nodes = frontier.append(batch, TIER_LEVELS)
        wrong += _wrong_nodes(tenant, nodes)
    if wrong:
        yield f"{wrong} nodes of the tree are not what the entries lead to"


def _leaf_faults(tenant: str) -> Iterator[str]:
    """The leaf beside every entry is its own: proofs are computed from it."""
    rows = EntryRow.objects.filter(tenant_id=tenant).exclude(body=b"").values_list("body", "leaf")
    if wrong := sum(leaf_hash(bytes(body)) != bytes(leaf) for body, leaf in rows.iterator(chunk_size=500)):
        yield f"{wrong} entries lie beside a leaf that is not theirs"


def _root_of(tenant: str, size: int) -> str:
    """The root that the kept tiles lead to; nothing where they lead to none."""
    try:
        return read_root(size, stored_nodes(tenant)).hex() if size else ""
    except LedgerFault:
        return ""


def verify_ledger(tenant: str, replay: Callable[[Iterator[bytes]], tuple[int, bytes]]) -> LedgerVerdict:
    """Check a whole ledger from its rows: signatures, tree, entries, nothing waiting for too long."""
    newest = latest_checkpoint(tenant)
    size = newest.size if newest else 0
    faults = (
        *_checkpoint_faults(tenant, ledger_verifier_key(tenant)),
        *_entry_faults(tenant, replay),
        *_leaf_faults(tenant),
        *_node_faults(tenant, size),
        *_subject_faults(tenant),
    )
    return LedgerVerdict(
        tenant=tenant,
        entries=EntryRow.objects.filter(tenant_id=tenant).count(),
        size=size,
        root=_root_of(tenant, size),
        faults=tuple(faults),
        pruned=EntryRow.objects.filter(tenant_id=tenant, body=b"").count(),
    )
