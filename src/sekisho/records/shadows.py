"""Search shadows of names and addresses: what people type alike is found alike. Never stored in place of the value."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.lots import fold_lot, parse_lot

# Forms of one letter that registers and people mix. A shadow is only for finding; two forms stay two values.
_VARIANTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys("髙", "高"),
        **dict.fromkeys("﨑嵜碕", "崎"),
        **dict.fromkeys("德", "徳"),
        **dict.fromkeys("濱濵", "浜"),
        **dict.fromkeys("邊邉", "辺"),
        **dict.fromkeys("齋齊斎", "斉"),
        **dict.fromkeys("澤", "沢"),
        **dict.fromkeys("廣", "広"),
        **dict.fromkeys("瀨", "瀬"),
        **dict.fromkeys("嶋嶌", "島"),
        **dict.fromkeys("國", "国"),
        **dict.fromkeys("櫻", "桜"),
        **dict.fromkeys("眞", "真"),
        **dict.fromkeys("龍", "竜"),
        **dict.fromkeys("彌", "弥"),
        **dict.fromkeys("薰", "薫"),
        **dict.fromkeys("𠮷", "吉"),
    }
)
_FOLDED: Final = str.maketrans(dict(_VARIANTS))
_SMALL: Final = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HIRAGANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_NUMBERS: Final = re.compile(r"[0-9]+(?:(?:番地の|番地|番の|番|号|丁目|の|-)(?:[0-9]+)?)*$")


def shadow_of_name(name: str) -> str:
    """A name without spaces, in one width, katakana, large kana and one form of each letter."""
    folded = unicodedata.normalize("NFKC", name.translate(_FOLDED))
    joined = "".join(folded.split()).casefold()
    return joined.translate(_HIRAGANA).translate(_SMALL)


def shadow_of_address(address: str) -> str:
    """An address whose numbers are joined by hyphens: 桜町2番22号, 桜町２－２２ and 桜町二番二二号 are one."""
    folded = fold_lot(unicodedata.normalize("NFKC", address.translate(_FOLDED)))
    match = _NUMBERS.search(folded)
    if match is None:
        return folded.casefold()
    numbers = "-".join(re.findall(r"[0-9]+", match[0]))
    return folded[: match.start()].casefold() + numbers


def shadow_of_lot(lot: str) -> str:
    """A lot in its canonical form; what cannot be read as one stays as it is, in one width."""
    try:
        return parse_lot(lot).canonical()
    except RecordsError:
        return fold_lot(lot)
