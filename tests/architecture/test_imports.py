"""Imports point down, and every contract catches the violation it is meant for."""

import tomllib
from itertools import pairwise

import pytest

from tests.architecture.conftest import ROOT, Copy

# contract -> files that break it; the first words of each are what a tired person would write
PLANTS = {
    "storeys": {"src/sekisho/kernel/network/planted.py": "import sekisho.adapters\n"},
    "kernel-rooms": {"src/sekisho/kernel/network/planted.py": "import sekisho.kernel.gate\n"},
    "front-door": {"src/sekisho/adapters/planted.py": "from sekisho.kernel.gate.corridor import cross\n"},
    "neighbours": {
        "src/sekisho/business/one_line/__init__.py": "import sekisho.business.other_line\n",
        "src/sekisho/business/other_line/__init__.py": "",
    },
    "survey-reads-first": {
        "src/sekisho/business/connection_survey/hosts.py": "import sekisho.business.connection_survey.matching\n",
    },
    "strangers": {"src/counterparts/planted.py": "import sekisho.records\n"},
    "strangers-outside": {"src/sekisho/adapters/planted.py": "import counterparts\n"},
    "donations-apart": {"src/sekisho/lane/planted.py": "import sekisho.adapters.donations\n"},
    "pure-kernel": {"src/sekisho/kernel/gate/planted.py": "import sqlite3\n"},
    "pure-records": {"src/sekisho/records/planted.py": "from pathlib import Path\n"},
    "plain-business": {"src/sekisho/business/one_line/__init__.py": "from django.db import models\n"},
}
STOREYS = ["records", "kernel", "business", "adapters", "bootstrap", "lane"]
IMPURE = ["django", "socket", "ssl", "sqlite3", "os", "pathlib", "time", "random", "subprocess", "http", "urllib"]


def contracts() -> dict[str, str]:
    """Read the contracts, id to name, from the rules."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return {one["id"]: one["name"] for one in rules["tool"]["importlinter"]["contracts"]}


def test_the_tree_keeps_every_contract(copy: Copy) -> None:
    verdict = copy.run("lint-imports", "--no-logo", "--no-cache")
    assert verdict.status == 0, verdict.report
    assert f"{len(contracts())} kept, 0 broken" in verdict.report


def test_every_contract_has_a_planted_violation() -> None:
    assert set(PLANTS) == set(contracts())


@pytest.mark.parametrize("contract", sorted(PLANTS))
def test_a_planted_violation_breaks_the_contract_meant_for_it(copy: Copy, contract: str) -> None:
    for place, text in PLANTS[contract].items():
        copy.plant(place, text)
    verdict = copy.run("lint-imports", "--no-logo", "--no-cache")
    assert verdict.status == 1
    assert f"{contracts()[contract]} BROKEN" in verdict.report, verdict.report


@pytest.mark.parametrize(("lower", "upper"), [*pairwise(STOREYS), ("bootstrap", "cli")])
def test_no_storey_looks_up(copy: Copy, lower: str, upper: str) -> None:
    place = copy.root / "src/sekisho" / lower
    if not place.is_dir():
        copy.plant(f"src/sekisho/{lower}.py", f"import sekisho.{upper}\n")
    else:
        copy.plant(f"src/sekisho/{lower}/planted.py", f"import sekisho.{upper}\n")
    verdict = copy.run("lint-imports", "--no-logo", "--no-cache", "--contract", "storeys")
    assert "BROKEN" in verdict.report


def test_the_entrances_do_not_know_each_other(copy: Copy) -> None:
    copy.plant("src/sekisho/lane/planted.py", "import sekisho.web\n")
    verdict = copy.run("lint-imports", "--no-logo", "--no-cache", "--contract", "storeys")
    assert "BROKEN" in verdict.report


def test_a_room_without_a_place_in_the_order_is_reported(copy: Copy) -> None:
    copy.plant("src/sekisho/helpers/__init__.py", "")
    verdict = copy.run("lint-imports", "--no-logo", "--no-cache", "--contract", "storeys")
    assert "BROKEN" in verdict.report
    assert "helpers" in verdict.report


def test_each_way_out_of_the_pure_kernel_is_closed(copy: Copy) -> None:
    copy.plant("src/sekisho/kernel/gate/planted.py", "".join(f"import {name}\n" for name in IMPURE))
    copy.plant("src/sekisho/records/planted.py", "".join(f"import {name}\n" for name in IMPURE))
    verdict = copy.run("lint-imports", "--no-logo", "--no-cache")
    for name in IMPURE:
        assert f"sekisho.kernel.gate.planted -> {name} " in verdict.report
        assert f"sekisho.records.planted -> {name} " in verdict.report
