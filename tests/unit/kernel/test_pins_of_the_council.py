"""What small functions of the council answer, one by one: arrows of a change, the state under conditions, letters."""

from dataclasses import replace
from datetime import date

import pytest

from sekisho.kernel import DataItem, PermitStatus, ReasonCode, Refused
from sekisho.kernel.council import (
    Condition,
    ConditionKind,
    PermitTerms,
    ProofKind,
    arrows_changed,
    blank_sheet,
    blank_terms,
    changed_lines,
    lost_by,
    redraw,
    status_under,
    terms_to_data,
    weigh_changes,
)
from tests.unit.kernel.council_story import CHART, DOSSIER, DOWN, LOT, NAME, SHEET, with_arrow, with_sheet

MORE = DataItem(item="telephone", ja="電話", en="Telephone", use="照会")
UP = replace(DOWN, connection="up", source="terminal", target="platform")
BOTH = replace(
    DOSSIER,
    chart=replace(CHART, connections=(DOWN, UP)),
    sheets=(SHEET, replace(SHEET, connection="up")),
)
TODAY = date(2020, 4, 1)
OPEN = Condition(
    condition="c1",
    consultation="56",
    hangs_on="down",
    text="x",
    kind=ConditionKind.BLOCKS_AFTER_DATE,
    proof=ProofKind.REPORT,
    owner="a",
    verifier="b",
    due=date(2020, 3, 31),
)


def test_a_material_change_of_one_arrow_concerns_that_arrow_and_one_of_none_concerns_them_all() -> None:
    wider = replace(DOWN, items=(NAME, LOT, MORE))
    assert arrows_changed(BOTH, replace(BOTH, chart=replace(CHART, connections=(wider, UP)))) == {"down"}
    longer = replace(SHEET, connection="up", purpose="別の目的")
    assert arrows_changed(BOTH, replace(BOTH, sheets=(SHEET, longer))) == {"up"}
    assert arrows_changed(BOTH, replace(BOTH, agency="another")) == {"down", "up"}
    assert arrows_changed(BOTH, replace(BOTH, title_ja="別の件名")) == frozenset()
    assert arrows_changed(BOTH, BOTH) == frozenset()


def test_a_minor_change_concerns_no_arrow_and_one_not_under_review_neither() -> None:
    shorter = replace(SHEET, retention=tuple(replace(each, hours=1) for each in SHEET.retention))
    assert weigh_changes(DOSSIER, with_sheet(shorter))
    assert arrows_changed(DOSSIER, with_sheet(shorter)) == frozenset()
    aside = replace(UP, under_review=False)
    before = replace(BOTH, chart=replace(CHART, connections=(DOWN, aside)))
    after = replace(BOTH, chart=replace(CHART, connections=(DOWN, replace(aside, legal_basis="別の法"))))
    assert arrows_changed(before, after) == frozenset()


def test_an_arrow_that_is_new_or_gone_is_changed() -> None:
    assert arrows_changed(DOSSIER, BOTH) == {"up"}
    assert arrows_changed(BOTH, DOSSIER) == {"up"}


@pytest.mark.parametrize(
    ("conditions", "day", "status"),
    [
        ((), TODAY, PermitStatus.ACTIVE),
        ((OPEN,), TODAY, PermitStatus.ISSUED),
        ((OPEN,), date(2020, 3, 31), PermitStatus.ACTIVE),
        ((replace(OPEN, state="verified"),), TODAY, PermitStatus.ACTIVE),
        ((replace(OPEN, kind=ConditionKind.REPORT_ONLY),), TODAY, PermitStatus.ACTIVE),
        ((replace(OPEN, kind=ConditionKind.BLOCKS_START),), date(2020, 1, 1), PermitStatus.ISSUED),
    ],
)
def test_a_permit_waits_while_a_condition_stops_it(
    conditions: tuple[Condition, ...], day: date, status: PermitStatus
) -> None:
    assert status_under(conditions, day) is status


