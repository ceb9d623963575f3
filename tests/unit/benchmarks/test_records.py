"""A benchmark can be wrong, too: its file, its line and its claims are tried on what they must catch."""

from pathlib import Path

import pytest

from benchmarks._records_file import PLANTED, Maker, count_planted, make_layout
from benchmarks._records_line import fit_line
from benchmarks.records import CONTENDERS, Best, Contender, judge
from sekisho.records import examine

ROWS = 600


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker(size=ROWS)


def counts_of(data: bytes) -> dict[str, int]:
    """How many faults each field has."""
    fields = [fault.field for fault in examine(make_layout(), [data]).faults]
    return {field: fields.count(field) for field in fields}


def test_the_file_holds_as_many_faults_of_each_rule_as_it_says_and_no_other(maker: Maker, tmp_path: Path) -> None:
    maker.write(tmp_path / "file.csv", ROWS)
    assert counts_of((tmp_path / "file.csv").read_bytes()) == dict.fromkeys(PLANTED, count_planted(ROWS, ROWS))


def test_a_file_is_read_in_part_with_the_faults_of_that_part() -> None:
    assert [count_planted(1_000_000, read) for read in (50_000, 200_000, 1_000_000)] == [5, 6, 10]


def test_a_cost_that_grows_faster_than_the_file_is_no_straight_line() -> None:
    line = fit_line({10**n: 0.008 + 3e-6 * 10**n for n in range(4, 8)})
    assert (line.start, line.each, line.deviation) == pytest.approx((0.008, 3e-6, 0))
    assert fit_line({10**n: 3e-12 * 10 ** (2 * n) for n in range(4, 8)}).deviation > 1
    bent = fit_line({10**4: 1.0, 10**5: 10.0, 10**6: 150.0, 10**7: 1000.0})
    assert (bent.at, bent.deviation > 0.25) == (10**6, True)


def best_of(contender: Contender, rate: int) -> Best:
    """A contender that does so many records in a CPU second, and finds everything."""
    rows = min(contender.most, 10**6)
    found = dict.fromkeys(PLANTED, count_planted(10**6, rows))
    return Best(rows=rows, faults=found, laps={contender.of: [rows / rate, rows / rate]}, peak_mib=100)


def missed(best: dict[str, Best]) -> list[str]:
    """The claims about the run itself that are not met."""
    claims = judge(best, CONTENDERS, 10**6)
    return [claim for claim, met in claims.items() if not met and "faster" not in claim]


def test_a_slow_peer_voids_the_run_and_a_missed_fault_is_seen() -> None:
    best = {each.name: best_of(each, max(each.known, 2_000_000)) for each in CONTENDERS}
    assert missed(best) == []
    pandera = next(each for each in CONTENDERS if each.name == "pandera")
    best["pandera"] = best_of(pandera, pandera.known // 2 - 1)
    best["dataframely"].faults["sex"] -= 1
    assert missed(best) == [
        "every tool finds the planted faults, rule by rule; but not dataframely",
        "every peer reaches half its known figure (else the run is VOID); but not pandera",
    ]
