"""A dossier with a blank cannot be submitted; what changed is named field by field and weighed."""

from dataclasses import replace

import pytest

from sekisho.kernel import Carriage, DataItem, Direction, Refused
from sekisho.kernel.council import (
    ChangeClass,
    ConnectionSheet,
    Dossier,
    ExemptionClaim,
    Feasibility,
    ItemUse,
    Retention,
    Safeguard,
    SafeguardKind,
    check_complete,
    classify_change,
    differences_between,
    digest_of_dossier,
    flatten_dossier,
    missing_in,
    weigh_changes,
)
from tests.unit.kernel.council_story import (
    BUREAU,
    CHART,
    CITY,
    DOSSIER,
    DOWN,
    LOT,
    NAME,
    PLATFORM,
    PRINTER,
    SHEET,
    TERMINAL,
    with_arrow,
    with_sheet,
)

FRONT = ("title_ja", "title_en", "agency", "department", "regime", "purpose", "before", "after", "planned_changes")
SEX = DataItem(item="sex", ja="性別", en="Sex", use="不明")


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
    dossier = replace(with_arrow(arrow), sheets=(replace(sheet, parcels_a_year=0),))
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


def _sheet(**changed: object) -> Dossier:
    """The dossier with a changed sheet."""
    return with_sheet(replace(SHEET, **changed))  # type: ignore[arg-type]


def _arrow(**changed: object) -> Dossier:
    """The dossier with a changed arrow."""
    return with_arrow(replace(DOWN, **changed))  # type: ignore[arg-type]


def _retained(hours: int) -> Dossier:
    """The dossier with another keeping period."""
    return _sheet(retention=(SHEET.retention[0], replace(SHEET.retention[1], hours=hours)))


def _locked(feasibility: Feasibility) -> Dossier:
    """The dossier with the lock more or less real."""
    return _sheet(safeguards=(*SHEET.safeguards[:2], replace(SHEET.safeguards[2], feasibility=feasibility)))


