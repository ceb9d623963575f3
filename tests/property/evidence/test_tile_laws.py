"""The laws of the tiles: what is kept of a tree leads to all of it, and to another root if anything kept is another."""

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.kernel import TIER_LEVELS, Frontier, LedgerFault, TiledNodes, leaf_hash, read_frontier

Kept = dict[tuple[int, int], bytes]
SIZES = st.one_of(st.integers(1, 700), st.sampled_from([255, 256, 257, 511, 512, 65_536, 65_537]))


def leaves_of(size: int) -> list[bytes]:
    """The leaves of so many entries."""
    return [leaf_hash(b"%d" % number) for number in range(size)]


def kept_of(size: int) -> Kept:
    """What is kept of their tree, by level and index: the leaves, and the hashes of the tiles above them."""
    above = Frontier().append(leaves_of(size), TIER_LEVELS)[1]
    return {(0, place): leaf for place, leaf in enumerate(leaves_of(size))} | {
        (node.level, node.index): node.hash for node in above
    }


@dataclass(frozen=True)
class KeptTiles:
    """Hands out the tiles of what is kept."""

    kept: Kept
    size: int

    def __call__(self, tier: int, number: int) -> list[bytes]:
        """One of them."""
        end = min(self.size >> (8 * tier), 256 * number + 256)
        return [self.kept[8 * tier, place] for place in range(256 * number, end)]


@settings(max_examples=12)
@given(size=SIZES)
def test_the_tiles_lead_to_every_node_of_the_tree(size: int) -> None:
    frontier, every = Frontier().append(leaves_of(size))
    kept = kept_of(size)
    nodes = TiledNodes(KeptTiles(kept, size))
    assert read_frontier(size, nodes) == frontier
    assert all(nodes(node.level, node.index) == node.hash for node in every)
    assert len(kept) == size + sum(size >> level for level in TIER_LEVELS)


@settings(max_examples=12)
@given(size=SIZES.filter(lambda size: size % 256), data=st.data())
def test_another_leaf_leads_to_another_edge(size: int, data: st.DataObject) -> None:
    kept = kept_of(size)
    kept[0, data.draw(st.integers(size - size % 256, size - 1))] = bytes(32)
    assert read_frontier(size, TiledNodes(KeptTiles(kept, size))) != Frontier().append(leaves_of(size))[0]


@given(size=st.integers(1, 300), beyond=st.integers(0, 300), level=st.integers(0, 7))
def test_a_node_that_is_not_complete_is_never_made_up(size: int, beyond: int, level: int) -> None:
    nodes = TiledNodes(KeptTiles(kept_of(size), size))
    with pytest.raises(LedgerFault, match="has no node"):
        nodes(level, (size >> level) + beyond)


def test_more_tiles_than_it_keeps_at_hand_change_nothing() -> None:
    size = 256 * 70
    nodes, leaves = TiledNodes(KeptTiles(kept_of(size), size)), leaves_of(size)
    asked = [*range(0, size, 256), *range(0, size, 256)]
    assert [nodes(0, place) for place in asked] == [leaves[place] for place in asked]
