"""The 47 prefectures in the order of their codes, each with its place on a map of equal tiles."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A prefecture: its number, its name, its name in English, and its column and row on the map of tiles."""

    number: int
    name: str
    english: str
    column: int
    row: int


# Number, name, English name, column, row: the islands as they lie, each prefecture one tile.
_TABLE: Final = """
1 北海道 Hokkaido 13 0
2 青森県 Aomori 13 2
3 岩手県 Iwate 13 3
4 宮城県 Miyagi 13 4
5 秋田県 Akita 12 3
6 山形県 Yamagata 12 4
7 福島県 Fukushima 13 5
8 茨城県 Ibaraki 13 6
9 栃木県 Tochigi 12 6
10 群馬県 Gunma 11 6
11 埼玉県 Saitama 12 7
12 千葉県 Chiba 13 8
13 東京都 Tokyo 12 8
14 神奈川県 Kanagawa 12 9
15 新潟県 Niigata 12 5
16 富山県 Toyama 10 5
17 石川県 Ishikawa 9 5
18 福井県 Fukui 9 6
19 山梨県 Yamanashi 11 8
20 長野県 Nagano 11 7
21 岐阜県 Gifu 10 7
22 静岡県 Shizuoka 11 9
23 愛知県 Aichi 10 8
24 三重県 Mie 9 9
25 滋賀県 Shiga 9 7
26 京都府 Kyoto 8 7
27 大阪府 Osaka 8 8
28 兵庫県 Hyogo 7 7
29 奈良県 Nara 9 8
30 和歌山県 Wakayama 8 9
31 鳥取県 Tottori 6 6
32 島根県 Shimane 5 6
33 岡山県 Okayama 6 7
34 広島県 Hiroshima 5 7
35 山口県 Yamaguchi 4 7
36 徳島県 Tokushima 7 10
37 香川県 Kagawa 7 9
38 愛媛県 Ehime 6 9
39 高知県 Kochi 6 10
40 福岡県 Fukuoka 3 8
41 佐賀県 Saga 2 8
42 長崎県 Nagasaki 1 8
43 熊本県 Kumamoto 2 9
44 大分県 Oita 3 9
45 宮崎県 Miyazaki 3 10
46 鹿児島県 Kagoshima 2 11
47 沖縄県 Okinawa 0 12
"""


def _tiles() -> tuple[Tile, ...]:
    """The table as facts."""
    rows = (line.split() for line in _TABLE.split("\n") if line)
    return tuple(
        Tile(number=int(number), name=name, english=english, column=int(column), row=int(row))
        for number, name, english, column, row in rows
    )


PREFECTURES: Final = _tiles()
_NUMBERS: Final[Mapping[str, int]] = MappingProxyType({each.name: each.number for each in PREFECTURES})


def prefecture_number(name: str) -> int:
    """The number of a prefecture by its name; nought if it is none."""
    return _NUMBERS.get(name.strip(), 0)


def prefecture_of(address: str) -> int:
    """The number of the prefecture that an address begins with; nought if it begins with none."""
    # Every name of a prefecture has three letters, but for three with four.
    return _NUMBERS.get(address[:3], 0) or _NUMBERS.get(address[:4], 0)
