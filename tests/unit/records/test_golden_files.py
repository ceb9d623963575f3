"""Golden files: each is wrong in one way, named by it, and the fault is found at its row, column and byte."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import Examination, FaultCode, Place, examine, part, read
from sekisho.records.blocks import Block
from sekisho.records.columns import read_columns
from tools import rebuild_golden_records

GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "records"
FAULTS = json.loads((GOLDEN / "faults.json").read_text(encoding="utf-8"))
VALUE_FAULTS = {"required", "too_long", "control_character", "damaged_by_spreadsheet"} | {
    str(code) for code in FaultCode if code.startswith("not_") and code is not FaultCode.NOT_DECODABLE
}
# What only layouts that bind by position, check digits or rules over several fields can find.
OF_OTHER_LAYOUTS = set(list(FaultCode)[list(FaultCode).index(FaultCode.NOT_IN_CHARACTER_SET) :])
SHELF = shipped_layouts()
NOTICE = SHELF.find("registry_notice")


def examined(name: str) -> Examination:
    """A golden file as the examination sees it."""
    return examine(NOTICE, [(GOLDEN / f"{name}.csv").read_bytes()], vocabulary=SHELF.vocabulary, municipality="422011")


def test_the_golden_files_are_what_their_script_writes() -> None:
    assert rebuild_golden_records.main(["--check"]) == 0
    assert sorted(path.name for path in GOLDEN.iterdir() if path.name != "values.json") == sorted(
        name for name, _ in rebuild_golden_records.golden_files()
    )


def test_a_changed_golden_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rebuild_golden_records, "GOLDEN", tmp_path)
    assert rebuild_golden_records.main([]) == 0
    assert rebuild_golden_records.main(["--check"]) == 0
    (tmp_path / "good.csv").write_bytes(b"planted")
    assert rebuild_golden_records.main(["--check"]) == 1


def test_nothing_is_wrong_with_the_good_file() -> None:
    seen = examined("good")
    assert (seen.records, seen.fault_count, seen.foreign) == (3, 0, 0)
    assert (seen.numbers, seen.private, seen.formulas) == ((), (), ())
    assert seen.items == NOTICE.items()


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_what_is_wrong_is_found_at_its_row_column_and_byte(name: str) -> None:
    fault = examined(name).faults[0]
    assert [fault.row, fault.column, fault.byte, str(fault.code)] == FAULTS[name]


def test_every_fault_has_a_golden_file() -> None:
    elsewhere = {FaultCode.RECORD_TOO_LONG, FaultCode.NOT_INTEGER, FaultCode.NOT_WRITABLE}  # test_reading, test_layouts
    found = {FaultCode(code) for *_, code in FAULTS.values()} | elsewhere
    assert found == set(FaultCode) - OF_OTHER_LAYOUTS


CHECKED = {name: place for name, place in FAULTS.items() if place[0] > 1 and str(place[3]) in VALUE_FAULTS}


@pytest.mark.parametrize("name", sorted(CHECKED))
def test_a_reader_that_forgot_a_check_does_not_find_what_is_wrong(name: str) -> None:
    heading, *rows = (GOLDEN / f"{name}.csv").read_bytes().splitlines(keepends=True)
    columns, _ = read_columns(NOTICE, heading, ())
    place = CHECKED[name][1] - 1
    forgetful = replace(columns.known[place], check=lambda _: None)
    known = (*columns.known[:place], forgetful, *columns.known[place + 1 :])
    block = Block(data=b"".join(rows))
    assert part(columns, block, "422011").fault_count == 1
    assert part(replace(columns, known=known), block, "422011").fault_count == 0


@pytest.mark.parametrize("name", sorted(set(FAULTS) - {"in_utf_8"}))
def test_one_thing_that_is_wrong_is_said_once(name: str) -> None:
    assert examined(name).fault_count == 1


@pytest.mark.parametrize("name", sorted(FAULTS))
def test_no_fault_says_the_name_of_a_person(name: str) -> None:
    for fault in examined(name).faults:
        for person in ("髙島", "遥", "浦上", "さくら", "稲佐", "德永", "籠町"):
            assert person not in fault.ja + fault.en + fault.found


def test_a_private_character_is_reported_with_its_code_and_kept_as_it_is() -> None:
    assert examined("private_character").private == (Place(column="owner_name", count=1, first_row=2, codes=("F040",)),)
    first = next(read(NOTICE, [(GOLDEN / "private_character.csv").read_bytes()]))
    assert first.values["owner_name"] == "\ue000島 遥"


def test_an_individual_number_in_full_width_and_hyphens_is_found_in_the_remarks() -> None:
    assert examined("individual_number").numbers == (Place(column="remarks", count=1, first_row=3),)


def test_a_formula_is_found() -> None:
    assert examined("formula").formulas == (Place(column="previous_address", count=1, first_row=2),)


def test_the_record_of_another_city_is_counted() -> None:
    assert examined("another_city").foreign == 1


def test_a_column_that_the_layout_does_not_have_is_recognised_as_the_data_item_it_holds() -> None:
    seen = examined("sex_column")
    assert seen.items - NOTICE.items() == {"sex"}
    assert seen.item_labels["sex"] == ("性別", "Sex")
    assert seen.fault_count == 0
