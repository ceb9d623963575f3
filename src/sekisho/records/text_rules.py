"""How a text becomes one that statutory records can hold: each rule by itself, in the order in which they are applied.

法定資料を光ディスクにより提出する場合の標準規格, 使用文字. No rule normalises a name or an address as a whole: NFC and
NFKC would turn one person's character into another's.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Final

import jaconv

from sekisho.records.characters import is_jis_x_0208
from sekisho.records.kana import full_kana, half_kana
from sekisho.records.statutory_text import fold_dashes
from sekisho.records.substitutions import TextRule
from sekisho.records.variant_rows import VariantSource
from sekisho.records.variants import VARIANT_TABLE, VARIANTS

Rewrite = Callable[[str], str]
Rules = tuple[tuple[TextRule, Rewrite], ...]

_MARKED_KANA: Final = re.compile("[\u3041-\u3096\u309d\u30a1-\u30fa\u30fd][\u3099\u309a]")
_SELECTORS: Final = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BREAKS: Final = re.compile("\r\n|[^\\S \u3000]")
_POSTCODE: Final = re.compile("^[\\s\u3000]*〒[\\s\u3000]*[０-９]{3}[－―ー‐]?[０-９]{4}[\\s\u3000]*")
_BETWEEN_DIGITS: Final = re.compile("(?<=[０-９])[，、](?=[０-９])")
_DASH_IN_KANA: Final = re.compile("(?<=[\u30a1-\u30fc])[-\u2010-\u2015\u2212\uff0d]")
_LOOK_ALIKES: Final = str.maketrans(
    {
        "\xa2": "￠",
        "\xa3": "￡",
        "\xac": "￢",
        "\xa5": "￥",
        "\u203e": "￣",
        "\u2014": "\u2015",
        "\u2011": "\u2010",
        "\u2013": "－",
        "\u00b7": "・",
        "＂": "”",
        "＇": "’",
        "ﾞ": "゛",
        "ﾟ": "゜",
    }
)
_SYMBOLS: Final = (range(0x2100, 0x2190), range(0x2460, 0x2500), range(0x3200, 0x3400))
# 大藏 is sent as 大蔵 though both can be written: the standard wants present forms, and 常用漢字表 alone knows them;
# where it leaves a choice (齊: 斉 or 斎), or a name keeps the old form by right (龍), nobody but the person chooses.
_FORMER: Final = str.maketrans(
    {old: row.targets[0] for old, row in VARIANT_TABLE.items() if row.is_certain and row.source is VariantSource.JOYO}
)


def _spelled_out() -> Iterator[tuple[str, str]]:
    """Each circled, bracketed or squared symbol with what it stands for.

    A circled number stands in brackets: ①1000円 as １１０００円 would be another amount.
    """
    for symbol in (chr(code) for each in _SYMBOLS for code in each):
        meaning = unicodedata.decomposition(symbol)
        if not meaning.startswith("<") or is_jis_x_0208(symbol):
            continue
        text = widen(unicodedata.normalize("NFKC", symbol))  # of one symbol, never of a name
        if all(is_jis_x_0208(each) for each in text):
            yield symbol, f"（{text}）" if meaning.startswith("<circle>") else text


@cache
def _symbols() -> dict[int, str]:
    """All symbols that are spelled out."""
    return str.maketrans(dict(_spelled_out()))


def widen(text: str) -> str:
    """Half-width letters, digits, signs and kana in full width."""
    full: str = jaconv.h2z(text, kana=True, ascii=True, digit=True)
    return full


def narrow(text: str) -> str:
    """Full-width letters, digits and signs in half width; every dash as a hyphen."""
    half: str = jaconv.z2h(text, kana=False, ascii=True, digit=True)
    return re.sub("[\u2010-\u2015\u2212]", "-", half)


def _compose(text: str) -> str:
    """A voicing mark that stands by itself, joined to its kana; nothing else is touched."""
    return _MARKED_KANA.sub(lambda found: unicodedata.normalize("NFC", found[0]), text)


def _fold_look_alikes(text: str) -> str:
    """Waves, dashes and signs in the one form that the code page reads."""
    return fold_dashes(text).translate(_LOOK_ALIKES)


def _fold_unwritable(text: str) -> str:
    """Variants that cannot be written, by the reviewed table; what can be written stays."""
    return "".join(each if is_jis_x_0208(each) else VARIANTS.get(each, each) for each in text)


def _single_spaces(text: str) -> str:
    """One full-width space between words, none around them."""
    return "\u3000".join(text.split())


def _without_commas(text: str) -> str:
    """Between digits a comma becomes a middle dot, so that two numbers do not run into one; elsewhere a space."""
    return re.sub("[，、]", "\u3000", _BETWEEN_DIGITS.sub("・", text))


def _long_vowels(text: str) -> str:
    """A dash behind a kana as the sign of a long vowel."""
    return _DASH_IN_KANA.sub("ー", text)


WIDE_RULES: Final[Rules] = (
    (TextRule.COMPOSED, _compose),
    (TextRule.SELECTOR, lambda text: _SELECTORS.sub("", text)),
    (TextRule.LINE_BREAK, lambda text: _BREAKS.sub("\u3000", text)),
    (TextRule.SYMBOL, lambda text: text.translate(_symbols())),
    (TextRule.FULL_WIDTH, widen),
    (TextRule.LOOK_ALIKE, _fold_look_alikes),
    (TextRule.FORMER_FORM, lambda text: text.translate(_FORMER)),
    (TextRule.VARIANT, _fold_unwritable),
)
NAME_RULES: Final[Rules] = (*WIDE_RULES, (TextRule.SPACES, _single_spaces))
ADDRESS_RULES: Final[Rules] = (
    *WIDE_RULES,
    (TextRule.POSTCODE, lambda text: _POSTCODE.sub("", text)),
    (TextRule.COMMA, _without_commas),
    (TextRule.SPACES, _single_spaces),
)
WIDE_KANA_RULES: Final[Rules] = (
    (TextRule.COMPOSED, _compose),
    (TextRule.KANA, lambda text: _single_spaces(_long_vowels(full_kana(text)))),
)
NARROW_KANA_RULES: Final[Rules] = (
    (TextRule.COMPOSED, _compose),
    (TextRule.KANA, lambda text: half_kana(" ".join(_long_vowels(full_kana(text)).split()))),
)
NARROW_RULES: Final[Rules] = ((TextRule.HALF_WIDTH, narrow),)
TEXT_RULES: Final[Rules] = ((TextRule.LOOK_ALIKE, fold_dashes),)
