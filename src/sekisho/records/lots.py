"""Lot and house numbers (地番, 家屋番号: 不動産登記規則97条, 112条): every spelling, one canonical form."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from sekisho.records.errors import RecordsError

_HYPHENS: Final = dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFF0D, 0xFF70, 0x30FC), "-")
_DIGITS: Final = {0xFF10 + digit: str(digit) for digit in range(10)}
_SPACES: Final = {0x20: None, 0x3000: None}
_KANJI: Final = {"〇": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_NUMERAL: Final = re.compile(r"[〇一二三四五六七八九十百千]+")
_PREFIXES: Final = "甲乙丙丁戊己庚辛壬癸"
_IROHA: Final = "イロハニホヘトチリヌルヲワカヨタレソツネナラム"
_NUMBER: Final = r"[0-9]{1,6}"
_SUFFIX: Final = "(?P<suffix>先|地先|の内)?"
_BRANCH: Final = rf"(?P<branch>{_NUMBER}(?:(?:-|の){_NUMBER})*)"
_LOT: Final = re.compile(
    rf"(?:(?P<prefix>[{_PREFIXES}{_IROHA}])号?)?(?P<main>{_NUMBER})"
    rf"(?:番の(?P<house>{_NUMBER})|(?:番地の|番地|番|-|の){_BRANCH}|番地(?!先)|番)?{_SUFFIX}"
)
_BLOCK: Final = re.compile(rf"(?P<block>{_NUMBER})(?:街区|B-?)(?P<main>{_NUMBER})(?:-{_BRANCH})?{_SUFFIX}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LotNumber:
    """One lot: prefix (甲, イ), main number, branches, block (街区), suffix (先: not a parcel), and as received.

    `house` is the 支号 of a house number: 45番の2 is the second house on lot 45, and not the house on lot 45番2.
    """

    main: int | None
    branch: tuple[int, ...] = ()
    prefix: str = ""
    block: int | None = None
    suffix: str = ""
    house: int | None = None
    raw: str = ""

    def canonical(self) -> str:
        """One spelling for comparing: 甲123-4-5, 45番の2, 1街区2, 無番地."""
        if self.main is None:
            return "無番地"
        numbers = "-".join(map(str, (self.main, *self.branch)))
        block = f"{self.block}街区" if self.block is not None else ""
        house = f"番の{self.house}" if self.house is not None else ""
        return f"{block}{self.prefix}{numbers}{house}{self.suffix}"

    def written(self) -> str:
        """As the registry writes it: 甲123番4の5."""
        if self.main is None or self.block is not None or self.house is not None:
            return self.canonical()
        return f"{self.prefix}{self.main}番{'の'.join(map(str, self.branch))}{self.suffix}"


def _kanji_number(numeral: str) -> str:
    """一二三 and 百二十三 as digits."""
    if not any(each in _UNITS for each in numeral):
        return "".join(str(_KANJI[each]) for each in numeral)
    total = digit = 0
    for each in numeral:
        if each in _UNITS:
            total += (digit or 1) * _UNITS[each]
            digit = 0
        else:
            digit = _KANJI[each]
    return str(total + digit)


def fold_numerals(text: str) -> str:
    """Every kanji numeral in digits: 二十四 as 24, 一〇八 as 108."""
    return _NUMERAL.sub(lambda match: _kanji_number(match[0]), text)


def fold_lot(text: str) -> str:
    """Digits, hyphens and kanji numerals in one spelling."""
    folded = text.translate(_SPACES).translate(_DIGITS).translate(_HYPHENS)
    return fold_numerals(folded)


def _branches(text: str | None) -> tuple[int, ...]:
    """4の5 as (4, 5)."""
    return tuple(int(each) for each in re.split(r"-|の", text)) if text else ()


def _whole(text: str | None) -> int | None:
    """A number, if there is one."""
    return int(text) if text else None


def parse_lot(text: str) -> LotNumber:
    """Read one lot or house number.

    Raises:
        RecordsError: It is not one.

    """
    folded = fold_lot(text)
    if folded == "無番地":
        return LotNumber(main=None, raw=text)
    match = _BLOCK.fullmatch(folded) or _LOT.fullmatch(folded)
    if match is None:
        message = "地番として読めません。例: 123番4 / not a lot number; for example 123番4"
        raise RecordsError(message)
    parts = match.groupdict()
    return LotNumber(
        main=int(parts["main"]),
        branch=_branches(parts["branch"]),
        prefix=parts.get("prefix") or "",
        block=_whole(parts.get("block")),
        suffix=parts["suffix"] or "",
        house=_whole(parts.get("house")),
        raw=text,
    )


@lru_cache(maxsize=20_000)
def parse_lots(text: str) -> tuple[LotNumber, ...]:
    """Read several lots, parted by 、 , or ・ (a building can stand on several).

    Raises:
        RecordsError: One of them is not a lot.

    """
    return tuple(parse_lot(each) for each in re.split(r"[、,・]", text))
