"""Identifiers with check digits: individual, corporate, municipality, real-property and invoice numbers.

Individual Number: 番号法施行令8条, the check digit by the rule of 総務省令85号5条. Corporate number: 法人番号省令2条.
Municipality code: JIS X 0401/0402 with the check digit of 総務省.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import Final

_FULL_DIGITS: Final = {0xFF10 + digit: str(digit) for digit in range(10)}
_FULL_T: Final = {0xFF34: "T", 0xFF54: "T"}
_SPACERS: Final = re.compile("[\\s\u3000\\-\u2010-\u2015\u2212\uff0d\uff70\u30fc]")


class NumberKind(StrEnum):
    """Which number is meant."""

    INDIVIDUAL = "individual"
    CORPORATE = "corporate"
    PADDED_EITHER = "padded_either"
    MUNICIPALITY = "municipality"
    REAL_PROPERTY = "real_property"
    REAL_PROPERTY_ID = "real_property_id"
    INVOICE = "invoice"


_LENGTHS: Final = {
    NumberKind.INDIVIDUAL: 12,
    NumberKind.CORPORATE: 13,
    NumberKind.PADDED_EITHER: 13,
    NumberKind.MUNICIPALITY: 6,
    NumberKind.REAL_PROPERTY: 13,
    NumberKind.REAL_PROPERTY_ID: 17,
    NumberKind.INVOICE: 13,
}
_ALL_ZEROS: Final = "0だけの番号は使われません / zeros alone are no number"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberVerdict:
    """Whether a number can be one, how it is normalised, and why not."""

    valid: bool
    normalised: str
    reason: str


def individual_check_digit(first_eleven: str) -> int:
    """The twelfth digit: 11 minus the weighted sum modulo 11, weights 2 to 7 from the right, 0 when it is 10 or 11."""
    total = sum(int(digit) * (n + 1 if n <= 6 else n - 5) for n, digit in enumerate(reversed(first_eleven), start=1))  # noqa: PLR2004 - the ordinance's own constants
    rest = total % 11
    return 0 if rest <= 1 else 11 - rest


def corporate_check_digit(last_twelve: str) -> int:
    """The first digit: 9 minus the sum of digits, doubled at even places from the right, modulo 9."""
    total = sum(int(digit) * (2 if n % 2 == 0 else 1) for n, digit in enumerate(reversed(last_twelve), start=1))
    return 9 - total % 9


def municipality_check_digit(first_five: str) -> int:
    """The sixth digit: 11 minus the sum of digits times 6, 5, 4, 3, 2, its last digit."""
    total = sum(int(digit) * weight for digit, weight in zip(first_five, (6, 5, 4, 3, 2), strict=True))
    return (11 - total % 11) % 10


def normalise_number(value: str) -> str:
    """Digits in one spelling, without spaces and hyphens."""
    return _SPACERS.sub("", value).translate(_FULL_DIGITS)


def has_right_check_digit(kind: NumberKind, digits: str) -> bool:
    """Does the check digit agree, by arithmetic alone? Where none is published (不動産番号), nothing can disagree."""
    if kind is NumberKind.PADDED_EITHER:
        # A field of a statutory record: no corporate number begins with 0, so a leading 0 means a person.
        kind, digits = (NumberKind.INDIVIDUAL, digits[1:]) if digits[0] == "0" else (NumberKind.CORPORATE, digits)
    if kind is NumberKind.INDIVIDUAL:
        return int(digits[-1]) == individual_check_digit(digits[:-1])
    if kind is NumberKind.CORPORATE:
        return int(digits[0]) == corporate_check_digit(digits[1:])
    if kind is NumberKind.MUNICIPALITY:
        return int(digits[-1]) == municipality_check_digit(digits[:-1])
    return True


def _check_invoice(written: str) -> NumberVerdict:
    """Can this be an invoice registration number: T and thirteen digits?

    A company's digits are its corporate number; a sole trader's need not fit that check digit, so it is not asked for.
    """
    mark, digits = written[:1].translate(_FULL_T).upper(), written[1:]
    if mark != "T" or not (digits.isascii() and digits.isdecimal()) or len(digits) != _LENGTHS[NumberKind.INVOICE]:
        reason = "Tと13桁の数字ではありません / not T and 13 digits"
        return NumberVerdict(valid=False, normalised=mark + digits, reason=reason)
    if not digits.strip("0"):
        return NumberVerdict(valid=False, normalised=mark + digits, reason=_ALL_ZEROS)
    return NumberVerdict(valid=True, normalised=mark + digits, reason="")


def check_number(kind: NumberKind, value: str) -> NumberVerdict:
    """Can this be such a number? Full width, spaces and hyphens are read; zeros alone are refused by policy."""
    digits, length = normalise_number(value), _LENGTHS[kind]
    if kind is NumberKind.INVOICE:
        return _check_invoice(digits)
    if not (digits.isascii() and digits.isdecimal()):
        return NumberVerdict(valid=False, normalised=digits, reason="数字ではありません / not digits")
    if len(digits) != length:
        reason = f"{length}桁ではありません / not {length} digits"
        return NumberVerdict(valid=False, normalised=digits, reason=reason)
    if not digits.strip("0"):  # twelve zeros would pass by arithmetic
        return NumberVerdict(valid=False, normalised=digits, reason=_ALL_ZEROS)
    if not has_right_check_digit(kind, digits):
        return NumberVerdict(valid=False, normalised=digits, reason="検査用数字が合いません / wrong check digit")
    return NumberVerdict(valid=True, normalised=digits, reason="")


_DIGIT: Final = "[0-9\uff10-\uff19]"
_SPACER: Final = "[ \u3000\\-\u2010-\u2015\u2212\uff0d\uff70\u30fc]"
# Three ways in which people write twelve digits: in one go, in three groups of four, each by itself.
_CANDIDATE: Final = re.compile(
    f"(?<!{_DIGIT})(?:{_DIGIT}{{12}}|{_DIGIT}{{4}}{_SPACER}{_DIGIT}{{4}}{_SPACER}{_DIGIT}{{4}}"
    f"|{_DIGIT}(?:{_SPACER}{_DIGIT}){{11}})(?!{_DIGIT})"
)


# A masked mail address or a digest is a word of many hexadecimal letters: some have twelve digits in a row by chance,
# and of 5,000 records with such a word, as a portal hands them over, one or two have them with the check digit right.
_LETTERS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_WORD: Final = re.compile(r"[0-9A-Za-z]+")
_LONGEST_TYPED: Final = 20
_HEXADECIMAL: Final = frozenset("0123456789abcdef")


def _in_a_digest(text: str, candidate: re.Match[str]) -> bool:
    """Do these digits stand in a word that a machine made: hexadecimal letters and digits only, twenty or more?"""
    before = len(text[: candidate.start()]) - len(text[: candidate.start()].rstrip(_LETTERS))
    word = _WORD.match(text, candidate.start() - before)
    if word is None or word.end() < candidate.end() or len(word[0]) < _LONGEST_TYPED:
        return False
    return _HEXADECIMAL.issuperset(word[0].lower())


def has_individual_number(text: str) -> bool:
    """Does a free text hold what looks like an Individual Number: twelve digits, check digit right, any spelling?

    Twelve digits in one go, in three groups of four, or each by itself; digits of a longer number, or of a digest in
    hexadecimal letters, do not count.
    """
    return count_individual_numbers(text, at_most=1) > 0


def count_individual_numbers(text: str, at_most: int | None = None) -> int:
    """How many values in a free text look like an Individual Number; whoever asks for some only is told no more."""
    found = (
        match
        for match in _CANDIDATE.finditer(text)
        if check_number(NumberKind.INDIVIDUAL, match[0]).valid and not _in_a_digest(text, match)
    )
    return sum(1 for _ in islice(found, at_most))
