"""What is typed, and what the procedure brings, stands in the report as it was said; the rest stays as it was."""

import hashlib
import json
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import ReasonCode, Refused
from sekisho.kernel.council import (
    Depth,
    PublicComment,
    Stage,
    ThirdPartyCheck,
    arrows_needing_assessment,
    canonical_report,
    changed_lines,
    digest_of_report,
    next_report,
    report_from_data,
    report_to_data,
    rewrite_report,
    write_check,
    write_comment,
    write_publication,
)
from tests.unit.kernel.assessment_story import AFTER, FORM

DAY = date(2020, 3, 4)
SOME = replace(
    AFTER,
    stage=Stage.DRAFTED,
    depth=Depth.ALL_ITEMS,
    values=MappingProxyType({"Ⅰ.1.①": "住民税", "Ⅰ.7.②": "課長", "Ⅳ.1": ("紙", "電子")}),
    assumed=frozenset({"Ⅰ.7.②"}),
)
COMMENT = PublicComment(opens_on=date(2020, 1, 1), closes_on=date(2020, 2, 1), shortened_because=" 急ぐ ")


def test_a_report_as_data_says_what_is_assumed_apart_and_reads_back() -> None:
    assert report_to_data(SOME) == {
        "report": AFTER.report,
        "version": AFTER.version,
        "form": AFTER.form,
        "depth": "all_items",
        "stage": "drafted",
        "changed_on": AFTER.changed_on.isoformat(),
        "values": {"Ⅰ.1.①": "住民税", "Ⅳ.1": ["紙", "電子"]},
        "assumed": {"Ⅰ.7.②": "課長"},
    }
    assert report_from_data(FORM, report_to_data(AFTER)) == AFTER


def test_the_frozen_bytes_are_those_of_the_data_and_the_digest_is_theirs() -> None:
    assert json.loads(canonical_report(SOME)) == report_to_data(SOME)
    assert digest_of_report(SOME) == hashlib.sha256(canonical_report(SOME)).hexdigest()


def test_what_is_typed_is_said_an_empty_answer_goes_and_the_rest_stays() -> None:
    count = "Ⅱ.4.件数"
    place = next(key for key, item in FORM.items.items() if key.startswith("Ⅱ.3.①") and item.kind == "choices")
    options = FORM.items[place].choices[:2]
    typed = {"Ⅰ.7.②": " 部長 ", "Ⅰ.1.①": "  ", place: f" {options[0]} \n\n{options[1]}", count: " 3 "}
    written = rewrite_report(FORM, AFTER, typed, DAY)
    assert written.changed_on == DAY
    assert (written.values["Ⅰ.7.②"], written.values[place], written.values[count]) == ("部長", options, 3)
    assert "Ⅰ.1.①" not in written.values
    assert not written.assumed & set(typed)
    rest = set(AFTER.values) - set(typed)
    assert {key: written.values[key] for key in rest} == {key: AFTER.values[key] for key in rest}
    assert written.assumed == AFTER.assumed - set(typed)
    with pytest.raises(Refused) as refusal:
        rewrite_report(FORM, AFTER, {"Ⅸ.9": "なし", count: "三"}, DAY)
    assert len(refusal.value.reasons) == 2


def test_the_procedure_writes_its_days_and_never_turns_the_stage_back() -> None:
    heard = write_comment(FORM, AFTER, COMMENT)
    said = [heard.values[key] for key in ("Ⅵ.2.②.開始", "Ⅵ.2.②.終了", "Ⅵ.2.③")]
    assert said == ["2020-01-01", "2020-02-01", "急ぐ"]
    unhurried = write_comment(FORM, AFTER, replace(COMMENT, shortened_because=" "))
    assert unhurried.values.get("Ⅵ.2.③") == AFTER.values.get("Ⅵ.2.③")
    early = replace(AFTER, stage=Stage.DRAFTED)
    stages = [
        write_comment(FORM, early, COMMENT).stage,
        write_check(FORM, early, ThirdPartyCheck(body="審議会", held_on=DAY, findings=())).stage,
        write_publication(FORM, early, DAY).stage,
        write_comment(FORM, replace(AFTER, stage=Stage.PUBLISHED), COMMENT).stage,
    ]
    assert stages == [Stage.COMMENTED, Stage.CHECKED, Stage.PUBLISHED, Stage.PUBLISHED]


def test_what_the_procedure_brought_is_no_longer_assumed_unless_it_says_the_same() -> None:
    guessed = replace(
        AFTER,
        values=MappingProxyType({**AFTER.values, "表紙.公表日": "2019-01-01"}),
        assumed=frozenset({"表紙.公表日", "Ⅰ.7.②"}),
    )
    published = write_publication(FORM, guessed, DAY)
    assert (published.values["表紙.公表日"], published.assumed) == (DAY.isoformat(), frozenset({"Ⅰ.7.②"}))
    same = write_publication(FORM, guessed, date(2019, 1, 1))
    assert same.assumed == guessed.assumed


def test_the_opinion_and_its_day_stand_in_the_report() -> None:
    checked = write_check(FORM, AFTER, ThirdPartyCheck(body="審議会", held_on=DAY, findings=(), opinion=" 適当 "))
    assert (checked.values["Ⅵ.3.①"], checked.values["Ⅵ.3.③"]) == (DAY.isoformat(), "適当")
    silent = write_check(FORM, AFTER, ThirdPartyCheck(body="審議会", held_on=DAY, findings=(), opinion=" "))
    assert silent.values["Ⅵ.3.③"] == AFTER.values["Ⅵ.3.③"]


def test_the_next_version_has_the_same_answers_and_its_procedure_ahead() -> None:
    coming = next_report(AFTER, DAY)
    assert coming == replace(AFTER, version=AFTER.version + 1, stage=Stage.DRAFTED, changed_on=DAY)


@pytest.mark.parametrize(
    ("consultation", "arrows"),
    [("56", set()), ("iken", {"special-collection-print"}), ("61", set())],
)
def test_what_carries_the_individual_number_needs_an_assessment(consultation: str, arrows: set[str]) -> None:
    dossier = read_dossier(shipped_dossier(consultation)).papers.dossier
    assert arrows_needing_assessment(dossier) == arrows
    bare = replace(dossier, sheets=())
    assert arrows_needing_assessment(bare) == arrows
    connections = tuple(replace(each, items=()) for each in dossier.chart.connections)
    unmarked = replace(dossier, chart=replace(dossier.chart, connections=connections))
    assert arrows_needing_assessment(unmarked) == arrows


def test_a_correction_says_each_line_that_it_changes_and_nothing_else() -> None:
    found = changed_lines("a\n\n b \nc\nd", "a\nx\ny\nd\n e")
    assert [(each.before, each.after) for each in found] == [(("b", "c"), ("x", "y")), ((), ("e",))]
    with pytest.raises(Refused) as refusal:
        changed_lines("a\nb", " a \n\nb\n")
    assert [(each.code, dict(each.facts)) for each in refusal.value.reasons] == [
        (ReasonCode.NO_CHANGE, {"what": "minutes"})
    ]