def test_a_changed_page_is_told_line_by_line_however_long_it_is() -> None:
    old = "\n".join(["議題 一", "", *["はい。"] * 300, "おわり"])
    new = old.replace("議題 一", "議題 二")
    (changed,) = changed_lines(old, new)
    assert (changed.before, changed.after) == (("議題 一",), ("議題 二",))
    moved = "\n".join(["おわり", *["はい。"] * 300])
    told = changed_lines("\n".join([*["はい。"] * 300, "おわり"]), moved)
    assert [(each.before, each.after) for each in told] == [((), ("おわり",)), (("おわり",), ())]
    with pytest.raises(Refused) as refusal:
        changed_lines("a\n\n b", " a \nb")
    assert [(each.code, dict(each.facts)) for each in refusal.value.reasons] == [
        (ReasonCode.NO_CHANGE, {"what": "minutes"})
    ]


def test_a_sheet_of_an_arrow_that_is_on_no_chart_is_written_too() -> None:
    ghost = replace(SHEET, connection="ghost")
    both = replace(DOSSIER, sheets=(SHEET, ghost))
    assert lost_by(both, (), CHART) == ()
    bare = replace(CHART, connections=())
    assert [each.connection for each in lost_by(both, (), bare)] == ["down"]
    assert with_arrow(DOWN) == DOSSIER


def test_a_sheet_and_terms_of_a_new_arrow_say_nothing_but_what_the_arrow_says() -> None:
    sheet = blank_sheet(DOWN)
    assert (sheet.connection, sheet.purpose, sheet.function, sheet.trigger) == ("down", "", "", "")
    assert (sheet.parcels_a_year, sheet.records_a_year) == (0, 0)
    assert {sheet.subjects, sheet.operators, sheet.factors, sheet.retention, sheet.safeguards} == {()}
    assert [(each.item, each.necessity, each.legal_basis, each.alternative) for each in sheet.items] == [
        ("owner_name", "課税", "", ""),
        ("lot_number", "特定", "", ""),
    ]
    assert {each.individual_number for each in sheet.items} == {False}
    number = replace(LOT, item="payee", written_as=("individual_number",))
    marked = blank_sheet(replace(DOWN, items=(number, replace(LOT, item="individual_number"))))
    assert {each.individual_number for each in marked.items} == {True}


def test_where_a_computer_left_the_chart_no_copy_is_kept_any_more() -> None:
    elsewhere = replace(CHART.computers[1], computer="elsewhere")
    moved = replace(DOWN, source="elsewhere")
    chart = replace(CHART, computers=(CHART.computers[0], elsewhere), connections=(moved,))
    drawn, _ = redraw(DOSSIER, (), chart)
    assert [each.place for each in drawn.sheets[0].retention] == ["terminal"]


def test_the_other_end_of_a_new_arrow_is_its_counterpart() -> None:
    assert blank_terms(CHART, DOWN) == PermitTerms(
        connection="down",
        counterpart="platform",
        terminals=(),
        layouts=(),
        types=(),
        bytes_at_most=0,
        records_at_most=0,
        parcels_a_day=0,
        erase_within_hours=0,
        not_before="",
        not_after="",
    )
    inside = replace(DOWN, source="terminal", target="terminal")
    assert blank_terms(CHART, UP).counterpart == "platform"
    assert blank_terms(CHART, inside).counterpart == ""


def test_terms_that_are_always_said_are_said_though_they_are_nought() -> None:
    said = terms_to_data(blank_terms(CHART, DOWN))
    assert (said["bytes_at_most"], said["not_after"], said["terminals"]) == (0, "", ())
    assert "assessment" not in said
    assert terms_to_data(replace(blank_terms(CHART, DOWN), assessment="a"))["assessment"] == "a"


def test_what_was_written_on_a_sheet_is_lost_beside_what_was_agreed_in_terms() -> None:
    agreed = replace(blank_terms(CHART, UP), not_after="2035-04-01T00:00:00+09:00")
    assert [each.connection for each in lost_by(BOTH, (agreed,), replace(CHART, connections=()))] == ["down", "up"]
