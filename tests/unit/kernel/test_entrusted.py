"""Section Ⅱ.4 of the report follows from the arrows: what goes into a contractor's hands is assessed."""

from dataclasses import replace

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
