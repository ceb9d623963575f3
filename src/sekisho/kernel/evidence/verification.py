"""Checking proofs without the tree (RFC 6962, with the algorithms of RFC 9162, 2.1.3.2 and 2.1.4.2)."""

from collections.abc import Iterable, Sequence

from sekisho.kernel.evidence.tree import EMPTY_ROOT, Frontier, leaf_hash, node_hash


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that this proof leads to, or nothing if it has the wrong shape."""
    if not 0 <= index < size:
        return None
    first, last, root = index, size - 1, leaf
    for each in proof:
        if last == 0:
            return None
        if first & 1 or first == last:
            root = node_hash(each, root)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            root = node_hash(root, each)
        first, last = first >> 1, last >> 1
    return root if last == 0 else None


def includes(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Is the leaf at this index of the tree with this size and root?"""
    return root_from_inclusion(leaf, index, size, proof) == root


def _climb(old: int, new: int, proof: Sequence[bytes]) -> tuple[bytes, bytes] | None:
    """The two roots that a consistency proof leads to."""
    first, last = old - 1, new - 1
    while first & 1:
        first, last = first >> 1, last >> 1
    old_root = new_root = proof[0]
    for each in proof[1:]:
        if last == 0:
            return None
        if first & 1 or first == last:
            old_root, new_root = node_hash(each, old_root), node_hash(each, new_root)
            while not first & 1 and first:
                first, last = first >> 1, last >> 1
        else:
            new_root = node_hash(new_root, each)
        first, last = first >> 1, last >> 1
    return (old_root, new_root) if last == 0 else None


def extends(old: tuple[int, bytes], new: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Is the new tree (size, root) the old one with entries added, and nothing else?"""
    (old_size, old_root), (new_size, new_root) = old, new
    if not 0 <= old_size <= new_size:
        return False
    if old_size == new_size:
        return not proof and old_root == new_root
    if old_size == 0:
        return not proof and old_root == EMPTY_ROOT
    path = list(proof)
    if old_size & (old_size - 1) == 0:
        path.insert(0, old_root)
    if not path:
        return False
    return _climb(old_size, new_size, path) == (old_root, new_root)


def replay_root(entries: Iterable[bytes]) -> tuple[int, bytes]:
    """Size and root of a whole log, computed from its entries alone."""
    frontier, _ = Frontier().append(leaf_hash(entry) for entry in entries)
    return frontier.size, frontier.root()
