"""What a check over several fields asks, in words: on a layout's page, and beside each fault that it finds."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from sekisho.records.layout import CheckKind, Layout, LayoutCheck

CHECK_WORDS: Final[Mapping[CheckKind, tuple[str, str]]] = MappingProxyType(
    {
        CheckKind.AT_LEAST: ("{first} は {rest} 以上", "{first} is at least {rest}"),
        CheckKind.AT_MOST: ("{first} は {rest} 以下", "{first} is at most {rest}"),
        CheckKind.SUM: ("{first} は {rest} の合計", "{first} is the sum of {rest}"),
        CheckKind.TOGETHER: ("{all} はすべて書くか、すべて空", "{all}: all are filled, or none"),
        CheckKind.ANY_OF: ("{all} のどれか一つは必要", "{all}: at least one is filled"),
        CheckKind.DAY: ("{all} は暦にある日", "{all} are a day of the calendar"),
        CheckKind.ERA_DAY: ("{all} はその元号にある日", "{all} are a day of that era"),
        CheckKind.REQUIRED_IF: ("{when}、{all} は必須", "{all} is required {when_en}"),
        CheckKind.BLANK_IF: ("{when}、{all} は空", "{all} is empty {when_en}"),
        CheckKind.UNIQUE: ("{all} が同じ記録は一つだけ", "no two records with the same {all}"),
        CheckKind.SAME: ("{all} はファイルの中で一つの値", "{all}: one value in the whole file"),
        CheckKind.TOTAL: ("{all} の合計は届け出た額", "the total of {all} is what was declared"),
    }
)
_FEW: Final = 6


def _listed(headers: list[str]) -> str:
    """List headings; the middle of a long list is counted."""
    if len(headers) > _FEW:
        return f"{'・'.join(headers[:2])}…{headers[-1]} ({len(headers)})"
    return "・".join(headers)


def check_in_words(layout: Layout, check: LayoutCheck) -> tuple[str, str]:
    """Say what a check asks, in Japanese and English."""
    names = {field.name: field.header for field in layout.fields}
    headers = [names.get(each, each) for each in check.fields]
    words = {"first": headers[0], "rest": _listed(headers[1:]), "all": _listed(headers), "when": "", "when_en": ""}
    if check.when is not None:
        what, codes = names.get(check.when.field, check.when.field), "・".join(check.when.codes)
        words["when"] = f"{what} が {codes} のとき" if codes else f"{what} があるとき"
        words["when_en"] = f"when {what} is {codes}" if codes else f"when {what} is filled"
    japanese, english = (each.format(**words) for each in CHECK_WORDS[check.check])
    if check.when is not None and "{when}" not in CHECK_WORDS[check.check][0]:
        japanese, english = f"{words['when']}、{japanese}", f"{english} {words['when_en']}"
    return japanese, english
