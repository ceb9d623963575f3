"""湖西市, 2017: one column of 5,853 notices slipped, and 1,992 left with another person's Individual Number.

Here whatever one column does - any permutation, any shift, any gap - the file is refused before it leaves. So many
random ones as SEKISHO_COLUMN_SHIFTS says, 300 by default; 10,000 were run (see docs/explanation/row-seals.md).
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from random import Random

import pytest

from sekisho.adapters.layouts import layouts_in_use
from sekisho.adapters.places import shipped_municipalities
from sekisho.business.hometown_donations.notices import (
    NoticeBatch,
    broken_rows,
    group_notices,
    make_batches,
    residence_in,
    rows_of,
)
from sekisho.business.hometown_donations.one_stop import seals
from sekisho.records import Layout, write
from tests.fakes.one_stop import KEY, SENDER, application_of, sealed, typed_form

SHIFTS = int(os.environ.get("SEKISHO_COLUMN_SHIFTS", "300"))
Rows = list[dict[str, str]]
Slip = Callable[[Random, Sequence[str]], list[str]]


@cache
def layout() -> Layout:
    """The layout of the notice."""
    return layouts_in_use().version("onestop.notice", "2016-reconstructed")


def make_batch() -> NoticeBatch:
    """Twenty-four donors of one city; some share an amount, a birthday or a name, as people do."""
    chance, rows = Random(1992), []
    for number in range(1, 25):
        amount = chance.choice((10_000, 30_000, 50_000))
        typed = {**typed_form(chance, amount), "address": f"長崎県佐世保市八幡町{number // 2 + 1}番"}
        rows.append(sealed(application_of(typed, f"2026-{number:06d}", amount)))
    (made,) = make_batches(
        group_notices(rows, KEY, residence_in(shipped_municipalities())).notices, SENDER, date(2027, 1, 20)
    )
    return made


@cache
def batch() -> NoticeBatch:
    """The same, made once."""
    return make_batch()


def _permuted(chance: Random, column: Sequence[str]) -> list[str]:
    """Any order."""
    return chance.sample(column, len(column))


def _turned(chance: Random, column: Sequence[str]) -> list[str]:
    """Moved down by some rows, the last ones on top."""
    by = chance.randrange(1, len(column))
    return [*column[-by:], *column[:-by]]


def _slipped(chance: Random, column: Sequence[str]) -> list[str]:
    """Moved down from some row on, with a copy or nothing in the gap, as spreadsheets do."""
    start, gap = chance.randrange(len(column)), chance.choice((True, False))
    return [*column[:start], column[start] if gap else "", *column[start:-1]][: len(column)]


def _swapped(chance: Random, column: Sequence[str]) -> list[str]:
    """Two rows changed places, the least that can happen."""
    one, other = chance.sample(range(len(column)), 2)
    made = list(column)
    made[one], made[other] = column[other], column[one]
    return made


def _one_lost(chance: Random, column: Sequence[str]) -> list[str]:
    """One value is that of a neighbour."""
    made, place = list(column), chance.randrange(len(column))
    made[place] = column[place - 1]
    return made


SLIPS: tuple[Slip, ...] = (_permuted, _turned, _slipped, _swapped, _one_lost)


def with_column(rows: Rows, name: str, column: Sequence[str]) -> Rows:
    """The rows with one column replaced."""
    return [{**row, name: value} for row, value in zip(rows, column, strict=True)]


def let_through(chance: Random, count: int) -> tuple[int, int]:
    """How many slipped files were really other files, and how many of those were not refused."""
    rows: Rows = [dict(each) for each in rows_of(batch())]
    whole = b"".join(write(layout(), rows))
    names, tried, passed = [field.name for field in layout().fields], 0, 0
    while tried < count:
        name, slip = chance.choice(names), chance.choice(SLIPS)
        slipped = b"".join(write(layout(), with_column(rows, name, slip(chance, [row[name] for row in rows]))))
        if slipped == whole:  # equal values changed places: it is the same file
            continue
        tried += 1
        passed += not broken_rows(KEY, layout(), batch(), [slipped])
    return tried, passed


def test_whatever_one_column_does_the_file_is_refused() -> None:
    assert let_through(Random(5_853), SHIFTS) == (SHIFTS, 0)


@pytest.mark.parametrize(
    "name", ["individual_number", "name", "kana", "address", "birth", "total_amount", "reception_number"]
)
def test_each_column_by_each_single_row(name: str) -> None:
    rows: Rows = [dict(each) for each in rows_of(batch())]
    column = [row[name] for row in rows]
    turned = [*column[-1:], *column[:-1]]
    changed = sum(one != other for one, other in zip(column, turned, strict=True))
    broken = broken_rows(KEY, layout(), batch(), write(layout(), with_column(rows, name, turned)))
    assert len(broken) == changed > 0


def slipped_before_writing(made: NoticeBatch, chance: Random) -> NoticeBatch:
    """The slip of 2017 itself: the numbers are other people's before any file is written, so file and rows agree."""
    numbers = [each.applicant.individual_number for each in made.notices]
    by = chance.randrange(1, len(numbers))
    people = zip(made.notices, [*numbers[-by:], *numbers[:-by]], strict=True)
    notices = (replace(each, applicant=replace(each.applicant, individual_number=number)) for each, number in people)
    return replace(made, notices=tuple(notices))


def broken_after_slip(made: NoticeBatch, seed: int) -> int:
    """How many rows of a file whose numbers slipped before it was written are refused."""
    slipped = slipped_before_writing(made, Random(seed))
    return len(broken_rows(KEY, layout(), slipped, write(layout(), rows_of(slipped))))


def test_numbers_that_slipped_before_the_file_was_written_are_refused_too() -> None:
    assert {broken_after_slip(batch(), seed) for seed in range(20)} == {batch().rows}


def test_a_seal_that_forgets_the_number_lets_the_slip_of_2017_through(monkeypatch: pytest.MonkeyPatch) -> None:
    """Planted: everything is bound but the Individual Number."""
    whole = seals._text_of
    monkeypatch.setattr(seals, "_text_of", lambda applicant: whole(applicant)[1:])
    assert broken_after_slip(make_batch(), 1) == 0
