"""Search shadows of names and addresses: what people type alike is found alike. Never stored in place of the value."""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.lots import fold_lot, fold_numerals, parse_lot
from sekisho.records.variants import fold_variants

_SMALL: Final = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_HIRAGANA: Final = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_KATAKANA: Final = {**{code: _SMALL.get(into, into) for code, into in _HIRAGANA.items()}, **_SMALL}
_FOLDS_AT_MOST: Final = 8
# Digits, letters, dashes, kana and kanji as nearly all names and addresses have them: none joins with its neighbour.
_COMMON: Final = tuple(
    range(ord(each[0]), ord(each[-1]) + 1)
    for each in ("-", "09", "AZ", "az", "\u2212", "々", "ぁゖ", "ァヺ", "ー", "一\u9fff", "０９", "－")
)
_DIGITS: Final = re.compile("[0-9]+")
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
    return joined.translate(_KATAKANA)


def _one_form(address: str) -> str:
    """An address in one width, with one form of each letter, and numerals as digits."""
    return fold_lot(unicodedata.normalize("NFKC", fold_variants(address)))


def _join_numbers(folded: str) -> str:
    """The numbers at the end of an address joined by hyphens."""
    match = _NUMBERS.search(folded)
    if match is None:
        return folded.casefold()
    numbers = "-".join(_DIGITS.findall(match[0]))
    return folded[: match.start()].casefold() + numbers


def _fold_address(address: str) -> str:
    """One fold of an address."""
    return _join_numbers(_one_form(address))


class _Table:
    """What each common character becomes. A text of such characters alone needs no look at what stands beside what."""

    def __init__(self, fold: Callable[[str], str], stay: str = "", spaces: str = "") -> None:
        common = [chr(code) for span in _COMMON for code in span if chr(code) not in stay]
        becomes = zip(common, fold("".join(common)), strict=True)
        self._changes: dict[int, str | None] = {ord(each): into for each, into in becomes if each != into}
        self._changes |= dict.fromkeys(map(ord, spaces))
        spans = "".join(f"{re.escape(chr(span[0]))}-{re.escape(chr(span[-1]))}" for span in _COMMON)
        self._common = re.compile(f"[{spans}{spaces}]*")

    def fold(self, text: str) -> str | None:
        """The folded text; nothing if a character is in it that has to be looked at with its neighbours."""
        return text.translate(self._changes) if self._common.fullmatch(text) else None


_IN_NAMES: Final = _Table(_fold_name)
_IN_ADDRESSES: Final = _Table(_one_form, stay="〇一二三四五六七八九十百千", spaces=" \u3000")


def shadow_of_name(name: str) -> str:
    """A name without spaces, in one width, katakana, large kana and one form of each letter."""
    quick = _IN_NAMES.fold("".join(name.split()))
    return _settle(name, _fold_name) if quick is None else quick


def shadow_of_address(address: str) -> str:
    """An address whose numbers are joined by hyphens: 桜町2番22号, 桜町２－２２ and 桜町二番二二号 are one."""
    quick = _IN_ADDRESSES.fold(address)
    return _settle(address, _fold_address) if quick is None else _join_numbers(fold_numerals(quick))


def shadow_of_lot(lot: str) -> str:
    """A lot in its canonical form; what cannot be read as one stays as it is, in one width."""
    try:
        return parse_lot(lot).canonical()
    except RecordsError:
        return fold_lot(lot)
