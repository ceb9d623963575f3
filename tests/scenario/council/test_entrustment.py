"""u64: that the contractor holds the data is what is assessed, so part Ⅱ.4 of the report comes from the arrow."""

from dataclasses import replace
from datetime import date

import pytest

from sekisho.adapters.assessments import shipped_form, shipped_report
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel.council import Dossier, ReportForm, entrusted_answers, rewrite_report

FORM = shipped_form()
DOSSIER = read_dossier(shipped_dossier("iken")).papers.dossier
ORDINARY, SPECIAL = "ordinary-collection-print", "special-collection-print"
PART = "Ⅱ.4.委託[1]"


def entrustment_answers(form: ReportForm, dossier: Dossier, connections: list[str]) -> dict[str, str]:
    """What is written into the report."""
    return {place: each.value for place, each in entrusted_answers(form, dossier, connections).items()}


@pytest.mark.parametrize(("covered", "version"), [([ORDINARY], 1), ([ORDINARY, SPECIAL], 2)])
def test_from_the_arrows_follow_the_numbers_that_the_report_of_each_version_states(
    covered: list[str], version: int
) -> None:
    answers, stated = entrustment_answers(FORM, DOSSIER, covered), shipped_report(f"resident_tax_{version}").values
    assert answers[f"{PART}.②.本人の数"] == stated[f"{PART}.②.本人の数"]
    assert (answers["Ⅱ.4.有無"], answers["Ⅱ.4.件数"]) == (stated["Ⅱ.4.有無"], str(stated["Ⅱ.4.件数"]))
    assert answers[f"{PART}.⑦"] == stated[f"{PART}.⑦"]


def test_that_the_contractor_holds_the_data_and_gives_them_up_stands_in_the_report() -> None:
    answers = entrustment_answers(FORM, DOSSIER, [ORDINARY, SPECIAL])
    assert answers[f"{PART}.⑥"] == "印字・封入封緘の業者"
    assert answers[f"{PART}.②.本人の範囲"] == "普通徴収の納税義務者及び特別徴収の対象者"
    assert "業者の手元に渡る" in answers["Ⅲ.4.消去ルール"]
    assert "720時間以内" in answers["Ⅲ.4.消去ルール"]


def test_what_follows_from_the_arrows_can_be_written_into_the_form() -> None:
    answers = entrustment_answers(FORM, DOSSIER, [ORDINARY, SPECIAL])
    written = rewrite_report(FORM, shipped_report("resident_tax_2"), answers, date(2019, 9, 1))
    assert {key: str(written.values[key]) for key in answers} == dict(answers)


def other(people: int) -> Dossier:
    """The dossier with so many records a year on the ordinary arrow."""
    sheets = tuple(
        replace(each, records_a_year=people) if each.connection == ORDINARY else each for each in DOSSIER.sheets
    )
    return replace(DOSSIER, sheets=sheets)


@pytest.mark.parametrize(
    ("people", "choice"),
    [(9_999, 0), (10_000, 1), (99_999, 1), (100_000, 2), (999_999, 2), (1_000_000, 3), (10_000_000, 4)],
)
def test_the_number_of_persons_changes_the_choice_at_its_boundary(people: int, choice: int) -> None:
    answers = entrustment_answers(FORM, other(people), [ORDINARY])
    assert answers[f"{PART}.②.本人の数"] == FORM.items["Ⅱ.4.委託.②.本人の数"].choices[choice]


def test_an_arrow_that_is_not_covered_or_leads_to_no_contractor_says_nothing() -> None:
    nothing = {"Ⅱ.4.有無": FORM.items["Ⅱ.4.有無"].choices[1], "Ⅱ.4.件数": "0"}
    assert entrustment_answers(FORM, DOSSIER, []) == nothing
    assert entrustment_answers(FORM, DOSSIER, ["bundle-to-employer", "sealed-letters-back"]) == nothing
