"""Kana in half and full width, and as banks and tax offices want them."""

import re
import unicodedata
from typing import Final

import jaconv

_MARKED: Final = re.compile("[\u30a1-\u30ff][\u3099\u309a]")
_SMALL: Final = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")
_OLD: Final = str.maketrans("ヰヱヮヵヶ", "イエワカケ")
_LARGE: Final = _SMALL | str.maketrans("ヅヂ", "ズジ")
# Hiragana as katakana, small as large, in one pass; spaces, dots and the mark of length say nothing of who it is.
_READING: Final = {
    **{code: _LARGE.get(code + 0x60, code + 0x60) for code in range(0x3041, 0x3097)},
    **_LARGE,
    **dict.fromkeys(map(ord, " \u3000・･ー-‐")),
}
_HALF_SMALL: Final = str.maketrans("ｧｨｩｪｫｯｬｭｮ", "ｱｲｳｴｵﾂﾔﾕﾖ")


def full_kana(text: str) -> str:
    """Katakana in full width: half-width kana and hiragana alike; marks (゛゜) joined to their letter."""
    full: str = jaconv.hira2kata(jaconv.h2z(text, kana=True, ascii=False, digit=False))
    # Only kana are composed: the same normalisation would turn 神 (U+FA19) of a name into another character.
    return _MARKED.sub(lambda found: unicodedata.normalize("NFC", found[0]), full)


def half_kana(text: str, *, large: bool = False) -> str:
    """Kana in half width, the marks as letters of their own; large kana only, if a bank asks for it.

    ヰ ヱ ヮ ヵ ヶ have no half-width form and become ｲ ｴ ﾜ ｶ ｹ.
    """
    half: str = jaconv.z2h(full_kana(text).translate(_OLD), kana=True, ascii=True, digit=True)
    return half.translate(_HALF_SMALL) if large else half


def large_kana(text: str) -> str:
    """Katakana with small letters written large: キョウ as キヨウ."""
    return full_kana(text).translate(_SMALL)


def fold_reading(text: str) -> str:
    """A reading as people mix it up: large katakana without spaces and ー, ヅ as ズ, ヂ as ジ. For comparing."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).translate(_READING))
