"""Search shadows of names and addresses: what people type alike is found alike. Never stored in place of the value."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.lots import fold_lot, parse_lot
from sekisho.records.variants import fold_variants

_SMALL: Final = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HIRAGANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_FOLDS_AT_MOST: Final = 8
_NUMBERS: Final = re.compile(r"[0-9]+(?:(?:番地の|番地|番の|番|号|丁目|の|-)(?:[0-9]+)?)*$")


def _settle(text: str, fold: Callable[[str], str]) -> str:
    """Fold until nothing changes: what one fold takes away can let the next one join two characters."""
    for _ in range(_FOLDS_AT_MOST):
        before, text = text, fold(text)
        if text == before:
            break
    return text


def _fold_name(name: str) -> str:
    """One fold of a name."""
    folded = unicodedata.normalize("NFKC", fold_variants(name))
    joined = unicodedata.normalize("NFKC", "".join(folded.split()).casefold())
    return joined.translate(_HIRAGANA).translate(_SMALL)


def shadow_of_name(name: str) -> str:
    """A name without spaces, in one width, katakana, large kana and one form of each letter."""
    return _settle(name, _fold_name)


def shadow_of_address(address: str) -> str:
    """An address whose numbers are joined by hyphens: 桜町2番22号, 桜町２－２２ and 桜町二番二二号 are one."""
    return _settle(address, _fold_address)


def _fold_address(address: str) -> str:
    """One fold of an address."""
    folded = fold_lot(unicodedata.normalize("NFKC", fold_variants(address)))
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
