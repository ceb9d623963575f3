"""How much each change of a dossier weighs."""

from dataclasses import replace

import pytest

from sekisho.kernel import Direction
from sekisho.kernel.council import (
    ChangeClass,
    Difference,
    Dossier,
    ExemptionClaim,
    Feasibility,
    ItemUse,
    Safeguard,
    SafeguardKind,
    classify_change,
    weigh_change,
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
    SEX,
    SHEET,
    TERMINAL,
    with_arrow,
    with_sheet,
)


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


def test_a_place_that_appears_or_goes_is_material_and_the_same_period_is_no_change() -> None:
    gone = _sheet(retention=SHEET.retention[:1])
    assert classify_change(DOSSIER, gone) is ChangeClass.MATERIAL
    assert classify_change(gone, DOSSIER) is ChangeClass.MATERIAL
    assert classify_change(_retained(1), _retained(0)) is ChangeClass.MINOR
    assert classify_change(_retained(0), _retained(1)) is ChangeClass.MATERIAL
    assert classify_change(_locked(Feasibility.CAN), _locked(Feasibility.PLANNED)) is ChangeClass.MINOR
    assert classify_change(DOSSIER, replace(DOSSIER, sheets=())) is ChangeClass.MATERIAL


@pytest.mark.parametrize("change", [("a", 1, "x"), ("a", "x", 1), ("a", None, 1), ("a", 1, None)])
def test_a_number_that_becomes_a_word_is_material(change: tuple[str, str | int | None, str | int | None]) -> None:
    for path in ("sheets[down].retention[terminal].hours", "sheets[down].parcels_a_year"):
        difference = Difference(path=path, before=change[1], after=change[2])
        assert weigh_change(difference) is ChangeClass.MATERIAL


def test_a_safeguard_that_stays_as_real_as_it_was_is_no_progress() -> None:
    same = Difference(path="sheets[down].safeguards[lock].feasibility", before="done", after="done")
    assert weigh_change(same) is ChangeClass.MATERIAL


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
