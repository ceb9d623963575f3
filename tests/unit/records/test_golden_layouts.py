"""The golden files of every shipped layout: the good have no fault, the bad have theirs at its row, column and byte."""

import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import Declared, Examination, FaultCode, Layout, RecordsError, examine, read, try_golden, write
from tools import rebuild_golden_layouts

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "layouts"
LAYOUTS = {
    f"{each.layout.replace('.', '_')}_{each.effective_from.year}": each
    for each in shipped_layouts().layouts
    if each.layout != "registry_notice"  # it has golden files of its own
}
TABLES: dict[str, dict[str, Any]] = {
    name: json.loads((GOLDEN / name / "faults.json").read_text(encoding="utf-8")) for name in LAYOUTS
}
STRUCTURAL = {"not_in_character_set", "not_decodable", "quoted", "line_end", "column_count"}
BAD = [(name, file) for name, table in TABLES.items() for file in table]
NAMES = (
    "浦上",
    "さくら",
    "髙",
    "﨑",
    "徳永",
    "德永",
    "稲佐",
    "諏訪",
    "𠮷田",
    "籠町",
    "浜町",
    "123456789018",
    "345678901234",
)


def good_file(name: str) -> Path:
    """The good file of a layout."""
    return GOLDEN / name / ("good.csv" if LAYOUTS[name].header else "good.txt")


@cache
def examined(name: str, file: str) -> Examination:
    """A golden file as the examination sees it, with what its sender said of it."""
    said = TABLES[name].get(file, {}).get("declared", {})
    declared = Declared(records=said.get("records"), totals=tuple(said.get("totals", {}).items()))
    data = (GOLDEN / name / file).read_bytes()
    return examine(LAYOUTS[name], [data], vocabulary=shipped_layouts().vocabulary, declared=declared)


def test_the_golden_files_are_what_their_script_writes() -> None:
    assert rebuild_golden_layouts.main(["--check"]) == 0
    written = {name for name, _ in rebuild_golden_layouts.golden_files()}
    assert {str(path.relative_to(GOLDEN)) for path in GOLDEN.rglob("*.*")} == written


def test_a_changed_golden_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild_golden_layouts, "GOLDEN", tmp_path)
    assert rebuild_golden_layouts.main([]) == 0
    assert rebuild_golden_layouts.main(["--check"]) == 0
    (tmp_path / "nta_375_2025" / "good.txt").write_bytes(b"planted")
    assert rebuild_golden_layouts.main(["--check"]) == 1


@pytest.mark.parametrize("name", LAYOUTS)
def test_nothing_is_wrong_with_the_good_file(name: str) -> None:
    seen = examined(name, good_file(name).name)
    assert seen.faults == ()
    assert seen.items == LAYOUTS[name].items()  # every heading is known, and every field is there
    assert seen.records == good_file(name).read_bytes().count(b"\r\n") - LAYOUTS[name].header


@pytest.mark.parametrize("name", LAYOUTS)
def test_what_is_read_from_the_good_file_is_written_as_it_was(name: str) -> None:
    """Except that a heading is written in the layout's own words."""
    data = good_file(name).read_bytes()
    written = b"".join(write(LAYOUTS[name], [each.values for each in read(LAYOUTS[name], [data])]))
    heading = LAYOUTS[name].header
    assert written.split(b"\r\n")[heading:] == data.split(b"\r\n")[heading:]


@pytest.mark.parametrize(("name", "file"), BAD)
def test_what_is_wrong_is_found_at_its_row_column_and_byte(name: str, file: str) -> None:
    told = TABLES[name][file]
    fault = examined(name, file).faults[0]
    found = {"row": fault.row, "column": fault.column, "byte": fault.byte, "code": str(fault.code)}
    found |= {key: getattr(fault, key) for key in ("found", "allowed") if key in told}
    assert found == {key: value for key, value in told.items() if key != "declared"}


def test_every_fault_of_the_form_of_a_record_says_in_its_golden_file_what_is_found_and_allowed() -> None:
    told = [each for table in TABLES.values() for each in table.values() if each["code"] in STRUCTURAL]
    assert {each["code"] for each in told} == STRUCTURAL
    assert [each for each in told if not ({"found", "allowed"} <= set(each))] == []


@pytest.mark.parametrize(("name", "file"), [each for each in BAD if TABLES[each[0]][each[1]]["code"] != "other_layout"])
def test_one_thing_that_is_wrong_is_said_once(name: str, file: str) -> None:
    assert examined(name, file).fault_count == 1


@pytest.mark.parametrize(("name", "file"), BAD)
def test_no_fault_says_what_is_known_of_a_person(name: str, file: str) -> None:
    for fault in examined(name, file).faults:
        for each in NAMES:
            assert each not in fault.ja + fault.en + fault.found


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_has_bad_files_and_golden_records_good_and_bad(name: str) -> None:
    assert len(TABLES[name]) >= 4
    assert len([each for each in LAYOUTS[name].golden if each.faults]) >= 3
    assert [each for each in LAYOUTS[name].golden if not each.faults]


@pytest.mark.parametrize("layout", shipped_layouts().layouts, ids=lambda each: f"{each.layout} {each.version}")
def test_every_shipped_layout_judges_its_golden_records_as_it_says(layout: Layout) -> None:
    try_golden(layout)
    for number, golden in enumerate(layout.golden):
        wrong = replace(golden, faults=() if golden.faults else ((layout.fields[0].name, "required"),))
        changed = (*layout.golden[:number], wrong, *layout.golden[number + 1 :])
        with pytest.raises(RecordsError, match="golden record"):
            try_golden(replace(layout, golden=changed + layout.golden[:1]))


def test_everything_that_only_these_layouts_can_find_has_a_golden_file() -> None:
    codes = list(FaultCode)
    wanted = set(codes[codes.index(FaultCode.NOT_IN_CHARACTER_SET) :])
    assert wanted <= {FaultCode(told["code"]) for table in TABLES.values() for told in table.values()}
