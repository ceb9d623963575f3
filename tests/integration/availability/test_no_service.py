"""K-19: while the ledger cannot be written nothing is taken in, and everybody is told; then it goes on by itself."""

import asyncio
import contextlib
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import httpx
import pytest

from sekisho.adapters.layouts import shipped_layouts
from sekisho.business.registry_notices import make_ledger, make_rows, notice_file
from sekisho.cli.demo.stage import running
from sekisho.kernel import SekishoError
from tests.integration.lane.conftest import HEADERS, PATH, SET_UP, Lane

FULL = "空きが足りない"
UNWRITABLE = "帳簿に書けない"


@pytest.fixture(scope="module")
def volume(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A small disk of the house's own."""
    place = tmp_path_factory.mktemp("volume")
    mount = ["mount", "-t", "tmpfs", "-o", "size=64m", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode != 0:
        pytest.skip("mounting a small disk needs root and the right to mount (Debian's package mount)")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


@pytest.fixture(scope="module")
def lane(volume: Path) -> Iterator[Lane]:
    """The lane over a house on that disk."""
    settings = {"SEKISHO_HOME": str(volume), "DJANGO_SETTINGS_MODULE": "sekisho.adapters.database.settings"}
    settings["SEKISHO_LANE_RESERVE_MIB"] = "0"  # the disk itself says no
    environment = {**os.environ, **settings, "PYTHONPATH": "src"}
    environment.pop("SEKISHO_DATABASE_URL", None)
    subprocess.run([sys.executable, "-c", SET_UP], check=True, env=environment, timeout=120)
    ports = ["--port", "0", "--form-port", "0", "--back", "http://localhost:9"]
    with running("lane", "sekisho.lane", ports, volume.parent / "lane.log", environment) as child:
        yield Lane(volume, int(child.ready["port"]), int(child.ready["forms"]), environment)


@pytest.fixture(scope="module")
def body() -> bytes:
    """A good file."""
    rows = make_rows(Random(1), make_ledger(Random(1), 50), 5, misfits=0.0)
    return b"".join(notice_file(shipped_layouts().find("registry_notice"), rows))


def written(lane: Lane) -> tuple[int, int]:
    """How many parcels and entries there are."""
    return lane.count("parcel"), lane.count("entryrow")


def refused(lane: Lane, body: bytes, key: str) -> dict[str, Any]:
    """A parcel that is not taken; nothing is written anywhere."""
    before = written(lane)
    answer = lane.put(body, key)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
    assert written(lane) == before
    told: dict[str, Any] = answer.json()
    return told


def test_a_full_disk_closes_the_gate_and_room_opens_it(lane: Lane, body: bytes) -> None:
    assert lane.put(body, "before").status_code == 201
    ballast = lane.home / "ballast"
    free = shutil.disk_usage(lane.home).free
    ballast.write_bytes(bytes(free - 6 * 1024 * 1024))
    assert FULL in refused(lane, body, "full")["ja"]
    ballast.unlink()
    assert lane.put(body, "full").status_code == 201


def test_a_disk_that_fills_up_under_the_bytes_takes_nothing_and_keeps_nothing(lane: Lane, body: bytes) -> None:
    ballast, before = lane.home / "ballast", written(lane)
    free = shutil.disk_usage(lane.home).free

    def filling() -> Iterator[bytes]:
        """Somebody else fills the disk while the bytes come."""
        yield bytes(1024 * 1024)
        ballast.write_bytes(bytes(free - 10 * 1024 * 1024))
        yield bytes(13 * 1024 * 1024)

    headers = {**HEADERS, "Idempotency-Key": "under", "Content-Length": str(14 * 1024 * 1024)}
    with lane.client() as client, contextlib.suppress(httpx.TransportError):  # the lane closes while we still send
        assert client.put(PATH, content=filling(), headers=headers).status_code == 503
    for _ in range(100):  # the lane takes away what it had of the bytes, so that there is room again
        if shutil.disk_usage(lane.home).free > 9 * 1024 * 1024:
            break
        time.sleep(0.05)
    assert shutil.disk_usage(lane.home).free > 9 * 1024 * 1024
    assert written(lane) == before
    ballast.unlink()
    again = lane.put(body, "under")
    assert again.status_code == 201, again.text


def test_a_disk_that_went_read_only_closes_the_gate_and_comes_back(lane: Lane, body: bytes) -> None:
    before = written(lane)
    subprocess.run(["mount", "-o", "remount,ro", str(lane.home)], check=False, capture_output=True)
    busy = os.statvfs(lane.home).f_flag & os.ST_RDONLY == 0
    if busy:  # files are open for writing: as a read-only database instead
        place = lane.home / "sekisho.sqlite3"
        place.rename(lane.home / "away.sqlite3")
        answer = lane.put(body, "read-only")
        (lane.home / "away.sqlite3").rename(place)
    else:  # nor can anybody look into the database now
        answer = lane.put(body, "read-only")
        subprocess.run(["mount", "-o", "remount,rw", str(lane.home)], check=True)
    told = answer.json()
    assert (answer.status_code, written(lane)) == (503, before)
    assert UNWRITABLE in told["ja"]
    assert "cannot be written" in told["en"]
    again = lane.put(body, "read-only")
    assert again.status_code == 201, again.text


def test_whoever_holds_the_ledger_for_too_long_is_not_waited_for() -> None:
    from sekisho.lane.background import within

    held, done = threading.Event(), threading.Event()

    def hold() -> str:
        held.wait(30)
        done.set()
        return "written in the end"

    async def story() -> str:
        with pytest.raises(SekishoError, match="順番"):
            await within(0.05, hold)
        held.set()
        return await within(30, lambda: "goes on")

    assert asyncio.run(story()) == "goes on"
    assert done.wait(30)
