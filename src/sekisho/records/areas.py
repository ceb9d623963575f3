"""Land areas (地積, 不動産登記規則100条) and owners' shares (持分), exactly."""

import re
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Final

from sekisho.records.errors import RecordsError

CATEGORIES: Final = frozenset(
    {
        "田",
        "畑",
        "宅地",
        "学校用地",
        "鉄道用地",
        "塩田",
        "鉱泉地",
        "池沼",
        "山林",
        "牧場",
        "原野",
        "墓地",
        "境内地",
        "運河用地",
        "水道用地",
        "用悪水路",
        "ため池",
        "堤",
        "井溝",
        "保安林",
        "公衆用道路",
        "公園",
        "雑種地",
    }
)
_FINE: Final = frozenset({"宅地", "鉱泉地"})
_SMALL: Final = Decimal(10)
_SHARE: Final = re.compile(r"([0-9]+)分の([0-9]+)")


def registry_area(area: Decimal, category: str) -> Decimal:
    """The area as the registry writes it, in square metres: 0.01 cut off for 宅地, 鉱泉地 and up to 10, else whole."""
    step = Decimal("0.01") if category in _FINE or area <= _SMALL else Decimal(1)
    return area.quantize(step, rounding=ROUND_DOWN)


@lru_cache(maxsize=1_000)
def read_share(text: str) -> Fraction:
    """A share such as 2分の1; empty means the whole.

    Raises:
        RecordsError: It is not a share, or not between nothing and the whole.

    """
    if not text:
        return Fraction(1)
    match = _SHARE.fullmatch(text)
    if match is None or int(match[1]) == 0 or not 0 < Fraction(int(match[2]), int(match[1])) <= 1:
        message = "持分として読めません。例: 2分の1 / not a share"
        raise RecordsError(message)
    return Fraction(int(match[2]), int(match[1]))


def write_share(share: Fraction) -> str:
    """A share as the registry writes it: 2分の1."""
    return f"{share.denominator}分の{share.numerator}"
