"""The Merkle tree of RFC 6962: leaf = SHA-256(0x00 ‖ entry), node = SHA-256(0x01 ‖ left ‖ right), empty = SHA-256("").

A tree is kept as its complete nodes, each named by level and index (level 0 are the leaves), as in C2SP tlog-tiles.
A tree of any size is the row of its largest complete subtrees, from left to right.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from sekisho.kernel.evidence.entries import LedgerFault

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()
EVERY_LEVEL: Final = range(64)


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One complete subtree: level (0 = leaf), index in that level, hash."""

    level: int
    index: int
    hash: bytes


class NodeReader(Protocol):
    """Hands out the hash of a complete subtree."""

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of that node.

        Raises:
            LedgerFault: There is no such node.

        """
        ...


def subtrees(begin: int, end: int) -> list[tuple[int, int]]:
    """The fewest complete, aligned subtrees that cover the leaves from `begin` up to `end`, left to right."""
    covered = []
    while begin < end:
        level = (begin & -begin).bit_length() - 1 if begin else end.bit_length()
        while (1 << level) > end - begin:
            level -= 1
        covered.append((level, begin >> level))
        begin += 1 << level
    return covered


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root over subtrees given left to right, the largest first."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


@dataclass(frozen=True, slots=True, kw_only=True)
class Frontier:
    """The right edge of a growing tree: its size and its complete subtrees, the largest first."""

    size: int = 0
    hashes: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """The root hash of the tree."""
        return fold(self.hashes)

    def append(self, leaves: Iterable[bytes], levels: range = EVERY_LEVEL) -> tuple["Frontier", list[Node]]:
        """Add leaf hashes; answers the new edge and every node of these levels that became complete."""
        size, edge, nodes = self.size, list(self.hashes), []
        for leaf in leaves:
            level, index, grown = 0, size, leaf
            while index & 1:
                if level in levels:
                    nodes.append(Node(level=level, index=index, hash=grown))
                level, index, grown = level + 1, index >> 1, node_hash(edge.pop(), grown)
            if level in levels:
                nodes.append(Node(level=level, index=index, hash=grown))
            edge.append(grown)
            size += 1
        return Frontier(size=size, hashes=tuple(edge)), nodes


def read_frontier(size: int, node: NodeReader) -> Frontier:
    """The edge of a stored tree of this size."""
    return Frontier(size=size, hashes=tuple(node(level, index) for level, index in subtrees(0, size)))


def read_root(size: int, node: NodeReader) -> bytes:
    """The root hash of a stored tree at this size."""
    return read_frontier(size, node).root()


def _subtree_root(begin: int, end: int, node: NodeReader) -> bytes:
    """The RFC 6962 hash over the leaves from `begin` up to `end`."""
    return fold([node(level, index) for level, index in subtrees(begin, end)])


def _split(width: int) -> int:
    """The largest power of two smaller than the width."""
    return 1 << ((width - 1).bit_length() - 1)


def prove_inclusion(index: int, size: int, node: NodeReader) -> list[bytes]:
    """The inclusion proof of a leaf in the tree of this size (RFC 6962, 2.1.1).

    Raises:
        LedgerFault: There is no such leaf.

    """
    if not 0 <= index < size:
        message = f"entry {index} is not in a tree of {size}"
        raise LedgerFault(message)
    begin, end, proof = 0, size, []
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            proof.append(_subtree_root(middle, end, node))
            end = middle
        else:
            proof.append(_subtree_root(begin, middle, node))
            begin = middle
    return proof[::-1]


def prove_consistency(old: int, new: int, node: NodeReader) -> list[bytes]:
    """The consistency proof between two sizes (RFC 6962, 2.1.2).

    Raises:
        LedgerFault: The sizes are not in order.

    """
    if not 0 <= old <= new:
        message = f"{old} and {new} are not two sizes of one tree"
        raise LedgerFault(message)
    if old in (0, new):
        return []
    begin, end, whole, proof = 0, new, True, []
    while end != old:
        middle = begin + _split(end - begin)
        if old <= middle:
            proof.append(_subtree_root(middle, end, node))
            end = middle
        else:
            proof.append(_subtree_root(begin, middle, node))
            begin, whole = middle, False
    if not whole:
        proof.append(_subtree_root(begin, end, node))
    return proof[::-1]
