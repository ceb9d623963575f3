"""The Individual Number that a consultation approved crosses in its column, and nowhere else: both opinions say so."""

from dataclasses import replace
from pathlib import Path

import pytest

from sekisho.adapters.decisions import CedarOpinion, Today, connection_data
from sekisho.adapters.dossiers import Approved, read_dossier, shipped_dossier
from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.scanners.inspector import inspect_chunks
from sekisho.kernel import (
    Findings,
    NoIndividualNumberOutside,
    ReasonCode,
    compile_caveats,
    digest_of,
    objections,
    specification_from_data,
    specification_to_data,
)
from sekisho.records import read, write
from tests.unit.decisions.granted import grant, passage_of

NUMBER = "123456789018"
GOLDEN = Path(__file__).resolve().parents[2] / "golden" / "layouts"
# Of each permit that may carry the number: consultation, permit, golden file, its column, one where it may not stand.
NUMBERED = [
    ("57", "R1-57-01", "nta_375_2025/good.txt", "payee_number", "remarks"),
    ("57", "R1-57-02", "eltax_315_2021/good.txt", "payee_number", "remarks"),
    ("58", "R1-58-01", "nta_375_2025/good.txt", "payee_number", "remarks"),
    ("58", "R1-58-02", "eltax_315_2021/good.txt", "payee_number", "remarks"),
    ("60", "R1-60-01", "onestop_application_2016/good.csv", "individual_number", "address"),
    ("60", "R1-60-02", "onestop_notice_2016/good.txt", "individual_number", "address"),
    ("iken", "R1-iken-02", "print_page_2026/good.csv", "value9", "value8"),
]


def approved_as(consultation: str, permit: str) -> Approved:
    """One term of a shipped dossier."""
    return next(each for each in read_dossier(shipped_dossier(consultation)).approved if each.permit == permit)


def found_with(approved: Approved, golden: str, column: str, value: str) -> Findings:
    """What the inspector finds in a golden file with this value in this column of its first record."""
    (name,) = approved.specification.layouts
    data = (GOLDEN / golden).read_bytes()
    file = layouts_in_use().choose(name, data, max(each.effective_from for each in layouts_in_use().shelf.layouts))
    rows = [dict(each.values) for each in read(file.layout, [data])]
    rows[0][column] = value
    return inspect_chunks(file, write(file.layout, rows), approved.specification.tenant)[0]


def reasons(approved: Approved, found: Findings) -> tuple[list[ReasonCode], list[str]]:
    """The codes of the caveats and the guards of Cedar."""
    permit, passage = grant(approved.specification), passage_of(approved.specification, found=found)
    passage = replace(passage, assessment=permit.assessment)
    codes = [each.code for each in objections(permit.permit.caveats, passage, at_entrance=False)]
    answer = CedarOpinion().ask(permit, passage)
    assert answer.fault == ""
    return codes, [each.guard for each in answer.against]


@pytest.mark.parametrize(("consultation", "permit", "golden", "column", "elsewhere"), NUMBERED)
def test_the_approved_number_crosses_in_its_column_and_not_in_another(
    consultation: str, permit: str, golden: str, column: str, elsewhere: str
) -> None:
    approved = approved_as(consultation, permit)
    value = f"0{NUMBER}" if column == "payee_number" else NUMBER
    assert reasons(approved, found_with(approved, golden, column, value)) == ([], [])
    codes, guards = reasons(approved, found_with(approved, golden, elsewhere, f"番号 {NUMBER}"))
    assert ReasonCode.INDIVIDUAL_NUMBER_FOUND in codes
    assert "G17-individual-number" in guards


def test_where_no_number_was_approved_none_crosses_in_any_column() -> None:
    ordinary = approved_as("iken", "R1-iken-01")
    codes, guards = reasons(ordinary, found_with(ordinary, "print_page_2026/good.csv", "value9", NUMBER))
    assert codes == [ReasonCode.INDIVIDUAL_NUMBER_FOUND]
    assert guards == ["G17-individual-number"]


@pytest.mark.parametrize(("consultation", "permit", "golden", "column", "elsewhere"), NUMBERED)
def test_the_approved_columns_exist_and_hold_what_the_layout_says(
    consultation: str, permit: str, golden: str, column: str, elsewhere: str
) -> None:
    approved = approved_as(consultation, permit).specification
    layout = layouts_in_use().shelf.find(approved.layouts[0])
    assert column in approved.number_columns
    assert elsewhere not in approved.number_columns
    numbered = {each.name for each in layout.fields if each.data_class == "individual_number"}
    assert numbered <= set(approved.number_columns) <= {each.name for each in layout.fields}
    (caveat,) = (each for each in compile_caveats(approved) if isinstance(each, NoIndividualNumberOutside))
    assert caveat.columns == approved.number_columns
    data = connection_data(approved, Today(status="active", signed=True))
    assert data["attrs"]["number_columns"] == list(approved.number_columns)


def test_an_approval_without_numbers_keeps_the_digest_that_it_had() -> None:
    plain = approved_as("56", "R1-56-01").specification
    assert "number_columns" not in specification_to_data(plain)
    assert specification_from_data(specification_to_data(plain)) == plain
    wider = replace(plain, number_columns=("remarks",))
    assert digest_of(wider) != digest_of(plain)
    assert specification_from_data(specification_to_data(wider)) == wider
