"""A dossier with a blank cannot be submitted; what changed is named field by field."""

from dataclasses import replace

import pytest

from sekisho.kernel import Carriage, Refused
from sekisho.kernel.council import (
    ConnectionSheet,
    Dossier,
    Feasibility,
    ItemUse,
    Retention,
    check_complete,
    differences_between,
    digest_of_dossier,
    flatten_dossier,
    missing_in,
)
from tests.unit.kernel.council_story import (
    BUREAU,
    CHART,
    CITY,
    DOSSIER,
    DOWN,
    FRONT,
    PLATFORM,
    PRINTER,
    SHEET,
    TERMINAL,
    with_arrow,
    with_sheet,
)


def places(dossier: Dossier) -> list[tuple[str, str]]:
    """What is missing, and where."""
    return [(reason.facts["place"], reason.facts["what"]) for reason in missing_in(dossier)]


def test_a_complete_dossier_misses_nothing() -> None:
    check_complete(DOSSIER)


@pytest.mark.parametrize("name", [*FRONT, "already_in_use_since"])
def test_a_blank_on_the_front_page_blocks(name: str) -> None:
    assert places(replace(DOSSIER, **{name: ""})) == [("consultation 56", name)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["owner", "installer", "operator", "closed"])
def test_a_network_without_an_answer_blocks(name: str) -> None:
    chart = replace(CHART, networks=(replace(CITY, **{name: ""}), BUREAU))  # type: ignore[arg-type]
    assert places(replace(DOSSIER, chart=chart)) == [("city", name)]


def test_unknown_is_an_answer() -> None:
    assert BUREAU.owner == "不明"
    assert not places(DOSSIER)


@pytest.mark.parametrize("name", ["purpose", "function", "trigger", "subjects", "operators", "factors"])
def test_a_blank_on_a_sheet_blocks(name: str) -> None:
    blank = () if isinstance(getattr(SHEET, name), tuple) else ""
    assert places(with_sheet(replace(SHEET, **{name: blank}))) == [("down", name)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("sheet", "missing"),
    [
        (replace(SHEET, parcels_a_year=0), [("down", "parcels_a_year")]),
        (replace(SHEET, records_a_year=0), [("down", "records_a_year")]),
        (replace(SHEET, items=SHEET.items[:1]), [("down.lot_number", "necessity")]),
        (
            replace(
                SHEET, items=(replace(SHEET.items[0], necessity="", legal_basis="", alternative=""), SHEET.items[1])
            ),
            [("down.owner_name", "necessity"), ("down.owner_name", "legal_basis"), ("down.owner_name", "alternative")],
        ),
        (
            replace(SHEET, items=(*SHEET.items, ItemUse(item="sex", necessity="x", legal_basis="x", alternative="x"))),
            [("chart.down", "sex")],
        ),
        (replace(SHEET, retention=SHEET.retention[:1]), [("down.terminal", "retention")]),
        (replace(SHEET, safeguards=SHEET.safeguards[:2]), [("down.safeguards", "physical")]),
    ],
)
def test_what_a_sheet_lacks_is_named(sheet: ConnectionSheet, missing: list[tuple[str, str]]) -> None:
    assert places(with_sheet(sheet)) == missing


def test_a_safeguard_that_is_only_possible_does_not_count() -> None:
    possible = replace(SHEET.safeguards[2], feasibility=Feasibility.CAN)
    sheet = replace(SHEET, safeguards=(*SHEET.safeguards[:2], possible))
    assert places(with_sheet(sheet)) == [("down.safeguards", "physical")]


def test_an_arrow_without_a_sheet_and_a_chart_without_an_arrow_block() -> None:
    assert places(replace(DOSSIER, sheets=())) == [("down", "sheet")]
    assert places(with_arrow(replace(DOWN, under_review=False))) == [("chart", "under_review")]


def test_pixels_leave_no_copy_and_carry_no_parcels() -> None:
    arrow = replace(DOWN, carriage=Carriage.PIXELS, items=())
    sheet = replace(SHEET, items=(), retention=(Retention(place="terminal", hours=0, reason="-", method="-"),))
    dossier = replace(with_arrow(arrow), sheets=(replace(sheet, parcels_a_year=0, records_a_year=0),))
    assert not places(dossier)


@pytest.mark.parametrize("name", ["works_for", "task", "place_of_data", "certificate"])
def test_a_contractor_without_an_answer_blocks(name: str) -> None:
    blank = replace(PRINTER, **{name: ""})
    assert places(replace(DOSSIER, processors=(blank,))) == [("printer", name)]


def test_every_missing_answer_is_gathered_at_once() -> None:
    with pytest.raises(Refused) as refusal:
        check_complete(replace(with_sheet(replace(SHEET, purpose="")), title_ja=""))
    assert len(refusal.value.reasons) == 2


def test_the_digest_changes_with_any_field_and_not_with_nothing() -> None:
    assert digest_of_dossier(DOSSIER) == digest_of_dossier(replace(DOSSIER))
    assert digest_of_dossier(DOSSIER) != digest_of_dossier(replace(DOSSIER, purpose="別の目的"))


def test_a_difference_is_named_by_its_place_and_not_by_its_position() -> None:
    turned = with_sheet(replace(SHEET, items=SHEET.items[::-1], retention=SHEET.retention[::-1]))
    assert not differences_between(DOSSIER, turned)
    longer = with_sheet(replace(SHEET, retention=(SHEET.retention[0], replace(SHEET.retention[1], hours=48))))
    (found,) = differences_between(DOSSIER, longer)
    assert (found.path, found.before, found.after) == ("sheets[down].retention[terminal].hours", 24, 48)


def test_the_number_and_the_version_are_not_compared_so_that_a_precedent_can_be() -> None:
    assert not differences_between(DOSSIER, replace(DOSSIER, consultation="57", version=3))
    assert "consultation" not in flatten_dossier(DOSSIER)


def test_a_chart_that_names_places_with_dots_is_told_place_by_place() -> None:
    dotted = replace(CITY, network="city.main", owner="")
    terminal = replace(TERMINAL, network="city.main")
    chart = replace(CHART, networks=(dotted, BUREAU), computers=(terminal, PLATFORM))
    assert places(replace(DOSSIER, chart=chart)) == [("city.main", "owner")]


def test_every_item_without_a_word_is_named_not_only_the_first() -> None:
    assert places(with_sheet(replace(SHEET, items=(SHEET.items[1], SHEET.items[1])))) == [
        ("down.owner_name", "necessity")
    ]
    assert ("down.lot_number", "necessity") in places(with_sheet(replace(SHEET, items=())))
    assert ("down.owner_name", "necessity") in places(with_sheet(replace(SHEET, items=())))


def test_one_parcel_a_year_is_an_answer_and_pixels_still_need_their_texts() -> None:
    assert not places(with_sheet(replace(SHEET, parcels_a_year=1)))
    pixels = replace(
        with_arrow(replace(DOWN, carriage=Carriage.PIXELS, items=())), sheets=(replace(SHEET, items=(), trigger=""),)
    )
    assert places(pixels) == [("down", "trigger")]
