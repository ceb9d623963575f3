"""What was typed from a form, in one spelling: digits, dates and kana are folded, names and addresses never."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final

from sekisho.records import NumberKind, RecordsError, check_number, full_kana, normalise_number, read_date

FORM_FIELDS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "applied_on": ("申請年月日", "Date of application"),
        "name": ("氏名", "Name"),
        "kana": ("フリガナ", "Reading of the name"),
        "address": ("住所", "Address"),
        "telephone": ("電話番号", "Telephone"),
        "individual_number": ("個人番号", "Individual Number"),
        "sex": ("性別", "Sex"),
        "birth": ("生年月日", "Date of birth"),
        "donated_on": ("寄附年月日", "Date of donation"),
        "amount": ("寄附金額", "Amount"),
        "confirmed_eligible": ("申告特例対象寄附者である", "Is an eligible donor"),
        "confirmed_five": ("申請先が5団体以下である", "Five municipalities at most"),
    }
)
"""The fields of the form in the order in which an officer types them."""
_DATES: Final = frozenset({"applied_on", "birth", "donated_on"})
_DIGITS: Final = frozenset({"individual_number", "amount"})
_TICKS: Final = frozenset({"confirmed_eligible", "confirmed_five"})
_TICKED: Final = frozenset({"1", "on", "✓", "レ", "はい", "yes"})
_YEN: Final = str.maketrans("", "", "円¥￥,，")


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedForm:
    """A form as one person typed it. Printing it shows nothing of it."""

    values: Mapping[str, str] = field(repr=False)

    def day(self, name: str) -> date | None:
        """A date of the form; nothing if it is empty or no date."""
        try:
            return date.fromisoformat(self.values[name])
        except ValueError:
            return None

    @property
    def amount(self) -> int:
        """The amount; 0 if there is none."""
        text = self.values["amount"]
        return int(text) if text.isascii() and text.isdecimal() else 0

    @property
    def has_number(self) -> bool:
        """Is there an Individual Number whose check digit is right?"""
        return check_number(NumberKind.INDIVIDUAL, self.values["individual_number"]).valid


def _in_one_spelling(name: str, typed: str) -> str:
    """One value as it is kept and compared."""
    text = typed.strip().strip("\u3000")
    if name in _TICKS:
        return "1" if text in _TICKED else ""
    if name in _DIGITS:
        return normalise_number(text.translate(_YEN))
    if name == "kana":
        return "\u3000".join(full_kana(text).replace("\u3000", " ").split())
    if name in _DATES and text:
        try:
            whole = read_date(text).whole
        except RecordsError:
            return text
        return whole.isoformat() if whole else text
    return text


def read_form(typed: Mapping[str, str]) -> KeyedForm:
    """What was typed, with every field there; what cannot be read stays as it was typed, and is found later."""
    return KeyedForm(values={name: _in_one_spelling(name, typed.get(name, "")) for name in FORM_FIELDS})


def differing_fields(first: KeyedForm, second: KeyedForm) -> tuple[str, ...]:
    """The fields in which two persons typed differently (照合), in the order of the form."""
    return tuple(name for name in FORM_FIELDS if first.values[name] != second.values[name])
