"""A CP932 file of 1,000,000 records and 30 columns with ten rules: from bytes to the table of faults, beside peers.

Claims: at least 320,000 records per CPU second (400,000 is the aim), the rules alone 1.6 million, at most 250 MiB, and
the cost grows in proportion from 10^4 to 10^7 records. From bytes to faults is what the peers do; the gate hashes the
bytes besides, and that figure is shown beside it. Every contender works in a process of its own on the same file,
in turns, and must find exactly the faults that were planted. A peer that is slower than half its known figure voids
the run: then the machine, or the way the peer is used, is not what it should be.

Run: python3 dev.py bench records. BENCH_ROWS sets the size, BENCH_LINEAR=0 leaves out the second part, BENCH_ROUNDS
says how often each contender runs (the best counts). BENCH_PEERS is the Python of the peers; dev.py sets it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks._claims import tell_claims
from benchmarks._records_file import BLOCK, PLANTED, count_planted
from benchmarks._records_line import Line, fit_line

ROOT: Final = Path(__file__).resolve().parents[1]
ROWS: Final = int(os.environ.get("BENCH_ROWS", "1000000"))
ROUNDS: Final = int(os.environ.get("BENCH_ROUNDS", "3"))
LINEAR: Final = os.environ.get("BENCH_LINEAR", "1") != "0"
PEERS: Final = os.environ.get("BENCH_PEERS", sys.executable)
SIZES: Final = (10**4, 10**5, 10**6, 10**7)
IN_EACH_BLOCK: Final = 50  # of each rule: one record in a hundred is wrong

LEAST, AIM, LEAST_RULES, MOST_MIB = 320_000, 400_000, 1_600_000, 250
OFF: Final = 0.10  # from a start of at most 50 ms and a straight line
START: Final = 0.05


@dataclass(frozen=True)
class Contender:
    """One way from the file to its faults: the command, how many of the records, and the figure it is known for.

    `known` is the number of records per CPU second that the peer reached in the lap `of` when the tools were chosen.
    """

    name: str
    command: tuple[str, ...]
    most: int = 10**9
    known: int = 0
    of: str = "rules"


@dataclass
class Best:
    """The best of several runs."""

    rows: int
    faults: dict[str, int]
    laps: dict[str, list[float]] = field(default_factory=dict)
    peak_mib: float = 0

    def per_second(self, lap: str = "", clock: int = 0) -> float:
        """Records per second of CPU (or, with 1, of the clock on the wall), in one lap or in all."""
        return self.rows / sum(each[clock] for name, each in self.laps.items() if lap in {"", name})


PEER, OURS = (PEERS, "-m", "benchmarks._records_peers"), (sys.executable, "-m", "benchmarks._records_ours")
RULES_ALONE: Final = Contender("Sekisho, rules alone", (*OURS, "rules"))
CONTENDERS: Final = (
    Contender("Sekisho", (*OURS, "examine")),
    Contender("Sekisho, hashed too", (*OURS, "hashed")),
    Contender("Sekisho, two processes", (*OURS, "processes")),
    RULES_ALONE,
    Contender("dataframely", (*PEER, "dataframely"), known=2_340_000),
    Contender("pandera", (*PEER, "pandera"), known=2_120_000),
    Contender("pydantic", (*PEER, "pydantic"), most=100_000, known=108_000),
    Contender("frictionless", (*PEER, "frictionless"), most=50_000, known=30_000, of="read and rules"),
)


def run(contender: Contender, path: Path, rows: int) -> dict[str, Any]:
    """One run in a process of its own."""
    command = [*contender.command, str(path), str(min(rows, contender.most))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        sys.exit(f"{contender.name}: {done.stderr[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def measure(contenders: tuple[Contender, ...], path: Path, rows: int, rounds: int) -> dict[str, Best]:
    """Every contender in turn, several times; of each lap the run with the least CPU counts."""
    best: dict[str, Best] = {}
    for _ in range(rounds):
        for contender in contenders:
            answer = run(contender, path, rows)
            kept = best.setdefault(contender.name, Best(rows=answer["rows"], faults=answer["faults"]))
            for lap, times in answer["laps"].items():
                kept.laps[lap] = min(kept.laps.get(lap, times), times)
            kept.peak_mib = max(kept.peak_mib, answer["peak_mib"])
    return best


def make_file(path: Path, rows: int, everywhere: int = 0) -> None:
    """The file, written by another process, so that this one stays small: a child's peak begins with its parent's."""
    command = [sys.executable, "-m", "benchmarks._records_file", str(path), str(rows), str(everywhere)]
    subprocess.run(command, cwd=ROOT, check=True)


def show(best: dict[str, Best], contenders: tuple[Contender, ...]) -> None:
    """Print how fast each contender was, and how much faster or slower ours is."""
    ours = best["Sekisho"].per_second()
    print(f"{'':26}{'records':>10}{'records/CPU-s':>15}{'records/s':>11}{'rules/CPU-s':>13}{'MiB':>7}{'ours/peer':>11}")
    for contender in contenders:
        it = best[contender.name]
        rules = f"{it.per_second('rules'):,.0f}" if "rules" in it.laps else "-"
        whole = ("-", "-", "-")
        if contender is not RULES_ALONE:
            speed = it.per_second()
            whole = (f"{speed:,.0f}", f"{it.per_second(clock=1):,.0f}", f"{ours / speed:.2f}")
        row = f"{contender.name:26}{it.rows:>10,}{whole[0]:>15}{whole[1]:>11}{rules:>13}"
        print(f"{row}{it.peak_mib:>7,.0f}{whole[2]:>11}")


def is_right(it: Best, planted: int) -> bool:
    """Did it find exactly the planted faults of each rule?"""
    return it.faults == dict.fromkeys(PLANTED, planted)


def but_not(names: list[str]) -> str:
    """Who is the exception."""
    return f"; but not {', '.join(names)}" if names else ""


def judge(best: dict[str, Best], contenders: tuple[Contender, ...], rows: int) -> dict[str, bool]:
    """Which claims are met."""
    ours, rules = best["Sekisho"], best[RULES_ALONE.name]
    peers = [each for each in contenders if each.known]
    slow = [each.name for each in peers if best[each.name].per_second(each.of) < each.known / 2]
    wrong = [name for name, it in best.items() if not is_right(it, count_planted(rows, it.rows))]
    return {
        f"every tool finds the planted faults, rule by rule{but_not(wrong)}": not wrong,
        f"every peer reaches half its known figure (else the run is VOID){but_not(slow)}": not slow,
        f"bytes to table of faults >= {LEAST:,} records per CPU second": ours.per_second() >= LEAST,
        f"rules alone >= {LEAST_RULES:,} records per CPU second": rules.per_second("rules") >= LEAST_RULES,
        f"peak memory <= {MOST_MIB} MiB": ours.peak_mib <= MOST_MIB,
        **{f"faster than {each.name}": ours.per_second() > best[each.name].per_second() for each in peers},
    }


def measure_dirty(folder: Path) -> Best:
    """One record in a hundred is wrong: what the exact places of many faults cost."""
    path = folder / "dirty.csv"
    make_file(path, ROWS, IN_EACH_BLOCK)
    best = measure(CONTENDERS[:1], path, ROWS, ROUNDS)["Sekisho"]
    path.unlink()
    planted = -(-ROWS // BLOCK) * IN_EACH_BLOCK
    assert is_right(best, planted), f"not {planted} faults of each rule: {best.faults}"
    print(f"one record in a hundred is wrong: {best.per_second():,.0f} records/CPU-s, {best.peak_mib:,.0f} MiB")
    return best


def measure_sizes(folder: Path) -> dict[int, Best]:
    """Every size once a round, so that a machine that is slow for a while is slow for all of them; the best of each."""
    found: dict[int, Best] = {}
    for rows in SIZES:
        make_file(folder / f"{rows}.csv", rows)
    for rows in SIZES * ROUNDS:
        it = measure(CONTENDERS[:1], folder / f"{rows}.csv", rows, 1)["Sekisho"]
        assert is_right(it, count_planted(rows, rows)), it.faults
        found[rows] = max(found.get(rows, it), it, key=Best.per_second)
    for rows in SIZES:
        (folder / f"{rows}.csv").unlink()
    return found


def measure_line(folder: Path) -> tuple[Line, dict[str, bool]]:
    """From 10^4 to 10^7 records: the cost of a record and the memory stay the same."""
    costs, peak = {}, 0.0
    for rows, it in measure_sizes(folder).items():
        costs[rows], peak = it.rows / it.per_second(), max(peak, it.peak_mib)
        speed = f"{costs[rows]:>9.3f} CPU-s {it.per_second():>11,.0f} records/CPU-s"
        print(f"{rows:>12,} records {speed} {it.peak_mib:>6,.0f} MiB")
    line = fit_line(costs)
    told = f"{line.start * 1000:.1f} ms and {line.each * 1e6:.3f} us a record"
    print(f"CPU: {told}; largest deviation {line.deviation:.0%} at {line.at:,}")
    return line, {
        f"cost linear from 10^4 to 10^7 records (within {OFF:.0%})": line.deviation <= OFF and 0 <= line.start <= START,
        f"peak memory <= {MOST_MIB} MiB up to 10^7 records": peak <= MOST_MIB,
    }


def main() -> int:
    """Both parts, the claims, and the same as JSON."""
    with tempfile.TemporaryDirectory(prefix="sekisho-bench-") as place:
        path = Path(place) / "residents.csv"
        make_file(path, ROWS)
        print(f"{ROWS:,} records of 30 columns, {path.stat().st_size / 1e6:.0f} MB, CP932; best of {ROUNDS}")
        best = measure(CONTENDERS, path, ROWS, ROUNDS)
        path.unlink()
        show(best, CONTENDERS)
        claims = judge(best, CONTENDERS, ROWS)
        best["Sekisho, 1 % wrong"] = measure_dirty(Path(place))
        line, more = measure_line(Path(place)) if LINEAR else (None, {})
    claims |= more
    aim = best["Sekisho"].per_second() / AIM
    print(f"{aim:.0%} of the aim of {AIM:,} records per CPU second")
    status = tell_claims(claims)
    measured = {name: vars(it) for name, it in best.items()}
    print(json.dumps({"contenders": measured, "line": line and vars(line), "claims": claims}, ensure_ascii=False))
    return status


if __name__ == "__main__":
    sys.exit(main())
