"""The year of the demonstration: its plan, its donors, and that whatever does not add up is said."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from sekisho.cli.demo.year.plan import SHARES, Year, year_before
from sekisho.cli.demo.year.told import YearReport
from sekisho.records import NumberKind, check_number

WHOLE = YearReport(
    year=2025,
    portals={"choice": (8, 80_000), "rakuten": (2, 20_000)},
    manager={"choice": (8, 80_000), "rakuten": (2, 20_000)},
    files=2,
    erased=2,
    late=0,
    donors=9,
    applications=4,
    accepted_yen=40_000,
    untold_yen=5_000,
    exceptions=("abroad",),
    destinations=2,
    batches=3,
    acknowledged=3,
    road=(2, 30_000),
    paper=(1, 5_000),
)


def test_a_year_in_which_everything_is_there_has_no_differences() -> None:
    assert list(WHOLE.differences()) == []
    assert (WHOLE.lost, WHOLE.doubled) == (0, 0)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"manager": {"choice": (8, 80_000), "rakuten": (1, 10_000)}}, "rakuten"),
        ({"manager": {"choice": (8, 80_000), "rakuten": (2, 20_001)}}, "rakuten"),
        ({"manager": {"choice": (9, 90_000), "rakuten": (2, 20_000)}}, "choice"),
        ({"manager": {**WHOLE.manager, "window": (1, 1)}}, "window"),
        ({"erased": 1}, "copies are left"),
        ({"late": 1}, "copies are left"),
        ({"acknowledged": 2}, "not acknowledged"),
        ({"accepted_yen": 40_001}, "yen differ"),
        ({"road": (2, 29_000)}, "yen differ"),
        ({"paper": (0, 0)}, "yen differ"),
    ],
)
def test_whatever_does_not_add_up_is_said(fault: Mapping[str, Any], said: str) -> None:
    found = list(replace(WHOLE, **fault).differences())
    assert len(found) == 1
    assert said in found[0]


def test_lost_and_doubled_donations_are_counted_portal_by_portal() -> None:
    mixed = replace(WHOLE, manager={"choice": (10, 0), "rakuten": (1, 0)})
    assert (mixed.lost, mixed.doubled) == (1, 2)


@pytest.mark.parametrize("donations", [1, 7, 240, 2_000, 72_000])
def test_the_portals_share_the_year_without_rest(donations: int) -> None:
    counts = Year(year=2025, donations=donations).counts()
    assert sum(counts.values()) == donations
    assert list(counts) == [each.portal for each in SHARES]


def test_the_year_is_over_when_it_is_played_and_its_days_keep_the_deadlines() -> None:
    year = year_before(date(2026, 1, 1), 10)
    assert year.year == 2025
    assert year.forms_came.date() <= date(2026, 1, 10) < year.closed_on <= year.told_at.date() <= date(2026, 1, 31)


def test_made_up_numbers_are_valid_and_the_same_donor_has_one() -> None:
    from sekisho.cli.demo.year.people import made_up_birth, made_up_number

    for who in ("見本 花子/長崎県長崎市", "見本 太郎/福岡県", ""):
        assert check_number(NumberKind.INDIVIDUAL, made_up_number(who)).valid
        assert made_up_number(who) == made_up_number(who)
        assert date.fromisoformat(made_up_birth(who)) < date(2005, 1, 1)
