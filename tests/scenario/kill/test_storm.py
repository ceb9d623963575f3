"""Twelve clients send at once while lane and worker are killed at random: what was acknowledged happens, and once.

How many parcels is a setting; docs/how-to/work-on-the-code.md says how the run of ten thousand is made.
"""

import itertools
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from tests.scenario.kill.house import CANARY, House, holds_canary
from tests.scenario.kill.test_kills import SOURCE, faults_of, ledger_verdict, notices, query, settle

CLIENTS = 12
PARCELS = int(os.environ.get("SEKISHO_TEST_STORM", "60"))
LONGEST_PAUSE = 1.0
MOST = 50
pytestmark = [pytest.mark.slow, pytest.mark.timeout(600 + PARCELS)]


def send_until_acknowledged(house: House, numbers: Iterator[int]) -> None:
    """One client: parcel after parcel, each under one key until it has its answer."""
    for number in numbers:
        key = f"storm-{number}"
        while key not in house.acknowledged:
            house.send(key, notices(3 * number + 1))
            if key not in house.acknowledged:
                time.sleep(0.05)


def kill_at_random(house: House, clients: list[threading.Thread], chance: Random) -> None:
    """Until all clients have their answers: one of the two dies at a random time, then the other, and comes back."""
    for name in itertools.cycle(("worker", "lane")):
        time.sleep(chance.uniform(0.1, LONGEST_PAUSE))
        if not any(each.is_alive() for each in clients):
            return
        house.kill(name)
        house.count(name)
        house.start(name)


def storm(house: House, parcels: int, seed: int) -> None:
    """Given a house, when twelve clients send and processes die, then all come to their end.

    They send so many parcels, and on a quick machine more, until each process has died at least once.
    """
    for name in house.children:
        house.start(name)
    lock, source = threading.Lock(), itertools.count()

    def take_turns() -> Iterator[int]:
        """The next number, for whichever client asks."""
        while True:
            with lock:
                number = next(source)
            if number >= parcels and (len(house.deaths) == len(house.children) or number >= MOST * parcels):
                return
            yield number

    clients = [threading.Thread(target=send_until_acknowledged, args=(house, take_turns())) for _ in range(CLIENTS)]
    try:
        for each in clients:
            each.start()
        kill_at_random(house, clients, Random(seed))
        settle(house, 120 + parcels * 0.2)
    finally:
        house.close()


def test_twelve_clients_lose_nothing_while_processes_die(
    open_house: Callable[[Path], House], capsys: pytest.CaptureFixture[str]
) -> None:
    house = open_house(SOURCE)
    storm(house, PARCELS, 2019)
    sent = len(house.acknowledged)
    with capsys.disabled():
        sys.stdout.write(f"\n{sent} parcels, {sum(house.deaths.values())} kills: {house.deaths}\n")
    assert sent >= PARCELS
    assert sorted(house.acknowledged) == sorted(f"storm-{number}" for number in range(sent))
    assert faults_of(house) == []
    assert ledger_verdict(house) == ""
    assert holds_canary(house.home) == [], f"plain text of {CANARY} in the store"
    assert len(set(house.acknowledged.values())) == sent, "two keys were answered with one parcel"
    received = query(house, "select count(*) from database_entryrow where kind = 'received'")
    assert received == [(sent,)], "a parcel was received that nobody was told of"
    assert set(house.deaths) == {"lane", "worker"}
