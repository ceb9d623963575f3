"""The fields of an application on screen, in the order of the paper form; digits stand for what is ticked."""

from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from sekisho.business.hometown_donations.one_stop import (
    DEFICIENCIES,
    FORM_FIELDS,
    ONE_STOP_TABLE,
    Deficiency,
)
from sekisho.records import write_wareki, write_wareki_year
from sekisho.web.components.act_forms import FormField
from sekisho.web.components.chips import Chip
from sekisho.web.words import Words

_OPTIONAL: Final = frozenset({"telephone", "sex"})
_HINTS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "applied_on": Words("例 R8.6.1", "e.g. R8.6.1 or 2026-06-01"),
        "birth": Words("例 S55.2.29", "e.g. S55.2.29 or 1980-02-29"),
        "donated_on": Words("例 R8.5.2", "e.g. R8.5.2 or 2026-05-02"),
        "individual_number": Words(
            "12桁。空白・ハイフンはあってもよい", "12 digits; spaces and hyphens may stand between"
        ),
        "confirmed_eligible": Words("チェックがあれば 1", "1 if ticked"),
        "confirmed_five": Words("チェックがあれば 1", "1 if ticked"),
        "sex": Words("男・女。なければ空欄", "男, 女 or empty"),
    }
)
IDENTITY_CODES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"1": ("number_card",), "2": ("number_paper_and_photo",), "": ()}
)
IDENTITY_WORDS: Final[Mapping[str, Words]] = MappingProxyType(
    {
        "number_card": Words("個人番号カードの両面の写し", "Number card, both sides"),
        "number_paper_and_photo": Words(
            "番号確認書類と写真付き身元確認書類の写し", "Paper with the number, and photo document"
        ),
    }
)
_TONES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "keyed": ("clock", "wait"),
        "applied": ("clock", "wait"),
        "accepted": ("check", "good"),
        "frozen": ("lock", "key"),
        "notified": ("check", "good"),
        "returned": ("warning", "stop"),
        "cancelling": ("clock", "wait"),
        "late": ("cross", "stop"),
        "void": ("cross", "stop"),
    }
)


def year_words(year: int) -> Words:
    """A year in the calendar of the office, and as a number."""
    return Words(write_wareki_year(year), str(year))


def shown_value(name: str, value: str) -> Words | str:
    """A value of the form as an officer reads it: days in the office's calendar, ticks as words."""
    if name in {"confirmed_eligible", "confirmed_five"}:
        return Words("はい", "Yes")
    if name == "amount" and value.isdecimal():
        return Words(f"{int(value):,}円", f"{int(value):,} yen")
    try:
        return write_wareki(date.fromisoformat(value)) if name in {"applied_on", "birth", "donated_on"} else value
    except ValueError:
        return value


def state_words(state: str) -> Words:
    """A state in words."""
    return Words(*ONE_STOP_TABLE.states[state])


def state_chip(state: str) -> Chip:
    """A state as a label."""
    icon, tone = _TONES.get(state, ("info", "quiet"))
    return Chip(words=state_words(state), icon=icon, tone=tone)


def deficiency_words(found: Collection[str]) -> tuple[tuple[Words, Words], ...]:
    """What is missing, and what the donor is asked for."""
    return tuple(
        (Words(DEFICIENCIES[each][0], DEFICIENCIES[each][1]), Words(DEFICIENCIES[each][2], DEFICIENCIES[each][3]))
        for each in map(Deficiency, found)
    )


def form_fields(
    typed: Mapping[str, str], faults: Mapping[str, Words] = MappingProxyType({}), names: Collection[str] = FORM_FIELDS
) -> tuple[FormField, ...]:
    """The fields of the form, with what was typed and what is wrong with it."""
    return tuple(
        FormField(
            name=name,
            words=Words(*FORM_FIELDS[name]),
            value=typed.get(name, ""),
            hint=_HINTS.get(name, ""),
            required=False,
            fault=faults.get(name, ""),
        )
        for name in names
    )


def head_fields(typed: Mapping[str, str], faults: Mapping[str, Words]) -> tuple[FormField, ...]:
    """What stands above the form: whose it is, and when it came."""
    number = FormField(
        name="case",
        words=Words("整理番号", "Reception number"),
        value=typed.get("case", ""),
        hint=Words("申請書の右上。例 2026-000123、または 123", "top right of the form; 2026-000123, or 123"),
        fault=faults.get("case", ""),
        focus=True,
    )
    received = FormField(
        name="received_on",
        words=Words("受付日", "Received on"),
        value=typed.get("received_on", ""),
        hint=Words("例 R8.12.1", "e.g. R8.12.1"),
        fault=faults.get("received_on", ""),
    )
    return number, received


def identity_field(typed: Mapping[str, str], faults: Mapping[str, Words]) -> FormField:
    """Which identity documents came with it."""
    return FormField(
        name="identity",
        words=Words("本人確認書類", "Identity documents"),
        value=typed.get("identity", ""),
        hint=Words(
            "1=個人番号カード両面　2=番号確認書類と写真付き書類　なければ空欄",
            "1 = number card, both sides; 2 = paper with number and photo document; else empty",
        ),
        required=False,
        fault=faults.get("identity", ""),
    )
