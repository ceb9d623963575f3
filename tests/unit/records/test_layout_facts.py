"""The shipped statutory layouts say what the notification says: number, name, type, length and required."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import Field, FieldType, Layout

FACTS = json.loads(
    (Path(__file__).resolve().parents[2] / "golden" / "formats" / "layouts.json").read_text(encoding="utf-8")
)
SHELF = shipped_layouts()
NTA = sorted(name for name in FACTS if name.startswith("nta."))
SALARY, TAIL = SHELF.find("eltax.315"), FACTS["eltax.315.tail92"]
EMPLOYMENT = SHELF.find("nta.375")

# The letters of the facts: H 半角固定, h 半角以内, z 全角以内, k 半角カナ以内.
TYPES: Final = {
    "H": {FieldType.DIGITS, FieldType.CODE, FieldType.NARROW},
    "h": {FieldType.DIGITS, FieldType.INTEGER, FieldType.NARROW},
    "z": {FieldType.WIDE, FieldType.WIDE_KANA},
    "k": {FieldType.NARROW_KANA},
}


@dataclass(frozen=True, slots=True)
class Fact:
    """What the notification says of one field."""

    no: int
    name: str
    type: str
    length: int
    required: str


def single(row: dict[str, Any]) -> Fact:
    """A row of the facts about one field."""
    return Fact(int(row["no"]), row["id"], row["type"], int(row["len"]), row["req"])


def repeated(row: dict[str, Any], known: list[Fact]) -> Iterator[Fact]:
    """A row such as 104-107 `dep2_*`: the fields before it once more, under the next prefix."""
    first, last = (int(number) for number in row["no"].split("–"))
    prefixes = re.findall(r"(\w+_)\*", row["id"])
    if len(prefixes) > 1:
        stem, low, high = prefixes[0][0], int(prefixes[0][1]), int(prefixes[1][1])
        prefixes = [f"{stem}{number}_" for number in range(low, high + 1)]
    template = known[-(last - first + 1) // len(prefixes) :]
    before = f"{prefixes[0][:-2]}{chr(ord(prefixes[0][-2]) - 1)}_"
    names = [prefix + fact.name.removeprefix(before) for prefix in prefixes for fact in template]
    for number, (name, fact) in enumerate(zip(names, template * len(prefixes), strict=True), start=first):
        yield Fact(number, name, fact.type, fact.length, row["req"])


def facts_of(name: str) -> list[Fact]:
    """Every field of a layout as the notification has it."""
    known: list[Fact] = []
    for row in FACTS[name]["fields"]:
        known.extend([single(row)] if str(row["no"]).isdecimal() else list(repeated(row, known)))
    return known


def fits(field: Field, fact: Fact) -> bool:
    """Does a field of the layout say the same?"""
    shortest = {"H": fact.length}.get(fact.type, field.min)
    return (
        (field.no, field.name, field.max) == (fact.no, fact.name, fact.length)
        and (field.type in TYPES[fact.type] or field.blank)
        and (field.min == shortest or field.blank)
        and (field.required, field.blank) == (fact.required == "R", fact.required == "B")
    )


def strangers(layout: Layout, facts: list[Fact]) -> list[str]:
    """The fields that are not as the notification has them."""
    return [fact.name for field, fact in zip(layout.fields, facts, strict=True) if not fits(field, fact)]


@pytest.mark.parametrize("name", NTA)
def test_every_field_is_as_the_notification_has_it(name: str) -> None:
    facts = facts_of(name)
    assert [fact.no for fact in facts] == list(range(1, FACTS[name]["field_count"] + 1))
    assert strangers(SHELF.find(name), facts) == []


@pytest.mark.parametrize(
    "change",
    [
        {"no": 999},
        {"name": "x"},
        {"type": FieldType.TEXT},
        {"max": 999},
        {"min": 999},
        {"required": None},
        {"blank": None},
    ],
)
@pytest.mark.parametrize("place", [0, 3, 16, 47, 94, 102, 131])
def test_a_field_that_is_not_is_found(place: int, change: dict[str, Any]) -> None:
    field = EMPLOYMENT.fields[place]
    known: dict[str, Any] = {
        key: (not getattr(field, key) if value is None else value) for key, value in change.items()
    }
    fact = facts_of("nta.375")[place]
    free = (field.blank and {"type", "min"} & set(known)) or (fact.type != "H" and "min" in known)
    assert fits(field, fact)
    assert fits(replace(field, **known), fact) == bool(free)


@pytest.mark.parametrize("name", NTA)
def test_the_kind_of_record_is_fixed_and_only_one_kind_stands_in_a_file(name: str) -> None:
    layout = SHELF.find(name)
    code = name.removeprefix("nta.")
    assert layout.fields[0].codes == (code,)
    assert re.fullmatch(layout.filename, f"{code}dat01.txt")
    assert re.fullmatch(layout.filename, f"{code}dat99.txt")
    assert not re.fullmatch(layout.filename, f"{code}dat00.txt")
    assert layout.fields[0].required


def test_the_salary_payment_report_begins_as_the_withholding_record_does() -> None:
    others = {"doc_type": ("315",), "correction": ("0", "1", "2", "3")}
    for report, record in zip(SALARY.fields[:91], EMPLOYMENT.fields[:91], strict=True):
        assert report == replace(record, codes=others.get(record.name, record.codes))


def test_the_salary_payment_report_goes_on_as_the_facts_have_it() -> None:
    assert len(SALARY.fields) == TAIL["field_count"]
    rows = [row for row in TAIL["fields"] if str(row["no"]).isdecimal() and str(row["len"]).isdecimal()]
    assert len(rows) == 15
    for fact in map(single, rows):
        assert fits(SALARY.fields[fact.no - 1], fact)
    names = [field.name for field in SALARY.fields]
    assert names[95:115] == [field.name for field in EMPLOYMENT.fields[95:115]]
    assert names[115:131] == [f"u16_{n}_{part}" for n in range(1, 5) for part in ("kana", "name", "kind", "number")]
    assert names[131:133] == ["dep5plus", "u16_5plus"]


def test_the_record_before_2025_is_the_same_without_the_reading_of_the_name() -> None:
    before = next(each for each in SHELF.layouts if each.layout == "nta.375" and each != EMPLOYMENT)
    changed = {"widow", "widower"}  # which could hold more in the years until 令和元年
    assert EMPLOYMENT.fields[131].name == "payee_kana"
    for old, new in zip(before.fields, EMPLOYMENT.fields[:131], strict=True):
        assert old == new or old.name in changed
    assert SHELF.accepted("nta.375", date(2024, 12, 31)) == (before,)
    assert SHELF.accepted("nta.375", date(2027, 2, 1)) == (EMPLOYMENT, before)  # taken "for the time being"


def test_the_archive_layouts_have_their_numbers_of_fields() -> None:
    archive = next(each for each in SHELF.layouts if each.layout == "eltax.315" and each != SALARY)
    assert [field.name for field in archive.fields[:91]] == [field.name for field in SALARY.fields[:91]]
    assert (len(archive.fields), archive.fields[85].max) == (98, 65)
    assert len(SHELF.find("eltax.331").fields) == 49


def test_no_two_versions_hold_on_one_date() -> None:
    for one, other in pairwise(SHELF.layouts):
        if one.layout == other.layout:
            assert one.effective_until is not None
            assert one.effective_until < other.effective_from
