"""The 65 utterances of members, replayed: the dossier answers them, the gate refuses, or a condition exists."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sekisho.adapters.dossiers import SHIPPED, read_dossier, shipped_dossier
from sekisho.kernel import Carriage
from sekisho.kernel.council import ChangeClass, check_complete, classify_change, make_condition, missing_in_annex
from sekisho.records.minutes import parse_minutes
from tests.scenario.council.replay import (
    ROWS,
    WHOLE,
    Broken,
    attempts_of,
    codes_at_gate,
    dossier_of,
    not_shown,
    shown_of,
    shown_without,
    source_of,
)

GOLDEN = (Path(__file__).parents[2] / "golden" / "minutes" / "nagasaki_r1_3.txt").read_text(encoding="utf-8")
CLOSED = {Carriage.PIXELS, Carriage.PAPER}
KEYS = {"u", "of", "said", "ja", "en", "shown", "refused", "condition", "open", "remark"}
ENFORCED = [row for row in ROWS if "refused" in row]
ATTEMPTS = [attempt for row in ENFORCED for attempt in attempts_of(row)]


def name_of(row: Mapping[str, Any]) -> str:
    """The id of a row."""
    return f"u{row['u']:02d}"


def guard_of(attempt: Mapping[str, Any]) -> str:
    """The row and the guard of one attempt."""
    return f"{name_of(attempt)} {attempt['refused']['guard']}"


def faults(row: Mapping[str, Any], broken: Broken = WHOLE) -> list[str]:
    """What a row claims and is not so; nothing if it holds."""
    found = [f"not shown: {path}" for path in not_shown(row)]
    for each in attempts_of(row) if "refused" in row else ():
        codes, left = codes_at_gate(each, broken)
        found += [] if codes == [each["refused"]["code"]] and not left else [f"at the gate: {codes}"]
    if "condition" in row:
        conditions = {each.condition: each for each in dossier_of(row["of"]).papers.annex.conditions}
        found += [] if row["condition"] in conditions else [f"no condition {row['condition']}"]
    return found


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_what_a_member_asked_is_answered(row: Mapping[str, Any]) -> None:
    assert faults(row) == [], f"{name_of(row)} 諮問{row['of']} {row['ja']}"
    if "open" in row:
        pytest.xfail(f"{name_of(row)} {row['ja']}: open: {row['open']}")


def test_the_rows_are_the_members_utterances_in_their_order() -> None:
    said = [turn.text for part in parse_minutes(GOLDEN).discussions for turn in part.turns if turn.role == "委員"]
    assert len(ROWS) == len(said) == 65
    assert [row["u"] for row in ROWS] == list(range(1, 66))
    assert [row["u"] for row, text in zip(ROWS, said, strict=True) if not text.startswith(row["said"])] == []


def test_every_row_is_in_one_state_and_the_open_ones_are_these() -> None:
    assert all(("open" in row) + ("refused" in row) + ("condition" in row) <= 1 for row in ROWS)
    assert all(row["shown"] for row in ROWS)
    assert {key for row in ROWS for key in row} == KEYS
    assert [name_of(row) for row in ROWS if "open" in row] == ["u17", "u21", "u22", "u43", "u45"]


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=guard_of)
def test_taking_away_that_one_guard_turns_exactly_that_row_red(attempt: Mapping[str, Any]) -> None:
    refused = attempt["refused"]
    broken = Broken(of=attempt["of"], connection=refused["connection"], guard=refused["guard"])
    assert [name_of(each) for each in ENFORCED if faults(each, broken)] == [name_of(attempt)]
    assert codes_at_gate(attempt, broken) == ([], True), "without its guard the parcel leaves"


def follows(row: Mapping[str, Any]) -> bool:
    """Is an answer of this row one that follows from fields of the dossier?"""
    return any(path.startswith("assessment.") for path in row["shown"])


@pytest.mark.parametrize("row", [row for row in ROWS if row["shown"]], ids=name_of)
def test_a_field_that_says_nothing_turns_its_row_red(row: Mapping[str, Any]) -> None:
    for path in row["shown"]:
        here, source = [each for each in ROWS if each["of"] == row["of"]], source_of(row["of"], path)
        lines = shown_without(row["of"], path)
        red = [each for each in here if not_shown(each, lines)]
        asked = [each for each in here if source in {source_of(row["of"], other) for other in each["shown"]}]
        assert path in not_shown(row, lines)
        # An answer of the assessment follows from several fields: its row may turn red with any of them.
        alone = [[name_of(each) for each in rows if not follows(each)] for rows in (red, asked)]
        assert alone[0] == alone[1]


@pytest.mark.parametrize("consultation", SHIPPED)
def test_every_dossier_is_complete_and_its_conditions_are_sound(consultation: str) -> None:
    papers = dossier_of(consultation).papers
    check_complete(papers.dossier)
    assert missing_in_annex(papers.dossier, papers.annex) == ()
    assert [make_condition(each) for each in papers.annex.conditions] == list(papers.annex.conditions)


@pytest.mark.parametrize("consultation", SHIPPED)
def test_every_field_shown_has_a_source_or_is_marked_as_assumed(consultation: str) -> None:
    lines = shown_of(consultation).values()
    assert all(bool(line.source) != line.assumed for line in lines if not line.path.startswith("annex.notes"))
    assert {line.assumed for line in lines} == {True, False}


def test_pixels_and_paper_pass_no_gate_and_so_have_no_permit() -> None:
    for consultation in SHIPPED:
        dossier = dossier_of(consultation)
        closed = {each.connection for each in dossier.chart.connections if each.carriage in CLOSED}
        assert not [each for each in dossier.approved if each.specification.connection in closed]


def test_adding_the_employees_of_special_collection_is_a_material_change() -> None:
    after = dossier_of("iken").papers.dossier
    ordinary = tuple(each for each in after.sheets if each.connection == "ordinary-collection-print")
    arrows = tuple(each for each in after.chart.connections if each.connection != "special-collection-print")
    before = replace(after, sheets=ordinary, chart=replace(after.chart, connections=arrows))
    assert classify_change(before, after) is ChangeClass.MATERIAL


def test_the_same_dossier_is_read_the_same_twice() -> None:
    assert read_dossier(shipped_dossier("59")).papers == dossier_of("59").papers
