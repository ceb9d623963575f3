"""Drawing a chart step by step: nothing leads nowhere, what is taken off takes along what hung on it, papers follow."""

from dataclasses import replace

import pytest

from sekisho.adapters.dossiers import read_dossier, shipped_dossier
from sekisho.kernel import (
    EMPTY_CHART,
    Carriage,
    Direction,
    ReasonCode,
    Refused,
    Thing,
    direction_between,
    hanging_on,
    id_of,
    put_on,
    take_off,
    thing_named,
)
from sekisho.kernel.council import ChangeClass, canonical_dossier, classify_change, lost_by, missing_in_papers, redraw
from tests.fakes.council import DOWN, UP, paper_56

CHART = read_dossier(shipped_dossier()).chart
BARE = paper_56()
PAPER = replace(BARE, dossier=replace(BARE.dossier, agency="mayor", department="asset_tax"))


def test_a_chart_drawn_thing_by_thing_is_the_chart() -> None:
    drawn = EMPTY_CHART
    things: list[Thing] = [*CHART.networks, *CHART.computers, *CHART.connections]
    for thing in things:
        drawn = put_on(drawn, thing)
    assert drawn == CHART


def test_a_thing_is_changed_where_it_stands() -> None:
    changed = replace(CHART.networks[1], owner="地方公共団体情報システム機構")
    drawn = put_on(CHART, changed)
    assert drawn.networks[1] == changed
    assert len(drawn.networks) == len(CHART.networks)


def test_an_id_stands_for_one_thing_and_an_arrow_leads_somewhere() -> None:
    for thing, code in (
        (replace(CHART.computers[0], computer="lgwan"), ReasonCode.INPUT_NOT_UNDERSTOOD),
        (replace(CHART.computers[0], network="moon"), ReasonCode.NOT_FOUND),
        (replace(CHART.connections[0], source="moon"), ReasonCode.NOT_FOUND),
    ):
        with pytest.raises(Refused) as refusal:
            put_on(CHART, thing)
        assert code in {each.code for each in refusal.value.reasons}


def test_what_is_taken_off_takes_its_arrows_along_and_says_so_before() -> None:
    gone = hanging_on(CHART, "linkage_platform")
    assert [id_of(each) for each in gone] == ["registry-platform", DOWN, UP]
    left = take_off(CHART, "linkage_platform")
    assert [each.connection for each in left.connections] == ["ledger-inside"]
    whole = take_off(CHART, "legal_affairs_network")
    assert {each.computer for each in whole.computers} == {"asset_tax_terminal", "property_tax_system"}
    assert thing_named(whole, DOWN) is None
    assert take_off(CHART, "lgwan").connections == (CHART.connections[0], CHART.connections[3])
    assert [each.network for each in take_off(CHART, "lgwan").networks] == [
        each.network for each in CHART.networks if each.network != "lgwan"
    ]
    with pytest.raises(Refused) as refusal:
        take_off(CHART, "moon")
    assert [dict(each.facts) for each in refusal.value.reasons] == [{"what": "moon"}]


def test_an_arrow_points_where_its_ends_say() -> None:
    for arrow in CHART.connections:
        assert direction_between(CHART, arrow.source, arrow.target) is arrow.direction, arrow.connection
    assert direction_between(CHART, "linkage_platform", "asset_tax_terminal") is Direction.INWARD


def test_a_new_arrow_gets_its_sheet_and_terms_and_the_others_keep_theirs() -> None:
    inside = replace(CHART.connections[0], under_review=True, direction=Direction.INWARD)
    dossier, terms = redraw(PAPER.dossier, PAPER.terms, put_on(PAPER.dossier.chart, inside))
    assert [each.connection for each in dossier.sheets] == ["registry-platform", DOWN, UP]
    assert dossier.sheets[1:] == PAPER.dossier.sheets
    assert [each.connection for each in terms] == ["registry-platform", DOWN, UP]
    assert terms[1:] == PAPER.terms
    places = {each.facts["place"] for each in missing_in_papers(dossier, terms)}
    assert places == {"registry-platform", "registry-platform.safeguards"} | {
        f"registry-platform.{end}" for end in (inside.source, inside.target)
    }


def test_a_new_item_is_argued_for_and_one_that_is_gone_no_longer() -> None:
    arrow = PAPER.dossier.chart.under_review()[0]
    fewer = put_on(PAPER.dossier.chart, replace(arrow, items=arrow.items[1:]))
    dossier, _ = redraw(PAPER.dossier, PAPER.terms, fewer)
    assert dossier.sheets[0].items == PAPER.dossier.sheets[0].items[1:]
    assert missing_in_papers(dossier, PAPER.terms) == ()
    again, _ = redraw(dossier, PAPER.terms, PAPER.dossier.chart)
    assert [each.facts["what"] for each in missing_in_papers(again, PAPER.terms)] == ["legal_basis", "alternative"]


def test_what_was_written_about_an_arrow_is_not_lost_unasked() -> None:
    chart, arrow = PAPER.dossier.chart, PAPER.dossier.chart.under_review()[0]
    assert lost_by(PAPER.dossier, PAPER.terms, chart) == ()
    for other in (
        put_on(chart, replace(arrow, under_review=False)),
        put_on(chart, replace(arrow, carriage=Carriage.PAPER)),
        take_off(chart, arrow.connection),
    ):
        assert [each.connection for each in lost_by(PAPER.dossier, PAPER.terms, other)] == [arrow.connection]
    blank, terms = redraw(replace(PAPER.dossier, sheets=()), (), chart)
    assert lost_by(blank, terms, take_off(chart, arrow.connection)) == ()


def test_who_pays_and_whose_lines_are_asked_and_a_chart_of_before_keeps_its_bytes() -> None:
    silent = replace(PAPER.dossier, chart=CHART)
    assert b"fee_payer" not in canonical_dossier(silent)
    asked = {(each.facts["place"], each.facts["what"]) for each in missing_in_papers(silent, PAPER.terms)}
    assert asked == {(each.network, what) for each in CHART.networks for what in ("fee_payer", "carrier")}
    assert classify_change(silent, PAPER.dossier) is ChangeClass.MINOR
    other = put_on(PAPER.dossier.chart, replace(PAPER.dossier.chart.networks[0], fee_payer="県"))
    assert classify_change(PAPER.dossier, replace(PAPER.dossier, chart=other)) is ChangeClass.MATERIAL
