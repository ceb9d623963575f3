"""kill -9 of S1's door and of the gate's worker while donations go to S1: none is lost, and none is there twice."""

import json
import os
import shutil
import sys
import time
from collections import Counter
from pathlib import Path
from random import Random

import pytest

from tests.fakes.manager import sekisho
from tests.scenario.kill.two_houses import SOURCE, TwoHouses, orders_in, query, two_houses
from tests.scenario.kill.waiting import wait_until

KILLS = int(os.environ.get("SEKISHO_TEST_KILLS", "4"))
# The line of S1's door, and what stands there in the build that is caught.
HASTY = {
    "    _enter_new(delivery.area, intake, new)\n": "",
    "        return _write(delivery, len(body), prepared)\n": """\
        done = _write(delivery, len(body), prepared)
    import time
    time.sleep(60)
    return done
""",
}
pytestmark = [pytest.mark.slow, pytest.mark.timeout(300 + 10 * KILLS)]


def one_kill(houses: TwoHouses, chance: Random, number: int) -> str:
    """One file on its way, one death, one restart; answers who died, and whether donations were just going over."""
    name = ("door", "worker")[number % 2]
    houses.bring(number)
    if number % 4 < 2:  # every other time, while its donations go over; else at any moment of its way
        assert wait_until(lambda: houses.has_sent(number), 60, 0.005)
    time.sleep(chance.random())
    between = houses.on_its_way()
    houses.mortals[name].kill()
    houses.mortals[name].start()
    return f"{name}, donations going over" if between else name


def settle(houses: TwoHouses) -> None:
    """Let everything come to its end, undisturbed."""
    assert wait_until(houses.is_settled, 120, 0.2), query(
        houses.city, "select state, tries, count(*) from database_parcel group by 1, 2"
    )


def faults_of(houses: TwoHouses) -> list[str]:
    """Everything that is lost, or is there twice, of the donations that the gate said it has."""
    found = []
    wanted = [order.amount for number in houses.brought for order in orders_in(number)]
    kept = [amount for (amount,) in query(houses.away, "select amount from donations_donationrow")]
    if (len(kept), sum(kept)) != (len(wanted), sum(wanted)):
        found.append(f"{len(kept)} donations of {sum(kept)} yen for {len(wanted)} of {sum(wanted)}")
    taken = query(houses.away, "select parcel, records, new, known from donations_intakerow")
    found += [f"{parcel}: {new} new of {records}" for parcel, records, new, _ in taken if new != records]
    sent = query(houses.city, "select sent_as from database_internetcopyrow")
    if Counter(parcel for (parcel,) in sent) != Counter(parcel for parcel, *_ in taken):
        found.append(f"{len(sent)} copies were sent as {len(taken)} parcels")
    unerased = query(houses.city, "select parcel from database_internetcopyrow where state != 'erased'")
    return found + [f"{parcel} is not erased" for (parcel,) in unerased]


def faults_of_a_hasty_door(houses: TwoHouses, folder: Path) -> list[str]:
    """What is found if S1 says that it has a parcel before it has the donations, and dies between the two."""
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("__pycache__"))
    place = folder / "sekisho/adapters/donations/intake.py"
    whole = place.read_text(encoding="utf-8")
    for line, planted in HASTY.items():
        assert whole.count(line) == 1
        whole = whole.replace(line, planted)
    place.write_text(whole, encoding="utf-8")
    houses.run_s1_from(folder)
    houses.bring(KILLS)
    taken = "select count(*) from donations_intakerow"
    assert wait_until(lambda: query(houses.away, taken) == [(KILLS + 1,)], 60, 0.005)
    houses.mortals["door"].kill()
    houses.mortals["door"].start()
    settle(houses)
    return faults_of(houses)


def test_no_donation_is_lost_and_none_is_there_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chance = Random(60)
    with two_houses(tmp_path) as houses:
        began = time.monotonic()
        deaths = Counter(one_kill(houses, chance, number) for number in range(KILLS))
        each = (time.monotonic() - began) / KILLS
        settle(houses)
        put_off = query(houses.city, "select count(*) from database_parcel where tries > 0")[0][0]
        faults, ledger = faults_of(houses), sekisho(houses.city, "ledger", "verify")
        donations = sum(len(orders_in(number)) for number in houses.brought)
        caught = faults_of_a_hasty_door(houses, tmp_path / "hasty")
    with capsys.disabled():
        said = f"{json.dumps(deaths, sort_keys=True)}, {put_off} parcels put off; {each:.1f} s a kill"
        sys.stdout.write(f"\n{KILLS} kills, {donations} donations: {said}\n")
    assert faults == []
    assert "合いません" not in ledger
    assert [fault.startswith(f"{donations} donations of ") for fault in caught] == [True]
