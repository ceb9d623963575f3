"""Preparing a record for a layout: every value as the layout wants it, each change listed, the original untouched."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from sekisho.records.day_fields import split_days, write_assessed_year
from sekisho.records.errors import RecordsError
from sekisho.records.layout import Field, FieldType, Layout, NumberForm
from sekisho.records.numbers import NumberKind, check_number, normalise_number
from sekisho.records.substitutions import FieldSubstitution, TextRule
from sekisho.records.text_rules import (
    ADDRESS_RULES,
    NAME_RULES,
    NARROW_KANA_RULES,
    NARROW_RULES,
    TEXT_RULES,
    WIDE_KANA_RULES,
    WIDE_RULES,
    Rules,
    narrow,
)
from sekisho.records.writing import Unwritable, list_unwritable

_NAMES: Final = re.compile("氏名|名称")
_ADDRESSES: Final = re.compile("住所|居所|所在")
_AMOUNT: Final = re.compile("[-△▲]?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?|[-△▲]?[0-9]+(\\.[0-9]+)?")
_ASSESSED_YEAR: Final = "年分"
_NO_KANA: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A record as it may be sent: its values, what was substituted on the way, and what still cannot be written.

    A name among `unwritable` has to be given in kana by somebody who knows how it is read; nobody guesses it.
    """

    values: Mapping[str, str]
    substitutions: tuple[FieldSubstitution, ...]
    unwritable: tuple[Unwritable, ...]


def is_name(field: Field) -> bool:
    """Does the field hold the name of a person or a body?"""
    return bool(_NAMES.search(field.header)) or field.item == "name" or field.item.endswith("_name")


def is_address(field: Field) -> bool:
    """Does the field hold an address?"""
    return bool(_ADDRESSES.search(field.header)) or field.item == "address" or field.item.endswith("_address")


def _amount(text: str) -> str:
    """An amount in digits alone; what is not clearly one stays for the examination to find."""
    plain = narrow(text).strip().lstrip("¥￥").removesuffix("円")
    if not _AMOUNT.fullmatch(plain):
        return text
    return plain.replace(",", "").replace("△", "-").replace("▲", "-")


def _number(form: NumberForm, text: str) -> str:
    """A number with a check digit as its field wants it; an Individual Number in thirteen digits begins with 0."""
    if form is NumberForm.INVOICE:
        verdict = check_number(NumberKind.INVOICE, text)
        return verdict.normalised if verdict.valid else text
    digits = normalise_number(text)
    padded = form in {NumberForm.PADDED_INDIVIDUAL, NumberForm.PADDED_EITHER}
    if padded and check_number(NumberKind.INDIVIDUAL, digits).valid:
        return f"0{digits}"
    return digits if digits.isascii() and digits.isdecimal() else text


_BY_TYPE: Final[Mapping[FieldType, Rules]] = MappingProxyType(
    {
        FieldType.WIDE_KANA: WIDE_KANA_RULES,
        FieldType.NARROW_KANA: NARROW_KANA_RULES,
        FieldType.NARROW: NARROW_RULES,
        FieldType.DIGITS: NARROW_RULES,
        FieldType.TEXT: TEXT_RULES,
        FieldType.INTEGER: ((TextRule.AMOUNT, _amount),),
        FieldType.DECIMAL: ((TextRule.AMOUNT, _amount),),
    }
)
_YEAR_RULES: Final[Rules] = ((TextRule.YEAR, write_assessed_year),)


def _of_code(field: Field) -> Rules:
    """A word written in full width that is one of the codes in half width."""
    return ((TextRule.HALF_WIDTH, lambda text: narrow(text) if narrow(text) in field.codes else text),)


def _of_number(form: NumberForm) -> Rules:
    """A number with a check digit."""
    return ((TextRule.NUMBER, lambda text: _number(form, text)),)


def _of_wide(field: Field) -> Rules:
    """A text in full width: a name, an address, or any other."""
    if is_name(field):
        return NAME_RULES
    return ADDRESS_RULES if is_address(field) else WIDE_RULES


def _rules(layout: Layout, field: Field) -> Rules:
    """The rules for one field, by its type and by what it holds."""
    if field.number is not None:
        return _of_number(field.number)
    if field.type is FieldType.CODE:
        return _of_code(field)
    if field.type is FieldType.WIDE:
        return _of_wide(field)
    if field.type is FieldType.TEXT and not layout.encoding.startswith("cp932"):
        return ()
    of_year = field.type is FieldType.DIGITS and field.max == 2 and _ASSESSED_YEAR in field.header  # noqa: PLR2004 - two digits of an era
    return (*_BY_TYPE.get(field.type, ()), *(_YEAR_RULES if of_year else ()))


def _rewrite(field: Field, rules: Rules, text: str) -> Iterator[FieldSubstitution]:
    """Each rule that changes the text, one after the other."""
    for rule, rewrite in rules:
        after = rewrite(text)
        if after != text:
            yield FieldSubstitution(field=field.name, before=text, after=after, rule=rule)
        text = after


def _in_kana(layout: Layout, field: Field, text: str, kana: str) -> Iterator[FieldSubstitution]:
    """A name that cannot be written, in the kana that somebody gave; any other stays as it is."""
    if kana and is_name(field) and list_unwritable(layout, field, text):
        yield FieldSubstitution(field=field.name, before=text, after=kana, rule=TextRule.GIVEN_KANA)
        yield from _rewrite(field, _rules(layout, field), kana)


def _changes(layout: Layout, field: Field, text: str, kana: str) -> Iterator[FieldSubstitution]:
    """Everything that one value has to go through."""
    for change in _rewrite(field, _rules(layout, field), text):
        yield change
        text = change.after
    yield from _in_kana(layout, field, text, kana)


def prepare(layout: Layout, record: Mapping[str, str], kana: Mapping[str, str] = _NO_KANA) -> Prepared:
    """A record as the layout wants it, with a log that leads from the original to what is sent, change by change.

    `kana` holds, by field, the reading of names that may turn out not to be writable. What is not clearly one thing
    stays as it is, for the examination to find.

    Raises:
        RecordsError: The record names a field that the layout does not have.

    """
    if strangers := ({*record, *kana}) - {field.name for field in layout.fields}:
        message = f"layout {layout.layout} has no field {', '.join(sorted(strangers))}"
        raise RecordsError(message)
    days = split_days(layout, record)
    log = [
        FieldSubstitution(field=name, before=record.get(name, ""), after=after, rule=TextRule.DAY)
        for name, after in days.items()
    ]
    values = {**record, **days}
    for field in layout.fields:
        if values.get(field.name):
            changes = tuple(_changes(layout, field, values[field.name], kana.get(field.name, "")))
            values[field.name] = changes[-1].after if changes else values[field.name]
            log += changes
    left = (each for field in layout.fields for each in list_unwritable(layout, field, values.get(field.name, "")))
    return Prepared(values=MappingProxyType(values), substitutions=tuple(log), unwritable=tuple(left))
