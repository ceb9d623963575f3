"""The map of 47 equal tiles: a prefecture's shade says its share, its number stands in it, a table says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sekisho.adapters.donations.figures import Figure
from sekisho.business.hometown_donations.donors import PREFECTURES
from sekisho.web.donation_manager.words import prefecture_words
from sekisho.web.words import Words

SIDE: Final = 48
SHADES: Final = 4
WIDTH: Final = SIDE * 14
HEIGHT: Final = SIDE * 13
_SHORT_NAMES: Final = frozenset({1})


@dataclass(frozen=True, slots=True, kw_only=True)
class TileView:
    """One tile: where it stands, how dark it is, its short name and its count."""

    x: int
    y: int
    shade: int
    label: str
    count: int
    title: Words


def shade_of(count: int, most: int) -> int:
    """How dark a tile is: not at all for nothing, else one of four steps up to the largest."""
    return 0 if not count else 1 + min(SHADES - 1, SHADES * count // (most + 1))


def tile_map(figures: tuple[Figure, ...]) -> tuple[TileView, ...]:
    """Every prefecture as a tile."""
    counts: Mapping[int, int] = {int(each.what): each.count for each in figures}
    most = max((counts.get(each.number, 0) for each in PREFECTURES), default=0)
    return tuple(
        TileView(
            x=each.column * SIDE,
            y=each.row * SIDE,
            shade=shade_of(counts.get(each.number, 0), most),
            label=each.name if each.number in _SHORT_NAMES else each.name[:-1],
            count=counts.get(each.number, 0),
            title=prefecture_words(each.number),
        )
        for each in PREFECTURES
    )
