"""The customer barcode of Japan Post (カスタマバーコード): what of an address goes into it, its symbols, its 67 bars.

Source: Japan Post's manual on postcodes and barcodes. A code is a start mark, 7 digits of the postcode, 13 symbols of
the address, a check symbol and a stop mark; a symbol is three bars of four states (F full, A upper, D lower, T short).
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sekisho.records.errors import RecordsError
from sekisho.records.lots import fold_numerals
from sekisho.records.numbers import normalise_number

ADDRESS_SYMBOLS: Final = 13
_POSTCODE: Final = re.compile(r"[0-9]{7}")
_START, _STOP = "FD", "DF"
_BARS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "0": "FTT",
        "1": "FFT",
        "2": "FDA",
        "3": "DFA",
        "4": "FAD",
        "5": "FTF",
        "6": "DAF",
        "7": "AFD",
        "8": "ADF",
        "9": "TFF",
        "-": "TFT",
        "CC1": "DAT",
        "CC2": "DTA",
        "CC3": "ADT",
        "CC4": "TDA",
        "CC5": "ATD",
        "CC6": "TAD",
        "CC7": "TTF",
        "CC8": "FFF",
    }
)
_IN_ORDER: Final = (*"0123456789-", *(f"CC{number}" for number in range(1, 9)))
_VALUES: Final[Mapping[str, int]] = {symbol: value for value, symbol in enumerate(_IN_ORDER)}
_SYMBOLS: Final[Mapping[int, str]] = {value: symbol for symbol, value in _VALUES.items()}
_MODULUS: Final = 19
_KANJI_NUMBER: Final = re.compile(r"[〇一二三四五六七八九十百千]+(?=丁目|丁|番地|番|号|地割|線|の|ノ)")
_DROPPED: Final = re.compile(r"[&/・.]")
_FLOOR: Final = re.compile(r"(?<=[0-9])F(?![A-Z])")
_KEPT: Final = re.compile(r"[0-9]+|-|(?<![A-Z])[A-Z](?![A-Z])")
_HYPHENS: Final = re.compile(
    "[\u2010-\u2015\u2212\uff0d\uff70\u30fc](?=[\\d-])|(?<=\\d)[\u2010-\u2015\u2212\uff0d\uff70\u30fc]"
)


class NoBarcodeError(RecordsError):
    """A letter that gets no barcode, by the rules of Japan Post: the text says which rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerBarcode:
    """A customer barcode: what was taken from the address, the twenty symbols, the check symbol, and the bars."""

    extracted: str
    symbols: tuple[str, ...]
    check_symbol: str
    bars: str


def _fold(text: str) -> str:
    """Half width, capital letters, plain hyphens; numerals before a unit as digits; dropped marks gone."""
    numbered = _KANJI_NUMBER.sub(lambda found: fold_numerals(found[0]), _HYPHENS.sub("-", text))
    return _DROPPED.sub("", unicodedata.normalize("NFKC", numbered).upper())


def _pieces(folded: str) -> Iterator[str]:
    """What is kept, with one hyphen for whatever lies between."""
    end = 0
    for found in _KEPT.finditer(folded):
        if found.start() > end:
            yield "-"
        yield found[0]
        end = found.end()


def extract_address_part(address: str) -> str:
    """What of the part of an address after the town's name goes into a barcode: digits, single letters, hyphens."""
    folded = _FLOOR.sub(" ", _fold(address))
    joined: str = re.sub("-+", "-", "".join(_pieces(folded)))
    letters_alone: str = re.sub("-?([A-Z])-?", r"\1", joined)
    return letters_alone.strip("-")


def _address_symbols(extracted: str) -> list[str]:
    """Thirteen symbols: a letter takes two, what is too long is cut, what is too short is filled."""
    symbols: list[str] = []
    for character in extracted:
        if character in _VALUES:
            symbols.append(character)
        else:
            decade, digit = divmod(ord(character) - ord("A"), 10)
            symbols += [f"CC{decade + 1}", str(digit)]
    return (symbols + ["CC4"] * ADDRESS_SYMBOLS)[:ADDRESS_SYMBOLS]


def _check_symbol(symbols: list[str]) -> str:
    """The symbol that makes the sum of all values a multiple of nineteen."""
    value = -sum(_VALUES[symbol] for symbol in symbols) % _MODULUS
    return _SYMBOLS[value]


def encode_barcode(postcode: str, extracted: str) -> CustomerBarcode:
    """The barcode of a postcode and of what was extracted from an address.

    Raises:
        RecordsError: The postcode is none, or something cannot stand in a barcode.

    """
    digits = normalise_number(postcode)
    if not _POSTCODE.fullmatch(digits):
        message = "郵便番号は7桁の数字です / a postcode has seven digits"
        raise RecordsError(message)
    if not re.fullmatch(r"[0-9A-Z-]*", extracted):
        message = "バーコードにできるのは数字・英大文字・ハイフンだけです / only digits, capitals and hyphens"
        raise RecordsError(message)
    symbols = [*digits, *_address_symbols(extracted)]
    check = _check_symbol(symbols)
    bars = _START + "".join(_BARS[symbol] for symbol in (*symbols, check)) + _STOP
    return CustomerBarcode(extracted=extracted, symbols=tuple(symbols), check_symbol=check, bars=bars)


def customer_barcode(postcode: str, address_part: str) -> CustomerBarcode:
    """The barcode of a postcode and the part of an address that follows the town's name.

    Raises:
        NoBarcodeError: The postcode stands for all that has none of its own (末尾00), not for a town.

    """
    if normalise_number(postcode).endswith("00"):
        message = (
            "末尾が00の郵便番号は町域を表さないため、バーコードを付けられません / no barcode for a code ending in 00"
        )
        raise NoBarcodeError(message)
    return encode_barcode(postcode, extract_address_part(address_part))
