"""The ledger: a Merkle tree over entries, its proofs, and its signed checkpoints."""

from sekisho.kernel.evidence.entries import LARGEST_ENTRY, EntryKind, LedgerFault, decode_entry, encode_entry
from sekisho.kernel.evidence.notes import (
    Checkpoint,
    open_note,
    read_checkpoint,
    read_verifier_key,
    render_proof,
    sign_note,
    verifier_key,
)
from sekisho.kernel.evidence.tiles import (
    TILE_WIDTH,
    entry_bundle,
    entry_bundle_path,
    hash_tiles,
    read_entry_bundle,
    tile_number,
)
from sekisho.kernel.evidence.tree import (
    EMPTY_ROOT,
    Frontier,
    Node,
    NodeReader,
    leaf_hash,
    node_hash,
    prove_consistency,
    prove_inclusion,
    read_frontier,
    read_root,
)
from sekisho.kernel.evidence.verification import extends, includes, replay_root, root_from_inclusion

__all__ = [
    "EMPTY_ROOT",
    "LARGEST_ENTRY",
    "TILE_WIDTH",
    "Checkpoint",
    "EntryKind",
    "Frontier",
    "LedgerFault",
    "Node",
    "NodeReader",
    "decode_entry",
    "encode_entry",
    "entry_bundle",
    "entry_bundle_path",
    "extends",
    "hash_tiles",
    "includes",
    "leaf_hash",
    "node_hash",
    "open_note",
    "prove_consistency",
    "prove_inclusion",
    "read_checkpoint",
    "read_entry_bundle",
    "read_frontier",
    "read_root",
    "read_verifier_key",
    "render_proof",
    "replay_root",
    "root_from_inclusion",
    "sign_note",
    "tile_number",
    "verifier_key",
]
