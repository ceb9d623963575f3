"""kill -9 of lane and worker, at every door and at random: nothing acknowledged is lost, nothing happens twice."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.records import write
from tests.scenario.kill.house import CANARY, DOORS, House, choose_failpoint, holds_canary
from tests.scenario.kill.waiting import wait_until

SOURCE = Path("src").absolute()
STEPS = ("received", "cleared", "leaving", "delivered", "erasing", "erased")
KILLS = int(os.environ.get("SEKISHO_TEST_KILLS", "16"))
pytestmark = [pytest.mark.slow, pytest.mark.timeout(1500)]


def notices(number: int) -> bytes:
    """A small file of notices with the canary's name in it; every third is larger than 64 KiB."""
    record = {
        "office_code": "4201",
        "city_code": "422011",
        "property_kind": "土地",
        "received_on": "2026-05-01",
        "received_no": str(number + 1),
        "registered_on": "2026-05-02",
        "event": "所有権移転",
        "purpose": "所有権移転",
        "location": "長崎市桜町",
        "lot_number": f"{number + 1}番1",
        "owner_name": CANARY,
        "owner_address": f"{CANARY}1番",
        "remarks": "検" * 190,
    }
    count = 200 if number % 3 == 0 else 10
    rows = ({**record, "notice_id": f"K{number}-{row}", "received_no": str(row + 1)} for row in range(count))
    return b"".join(write(shipped_layouts().find("registry_notice"), rows))


def query(house: House, statement: str) -> list[tuple[object, ...]]:
    """Look into the house's database from outside."""
    with closing(sqlite3.connect(house.home / "sekisho.sqlite3")) as database:
        return database.execute(statement).fetchall()


def one_kill(house: House, chance: Random, number: int) -> None:
    """One parcel on its way, one death, one restart."""
    name, door = choose_failpoint(chance, number)
    house.kill(name)
    house.start(name, door)
    house.send(f"key-{number}", notices(number))
    if door:
        house.count(door if house.died(name, 6.0) else f"{door}: not reached")
    else:
        time.sleep(chance.random() * 0.4)
        house.count(f"random {name}")
    house.kill(name)
    house.start(name)
    house.send_again()


def settle(house: House, patience: float = 120) -> None:
    """Let everything come to its end, undisturbed."""
    for _ in range(20):
        house.send_again()
    assert not house.waiting
    open_ones = "select count(*) from database_parcel where state not in ('erased', 'turned_away')"
    waiting = 'select count(*) from database_entryrow where "index" is null'
    assert wait_until(lambda: query(house, open_ones) == [(0,)] == query(house, waiting), patience)


def faults_of(house: House) -> list[str]:
    """Everything that is lost or happened twice."""
    found = []
    by_key = query(house, "select key, count(*) from database_idempotencykey group by key having count(*) > 1")
    found += [f"key {key} answered by {count} parcels" for key, count in by_key]
    digests = query(house, "select digest, count(*) from database_document group by digest having count(*) > 1")
    found += [f"one file landed {count} times" for _, count in digests]
    steps = query(
        house,
        "select parcel, kind, count(*) from database_entryrow where parcel != '' group by 1, 2 having count(*) > 1",
    )
    found += [f"parcel {parcel}: {count} entries {kind}" for parcel, kind, count in steps]
    written = set(query(house, "select parcel, kind from database_entryrow"))
    found += [
        f"{key} acknowledged, no entry {kind}"
        for key, parcel in house.acknowledged.items()
        for kind in STEPS
        if (parcel, kind) not in written
    ]
    delivered = {row[0] for row in query(house, "select parcel from database_document")}
    found += [
        f"{key} acknowledged, not delivered" for key, parcel in house.acknowledged.items() if parcel not in delivered
    ]
    return found


def ledger_verdict(house: House) -> str:
    """What the house's own command says of the whole ledger."""
    command = [sys.executable, "-m", "sekisho", "ledger", "verify"]
    ended = subprocess.run(command, check=False, capture_output=True, text=True, env=house.environment(), timeout=120)
    return ended.stdout if ended.returncode else ""


def run_kills(house: House, kills: int, seed: int) -> None:
    """So many kills, then peace."""
    chance = Random(seed)
    for name in house.children:
        house.start(name)
    try:
        for number in range(kills):
            one_kill(house, chance, number)
        settle(house)
    finally:
        house.close()


def test_nothing_acknowledged_is_lost_and_nothing_happens_twice(
    open_house: Callable[[Path], House], capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_house(SOURCE)
    run_kills(house, KILLS, 56)
    with capsys.disabled():
        sys.stdout.write(f"\n{sum(house.deaths.values())} kills: {json.dumps(house.deaths, sort_keys=True)}\n")
    assert faults_of(house) == []
    assert ledger_verdict(house) == ""
    assert len(house.acknowledged) == KILLS
    assert holds_canary(house.home) == [], "plain text in the store"
    (house.home / "planted.txt").write_text(CANARY, encoding="utf-8")
    assert holds_canary(house.home) == ["planted.txt"], "the search itself finds it"
    unreached = [door for door in house.deaths if "not reached" in door]
    assert unreached == []
    assert {door for _, door in DOORS} <= set(house.deaths), "sixteen kills and more reach every door"


def test_a_build_without_the_idempotency_row_is_caught(open_house: Callable[[Path], House], tmp_path: Path) -> None:
    mutant = tmp_path / "mutant"
    shutil.copytree(SOURCE, mutant, ignore=shutil.ignore_patterns("__pycache__"))
    place = mutant / "sekisho/adapters/database/entrances.py"
    whole = place.read_text(encoding="utf-8")
    line = "            self._remember(admitted, stored, receipt)\n"
    assert line in whole
    place.write_text(whole.replace(line, "            pass\n"), encoding="utf-8")
    house = open_house(mutant)
    for name in house.children:
        house.start(name)
    try:
        house.kill("lane")
        house.start("lane", "received")
        house.send("key-lost", notices(1))
        assert house.died("lane", 6.0)
        house.start("lane")
        settle(house)
    finally:
        house.close()
    assert any("landed 2 times" in fault for fault in faults_of(house))


def test_a_step_without_its_entry_would_be_noticed(open_house: Callable[[Path], House]) -> None:
    house = open_house(SOURCE)
    for name in house.children:
        house.start(name)
    try:
        house.send("key-1", notices(1))
        settle(house)
    finally:
        house.close()
    assert faults_of(house) == []
    with closing(sqlite3.connect(house.home / "sekisho.sqlite3")) as database:
        database.execute("delete from database_entryrow where kind = 'cleared'")
        database.commit()
    assert faults_of(house) == ["key-1 acknowledged, no entry cleared"]
    assert "合いません" in ledger_verdict(house)
