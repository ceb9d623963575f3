"""Section Ⅱ.4 of the report follows from the arrows: what goes into a contractor's hands is assessed."""

from dataclasses import replace
from itertools import pairwise

from sekisho.adapters.assessments import shipped_form
from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel.council import Dossier, entrusted_answers, find_place, flatten_dossier

FORM = shipped_form()
IKEN = read_dossier(shipped_dossier("iken")).papers.dossier


def values(dossier: Dossier = IKEN) -> dict[str, str]:
    """Each answer by its place."""
    reviewed = [each.connection for each in dossier.chart.under_review()]
    return {place: answer.value for place, answer in entrusted_answers(FORM, dossier, reviewed).items()}


def test_both_arrows_of_the_opinion_are_one_contract_in_it() -> None:
    said = values()
    assert (said["Ⅱ.4.有無"], said["Ⅱ.4.件数"]) == ("委託する", "1")
    assert said["Ⅱ.4.委託[1].⑥"] == "印字・封入封緘の業者"
    assert said["Ⅱ.4.委託[1].②.本人の範囲"] == "普通徴収の納税義務者及び特別徴収の対象者"


def test_without_the_arrow_its_persons_are_gone() -> None:
    arrows = tuple(each for each in IKEN.chart.connections if each.connection != "special-collection-print")
    said = values(replace(IKEN, chart=replace(IKEN.chart, connections=arrows)))
    assert said["Ⅱ.4.件数"] == "1"
    assert said["Ⅱ.4.委託[1].②.本人の範囲"] == "普通徴収の納税義務者"


def test_what_stays_in_the_city_s_hands_is_not_entrusted() -> None:
    computers = tuple(replace(each, ours=True) for each in IKEN.chart.computers)
    assert values(replace(IKEN, chart=replace(IKEN.chart, computers=computers))) == {
        "Ⅱ.4.有無": "委託しない",
        "Ⅱ.4.件数": "0",
    }


def test_every_answer_stands_in_the_form_and_follows_from_a_field_that_is_there() -> None:
    fields, reviewed = flatten_dossier(IKEN), [each.connection for each in IKEN.chart.under_review()]
    for place, answer in entrusted_answers(FORM, IKEN, reviewed).items():
        assert find_place(FORM, place) is not None, place
        assert answer.follows_from in fields, answer
        assert answer.value


HANDED_ON = replace(
    IKEN,
    processors=(
        *IKEN.processors,
        replace(IKEN.processors[0], contractor="運送業者", works_for="印字・封入封緘の業者"),
        replace(IKEN.processors[0], contractor="倉庫業者", works_for="印字・封入封緘の業者"),
    ),
)


def told(dossier: Dossier) -> dict[str, tuple[str, str, str]]:
    """Each answer by its place: what is asked, the answer, the field from which it follows."""
    reviewed = [each.connection for each in dossier.chart.under_review()]
    said = entrusted_answers(FORM, dossier, reviewed)
    return {place: (each.asks, each.value, each.follows_from) for place, each in said.items()}


def test_each_answer_says_what_is_asked_and_names_its_own_field() -> None:
    ordinary, special = (IKEN.sheet_of(f"{each}-collection-print") for each in ("ordinary", "special"))
    assert ordinary is not None
    assert special is not None
    part, field = "Ⅱ.4.委託[1]", "sheets[special-collection-print]"
    label = "chart.computers[printing_contractor].label_ja"
    target = "chart.connections[ordinary-collection-print].target"
    functions = "、".join(dict.fromkeys((ordinary.function, special.function)))
    purposes = "及び".join(dict.fromkeys((ordinary.purpose, special.purpose)))
    said = told(IKEN)
    assert said["Ⅱ.4.有無"] == ("whether", "委託する", target)
    assert said["Ⅱ.4.件数"] == ("how_many", "1", target)
    assert said[f"{part}.名称"] == ("name", functions, f"{field}.function")
    assert said[f"{part}.①"] == ("task", purposes, f"{field}.purpose")
    assert said[f"{part}.②.本人の数"][::2] == ("persons", f"{field}.records_a_year")
    assert said[f"{part}.②.本人の範囲"][::2] == ("subjects", f"{field}.subjects[{special.subjects[0]}]")
    assert said[f"{part}.⑥"] == ("contractor", "印字・封入封緘の業者", label)
    assert said[f"{part}.⑦"] == ("handed_on", "再委託しない", label)
    # Both sheets say the same of the erasure, so that it follows from the first of them.
    kept = "sheets[ordinary-collection-print].retention[printing_contractor].reason"
    assert said["Ⅲ.4.消去ルール"][::2] == ("erasure", kept)


def test_what_is_handed_on_follows_from_the_first_who_works_for_the_contractor() -> None:
    assert told(HANDED_ON)["Ⅱ.4.委託[1].⑦"] == ("handed_on", "再委託する", "processors[運送業者].works_for")


def test_that_nothing_is_entrusted_follows_from_there_being_no_contractor() -> None:
    computers = tuple(replace(each, ours=True) for each in IKEN.chart.computers)
    own = replace(IKEN, chart=replace(IKEN.chart, computers=computers))
    assert {each[2] for each in told(own).values()} == {"processors"}


def test_the_choice_of_persons_changes_at_each_step() -> None:
    choices = FORM.items["Ⅱ.4.委託.②.本人の数"].choices
    for step, (below, above) in zip((10_000, 100_000, 1_000_000, 10_000_000), pairwise(choices), strict=True):
        for count, choice in ((step - 1, below), (step, above)):
            sheets = tuple(
                replace(each, records_a_year=count if each.connection == "special-collection-print" else 0)
                for each in IKEN.sheets
            )
            assert told(replace(IKEN, sheets=sheets))["Ⅱ.4.委託[1].②.本人の数"][1] == choice, count


def test_only_the_copy_at_the_contractor_is_its_to_erase() -> None:
    erasure = told(IKEN)["Ⅲ.4.消去ルール"][1].split("\n")
    kept = {each for sheet in IKEN.sheets for each in sheet.retention if each.place == "printing_contractor"}
    assert {line.partition(": ")[2] for line in erasure} == {
        f"{each.hours}時間以内({each.reason})。{each.method}" for each in kept
    }


def test_two_contractors_are_two_contracts_and_both_erase() -> None:
    second = next(each for each in IKEN.chart.computers if each.computer == "printing_contractor")
    other = replace(second, computer="second_contractor", label_ja="二番目の業者")
    arrows = tuple(
        replace(each, target="second_contractor") if each.connection == "special-collection-print" else each
        for each in IKEN.chart.connections
    )
    sheets = tuple(
        replace(each, retention=tuple(replace(kept, place="second_contractor") for kept in each.retention))
        if each.connection == "special-collection-print"
        else each
        for each in IKEN.sheets
    )
    chart = replace(IKEN.chart, computers=(*IKEN.chart.computers, other), connections=arrows)
    said = told(replace(IKEN, chart=chart, sheets=sheets))
    assert said["Ⅱ.4.件数"][1] == "2"
    assert said["Ⅱ.4.委託[2].⑥"][1] == "二番目の業者"
    lines = said["Ⅲ.4.消去ルール"][1].split("\n")
    assert lines[0].startswith("印字・封入封緘の業者:")
    assert {line.partition(":")[0] for line in lines} == {"印字・封入封緘の業者", "二番目の業者"}
