"""The power fails while parcels arrive (K-07): what was acknowledged is on the disk when the power is back.

How many cuts is a setting. Killing processes cannot see this: what a killed process wrote is still in the machine.
"""

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from random import Random

import pytest

from tests.conftest import free_port
from tests.scenario.kill.conftest import found_house
from tests.scenario.kill.disk import Disk, make_image, missing, plugged_in, run
from tests.scenario.kill.house import House
from tests.scenario.kill.test_kills import SOURCE, faults_of, ledger_verdict, notices, settle
from tests.scenario.kill.waiting import wait_until

CUTS = int(os.environ.get("SEKISHO_TEST_CUTS", "1"))
CLIENTS = 6
FIRST = 12  # so many are acknowledged before anything is cut
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(300 + 60 * CUTS),
    pytest.mark.skipif(missing() != "", reason=missing() or "can"),
]


@pytest.fixture(scope="module")
def disk_of_a_house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The image of a disk on which a house was set up."""
    folder = tmp_path_factory.mktemp("disk")
    ready, image = found_house(folder, SOURCE), make_image(folder / "house.raw")
    with plugged_in(image) as place:
        shutil.copytree(ready.home, place / "home")
    return image


def send_on(house: House, client: int, ended: threading.Event) -> None:
    """One client: a parcel after the other until the light goes out."""
    for number in range(1_000_000):
        if ended.is_set():
            return
        house.send(f"power-{client}-{number}", notices(3 * (client * 1000 + number) + 1))


def until_the_cut(house: House, disk: Disk, after: float, found: Path) -> dict[str, str]:
    """Clients send, then the power fails; answers what had been acknowledged by then."""
    ended = threading.Event()
    clients = [threading.Thread(target=send_on, args=(house, each, ended)) for each in range(CLIENTS)]
    for name in house.children:
        house.start(name)
    for each in clients:
        each.start()
    assert wait_until(lambda: len(house.acknowledged) >= FIRST, 60)
    time.sleep(after)
    acknowledged = dict(house.acknowledged)
    disk.cut(found)
    ended.set()
    house.condemn()
    disk.answer_again()
    house.close()
    disk.clear_away()
    for each in clients:
        each.join(60)
    return acknowledged


def lost_after_a_cut(image: Path, folder: Path, source: Path, after: float) -> tuple[int, list[str]]:
    """One cut and one return of the power; answers how many were acknowledged, and everything that is wrong."""
    folder.mkdir()
    run("cp", "--sparse=always", str(image), str(folder / "disk.raw"))
    disk = Disk(folder / "disk.raw", folder / "line")
    shutil.copytree(disk.place / "home/ca", folder / "papers")
    house = House(home=disk.place / "home", source=source, port=free_port(), papers=folder / "papers")
    acknowledged = until_the_cut(house, disk, after, folder / "found.raw")
    with plugged_in(folder / "found.raw") as place:
        again = House(home=place / "home", source=source, port=free_port())
        again.acknowledged.update(acknowledged)
        for name in again.children:
            again.start(name)
        try:
            settle(again)
        finally:
            again.close()
        faults = faults_of(again) + [each for each in [ledger_verdict(again)] if each]
    shutil.rmtree(folder)
    return len(acknowledged), faults


def test_what_was_acknowledged_is_there_when_the_power_is_back(
    disk_of_a_house: Path, tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    # Sockets of the house lie in it, and their whole path may have 107 letters.
    chance, counts, folder = Random(2018), [], tmp_path_factory.mktemp("p")
    for number in range(CUTS):
        count, faults = lost_after_a_cut(disk_of_a_house, folder / str(number), SOURCE, chance.uniform(0.0, 2.0))
        counts.append(count)
        assert faults == [], f"cut {number} after {count} acknowledged parcels"
    with capsys.disabled():
        sys.stdout.write(f"\n{CUTS} cuts, {sum(counts)} acknowledged: none lost\n")
    assert min(counts) >= FIRST


def test_a_house_that_does_not_wait_for_its_disk_is_caught(
    disk_of_a_house: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("p")
    mutant = folder / "mutant"
    shutil.copytree(SOURCE, mutant)
    place = mutant / "sekisho/adapters/database/settings.py"
    whole = place.read_text(encoding="utf-8")
    assert "PRAGMA synchronous=FULL" in whole
    place.write_text(whole.replace("PRAGMA synchronous=FULL", "PRAGMA synchronous=OFF"), encoding="utf-8")
    try:
        _, faults = lost_after_a_cut(disk_of_a_house, folder / "cut", mutant, 0.5)
    except subprocess.SubprocessError as broken:
        faults = [str(broken)]
    assert faults != []
