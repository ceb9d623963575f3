"""A ledger in tiles: C2SP tlog-tiles, 256 hashes a tile, entries in bundles of 256.

It is published so, and its own tables hold no more than that: what lies within a tile is computed from its hashes.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from sekisho.kernel.evidence.entries import LedgerFault
from sekisho.kernel.evidence.tree import NodeReader, node_hash

TILE_WIDTH: Final = 256
_TILE_HEIGHT: Final = 8
TIER_LEVELS: Final = range(_TILE_HEIGHT, 64, _TILE_HEIGHT)
"""The levels above the leaves whose nodes are kept."""
_TILES_AT_HAND: Final = 64


class TileReader(Protocol):
    """Hands out the hashes of one tile."""

    def __call__(self, tier: int, number: int) -> Sequence[bytes]:
        """The hashes of that tile, from left to right; as many as there are.

        Raises:
            LedgerFault: There is no such tile.

        """
        ...


@dataclass(frozen=True, slots=True)
class TiledNodes:
    """The nodes of a tree of which the tiles are kept; the tiles that it reads stay at hand while it lives."""

    read: TileReader
    _floors: dict[tuple[int, int], list[Sequence[bytes]]] = field(default_factory=dict)

    def __call__(self, level: int, index: int) -> bytes:
        """The hash of one node.

        Raises:
            LedgerFault: Its tile is missing or too short.

        """
        tier, floor = divmod(level, _TILE_HEIGHT)
        number, place = divmod(index, TILE_WIDTH >> floor)
        hashes = self._floor(tier, number, floor)
        if place >= len(hashes):
            message = f"the ledger has no node {level}/{index}"
            raise LedgerFault(message)
        return hashes[place]

    def _floor(self, tier: int, number: int, floor: int) -> Sequence[bytes]:
        """The complete subtrees of one height within a tile, from left to right."""
        if (tier, number) not in self._floors:
            if len(self._floors) >= _TILES_AT_HAND:
                self._floors.clear()
            self._floors[tier, number] = [self.read(tier, number)]
        floors = self._floors[tier, number]
        while len(floors) <= floor:
            below = floors[-1]
            floors.append([node_hash(*below[left : left + 2]) for left in range(0, len(below) - 1, 2)])
        return floors[floor]


def tile_number(number: int) -> str:
    """A tile's number in groups of three digits, all but the last marked with an x: x001/x234/067."""
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:  # noqa: PLR2004 - groups of three digits
        number //= 1000
        groups.append(f"x{number % 1000:03d}")
    return "/".join(reversed(groups))


def _with_width(path: str, width: int) -> str:
    """A partial tile says how wide it is."""
    return path if width == TILE_WIDTH else f"{path}.p/{width}"


def hash_tiles(size: int, node: NodeReader, since: int = 0) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of every hash tile of a tree of this size; or of those that an earlier size lacked."""
    level, width = 0, size
    while width:
        before = since >> (level * _TILE_HEIGHT)
        for first in range(before - before % TILE_WIDTH, width, TILE_WIDTH) if width > before else ():
            count = min(TILE_WIDTH, width - first)
            path = _with_width(f"tile/{level}/{tile_number(first // TILE_WIDTH)}", count)
            yield path, b"".join(node(level * _TILE_HEIGHT, first + each) for each in range(count))
        level, width = level + 1, width // TILE_WIDTH


def entry_bundle(entries: Sequence[bytes]) -> bytes:
    """Up to 256 entries, each behind its length in two bytes."""
    return b"".join(len(each).to_bytes(2, "big") + each for each in entries)


def entry_bundle_path(first: int, count: int) -> str:
    """Where the bundle that begins with this entry is published."""
    return _with_width(f"tile/entries/{tile_number(first // TILE_WIDTH)}", count)


def bundle_paths(begin: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Path, first entry and number of entries of every bundle that holds entries from `begin` up to `end`."""
    for first in range(begin - begin % TILE_WIDTH, end, TILE_WIDTH):
        count = min(TILE_WIDTH, end - first)
        yield entry_bundle_path(first, count), first, count


def partial_paths(size: int) -> Iterator[str]:
    """The paths of every tile and bundle of a tree of this size that is not full yet."""
    level, width = 0, size
    while width:
        if count := width % TILE_WIDTH:
            name = _with_width(tile_number(width // TILE_WIDTH), count)
            yield from (f"tile/{level}/{name}", f"tile/entries/{name}")[: 1 if level else 2]
        level, width = level + 1, width // TILE_WIDTH


def read_entry_bundle(bundle: bytes) -> list[bytes]:
    """The entries of a bundle, as far as it is whole."""
    entries, at = [], 0
    while at + 2 <= len(bundle):
        length = int.from_bytes(bundle[at : at + 2], "big")
        entries.append(bundle[at + 2 : at + 2 + length])
        at += 2 + length
    return entries