SECOND = replace(TERMINAL, computer="terminal-2", label_ja="端末2")
FEWER = replace(with_arrow(replace(DOWN, items=(NAME,))), sheets=(replace(SHEET, items=SHEET.items[:1]),))
MORE = replace(
    with_arrow(replace(DOWN, items=(NAME, LOT, SEX))),
    sheets=(
        replace(SHEET, items=(*SHEET.items, ItemUse(item="sex", necessity="x", legal_basis="x", alternative="x"))),
    ),
)
FENCE = Safeguard(safeguard="fence", kind=SafeguardKind.PHYSICAL, text="柵", feasibility=Feasibility.CAN)
WEIGHED: list[tuple[str, Dossier, ChangeClass]] = [
    ("nothing", DOSSIER, ChangeClass.NONE),
    ("a label", _arrow(label_ja="通知を受ける"), ChangeClass.EDITORIAL),
    ("the title", replace(DOSSIER, title_ja="別の件名"), ChangeClass.EDITORIAL),
    ("the roster", _sheet(operators=("inasa", "urakami")), ChangeClass.MINOR),
    ("fewer items", FEWER, ChangeClass.MINOR),
    ("more items", MORE, ChangeClass.MATERIAL),
    ("shorter keeping", _retained(12), ChangeClass.MINOR),
    ("longer keeping", _retained(25), ChangeClass.MATERIAL),
    ("another factor", _sheet(factors=("password", "certificate", "fingerprint")), ChangeClass.MINOR),
    ("a factor less", _sheet(factors=("password",)), ChangeClass.MATERIAL),
    ("twice the volume", _sheet(records_a_year=40_000), ChangeClass.MINOR),
    ("more than twice the volume", _sheet(records_a_year=40_001), ChangeClass.MATERIAL),
    ("less volume", _sheet(parcels_a_year=1), ChangeClass.MINOR),
    ("a new kind of persons", _sheet(subjects=("土地家屋の所有者", "借地人")), ChangeClass.MATERIAL),
    ("a kind of persons less", _sheet(subjects=()), ChangeClass.MINOR),
    ("the purpose", _sheet(purpose="別の目的"), ChangeClass.MATERIAL),
    ("the direction", _arrow(direction=Direction.OUTWARD), ChangeClass.MATERIAL),
    ("the counterpart", _arrow(source="terminal"), ChangeClass.MATERIAL),
    ("a processor", replace(DOSSIER, processors=(PRINTER, replace(PRINTER, contractor="sub"))), ChangeClass.MATERIAL),
    (
        "the certificate",
        replace(DOSSIER, processors=(replace(PRINTER, certificate_until="2029-03-31"),)),
        ChangeClass.MINOR,
    ),
    ("a safeguard becomes real", _locked(Feasibility.DONE), ChangeClass.MINOR),
    ("a safeguard becomes less real", _locked(Feasibility.CAN), ChangeClass.MATERIAL),
    ("a safeguard more", _sheet(safeguards=(*SHEET.safeguards, FENCE)), ChangeClass.MINOR),
    ("a safeguard less", _sheet(safeguards=SHEET.safeguards[:2]), ChangeClass.MATERIAL),
    (
        "the Individual Number",
        _sheet(items=(replace(SHEET.items[0], individual_number=True), SHEET.items[1])),
        ChangeClass.MATERIAL,
    ),
    ("a robot", _sheet(operators=("urakami",), trigger="RPA"), ChangeClass.MATERIAL),
    (
        "an exemption",
        replace(DOSSIER, exemption=ExemptionClaim(article="1", quotation="x", claimed_by="x")),
        ChangeClass.MATERIAL,
    ),
    (
        "a terminal beside",
        replace(DOSSIER, chart=replace(CHART, computers=(TERMINAL, PLATFORM, SECOND))),
        ChangeClass.MINOR,
    ),
    (
        "a terminal elsewhere",
        replace(DOSSIER, chart=replace(CHART, computers=(TERMINAL, PLATFORM, replace(SECOND, place="支所")))),
        ChangeClass.MATERIAL,
    ),
    (
        "a computer of others",
        replace(DOSSIER, chart=replace(CHART, computers=(TERMINAL, PLATFORM, replace(PLATFORM, computer="other")))),
        ChangeClass.MATERIAL,
    ),
    (
        "a network",
        replace(DOSSIER, chart=replace(CHART, networks=(CITY, BUREAU, replace(CITY, network="x")))),
        ChangeClass.MATERIAL,
    ),
    (
        "an arrow",
        replace(DOSSIER, chart=replace(CHART, connections=(DOWN, replace(DOWN, connection="up")))),
        ChangeClass.MATERIAL,
    ),
    (
        "the terminal moves",
        replace(DOSSIER, chart=replace(CHART, computers=(replace(TERMINAL, place="3階"), PLATFORM))),
        ChangeClass.MINOR,
    ),
]


@pytest.mark.parametrize(("after", "weight"), [each[1:] for each in WEIGHED], ids=[each[0] for each in WEIGHED])
def test_each_change_has_its_weight(after: Dossier, weight: ChangeClass) -> None:
    assert classify_change(DOSSIER, after) is weight


def test_the_heaviest_difference_gives_the_weight_and_each_keeps_its_own() -> None:
    both = replace(_retained(48), title_ja="別の件名")
    weights = {each.difference.path: each.weight for each in weigh_changes(DOSSIER, both)}
    assert weights == {
        "title_ja": ChangeClass.EDITORIAL,
        "sheets[down].retention[terminal].hours": ChangeClass.MATERIAL,
    }


def test_a_field_nobody_weighed_is_material() -> None:
    assert classify_change(DOSSIER, replace(DOSSIER, agency="water_utility")) is ChangeClass.MATERIAL
    assert classify_change(DOSSIER, replace(DOSSIER, regime="act_2023")) is ChangeClass.MATERIAL
