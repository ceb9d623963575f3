"""The inner storeys have no clock: what a crossing decides depends only on what is handed in."""

import ast
from pathlib import Path

import pytest

from tests.architecture.conftest import ROOT, Copy

INNER = ["kernel", "records", "business"]
CLOCKS = {"now", "utcnow", "today", "time", "monotonic"}


def clock_readings(folder: Path) -> list[str]:
    """Find calls that read a clock: datetime.now(), date.today(), time.time() and their kin."""
    readings = []
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = ast.unparse(node.func.value).rsplit(".", 1)[-1]
            if node.func.attr in CLOCKS and owner in {"datetime", "date", "time"}:
                readings.append(f"{path.name}:{node.lineno}")
    return readings


@pytest.mark.parametrize("storey", INNER)
def test_no_inner_storey_reads_a_clock(storey: str) -> None:
    assert clock_readings(ROOT / "src/sekisho" / storey) == []


@pytest.mark.parametrize("storey", INNER)
def test_a_planted_clock_is_found_by_the_linter_and_by_this_test(copy: Copy, storey: str) -> None:
    copy.plant(
        f"src/sekisho/{storey}/planted.py",
        '"""Planted."""\n\nfrom datetime import UTC, datetime\n\nNOON = datetime.now(UTC)\n',
    )
    assert clock_readings(copy.root / "src/sekisho" / storey) == ["planted.py:5"]
    verdict = copy.run("ruff", "check", "--no-cache", "--output-format", "concise", f"src/sekisho/{storey}/planted.py")
    assert "TID251" in verdict.report


def test_the_outer_storeys_may_read_the_clock(copy: Copy) -> None:
    copy.plant(
        "src/sekisho/adapters/planted.py",
        '"""Planted."""\n\nfrom datetime import UTC, datetime\n\nNOON = datetime.now(UTC)\n',
    )
    verdict = copy.run("ruff", "check", "--no-cache", "--output-format", "concise", "src/sekisho/adapters/planted.py")
    assert "TID251" not in verdict.report
